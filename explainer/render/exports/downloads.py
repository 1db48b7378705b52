"""Downloads of a chart's table: CSV, JSON and an Excel workbook.

They hold the ledger's own values, with units and sources.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Final, Literal, NamedTuple

import xlsxwriter

from explainer.common.archives import repack_uncompressed
from explainer.incremental.cache import CachedBytes
from explainer.publish.direction import without_isolates
from explainer.publish.tables import Row, Table
from explainer.render.context import Context
from explainer.render.exports.machine_values import dump_json, format_number

# Excel workbooks

Cell = str | Decimal | bool | None
Kind = Literal["string", "number", "boolean", "date", "amount", "link"]
"""The type of a column.

A "date" is in EDTF. An "amount" is a value in any of its forms, such as "over 300000". Plain dates
and plain amounts become dates and numbers in Excel; see ``_typed``.
"""
MOST_ROWS: Final = 1_048_576
"""The maximum number of rows in an Excel sheet, including the header."""
MOST_LETTERS: Final = 32_767
"""The maximum length of a cell in Excel, in UTF-16 code units."""
_MOST_LINKS, _LONGEST_LINK = 60_000, 2_000
"""Limits for links in a sheet. Addresses beyond them are written as text.

Excel allows 65,530 links per sheet, each with at most 2,079 characters.
"""
_SURE_DIGITS = 15
"""The number of digits that Excel keeps. It rounds numbers with more digits."""
_FIRST_DAY = dt.date(1900, 3, 1)
"""The first day that is written as a date.

Excel's calendar has a 29 February 1900, so programs disagree about earlier days.
"""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_AMOUNT = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_NARROWEST, _WIDEST = 8, 60


@dataclass(frozen=True)
class Column:
    """A column of a sheet."""

    name: str
    kind: Kind = "string"


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook. Each row has a cell for each column."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def workbook(title: str, sheets: Sequence[Sheet], day: dt.date) -> bytes:
    """Return an Excel workbook of some sheets, which gives ``day`` as the day of its creation.

    The workbook is for readers who open data by hand. Excel guesses when it opens a CSV file: it
    reads UTF-8 in the machine's own encoding, and text as numbers or dates. In a workbook, numbers
    are numbers, whole days are dates, and text is text even if it begins like a formula. A CSV
    file of the same tables is published beside each workbook.

    Text is written without direction marks. A table with too many rows for one sheet continues
    on the next.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": without_isolates(title),
                "created": dt.datetime.combine(day, dt.time(), dt.UTC),
            }
        )
        formats = _Formats(book)
        for sheet in sheets:
            for first in range(0, max(len(sheet.rows), 1), MOST_ROWS - 1):
                name = f"{sheet.name} {first // (MOST_ROWS - 1) + 1}" if first else sheet.name
                _write(
                    book.add_worksheet(name),
                    sheet.columns,
                    sheet.rows[first : first + MOST_ROWS - 1],
                    formats,
                )
    return repack_uncompressed(out.getvalue())


class _Formats:
    """The cell formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[int, Any] = {}
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.link = book.add_format({"font_color": "#0563c1", "underline": 1, "valign": "top"})

    def number(self, digits: str) -> Any:
        """Return the format for a number, with as many decimals as ``digits`` has."""
        decimals = len(digits.partition(".")[2])
        if decimals not in self._numbers:
            form = "#,##0" + (f".{'0' * decimals}" if decimals else "")
            self._numbers[decimals] = self._book.add_format({"num_format": form, "valign": "top"})
        return self._numbers[decimals]


def _write(
    sheet: Any, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], formats: _Formats
) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
    links = iter(range(_MOST_LINKS))
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, formats.head)
        longest = max((len(_shown(row[place])) for row in rows), default=0)
        sheet.set_column(
            place, place, min(max(longest, len(column.name) + 2, _NARROWEST), _WIDEST) + 1
        )
    for line, row in enumerate(rows, 1):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _put(
                sheet,
                (line, place),
                _typed(cell, column.kind),
                formats,
                links if column.kind == "link" else iter(()),
            )


def _put(
    sheet: Any, at: tuple[int, int], cell: Cell | dt.date, formats: _Formats, links: Iterator[int]
) -> None:
    """Write one cell. ``links`` has an item for each link that may still be made."""
    match cell:
        case None | "":
            pass
        case bool():
            sheet.write_boolean(*at, cell)
        case Decimal():
            sheet.write_number(*at, float(cell), formats.number(format_number(cell)))
        case dt.date():
            sheet.write_datetime(*at, dt.datetime.combine(cell, dt.time()), formats.date)
        case str() if len(cell) <= _LONGEST_LINK and next(links, None) is not None:
            sheet.write_url(*at, cell, formats.link, string=cell)
        case str():
            sheet.write_string(*at, _cut(cell), formats.text)


def _typed(cell: Cell, kind: Kind) -> Cell | dt.date:
    """Return a cell as Excel's own type, if that type holds exactly the same value."""
    if isinstance(cell, str):
        cell = without_isolates(cell)
    if (
        kind == "date"
        and isinstance(cell, str)
        and _DAY.fullmatch(cell)
        and cell >= _FIRST_DAY.isoformat()
    ):
        return dt.date.fromisoformat(cell)
    if kind == "amount" and isinstance(cell, str) and _AMOUNT.fullmatch(cell):
        cell = Decimal(cell)
    if isinstance(cell, Decimal) and len(cell.normalize().as_tuple().digits) > _SURE_DIGITS:
        return format_number(cell)
    return cell


def _shown(cell: Cell) -> str:
    """Return the longest line of a cell's text, for the width of the column."""
    text = f"{cell:,f}" if isinstance(cell, Decimal) else without_isolates(str(cell or ""))
    return max(text.split("\n"), key=len)


def _cut(text: str) -> str:
    """Return text cut to what a cell may hold, with an ellipsis at a cut.

    The CSV file has the whole text.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MOST_LETTERS:
        return text
    return units[: 2 * (MOST_LETTERS - 1)].decode("utf-16-le", "ignore") + "…"


# Tables of charts


class ColumnDescription(NamedTuple):
    """A column of a chart's table, with the description that its schema prints."""

    name: str
    kind: Kind
    meaning: str


_ALWAYS: Final = tuple(
    ColumnDescription(*column)
    for column in (
        ("series", "string", "The name of the series."),
        ("period", "string", "What the claim covers, in words; or who says it."),
        (
            "start",
            "date",
            (
                "First day of what it covers, or the day it was said; or the date that is claimed,"
                " as far as it is known."
            ),
        ),
        ("end", "date", "Last day of what it covers; for a running total, the day it stands at."),
        (
            "value",
            "amount",
            (
                "The amount as stated: 160000, 30000..40000, over 300000; or the date that is"
                " claimed, in EDTF."
            ),
        ),
        (
            "low",
            "number",
            "The lower end of what the amount allows; empty where nobody states one.",
        ),
        (
            "high",
            "number",
            "The upper end of what the amount allows; empty where nobody states one.",
        ),
        ("unit", "string", "What the amount counts."),
        ("said_by", "string", "Who says it, and through whom."),
        ("group", "string", "The side of the comparison on which it stands."),
        ("kind", "string", "What kind of statement it is."),
        (
            "standing",
            "string",
            "How it stands: confirmed (that it was said), disputed, unverified, opinion, wrong.",
        ),
        ("show", "string", "How the chart shows it: main, rival, disputed or context."),
        ("verdict", "string", "The best verdict on the words that support it."),
        ("checked", "string", "The same in words."),
        ("claim", "string", "The claim's own page, below the site's address."),
        ("sources", "string", "Ids of the sources that support it, with spaces between."),
    )
)
"""The columns of every chart's table. The schema that is packed with the table has the meanings."""
_DIMENSIONS: Final = {
    "region": ColumnDescription("region", "string", "The region that it is about."),
    "basis": ColumnDescription("basis", "string", "What exactly was averaged or summed."),
    "definition": ColumnDescription(
        "definition", "string", "The rule by which it counts, in words."
    ),
}
"""Columns at the end of a table, if its rows differ in them or the chart shows them."""
_QUOTES: Final = (
    Column("claim"),
    Column("said_by"),
    Column("stance"),
    Column("quote"),
    Column("locator"),
    Column("says"),
    Column("verdict"),
    Column("source"),
    Column("link", "link"),
)
_SOURCES: Final = (
    Column("id"),
    Column("title"),
    Column("publisher"),
    Column("authors"),
    Column("issued", "date"),
    Column("accessed", "date"),
    Column("language"),
    Column("url", "link"),
)
_SIGNS: Final = "=+@\u2212\u207a\u207b\u207c\u208a\u208b\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20-"  # noqa: E501
"""The characters that can begin a formula.

Spreadsheets treat wide, small, superscript and subscript forms of = + - @ like the characters
themselves.
"""
_CELL: Final = r"(?:\A|(?<=[;\t\r\n]))"
"""The start of a cell: the start of the text, or the place after a separator.

Some spreadsheets split cells at these separators. The comma is not among them, because text with
a comma is quoted.
"""
_AHEAD: Final = rf"""(?=(?:[^\S\t\r\n]|["'])*+[{_SIGNS}])"""
"""A formula, after any blanks and quotation marks, which spreadsheets skip."""
_BLANK: Final = r"(?='*[\t\r\n])"
_RISKY: Final = re.compile(rf"{_CELL}{_AHEAD}|\A{_BLANK}")
_GUARD: Final = re.compile(rf"{_CELL}'{_AHEAD}|\A'{_BLANK}")


def _json(context: Context, name: str) -> str:
    return dump_json(record(context.tables[name])) + "\n"


def _csv(context: Context, name: str) -> str:
    return csv_text(context.tables[name])


def _xlsx(context: Context, name: str) -> bytes:
    """Return a workbook with three sheets: the data, the quotes and the sources."""
    table = context.tables[name]
    data = [[_in_one(cell) for cell in _cells(table, row)] for row in table.rows]
    columns = [Column(column.name, column.kind) for column in columns_of(table)]
    sheets = (
        Sheet("data", columns, data),
        Sheet("quotes", _QUOTES, [cells for row in table.rows for cells in _quotes(row)]),
        Sheet("sources", _SOURCES, [_source(context, source) for source in _named(table)]),
    )
    return workbook(table.title, sheets, created_on(context))


@dataclass(frozen=True)
class Format:
    """A file format in which every chart is offered, as ``data/charts/<id>.<name>``.

    Its label is ``embeds.<name>`` in the catalogues.
    """

    name: str
    """The file extension, which decides the media type."""
    make: Callable[[Context, str], str | bytes] | None = None
    """Makes the file from a chart's id. ``None`` for pictures, which are drawn elsewhere."""


FORMATS: Final = (
    Format("csv", _csv),
    Format("xlsx", _xlsx),
    Format("json", _json),
    Format("svg"),
    Format("png"),
)
"""The formats, in the order in which pages offer them."""


def downloads_of(chart: str) -> dict[str, str]:
    """Return the paths of a chart's downloads, by format. Its pictures are included."""
    return {each.name: f"data/charts/{chart}.{each.name}" for each in FORMATS}


def tables(context: Context) -> Iterator[tuple[str, CachedBytes]]:
    """Yield the path and the file of each download of a table. Pictures are made elsewhere."""
    for chart in context.tables:
        for each in FORMATS:
            if each.make:
                yield (
                    downloads_of(chart)[each.name],
                    context.file(
                        f"chart as {each.name}", chart, partial(each.make, context, chart)
                    ),
                )


def created_on(context: Context) -> dt.date:
    """Return the day that workbooks give as the day of their creation.

    It is the newest day in the seeds, because a build uses no clock; 1 January 2000 if the seeds
    have no day.
    """
    newest = context.ledger.newest_date
    return newest.last if newest and isinstance(newest.last, dt.date) else dt.date(2000, 1, 1)


def _quotes(row: Row) -> Iterator[list[Cell]]:
    for item in row.claim.evidence:
        where = item.at or item.url
        yield [
            row.claim.path,
            row.claim.voice,
            item.stance,
            item.quote,
            item.locator,
            item.says,
            item.verdict,
            item.source_id,
            where,
        ]


def _named(table: Table) -> list[str]:
    """Return the ids of the sources in the table's evidence, without duplicates."""
    return list(dict.fromkeys(item.source_id for row in table.rows for item in row.claim.evidence))


def _source(context: Context, name: str) -> list[Cell]:
    source = context.ledger.sources[name]
    issued, accessed = (str(date) if date else None for date in (source.issued, source.accessed))
    return [
        source.id,
        source.title,
        source.publisher,
        "; ".join(map(str, source.authors)),
        issued,
        accessed,
        source.language,
        source.url,
    ]


def columns_of(table: Table) -> tuple[ColumnDescription, ...]:
    """Return the columns of a chart's table, the same for CSV, JSON and workbook."""
    return *_ALWAYS, *(column for name, column in _DIMENSIONS.items() if name in table.dimensions)


def record(table: Table) -> dict[str, Any]:
    """Return the table as data for JSON: its words, its column names and its rows."""
    words = {
        key: getattr(table, key) for key in ("id", "title", "subtitle", "alt", "caption", "unit")
    }
    names = [column.name for column in columns_of(table)]
    return {
        **words,
        "columns": names,
        "rows": [dict(zip(names, _cells(table, row), strict=True)) for row in table.rows],
    }


def csv_text(table: Table) -> str:
    """Return the chart's table as CSV."""
    return csv_of(
        [[column.name for column in columns_of(table)], *(_cells(table, row) for row in table.rows)]
    )


def csv_of(rows: Iterable[Iterable[Any]]) -> str:
    """Return rows as CSV (RFC 4180), without direction marks.

    An apostrophe is put before text that a spreadsheet would take for a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cells(table: Table, row: Row) -> list[Any]:
    claim = row.claim
    return [
        row.series_title,
        row.label,
        row.starts or None,
        row.ends or None,
        claim.machine,
        _end(row, "low"),
        _end(row, "high"),
        table.unit,
        claim.voice,
        claim.group,
        claim.kind,
        claim.standing,
        claim.show,
        claim.verdict or "",
        claim.verdict_text,
        claim.path,
        list(row.source_ids),
        *(getattr(claim, name) for name in _DIMENSIONS if name in table.dimensions),
    ]


def _in_one(cell: Any) -> Any:
    """Return a list joined to one text, and any other cell unchanged."""
    return " ".join(cell) if isinstance(cell, list) else cell


def _safe(cell: Any) -> Any:
    """Return a cell as it is written to a CSV file."""
    text = _in_one(cell)
    if isinstance(text, Decimal):
        return format_number(text)
    if not isinstance(text, str):
        return text
    text = without_isolates(text)
    return text if _is_amount(text) else _RISKY.sub("'", text)


def without_guard(text: str) -> str:
    """Return text from a CSV file without the apostrophes that ``csv_of`` put before formulas."""
    return _GUARD.sub("", text)


def _is_amount(text: str) -> bool:
    """Return whether text is a plain amount or range. Even if negative, no spreadsheet runs it."""
    return text.replace("..", "").replace("-", "").replace(".", "").isdigit()


def _end(row: Row, name: str) -> Decimal | None:
    """Return one end of the interval that a value allows, or ``None`` if nobody stated it."""
    interval = row.value.interval if row.value else None
    end: Decimal | None = getattr(interval, name) if interval else None
    return end
