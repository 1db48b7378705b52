"""Pages and scripts without what only weighs: indentation, remarks, and letters that were written as numbers for the engine's sake."""

from __future__ import annotations

import re
from typing import Final

from explainer import policy

_OWN = re.compile(r"assets/(?!plotly)[\w-]+\.js")
_REMARK = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)
_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)
"""Where every space counts, or where a number is no letter."""
_LINES = re.compile(r"\n\s+")
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_BETWEEN = re.compile(
    r">\n(?=</?(?:li|[ou]l|t[rdh]|tbody|thead|table|caption|p|div|details|summary|d[ltd]|h[1-6]|figure|figcaption|aside|nav|section|article|main|header|footer)\b)"
)
"""The end of a line before an element that begins one."""
_NUMBER = re.compile(r"&#(\d{2,6});")
_MARKS: Final = set("<>&\"'")


def squeezed(path: str, page: str) -> str:
    """The page, which a browser shows as before; a page that stands alone was made as it is meant to be."""
    if path.startswith(policy.ALONE):
        return page
    parts = _KEPT.split(page)
    return "".join("".join([_tight(parts[at]), *parts[at + 1 : at + 2]]) for at in range(0, len(parts), 3))


def is_own(path: str) -> bool:
    """Whether a file is a script of this site's own."""
    return _OWN.fullmatch(path) is not None


def script(data: bytes) -> bytes:
    """A script of this site's own without the remarks and the indentation of its lines."""
    return _REMARK.sub("", data.decode()).encode()


def _tight(html: str) -> str:
    lines = _BETWEEN.sub(">", _LINES.sub("\n", _NUMBER.sub(_letter, html)))
    return _DRAWING.sub(lambda drawing: drawing.group().replace(">\n<", "><"), lines)


def _letter(number: re.Match[str]) -> str:
    letter = chr(int(number.group(1)))
    return letter if letter.isprintable() and not letter.isspace() and letter not in _MARKS else number.group()
