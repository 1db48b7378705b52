"""The rule ``chart``, and the rule ``dangling-reference`` for charts.

The series of a chart must exist, share one unit and have points to show. Highlights and notes must
name points that are shown, and ``only`` must name points of the series.
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.check.rules.references import dangling_reference
from explainer.common.problems import Problem
from explainer.common.suggestions import did_you_mean
from explainer.model.ledger import Ledger
from explainer.model.records import Chart


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield the problems of each chart: unknown series, mixed units, no points, unknown points.

    Withdrawn charts are not checked.
    """
    for chart in (chart for chart in ledger.charts.values() if chart.withdrawn is None):
        unknown = [name for name in chart.series if name not in ledger.series]
        yield from (_no_series(ledger, chart, name) for name in unknown)
        if not unknown:
            yield from _content(ledger, chart)


def _no_series(ledger: Ledger, chart: Chart, name: str) -> Problem:
    if name not in ledger.facts:
        return dangling_reference(chart, "series", name, ledger.series, "series")
    known = ", ".join(ledger.series) or "none"
    hint = did_you_mean(
        name, ledger.series, f"name a series, or enter one in seeds/series/; known are {known}"
    )
    message = f"'{name}' is a fact, which has no points; a chart draws series"
    return Problem(chart.place("series"), "dangling-reference", message, hint)


def _content(ledger: Ledger, chart: Chart) -> Iterator[Problem]:
    series = [ledger.series[name] for name in chart.series]
    units = {ledger.unit(each).factors for each in series}
    if len(units) > 1:
        message = f"'{chart.id}' mixes units: {', '.join(each.unit or 'dates' for each in series)}"
        yield Problem(chart.place("series"), "chart", message, "draw one unit a chart")
    every = {point.id for each in series for point in each.points}
    yield from (
        dangling_reference(chart, "only", name, every, "point in its series")
        for name in chart.only
        if name not in every
    )
    shown = {point.id for each in series for point in each.points if point.show in chart.show}
    if not shown:
        yield Problem(
            chart.place("show"),
            "chart",
            f"'{chart.id}' shows no point",
            "show main, or name a series that has some",
        )
    for name in chart.highlight:
        if name not in shown:
            yield dangling_reference(chart, "highlight", name, shown, "point shown")
    for note in chart.notes:
        if note.at not in shown:
            yield dangling_reference(note, "at", note.at, shown, "point shown")
