"""The words that languages count with. Data only: adding a language is adding rows."""

from __future__ import annotations

import re
from typing import Final

_THOUSAND = (
    r"k|thousands?|тыс|тысяч\w*|тис|тисяч\w*|tys|tysi[ąęa]c\w*|tausend|mila|mil|mille|ألف|آلاف|ribu|libo|libong|হাজার|хил|хиляди|ezer|tuhat"
)
_MILLION = r"m|mn|mln|millions?|млн|миллион\w*|мільйон\w*|милион\w*|mio|millionen|milion\w*|miljon\w*|milhões|millió"
_BILLION = r"bn|billions?|млрд|миллиард\w*|мільярд\w*|mld|milliard\w*|miliard\w*"

MAGNITUDES: Final = tuple(
    (re.compile(pattern), factor)
    for factor, pattern in ((1_000, _THOUSAND), (100_000, "lakh|লাখ"), (1_000_000, _MILLION), (1_000_000_000, _BILLION))
)
"""Words that multiply the number before them, matched whole and without case."""

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

WORDS: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_ONES.split())},
    **{word: value * 10 for value, word in enumerate(_TENS.split(), 2)},
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
"""English number words."""
