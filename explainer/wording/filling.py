"""Filling values into sentences of the catalogues: ``{name}`` stands for a value, and braces mean nothing else.

``str.format`` is not used on what authors write: its fields reach attributes and items of what is filled in, and its widths make
texts of any length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup, escape

from explainer.wording.stops import stop_after

_FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}", re.ASCII)
_FIELD_WITH_STOP = re.compile(rf"{_FIELD.pattern}([.。।۔።։](?!\S))?", re.ASCII)
"""A name with the full stop behind it."""
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_SHOWN = 60


def fill(text: str, /, **values: object) -> str:
    """The text with each ``{name}`` replaced by its value; in HTML (``Markup``), values that are no HTML are escaped.

    Where a value ends as a sentence does, the full stop behind its name is left out.
    Whatever else stands in braces stays as it is; ``faults`` names it. Raises ``KeyError`` for a name without a value,
    and ``TypeError`` for a value that is neither text nor a number.
    """
    if isinstance(text, Markup):
        filled = _FIELD_WITH_STOP.sub(lambda field: _with_stop(escape(_plain(values[field[1]])), field[2]), str(text))
        return Markup(filled)  # noqa: S704 - the text is HTML, and each value is HTML or escaped
    return _FIELD_WITH_STOP.sub(lambda field: _with_stop(str(_plain(values[field[1]])), field[2]), text)


def _with_stop(value: str, stop: str | None) -> str:
    return str(value) if not stop or not stop_after(value) else f"{value}{stop}"


def names(text: str) -> set[str]:
    """The names for which values are filled in."""
    return set(_FIELD.findall(text))


def _plain(value: object) -> object:
    if not isinstance(value, (str, int, float, Decimal)):
        raise TypeError("only text and numbers can be filled in")
    return value


def faults(text: str) -> Iterator[str]:
    """What in braces is no name alone (``{}``, ``{0}``, ``{x.y}``, ``{x[0]}``, ``{x!r}``, ``{x:>9}``), and single braces."""
    for found in _BRACES.finditer(text):
        if not _FIELD.fullmatch(found[0]):
            yield f"'{found[0][:_SHOWN]}' is not a name in braces, like {{count}}"
