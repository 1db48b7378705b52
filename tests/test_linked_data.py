"""What pages say to search engines: read by rdflib, held to the vocabulary that it ships, and equal to the ledger."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from hostile import PAYLOADS
from rdflib import RDF, SDO, Graph, URIRef
from support import CASES, ROOT

from build import gather
from explainer.context import Context
from explainer.exports import linked
from explainer.exports.linked import About
from explainer.options import Options
from explainer.problems import Problems
from explainer.site import Site

ADDRESS = "https://library.example.org/site/"
IRIS = ("url", "license", "contentUrl", "image", "sameAs")
"""What schema.org's own context takes for addresses."""


@cache
def gathered(project: str = "small", address: str = ADDRESS) -> tuple[Context, Site]:
    """A project, with an address of its site."""
    folder = ROOT if project == "real" else CASES / project
    _, context, site = gather(Options(folder, folder / "site", site_url=address or None), Problems())
    return context, site


def records(site: Site) -> dict[str, dict[str, Any]]:
    """What each page says, by its path."""
    heads = {path: data.decode().split("\n---\n")[0] for path, data in site.docs.items() if path.endswith(".md")}
    lines = {path: next((line for line in head.splitlines() if line.startswith("linked: ")), "") for path, head in heads.items()}
    return {path: json.loads(json.loads(line.removeprefix("linked: "))) for path, line in lines.items() if line}


def graph(record: dict[str, Any]) -> Graph:
    """The same as rdflib reads it, with schema.org's context written out, since tests have no network."""
    context = {"@vocab": str(SDO), **{name: {"@type": "@id"} for name in IRIS}}
    return Graph().parse(data=json.dumps({**record, "@context": context}), format="json-ld", publicID=ADDRESS)


@pytest.mark.parametrize("project", ["small", "real"])
def test_every_term_is_schema_orgs(project: str) -> None:
    """Each class and each property of every page's record is in the vocabulary; classes begin with capitals, properties do not."""
    found = records(gathered(project)[1])
    assert len(found) > 9
    for path, record in found.items():
        for _, term, value in graph(record):
            assert term == RDF.type or (str(term).removeprefix(str(SDO)) in SDO and str(term)[len(str(SDO))].islower()), (path, term)
            if term == RDF.type:
                name = str(value).removeprefix(str(SDO))
                assert name in SDO, (path, value)
                assert name[0].isupper(), (path, value)


def test_the_vocabulary_knows_what_it_does_not_have() -> None:
    """The test above can fail: a property that nobody defined is not in it."""
    assert "temporalCoverag" not in SDO
    assert "CorrectionComment" in SDO


def test_each_kind_of_page_has_its_type() -> None:
    """Facts are claims, charts and series are data, prose is an article; each with its own address, licence and sources."""
    context, site = gathered()
    kinds = {path: record["@type"] for path, record in records(site).items()}
    assert kinds["facts/monthly-loans/index.md"] == "Claim"
    assert kinds["facts/loans-year/index.md"] == kinds["charts/loans-by-year/index.md"] == "Dataset"
    assert kinds["index.md"] == kinds["about/index.md"] == "Article"
    assert kinds["sources/report/index.md"] == "CreativeWork", "the document, which has a licence of its own"
    for path, record in ((path, record) for path, record in records(site).items() if not path.startswith("sources/")):
        page = URIRef(f"{ADDRESS}{path.removesuffix('index.md')}")
        made = graph(record)
        assert made.value(page, SDO.license) == URIRef(context.licence.url)
        assert made.value(page, SDO.url) == page
        assert set(made.objects(page, SDO.isBasedOn)) == set(made.objects(page, SDO.citation))


def test_what_is_said_is_the_ledgers() -> None:
    """A claim's text, its voice, its sources and the days that it covers are those of the ledger; a chart names its five downloads."""
    context, site = gathered()
    found = records(site)
    claim, chart = found["facts/monthly-loans/index.md"], found["charts/loans-by-year/index.md"]
    assert claim["text"] == "1,200 to 1,500 books a month"
    assert claim["creditText"] == "The librarians, in their report"
    assert claim["temporalCoverage"] == "2023-01-01/2023-12-31"
    cited = {each["@id"]: each["name"] for each in claim["citation"]}
    assert cited == {context.ledger.sources[name].url: context.ledger.sources[name].title for name in ("report", "courier")}
    assert chart["temporalCoverage"] == "2020-01-01/2023-12-31"
    files = {each["contentUrl"].removeprefix(ADDRESS) for each in chart["distribution"]}
    assert files == {f"data/charts/loans-by-year.{kind}" for kind in ("csv", "xlsx", "json", "svg", "png")}
    assert claim["dateModified"] == "2024-06-01"


def test_prose_names_its_sources_by_pages_that_say_what_they_are() -> None:
    """Each source that a page of prose cites is an address of this site, whose record has the document's title, publisher, day and address."""
    context, site = gathered()
    found = records(site)
    cited = [each["@id"].removeprefix(ADDRESS) for each in found["index.md"]["citation"]]
    assert cited == [f"sources/{name}/" for name in ("report", "courier")]
    for path in cited:
        source, page = context.ledger.sources[path.split("/")[1]], URIRef(f"{ADDRESS}{path}")
        made = graph(found[f"{path}index.md"])
        assert made.value(page, RDF.type) == SDO.CreativeWork
        assert [str(made.value(page, term)) for term in (SDO.name, SDO.inLanguage)] == [source.title, source.language]
        assert str(made.value(made.value(page, SDO.publisher), SDO.name)) == source.publisher
        assert made.value(page, SDO.sameAs) == URIRef(source.url or "")
        assert str(made.value(page, SDO.datePublished)) == str(source.issued)


def test_a_day_that_is_not_known_is_not_said() -> None:
    """A source's day goes into its record where it is certain and one; "about" and spells are left to the page."""
    context, site = gathered("real")
    said = {path: record.get("datePublished") for path, record in records(site).items() if path.startswith("sources/")}
    assert len(said) == len(context.ledger.sources)
    for path, day in said.items():
        issued = str(context.ledger.sources[path.split("/")[1]].issued)
        assert day == (issued if issued.replace("-", "").isdigit() else None), path


def test_without_an_address_links_are_relative() -> None:
    """Where the build was not told the address, nothing in the records invents one."""
    for path, record in records(gathered(address="")[1]).items():
        assert record["url"].startswith("."), path


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_no_word_ends_the_element(payload: str) -> None:
    """Whatever a title holds, the record has no mark that ends a script or opens a tag, and reads back as it was written."""
    about = About("about/", "../", payload, payload, "en", ["report"])
    text = linked.article_of(gathered()[0], about, "cards/about.png")
    assert not set(text) & set("<>&")
    assert json.loads(text)["name"] == payload
