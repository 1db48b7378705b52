"""Converts Markdown to the text that readers see, and splits text into words and numbers.

Each character keeps its offset in the author's file.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

# Tokens

CALL = "\ufffc"
"""The character that replaces what a call prints."""
_TOKEN = re.compile(
    rf"(?P<call>{CALL})"
    r"|(?P<digits>[-−+±]?[$€£₽₴¥]?0(?:[.,:/'’\u00a0\u202f]?0)*(?:["
    r" \u00a0\u202f]?[%‰]|[^\W\d_]{1,3}(?![^\W\d_]))?)"
    rf"|(?P<mark>(?<![\w{CALL}])[-−+±$€£₽₴¥]{{1,2}}(?={CALL})|(?<={CALL})[ \u00a0\u202f]?[%‰])"
    r"|(?P<word>[^\W\d_](?:[\u0300-\u036f’'ʼ]?[^\W\d_]|[\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963])*)"
)
_ENDS = re.compile(r"[.?!:;|…]|\n\n")
_AROUND = 7
"""How many tokens on each side of a word are its context."""


@dataclass(frozen=True)
class Token:
    """A token of a text, with its offsets in the text."""

    kind: str
    """``call``, ``digits``, ``word``, or ``mark``: a sign at a call, such as "-", "€" or "%"."""
    text: str
    start: int
    end: int


class Tokens:
    """The tokens of a text, and the context of each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = list(_pieces_of_line(text))

    def before(self, at: int) -> str:
        """Return up to seven tokens before the one at an index, joined with separators.

        A separator is " ", "-", ", " or, at the end of a sentence, " | ".
        """
        return "".join(self.all[i].text + self._joint(i) for i in range(max(at - _AROUND, 0), at))

    def after(self, at: int) -> str:
        """Return up to seven tokens after the one at an index, joined like those of ``before``.

        The result begins with a separator. After the last token it is " |" if the sentence ends.
        """
        found = "".join(
            self._joint(i - 1) + self.all[i].text
            for i in range(at + 1, min(at + 1 + _AROUND, len(self.all)))
        )
        end = self.all[at].end
        return found or (" |" if _ENDS.search(self.text[end : end + 2]) else "")

    def _joint(self, at: int) -> str:
        """Return the separator between a token and the next."""
        text = self.text[self.all[at].end : self.all[at + 1].start]
        if _ENDS.search(text):
            return " | "
        return text and ("-" if text in ("-", "\u2010", "\u2011") else ", " if "," in text else " ")


def _pieces_of_line(text: str) -> Iterator[Token]:
    """Yield the tokens of a text. Digits of all scripts and forms are recognized."""
    shape = "".join("0" if unicodedata.category(ch) in ("Nd", "No", "Nl") else ch for ch in text)
    for match in _TOKEN.finditer(shape):
        yield Token(
            match.lastgroup or "",
            unicodedata.normalize("NFC", text[match.start() : match.end()]),
            match.start(),
            match.end(),
        )


# Markdown to visible text

_TITLE = r"(?:\s{1,3}[\"'(](?P<title>[^\"\n]{0,400}?)[\"')])?"
_PIECE = re.compile(
    r"(?P<reference>^ {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]{0,8}\S{1,500}"
    + _TITLE.replace("title", "title_of_reference")
    + r"[ \t]*$)"
    r"|(?P<marker>^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|#{1,6}[ \t]+|>["
    r" \t]?)|^\[\^[^\]\n]{1,80}\]:|^[ \t|:-]{3,}$)"
    r"|(?P<target>\]\([ ]?(?:<[^>\n]{0,500}>|[^)\s\"]{0,500})"
    + _TITLE
    + r"[ ]?\)|\]\[[^\]\n]{0,200}\]|\[\^[^\]\n]{1,80}\])"
    r"|(?P<address><(?:https?://|mailto:)[^>\s]{0,500}>|https?://[^\s)<>]+)"
    r"|(?P<attributes>\{:?[ ]?(?:[#.][\w.-]+[ ]?)+\})"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});)"
    r"|\\(?P<escaped>[\\`*_{}\[\]()>#+.!|~^$-])"
    r"|(?P<dropped>[*`~]|!?\[|\]|(?<!\w)_|_(?!\w))",
    re.MULTILINE,
)

_NOTE = re.compile(r"^\[\^[^\]\n]{1,80}\]:", re.MULTILINE)


@dataclass(frozen=True)
class VisibleText:
    """A text as readers see it, with offsets into the author's text."""

    text: str
    offsets: tuple[int, ...]
    """For each character of ``text``, its offset in the author's text."""


@dataclass(frozen=True)
class Hole:
    """A call in the author's text."""

    start: int
    end: int
    words: str = ""
    """What the call prints, if the author wrote that (``show`` of a term); else empty."""


def flatten(text: str, holes: Iterable[Hole] = (), *, marked: bool = True) -> VisibleText:
    """Return the visible text of an author's text.

    Entities and escapes are decoded and markup is removed, so "3&#48;" becomes "30" and "t*en*"
    becomes "ten". Addresses, ids and list markers are left out. Each call becomes the character
    ``CALL``, or its own words.

    ``holes`` are the calls, in order. ``marked`` is false for plain text without Markdown.
    """
    read = _pieces if marked else _as_written
    pieces: list[tuple[str, int]] = []
    position = 0
    for hole in holes:
        pieces += read(text, position, hole.start)
        pieces += [(ch, hole.start) for ch in hole.words or CALL]
        position = hole.end
    pieces += read(text, position, len(text))
    return VisibleText("".join(ch for ch, _ in pieces), tuple(offset for _, offset in pieces))


def _as_written(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    return ((text[at], at) for at in range(start, end))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the visible characters between two offsets, with their offsets.

    A call may be in the middle of an address. The text on both sides of it is still read.
    """
    position, notes = start, _notes(text)
    for match in _PIECE.finditer(text, start, end):
        if not _is_markup(match, notes):
            continue
        yield from ((text[at], at) for at in range(position, match.start()))
        yield from _seen(match)
        position = match.end()
    yield from ((text[at], at) for at in range(position, end))


@lru_cache(maxsize=4)
def _notes(text: str) -> frozenset[str]:
    """Return the markers of the footnotes that a text defines, such as "[^1]"."""
    return frozenset(match.group()[:-1] for match in _NOTE.finditer(text))


_ORDERED = re.compile(r"(?P<indent>[ \t>]*)(?P<number>\d{1,9})[.)][ \t]+")


@lru_cache(maxsize=4)
def _markers(text: str) -> frozenset[int]:
    """Return the offsets of the lines that begin with the marker of an ordered list.

    A list begins with 0 or 1, after an empty line or in another list, and its numbers increase by
    1. "5000. men" elsewhere is a number that the author typed, whatever the engine makes of it.
    """
    found, expected, start = set[int](), dict[str, int](), 0
    before, lists = "empty", False
    for line in text.split("\n"):
        marked = _ORDERED.match(line)
        if marked:
            number, indent = int(marked["number"]), marked["indent"]
            begins = before != "words" or lists
            if begins and (number in (0, 1) or expected.get(indent) == number):
                found.add(start)
                expected = {
                    each: at for each, at in expected.items() if len(each) < len(indent)
                } | {indent: number + 1}
                lists = True
            before = "words"
        elif not line.strip(" \t>"):
            before = "empty"
        elif line.startswith("#"):
            before, lists, expected = "empty", False, {}
        else:
            if (
                before == "empty"
                and not line.startswith((" ", "\t", ">"))
                and not line.startswith(("- ", "* ", "+ "))
            ):
                lists, expected = False, {}
            before = "words"
        start += len(line) + 1
    return frozenset(found)


def _is_markup(match: re.Match[str], notes: frozenset[str]) -> bool:
    """Whether the engine takes a match for markup.

    The marker of an ordered list must be the next number of its list, a footnote must be defined
    (be in ``notes``), and attributes must be where an element can have them.
    """
    text = match.string
    if match["marker"] and _ORDERED.match(match["marker"]):
        return match.start() in _markers(text)
    if match["target"] and match["target"].startswith("[^"):
        return match["target"] in notes
    if match["attributes"] is None:
        return True
    begins = text.rfind("\n", 0, match.start()) + 1
    closes = not text[match.end() : match.end() + 80].partition("\n")[0].strip()
    return (
        closes and (text.startswith("#", begins) or not text[begins : match.start()].strip())
    ) or text[match.start() - 1 : match.start()] in set(")]*_`")


def _seen(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the visible characters of a piece of markup, with their offsets."""
    if match["entity"]:
        yield from ((ch, match.start()) for ch in html.unescape(match["entity"]))
    elif match["escaped"]:
        yield match["escaped"], match.start("escaped")
    for title in ("title", "title_of_reference"):
        if match[title]:
            yield from (
                ("|", match.start()),
                *((ch, match.start(title) + at) for at, ch in enumerate(match[title])),
                ("|", match.end() - 1),
            )
