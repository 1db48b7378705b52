"""The settings in a git folder's ``config`` file, as values only: nothing is included, expanded or run."""

from __future__ import annotations

import re
from typing import Final

_SECTION: Final = re.compile(r'\s*\[\s*([A-Za-z0-9.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]')
_KEY: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)[ \t]*(=?)")
_ESCAPED: Final = re.compile(r"\\(.)")
_ESCAPES: Final = {"n": "\n", "t": "\t", "b": "\b"}


def read_settings(text: str) -> dict[str, str]:
    """Each setting by its name (``core.bare``, ``remote.origin.url``); of several, the last one.

    The parts of names in which git does not tell capitals apart are in small letters. Lines that are
    no settings are passed over.
    """
    found: dict[str, str] = {}
    section, lines = "", iter(text.split("\n"))
    for line in lines:
        at = 0
        while heading := _SECTION.match(line, at):
            name = heading.group(1).lower()
            part = heading.group(2)
            section = name if part is None else ".".join((name, _ESCAPED.sub(r"\1", part)))
            at = heading.end()
        key = _KEY.match(line, at)
        if key is None or not section:
            continue
        value, goes_on = _value(line[key.end() :])
        while goes_on:
            more, goes_on = _value(next(lines, ""))
            value += more
        found[f"{section}.{key.group(1).lower()}"] = value.strip() if key.group(2) else "true"
    return found


def _value(text: str) -> tuple[str, bool]:
    """What a line says as a value, and whether the next line goes on with it."""
    said: list[str] = []
    quoted = False
    letters = iter(text.rstrip("\r"))
    for letter in letters:
        if letter == '"':
            quoted = not quoted
        elif letter == "\\":
            after = next(letters, None)
            if after is None:
                return "".join(said), True
            said.append(_ESCAPES.get(after, after))
        elif letter in "#;" and not quoted:
            break
        else:
            said.append(letter)
    return "".join(said), False
