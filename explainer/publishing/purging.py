"""A stylesheet without the rules that can meet nothing: a theme's is written for every site, and most of it is for others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from explainer.publishing.names import Names, meets, needed
from explainer.publishing.stylesheet import Block, Item, declarations

_CONDITIONS: Final = ("@media", "@supports", "@container", "@layer")
_READ = re.compile(r"--[\w-]+")
_WORD = re.compile(r"[\w-]+")


def asked(items: tuple[Item, ...]) -> Names:
    """Every name that decides on what is left of the rules."""
    return needed(_selectors(items)) | {each.partition(":")[0] for each in declarations(items) if each.startswith("--")}


def _selectors(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Block):
            yield from item.selectors or _selectors(item.items)


def purged(items: tuple[Item, ...], names: Names) -> tuple[Item, ...]:
    """The rules that can meet what is named, the animations that they name, and the custom properties that something reads."""
    kept = tuple(_met(items, names))
    moving = {word for each in declarations(kept) if each.startswith(("animation", "-webkit-animation")) for word in _WORD.findall(each)}
    kept = tuple(item for item in kept if not (isinstance(item, Block) and item.prelude.startswith("@keyframes ")) or _name(item) in moving)
    while (smaller := tuple(_said(kept, _reads(kept, names)))) != kept:
        kept = smaller
    return kept


def _name(block: Block) -> str:
    return block.prelude.removeprefix("@keyframes ")


def _met(items: tuple[Item, ...], names: Names) -> Iterator[Item]:
    for item in items:
        if isinstance(item, str):
            yield item
        elif item.prelude.startswith(_CONDITIONS):
            yield from _filled(item.with_items(tuple(_met(item.items, names))))
        elif item.prelude.startswith("@"):
            yield item
        elif met := tuple(each for each in item.selectors if meets(each, names)):
            yield item.with_selectors(met)


def _reads(items: tuple[Item, ...], names: Names) -> frozenset[str]:
    """The custom properties that a declaration reads, or that a script might, since it names them."""
    read = {name for each in declarations(items) for name in _READ.findall(each.partition(":")[2])}
    return frozenset(read) | {name for name in names if name.startswith("--")}


def _said(items: tuple[Item, ...], read: frozenset[str]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Block):
            yield from _filled(item.with_items(tuple(_said(item.items, read))))
        elif not item.startswith("--") or item.partition(":")[0] in read:
            yield item


def _filled(block: Block) -> Iterator[Block]:
    if block.items:
        yield block
