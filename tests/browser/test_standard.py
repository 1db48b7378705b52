"""Every page holds to the HTML standard, as the Nu HTML checker has it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import nu
import pytest

NEWER = {
    re.compile(
        r"Attribute “interestfor” not allowed on element “button”"
    ): "shows a term while the pointer is on it",
    re.compile(
        r"CSS: “(position-area|position-try-fallbacks)”: Property “\1” doesn't exist"
    ): "keeps a popover beside its number",
    re.compile(
        r"CSS: “(container-type)”: Property “\1” doesn't exist|CSS: Unrecognized at-rule “@container”"
    ): "chooses an embed's drawing",
    re.compile(
        r"CSS: “paint-order”: Property “paint-order” doesn't exist"
    ): "keeps words on a drawing apart from its lines",
    re.compile(
        r"CSS: “field-sizing”: Property “field-sizing” doesn't exist"
    ): "makes the lines to copy as high as they are",
}
"""What browsers have, each other leaves alone, and the checker does not know yet; and what each is for."""


@pytest.mark.audit
def test_every_page_holds_to_the_standard(site: Path, tally: Callable[[str, int], None]) -> None:
    """The checker has no error to name on any page, but for what is newer than itself; what it has learnt is taken off that list."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 100
    met: Counter[str] = Counter()
    faults = []
    for each in nu.objections(pages):
        known = next((use for pattern, use in NEWER.items() if pattern.match(each.message)), None)
        met[known or ""] += 1
        if known is None:
            faults.append(f"{each.page.relative_to(site)}:{each.line}: {each.message}")
    assert not faults, f"{len(faults)} errors, such as\n" + "\n".join(faults[:20])
    assert met.keys() == set(NEWER.values())
    tally("pages held to the HTML standard by the Nu checker: no error", len(pages))
