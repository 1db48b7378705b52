"""What the theme prints and the HTML standard does not allow, put right in every finished page."""

from __future__ import annotations

import re
from typing import Final

_FAULTS: Final = (
    re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"'),  # a checkbox holds nothing that could be completed
    re.compile(r'(<label [^>]*?) tabindex=""'),  # neither in the order of the keyboard nor out of it
    re.compile(r'(<button type="reset"[^>]*?) tabindex="-1"'),  # no key reached what empties the search
    re.compile(r'(<div class="md-search__scrollwrap") tabindex="0"'),  # a stop that is not seen: the results in it are stops of their own
)

_HIDDEN: Final = re.compile(r'<div class="md-(?:header__topic" data-md-component="header-topic|search__suggest)"')
"""What a reader who hears the page has elsewhere: the page's title, and the word that the search would add to what is typed."""

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
    page = _HIDDEN.sub(r'\g<0> aria-hidden="true"', page)
    return _MENU_LABEL.sub(_MENU_BUTTON, page)
