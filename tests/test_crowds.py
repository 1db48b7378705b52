"""Many claims, long formulas and long lists in small files: the work grows with the file, or the file is refused by name."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, copy_small

from explainer.check import support
from explainer.check.support import scaled
from explainer.common.problems import Place, Problem, Problems, Refused
from explainer.model.formulas import FormulaError
from explainer.model.ledger import Ledger
from explainer.model.records import Fact
from explainer.model.rivals import pairs_of_one_time, pairs_to_compare
from explainer.read import ledger

CPU_SECONDS = 60
"""A generous limit: none of these needs a tenth of it here."""
_EVIDENCE = [{"source": "report", "stance": "supports", "locator": "It says so."}]
_DAYS = st.dates(dt.date(1999, 1, 1), dt.date(2002, 12, 31))
_PERIODS = st.one_of(
    st.none(),
    st.sampled_from(["2000", "2001", "2000-02", "2000/..", "../2001", "2001-21"]),
    _DAYS.map(str),
    st.tuples(_DAYS, _DAYS).map(lambda ends: f"{min(ends)}/{max(ends)}"),
)


def fact(name: str, **more: object) -> dict[str, object]:
    """A fact, as it is written."""
    return {
        "id": name,
        "question": "How many?",
        "unit": "people",
        "as_of": "2024",
        "review_by": "2026",
        **more,
    }


def claim(number: int, period: str | None) -> dict[str, object]:
    """A claim that no other agrees with."""
    about = {} if period is None else {"period": period}
    return {
        "id": f"c{number}",
        "value": str(100 + number),
        "kind": "official-statement",
        "said_by": "The town",
        "standing": "disputed",
        "evidence": _EVIDENCE,
        **about,
    }


@given(st.lists(_PERIODS, min_size=1, max_size=12))
def test_only_claims_that_may_be_of_one_time_are_compared(periods: list[str | None]) -> None:
    """Those pairs, all of them, in the order of the claims; and there are as many as are counted before."""
    many = Fact.model_validate(
        fact("many", claims=[claim(number, period) for number, period in enumerate(periods)])
    )
    ledger = Ledger(facts={"many": many})
    found = pairs_to_compare(ledger, many)
    wanted = [
        (a.claim.id, b.claim.id)
        for a, b in combinations(ledger.entries(many), 2)
        if a.claim.period is None
        or b.claim.period is None
        or a.claim.period.overlaps(b.claim.period)
    ]
    assert {(a.claim.id, b.claim.id) for a, b in found} >= set(wanted)
    assert [(a.claim.id, b.claim.id) for a, b in found] == sorted(
        ((a.claim.id, b.claim.id) for a, b in found),
        key=lambda pair: [int(name[1:]) for name in pair],
    )
    assert len(found) == pairs_of_one_time(many.claims)


def test_a_formula_that_is_named_often_is_worked_out_once() -> None:
    """Of thirty facts each is twice the one before: a thousand million times the first, in thirty steps."""
    first = Fact.model_validate(fact("f0", claims=[claim(0, "2024")]))
    doubled = [
        Fact.model_validate(
            fact(
                f"f{n}",
                derived=f"f{n - 1} + f{n - 1}",
                correlated="It is the same sum.",
                assumes="It is.",
            )
        )
        for n in range(1, 31)
    ]
    ledger = Ledger(facts={each.id: each for each in [first, *doubled]})
    assert str(ledger.derived("f30")) == str(100 * 2**30)


def test_a_chain_of_formulas_has_an_end() -> None:
    """Facts that are worked out each from the next, hundreds of them, are refused by name, wherever one begins."""
    links = [
        Fact.model_validate(fact(f"f{n}", derived=f"f{n + 1} + 1 people", assumes="It is."))
        for n in range(500)
    ]
    last = Fact.model_validate(fact("f500", claims=[claim(0, "2024")]))
    ledger = Ledger(facts={each.id: each for each in [*links, last]})
    with pytest.raises(FormulaError, match="in more than 50 steps, each from the next"):
        ledger.derived("f0")
    assert str(ledger.derived("f460")) == "140"


def _check(project: Path) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))

    command = [sys.executable, str(ROOT / "build.py"), "check", "--project", str(project)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        preexec_fn=limited,
        check=False,
        env=dict(os.environ),
    )


def test_a_crowd_of_claims_is_refused_or_read_soon(small_project: Path) -> None:
    """A thousand claims of one year in one fact are refused at their place; as many of a year each are read."""
    path = small_project / "seeds/facts/more.yaml"
    path.write_text(
        json.dumps([fact("crowd", claims=[claim(n, "2024") for n in range(1000)])]),
        encoding="utf-8",
    )
    done = _check(small_project)
    assert done.returncode == 1
    assert (
        "file-size: 'crowd' has 1,000 claims, of which more than 100,000 pairs are of one time"
        in done.stderr
    )
    path.write_text(
        json.dumps([fact("crowd", claims=[claim(n, str(1000 + n)) for n in range(1000)])]),
        encoding="utf-8",
    )
    done = _check(small_project)
    assert done.returncode == 0, done.stderr[-500:]


def test_a_chart_of_too_many_points_is_refused_before_it_is_drawn(tmp_path: Path) -> None:
    """With the number that can be drawn; what places the words would take minutes."""
    project = copy_small(tmp_path / "project")
    points = [
        {
            "id": f"p{n}",
            "value": str(100 + n),
            "kind": "official-statement",
            "group": "library",
            "period": f"{1000 + n}",
            "show": "main",
            "said_by": "The town",
            "evidence": _EVIDENCE,
        }
        for n in range(500)
    ]
    series = {
        "id": "long",
        "title": "Loans",
        "unit": "books",
        "as_of": "2024",
        "review_by": "2026",
        "x": "period",
        "points": points,
    }
    chart = {
        "id": "long",
        "kind": "columns",
        "series": ["long"],
        "title": "Loans",
        "subtitle": "Loans a year",
        "alt": "Loans.",
    }
    (project / "seeds/series/long.yaml").write_text(json.dumps([series]), encoding="utf-8")
    (project / "seeds/charts/long.yaml").write_text(json.dumps([chart]), encoding="utf-8")
    done = _check(project)
    assert done.returncode == 1
    assert "chart-fit: 'long' has 500 points; at most 400 can be drawn" in done.stderr, done.stderr[
        -1500:
    ]


def test_many_problems_in_many_files_are_told_up_to_a_number(small_project: Path) -> None:
    """Three hundred files of a thousand mistakes each: ten thousand are told, the rest is not looked at, and that is said."""
    for n in range(300):
        (small_project / f"seeds/facts/z{n}.yaml").write_text("a: 1\n" * 1000, encoding="utf-8")
    done = _check(small_project)
    assert done.returncode == 1
    assert done.stderr.count("duplicate-key") < 10_100
    assert (
        "There are more than 10,000 problems: what is behind these was not looked at."
        in done.stderr
    ), done.stderr[-500:]


def test_many_problems_of_pages_are_told_up_to_a_number(small_project: Path) -> None:
    """The same for pages that are looked at though something is wrong with the seeds."""
    (small_project / "seeds/facts/zz.yaml").write_text("a: 1\n", encoding="utf-8")
    head = "---\ntitle: A page\ndescription: A page.\nlayout: text\n---\n\n# A page\n\n"
    for n in range(300):
        (small_project / f"site_src/z{n}.md").write_text(
            head + '{{ fact("nothing") }} ' * 200, encoding="utf-8"
        )
    done = _check(small_project)
    assert done.returncode == 1
    assert "There are more than 10,000 problems" in done.stderr, done.stderr[-500:]


def test_warnings_have_no_such_limit() -> None:
    """A site is not refused for what stops nothing, however much of it there is; one error more than the limit stops at once."""
    problems = Problems(most=10)
    for n in range(100):
        problems.add(Place("mkdocs.yml", n + 1), "starter-left", f"it is the example's {n}")
    for n in range(10):
        problems.add(Place("seeds/facts/a.yaml", n + 1), "bad-value", f"it is none {n}")
    with pytest.raises(Refused) as refused:
        problems.add(Place("seeds/facts/a.yaml", 11), "bad-value", "it is none")
    assert len(refused.value.problems) == 111


def test_records_that_are_lost_are_found_in_one_pass(small_project: Path) -> None:
    """A megabyte of records whose ids are written twice."""
    (small_project / "seeds/facts/z.yaml").write_text(
        "- id: a\n  id: b\n" * 62_500, encoding="utf-8"
    )
    assert "'id' was written before" in _check(small_project).stderr


def test_lost_records_stand_at_the_first_fault_behind_their_beginning() -> None:
    """The same as going through all faults for each record."""
    text = "".join(f"- id: a{n}\n  x: y\n" for n in range(20))
    faults = tuple(
        Problem(Place("f", line), "bad-value", f"at {line}") for line in (7, 3, 21, 12, 30)
    )
    found = ledger._with_losses(text, faults, {"a1", "a4"})
    for fault, old in zip(found, faults, strict=True):
        wanted = tuple(
            f"a{n}" for n in range(20) if n not in (1, 4)
            and next((each for each in faults if each.place.line >= 2 * n + 1), faults[0]) is old
        )  # fmt: skip
        assert fault.loses == wanted


def _told_by(count: int) -> int:
    """How often the words of evidence are cut into clauses, for one claim with so much of it."""
    with pytest.MonkeyPatch.context() as patched:
        cut = 0
        own = scaled.clauses_in

        def counted(*given: Any) -> Any:
            nonlocal cut
            cut += 1
            return own(*given)

        patched.setattr(support, "clauses_in", counted)
        item = {"source": "report", "stance": "supports", "quote": "100 people in 2024"}
        many = Fact.model_validate(
            fact("many", claims=[{**claim(0, "2024"), "evidence": [item] * count}])
        )
        ledger = Ledger(facts={"many": many})
        (entry,) = ledger.entries(many)
        for each in entry.claim.evidence:
            list(support.missing(ledger, entry, each))
    return cut


def test_the_words_of_a_claim_are_cut_a_few_times_each() -> None:
    """Twice the evidence of a claim takes twice the work, and not four times; more than two hundred are refused."""
    assert 100 <= _told_by(100) <= 300
    assert _told_by(200) <= 2 * _told_by(100)
    with pytest.raises(ValueError, match="at most 200"):
        _told_by(201)
