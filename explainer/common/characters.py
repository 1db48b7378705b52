"""Find invisible and look-alike characters, and keep texts of both directions apart.

What an author types must be what a reader sees. ``strays`` finds characters that are invisible
where they are. Some words need such a character: a joiner within a Persian or Malayalam word, a
variation selector after an emoji. Elsewhere it is a stray, so its neighbours decide. The rules
follow Unicode Standard Annex 31 (joiners) and Unicode Technical Standard 51 (emoji).

``as_seen`` returns a text as it looks, for code that searches it for words and numbers.
``disguised`` finds words that mix two scripts and look as if they had one.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

IGNORABLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Default_Ignorable_Code_Point of Unicode 16. Nothing is drawn for these characters."""
_FORMAT: Final = "\ufff9-\ufffb\U00013430-\U0001343f"
"""The other invisible characters of category Cf. Those that are visible, such as the Arabic number
sign, are like letters to a reader.
"""
_CONTROL: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
"""Control characters and the line and paragraph separators, but not tabs and line feeds."""
_NO_CHARACTER: Final = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_PRIVATE: Final = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_UNASSIGNED: Final = "\U00040000-\U000dffff"
"""Planes without any character assigned by Unicode. New characters in other planes are accepted,
and the reader's fonts must have them.
"""
_BLANK: Final = "\u2800\ufffc"
"""The Braille pattern without dots and the object replacement character. Both are invisible."""
_UNSEEN: Final = re.compile(
    f"[{_CONTROL}{IGNORABLE}{_FORMAT}{_NO_CHARACTER}{_PRIVATE}{_UNASSIGNED}{_BLANK}]"
)
_IN_SOURCES: Final = re.compile(
    f"[{_CONTROL}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc{_NO_CHARACTER}\U000e0000-\U000e007f]"
)
"""Characters that even the stored text of a source may not contain. Soft hyphens and a font's
private characters are accepted there, because PDF files contain them.
"""

_EMOJI: Final = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d"
    "\u3297\u3299\U0001f000-\U0001faff]"
)
_TAGGED: Final = re.compile(
    "\U0001f3f4(?:"
    + "|".join(
        "".join(chr(0xE0000 + ord(letter)) for letter in name)
        for name in ("gbeng", "gbsct", "gbwls")
    )
    + ")\U000e007f"
)
"""The flags of England, Scotland and Wales. Fonts draw no other flags from tags."""
_JOINING: Final = (
    (0x0600, 0x06FF),
    (0x0700, 0x074F),
    (0x0750, 0x077F),
    (0x07C0, 0x07FF),
    (0x0840, 0x085F),
    (0x0870, 0x08FF),
    (0x0900, 0x097F),
    (0x0980, 0x09FF),
    (0x0A00, 0x0A7F),
    (0x0A80, 0x0AFF),
    (0x0B00, 0x0B7F),
    (0x0B80, 0x0BFF),
    (0x0C00, 0x0C7F),
    (0x0C80, 0x0CFF),
    (0x0D00, 0x0D7F),
    (0x0D80, 0x0DFF),
    (0x0F00, 0x0FFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x1800, 0x18AF),
    (0x1B00, 0x1B7F),
    (0xA840, 0xA87F),
    (0xA8E0, 0xA8FF),
    (0xA980, 0xA9DF),
    (0xFB50, 0xFDCF),
    (0x10D00, 0x10D3F),
    (0x11000, 0x116CF),
    (0x1E900, 0x1E95F),
)
"""Blocks of scripts whose words need joiners, because their letters change shape next to each
other: cursive and Brahmic scripts.
"""
_CURSIVE: Final = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF))
"""Arabic. A letter without a following letter may have its joined form here (abbreviations)."""
_MONGOLIAN: Final = ((0x1800, 0x18AF), (0x11660, 0x1167F))
_HAN: Final = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFD))
_HIEROGLYPHS: Final = ((0x13000, 0x143FF),)
_VIRAMA: Final = 9
"""The combining class of signs that remove a consonant's vowel."""
_WIDE_POINTS: Final = "\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f\u2018-\u201f"
_STANDARD: Final = {
    "\ufe00": (
        "\u2200-\u22ff\u2a00-\u2aff\u1000-\u109f\ua840-\ua877\U00010ac0-\U00010aff" + _WIDE_POINTS
    ),
    "\ufe01": _WIDE_POINTS,
}
"""Unicode's standard variation sequences, without those of ideographs and hieroglyphs: the
characters that each selector may follow.
"""
_STANDARD_AFTER: Final = {
    selector: re.compile(f"[{bases}]") for selector, bases in _STANDARD.items()
}
_ENTITY: Final = re.compile(
    r"&(?:#(?:0++(?![0-9])|0*+[1-9][0-9]{0,6}(?![0-9]));?"
    r"|#[xX](?:0++(?![0-9a-fA-F])|0*+[1-9a-fA-F][0-9a-fA-F]{0,5}(?![0-9a-fA-F]));?"
    r"|[a-zA-Z][a-zA-Z0-9]{1,31};?)"
)
"""An HTML entity as browsers parse it, with or without its semicolon, and with any number of
leading zeros in its number.
"""
_LINE_BREAK: Final = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Stray:
    """An invisible character, or a mark too many on a letter.

    ``at`` is the offset at which it begins, or at which the entity that stands for it begins.
    """

    at: int
    character: str
    entity: bool = False

    def __str__(self) -> str:
        """Describe the character for a message, by its code point and its name."""
        if unicodedata.category(self.character) in _MARKS and not _UNSEEN.match(self.character):
            return f"one mark too many above or below a letter, {named(self.character)},"
        return f"an invisible character, {named(self.character)},"


def named(character: str) -> str:
    """Return the code point and the name of a character, as in ``U+00AD (soft hyphen)``."""
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


def invisible_characters(text: str, *, entities: bool = True) -> Iterator[Stray]:
    """Yield invisible characters that their neighbours do not need, and marks too many on a letter.

    With ``entities``, also yield those that HTML entities stand for.
    """
    if not entities or "&" not in text:
        yield from (Stray(at, text[at]) for at in _strays(text))
        return
    plain, offsets, read = _unescaped(text)
    for at in _strays(plain):
        yield Stray(offsets[at] if offsets else at, plain[at], at in read)


def strays_in_source(text: str) -> Iterator[Stray]:
    """Yield the characters in a source's stored text that hide or reverse its words.

    The text is kept as it comes, so other invisible characters are accepted.
    """
    return (Stray(match.start(), match.group()) for match in _IN_SOURCES.finditer(text))


def stray(text: str) -> Stray | None:
    """Return the first of ``strays``, or ``None`` if there is none."""
    return next(invisible_characters(text), None)


def line_break(text: str) -> str:
    """Return the first character that ends a line in any program, or an empty string."""
    found = _LINE_BREAK.search(text)
    return found.group() if found else ""


def one_line(text: str) -> str:
    """Return a text on one line, for formats in which a line is a record.

    Line breaks and runs of white space become one space.
    """
    return " ".join(text.split())


def unescaped(text: str) -> str:
    """Return a text with its HTML entities replaced, including those without a semicolon.

    Unlike ``html.unescape``, it accepts numbers of any length.
    """
    return _unescaped(text)[0] if "&" in text else text


def _unescaped(text: str) -> tuple[str, list[int], set[int]]:
    """Return a text with its entities replaced.

    With it come the original offset of each character, and the positions of the characters that
    came from an entity.
    """
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
    """Return the text that an entity stands for.

    ``html.unescape`` drops numbers of code points that are not characters. Here they are kept.
    """
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
    found = [
        match.start() for match in _UNSEEN.finditer(text) if not _is_needed(text, match.start())
    ]
    yield from sorted({*found, *_floods(text)})


_MARKS: Final = ("Mn", "Me", "Mc")
_MOST_MARKS: Final = 4
"""The most marks on a letter in most scripts. Vietnamese has 2, Thai 3, Vedic Sanskrit 4."""
_MANY_MARKS: Final = {"HEBREW": 6, "ARABIC": 6, "SYRIAC": 6, "MYANMAR": 7, "TAI": 7, "TIBETAN": 10}
"""Scripts with more marks on a letter: vowels, signs for reading, or further letters below it. No
mark appears twice on one letter there.
"""
_MAY_FLOOD: Final = re.compile(r"[^\w\s\x00-\x7f]{5,}")
"""Runs that may consist of marks. Marks are not word characters for a regular expression."""


def _floods(text: str) -> Iterator[int]:
    """Yield the offset at which a letter has too many marks, which then cover the lines around it.

    Joiners between the marks do not separate them.
    """
    for run in _MAY_FLOOD.finditer(text):
        marks: list[str] = []
        for at, sign in enumerate(run.group(), run.start()):
            if sign in "\u200c\u200d\u034f":
                continue
            if unicodedata.category(sign) not in _MARKS:
                marks = []
                continue
            marks.append(sign)
            if len(marks) > _MOST_MARKS and not (
                len(marks) <= _most_of(marks[0]) and _are_one_script(marks)
            ):
                yield at
                break  # one report for each letter is enough


def _most_of(mark: str) -> int:
    return _MANY_MARKS.get(_block(mark), _MOST_MARKS)


def _are_one_script(marks: list[str]) -> bool:
    """Return whether marks are of one script and all different."""
    return len(set(marks)) == len(marks) and len({_block(mark) for mark in marks}) == 1


def _is_needed(text: str, at: int) -> bool:  # noqa: PLR0911
    """Return whether the neighbours of a character need it."""
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
            _within(before, _HAN)
            or bool(bases and bases.match(before))
            or ("\ufe00" <= sign <= "\ufe06" and _within(before, _HIEROGLYPHS))
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
    return (
        sign == "\u2800"
        and all(each.isspace() or "\u2801" <= each <= "\u28ff" for each in (before, after))
        and bool(after)
    )


def _joins(sign: str, before: str, after: str) -> bool:
    """Return whether a joiner (U+200D) or non-joiner (U+200C) is needed between two characters."""
    if sign == "\u200d" and after and _EMOJI.match(after):
        return bool(_EMOJI.match(before)) or before == "\ufe0f"
    if not (_is_letter(before) and _within(before, _JOINING)):
        return False
    if after and _is_letter(after):
        return _block(before) == _block(after)
    ends = not after or not after.isalnum()
    return (
        sign == "\u200d"
        and ends
        and (unicodedata.combining(before) == _VIRAMA or _within(before, _CURSIVE))
    )


def _turns(text: str, at: int) -> bool:
    """Return whether a direction mark is needed.

    It is if it is at the edge of a word, in a line with words from right to left.
    """
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if (
        before.isalnum()
        and after.isalnum()
        and not (_from_the_right(before) or _from_the_right(after))
    ):
        return False
    line = text[text.rfind("\n", max(at - _FAR, 0), at) + 1 or max(at - _FAR, 0) : at + _FAR].split(
        "\n", maxsplit=1
    )[0]
    return any(map(_from_the_right, line))


_FAR: Final = 200
"""How many characters around a direction mark are searched for words that need it."""


def _from_the_right(character: str) -> bool:
    return character not in "\u200f\u061c" and unicodedata.bidirectional(character) in ("R", "AL")


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _within(character: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(character) <= last for first, last in blocks)


def _block(character: str) -> str:
    """Return the script of a character, which is the first word of its Unicode name."""
    return unicodedata.name(character, "").split(" ")[0]


_LATIN_OF: Final = {
    **dict(
        zip(
            "аеорсухіјѕһԁԛԝӏѵԍѡАВЕКМНОРСТУХІЈЅԌԚԜҮ",
            "aeopcyxijshdqwlvgwABEKMHOPCTYXIJSGQWY",
            strict=True,
        )
    ),
    **dict(zip("αοικνρυχγωϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ", "aoikvpuxywcjABEZHIKMNOPTYXCJ", strict=True)),
    **dict(zip("ոսօհցզքԁօՕՏՍԼ", "nuohgqpdoOSUL", strict=True)),
    **dict(zip("ᎪᏴᏟᎠᎬᏀᎻᏆᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᎩᏃ", "ABCDEGHTJKLMPRSTVWYZ", strict=True)),
    **dict(zip("ⲟⲥⲣⲭⲎⲒⲔⲘⲚⲞⲢⲤⲦⲬ", "ocpxHIKMNOPCTX", strict=True)),
    **dict(zip("ıɩɪɑɡɴʀʏʜʟʙ", "iiiagnryhlb", strict=True)),
}
"""Letters that look like a Latin letter: of Cyrillic, Greek, Armenian, Cherokee, Coptic and the
phonetic alphabet.
"""
_CYRILLIC_OF: Final = {
    **dict(
        zip("aeopcyxijshdqwlvkABEKMHOPCTYXIJSk", "аеорсухіјѕһԁԛԝӏѵкАВЕКМНОРСТУХІЈЅк", strict=True)
    ),
    **dict(zip("οικνρυαχΑΒΕΗΙΚΜΟΡΤΥΧ", "оікѵруахАВЕНІКМОРТУХ", strict=True)),
    "ı": "і",
}
"""Letters that look like a Cyrillic letter."""
_OVERLAYS: Final = re.compile("[\u0334-\u0338\u20d0-\u20f0\u0488\u0489]")
"""Strokes through a letter and frames around it."""
_SIGNS: Final = {
    **{
        chr(first + at): chr(ord("a") + at)
        for first in (0x1F110, 0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
        for at in range(26)
    },
}
"""Letters in brackets, boxes and circles, and the letters that flags are made of."""
_SMALL_CAPITAL: Final = re.compile("LATIN LETTER SMALL CAPITAL ([A-Z])")


@dataclass(frozen=True)
class AsSeen:
    """A text as it looks: without invisible characters, and with one form for each letter."""

    text: str
    offsets: tuple[int, ...] | None
    """The offset in the original text of each character and of the end, or ``None`` if both texts
    are the same.
    """

    def offset(self, at: int) -> int:
        """Return the offset in the original text of a character."""
        return at if self.offsets is None else self.offsets[at]

    def end(self, at: int) -> int:
        """Return the end offset in the original text for an end offset in this one."""
        return at if self.offsets is None else self.offsets[at - 1] + 1 if at else 0


def to_visible(text: str) -> AsSeen:
    """Return a text without invisible characters and with plain letters and digits.

    Compatible forms (bold, wide, circled, raised) become plain ones. Digits of every script,
    fractions and blanks are kept as they are.
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
def _plain(character: str) -> str:  # noqa: PLR0911
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
    return (
        bare if is_letter else plain if has_digit else character
    )  # the sign for square metres must not become "m2"


@lru_cache(maxsize=8192)
def lookalike_readings(word: str) -> tuple[str, ...]:
    """Return a word and what a reader may take it for.

    The further readings replace letters of other scripts by those that look like them, so that the
    word is all Latin or all Cyrillic.
    """
    if word.isascii() and not _has_cyrillic_look(word):
        return (word,)
    latin = "".join(_LATIN_OF.get(letter, letter) for letter in word)
    cyrillic = "".join(_CYRILLIC_OF.get(letter, letter) for letter in word)
    whole = [
        each
        for each, script in ((latin, "LATIN"), (cyrillic, "CYRILLIC"))
        if scripts(each) == {script}
    ]
    return tuple(dict.fromkeys((word, *whole)))


def _has_cyrillic_look(word: str) -> bool:
    """Return whether a Latin word could be Cyrillic. A word in capitals is an abbreviation."""
    return not word.isupper() and all(letter in _CYRILLIC_OF for letter in word)


def scripts(word: str) -> set[str]:
    """Return the scripts of a word's letters, as the first words of their Unicode names.

    Characters common to all scripts have none.
    """
    return {_script(letter) for letter in word} - {""}


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    if not unicodedata.category(letter).startswith("L") or letter in "\u00b5\u2126\u00aa\u00ba":
        return ""
    name = unicodedata.name(letter, "")
    return (
        ""
        if name.startswith(("MODIFIER ", "MICRO ", "OHM ", "KELVIN ", "ANGSTROM "))
        else name.split(" ")[0]
    )


_LETTERS: Final = re.compile(r"[^\W\d_](?:[\u0300-\u036f’'ʼ]?[^\W\d_])*")


def mixed_script_words(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words, with their offsets, in which a letter imitates one of another script.

    An example is "thirteen" with a Cyrillic "е". Words whose scripts are visibly different are not
    among them: "Яndex", "kΩ", "Δt", "TNFα".
    """
    if text.isascii():
        return
    for match in _LETTERS.finditer(text):
        word = match.group()
        if not word.isascii() and len(scripts(word)) > 1 and _passes(word):
            yield match.start(), word


def _passes(word: str) -> bool:
    """Return whether a word of several scripts can be read as one of a single script."""
    greek = [at for at, letter in enumerate(word) if _script(letter) == "GREEK"]
    if (
        len(greek) == 1
        and greek[0] in (0, len(word) - 1)
        and word[greek[0]].islower()
        and word[greek[0]] != "ο"
    ):
        return False  # a scientific sign before or after a word: hν, TNFα
    return len(lookalike_readings(word)) > 1


def scripts_in_words(word: str) -> str:
    """Describe the scripts of a word by one letter each, for a message.

    An example is ``Latin (t), Cyrillic (е, U+0435)``.
    """
    found = {_script(letter): letter for letter in reversed(word) if _script(letter)}
    return ", ".join(
        f"{name.capitalize()} ({letter}, U+{ord(letter):04X})"
        for name, letter in sorted(found.items(), reverse=True)
    )


# Unicode's isolates: parts of a text that are ordered separately and do not affect the text around
# them.

ISOLATE_START: Final = "\u2068"
"""The mark before an isolate that has the direction of its first letter."""
ISOLATE_END: Final = "\u2069"
"""The mark after an isolate."""
_RIGHT_TO_LEFT_BEGIN: Final = "\u2067"
"""The mark before an isolate from right to left, whatever its first letter is."""


def isolate_rtl(line: str) -> str:
    """Return a line that is ordered from right to left, whatever it begins with."""
    return f"{_RIGHT_TO_LEFT_BEGIN}{line}{ISOLATE_END}"


def first_direction(text: str) -> Literal["ltr", "rtl"] | None:
    """Return the direction of the first letter that has one, or ``None``. Isolates are skipped."""
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


def balance_isolates(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a text with each isolate ended on its line and begun again on the next."""
    depth = 0
    for each in lines:
        line = ISOLATE_START * depth + each
        depth = max(0, line.count(ISOLATE_START) - line.count(ISOLATE_END))
        yield line + ISOLATE_END * depth
