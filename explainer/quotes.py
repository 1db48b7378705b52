"""Finding a quote in a kept text: white space and Unicode form aside, every character counts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_ELISION = re.compile(r"\[(?:…|\.\.\.)\]")
_NEAR = 400
"""How many characters may be left out at once."""


@dataclass(frozen=True)
class Span:
    """Where something stands in a text, as character offsets."""

    start: int
    end: int


def _joins(ch: str) -> bool:
    """Whether a character may become one with what stands before it: marks, and the later letters of a Hangul syllable."""
    return unicodedata.category(ch).startswith("M") or 0x1160 <= ord(ch) <= 0x11FF


@dataclass(frozen=True)
class Normal:
    """A text in NFC with runs of white space as one space, and the original offset of each character."""

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Normal:
        """Normalise ``text``, keeping the way back."""
        out: list[str] = []
        offsets: list[int] = []
        position = 0
        while position < len(text):
            end = position + 1
            while end < len(text) and _joins(text[end]):
                end += 1
            piece = unicodedata.normalize("NFC", text[position:end])
            if piece.isspace():
                if out and out[-1] != " ":
                    out.append(" ")
                    offsets.append(position)
            else:
                out.extend(piece)
                offsets.extend([position] * len(piece))
            position = end
        return cls("".join(out), (*offsets, len(text)))

    def find(self, quote: str) -> Span | None:
        """Where the quote stands in the original text, or ``None``. Words may be left out where […] says so: in order, and near."""
        parts = [part.strip() for part in _ELISION.split(Normal.of(quote).text)]
        if not all(parts):
            return None
        start = at = self.text.find(parts[0])
        end = at + len(parts[0])
        for part in parts[1:]:
            at = self.text.find(part, end, end + _NEAR + len(part)) if at >= 0 else -1
            end = at + len(part)
        return None if at < 0 else Span(self.offsets[start], self.offsets[end])

    def nearest(self, quote: str) -> str:
        """The passage of the text that is most like the quote, to show beside it; empty where nothing is."""
        words = quote.split()
        for length in range(len(words) - 1, 1, -1):
            for start in range(len(words) - length + 1):
                at = self.text.find(" ".join(words[start : start + length]))
                if at >= 0:
                    begin = self.text.rfind(" ", 0, max(at - len(" ".join(words[:start])), 0)) + 1
                    return self.text[begin : begin + len(quote) + 20].strip()
        return ""
