"""Links to the words themselves on a live page elsewhere: text fragments, ``#:~:text=``, which browsers find and mark."""

from __future__ import annotations

from urllib.parse import quote

from explainer.quotation.quotes import pieces

_WHOLE, _ENDS = 10, 4
"""Passages of more words are named by their first and last few."""


def at_words(url: str, words: str) -> str:
    """The address of a page, with the words to go to. A browser that does not know the form opens the page alone."""
    if not url or not words.strip():
        return url
    parts = [part.split() for part in pieces(words) if part]
    first, last = parts[0], parts[-1]
    if len(parts) > 1:
        text = f"{_coded(first[-_WHOLE:])},{_coded(last[:_WHOLE])}"
    elif len(first) > _WHOLE:
        text = f"{_coded(first[:_ENDS])},{_coded(first[-_ENDS:])}"
    else:
        text = _coded(first)
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"


def _coded(words: list[str]) -> str:
    """Words with every mark that has a meaning in a text fragment percent-encoded, the hyphen among them."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
