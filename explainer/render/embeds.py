"""Charts for other websites: an HTML file for each, its height, and the lines to paste."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup, escape

from explainer.common import policy
from explainer.common.archives import build_zip
from explainer.common.characters import one_line
from explainer.history.editions import SLOT, Edition
from explainer.model.records import Correction
from explainer.publish.catalogue import fill, with_full_stop
from explainer.publish.corrections import corrections_in_words
from explainer.publish.direction import without_isolates
from explainer.publish.freshness import Freshness
from explainer.publish.tables import Row, Table
from explainer.publish.templates import Templates
from explainer.publish.wording import summary
from explainer.render.bibtex import bibtex
from explainer.render.charts import KINDS, WIDTHS, svg
from explainer.render.charts.scale import wrap
from explainer.render.charts.shapes import Drawing
from explainer.render.citations import Work, item_of_page, references_of_page
from explainer.render.context import Context
from explainer.render.dated import dates_of_chart
from explainer.render.exports import data_package, records
from explainer.render.exports.downloads import columns_of, downloads_of
from explainer.render.exports.machine_values import dump_json

# Heights of frames, from the widths of words and drawings
#
# Some hosts keep nothing but ``height``, so this needs no script. The limits are those of
# embed.css.

NARROWEST, WIDEST = 280, 1200
"""The least and the greatest width that the single height must fit, in pixels."""
MEDIUM, WIDE = 364, 640
"""The frame widths in pixels from which the next larger drawing is shown."""
BANDS: Final = {
    "small": range(NARROWEST, MEDIUM),
    "medium": range(MEDIUM, WIDE),
    "wide": range(WIDE, WIDEST + 1),
}
"""The frame widths at which each drawing is shown."""
_LEAST_TEXT: Final = 11 / 13
"""The smallest scale of a drawing: its text has 13 px and may shrink to 11 px."""
_MOST: Final = {"small": 300, "medium": 460, "wide": 808}
"""The largest width at which each drawing is shown, in pixels."""
_PADDING, _COLUMN = 24, 960
_STEP = 5
_ROUND = 10


@dataclass(frozen=True)
class Line:
    """A text that is set as a paragraph."""

    text: str
    size: float
    """The font size in pixels."""
    leading: float
    """The line height in pixels."""
    bold: bool = False
    inset: int = 0
    """How much narrower than the column it is, in pixels."""
    around: float = 3
    """The margins and paddings above and below, in pixels."""

    def height(self, room: int) -> float:
        """Return its height in a column, in pixels; 0 if there is no text."""
        lines = wrap(self.text, room - self.inset, self.size, bold=self.bold)
        return len(lines) * self.leading + self.around if lines else 0


def by_band(lines: Iterable[Line], drawings: Mapping[str, Drawing], gaps: float) -> dict[str, int]:
    """Return the height in pixels that fits each band of widths.

    ``gaps`` is the height of everything around text and drawing.
    """
    words = list(lines)
    return {name: _round_up(gaps + max(_heights(words, drawings[name], name))) for name in BANDS}


def _heights(lines: list[Line], drawing: Drawing, band: str) -> Iterator[float]:
    """Yield a height for each step of widths.

    Text is highest at the smallest width of a step, the drawing at the largest.
    """
    widths = BANDS[band]
    for width in widths[::_STEP]:
        last = min(width + _STEP, widths.stop) - 1
        words = sum(line.height(_room(width)) for line in lines)
        yield words + _shown(drawing, band, _room(last))


def _room(width: int) -> int:
    return min(width, _COLUMN) - _PADDING


def _shown(drawing: Drawing, band: str, room: int) -> float:
    """Return the height of a drawing in a column.

    It never gets too small to read. In a narrower column, the stage scrolls sideways instead.
    """
    width = max(min(room, _MOST[band]), drawing.width * _LEAST_TEXT)
    return drawing.height * width / drawing.width


def _round_up(height: float) -> int:
    return math.ceil(height / _ROUND) * _ROUND


# Stylesheet of embeds: their own rules, with the colours and drawing rules of the site
#
# So drawings look the same in an embed and on the page.

_DRAWING = re.compile(r"(?<=\n)\.svg-chart")
_BRACE = re.compile(r"([{}])")
_FORCED: Final = "\n@media (forced-colors: active) {\n"
_HAS_RULES: Final = " data-paper>"
"""Marks the bodies that have print rules. embed/body.html.j2 writes it."""
_COLOURS = r'\[data-md-color-scheme="{}"\]\s*\{{([^{{}}]*)\}}'
_SPACE = re.compile(r"\s*+([{};,])\s*+|/\*.*?(?:\*/|\Z)|\s++", re.DOTALL)


def style(templates: Templates) -> str:
    """Return the whole stylesheet, on one line."""
    site = templates.source("assets/explainer.css")
    return _squeezed(
        _coloured(templates, "embed/embed.css")
        + "\n".join([*_drawing_rules(site), *_forced_rules(site)])
    )


@lru_cache(maxsize=8)
def _drawing_rules(css: str) -> tuple[str, ...]:
    """Return the rules of a stylesheet that begin a line with the class of drawings."""
    pieces = _BRACE.split(f"\n{css}")
    found = []
    for before, opens, held, closes in zip(
        pieces[::2], pieces[1::2], pieces[2::2], pieces[3::2], strict=False
    ):
        if (opens, closes) == ("{", "}") and (begins := _DRAWING.search(before)):
            found.append(f"{before[begins.start() :]}{{{held}}}")
    return tuple(found)


@lru_cache(maxsize=8)
def _forced_rules(css: str) -> tuple[str, ...]:
    """Return the blocks of a stylesheet for forced colours."""
    css = f"\n{css}"
    found = []
    start = css.find(_FORCED)
    while start >= 0:
        end = css.find("\n}", start + len(_FORCED) - 1)
        if end < 0:
            break
        found.append(css[start + 1 : end + 2])
        start = css.find(_FORCED, end + 2)
    return tuple(found)


def with_late_rules(templates: Templates, body: str) -> str:
    """Return a released body with the print and forced-colour rules that it lacks.

    A body that has them is returned as it is. The body's own stylesheet and text are kept. The
    content security policy allows the second stylesheet by its hash, like the first.
    """
    if _HAS_RULES in body:
        return body
    site = templates.source("assets/explainer.css")
    late = _squeezed(_coloured(templates, "embed/kept.css") + "\n".join(_forced_rules(site)))
    allowed = body.replace("style-src ", f"style-src {escape(policy.source_expression(late))} ", 1)
    return allowed.replace("</style>", f"</style>\n<style>{late}</style>", 1)


def _coloured(templates: Templates, name: str) -> str:
    """Return a stylesheet of the templates with the site's colours."""
    site = templates.source("assets/explainer.css")
    light, dark = (_colours(site, scheme) for scheme in ("default", "slate"))
    return templates.source(name).replace("/* light */", light).replace("/* dark */", dark)


def _colours(site: str, scheme: str) -> str:
    found = re.search(_COLOURS.format(scheme), site)
    return found.group(1) if found else ""


def _squeezed(css: str) -> str:
    return (
        _SPACE.sub(
            lambda match: match.group(1) or ("" if match.group().startswith("/*") else " "), css
        )
        .replace(";}", "}")
        .strip()
    )


# Text around the drawing of an embed: source, date, licence and corrections

_SOURCES = 4
_CORRECTIONS = 3


@dataclass(frozen=True)
class Corrected:
    """A change to a figure of the chart, in the words of the embed."""

    path: str
    """The path of the full correction below the site's root."""
    head: str
    """The kind of change and its date: "Corrected on 3 March 2026"."""
    text: str


@dataclass(frozen=True)
class Words:
    """All text below the drawing."""

    sources: tuple[tuple[str, str], ...]
    more: str
    """How many sources are left out, in words; empty if none is."""
    fresh: str
    overdue: str
    """The sentence that the review is overdue; empty in a pinned embed, which keeps its own day."""
    corrected: tuple[Corrected, ...]
    site: str
    licence: str
    licence_url: str
    source_label: str
    link: str

    def lines(self, table: Table) -> Iterator[Line]:
        """Yield all text of the chart as paragraphs, from which its height is computed."""
        yield Line(table.title, 18, 22.5, bold=True, around=0)
        yield Line(table.subtitle, 14, 19.6)
        small = [f"{each.head} {each.text}" for each in self.corrected]
        names = "; ".join([name for _, name in self.sources] + [self.more] * bool(self.more))
        for text in (table.caption, *small, with_full_stop(f"{self.source_label} {names}")):
            yield Line(text, 12, 17.4)
        yield Line(f"{self.fresh} {self.overdue}", 12, 17.4, bold=bool(self.overdue))
        yield Line(f"{self.link} {self.site}, {self.licence}", 12, 17.4, bold=True)


def words_of(context: Context, table: Table, *, today: str | None) -> Words:
    """Return the text for a chart.

    ``today`` is the day at which its review is judged; with ``None``, this is left out.
    """
    ledger = context.ledger
    chart = ledger.charts[table.id]
    fresh = Freshness.of(ledger.series[name] for name in chart.series)
    first = {name: source for source, name in reversed(table.sources)}
    named = tuple((first[name], name) for name in dict.fromkeys(name for _, name in table.sources))[
        :_SOURCES
    ]
    left = len(table.sources) - len(named)
    return Words(
        sources=named,
        more=context.wording.catalogue.say("embeds", "more", count=left) if left > 0 else "",
        fresh=fresh.sentence(context.wording) if fresh else "",
        overdue=fresh.overdue_sentence(context.wording, today) if fresh and today else "",
        corrected=tuple(
            _said(context, table, each) for each in corrections(context, table)[:_CORRECTIONS]
        ),
        site=context.site_name,
        licence=context.licence.name,
        licence_url=context.licence.url,
        source_label=context.wording.say("sources"),
        link=context.wording.catalogue.say("embeds", "link"),
    )


def corrections(context: Context, table: Table) -> list[Correction]:
    """Return the changes to the chart and to the claims that it shows, newest first."""
    ledger = context.ledger
    refs = {*ledger.charts[table.id].series, *(ref_of(row) for row in table.rows)}
    return sorted(
        ledger.corrections_of_chart(table.id, refs), key=lambda each: each.fixed.text, reverse=True
    )


def ref_of(row: Row) -> str:
    """Return the name of a row's claim in formulas and corrections: "series:point"."""
    return row.claim.path.removeprefix("facts/").replace("/#", ":")


def _said(context: Context, table: Table, correction: Correction) -> Corrected:
    (view,) = corrections_in_words(context.ledger, context.wording, [correction])
    about = next((f"{row.label}: " for row in table.rows if ref_of(row) == correction.ref), "")
    change = context.wording.page("is_now" if view.new else "no_longer", old=view.old, new=view.new)
    head = context.wording.page("done_on", done=view.done, day=view.fixed)
    return Corrected(
        f"corrections/#{view.id}", f"{head}:", f"{about}{with_full_stop(change)} {view.cause}"
    )


# Bodies of embeds: one HTML file that needs no other, from a chart's table and drawings

_DRAWN = {
    "small": (300, 290, 280, 270, 260),
    "medium": (400, 390, 380, 370, 360),
    "wide": (700, 720, 680, 660, 640),
}
"""The widths in pixels to try for the drawing of each band, best first. All are legible there."""
_SAFE = {"small": "narrow", "medium": "narrow", "wide": "wide"}
"""The page's drawing to use if all of these have overlapping labels.

The build has made sure that the page's drawings have no faults.
"""
_GAPS = 3 + 9 + 8 + 16 + 1
"""The borders above and below, the paddings and the margins of the drawing, in pixels."""
_MARK: Final = re.compile(r'<a(?=\s)(?![^<>]*\starget=)([^<>]*\sclass="mark[\s"])')
"""The start of a mark's link without a ``target``."""


@dataclass(frozen=True)
class Frame:
    """The heights that a frame around an embed needs, in pixels."""

    height: int
    """The height that fits every width from 280 to 1,200 pixels."""
    bands: dict[str, int]
    """The height that fits the widths of each band."""


def drawings_of(context: Context, table: Table) -> dict[str, Drawing]:
    """Return a drawing for each band of widths."""
    return {name: _drawing(context, table, name) for name in BANDS}


def _drawing(context: Context, table: Table, band: str) -> Drawing:
    draw = KINDS[table.kind].draw
    for width in _DRAWN[band]:
        drawing: Drawing = draw(table, context.wording, width)
        if not any(drawing.faults()):
            return drawing
    safe: Drawing = draw(table, context.wording, WIDTHS[_SAFE[band]])
    return safe


def frame_of(context: Context, table: Table, *, pinned: bool = False) -> Frame:
    """Return the heights of the frame of a chart's embed.

    A pinned embed also has room for the sentence that the chart has changed.
    """
    words = words_of(context, table, today=context.today)
    notice = _notice(context, table) if pinned else None
    made = context.kept(
        "frame", (table, words, notice), lambda: json.dumps(_bands(context, table, words, notice))
    )
    bands = json.loads(made)
    return Frame(max(bands.values()), bands)


def _bands(context: Context, table: Table, words: Words, notice: Line | None) -> dict[str, int]:
    lines = [*words.lines(table), *filter(None, [notice])]
    return by_band(lines, drawings_of(context, table), _GAPS)


def _notice(context: Context, table: Table) -> Line:
    """Return the longest likely sentence of a pinned embed about changes to the chart."""
    say, count = context.wording.catalogue.say, len(table.rows)
    changed = say("embeds", "changed", count=count, all=count)
    since = say(
        "embeds",
        "since",
        what=say("embeds", "both", changed=changed, added=say("embeds", "added_too", count=count)),
    )
    day = context.wording.day(dt.date(2000, 9, 30))
    said = say(
        "embeds", "pinned", day=day, difference=say("embeds", "mended", said=since, count=count)
    )
    text = f"{said} {say('embeds', 'see_latest')}"
    return Line(text, 13, 18.2, inset=20, around=12)


def body_of(context: Context, table: Table, root: str, *, today: str | None) -> str:
    """Return the HTML of a chart's embed.

    ``root`` is the relative path to the site's root. ``today`` is ``None`` for a pinned embed.
    """
    words = words_of(context, table, today=today)
    site = (
        root if today is None else context.address or root
    )  # a relative address stays true if the site moves
    return context.kept(
        "embed", (table, words, root, site), lambda: _html(context, table, root, site, words)
    )


def marks_beside_host(body: str) -> str:
    """Return a released body in which the links of marks open outside the frame.

    Its other links do so already. Early drawings were released with links that replaced the chart
    in its frame.
    """
    return _MARK.sub(r'<a target="_blank"\1', body)


def _html(context: Context, table: Table, root: str, site: str, words: Words) -> str:
    drawings, templates = drawings_of(context, table), context.templates
    css, script = style(templates), templates.source("embed/frame.js").strip()
    return templates.render(
        "embed/body.html.j2",
        table=table,
        words=words,
        root=root,
        page=f"{root}charts/{table.id}/",
        description=summary(table.alt or table.subtitle, table.subtitle),
        canonical=f"{site}charts/{table.id}/",
        lang=context.wording.language,
        drawings={
            name: svg(templates, table, drawing, root, beside_host=True)
            for name, drawing in drawings.items()
        },
        policy=policy.standalone_policy(styles=[css], scripts=[script]),
        style=css,
        script=script,
        slot=SLOT,
    )


# Zip of a chart (``/data/charts/<id>.zip``): data, pictures, README, citation, licence


def zip_archive(context: Context, table: Table, files: Mapping[str, bytes]) -> bytes:
    """Return the zip of a chart. ``files`` are the files of the site by path."""
    contents = {path.rpartition("/")[2]: files[path] for path in downloads_of(table.id).values()}
    contents["datapackage.json"] = data_package.chart_data_package(
        table, contents[f"{table.id}.csv"], context.licence, _sources(context, table)
    )
    contents |= {
        "README.txt": _readme(context, table),
        "CITATION.txt": _citation(context, table),
        "LICENCE.txt": _licence(context),
    }
    return build_zip(table.id, contents)


def _sources(context: Context, table: Table) -> list[dict[str, str]]:
    """Return the chart's sources in the form of a data package."""
    return [
        data_package.data_package_source(records.source_record(context.ledger.sources[name]))
        for name, _ in table.sources
    ]


def _readme(context: Context, table: Table) -> bytes:
    words, say = words_of(context, table, today=context.today), context.wording.catalogue.say
    notes = [f"{each.head} {each.text}" for each in words.corrected]
    lines = [
        table.title,
        table.subtitle,
        "",
        table.alt,
        *filter(None, [table.caption]),
        "",
        *(f"{table.id}.{kind}: {say('embeds', kind)}" for kind in downloads_of(table.id)),
        f"datapackage.json: {say('embeds', 'schema')}",
        "",
        say("embeds", "columns", columns=", ".join(column.name for column in columns_of(table))),
        say("embeds", "ends"),
        "",
        f"{words.fresh} {words.overdue}".strip(),
        *notes,
        "",
        words.source_label,
        *(f"- {name}" for _, name in table.sources),
        "",
        say("embeds", "each_number", page=_page(context, table)),
    ]
    return _text([one_line(line) for line in lines])


def _citation(context: Context, table: Table) -> bytes:
    """Return the reference of the chart's page in each style, and its BibTeX entry."""
    issued = dates_of_chart(context, table.id).cited
    work = Work(f"charts/{table.id}/", table.title, issued, context.wording.language)
    lines = [
        line
        for style, text in references_of_page(context, work).items()
        for line in (style, text.striptags(), "")
    ]
    return _text([*lines, bibtex([item_of_page(context, work)]).rstrip("\n")])


def _licence(context: Context) -> bytes:
    say = context.wording.catalogue.say
    if not context.licence.name:
        return _text([say("embeds", "no_licence")])
    name, url = context.licence.name, context.licence.url
    site = context.site_name
    return _text(
        [
            say("embeds", "licensed", site=site, licence=name),
            url,
            "",
            say("embeds", "attribution", site=site),
        ]
    )


def _page(context: Context, table: Table) -> str:
    return f"{context.address}charts/{table.id}/"


def _text(lines: list[str]) -> bytes:
    return without_isolates("\n".join(lines) + "\n").encode()


# Lines of HTML to paste: a frame, a frame with our script, a picture with a link, an element

UNKNOWN_BASE: Final = "https://example.org/"
"""A placeholder for the site's URL if the build does not know it.

The script of the page replaces it by its own URL.
"""
BASE, EDITION, THEME, PAGE, PICTURE, ALT = (
    "{base}",
    "{edition}",
    "{theme}",
    "{page}",
    "{picture}",
    "{alt}",
)
"""The placeholders that the page's script fills again if a reader changes the options.

It also does so with the heights below.
"""
_HEIGHT: Final = "{height}"
_BY_WIDTH: Final = (
    "height:calc({wide}px"
    f" + ({{medium}} - {{wide}})*clamp(0px,{WIDE}px - 100cqw,1px)"
    f" + ({{small}} - {{medium}})*clamp(0px,{MEDIUM}px - 100cqw,1px))"
)
"""The height of a frame as a function of its container's width.

Each ``clamp`` is 1px below its width limit, and 0 from there on.
"""
_HOLDER: Final = "width:100%;container-type:inline-size;contain-intrinsic-inline-size:280px"
"""The style of a container whose width its frame's height can follow.

If a host asks for its intrinsic width, it is 280 pixels.
"""


@dataclass(frozen=True)
class Snippet:
    """One way to embed a chart."""

    id: str
    label: str
    about: str
    template: str
    """The HTML with placeholders for the options."""

    def filled(self, address: str, table: Table, frame: Frame) -> str:
        """Return the HTML for the live chart, in the colour scheme of the reader's system."""
        return _filled(self.template, address, table, frame)


def alt_of(table: Table) -> str:
    """Return the alt text for a picture of the chart."""
    return without_isolates(table.alt or table.title)


def frame_line(address: str, table: Table, frame: Frame) -> str:
    """Return the frame of the live chart, with the single height that fits every width."""
    return _filled(_frame(table), address, table, frame)


def codes(context: Context, table: Table) -> tuple[Snippet, ...]:
    """Return all ways to embed a chart, the best-looking first."""
    say = context.wording.catalogue.say
    frame = f'<div style="{_HOLDER}">{_frame(table, style=f";{_BY_WIDTH}")}</div>'
    script = f'<script async src="{BASE}embed.js"></script>'
    lines = {
        "script": f"{frame}\n{script}",
        "frame": frame,
        "picture": _picture(context),
        "element": f"{script}\n{_element(table)}",
    }
    return tuple(
        Snippet(name, say("embeds", name), say("embeds", f"{name}_about"), line)
        for name, line in lines.items()
    )


def _frame(table: Table, style: str = "") -> str:
    """Return an ``iframe``. ``frameborder`` is for hosts that remove styles."""
    return (
        f'<iframe src="{_src(table)}" title="{_words(table.title)}" width="100%" height="{_HEIGHT}"'
        f' frameborder="0" loading="lazy" style="border:0{style}"></iframe>'
    )


def _element(table: Table) -> str:
    title = _words(table.title)
    link = f'<a href="{BASE}charts/{table.id}/">{title}</a>'
    return (
        f'<explainer-chart src="{_src(table)}" title="{title}"'
        f' height="{_HEIGHT}">{link}</explainer-chart>'
    )


def _picture(context: Context) -> str:
    """Return a picture with a visible credit. Both link to the page with its sources."""
    site, licence = f'<a href="{BASE}{PAGE}">{_words(context.site_name)}</a>', context.licence.name
    form = context.wording.catalogue.form("embeds", "credit_licensed" if licence else "credit")
    credit = fill(escape(form), site=Markup(site), licence=Markup(_words(licence)))  # noqa: S704
    image = (
        f'<img src="{BASE}{PICTURE}" alt="{ALT}" width="600" style="max-width:100%;height:auto">'
    )
    return (
        '<figure style="margin:0"><a'
        f' href="{BASE}{PAGE}">{image}</a><figcaption>{credit}</figcaption></figure>'
    )


def _src(table: Table) -> str:
    return f"{BASE}embed/{table.id}/{EDITION}{THEME}"


def _words(text: str) -> str:
    """Escape an author's text for the HTML of others.

    Direction marks are removed, and braces are escaped so that nothing looks like a placeholder.
    """
    return escape(without_isolates(text)).replace("{", "&#123;")


def _filled(template: str, address: str, table: Table, frame: Frame) -> str:
    live = {
        EDITION: "",
        THEME: "",
        PAGE: f"charts/{table.id}/",
        PICTURE: f"data/charts/{table.id}.png",
        BASE: address or UNKNOWN_BASE,
        _HEIGHT: str(frame.height),
        **{f"{{{name}}}": str(high) for name, high in frame.bands.items()},
        ALT: escape(alt_of(table)),
    }
    return re.sub(r"\{\w+\}", lambda slot: live.get(slot[0], slot[0]), template)


# The "Embed this chart" panel of a chart's page: a preview, the options, and the lines to copy

OFFERED_WIDTHS = (320, 480, 720)
"""The widths of the preview in pixels: a phone, a column, a page."""


def panel(context: Context, table: Table, root: str) -> str:
    """Return the HTML of the panel.

    Without a script, it has the lines for the live chart in plain text boxes.
    """
    frame = frame_of(context, table)
    kept = context.editions.get(table.id, ())
    newest = kept[-1] if kept else None
    return context.page(
        "embed/panel.html.j2",
        id=table.id,
        title=table.title,
        root=root,
        height=frame.height,
        bands=frame.bands,
        widths=OFFERED_WIDTHS,
        address=context.address,
        codes=[
            (code, code.filled(context.address, table, frame)) for code in codes(context, table)
        ],
        alt=alt_of(table),
        edition=newest.id if newest else "",
        pinned=_pinned(newest) if newest else {},
        day=context.wording.day(dt.date.fromisoformat(newest.date)) if newest else "",
    )


def _pinned(edition: Edition) -> dict[str, object]:
    """Return the values for a pinned edition: its heights, its picture and the alt text."""
    content = edition.record["content"]
    live = {
        "page": f"charts/{edition.chart}/",
        "picture": edition.picture_page,
        "alt": content.get("alt") or content["title"],
    }
    kept = {"page": edition.page.removesuffix("index.html")} if edition.picture else {}
    height, bands = edition.record["height"], edition.record["heights"]
    return {**live, **kept, "height": height, **{band: bands.get(band, height) for band in BANDS}}


# oEmbed 1.0: the answer for systems that turn a link into an embed (``/oembed/<id>.json``)

_WIDTH: Final = 700
_DAY: Final = 86_400


def oembed(context: Context, table: Table, picture: tuple[int, int]) -> str:
    """Return the oEmbed answer of a chart.

    ``picture`` is the width and height of the chart's picture, in pixels. oEmbed needs absolute
    URLs. If the build does not know the site's URL, the answer is of the type "link" with the title
    only, and no page refers to it.
    """
    base, frame = context.address, frame_of(context, table)
    if not base:
        return (
            dump_json(
                {
                    "version": "1.0",
                    "type": "link",
                    "title": table.title,
                    "provider_name": context.site_name,
                }
            )
            + "\n"
        )
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": table.title,
        "html": frame_line(base, table, frame),
        "width": _WIDTH,
        "height": frame.height,
        "author_name": context.site_name,
        "author_url": base,
        "provider_name": context.site_name,
        "provider_url": base,
        "cache_age": _DAY,
        "thumbnail_url": f"{base}data/charts/{table.id}.png",
        "thumbnail_width": picture[0],
        "thumbnail_height": picture[1],
    }
    return dump_json(answer) + "\n"
