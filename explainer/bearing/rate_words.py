"""The words by which texts say that a number is per day, per head or per 1,000, from ``values/rates/<language>.tsv``."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from explainer.values.hedging_words import LENGTHS, hedging_words
from explainer.values.numerals import numerals
from explainer.values.vocabulary import is_spaced, spellings

_FOLDER: Final = Path(__file__).resolve().parents[1] / "values" / "rates"
TIMES: Final = ("seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years")
"""The units of time that a number may be per; each is also a key of the files."""
_SHORT: Final = {"s": "seconds", "sec": "seconds", "min": "minutes", "h": "hours", "hr": "hours"}
_SLASH: Final = {
    "seconds": "s|sec|second|sek|с|сек|秒|초",
    "minutes": "min|minute|мин|хв|分钟|分",
    "hours": "h|hr|hrs|hour|sa|saat|ч|час|год|小时|小時|時間|時|std|godz|시간",
    "days": "d|day|tag|jour|día|dia|giorno|dag|сут|сутки|день|добу|доба|天|日|일",
    "weeks": "wk|week|woche|semaine|semana|settimana|нед|неделя|неделю|тиж|тиждень|周|週|주",
    "months": "mo|month|monat|mois|mes|mês|mese|мес|месяц|міс|місяць|月|월",
    "years": "y|yr|year|a|jahr|an|año|ano|anno|jaar|år|rok|рік|年|년",
    "": "l|ml|dl|kg|g|mg|t|ton|tons|tonne|tonnes|tonelada|tấn|tạ|тонна|тонну"
    "|ha|m|cm|km|mi|ft|cap|capita|head|person|household|kwh|mwh|bbl|barrel|hab|cápita|kopf"
    "|л|мл|кг|г|га|м|км|т|чел|особу|человека|人|户|公里|公斤|公顷|吨|升|米|명|인",
}
"""What behind a slash makes a unit a rate, "km/h", by the time that it is per; under the empty key what is no time."""
_MAGNITUDE: Final = (
    r"(?:million|millionen|mille|tys|тыс|тис|tis|mil|ribu|nghìn|ngàn|bin|ezer|tūkst|thousand|tusind|tusen|duizend|tausend|mii"
    r"|万|萬|千|億|亿|만|천|억|हज़ार|हजार|लाख|হাজার|লাখ|ألف|هزار|אלף)\.?"
)
_ONE: Final = "a|one|un|une|uno|una|um|uma|ein|eine|einen|en|ett|een|jeden|jednu|один|одну|én|egy|bir|o|ten|zehn|dix|diez|dieci|dez"
_IN_WORDS: Final = (
    r"(?:(?:hundred|cent|cien|cento|hundert|honderd|hundra|hundrede|sto|сто|száz|yüz|sata)[\s-]?)?(?:thousand|mille|mil|mila|tausend|duizend|tusen"
    r"|tusind|tisíc|tysięcy|тысяч|тисяч|ezer|bin|tuhatta|million|millions|millón|milhão|milione|milioni|millionen|miljoen|miljoner|miljon|milion"
    r"|milionu|milión|миллион|мільйон|millió|milyon|miljoonaa)(?!\w)"
)
_ROUND: Final = (
    rf"(?:10{{0,2}}\s?{_MAGNITUDE}|(?:10{{0,2}}(?:[\s.,'’]?000){{1,3}}|100)(?!\d)(?:\s?{_MAGNITUDE})?"
    r"|[百千万萬億亿十]{1,3}|(?:천|만|백만|십만)"
    rf"|(?:(?:{_ONE})\s)?{_IN_WORDS})"
)
"""A number that rates are per: 100, 1 000, 100.000, 10万, "un million", "ezer"."""
_FIGURE: Final = r"\d[\d.,]{0,20}"
_WORD: Final = r"[^\W_]{1,40}"
_NEAR: Final = 6
"""How many words may stand between a number and what says, behind it, that it is per something which is no time."""


@dataclass(frozen=True)
class Rate:
    """Words of a text that say what a number is per."""

    start: int
    end: int
    per: str
    """One of ``TIMES``; else the words themselves, as "per 1,000"."""


def rates_in(text: str, language: str) -> tuple[Rate, ...]:
    """All words of a text that say a rate, in the order of the text."""
    return _rates_in(text, language)[0]


@lru_cache(maxsize=2048)
def _rates_in(text: str, language: str) -> tuple[tuple[Rate, ...], tuple[int, ...]]:
    low = "".join(each if len(each) == 1 else ch for ch in text for each in (ch.lower(),)).replace("’", "'")
    found = tuple(sorted(_found(low, text, _language(language)), key=lambda rate: rate.start))
    return found, tuple(rate.start for rate in found)


def _found(low: str, text: str, language: str) -> Iterator[Rate]:
    relative = hedging_words(language).relative
    # "in the past 24 hours"; without a number, Finnish "vuorokaudessa" is also "a day"
    told = relative.pattern.finditer(low) if relative.pattern else ()
    lengths = [each.span() for each in told if relative.of(each) & LENGTHS.keys() and any(ch.isdigit() for ch in each.group())]
    for pattern in (_phrases(language), _slashes()):
        for match in pattern.finditer(low) if pattern else ():
            within_length = any(start < match.end() and match.start() < end for start, end in lengths)  # "in the past 24 hours"
            if within_length or _is_a_date(low, match.start()):
                continue
            if match.lastgroup and match.lastgroup != "no":
                per = match.lastgroup if match.lastgroup in TIMES else re.sub(r"\s+", " ", text[match.start() : match.end()].strip())
                yield Rate(match.start(), match.end(), per)


def _is_a_date(low: str, start: int) -> bool:
    """Whether a sign for years or months stands behind the number of one: "2024年に" is in 2024, and "1年に" a year."""
    before = low[max(0, start - 4) : start]
    digits = len(before) - len(before.rstrip("0123456789"))
    return digits == 4 if low[start] in "年년" else digits > 0 and low[start] in "月월"


def rates_near(text: str, language: str, before: int, start: int, end: int, after: int, without: Collection[Rate] = ()) -> frozenset[str]:
    """What the number from ``start`` to ``end`` is said to be per, by words that begin between ``before`` and ``after``.

    Words that say a rate which is no time count only if few others stand between.
    """
    found, starts = _rates_in(text, language)
    said = set()
    for rate in found[bisect_left(starts, before - 80) : bisect_left(starts, after)]:
        is_before, is_after = before < rate.end <= start, end <= rate.start
        if not (is_before or is_after) or rate in without:
            continue
        if is_after and rate.per not in TIMES and len(re.findall(_WORD, text[end : rate.start])) > _NEAR:
            continue
        said.add(rate.per)
    return frozenset(said)


def rates(words: str, language: str = "en") -> frozenset[str]:
    """What any number in the words would be per."""
    return frozenset(rate.per for rate in rates_in(words, language))


def times_of(unit: str | None) -> frozenset[str]:
    """The units of time that a unit is per: months of "people/month"."""
    return frozenset(name for name in map(_time, (unit or "").split("/")[1:]) if name in TIMES)


def is_per_another(unit: str | None) -> bool:
    """Whether a unit is per something that is no time, or a time under a name that is not known here."""
    return any(_time(name) not in TIMES for name in (unit or "").split("/")[1:])


def _time(name: str) -> str:
    short = name.strip().casefold()
    return _SHORT.get(short, f"{short.removesuffix('s')}s")


def rate_at_odds(unit: str, nouns: Collection[str], languages: Collection[str], said: frozenset[str], told: frozenset[str]) -> str:
    """What is wrong between what a unit is per and what words say; empty where nothing is.

    ``said`` is what the words of one piece of evidence give the number, ``told`` what all words that support the claim do. A noun
    that says a rate itself, "deaths per 100,000", says it for the unit.
    """
    wanted, own = times_of(unit), frozenset[str]().union(*(rates(noun, each) for noun in nouns for each in languages))
    if wanted - said - own:
        return f"nothing in them says that it is per {min(wanted - said)[:-1]}"
    over = told - wanted - own
    if other := _of_another_base(own, over, languages):
        return f"they make it a rate per something else: '{other}'"
    if is_per_another(unit):
        over &= {"days", "months", "years"}
    elif own - set(TIMES) or unit in ("percent", "percentage points"):
        over &= set(TIMES)
    if not over:
        return ""
    first = min(over)
    return f"they say that it is per {first[:-1]}" if first in TIMES else f"they make it a rate per something else: '{first}'"


def _of_another_base(own: frozenset[str], told: frozenset[str], languages: Collection[str]) -> str:
    """Which of the rates told is per another number than all of the unit's own: "per 1,000" of "deaths per 100,000"."""

    def bases(name: str) -> set[Decimal]:
        return {number.value for language in languages for number in numerals(name, language)}

    wanted = {base for name in own for base in bases(name)}
    return next((name for name in sorted(told) if wanted and bases(name) and not bases(name) & wanted), "")


def _language(language: str) -> str:
    short = language.replace("_", "-").split("-")[0].casefold()
    return {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "yue": "zh"}.get(short, short)


@cache
def _slashes() -> re.Pattern[str]:
    """Slashes and exponents that make the unit before them a rate: "km/h", "kg ha⁻¹"."""
    names = (f"(?P<{unit or 'other'}>{words})" for unit, words in _SLASH.items())
    ends = r"(?![^\W\d_⁰¹²³])"
    exponent = r"(?<=\w)[\s·⋅]\s?[a-z]{1,3}(?:⁻¹|\^?[-−]1(?!\d))"
    return re.compile(rf"(?<=[^\W\d])\s?[/∕⁄]\s?(?:{'|'.join(names)}){ends}|(?P<exponent>{exponent})")


@cache
def _phrases(language: str) -> re.Pattern[str] | None:
    """What finds the phrases of a language's file: those under ``no``, which say no rate, before all others, and longer ones first."""
    path = _FOLDER / f"{language}.tsv"
    if not (language.isascii() and language.isalpha() and path.is_file()):
        return None
    by_key: dict[str, list[list[str]]] = {}
    for key, phrase in sorted(_lines(path), key=lambda line: (line[0] != "no", line[0] not in TIMES, -len(line[1]), line[1])):
        by_key.setdefault(key, []).append(_pieces(phrase))
    return re.compile("|".join(f"(?P<{key}>{_tree(phrases)})" for key, phrases in by_key.items()))


def _tree(phrases: list[list[str]]) -> str:
    """A pattern for phrases cut into pieces, in which those that begin alike share their beginning: each word is tried once."""
    rests: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        if phrase:
            rests.setdefault(phrase[0], []).append(phrase[1:])
    branches = [first + _tree(rest) for first, rest in rests.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})" if branches else ""


def _pieces(phrase: str) -> list[str]:
    """Patterns for the parts of a phrase and what stands between and around them.

    ``*`` is any word, ``#`` a round number, ``@`` any figure; ``>`` before the last part only looks ahead.
    """
    ahead = phrase.split("_>")[1] if "_>" in phrase else ""
    parts = phrase.split("_>", maxsplit=1)[0].split("_")
    first, last = parts[0][0], parts[-1][-1]
    begin = r"(?<!\d)" if first.isdigit() or first in "#@" else r"(?<!\w)" if first == "*" or is_spaced(first) else ""
    end = "" if last == "#" else r"(?!\w)" if last == "*" or is_spaced(last) or not last.isalnum() else ""
    look = rf"(?=\s?{_part(ahead) if ahead != '0' else '[0-9]'})" if ahead else ""
    between = [piece for part in parts for piece in (r"[\s\-]+", _part(part))][1:]
    return [begin, *between, look or end]


def _part(part: str) -> str:
    return "".join(_ROUND if ch == "#" else _WORD if ch == "*" else _FIGURE if ch == "@" else re.escape(ch) for ch in part)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, words = line.partition("\t")
        if key and not key.startswith("#"):
            for word in words.split():
                yield from ((key, unicodedata.normalize("NFC", each).lower()) for each in spellings(word))
