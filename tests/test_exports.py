"""The ledger for machines: read back by libraries that are not ours, and equal to the ledger, value by value."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import io
import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import frictionless
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, copy_small, gathered

from build import gather
from explainer.common.problems import Problems
from explainer.options import Options
from explainer.render.context import Context
from explainer.render.exports.downloads import tables
from explainer.render.exports.files import NAMES, files, schema
from explainer.render.exports.machine_values import dump_json, format_number
from explainer.render.pages.facts import records

NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
"""How every number is written: no nought too many, no exponent."""


def context(project: Path = ROOT) -> Context:
    """A project, gathered."""
    return gathered(project)[0]


@functools.cache
def published() -> dict[str, bytes]:
    """Every file of the real project for machines, by path."""
    return {
        path: data.encode() if isinstance(data, str) else data for path, data in files(context())
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same on the disk."""
    root = tmp_path_factory.mktemp("published")
    for path, data in published().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root / "data"


def test_the_ledger_follows_its_schema() -> None:
    """Both files are published, and an independent validator finds that one follows the other."""
    ledger, rules = (
        json.loads(published()["data/ledger.json"]),
        json.loads(published()["data/ledger.schema.json"]),
    )
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.validate(ledger, rules)
    assert rules == json.loads(json.dumps(schema()))


def test_the_schema_refuses_what_is_not_the_ledger() -> None:
    """A claim without its question, and a field that nobody described, are refused."""
    ledger = json.loads(published()["data/ledger.json"])
    del ledger["questions"][0]["claims"][0]["question"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(ledger, schema())
    other = json.loads(published()["data/ledger.json"])
    other["sources"][0]["invented"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(other, schema())


def test_every_field_is_described() -> None:
    """Whoever reads the schema or the package learns what each field means."""
    for name, definition in schema()["$defs"].items():  # type: ignore[attr-defined]
        for field, rules in definition["properties"].items():
            assert rules.get("description"), f"{name}.{field}"


def test_the_package_is_valid(folder: Path) -> None:
    """Frictionless finds no fault with the package, its tables, their types, keys and hashes."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert {resource.name for resource in frictionless.Package(str(folder / "datapackage.json")).resources} == {
        "questions", "claims", "evidence", "sources",
    }  # fmt: skip


def test_a_broken_table_is_noticed(folder: Path, tmp_path: Path) -> None:
    """The description is strict enough that a claim of a question that is not there is an error."""
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / "claims.csv").read_text(encoding="utf-8")
    (tmp_path / "claims.csv").write_text(
        text.replace(",monthly-recruitment,", ",no-such-question,", 1), encoding="utf-8"
    )
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_claims_are_the_ledgers_value_by_value() -> None:
    """Each claim of the ledger is in the table and in the JSON, with its value, its date, its words and its evidence."""
    rows = {
        (row["question"], row["id"]): row
        for row in csv.DictReader(io.StringIO(published()["data/claims.csv"].decode(), newline=""))
    }
    told = {
        (claim["question"], claim["id"]): claim
        for each in json.loads(published()["data/ledger.json"])["questions"]
        for claim in each["claims"]
    }
    ledger = context().ledger
    entries = {(entry.holder.id, entry.claim.id): entry for entry in ledger.entries()}
    assert rows.keys() == told.keys() == entries.keys()
    for key, entry in entries.items():
        claim, value = entry.claim, ledger.value(entry)
        assert told[key].get("value") == (str(value) if value else None)
        assert rows[key]["value"] == (str(value) if value else "")
        assert (
            rows[key]["date"]
            == told[key].get("date", "")
            == (claim.date.text if claim.date else "")
        )
        assert told[key].get("text") == claim.text
        assert [each["source"] for each in told[key]["evidence"]] == [
            item.source for item in claim.evidence
        ]
        low = value.interval.low if value and value.interval else None
        assert told[key].get("low") == (None if low is None else float(low))
        assert rows[key]["low"] == ("" if low is None else f"{low.normalize():f}")


def test_numbers_are_the_same_text_in_every_file() -> None:
    """Each end of each claim of the real site is written alike in the ledger, its table, its fact's record and its charts."""
    ledger: dict[str, list[str | None]] = {}
    for question in json.loads(published()["data/ledger.json"], parse_int=str, parse_float=str)[
        "questions"
    ]:
        ledger |= {
            claim["address"]: [claim.get("low"), claim.get("high")] for claim in question["claims"]
        }
    assert all(NUMBER.fullmatch(end) for ends in ledger.values() for end in ends if end is not None)
    for row in csv.DictReader(io.StringIO(published()["data/claims.csv"].decode(), newline="")):
        assert [row["low"] or None, row["high"] or None] == ledger[row["address"]]
    for path, held in records(context()):
        record = json.loads(context().cache.read(held), parse_int=str, parse_float=str)
        assert all(
            [each.get("low"), each.get("high")] == ledger[each["address"]]
            for each in record["claims"]
        ), path
    seen = 0
    for path, held in tables(context()):
        text = context().cache.read(held)
        if path.endswith(".json"):
            rows = json.loads(text, parse_int=str, parse_float=str)["rows"]
        elif path.endswith(".csv"):
            rows = [
                {key: cell or None for key, cell in row.items()}
                for row in csv.DictReader(io.StringIO(text.decode(), newline=""))
            ]
        else:
            continue
        assert all([row["low"], row["high"]] == ledger[row["claim"]] for row in rows), path
        seen += len(rows)
    assert seen > 100


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("9800.0"), "9800"), (9800.0, "9800"), (Decimal("1E+6"), "1000000"), (Decimal("1E-9"), "0.000000001"), (1e-7, "0.0000001"),
        (0.1, "0.1"), (Decimal("0.10"), "0.1"), (Decimal("-0"), "0"), (-0.0, "0"), (Decimal("-0.00"), "0"), (Decimal("-0.5"), "-0.5"),
        (2**53 + 1, "9007199254740993"), (Decimal(2**53 + 1), "9007199254740993"), (Decimal("123456789012345678901234.123456789"), None),
    ],
)  # fmt: skip
def test_a_number_is_written_with_all_its_digits(number: Decimal | float, text: str | None) -> None:
    """No exponent, no nought too many, no noise, no minus before nothing, and nothing rounded, whatever the size."""
    assert dump_json(number) == format_number(number) == (text or str(number))
    assert json.loads(dump_json([number]), parse_int=Decimal, parse_float=Decimal) == [
        Decimal(text or str(number))
    ]


def test_what_is_no_number_is_not_written() -> None:
    """JSON has no word for what is not finite, and none for a value of a type that it does not know."""
    for number in (float("nan"), float("inf"), Decimal("NaN")):
        with pytest.raises(ValueError, match="no number"):
            dump_json({"low": number})
    with pytest.raises(TypeError, match="date"):
        dump_json(dt.date(2025, 7, 7))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(values, st.sampled_from([None, 1, 2]))
def test_json_is_written_as_the_standard_library_does(value: object, indent: int | None) -> None:
    """But for the numbers, the text is the library's own, in lines or in one."""
    assert dump_json(value, indent) == json.dumps(value, ensure_ascii=False, indent=indent)


def test_the_zip_holds_the_very_files() -> None:
    """One file has them all, as they stand beside it."""
    with zipfile.ZipFile(io.BytesIO(published()["data/ledger.zip"])) as archive:
        inside = {
            f"data/{name.removeprefix('ledger/')}": archive.read(name)
            for name in archive.namelist()
        }
    assert inside == {path: data for path, data in published().items() if not path.endswith(".zip")}


def test_a_check_knows_what_files_there_are() -> None:
    """In a check they are not made, but each has its address, so that no file of an author's takes it."""
    assert [*published()] == [f"data/{name}" for name in NAMES]
    assert dict(files(replace(context(), whole=False))) == dict.fromkeys(published(), b"")


def test_no_text_starts_a_formula(tmp_path: Path) -> None:
    """A text that begins as a formula would is led by an apostrophe, in every table; numbers stay numbers."""
    project = copy_small(tmp_path / "project")
    path = project / "seeds" / "facts" / "library.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "why: It is a year early.", "why: '=1+1 is a formula'"
        ),
        encoding="utf-8",
    )
    made = dict(files(gather(Options(project=project, output=project / "site"), Problems())[1]))
    assert "'=1+1 is a formula" in str(made["data/claims.csv"])
    assert ",=1+1" not in str(made["data/claims.csv"])
