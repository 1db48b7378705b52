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

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, copy_small

from explainer.ledger import Ledger
from explainer.ledger.meeting import pairs_of_one_time, pairs_to_compare
from explainer.records import Fact
from explainer.values.formula_tokens import FormulaError

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
    return {"id": name, "question": "How many?", "unit": "people", "as_of": "2024", "review_by": "2026", **more}


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
    many = Fact.model_validate(fact("many", claims=[claim(number, period) for number, period in enumerate(periods)]))
    ledger = Ledger(facts={"many": many})
    found = pairs_to_compare(ledger, many)
    wanted = [
        (a.claim.id, b.claim.id)
        for a, b in combinations(ledger.entries(many), 2)
        if a.claim.period is None or b.claim.period is None or a.claim.period.overlaps(b.claim.period)
    ]
    assert {(a.claim.id, b.claim.id) for a, b in found} >= set(wanted)
    assert [(a.claim.id, b.claim.id) for a, b in found] == sorted(
        ((a.claim.id, b.claim.id) for a, b in found), key=lambda pair: [int(name[1:]) for name in pair]
    )
    assert len(found) == pairs_of_one_time(many.claims)


def test_a_formula_that_is_named_often_is_worked_out_once() -> None:
    """Of thirty facts each is twice the one before: a thousand million times the first, in thirty steps."""
    first = Fact.model_validate(fact("f0", claims=[claim(0, "2024")]))
    doubled = [
        Fact.model_validate(fact(f"f{n}", derived=f"f{n - 1} + f{n - 1}", correlated="It is the same sum.", assumes="It is."))
        for n in range(1, 31)
    ]
    ledger = Ledger(facts={each.id: each for each in [first, *doubled]})
    assert str(ledger.derived("f30")) == str(100 * 2**30)


def test_a_chain_of_formulas_has_an_end() -> None:
    """Facts that are worked out each from the next, hundreds of them, are refused by name, wherever one begins."""
    links = [Fact.model_validate(fact(f"f{n}", derived=f"f{n + 1} + 1 people", assumes="It is.")) for n in range(500)]
    last = Fact.model_validate(fact("f500", claims=[claim(0, "2024")]))
    ledger = Ledger(facts={each.id: each for each in [*links, last]})
    with pytest.raises(FormulaError, match="in more than 50 steps, each from the next"):
        ledger.derived("f0")
    assert str(ledger.derived("f460")) == "140"


def _check(project: Path) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))

    command = [sys.executable, str(ROOT / "build.py"), "check", "--project", str(project)]
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=limited, check=False, env=dict(os.environ))


def test_a_crowd_of_claims_is_refused_or_read_soon(small_project: Path) -> None:
    """A thousand claims of one year in one fact are refused at their place; as many of a year each are read."""
    path = small_project / "seeds/facts/more.yaml"
    path.write_text(json.dumps([fact("crowd", claims=[claim(n, "2024") for n in range(1000)])]), encoding="utf-8")
    done = _check(small_project)
    assert done.returncode == 1
    assert "file-size: 'crowd' has 1,000 claims, of which more than 100,000 pairs are of one time" in done.stderr
    path.write_text(json.dumps([fact("crowd", claims=[claim(n, str(1000 + n)) for n in range(1000)])]), encoding="utf-8")
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
    series = {"id": "long", "title": "Loans", "unit": "books", "as_of": "2024", "review_by": "2026", "x": "period", "points": points}
    chart = {"id": "long", "kind": "columns", "series": ["long"], "title": "Loans", "subtitle": "Loans a year", "alt": "Loans."}
    (project / "seeds/series/long.yaml").write_text(json.dumps([series]), encoding="utf-8")
    (project / "seeds/charts/long.yaml").write_text(json.dumps([chart]), encoding="utf-8")
    done = _check(project)
    assert done.returncode == 1
    assert "chart-fit: 'long' has 500 points; at most 400 can be drawn" in done.stderr, done.stderr[-1500:]
