"""What pages say to search engines: read by rdflib, held to the vocabulary that it ships, and equal to the ledger."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile import PAYLOADS
from rdflib import RDF, SDO, Graph, URIRef
from support import CASES, ROOT, copy_small, gathered, pages_of, replace

from build import gather
from explainer.common.problems import Problems
from explainer.options import Options
from explainer.render.context import Context
from explainer.render.exports import json_ld
from explainer.render.exports.json_ld import PageMetadata
from explainer.render.site import Site

ADDRESS = "https://library.example.org/site/"
IRIS = ("url", "license", "contentUrl", "image", "sameAs")
"""What schema.org's own context takes for addresses."""


def worked_out(project: str = "small", address: str = ADDRESS) -> tuple[Context, Site]:
    """A project, with an address of its site."""
    return gathered(
        ROOT if project == "real" else ROOT / project if "/" in project else CASES / project,
        address,
    )


def records(site: Site) -> dict[str, dict[str, Any]]:
    """What each page says, by its path."""
    heads = {
        path: data.decode().split("\n---\n")[0]
        for path, data in pages_of(site).items()
        if path.endswith(".md")
    }
    lines = {
        path: next((line for line in head.splitlines() if line.startswith("linked: ")), "")
        for path, head in heads.items()
    }
    return {
        path: json.loads(json.loads(line.removeprefix("linked: ")))
        for path, line in lines.items()
        if line
    }


def graph(record: dict[str, Any]) -> Graph:
    """The same as rdflib reads it, with schema.org's context written out, since tests have no network."""
    context = {"@vocab": str(SDO), **{name: {"@type": "@id"} for name in IRIS}}
    return Graph().parse(
        data=json.dumps({**record, "@context": context}), format="json-ld", publicID=ADDRESS
    )


@pytest.mark.parametrize("project", ["small", "real"])
def test_every_term_is_schema_orgs(project: str) -> None:
    """Each class and each property of every page's record is in the vocabulary; classes begin with capitals, properties do not."""
    found = records(worked_out(project)[1])
    assert len(found) > 9
    for path, record in found.items():
        for _, term, value in graph(record):
            assert term == RDF.type or (
                str(term).removeprefix(str(SDO)) in SDO and str(term)[len(str(SDO))].islower()
            ), (path, term)
            if term == RDF.type:
                name = str(value).removeprefix(str(SDO))
                assert name in SDO, (path, value)
                assert name[0].isupper(), (path, value)


def test_the_vocabulary_knows_what_it_does_not_have() -> None:
    """The test above can fail: a property that nobody defined is not in it."""
    assert "temporalCoverag" not in SDO
    assert "CorrectionComment" in SDO


def things(record: object) -> Iterator[dict[str, Any]]:
    """Every thing that a record describes or names, at any depth."""
    for each in (
        record.values() if isinstance(record, dict) else record if isinstance(record, list) else ()
    ):
        yield from things(each)
    if isinstance(record, dict):
        yield record


def claims(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The claims that a page makes known."""
    return [each for each in things(record) if each.get("@type") == "Claim"]


def test_each_kind_of_page_has_its_type() -> None:
    """Charts and series are data, prose is an article, other pages are pages; each with its own address, licence, author and day."""
    context, site = worked_out()
    kinds = {path: record["@type"] for path, record in records(site).items()}
    assert kinds.keys() == {path for path in pages_of(site) if path.endswith(".md")}
    assert kinds["facts/loans-year/index.md"] == kinds["charts/loans-by-year/index.md"] == "Dataset"
    assert kinds["index.md"] == kinds["about/index.md"] == "Article"
    assert {
        kinds[path]
        for path in ("facts/monthly-loans/index.md", "sources/report/index.md", "glossary/index.md")
    } == {"WebPage"}
    for path, record in records(site).items():
        page = URIRef(f"{ADDRESS}{path.removesuffix('index.md')}")
        made = graph(record)
        assert made.value(page, SDO.license) == URIRef(context.licence.url)
        assert made.value(page, SDO.url) == page
        assert str(made.value(made.value(page, SDO.author), SDO.name)) == context.site_name
        assert (
            made.value(page, SDO.author)
            == made.value(page, SDO.publisher)
            == URIRef(f"{ADDRESS}#publisher")
        )
        assert made.value(page, SDO.dateModified)
        assert set(made.objects(page, SDO.isBasedOn)) == set(made.objects(page, SDO.citation))


def test_what_is_said_is_the_ledgers() -> None:
    """A fact's answer, its sources and the days that it covers are those of the ledger; a chart names its five downloads."""
    context, site = worked_out()
    found = records(site)
    fact, chart = found["facts/monthly-loans/index.md"], found["charts/loans-by-year/index.md"]
    assert fact["mainEntity"]["text"] == "1,200 to 1,500 books a month"
    assert fact["mainEntity"]["creditText"] == "The librarians, in their report"
    assert fact["temporalCoverage"] == "2023-01-01/2023-12-31"
    cited = {each["@id"]: each["name"] for each in fact["citation"]}
    assert cited == {
        context.ledger.sources[name].url: context.ledger.sources[name].title
        for name in ("report", "courier")
    }
    assert chart["temporalCoverage"] == "2020-01-01/2023-12-31"
    files = {each["contentUrl"].removeprefix(ADDRESS) for each in chart["distribution"]}
    assert files == {
        f"data/charts/loans-by-year.{kind}" for kind in ("csv", "xlsx", "json", "svg", "png")
    }


@pytest.mark.parametrize("project", ["small", "real", "examples/bicycles"])
def test_each_claim_is_its_own(project: str) -> None:
    """A fact's page has one Claim for each claim of the ledger, at its anchor, with its own value in words and unit, its own speaker and
    the documents in which it appears; what was worked out here is one more, and ours.
    """
    context, site = worked_out(project)
    found = records(site)
    for fact in context.ledger.facts.values():
        page = f"{ADDRESS}facts/{fact.id}/"
        said = {each["@id"]: each for each in claims(found[f"facts/{fact.id}/index.md"])}
        entries = {f"{page}#{entry.claim.id}": entry for entry in context.ledger.entries(fact)}
        assert said.keys() == (entries.keys() or {f"{page}#answer"})
        for name, entry in entries.items():
            view, claim = context.views.claim(entry), entry.claim
            assert said[name]["text"] == f"{view.said} {view.unit}".strip() != ""
            speaker = (
                claim.said_by or claim.reported_by or (context.site_name if claim.derived else None)
            )
            assert said[name].get("author", {}).get("name") == speaker
            shown = [each["@id"] for each in said[name].get("appearance", ())]
            sources = dict.fromkeys(item.source for item in claim.supports)
            assert shown == [
                context.ledger.sources[each].url or f"{ADDRESS}sources/{each}/#work"
                for each in sources
            ]
        if not entries:
            answer = context.views.answer(fact)
            assert said[f"{page}#answer"]["text"] == f"{answer.text} {answer.unit}".strip()
            assert said[f"{page}#answer"]["author"]["name"] == context.site_name


def test_what_answers_a_question_is_the_page_s_subject() -> None:
    """The preferred claim is what a fact's page is about and its rivals are parts of it; where none is preferred, it is about all."""
    context, site = worked_out("real")
    found = records(site)
    states = set()
    for fact in context.ledger.facts.values():
        record, answer = found[f"facts/{fact.id}/index.md"], context.views.answer(fact)
        main = (
            record["mainEntity"]
            if isinstance(record["mainEntity"], list)
            else [record["mainEntity"]]
        )
        wanted = [claim.anchor for claim in answer.claims] or ["answer"]
        assert [each["@id"].partition("#")[2] for each in main] == wanted
        assert record["abstract"].startswith(answer.text)
        states.add((answer.state, bool(record.get("hasPart"))))
    assert {("one", True), ("spread", False), ("derived", False)} <= states


@pytest.mark.parametrize("project", ["small", "real", "examples/bicycles"])
def test_a_thing_has_one_id(project: str) -> None:
    """Across a site no id stands for two names, and no document, publisher or site is named by two ids."""
    context, site = worked_out(project)
    names: dict[str, set[tuple[str, str]]] = {}
    pages = {
        path: record
        for path, record in records(site).items()
        if not path.startswith(tuple(f"{each}/" for each in ("ru", "uk", "en")))
    }
    for record in pages.values():
        for thing in things(record):
            if "@id" in thing and "name" in thing:
                names.setdefault(thing["@id"], set()).add((thing["@type"], thing["name"]))
    assert all(len(each) == 1 for each in names.values())
    for source in context.ledger.sources.values():
        work = pages[f"sources/{source.id}/index.md"]["mainEntity"]
        assert work["@id"] == (source.url or f"{ADDRESS}sources/{source.id}/#work")
        assert f"{ADDRESS}sources/{source.id}/" not in {
            each["@id"] for each in (pages["index.md"].get("citation") or ())
        }
    for kind in ("Organization", "WebSite"):
        assert len({name for name, said in names.items() if next(iter(said))[0] == kind}) == 1


def test_documents_at_one_address_are_two_things(tmp_path: Path) -> None:
    """Where two sources have the same address, it names neither; where each has its own, it names it."""
    project = copy_small(tmp_path / "project")
    first, second = (project / f"seeds/sources/{name}.yaml" for name in ("library", "press"))
    address, other = (
        re.findall(r"url: (\S+)", path.read_text(encoding="utf-8"))[0] for path in (first, second)
    )
    replace(second, other, address)
    _, context, site = gather(Options(project, project / "site", site_url=ADDRESS), Problems())
    found = records(site)
    shared = [each.id for each in context.ledger.sources.values() if each.url == address.strip("'")]
    assert len(shared) == 2
    for name in shared:
        assert (
            found[f"sources/{name}/index.md"]["mainEntity"]["@id"]
            == f"{ADDRESS}sources/{name}/#work"
        )


def test_a_source_s_page_is_ours_and_the_document_its_publisher_s() -> None:
    """The page has our publisher and day; the document that it is about has its own title, publisher, language, day and address."""
    context, site = worked_out()
    found = records(site)
    cited = [each["@id"] for each in found["index.md"]["citation"]]
    assert cited == [context.ledger.sources[name].url for name in ("report", "courier")]
    for name in ("report", "courier"):
        source, page = context.ledger.sources[name], URIRef(f"{ADDRESS}sources/{name}/")
        made = graph(found[f"sources/{name}/index.md"])
        work = made.value(page, SDO.mainEntity)
        assert work == URIRef(source.url or "")
        assert made.value(page, RDF.type) == SDO.WebPage
        assert str(made.value(made.value(page, SDO.publisher), SDO.name)) == context.site_name
        assert made.value(work, RDF.type) == SDO.CreativeWork
        assert [str(made.value(work, term)) for term in (SDO.name, SDO.inLanguage)] == [
            source.title,
            source.language,
        ]
        assert str(made.value(made.value(work, SDO.publisher), SDO.name)) == source.publisher
        assert made.value(work, SDO.url) == URIRef(source.url or "")
        assert str(made.value(work, SDO.datePublished)) == str(source.issued)


def test_a_day_that_is_not_known_is_not_said() -> None:
    """A source's day goes into its record where it is certain and one; "about" and spells are left to the page."""
    context, site = worked_out("real")
    said = {path: record["mainEntity"].get("datePublished") for path, record in records(site).items() if path.count("/") == 2
            and path.startswith("sources/")}  # fmt: skip
    assert len(said) == len(context.ledger.sources)
    for path, day in said.items():
        issued = str(context.ledger.sources[path.split("/")[1]].issued)
        assert day == (issued if issued.replace("-", "").isdigit() else None), path


def test_without_an_address_links_are_relative() -> None:
    """Where the build was not told the address, nothing in the records invents one."""
    for path, record in records(worked_out(address="")[1]).items():
        assert record["url"].startswith("."), path


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_no_word_ends_the_element(payload: str) -> None:
    """Whatever a title holds, the record has no mark that ends a script or opens a tag, and reads back as it was written."""
    about = PageMetadata("about/", "../", payload, payload, "en", sources=["report"])
    text = json_ld.article_of(worked_out()[0], about)
    assert not set(text) & set("<>&")
    assert json.loads(text)["name"] == payload
