"""What axe finds on a page of each kind, in both themes, on a phone and on a desk: nothing at all.

On a push each kind is opened in both themes and at both widths, two of the four ways; in an audit all four.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.browsing import ALL_PAGES, KINDS, Watched
from test_pages import open_kind

_WAYS = [("light", 320), ("dark", 1280), ("dark", 320), ("light", 1280)]
_OPENED = [(kind, *way) for turn, kind in enumerate(KINDS) for way in (_WAYS if ALL_PAGES else _WAYS[turn % 2 * 2 :][:2])]


@pytest.mark.parametrize(("kind", "scheme", "width"), _OPENED)
def test_axe_has_nothing_to_say(visit: Callable[..., Watched], site: Path, kind: str, scheme: str, width: int) -> None:
    """No finding of axe's, grave or slight."""
    page = open_kind(visit, site, kind, middling=True, width=width, color_scheme=scheme).page
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert not [f"{one['id']} ({one['impact']}): {one['help']}: {[str(node['target']) for node in one['nodes'][:3]]}" for one in found]
