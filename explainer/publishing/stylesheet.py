"""A stylesheet as blocks and declarations: read from text, and written without a byte that no browser needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/)|(?P<kept>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\(\s*[^"'\s)][^)]*\)|\\.)|(?P<space>\s+)|[^\\{};"'/u\s]+|.""",
    re.DOTALL,
)
_KEPT = r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\(\s*[^"'\s)][^)]*\))"""
_COMMA = re.compile(_KEPT + r"|\s*(,)\s*|\s+(?=!important)")
_JOIN = re.compile(_KEPT + r"|\s*([,>~])\s*|\s+(\+)\s+")
"""Between selectors; a plus sign may also stand in a number's place, as in ``2n + 1``."""
_OPEN: Final = {"(": ")", "[": "]"}


@dataclass(frozen=True)
class Block:
    """What stands between braces, and what stands before them."""

    prelude: str
    """Selectors, or an at-rule with its condition."""
    items: tuple[Item, ...]

    @property
    def selectors(self) -> tuple[str, ...]:
        """The selectors of a rule, one by one; none of an at-rule."""
        return () if self.prelude.startswith("@") else tuple(split(self.prelude))

    def with_selectors(self, selectors: tuple[str, ...]) -> Block:
        """The same declarations for other selectors."""
        return Block(",".join(selectors), self.items)

    def with_items(self, items: tuple[Item, ...]) -> Block:
        """Other items for the same selectors or condition."""
        return Block(self.prelude, items)


Item = str | Block
"""A declaration, a statement such as ``@charset``, or a block."""


def read(css: str) -> tuple[Item, ...]:
    """The items of a stylesheet; comments are left out, and every run of white space is one space."""
    return tuple(_items(_TOKEN.finditer(css)))


def _items(tokens: Iterator[re.Match[str]]) -> Iterator[Item]:
    """The items up to the brace that closes them."""
    text = ""
    for token in tokens:
        match token.group():
            case "{":
                yield Block(_tight(text, _COMMA if text.lstrip().startswith("@") else _JOIN), tuple(_items(tokens)))
                text = ""
            case "}":
                break
            case ";":
                yield from _declared(text)
                text = ""
            case _:
                text += "" if token["comment"] else " " if token["space"] else token.group()
    yield from _declared(text)


def _declared(text: str) -> Iterator[str]:
    name, colon, value = _tight(text).partition(":")
    if name and not name.startswith("@"):
        yield f"{name.rstrip()}{colon}{value.lstrip()}"
    elif name:
        yield f"{name}{colon}{value}"


def _tight(text: str, loose: re.Pattern[str] = _COMMA) -> str:
    return loose.sub(lambda match: next(filter(None, match.groups()), ""), text).strip()


def written(items: tuple[Item, ...]) -> str:
    """The text of items, with nothing between them but what separates them."""
    parts = [item if isinstance(item, str) else f"{item.prelude}{{{written(item.items).removesuffix(';')}}}" for item in items]
    return "".join(part if isinstance(item, Block) else f"{part};" for part, item in zip(parts, items, strict=True))


def declarations(items: tuple[Item, ...]) -> Iterator[str]:
    """Every declaration, at any depth."""
    for item in items:
        yield from (item,) if isinstance(item, str) else declarations(item.items)


def split(selectors: str) -> Iterator[str]:
    """The selectors of a list; commas within brackets do not part them."""
    if not _OPEN.keys() & set(selectors):
        yield from map(str.strip, selectors.split(","))
        return
    found, closing = "", list[str]()
    for letter in selectors:
        if letter == "," and not closing:
            yield found.strip()
            found = ""
            continue
        if letter in _OPEN:
            closing.append(_OPEN[letter])
        elif closing and letter == closing[-1]:
            closing.pop()
        found += letter
    yield found.strip()
