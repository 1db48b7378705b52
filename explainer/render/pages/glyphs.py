"""The pictures of charts and pages, and a check that the fonts have all their letters."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from explainer.common.problems import Place, Problems
from explainer.model.records import Evidence, Record
from explainer.project import Project
from explainer.render.context import Context
from explainer.render.embeds import oembed, zip_archive
from explainer.render.exports.downloads import downloads_of
from explainer.render.pages import facts, redirects, sources
from explainer.render.pages.charts import poster, size_of
from explainer.render.pages.page import card_of, file_of
from explainer.render.pictures import Pictures
from explainer.render.site import Site

# Letters that no font has

_LINE: Final = re.compile(r"<text\b[^<>]*>([^<]*)</text>")
_CARD: Final = re.compile(r"cards/(.*)\.png")
_SHOWN: Final = 12
"""The maximum number of letters, and of further places, in a message."""
_PUNCTUATION: Final = (
    "ARABIC ",
    "ARMENIAN ",
    "HEBREW ",
    "SYRIAC ",
    "NKO ",
    "DEVANAGARI ",
    "THAI ",
    "TIBETAN ",
    "MYANMAR ",
    "ETHIOPIC ",
    "GEORGIAN ",
    "KHMER ",
    "MONGOLIAN ",
    "SINHALA ",
    "THAANA ",
    "TAMIL ",
    "TELUGU ",
    "BENGALI ",
    "GURMUKHI ",
    "GUJARATI ",
    "KANNADA ",
    "MALAYALAM ",
    "JAVANESE ",
    "BALINESE ",
    "SUNDANESE ",
    "CHAM ",
    "LISU ",
    "BAMUM ",
    "LEPCHA ",
    "LIMBU ",
    "OSAGE ",
    "ADLAM ",
    "ORIYA ",
    "LAO ",
)
"""How Unicode names of characters begin that belong to one script, including punctuation."""
_CJK: Final = (
    "CJK",
    "IDEOGRAPHIC",
    "LEFT CORNER",
    "RIGHT CORNER",
    "WAVE DASH",
    "HIRAGANA",
    "KATAKANA",
    "HANGUL",
    "BOPOMOFO",
    "FULLWIDTH",
    "HALFWIDTH",
    "KANGXI",
)
_OF_EUROPE: Final = ("LATIN", "GREEK", "CYRILLIC", "COMBINING", "MODIFIER")
_SCRIPT: Final = re.compile(
    r"(?P<script>.+?) (?:(?:CAPITAL|SMALL|INDEPENDENT|DEPENDENT|FINAL|SUBJOINED) )?"
    r"(?:LETTER|LIGATURE|SYLLABLE|VOWEL|CONSONANT|SIGN|MARK|DIGIT|NUMBER|CHARACTER|POINT|ACCENT)\b"
)


@dataclass
class _Missing:
    """Letters that a font is needed for, and where they are written."""

    letters: dict[str, None] = field(default_factory=dict)
    places: dict[Place, str] = field(default_factory=dict)
    """The first run of letters that cannot be drawn, by place."""


def check(site: Site, contexts: Iterable[Context], project: Project, problems: Problems) -> None:
    """Report the letters that pictures cannot show.

    There is one problem for each font that is needed, at the first place that needs it.
    ``contexts`` are those of each language, with the site's own first. If pages are not made, as
    in a check, the words of their cards are worked out here.
    """
    spoken = list(contexts)
    if not spoken:
        return
    places = _Places(site, project, spoken)
    wanting: dict[tuple[str, str], _Missing] = {}
    for about, lines in _drawn(site, spoken[0]):
        for line in lines:
            for run in () if line.isascii() else project.lettering.missing(line):
                found = wanting.setdefault(_font_for(run), _Missing())
                found.letters.update(
                    dict.fromkeys(letter for letter in run if not letter.isspace())
                )
                found.places.setdefault(places.of(about, run), run)
    for (font, package), found in sorted(wanting.items()):
        place, run = min(found.places.items())
        rest = sorted(found.places.keys() - {place})
        letters = (
            f"{' '.join(list(found.letters)[:_SHOWN])}{' …' if len(found.letters) > _SHOWN else ''}"
        )
        more = (
            ", nor what stands at"
            f" {', '.join(map(str, rest[:_SHOWN]))}{' and further on' if len(rest) > _SHOWN else ''}"  # noqa: E501
            if rest
            else ""
        )
        hint = (
            f"put a font that has every letter of such a line into fonts/: {font}, with Latin"
            " letters and digits beside its own"
        )
        hint += f" (fonts.google.com/noto; Debian's package {package})"
        message = (
            f"pictures cannot show '{run[:80]}'{more}: no font has {letters} and the rest of the"
            " line; they show … in place of it"
        )
        problems.add(place, "letter-missing", message, hint)


def _drawn(site: Site, context: Context) -> Iterator[tuple[str, list[str]]]:
    """Yield each picture as the path of the page that it is about, and its lines of text."""
    for name in context.tables:
        svg = context.cache.read(poster(context, name)).decode()
        yield f"charts/{name}", [html.unescape(line) for line in _LINE.findall(svg)]
    cards = site.cards
    for path, (*words, _) in cards.items():
        named = _CARD.fullmatch(path)
        yield (named[1] if named else path), [*words, context.site_name]
    for made, known in ((facts, context.ledger.holders), (sources, context.ledger.sources)):
        below = "facts" if made is facts else "sources"
        for name in known:
            if card_of(f"{below}/{name}") not in cards:
                yield f"{below}/{name}", list(made.card(context, name))


class _Places:
    """Finds where the words of a picture are written in the project."""

    def __init__(self, site: Site, project: Project, contexts: list[Context]) -> None:
        self._site, self._project, self._ledger = site, project, contexts[0].ledger
        self._everywhere: dict[str, Place] = {}

    def of(self, about: str, run: str) -> Place:
        """Return the place of the first text that contains a run of letters.

        The page or the records that the picture is about are searched first, then the project.
        """
        file = self._site.authors.get(file_of("" if about == "index" else about))
        near = self._in_file(file, run) if file else self._in_records(self._records(about), run)
        if near is None and run not in self._everywhere:
            self._everywhere[run] = self._anywhere(run) or Place("mkdocs.yml")
        return near or self._everywhere[run]

    def _records(self, about: str) -> Iterator[Record]:
        kind, _, name = about.partition("/")
        ledger = self._ledger
        if kind == "charts" and (chart := ledger.charts.get(name)):
            yield chart
            yield from (ledger.series[each] for each in chart.series if each in ledger.series)
        elif kind == "facts" and name in ledger.holders:
            yield ledger.holders[name]
        elif kind == "sources" and name in ledger.sources:
            yield ledger.sources[name]

    def _anywhere(self, run: str) -> Place | None:
        ledger = self._ledger
        words = (record for records in ledger.translations.values() for record in records)
        records = (
            *ledger.sources.values(),
            *ledger.holders.values(),
            *ledger.charts.values(),
            *words,
        )
        return self._in_file("mkdocs.yml", run) or self._in_records(records, run)

    def _in_records(self, records: Iterable[Record], run: str) -> Place | None:
        return next(
            (place for record in records for text, place in _texts(record) if run in text), None
        )

    def _in_file(self, path: str, run: str) -> Place | None:
        lines = (self._project.folder.read_text(path, Problems()) or "").split("\n")
        return next(
            (
                Place(path, at, line.index(run) + 1)
                for at, line in enumerate(lines, 1)
                if run in line
            ),
            None,
        )


def _texts(record: Record) -> Iterator[tuple[str, Place]]:
    """Yield each text of a record and of the records in it, with its place.

    Evidence is left out, because no picture shows the words of sources.
    """
    for key, value in record:
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, str):
                yield each, record.place(key)
            elif isinstance(each, Record) and not isinstance(each, Evidence):
                yield from _texts(each)


def _font_for(run: str) -> tuple[str, str]:
    """Return a font that has the first letter of a run, and the Debian package of the font."""
    letter = next((each for each in run if unicodedata.category(each)[0] in "LNS"), run[0])
    name = unicodedata.name(letter, "")
    if name.startswith(_PUNCTUATION):
        return _font_for_script(name.split()[0])
    if name.startswith(_CJK):
        return "Noto Sans CJK", "fonts-noto-cjk"
    if "\U0001f000" <= letter <= "\U0001faff" or "\ufe0f" in run:
        return "Noto Color Emoji", "fonts-noto-color-emoji"
    script = _SCRIPT.match(name)
    if name.startswith(_OF_EUROPE):
        return "Noto Sans", "fonts-noto-core"
    if script and unicodedata.category(letter)[0] in "LMN" and not name.startswith("MATHEMATICAL"):
        return _font_for_script(script["script"])
    return "Noto Sans Symbols 2", "fonts-noto-core"


def _font_for_script(script: str) -> tuple[str, str]:
    """Return the Noto font for a script and its Debian package, by the script's Unicode name."""
    named = {"NKO": "NKo"}.get(script, script.title())
    return f"Noto {'Serif' if script == 'TIBETAN' else 'Sans'} {named}", "fonts-noto-core"


# Pictures, cards, zip archives and oEmbed answers


def add_pictures(site: Site, context: Context) -> None:
    """Add the pictures of every chart and a social card for every page to the site.

    The zip archive and the oEmbed answer of each chart are added too, because they need the
    picture. Pictures in the cache are not drawn again.
    """
    pictures = Pictures(context.templates, context.site_name, context.cache, context.lettering)
    posters = {name: poster(context, name) for name in context.tables}
    drawn = {f"data/charts/{name}.png": pictures.of_poster(svg) for name, svg in posters.items()}
    for path, png in pictures.pngs(
        drawn | {path: pictures.card(*words) for path, words in site.cards.items()}
    ).items():
        site.files.put(path, png)
    for name, svg in posters.items():
        site.files.put(f"data/charts/{name}.svg", svg)
        site.files.put(
            f"oembed/{name}.json",
            context.file("oembed", f"{name} {svg.sum}", partial(_oembed, context, name)),
        )
        sums = " ".join(site.files.sum(path) for path in downloads_of(name).values())
        site.files.put(
            f"data/charts/{name}.zip",
            context.file("parcel", f"{name} {sums}", partial(_parcel, context, name, site)),
        )
    redirects.copy_to_old_names(site, context)


def _oembed(context: Context, name: str) -> str:
    return oembed(context, context.tables[name], size_of(context, name))


def _parcel(context: Context, name: str, site: Site) -> bytes:
    return zip_archive(context, context.tables[name], site.files)
