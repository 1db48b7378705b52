"""Tables as an Excel workbook, for readers who open data by hand; a CSV file of the same tables stands beside each.

Excel takes a CSV file in UTF-8 for one in the machine's own encoding, and texts for numbers and dates. In a workbook nothing is
guessed: numbers are numbers, whole days are dates, and every text is a text, also one that begins as a formula does.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

import xlsxwriter

from explainer.archives import stored
from explainer.exports.written import plain
from explainer.wording.direction import unmarked

Cell = str | Decimal | bool | None
Kind = Literal["string", "number", "boolean", "date", "amount", "link"]
"""What a column holds. A date is EDTF, an amount is one of the forms that a value has; where they are plain, Excel has a type."""
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
