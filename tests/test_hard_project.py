"""A site of odd letters, few counts, partial dates and early years, built whole: what is published of it is right in each form."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest
from hard_project import ADDRESS, ROWS, SPEAKER, TITLE, build
from python_calamine import CalamineWorkbook
from support import once

from explainer.render.charts import KINDS

SUB_PATH = "ferry"
NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
"""How every number is written: no nought too many, no exponent."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site."""
    return once(tmp_path_factory, "hard", build) / "www" / SUB_PATH


def read(path: Path) -> str:
    """A file's text."""
    return path.read_text(encoding="utf-8")


def test_an_odd_folder_changes_no_address(site: Path) -> None:
    """The folder that a project lies in is in no file; addresses, and the way from the page for a wrong address, are whole."""
    assert f'<link rel="canonical" href="{ADDRESS}charts/ranges-few/">' in read(
        site / "charts/ranges-few/index.html"
    )
    assert 'href="/ferry/assets/' in read(site / "404.html")
    assert f"{ADDRESS}charts/ranges-few/" in read(site / "sitemap.xml")
    assert (
        f'src="{ADDRESS}embed/ranges-few/'
        in json.loads(read(site / "oembed/ranges-few.json"))["html"]
    )
    for path in site.rglob("*"):
        if path.suffix in (".html", ".json", ".svg", ".csv", ".xml", ".txt"):
            assert "%20" not in read(path) or "[b]" not in read(path), path


def test_an_odd_title_is_itself_everywhere(site: Path) -> None:
    """Pages, embed, picture, oEmbed, data and package have the title to the letter, none of it escaped twice or taken for Markdown."""
    page = read(site / "charts/ranges-few/index.html")
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert html.unescape(re.sub(r"<[^>]+>", "", heading)).strip() == TITLE
    (shared,) = re.findall(r'<meta property="og:title" content="([^"]*)"', page)
    assert html.unescape(shared).startswith(TITLE)
    named, *_ = re.findall(
        r"<title>(.*?)</title>", read(site / "embed/ranges-few/index.html"), re.DOTALL
    )
    assert TITLE in html.unescape(named)
    assert json.loads(read(site / "oembed/ranges-few.json"))["title"] == TITLE
    assert json.loads(read(site / "data/charts/ranges-few.json"))["title"] == TITLE
    with zipfile.ZipFile(site / "data/charts/ranges-few.zip") as archive:
        assert json.loads(archive.read("ranges-few/datapackage.json"))["title"] == TITLE


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "timeline"])
@pytest.mark.parametrize("name", ["few", "below"])
def test_counts_have_whole_ticks(site: Path, kind: str, name: str) -> None:
    """No kind of chart has half a book on its axis, in its picture, on its page or in its embed; "0.5" stays where it is a value."""
    for path in (
        f"data/charts/{kind}-{name}.svg",
        f"charts/{kind}-{name}/index.html",
        f"embed/{kind}-{name}/index.html",
    ):
        assert not re.search(r">[−-]?\d*\.5<", read(site / path)), path
    assert re.search(r">[01]\.5<", read(site / f"data/charts/{kind}-pieces.svg"))


def test_every_chart_has_a_workbook_wherever_it_has_a_table(site: Path) -> None:
    """Each page that offers a CSV file offers the workbook beside it; each is in the zip, the README and the site's list for programs."""
    for path in site.rglob("*.html"):
        text = read(path)
        for name in re.findall(r'href="([^"]*data/charts/[^"]*)\.csv"', text):
            assert f'href="{name}.xlsx"' in text, path
    for path in (site / "data/charts").glob("*.csv"):
        name = path.stem
        with zipfile.ZipFile(path.with_suffix(".zip")) as archive:
            assert archive.read(f"{name}/{name}.xlsx") == path.with_suffix(".xlsx").read_bytes()
            assert f"{name}.xlsx: " in archive.read(f"{name}/README.txt").decode()
    assert "data/ledger.xlsx" in read(site / "llms.txt")


def test_a_workbook_holds_what_the_table_holds(site: Path) -> None:
    """A speaker in Cyrillic that begins as a formula does is a text, and each quote leads to a source that has its own row."""
    book = CalamineWorkbook.from_path(site / "data/charts/ranges-few.xlsx")
    assert book.sheet_names == ["data", "quotes", "sources"]
    data, quotes, sources = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert [row[data[0].index("value")] for row in data[1:]] == [1, 2, 1]
    assert {row[data[0].index("said_by")] for row in data[1:]} == {SPEAKER}
    assert {row[0] for row in quotes[1:]} == {row[data[0].index("claim")] for row in data[1:]}
    assert (
        {row[quotes[0].index("source")] for row in quotes[1:]}
        == {row[0] for row in sources[1:]}
        == {"courier"}
    )
    assert {row[quotes[0].index("link")] for row in quotes[1:]} == {
        f"https://courier.example.org/reading#:~:text=few%20{letter}" for letter in "abc"
    }


def test_each_zip_is_a_valid_package(site: Path, tmp_path: Path) -> None:
    """Unpacked, its data follow the schema that lies beside them; a value that does not is noticed."""
    for path in sorted((site / "data/charts").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            archive.extractall(tmp_path)
        report = frictionless.validate(str(tmp_path / path.stem / "datapackage.json"))
        assert report.valid, report.to_summary()
    table = tmp_path / "ranges-few" / "ranges-few.csv"
    table.write_text(read(table).replace("2020-01-01", "2020-01", 1), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "ranges-few" / "datapackage.json")).valid


def test_partial_dates_stay_as_they_are(site: Path) -> None:
    """The package is valid; a year is no day and is read as a text, early years too; where all dates are days they are typed so."""
    path = site / "data/datapackage.json"
    report = frictionless.validate(str(path))
    assert report.valid, report.to_summary()
    package = frictionless.Package(str(path))
    assert "2023" in {row["issued"] for row in package.get_resource("sources").read_rows()}
    assert {"-0043", "2021"} <= {
        row["period"] for row in package.get_resource("claims").read_rows()
    }
    types = {
        field["name"]: field["type"]
        for each in json.loads(read(path))["resources"]
        for field in each["schema"]["fields"]
    }
    assert (types["issued"], types["period"], types["review_by"], types["accessed"]) == (
        "string",
        "string",
        "date",
        "date",
    )


def test_keys_lead_from_evidence_to_claims_and_sources(site: Path, tmp_path: Path) -> None:
    """Evidence of a claim, and of a source, that is not there is an error to whoever checks the package."""
    for path in (site / "data").iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    package = json.loads(read(tmp_path / "datapackage.json"))
    for each in package["resources"]:
        del each["hash"], each["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid
    told = read(tmp_path / "evidence.csv")
    for wrong in (
        re.sub(r"(?m)^(few),p1,", r"\1,nobody,", told, count=1),
        told.replace(",courier,", ",nobody,", 1),
    ):
        assert wrong != told
        (tmp_path / "evidence.csv").write_text(wrong, encoding="utf-8", newline="")
        faults = frictionless.validate(str(tmp_path / "datapackage.json")).flatten(["type"])
        assert faults == [["foreign-key"]]


def numbers_of(text: str) -> list[str]:
    """Every number of a JSON text, as it is written there."""
    found: list[str] = []
    json.loads(text, parse_int=found.append, parse_float=found.append)
    return found


def test_every_number_is_written_alike(site: Path) -> None:
    """In no JSON file a number has an exponent or a nought too many; and one value is the same text in every file."""
    for path in site.rglob("*.json"):
        if "search" not in path.parts:
            assert all(NUMBER.fullmatch(each) for each in numbers_of(read(path))), path
    wanted = {"0.001", "0.1", "0.3", "12345678901234567890"}
    for path in ("data/ledger.json", "facts/fine.json", "data/charts/ranges-fine.json"):
        assert wanted <= set(numbers_of(read(site / path))), path
    for path in ("data/claims.csv", "data/charts/ranges-fine.csv"):
        rows = list(csv.DictReader(io.StringIO(read(site / path), newline="")))
        assert wanted <= {row[end] for row in rows for end in ("low", "high")}, path
    page = read(site / "explore/ranges-few/index.html")
    (figure,) = re.findall(r'id="figure"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert all(NUMBER.fullmatch(each) for each in numbers_of(figure))


def test_a_workbook_keeps_large_numbers_to_the_digit(site: Path) -> None:
    """What a spreadsheet would round stands as text; all others are numbers."""
    (data, *_) = CalamineWorkbook.from_path(site / "data/charts/ranges-fine.xlsx").sheet_names
    rows = (
        CalamineWorkbook.from_path(site / "data/charts/ranges-fine.xlsx")
        .get_sheet_by_name(data)
        .to_python()
    )
    lows = [row[rows[0].index("low")] for row in rows[1:]]
    assert lows == [0.1, "12345678901234567890", 0.001]
    assert Decimal(str(lows[1])) == Decimal(ROWS["fine"][1][0])


def test_early_years_are_published_as_they_are_called(site: Path) -> None:
    """44 BC is so called on the chart's page and in its picture, and has the year -0043 in the data; nobody reads a year 0."""
    assert "44 BC" in read(site / "charts/ranges-early/index.html")
    assert "44 BC" in read(site / "data/charts/ranges-early.svg")
    assert '"start": "-0043-01-01"' in read(site / "data/charts/ranges-early.json")
    assert '"period": "-0043"' in read(site / "data/ledger.json")
