"""Excel workbooks, read back by two libraries that are not ours: every cell is what was given, and none of them is run."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import io
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from test_exports import context, published

from explainer.render.exports import downloads
from explainer.render.exports.downloads import (
    MOST_LETTERS,
    Cell,
    Column,
    Sheet,
    csv_of,
    tables,
    without_guard,
    workbook,
)

DAY = dt.date(2026, 11, 29)
Rows = list[list[Any]]


def book(columns: list[Column], rows: list[list[Cell]]) -> bytes:
    """A workbook of one sheet."""
    return workbook("A title", [Sheet("data", columns, rows)], DAY)


def by_calamine(data: bytes) -> dict[str, Rows]:
    """The sheets of a workbook, their heads first."""
    found = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: found.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in found.sheet_names
    }


def by_openpyxl(data: bytes) -> dict[str, Rows]:
    """The same by another reader."""
    found = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in found.worksheets
    }


READERS = (by_calamine, by_openpyxl)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "0123", "1e3", "TRUE", "2025-07-07", "http://example.org/", "Міністерство", "数据", "تقرير",
        " spaces ", "two\nlines", "_x0041_", "&<>\"'", "🌍", "'quoted",
    ],
)  # fmt: skip
def test_a_text_is_that_text(read: Callable[[bytes], dict[str, Rows]], text: str) -> None:
    """No text is run, changed, or taken for a number, a date or a link."""
    data = book([Column("words")], [[text]])
    assert read(data)["data"][1] == [text]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["data"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].hyperlink is None


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=200))
def test_any_text_is_that_text(text: str) -> None:
    """Texts of any script come back to the letter."""
    assert by_calamine(book([Column("words")], [[text]]))["data"][1] == [text]


@pytest.mark.parametrize(
    ("kind", "cell", "wanted", "form"),
    [
        ("number", Decimal("9800"), 9800, "#,##0"), ("number", Decimal("0.25"), 0.25, "#,##0.00"), ("number", Decimal("-13000"), -13000, "#,##0"),
        ("number", Decimal(10**12), 10**12, "#,##0"), ("number", Decimal("12345678901234567890"), "12345678901234567890", "General"),
        ("number", Decimal("123456789012345"), 123456789012345, "#,##0"), ("number", Decimal("1234567890123456"), "1234567890123456", "General"),
        ("number", Decimal("12345678901234567"), "12345678901234567", "General"), ("amount", "0.1234567890123456", "0.1234567890123456", "General"),
        ("amount", "160000", 160000, "#,##0"), ("amount", "30000..40000", "30000..40000", "General"), ("amount", "about 5", "about 5", "General"),
        ("date", "2025-07-07", dt.datetime(2025, 7, 7), "yyyy-mm-dd"), ("date", "2025", "2025", "General"), ("date", "1899-12-31", "1899-12-31", "General"),
        ("date", "1900-01-01", "1900-01-01", "General"), ("date", "1900-02-28", "1900-02-28", "General"),
        ("date", "1900-03-01", dt.datetime(1900, 3, 1), "yyyy-mm-dd"),
        ("date", "-0043-03-15", "-0043-03-15", "General"), ("boolean", True, True, "General"), ("string", None, None, "General"),
    ],
)  # fmt: skip
def test_cells_have_types(kind: downloads.Kind, cell: Cell, wanted: object, form: str) -> None:
    """Numbers and whole days are Excel's own, with a format; what Excel would complete or round stands as text."""
    found = openpyxl.load_workbook(
        io.BytesIO(book([Column("x", kind), Column("y")], [[cell, "end"]]))
    )["data"]["A2"]
    assert found.value == wanted
    assert type(found.value) is type(wanted)
    assert found.number_format == form


def test_an_address_is_a_link_where_one_can_be() -> None:
    """An address leads where it says; one that is too long for Excel is a text, and whole."""
    long = "https://example.org/" + "a" * 3000
    sheet = openpyxl.load_workbook(
        io.BytesIO(book([Column("url", "link")], [["https://example.org/a?b=c&d#e"], [long]]))
    )["data"]
    assert sheet["A2"].value == "https://example.org/a?b=c&d#e"
    link = sheet["A2"].hyperlink
    assert (
        link.target + (f"#{link.location}" if link.location else "")
        == "https://example.org/a?b=c&d#e"
    )
    assert (sheet["A3"].value, sheet["A3"].hyperlink) == (long, None)


@pytest.mark.parametrize("letter", ["a", "🌍", "б"])
def test_a_text_too_long_for_a_cell_ends_with_an_ellipsis(letter: str) -> None:
    """A cell holds as much of it as it can, and says that it is not all."""
    (cell,) = by_calamine(book([Column("words")], [[letter * 40_000]]))["data"][1]
    assert cell.endswith("…")
    assert cell[:-1] == letter * len(cell[:-1])
    assert MOST_LETTERS - 2 <= len(cell.encode("utf-16-le")) // 2 <= MOST_LETTERS


def test_a_long_table_goes_on_in_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is lost where a table has more than a sheet takes; each sheet has the head."""
    monkeypatch.setattr(downloads, "MOST_ROWS", 4)
    found = by_calamine(book([Column("n", "number")], [[Decimal(n)] for n in range(7)]))
    assert found == {
        "data": [["n"], [0], [1], [2]],
        "data 2": [["n"], [3], [4], [5]],
        "data 3": [["n"], [6]],
    }


def test_the_head_stays_in_sight() -> None:
    """The first row is frozen, it can be filtered by, and columns are wide enough for what they hold, but no wider than a screen."""
    data = book([Column("id"), Column("words")], [["a", "x" * 500], ["b", "y"]])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["data"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert 5 < sheet.column_dimensions["A"].width < 15
    assert 50 < sheet.column_dimensions["B"].width < 70


def test_the_same_table_is_the_same_bytes() -> None:
    """Nothing of the clock, and nothing compressed, is in it; it was made on the day that it was told."""
    data = book([Column("n", "number")], [[Decimal(1)]])
    assert data == book([Column("n", "number")], [[Decimal(1)]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {(each.date_time, each.compress_type) for each in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)
        }
    assert openpyxl.load_workbook(io.BytesIO(data)).properties.created == dt.datetime(2026, 11, 29)


@given(st.text("'=+-@ab1. \t\n;\"", max_size=8))
def test_what_leads_a_formula_in_csv_is_taken_off_again(text: str) -> None:
    """A text that a spreadsheet could run has an apostrophe before it in the CSV file, and is itself again without it."""
    (row,) = csv.reader(io.StringIO(csv_of([["x", text]]), newline=""))
    assert without_guard(row[1]) == text


@functools.cache
def charts() -> dict[str, bytes]:
    """The data of every chart of the real project, by path."""
    made_of = context()
    return {path: made_of.cache.read(held) for path, held in tables(made_of)}


def same(cell: Any, text: str) -> bool:
    """Whether a cell is what a CSV file says: an empty one, a day, a number or a text."""
    if isinstance(cell, dt.date):
        return cell.isoformat() == text
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return Decimal(repr(cell)) == Decimal(text)
    return str(cell).lower() == text if isinstance(cell, bool) else cell == without_guard(text)


def test_the_ledgers_workbook_is_its_tables() -> None:
    """Each sheet has the rows of the CSV file of its name, cell by cell."""
    sheets = by_calamine(published()["data/ledger.xlsx"])
    assert list(sheets) == ["questions", "claims", "evidence", "sources"]
    for name, rows in sheets.items():
        wanted = list(csv.reader(io.StringIO(published()[f"data/{name}.csv"].decode(), newline="")))
        assert len(rows) == len(wanted)
        for row, texts in zip(rows, wanted, strict=True):
            assert all(same(cell, text) for cell, text in zip(row, texts, strict=True)), (name, row)


def test_each_charts_workbook_is_its_table() -> None:
    """The first sheet is the CSV file and the JSON, value by value; each quote is one of the ledger's, and its source has a row."""
    quoted = {
        (claim["address"], item["source"], item.get("quote", ""))
        for each in json.loads(published()["data/ledger.json"])["questions"]
        for claim in each["claims"]
        for item in claim["evidence"]
    }
    for path in (path for path in charts() if path.endswith(".xlsx")):
        data, quotes, sources = by_calamine(charts()[path]).values()
        texts = list(
            csv.reader(io.StringIO(charts()[path.replace(".xlsx", ".csv")].decode(), newline=""))
        )
        for row, wanted in zip(data, texts, strict=True):
            assert all(same(cell, text) for cell, text in zip(row, wanted, strict=True)), (
                path,
                row,
            )
        told = json.loads(charts()[path.replace(".xlsx", ".json")], parse_float=Decimal)
        for row, record in zip(data[1:], told["rows"], strict=True):
            for cell, (name, value) in zip(row, record.items(), strict=True):
                text = " ".join(value) if name == "sources" else "" if value is None else str(value)
                assert same(cell, text), (path, name)
        head = quotes[0]
        assert {
            (row[0], row[head.index("source")], row[head.index("quote")]) for row in quotes[1:]
        } <= quoted
        assert {row[head.index("source")] for row in quotes[1:]} == {row[0] for row in sources[1:]}
