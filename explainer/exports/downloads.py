"""A chart's table as CSV and JSON: the ledger's own values, with their units and their sources."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from explainer.context import Context
from explainer.shelf import Held
from explainer.tables import Row, Table
from explainer.wording.direction import unmarked

COLUMNS = (
    "series", "period", "start", "end", "value", "low", "high", "unit", "said_by", "group", "kind", "standing", "show",
    "verdict", "checked", "claim", "sources",
)  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def tables(context: Context) -> Iterator[tuple[str, Held]]:
    """The data of each chart, by path."""
    for name in context.tables:
        yield f"data/charts/{name}.json", context.file("chart's data", name, partial(_json, context, name))
        yield f"data/charts/{name}.csv", context.file("chart's table", name, partial(_csv, context, name))


def _json(context: Context, name: str) -> str:
    return json.dumps(record(context.tables[name]), ensure_ascii=False, indent=1) + "\n"


def _csv(context: Context, name: str) -> str:
    return csv_text(context.tables[name])


def record(table: Table) -> dict[str, Any]:
    """The table for programs."""
    words = {key: getattr(table, key) for key in ("id", "title", "subtitle", "alt", "caption", "unit")}
    return {**words, "columns": list(COLUMNS), "rows": [dict(zip(COLUMNS, _cells(table, row), strict=True)) for row in table.rows]}


def csv_text(table: Table) -> str:
    """The chart's table."""
    return csv_of([COLUMNS, *(_cells(table, row) for row in table.rows)])


def csv_of(rows: Iterable[Iterable[Any]]) -> str:
    """Rows after RFC 4180, in UTF-8; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cells(table: Table, row: Row) -> list[Any]:
    claim = row.claim
    cells = [
        row.series_title, row.label, _day(row.start), _day(row.end), claim.machine, _end(row, "low"), _end(row, "high"), table.unit,
        claim.voice, claim.group, claim.kind, claim.standing, claim.show, claim.verdict or "",
        claim.verdict_text, claim.path, list(row.source_ids),
    ]  # fmt: skip
    return [unmarked(cell) if isinstance(cell, str) else cell for cell in cells]


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _safe(cell: Any) -> Any:
    text = " ".join(cell) if isinstance(cell, list) else cell
    return f"'{text}" if isinstance(text, str) and text.startswith(_RISKY) and not _is_amount(text) else text


def _is_amount(text: str) -> bool:
    """Whether a text is a plain negative amount or range, which no spreadsheet runs."""
    return text.replace("..", "").replace("-", "").replace(".", "").isdigit()


def _end(row: Row, name: str) -> int | float | None:
    """One end of what a value allows; ``None`` where nobody has stated it."""
    interval = row.value.interval if row.value else None
    end = getattr(interval, name) if interval else None
    return None if end is None else int(end) if end == end.to_integral_value() else float(end)
