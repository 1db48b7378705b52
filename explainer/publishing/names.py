"""What pages and their scripts name, and so which selectors can meet anything.

A name is written as in a selector: ``.class``, ``#id``, ``tag``, ``[attribute]`` and ``[attribute=value]``. What a script names may be
set by it: ``[attribute=*]`` to any ``=value`` that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import chain
from typing import Final

from explainer.publishing.stylesheet import split

Names = frozenset[str]

_TAG = re.compile(r"""<([a-zA-Z][\w-]*+)((?:[^'">]++|"[^"]*"|'[^']*')*+)>""")
_VALUE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
_WORD = re.compile(r"[a-zA-Z_][\w-]*")
_PROPERTY = re.compile(r"--[\w-]+")
_MADE = re.compile(r"""\w\(["']([a-z][a-z0-9]*)["'](?:,\{|,null\b)|createElement\(["']([a-z][a-z0-9]*)["']\)|<([a-z][a-z0-9]*)[ >]""")
"""Elements as scripts make them: by a call with attributes or none, or as HTML."""
_INNER = re.compile(r":([\w-]+)\(([^()]*)\)")
_ATTRIBUTE = re.compile(r"""\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*("[^"]*"|'[^']*'|[^\]\s]*))?[^\]]*\]""")
_SIMPLE = re.compile(r"::?[\w-]+|([.#]?)((?:[\w-]|\\.)+)")
_ESCAPE = re.compile(r"\\(.)")
_ONE_OF: Final = ("is", "where", "has")
"""Of what stands in their brackets one selector must meet something; what stands in others' is not asked about."""
_ROOT: Final = Names({"html", "head", "body"})
_ANYWHERE: Final = Names({".js", ".no-js", ".focus-visible", ".md-tag", ".md-tags"})
"""Blocks that the theme's scripts make on pages of any kind: the state of a page, and the tags that a search shows."""
_PAGES_ALONE: Final = {"dir"}
"""Attributes that no script sets, though scripts name them."""


@dataclass(frozen=True)
class _Needs:
    """What must be there for a selector to meet anything: every name, and of each group of selectors one."""

    names: Names
    one_of: tuple[tuple[_Needs, ...], ...]


def of_page(html: str) -> Names:
    """The names in a page's elements."""
    return _ROOT.union(*(_of_tag(tag, attributes) for tag, attributes in set(_TAG.findall(_STYLE.sub("", html)))))


@lru_cache(maxsize=8192)
def _of_tag(tag: str, attributes: str) -> Names:
    """Those in one tag: many are the same on many pages."""
    found = {tag.lower()}
    for name, quoted in _VALUE.findall(attributes):
        value = unescape(quoted.strip("\"'"))
        found |= {f"[{name.lower()}]", f"[{name.lower()}={value}]"}
        found |= {f".{each}" for each in value.split()} if name == "class" else {f"#{value}"} if name == "id" else set()
    return Names(found)


def of_script(code: str) -> Names:
    """Whatever a script names might be set by it."""
    words = set(_WORD.findall(code))
    attributes = {f"[{word}{end}]" for word in words - _PAGES_ALONE for end in ("", "=*")}
    return Names(
        attributes
        | {f"{sign}{word}" for word in words for sign in ".#="}
        | {*_PROPERTY.findall(code), *(name for made in _MADE.findall(code) for name in made if name)}
    )


def within(blocks: Names, scripted: Names) -> Names:
    """Of what the theme's scripts name, without the classes of blocks that are not there: a ``.card__title`` is made in a ``.card``."""
    there = blocks | _ANYWHERE
    return Names(name for name in scripted if not name.startswith(".") or _block(name) in there)


def _block(name: str) -> str:
    return name.partition("__")[0].partition("--")[0]


def needed(selectors: Iterable[str]) -> Names:
    """All names that decide on whether the selectors can meet anything."""
    found = Names().union(*(each for selector in selectors for each in _all(_needs(selector))))
    classes = {_block(name) for name in found if name.startswith(".")}
    parts = {
        part for name in found if "=" in name for part in (f"{name.partition('=')[0]}=*]", f"={name.partition('=')[2].removesuffix(']')}")
    }
    return found | classes | parts


def _all(needs: _Needs) -> Iterator[Names]:
    yield needs.names
    for each in chain.from_iterable(needs.one_of):
        yield from _all(each)


def meets(selector: str, names: Names) -> bool:
    """Whether the selector can meet anything; where that cannot be told, it can."""
    return _has(_needs(selector), names)


def _has(needs: _Needs, names: Names) -> bool:
    lacking = needs.names - names
    return all(_set(name, names) for name in lacking) and all(any(_has(each, names) for each in some) for some in needs.one_of)


def _set(name: str, names: Names) -> bool:
    """Whether a script might set the attribute to the value."""
    attribute, is_value, value = name.removesuffix("]").partition("=")
    return bool(is_value) and f"{attribute}=*]" in names and f"={value}" in names


@lru_cache(maxsize=8192)
def _needs(selector: str) -> _Needs:
    one_of = []
    while inner := _INNER.search(selector):
        if inner.group(1) in _ONE_OF:
            one_of.append(tuple(_needs(each) for each in split(inner.group(2))))
        selector = selector[: inner.start()] + selector[inner.end() :]
    return _Needs(Names(_named(selector)), tuple(one_of))


def _named(selector: str) -> Iterator[str]:
    for name, sign, value in _ATTRIBUTE.findall(selector):
        plain = value.strip("\"'")
        yield f"[{name.lower()}={plain}]" if sign == "=" else f"[{name.lower()}]"
    for kind, name in _SIMPLE.findall(_ATTRIBUTE.sub(" ", selector)):
        if name and not name[0].isdigit():
            yield kind + _ESCAPE.sub(r"\1", name) if kind else name.lower()
