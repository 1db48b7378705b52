"""A text in the form in which quotes are compared, with the way back to where each character came from.

White space, Unicode's compatible forms, hyphens at line ends and styles of quotation marks are made one. What
changes a number is left alone: signs, decimal marks, percent and per mille, exponents, fractions, units.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

_FOLDED = frozenset(["noBreak", "compat", "wide", "narrow", "font", "initial", "medial", "final", "isolated", "vertical", "small"])
"""Compatible forms that mean the same; raised, lowered, circled and squared ones (m², ½, ㎡) do not."""
_NUMERIC = re.compile(r"[\d.,%‰+−-]")
_QUOTES = {**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛‹›", "'"), "\u00ad": ""}
_LINE_END = r"(?<=[^\W\d_])[-\u2010]\u00ad?[^\S\n]*\n[^\S\n]*(?=[^\W\d_])"
_SPACE = r"\s{2,}|[^\S ]"


def _fold(ch: str) -> str:
    """One character in its plain form."""
    if ch in _QUOTES:
        return _QUOTES[ch]
    tag, _, _ = unicodedata.decomposition(ch).partition(" ")
    if not tag.startswith("<"):
        return unicodedata.normalize("NFC", ch)
    plain = unicodedata.normalize("NFKC", ch)
    kept = tag[1:-1] not in _FOLDED or (tag == "<compat>" and ch != "…" and _NUMERIC.search(plain)) or plain != plain.strip()
    return ch if kept and not ch.isspace() else plain


def _joins(ch: str) -> bool:
    """Whether a character may become one with what stands before it: marks, and the later letters of a Hangul syllable."""
    return unicodedata.category(ch).startswith("M") or 0x1160 <= ord(ch) <= 0x11FF


@dataclass(frozen=True)
class Normal:
    """A normalised text; ``_at`` and ``_from`` hold, for each stretch left as it was, where it begins here and where it came from."""

    text: str
    _at: array[int] = field(repr=False)
    _from: array[int] = field(repr=False)

    @classmethod
    def of(cls, text: str, hyphen: str = "") -> Normal:
        """Normalise ``text``. What a hyphen at a line end becomes is for the caller to try: nothing, or a hyphen."""
        kinds = sorted(set(text))
        folds = {ch: plain for ch in kinds if (plain := _fold(ch)) != ch and not ch.isspace()}
        marks = "".join(re.escape(ch) for ch in kinds if _joins(ch))
        parts = [_LINE_END, _SPACE, *([rf"[^\s{marks}]?[{marks}]+"] if marks else [])]
        parts += ["[" + "".join(map(re.escape, folds)) + "]"] if folds else []
        out, at, origin, last, length = [], array("L", [0]), array("L", [0]), 0, 0
        for match in re.finditer("|".join(f"(?:{part})" for part in parts), text):
            piece = match.group()
            plain = hyphen if piece[0] in "-\u2010" and "\n" in piece else " " if piece.isspace() else _plain(piece, folds)
            out += [text[last : match.start()], plain]
            length += match.start() - last
            for start, source in ((length, match.start()), (length + len(plain), match.end())):
                at.append(start)
                origin.append(source)
            last, length = match.end(), length + len(plain)
        return cls("".join([*out, text[last:]]), at, origin)

    def start(self, index: int) -> int:
        """Where in the original text the character at ``index`` begins."""
        step = bisect_right(self._at, index) - 1
        return self._from[step] if step % 2 else self._from[step] + index - self._at[step]

    def end(self, index: int) -> int:
        """Where in the original text what ends before ``index`` ends."""
        if not index:
            return 0
        step = bisect_right(self._at, index - 1) - 1
        return self._from[step + 1] if step % 2 else self._from[step] + index - self._at[step]


def _plain(piece: str, folds: dict[str, str]) -> str:
    return unicodedata.normalize("NFC", "".join(folds.get(ch, ch) for ch in piece))
