"""Whether the places that words name are a claim's region: none of them is another, unless the region is named too.

Known places are the regions of the project, by their names in every language of the site, and, where the claim's region is a country, the
countries of the world as Unicode's CLDR calls them in the languages of the words and of the site.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from explainer.bearing.attribution import own
from explainer.bearing.hedged import MOST_PLACES
from explainer.bearing.nouns import Clause
from explainer.values.hedging_words import hedging_words, is_unspaced, lowered
from explainer.values.numerals import plain
from explainer.values.vocabulary import locale_of

_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_NO_COUNTRIES: Final = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AQ", "CP"])
_ALSO_CALLED: Final = {
    "en": "US USA, US U.S., US United States, US America, GB UK, GB U.K., GB Britain, GB Great Britain, TR Turkey, CZ Czech Republic,"
    " CI Ivory Coast, MM Burma, SZ Swaziland, MK Macedonia, PS Palestine, HK Hong Kong, MO Macau, CD DR Congo, BA Bosnia, TL East Timor,"
    " AE UAE, CV Cabo Verde",
    "de": "US USA, GB Großbritannien, CZ Tschechische Republik",
    "fr": "GB Grande-Bretagne",
    "es": "US EE. UU., US EE.UU., GB Gran Bretaña",
    "it": "GB Gran Bretagna",
    "pt": "GB Grã-Bretanha",
    "nl": "US VS, GB Groot-Brittannië",
    "pl": "US USA",
    "sv": "GB Storbritannien",
    "ru": "US США, KR Южная Корея, KP Северная Корея, BY Белоруссия, MD Молдавия",
    "uk": "US США",
    "zh": "US 美国, KR 韩国, KP 朝鲜",
    "ja": "US 米国, GB 英国",
    "ko": "GB 영국",
}
"""What countries are called beside their names in CLDR."""
_INFLECTED: Final = frozenset(
    [
        "ru",
        "uk",
        "be",
        "pl",
        "cs",
        "sk",
        "hr",
        "sr",
        "sl",
        "bg",
        "fi",
        "et",
        "hu",
        "tr",
        "lt",
        "lv",
        "ro",
        "el",
        "la",
        "eu",
        "az",
        "ka",
        "hy",
    ]
)
_SHORTEST_STEM: Final = 4


@dataclass(frozen=True)
class SaidPlace:
    """A place that words name."""

    start: int
    end: int
    region: str
    """What the project, or CLDR, knows it by."""
    is_compared: bool = False


def other_place(
    words: str, language: str, site_language: str, region: str, regions: Mapping[str, frozenset[str]], found: Sequence[Clause]
) -> str:
    """The place that words name in place of a claim's region, as they write it; empty where they name none, or the region.

    ``regions`` are those of the project with their names; ``found`` the places of the claim's number.
    """
    own_names = regions.get(region, frozenset([region]))
    known = {name: each for each, names in regions.items() for name in names}
    if country := _country(own_names, site_language):
        own_names |= _names_of(country, language)
        for code in _codes(language):
            if code != country:
                known |= {name: known.get(name, code) for name in _names_of(code, language) | _names_of(code, site_language)}
    mine_by_name = dict.fromkeys(own_names, region)
    known = {name: each for name, each in known.items() if name not in mine_by_name}
    text = plain(words)
    named = _places(text, language, known, mine_by_name)
    others = [each for each in named if each.region != region]
    if not others:
        return ""
    if not any(_script(name) == _script(text[others[0].start : others[0].end]) for name in own_names):
        return ""  # the region may stand there by a name that nobody has told
    wrong = ""
    for clause in found[:MOST_PLACES]:
        mine = own(words, language, clause.number, _without_compared(text, language, named))
        is_named = any(each.region == region for each in named) or not _is_named_loosely(text, own_names, mine)
        if not mine or any(each.region == region for each in mine) or not is_named:
            return ""
        wrong = wrong or text[mine[0].start : mine[0].end]
    return wrong


def _without_compared(text: str, language: str, named: Sequence[SaidPlace]) -> list[SaidPlace]:
    """The places, each marked where a word right before it sets it against another: "more than in Uganda"."""
    pattern, low = hedging_words(language).compared.pattern, lowered(text)
    found = []
    for each in named:
        begin = max(0, each.start - 40)
        compared = pattern is not None and any(
            re.fullmatch(r"\s*(?:(?:in|im|en|em|nel|nella|dans|w|v|ve|в|во|у|i|de|of|the|la|el|le)\s+){0,2}", low[match.end() : each.start])
            for match in pattern.finditer(low, begin, each.start)
            if match.group()
            not in ("from", "von", "de", "di", "da", "z", "с", "з", "fra", "från", "van", "od", "dari", "من", "از", "against")
        )
        found.append(SaidPlace(each.start, each.end, each.region, compared))
    return found


def _is_named_loosely(text: str, own_names: Collection[str], mine: Sequence[SaidPlace]) -> bool:
    """Whether words outside the other places begin as the region's name does: "Kenyan soldiers in Uganda"."""
    outside = list(_bare(text))
    for each in mine:
        outside[each.start : each.end] = " " * (each.end - each.start)
    heads = {_bare(name)[: max(3, min(5, len(name) - 2))] for name in own_names if len(name) > 3 and not is_unspaced(name[0])}
    return any(word.startswith(tuple(heads)) for word in re.findall(r"[^\W\d_]+", "".join(outside))) if heads else False


def _places(text: str, language: str, known: Mapping[str, str], mine: Mapping[str, str]) -> list[SaidPlace]:
    """Every place that words name, the longest name first, so that "Moscow Region" is not Moscow."""
    names = {**known, **mine}
    by_stem = {_stem(name, language): region for name, region in names.items()}
    pattern = _pattern(frozenset(names), language)
    found = []
    for match in pattern.finditer(_bare(text)) if pattern else ():
        written = text[match.start() : match.end()]
        region = by_stem.get(_stem(written, language)) or _by_beginning(_bare(written), by_stem)
        if region is None or written[0].islower():
            continue
        found.append(SaidPlace(match.start(), match.end(), region))
    return found


def _by_beginning(written: str, by_stem: Mapping[str, str]) -> str | None:
    """The region whose stem is the longest with which a written name begins."""
    return next((by_stem[stem] for stem in sorted(by_stem, key=lambda stem: (-len(stem), stem)) if written.startswith(stem)), None)


@lru_cache(maxsize=64)
def _pattern(names: frozenset[str], language: str) -> re.Pattern[str] | None:
    made = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        stem = _stem(name, language)
        if is_unspaced(name[0]):
            made.append(re.escape(name))
        elif not _is_inflected(name, language):
            made.append(rf"(?<!\w){re.escape(stem)}(?!\w)")
        else:
            most = 2 if len(stem) < _SHORTEST_STEM else len(name) - len(stem) + 4
            made.append(rf"(?<!\w){re.escape(stem)}\w{{0,{most}}}(?!\w)")
    return re.compile(f"(?P<name>{'|'.join(made)})", re.IGNORECASE) if made else None


def _is_inflected(name: str, language: str) -> bool:
    """Whether a name takes endings."""
    return language.partition("-")[0] in _INFLECTED or "\u0400" <= name[0] <= "\u04ff"


def _stem(name: str, language: str) -> str:
    """The part of a name that no ending changes, without case."""
    low = _bare(name)
    if not _is_inflected(name, language) or len(low) < _SHORTEST_STEM:
        return low
    vowel = low[-1] in "aeiouyаеєиіоуюяыэь"
    return low[:-1] if vowel else low


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    """The text without case, and without the signs on Latin, Greek and Cyrillic letters, letter for letter."""
    return "".join(_bare_letter(ch) if "\u00c0" <= ch < "\u0590" or "\u1e00" <= ch < "\u2000" else ch for ch in lowered(text))


def _bare_letter(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _script(name: str) -> str:
    """A rough script of a name, by its first letter."""
    code = ord(name[0]) if name else 0
    return "latin" if code < 0x370 else f"{code >> 8}" if code < 0x3000 else "east"


@lru_cache(maxsize=512)
def _country(names: frozenset[str], site_language: str) -> str:
    """The country that a region is, by CLDR's code; empty where it is none."""
    low = {_bare(name) for name in names}
    for language in (site_language, "en"):
        for code in _codes(language):
            if low & {_bare(name) for name in _names_of(code, language)}:
                return code
    return ""


@lru_cache(maxsize=64)
def _codes(language: str) -> tuple[str, ...]:
    locale = locale_of(language)
    return tuple(
        code for code in (map(str, locale.territories) if locale else ()) if _COUNTRY.fullmatch(code) and code not in _NO_COUNTRIES
    )


@lru_cache(maxsize=4096)
def _names_of(code: str, language: str) -> frozenset[str]:
    """What CLDR calls a country, without what stands in brackets."""
    locale = locale_of(language)
    name = locale.territories.get(code, "") if locale else ""
    found = {part.strip() for part in re.split(r"[()（）]| - ", name) if len(part.strip()) > 2 or (part and is_unspaced(part[0]))}
    also = _ALSO_CALLED.get(language.partition("-")[0], "").split(", ")
    return frozenset(found | {each[3:] for each in also if each[:2] == code})
