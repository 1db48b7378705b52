"""Check that every number in a chart's title, subtitle, alt text and caption is in its table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from explainer.lint.scan import NumbersAndMonths
from explainer.model.edtf import Day, said_year
from explainer.model.numerals import numerals
from explainer.publish.tables import Table


def unknown_numbers(table: Table, language: str) -> Iterator[tuple[str, str]]:
    """Yield the key and the digits of each number in the chart's texts that its data do not have.

    ``language`` is the language of the texts. The key is ``title``, ``subtitle``, ``alt`` or
    ``caption``.
    """
    numbers = _numbers(table)
    for key in ("title", "subtitle", "alt", "caption"):
        text = getattr(table, key)
        for number in numerals(text, language):
            if number.value not in numbers:
                yield key, text[number.start : number.end]


def known(table: Table) -> NumbersAndMonths:
    """Return the absolute values of the numbers in the data, and the months of their dates."""
    return NumbersAndMonths(
        frozenset(map(abs, _numbers(table))), frozenset(day.month for day in _days(table))
    )


def _numbers(table: Table) -> set[Decimal]:
    """Return all numbers that the texts of a chart may name.

    These are the amounts of the rows and the widths of their ranges, the years and days of their
    dates, and the counts of rows, groups and voices.
    """
    amounts = {number for row in table.amounts for number in row.amount.numbers}
    amounts |= {row.amount.width for row in table.amounts if row.amount.width is not None}
    days = _days(table)
    groups, voices = (
        {row.claim.group for row in table.rows},
        {row.claim.voice for row in table.rows},
    )
    counts = {Decimal(len(of)) for of in (table.rows, groups, voices)}
    return (
        amounts
        | counts
        | {Decimal(said_year(day.year)) for day in days}
        | {Decimal(day.day) for day in days}
    )


def _days(table: Table) -> set[Day]:
    return {day for row in table.rows for day in (row.start, row.end, *row.days) if day is not None}
