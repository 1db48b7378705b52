"""A chart's table as CSV, JSON and an Excel workbook."""

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

from explainer.common.archives import stored
from explainer.incremental.cache import Held
from explainer.publish.direction import unmarked
from explainer.publish.tables import Row, Table
from explainer.render.context import Context
from explainer.render.exports.machine_values import json_text, plain

# Tables as an Excel workbook, for readers who open data by hand; a CSV file of the same tables
# stands beside each.
#
# Excel takes a CSV file in UTF-8 for one in the machine's own encoding, and texts for numbers and
# dates. In a workbook nothing is
# guessed: numbers are numbers, whole days are dates, and every text is a text, also one that
# begins as a formula does.

Cell = str | Decimal | bool | None
Kind = Literal["string", "number", "boolean", "date", "amount", "link"]
"""What a column holds. A date is EDTF, an amount is one of the forms that a value has; where they are plain, Excel has a type."""
MOST_ROWS: Final = 1_048_576
"""How many rows a sheet may have, its head among them."""
MOST_LETTERS: Final = 32_767
"""How many UTF-16 units a cell may hold."""
_MOST_LINKS, _LONGEST_LINK = 60_000, 2_000
"""Beyond these an address stands as text: Excel takes 65,530 links a sheet, each of at most 2,079 letters."""
_SURE_DIGITS = 15
"""Excel rounds what has more digits."""
_FIRST_DAY = dt.date(1900, 3, 1)
"""Excel's calendar has a 29 February 1900, so that days before this one cannot be told to all programs alike."""
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
    """A table."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def workbook(title: str, sheets: Sequence[Sheet], day: dt.date) -> bytes:
    """The workbook, which says that it was made on a day; no text in it has marks of direction.

    A table of more rows than a sheet may have goes on in another.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": unmarked(title), "created": dt.datetime.combine(day, dt.time(), dt.UTC)})
        formats = _Formats(book)
        for sheet in sheets:
            for first in range(0, max(len(sheet.rows), 1), MOST_ROWS - 1):
                name = f"{sheet.name} {first // (MOST_ROWS - 1) + 1}" if first else sheet.name
                _write(book.add_worksheet(name), sheet.columns, sheet.rows[first : first + MOST_ROWS - 1], formats)
    return stored(out.getvalue())


class _Formats:
    """How cells look, each way once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[int, Any] = {}
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.link = book.add_format({"font_color": "#0563c1", "underline": 1, "valign": "top"})

    def number(self, digits: str) -> Any:
        """For a number as written, with as many decimals as it has."""
        decimals = len(digits.partition(".")[2])
        if decimals not in self._numbers:
            form = "#,##0" + (f".{'0' * decimals}" if decimals else "")
            self._numbers[decimals] = self._book.add_format({"num_format": form, "valign": "top"})
        return self._numbers[decimals]


def _write(sheet: Any, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], formats: _Formats) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
    links = iter(range(_MOST_LINKS))
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, formats.head)
        longest = max((len(_shown(row[place])) for row in rows), default=0)
        sheet.set_column(place, place, min(max(longest, len(column.name) + 2, _NARROWEST), _WIDEST) + 1)
    for line, row in enumerate(rows, 1):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _put(sheet, (line, place), _typed(cell, column.kind), formats, links if column.kind == "link" else iter(()))


def _put(sheet: Any, at: tuple[int, int], cell: Cell | dt.date, formats: _Formats, links: Iterator[int]) -> None:
    """Write one cell. ``links`` are the links that may still be made."""
    match cell:
        case None | "":
            pass
        case bool():
            sheet.write_boolean(*at, cell)
        case Decimal():
            sheet.write_number(*at, float(cell), formats.number(plain(cell)))
        case dt.date():
            sheet.write_datetime(*at, dt.datetime.combine(cell, dt.time()), formats.date)
        case str() if len(cell) <= _LONGEST_LINK and next(links, None) is not None:
            sheet.write_url(*at, cell, formats.link, string=cell)
        case str():
            sheet.write_string(*at, _cut(cell), formats.text)


def _typed(cell: Cell, kind: Kind) -> Cell | dt.date:
    """A cell as Excel's own type, where that says exactly the same."""
    if isinstance(cell, str):
        cell = unmarked(cell)
    if kind == "date" and isinstance(cell, str) and _DAY.fullmatch(cell) and cell >= _FIRST_DAY.isoformat():
        return dt.date.fromisoformat(cell)
    if kind == "amount" and isinstance(cell, str) and _AMOUNT.fullmatch(cell):
        cell = Decimal(cell)
    if isinstance(cell, Decimal) and len(cell.normalize().as_tuple().digits) > _SURE_DIGITS:
        return plain(cell)
    return cell


def _shown(cell: Cell) -> str:
    """The longest line of a cell's text."""
    text = f"{cell:,f}" if isinstance(cell, Decimal) else unmarked(str(cell or ""))
    return max(text.split("\n"), key=len)


def _cut(text: str) -> str:
    """As much of a text as a cell may hold, with an ellipsis where that is not all; the CSV file has the whole."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MOST_LETTERS:
        return text
    return units[: 2 * (MOST_LETTERS - 1)].decode("utf-16-le", "ignore") + "…"


# A chart's table as CSV, JSON and an Excel workbook: the ledger's own values, with their units
# and their sources.


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


@dataclass(frozen=True)
class Format:
    """A kind of file in which each chart is offered, as ``data/charts/<id>.<name>``. Its words are ``embeds.<name>`` of the catalogues."""

    name: str
    """The end of the file's name, which gives it its media type."""
    make: Callable[[Context, str], str | bytes] | None = None
    """From a chart's id to the file; ``None`` for its pictures, which are drawn together."""


FORMATS: Final = (Format("csv", _csv), Format("xlsx", _xlsx), Format("json", _json), Format("svg"), Format("png"))
"""In the order in which pages offer them."""


def downloads_of(chart: str) -> dict[str, str]:
    """The files in which a chart is offered: their paths by format, those of its pictures too."""
    return {each.name: f"data/charts/{chart}.{each.name}" for each in FORMATS}


def tables(context: Context) -> Iterator[tuple[str, Held]]:
    """The data of each chart, by path; its pictures are made elsewhere."""
    for chart in context.tables:
        for each in FORMATS:
            if each.make:
                yield downloads_of(chart)[each.name], context.file(f"chart as {each.name}", chart, partial(each.make, context, chart))


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
