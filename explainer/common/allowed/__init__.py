"""Lists of what a finished site may contain: elements, attributes, URLs, scripts and kinds of
files.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())
