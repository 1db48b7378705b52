"""What an editor reads when something is wrong: causes first, one mistake once, and suggestions that are right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import ROOT, run, table

from explainer.cli.reporting import deduplicated, without_consequences
from explainer.common.problems import Place, Problem, Problems
from explainer.common.suggestions import closest_match
from explainer.model.records import Source
from explainer.read.records import record_of
from explainer.read.yaml_tree import read_tree

MISTAKES = table(ROOT / "tests/cases/mistakes.tsv")


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A project as it is begun."""
    assert run("new", tmp_path / "begun").code == 0
    return tmp_path / "begun"


def checked(project: Path) -> str:
    """What a check of a project says."""
    return run("check", "--project", project).said


def test_suggestions_are_right(tally: Callable[[str, int], None]) -> None:
    """Of mistakes that people make, nine in ten of the names suggested are the one that was meant."""
    offered = {
        (written, closest_match(written, known.split())): right
        for known, written, right in MISTAKES
    }
    wrong = {key: right for key, right in offered.items() if key[1] is not None and key[1] != right}
    made = sum(1 for _, found in offered if found)
    tally("suggestions of a name", made)
    assert made >= 35
    assert len(wrong) <= made / 10, wrong


def test_slips_are_recognised() -> None:
    """Of the slips in that list at least nine in ten bring the name meant."""
    slips = [(known, written, right) for known, written, right in MISTAKES if right != "-"]
    missed = [each for each in slips if closest_match(each[1], each[0].split()) != each[2]]
    assert len(missed) <= len(slips) / 10, missed


def test_what_follows_from_a_record_that_cannot_be_read_is_counted_at_its_cause() -> None:
    """Problems that name a lost record are told as a number behind what lost it; others stay."""
    cause = Problem(
        Place("seeds/sources/a.yaml", 6, 3),
        "bad-value",
        "'issued' is no date",
        "mend it",
        loses=("report-2023",),
    )
    follows = [
        Problem(
            Place("seeds/facts/a.yaml", line),
            "dangling-reference",
            "there is no source 'report-2023'",
            "add it",
        )
        for line in (4, 9)
    ]
    unused = Problem(
        Place("seeds/sources/b.yaml", 1), "source-unused", "no claim cites 'other'", "cite it"
    )
    other = Problem(
        Place("seeds/facts/a.yaml", 20), "unit", "'°C' is not a unit", "use a known noun"
    )
    found = without_consequences([*follows, unused, other, cause])
    assert [each.rule for each in found] == ["unit", "bad-value"]
    assert "3 more problems" in found[1].message


def test_one_mistake_at_many_places_is_one_message() -> None:
    """The same words at more than three places are told once, with the number of places; programs are told each."""
    many = [
        Problem(Place("seeds/facts/a.yaml", line), "unit", "'°C' is not a unit", "add it")
        for line in range(1, 63)
    ]
    (found,) = deduplicated(without_consequences(many))
    assert (found.place.line, "61 more places" in found.message) == (1, True)
    assert len(deduplicated(many[:3])) == 3
    assert len(without_consequences(many)) == len(many)


PLACES = [
    (
        "  issued: '2025-06-30'",
        "  issued: 10 July 2023",
        "seeds/sources/sources.yaml:6:3",
        "bad-value",
        "4 more problems",
    ),
    ("  unit: nests", "  unit: °C", "seeds/facts/facts.yaml:4:3", "unit", "°C"),
    (
        "quote: 21 nests in 2025",
        "locator: p. 13: 21 nests",
        "seeds/facts/facts.yaml:17:25",
        "yaml-syntax",
        "'p. 13: 21 nests'",
    ),
    (
        "unit: nests",
        "unit: {one: injury per 10,000 workers}",
        "seeds/facts/facts.yaml:4:29",
        "yaml-key",
        "in quotes",
    ),
    (
        "  type: report",
        "  doi: x\n  type: report",
        "seeds/sources/sources.yaml:3:3",
        "bad-value",
        "10.1000/182",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "rule", "words"), PLACES)
def test_each_mistake_has_one_message(
    begun: Path, old: str, new: str, place: str, rule: str, words: str
) -> None:
    """One mistake of an author's brings one message, where it was made, that says what to do."""
    path = begun / place.split(":", maxsplit=1)[0]
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = checked(begun)
    lines = [
        line
        for line in said.splitlines()
        if line[:1] != " " and ": warning:" not in line and ":" in line
    ]
    assert lines[0].startswith(f"{place}: {rule}:"), said
    assert "1 problem" in said
    assert words in said


def test_the_problem_of_a_page_that_a_correction_names_is_in_its_file(begun: Path) -> None:
    """A page's file in place of its address is told in the file of corrections, with the address to write."""
    entry = {
        "id": "slip", "class": "correction", "touched": "[index.md]", "fact": "nests", "claim": "count-2025", "old": "'20'", "new": "'21'",
        "cause": "A slip.", "found": "A reader wrote.", "fixed": "2025-07-02", "wrong_since": "2025-07-01", "effect": "None.",
    }  # fmt: skip
    lines = "\n  ".join(f"{key}: {value}" for key, value in entry.items())
    (begun / "seeds/corrections.yaml").write_text(f"- {lines}\n", encoding="utf-8")
    said = checked(begun)
    assert "seeds/corrections.yaml:3:3: broken-link: there is no page 'index.md'" in said
    assert "'.' for the home page" in said


def test_a_value_in_the_wrong_form_is_named_by_its_key() -> None:
    """No message names a place in a list, such as '0', in place of the key that an author wrote."""
    problems = Problems()
    tree = read_tree("a.yaml", "id: x\ntype: report\ntitle: T\nauthors:\n  - 3: 4\n", problems)
    record_of(Source, "a.yaml", tree, problems)
    assert not [each for each in problems if "'0'" in each.message], list(problems)
