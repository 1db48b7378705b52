"""What the theme prints and the HTML standard does not allow, put right in every finished page."""

from __future__ import annotations

import re
from typing import Final

_FAULTS: Final = (
    re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"'),  # a checkbox holds nothing that could be completed
    re.compile(r'(<label [^>]*?) tabindex=""'),  # neither in the order of the keyboard nor out of it
)


def mended(page: str) -> str:
    """The page without what the checker of the standard would object to."""
    for fault in _FAULTS:
        page = fault.sub(r"\1", page)
    return page
