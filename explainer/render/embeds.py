"""Charts on other people's pages: one HTML file each, its height, and the lines to paste."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup, escape

from explainer.common import policy
from explainer.common.archives import zipped
from explainer.common.characters import one_line
from explainer.history.editions import SLOT, Edition
from explainer.model.records import Correction
from explainer.publish.catalogue import fill, stopped
from explainer.publish.corrections import corrections_in_words
from explainer.publish.direction import unmarked
from explainer.publish.freshness import Freshness
from explainer.publish.tables import Row, Table
from explainer.publish.templates import Templates
from explainer.publish.wording import summary
from explainer.render.bibtex import bibtex
from explainer.render.charts import KINDS, WIDTHS, svg
from explainer.render.charts.scale import wrap
from explainer.render.charts.shapes import Drawing
from explainer.render.citations import Work, cited, item_of_page
from explainer.render.context import Context
from explainer.render.dated import dates_of_chart
from explainer.render.exports import package, records
from explainer.render.exports.downloads import columns_of
from explainer.render.exports.machine_values import json_text

# How high a frame must be for its width, worked out from the words and the drawings.
#
# Hosts that strip everything else keep ``height``, so nothing here needs a script. The limits are
# those of embed.css.

NARROWEST, WIDEST = 280, 1200
"""The widths that the one height for all of them must fit, in pixels."""
MEDIUM, WIDE = 364, 640
"""The widths of a frame, in pixels, from which the next drawing is shown."""
BANDS: Final = {
    "small": range(NARROWEST, MEDIUM),
    "medium": range(MEDIUM, WIDE),
    "wide": range(WIDE, WIDEST + 1),
}
"""The widths of the frame at which each drawing is shown."""
_LEAST_TEXT: Final = 11 / 13
"""How small a drawing may be shown, against its own size: its words have 13 px, and may have 11."""
_MOST: Final = {"small": 300, "medium": 460, "wide": 808}
"""How wide each drawing is shown at most, in pixels."""
_PADDING, _COLUMN = 24, 960
_STEP = 5
_ROUND = 10


@dataclass(frozen=True)
class Line:
    """Words that are set as a paragraph."""

    text: str
    size: float
    """In pixels."""
    leading: float
    """From line to line, in pixels."""
    bold: bool = False
    inset: int = 0
    """How much narrower than the column, in pixels."""
    around: float = 3
    """Margins and paddings above and below, in pixels."""

    def height(self, room: int) -> float:
        """How much of a column it takes, in pixels; nothing where there are no words."""
        lines = wrap(self.text, room - self.inset, self.size, bold=self.bold)
        return len(lines) * self.leading + self.around if lines else 0


def by_band(lines: Iterable[Line], drawings: Mapping[str, Drawing], gaps: float) -> dict[str, int]:
    """The height that fits each band of widths, in pixels. ``gaps`` is what lies around words and drawing."""
    words = list(lines)
    return {name: _round_up(gaps + max(_heights(words, drawings[name], name))) for name in BANDS}


def _heights(lines: list[Line], drawing: Drawing, band: str) -> Iterator[float]:
    """Words are highest at the beginning of a step, the drawing is at its end."""
    widths = BANDS[band]
    for width in widths[::_STEP]:
        last = min(width + _STEP, widths.stop) - 1
        words = sum(line.height(_room(width)) for line in lines)
        yield words + _shown(drawing, band, _room(last))


def _room(width: int) -> int:
    return min(width, _COLUMN) - _PADDING


def _shown(drawing: Drawing, band: str, room: int) -> float:
    """How high a drawing is in a room. It never gets smaller than can be read; then the stage scrolls sideways."""
    width = max(min(room, _MOST[band]), drawing.width * _LEAST_TEXT)
    return drawing.height * width / drawing.width


def _round_up(height: float) -> int:
    return math.ceil(height / _ROUND) * _ROUND


# The style of an embed: its own few rules, with the colours and the drawing rules of the site's
# stylesheet.
#
# Drawings look in an embed as they do on the page, since both take their looks from the same
# rules.

_DRAWING = re.compile(r"^\.svg-chart[^{}]*\{[^{}]*\}", re.MULTILINE)
_FORCED = re.compile(r"^@media \(forced-colors: active\) \{\n.*?^\}", re.MULTILINE | re.DOTALL)
_HAS_RULES: Final = " data-paper>"
"""Stands in every body since embeds have rules for paper; embed/body.html.j2 writes it."""
_COLOURS = r'\[data-md-color-scheme="{}"\]\s*\{{([^{{}}]*)\}}'
_SPACE = re.compile(r"\s*([{};,])\s*|/\*.*?(?:\*/|\Z)|\s+", re.DOTALL)


def style(templates: Templates) -> str:
    """The whole stylesheet, on one line."""
    site = templates.source("assets/explainer.css")
    return _squeezed(_coloured(templates, "embed/embed.css") + "\n".join([*_DRAWING.findall(site), *_FORCED.findall(site)]))


def with_late_rules(templates: Templates, body: str) -> str:
    """A released body with the rules that its stylesheet lacks; one that has them is returned as it is.

    Its own stylesheet and every word stay. The policy allows the second stylesheet by its hash, as it does the first.
    """
    if _HAS_RULES in body:
        return body
    site = templates.source("assets/explainer.css")
    late = _squeezed(_coloured(templates, "embed/kept.css") + "\n".join(_FORCED.findall(site)))
    allowed = body.replace("style-src ", f"style-src {escape(policy.of(late))} ", 1)
    return allowed.replace("</style>", f"</style>\n<style>{late}</style>", 1)


def _coloured(templates: Templates, name: str) -> str:
    """A stylesheet of the templates with the site's colours."""
    site = templates.source("assets/explainer.css")
    light, dark = (_colours(site, scheme) for scheme in ("default", "slate"))
    return templates.source(name).replace("/* light */", light).replace("/* dark */", dark)


def _colours(site: str, scheme: str) -> str:
    found = re.search(_COLOURS.format(scheme), site)
    return found.group(1) if found else ""


def _squeezed(css: str) -> str:
    return _SPACE.sub(lambda match: match.group(1) or ("" if match.group().startswith("/*") else " "), css).replace(";}", "}").strip()


# The words around the drawing of an embed: where it comes from, as of when, under which licence,
# and what was corrected.

_SOURCES = 4
_CORRECTIONS = 3


@dataclass(frozen=True)
class Corrected:
    """One change to a figure of the chart, as the embed says it."""

    path: str
    """Where it is told in full, below the site's root."""
    head: str
    """What was done, and when: "Corrected on 3 March 2026"."""
    text: str


@dataclass(frozen=True)
class Words:
    """Everything that is printed below the drawing."""

    sources: tuple[tuple[str, str], ...]
    more: str
    """How many sources are left out; empty for none."""
    fresh: str
    overdue: str
    """That the review is overdue; empty in a pinned embed, which speaks of its own day."""
    corrected: tuple[Corrected, ...]
    site: str
    licence: str
    licence_url: str
    source_label: str
    link: str

    def lines(self, table: Table) -> Iterator[Line]:
        """All of it with the chart's own words, as it is set: to work out how high it is."""
        yield Line(table.title, 18, 22.5, bold=True, around=0)
        yield Line(table.subtitle, 14, 19.6)
        small = [f"{each.head} {each.text}" for each in self.corrected]
        names = "; ".join([name for _, name in self.sources] + [self.more] * bool(self.more))
        for text in (table.caption, *small, stopped(f"{self.source_label} {names}")):
            yield Line(text, 12, 17.4)
        yield Line(f"{self.fresh} {self.overdue}", 12, 17.4, bold=bool(self.overdue))
        yield Line(f"{self.link} {self.site}, {self.licence}", 12, 17.4, bold=True)


def words_of(context: Context, table: Table, *, today: str | None) -> Words:
    """The words for a chart. ``today`` is the day to judge its review by; ``None`` leaves that out."""
    ledger = context.ledger
    chart = ledger.charts[table.id]
    fresh = Freshness.of(ledger.series[name] for name in chart.series)
    first = {name: source for source, name in reversed(table.sources)}
    named = tuple((first[name], name) for name in dict.fromkeys(name for _, name in table.sources))[:_SOURCES]
    left = len(table.sources) - len(named)
    return Words(
        sources=named,
        more=context.wording.catalogue.say("embeds", "more", count=left) if left > 0 else "",
        fresh=fresh.sentence(context.wording) if fresh else "",
        overdue=fresh.overdue_sentence(context.wording, today) if fresh and today else "",
        corrected=tuple(_said(context, table, each) for each in corrections(context, table)[:_CORRECTIONS]),
        site=context.site_name,
        licence=context.licence.name,
        licence_url=context.licence.url,
        source_label=context.wording.say("sources"),
        link=context.wording.catalogue.say("embeds", "link"),
    )


def corrections(context: Context, table: Table) -> list[Correction]:
    """What was changed about the chart, or about a claim that it shows; the newest first."""
    ledger = context.ledger
    refs = {*ledger.charts[table.id].series, *(ref_of(row) for row in table.rows)}
    return sorted(ledger.corrections_of_chart(table.id, refs), key=lambda each: each.fixed.text, reverse=True)


def ref_of(row: Row) -> str:
    """How formulas and corrections name the claim of a row: "series:point"."""
    return row.claim.path.removeprefix("facts/").replace("/#", ":")


def _said(context: Context, table: Table, correction: Correction) -> Corrected:
    (view,) = corrections_in_words(context.ledger, context.wording, [correction])
    about = next((f"{row.label}: " for row in table.rows if ref_of(row) == correction.ref), "")
    change = context.wording.page("is_now" if view.new else "no_longer", old=view.old, new=view.new)
    head = context.wording.page("done_on", done=view.done, day=view.fixed)
    return Corrected(f"corrections/#{view.id}", f"{head}:", f"{about}{stopped(change)} {view.cause}")


# The body of an embed: one HTML file that needs nothing else, from a chart's table and its
# drawings.

_DRAWN = {
    "small": (300, 290, 280, 270, 260),
    "medium": (400, 390, 380, 370, 360),
    "wide": (700, 720, 680, 660, 640),
}
"""The widths at which a drawing is tried for each band, the best first, in pixels. All can be read in their band."""
_SAFE = {"small": "narrow", "medium": "narrow", "wide": "wide"}
"""The page's drawing that serves where words lie over one another at all of them: the build holds it to be without faults."""
_GAPS = 3 + 9 + 8 + 16 + 1
"""The rule above, the paddings, the margins of the drawing, and the rule below it, in pixels."""
_MARK: Final = re.compile(r'<a(?=\s)(?![^<>]*\starget=)([^<>]*\sclass="mark[\s"])')
"""The beginning of a mark's link that does not say where it opens."""


@dataclass(frozen=True)
class Frame:
    """The heights that a frame around an embed needs, in pixels."""

    height: int
    """Fits every width from 280 to 1,200 pixels."""
    bands: dict[str, int]
    """Fits the widths of each band."""


def drawings_of(context: Context, table: Table) -> dict[str, Drawing]:
    """A drawing for each band of widths."""
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
    """How high the frame of a chart's embed must be. A pinned one has room to say that the chart has moved on."""
    words = words_of(context, table, today=context.today)
    notice = _notice(context, table) if pinned else None
    made = context.kept("frame", (table, words, notice), lambda: json.dumps(_bands(context, table, words, notice)))
    bands = json.loads(made)
    return Frame(max(bands.values()), bands)


def _bands(context: Context, table: Table, words: Words, notice: Line | None) -> dict[str, int]:
    lines = [*words.lines(table), *filter(None, [notice])]
    return by_band(lines, drawings_of(context, table), _GAPS)


def _notice(context: Context, table: Table) -> Line:
    """The line with which a pinned embed says that the chart has moved on, as long as it is likely to get."""
    say, count = context.wording.catalogue.say, len(table.rows)
    changed = say("embeds", "changed", count=count, all=count)
    since = say("embeds", "since", what=say("embeds", "both", changed=changed, added=say("embeds", "added_too", count=count)))
    day = context.wording.day(dt.date(2000, 9, 30))
    said = say("embeds", "pinned", day=day, difference=say("embeds", "mended", said=since, count=count))
    text = f"{said} {say('embeds', 'see_latest')}"
    return Line(text, 13, 18.2, inset=20, around=12)


def body_of(context: Context, table: Table, root: str, *, today: str | None) -> str:
    """The body of a chart's embed. ``root`` is the way up to the site's root; ``today`` is left out of what is pinned."""
    words = words_of(context, table, today=today)
    site = root if today is None else context.address or root  # what is pinned stays true where the site moves
    return context.kept("embed", (table, words, root, site), lambda: _html(context, table, root, site, words))


def marks_beside_host(body: str) -> str:
    """A released body whose marks open beside the page that holds the frame, as its other links do.

    Drawings were released with links that replaced the chart in its frame.
    """
    return _MARK.sub(r'<a target="_blank"\1', body)


def _html(context: Context, table: Table, root: str, site: str, words: Words) -> str:
    drawings, templates = drawings_of(context, table), context.templates
    css, script = style(templates), templates.source("embed/frame.js").strip()
    return templates.render(
        "embed/body.html.j2", table=table, words=words, root=root, page=f"{root}charts/{table.id}/",
        description=summary(table.alt or table.subtitle, table.subtitle),
        canonical=f"{site}charts/{table.id}/", lang=context.wording.language,
        drawings={name: svg(templates, table, drawing, root, beside_host=True) for name, drawing in drawings.items()},
        policy=policy.closed(styles=[css], scripts=[script]), style=css, script=script, slot=SLOT,
    )  # fmt: skip


# ``/data/charts/<id>.zip``: a chart's data and pictures in one file, with a README, a citation
# and the licence.

_KINDS: Final = ("csv", "xlsx", "json", "svg", "png")


def parcelled(name: str) -> list[str]:
    """The files of a chart that are put into its parcel, by path."""
    return [f"data/charts/{name}.{kind}" for kind in _KINDS]


def parcel(context: Context, table: Table, files: Mapping[str, bytes]) -> bytes:
    """The zip."""
    contents = {path.rpartition("/")[2]: files[path] for path in parcelled(table.id)}
    contents["datapackage.json"] = package.of_chart(table, contents[f"{table.id}.csv"], context.licence, _sources(context, table))
    contents |= {"README.txt": _readme(context, table), "CITATION.txt": _citation(context, table), "LICENCE.txt": _licence(context)}
    return zipped(table.id, contents)


def _sources(context: Context, table: Table) -> list[dict[str, str]]:
    """The chart's sources, as a package lists what it comes from."""
    return [package.described(records.source_record(context.ledger.sources[name])) for name, _ in table.sources]


def _readme(context: Context, table: Table) -> bytes:
    words, say = words_of(context, table, today=context.today), context.wording.catalogue.say
    notes = [f"{each.head} {each.text}" for each in words.corrected]
    lines = [
        table.title, table.subtitle, "", table.alt, *filter(None, [table.caption]), "",
        *(f"{table.id}.{kind}: {say('embeds', kind)}" for kind in _KINDS), f"datapackage.json: {say('embeds', 'schema')}", "",
        say("embeds", "columns", columns=", ".join(column.name for column in columns_of(table))), say("embeds", "ends"), "",
        f"{words.fresh} {words.overdue}".strip(), *notes, "", words.source_label, *(f"- {name}" for _, name in table.sources), "",
        say("embeds", "each_number", page=_page(context, table)),
    ]  # fmt: skip
    return _text([one_line(line) for line in lines])


def _citation(context: Context, table: Table) -> bytes:
    """The chart's page in each citation style, and the entry of its ``cite.bib``."""
    issued = dates_of_chart(context, table.id).cited
    work = Work(f"charts/{table.id}/", table.title, issued, context.wording.language)
    lines = [line for style, text in cited(context, work).items() for line in (style, text.striptags(), "")]
    return _text([*lines, bibtex([item_of_page(context, work)]).rstrip("\n")])


def _licence(context: Context) -> bytes:
    say = context.wording.catalogue.say
    if not context.licence.name:
        return _text([say("embeds", "no_licence")])
    name, url = context.licence.name, context.licence.url
    site = context.site_name
    return _text([say("embeds", "licensed", site=site, licence=name), url, "", say("embeds", "attribution", site=site)])


def _page(context: Context, table: Table) -> str:
    return f"{context.address}charts/{table.id}/"


def _text(lines: list[str]) -> bytes:
    return unmarked("\n".join(lines) + "\n").encode()


# The lines of HTML that somebody pastes to show a chart: a frame, a frame with our script, a
# picture with a link, an element.

NOBODY: Final = "https://example.org/"
"""Stands for the site's address where the build was not told it; the page's script puts in the address that it has."""
BASE, EDITION, THEME, PAGE, PICTURE, ALT = "{base}", "{edition}", "{theme}", "{page}", "{picture}", "{alt}"
"""What the page's script fills in anew when a reader chooses otherwise, as it does the heights below."""
_HEIGHT: Final = "{height}"
_BY_WIDTH: Final = (
    "height:calc({wide}px"
    f" + ({{medium}} - {{wide}})*clamp(0px,{WIDE}px - 100cqw,1px)"
    f" + ({{small}} - {{medium}})*clamp(0px,{MEDIUM}px - 100cqw,1px))"
)
"""The height for the width of what holds the frame. Each ``clamp`` is 1px below its width, and nothing from there."""
_HOLDER: Final = "width:100%;container-type:inline-size;contain-intrinsic-inline-size:280px"
"""An element whose width its frame's height can follow. Where a host asks it how wide it would like to be, it says 280 pixels."""


@dataclass(frozen=True)
class Code:
    """One way to take a chart."""

    id: str
    label: str
    about: str
    template: str
    """The line, with what a choice changes left open."""

    def filled(self, address: str, table: Table, frame: Frame) -> str:
        """The line for the live chart, in the colours that the reader's system asks for."""
        return _filled(self.template, address, table, frame)


def alt_of(table: Table) -> str:
    """What a picture of the chart says to those who do not see it."""
    return unmarked(table.alt or table.title)


def frame_line(address: str, table: Table, frame: Frame) -> str:
    """The frame of the live chart alone, with the one height that fits every width."""
    return _filled(_frame(table), address, table, frame)


def codes(context: Context, table: Table) -> tuple[Code, ...]:
    """Every way, the one that looks best first."""
    say = context.wording.catalogue.say
    frame = f'<div style="{_HOLDER}">{_frame(table, style=f";{_BY_WIDTH}")}</div>'
    script = f'<script async src="{BASE}embed.js"></script>'
    lines = {
        "script": f"{frame}\n{script}",
        "frame": frame,
        "picture": _picture(context),
        "element": f"{script}\n{_element(table)}",
    }
    return tuple(Code(name, say("embeds", name), say("embeds", f"{name}_about"), line) for name, line in lines.items())


def _frame(table: Table, style: str = "") -> str:
    """A frame. ``frameborder`` is for hosts that strip styles."""
    return (
        f'<iframe src="{_src(table)}" title="{_words(table.title)}" width="100%" height="{_HEIGHT}" frameborder="0"'
        f' loading="lazy" style="border:0{style}"></iframe>'
    )


def _element(table: Table) -> str:
    title = _words(table.title)
    link = f'<a href="{BASE}charts/{table.id}/">{title}</a>'
    return f'<explainer-chart src="{_src(table)}" title="{title}" height="{_HEIGHT}">{link}</explainer-chart>'


def _picture(context: Context) -> str:
    """A picture with a credit that is seen, both of which lead to the page that says where each number comes from."""
    site, licence = f'<a href="{BASE}{PAGE}">{_words(context.site_name)}</a>', context.licence.name
    form = context.wording.catalogue.form("embeds", "credit_licensed" if licence else "credit")
    credit = fill(escape(form), site=Markup(site), licence=Markup(_words(licence)))  # noqa: S704 - both are escaped
    image = f'<img src="{BASE}{PICTURE}" alt="{ALT}" width="600" style="max-width:100%;height:auto">'
    return f'<figure style="margin:0"><a href="{BASE}{PAGE}">{image}</a><figcaption>{credit}</figcaption></figure>'


def _src(table: Table) -> str:
    return f"{BASE}embed/{table.id}/{EDITION}{THEME}"


def _words(text: str) -> str:
    """An author's words in HTML for others' pages: without marks of direction, and nothing in them looks like something to be filled in."""
    return escape(unmarked(text)).replace("{", "&#123;")


def _filled(template: str, address: str, table: Table, frame: Frame) -> str:
    live = {
        EDITION: "", THEME: "", PAGE: f"charts/{table.id}/", PICTURE: f"data/charts/{table.id}.png",
        BASE: address or NOBODY, _HEIGHT: str(frame.height), **{f"{{{name}}}": str(high) for name, high in frame.bands.items()},
        ALT: escape(alt_of(table)),
    }  # fmt: skip
    return re.sub(r"\{\w+\}", lambda slot: live.get(slot[0], slot[0]), template)


# The "Embed this chart" part of a chart's page: a preview, the choices, and the lines to copy.

OFFERED_WIDTHS = (320, 480, 720)
"""The widths of the preview, in pixels: a phone, a column, a page."""


def panel(context: Context, table: Table, root: str) -> str:
    """The part's HTML. Without a script it is the same lines as plain boxes of text, for the live chart."""
    frame = frame_of(context, table)
    kept = context.editions.get(table.id, ())
    newest = kept[-1] if kept else None
    return context.page(
        "embed/panel.html.j2",
        id=table.id, title=table.title, root=root, height=frame.height, bands=frame.bands, widths=OFFERED_WIDTHS, address=context.address,
        codes=[(code, code.filled(context.address, table, frame)) for code in codes(context, table)],
        alt=alt_of(table), edition=newest.id if newest else "", pinned=_pinned(newest) if newest else {},
        day=context.wording.day(dt.date.fromisoformat(newest.date)) if newest else "",
    )  # fmt: skip


def _pinned(edition: Edition) -> dict[str, object]:
    """What the lines say of an edition in the place of the live chart: its heights, and its picture with the words for it."""
    content = edition.record["content"]
    live = {"page": f"charts/{edition.chart}/", "picture": edition.picture_page, "alt": content.get("alt") or content["title"]}
    kept = {"page": edition.page.removesuffix("index.html")} if edition.picture else {}
    height, bands = edition.record["height"], edition.record["heights"]
    return {**live, **kept, "height": height, **{band: bands.get(band, height) for band in BANDS}}


# ``/oembed/<id>.json``: what a system asks for that makes a link into an embed (oEmbed 1.0).

_WIDTH: Final = 700
_DAY: Final = 86_400


def oembed(context: Context, table: Table, picture: tuple[int, int]) -> str:
    """The answer. ``picture`` is the width and height of the chart's picture, in pixels.

    Every address in it is whole, so a site that does not know its own gives the title alone (type "link"), and no page names it.
    """
    base, frame = context.address, frame_of(context, table)
    if not base:
        return json_text({"version": "1.0", "type": "link", "title": table.title, "provider_name": context.site_name}) + "\n"
    answer: dict[str, Any] = {
        "version": "1.0", "type": "rich", "title": table.title, "html": frame_line(base, table, frame),
        "width": _WIDTH, "height": frame.height, "author_name": context.site_name, "author_url": base,
        "provider_name": context.site_name, "provider_url": base, "cache_age": _DAY,
        "thumbnail_url": f"{base}data/charts/{table.id}.png", "thumbnail_width": picture[0], "thumbnail_height": picture[1],
    }  # fmt: skip
    return json_text(answer) + "\n"
