"""What authors write, as frozen typed records. They are read once and never changed."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema

from explainer.common.addresses import misleading
from explainer.common.characters import line_break
from explainer.common.problems import InvalidValue, Place, Places
from explainer.common.typed_json import register, to_plain
from explainer.model.dates import Edtf
from explainer.model.quantities import Quantity

# The base of all records and the types of their fields.
#
# Every scalar arrives as the text the author typed (the reader resolves nothing), so each type
# here decides
# what that text means: ``no`` is a word, ``07`` is two characters, and ``22:22`` is not a number.

PLACES = "@"
"""The key under which the reader passes the places of a mapping's keys; no author can write it."""


_HOST = re.compile(r"(?://)?(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[/:?#]|$)")
"""How an address begins that lacks its scheme."""

EDITED_FROM, EDITED_TO = 1980, 2099
"""The years in which archives of files can be dated; what is built carries the newest of these
dates."""
_NOWHERE = Places("", ())
_written: dict[frozenset[str], set[str]] = {}
"""The sets of keys that records were written with; no record's is ever added to."""


def _places(value: Any) -> Places:
    return value if isinstance(value, Places) else Places.of(value)


def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a model. A paragraph of a description is one line.

    Descriptions are docstrings, whose lines are only as long as code is wide.
    """
    schema: dict[str, Any] = _unwrapped(model.model_json_schema(by_alias=True))
    return schema


def _unwrapped(value: Any) -> Any:
    if isinstance(value, list):
        return [_unwrapped(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: "\n\n".join(" ".join(part.split()) for part in each.split("\n\n"))
        if key == "description" and isinstance(each, str)
        else _unwrapped(each)
        for key, each in value.items()
    }


class Record(BaseModel):
    """A mapping that an author wrote, with the place of each of its keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        use_attribute_docstrings=True,
        defer_build=True,
    )

    places: SkipJsonSchema[Annotated[Places, PlainValidator(_places)]] = Field(
        alias=PLACES, repr=False, default=_NOWHERE
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Every kind of record may be kept from one build to the next: its fields, and which of
        them were written.
        """

        def write(value: Record) -> list[Any]:
            held = vars(value)
            return [
                sorted(value.model_fields_set),
                {name: to_plain(each) for name, each in held.items()},
            ]

        def read(told: list[Any]) -> Record:
            written, held = told
            found = cls.__new__(cls)
            shared = _written.setdefault(frozenset(written), set(written))
            state = {"__dict__": held, "__pydantic_fields_set__": shared}
            found.__setstate__({**state, "__pydantic_extra__": None, "__pydantic_private__": None})
            return found

        register(cls, write, read)

    def model_post_init(self, _: Any, /) -> None:
        """Share what says which keys were written with all records that have the same: it takes a
        quarter of their room.
        """
        written = self.__pydantic_fields_set__
        object.__setattr__(
            self, "__pydantic_fields_set__", _written.setdefault(frozenset(written), written)
        )

    def place(self, key: str = "") -> Place:
        """Where ``key`` stands in the author's file, or where the record begins."""
        return self.places.get(key) or self.places.get("") or Place("?")


def _yes_or_no(value: Any) -> bool:
    if value in ("yes", "true", True):
        return True
    if value in ("no", "false", False):
        return False
    raise InvalidValue(f"'{value}' is neither yes nor no", "write yes or no")


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        with_scheme = f"https://{value.lstrip('/')}"
        hint = (
            f"write the whole address: {with_scheme}"
            if _HOST.match(value)
            else "copy the address from the browser: https://example.org/"
        )
        raise InvalidValue(f"'{value}' is not an http or https address", hint)
    if any(ch in value for ch in " <>\"'\\`{}|^") or not value.isprintable():
        raise InvalidValue(
            f"'{value}' holds a character that no address may",
            "copy the address from the browser, which writes %20 for a space",
        )
    if why := misleading(value):
        raise InvalidValue(
            f"'{value[:60]}' may lead elsewhere than it seems to: {why}",
            "copy the address that the browser shows for the page",
        )
    return value


def _site_path(value: Any) -> str:
    path = _text(value).strip("/")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*", path):
        raise InvalidValue(
            f"'{path}' is no address below the site's root",
            "write one like facts/books-lent, or about",
        )
    return path


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidValue(
            "this must be text, not a list or a mapping",
            "write one value behind the key, in its line",
        )
    if not value.strip():
        raise InvalidValue("this is empty", "write something, or leave the key out")
    return value.strip()


def _line(value: Any) -> str:
    text = _text(value)
    if broken := line_break(text):
        message = f"this is printed on one line, and a line ends in it (U+{ord(broken):04X})"
        raise InvalidValue(message, "write it in one line, or fold it with '>-'")
    return text


def _digits(text: str) -> int:
    """A number of digits after the point. Raises ``ValueError``."""
    if not re.fullmatch(r"[0-9]", text):
        raise InvalidValue(
            f"'{text}' is no number of digits after the point", "write a digit, 0 to 9"
        )
    return int(text)


def _unended(value: Any) -> Any:
    """A value without the line feed that YAML's folded form (``>``) leaves at its end."""
    return value.removesuffix("\n") if isinstance(value, str) else value


UNENDED = BeforeValidator(_unended)
Text = Annotated[str, BeforeValidator(_line)]
"""Words on one line: titles, names, labels, questions."""
Passage = Annotated[str, BeforeValidator(_text)]
"""Words that may stand on several lines: quotes, accounts, notes and reasons."""
Id = Annotated[str, UNENDED, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Address = Annotated[
    str,
    PlainValidator(lambda value: _web_address(_text(value))),
    WithJsonSchema({"type": "string", "format": "uri"}),
]
SitePath = Annotated[
    str,
    PlainValidator(_site_path),
    WithJsonSchema({"type": "string", "examples": ["facts/books-lent", "about"]}),
]
YesNo = Annotated[
    bool, PlainValidator(_yes_or_no), WithJsonSchema({"enum": ["yes", "no", True, False]})
]
Amount = Annotated[
    Quantity,
    PlainValidator(lambda value: Quantity.parse(_text(value))),
    WithJsonSchema(
        {"type": ["string", "number"], "examples": ["30000..40000", "about 35000", "over 300000"]}
    ),
]
Date = Annotated[
    Edtf,
    PlainValidator(lambda value: Edtf.parse(_text(value))),
    WithJsonSchema(
        {
            "type": "string",
            "examples": [
                "2025-07-07",
                "2025-04-01/2025-07-15",
                "2025/..",
                "199X",
                "2022-22",
                "XXXX-06-07",
            ],
        }
    ),
]


def _bounded(date: Edtf) -> Edtf:
    """A day, a month or a year of which nothing is left open or doubtful. Raises ``ValueError``."""
    if not date.is_plain:
        raise InvalidValue(
            f"'{date}' leaves open which day, month or year it is",
            "write one of them here, like '2025-07-07'",
        )
    return date


def is_editorial(date: Edtf) -> bool:
    """Whether it is a day, a month or a year in which files can be dated."""
    return date.is_plain and date.first is not None and EDITED_FROM <= date.first.year <= EDITED_TO


def _editorial(date: Edtf) -> Edtf:
    """The same, of a time in which files can be dated. Raises ``ValueError``."""
    bounded = _bounded(date)
    if not is_editorial(date):
        raise InvalidValue(
            f"'{date}' is no day on which this was edited",
            f"write one from {EDITED_FROM} to {EDITED_TO}",
        )
    return bounded


BoundedDate = Annotated[
    Edtf,
    PlainValidator(lambda value: _bounded(Edtf.parse(_text(value)))),
    WithJsonSchema({"type": "string", "examples": ["2025-07-07", "2025-07", "2025"]}),
]
"""A day, a month or a year, with nothing left open: where a series or a chart begins."""
EditorialDate = Annotated[
    Edtf,
    PlainValidator(lambda value: _editorial(Edtf.parse(_text(value)))),
    WithJsonSchema({"type": "string", "examples": ["2025-07-07", "2025-07", "2025"]}),
]
"""When something here was checked, looked at, mended or published, or is to be: a day, a month or a
year in which files can be dated."""


Digits = Annotated[
    int,
    PlainValidator(lambda value: _digits(_text(value))),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 9}),
]
"""Digits after the point."""


class Allowed(Record):
    """A number or a comparing word in a record's own words that needs no source, and why."""

    words: Annotated[Text, Field(min_length=1, max_length=80)]
    """As they stand in the record."""
    why: Annotated[Text, Field(min_length=1, max_length=400)]


# The plural forms of a noun.

PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The forms that numbers ask for, by the names that Unicode's CLDR gives them. Most languages have
some of them only."""
FORMS = (*PLURALS, "genitive_one", "genitive_other")
"""Every form that a noun may be given in."""


class Plurals(Record):
    """A noun in the plural forms of a language: those that the language has, by their names in
    Unicode's CLDR.
    """

    zero: Text | None = None
    one: Text | None = None
    two: Text | None = None
    few: Text | None = None
    many: Text | None = None
    other: Text | None = None
    genitive_one: Text | None = None
    """What follows words such as "more than", where a language has a form for that; so
    ``genitive_other``."""
    genitive_other: Text | None = None

    @property
    def forms(self) -> dict[str, str]:
        """Every form that is given, by its name."""
        return {name: text for name in FORMS if (text := getattr(self, name))}


# A claim: what one source says, and the words that bear it (after Wikidata's statements).

Kind = Literal[
    "official-act", "official-statement", "intelligence-estimate", "media-report",
    "rights-group-report", "expert-estimate", "analysis",
]  # fmt: skip
Standing = Literal["confirmed", "disputed", "unverified", "opinion", "wrong"]
Rank = Literal["preferred", "normal", "deprecated"]
Stance = Literal["supports", "contradicts", "context"]


LONGEST_WORDS: Final = 5000
"""How many characters of a source one piece of evidence may hold: more is no passage, and every
number of it is read."""


class Evidence(Record):
    """One passage of one source, and how it bears on the claim."""

    source: Id
    stance: Stance
    """Set by reading the passage. Only ``supports`` bears a claim."""
    quote: Passage | None = None
    """The source's exact words, checked against its kept text. Leave out words with an ellipsis in
    brackets: […]."""
    locator: Text | None = None
    """At most eight words of the page, to find the place."""
    says: Passage | None = None
    """Our own words for what the page says."""

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if self.quote is None and self.locator is None and self.says is None:
            raise InvalidValue(
                "evidence needs words of the source",
                "write a quote of its kept text, or a locator of up to eight words and says",
            )
        for name, words in (("quote", self.quote), ("locator", self.locator)):
            if words is not None and len(words) > LONGEST_WORDS:
                message = (
                    f"the {name} has {len(words):,} characters; at most {LONGEST_WORDS:,} may be"
                )
                raise InvalidValue(message, "cut it to the words that bear the claim", name)
        if self.locator is not None and len(self.locator.split()) > 8:
            message = (
                f"the locator has {len(self.locator.split())} words; at most eight may be taken"
                " from a page"
            )
            raise InvalidValue(message, "cut it to the eight words around the value", "locator")
        return self


class Statement(Record):
    """The fields that a claim of a fact and a point of a series share."""

    id: Id
    value: Amount | None = None
    date: Date | None = None
    text: Text | None = None
    """Exactly one of ``value``, ``date`` and ``text`` says what is claimed."""
    period: Date | None = None
    """What the claim covers."""
    said_on: Date | None = None
    """When it was said."""
    said_by: Text | None = None
    reported_by: Text | None = None
    short: Text | None = None
    """The speaker in a few words, for the labels of charts; what stands before the first comma of
    said_by, where absent."""
    group: Id | None = None
    """On whose side of the comparison it stands: an id of ``groups`` in definitions.yaml."""
    definition: Id | None = None
    """The counting rule: an id of ``definitions`` in definitions.yaml. Claims under different rules
    never disagree."""
    kind: Kind | None = None
    standing: Standing | None = None
    why: Passage | None = None
    """Why it is ranked, or shown, as it is. Required where claims that disagree are told apart."""
    inferred: Passage | None = None
    """How a part that is not in the words (a year, say) was worked out."""
    note: Passage | None = None
    mentions: tuple[Text, ...] = ()
    """What else of the ledger its own words speak of, by id (``fact`` or ``series:point``): they
    may repeat what that says."""
    allow: tuple[Allowed, ...] = ()
    """Numbers and comparing words in its own words that need no source, each with the reason."""
    derived: Text | None = None
    """A formula over other claims, in place of a value."""
    digits: Digits | None = None
    """How many digits after the point a formula's result is printed with; at most those that its
    inputs bear, which is the default."""
    assumes: Passage | None = None
    """What the formula takes for granted; printed with it. Amounts of unlike times that meet in it
    need it."""
    correlated: Passage | None = None
    """Why the formula may combine claims that are not independent of each other; printed with
    it."""
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = [
            name for name in ("value", "date", "text", "derived") if getattr(self, name) is not None
        ]
        if len(said) != 1:
            hint = (
                f"keep one of {' and '.join(said)}"
                if said
                else "write what is claimed: 'value: 21', 'date: 2025-07-07' or 'text: …'"
            )
            raise InvalidValue(
                "a claim has exactly one of value, date, text and derived; this has"
                f" {' and '.join(said) or 'none'}",
                hint,
                said[1] if said else "value",
            )
        return self

    @model_validator(mode="after")
    def _rounds_what_is_derived(self) -> Self:
        if self.digits is not None and self.derived is None:
            raise InvalidValue(
                "'digits' is about what a formula comes to",
                "take it out; a value keeps the digits with which it was said",
                "digits",
            )
        return self

    @property
    def supports(self) -> tuple[Evidence, ...]:
        """The evidence that bears it."""
        return tuple(item for item in self.evidence if item.stance == "supports")


class Claim(Statement):
    """One answer to a fact's question."""

    rank: Rank | None = None
    """How it stands beside claims that disagree with it; at most one is preferred."""


# A known error: words of a source that are wrong, with the reason, kept until the source is
# mended.


class KnownError(Record):
    """One error in one source."""

    id: Id
    source: Id
    fact: Id
    """The fact or series that holds the wrong claim."""
    claim: Id
    expect: Passage
    """The source's wrong words. They must still stand in its kept text or, where none is kept, in
    the words noted with the claim; once they do not, the source may have been mended, and the build
    says so."""
    reason: Passage
    """What kind of error it is, and how it may have come about."""


# A series: claims about the same thing over periods (tidy data).

Show = Literal["main", "rival", "disputed", "context"]


class Point(Statement):
    """One claim in a series."""

    show: Show
    """main: charted by default; rival: another published value; disputed: sources conflict, all are
    shown; context: beside."""
    label: Text | None = None
    """The period in words, where dates alone would mislead ("spring 2025"), or the event of a
    timeline."""
    region: Text | None = None
    basis: Text | None = None
    """What exactly was averaged or summed, where that differs between points."""
    act: Literal["decree", "law", "bill"] | None = None
    """For a timeline of legal acts: what kind of act it is."""
    until: Date | None = None
    """For a timeline: when the spell ended, where it has."""


class Series(Record):
    """Claims about one thing over time."""

    id: Id
    title: Text
    short: Text | None = None
    """The title in a few words, for the labels of charts."""
    question: Text | None = None
    also: tuple[Text, ...] = ()
    """Other words by which readers may look for it."""
    unit: Text | None = None
    """Absent where the points are dates."""
    counts: Annotated[tuple[Text, ...], Field(max_length=1000)] = ()
    definition: Id | None = None
    """The counting rule of every point that names none of its own."""
    x: Literal["period", "said_on", "date"]
    """What orders the points."""
    cumulative: YesNo = False
    """Whether the points are running totals."""
    as_of: EditorialDate
    review_by: EditorialDate
    topic: Text | None = None
    note: Passage | None = None
    mentions: tuple[Text, ...] = ()
    """What else of the ledger its own words speak of, by id (``fact`` or ``series:point``): they
    may repeat what that says."""
    allow: tuple[Allowed, ...] = ()
    """Numbers and comparing words in its own words that need no source, each with the reason."""
    points: tuple[Point, ...]


# A comparison: what points of series, or two claims, say of each other, worked out from them and
# never typed in.

How = Literal[
    "largest-since", "smallest-since", "largest-rank", "smallest-rank", "earliest-rank", "count",
    "share", "change", "ratio", "years-between",
]  # fmt: skip
Over = Literal["region", "basis", "speaker", "definition", "group", "label"]
"""What tells the points of a series at one time apart: the region, what was averaged or summed, who
says it, the counting rule, the side, the label (such as a sector)."""
OVER_SERIES = (
    "largest-since",
    "smallest-since",
    "largest-rank",
    "smallest-rank",
    "earliest-rank",
    "count",
)
ROUNDED = ("share", "change", "ratio")
"""Those whose result may have digits after the point."""
UNITS = {"share": "percent", "change": "percent", "years-between": "years"}
"""The units of those whose result has one."""
Ref = Annotated[
    str,
    UNENDED,
    Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(:[a-z0-9]+(-[a-z0-9]+)*)?$", max_length=161),
]


class Comparison(Record):
    """What is compared with what."""

    how: How
    """largest-since: the last earlier point with a larger value (smallest-since: a smaller one);
    largest-rank: its place among all points of its region and basis, or, with ``over``, among those
    of its time, the largest first; count: how many points lie above or below a value; share: ``of``
    in percent of ``to``; change: from ``to`` to ``of``, in percent; ratio: how many times ``to`` is
    ``of``; years-between: from ``of`` to ``to``."""
    of: Ref
    """``series:point``; a series for a count; a fact or ``fact:claim`` for share, change, ratio and
    years-between."""
    to: Ref | None = None
    """What a share, change, ratio or span of years is worked out against."""
    over: Over | None = None
    """For a rank or a count over categories instead of time: the field in which the points compared
    differ. They are of one time."""
    at: Date | None = None
    """For a count over categories: the period to count at, where the series has several."""
    since: BoundedDate | None = None
    """Leave out earlier points."""
    above: Amount | None = None
    below: Amount | None = None
    """A plain number that a count counts above, or below."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        over = self.how in OVER_SERIES
        if over == (self.to is not None):
            raise ValueError(f"'{self.how}' takes {'no' if over else 'a'} 'to'")
        if (self.how == "count") != ((self.above is None) != (self.below is None)):
            raise ValueError("a count, and nothing else, takes one of above and below")
        if over and (":" in self.of) == (self.how == "count"):
            raise ValueError(
                "'of' names a series for a count, and a point (series:point) for a rank or a"
                " 'since'"
            )
        if self.since is not None and not over:
            raise ValueError(f"'{self.how}' is over no series, and takes no 'since'")
        self._check_over()
        if self.of == self.to:
            raise ValueError("'of' and 'to' are the same")
        return self

    def _check_over(self) -> None:
        if self.over is not None and not (self.how.endswith("-rank") or self.how == "count"):
            raise ValueError(f"'{self.how}' takes no 'over'; a rank or a count does")
        if self.over is not None and self.since is not None:
            raise ValueError(
                "with 'over', points of one time are compared, and 'since' has no meaning; take one"
                " of them out"
            )
        if self.at is not None and (self.over is None or self.how != "count"):
            raise ValueError("'at' is for a count with 'over'; a rank is at the time of its point")


# A fact: a question that the site answers, holding every claim about it.

FLAT = {
    "value",
    "date",
    "text",
    "period",
    "said_on",
    "said_by",
    "reported_by",
    "short",
    "group",
    "definition",
    "kind",
    "standing",
    "rank",
    "why",
    "inferred",
    "evidence",
}


class Fact(Record):
    """A question with its claims, or with a formula over other facts."""

    id: Id
    question: Text
    label: Text | None = None
    """What the answer counts, in a few words, where it stands as a figure of its own."""
    also: tuple[Text, ...] = ()
    """Other words by which readers may look for it."""
    unit: Text | None = None
    counts: Annotated[tuple[Text, ...], Field(max_length=1000)] = ()
    """Nouns by which a quote may count it, in any language."""
    as_of: EditorialDate
    """The day that the answer is good for."""
    review_by: EditorialDate
    topic: Text | None = None
    """The heading under which lists of facts file it."""
    note: Passage | None = None
    mentions: tuple[Text, ...] = ()
    """What else of the ledger its own words speak of, by id (``fact`` or ``series:point``): they
    may repeat what that says."""
    allow: tuple[Allowed, ...] = ()
    """Numbers and comparing words in its own words that need no source, each with the reason."""
    derived: Text | None = None
    """A formula over other facts: ``books-lent * 12 months/year``."""
    digits: Digits | None = None
    """How many digits after the point a result is printed with; at most those that its inputs bear,
    which is the default."""
    assumes: Passage | None = None
    """What the formula or the comparison takes for granted; printed with it.

    A rate that is carried on over time needs it, and so do amounts of unlike times that are set
    against each other."""
    correlated: Passage | None = None
    """Why the formula may combine claims that are not independent of each other; printed with
    it."""
    compares: Comparison | None = None
    """A comparison over series, in place of a formula."""
    claims: tuple[Claim, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _unfold(cls, data: Any) -> Any:
        """Read a fact with one claim written flat as a fact with a list of one claim."""
        if not isinstance(data, dict) or "claims" in data or not FLAT & data.keys():
            return data
        flat = {key: data[key] for key in FLAT & data.keys()}
        claim = {"id": "claim", PLACES: data.get(PLACES, {}), **flat}
        return {key: value for key, value in data.items() if key not in FLAT} | {"claims": [claim]}

    @model_validator(mode="after")
    def _answers(self) -> Fact:
        if [bool(self.claims), bool(self.derived), bool(self.compares)].count(True) != 1:
            raise ValueError(
                "a fact has either claims or a derived formula, or compares; write one of them"
            )
        if self.derived and not self.unit:
            raise ValueError("a derived fact needs its unit")
        wanted = UNITS.get(self.compares.how) if self.compares else self.unit
        if self.compares and self.unit != wanted:
            raise ValueError(
                f"'{self.compares.how}' comes in {wanted}; write unit: {wanted}"
                if wanted
                else f"'{self.compares.how}' takes no unit"
            )
        if self.digits is not None and not (
            self.derived or (self.compares and self.compares.how in ROUNDED)
        ):
            raise ValueError(
                "'digits' is about the result of a formula, a share, a change or a ratio; a value"
                " keeps the digits it was said with"
            )

        return self

    @property
    def is_worked_out(self) -> bool:
        """Whether nobody said it: a formula or a comparison over what others said."""
        return bool(self.derived or self.compares)


# A chart: a view of the ledger.


class Annotation(Record):
    """A note where the eye asks."""

    at: Id
    """The id of the point."""
    text: Text


class Withdrawn(Record):
    """That a chart is no longer said. Its addresses answer with this."""

    date: EditorialDate
    """When it was withdrawn."""
    reason: Passage
    """Why, in a sentence for its readers."""


class Chart(Record):
    """What to draw, and the words around it. Words may call ``fact()`` and ``point()``; their
    numbers come from the ledger.
    """

    id: Id
    kind: Text
    """The id of a drawing kind."""
    series: tuple[Id, ...]
    show: tuple[Show, ...] = ("main",)
    only: tuple[Id, ...] = ()
    """Draw these points alone, where a chart is not about whole series."""
    highlight: tuple[Id, ...] = ()
    """Ids of the points that the words speak of."""
    title: Text
    """The finding."""
    subtitle: Text
    """The measure and its unit."""
    alt: Text
    """The finding again, with its numbers, for those who cannot see it."""
    caption: Text | None = None
    since: BoundedDate | None = None
    """Leave out earlier points."""
    notes: tuple[Annotation, ...] = ()
    withdrawn: Withdrawn | None = None
    """Where it is no longer said: the record stays, and its addresses answer with a notice."""


# A correction: what was published, what stands in its place, and how that came about (after
# Reuters, ONS and NISO).

CorrectionClass = Literal["correction", "revision", "withdrawal"]
"""correction: a mistake is mended; revision: a planned update, or what newer sources say;
withdrawal: it is no longer said."""


class Correction(Record):
    """One change to something that was published. Entries are added and never taken away."""

    id: Id
    """For ever: the page, the feeds and other people's links use it."""
    class_: CorrectionClass = Field(alias="class")
    """correction: a mistake is mended; revision: a planned update, or what newer sources say;
    withdrawal: it is no longer said."""
    fact: Id | None = None
    """The fact or series that it is about. Exactly one of ``fact``, ``chart`` and ``page`` is
    named."""
    claim: Id | None = None
    """The claim or point; absent where the answer as a whole changed: another claim preferred,
    another formula."""
    chart: Id | None = None
    """The chart, where what was wrong is the chart and not its data."""
    page: Text | None = None
    """The page, by its path below the site's root, where what was wrong is its prose."""
    old: Passage
    """What was published, as the ledger wrote it."""
    new: Passage | None = None
    """What stands now, as the ledger writes it; absent for a withdrawal only."""
    cause: Passage
    """How the mistake came about, or why the figure was revised."""
    found: Passage
    """How it was found, and by whom."""
    wrong_since: EditorialDate | None = None
    """Since when the wrong value was published; a correction must say."""
    reported: EditorialDate | None = None
    """When it was reported, where somebody did."""
    fixed: EditorialDate
    """When the site was mended."""
    effect: Passage
    """What it changes in the conclusions; say so where it changes nothing."""
    touched: tuple[Text, ...] = ()
    """The pages it changed, as paths below the site's root: ``loans/``,
    ``charts/loans-by-year/``."""
    was_at: Address | None = None
    """The way to the wrong version: a release, a commit, an archived page."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        named = [name for name in ("fact", "chart", "page") if getattr(self, name) is not None]
        if len(named) != 1:
            raise ValueError(
                "it is about exactly one of fact, chart and page; this names"
                f" {' and '.join(named) or 'none'}"
            )
        if self.claim and not self.fact:
            raise ValueError("a claim is named together with its fact")
        if (self.new is None) != (self.class_ == "withdrawal"):
            raise ValueError("'new' says what stands now; a withdrawal alone leaves it out")
        if self.old == self.new:
            raise ValueError("old and new are the same")
        if self.class_ == "correction" and self.wrong_since is None:
            raise ValueError(
                "a correction says since when the wrong value was published: wrong_since"
            )
        for before, after in (
            ("wrong_since", "reported"),
            ("reported", "fixed"),
            ("wrong_since", "fixed"),
        ):
            first, second = getattr(self, before), getattr(self, after)
            if first and second and not first.can_precede(second):
                raise ValueError(f"{before} ({first}) comes after {after} ({second})")
        return self

    @property
    def ref(self) -> str:
        """What it is about, as formulas and addresses name it: ``fact:claim``, or the fact, chart
        or page alone.
        """
        about = self.fact or self.chart or self.page or ""
        return f"{about}:{self.claim}" if self.claim else about


# What of a kept text is set aside, and why. All the rest of it is used by claims, or is a
# problem.

Reason = Literal["connective", "repeats", "opinion"]


class SetAside(Record):
    """A sentence, or a number, that no claim takes from the text."""

    begins: Passage
    """The sentence's first words, as many as tell it from the others."""
    through: Passage | None = None
    """The first words of the last sentence, where a run of them is set aside."""
    number: Text | None = None
    """One number of the sentence, as printed, where the rest of it is used."""
    reason: Reason
    """connective: it leads from one thing to the next; repeats: a claim takes the same from
    elsewhere; opinion: it is the author's own."""
    of: Text | None = None
    """The claim that it repeats: ``fact-id:claim-id``."""

    @model_validator(mode="after")
    def _names_what_it_repeats(self) -> Self:
        if (self.reason == "repeats") != (self.of is not None):
            raise ValueError(
                "'repeats' names the claim that is repeated in 'of', and no other reason does"
            )
        return self


class Coverage(Record):
    """``seeds/coverage/<source-id>.yaml``."""

    source: Id
    numbers: YesNo = True
    """Whether numbers of the text may be set aside at all."""
    set_aside: tuple[SetAside, ...] = ()

    @property
    def id(self) -> str:
        """What it is looked up by."""
        return self.source


# A translation: words of the ledger, and what they are in another language.


class Translation(Plurals):
    """Words of the ledger in another language. It goes with the words, so it holds only as long as
    they stay as they are.
    """

    original: Passage
    """The English words, exactly as a record of the seeds (or ``mkdocs.yml``) has them, or a noun
    that units are made of."""
    translation: Passage | None = None
    """The same in the file's language; for a noun, write its plural forms instead."""

    @model_validator(mode="after")
    def _says_it_once(self) -> Self:
        if (self.translation is None) == (self.other is None):
            raise ValueError(
                "write either a translation or, for a noun, its plural forms, 'other' among them"
            )
        if self.translation and line_break(self.translation) and not line_break(self.original):
            raise ValueError("the original stands on one line, so the translation does too")
        return self


# A source: a document, with its bibliographic record (after CSL-JSON).

CslType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]

_WITHOUT_SPACE = re.compile("[\u3040-\u309f\u3400-\u9fff\uac00-\ud7af]")
"""Chinese characters, hiragana and Hangul: a name in them has its family name first, and no space
after it."""

_JOINED = ("'", "\u2019", "-")
"""The ends of particles that no space follows."""


class Name(Record):
    """Who wrote or edited a source. Text alone is a name that is kept whole, as an institution's
    is.
    """

    literal: Text | None = None
    """A name that is kept whole: an institution's, or a person's where the family name is not
    known."""
    family: Text | None = None
    """A person's family name, or the only name that the person has."""
    given: Text | None = None
    particle: Text | None = None
    """What stands before the family name and stays with it: "van den" in "Vincent van den Berg"."""
    dropped_particle: Text | None = None
    """What stands before the family name, and not where it stands alone: "von" in "Johann Wolfgang
    von Goethe"."""
    suffix: Text | None = None
    """What follows the name, such as "Jr." or "III"."""
    family_first: YesNo = False
    """Whether the person's own language says the family name first though it is written in Latin
    letters: "Orbán Viktor"."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"literal": value}
        if not isinstance(value, dict | cls):
            raise ValueError("a name is text, or a mapping with 'family' or 'literal'")
        return value

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.literal is None) == (self.family is None):
            raise ValueError("a name has either 'family' or 'literal'")
        of_person = (
            self.given,
            self.particle,
            self.dropped_particle,
            self.suffix,
            self.family_first or None,
        )
        if self.literal is not None and any(part is not None for part in of_person):
            raise ValueError("a name with 'literal' is kept whole, and has no other key")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        mapping = handler.resolve_ref_schema(handler(schema))
        mapping["oneOf"] = [{"required": ["family"]}, {"required": ["literal"]}]
        return {"anyOf": [{"type": "string"}, mapping]}

    def __str__(self) -> str:
        """The name as it is said in its own language: "Vincent van den Berg", "Orbán Viktor",
        "毛泽东".
        """
        if self.literal is not None:
            return self.literal
        family = behind(self.dropped_particle, behind(self.particle, self.family or ""))
        if _WITHOUT_SPACE.search(family) and _WITHOUT_SPACE.search(self.given or ""):
            said = f"{family}{self.given}"
        else:
            parts = (family, self.given) if self.family_first else (self.given, family)
            said = " ".join(filter(None, parts))
        return f"{said} {self.suffix}" if self.suffix else said


def behind(particle: str | None, family: str) -> str:
    """A family name behind its particle: "van den Berg", "d'Alembert", "al-Khwarizmi"."""
    if not particle:
        return family
    return f"{particle}{family}" if particle.endswith(_JOINED) else f"{particle} {family}"


class Source(Record):
    """One document. Its text may be kept, so that quotes can be checked against it."""

    id: Id
    """For ever: pages and other people's links use it."""
    type: CslType
    title: Text
    """As printed; or, with ``described``, our own description of an untitled page."""
    described: YesNo = False
    """Whether ``title`` is a description of ours, because no title was seen."""
    publisher: Text
    """Who made it public. Of an article, an entry or a page also what it stands in, where no
    ``container`` is given."""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    container: Text | None = None
    """What it stands in, as printed: a journal, a book of several authors, an encyclopedia, a
    site."""
    volume: Text | None = None
    issue: Text | None = None
    pages: Text | None = None
    number: Text | None = None
    """Of a report, a law, a patent or a standard."""
    edition: Text | None = None
    genre: Text | None = None
    """Its kind more exactly, as printed: "PhD thesis", "Working paper"."""
    publisher_place: Text | None = None
    doi: Annotated[str, UNENDED, Field(pattern=r"^10\.[0-9]{4,9}/[^\s{}\\]+$")] | None = None
    isbn: Annotated[str, UNENDED, Field(pattern=r"^[0-9Xx -]{10,17}$")] | None = None
    url: Address | None = None
    mirror_of: Address | None = None
    """The better address that ``url`` is a copy of."""
    copy_of: Text | None = None
    """What ``url`` is a copy of, in words, where no better address is known."""
    weak: Passage | None = None
    """Why this source may never be the only support of a claim."""
    issued: Date | None = None
    accessed: EditorialDate | None = None
    language: Annotated[str, UNENDED, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-zA-Z]+)?$")]
    read: Literal["full", "excerpt", "not-read"]
    """What whoever entered it has seen."""
    text: Annotated[str, UNENDED, Field(pattern=r"^texts/")] | None = None
    """Where the whole text is kept, below ``seeds/``."""
    sha256: Annotated[str, UNENDED, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """Of that text, so that it cannot change unnoticed."""
    rights: Literal["ours", "public-domain", "licensed", "private"] | None = None
    """Whether the kept text may be published; ``private`` is checked against, never shown beyond
    its quotes."""
    note: Passage | None = None

    @property
    def shown(self) -> bool:
        """Whether its kept text may be published."""
        return self.text is not None and self.rights in ("ours", "public-domain", "licensed")


# The small records: counting rules, groups, units, the order of dates, and terms.


class Definition(Record):
    """A counting rule. Claims under different rules are different questions, and never disagree."""

    id: Id
    counts: Passage
    """What is counted, in a sentence."""
    mentions: tuple[Text, ...] = ()
    """What of the ledger its own words speak of, by id (``fact`` or ``series:point``): they may
    repeat what that says."""
    allow: tuple[Allowed, ...] = ()
    """Numbers and comparing words in its own words that need no source, each with the reason."""


class Group(Record):
    """A side of a comparison, such as "Russian officials"."""

    id: Id
    label: Text


class Noun(Plurals):
    """A noun that units may be made of: its plural forms in the site's language, ``other`` or
    ``many`` among them.
    """

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if not (self.other or self.many):
            raise ValueError("write the plural forms of the noun, 'other' or 'many' among them")
        return self

    @property
    def name(self) -> str:
        """The form by which the noun is known."""
        return self.many or self.other or ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The forms in which a unit may be written with it."""
        return tuple(text for name, text in self.forms.items() if name in PLURALS)

    @property
    def forms(self) -> dict[str, str]:
        """Every form by its name, ``other`` among them."""
        return {"other": self.name, **super().forms}


class Counted(Record):
    """The nouns, in any language and form, that count one unit: "readers" and "читачів" count
    people.
    """

    unit: Text
    words: tuple[Text, ...]


class Definitions(Record):
    """``seeds/definitions.yaml``."""

    definitions: tuple[Definition, ...] = ()
    groups: tuple[Group, ...] = ()
    units: tuple[Noun, ...] = ()
    nouns: tuple[Counted, ...] = ()
    """The words behind ``counts``: what each of them counts."""
    names: tuple[Text, ...] = ()
    """Names with numbers in them, as they are written: "Sputnik Light 2", "7x7". They may stand on
    pages; figures are no names."""


class Order(Record):
    """One dated fact cannot come after another: a decree is signed before it takes effect."""

    before: Id
    after: Id
    why: Passage | None = None


class Renamed(Record):
    """An address that was published and is another now. Lines are added and never taken away."""

    was: SitePath
    """What was published, below the site's root: ``facts/<id>``, ``charts/<id>``, ``sources/<id>``
    or a page's path."""
    now: SitePath
    """What stands in its place."""

    @property
    def id(self) -> str:
        """What it is looked up by."""
        return self.was


class Unchecked(Record):
    """A claim that stands though no words that were noted bear it. The list of them may only get
    shorter.
    """

    claim: Text
    """Its name, as formulas write it: ``fact-id:claim-id``."""
    why: Passage | None = None
    """Why no words are at hand, where that is not plain."""

    @property
    def id(self) -> str:
        """What it is looked up by."""
        return self.claim


class Term(Record):
    """A word that readers may not know."""

    id: Id
    term: Text
    also: tuple[Text, ...] = ()
    """Other words for it, by which readers may look for it."""
    means: Passage
    source: Id | None = None
    mentions: tuple[Text, ...] = ()
    """What of the ledger its own words speak of, by id (``fact`` or ``series:point``): they may
    repeat what that says."""
    allow: tuple[Allowed, ...] = ()
    """Numbers and comparing words in its own words that need no source, each with the reason."""


class PageHead(Record):
    """What stands above a hand-written page."""

    title: Text
    description: Text
    """One or two sentences, for search engines and shared links."""
    published: EditorialDate | None = None
    """The day on which the page was first published, where it is written down."""
    layout: Literal["text", "home", "wide"] = "text"
    words: Annotated[int, Field(gt=0)] | None = None
    """How many words of prose the page may have."""
    original: Text | None = None
    """For a page in another language: the mark of the English page that it was made from, as the
    build prints it."""
    outdated: Literal["shown"] | None = None
    """For a page in another language: ``shown`` publishes it, with a notice, though the English
    page has changed since."""


# What authors write, as frozen typed records. Parsed at the edge, never changed after.

__all__ = [
    "Annotation",
    "Chart",
    "Claim",
    "Comparison",
    "Correction",
    "Counted",
    "Coverage",
    "CslType",
    "Definition",
    "Definitions",
    "Evidence",
    "Fact",
    "Group",
    "KnownError",
    "Name",
    "Noun",
    "Order",
    "PageHead",
    "Point",
    "Record",
    "Renamed",
    "Series",
    "SetAside",
    "Source",
    "Term",
    "Translation",
    "Unchecked",
    "behind",
]
