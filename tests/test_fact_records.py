"""``/facts/<id>.json``: all that a fact's page tells, under a published schema, equal to the ledger."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from support import CASES, ROOT, copy_small, gathered, pages_of
from test_corrections import ENTRIES

from build import gather
from explainer.common.problems import Problems
from explainer.options import Options
from explainer.render.context import Context

ADDRESS = "https://library.example.org/site/"


@cache
def told(
    project: Path, address: str = ADDRESS
) -> tuple[Context, dict[str, dict[str, Any]], dict[str, Any]]:
    """What a project's records say, by fact; its context, and the schema that it publishes."""
    context, site = gathered(project, address)
    records = {
        name: json.loads(site.files[f"facts/{name}.json"]) for name in context.ledger.holders
    }
    return context, records, json.loads(site.files["data/fact.schema.json"])


@pytest.mark.parametrize(
    ("project", "step"),
    [
        pytest.param(CASES / "small", 1, id="small"),
        pytest.param(ROOT, 4, id="real"),
        pytest.param(ROOT, 1, id="real, all", marks=pytest.mark.audit),
    ],
)
def test_every_record_follows_its_schema(project: Path, step: int) -> None:
    """The schema is published beside the data, describes every field, and holds for each fact and series; another field is refused.

    Of the real project every fourth is held to it on a push, and all in the audit.
    """
    _, records, schema = told(project)
    jsonschema.Draft202012Validator.check_schema(schema)
    holds = jsonschema.Draft202012Validator(schema)
    for name, record in list(records.items())[::step]:
        assert not list(holds.iter_errors(record)), name
        assert record["$schema"] == "../data/fact.schema.json"
    for kind, definition in {"": schema, **schema["$defs"]}.items():
        assert all(rules.get("description") for rules in definition["properties"].values()), kind
    assert list(holds.iter_errors({**next(iter(records.values())), "invented": 1}))


@pytest.mark.parametrize("project", [CASES / "small", ROOT], ids=["small", "real"])
def test_claims_are_the_ledgers(project: Path) -> None:
    """Each claim has its value, its words, its evidence in order; the preferred one and its rivals are named."""
    context, records, _ = told(project)
    ledger = context.ledger
    for name, holder in ledger.holders.items():
        entries = list(ledger.entries(holder))
        assert [claim["id"] for claim in records[name]["claims"]] == [
            entry.claim.id for entry in entries
        ]
        for claim, entry in zip(records[name]["claims"], entries, strict=True):
            value = ledger.value(entry)
            assert claim.get("value") == (str(value) if value else None)
            passages = [
                (
                    each["source"],
                    each["stance"],
                    each.get("quote"),
                    each.get("locator"),
                    each.get("says"),
                )
                for each in claim["evidence"]
            ]
            assert passages == [
                (each.source, each.stance, each.quote, each.locator, each.says)
                for each in entry.claim.evidence
            ]
        fact = ledger.facts.get(name)
        preferred = ledger.preferred(fact) if fact else None
        assert records[name].get("preferred") == (preferred.claim.id if preferred else None)


def test_evidence_leads_to_the_words() -> None:
    """Each passage has the source's reference and, where it has an address, a link whose text fragment is its own words."""
    _, records, _ = told(CASES / "small")
    (report, courier), _ = ([*claim["evidence"]] for claim in records["monthly-loans"]["claims"])
    assert unquote(report["at"]) == f"https://library.example.org/report#:~:text={report['quote']}"
    assert report["passage"] == f"{ADDRESS}sources/report/#passage-monthly-loans--report"
    assert courier["reference"].startswith(
        "Ida Holm. 2023. “Twenty-Five Years of Reading.” Alder Bridge Courier"
    )
    assert (report["verdict"], courier["stance"]) == ("verbatim", "contradicts")
    assert records["monthly-loans"]["rivals"] == ["courier"]


@pytest.mark.parametrize("address", [ADDRESS, ""])
def test_uses_are_named(address: str) -> None:
    """Pages that speak of it, charts that draw it, facts that are worked out from it: whole addresses where the site's is known."""
    _, records, _ = told(CASES / "small", address)
    uses = {
        (each["kind"], each["address"].removeprefix(address))
        for each in records["monthly-loans"]["used_by"]
    }
    assert uses == {("page", ""), ("fact", "facts/yearly-loans/")}
    drawn = {
        (each["kind"], each["address"].removeprefix(address))
        for each in records["loans-year"]["used_by"]
    }
    assert {
        ("page", ""),
        ("page", "about/"),
        ("chart", "charts/loans-by-year/"),
        ("chart", "charts/loans-by-claimant/"),
    } <= drawn
    assert records["loans-year"]["url"] == f"{address}facts/loans-year/"


def test_what_it_was_before(tmp_path: Path) -> None:
    """Corrections are told with the old value, the new one, the cause and the day."""
    project = copy_small(tmp_path / "project")
    (project / "seeds/corrections.yaml").write_text(ENTRIES, encoding="utf-8")
    (change,) = told(project)[1]["monthly-loans"]["history"]
    assert (change["old"], change["new"]) == (
        "1,200 to 1,400 books a month",
        "1,200 to 1,500 books a month",
    )
    assert (change["done"], change["claim"], change["day"]) == ("Corrected", "report", "2024-03-02")
    assert change["cause"] == 'A slip in <b>copying</b> & "pasting".'


def test_it_says_how_to_cite_it() -> None:
    """Each style's words, and the item for other people's libraries."""
    citation = told(CASES / "small")[1]["opened"]["citation"]
    assert list(citation["styles"]) == ["Chicago", "APA", "ГОСТ Р 7.0.5"]
    assert all(
        "When did the reading room open?" in text and f"{ADDRESS}facts/opened/" in text
        for text in citation["styles"].values()
    )
    assert citation["csl"]["URL"] == f"{ADDRESS}facts/opened/"


def test_the_page_names_its_uses() -> None:
    """The fact's page links the same pages and charts."""
    _, _, site = gather(Options(CASES / "small", CASES / "small" / "site"), Problems())
    page = pages_of(site)["facts/loans-year/index.md"].decode()
    listed = page[page.index("Where it is used") :].partition("</ul>")[0]
    for path in ('href="../../"', 'href="../../about/"', 'href="../../charts/loans-by-year/"'):
        assert path in listed
