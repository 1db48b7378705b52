"""Find decades, centuries, seasons, quarters and half-years in texts.

Reads forms such as "the 1990s", "summer", "III квартал" and "H1".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError

from explainer.languages import LISTS

_VALUES: Final = LISTS
_QUARTERS: Final = _VALUES / "quarters.tsv"
_HALVES: Final = _VALUES / "halves.tsv"
_FIRST_MONTHS: Final = _VALUES / "first_months.tsv"
_LETTERS: Final = _VALUES / "turn_letters.tsv"
_DECADE_AFTER: Final = r"\s?(?:['’]?s|-?(?:е|х|ті|ми|ти|тих|их|er|ern|tallet|talet|luku|erne|lerde|ler|lar|as)|年代)(?!\w)"  # noqa: E501
"""Endings after digits that make them a decade."""
_DECADE_BEFORE: Final = (
    r"(?:années|anni|años|anos|anys|lata|latach|lat|jaren|roky|letech|decade of(?: the)?|década"
    r" de(?: los| las)?)\s+"
)
_CENTURY: Final = r"(?:century|centuries|век\w*|столети[ея]|столітт[яі]|ст\.|в\.|Jahrhunderts?|Jh\.|siècle|siglo|século|secolo|wieku?|eeuw)"  # noqa: E501
_ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

_YEAR_BESIDE: Final = r"(?:19|20)\d\d(?!\d)"
"""The year that must follow an abbreviation such as French "T2 2024" or "S1 2024".

The letter alone also begins other names.
"""

_FIRST_QUARTERS: Final = re.compile(r"前(?P<n>[一二三])个?季度")

_SEASONS: Final = (
    r"spring(?:time)?|springs|весн\w+|весен\w*|frühlings?|frühjahrs?|printemps|primaver\w+|wiosn\w+|lente|voorjaar|vår\w*|forår\w*|jaro|春季?",
    r"summer(?:time)?|summers|лет[оа]м?|летн\w+|літ[оаі]м?|літн\w+|sommers?|sommern|étés?|veranos?|estiu|estat\w|estiv\w|verão|lat[aoe]m?|zomer\w*|sommar\w*|léto|夏季?",
    r"autumn|autumns|fall|осен\w+|осін\w+|осени|восени|herbst\w*|automnes?|otoño\w*|outono\w*|autunn\w+|jesie\w+|jesieni\w*|herfst|höst\w*|efterår\w*|podzim\w*|秋季?",
    r"winter(?:time)?|winters|зим\w+|взимку|hivers?|inviern\w+|inverno\w*|zim\w+|vinter\w*|冬季?",
)
"""The seasons from spring to winter, in all languages."""

_ORDINALS: Final = (
    r"1st|first|1-?[йеіяго]{1,3}|I|перв\w+|перш\w+|erste[snm]?|1\.|premier\w*|1er|primer\w*|primo|prim[ao]|primeir[oa]|1[ºª]|pierwsz\w+|eerste",
    r"2nd|second|2-?[йеіяго]{1,3}|II|втор\w+|друг\w+|zweite[snm]?|2\.|deuxième|second\w*|2e|segund\w*|second[oa]|2[ºª]|drugi\w*|tweede",
    r"3rd|third|3-?[йеіяго]{1,3}|III|трет\w+|dritte[snm]?|3\.|troisième|3e|tercer\w*|terz[oa]|terceir\w*|3[ºª]|trzeci\w*|derde",
    r"4th|fourth|4-?[йеіяго]{1,3}|IV|четв[её]рт\w+|четверт\w+|vierte[snm]?|4\.|quatrième|4e|cuart\w*|quart[oa]|4[ºª]|czwart\w*|vierde",
)
_QUARTER: Final = r"quarter\w*|квартал\w*|quartals?|vierteljahr\w*|trimestres?|trimestre|kwarta[łl]\w*|kwartaal|kvartal\w*"  # noqa: E501
_HALF: Final = (
    r"half(?: of(?: the)? year)?|half-year|six months|полугоди\w+|половин\w+|шесть"
    r" месяцев|півріч\w+|halbjahr\w*|hälfte|semestre|mitad"
    r"|metà|metade|półrocz\w*|helft|moitié"
)


def says_decade(first: int, words: str) -> bool:
    """Return whether a text names a decade by its first year: "the 1990s", "1990-е"."""
    return bool(
        re.search(
            rf"(?<![\d.,])0*{first}{_DECADE_AFTER}|(?<!\w){_DECADE_BEFORE}{first}(?!\d)",
            words,
            re.IGNORECASE,
        )
    )


def says_century(first: int, words: str) -> bool:
    """Return whether a text names the century that starts with the year ``first``.

    Examples are "20th century", "XX век" and "the 1900s", all for 1900.
    """
    turn = first // 100 + 1
    named = rf"(?<![\w])(?:{turn}(?:st|nd|rd|th|-?\w{{1,3}}|\.|[ºª])?|{_roman(turn)}(?:-?\w{{1,2}})?)\s+{_CENTURY}"  # noqa: E501
    turned = rf"(?:siglo|século|secolo|siècle)\s+{_roman(turn)}(?!\w)"
    return says_decade(first, words) or bool(re.search(rf"{named}|{turned}", words, re.IGNORECASE))


def says_season(number: int, words: str) -> bool:
    """Return whether a text names a season, from 1 (spring) to 4 (winter)."""
    return bool(re.search(rf"(?<!\w)(?:{_SEASONS[number - 1]})(?!\w)", words, re.IGNORECASE))


def says_quarter(number: int, words: str, months: Iterable[int]) -> bool:
    """Return whether a text names a quarter, by its number or by its first and last month.

    ``months`` are the months that the text names.
    """
    return _says_turn(_QUARTER, "Q", number, words) or {3 * number - 2, 3 * number} <= set(months)


def says_half(number: int, words: str, months: Iterable[int]) -> bool:
    """Return whether a text names a half-year, by its number or by its first and last month.

    ``months`` are the months that the text names.
    """
    return _says_turn(_HALF, "H", number, words) or {6 * number - 5, 6 * number} <= set(months)


def _says_turn(noun: str, letter: str, number: int, words: str) -> bool:
    ordinal = _ORDINALS[number - 1]
    named = rf"(?<!\w)(?:{ordinal})\s+(?:{noun})(?!\w)|(?<!\w)(?:{noun})\s+(?:{number}|{_roman(number)})(?!\w)"  # noqa: E501
    short = rf"(?<![^\W\d_]){letter}\s?{number}(?!\d)|(?<!\d){number}{letter}(?!\w)"
    return bool(re.search(rf"{named}|{short}", words, re.IGNORECASE))


def turns(words: str, language: str) -> Iterator[tuple[int, int, str, int]]:
    """Yield each numbered quarter and half-year of a text: start, end, kind and number.

    The kind is "quarter" or "half".
    """
    first: dict[str, int] = {}
    patterns = [
        (kind, find(language, kind)) for find in (_own_turns, _lettered_turns) for kind in _TURNS
    ]
    for kind, pattern in (*_TURNS.items(), *patterns):
        for match in pattern.finditer(words) if pattern else ():
            if (
                _OF_A_MODEL.search(words, max(0, match.start() - 20), match.start())
                and match.group()[-1].isdigit()
            ):
                continue
            first[kind] = min(first.get(kind, match.end()), match.end())
            yield match.start(), match.end(), kind, _number_of(match)
    for kind, end in first.items():
        for match in _alone(language, kind).finditer(words, end):
            yield match.start(), match.end(), kind, _number_of(match)


_OF_A_MODEL: Final = re.compile(
    r"(?<!\w)(?:audi|leica|infiniti|blackberry|hummer|haval|kawasaki|samsung|chery|model|modell|modèle|modelo|modello"
    r"|модел[ьиі]|ауди|ауді|アウディ|아우디|奥迪)\s$",
    re.IGNORECASE,
)
"""Makers and words for models that are named by a letter and a digit: "the Audi Q3 2024"."""


def may_be_of_a_match(words: str, start: int, end: int) -> bool:
    """Return whether a quarter or half without a year may be part of something other than a year.

    "In the second half" may be of a match, a book or a group. Words for a year next to it rule this
    out: "the first half of the year".
    """
    if not _OF_ANYTHING.search(words, start, end) or _YEARS.search(words, start, end):
        return False
    return not _OF_A_YEAR.match(words, end) and not _YEARS_OWN.search(
        words, max(0, start - _NEAR_YEAR), start
    )


_NEAR_YEAR: Final = 30
_OF_ANYTHING: Final = re.compile(
    r"(?<!\w)(?:quarters?|half|hälfte|moitié|mitad|metà|metade|meitat|helft|половин\w*|połow\w*|polovin\w*|første"
    r" halvdel|yarı\w*)(?!\w)",
    re.IGNORECASE,
)
"""Nouns for a half or a quarter of anything. Words only for parts of a year, such as "semestre" and
"квартал", are not in it.
"""
_YEAR_WORDS: Final = (
    r"(?:year|twelvemonth|jahres|l'année|l’année|l'an|año|ejercicio|ano|exercício|dell'anno|dell’anno|anno|l'any|jaar|boekjaar|года|году|року|році"
    r"|roku|roka|godine|godini|leta|året|yıl\w*)"
)
_YEARS: Final = re.compile(rf"(?<!\w){_YEAR_WORDS}(?!\w)", re.IGNORECASE)
_OF_A_YEAR: Final = re.compile(
    rf"-year|\s(?:[^\W\d_]+['’]?[\s-]?){{0,3}}{_YEAR_WORDS}(?!\w)", re.IGNORECASE
)
_YEARS_OWN: Final = re.compile(
    rf"(?:(?<!\w)(?:fiscal|financial)\s|{_YEAR_WORDS}['’]s\s|(?<!\w)yıl\w*\s)(?:[^\W\d_]+\s)?$",
    re.IGNORECASE,
)


def _number_of(match: re.Match[str]) -> int:
    return next(int(name[1:]) for name, found in match.groupdict().items() if found)


@cache
def _alone(language: str, kind: str) -> re.Pattern[str]:
    """Return a pattern for an ordinal of a quarter or half whose noun is left out.

    Example: "in the third quarter 1,940, in the fourth 2,210".
    """
    _, own = _turn_words(language.partition("-")[0], _QUARTERS if kind == "quarter" else _HALVES)
    made = []
    for number in range(1, 5 if kind == "quarter" else 3):
        words = [
            word for word in _ORDINALS[number - 1].split("|") if re.match(r"[^\W\d_]{4}", word)
        ]
        forms = "|".join([*words, *(own[number - 1] if own else ())])
        made.append(rf"(?P<n{number}>(?:{forms})(?:[^\W\d_]{{2,4}})?)")
    behind = r"(?=\s*(?:[.,;)]|$|[–—]\s|[$€£¥]?\d))"
    return re.compile(
        rf"(?<!\w)(?:{_BEFORE_ORDINALS})\s(?:{'|'.join(made)}){behind}", re.IGNORECASE
    )


_BEFORE_ORDINALS: Final = (
    r"in the|of the|im|het|in het|el|en el|nel|del|no|do|az|a|au|le|du|der|dem|det|den|i|i"
    r" det|w|v|ve|vo|в|во|у|през|στο|το|în al|în"
)
"""Words before the ordinal of a quarter whose noun is left out."""


@cache
def _own_turns(language: str, kind: str) -> re.Pattern[str] | None:
    """Return a pattern for quarters or half-years in the words of one language.

    The words are those in ``quarters.tsv`` or ``halves.tsv`` and the CLDR names of quarters. The
    result is None if neither has the language.
    """
    nouns, words = _turn_words(
        language.partition("-")[0], _QUARTERS if kind == "quarter" else _HALVES
    )
    names = _names_of_quarters(language) if kind == "quarter" else {}
    if not words and not names:
        return None
    made = []
    for number in range(1, 5 if kind == "quarter" else 3):
        forms = [re.escape(names[number]).replace(r"\ ", r"\s+")] if number in names else []
        own = words[number - 1] if words else []
        if nouns:
            digits = rf"{number}(?:[.:ºª°]?-?[^\W\d_]{{0,3}})?|{_roman(number)}"
            ordinal = rf"(?:{'|'.join([digits, *own])})"
            forms += [
                rf"{ordinal}\.?\s+(?:{nouns})",
                rf"(?:{nouns})\s+(?:[^\W\d_]{{1,3}}[\s-])?{ordinal}",
            ]
        elif own:
            forms += own
        edge = "" if own and not nouns and own[0][0] >= "\u0e00" else r"(?!\w)"
        made.append(
            rf"(?P<n{number}>(?<![^\W\u0e00-\u9fff\uac00-\ud7af])(?:{'|'.join(forms)}){edge})"
        )
    return re.compile("|".join(made), re.IGNORECASE)


def _names_of_quarters(language: str) -> dict[int, str]:
    """Return the CLDR names of the quarters, or nothing if CLDR does not have the language."""
    try:
        return dict(Locale.parse(language.replace("-", "_")).quarters["format"]["wide"])
    except (UnknownLocaleError, ValueError):
        return {}


def _turn_words(language: str, path: Path) -> tuple[str, list[list[str]]]:
    """Return a language's words for a part of a year: one noun pattern, and patterns for each
    ordinal.

    Both are empty if the file does not list the language.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        short, *cells = line.split("\t")
        if short == language:
            nouns, *words = (
                [_any_ending(word) for word in cell.split() if word != "-"] for cell in cells
            )
            return "|".join(nouns), words
    return "", []


def first_months(
    words: str, language: str, numbers: Iterable[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int, bool]]:
    """Yield each phrase such as "the first nine months".

    Each is a start, an end, a number of months, and whether the phrase has this meaning only next
    to a year. ``numbers`` are the start, end and value of each whole number in the text.
    """
    for match in _FIRST_QUARTERS.finditer(words):
        yield match.start(), match.end(), 3 * ("一二三".index(match["n"]) + 1), False
    pairs = _pairs_of_first_months(language.partition("-")[0])
    for start, end, value in numbers if pairs else ():
        if not 1 < value < 12:
            continue
        for before, after, needs_year in pairs:
            head = before.search(words, max(0, start - 20), start)
            tail = after.match(words, end)
            if head and tail:
                yield head.start(), tail.end(), value, needs_year
                break


@cache
def _pairs_of_first_months(
    language: str,
) -> tuple[tuple[re.Pattern[str], re.Pattern[str], bool], ...]:
    for line in _FIRST_MONTHS.read_text(encoding="utf-8").splitlines():
        short, _, cell = line.partition("\t")
        if short == language:
            halves = (pair.partition("|") for pair in cell.split())
            return tuple(
                (
                    re.compile(
                        rf"(?<!\w){_any_ending(head.removeprefix('!'))}\s+$" if head else "$",
                        re.IGNORECASE,
                    ),
                    re.compile(rf"\s+{_any_ending(tail)}(?!\w)", re.IGNORECASE),
                    head.startswith("!"),
                )
                for head, _, tail in halves
            )
    return ()


def _any_ending(word: str) -> str:
    return re.escape(word.removesuffix("*").replace("_", " ")).replace(r"\ ", r"\s+") + (
        r"[^\W\d_]{0,6}" if word[-1] == "*" else ""
    )


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        found += letters * (number // value)
        number %= value
    return found


def _turns_of(noun: str, letter: str, numbers: range) -> re.Pattern[str]:
    """Return a pattern for the parts of a year: "third quarter", "Q3", "3Q", "квартал III".

    The name of the matched group has the number: ``n3`` for the third.
    """
    made = (
        rf"(?P<n{number}>(?<!\w)(?:{_ORDINALS[number - 1]})[\s-]+(?:{noun})(?!\w)|(?<!\w)(?:{noun})\s+(?:{number}|{_roman(number)})(?!\w)"  # noqa: E501
        rf"|(?<![^\W\d_]){letter}\s?{number}(?!\d)|(?<!\d){number}{letter}(?!\w)"
        rf"|(?<!前)第?[{number}{'一二三四'[number - 1]}](?:季度|四半期|분기))"
        for number in numbers
    )
    return re.compile("|".join(made), re.IGNORECASE)


_TURNS: Final = {
    "quarter": _turns_of(_QUARTER, "Q", range(1, 5)),
    "half": _turns_of(_HALF, "H", range(1, 3)),
}


@cache
def _lettered_turns(language: str, kind: str) -> re.Pattern[str] | None:
    """Return a pattern for quarters or half-years written as a letter and a digit before a year.

    French "T2 2024" and "2T2024" are examples. The result is None if the language has no such
    letter.
    """
    rows = (
        line.split("\t")
        for line in _LETTERS.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    letters = next(
        (
            dict(zip(("quarter", "half"), cells, strict=True))
            for short, *cells in rows
            if short == language.partition("-")[0]
        ),
        {},
    )
    letter = letters.get(kind, "-")
    if letter == "-":
        return None
    made = (
        rf"(?P<n{number}>(?<![^\W\d_]){letter}{number}(?=[\s-]{_YEAR_BESIDE})|(?<!\d){number}{letter}[\s-]?(?={_YEAR_BESIDE}))"
        for number in range(1, 5 if kind == "quarter" else 3)
    )
    return re.compile("|".join(made), re.IGNORECASE)
