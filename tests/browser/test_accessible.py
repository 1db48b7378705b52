"""What axe finds on a page of each kind, in both themes, on a phone and on a desk: nothing at all.

On a push each kind is opened in one way, with the first entries of its long lists, and looked at in both themes; in an audit in all four
ways, with all entries, and every page besides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.axe import COLOURS, findings, turned
from browser.browsing import ALL_PAGES, KINDS, Watched, html_paths, kinds
from test_pages import open_kind

PARTS = 8
_WAYS = [("light", 320), ("dark", 1280)]
_ALL_WAYS = [
    *_WAYS,
    *(pytest.param(*way, marks=pytest.mark.audit) for way in [("dark", 320), ("light", 1280)]),
]


_SHORTEN = "document.querySelectorAll('article :is(ul, ol, tbody) > :nth-child(n+31)').forEach(one => one.remove())"
"""Leaves thirty entries of each list: they have one template, and axe takes longer than they are many."""


@pytest.mark.parametrize(("scheme", "width"), _ALL_WAYS)
def test_axe_has_nothing_to_say(
    visit: Callable[..., Watched], site: Path, scheme: str, width: int
) -> None:
    """No finding of axe's, grave or slight."""
    watched = visit(width=width, color_scheme=scheme)
    for kind in (
        KINDS
        if ALL_PAGES or (scheme, width) not in _WAYS
        else KINDS[_WAYS.index((scheme, width)) :: 2]
    ):
        page = open_kind(watched, site, kind, middling=True)
        if not ALL_PAGES:
            page.evaluate(_SHORTEN)
        assert not findings(page), kind
        if not ALL_PAGES:
            turned(page, "light" if scheme == "dark" else "dark")
            assert not findings(page, runOnly=COLOURS), f"{kind}, in the other theme"
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]


@pytest.mark.audit
@pytest.mark.parametrize("part", range(PARTS))
def test_axe_has_nothing_to_say_of_any_page(
    visit: Callable[..., Watched], site: Path, part: int, tally: Callable[[str, int], None]
) -> None:
    """Every page at 360 and 1280 pixels, light and dark: each rule at both widths, and those that look at colours in each theme too."""
    windows = {width: visit(width=width) for width in (360, 1280)}
    for path in html_paths(site)[part::PARTS]:
        for width, watched in windows.items():
            watched.page.emulate_media(color_scheme="light")
            watched.goto(path)
            for scheme in ("light", "dark"):
                turned(watched.page, scheme)
                only = {} if (scheme == "dark") == (width == 360) else {"runOnly": COLOURS}
                assert not (found := findings(watched.page, **only)), (
                    f"{path} at {width}, {scheme}: {found}"
                )
        tally("pages without a finding of axe's at 360 and 1280 pixels, light and dark", 1)


def test_a_stacked_table_is_read_as_a_table(visit: Callable[..., Watched], site: Path) -> None:
    """On a phone, where rows are stacked, the browser still tells a screen reader of the table, its rows, heads and cells."""
    watched = visit(width=360, height=740)
    page = watched.goto(kinds(site)["charts/x"])
    page.locator("details:has(table)").evaluate_all("all => all.forEach(one => one.open = true)")
    cells = page.locator("main table td").first
    assert cells.evaluate("one => getComputedStyle(one).display") == "block"
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    told = Counter(str(node["role"]["value"]) for node in tree if not node["ignored"])
    drawn = {
        role: page.locator(f"main table {tag}").count()
        for role, tag in {"row": "tr", "rowheader": "tbody th", "cell": "td"}.items()
    }
    assert drawn["cell"] > 3
    assert {role: told[role] for role in drawn} == drawn
