"""What the theme prints and the HTML standard does not allow, put right in every finished page."""

from __future__ import annotations

import re
from typing import Final

_FAULTS: Final = (
    re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"'),  # a checkbox holds nothing that could be completed
    re.compile(r'(<label [^>]*?) tabindex=""'),  # neither in the order of the keyboard nor out of it
)

_MENU_LABEL = re.compile(r'<label class="md-header__button md-icon" for="__drawer">(.*?)</label>', re.DOTALL)
"""The theme opens its menu by the label of a checkbox that is not shown, so no key reaches it."""
_MENU_BUTTON: Final = (
    r'<button type="button" class="md-header__button md-icon menu-open" popovertarget="menu" '
    r'aria-labelledby="menu-title">\1</button>'
)


def mended(page: str) -> str:
    """The page without what the checker of the standard objects to, and with a button that opens its menu."""
    for fault in _FAULTS:
        page = fault.sub(r"\1", page)
    return _MENU_LABEL.sub(_MENU_BUTTON, page)
