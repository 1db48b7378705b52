"""How much a browser draws of a drawing: its elements, and again what they name, as often as it is named.

A kilobyte of ``<use>``, patterns, masks or markers that name one another can stand for a million elements, at
which a reader's browser stops answering. So each element is counted once for itself, and once more for every
place that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

import tinycss2

MOST: Final = 20_000
"""So many elements may be drawn beyond those that stand in the file."""
_TIMES: Final = 3
"""And so many for each that does."""
_INHERITED: Final = frozenset({"fill", "stroke", "marker", "marker-start", "marker-mid", "marker-end"})
"""Properties that an element hands on to all that it holds."""
_MOST_NAMED: Final = 200_000
"""So often may stylesheets name a part, over all elements that they mean."""
_MAY_NAME: Final = re.compile(r"url\s*\(|\\", re.IGNORECASE)
_SELECTED: Final = re.compile(r"[\w-]+")
_ANYTHING: Final = re.compile(r"[*:\[\\&]")
"""What makes a selector one that may mean any element, as far as is looked at here."""
_NUMBER: Final = re.compile(r"\d+")


@dataclass
class _Element:
    """One element, and what it names."""

    names: frozenset[str]
    """Its tag, its id and its classes, by which a stylesheet may mean it."""
    points: int
    """How many markers it may show."""
    shows: list[str] = field(default_factory=list)
    """The ids of what it shows once."""
    hands_on: list[str] = field(default_factory=list)
    """The ids of what is shown at each element in it too."""
    marks: list[str] = field(default_factory=list)
    """The ids of its markers."""
    inside: list[int] = field(default_factory=list)

    def take(self, property_: str, ids: Sequence[str]) -> None:
        """Note what a property names."""
        found = self.marks if property_.startswith("marker") else self.hands_on if property_ in _INHERITED else self.shows
        found.extend(ids)


class Drawn:
    """The elements of a drawing as they are read, one after the other."""

    def __init__(self) -> None:
        self._elements: list[_Element] = []
        self._open: list[int] = []
        self._by_id: dict[str, int] = {}
        self._sheets: list[str] = []

    def begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens; names are in lower case."""
        named = {tag, *attributes.get("class", "").split(), *(attributes[name] for name in ("id", "xml:id") if name in attributes)}
        points = len(_NUMBER.findall(attributes.get("d", "") + attributes.get("points", ""))) // 2
        found = _Element(frozenset(named), 1 + points)
        for name, value in attributes.items():
            if name in ("href", "xlink:href") and tag != "a" and value.startswith("#"):
                found.shows.append(unquote(value[1:]))
            elif not _MAY_NAME.search(value):
                continue
            elif name == "style":
                for property_, ids in _addressed(tinycss2.parse_declaration_list(value, skip_comments=True, skip_whitespace=True)):
                    found.take(property_, ids)
            else:
                found.take(name, list(_ids(tinycss2.parse_component_value_list(value))))
        at = len(self._elements)
        for name in ("id", "xml:id"):
            self._by_id.setdefault(attributes.get(name, ""), at)
        if self._open:
            self._elements[self._open[-1]].inside.append(at)
        self._elements.append(found)
        self._open.append(at)

    def style(self, css: str) -> None:
        """A stylesheet has been read."""
        self._sheets.append(css)

    def end(self) -> None:
        """The element that opened last closes."""
        self._open.pop()

    def fault(self) -> str | None:
        """What is wrong with the whole; ``None`` where a browser can draw it."""
        if not self._apply_sheets():
            return "its styles name its parts too often"
        weights = self._weights()
        if weights is None:
            return "a part of it shows itself, by way of others or at once"
        if weights and weights[0] > MOST + _TIMES * len(weights):
            return f"its parts show one another so often that a browser would draw more than {MOST:,} elements"
        return None

    def _apply_sheets(self) -> bool:
        """Note what the stylesheets name; whether that is no more than ``_MOST_NAMED``."""
        by_name: dict[str, list[_Element]] = {}
        for element in self._elements:
            for name in element.names:
                by_name.setdefault(name, []).append(element)
        left = _MOST_NAMED
        for selector, declarations in (each for css in self._sheets for each in _rules(css)):
            if _ANYTHING.search(selector):
                meant = self._elements
            else:
                meant = [element for name in set(_SELECTED.findall(selector)) for element in by_name.get(name, ())]
            for property_, ids in _addressed(declarations):
                left -= len(ids) * len(meant)
                if left < 0:
                    return False
                for element in meant:
                    element.take(property_, ids)
        return True

    def _weights(self) -> list[int] | None:
        """How many elements are drawn for each; ``None`` where that goes round in a circle."""
        known: list[int | None] = [None] * len(self._elements)
        under_way: set[int] = set()
        ahead = list(range(len(self._elements) - 1, -1, -1))
        while ahead:
            at = ahead[-1]
            if known[at] is not None:
                ahead.pop()
                continue
            element = self._elements[at]
            needed = [*element.inside, *(self._by_id[name] for name in _named(element) if name in self._by_id)]
            missing = [each for each in needed if known[each] is None]
            if not missing:
                known[at] = self._weight(element, known)
                under_way.discard(at)
                ahead.pop()
            elif at in under_way or not under_way.isdisjoint(missing):
                return None
            else:
                under_way.add(at)
                ahead.extend(missing)
        return [each or 0 for each in known]

    def _weight(self, element: _Element, known: Sequence[int | None]) -> int:
        def of(names: Sequence[str]) -> int:
            return sum(known[self._by_id[name]] or 0 for name in names if name in self._by_id)

        once = 1 + sum(known[each] or 0 for each in element.inside) + of(element.shows)
        return min(once * (1 + of(element.hands_on)) + (once - 1 + element.points) * of(element.marks), 10**12)


def _named(element: _Element) -> Iterator[str]:
    yield from dict.fromkeys([*element.shows, *element.hands_on, *element.marks])


def _addressed(declarations: Sequence[Any]) -> Iterator[tuple[str, list[str]]]:
    """The properties that name parts of the drawing, and their ids."""
    for each in declarations:
        if each.type == "declaration" and (ids := list(_ids(each.value))):
            # what a property of its own hands on may be used for any other
            yield "fill" if each.name.startswith("--") else each.lower_name, ids


def _rules(css: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """The selectors of a stylesheet and the declarations behind each. Rules within rules are taken to be about any element."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type not in ("qualified-rule", "at-rule"):
            continue
        ahead = [("*" if rule.type == "at-rule" else tinycss2.serialize(rule.prelude), rule.content or [])]
        while ahead:
            selector, content = ahead.pop()
            ahead.extend(("*", each.content) for each in content if each.type == "{} block")
            plain = [each for each in content if each.type != "{} block"]
            yield selector, tinycss2.parse_declaration_list(plain, skip_comments=True, skip_whitespace=True)


def _ids(tokens: Sequence[Any]) -> Iterator[str]:
    """The ids that addresses in some tokens of a style name, however they are escaped."""
    ahead = list(tokens)
    while ahead:
        token = ahead.pop()
        if token.type in ("url", "string") and token.value.startswith("#"):
            yield unquote(token.value[1:])
        ahead.extend(getattr(token, "arguments", None) or getattr(token, "content", None) or ())
