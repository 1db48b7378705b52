"""Numbers that say a difference and no count.

Such are "300 more passengers than in 2019", "300 votes short of" and "all but 3 members". The
words stand in ``values/counting/<language>.tsv``: ``differ``, ``differalways``, ``differthan``,
``differbefore``, ``differby``, ``differnot``, ``than``, ``comparedto`` and ``except``.
"""

from __future__ import annotations

import re
from typing import Final

from explainer.values.numerals import WORD, Numeral
from explainer.values.vocabulary import Vocabulary

_NOUN_WORDS: Final = 4
"""How many words the noun between a number and "more" has at most."""
_REACH: Final = 120
_NEAR: Final = 30
_COUNTER: Final = 3
"""How many signs a counter has at most in a script without spaces."""
_CLAUSE: Final = re.compile(r"[()—]|[.,;:!?–]\s|[.;:!?]$|[，。；：！？、،؛؟।\n]")
_SENTENCE: Final = re.compile(r"[.;!?]\s|[。；！？؛؟।\n]")


def difference_at(low: str, first: Numeral, last: Numeral, words: Vocabulary) -> str:
    """The words by which a number is a difference, or what is left out; empty where it is neither.

    ``low`` is the folded text; ``first`` and ``last`` are the ends of the numbers that are
    joined to this one.
    """
    if last.mark in ("%", "‰", "pp"):
        return ""
    before = _SENTENCE.split(low[max(0, first.start - _REACH) : first.start])[-1]
    if left_out := _ends_in(before, "except", words):
        return left_out
    after = _SENTENCE.split(low[last.end : last.end + _REACH])[0]
    return _before(before, after, words) or _after(before, after, words)


def _after(before: str, after: str, words: Vocabulary) -> str:
    """The word behind the number, or behind its noun, that says "more" or "fewer"."""
    rest = _CLAUSE.split(after)[0]
    for key in ("differalways", "differ"):
        pattern = words.phrases(key)
        for found in pattern.finditer(rest) if pattern else ():
            if _is_excepted(rest, found.start(), words):
                continue
            if not _may_be_a_noun(rest[: found.start()], words):
                break
            if key == "differalways" or _is_a_difference(before, after, rest, found, words):
                return found.group()
    return ""


def _is_a_difference(before: str, after: str, rest: str, found: re.Match[str], words: Vocabulary) -> bool:
    """Whether a word such as "more" makes the number before it a difference.

    It does not where it belongs to an adjective behind it: "los 300 municipios más poblados".
    """
    if words.sets.get("differby"):
        return bool(_ends_in(before, "differby", words))
    compares = _holds(before + " " + after, "comparedto", words)
    if not rest[: found.start()].strip(" -"):
        return not words.has("differthan", found.group()) or compares or _holds(after[found.end() :], "than", words)
    following = re.match(rf"\s*({WORD})?", rest[found.end() :])
    word = following.group(1) if following else None
    return compares or word is None or any(words.has(key, word) for key in ("than", "stop", "light"))


def _before(before: str, after: str, words: Vocabulary) -> str:
    """The word right before a number that says "more" of it, where the sentence compares.

    Portuguese says so: "mais 300 casos do que em 2019".
    """
    said = _ends_in(before, "differbefore", words)
    compares = said and (_holds(after, "than", words) or _holds(before + " " + after, "comparedto", words))
    return said if compares else ""


def _is_excepted(rest: str, place: int, words: Vocabulary) -> bool:
    """Whether the words at a place say something else: "300 patients de plus de 60 ans"."""
    pattern = words.phrases("differnot")
    return pattern is not None and pattern.match(rest, place) is not None


def _may_be_a_noun(between: str, words: Vocabulary) -> bool:
    """Whether nothing but the noun of a number stands in some words."""
    if "unspaced" in words.flags:
        is_apart = between.endswith(" ") and "\u0e00" <= between.strip()[-1:] <= "\u0e7f"  # in Thai a space parts clauses
        return len(between.strip()) <= _COUNTER and not is_apart
    found = re.findall(WORD, between)
    ends = any(words.has(key, word) for word in found for key in ("stop", "to", "or", "and") if not words.has("of", word))
    return len(found) <= _NOUN_WORDS and not ends and not any(ch.isdigit() for ch in between)


def _holds(text: str, key: str, words: Vocabulary) -> bool:
    pattern = words.phrases(key)
    return pattern is not None and pattern.search(text) is not None


def _ends_in(before: str, key: str, words: Vocabulary) -> str:
    """The words under a key in which folded text ends."""
    pattern, head = words.phrases(key), before[-_NEAR:].rstrip()
    return next((found.group() for found in pattern.finditer(head) if found.end() == len(head)), "") if pattern else ""
