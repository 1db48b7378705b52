"""What a quote bears of a claim besides its number: of each line of ``cases/held`` right codings pass the checks, and no wrong one does."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from support import CASES, PATIENCE, ROOT, run

from explainer.check import rules
from explainer.check.support.times import other_bound
from explainer.common.problems import InvalidValue, Problems
from explainer.incremental.cache import Cache
from explainer.model.dates import Edtf
from explainer.options import Options
from explainer.project import Project

FILES = sorted((CASES / "held").glob("*.tsv"))
RULES = {"value-not-in-quote", "period-differs", "region-differs"}
MOST_REFUSED = 0.03
"""The share of right codings that may be refused."""


@dataclass(frozen=True)
class Coding:
    """A claim as an author may code it: its value, with the period behind ``@`` and the region behind ``#``."""

    value: str
    period: str
    region: str
    inferred: str = ""

    @classmethod
    def parse(cls, text: str) -> Coding:
        """Read "over 300 @2024-03 #Kenya"."""
        rest, _, region = text.partition("#")
        value, _, period = rest.partition("@")
        return cls(value.strip(), period.strip(), region.strip())


@dataclass(frozen=True)
class Case:
    """A coding of what a quote says, and whether it is right."""

    language: str
    quote: str
    nouns: tuple[str, ...]
    coding: Coding
    is_right: bool


def cases() -> list[Case]:
    """Every coding of every line."""
    found = []
    for path in FILES:
        for row in path.read_text(encoding="utf-8").splitlines():
            if row.strip() and not row.startswith("#"):
                quote, nouns, right, wrong = (cell.strip() for cell in row.split("\t"))
                for text, is_right in ((right, True), (wrong, False)):
                    codings = [Coding.parse(each) for each in text.split(";") if each.strip()]
                    found += [
                        Case(
                            path.stem,
                            quote.replace("\\n", "\n"),
                            tuple(nouns.split("|")),
                            each,
                            is_right,
                        )
                        for each in codings
                    ]
    return found


CODINGS = cases()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """What the checks tell of each coding, by its place in ``CODINGS``, all of them as points of one project."""
    return checked(tmp_path_factory.mktemp("held"), CODINGS)


def checked(folder: Path, codings: list[Case]) -> dict[int, list[str]]:
    """What the checks of the ledger tell of the claims of a project that is made of some codings, by their places."""
    run("new", folder / "project")
    project = folder / "project"
    for part in ("facts", "series", "charts", "sources", "texts"):
        for path in (project / "seeds" / part).glob("*"):
            path.unlink()
    (project / "seeds" / "definitions.yaml").unlink()
    (project / "site_src" / "index.md").write_text(
        "---\ntitle: Held\ndescription: Claims held to quotes.\n---\n\n# Held\n\nWords.\n",
        encoding="utf-8",
    )
    sources = []
    for language in sorted({case.language for case in codings}):
        text = (
            "\n\n".join(dict.fromkeys(case.quote for case in codings if case.language == language))
            + "\n"
        )
        (project / "seeds" / "texts" / f"{language}.txt").write_text(text, encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        sources.append(
            {"id": f"report-{language}", "type": "report", "title": f"A report kept in {language}", "publisher": "An office", "issued": "2025-06-01",
             "language": language, "read": "full", "text": f"texts/{language}.txt", "sha256": digest, "rights": "ours"}
        )  # fmt: skip
    _write(project / "seeds" / "sources" / "sources.yaml", sources)
    places: dict[str, int] = {}
    for index, case in enumerate(codings):
        evidence = [
            {"source": f"report-{case.language}", "stance": "supports", "quote": case.quote}
        ]
        point = {"id": "point", "value": case.coding.value, "period": case.coding.period, "region": case.coding.region, "show": "main", "inferred": case.coding.inferred,
                 "said_by": "An office", "kind": "official-statement", "standing": "confirmed", "evidence": evidence}  # fmt: skip
        point = {key: value for key, value in point.items() if value}
        series = {"id": f"case-{index}", "title": "Cases", "unit": "people", "counts": list(case.nouns), "x": "period", "as_of": "2025-06-01",
                  "review_by": "2026-06-01", "points": [point]}  # fmt: skip
        _write(project / "seeds" / "series" / f"case-{index}.yaml", [series])
        places[f"seeds/series/case-{index}.yaml"] = index
    problems = Problems()
    ledger = Project.read(Options(project, project / "site", today="2025-06-01"), problems).ledger
    rules.check_ledger(ledger, problems, Cache())
    found: dict[int, list[str]] = {}
    for problem in problems:
        index = places.get(problem.place.path)
        if index is not None:
            found.setdefault(index, []).append(f"{problem.rule}: {problem.message}")
    return found


def _write(path: Path, records: object) -> None:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    path.write_text(
        yaml.dump(records, Dumper=dumper, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )


def refused(told: dict[int, list[str]], index: int) -> bool:
    """Whether one of the rules that are tried here refuses a coding."""
    return any(each.partition(":")[0] in RULES for each in told.get(index, ()))


def test_the_cases_are_many_and_of_many_languages() -> None:
    """At least 150 quotes over at least twelve languages."""
    assert len({(case.language, case.quote) for case in CODINGS}) >= 150
    assert len(FILES) >= 12


def test_no_wrong_coding_passes(
    told: dict[int, list[str]], tally: Callable[[str, int], None]
) -> None:
    """A claim of another period, region, bound or scale than its quote's is refused, each one."""
    wrong = [index for index, case in enumerate(CODINGS) if not case.is_right]
    passed = [
        f"{CODINGS[index].coding} : {CODINGS[index].quote}"
        for index in wrong
        if not refused(told, index)
    ]
    print(f"\n{len(passed)} of {len(wrong)} wrong codings pass")
    tally("wrong codings of quotes that were refused", len(wrong) - len(passed))
    assert passed == []


def test_right_codings_pass(told: dict[int, list[str]], tally: Callable[[str, int], None]) -> None:
    """At most 3 of 100 right codings are refused."""
    right = [index for index, case in enumerate(CODINGS) if case.is_right]
    lost = [
        f"{CODINGS[index].coding} : {CODINGS[index].quote} ({told[index]})"
        for index in right
        if refused(told, index)
    ]
    print(
        f"\n{len(lost)} of {len(right)} right codings are refused ({100 * len(lost) / len(right):.1f}%)"
    )
    tally("right codings of quotes that pass", len(right) - len(lost))
    assert len(lost) <= MOST_REFUSED * len(right), lost


def test_a_bound_in_a_language_without_its_words_needs_an_account(tmp_path: Path) -> None:
    """Of Esperanto, whose words for "over" are not listed, "over 300" passes only if ``inferred`` speaks of the number."""
    quotes = ("Venis pli ol 300 homoj.", "Venis pli ol 310 homoj.", "Venis pli ol 320 homoj.")
    cases = [
        Case("eo", quote, ("homoj",), Coding(f"over {number}", "", "", inferred), True)
        for quote, number, inferred in zip(
            quotes,
            (300, 310, 320),
            ("", "The words say more than 310.", "The words were read by somebody else."),
            strict=True,
        )
    ]
    told = checked(tmp_path, cases)
    assert [refused(told, index) for index in range(3)] == [True, False, True]


TRAPS = {
    "pairs": "512 people in 2019 and ",
    "comparisons": "than 512 people in 2019 ",
    "a table": "512 | 2019\n",
    "cells": "| 512 ",
    "denials": "not 512 people ",
    "heads": "in thousands 512 ",
    "places": "Kenya 512 people Uganda ",
    "years": "in 2019 ",
    "opening brackets": "(",
    "tabs": "\t",
    "hedges": "more than ",
    "shares": "48 percent of women and ",
    "lengths": "in six months 48 people ",
    "signs": "<people> 48 ",
}


def test_no_quote_takes_minutes() -> None:
    """The longest quote that may be, full of numbers, times, places or brackets, is judged in the time that a quote may take."""
    code = (
        "import sys, json\n"
        "from explainer.check.support.hedged import MOST_PLACES, wrong_form\n"
        "from explainer.check.support.scaled import clauses_in\n"
        "from explainer.check.support.percent_of import of_another\n"
        "from explainer.check.support.places import other_place\n"
        "from explainer.check.support.times import other_time\n"
        "from explainer.model.records import LONGEST_WORDS\n"
        "from explainer.model.dates import Edtf\n"
        "from explainer.model.quantities import Quantity\n"
        "for trap in json.loads(sys.argv[1]):\n"
        "    words = (trap * LONGEST_WORDS)[: LONGEST_WORDS - 20] + '. Then 512 people.'\n"
        "    value = Quantity.parse('512')\n"
        "    found = clauses_in(words, 'en', value)\n"
        "    assert found, trap\n"
        "    wrong_form(words, 'en', value, found)\n"
        "    other_time(words, 'en', Edtf.parse('2024'), found)\n"
        "    other_place(words, 'en', 'en', 'Kenya', {}, found)\n"
        "    for clause in clauses_in(words, 'en', Quantity.parse('48'))[:MOST_PLACES]:\n"
        "        of_another(clause, ['women', 'men'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(list(TRAPS.values()))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE / 1000,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2022-23", "autumn 2022"), ("2022/23", "'2022-07/2023-06'"), ("2022–23", "'2022/2023'"), ("2022-2023", "'2022-04/2023-03'"),
        ("FY2023", "'2022-07/2023-06'"), ("FY 2022-23", "'2022/2023'"), ("FY22/23", "two years"), ("fiscal 2023", "a fiscal year"),
        ("2019-20", "'2019-07/2020-06'"), ("1999-00", "'1999/2000'"), ("2032-33", "'2032-01/2032-03'"), ("2019-2024", "'2019/2024'"),
        ("Q3 2024", "'2024-35'"), ("2024-H1", "'2024-40'"),
    ],
)  # fmt: skip
def test_a_fiscal_year_is_refused_with_what_to_write(text: str, told: str) -> None:
    """Two years written as one, a fiscal year and a quarter in words are named, with the form that is taken instead."""
    with pytest.raises(InvalidValue) as refused:
        Edtf.parse(text)
    assert told in f"{refused.value}; {refused.value.hint}"


@pytest.mark.parametrize("text", ["2022/2023", "2010-11", "2022-22", "2022-07/2023-06", "2024-35"])
def test_what_is_no_fiscal_year_is_taken(text: str) -> None:
    """Spells of whole years, months, other seasons and quarters are read as before."""
    assert Edtf.parse(text).text == text


@pytest.mark.parametrize(
    ("words", "language", "date", "is_other"),
    [
        ("free until 2025", "en", "2025/..", True), ("free since 2025", "en", "2025/..", False), ("gilt bis 2025", "de", "2025/..", True),
        ("gilt seit 2025", "de", "2025/..", False), ("действует до 2025 года", "ru", "2025/..", True), ("depuis 2025", "fr", "../2025", True),
        ("hasta 2025", "es", "../2025", False), ("2025年以来", "zh", "../2025", True), ("from 2020 until 2025", "en", "2025/..", False),
    ],
)  # fmt: skip
def test_the_end_of_a_spell_is_not_its_beginning(
    words: str, language: str, date: str, is_other: bool
) -> None:
    """Words such as "until 2025" do not begin a spell, and "since 2025" does not end one."""
    assert bool(other_bound(words, language, Edtf.parse(date))) is is_other
