"""Which comparing words a comparison bears: one that ranks by size bears "largest", and not "doubled"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from explainer.ledger import Holder, Ledger
from explainer.lint.known import in_words
from explainer.lint.meanings import EITHER, MEANINGS, UNLISTED
from explainer.records import Fact, Series

_BORNE = {
    "largest-since": "large last", "smallest-since": "small last",
    "largest-rank": "large most only last", "smallest-rank": "small only last",
    "earliest-rank": "first last only", "count": "only most first", "share": "most ratio", "change": "ratio", "ratio": "ratio",
    "years-between": "large small first last",
}  # fmt: skip


def borne(word: str, facts: Iterable[Fact], ledger: Ledger, language: str = "en") -> bool:
    """Whether a comparing word is borne out by one of the facts: worked out by it, or said in the words of its claims."""
    return any(_worked_out(word, fact) if fact.compares else word.casefold() in _said(fact, ledger, language) for fact in facts)


def said_of(word: str, series: Iterable[Series], ledger: Ledger, language: str = "en") -> bool:
    """Whether the words that bear a series' points say a comparing word."""
    return any(word.casefold() in _said(each, ledger, language) for each in series)


def _worked_out(word: str, fact: Fact) -> bool:
    assert fact.compares is not None
    how, plain = _BORNE[fact.compares.how].split(), word.casefold()
    if re.match("|".join(MEANINGS[each] for each in how), plain):
        return True
    ranks = "large" in how or "small" in how or "first" in how
    listed = re.match("|".join(MEANINGS.values()), plain)
    return ranks and (re.match(EITHER, plain) is not None or (listed is None and re.match(UNLISTED, plain) is not None))


def _said(holder: Holder, ledger: Ledger, language: str) -> set[str]:
    """The comparing words in what the claims of a fact or series say, and in what bears them."""
    texts = [holder.question] if isinstance(holder, Fact) else []
    for entry in ledger.entries(holder):
        texts += [entry.claim.text or "", *(part or "" for item in entry.claim.supports for part in (item.quote, item.locator, item.says))]
    return {word for text in texts for word in in_words(text, language).words}
