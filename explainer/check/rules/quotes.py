"""The rules ``text-not-kept``, ``quote-not-found``, ``quote-is-title`` and ``quote-too-short``.

A quote must be in the kept text of its source. It must be long enough, and more than the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.common.problems import Problem
from explainer.model.ledger import Ledger
from explainer.model.quotations import MOST_PASSAGES, pieces
from explainer.model.records import Evidence

_FEW, _PIECE = 3, 2
"""The minimum number of words in a quote, and in each passage between […]."""
_SIGNS = 6
"""The minimum number of characters in a quote or passage in a script without spaces between words.
"""
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def of_one(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Yield the problems of each quote of a fact or series.

    The quote cannot be checked, is not in the kept text, is part of the title, or is too short.
    """
    for entry in ledger.entries(ledger.holders[name]):
        for item in entry.claim.evidence:
            if item.quote is not None and item.source in ledger.sources:
                yield from _problems(ledger, item, item.quote)


def _problems(ledger: Ledger, item: Evidence, quote: str) -> Iterator[Problem]:
    place, text = item.place("quote"), ledger.kept.get(item.source)
    if text is None and ledger.sources[item.source].text is not None:
        return  # the text cannot be read, which is reported when the source is read
    if text is None:
        hint = (
            "write a locator of at most eight words and 'says' in our words, or keep the text under"
            " seeds/texts/"
        )
        yield Problem(
            place,
            "text-not-kept",
            f"the text of '{item.source}' is not kept, so the quote cannot be checked",
            hint,
        )
    elif len(pieces(quote)) > MOST_PASSAGES:
        message = f"“{quote[:80]}” leaves words out in more than {MOST_PASSAGES - 1} places"
        yield Problem(place, "quote-too-short", message, "quote fewer passages, and more of each")
    elif text.find(quote) is None and text.is_given_up(quote):
        message = (
            f"passages of “{quote[:80]}”, or of the quotes before it, stand in too many places of"
            f" '{item.source}'"
        )
        yield Problem(place, "quote-too-short", message, "quote more words in a row")
    elif text.find(quote) is None:
        near = text.nearest(quote)
        hint = (
            f"the text says: “{near}”"
            if near
            else "copy the words from the kept text, and cut no word and no number"
        )
        yield Problem(
            place, "quote-not-found", f"“{quote[:80]}” does not stand in '{item.source}'", hint
        )
    elif _is_title(quote, ledger.sources[item.source].title):
        hint = "quote the words of the text itself"
        yield Problem(
            place,
            "quote-is-title",
            f"“{quote[:80]}” is the title of '{item.source}', or a part of it",
            hint,
        )
    elif not all(_enough(part, _PIECE) for part in pieces(quote)) or not _enough(quote, _FEW):
        hint = f"quote at least {_FEW} words, and at least {_PIECE} on either side of each […]"
        yield Problem(
            place,
            "quote-too-short",
            f"“{quote[:80]}” is too short to show what the text says",
            hint,
        )


def _is_title(quote: str, title: str) -> bool:
    plain, whole = (
        "".join(ch for ch in text.casefold() if ch.isalnum()) for text in (quote, title)
    )
    return bool(plain) and plain in whole


def _enough(text: str, words: int) -> bool:
    return len(re.findall(r"\w+", text)) >= words or len(_UNSPACED.findall(text)) >= _SIGNS
