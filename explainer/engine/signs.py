"""Signs that mean something in HTML, on their way through the engine.

A theme prints some words of a configuration as they are, others escaped, and others within a script. So the engine is given a
stand-in for each such sign, a code point that no text has, and finished pages and files get what belongs in their place.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, Final

_STAND_INS: Final = {"&": "\ufdd4", "<": "\ufdd5", ">": "\ufdd6", '"': "\ufdd7", "'": "\ufdd8"}
_THERE: Final = str.maketrans(_STAND_INS)
_BACK: Final = str.maketrans({stand_in: sign for sign, stand_in in _STAND_INS.items()})
_ANY: Final = re.compile("[\ufdd4-\ufdd8]")
_SCRIPT: Final = re.compile(r"(<script\b[^>]*>)(.*?)(</script>)", re.DOTALL | re.IGNORECASE)


def stood_in(text: str) -> str:
    """A text as an engine may be given it: nothing in it means anything in HTML."""
    return text.translate(_THERE)


def all_stood_in(value: Any) -> Any:
    """The same for every text in a tree of mappings and lists."""
    if isinstance(value, str):
        return stood_in(value)
    if isinstance(value, Mapping):
        return {key: all_stood_in(each) for key, each in value.items()}
    return [all_stood_in(each) for each in value] if isinstance(value, list | tuple) else value


def as_html(page: str) -> str:
    """A page with an entity for each stand-in; within scripts, which know no entities, with an escape of JavaScript and JSON."""
    if not _ANY.search(page):
        return page
    page = _SCRIPT.sub(lambda match: match.group(1) + _ANY.sub(_escape, match.group(2)) + match.group(3), page)
    return _ANY.sub(lambda match: html.escape(match.group().translate(_BACK)), page)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group().translate(_BACK)):04x}"
