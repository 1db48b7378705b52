"""Whether a passage begins or ends inside a word or a number, so that quoting it would change what it says.

"000 men" of "160,000 men", "1.5" of "−1.5", "5" of "5%" and "30" of "30 thousand" are other numbers than the text's.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from explainer.values.vocabulary import is_any_magnitude

_REACH: Final = 24
"""How far around a passage its neighbours are looked at."""
_BEFORE = re.compile(
    r"(?:\d[.,'’]|[-\u2010\u2011−﹣－+±~<>≤≥^/$€£₽₴¥]|(?:^|[\s(\d])–|\d\s?[×x]\s?|\b(?:minus|минус|мінус|moins|meno|menos)\s)$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[.,'’]\d|\s?[%‰°]|\s?(?:per\s?cent|процент|відсот|prozent|procent)|[-–−]\d|\s?[$€£₽₴¥]|e[+-]?\d|\s?[×x]\s?10|/\d", re.IGNORECASE
)
_HEAD, _GROUP = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})*$"), re.compile(r"[ \u00a0\u202f]\d{3}(?!\d)")
_TAIL, _GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3})*[ \u00a0\u202f]$"), re.compile(r"\d{3}(?!\d)")
_WORD = re.compile(r"\s*([^\W\d_]+)")


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` cuts no word and no number."""
    first, last = text[start], text[end - 1]
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if before and _in_word(before[-1]) and _in_word(first):
        return False
    if after and ((_in_word(after[0]) and _in_word(last)) or unicodedata.combining(after[0])):
        return False
    if first.isdigit() and (_BEFORE.search(before) or (_TAIL.search(before) and _GROUPED.match(text, start))):
        return False
    return not last.isdigit() or not _goes_on(text[max(start, end - _REACH) : end], after)


def _goes_on(number: str, after: str) -> bool:
    """Whether a number at a passage's end goes on after it: in digits, in a sign or in a word that multiplies it."""
    if _AFTER.match(after) or (_HEAD.search(number) and _GROUP.match(after)):
        return True
    word = _WORD.match(after)
    return word is not None and is_any_magnitude(word.group(1))


def _in_word(ch: str) -> bool:
    return ch.isalnum() or ch == "_"
