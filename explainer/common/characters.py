"""Characters that a reader cannot see or takes for others, and how texts of both directions are kept apart."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

# Characters that a reader cannot see, and letters that are taken for others: what an author types
# is what a reader sees.
#
# ``strays`` finds characters that show nothing where they stand. Some of them are needed by some
# words (a joiner within a
# Persian or a Malayalam word, a variation selector after an emoji) and stray elsewhere, so their
# neighbours decide, after
# Unicode's annex 31 on joiners and its technical standard 51 on emoji. ``as_seen`` gives a text
# as it looks, for whatever
# has to find words and numbers in it. ``disguised`` finds words put together from two scripts so
# that they look like one.

IGNORABLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Default_Ignorable_Code_Point of Unicode 16: nothing is drawn for them."""
_FORMAT: Final = "\ufff9-\ufffb\U00013430-\U0001343f"
"""The other characters of category Cf that show nothing; those that do, such as the Arabic number sign, are letters to a reader."""
_CONTROL: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
"""All but tabs and line feeds."""
_NO_CHARACTER: Final = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_UNASSIGNED: Final = "\U00040000-\U000dffff"
"""Planes to which Unicode assigns nothing. New characters of other planes are left to the reader's fonts."""
_BLANK: Final = "\u2800\ufffc"
"""The Braille pattern without dots, and the place of an object that is not there: neither shows anything."""
_UNSEEN: Final = re.compile(f"[{_CONTROL}{IGNORABLE}{_FORMAT}{_NO_CHARACTER}{_PRIVATE}{_UNASSIGNED}{_BLANK}]")
_IN_SOURCES: Final = re.compile(
    f"[{_CONTROL}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc{_NO_CHARACTER}\U000e0000-\U000e007f]"
)
"""What may not even stand in the kept text of a source. Soft hyphens and a font's private characters do, as in any PDF."""

_EMOJI: Final = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d"
    "\u3297\u3299\U0001f000-\U0001faff]"
)
_TAGGED: Final = re.compile(
    "\U0001f3f4(?:"
    + "|".join("".join(chr(0xE0000 + ord(letter)) for letter in name) for name in ("gbeng", "gbsct", "gbwls"))
    + ")\U000e007f"
)
"""The flags of England, Scotland and Wales: the only ones that fonts draw from tags."""
_JOINING: Final = (
    (0x0600, 0x06FF), (0x0700, 0x074F), (0x0750, 0x077F), (0x07C0, 0x07FF), (0x0840, 0x085F), (0x0870, 0x08FF), (0x0900, 0x097F),
    (0x0980, 0x09FF), (0x0A00, 0x0A7F), (0x0A80, 0x0AFF), (0x0B00, 0x0B7F), (0x0B80, 0x0BFF), (0x0C00, 0x0C7F), (0x0C80, 0x0CFF),
    (0x0D00, 0x0D7F), (0x0D80, 0x0DFF), (0x0F00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1800, 0x18AF), (0x1B00, 0x1B7F),
    (0xA840, 0xA87F), (0xA8E0, 0xA8FF), (0xA980, 0xA9DF), (0xFB50, 0xFDCF), (0x10D00, 0x10D3F), (0x11000, 0x116CF), (0x1E900, 0x1E95F),
)  # fmt: skip
"""Blocks of the scripts whose letters take other shapes side by side, so that words need joiners: cursive and Brahmic ones."""
_CURSIVE: Final = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF))
"""Arabic, in which a letter that stands alone may be written as if it went on, as in abbreviations."""
_MONGOLIAN: Final = ((0x1800, 0x18AF), (0x11660, 0x1167F))
_HAN: Final = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFD))
_HIEROGLYPHS: Final = ((0x13000, 0x143FF),)
_VIRAMA: Final = 9
"""The combining class of signs that take a consonant's vowel away."""
_WIDE_POINTS: Final = "\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f\u2018-\u201f"
_STANDARD: Final = {
    "\ufe00": "\u2200-\u22ff\u2a00-\u2aff\u1000-\u109f\ua840-\ua877\U00010ac0-\U00010aff" + _WIDE_POINTS,
    "\ufe01": _WIDE_POINTS,
}
"""Variation sequences of Unicode's own list, besides those of ideographs and hieroglyphs."""
_STANDARD_AFTER: Final = {selector: re.compile(f"[{bases}]") for selector, bases in _STANDARD.items()}
_ENTITY: Final = re.compile(
    r"&(?:#(?:0++(?![0-9])|0*+[1-9][0-9]{0,6}(?![0-9]));?"
    r"|#[xX](?:0++(?![0-9a-fA-F])|0*+[1-9a-fA-F][0-9a-fA-F]{0,5}(?![0-9a-fA-F]));?"
    r"|[a-zA-Z][a-zA-Z0-9]{1,31};?)"
)
"""An entity as browsers read it, with and without its semicolon, however many noughts stand before its number."""
_LINE_BREAK: Final = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Stray:
    """A character that shows nothing, and the offset at which it, or the entity that stands for it, begins."""

    at: int
    character: str
    entity: bool = False

    def __str__(self) -> str:
        """What it is, for a message: its code point and its name."""
        if unicodedata.category(self.character) in _MARKS and not _UNSEEN.match(self.character):
            return f"one mark too many above or below a letter, {named(self.character)},"
        return f"an invisible character, {named(self.character)},"


def named(character: str) -> str:
    """A character by its code point and its name, as in ``U+00AD (soft hyphen)``."""
    code = ord(character)
    if 0xE000 <= code <= 0xF8FF or 0xF0000 <= code <= 0x10FFFD:
        name = "of private use"
    elif 0xD800 <= code <= 0xDFFF:
        name = "half of a surrogate pair"
    elif _UNNAMED.fullmatch(character):
        name = "not a character"
    elif unicodedata.category(character) == "Cc":
        name = "a control character"
    else:
        name = unicodedata.name(character, "not assigned").lower()
    return f"U+{code:04X} ({name})"


_UNNAMED: Final = re.compile(f"[{_NO_CHARACTER}]")


def strays(text: str, *, entities: bool = True) -> Iterator[Stray]:
    """Every character that shows nothing and that its neighbours do not need; with ``entities``, those that HTML entities stand for too."""
    if not entities or "&" not in text:
        yield from (Stray(at, text[at]) for at in _strays(text))
        return
    plain, offsets, read = _unescaped(text)
    for at in _strays(plain):
        yield Stray(offsets[at] if offsets else at, plain[at], at in read)


def strays_in_source(text: str) -> Iterator[Stray]:
    """The same in the kept text of a source, which comes as it is: only what hides or turns its words round."""
    return (Stray(match.start(), match.group()) for match in _IN_SOURCES.finditer(text))


def stray(text: str) -> Stray | None:
    """The first of ``strays``; ``None`` where there is none."""
    return next(strays(text), None)


def line_break(text: str) -> str:
    """The first character of a text that ends a line, whatever program reads it; empty where there is none."""
    found = _LINE_BREAK.search(text)
    return found.group() if found else ""


def one_line(text: str) -> str:
    """A text in one line: whatever breaks a line, and runs of blanks, become one space. For formats in which a line is a record."""
    return " ".join(text.split())


def unescaped(text: str) -> str:
    """A text with its HTML entities read, those without a semicolon too. Unlike ``html.unescape`` it takes numbers of any length."""
    return _unescaped(text)[0] if "&" in text else text


def _unescaped(text: str) -> tuple[str, list[int], set[int]]:
    """A text with its entities read, the offset from which each of its characters came, and which came from an entity."""
    pieces: list[str] = []
    offsets: list[int] = []
    read: set[int] = set()
    last = 0
    for match in _ENTITY.finditer(text):
        seen = _character(match.group())
        if seen == match.group():
            continue
        pieces += [text[last : match.start()], seen]
        offsets += range(last, match.start())
        read.update(range(len(offsets), len(offsets) + len(seen)))
        offsets += [match.start()] * len(seen)
        last = match.end()
    return "".join([*pieces, text[last:]]), [*offsets, *range(last, len(text))], read


def _character(entity: str) -> str:
    """What an entity stands for; by its number where ``html.unescape`` leaves out what is no character."""
    if not entity.startswith("&#"):
        return html.unescape(entity)
    digits = entity[2:].rstrip(";").lower()
    code = int(digits.lstrip("x0") or "0", 16 if digits[0] == "x" else 10)
    if code > 0x10FFFF or 0x80 <= code <= 0x9F:
        return html.unescape(entity)
    return chr(code)


def _strays(text: str) -> Iterator[int]:
    if text.isascii() and text.isprintable():
        return
    found = [match.start() for match in _UNSEEN.finditer(text) if not _is_needed(text, match.start())]
    yield from sorted({*found, *_floods(text)})


_MARKS: Final = ("Mn", "Me", "Mc")
_MOST_MARKS: Final = 4
"""The marks that a letter has at most in most scripts: Vietnamese has two, Thai three, Vedic Sanskrit four."""
_MANY_MARKS: Final = {"HEBREW": 6, "ARABIC": 6, "SYRIAC": 6, "MYANMAR": 7, "TAI": 7, "TIBETAN": 10}
"""Scripts in which a letter has more: with vowels and signs of reading, or with further letters below it. No mark stands there twice."""
_MAY_FLOOD: Final = re.compile(r"[^\w\s\x00-\x7f]{5,}")
"""Runs that may be of marks, which no program takes for a part of a word."""


def _floods(text: str) -> Iterator[int]:
    """The marks that one letter has too many of, and that so cover the lines above and below; joiners between them part none."""
    for run in _MAY_FLOOD.finditer(text):
        marks: list[str] = []
        for at, sign in enumerate(run.group(), run.start()):
            if sign in "\u200c\u200d\u034f":
                continue
            if unicodedata.category(sign) not in _MARKS:
                marks = []
                continue
            marks.append(sign)
            if len(marks) > _MOST_MARKS and not (len(marks) <= _most_of(marks[0]) and _are_one_script(marks)):
                yield at
                break  # once is enough for what stands on one letter


def _most_of(mark: str) -> int:
    return _MANY_MARKS.get(_block(mark), _MOST_MARKS)


def _are_one_script(marks: list[str]) -> bool:
    """Whether marks are of one script, and none of them stands twice."""
    return len(set(marks)) == len(marks) and len({_block(mark) for mark in marks}) == 1


def _is_needed(text: str, at: int) -> bool:  # noqa: PLR0911 - one for each kind of sign
    """Whether the neighbours of a character need it."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if not before:
        return sign in "\u200e\u200f\u061c" and _turns(text, at)
    if sign in "\u200c\u200d":
        return _joins(sign, before, after)
    if sign in "\ufe0e\ufe0f":
        return bool(_EMOJI.match(before)) or (before in "0123456789#*" and after == "\u20e3")
    if "\ufe00" <= sign <= "\ufe0d" or "\U000e0100" <= sign <= "\U000e01ef":
        bases = _STANDARD_AFTER.get(sign)
        return (
            _within(before, _HAN) or bool(bases and bases.match(before)) or ("\ufe00" <= sign <= "\ufe06" and _within(before, _HIEROGLYPHS))
        )
    if sign in "\u180b\u180c\u180d\u180e\u180f":
        return _within(before, _MONGOLIAN)
    if sign in "\u200e\u200f\u061c":
        return _turns(text, at)
    if "\U000e0020" <= sign <= "\U000e007f":
        flag = text.rfind("\U0001f3f4", max(at - 6, 0), at)
        found = _TAGGED.match(text, flag) if flag >= 0 else None
        return found is not None and at < found.end()
    if sign == "\u034f":
        return all("\u0591" <= each <= "\u05c7" for each in (before, after)) and bool(after)
    if "\U00013430" <= sign <= "\U0001343f":
        return _within(before, _HIEROGLYPHS)
    return sign == "\u2800" and all(each.isspace() or "\u2801" <= each <= "\u28ff" for each in (before, after)) and bool(after)


def _joins(sign: str, before: str, after: str) -> bool:
    """Whether a joiner (U+200D) or its opposite (U+200C) is needed between two characters."""
    if sign == "\u200d" and after and _EMOJI.match(after):
        return bool(_EMOJI.match(before)) or before == "\ufe0f"
    if not (_is_letter(before) and _within(before, _JOINING)):
        return False
    if after and _is_letter(after):
        return _block(before) == _block(after)
    ends = not after or not after.isalnum()
    return sign == "\u200d" and ends and (unicodedata.combining(before) == _VIRAMA or _within(before, _CURSIVE))


def _turns(text: str, at: int) -> bool:
    """Whether a mark of direction stands at the edge of a word, in a line that has words of both directions."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if before.isalnum() and after.isalnum() and not (_from_the_right(before) or _from_the_right(after)):
        return False
    line = text[text.rfind("\n", max(at - _FAR, 0), at) + 1 or max(at - _FAR, 0) : at + _FAR].split("\n", maxsplit=1)[0]
    return any(map(_from_the_right, line))


_FAR: Final = 200
"""How far from a mark of direction the words may stand that need it."""


def _from_the_right(character: str) -> bool:
    return character not in "\u200f\u061c" and unicodedata.bidirectional(character) in ("R", "AL")


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _within(character: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(character) <= last for first, last in blocks)


def _block(character: str) -> str:
    """The script of a letter, as the first word of its name says."""
    return unicodedata.name(character, "").split(" ")[0]


_LATIN_OF: Final = {
    **dict(zip("аеорсухіјѕһԁԛԝӏѵԍѡАВЕКМНОРСТУХІЈЅԌԚԜҮ", "aeopcyxijshdqwlvgwABEKMHOPCTYXIJSGQWY", strict=True)),
    **dict(zip("αοικνρυχγωϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ", "aoikvpuxywcjABEZHIKMNOPTYXCJ", strict=True)),
    **dict(zip("ոսօհցզքԁօՕՏՍԼ", "nuohgqpdoOSUL", strict=True)),
    **dict(zip("ᎪᏴᏟᎠᎬᏀᎻᏆᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᎩᏃ", "ABCDEGHTJKLMPRSTVWYZ", strict=True)),
    **dict(zip("ⲟⲥⲣⲭⲎⲒⲔⲘⲚⲞⲢⲤⲦⲬ", "ocpxHIKMNOPCTX", strict=True)),
    **dict(zip("ıɩɪɑɡɴʀʏʜʟʙ", "iiiagnryhlb", strict=True)),
}  # fmt: skip
"""Letters that print as a Latin one does: of Cyrillic, Greek, Armenian, Cherokee, Coptic and the phonetic alphabet."""
_CYRILLIC_OF: Final = {
    **dict(zip("aeopcyxijshdqwlvkABEKMHOPCTYXIJSk", "аеорсухіјѕһԁԛԝӏѵкАВЕКМНОРСТУХІЈЅк", strict=True)),
    **dict(zip("οικνρυαχΑΒΕΗΙΚΜΟΡΤΥΧ", "оікѵруахАВЕНІКМОРТУХ", strict=True)),
    "ı": "і",
}  # fmt: skip
"""Letters that print as a Cyrillic one does."""
_OVERLAYS: Final = re.compile("[\u0334-\u0338\u20d0-\u20f0\u0488\u0489]")
"""Strokes through a letter and frames round it."""
_SIGNS: Final = {
    **{chr(first + at): chr(ord("a") + at) for first in (0x1F110, 0x1F130, 0x1F150, 0x1F170, 0x1F1E6) for at in range(26)},
}
"""Letters in brackets, in boxes and in circles, and those of which flags are made."""
_SMALL_CAPITAL: Final = re.compile("LATIN LETTER SMALL CAPITAL ([A-Z])")


@dataclass(frozen=True)
class AsSeen:
    """A text as it looks: what shows nothing is gone, and forms of one letter are one."""

    text: str
    offsets: tuple[int, ...] | None
    """For each of its characters, and for its end, where in the text it came from; ``None`` where nothing differs."""

    def offset(self, at: int) -> int:
        """Where a character came from."""
        return at if self.offsets is None else self.offsets[at]

    def end(self, at: int) -> int:
        """Where what ends before a character ends in the text."""
        return at if self.offsets is None else self.offsets[at - 1] + 1 if at else 0


def as_seen(text: str) -> AsSeen:
    """A text with the compatible forms of letters and digits (bold, wide, circled, raised) as plain ones, without what cannot be seen.

    Digits of every script and fractions keep their own sign; blanks keep theirs.
    """
    if text.isascii():
        return AsSeen(text, None)
    seen = {each: plain for each in set(text) if (plain := _plain(each)) != each}
    if not seen:
        return AsSeen(text, None)
    pieces = [seen.get(each, each) for each in text]
    offsets = tuple(at for at, piece in enumerate(pieces) for _ in piece)
    return AsSeen("".join(pieces), (*offsets, len(text)))


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:  # noqa: PLR0911 - one for each kind of form
    if character.isascii() or character.isspace() or character == "\ufffc":
        return character
    if _UNSEEN.match(character) or _OVERLAYS.match(character):
        return ""
    if character in _SIGNS:
        return _SIGNS[character]
    if small := _SMALL_CAPITAL.fullmatch(unicodedata.name(character, "")):
        return small.group(1).lower()
    category = unicodedata.category(character)
    if category[0] == "N":
        return character
    plain = unicodedata.normalize("NFKC", character)
    if category[0] == "L":
        return plain
    bare = plain.strip("() ")
    is_letter, has_digit = len(bare) == 1 and bare.isalnum(), plain[0].isdigit()
    return bare if is_letter else plain if has_digit else character  # not "m2" for the sign of square metres


@lru_cache(maxsize=8192)
def readings(word: str) -> tuple[str, ...]:
    """A word as it stands and, where letters of another script could be taken for its own, as a reader would take it."""
    if word.isascii() and not _has_cyrillic_look(word):
        return (word,)
    latin = "".join(_LATIN_OF.get(letter, letter) for letter in word)
    cyrillic = "".join(_CYRILLIC_OF.get(letter, letter) for letter in word)
    whole = [each for each, script in ((latin, "LATIN"), (cyrillic, "CYRILLIC")) if scripts(each) == {script}]
    return tuple(dict.fromkeys((word, *whole)))


def _has_cyrillic_look(word: str) -> bool:
    """Whether a Latin word could be a Cyrillic one: an abbreviation in capitals is taken for what it is."""
    return not word.isupper() and all(letter in _CYRILLIC_OF for letter in word)


def scripts(word: str) -> set[str]:
    """The scripts of a word's letters, by the names that Unicode gives to the letters; signs common to all scripts have none."""
    return {_script(letter) for letter in word} - {""}


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    if not unicodedata.category(letter).startswith("L") or letter in "\u00b5\u2126\u00aa\u00ba":
        return ""
    name = unicodedata.name(letter, "")
    return "" if name.startswith(("MODIFIER ", "MICRO ", "OHM ", "KELVIN ", "ANGSTROM ")) else name.split(" ")[0]


_LETTERS: Final = re.compile(r"[^\W\d_](?:[\u0300-\u036f’'ʼ]?[^\W\d_])*")


def disguised(text: str) -> Iterator[tuple[int, str]]:
    """Words in which a letter of one script passes for one of another, each with its offset: "thirteen" with a Cyrillic "е".

    A word whose scripts can be told apart by looking is none: "Яndex", "kΩ", "Δt", "TNFα".
    """
    if text.isascii():
        return
    for match in _LETTERS.finditer(text):
        word = match.group()
        if not word.isascii() and len(scripts(word)) > 1 and _passes(word):
            yield match.start(), word


def _passes(word: str) -> bool:
    """Whether a word of several scripts can be read as one of a single script."""
    greek = [at for at, letter in enumerate(word) if _script(letter) == "GREEK"]
    if len(greek) == 1 and greek[0] in (0, len(word) - 1) and word[greek[0]].islower() and word[greek[0]] != "ο":
        return False  # a sign of science before or behind a word: hν, TNFα
    return len(readings(word)) > 1


def scripts_in_words(word: str) -> str:
    """The scripts of a word with one of the letters of each, for a message: ``Latin (t), Cyrillic (е, U+0435)``."""
    found = {_script(letter): letter for letter in reversed(word) if _script(letter)}
    return ", ".join(f"{name.capitalize()} ({letter}, U+{ord(letter):04X})" for name, letter in sorted(found.items(), reverse=True))


# Unicode's isolates: stretches of a text that are ordered by themselves, and move nothing that
# stands beside them.

BEGIN: Final = "\u2068"
"""The mark before what is isolated, whose direction is that of its first letter."""
END: Final = "\u2069"
"""The mark after what is isolated."""
_RIGHT_TO_LEFT_BEGIN: Final = "\u2067"
"""The mark before what is isolated and runs from right to left, whatever its first letter."""


def from_right(line: str) -> str:
    """A line that is ordered from right to left, whatever it begins with and wherever it stands."""
    return f"{_RIGHT_TO_LEFT_BEGIN}{line}{END}"


def first_direction(text: str) -> Literal["ltr", "rtl"] | None:
    """The direction of the first letter that has one, what is isolated left out; ``None`` without any."""
    depth = 0
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return None


def isolated_in_each(lines: Iterable[str]) -> Iterator[str]:
    """Lines of one text in which each isolate ends on its line, and begins again on the next one."""
    depth = 0
    for each in lines:
        line = BEGIN * depth + each
        depth = max(0, line.count(BEGIN) - line.count(END))
        yield line + END * depth
