"""A chart's table as CSV, JSON and an Excel workbook: the ledger's own values, with their units and their sources."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any, Final, NamedTuple

from explainer.context import Context
from explainer.exports.workbook import Cell, Column, Kind, Sheet, workbook
from explainer.exports.written import json_text, plain
from explainer.shelf import Held
from explainer.tables import Row, Table
from explainer.wording.direction import unmarked


class Described(NamedTuple):
    """A column of a chart's table."""

    name: str
    kind: Kind
    meaning: str


_ALWAYS: Final = tuple(
    Described(*column)
    for column in (
        ("series", "string", "The name of the series."),
        ("period", "string", "What the claim covers, in words; or who says it."),
        ("start", "date", "First day of what it covers, or the day it was said; or the date that is claimed, as far as it is known."),
        ("end", "date", "Last day of what it covers; for a running total, the day it stands at."),
        ("value", "amount", "The amount as stated: 160000, 30000..40000, over 300000; or the date that is claimed, in EDTF."),
        ("low", "number", "The lower end of what the amount allows; empty where nobody states one."),
        ("high", "number", "The upper end of what the amount allows; empty where nobody states one."),
        ("unit", "string", "What the amount counts."),
        ("said_by", "string", "Who says it, and through whom."),
        ("group", "string", "The side of the comparison on which it stands."),
        ("kind", "string", "What kind of statement it is."),
        ("standing", "string", "How it stands: confirmed (that it was said), disputed, unverified, opinion, wrong."),
        ("show", "string", "How the chart shows it: main, rival, disputed or context."),
        ("verdict", "string", "The best verdict on the words that support it."),
        ("checked", "string", "The same in words."),
        ("claim", "string", "The claim's own page, below the site's address."),
        ("sources", "string", "Ids of the sources that support it, with spaces between."),
    )
)
"""The columns of every chart's table, each with its meaning as the schema that is packed with the table says it."""
_DIMENSIONS: Final = {
    "region": Described("region", "string", "The region that it is about."),
    "basis": Described("basis", "string", "What exactly was averaged or summed."),
    "definition": Described("definition", "string", "The rule by which it counts, in words."),
}
"""Columns that stand after the others, in the table of each chart whose rows differ in them or that shows them."""
_QUOTES: Final = (
    Column("claim"), Column("said_by"), Column("stance"), Column("quote"), Column("locator"), Column("says"), Column("verdict"),
    Column("source"), Column("link", "link"),
)  # fmt: skip
_SOURCES: Final = (
    Column("id"), Column("title"), Column("publisher"), Column("authors"), Column("issued", "date"), Column("accessed", "date"),
    Column("language"), Column("url", "link"),
)  # fmt: skip
_SIGNS: Final = "=+@\u2212\u207a\u207b\u207c\u208a\u208b\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20-"
"""What a formula begins with. Spreadsheets take the wide, small, raised and lowered forms of = + - @ for the signs themselves."""
_CELL: Final = r"(?:\A|(?<=[;\t\r\n]))"
"""Where a cell begins: where the text does, and behind each sign that some spreadsheets part cells at. Commas are none of them, since a
text that holds one is quoted."""
_AHEAD: Final = rf"""(?=(?:[^\S\t\r\n]|["'])*+[{_SIGNS}])"""
"""A formula, behind blanks and quotation marks, which spreadsheets pass over."""
_BLANK: Final = r"(?='*[\t\r\n])"
_RISKY: Final = re.compile(rf"{_CELL}{_AHEAD}|\A{_BLANK}")
_GUARD: Final = re.compile(rf"{_CELL}'{_AHEAD}|\A'{_BLANK}")


def tables(context: Context) -> Iterator[tuple[str, Held]]:
    """The data of each chart, by path."""
    for name in context.tables:
        yield f"data/charts/{name}.json", context.file("chart's data", name, partial(_json, context, name))
        yield f"data/charts/{name}.csv", context.file("chart's table", name, partial(_csv, context, name))
        yield f"data/charts/{name}.xlsx", context.file("chart's workbook", name, partial(_xlsx, context, name))


def _json(context: Context, name: str) -> str:
    return json_text(record(context.tables[name])) + "\n"


def _csv(context: Context, name: str) -> str:
    return csv_text(context.tables[name])


def _xlsx(context: Context, name: str) -> bytes:
    """The chart's data, the words that bear them, and the sources of those words, a sheet each."""
    table = context.tables[name]
    data = [[_in_one(cell) for cell in _cells(table, row)] for row in table.rows]
    columns = [Column(column.name, column.kind) for column in columns_of(table)]
    sheets = (
        Sheet("data", columns, data),
        Sheet("quotes", _QUOTES, [cells for row in table.rows for cells in _quotes(row)]),
        Sheet("sources", _SOURCES, [_source(context, source) for source in _named(table)]),
    )
    return workbook(table.title, sheets, day_made(context))


def day_made(context: Context) -> dt.date:
    """The day that a workbook says it was made on: the newest that is written in the seeds, since a build knows no other."""
    newest = context.ledger.newest_date
    return newest.last if newest and isinstance(newest.last, dt.date) else dt.date(2000, 1, 1)


def _quotes(row: Row) -> Iterator[list[Cell]]:
    for item in row.claim.evidence:
        where = item.at or item.url
        yield [
            row.claim.path, row.claim.voice, item.stance, item.quote, item.locator, item.says, item.verdict, item.source_id, where,
        ]  # fmt: skip


def _named(table: Table) -> list[str]:
    """Ids of the sources that the table's evidence names, each once."""
    return list(dict.fromkeys(item.source_id for row in table.rows for item in row.claim.evidence))


def _source(context: Context, name: str) -> list[Cell]:
    source = context.ledger.sources[name]
    issued, accessed = (str(date) if date else None for date in (source.issued, source.accessed))
    return [source.id, source.title, source.publisher, "; ".join(map(str, source.authors)), issued, accessed, source.language, source.url]


def columns_of(table: Table) -> tuple[Described, ...]:
    """The columns of a chart's table as CSV, JSON and workbook have them."""
    return *_ALWAYS, *(column for name, column in _DIMENSIONS.items() if name in table.dimensions)


def record(table: Table) -> dict[str, Any]:
    """The table for programs."""
    words = {key: getattr(table, key) for key in ("id", "title", "subtitle", "alt", "caption", "unit")}
    names = [column.name for column in columns_of(table)]
    return {**words, "columns": names, "rows": [dict(zip(names, _cells(table, row), strict=True)) for row in table.rows]}


def csv_text(table: Table) -> str:
    """The chart's table."""
    return csv_of([[column.name for column in columns_of(table)], *(_cells(table, row) for row in table.rows)])


def csv_of(rows: Iterable[Iterable[Any]]) -> str:
    """Rows after RFC 4180, without marks of direction; an apostrophe stands before whatever a spreadsheet would take for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cells(table: Table, row: Row) -> list[Any]:
    claim = row.claim
    return [
        row.series_title, row.label, row.starts or None, row.ends or None, claim.machine, _end(row, "low"), _end(row, "high"), table.unit,
        claim.voice, claim.group, claim.kind, claim.standing, claim.show, claim.verdict or "",
        claim.verdict_text, claim.path, list(row.source_ids),
        *(getattr(claim, name) for name in _DIMENSIONS if name in table.dimensions),
    ]  # fmt: skip


def _in_one(cell: Any) -> Any:
    """A list as one text."""
    return " ".join(cell) if isinstance(cell, list) else cell


def _safe(cell: Any) -> Any:
    """A cell as CSV has it."""
    text = _in_one(cell)
    if isinstance(text, Decimal):
        return plain(text)
    if not isinstance(text, str):
        return text
    text = unmarked(text)
    return text if _is_amount(text) else _RISKY.sub("'", text)


def as_written(text: str) -> str:
    """A text of a CSV file without the apostrophes that are put before formulas there."""
    return _GUARD.sub("", text)


def _is_amount(text: str) -> bool:
    """Whether a text is a plain negative amount or range, which no spreadsheet runs."""
    return text.replace("..", "").replace("-", "").replace(".", "").isdigit()


def _end(row: Row, name: str) -> Decimal | None:
    """One end of what a value allows; ``None`` where nobody has stated it."""
    interval = row.value.interval if row.value else None
    end: Decimal | None = getattr(interval, name) if interval else None
    return end
