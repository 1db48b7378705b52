"""Read the units of a text's numbers: what changes a unit, amounts in two units, and rates."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from explainer.languages import LISTS
from explainer.model.hedging_words import LENGTHS, hedging_words
from explainer.model.intervals import terminating
from explainer.model.number_reader import WORD, Numeral
from explainer.model.number_words import Vocabulary, folded, is_spaced, spellings
from explainer.model.numerals import AND, numerals
from explainer.model.units import compounds, smaller_units

# Units that a neighbour makes another: "85 m²", "85 square metres", "12 kW·h", "320人泊"

_FILE: Final = LISTS / "unit_modifiers.tsv"
_LONGER: Final = _FILE.with_name("longer_units.tsv")
_POWER_SIGN: Final = re.compile(r"\s?(?:[²³]|\^\s?[23](?!\d)|\*\*[23](?!\d))")
_SQUARED_NAME: Final = re.compile(r"[²³]|\^[23]|[a-zм][23]$")
_PRODUCT: Final = re.compile(r"[·⋅∙]\s?[^\W\d_]")
_FAHRENHEIT: Final = re.compile(
    r"\s?(?:°\s?)?(?:f(?![^\W\d_])|fahrenheit|фаренгейт|по фаренгейту|за фаренгейтом|华氏|華氏|화씨)"  # noqa: E501
)
_CELSIUS: Final = re.compile(
    r"\s?(?:°\s?)?(?:c(?![^\W\d_])|celsi|цельси|по цельсию|за цельсієм|摄氏|攝氏|섭씨)"
)
_BEFORE: Final = 24


def is_of_another_unit(text: str, start: int, end: int, names: frozenset[str]) -> bool:
    """Return whether a noun in folded text is a part of another unit than those in ``names``.

    Examples: "85 square metres", "12 kW·h", "90 degrees Fahrenheit".
    """
    noun = text[start:end]
    return (
        _is_a_power(text, start, end, noun, names)
        or (_matches("power", noun) and _is_times_hours(text, end, names))
        or _is_of_the_other_scale(text, end, noun, names)
        or _is_a_part(text, start, end, noun, names)
    )


def _is_a_power(text: str, start: int, end: int, noun: str, names: frozenset[str]) -> bool:
    """Return whether a length is squared or cubed, or of another kind, as a nautical mile is."""
    if not _is_length(noun) or any(_says_power(name) for name in names):
        return False
    if _POWER_SIGN.match(text, end) or _words("after").match(text, end):
        return True
    return _words("before").search(text[max(0, start - _BEFORE) : start]) is not None


def _is_length(noun: str) -> bool:
    return noun in _read()["signs"] or any(part in noun for part in _read()["length"])


@cache
def _says_power(name: str) -> bool:
    """Return whether an author's noun itself says that it is squared, cubed or nautical."""
    said = re.compile("|".join(map(_word, (*_read()["before"], *_read()["after"]))))
    return bool(_SQUARED_NAME.search(name) or said.search(name))


def _is_times_hours(text: str, end: int, names: frozenset[str]) -> bool:
    """Return whether a unit of power is really one of energy: kW·h, kilowatt-hours."""
    if any(_words("hours").search(name) for name in names):
        return False
    return bool(_PRODUCT.match(text, end) or _words("hours").match(text, end))


def _is_of_the_other_scale(text: str, end: int, noun: str, names: frozenset[str]) -> bool:
    """Return whether degrees are given in another scale than the one that the names speak of.

    The scales are Fahrenheit and Celsius.
    """
    if "°" not in noun and not noun.startswith(("deg", "grad", "град", "stop", "度", "도")):
        return False
    named = [each for each in (_FAHRENHEIT, _CELSIUS) if any(each.search(name) for name in names)]
    told = [each for each in (_FAHRENHEIT, _CELSIUS) if each.match(text, end)]
    return bool(named and told) and not any(each in named for each in told)


def _is_a_part(text: str, start: int, end: int, noun: str, names: frozenset[str]) -> bool:
    """Return whether a counter in an unspaced script is part of a longer unit: 人 of 人泊, 元 of 美元.

    It is not if ``names`` holds the longer unit.
    """  # noqa: E501
    before, behind = _longer().get(noun, (None, None))
    begun = before.search(text[max(0, start - _BEFORE) : start]) if before else None
    more = behind.match(text, end) if behind else None
    wholes = ([begun.group() + noun] if begun else []) + ([noun + more.group()] if more else [])
    return any(not any(whole in name for name in names) for whole in wholes)


@cache
def _longer() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    """Return, for each counter, what makes it another unit right before it and right after it."""
    lines = (
        line.split("\t")
        for line in _LONGER.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    found: dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]] = {}
    for counter, words in lines:
        before = "|".join(word[1:] for word in words.split(" ") if word.startswith("<"))
        behind = "|".join(word for word in words.split(" ") if not word.startswith("<"))
        found[counter] = (
            re.compile(f"(?:{before})$") if before else None,
            re.compile(behind) if behind else None,
        )
    return found


@cache
def _words(key: str) -> re.Pattern[str]:
    """Return the pattern of the words under a key.

    The words under ``before`` match at the end of the text before a unit, the others right after
    one.
    """
    made = "|".join(
        _word(word) for word in sorted(_read()[key], key=lambda word: (-len(word), word))
    )
    return re.compile(rf"(?:{made})[\s\-]*$" if key == "before" else rf"[\s\-‐‑]*(?:{made})")


def _word(word: str) -> str:
    stem, spaced = re.escape(word.rstrip("*")), is_spaced(word[0])
    begin = r"(?<!\w)" if spaced else ""
    return begin + stem + (r"\w{0,8}" if word.endswith("*") else "") + (r"(?!\w)" if spaced else "")


def _matches(key: str, noun: str) -> bool:
    return any(
        noun == word or (word.endswith("*") and noun.startswith(word[:-1])) for word in _read()[key]
    )


@cache
def _read() -> dict[str, tuple[str, ...]]:
    lines = (
        line.split("\t")
        for line in _FILE.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    return {key: tuple(words.replace("_", " ").split(" ")) for key, words in lines}


# Amounts in two or three units: "5 roubles 30 kopecks", "1 h 12 min 30 s"
#
# No single number of them is the amount.

_LONGEST: Final = 40
"""The maximum length of the text between the two numbers."""
YEAR_IN_WORDS: Final = re.compile(r"(?:1[5-9]|20)\d\d\s(?:m|g|gada|metais)\.\s")
"""Matches a year with the Lithuanian or Latvian word for one."""
_MOST: Final = 10**12
_MONTHS: Final = 12


@dataclass(frozen=True)
class Joint:
    """Two numbers that are one amount in two units.

    ``ratio`` says how many of the smaller unit make the larger one. It is None if the pair is not
    known for certain; then the numbers are only in doubt.
    """

    left: Numeral
    right: Numeral
    ratio: int | None

    @property
    def is_time_of_months(self) -> bool:
        """Return whether the amount is in years and months: "3年6个月".

        In scripts without spaces such years look like a date.
        """
        return self.ratio == _MONTHS


def joints(text: str, found: tuple[Numeral, ...], words: Vocabulary) -> tuple[Joint, ...]:
    """Return every two neighbouring numbers of a text that are one amount in two units."""
    made = (_joint(text, left, right, words) for left, right in pairwise(found))
    return tuple(each for each in made if each is not None)


def _joint(text: str, left: Numeral, right: Numeral, words: Vocabulary) -> Joint | None:
    gap = text[left.end : right.start]
    if YEAR_IN_WORDS.fullmatch(text[left.start : left.end].strip() + gap):
        return None  # Lithuanian "2022 m. 55 įmonės": a year and a count
    if (
        len(gap) > _LONGEST
        or left.doubt
        or right.doubt
        or left.value < 0
        or left.factor > 1
        or left.mark in ("%", "‰", "pp", "th")
    ):
        return None  # "£23.8bn, or 12p a share" is not an amount in two units
    larger, comma = _unit_in(folded(gap), left.mark)
    pairs = [each for each in compounds() if larger in each.larger and right.value < each.ratio]
    if not pairs or left.value != left.value.to_integral_value() or "." in gap.strip(". "):
        return None
    following = smaller_units().match(
        folded(text[right.end : right.end + _LONGEST].lstrip(" \u00a0\u202f-"))
    )
    smaller = following.group() if following else ""
    ratio = next((each.ratio for each in pairs if smaller in each.smaller), None)
    is_clock = re.fullmatch(r"0\d", text[right.start : right.end].strip()) is not None  # "2 h 04"
    if ratio is None and (
        comma or AND.search(gap) or not (is_clock or _is_alone(text, right, words))
    ):
        return None
    return Joint(left, right, None if comma else ratio)


def _unit_in(gap: str, mark: str) -> tuple[str, bool]:
    """Return the unit between two numbers, or else the sign of the first.

    The second item is whether a comma is after the unit.
    """
    joint = next((found for found in AND.finditer(gap) if found.end() == len(gap)), None)
    core = gap[: joint.start()] if joint else gap
    comma = core.rstrip().endswith(",")
    unit = core.strip(" \u00a0\u202f-").rstrip(",").rstrip().removesuffix(".").strip()
    return (unit or folded(mark)), comma


def _is_alone(text: str, number: Numeral, words: Vocabulary) -> bool:
    """Return whether nothing that the number could count follows it: "3 Euro 40."."""
    following = re.match(
        rf"\s*(?:({WORD})|$|[.,;:!?)。，、；：！？）])", text[number.end : number.end + _LONGEST]
    )
    if following is None:
        return False
    word = folded(following.group(1) or "")
    return not word or words.has("stop", word) or words.has("light", word)


def sums(found: tuple[Joint, ...]) -> Iterator[Numeral]:
    """Yield each whole amount twice: in the largest unit and in the smallest one.

    The first is placed at the number of the largest unit, the second at that of the smallest one.
    An amount that has no finite decimal form in a unit is left out.
    """
    for chain in _chains(found):
        ratios = [each.ratio for each in chain if each.ratio is not None]
        if len(ratios) < len(chain) or chain[0].left.value > _MOST:
            continue
        total, size = Fraction(chain[0].left.value), 1
        for each, ratio in zip(chain, ratios, strict=True):
            total, size = total * ratio + Fraction(each.right.value), size * ratio
        in_largest, in_smallest = terminating(total / size), terminating(total)
        if in_largest is not None:
            yield replace(chain[0].left, value=in_largest, bare=None)
        if in_smallest is not None:
            yield replace(chain[-1].right, value=in_smallest, bare=None)


def _chains(found: tuple[Joint, ...]) -> Iterator[list[Joint]]:
    """Yield the joints in groups that share a number: hours and minutes, minutes and seconds."""
    chain: list[Joint] = []
    for each in found:
        if chain and chain[-1].right is not each.left:
            yield chain
            chain = []
        chain.append(each)
    if chain:
        yield chain


# Rates: words for per day, per head or per 1,000, in ``explainer/languages/rates/<language>.tsv``

_FOLDER: Final = LISTS / "rates"
TIMES: Final = ("seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years")
"""The units of time that a number may be per. Each is also a key of the files of rates."""
_SHORT: Final = {"s": "seconds", "sec": "seconds", "min": "minutes", "h": "hours", "hr": "hours"}
_SLASH: Final = {
    "seconds": "s|sec|second|sek|с|сек|秒|초",
    "minutes": "min|minute|мин|хв|分钟|分",
    "hours": "h|hr|hrs|hour|sa|saat|ч|час|год|小时|小時|時間|時|std|godz|시간",
    "days": "d|day|tag|jour|día|dia|giorno|dag|сут|сутки|день|добу|доба|天|日|일",
    "weeks": "wk|week|woche|semaine|semana|settimana|нед|неделя|неделю|тиж|тиждень|周|週|주",
    "months": "mo|month|monat|mois|mes|mês|mese|мес|месяц|міс|місяць|月|월",
    "years": "y|yr|year|a|jahr|an|año|ano|anno|jaar|år|rok|рік|年|년",
    "": (
        "l|ml|dl|kg|g|mg|t|ton|tons|tonne|tonnes|tonelada|tấn|tạ|тонна|тонну"
        "|ha|m|cm|km|mi|ft|cap|capita|head|person|household|kwh|mwh|bbl|barrel|hab|cápita|kopf"
        "|л|мл|кг|г|га|м|км|т|чел|особу|человека|人|户|公里|公斤|公顷|吨|升|米|명|인"
    ),
}
"""What makes a unit a rate after a slash, as in "km/h", by the unit of time.

Units that are no time are under the empty key.
"""
_MAGNITUDE: Final = (
    r"(?:million|millionen|mille|tys|тыс|тис|tis|mil|ribu|nghìn|ngàn|bin|ezer|tūkst|thousand|tusind|tusen|duizend|tausend|mii"
    r"|万|萬|千|億|亿|만|천|억|हज़ार|हजार|लाख|হাজার|লাখ|ألف|هزار|אלף)\.?"
)
_ONE: Final = "a|one|un|une|uno|una|um|uma|ein|eine|einen|en|ett|een|jeden|jednu|один|одну|én|egy|bir|o|ten|zehn|dix|diez|dieci|dez"  # noqa: E501
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
"""A number that rates are often per: 100, 1 000, 100.000, 10万, "un million", "ezer"."""
_FIGURE: Final = r"\d[\d.,]{0,20}"
_WORD: Final = r"[^\W_]{1,40}"
_NEAR: Final = 6
"""The maximum count of words between a number and a rate after it that is per no unit of time."""


@dataclass(frozen=True)
class Rate:
    """Words of a text that say what a number is per."""

    start: int
    end: int
    per: str
    """One of ``TIMES``, or else the words themselves, as "per 1,000"."""


def rates_in(text: str, language: str) -> tuple[Rate, ...]:
    """Return all words of a text that say a rate, in the order of the text."""
    return _rates_in(text, language)[0]


@lru_cache(maxsize=2048)
def _rates_in(text: str, language: str) -> tuple[tuple[Rate, ...], tuple[int, ...]]:
    low = "".join(each if len(each) == 1 else ch for ch in text for each in (ch.lower(),)).replace(
        "’", "'"
    )
    found = tuple(sorted(_found(low, text, _language(language)), key=lambda rate: rate.start))
    return found, tuple(rate.start for rate in found)


def _found(low: str, text: str, language: str) -> Iterator[Rate]:
    relative = hedging_words(language).relative
    # "in the past 24 hours" is a length of time and no rate. Only lengths with a number are left
    # out: Finnish "vuorokaudessa" is also "per day".
    told = relative.pattern.finditer(low) if relative.pattern else ()
    lengths = [
        each.span()
        for each in told
        if relative.of(each) & LENGTHS.keys() and any(ch.isdigit() for ch in each.group())
    ]
    for pattern in (_phrases(language), _slashes()):
        for match in pattern.finditer(low) if pattern else ():
            within_length = any(
                start < match.end() and match.start() < end for start, end in lengths
            )  # "in the past 24 hours"
            if within_length or _is_a_date(low, match.start()):
                continue
            if match.lastgroup and match.lastgroup != "no":
                per = (
                    match.lastgroup
                    if match.lastgroup in TIMES
                    else re.sub(r"\s+", " ", text[match.start() : match.end()].strip())
                )
                yield Rate(match.start(), match.end(), per)


def _is_a_date(low: str, start: int) -> bool:
    """Return whether a sign for a year or a month is a part of a date, and so is no rate: "2024年に".

    In Japanese "2024年に" is "in 2024", but "1年に" is "in a year".
    """  # noqa: E501
    before = low[max(0, start - 4) : start]
    digits = len(before) - len(before.rstrip("0123456789"))
    return digits == 4 if low[start] in "年년" else digits > 0 and low[start] in "月월"


def rates_near(
    text: str,
    language: str,
    before: int,
    start: int,
    end: int,
    after: int,
    without: Collection[Rate] = (),
) -> frozenset[str]:
    """Return what a number is per, by the words around it.

    The number is from ``start`` to ``end``. Words before it must end after ``before``; words after
    it must begin before ``after``. Words of a rate that is per no unit of time count after the
    number only if few other words are between. Rates in ``without`` are left out.
    """
    found, starts = _rates_in(text, language)
    said = set()
    for rate in found[bisect_left(starts, before - 80) : bisect_left(starts, after)]:
        is_before, is_after = before < rate.end <= start, end <= rate.start
        if not (is_before or is_after) or rate in without:
            continue
        if (
            is_after
            and rate.per not in TIMES
            and len(re.findall(_WORD, text[end : rate.start])) > _NEAR
        ):
            continue
        said.add(rate.per)
    return frozenset(said)


def rates(words: str, language: str = "en") -> frozenset[str]:
    """Return what any number in the words would be per."""
    return frozenset(rate.per for rate in rates_in(words, language))


def times_of(unit: str | None) -> frozenset[str]:
    """Return the units of time that a unit is per: "months" for "people/month"."""
    return frozenset(name for name in map(_time, (unit or "").split("/")[1:]) if name in TIMES)


def is_per_another(unit: str | None) -> bool:
    """Return whether a unit is per something that is no known unit of time."""
    return any(_time(name) not in TIMES for name in (unit or "").split("/")[1:])


def _time(name: str) -> str:
    short = name.strip().casefold()
    return _SHORT.get(short, f"{short.removesuffix('s')}s")


def rate_at_odds(
    unit: str,
    nouns: Collection[str],
    languages: Collection[str],
    said: frozenset[str],
    told: frozenset[str],
) -> str:
    """Return what is wrong between what a unit is per and what the words say, or "".

    ``said`` is what the number is per in the words of one piece of evidence, ``told`` what it is
    per in all words that support the claim. A noun that contains a rate, "deaths per 100,000", says
    it for the unit.
    """
    wanted, own = (
        times_of(unit),
        frozenset[str]().union(*(rates(noun, each) for noun in nouns for each in languages)),
    )
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
    return (
        f"they say that it is per {first[:-1]}"
        if first in TIMES
        else f"they make it a rate per something else: '{first}'"
    )


def _of_another_base(own: frozenset[str], told: frozenset[str], languages: Collection[str]) -> str:
    """Return the rate in ``told`` that is per another number than the unit's own rates, or "".

    Example: "per 1,000" for a unit of "deaths per 100,000".
    """

    def bases(name: str) -> set[Decimal]:
        return {number.value for language in languages for number in numerals(name, language)}

    wanted = {base for name in own for base in bases(name)}
    return next(
        (name for name in sorted(told) if wanted and bases(name) and not bases(name) & wanted), ""
    )


def _language(language: str) -> str:
    short = language.replace("_", "-").split("-")[0].casefold()
    return {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "yue": "zh"}.get(short, short)


@cache
def _slashes() -> re.Pattern[str]:
    """Return the pattern of slashes and exponents that make a unit a rate: "km/h", "kg ha⁻¹"."""
    names = (f"(?P<{unit or 'other'}>{words})" for unit, words in _SLASH.items())
    ends = r"(?![^\W\d_⁰¹²³])"
    exponent = r"(?<=\w)[\s·⋅]\s?[a-z]{1,3}(?:⁻¹|\^?[-−]1(?!\d))"
    return re.compile(
        rf"(?<=[^\W\d])\s?[/∕⁄]\s?(?:{'|'.join(names)}){ends}|(?P<exponent>{exponent})"
    )


@cache
def _phrases(language: str) -> re.Pattern[str] | None:
    """Return the pattern of the phrases in a language's file, or None if there is no file.

    Phrases under ``no``, which say no rate, come first. Longer phrases come before shorter ones.
    """
    path = _FOLDER / f"{language}.tsv"
    if not (language.isascii() and language.isalpha() and path.is_file()):
        return None
    by_key: dict[str, list[list[str]]] = {}
    for key, phrase in sorted(
        _lines(path),
        key=lambda line: (line[0] != "no", line[0] not in TIMES, -len(line[1]), line[1]),
    ):
        by_key.setdefault(key, []).append(_pieces(phrase))
    return re.compile("|".join(f"(?P<{key}>{_tree(phrases)})" for key, phrases in by_key.items()))


def _tree(phrases: list[list[str]]) -> str:
    """Return a pattern for phrases cut into pieces.

    Phrases that begin alike share their beginning, so that each word is tried once.
    """
    rests: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        if phrase:
            rests.setdefault(phrase[0], []).append(phrase[1:])
    branches = [first + _tree(rest) for first, rest in rests.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})" if branches else ""


def _pieces(phrase: str) -> list[str]:
    """Return patterns for the parts of a phrase and for what is between and around them.

    In a phrase, ``*`` is any word, ``#`` a round number and ``@`` any figure. A ``>`` before the
    last part makes it a lookahead.
    """
    ahead = phrase.split("_>")[1] if "_>" in phrase else ""
    parts = phrase.split("_>", maxsplit=1)[0].split("_")
    first, last = parts[0][0], parts[-1][-1]
    begin = (
        r"(?<!\d)"
        if first.isdigit() or first in "#@"
        else r"(?<!\w)"
        if first == "*" or is_spaced(first)
        else ""
    )
    end = (
        ""
        if last == "#"
        else r"(?!\w)"
        if last == "*" or is_spaced(last) or not last.isalnum()
        else ""
    )
    look = rf"(?=\s?{_part(ahead) if ahead != '0' else '[0-9]'})" if ahead else ""
    between = [piece for part in parts for piece in (r"[\s\-]+", _part(part))][1:]
    return [begin, *between, look or end]


def _part(part: str) -> str:
    return "".join(
        _ROUND if ch == "#" else _WORD if ch == "*" else _FIGURE if ch == "@" else re.escape(ch)
        for ch in part
    )


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, words = line.partition("\t")
        if key and not key.startswith("#"):
            for word in words.split():
                yield from (
                    (key, unicodedata.normalize("NFC", each).lower()) for each in spellings(word)
                )
