"""Finds names that contain a number, such as "COVID-19", "Article 153", "Boeing 737" and "24/7".

The number in a name is no figure, so it needs no source. A name ends where the name ends: "Table 3
million" still has the number "million", and "Table 3%" is no name. After words such as "Ward" a
number is a name only if it counts nothing: "Ward 9 was closed", but not "Ward 9 patients".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from explainer.languages import LISTS
from explainer.lint.vocabularies import phrases

# The lists of ``names.tsv``: names with numbers, and words that make the number beside them a name

_FILE: Final = LISTS / "names.tsv"

NO_DESIGNATION: Final = re.compile(
    r"(?:RUB|RUR|USD|EUR|GBP|UAH|CHF|JPY|CNY|INR|PLN|CZK|SEK|NOK|DKK|CAD|AUD|NZD|BRL|ZAR|TRY|KZT|BYN|ILS"
    r"|MXN|KRW|HKD|SGD|BTC|ETH|US|AD|BC|BCE|CE|FY|CY|MEN|IN|ON|AT|TO|OF|BY|OR|AND|FOR|ALL|SUM|TOP|AGE|APR"
    r"|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC|JAN|FEB|MAR|KM|KG|CM|MM|HA|KW|MW|GW|BN|MN|MLN|TEN|SIX|ONE|TWO"
    r"|X|Q|DEAD|LOST|OVER|ONLY|KILLED|WOUNDED|DEATHS|TOTAL|ABOUT|NEARLY|UNDER|PEOPLE|HOMES|JOBS|COST)[-‑–]?\d|H[12]$"
    r"|(?:До|От|На|За|По|Не|Во|Из|Их|Им|Від|Зі|Та|Як|Май|Мар|Лип|Чел|Чол|Руб|Грн|Тыс|Тис)[-‑]\d"
)
"""Letters before digits that do not form a name.

They are currencies, quarters, months, units, and common words in capitals.
"""

CODES: Final = "A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]"
"""The codes of states of the USA, as written before a postcode."""
EMERGENCY: Final = "112|911|999|000|110|115|118|119|101|102|103|104|111|988|116[ \u00a0]?\\d{3}"
"""Emergency telephone numbers."""


@cache
def listed(group: str) -> tuple[str, ...]:
    """Return the words of a group in ``names.tsv``, without duplicates."""
    return tuple(dict.fromkeys(word for own, words in _lines() if own == group for word in words))


@cache
def _lines() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = (
        line.split("\t")
        for line in _FILE.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    return tuple((group, tuple(words.split("|"))) for group, words in rows)


# Numbers that end a name and may count the next noun: "Ward 9 patients", "Unit 731 victims"

Counting = Literal["any", "text", "few", "nothing"]
"""Which following nouns the number at the end of a name can count.

- ``any``: any noun in the plural, as after "Ward".
- ``text``: the same, as after "Article", except German nouns and Slavic genitives, which then name
  the text.
- ``few``: only the nouns of the group ``counted``, as after the maker of a product.
- ``nothing``: none, because the whole is a name.
"""

_BEHIND = re.compile(r"[ \u00a0\u202f]([^\W\d_][\w’'-]{0,40})(?:[ \u00a0]([^\W\d_][\w’'-]{0,40}))?")
_GENITIVE = re.compile(r"\w{2,}(?:ов|ев|ёв|ей|ых|их|ів|їв)")
_ADJECTIVE = re.compile(
    r"\w{3,}(?:al|ic|ive|ous|ful|less|ed|ing|ian|ish|able|ary|er|ly|ese|ern|old|young|sick|elderly|cancer|new|poor|rich)"
)
_OBJECT = re.compile(
    "the|an?|this|that|these|those|all|no|any|its|his|her|their|our|how|what|whether|it|them|us|him|to|for|with|from|on|about|into|at"
)
"""Words that follow a verb rather than a noun."""


@cache
def _set(group: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in listed(group))


def is_counted(text: str, end: int, counts: Counting, language: str) -> bool:
    """Whether the number that ends at an offset counts the noun after it."""
    behind = _BEHIND.match(text, end) if counts != "nothing" else None
    if behind is None:
        return False
    noun, then = behind[1], behind[2] or ""
    if noun.casefold() in _set("counted"):
        return True
    if counts == "few":
        return False
    if counts == "any" and language == "de" and noun[0].isupper():
        return True
    if counts == "any" and (
        noun in _set("plural-genitive")
        or (language in ("ru", "uk") and noun.islower() and _GENITIVE.fullmatch(noun))
    ):
        return True
    return noun[0].islower() and (
        _is_plural(noun, then) or (bool(_ADJECTIVE.fullmatch(noun)) and _is_plural(then, ""))
    )


def _is_plural(noun: str, then: str) -> bool:
    """Whether an English word is a plural noun and not a verb; ``then`` is the word after it."""
    if noun in _set("plural"):
        return True
    ends = (
        noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s", "’s")) and len(noun) > 3
    )
    return (
        ends
        and noun not in _set("verb")
        and noun not in _set("no-plural")
        and not _OBJECT.fullmatch(then)
    )


# Patterns of names

_BEGIN, _END = r"(?<![\w\ufffc])", r"(?![\w%‰\ufffc]|[.,:/’']\d|[ \u00a0]?[%‰])"
_GAP = r"[ \u00a0\u202f]"
_ROMAN = r"[IVXLCDM]{1,8}"


def _any(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, the longest first. A space matches any space."""
    return "|".join(
        re.escape(each).replace(r"\ ", _GAP)
        for each in sorted(words, key=lambda word: (-len(word), word))
    )


def _first_in_any_case(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, with the first letter as it is or a capital."""
    return _any({form for each in words for form in (each, each[:1].upper() + each[1:])})


_NOT_COUNTING = (
    r"(?=\s*(?:$|[.,;:!?)\]’”»|—–-]"
    r"|(?:was|are|were|had|below|above|here|of|in|on|at|to|and|or|for|if|when|from|as|by|with|that|which|says?|lists?|shows?"
    rf"|{'|'.join(listed('verb'))}"
    r"|ist|und|oder|bei|im|in|der|des|и|или|в|на|для|або|та)\b|[A-ZА-ЯЁІЇЄҐÄÖÜ]))"
)
"""Matches if nothing follows that a number can count: "call 112 if", but not "call 112 people"."""
_AFTER_LONG = rf"(?:[(.:]|{_NOT_COUNTING})"

_PLACE_NUMBER = rf"(?:(?:\d{{1,3}}|\d{{4}}(?={_AFTER_LONG}))(?:[.:]\d{{1,3}}){{0,3}}[a-zA-Zа-яА-Я]?(?:\(\w{{1,4}}\)){{0,3}}|{_ROMAN}|[A-Z]\d{{0,3}})"
"""The number after "Article", "Table" or "section": 153, 4.2, 4(2)(a), XIV, B7."""
_PLACE_NUMBERS = (
    rf"{_PLACE_NUMBER}(?:(?:{_GAP}(?:and|to|or|und|bis|и|до|та|і){_GAP}|[–-]){_PLACE_NUMBER})?"
)
_TEXT_PLACE = rf"(?:{_first_in_any_case(listed('text-place'))})"
_PLACE = rf"(?:{_first_in_any_case(listed('place'))}|{_any(listed('capital-place'))})"
_CLASSIFIED = rf"(?:{_TEXT_PLACE}|{_PLACE})"
_NUMERO = r"(?:(?:No|Nos|Nr|no|nr)\.?|№|N°|#)"
_DESIGNATION = "|".join(
    (
        r"[A-Z]{1,4}[-‑–]?\d{1,3}[A-Z]{0,2}(?:\.\d)?",  # F-16, B-52, G20, CO2, PM2.5, A380, H-1B has its own line
        r"[A-Z]{1,3}[-‑]\d[A-Z]{1,2}",
        r"[A-Z]{5,10}-\d{1,2}",  # TRAPPIST-1
        r"[АБ][0-8]",  # paper, in Cyrillic letters
        r"[A-Z]\d[A-Z]\d{0,2}[A-Z]?|[A-Z]{1,2}\d{1,2}[A-Z]{1,2}\d{1,2}|[A-Z]\d[A-Z]{1,2}\d[A-Z]?",  # H1N1, H2O, R2-D2, H2SO4
        r"[A-Z][a-z][-‑]\d{1,3}[A-Z]{0,2}",  # Su-27, Mi-8
        r"[А-ЯІЇЄҐ][а-яіїєґА-ЯІЇЄҐ]{0,2}[-‑]\d{1,3}[А-ЯІЇЄҐа-яA-Z]{0,2}",  # Т-72, Су-27, МиГ-29, С-300
        r"[2-6]G|[1-4]D|[48]K(?=[ -](?:TV|television|video|resolution|screen|camera|film|monitor))",
        r"(?:[A-Z][a-z]?[₀-₉]{0,3}){0,6}[A-Z][a-z]?[₀-₉]{1,3}(?:[A-Z][a-z]?[₀-₉]{0,3}){0,6}(?:\.?[₀-₉]{1,2})?[⁺⁻]?|PM[₀-₉]{1,2}[.,][₀-₉]",
        r"[vV]\.?\d{1,3}(?:\.\d{1,4}){1,3}",
        r"\d{1,4}-(?:FZ|ФЗ|ФКЗ|IX|VIII|XX)",
    )
)
_UNIT_POWER = (
    r"(?:k|c|m|d|µ)?(?:m|g|s|W|Pa|mol|in|ft|mi|yd|м|км|см|мм|дм)[²³]|[a-zA-Zµ°]{1,4}⁻[¹²³]"
)
_LAW = "|".join(
    (
        rf"(?:Regulation|Directive|Decision|Recommendation|Verordnung|Richtlinie|Beschluss|Регламент\w{{0,2}}|Директив\w{{1,2}}){_GAP}"
        rf"(?:\((?:EU|EC|EEC|Euratom|EG|EWG|ЕС|ЄС)\){_GAP})?(?:(?:No|Nr)\.?{_GAP})?\d{{1,4}}/\d{{1,4}}(?:/(?:EU|EC|EEC|EG|EWG|ЕС|ЄС))?",
        rf"(?:\((?:EU|EC|EEC|EG|EWG|ЕС|ЄС)\){_GAP})(?:(?:No|Nr)\.?{_GAP})?\d{{1,4}}/\d{{1,4}}",
        rf"(?:Public Law|Pub\. L\.|P\.L\.){_GAP}(?:No\.{_GAP})?\d{{1,3}}[-–]\d{{1,4}}",
        rf"(?:Resolution|Resolutions|Резолюци\w{{1,2}}|Резолюці\w{{1,2}}){_GAP}\d{{1,4}}(?:{_GAP}\(\d{{4}}\)|/\d{{1,4}})?",
        rf"\d{{1,3}}{_GAP}(?:U\.S\.C?\.?|USC|CFR|C\.F\.R\.|F\.[23]d|U\.S\.){_GAP}§{{0,2}}{_GAP}?\d{{1,5}}(?:\.\d{{1,4}})?(?:\(\w\)){{0,3}}",
        rf"(?:[A-Z][\w’'-]{{1,20}}{_GAP}(?:(?:of|and|the|on|for){_GAP})?){{1,6}}Act{_GAP}(?:of{_GAP})?(?:1[2-9]|20)\d\d",
        rf"(?:Постановлени|постановлени|приказ|Приказ|указ|Указ|закон|Закон|наказ|Наказ|постанов|Постанов|law|Law|act|Act|decree|Decree|order|Order)"
        rf"\w{{0,4}}{_GAP}(?:{_NUMERO}{_GAP}?)\d{{1,5}}(?:[-/][\w]{{1,6}}){{0,2}}",
    )
)
_STANDARD = (
    rf"(?:{_any(listed('standard'))})(?:/[A-Z]{{2,5}}){{0,2}}(?:[ \u00a0–‑-](?:[A-Z]{{1,4}}["
    r" \u00a0-]?)?)?[A-Z]?\d{1,6}(?:[-–.]\d{1,6}){0,4}"
    r"(?::(?:19|20)\d\d)?[a-z]?"
)
_PRODUCT = (
    rf"(?:{_any(listed('product'))})["
    r" \u00a0-]?[A-Z]?\d{1,4}(?:\.\d{1,3}){0,3}(?:[-–][A-Z]?\d{1,3})?[a-zA-Z+]{0,3}"
)
_VERSION = rf"(?:[Vv]ersions?|[Rr]elease|[Вв]ерси\w{{1,2}}|[Вв]ерсі\w{{1,2}}){_GAP}\d{{1,3}}(?:\.\d{{1,4}}){{0,3}}"
_ORDINAL_STREET = r"(?:\d{1,3}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth)"
_ADDRESS = "|".join(
    (
        rf"\d{{1,4}}(?:[-–]\d{{1,4}})?[A-Za-z]?{_GAP}(?:(?:East|West|North|South|[A-Z][\w.’'-]{{1,20}}){_GAP}){{0,3}}(?:{_any(listed('street'))})\b",
        rf"(?:\d{{1,4}}[A-Za-z]?{_GAP})?(?:(?:East|West|North|South){_GAP})?{_ORDINAL_STREET}{_GAP}(?:{_any(listed('street'))})\b",
        rf"[A-ZÄÖÜ][\wäöüß.-]{{1,30}}(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer|ring){_GAP}\d{{1,4}}[a-zA-Z]?(?:,{_GAP}\d{{5}}(?={_GAP}[A-ZÄÖÜ]))?",
        rf"[A-ZÄÖÜ][\wäöüß]{{1,20}}er{_GAP}(?:Straße|Strasse|Weg|Platz|Allee|Ring|Damm){_GAP}\d{{1,4}}[a-z]?",
        rf"(?:ул\.|улиц\w{{1,2}}|просп\.|пр-т|проспект\w{{0,2}}|пер\.|переул\w{{2,3}}|пл\.|наб\.|вул\.|вулиц\w{{1,2}}|бульвар\w{{0,2}}){_GAP}"
        rf"(?:[А-ЯЁІЇЄҐ][\w’'.-]{{1,25}}{_GAP}?){{1,3}},?{_GAP}?(?:(?:д\.|дом|буд\.|будинок){_GAP}?)?\d{{1,4}}[а-яіїєґА-Я]?(?:/\d{{1,3}})?",
        rf"(?:д\.|[Дд]ом[аеу]?|буд\.|будин\w{{2,4}}|кв\.|квартир\w{{1,2}}|корп\.|оф\.|каб\.|кабинет\w{{0,2}}|кабінет\w{{0,2}}|комнат\w{{1,2}}|кімнат\w{{1,2}}){_GAP}(?:{_NUMERO}{_GAP}?)?\d{{1,4}}[а-яіїєґА-Я]?",
        r"[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}",
        rf"(?:{CODES}){_GAP}\d{{5}}(?:-\d{{4}})?",
    )
)
_PHONE_NUMBER = r"\+?\(?\d{1,4}\)?(?:[ \u00a0./–-]{1,2}\(?\d{1,8}\)?){0,7}"
_PHONE = "|".join(
    (
        rf"(?:[Tt]el\.|[Tt]el|[Pp]hone|[Tt]elephone|[Ff]ax|[Hh]otline|WhatsApp|[Тт]ел\.|[Тт]елефон\w{{0,2}}|Telefon|Rufnummer)(?:{_GAP}number)?[:.]?{_GAP}?{_PHONE_NUMBER}",
        r"\(\d{3}\)[ \u00a0-]?\d{3}[-–]\d{4}|\d{3}-\d{3}-\d{4}|(?:1-)?8\d\d-\d{3}-\d{4}|555-\d{4}",
        (
            r"\+\d{1,3}[ \u00a0]\(?\d{1,3}\)?[ \u00a0]\d{4}[ \u00a0]\d{4}|\+\d{1,3}["
            r" \u00a0-]\(?\d{2,3}\)?[ \u00a0-]\d{3}[ \u00a0-]\d{2}[ \u00a0-]\d{2}"
        ),
        r"0800[ \u00a0]\d{2,3}(?:[ \u00a0]\d{2,4}){1,2}",
    )
)
_CALLED = (
    r"[Cc]all(?:s|ed|ing)?(?:"
    r" to)?|[Dd]ial(?:s|led|ing|ling)?|[Rr]ing(?:s|ing)?|[Pp]hon(?:e|ed|ing)|[Tt]ext(?:ed)?|[Rr]ufen"
    r" Sie|[Ww]ählen Sie"
    r"|[Зз]вони\w{1,4}(?: по| в)?|[Пп]озвони\w{1,4}(?: по|"
    r" в)?|[Дд]звон\w{1,5}|[Пп]одзвон\w{1,4}|за|по"
)
_EMERGENCY_NUMBER = (
    r"[Ee]mergency(?: number|"
    r" line)?|[Hh]otline|[Nn]umber|[Nn]umbers|Notruf(?:nummer)?|Nummer|[Нн]омер\w{0,2}|[Тт]елефон\w{0,3}(?:"
    r" спасения)?"
)
_EMERGENCY = "|".join(
    (
        rf"(?:{_CALLED}){_GAP}(?:{EMERGENCY})(?:{_GAP}(?:or|oder|или|або){_GAP}(?:{EMERGENCY}))?{_NOT_COUNTING}",
        rf"(?:{_EMERGENCY_NUMBER}){_GAP}(?:{EMERGENCY})(?:{_GAP}(?:or|oder|или|або){_GAP}(?:{EMERGENCY}))?",
        (
            rf"(?:{EMERGENCY})(?=[ \u00a0](?:is|ist|—|–|-)[ \u00a0](?:[\w’'-]{{1,14}}["
            r" \u00a0]){0,3}(?:emergency|Notruf|номер|экстренн|екстрен|телефон|единый|єдиний))"
        ),
    )
)
_RULER = rf"(?:{_any(listed('ruler'))}){_GAP}{_ROMAN}\.?"
_WARS = (
    rf"World{_GAP}Wars?{_GAP}(?:I{{1,3}}|[12]|[Oo]ne|[Tt]wo|[Tt]hree)|(?:First|Second|Third){_GAP}(?:World|Gulf|Punic|Balkan|Opium|Boer|Chechen|Congo|Sudanese){_GAP}Wars?"
    rf"|(?:Erste[rnsm]?|Zweite[rnsm]?){_GAP}Weltkriege?s?"
    rf"|(?:Перв|Втор|перв|втор)\w{{2,3}}{_GAP}миров\w{{2,3}}(?:{_GAP}войн\w{{0,3}})?|(?:Перш|Друг|перш|друг)\w{{1,3}}{_GAP}світов\w{{1,3}}(?:{_GAP}війн\w{{0,3}}|{_GAP}воєн)?"
)
_COPYRIGHT = (
    rf"(?:©|Copyright(?:{_GAP}©)?|\([cC]\)){_GAP}?(?:19|20)\d\d(?:[–-](?:(?:19|20)\d\d|\d\d))?"
)
_DAY_STREET = (
    rf"(?:[Уу]л\.|[Уу]лиц\w{{1,2}}|[Пп]лощад\w{{1,3}}|[Вв]ул\.|[Вв]улиц\w{{1,2}}|[Пп]лощ\w{{1,2}}|[Пп]роспект\w{{0,2}}){_GAP}"
    rf"\d{{1,2}}(?:-го)?{_GAP}(?:[Мм]арта|[Мм]ая|[Яя]нваря|[Оо]ктября|[Ии]юля|[Аа]вгуста|[Дд]екабря|[Бб]ерезня|[Тт]равня|[Сс]ерпня|[Лл]ипня|[Жж]овтня)"
    rf"|(?:Straße|Platz|Avenida|Calle|Plaza|Rue|Avenue|Place|Ulica|ulica|Aleja|Via|Piazza|Rua){_GAP}(?:des?{_GAP}|du{_GAP}|del?{_GAP})?\d{{1,2}}\.?{_GAP}"
    rf"(?:de{_GAP})?[^\W\d_]{{3,10}}"
)
_CLOCK = "|".join(
    (
        (
            rf"\d{{1,2}}{_GAP}o[’']clock|(?<=[Uu]m )\d{{1,2}}{_GAP}Uhr|(?<=[Gg]egen"
            rf" )\d{{1,2}}{_GAP}Uhr"
        ),
        (
            rf"(?<=[Вв] )\d{{1,2}}{_GAP}час(?:а|ов)?{_GAP}(?:утра|вечера|дня|ночи)|(?<=[Оо]"
            rf" )\d{{1,2}}(?:-й|-ій)?{_GAP}годині"
        ),
    )
)
"""A full hour in digits. An hour in words or with minutes says when something was: it needs a
source.
"""
_SCRIPTURE = (
    rf"(?:[1-3]\.?{_GAP})?(?:(?:{_any(listed('book') + listed('book-alone'))}){_GAP}\d{{1,3}}[:,]{_GAP}?\d{{1,3}}(?:[-–]\d{{1,3}})?"
    rf"|(?:{_any(listed('book-alone'))}){_GAP}\d{{1,3}})"
)
_EVENT = rf"(?:{_any(listed('event'))}){_GAP}(?:19|20)\d\d"
_ORDINAL_WORD = (
    "First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth|Thirteenth|Fourteenth|Fifteenth|Sixteenth"
    "|Seventeenth|Eighteenth|Nineteenth|(?:Twent(?:ieth|y-[A-Za-z]{4,7})|Thirt(?:ieth|y-[A-Za-z]{4,7}))"
)
_ORDERED = "|".join(
    (
        rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{_ORDINAL_WORD}){_GAP}(?:[A-Z][\w’'-]{{1,20}}{_GAP}){{0,2}}(?:{_any(listed('ordinal-head'))})",
        rf"(?:\d{{1,3}}\.|(?:Erst|Zweit|Dritt|Viert|Fünft|Sechst|Siebt|Acht|Neunt|Zehnt|Elft|Zwölft)e[rnsm]?){_GAP}"
        rf"(?:[A-ZÄÖÜ][\w-]{{1,20}}{_GAP}){{0,2}}(?:{_any(listed('ordinal-head-de'))})",
        rf"\d{{1,3}}-(?:я|й|ю|го|му|м|ей|ой|е|та|ту|ша|га|га|тої|ї|та){_GAP}(?:[а-яіїєґ-]{{2,25}}{_GAP}){{0,2}}(?:{_any(listed('ordinal-head-ru'))})[а-яіїєґ]{{0,4}}",
    )
)
_DIMENSIONS = r"[1-5]-(?:мерн|вимірн)\w{1,3}|[1-5]-?dimensional\w{0,2}"
_GROUP_OF = r"[Gg]roup of (?:7|8|10|15|20|24|77)|Gruppe der (?:7|8|20|77)|Групп\w (?:семи|двадцати)"
_SHORT = (
    r"24/7|9/11|9-to-5|20/20(?=[ \u00a0](?:vision|hindsight))|4[x×]4|2[x×]4|50/50(?=["
    r" \u00a0](?:chance|split))"
)


@dataclass(frozen=True)
class _Form:
    """A pattern of names."""

    pattern: re.Pattern[str]
    group: int = 0
    """The group of the pattern that is the name."""
    counts: Counting = "nothing"
    """Which nouns after the name its number can count."""


@cache
def _forms() -> tuple[_Form, ...]:
    whole = "|".join(
        (_WARS, _LAW, _VERSION, _ADDRESS, _DAY_STREET, _PHONE, _RULER, _SHORT, _CLOCK, _SCRIPTURE, _ORDERED, _DIMENSIONS, _GROUP_OF,
         _any(listed("name")))
    )  # fmt: skip
    glued = _glued()
    number = rf"(?:{_NUMERO}{_GAP}?)?(?:{_PLACE_NUMBERS})"
    return (
        _Form(re.compile(rf"{_BEGIN}(?:{whole}){_END}", re.MULTILINE)),
        _Form(re.compile(rf"{_BEGIN}(?:{_STANDARD}|{_PRODUCT}|{_EVENT}){_END}"), counts="few"),
        _Form(re.compile(rf"{_BEGIN}(?:{_EMERGENCY}){_END}", re.MULTILINE)),
        _Form(re.compile(rf"{_COPYRIGHT}{_END}")),
        _Form(re.compile(rf"{_BEGIN}(?:{glued}){_END}")),
        _Form(re.compile(rf"(?<=\d)[ \u00a0\u202f]?(?P<power>{_UNIT_POWER}){_END}"), 1),
        _Form(re.compile(rf"{_BEGIN}{_TEXT_PLACE}{_GAP}{number}{_END}"), counts="text"),
        _Form(re.compile(rf"{_BEGIN}{_PLACE}{_GAP}{number}{_END}"), counts="any"),
        _Form(
            re.compile(
                rf"(?<![\w\ufffc])§{{1,2}}{_GAP}?{_PLACE_NUMBERS}(?:{_GAP}Abs\.{_GAP}\d{{1,2}})?{_END}"
            )
        ),
        _Form(
            re.compile(
                rf"{_BEGIN}{_CLASSIFIED}{_GAP}(?:{_any(listed('number-word'))}){_END}{_NOT_COUNTING}",
                re.MULTILINE,
            )
        ),
    )


def _glued() -> str:
    """Return a pattern of letters and digits that form one word."""
    return f"{_DESIGNATION}|{_UNIT_POWER}"


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """Return the patterns of the fixed phrases, by their first two letters in lower case."""
    found: dict[str, list[str]] = {}
    for phrase in phrases():
        found.setdefault(phrase[:2].casefold(), []).append(phrase)
    return {
        key: re.compile(
            rf"(?:{'|'.join(map(_phrase, sorted(each, key=len, reverse=True)))})(?!\w)",
            re.IGNORECASE,
        )
        for key, each in found.items()
    }


def _phrase(written: str) -> str:
    """Return the pattern of a phrase.

    "*" matches up to five letters at the end of a word, "~" one to four digits, and a space any
    space, a line break or nothing.
    """
    made = (
        re.escape(written)
        .replace(r"\*", r"\w{0,5}")
        .replace("\\~", r"\d{1,4}")
        .replace("~", r"\d{1,4}")
    )
    return re.sub(r"[’']", "[’'ʼ]", made).replace(r"\ ", r"[^\S\n]{0,2}\n?[^\S\n]{0,2}")


_WORD_BEGINS = re.compile(r"(?<![\w\ufffc])\w")


def _fixed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each fixed phrase in a text."""
    known = _phrases()
    for begins in _WORD_BEGINS.finditer(text):
        start = begins.start()
        pattern = known.get(text[start : start + 2].casefold())
        match = pattern.match(text, start) if pattern else None
        if match:
            yield match.span()


@lru_cache(maxsize=64)
def _own(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a project's own names."""
    return re.compile(rf"(?<!\w)(?:{_any(names)})(?!\w)")


def name_spans(
    text: str, own: tuple[str, ...] = (), language: str = "en"
) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each name with a number in a text, in no particular order.

    ``own`` are the names in the project's own list.
    """
    for form in _forms():
        for match in form.pattern.finditer(text):
            name = match.group(form.group)
            if (
                name
                and not NO_DESIGNATION.match(name)
                and not is_counted(text, match.end(form.group), form.counts, language)
            ):
                yield match.span(form.group)
    yield from _fixed(text)
    if own:
        yield from (match.span() for match in _own(own).finditer(text))


class Names:
    """The positions of all names in a text."""

    def __init__(self, text: str, own: tuple[str, ...] = (), language: str = "en") -> None:
        merged: list[tuple[int, int]] = []
        for start, end in sorted(name_spans(text, own, language)):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self._merged = merged
        self._at = 0

    def hold(self, start: int, end: int) -> bool:
        """Whether a range of the text is inside a name.

        Calls must be in the order of the text, because all of them together make one pass.
        """
        while self._at < len(self._merged) and self._merged[self._at][1] <= start:
            self._at += 1
        return (
            self._at < len(self._merged)
            and self._merged[self._at][0] <= start
            and end <= self._merged[self._at][1]
        )
