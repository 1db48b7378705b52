"""What may stand in a finished site, written down: elements, attributes, addresses, scripts, kinds of files and names."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())
