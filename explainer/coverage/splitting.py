"""A text's sentences, by their places: full stops after abbreviations and initials end none, in Latin and Cyrillic script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s|$)|\n[^\S\n]*\n")
_NEXT = re.compile(r"[\s\"'“‘«„(\[—–-]*")
_LAST = re.compile(r"(?:^|[\s(\[\"'“‘«„/])((?:[^\W\d_]{1,12}\.)*[^\W\d_]{1,12}|\d{1,3})$")
_NEVER: Final = (
    "mr mrs ms dr prof st gen col lt sgt sen rep gov no nos art vol pp p fig cf vs e.g i.e jan feb mar apr jun jul aug sep sept oct nov "
    "dec approx ca bzw z.b d.h nr abs str ul ст п пп ч гл рис табл им ул пл просп акад проф доц тов т.е т.н т.к напр см ср св зам ген пер "
    "янв февр мар апр авг сент окт нояб дек вул див ін"
)
"""What a full stop after it never ends a sentence."""
_MAY: Final = "etc inc ltd co corp u.s u.k e.u u.n a.m p.m г гг тыс млн млрд руб коп чел т.д т.п др пр р рр тис грн п.п м км usw al jr sr"
"""After these a sentence ends where the next word has a capital letter."""
_STARTS: Final = (
    "the a an in on at it its he she they this that these those but and or if when while as for from with by of after before since although"
)
"""Words that begin a sentence after an acronym that ends in a full stop."""
_NEVER_ENDS, _MAY_END, _BEGINS = (frozenset(words.split()) for words in (_NEVER, _MAY, _STARTS))
_ORDINAL = re.compile(r"[.!?]\s+$|\b(?:am|vom|zum|der|den|des|bis|im)\s$", re.IGNORECASE)
"""What stands before a number that a full stop makes an ordinal, or the number of a line."""
_REACH: Final = 40


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The start and the end of each sentence, white space around it left off. Headings and paragraphs end theirs."""
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] != "\n" and not _ends(text, match.start(), match.end()):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _ends(text: str, at: int, stop: int) -> bool:
    """Whether the marks at a place end a sentence."""
    gap = _NEXT.match(text, stop, stop + _REACH)
    following = gap.end() if gap else stop
    if following >= len(text) or (gap and "\n\n" in gap.group()):
        return True
    if text[following].islower():
        return False
    word = _LAST.search(text[max(0, at - _REACH) : at])
    return text[at] in "!?…" or word is None or _word_ends(text, at, word.group(1), following)


def _word_ends(text: str, at: int, word: str, following: int) -> bool:
    """Whether a full stop after a word ends a sentence, what follows not being in small letters."""
    plain, capital = word.casefold(), text[following].isupper()
    if word.isdigit():
        return not _numbers(text, at, word)
    if plain in _MAY_END or _and_so_on(text, at, plain):
        return capital and (not _is_acronym(word) or _word_at(text, following) in _BEGINS)
    return plain not in _NEVER_ENDS and len(word) > 1 and not (_is_acronym(word) and not capital)


def _numbers(text: str, at: int, digits: str) -> bool:
    """Whether a number with a full stop numbers a line, or is an ordinal: "1. First", "am 31. März"."""
    before = text[max(0, at - len(digits) - 6) : at - len(digits)]
    return not before.strip(" ") or before.endswith("\n") or bool(_ORDINAL.search(before))


def _and_so_on(text: str, at: int, word: str) -> bool:
    """Whether a word is the end of "и т. д." or "и т. п.", written apart."""
    return word in ("д", "п") and text[max(0, at - 4) : at - 1] == "т. "


def _is_acronym(word: str) -> bool:
    return "." in word and word[0].isupper()


def _word_at(text: str, at: int) -> str:
    found = re.compile(r"[^\W\d_]+").match(text, at)
    return found.group().casefold() if found else ""
