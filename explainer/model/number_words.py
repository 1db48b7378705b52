"""The words of each language for numbers, magnitudes, months, peoples and years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError

from explainer.languages import LISTS

# Counting words, from Unicode's CLDR (through Babel) and from ``counting/<language>.tsv``.
#
# ``counting/README.md`` describes these files. A language without a file has only the magnitudes of
# CLDR's compact forms. ``minus.tsv`` has the words for "minus" of all languages. Such a word makes
# a number doubtful if the language's own file does not have it.

_FOLDER: Final = LISTS / "counting"
_BRACES = re.compile(r"\{([^{}]*)\}")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’ʼ`´‘＇", "'"))
_DIACRITICS = re.compile("[\u064b-\u0652]")
"""The Arabic signs that may be left out."""
_SUFFIX = re.compile(r"[^\d\s0'.]+(?:\s[^\d\s0'.]+)*")
_DASHES: Final = r"\s*[-–—‒～〜~∼÷…]\s*|\s*\.{2,3}\s*"
_ARTICLE: Final = r"(?:(?:i|gli|le|les|los|las|els|os|as|de|die|der|den|the|τα|τις|τους)\s+)?"
_UNITS: Final = frozenset(["km", "mm", "kg", "kt", "mt", "gt"])
"""Abbreviations of magnitudes in CLDR that look like units: Catalan "km" for milliards."""
_CLAUSE_END = re.compile(r"[.,;:!?।。]\s|[،؛]")
LONGEST: Final = 5
"""The most words in a phrase of the files."""
_FOREIGN_FROM: Final = 4
"""The fewest letters of a foreign magnitude that is recognised."""
_LIKE_A_MAGNITUDE = re.compile(
    r"\w*(?:ill?i[oóu]n|ill?i?ard|ilyon|ilyar|iljo[eo]?n|iljard|ilh(?:ão|ões|ao|oes)|ill?ioane|ill?ió|ilijun|ilijard|iliónov"
    r"|илл?ион|илл?иард|ильон|иль?йон|іль?йон|ільярд|ільон|ілліон)\w{0,4}"
)
_NO_MAGNITUDE: Final = frozenset(
    ["pavilion", "pavilions", "vermilion", "billiard", "billiards", "millionaire", "millionaires"]
)
_CONSONANTS = re.compile(r"[bdgklmnqrtzбвгдзклмнпрстх]{1,6}")


def folded(word: str) -> str:
    """Return the lookup form of a word: NFC, case-folded, with one kind of apostrophe.

    Arabic vowel signs are removed.
    """
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())
    return _DIACRITICS.sub("", composed.replace("i\u0307", "i").translate(_APOSTROPHES))


@lru_cache(maxsize=512)
def lowered(text: str) -> str:
    """Return a text case-folded letter by letter, so that all offsets stay valid.

    Apostrophes become one kind. A letter whose case-folded form is several letters stays one
    letter: "ß". ``spelled`` makes patterns for such texts.
    """
    return "".join(map(_lowered, text))


@cache
def _lowered(letter: str) -> str:
    low = folded(letter)
    if len(low) == 1:
        return low
    return letter.lower() if len(letter.lower()) == 1 else letter


def spelled(word: str, *, one_i: bool = False) -> str:
    """Return a pattern that matches a folded word in a ``lowered`` text.

    In such a text, "ss" may be "ß", "fi" a ligature, "é" a letter and a combining accent, and
    Arabic may have vowel signs. With ``one_i``, Turkish "i" and "ı" match each other.
    """
    pieces, at = [], 0
    while at < len(word):
        whole = next((each for each in _LONGEST_FIRST if word.startswith(each, at)), word[at])
        ways = {re.escape(whole), *map(re.escape, _letters_folded_to().get(whole, ()))}
        ways |= {re.escape(unicodedata.normalize("NFD", whole))}
        ways |= set("iı") if one_i and whole in "iı" else set()
        marks = f"{_DIACRITICS.pattern}*" if "\u0620" <= whole[-1] <= "\u06ff" else ""
        pieces.append((min(ways) if len(ways) == 1 else f"(?:{'|'.join(sorted(ways))})") + marks)
        at += len(whole)
    return "".join(pieces)


@cache
def _letters_folded_to() -> Mapping[str, frozenset[str]]:
    """Return the lowered letters that fold to several letters, by those letters: "ß" for "ss"."""
    found: dict[str, set[str]] = {}
    for letter in map(chr, (*range(0xDF, 0x590), *range(0x1E00, 0x2000), *range(0xFB00, 0xFB18))):
        if len(folded(letter)) > 1:
            found.setdefault(folded(letter), set()).add(_lowered(letter))
    return {whole: frozenset(letters) for whole, letters in found.items()}


_LONGEST_FIRST: Final = tuple(sorted(_letters_folded_to(), key=lambda each: (-len(each), each)))


@dataclass(frozen=True)
class Vocabulary:
    """The counting words of one language, folded. The words of a phrase have one space between."""

    complete: bool
    """Whether the file lists all words that change a number.

    If not, each unknown word beside a number stops the reading of the number.
    """
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    magnitudes: Mapping[str, Decimal] = field(default_factory=dict)
    parts: Mapping[str, Decimal] = field(default_factory=dict)
    """Words for a part of the magnitude that follows: "half a"."""
    added: Mapping[str, Decimal] = field(default_factory=dict)
    """Words that add a part to the number before: "and a half"."""
    ahead: Mapping[str, Decimal] = field(default_factory=dict)
    """Words that add a part to the number after, or subtract it."""
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The words under every other key of the file."""

    def has(self, key: str, word: str) -> bool:
        """Return whether a folded word or phrase is listed under a key."""
        return word in self.sets.get(key, ())

    @cached_property
    def flags(self) -> frozenset[str]:
        """How the language writes numbers."""
        return self.sets.get("flags", frozenset())

    @cached_property
    def joins_ends(self) -> re.Pattern[str]:
        """Matches what joins the ends of a range: a dash, or a word of the key ``to``."""
        words = sorted(self.sets.get("to", ()), key=lambda word: (-len(word), word))
        spaced = "|".join(
            re.escape(word).replace("\\ ", r"\s+").replace("'", "['’]")
            for word in words
            if is_spaced(word[0])
        )
        glued = "|".join(re.escape(word) for word in words if not is_spaced(word[0]))
        about = "|".join(
            re.escape(word) for word in sorted(self.sets.get("light", ())) if " " not in word
        )
        hedge = rf"(?:(?:{about})\s+)?" if about else ""
        made = [
            _DASHES,
            rf"[-‐‑]?\s+(?:{spaced})(?:\s+|[-‐‑]){hedge}" + _ARTICLE if spaced else "",
            rf"\s*(?:{glued})\s*" if glued else "",
        ]
        return re.compile("|".join(each for each in made if each), re.IGNORECASE)

    @cached_property
    def joins_alternatives(self) -> re.Pattern[str]:
        """Matches what joins two alternative numbers: " or ".

        There may be a comma before it and a hedge after it.
        """
        words = sorted(self.sets.get("or", ()), key=lambda word: (-len(word), word))
        spaced = "|".join(
            re.escape(word).replace("\\ ", r"\s+") for word in words if is_spaced(word[0])
        )
        glued = "|".join(re.escape(word) for word in words if not is_spaced(word[0]))
        hedges = [re.escape(word) for word in sorted(self.sets.get("light", ())) if " " not in word]
        hedge = rf"(?:(?:{'|'.join(hedges)})\s+)?" if hedges else ""
        made = [
            rf"[-‐‑]?,?\s+(?:{spaced})\s+{hedge}{_ARTICLE}" if spaced else "",
            rf"[,，、]?\s*(?:{glued})\s*" if glued else "",
        ]
        return re.compile("|".join(each for each in made if each) or "(?!)", re.IGNORECASE)

    @cached_property
    def counting(self) -> frozenset[str]:
        """All words and phrases of numbers in words."""
        return frozenset(
            (
                *self.numbers,
                *self.magnitudes,
                *self.parts,
                *self.added,
                *self.ahead,
                *self.sets.get("1x", ()),
            )
        )

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The first words of these."""
        return frozenset(word.split()[0] for word in self.counting)

    @cached_property
    def pieces(self) -> re.Pattern[str] | None:
        """Matches the counting words inside a compound: "fivehundred", "einundzwanzig"."""
        known = {
            word
            for word in (*self.numbers, *self.magnitudes, *self.sets.get("1x", ()))
            if len(word) > 1 and word.isalpha()
        }
        joints = (
            {word for word in self.sets.get("and", ()) if word.isalpha()}
            if "joined" in self.flags
            else set()
        )
        longest = sorted(
            known | {word for word in joints if len(word) > 1}, key=lambda word: (-len(word), word)
        )
        return re.compile("|".join(map(re.escape, longest))) if longest else None

    @cached_property
    def marks(self) -> re.Pattern[str] | None:
        """Matches counting words, the longest first, if the language writes no spaces."""
        longest = sorted(
            (*self.numbers, *self.magnitudes, *self.added), key=lambda word: (-len(word), word)
        )
        return re.compile("|".join(map(re.escape, longest))) if "unspaced" in self.flags else None

    def phrases(self, key: str) -> re.Pattern[str] | None:
        """Return a pattern for the words under a key, to match at a place of folded text.

        The key "added" means the words that add a part: "and a half".
        """
        return _phrases(
            frozenset(self.added) if key == "added" else self.sets.get(key, frozenset())
        )

    def cut(self, word: str) -> list[str] | None:
        """Return the counting words of a compound word, or None if it has other parts."""
        return _cut(self, word) if self.pieces and 5 <= len(word) <= 80 else None


def _cut(words: Vocabulary, word: str) -> list[str] | None:
    """Split a word into counting words, the longest first. Backtrack, but try no place twice."""
    dead: set[int] = set()
    joints = words.sets.get("and", frozenset()) if "joined" in words.flags else frozenset()
    known = {*words.numbers, *words.magnitudes, *words.parts, *words.sets.get("1x", ()), *joints}
    longest = min(24, len(word))

    def rest(at: int) -> list[str] | None:
        if at == len(word):
            return []
        for end in range(min(len(word), at + longest), at, -1):
            piece = word[at:end]
            if (
                len(piece) == 1 and piece not in joints
            ):  # Czech "pětadvacet" has a joint of one letter
                continue
            if piece in known and end not in dead and (tail := rest(end)) is not None:
                return [piece, *tail]
            if piece in known:
                dead.add(end)
        return None

    found = rest(0)
    ends = found and (found[0] in joints or found[-1] in joints)
    return found if found and len(found) > 1 and not ends else None


@cache
def _phrases(words: frozenset[str]) -> re.Pattern[str] | None:
    longest = sorted(words, key=lambda word: (-len(word), word))
    made = (_phrase(word) for word in longest)
    return re.compile(f"(?:{'|'.join(made)})") if longest else None


def _phrase(word: str) -> str:
    """Return a pattern for a phrase. Its ends are ends of words if the script has spaces."""
    inner = r"[\s-]+".join(map(re.escape, word.split()))
    before = r"(?<!\w)" if is_spaced(word[0]) else ""
    return before + inner + (r"(?!\w)" if is_spaced(word[-1]) else "")


def is_spaced(letter: str) -> bool:
    """Return whether the script of a letter has spaces between words."""
    return letter.isalnum() and not (
        "\u0e00" <= letter <= "\u0eff"
        or "\u3040" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7af"
    )


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the counting words of a language, by its tag. "pt-BR" has those of "pt"."""
    short = language.replace("_", "-").split("-")[0].casefold()
    path = (
        _FOLDER
        / f"{ {'no': 'nb', 'nn': 'nb', 'fil': 'tl', 'yue': 'zh', 'iw': 'he', 'in': 'id'}.get(short, short) }.tsv"  # noqa: E501
    )
    kinds: dict[str, dict[str, Decimal]] = {"=": {}, "x": {}, "part": {}, "+": {}, "n": {}}
    sets: dict[str, set[str]] = {}
    has_file = short.isascii() and short.isalpha() and path.is_file()
    for key, word in _lines(path) if has_file else ():
        kind, value = _kind(key)
        if kind:
            kinds[kind][word] = value
        else:
            sets.setdefault(key, set()).add(word)
    for word, factor in _compact(language):
        kinds["x"].setdefault(word, factor)
    own = {key: frozenset(words) for key, words in sets.items()}
    return Vocabulary(
        "complete" in own.get("flags", ()),
        kinds["="],
        kinds["x"],
        kinds["part"],
        kinds["+"],
        kinds["n"],
        own,
    )


def _kind(key: str) -> tuple[str, Decimal]:
    """Return the kind of number of a key in a file, and its value. Other keys have the kind ""."""
    if key[0] in "=+":
        return key[0], Decimal(key[1:])
    if key.startswith(("n+", "n-")):
        return "n", Decimal(key[1:])
    if key[0] == "x" and key[1:2].isdigit():
        value = Decimal(key[1:])
        return ("part" if value < 1 else "x"), value
    return "", Decimal(0)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, words = line.partition("\t")
        for word in words.split() if key and not key.startswith("#") else ():
            for form in spellings(word):
                yield key, folded(form.replace("_", " ")).strip()


def spellings(word: str) -> Iterator[str]:
    """Yield the words of one with braces: ``million{,en}`` is "million" and "millionen"."""
    found = _BRACES.search(word)
    if found is None:
        yield word
        return
    for ending in found.group(1).split(","):
        yield from spellings(word[: found.start()] + ending + word[found.end() :])


@cache
def locale_of(language: str) -> Locale | None:
    """Return CLDR's data for a language, or None if CLDR does not have it."""
    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def _compact(language: str) -> Iterator[tuple[str, Decimal]]:
    """Yield CLDR's words and signs for large numbers, with factors: "millones", "tys.", "万"."""
    locale = locale_of(language)
    formats = locale.compact_decimal_formats if locale else {}
    for length in ("long", "short"):
        for patterns in (formats.get(length) or {}).values():
            for size, pattern in patterns.items():
                shown = str(getattr(pattern, "pattern", pattern))
                zeros = shown.split(";", maxsplit=1)[0].count("0")
                found = (
                    _SUFFIX.search(
                        shown.split(";", maxsplit=1)[0].replace("\u00a0", " ").replace("'", "")
                    )
                    if zeros
                    else None
                )
                if found and folded(found.group()).strip() not in _UNITS:
                    yield folded(found.group()).strip(), Decimal(size) / 10 ** (zeros - 1)


@cache
def _foreign() -> frozenset[str]:
    """Return the magnitudes of every language that has a file.

    Short words in ASCII are left out, because they are ordinary words in other languages.
    """
    known = (vocabulary(path.stem).magnitudes.items() for path in sorted(_FOLDER.glob("*.tsv")))
    return frozenset(
        word
        for each in known
        for word, factor in each
        if factor >= 1000 and (len(word) >= _FOREIGN_FROM or not word[0].isascii())
    )


def is_magnitude(word: str, language: str) -> bool:
    """Return whether a word may be a magnitude.

    It may be one of its language, one of another listed language, or look like one.
    """
    word = folded(word)
    if word in vocabulary(language).magnitudes or _LIKE_A_MAGNITUDE.fullmatch(word):
        return word not in _NO_MAGNITUDE
    return word in _foreign()


def is_any_magnitude(word: str) -> bool:
    """Return whether a word is a magnitude in any listed language."""
    word = folded(word)
    return (
        word in _foreign()
        or word in vocabulary("en").magnitudes
        or word in vocabulary("ru").magnitudes
    )


def is_abbreviation_like(word: str) -> bool:
    """Return whether a word looks like an abbreviated magnitude, such as "mrd" and "tr"."""
    return bool(_CONSONANTS.fullmatch(folded(word)))


@cache
def _minus_words(key: str) -> tuple[str, ...]:
    """Return the words for "minus" (``before``) or "below zero" (``after``) of all languages.

    The longest words are first.
    """
    found = {word for own, word in _lines(_FOLDER.parent / "minus.tsv") if own == key}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def is_minus_elsewhere(before: str, after: str, words: Vocabulary) -> str:
    """Return a word around a number that means "minus" or "below zero" in any language, or "".

    A word before the number is ignored if the language of the text uses it in another sense.
    """
    head = folded(before).rstrip(" \t\n\u00a0\u202f:([")
    if head.endswith(_minus_words("before")):
        found = next(word for word in _minus_words("before") if head.endswith(word))
        joined = is_spaced(found[0]) and head[: -len(found)][-1:].isalnum()
        if not joined and not any(words.has(key, found) for key in ("light", "stop", "of", "most")):
            return found
    tail = folded(after)
    if any(word in tail for word in _minus_words("after")):
        clause = _CLAUSE_END.split(tail)[0]
        pattern = _phrases(frozenset(_minus_words("after")))
        below = pattern.search(clause) if pattern else None
        return (
            below.group()
            if below and not any(ch.isdigit() for ch in clause[: below.start()])
            else ""
        )
    return ""


@cache
def signs() -> Mapping[str, frozenset[str]]:
    """Return what a number beside a sign counts: folded names by sign."""
    lines = (_FOLDER.parent / "signs.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {sign: frozenset(folded(name) for name in names.split(",")) for sign, _, names in pairs}


@cache
def words_for_years() -> frozenset[str]:
    """Return the words for "years" in all languages.

    A number right before such a word is an age or a length of time.
    """
    lines = (_FOLDER.parent / "ages.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(
        folded(word) for line in lines if not line.startswith("#") for word in line.split()
    )


# Names of months, from Unicode's CLDR, with the grammatical cases that it does not have

_ENDINGS: Final = ("ь", "й", "я", "ю", "е", "ем", "ём", "ом", "а", "у", "і")
"""The endings of months in Russian and Ukrainian. Not every month takes each."""
_AFTER_IN: Final = {
    "cs": "lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci",
    "pl": (
        "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku"
        " listopadzie grudniu"
    ),
    "uk": "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
}
"""The twelve names as they are after "in", in languages where endings are not enough."""


@cache
def months(language: str) -> Mapping[str, int]:
    """Return the months by their case-folded names. Short names have a dot.

    The result is empty if CLDR does not have the language.
    """
    try:
        known = Locale.parse(language.replace("-", "_")).months
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for month, name in known[form]["wide"].items():
            found |= dict.fromkeys(_cases(name.casefold(), language), month)
        short = known[form]["abbreviated"]
        found |= {f"{name.casefold().rstrip('.')}.": month for month, name in short.items()}
    after_in = _AFTER_IN.get(language.partition("-")[0], "").split()
    found |= {name: month for month, name in enumerate(after_in, 1)}
    return found | ({"sept.": 9} if language.partition("-")[0] == "en" else {})


@cache
def names_of_months(language: str) -> Mapping[str, int]:
    """Return the months by their names without dots. For an unknown language, use English."""
    known = months(language) or months("en")
    return {name.rstrip("."): month for name, month in known.items()}


@cache
def spellings_of_months(language: str) -> Mapping[str, int]:
    """Return the months by every form that a text may use.

    These are ``names_of_months`` and the forms that ``months.tsv`` adds.
    """
    short = language.partition("-")[0]
    rows = [row for row in _rows() if row[0] == short]
    # an abbreviation of two letters may begin other words too: Bangla "আগ"
    known = {
        name: month
        for name, month in names_of_months(language).items()
        if name.isascii() or len(name) > 2 or name in months(language)
    }
    for _, key, words in rows:
        if key.isdigit():
            known |= dict.fromkeys((word.replace("_", " ") for word in words.split()), int(key))
    whole = {name: month for name, month in months(language).items() if name[-1] != "."}
    for _, key, words in rows:
        if key == "cut":
            cut, _, endings = words.partition("|")
            tail = "" if cut == "-" else cut
            for (name, month), ending in product(whole.items(), endings.split()):
                if name.endswith(tail) and len(name) - len(tail) >= _SHORTEST_STEM:
                    known.setdefault(name.removesuffix(tail) + ending, month)
    before = [letters for _, key, words in rows if key == "before" for letters in words.split()]
    return known | {
        letters + name: month
        for letters, (name, month) in product(before, known.items())
        if len(name) > 1
    }


_SHORTEST_STEM: Final = 3
"""The fewest letters that remain of a month's name before an ending is added."""


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """Return the rows of ``months.tsv``: language, key and words."""
    lines = (LISTS / "months.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((language, key, words) for language, key, words in cells)


def _cases(name: str, language: str) -> set[str]:
    """Return a month's name with all endings that it may take."""
    if language not in ("ru", "uk"):
        return {name}
    stem = name[:-1] if name[-1] in "ьйяаюе" else name
    return {name, *(stem + ending for ending in (_ENDINGS if stem != name else _ENDINGS[2:]))}


# Adjectives and names of peoples, by country: ``peoples/<language>.tsv``

_PEOPLES: Final = LISTS / "peoples"


@cache
def peoples(language: str) -> Mapping[str, str]:
    """Return country codes (ISO 3166) by words such as "French", or by their first letters.

    The result is empty if the language has no file.
    """
    short = language.replace("_", "-").split("-")[0].casefold()
    path = _PEOPLES / f"{short}.tsv"
    found: dict[str, str] = {}
    if short.isascii() and short.isalpha() and path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            code, _, words = line.partition("\t")
            if words and not code.startswith("#"):
                found |= {word.replace("_", " "): code for word in words.split()}
    return found


# Years before numbers in words: in "En 2023 mil personas", 2023 is a year, and "mil" does not
# multiply it.

_WORDS: Final = LISTS / "before_years.tsv"
_YEARS: Final = range(1000, 3000)
_LIKELY_YEARS: Final = range(1900, 2100)
"""The numbers that are more often a year than an amount after "in" within a sentence.

An amount outside this range: "valorada en 1500 millones".
"""
_REACH: Final = 60
"""How many letters before a figure are looked at."""
_OF: Final = r"(?:(?:of|the|de|del|dels|do|da|di|dell'|d'|van|von|af|av|el|al)[\s\u00a0]*){0,2}"
_SHORTEST_MONTH: Final = 3
_OPENING: Final = re.compile(r"(?:^|[.,;:!?()\[\]\"“”„«»‘’'،؛।–—|\n])\s*$")
_EARLIER_END: Final = re.compile(
    r"(?<!\d)[12]\d{3}(?:\s?[-–—/]\s?|\s[^\W\d_]{1,5}\s(?:[^\W\d_]{1,5}\s)?)$"
)
"""An earlier year and what joins it to the next: "entre 2019 y 2023", "between 2019 and 2023"."""
_BETWEEN: Final = re.compile(r"(?<!\w)[^\W\d_]{1,10}\s$")


@dataclass(frozen=True)
class YearLeads:
    """The words before years in a language. Each pattern ends where the year begins."""

    sure: re.Pattern[str]
    """A word for year, "since", a season, or a month with or without a day."""
    open: re.Pattern[str]
    """A word such as "in". An amount may follow it too."""
    until: re.Pattern[str]
    """A word such as "until". An amount is as likely after it."""

    def lead(self, text: str, start: int, written: str, *, is_number_behind: bool) -> bool:
        """Return whether four digits at a place are a year.

        ``is_number_behind`` says that the word after the digits is a number without them too
        ("mille"). If it is False, the word needs a number before it ("en 1500 millones"). Then,
        after a word such as "in" within a sentence, only years of ``_LIKELY_YEARS`` count.
        """
        if len(written) != len("2023") or not written.isdecimal() or int(written) not in _YEARS:
            return False
        before = folded(text[max(0, start - _REACH) : start])
        if self.sure.search(before):
            return True
        if joined := _EARLIER_END.search(before):
            earlier = before[: joined.start()]
            return bool(
                self.sure.search(earlier) or self.open.search(earlier) or _BETWEEN.search(earlier)
            )
        if led := self.open.search(before):
            return (
                is_number_behind or int(written) in _LIKELY_YEARS or _opens(before[: led.start()])
            )
        until = self.until.search(before)
        return until is not None and is_number_behind and _opens(before[: until.start()])


def _opens(before: str) -> bool:
    """Return whether a sentence, or a part of one, begins after some words."""
    return _OPENING.search(before) is not None


@cache
def year_leads(language: str) -> YearLeads:
    """Return the words before years in a language, by its tag. "pt-BR" has those of "pt".

    A language that is not listed has only its months.
    """
    short = {"iw": "he", "in": "id", "fil": "tl"}.get(
        found := language.replace("_", "-").split("-")[0].casefold(), found
    )
    words: dict[str, list[str]] = {"year": [], "in": [], "by": []}
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            own, kind, listed = line.split("\t")
            words[kind] += (
                [folded(word.replace("_", " ")) for word in listed.split()] if own == short else []
            )
    names = {folded(name).strip(". ") for name in spellings_of_months(language)}
    months = [
        name
        for name in names
        if not name.isdecimal() and (len(name) >= _SHORTEST_MONTH or not name.isascii())
    ]
    day = r"(?:\d{1,2}(?:st|nd|rd|th)?,?[\s\u00a0]+)?"
    sure = rf"(?:{_any(words['year'])}|{_any(months)}[.,]{{0,2}})[\s\u00a0]+{_OF}{day}$"
    return YearLeads(*map(re.compile, (sure, f"{_led(words['in'])}$", f"{_led(words['by'])}$")))


def _led(words: Iterable[str]) -> str:
    """Return a pattern for words and the space after them.

    A word that ends in "-" has no space after it, and its hyphen may be left out.
    """
    glued = [word for word in words if word[-1] in "-'"]
    joined = "|".join(
        rf"(?<!\w){re.escape(word.rstrip('-'))}{'[-‐‑–־]?' if word[-1] == '-' else ''}"
        for word in glued
    )
    spaced = rf"{_any(word for word in words if word not in glued)}[\s\u00a0]+"
    return rf"(?:{spaced}|{joined})" if joined else spaced


def _any(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, or one that never matches if there are none.

    A word must begin at the start of a word if its script has spaces.
    """
    longest = sorted(set(words) - {""}, key=lambda word: (-len(word), word))
    made = "|".join(
        (r"(?<!\w)" if is_spaced(word[0]) else "") + re.escape(word) for word in longest
    )
    return f"(?:{made or '(?!)'})"
