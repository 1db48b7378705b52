"""Check whether the places in a quote agree with the region of a claim.

They agree if no other place is named, or if the region is named too. Known places are the regions
of the project, by their names in every language of the site. If the claim's region is a country,
they are also the countries of the world, by their CLDR names in the languages of the quote and of
the site.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from explainer.check.support.attribution import own
from explainer.check.support.counting import read
from explainer.check.support.hedged import MOST_PLACES
from explainer.check.support.nouns import Clause
from explainer.model.hedging_words import hedging_words, is_unspaced
from explainer.model.number_reader import Numeral
from explainer.model.number_words import locale_of, lowered, peoples
from explainer.model.numerals import plain

_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_NO_COUNTRIES: Final = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AQ", "CP"])
_MOST: Final = 24
"""Maximum number of places in a quote that are assigned by the parts of their sentence."""
_ALSO_CALLED: Final = {
    "en": (
        "US USA, US U.S., US United States, US America, GB UK, GB U.K., GB Britain, GB Great"
        " Britain, TR Turkey, CZ Czech Republic, CI Ivory Coast, MM Burma, SZ Swaziland, MK"
        " Macedonia, PS Palestine, HK Hong Kong, MO Macau, CD DR Congo, BA Bosnia, TL East Timor,"
        " AE UAE, CV Cabo Verde"
    ),
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
    "ko": "GB 영국, KR 한국, KP 북한, US 미국",
}
"""Names of countries that CLDR does not have, by language, each after its code."""
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
_SHORT_ENDINGS: Final = "ою|ой|ей|ем|ом|ам|ами|ах|ів|ові|еві|и|ы|у|ю|і|ї|е|є|а|я"
"""Endings of three-letter Cyrillic names: Уфа, Уфы, Уфе, Уфой."""
_SLAVIC: Final = frozenset(["ru", "uk", "be", "pl", "cs", "sk", "hr", "sr", "sl", "bg"])
_CASED_PEOPLES: Final = frozenset(["en", "nl"])
"""Languages that write words such as "French" with a capital letter."""
_TO: Final = {
    "en": "to|towards?",
    "de": "nach",
    "fr": "vers|à destination de|en direction de",
    "es": "a|hacia",
    "pt": "para a?o?|à",
    "it": "verso",
    "nl": "naar",
    "pl": "do",
    "sv": "till",
    "ru": "в",
    "uk": "до",
}
"""Words that make the place after them a destination.

"French exports to Germany" are of France.
"""
_JOINS: Final = {
    "en": "and while whereas but",
    "de": "und während aber",
    "fr": "et tandis alors mais",
    "es": "y mientras pero",
    "pt": "e enquanto mas",
    "it": "e ed mentre ma",
    "nl": "en terwijl maar",
    "ru": "а и но",
    "uk": "а і й та але",
    "be": "а і але",
    "pl": "a i natomiast",
    "cs": "a zatímco",
    "sk": "a kým",
    "sv": "och medan men",
    "da": "og mens men",
    "nb": "og mens men",
    "no": "og mens men",
    "fi": "ja kun mutta",
    "hu": "és míg pedig",
    "tr": "ve iken",
    "id": "dan sedangkan",
    "vi": "và còn",
    "el": "και ενώ",
    "bg": "и а докато",
    "hr": "i a dok",
    "ro": "și iar",
    "hi": "और जबकि",
    "fa": "و",
    "bn": "এবং",
}
"""Words that separate a statement about one place from a statement about the next."""
_BETWEEN: Final = re.compile(r"[,،](?=\s)|[;、，()（）\n]")
_SENTENCE: Final = re.compile(r"[;!?。！？।؟\n]|\.(?=\s+[^\W\d_a-zа-яёіїє]|\s*$)")
_LAND: Final = re.compile(
    r"\s+(?:delta|river|basin|valley|canal|gulf|bay|sea|strait|street|road|avenue|flusstal)(?!\w)",
    re.IGNORECASE,
)
_OF_LAND: Final = re.compile(
    r"(?:gulf|golfo?|golfe|delta|sea|mer|mar|mare|strait|détroit|estrecho|canal|bay|baie|bahía|r[ií]o|fleuve)"
    r"\s+(?:of|de|du|del|do|da|di|d')\s*(?:the\s|la\s|l')?$",
    re.IGNORECASE,
)
_BEFORE_PLACES: Final = (
    "in for from while across to of at by and or north south east west northern southern eastern"
    " western central upper lower rural urban mainland metropolitan inner outer since like outside"
    " inside within when if the with against"
)
_NO_NAME_BEFORE: Final = frozenset(_BEFORE_PLACES.split())
_STATE_NAMES: Final = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia"
    " Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts"
    " Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon"
    " Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming"
)
_STATES: Final = frozenset(_STATE_NAMES.split())
"""One-word states of the United States. A name before a comma and a state is a town."""
_GIVEN_NAMES: Final = frozenset(["Chad", "Jordan", "Georgia", "Israel", "India"])
"""Countries whose names are also names of people. "Kenya Airways" is still about Kenya."""


@dataclass(frozen=True)
class SaidPlace:
    """A place that a quote names, with its position.

    ``is_compared`` is true for the other side of a comparison and for a destination.
    """

    start: int
    end: int
    region: str
    """The region of the project or the CLDR code of the country."""
    is_compared: bool = False


def other_place(
    words: str,
    language: str,
    site_language: str,
    region: str,
    regions: Mapping[str, frozenset[str]],
    found: Sequence[Clause],
) -> str:
    """Return a place that a quote names instead of the claim's region, or an empty string.

    It is returned as the quote writes it. ``regions`` are the regions of the project with their
    names. ``found`` are the places of the claim's number in the quote.
    """
    own_names = regions.get(region, frozenset([region]))
    known = {name: each for each, names in regions.items() for name in names}
    if country := _country(
        own_names, site_language, all_codes=_are_codes(frozenset(regions), site_language)
    ):
        own_names |= _names_of(country, language) | _names_of(country, site_language)
        for code in _codes(language):
            if code != country:
                known |= {
                    name: known.get(name, code)
                    for name in _names_of(code, language) | _names_of(code, site_language)
                }
    mine_by_name = dict.fromkeys(own_names, region)
    known = {name: each for name, each in known.items() if name not in mine_by_name}
    text = plain(words)
    named = _places(text, language, known, mine_by_name)
    said = _peoples(text, language, country, region) if country else []
    if any(
        each.region == region for each in (*named, *said)
    ):  # else "300 French tourists" may be anywhere
        more = [
            one
            for one in said
            if not any(each.start < one.end and one.start < each.end for each in named)
        ]
        named = sorted([*named, *more], key=lambda each: each.start)
    else:
        said = []
    others = [each for each in named if each.region != region]
    if not others:
        told = [
            _is_of_the_next_part(words, text, language, clause.number, named, region)
            for clause in found[:MOST_PLACES]
        ]
        return told[0] if told and all(told) else ""
    if not any(
        _script(name) == _script(text[others[0].start : others[0].end]) for name in own_names
    ):
        return ""  # the quote may use a name of the region that is not known
    wrong = ""
    goals = _goals(text, language, named, said)
    compared = _without_compared(text, language, named, goals)
    kept = [each for each in named if each.start not in goals]
    for clause in found[:MOST_PLACES]:
        mine = _in_its_part(words, text, language, clause.number, kept)
        mine = own(words, language, clause.number, compared) if mine is None else mine
        is_named = any(each.region == region for each in named) or not _is_named_loosely(
            text, own_names, mine, language
        )
        if later := _is_of_the_next_part(words, text, language, clause.number, named, region):
            wrong = wrong or later
            continue
        if not mine or any(each.region == region for each in mine) or not is_named:
            return ""
        wrong = wrong or text[mine[0].start : mine[0].end]
    return wrong


def _is_of_the_next_part(
    words: str, text: str, language: str, number: Numeral, named: Sequence[SaidPlace], region: str
) -> str:
    """Return the words before a number if only a later clause names the region.

    The clause must begin with a word such as "while" and have its own number: "In the north 512
    came, while in Kenya 310 left" gives only the 310 to Kenya. The result is empty in all other
    cases.
    """
    pattern = hedging_words(language).clause.pattern
    here = [each for each in named if each.region == region]
    if pattern is None or not here or here[0].start < number.end:
        return ""
    breaks = list(pattern.finditer(lowered(text), number.end, here[0].start))
    if not breaks or re.search(r"[.;!?。]\s", text[number.end : breaks[-1].start()]):
        return ""
    has_own = any(breaks[-1].end() <= one for one in _numbers(words, language, number))
    begin = max((match.end() for match in _SENTENCE.finditer(text, 0, number.start)), default=0)
    return " ".join(text[begin : breaks[-1].start()].split()[:6]).strip(" ,") if has_own else ""


def _in_its_part(
    words: str, text: str, language: str, number: Numeral, named: Sequence[SaidPlace]
) -> list[SaidPlace] | None:
    """Return the places of a number in a sentence where several places each have a number.

    Example: "in Spain it fell to 11.3 per cent while in Italy it stood at 6.8 per cent". The result
    is None for other sentences.
    """
    if len(named) > _MOST or len({each.region for each in named}) < 2:
        return None
    ends = [
        match
        for match in _SENTENCE.finditer(text)
        if not any(each.start <= match.start() < each.end for each in named)
    ]
    begin = max((match.end() for match in ends if match.end() <= number.start), default=0)
    stop = min((match.start() for match in ends if match.start() >= number.end), default=len(text))
    here = [each for each in named if begin <= each.start < stop]
    numbers = [
        one
        for one in _numbers(words, language, number)
        if begin <= one < stop and not any(e.start <= one < e.end for e in here)
    ]
    breaks = [match.start() for match in _breaks(language).finditer(lowered(text), begin, stop)]
    parts = [begin, *breaks, stop]
    told: list[tuple[list[SaidPlace], list[int]]] = []
    for first, last in pairwise(parts):
        told.append(
            (
                [each for each in here if first <= each.start < last],
                [one for one in numbers if first <= one < last],
            )
        )
    mine = next((places for places, inside in told if number.start in inside), [])
    if len({each.region for each in mine}) == 1:
        is_row = any(
            inside and places and {each.region for each in places} != {mine[0].region}
            for places, inside in told
        )
        return mine if is_row else None
    if mine:
        return None
    return _after_its_place(number.start, here, numbers, breaks)


def _after_its_place(
    number: int, here: Sequence[SaidPlace], numbers: Sequence[int], breaks: Sequence[int]
) -> list[SaidPlace] | None:
    """Return the place before a number, in a row of places that each have their numbers after them.

    Example: "in Spain, 300 came, and in Italy, 200". The result is None if there is no such row.
    """
    found: list[SaidPlace] | None = None
    for index, each in enumerate(here):
        after = here[index + 1].start if index + 1 < len(here) else None
        inside = [one for one in numbers if each.end <= one and (after is None or one < after)]
        if not inside or (
            after is not None and not any(inside[-1] < one < after for one in breaks)
        ):
            return None
        if number in inside:
            found = [each]
    return found if here and not any(one < here[0].start for one in numbers) else None


def _numbers(words: str, language: str, number: Numeral) -> list[int]:
    """Return the start of each number in a quote, without those that may be years."""
    found = {each.start: each for each, clause in read(words, language) if not clause.is_bare}
    return sorted(
        start
        for start, each in found.items()
        if start == number.start
        or not (
            each.end - start == 4 and 1500 <= each.value < 2100 and each.value == int(each.value)
        )
    )


@cache
def _breaks(language: str) -> re.Pattern[str]:
    """Return a pattern for what separates a place and its number from the next.

    This is a comma, a bracket, or words such as "and" and "while".
    """
    known = "|".join(map(re.escape, _JOINS.get(language.partition("-")[0], "").split()))
    return re.compile(_BETWEEN.pattern + (rf"|(?<!\w)(?:{known})(?!\w)" if known else ""))


@cache
def _people_words(language: str) -> tuple[Mapping[str, str], re.Pattern[str] | None]:
    """Return country codes by the stems of words such as "French", and a pattern for the words."""
    found = {_bare(word): code for word, code in peoples(language).items()}
    if not found:
        return found, None
    made = "|".join(map(re.escape, sorted(found, key=lambda word: (-len(word), word))))
    ending = "s?" if language.partition("-")[0] == "en" else r"[^\W\d_]{0,4}"
    return found, re.compile(rf"(?<!\w)({made}){ending}(?!\w)")


def _peoples(text: str, language: str, country: str, region: str) -> list[SaidPlace]:
    """Return the words for peoples in a text, each as a place: "French exports", "the Swiss"."""
    known, pattern = _people_words(language)
    found = []
    for match in pattern.finditer(_bare(text)) if pattern else ():
        is_cased = language.partition("-")[0] in _CASED_PEOPLES
        if is_cased and text[match.start()].islower():
            continue
        code = known[match.group(1)]
        found.append(SaidPlace(match.start(), match.end(), region if code == country else code))
    return found


def _goals(
    text: str, language: str, named: Sequence[SaidPlace], said: Sequence[SaidPlace]
) -> frozenset[int]:
    """Return the start of each place that is the destination of another people's goods.

    Example: "French exports to Germany".
    """
    to, low = _TO.get(language.partition("-")[0], ""), lowered(text)
    if not to or not said:
        return frozenset()
    leads = re.compile(rf"(?<!\w)(?:{to})\s+(?:the\s|la\s|le\s|les\s|l'|el\s|o\s|a\s|die\s)?$")
    led = [each for each in named if leads.search(low[max(0, each.start - 40) : each.start])]
    if language.partition("-")[0] == "ru":  # "в Германию" is to Germany, "в Германии" is in it
        led = [each for each in led if low[each.end - 1] in "юу"]
    first = {one.region: one.end for one in reversed(said)}
    return frozenset(
        each.start
        for each in led
        if any(end <= each.start and region != each.region for region, end in first.items())
    )


def _without_compared(
    text: str, language: str, named: Sequence[SaidPlace], goals: Collection[int]
) -> list[SaidPlace]:
    """Return all places, with destinations and comparisons marked as compared.

    Example: "more than in Uganda".
    """
    pattern, low = hedging_words(language).compared.pattern, lowered(text)
    found = []
    for each in named:
        begin = max(0, each.start - 40)
        compared = pattern is not None and any(
            re.fullmatch(
                r"\s*(?:(?:in|im|en|em|nel|nella|dans|w|v|ve|в|во|у|i|de|of|the|la|el|le)\s+){0,2}",
                low[match.end() : each.start],
            )
            for match in pattern.finditer(low, begin, each.start)
            if match.group()
            not in (
                "from",
                "von",
                "de",
                "di",
                "da",
                "z",
                "с",
                "з",
                "fra",
                "från",
                "van",
                "od",
                "dari",
                "من",
                "از",
                "against",
            )
        )
        found.append(SaidPlace(each.start, each.end, each.region, compared or each.start in goals))
    return found


def _is_named_loosely(
    text: str, own_names: Collection[str], mine: Sequence[SaidPlace], language: str
) -> bool:
    """Return whether a word outside the other places begins like the region's name.

    Example: "Kenyan soldiers in Uganda".
    """
    outside = list(_bare(text))
    if language.partition("-")[0] in _CASED_PEOPLES:  # "412 turkeys" are not about Turkey
        outside = [
            " " if word.islower() else letter
            for word, letter in _letters_with_their_words(text, outside)
        ]
    for each in mine:
        outside[each.start : each.end] = " " * (each.end - each.start)
    for name in own_names:  # "the Niger delta" is not Niger, nor "Chad Smith" Chad
        for match in re.finditer(rf"(?<!\w){re.escape(_bare(name))}(?!\w)", _bare(text)):
            is_land = _LAND.match(text, match.end()) or _OF_LAND.search(
                text[max(0, match.start() - 40) : match.start()]
            )
            if is_land or (
                name in _GIVEN_NAMES
                and _is_part_of_a_name(text, match.start(), match.end(), language, [])
            ):
                outside[match.start() : match.end()] = " " * (match.end() - match.start())
    heads = {
        _bare(name)[: max(3, min(5, len(name) - 2))]
        for name in own_names
        if len(name) > 3 and not is_unspaced(name[0])
    }
    return (
        any(word.startswith(tuple(heads)) for word in re.findall(r"[^\W\d_]+", "".join(outside)))
        if heads
        else False
    )


def _letters_with_their_words(text: str, letters: Sequence[str]) -> list[tuple[str, str]]:
    """Return each of some letters with the word of the text at the same position."""
    found = [("", letter) for letter in letters]
    for match in re.finditer(r"\w+", text):
        for at in range(match.start(), match.end()):
            found[at] = (match.group(), letters[at])
    return found


def _is_town(text: str, end: int, language: str) -> bool:
    """Return whether a name like a country is a town in the United States: "Georgia, Vermont"."""
    state = (
        re.match(r",\s([A-Z][a-z]+)", text[end : end + 30])
        if language.partition("-")[0] == "en"
        else None
    )
    return state is not None and state.group(1) in _STATES - {"Georgia"}


def _is_part_of_a_name(
    text: str, start: int, end: int, language: str, spans: Sequence[tuple[int, int]]
) -> bool:
    """Return whether a country's name is part of a longer name: "Niger delta", "Chad Smith"."""
    if _LAND.match(text, end) or _OF_LAND.search(text[max(0, start - 40) : start]):
        return True
    if language.partition("-")[0] != "en":
        return False
    after = re.match(r"\s([A-Z][a-z]+)(?!\w)", text[end : end + 30])
    if after and not any(first <= end + 1 < last for first, last in spans):
        return True
    before = re.search(
        r"(^|[.!?:;\n]\s*)?(?<!\w)([A-Z][a-z]+)\s$", text[max(0, start - 30) : start]
    )
    if before is None or before.group(2).lower() in _NO_NAME_BEFORE or before.group(1) is not None:
        return False
    return not any(first < start - 1 <= last for first, last in spans)


def _places(
    text: str, language: str, known: Mapping[str, str], mine: Mapping[str, str]
) -> list[SaidPlace]:
    """Return every place that a text names.

    Longer names are tried first: "Moscow Region" is not Moscow.
    """
    names = {**known, **mine}
    by_stem = {
        stem: region for name, region in names.items() for stem in reversed(_stems(name, language))
    }
    pattern = _pattern(frozenset(names), language)
    found = []
    matches = list(pattern.finditer(_bare(text))) if pattern else []
    spans = [match.span() for match in matches]
    for match in matches:
        written = text[match.start() : match.end()]
        region = by_stem.get(_stem(written, language)) or _by_beginning(_bare(written), by_stem)
        if region is None or written[0].islower():
            continue
        if len(written.split()) == 1 and _is_town(text, match.end(), language):
            found.append(SaidPlace(match.start(), match.end(), names.get("United States", "US")))
            continue
        if len(written.split()) == 1 and _is_part_of_a_name(
            text, match.start(), match.end(), language, spans
        ):
            continue
        found.append(SaidPlace(match.start(), match.end(), region))
    return found


def _by_beginning(written: str, by_stem: Mapping[str, str]) -> str | None:
    """Return the region of the longest stem with which a name begins, or None."""
    return next(
        (
            by_stem[stem]
            for stem in sorted(by_stem, key=lambda stem: (-len(stem), stem))
            if written.startswith(stem)
        ),
        None,
    )


@lru_cache(maxsize=64)
def _pattern(names: frozenset[str], language: str) -> re.Pattern[str] | None:
    made = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if is_unspaced(name[0]):
            made.append(re.escape(name))
            continue
        for stem in _stems(name, language):
            if not _is_inflected(name, language):
                made.append(rf"(?<!\w){re.escape(stem)}(?!\w)")
            elif len(stem) < 3:
                made.append(rf"(?<!\w){re.escape(stem)}(?:{_SHORT_ENDINGS})(?!\w)")
            else:
                most = 2 if len(stem) < _SHORTEST_STEM else len(name) - len(stem) + 4
                made.append(rf"(?<!\w){re.escape(stem)}\w{{0,{most}}}(?!\w)")
    return re.compile(f"(?P<name>{'|'.join(made)})", re.IGNORECASE) if made else None


def _is_inflected(name: str, language: str) -> bool:
    """Return whether a name takes endings."""
    return language.partition("-")[0] in _INFLECTED or "\u0400" <= name[0] <= "\u04ff"


def _stem(name: str, language: str) -> str:
    """Return the part of a name that endings do not change, in lower case and without accents."""
    low = _bare(name)
    if not _is_inflected(name, language) or len(low) < _SHORTEST_STEM:
        return low
    vowel = low[-1] in "aeiouyаеєиіоуюяыэь"
    return low[:-1] if vowel else low


def _stems(name: str, language: str) -> list[str]:
    """Return the stems of a name, with those that come from sound changes before endings.

    Examples: Львів, Львова; Plzeň, Plzni; Praha, Praze; Turku, Turussa.
    """
    stem, low, short = _stem(name, language), _bare(name), language.partition("-")[0]
    if len(low) == 3 and "\u0400" <= low[0] <= "\u04ff" and low[-1] in "аяи":
        return [low, low[:-1]]  # Уфа, Уфы
    found = [stem]
    is_cyrillic = "\u0400" <= low[0] <= "\u04ff"
    if not _is_inflected(name, language) or len(low) < _SHORTEST_STEM:
        return found
    if short in _SLAVIC or is_cyrillic:
        closed = re.fullmatch(
            r"(\w+[^\Waeiouyаеёєиіїоуыэюя])([eoеоё])([^\Waeiouyаеёєиіїоуыэюяьй])", stem
        )
        if (
            closed and stem == low.rstrip("ь") and len(closed.group(1)) > 1
        ):  # Plzeň, Plzni; Орёл, Орла; Елець, Ельця
            found += [closed.group(1) + closed.group(3), closed.group(1) + "ь" + closed.group(3)]
        if turned := re.fullmatch(
            r"(\w+)([ії])([^\Wаеєиіїоуюя])", _unaccented(stem, name)
        ):  # Львів, Львова; Київ, Києва
            found += [turned.group(1) + vowel + turned.group(3) for vowel in ("о", "е", "є")]
        softer = {"h": "z", "k": "c", "g": "dz", "г": "з", "к": "ц", "х": "с"}
        if low[-1] in "aа" and stem[-1] in softer:  # Praha, v Praze; Прага, у Празі
            found.append(stem[:-1] + softer[stem[-1]])
    if short in ("fi", "et") and low[-1] in "aeiouy":
        weak = {
            "nk": "ng",
            "nt": "nn",
            "rt": "rr",
            "lt": "ll",
            "mp": "mm",
            "kk": "k",
            "tt": "t",
            "pp": "p",
        }
        if stem[-2:] in weak:  # Helsinki, Helsingissa
            found.append(stem[:-2] + weak[stem[-2:]])
        elif stem[-1] in "kt" and len(stem) > _SHORTEST_STEM - 1:  # Turku, Turussa; Lahti, Lahdessa
            found.append(stem[:-1] + ("d" if stem[-1] == "t" else low[-1]))
    return list(dict.fromkeys(_bare(each) for each in found))


def _unaccented(stem: str, name: str) -> str:
    """Return a stem with the letter ї of its name, which ``_bare`` changes to і."""
    return lowered(name)[: len(stem)]


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    """Return a text in lower case, without the accents of Latin, Greek and Cyrillic letters.

    The length does not change, so positions stay valid.
    """
    return "".join(
        _bare_letter(ch) if "\u00c0" <= ch < "\u0590" or "\u1e00" <= ch < "\u2000" else ch
        for ch in lowered(text)
    )


def _bare_letter(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _script(name: str) -> str:
    """Return a rough script of a name, from its first letter."""
    code = ord(name[0]) if name else 0
    return "latin" if code < 0x370 else f"{code >> 8}" if code < 0x3000 else "east"


@lru_cache(maxsize=64)
def _are_codes(regions: frozenset[str], site_language: str) -> bool:
    """Return whether a project uses ISO 3166 codes for countries.

    It does if all its regions of two capital letters are such codes. If one is not (TX), none of
    them is read as a country.
    """
    codes = [region for region in regions if _COUNTRY.fullmatch(region)]
    return set(codes) <= set(_codes(site_language)) | set(_codes("en"))


@lru_cache(maxsize=512)
def _country(names: frozenset[str], site_language: str, *, all_codes: bool) -> str:
    """Return the CLDR code of the country that a region is, or an empty string."""
    if all_codes and (
        code := next(
            (name for name in sorted(names) if _COUNTRY.fullmatch(name) and name in _codes("en")),
            "",
        )
    ):
        return code
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
        code
        for code in (map(str, locale.territories) if locale else ())
        if _COUNTRY.fullmatch(code) and code not in _NO_COUNTRIES
    )


@lru_cache(maxsize=4096)
def _names_of(code: str, language: str) -> frozenset[str]:
    """Return the names of a country: from CLDR, without brackets, and from ``_ALSO_CALLED``."""
    locale = locale_of(language)
    name = locale.territories.get(code, "") if locale else ""
    found = {
        part.strip()
        for part in re.split(r"[()（）]| - ", name)
        if len(part.strip()) > 2 or (part and is_unspaced(part[0]))
    }
    also = _ALSO_CALLED.get(language.partition("-")[0], "").split(", ")
    return frozenset(found | {each[3:] for each in also if each[:2] == code})
