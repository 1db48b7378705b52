"""The base of all records and the types of their fields.

Every scalar arrives as the text the author typed (the reader resolves nothing), so each type here decides
what that text means: ``no`` is a word, ``07`` is two characters, and ``22:22`` is not a number.
"""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

from explainer.characters import line_break
from explainer.misleading import misleading
from explainer.problems import Place, Places
from explainer.stored import storable, store
from explainer.unfit import Unfit
from explainer.values.dates import Edtf
from explainer.values.quantities import Quantity

PLACES = "@"
"""The key under which the reader passes the places of a mapping's keys; no author can write it."""


_HOST = re.compile(r"(?://)?(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[/:?#]|$)")
"""How an address begins that lacks its scheme."""

EDITED_FROM, EDITED_TO = 1980, 2099
"""The years in which archives of files can be dated; what is built carries the newest of these dates."""
_NOWHERE = Places("", ())
_written: dict[frozenset[str], set[str]] = {}
"""The sets of keys that records were written with; no record's is ever added to."""


def _places(value: Any) -> Places:
    return value if isinstance(value, Places) else Places.of(value)


class Record(BaseModel):
    """A mapping that an author wrote, with the place of each of its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, use_attribute_docstrings=True, defer_build=True)

    places: SkipJsonSchema[Annotated[Places, PlainValidator(_places)]] = Field(alias=PLACES, repr=False, default=_NOWHERE)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Every kind of record may be kept from one build to the next: its fields, and which of them were written."""

        def write(value: Record) -> list[Any]:
            held = vars(value)
            return [sorted(value.model_fields_set), {name: storable(each) for name, each in held.items()}]

        def read(told: list[Any]) -> Record:
            written, held = told
            found = cls.__new__(cls)
            shared = _written.setdefault(frozenset(written), set(written))
            state = {"__dict__": held, "__pydantic_fields_set__": shared}
            found.__setstate__({**state, "__pydantic_extra__": None, "__pydantic_private__": None})
            return found

        store(cls, write, read)

    def model_post_init(self, _: Any, /) -> None:
        """Share what says which keys were written with all records that have the same: it takes a quarter of their room."""
        written = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _written.setdefault(frozenset(written), written))

    def place(self, key: str = "") -> Place:
        """Where ``key`` stands in the author's file, or where the record begins."""
        return self.places.get(key) or self.places.get("") or Place("?")


def _yes_or_no(value: Any) -> bool:
    if value in ("yes", "true", True):
        return True
    if value in ("no", "false", False):
        return False
    raise Unfit(f"'{value}' is neither yes nor no", "write yes or no")


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        with_scheme = f"https://{value.lstrip('/')}"
        hint = (
            f"write the whole address: {with_scheme}" if _HOST.match(value) else "copy the address from the browser: https://example.org/"
        )
        raise Unfit(f"'{value}' is not an http or https address", hint)
    if any(ch in value for ch in " <>\"'\\`{}|^") or not value.isprintable():
        raise Unfit(f"'{value}' holds a character that no address may", "copy the address from the browser, which writes %20 for a space")
    if why := misleading(value):
        raise Unfit(f"'{value[:60]}' may lead elsewhere than it seems to: {why}", "copy the address that the browser shows for the page")
    return value


def _site_path(value: Any) -> str:
    path = _text(value).strip("/")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*", path):
        raise Unfit(f"'{path}' is no address below the site's root", "write one like facts/books-lent, or about")
    return path


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit("this must be text, not a list or a mapping", "write one value behind the key, in its line")
    if not value.strip():
        raise Unfit("this is empty", "write something, or leave the key out")
    return value.strip()


def _line(value: Any) -> str:
    text = _text(value)
    if broken := line_break(text):
        message = f"this is printed on one line, and a line ends in it (U+{ord(broken):04X})"
        raise Unfit(message, "write it in one line, or fold it with '>-'")
    return text


def _digits(text: str) -> int:
    """A number of digits after the point. Raises ``ValueError``."""
    if not re.fullmatch(r"[0-9]", text):
        raise Unfit(f"'{text}' is no number of digits after the point", "write a digit, 0 to 9")
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
Address = Annotated[str, PlainValidator(lambda value: _web_address(_text(value))), WithJsonSchema({"type": "string", "format": "uri"})]
SitePath = Annotated[str, PlainValidator(_site_path), WithJsonSchema({"type": "string", "examples": ["facts/books-lent", "about"]})]
YesNo = Annotated[bool, PlainValidator(_yes_or_no), WithJsonSchema({"enum": ["yes", "no", True, False]})]
Amount = Annotated[
    Quantity,
    PlainValidator(lambda value: Quantity.parse(_text(value))),
    WithJsonSchema({"type": ["string", "number"], "examples": ["30000..40000", "about 35000", "over 300000"]}),
]
Date = Annotated[
    Edtf,
    PlainValidator(lambda value: Edtf.parse(_text(value))),
    WithJsonSchema({"type": "string", "examples": ["2025-07-07", "2025-04-01/2025-07-15", "2025/..", "199X", "2022-22", "XXXX-06-07"]}),
]


def _bounded(date: Edtf) -> Edtf:
    """A day, a month or a year of which nothing is left open or doubtful. Raises ``ValueError``."""
    if not date.is_plain:
        raise Unfit(f"'{date}' leaves open which day, month or year it is", "write one of them here, like '2025-07-07'")
    return date


def is_editorial(date: Edtf) -> bool:
    """Whether it is a day, a month or a year in which files can be dated."""
    return date.is_plain and date.first is not None and EDITED_FROM <= date.first.year <= EDITED_TO


def _editorial(date: Edtf) -> Edtf:
    """The same, of a time in which files can be dated. Raises ``ValueError``."""
    bounded = _bounded(date)
    if not is_editorial(date):
        raise Unfit(f"'{date}' is no day on which this was edited", f"write one from {EDITED_FROM} to {EDITED_TO}")
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
"""When something here was checked, looked at, mended or published, or is to be: a day, a month or a year in which files can be dated."""


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
