"""One claim entered twice: found by source, speaker, value, day and words, whatever is coded differently; two claims never are."""

from __future__ import annotations

import re
from typing import Any

import pytest

from explainer.check.rules.duplicate_claims import check
from explainer.check.support.twice import entered_twice
from explainer.model.ledger import Ledger
from explainer.model.records import Fact, Series, Source

HEAD = {"as_of": "2024", "review_by": "2025"}
WORDS = "In that year 35,000 people left the city."
SOURCES = {
    name: Source.model_validate(
        {
            "id": name,
            "type": "report",
            "title": name,
            "publisher": name,
            "language": "en",
            "read": "excerpt",
        }
    )
    for name in ("one", "other")
}


def claim(words: str = WORDS, **more: Any) -> dict[str, Any]:
    """A claim of 35,000 by the town, with the words of its source."""
    key = "locator" if len(words.split()) <= 8 else "quote"
    evidence = [{"source": more.pop("source", "one"), "stance": "supports", key: words}]
    told = {
        "value": "35000",
        "period": "2024",
        "said_by": "Town",
        "said_on": "2025-01-07",
        "kind": "official-statement",
        **more,
    }
    return {
        "id": "c",
        **{key: value for key, value in told.items() if value is not None},
        "evidence": evidence,
    }


def bare(**more: Any) -> dict[str, Any]:
    """The same claim, with an account of our own and no words of the source."""
    return {
        **claim(**more),
        "evidence": [{"source": "one", "stance": "supports", "says": "It gives 35,000."}],
    }


def fact(name: str, record: dict[str, Any], **more: Any) -> Fact:
    """A fact with one claim."""
    return Fact.model_validate(
        {"id": name, "question": "?", "unit": "people", **HEAD, **more, "claims": [record]}
    )


def series(name: str, *records: dict[str, Any], **more: Any) -> Series:
    """A series of main points."""
    points = [{**record, "show": "main"} for record in records]
    return Series.model_validate(
        {
            "id": name,
            "title": "?",
            "unit": "people",
            "x": "period",
            **HEAD,
            **more,
            "points": points,
        }
    )


def ledger(*holders: Fact | Series) -> Ledger:
    """A ledger of some facts and series."""
    facts, others = (
        {each.id: each for each in holders if isinstance(each, kind)} for kind in (Fact, Series)
    )
    return Ledger(sources=SOURCES, facts=facts, series=others)  # type: ignore[arg-type]


def told(*holders: Fact | Series) -> list[str]:
    """What the rule says of them."""
    return [problem.message for problem in check(ledger(*holders))]


DIFFERING: dict[str, tuple[Fact | Series, Fact | Series, str]] = {
    "the unit": (fact("a", claim()), series("b", claim(), unit="people/year"), "unit 'people/year' and 'people'"),
    "the form": (fact("a", claim()), series("b", claim(value="about 35000")), "value 'about 35000' and '35000'"),
    "the width": (fact("a", claim(value="about 35000")), fact("b", claim(value="about 35000 ±5")), "'about 35000 ±5'"),
    "the counting rule": (fact("a", claim(definition="x")), series("b", claim(), definition="y"), "definition 'y' and 'x'"),
    "a counting rule in one": (fact("a", claim()), series("b", claim(), definition="y"), "definition 'y' and none"),
    "the kind": (fact("a", claim()), fact("b", claim(kind="media-report")), "kind 'official-statement' and 'media-report'"),
    "the period": (series("a", claim()), series("b", claim(period="2023")), "period '2024' and '2023'"),
    "the region": (series("a", claim(region="North")), series("b", claim(region="South")), "region 'North' and 'South'"),
    "the basis": (series("a", claim(basis="mean")), series("b", claim()), "basis 'mean' and none"),
    "a longer quote": (fact("a", claim()), fact("b", claim(f"They say: {WORDS} It was much.", kind="analysis")), "kind"),
    "a part of the words": (fact("a", claim()), fact("b", claim("year 35,000 people left", kind="analysis")), "kind"),
    "words that overlap": (fact("a", claim("Then 35,000 people left")), fact("b", claim("35,000 people left us", kind="analysis")), "kind"),
    "other signs": (fact("a", claim()), fact("b", claim("in that year 35,000 people left the city!", kind="analysis")), "kind"),
    "no day in one": (fact("a", claim()), fact("b", claim(said_on=None, kind="analysis")), "kind"),
    "an office": (fact("a", claim()), fact("b", claim(said_by="Town, by its mayor", kind="analysis")), "kind"),
    "no words beside one": (fact("a", claim()), fact("b", bare(kind="analysis")), "kind"),
    "no words beside either": (fact("a", bare()), fact("b", bare(value="about 35000")), "value"),
    "a day that was vague": (
        fact("a", claim("opened on 7 July 2025", value=None, date="2025-07-07"), unit=None),
        fact("b", claim("opened on 7 July 2025", value=None, date="2025-07-07~"), unit=None), "date '2025-07-07' and '2025-07-07~'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DIFFERING)
def test_one_claim_coded_in_two_ways_is_found(name: str) -> None:
    """Whatever differs is named with both values, and both claims are."""
    first, second, said = DIFFERING[name]
    (message,) = told(first, second)
    assert said in message
    assert re.search(r"'[ab]:c' \(.*\) and '[ab]:c' are one claim", message)


APART: dict[str, tuple[Fact | Series, ...]] = {
    "coded alike": (fact("a", claim()), series("b", claim())),
    "the same spell": (fact("a", claim()), series("b", claim(period="2024-01/2024-12"))),
    "a question that names its time": (fact("a", claim(period=None)), series("b", claim())),
    "how it stands": (fact("a", claim(standing="disputed")), series("b", claim(standing="confirmed"))),
    "two sources": (fact("a", claim()), fact("b", claim(source="other", kind="analysis"))),
    "two speakers": (fact("a", claim()), fact("b", claim(said_by="County", kind="analysis"))),
    "two days": (fact("a", claim()), fact("b", claim(said_on="2025-02-07", kind="analysis"))),
    "two tables": (series("a", claim("35,000 people left in 2023", period="2023")), series("b", claim("35,000 people left in 2024"))),
    "rows of a table": (fact("a", claim("North: 35,000 people", kind="analysis")), fact("b", claim("South: 35,000 people"))),
    "twice in the words": (
        series("a", claim("35,000 people left and 35,000 people came in.", period="2023")),
        series("b", claim("35,000 people left and 35,000 people came in.")),
    ),
    "two months in one phrase": (
        series("a", claim("35,000 people in May and June", period="2024-05")),
        series("b", {**claim("35,000 people in May and June", period="2024-06"), "id": "june"},
               claim("35,000 people in May and June", period="2024-05")),
    ),
    "another number": (fact("a", claim()), fact("b", claim("35,000 to 40,000 people left", value="35000..40000", kind="analysis"))),
    "a day in one alone, and no words": (fact("a", claim(said_on=None)), fact("b", bare(kind="analysis"))),
}  # fmt: skip


@pytest.mark.parametrize("name", APART)
def test_two_claims_are_not_called_one(name: str) -> None:
    """Sources, speakers, days and words tell claims apart, and what is judged for each question is no difference."""
    assert told(*APART[name]) == []


def test_many_claims_with_the_same_words_take_no_longer_than_they_are_many() -> None:
    """A thousand facts that say the same are a thousand pairs, not half a million."""
    facts = [
        fact(f"f{number}", claim(kind="analysis" if number else None)) for number in range(1000)
    ]
    assert len(list(entered_twice(ledger(*facts)))) == 999
    words = [
        fact(f"f{number}", claim(f"year {number}: then 35,000 people left the city {number}"))
        for number in range(1000)
    ]
    assert len(list(entered_twice(ledger(*words)))) == 0
