"""The first explainer's own ledger: whole, quoted to the letter, and reached from its pages."""

from __future__ import annotations

import functools
import re
import subprocess
from pathlib import Path

import pytest

from explainer.check.rules import check_ledger
from explainer.check.support import best_verdict
from explainer.common.problems import Problems
from explainer.incremental.cache import Cache
from explainer.model.ledger import Ledger
from explainer.read.files import Folder, sha256
from explainer.read.ledger import parse_ledger

ROOT = Path(__file__).resolve().parent.parent
CLAIMS = [
    "decree-signed",
    "decree-opens-mobilization-periods",
    "decree-significant-expansion",
    "decree-in-force",
    "decree-specialists-past-age-limit",
    "age-limit-mandatory-service",
    "agencies-svr-fsb-other",
    "decree-purpose-avoid-conscription",
    "conscription-increasingly-unpopular",
    "reliance-on-financial-incentives",
    "aggressive-recruitment-campaigns",
    "monthly-recruitment",
    "who-gave-the-monthly-figure",
    "mobilisation-decreed",
    "mobilisation-in-force",
    "mobilisation-not-rescinded",
    "ending-mobilisation",
    "foreigners-previously-only",
    "martial-law",
    "full-scale-invasion",
    "changes-add-flexibility",
    "spring-call-up-size",
    "spring-call-up-ordered",
    "largest-call-up",
    "officials-say-not-to-front",
    "conscripts-pressured-contracts",
    "conscripts-coercive-tactics",
    "decree-reflects-broader-efforts",
    "bastrykin-post",
    "bastrykin-spoke",
    "naturalised-at-front",
    "citizenship-law-signed",
    "citizenship-law-scope",
    "law-followed-bastrykin",
    "increasing-reliance-on-foreigners",
    "risks-of-integration",
    "campaign-continues",
    "closing-interplay",
]
"""The facts that the 38 claims of the brief became."""


@functools.cache
def ledger() -> Ledger:
    """The ledger as it is read."""
    problems = Problems()
    found = parse_ledger(Folder(ROOT), problems)
    check_ledger(found, problems, Cache())
    problems.stop()
    return found


def test_the_brief_is_kept_byte_for_byte() -> None:
    """The kept text is the one whose sum its record names."""
    data = (ROOT / "seeds" / "texts" / "brief.txt").read_bytes()
    assert sha256(data) == ledger().sources["brief"].sha256
    assert data.startswith(b"Russian President Vladimir Putin signed a decree on July 7, 2024")


def test_everything_is_entered() -> None:
    """The 38 claims of the brief, at least 267 points in at least 20 series, and at least 338 sources are in the ledger."""
    assert len(CLAIMS) == 38
    assert len(ledger().series) >= 20
    assert sum(len(series.points) for series in ledger().series.values()) >= 267
    assert len(ledger().sources) >= 338


@pytest.mark.parametrize("fact", CLAIMS)
def test_each_claim_of_the_brief_is_quoted(fact: str) -> None:
    """Each fact that the brief speaks of holds the brief's own words."""
    quotes = [
        item.quote
        for claim in ledger().facts[fact].claims
        for item in claim.evidence
        if item.source == "brief"
    ]
    assert any(quotes)


def test_every_fact_is_reached_from_a_page() -> None:
    """Each fact is called by the prose of some page, in words or in a table."""
    prose = " ".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "site_src").glob("*.md"))
    )
    called = set(
        re.findall(r'"([a-z0-9-]+)(?::[a-z0-9-]+)?"', " ".join(re.findall(r"\{\{(.*?)\}\}", prose)))
    )
    if 'table("brief"' in prose:
        called |= {entry.holder.id for entry in ledger().uses["brief"]}
    assert set(ledger().facts) - called == set()


STRICT = "no words copied from a page bear"
"""By this the versions of the list are known since which our own account of a page bears nothing."""


def test_what_is_not_checked_is_listed_and_only_gets_less() -> None:
    """The list of claims that no words bear holds just those, and no version of it in the history is shorter than a later one."""
    unchecked = {
        entry.ref
        for entry in ledger().entries()
        if not entry.claim.derived and best_verdict(ledger(), entry) == "not-checked"
    }
    assert set(ledger().unchecked or {}) == unchecked
    path = "seeds/unchecked.yaml"
    log = subprocess.run(
        ["git", "log", "--format=%H", "--", path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    texts = [
        subprocess.run(
            ["git", "show", f"{rev}:{path}"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for rev in log
    ]
    texts = [text for text in texts if STRICT in text]
    counts = [
        len(unchecked),
        *(len(re.findall(r"^- claim:", text, re.MULTILINE)) for text in texts),
    ]
    print(f"not checked against words, newest first: {counts}")
    assert counts == sorted(counts)
