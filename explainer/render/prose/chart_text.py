"""Check the text of a chart against its data.

Typed numbers and months must be in the data, and comparing words in a fact about its series.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from explainer.common.problems import Place, Problem, Problems
from explainer.lint.comparing import is_supported, said_of
from explainer.lint.scan import numbers_and_months
from explainer.model.records import Chart, Fact
from explainer.publish.tables import Table
from explainer.render.charts.words import known
from explainer.render.context import Context
from explainer.render.prose.calls import find_calls
from explainer.render.prose.unsourced import comparison, flatten_and_scan, hedges, number


def check_chart_text(context: Context, chart: Chart, table: Table) -> Iterator[Problem]:
    """Yield problems for what the text of a chart says and its data do not.

    The text is its title, subtitle, alt text, caption and notes. ``chart-words`` checks the numbers
    of all but the notes, when their calls are expanded. This function checks comparisons, hedges,
    months, numbers without a value, and the numbers of notes.
    """
    words = [
        (getattr(chart, key) or "", chart.place(key), False)
        for key in ("title", "subtitle", "alt", "caption")
    ]
    data, language = known(table), context.wording.language
    for text, place, noted in (
        *words,
        *((note.text, note.place("text"), True) for note in chart.notes),
    ):
        calls = find_calls(place.path, text, Problems())
        flat, findings = flatten_and_scan(
            text, calls, language, marked=False, names=context.ledger.names
        )
        yield from hedges(context, calls, flat, _always(place), language)
        for found in findings:
            typed = flat.text[found.start : found.end]
            said = numbers_and_months(typed, language)
            if found.kind == "comparison":
                facts = [
                    *_over(context, chart),
                    *(
                        context.ledger.facts[c.args[0]]
                        for c in calls
                        if c.args[0] in context.ledger.facts
                    ),
                ]
                series = [
                    context.ledger.series[name]
                    for name in chart.series
                    if name in context.ledger.series
                ]
                # a translation is compared with its original, and only the original is checked here
                translated = language != context.ledger.language
                if (
                    translated
                    or is_supported(typed, facts, context.ledger, language)
                    or said_of(typed, series, context.ledger, language)
                ):
                    continue
                yield comparison(typed, place)
            elif not said or not said.months <= data.months or (noted and not said <= data):
                yield number(context, typed, text, place, language)


def _always(place: Place) -> Callable[[int], Place]:
    """Return a function that places all offsets at the key of the text."""
    return lambda _: place


def _over(context: Context, chart: Chart) -> Iterator[Fact]:
    """Yield the facts that compare points of a chart's series."""
    for fact in context.ledger.facts.values():
        if fact.compares and fact.compares.of.partition(":")[0] in chart.series:
            yield fact
