"""The table of a chart, with one row for each claim.

Both drawings of the chart, the table on its page and its downloads are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from explainer.common.typed_json import register_dataclass
from explainer.model.dates import Edtf
from explainer.model.edtf import Day
from explainer.model.ledger import Entry, Holder, Ledger, Statement
from explainer.model.quantities import Quantity
from explainer.model.records import Chart, Fact, Point, Series
from explainer.publish import wording
from explainer.publish.answers import ClaimView, Views

MONTH = 31
"""The days in the longest month. A longer period is a spell, not an event."""
DIMENSIONS: Final = ("region", "basis", "definition")
"""The dimensions in which claims may differ, named as in ``ClaimView`` and the downloads."""


@register_dataclass
@dataclass(frozen=True)
class Row:
    """One claim as a row: its values for drawing and its words for reading."""

    claim: ClaimView
    value: Quantity | None
    """None if the claim is a date."""
    start: Day | None
    """The first day of the claimed date, or else of the period, or else the day it was said."""
    end: Day | None
    """The last day of the same date, or of ``until`` if the point has it."""
    label: str
    """The period in words, or else the day it was said, or else who says it."""
    group_order: int
    """The position of its group in ``definitions.yaml``. Rows without a group come last."""
    speaker: str
    """The speaker, in a few words."""
    time: str
    """The date of ``start`` and ``end``, in a few words."""
    day: str = ""
    """The date without its year, for a timeline."""
    year: str = ""
    """The year, decade or years of its place on a time axis. Empty if none is known."""
    on_axis: tuple[str, str] = ("", "")
    """The label of its column, in up to two lines.

    The second line is the year if the first is a part of the year, and else empty.
    """
    is_loose: bool = False
    """Whether its date is a season whose months are not known."""
    is_spell: bool = False
    """Whether it lasted from ``start`` to ``end``. If not, it is one day between the two."""
    highlighted: bool = False
    note: str = ""
    """The chart's note at this mark."""
    track: str = ""
    """The track in which it is drawn: its act, basis or region, or else its series' name."""
    days: tuple[Day, ...] = ()
    """The first and last days of its dates, including the day it was said."""
    series_order: int = 0
    """The position of its series in the chart."""
    series_title: str = ""
    source_ids: tuple[str, ...] = ()
    starts: str = ""
    """Its start in ISO 8601, with only the known parts. Empty if there is none."""
    ends: str = ""
    """Its end in ISO 8601, in the same form."""

    @property
    def amount(self) -> Quantity:
        """The value, for charts that only draw amounts. The row must have one."""
        assert self.value is not None
        return self.value


@register_dataclass
@dataclass(frozen=True)
class Table:
    """The rows in the order of the seeds, with the texts of the chart."""

    id: str
    kind: str
    title: str
    subtitle: str
    alt: str
    caption: str
    unit: str
    rows: tuple[Row, ...]
    sources: tuple[tuple[str, str], ...]
    """The id and the short name of each source that supports a row."""

    @property
    def amounts(self) -> list[Row]:
        """Return the rows that have an amount."""
        return [row for row in self.rows if row.value is not None]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return the ``DIMENSIONS`` in which the rows differ.

        A chart of kind "dots" names its rows by ``track``. So a dimension counts there even if all
        rows have the same value, if that value is a track.
        """
        shown = {row.track for row in self.rows} if self.kind == "dots" else set()
        values = {name: {getattr(row.claim, name) for row in self.rows} for name in DIMENSIONS}
        return tuple(
            name
            for name, found in values.items()
            if len(found) > 1 or (found - {""} and found & shown)
        )


def table_of_chart(views: Views, chart: Chart, words: dict[str, str]) -> Table:
    """Return the table of the rows that a chart shows.

    ``words`` has the chart's title, subtitle, alt and caption, in which calls are expanded.
    """
    ledger = views.ledger
    series = [ledger.series[name] for name in chart.series]
    notes = {note.at: note.text for note in chart.notes}
    entries = [entry for each in series for entry in ledger.entries(each) if _shown(chart, entry)]
    made = [
        _row(views, entry, entry.claim.id in chart.highlight, notes.get(entry.claim.id, ""))
        for entry in entries
    ]
    rows = [
        row and replace(row, series_order=chart.series.index(e.holder.id))
        for row, e in zip(made, entries, strict=True)
    ]
    return Table(
        id=chart.id,
        kind=chart.kind,
        title=words["title"],
        subtitle=words["subtitle"],
        alt=words["alt"],
        caption=words["caption"],
        unit=views.wording.unit(series[0].unit),
        rows=_drawable(rows),
        sources=_sources(views, entries),
    )


def table_of_holder(views: Views, holder: Holder) -> Table:
    """Return the table of all claims of a fact or series that have an amount or a date."""
    entries = list(views.ledger.entries(holder))
    title = holder.question if isinstance(holder, Fact) else holder.title
    rows = [
        _row(views, entry, getattr(entry.claim, "rank", None) == "preferred", "")
        for entry in entries
    ]
    return Table(
        id=holder.id,
        kind="ranges",
        title=title,
        subtitle="",
        alt="",
        caption="",
        unit=views.wording.unit(holder.unit),
        rows=_drawable(rows),
        sources=_sources(views, entries),
    )


def _shown(chart: Chart, entry: Entry) -> bool:
    point = entry.claim
    if (
        not isinstance(point, Point)
        or point.show not in chart.show
        or (chart.only and point.id not in chart.only)
    ):
        return False
    start = _start(point)
    return (
        chart.since is None
        or chart.since.first is None
        or start is None
        or start >= chart.since.first
    )


def _start(claim: Point) -> Day | None:
    date = claim.date or claim.period or claim.said_on
    return date.first if date else None


def _row(views: Views, entry: Entry, highlighted: bool, note: str) -> Row | None:
    claim, value = entry.claim, views.ledger.value(entry)
    if value is None and claim.date is None:
        return None
    date = claim.date or claim.period or claim.said_on
    view = views.claim(entry)
    return Row(
        claim=view,
        value=value,
        start=date.first if date else None,
        end=_end(claim, date),
        label=view.when or view.said_on or view.voice,
        group_order=_group_order(views.ledger, claim.group),
        speaker=views.wording.speaker(entry),
        time=views.wording.short_date(date) if date else "",
        day=views.wording.short_day(date) if date else "",
        year=views.wording.year_of(date) if date else "",
        on_axis=views.wording.on_axis(date) if date else ("", ""),
        is_loose=date is not None and date.is_loose,
        is_spell=_is_spell(claim, date),
        starts=date.known_ends[0] if date else "",
        ends=_ends(claim, date),
        highlighted=highlighted,
        note=note,
        track=_track(entry),
        days=tuple(
            day
            for each in (claim.date, claim.period, claim.said_on)
            if each
            for day in (each.first, each.last)
            if day
        ),
        series_title=_series_name(entry),
        source_ids=tuple(dict.fromkeys(item.source for item in claim.supports)),
    )


def _end(claim: Statement, date: Edtf | None) -> Day | None:
    until = claim.until if isinstance(claim, Point) else None
    return until.last if until else date.last if date else None


def _ends(claim: Statement, date: Edtf | None) -> str:
    until = claim.until if isinstance(claim, Point) else None
    return until.known_ends[1] if until else date.known_ends[1] if date else ""


def _is_spell(claim: Statement, date: Edtf | None) -> bool:
    """Return whether a claim is about a span of time, not about one day.

    It is if its date has a start and a known or open end, or if its period is longer than a month.
    A claimed date that is only known to the year is one unknown day, so it is not.
    """
    if isinstance(claim, Point) and claim.until is not None:
        return True
    if date is None:
        return False
    if date.is_spell:
        return date.is_open or date.last is not None
    covers = date is claim.period and date.is_exact
    return (
        covers
        and date.first is not None
        and date.last is not None
        and (date.last - date.first).days > MONTH
    )


def _track(entry: Entry) -> str:
    claim = entry.claim
    own = (claim.act or claim.basis or claim.region) if isinstance(claim, Point) else None
    return own or _series_name(entry)


def _series_name(entry: Entry) -> str:
    return entry.holder.short or entry.holder.title if isinstance(entry.holder, Series) else ""


def _group_order(ledger: Ledger, group: str | None) -> int:
    order = list(ledger.groups)
    return order.index(group) if group in order else len(order)


def _drawable(rows: list[Row | None]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row is not None)


def _sources(views: Views, entries: list[Entry]) -> tuple[tuple[str, str], ...]:
    ledger: Ledger = views.ledger
    used = dict.fromkeys(item.source for entry in entries for item in entry.claim.supports)
    return tuple(
        (source, wording.short_name(ledger.sources[source], views.wording)) for source in used
    )
