"""The words of each language that say numbers: magnitudes, months, peoples and years."""

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

# The words that a language counts with: those of Unicode's CLDR, as Babel holds it, and those of
# ``counting/<language>.tsv``.
#
# ``counting/README.md`` says what the files hold. A language without a file has the magnitudes of
# CLDR's compact forms alone.
# Words for "minus" stand in ``minus.tsv`` for all languages: in each they stop the reading of a
# number, if its own file does not hold them.

_FOLDER: Final = LISTS / "counting"
_BRACES = re.compile(r"\{([^{}]*)\}")
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’ʼ`´‘＇", "'"))
_DIACRITICS = re.compile("[\u064b-\u0652]")
"""The signs of Arabic that may be left out."""
_SUFFIX = re.compile(r"[^\d\s0'.]+(?:\s[^\d\s0'.]+)*")
_DASHES: Final = r"\s*[-–—‒～〜~∼÷…]\s*|\s*\.{2,3}\s*"
_ARTICLE: Final = r"(?:(?:i|gli|le|les|los|las|els|os|as|de|die|der|den|the|τα|τις|τους)\s+)?"
_UNITS: Final = frozenset(["km", "mm", "kg", "kt", "mt", "gt"])
"""What CLDR shortens a magnitude to, and what a reader takes for a unit: Catalan "km" for
milliards."""
_CLAUSE_END = re.compile(r"[.,;:!?।。]\s|[،؛]")
LONGEST: Final = 5
"""How many words a phrase of the files has at most."""
_FOREIGN_FROM: Final = 4
"""How many letters a magnitude of another language must have to be known as one here."""
_LIKE_A_MAGNITUDE = re.compile(
    r"\w*(?:ill?i[oóu]n|ill?i?ard|ilyon|ilyar|iljo[eo]?n|iljard|ilh(?:ão|ões|ao|oes)|ill?ioane|ill?ió|ilijun|ilijard|iliónov"
    r"|илл?ион|илл?иард|ильон|иль?йон|іль?йон|ільярд|ільон|ілліон)\w{0,4}"
)
_NO_MAGNITUDE: Final = frozenset(
    ["pavilion", "pavilions", "vermilion", "billiard", "billiards", "millionaire", "millionaires"]
)
_CONSONANTS = re.compile(r"[bdgklmnqrtzбвгдзклмнпрстх]{1,6}")


def folded(word: str) -> str:
    """A word as it is looked up: composed, without case, with one kind of apostrophe."""
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())
    return _DIACRITICS.sub("", composed.replace("i\u0307", "i").translate(_APOSTROPHES))


@lru_cache(maxsize=512)
def lowered(text: str) -> str:
    """A text without case, letter for letter, so that every place stays the same; with one kind of
    apostrophe.

    A letter whose fold is several letters stays one: "ß". ``spelled`` finds words in such a text.
    """
    return "".join(map(_lowered, text))


@cache
def _lowered(letter: str) -> str:
    low = folded(letter)
    if len(low) == 1:
        return low
    return letter.lower() if len(letter.lower()) == 1 else letter


def spelled(word: str, *, one_i: bool = False) -> str:
    """A pattern for a folded word that finds it in a lowered text.

    There "ss" may be written "ß", "fi" as a ligature, "é" with its accent apart, and Arabic with
    its vowel signs. ``one_i`` makes one letter of the two that Turkish writes "i" and "ı".
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
    """The single letters, lowered, whose fold is a string of several, by that string: "ß" of
    "ss".
    """
    found: dict[str, set[str]] = {}
    for letter in map(chr, (*range(0xDF, 0x590), *range(0x1E00, 0x2000), *range(0xFB00, 0xFB18))):
        if len(folded(letter)) > 1:
            found.setdefault(folded(letter), set()).add(_lowered(letter))
    return {whole: frozenset(letters) for whole, letters in found.items()}


_LONGEST_FIRST: Final = tuple(sorted(_letters_folded_to(), key=lambda each: (-len(each), each)))


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language, folded; of phrases the words stand apart by single spaces."""

    complete: bool
    """Whether its file lists all words that change a number; in any other language each unknown
    word beside a number stops the reading."""
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    magnitudes: Mapping[str, Decimal] = field(default_factory=dict)
    parts: Mapping[str, Decimal] = field(default_factory=dict)
    """What is a part of the magnitude after it: "half a"."""
    added: Mapping[str, Decimal] = field(default_factory=dict)
    """What adds a part to the number before it: "and a half"."""
    ahead: Mapping[str, Decimal] = field(default_factory=dict)
    """What adds a part to the number after it, or takes it off."""
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The words under every other key of the file."""

    def has(self, key: str, word: str) -> bool:
        """Whether a folded word or phrase stands under a key."""
        return word in self.sets.get(key, ())

    @cached_property
    def flags(self) -> frozenset[str]:
        """How the language writes numbers."""
        return self.sets.get("flags", frozenset())

    @cached_property
    def joins_ends(self) -> re.Pattern[str]:
        """What joins the ends of a range: dashes in any language, and its words under ``to``."""
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
        """What joins two numbers of which one is right: " or ", with a comma before it and a hedge
        behind it.
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
        """Everything that numbers in words are made of."""
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
        """The first words of all of these."""
        return frozenset(word.split()[0] for word in self.counting)

    @cached_property
    def pieces(self) -> re.Pattern[str] | None:
        """What cuts a word into the numbers that it is made of: "fivehundred", "einundzwanzig"."""
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
        """For a language without spaces: the counting words, the longest first."""
        longest = sorted(
            (*self.numbers, *self.magnitudes, *self.added), key=lambda word: (-len(word), word)
        )
        return re.compile("|".join(map(re.escape, longest))) if "unspaced" in self.flags else None

    def phrases(self, key: str) -> re.Pattern[str] | None:
        """What finds the words under a key in folded text, at a place; under "added", those that
        add a part: "and a half".
        """
        return _phrases(
            frozenset(self.added) if key == "added" else self.sets.get(key, frozenset())
        )

    def cut(self, word: str) -> list[str] | None:
        """The counting words that a longer one is made of; ``None`` where it is made of others."""
        return _cut(self, word) if self.pieces and 5 <= len(word) <= 80 else None


def _cut(words: Vocabulary, word: str) -> list[str] | None:
    """The pieces of a word, the longest first, with a way back: no place is tried twice."""
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
    """A pattern for a phrase, with its ends at ends of words where its script has spaces."""
    inner = r"[\s-]+".join(map(re.escape, word.split()))
    before = r"(?<!\w)" if is_spaced(word[0]) else ""
    return before + inner + (r"(?!\w)" if is_spaced(word[-1]) else "")


def is_spaced(letter: str) -> bool:
    """Whether words of a letter's script stand between spaces."""
    return letter.isalnum() and not (
        "\u0e00" <= letter <= "\u0eff"
        or "\u3040" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7af"
    )


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of a language, by its tag: "pt-BR" has those of "pt"."""
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
    """What sort of number a key of a file says, and its value; an empty sort for the others."""
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
    """Each word that one with braces stands for: ``million{,en}`` is "million" and "millionen"."""
    found = _BRACES.search(word)
    if found is None:
        yield word
        return
    for ending in found.group(1).split(","):
        yield from spellings(word[: found.start()] + ending + word[found.end() :])


@cache
def locale_of(language: str) -> Locale | None:
    """What CLDR holds of a language; ``None`` for one that it does not know."""
    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def _compact(language: str) -> Iterator[tuple[str, Decimal]]:
    """The words and signs by which CLDR shortens large numbers: "millones", "tys.", "万"."""
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
    """The magnitudes of every language that has a file, those that are ordinary short words
    elsewhere left out.
    """
    known = (vocabulary(path.stem).magnitudes.items() for path in sorted(_FOLDER.glob("*.tsv")))
    return frozenset(
        word
        for each in known
        for word, factor in each
        if factor >= 1000 and (len(word) >= _FOREIGN_FROM or not word[0].isascii())
    )


def is_magnitude(word: str, language: str) -> bool:
    """Whether a word may be a magnitude: in its language, in any other that is listed, or by its
    looks.
    """
    word = folded(word)
    if word in vocabulary(language).magnitudes or _LIKE_A_MAGNITUDE.fullmatch(word):
        return word not in _NO_MAGNITUDE
    return word in _foreign()


def is_any_magnitude(word: str) -> bool:
    """Whether a word multiplies the number before it in some language that is listed."""
    word = folded(word)
    return (
        word in _foreign()
        or word in vocabulary("en").magnitudes
        or word in vocabulary("ru").magnitudes
    )


def is_abbreviation_like(word: str) -> bool:
    """Whether a word looks like a shortened magnitude, as "mrd" and "tr" do."""
    return bool(_CONSONANTS.fullmatch(folded(word)))


@cache
def _minus_words(key: str) -> tuple[str, ...]:
    """The words for "minus" (``before``) or "below zero" (``after``) of all languages, the longest
    first.
    """
    found = {word for own, word in _lines(_FOLDER.parent / "minus.tsv") if own == key}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def is_minus_elsewhere(before: str, after: str, words: Vocabulary) -> str:
    """The word around a number that says "minus" or "below zero" in some language; empty where none
    stands there.

    A word that the language of the text has in another sense is passed over.
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
    """The names, folded, of what a number beside a sign counts, by the sign."""
    lines = (_FOLDER.parent / "signs.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {sign: frozenset(folded(name) for name in names.split(",")) for sign, _, names in pairs}


@cache
def words_for_years() -> frozenset[str]:
    """Words for "years" in all languages: a number right before one is an age, or a length of
    time.
    """
    lines = (_FOLDER.parent / "ages.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(
        folded(word) for line in lines if not line.startswith("#") for word in line.split()
    )


# The names of months in each language, as Unicode's CLDR has them, and in the cases that it does
# not hold.

_ENDINGS: Final = ("ь", "й", "я", "ю", "е", "ем", "ём", "ом", "а", "у", "і")
"""The endings that a month takes in Russian and Ukrainian; not every one takes each."""
_AFTER_IN: Final = {
    "cs": "lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci",
    "pl": (
        "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku"
        " listopadzie grudniu"
    ),
    "uk": "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
}
"""The twelve names in the form that they have after "in", where endings alone do not make it."""


@cache
def months(language: str) -> Mapping[str, int]:
    """The months by their names in a language, without case; short ones with their dot.

    Nothing for a language that CLDR does not know.
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
    """The same without dots, for texts of sources; in English for a language that is not known."""
    known = months(language) or months("en")
    return {name.rstrip("."): month for name, month in known.items()}


@cache
def spellings_of_months(language: str) -> Mapping[str, int]:
    """Every form in which a text may write a month: ``names_of_months`` and what ``months.tsv``
    makes of them.
    """
    short = language.partition("-")[0]
    rows = [row for row in _rows() if row[0] == short]
    # two letters that shorten a name begin other words too: Bangla "আগ"
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
"""So many letters at least are left of a month's name to which an ending is put."""


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """The lines of ``months.tsv``: a language, a key and words."""
    lines = (LISTS / "months.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((language, key, words) for language, key, words in cells)


def _cases(name: str, language: str) -> set[str]:
    """A month's name with the endings that it may take."""
    if language not in ("ru", "uk"):
        return {name}
    stem = name[:-1] if name[-1] in "ьйяаюе" else name
    return {name, *(stem + ending for ending in (_ENDINGS if stem != name else _ENDINGS[2:]))}


# What belongs to countries, by a language's adjectives and what it calls their people:
# ``peoples/<language>.tsv``.

_PEOPLES: Final = LISTS / "peoples"


@cache
def peoples(language: str) -> Mapping[str, str]:
    """The codes of countries (ISO 3166) by words such as "French", or by their beginnings; empty
    for a language without a file.
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


# Bare years in front of numbers in words: the 2023 of "En 2023 mil personas" is a year, and "mil"
# multiplies nothing.

_WORDS: Final = LISTS / "before_years.tsv"
_YEARS: Final = range(1000, 3000)
_LIKELY_YEARS: Final = range(1900, 2100)
"""The years that an "in" in the middle of a sentence leads in more often than an amount: "valorada
en 1500 millones"."""
_REACH: Final = 60
"""So many letters before a figure are looked at."""
_OF: Final = r"(?:(?:of|the|de|del|dels|do|da|di|dell'|d'|van|von|af|av|el|al)[\s\u00a0]*){0,2}"
_SHORTEST_MONTH: Final = 3
_OPENING: Final = re.compile(r"(?:^|[.,;:!?()\[\]\"“”„«»‘’'،؛।–—|\n])\s*$")
_EARLIER_END: Final = re.compile(
    r"(?<!\d)[12]\d{3}(?:\s?[-–—/]\s?|\s[^\W\d_]{1,5}\s(?:[^\W\d_]{1,5}\s)?)$"
)
"""An earlier year with what joins it to the next: "entre 2019 y 2023", "between 2019 and 2023"."""
_BETWEEN: Final = re.compile(r"(?<!\w)[^\W\d_]{1,10}\s$")


@dataclass(frozen=True)
class YearLeads:
    """What stands before the years of a language; each pattern ends where the year begins."""

    sure: re.Pattern[str]
    """A word for year, "since", a season, or a month with or without a day."""
    open: re.Pattern[str]
    """A word such as "in", behind which an amount may stand too."""
    until: re.Pattern[str]
    """A word such as "until", behind which an amount is as likely."""

    def lead(self, text: str, start: int, written: str, *, is_number_behind: bool) -> bool:
        """Whether four digits at a place are a year. ``is_number_behind``: the word behind them is
        a number even without them ("mille").

        Where a word such as "in" stands in the middle of a sentence, before a magnitude that needs
        a number ("en 1500 millones"), only the years around our own are taken for years.
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
    """Whether a sentence, or a part of it, begins behind some words."""
    return _OPENING.search(before) is not None


@cache
def year_leads(language: str) -> YearLeads:
    """The words of a language, by its tag: "pt-BR" has those of "pt". A language that is not listed
    has its months alone.
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
    """A pattern for words and the space behind them; "-" behind one stands for a hyphen that may be
    left out, and no space.
    """
    glued = [word for word in words if word[-1] in "-'"]
    joined = "|".join(
        rf"(?<!\w){re.escape(word.rstrip('-'))}{'[-‐‑–־]?' if word[-1] == '-' else ''}"
        for word in glued
    )
    spaced = rf"{_any(word for word in words if word not in glued)}[\s\u00a0]+"
    return rf"(?:{spaced}|{joined})" if joined else spaced


def _any(words: Iterable[str]) -> str:
    """A pattern for any of some words, each where a word begins, if its script has spaces; one that
    finds nothing if there are none.
    """
    longest = sorted(set(words) - {""}, key=lambda word: (-len(word), word))
    made = "|".join(
        (r"(?<!\w)" if is_spaced(word[0]) else "") + re.escape(word) for word in longest
    )
    return f"(?:{made or '(?!)'})"
