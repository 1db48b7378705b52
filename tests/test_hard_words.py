"""Cyrillic, quotes, ampersands, very long titles, missing, approximate and yearless dates survive every format that a site publishes."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
import rispy
from frictionless import Resource
from pybtex.database import parse_string
from support import CASES, copy_small
from test_references import braced

from build import gather
from explainer.common.problems import Problems
from explainer.model.ledger import Ledger
from explainer.options import Options

Made = tuple[Ledger, dict[str, bytes]]
_TITLES = ("title", "publisher", "language")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small project with the hard sources, each of which a claim rests on, and its files."""
    project = copy_small(tmp_path_factory.mktemp("hard") / "project")
    hard = (CASES / "references" / "sources.yaml").read_text(encoding="utf-8")
    hard = hard.replace("{id: report,", "{id: yearly-report,").replace(
        "read: full}", "read: excerpt}"
    )
    (project / "seeds/sources/hard.yaml").write_text(hard, encoding="utf-8")
    names = [line.split("id: ")[1].split(",")[0] for line in hard.splitlines()]
    evidence = "".join(
        f"        - {{source: {name}, stance: context, says: Names the library.}}\n"
        for name in names
    )
    loans = project / "seeds/facts/loans.yaml"
    text = loans.read_text(encoding="utf-8")
    at = text.index("- id: yearly-loans")
    loans.write_text(text[:at] + evidence + text[at:], encoding="utf-8")
    read, _, site = gather(
        Options(project, project / "site", site_url="https://library.example.org/site/"), Problems()
    )
    return read.ledger, site.files


def test_json_and_tables(made: Made) -> None:
    """The ledger's JSON, its CSV as the standard library and as frictionless read it: every source is itself, to the letter."""
    ledger, files = made
    told = {each["id"]: each for each in json.loads(files["data/ledger.json"])["sources"]}
    rows = {
        row["id"]: row
        for row in csv.DictReader(io.StringIO(files["data/sources.csv"].decode(), newline=""))
    }
    typed = {row["id"]: row for row in _rows(files["data/sources.csv"])}
    assert told.keys() == rows.keys() == typed.keys() == ledger.sources.keys()
    for name, source in ledger.sources.items():
        issued = source.issued.text if source.issued else None
        for key in _TITLES:
            assert told[name][key] == rows[name][key] == typed[name][key] == getattr(source, key)
        assert told[name].get("issued") == issued
        assert rows[name]["issued"] == (issued or "")
        assert told[name].get("authors", []) == list(map(str, source.authors))


def _rows(data: bytes) -> list[dict[str, Any]]:
    with Resource(data, format="csv", encoding="utf-8") as resource:
        return [dict(row) for row in resource.row_stream]


def test_libraries_of_references(made: Made) -> None:
    """CSL-JSON, BibTeX and RIS of the finished site hold each title; where no year is known they have none, and say so in a note."""
    ledger, files = made
    csl = {each["id"]: each for each in json.loads(files["data/sources.csl.json"])}
    bib = parse_string(files["data/sources.bib"].decode(), "bibtex").entries
    ris = {each["id"]: each for each in rispy.loads(files["data/sources.ris"].decode())}
    for name, source in ledger.sources.items():
        title = f"[{source.title}]" if source.described else source.title
        assert (
            csl[name]["title"] == braced(bib[name].fields["title"]) == ris[name]["title"] == title
        )
    assert "issued" not in csl["no-year"]
    assert "year" not in bib["no-year"].fields
    assert all(
        "7 June" in text
        for text in (
            csl["no-year"]["note"],
            bib["no-year"].fields["note"],
            str(ris["no-year"]["notes"]),
        )
    )
    assert csl["approximate"]["issued"] == {"date-parts": [[2025, 7]], "circa": True}


def test_a_facts_record(made: Made) -> None:
    """The record of a fact that they bear on names each of them with its whole reference."""
    ledger, files = made
    claims = json.loads(files["facts/monthly-loans.json"])["claims"]
    references = {each["source"]: each["reference"] for each in claims[1]["evidence"]}
    assert set(references) >= {"cyrillic", "marks", "quotes", "long", "approximate", "no-year"}
    assert "Путин подписал указ о службе" in references["cyrillic"]
    assert "Smith & Sons" in references["marks"]
    assert ledger.sources["long"].title.casefold() in references["long"].casefold()
    assert "“He Said ‘No,’ and She ‘Yes’.”" in references["quotes"]
