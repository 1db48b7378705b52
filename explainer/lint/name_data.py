"""The lists of ``names.tsv``: names with numbers, and the words that make a name of the number beside them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("names.tsv")

NO_DESIGNATION: Final = re.compile(
    r"(?:RUB|RUR|USD|EUR|GBP|UAH|CHF|JPY|CNY|INR|PLN|CZK|SEK|NOK|DKK|CAD|AUD|NZD|BRL|ZAR|TRY|KZT|BYN|ILS"
    r"|MXN|KRW|HKD|SGD|BTC|ETH|US|AD|BC|BCE|CE|FY|CY|MEN|IN|ON|AT|TO|OF|BY|OR|AND|FOR|ALL|SUM|TOP|AGE|APR"
    r"|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC|JAN|FEB|MAR|KM|KG|CM|MM|HA|KW|MW|GW|BN|MN|MLN|TEN|SIX|ONE|TWO"
    r"|X|Q|DEAD|LOST|OVER|ONLY|KILLED|WOUNDED|DEATHS|TOTAL|ABOUT|NEARLY|UNDER|PEOPLE|HOMES|JOBS|COST)[-‑–]?\d|H[12]$"
    r"|(?:До|От|На|За|По|Не|Во|Из|Их|Им|Від|Зі|Та|Як|Май|Мар|Лип|Чел|Чол|Руб|Грн|Тыс|Тис)[-‑]\d"
)
"""Letters before digits that make no name: currencies, quarters, months, units, and small words in capitals."""

CODES: Final = "A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]"
"""The codes of the states of the USA, before a postcode."""
EMERGENCY: Final = "112|911|999|000|110|115|118|119|101|102|103|104|111|988|116[ \u00a0]?\\d{3}"
"""Numbers that one calls for help."""


@cache
def listed(group: str) -> tuple[str, ...]:
    """The words of a group of the file, each once."""
    return tuple(dict.fromkeys(word for own, words in _lines() if own == group for word in words))


@cache
def _lines() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = (line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return tuple((group, tuple(words.split("|"))) for group, words in rows)
