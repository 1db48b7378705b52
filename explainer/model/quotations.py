"""Find quotes in kept texts: normalise both, and return where the quote is."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal
from urllib.parse import quote

from explainer.model.number_words import is_any_magnitude

# Normalised texts, in which quotes are compared. Each can map its characters back to the original.
#
# White space, Unicode compatibility forms, hyphens at line ends and kinds of quotation marks are
# unified. What changes a number is kept: signs, decimal marks, percent and per mille, exponents,
# fractions, units.

_FOLDED = frozenset(
    [
        "noBreak",
        "compat",
        "wide",
        "narrow",
        "font",
        "initial",
        "medial",
        "final",
        "isolated",
        "vertical",
        "small",
    ]
)
"""The kinds of Unicode compatibility forms that mean the same.

Raised, lowered, circled, squared and fraction forms (m², ½, ㎡) do not.
"""
_NUMERIC = re.compile(r"[\d.,%‰+−-]")
_QUOTES = {**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛‹›", "'"), "\u00ad": ""}
_LINE_END = r"(?<=[^\W\d_])[-\u2010]\u00ad?[^\S\n]*\n[^\S\n]*(?=[^\W\d_])"
_SPACE = r"\s{2,}|[^\S ]"


def _fold(ch: str) -> str:
    """Return the plain form of one character."""
    if ch in _QUOTES:
        return _QUOTES[ch]
    tag, _, _ = unicodedata.decomposition(ch).partition(" ")
    if not tag.startswith("<"):
        return unicodedata.normalize("NFC", ch)
    plain = unicodedata.normalize("NFKC", ch)
    kept = (
        tag[1:-1] not in _FOLDED
        or (tag == "<compat>" and ch != "…" and _NUMERIC.search(plain))
        or plain != plain.strip()
    )
    return ch if kept and not ch.isspace() else plain


def _joins(ch: str) -> bool:
    """Return whether a character may combine with the one before it.

    These are marks, and the vowels and final consonants of a Hangul syllable.
    """
    return unicodedata.category(ch).startswith("M") or 0x1160 <= ord(ch) <= 0x11FF


@dataclass(frozen=True)
class Normal:
    """A normalised text that maps its characters back to the original.

    ``_at`` and ``_from`` hold the places where changed pieces begin and end: ``_at`` in this text,
    ``_from`` in the original.
    """

    text: str
    _at: array[int] = field(repr=False)
    _from: array[int] = field(repr=False)

    @classmethod
    def of(cls, text: str, hyphen: str = "") -> Normal:
        """Normalise ``text``, and replace each hyphen at a line end by ``hyphen``.

        A caller can try both "" and "-".
        """
        kinds = sorted(set(text))
        folds = {ch: plain for ch in kinds if (plain := _fold(ch)) != ch and not ch.isspace()}
        marks = "".join(re.escape(ch) for ch in kinds if _joins(ch))
        parts = [_LINE_END, _SPACE, *([rf"[^\s{marks}]?[{marks}]+"] if marks else [])]
        parts += ["[" + "".join(map(re.escape, folds)) + "]"] if folds else []
        out, at, origin, last, length = [], array("L", [0]), array("L", [0]), 0, 0
        for match in re.finditer("|".join(f"(?:{part})" for part in parts), text):
            piece = match.group()
            plain = (
                hyphen
                if piece[0] in "-\u2010" and "\n" in piece
                else " "
                if piece.isspace()
                else _plain(piece, folds)
            )
            out += [text[last : match.start()], plain]
            length += match.start() - last
            for start, source in ((length, match.start()), (length + len(plain), match.end())):
                at.append(start)
                origin.append(source)
            last, length = match.end(), length + len(plain)
        return cls("".join([*out, text[last:]]), at, origin)

    def start(self, index: int) -> int:
        """Return where in the original text the character at ``index`` begins."""
        step = bisect_right(self._at, index) - 1
        return self._from[step] if step % 2 else self._from[step] + index - self._at[step]

    def end(self, index: int) -> int:
        """Return where in the original text the part before ``index`` ends."""
        if not index:
            return 0
        step = bisect_right(self._at, index - 1) - 1
        return self._from[step + 1] if step % 2 else self._from[step] + index - self._at[step]


def _plain(piece: str, folds: dict[str, str]) -> str:
    return unicodedata.normalize("NFC", "".join(folds.get(ch, ch) for ch in piece))


# Whole passages: a passage that begins or ends inside a word or a number may say something else.
# "000 men" of "160,000 men", "1.5" of "−1.5", "5" of "5%" and "30" of "30 thousand" are different
# numbers from those of the text.

_REACH: Final = 24
"""How many characters before and after a passage are looked at."""
_BEFORE = re.compile(
    r"(?:\d[.,'’]|[-\u2010\u2011−﹣－+±~<>≤≥^/$€£₽₴¥]|(?:^|[\s(\d])–|\d\s?[×x]\s?|\b(?:minus|минус|мінус|moins|meno|menos)\s)$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[.,'’]\d|\s?[%‰°]|\s?(?:per\s?cent|процент|відсот|prozent|procent)|[-–−]\d|\s?[$€£₽₴¥]|e[+-]?\d|\s?[×x]\s?10|/\d",
    re.IGNORECASE,
)
_HEAD, _GROUP = (
    re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})*$"),
    re.compile(r"[ \u00a0\u202f]\d{3}(?!\d)"),
)
_TAIL, _GROUPED = (
    re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3})*[ \u00a0\u202f]$"),
    re.compile(r"\d{3}(?!\d)"),
)
_WORD = re.compile(r"\s*([^\W\d_]+)")


def is_whole(text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` cuts no word and no number."""
    first, last = text[start], text[end - 1]
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if before and _in_word(before[-1]) and _in_word(first):
        return False
    if after and ((_in_word(after[0]) and _in_word(last)) or unicodedata.combining(after[0])):
        return False
    if first.isdigit() and (
        _BEFORE.search(before) or (_TAIL.search(before) and _GROUPED.match(text, start))
    ):
        return False
    return not last.isdigit() or not _goes_on(text[max(start, end - _REACH) : end], after)


def _goes_on(number: str, after: str) -> bool:
    """Return whether a number at the end of a passage continues after it.

    It may continue with digits, with a sign or with a word that multiplies it.
    """
    if _AFTER.match(after) or (_HEAD.search(number) and _GROUP.match(after)):
        return True
    word = _WORD.match(after)
    return word is not None and is_any_magnitude(word.group(1))


def _in_word(ch: str) -> bool:
    return ch.isalnum() or ch == "_"


# Finding a quote in a kept text: verbatim, in normalised form, or with words left out

How = Literal["verbatim", "normalised", "elided"]
_ELISION = re.compile(r"\[(?:…|\.\.\.)\]")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010] (?=[^\W\d_])")
"""A hyphen at a line end whose line end was copied as a space."""
_NEAR = 400
"""How many characters of the text one […] may stand for."""
_SHOWN = 60
"""How many words of a quote that was not found are used to find the nearest passage."""
MOST_PASSAGES = 20
"""The most passages that a quote may have."""
_PLACES_OF_QUOTE = 400_000
_PLACES_OF_TEXT = 2_000_000
"""How many places are looked at for one quote, and for all quotes of a text.

A limit is needed because a passage such as "the" is everywhere, and for each place of it the next
passage is searched too.
"""
_NEAREST = 30
"""For how many quotes of a text the nearest passage is searched."""


class _Exhausted(Exception):
    """A search has looked at as many places as it may."""


class _Steps:
    """How many more steps the searches in one text may take."""

    def __init__(self) -> None:
        self.of_quote, self.of_text, self.nearest = 0, _PLACES_OF_TEXT, _NEAREST

    def begin(self) -> None:
        """Start the search for another quote."""
        self.of_quote = _PLACES_OF_QUOTE

    def take(self) -> None:
        """Count one place. Raises ``_Exhausted`` if the limit is passed."""
        self.of_quote, self.of_text = self.of_quote - 1, self.of_text - 1
        if self.of_quote < 0 or self.of_text < 0:
            raise _Exhausted


@dataclass(frozen=True)
class Span:
    """A range of a text, as character offsets."""

    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """The place of a quote in a text, and how exactly the words match."""

    parts: tuple[Span, ...]
    """The range of each passage. There are several if words are left out."""
    how: How

    @property
    def span(self) -> Span:
        """The range from start to end, with what is left out between."""
        return Span(self.parts[0].start, self.parts[-1].end)


def pieces(quote: str) -> list[str]:
    """Return the passages of a quote, which are separated by […]."""
    return [part.strip() for part in _ELISION.split(quote)]


@dataclass(frozen=True)
class Kept:
    """A kept text that can be searched for quotes, as it is and in its normalised forms."""

    raw: str
    _found: dict[str, Match | None] = field(default_factory=dict, repr=False, compare=False)
    _given_up: set[str] = field(default_factory=set, repr=False, compare=False)
    _steps: _Steps = field(default_factory=_Steps, repr=False, compare=False)

    @cached_property
    def _forms(self) -> tuple[Normal, ...]:
        """The normalised form without hyphens at line ends and, if different, that with them."""
        soft, hard = Normal.of(self.raw), Normal.of(self.raw, "-")
        return (soft,) if soft.text == hard.text else (soft, hard)

    def find(self, quote: str) -> Match | None:
        """Return the place of a quote, or None if it is not found.

        The quote may leave out words with […]. Its passages must be in order and close together.
        """
        if quote not in self._found:
            self._steps.begin()
            try:
                self._found[quote] = self._find(quote)
            except _Exhausted:
                self._found[quote] = None
                self._given_up.add(quote)
        return self._found[quote]

    def is_given_up(self, quote: str) -> bool:
        """Return whether the search for a quote was given up.

        It is given up if its passages, or those of earlier quotes, are in too many places.
        """
        return quote in self._given_up

    def _find(self, quote: str) -> Match | None:
        parts = pieces(quote)
        if not all(parts) or len(parts) > MOST_PASSAGES:
            return None
        elided = len(parts) > 1
        found = _search(self.raw, parts, self._steps)
        if found:
            return Match(found, "elided" if elided else "verbatim")
        plain = [Normal.of(part).text.strip() for part in parts]
        for form in self._forms if all(plain) else ():
            for wanted in (
                plain,
                [_BROKEN.sub("", part) for part in plain],
                [_BROKEN.sub("-", part) for part in plain],
            ):
                found = _search(form.text, wanted, self._steps)
                if found:
                    origin = tuple(
                        Span(form.start(span.start), form.end(span.end)) for span in found
                    )
                    return Match(origin, "elided" if elided else "normalised")
        return None

    def nearest(self, quote: str) -> str:
        """Return the passage of the text that has the longest run of the quote's words.

        It is shown beside the quote. Return "" if no two words in a row are in the text, or if
        this method was called ``_NEAREST`` times already.
        """
        self._steps.nearest -= 1
        if self._steps.nearest < 0:
            return ""
        text, words = self._forms[0].text, Normal.of(quote).text.split()[:_SHOWN]
        best, end = (0, 0), 0
        for start in range(len(words)):
            end = max(end, start)
            while end < len(words) and " ".join(words[start : end + 1]) in text:
                end += 1
            best = max(best, (start, end), key=lambda run: run[1] - run[0])
        if best[1] - best[0] < 2:
            return ""
        at = text.find(" ".join(words[slice(*best)]))
        begin = text.rfind(" ", 0, max(at - len(" ".join(words[: best[0]])), 0)) + 1
        cut = begin + min(len(quote), 300) + 20
        end = text.find(" ", cut)
        return text[begin : end if 0 <= end < cut + _LONGEST_WORD else cut].strip()


_LONGEST_WORD = 40
"""The longest word that is not cut at the end of a shown passage, in letters."""


def _search(text: str, parts: list[str], steps: _Steps) -> tuple[Span, ...] | None:
    """Return where the parts are, in order, close together, and without cut words or numbers."""
    start = _next(text, parts[0], 0, len(text), steps)
    while start >= 0:
        found = [Span(start, start + len(parts[0]))]
        for part in parts[1:]:
            at = _next(text, part, found[-1].end, found[-1].end + _NEAR + len(part), steps)
            if at < 0:
                break
            found.append(Span(at, at + len(part)))
        else:
            return tuple(found)
        start = _next(text, parts[0], start + 1, len(text), steps)
    return None


def _next(text: str, part: str, start: int, stop: int, steps: _Steps) -> int:
    """Return the next place where a part is whole, or -1."""
    steps.take()
    at = text.find(part, start, stop)
    while at >= 0 and not is_whole(text, at, at + len(part)):
        steps.take()
        at = text.find(part, at + 1, stop)
    return at


# Links to words on a live page: text fragments (``#:~:text=``), which browsers find and highlight

_WHOLE, _ENDS = 10, 4
"""Longer passages than ``_WHOLE`` words are named by their first and last ``_ENDS`` words."""


def at_words(url: str, words: str) -> str:
    """Return the URL of a page with a text fragment for some words.

    A browser that does not support text fragments opens the page only.
    """
    if not url or not words.strip():
        return url
    parts = [part.split() for part in pieces(words) if part]
    first, last = parts[0], parts[-1]
    if len(parts) > 1:
        text = f"{_coded(first[-_WHOLE:])},{_coded(last[:_WHOLE])}"
    elif len(first) > _WHOLE:
        text = f"{_coded(first[:_ENDS])},{_coded(first[-_ENDS:])}"
    else:
        text = _coded(first)
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"


def _coded(words: list[str]) -> str:
    """Return words percent-encoded for a text fragment, where "-" must be encoded too."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
