"""Claims that agree: they are one answer with several sources, and no page, file or language calls that a disagreement."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, copy_small, run
from test_early_years import catalogues
from test_quantities import amounts
from test_rivals import fact

from explainer.model.ledger import Ledger
from explainer.model.records import Claim
from explainer.model.rivals import camps, conflicts
from explainer.publish.answers import AnswerView, Views
from explainer.publish.wording import Wording

DISAGREE = re.compile(r"disagree|расход|розход", re.IGNORECASE)
LANGUAGES = ("en", "ru", "uk")


def answer(
    *claims: dict[str, Any], language: str = "en", unit: str | None = "people"
) -> AnswerView:
    """What a fact with these claims comes to; nobody has ranked them."""
    told = [
        {"said_by": name, **claim}
        for name, claim in zip(("Town", "County", "Region", "State"), claims, strict=False)
    ]
    holder = fact(*told, unit=unit)
    return Views(
        Ledger(facts={"x": holder}, language=language), Wording(catalogues()[language])
    ).answer(holder)


SAME: dict[str, list[dict[str, Any]]] = {
    "the same amount": [{"value": "35000", "period": "2024"}, {"value": "35000", "period": "2024"}],
    "three with the same amount": [{"value": "1.5"}, {"value": "1.50"}, {"value": "1.5"}],
    "the same range": [{"value": "30..40"}, {"value": "30..40"}],
    "the same bound": [{"value": "over 300000"}, {"value": "over 300000"}],
    "the same day": [{"date": "1998-05-04"}, {"date": "1998-05-04"}],
    "the same year before the year 1": [{"date": "-0043"}, {"date": "-0043"}],
    "the same statement": [{"text": "Nobody left."}, {"text": "Nobody left."}],
    "below zero": [{"value": "-4"}, {"value": "-4"}],
}
SEVERAL: dict[str, list[dict[str, Any]]] = {
    "about": [{"value": "35000"}, {"value": "about 35000"}],
    "over": [{"value": "over 30000"}, {"value": "35000"}],
    "touching ranges": [{"value": "10..20"}, {"value": "20..30"}],
    "overlapping ranges": [{"value": "10..20"}, {"value": "15..30"}],
    "a range that holds it": [{"value": "up to 20"}, {"value": "15"}],
    "a day in a month": [{"date": "1998-05-04"}, {"date": "1998-05"}],
    "other years": [{"value": "10", "period": "2023"}, {"value": "12", "period": "2024"}],
    "other counting rules": [
        {"value": "10", "definition": "a"},
        {"value": "12", "definition": "b"},
    ],
    "a part and its whole": [
        {"value": "10", "period": "2024-01/2024-06"},
        {"value": "19", "period": "2024"},
    ],
    "statements that nobody set against each other": [
        {"text": "It rained."},
        {"text": "People left."},
    ],
    "six that leave room": [
        {"value": "about 35000"},
        {"value": "over 30000"},
        {"value": "up to 40000"},
        {"value": "34000..36000"},
    ],
}
SPREAD: dict[str, list[dict[str, Any]]] = {
    "other amounts": [{"value": "35000"}, {"value": "40000"}],
    "a bound that leaves its end out": [{"value": "over 30"}, {"value": "30"}],
    "under where a range begins": [{"value": "under 30"}, {"value": "30..40"}],
    "other days": [{"date": "1998-05-04"}, {"date": "1998-05-05"}],
    "two of three agree": [{"value": "35000"}, {"value": "35000"}, {"value": "40000"}],
    "statements called disputed": [
        {"text": "Yes.", "standing": "disputed"},
        {"text": "No.", "standing": "disputed"},
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAME)
def test_claims_that_say_the_same_are_one_answer(name: str, language: str) -> None:
    """One text, printed once, with the voices of all, as their kind of statement and as no disagreement."""
    claims = [{**claim, "kind": "official-statement"} for claim in SAME[name]]
    found = answer(*claims, language=language, unit=None if "value" not in claims[0] else "people")
    alone = answer(
        claims[0], language=language, unit=None if "value" not in claims[0] else "people"
    )
    assert (found.state, found.text, found.unit, found.machine, found.kind) == (
        "one",
        alone.text,
        alone.unit,
        alone.machine,
        alone.kind,
    )
    assert found.voice.split("; ") == ["Town", "County", "Region"][: len(claims)]
    assert len(found.claims) == len(claims)
    assert not found.disputed
    assert not DISAGREE.search(f"{found.label} {found.kind}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SEVERAL)
def test_claims_that_leave_room_for_each_other_are_told_beside_each_other(
    name: str, language: str
) -> None:
    """Each says what it says, and the word disagree is not there."""
    found = answer(
        *SEVERAL[name], language=language, unit="people" if "value" in SEVERAL[name][0] else None
    )
    assert found.state == "several"
    assert not found.disputed
    assert not DISAGREE.search(f"{found.label} {found.kind} {found.voice}")
    if len(found.claims) == 2:
        assert all(view.said.removesuffix(".") in found.text for view in found.claims), found.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SPREAD)
def test_claims_that_contradict_each_other_are_called_so(name: str, language: str) -> None:
    """Where no value satisfies two claims, or their author declares it, the disagreement is told."""
    found = answer(
        *SPREAD[name], language=language, unit="people" if "value" in SPREAD[name][0] else None
    )
    assert (found.state, found.disputed) == ("spread", True)
    assert DISAGREE.search(found.label)


def test_figures_for_different_years_say_which() -> None:
    """Two figures for two years carry their years."""
    assert answer(*SEVERAL["other years"]).text == "10 (2023) or 12 (2024)"
    assert (
        answer({"value": "10", "period": "2023"}, {"value": "10", "period": "2024"}).text
        == "10 (2023) or 10 (2024)"
    )


def test_the_disagreement_is_told_between_those_who_agree() -> None:
    """Of three claims of which two agree, the two stand together against the third."""
    assert answer(*SPREAD["two of three agree"]).voice == "35,000: Town, County; 40,000: Region"
    near = answer({"value": "35000"}, {"value": "about 35000"}, {"value": "40000"})
    assert near.voice == "35,000 or about 35,000: Town, County; 40,000: Region"
    bystander = answer({"value": "35000"}, {"value": "over 30000"}, {"value": "40000"})
    assert (
        bystander.voice == "Town; County; Region"
    )  # the second agrees with either, and stands with neither


@given(st.lists(amounts, min_size=1, max_size=5))
def test_no_two_of_a_camp_contradict_each_other(values: list[Any]) -> None:
    """Each claim stands in exactly one camp; within one, some value satisfies each two; two camps of one fact differ in their rivals."""
    holder = fact(*({"value": str(value)} for value in values))
    ledger = Ledger(facts={"x": holder})
    groups = camps(ledger, holder)
    assert sorted(entry.claim.id for group in groups for entry in group) == sorted(
        claim.id for claim in holder.claims
    )
    for group in groups:
        assert all(
            a.claim.value.allows_same(b.claim.value)
            for a in group
            for b in group
            if a.claim.value and b.claim.value
        )
    assert bool(conflicts(ledger, holder)) == any(
        not a.allows_same(b) for a in values for b in values
    )


def test_what_an_author_declares_is_a_disagreement_only_of_claims_that_differ() -> None:
    """Two claims that are called disputed and say the same do not contradict each other; two at different times neither."""
    for claims, wanted in [
        ([{"value": "5"}, {"value": "5"}], 0),
        ([{"value": "5", "definition": "a"}, {"value": "6", "definition": "b"}], 1),
        ([{"text": "A."}, {"text": "A."}], 0),
        ([{"text": "A."}, {"text": "B."}], 1),
        ([{"text": "A.", "period": "2023"}, {"text": "B.", "period": "2024"}], 0),
    ]:
        holder = fact(*({"standing": "disputed", **claim} for claim in claims), unit=None)
        assert len(conflicts(Ledger(facts={"x": holder}), holder)) == wanted, claims


CLAIM = """    - id: {id}
      value: {value}
      period: '2024'
      said_by: {who}
      kind: official-statement
      standing: confirmed{more}
      evidence: [{{source: {source}, stance: supports, locator: '{value} people left', says: Tells of it.}}]
"""


def site(folder: Path, *values: str, more: str = "") -> Path:
    """The small project's site with a fact of some claims, its number in prose, in figures, in a note and in an explicit dispute."""
    project = copy_small(folder / "project")
    head = "- id: left\n  question: How many left?\n  unit: people\n  as_of: '2024-02-01'\n  review_by: '2025-02-01'\n  claims:\n"
    voices = [
        ("town", "Town", "courier"),
        ("county", "County", "report"),
        ("region", "Region", "courier"),
    ]
    claims = [
        CLAIM.format(id=i, value=v, who=w, source=s, more=more)
        for (i, w, s), v in zip(voices, values, strict=False)
    ]
    (project / "seeds/facts/left.yaml").write_text(head + "".join(claims), encoding="utf-8")
    page = (
        "---\ntitle: A page\ndescription: About them.\n---\n\n# A page\n\n"
        'In all {{ fact("left", show="unit") }} left.{{ cite("left") }}\n\n{{ figures("left") }}\n\n{{ dispute("left") }}\n'
    )
    (project / "site_src/extra.md").write_text(page, encoding="utf-8")
    with (project / "site_src/index.md").open("a", encoding="utf-8") as first:
        first.write("\n[A page](extra.md)\n")
    done = run(
        "--project",
        project,
        "--output",
        project / "site",
        "--quiet",
        "--site-url",
        "https://x.example.org/",
    )
    assert done.code == 0, done.said
    return project / "site"


def block_of(text: str) -> str:
    """The summary of the fold on a page."""
    found = re.search(r'<details class="dispute">.*?</summary>', text, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found.group()).strip() if found else ""


def test_a_whole_site_tells_two_that_agree_as_one_answer(tmp_path: Path) -> None:
    """In prose, notes, folds, the fact's page, JSON, lists for machines, structured data, citations and the index of the search."""
    made = site(tmp_path, "35000", "35000")
    record = json.loads((made / "facts/left.json").read_text(encoding="utf-8"))
    assert (record["answer"]["state"], record["answer"]["text"], record["answer"]["value"]) == (
        "one",
        "35,000",
        "35000",
    )
    assert record["rivals"] == []
    page, prose = (
        (made / name).read_text(encoding="utf-8")
        for name in ("facts/left/index.html", "extra/index.html")
    )
    for text in (page, prose, json.dumps(record)):
        assert not re.search("sources disagree", text, re.IGNORECASE)
    assert "official claim</span> Town; County" in page
    assert block_of(prose).startswith("What the sources say")
    said = next(
        line
        for line in (made / "llms.txt").read_text(encoding="utf-8").splitlines()
        if "How many left" in line
    )
    assert "35,000 people (official claim: Town; County)" in said
    linked = json.loads(
        re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0]
    )
    assert linked["abstract"] == "35,000 people (official claim: Town; County)"
    assert [each["author"]["name"] for each in linked["mainEntity"]] == ["Town", "County"]


def test_a_whole_site_tells_the_disagreement_between_those_who_agree(tmp_path: Path) -> None:
    """Two against one: the fold names the two together, and the record calls it a spread."""
    made = site(
        tmp_path, "35000", "35000", "40000", more="\n      rank: normal\n      why: Nobody knows."
    )
    assert (
        json.loads((made / "facts/left.json").read_text(encoding="utf-8"))["answer"]["state"]
        == "spread"
    )
    text = (made / "extra/index.html").read_text(encoding="utf-8")
    assert (
        block_of(text)
        == "Sources disagree 35,000 people (Town, County) against 40,000 people (Region)"
    )


def test_the_first_explainer_calls_only_real_contradictions_disagreements() -> None:
    """Each fact that it prints as a spread has two claims that stand and that nobody can believe at once, or that are declared so."""
    from explainer.common.problems import Problems  # noqa: PLC0415
    from explainer.read.files import Folder  # noqa: PLC0415
    from explainer.read.ledger import parse_ledger  # noqa: PLC0415

    ledger = parse_ledger(Folder(ROOT), Problems())
    views = Views(ledger, Wording())
    spreads = [each for each in ledger.facts.values() if views.answer(each).state == "spread"]
    assert spreads
    for each in spreads:
        standing = {
            claim.id
            for claim in each.claims
            if isinstance(claim, Claim) and claim.rank != "deprecated"
        }
        assert any({a.claim.id, b.claim.id} <= standing for a, b in conflicts(ledger, each)), (
            each.id
        )
