"""Checking a large ledger, and hostile texts that patterns could blow up on."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bench import Figure, under
from bench._ledgers import write
from bench.measure import ROOT, Ran, middle, once
from explainer.check.coverage import sentences
from explainer.check.support.counting import read
from explainer.check.support.said_dates import lacking, said_parts
from explainer.model.dates import Edtf
from explainer.model.numerals import numerals
from explainer.model.quotations import Kept, Normal, is_whole

_TEXTS, _SIZE = 50, 200_000
_TURNS: Final = 5
_SOME: Final = 4_000
"""The base length of hostile texts, in characters.

They are read at two and at four times this length. A quadratic pattern takes four times as long for
the longer one.
"""
_UNITS: Final = (
    "1",
    "1 ",
    "1,",
    "1.",
    "1,111",
    "-1",
    "–1 ",
    "1 to ",
    "50-",
    "тыс. ",
    "one ",
    "and ",
    "twenty-",
    "a month ",
    "monthly ",
    "per ",
    "(",
    "[…]",
    "[",
    "a-\n",
    "a- ",
    "\u00ad",
    "e\u0301",
    "\u0301",
    "“",
    "…",
    ". ",
    ".",
    "U.S. ",
    "A. ",
    "г. ",
    "7 July ",
    "July ",
    "1-2 ",
    "1.1.",
    "RUB1",
    "% ",
    "é ",
    "\n\n",
    " \n",
    "x ",
)
"""The parts of hostile texts: every mark and word that a pattern of the rules looks for."""


def figures(scratch: Path) -> Iterator[Figure]:
    """Yield the figures of ``check`` as a cold process, then those of the patterns.

    The ledger has 10,000 claims in 50 texts of 200 KB; another has half of that.
    """
    large, half = (
        write(scratch / "large", _TEXTS, _SIZE),
        write(scratch / "half", _TEXTS // 2, _SIZE),
    )
    runs: dict[str, list[Ran]] = {"large": [], "half": []}
    for _ in range(_TURNS):
        for name, folder in (("half", half), ("large", large)):
            runs[name].append(
                once([sys.executable, ROOT / "build.py", "check", "--quiet", "--project", folder])
            )
    whole, part = middle(runs["large"]), middle(runs["half"])
    yield under(
        "`check`: 10,000 claims with quotes in 50 kept texts of 200 KB", whole.seconds, "s", 10
    )
    yield under("the same, processor time", whole.worked, "s", 10)
    yield under("the same, highest memory", whole.megabytes, "MB", 500)
    yield under(
        "the same, against 5,000 claims in 25 texts (processor time)",
        whole.worked / part.worked,
        "x",
        2.2,
    )
    yield from _hostile()


def _hostile() -> Iterator[Figure]:
    """Yield the worst growth of each reader of texts over all hostile texts."""
    for name, work in READERS.items():
        worst, unit = max((_growth(work, unit), unit) for unit in _UNITS)
        yield under(
            f"{name}: twice the hostile text ({len(_UNITS)} kinds; slowest {unit!r})", worst, "x", 3
        )


def _growth(work: Callable[[str], object], unit: str) -> float:
    """Return how much longer a reader takes for twice the hostile text.

    1 if it takes almost no time.
    """
    times = []
    for length in (_SOME * 2, _SOME * 4):
        text = (unit * (length // len(unit) + 1))[:length]
        times.append(min(_timed(work, f"{text}{salt}") for salt in ("x", "y")))
    return times[1] / times[0] if times[1] > 0.03 else 1.0


def _timed(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()  # not the clock: other programs must not count
    work(text)
    return time.process_time() - begun


READERS: Final[dict[str, Callable[[str], object]]] = {
    "numbers": lambda text: numerals(text, "ru"),
    "what numbers count": lambda text: read(text, "en"),
    "sentences": lambda text: list(sentences(text)),
    "normal form": Normal.of,
    "a quote that is not there": lambda text: (
        Kept(text).find(f"{text[:200]} nowhere"),
        Kept(text).nearest(f"{text[:2000]} nowhere"),
    ),
    "a quote cut out of words": lambda text: [
        is_whole(text, at, at + 1) for at in range(0, len(text), 7)
    ],
    "a quote with words left out": (
        lambda text: Kept(text).find(f"{text[:3].strip() or 'a'} […] nowhere")
    ),
    "days and months": lambda text: (
        said_parts(text, "en"),
        lacking(Edtf.parse("2024-07-07"), text, "en"),
    ),
}
