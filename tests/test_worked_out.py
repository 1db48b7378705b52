"""What is worked out, as a site prints it: digits, units, percentage points, and the words that tell how it came about."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from support import copy_small, run

EVIDENCE = {
    "source": "courier",
    "stance": "supports",
    "locator": "told on the page",
    "says": "Stands for any source.",
}
ABOUT = {"as_of": "2024-02-01", "review_by": "2034-02-01", "topic": "Loans"}
RATE = "injuries per 10,000 workers"


def series(name: str, unit: str, points: dict[str, str], **more: object) -> dict[str, object]:
    """A series whose points are all of 2015, each of its own region."""
    made = [
        {"id": key, "value": value, "period": "2015", "region": key.title(), "show": "main", "said_by": "An office",
         "kind": "official-statement", "evidence": [dict(EVIDENCE)]}
        for key, value in points.items()
    ]  # fmt: skip
    return {
        "id": name,
        "title": f"The {name}",
        "unit": unit,
        "x": "period",
        **ABOUT,
        **more,
        "points": made,
    }


def fact(name: str, unit: str | None = None, **more: object) -> dict[str, object]:
    """A fact that is worked out."""
    head = {
        "id": name,
        "question": f"What is the {name.replace('-', ' ')}?",
        **({"unit": unit} if unit else {}),
    }
    return {**head, **ABOUT, **more}


SERIES = [
    series("injuries", RATE, {"kansas": "1.3", "utah": "0.1", "ohio": "1.0", "iowa": "1"}),
    series("warming", "degrees", {"late": "1.1692", "early": "-0.1992", "never": "-0"}),
    series("deaths", "people", {"women": "18010", "all": "61672"}),
    series("shares", "percent", {"now": "5", "then": "4", "lost": "2.2"}),
    series("money", "roubles", {"all": "1000000000000"}),
]
FACTS = [
    fact(
        "times-as-many", compares={"how": "ratio", "of": "injuries:kansas", "to": "injuries:utah"}
    ),
    fact(
        "share-of-women",
        "percent",
        compares={"how": "share", "of": "deaths:women", "to": "deaths:all"},
    ),
    fact(
        "exact-share",
        "percent",
        digits=3,
        compares={"how": "share", "of": "deaths:women", "to": "deaths:all"},
    ),
    fact("warming-since", "degrees", derived="warming:late - warming:early"),
    fact("warming-in-short", "degrees", derived="warming:late - warming:early", digits=2),
    fact("rise", "percentage points", derived="shares:now - shares:then"),
]


def project(folder: Path, facts: list[dict[str, object]] = FACTS) -> Path:
    """The small project with the series and facts above, all called on its first page."""
    copy_small(folder)
    for room, records in (("series", SERIES), ("facts", facts)):
        text = yaml.dump(records, allow_unicode=True, sort_keys=False, width=1000)
        (folder / "seeds" / room / "worked-out.yaml").write_text(text, encoding="utf-8")
    definitions = folder / "seeds" / "definitions.yaml"
    known = yaml.safe_load(definitions.read_text(encoding="utf-8")) or {}
    nouns = [
        {"one": "degree", "many": "degrees"},
        {"one": "injury per 10,000 workers", "many": RATE},
    ]
    known["units"] = [*known.get("units", []), *nouns]
    definitions.write_text(yaml.dump(known, allow_unicode=True, sort_keys=False), encoding="utf-8")
    called = [str(each["id"]) for each in facts]
    points = [(each["id"], point["id"]) for each in SERIES for point in each["points"]]  # type: ignore[attr-defined]
    lines = [f'It is {{{{ fact("{name}", show="unit") }}}}.' for name in called]
    lines += [
        f'It is {{{{ fact("{name}", claim="{claim}", show="unit") }}}}.' for name, claim in points
    ]
    figures = '{{ figures("shares:lost", "injuries:ohio", "share-of-women") }}'
    with (folder / "site_src" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\n\n" + "\n\n".join([*lines, figures]) + "\n")
    return folder


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("worked")
    done = run(
        "--project",
        project(folder / "project"),
        "--output",
        folder / "site",
        "--engine",
        request.param,
    )
    assert done.code == 0, done.said
    return folder / "site"


def said(site: Path, path: str) -> str:
    """The words of a page."""
    page = (site / path).read_text(encoding="utf-8")
    return " ".join(
        re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
        .replace("\xa0", " ")
        .split()
    )


@pytest.mark.parametrize(
    "words",
    [
        "It is 13", "29.2 percent", "29.203 percent", "1.3684 degrees", "1.37 degrees", "1 percentage point", "1.0 injuries per 10,000 workers",
        "1 injury per 10,000 workers", "1 trillion roubles", "0 degrees", "−0.1992 degrees", "2.2 percent",
    ],
)  # fmt: skip
def test_pages_print_the_digits_and_units_that_are_borne(site: Path, words: str) -> None:
    """No digit is lost or made up, and the unit agrees with the number."""
    assert re.search(
        rf"(?<![\d.,]){re.escape(words)}(?![\d.])",
        re.sub(
            r" (?:[a-z ]+, not checked against words|worked out here)\b",
            "",
            said(site, "index.html"),
        ),
    )


def test_large_figures_have_their_unit(site: Path) -> None:
    """A row of figures says percent, and 1.0 stays 1.0."""
    page = (site / "index.html").read_text(encoding="utf-8")
    figures = [
        " ".join(re.sub("<[^>]*>", " ", each).split())
        for each in re.findall(r'<p class="?figure-value"?>.*?</p>', page, re.DOTALL)
    ]
    assert figures[-3:] == ["2.2 percent", "1.0 injuries per 10,000 workers", "29.2 percent"]


@pytest.mark.parametrize(
    ("name", "told", "rounding"),
    [
        (
            "times-as-many",
            "1.3 injuries per 10,000 workers divided by 0.1 injuries per 10,000 workers",
            "Nothing is rounded",
        ),
        (
            "share-of-women",
            "18,010 people as a share of 61,672 people",
            "Rounded to the digits that the inputs bear",
        ),
        (
            "exact-share",
            "18,010 people as a share of 61,672 people",
            "Rounded to 3 digits after the point",
        ),
        ("warming-since", "warming:late - warming:early", "Nothing is rounded"),
        ("warming-in-short", "warming:late - warming:early", "Rounded to 2 digits after the point"),
    ],
)
def test_a_reader_is_told_how_it_came_about(
    site: Path, name: str, told: str, rounding: str
) -> None:
    """By the values, not by two names of one year; and whether it was rounded, and to what."""
    words = said(site, f"facts/{name}/index.html")
    assert told in words
    assert rounding in words
    assert "2015 divided by" not in words
    assert len(re.findall("Rounded|Nothing is rounded", words)) >= 1


def test_inputs_of_one_year_are_told_apart(site: Path) -> None:
    """Two points of one year are named with their regions."""
    words = said(site, "facts/times-as-many/index.html")
    assert "Kansas, 2015" in words
    assert "Utah, 2015" in words


def test_data_have_the_same_values(site: Path) -> None:
    """What programs read is what pages print."""
    facts = json.loads((site / "facts" / "warming-in-short.json").read_text(encoding="utf-8"))
    assert "1.37" in json.dumps(facts)
    assert "1.3684" not in json.dumps(facts)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (fact("rise", "percent", derived="shares:now - shares:then"), "percentage points"),
        (fact("part", "percent", derived="deaths:women / deaths:all"), "bare number"),
        (fact("much", "degrees", derived="warming:late - warming:early", digits=5), "digits: 5"),
        (
            fact(
                "twice",
                "percent",
                compares={"how": "share", "of": "shares:now", "to": "shares:then"},
            ),
            "percent of percent mislead",
        ),
        (
            fact(
                "grown",
                "percent",
                compares={"how": "change", "of": "shares:now", "to": "shares:then"},
            ),
            "percent of percent mislead",
        ),
        (fact("both", "percent", derived="shares:now * shares:then"), "percent of percent"),
        (
            fact("digits", "degrees", digits="two", derived="warming:late - warming:early"),
            "digits after the point",
        ),
        (
            fact(
                "years",
                "years",
                digits=1,
                compares={"how": "years-between", "of": "shares:now", "to": "shares:then"},
            ),
            "'digits' is about",
        ),
        (
            fact("of-points", "people", derived="deaths:all * 5 percentage points"),
            "no share of anything",
        ),
    ],
    ids=lambda value: value["id"] if isinstance(value, dict) else None,
)
def test_what_has_no_meaning_is_refused_at_its_place(
    tmp_path: Path, record: dict[str, object], message: str
) -> None:
    """With the rule, the line, what is wrong and what to do."""
    done = run("check", "--project", project(tmp_path / "project", [record]))
    assert done.code == 1
    assert message in done.said
    assert re.search(
        r"seeds/facts/worked-out\.yaml:\d+:\d+: (formula|comparison|bad-value)", done.said
    ), done.said
    assert "hint:" in done.said
