"""Light or dark before any script has run, and where none may: the page stands in the scheme that the reader's system asks for.

The theme writes the light scheme into every page, and its script puts the dark one there. So a page leaves the scheme open, and the
stylesheet says of an open one what it says of the scheme that the script would choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from explainer.publishing.stylesheet import Block, Item

_CHOICE = re.compile(
    r'<(?:input|button)\b[^>]*\sdata-md-color-media="(\(prefers-color-scheme: (?:light|dark)\))" data-md-color-scheme="([\w-]+)"'
)
_BODY = re.compile(r'(<body\b[^>]*?)\sdata-md-color-scheme="[^"]*"')
_SCHEME = re.compile(r"""\[data-md-color-scheme(?:=["']?(?P<scheme>[\w-]+)["']?)?\]""")
_SWITCH = re.compile(r'<form class="md-header__option" data-md-component="palette">(?P<choices>.*?)</form>', re.DOTALL)
_RADIO = re.compile(
    r'<input class="md-option"(?P<scheme>(?: data-md-color-[\w-]+="[^"]*")+)[^>]*>\s*'
    r'<label class="md-header__button md-icon" title="(?P<name>[^"]*)"[^>]*>(?P<icon>.*?)</label>',
    re.DOTALL,
)
"""A scheme as the theme offers it: a radio button that is not seen, and a label that is, which chooses the next one."""
_BUTTON: Final = (
    r'<button type="button" class="md-header__button md-icon"\g<scheme> title="\g<name>" aria-label="\g<name>" hidden>\g<icon></button>'
)
_SYSTEM: Final = 'data-md-color-media="(prefers-color-scheme)"'
OPEN: Final = ":where(body):not([data-md-color-scheme])"
"""Weighs as much as the attribute that it stands for."""


def choices(page: str) -> dict[str, str]:
    """The scheme that the theme's script sets by each media query; none where the reader has no choice."""
    return dict(reversed(_CHOICE.findall(page)))


def left_open(page: str) -> str:
    """The page with no scheme chosen yet."""
    return _BODY.sub(r"\1", page, count=1) if _CHOICE.search(page) else page


def switched(page: str) -> str:
    """The page with its switch worked by our script, which does nothing until somebody switches; not where one choice is "as the
    system has it", which the theme's script alone knows.

    For each scheme there is a button that leads to the next; one of them is shown at a time.
    """
    found = _SWITCH.search(page)
    if found is None or _SYSTEM in page or len(_RADIO.findall(found["choices"])) != found["choices"].count("<input"):
        return page
    buttons = _RADIO.sub(_BUTTON, found["choices"])
    return f'{page[: found.start()]}<div class="md-header__option" data-schemes>{buttons}</div>{page[found.end() :]}'


def with_open(items: tuple[Item, ...], schemes: Mapping[str, str]) -> tuple[Item, ...]:
    """The rules, each that asks for a scheme followed by one for a page whose scheme is open."""
    return tuple(_said(items, {scheme: media for media, scheme in schemes.items()})) if schemes else items


def _said(items: tuple[Item, ...], medias: Mapping[str, str]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, str):
            yield item
        elif item.prelude.startswith("@"):
            yield item.with_items(tuple(_said(item.items, medias)))
        else:
            yield item
            yield from _open(item, medias)


def _open(rule: Block, medias: Mapping[str, str]) -> Iterator[Block]:
    """The rule for an open scheme: under the media query of the scheme that it asks for, or under none where it asks for any."""
    for scheme, media in ((None, None), *medias.items()):
        asking = tuple(each for each in rule.selectors if (found := _SCHEME.search(each)) and found["scheme"] == scheme)
        if asking:
            again = rule.with_selectors(tuple(_SCHEME.sub(OPEN, each) for each in asking))
            yield Block(f"@media {media}", (again,)) if media else again
