"""How much a browser draws of a drawing: its elements, and again what they name, as often as it is named.

A kilobyte of ``<use>``, patterns, masks or markers that name one another can stand for a million elements, at
which a reader's browser stops answering. So each element is counted once for itself, and once more for every
place that shows it. Effects and dashes are counted too: one filter works out every point of a picture again,
and one line may have a million dashes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
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
_DECIMAL: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_EFFECT: Final = 50
"""An effect is counted as so many elements: a browser works out every point of the picture again for it."""
_LONG_EFFECTS: Final = {"femorphology": 20, "feturbulence": 3}
"""Effects that take as long as so many others."""
_OF_A_KERNEL: Final = 4
"""An effect that takes so many neighbours of each point into account takes as long as two others."""
_OF_EFFECTS: Final = frozenset({"fefunca", "fefuncb", "fefuncg", "fefuncr", "fedistantlight", "fepointlight", "fespotlight", "femergenode"})
"""Parts of effects, which do nothing by themselves."""
_FUNCTIONS: Final = frozenset(
    {"blur", "brightness", "contrast", "drop-shadow", "grayscale", "hue-rotate", "invert", "opacity", "saturate", "sepia"}
)
"""Effects that a style names by themselves."""
_FILTERS: Final = frozenset({"filter", "backdrop-filter", "-webkit-filter", "-webkit-backdrop-filter"})
_ENLARGING: Final = frozenset({"transform", "scale", "zoom"})
_WEIGHTY: Final = frozenset({*_FILTERS, *_ENLARGING, "stroke-dasharray", "vector-effect"})
"""Properties that make a drawing slow without naming a part of it."""
_DASHES: Final = 50
"""So many dashes are counted as one element."""
_ARC: Final = 7
"""An arc is at most so many times as long as what its numbers say, since it may go round; a line at most twice."""
_UNSCALED, _MUCH_UNSCALED = 10, 1000
"""So many times as long is an outline taken to be whose dashes are not made larger with the drawing; more where its parts may be made
larger than the whole."""
_SMALL: Final = 100
"""So wide a drawing may be made much larger."""
_SHORTEST: Final = 0.01
"""Dashes are taken to be so short where their length is not told in numbers."""
_UNITS: Final = frozenset({"px", "pt", "pc", "mm", "cm", "in", "q"})
_NO_DASHES: Final = frozenset({"none", "inherit", "initial", "unset", "revert", "revert-layer"})
_MEASURES: Final = ("width", "height", "r", "rx", "ry", "x1", "y1", "x2", "y2", "d", "points")


class _Weight(NamedTuple):
    """How much is drawn for an element and all that it shows."""

    elements: int
    length: float
    """Of all outlines, which may be dashed."""


@dataclass
class _Element:
    """One element, and what it names."""

    names: frozenset[str]
    """Its tag, its id and its classes, by which a stylesheet may mean it."""
    points: int
    """How many markers it may show."""
    length: float = 0.0
    """How long its outline is at most, in its own units."""
    effects: int = 0
    """What it is counted as besides, for an effect that it is or has."""
    dash: float = math.inf
    """The length of the shortest round of dashes and gaps that it may have."""
    unscaled: bool = False
    """Whether its dashes may stay as they are where the drawing is made larger."""
    enlarged: bool = False
    """Whether it may be made larger than the drawing."""
    shows: list[str] = field(default_factory=list)
    """The ids of what it shows once."""
    hands_on: list[str] = field(default_factory=list)
    """The ids of what is shown at each element in it too."""
    marks: list[str] = field(default_factory=list)
    """The ids of its markers."""
    inside: list[int] = field(default_factory=list)

    def take(self, property_: str, value: Sequence[Any]) -> None:
        """Note what a property names, which effects it has, and how short its dashes are."""
        of_its_own = property_.startswith("--")  # what such a property hands on may be used for any other
        inherited = of_its_own or property_ in _INHERITED
        found = self.marks if property_.startswith("marker") else self.hands_on if inherited else self.shows
        found.extend(_ids(value))
        if of_its_own or property_ in _FILTERS:
            self.effects += _EFFECT * sum(token.type == "function" and token.lower_name in _FUNCTIONS for token in value)
        elif property_ == "stroke-dasharray":
            self.dash = min(self.dash, _round_of(value))
        elif property_ == "vector-effect":
            self.unscaled |= any(each.type == "ident" and each.lower_value not in ("none", "initial") for each in value)
        elif property_ in _ENLARGING:
            self.enlarged = True


class Drawn:
    """The elements of a drawing as they are read, one after the other."""

    def __init__(self) -> None:
        self._elements: list[_Element] = []
        self._open: list[int] = []
        self._by_id: dict[str, int] = {}
        self._sheets: list[str] = []
        self._unscaled = 1

    def begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens; names are in lower case."""
        named = {tag, *attributes.get("class", "").split(), *(attributes[name] for name in ("id", "xml:id") if name in attributes)}
        points = len(_NUMBER.findall(attributes.get("d", "") + attributes.get("points", ""))) // 2
        found = _Element(frozenset(named), 1 + points, _length(attributes))
        if tag.startswith("fe") and tag not in _OF_EFFECTS:
            kernel = len(_DECIMAL.findall(attributes.get("kernelmatrix", "")))
            found.effects = _EFFECT * (_LONG_EFFECTS.get(tag, 1) + kernel // _OF_A_KERNEL)
        for name, value in attributes.items():
            if name in ("href", "xlink:href") and tag != "a" and value.startswith("#"):
                found.shows.append(unquote(value[1:]))
            elif name == "style":
                for property_, words in _weighty(tinycss2.parse_declaration_list(value, skip_comments=True, skip_whitespace=True)):
                    found.take(property_, words)
            elif name in _WEIGHTY or _MAY_NAME.search(value):
                found.take(name, tinycss2.parse_component_value_list(value))
        at = len(self._elements)
        width = _DECIMAL.findall(attributes.get("viewbox", ""))[2:3]
        found.enlarged |= bool(width) and (at > 0 or _size(width[0]) < _SMALL)
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
        if weights and weights[0].elements > MOST + _TIMES * len(weights):
            return (
                f"its parts show one another so often, or have so many effects or dashes, that a browser would draw for as long as at "
                f"more than {MOST:,} elements"
            )
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
            for property_, words in _weighty(declarations):
                left -= len(words) * len(meant)
                if left < 0:
                    return False
                for element in meant:
                    element.take(property_, words)
        return True

    def _weights(self) -> list[_Weight] | None:
        """How much is drawn for each; ``None`` where that goes round in a circle."""
        known: list[_Weight | None] = [None] * len(self._elements)
        self._unscaled = _MUCH_UNSCALED if any(each.enlarged for each in self._elements) else _UNSCALED
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
        return [each or _Weight(0, 0.0) for each in known]

    def _weight(self, element: _Element, known: Sequence[_Weight | None]) -> _Weight:
        def of(names: Sequence[str]) -> int:
            return sum(each.elements for name in names if name in self._by_id and (each := known[self._by_id[name]]))

        inside = [each for at in element.inside if (each := known[at])]
        shown = [each for name in element.shows if name in self._by_id and (each := known[self._by_id[name]])]
        length = element.length * (self._unscaled if element.unscaled else 1) + sum(each.length for each in (*inside, *shown))
        once = 1 + sum(each.elements for each in (*inside, *shown))
        beside = element.effects + int(min(length / element.dash / _DASHES, 1e12))
        all_ = once * (1 + of(element.hands_on)) + (once - 1 + element.points) * of(element.marks) + beside
        return _Weight(min(all_, 10**12), min(length, 1e12))


def _named(element: _Element) -> Iterator[str]:
    yield from dict.fromkeys([*element.shows, *element.hands_on, *element.marks])


def _weighty(declarations: Sequence[Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    """The properties that name parts of the drawing, have effects or dashes, each with its value."""
    for each in declarations:
        if each.type != "declaration":
            continue
        of_its_own = each.name.startswith("--")
        if of_its_own or each.lower_name in _WEIGHTY or any(True for _ in _ids(each.value)):
            yield each.name if of_its_own else each.lower_name, each.value


def _length(attributes: Mapping[str, str]) -> float:
    """How long the outline of an element is at most, from all numbers that tell of it."""
    numbers = sum(map(_size, (each for name in _MEASURES for each in _DECIMAL.findall(attributes.get(name, "")))))
    is_round = "r" in attributes or "rx" in attributes or "a" in attributes.get("d", "").lower()
    said = sum(map(_size, _DECIMAL.findall(attributes.get("pathlength", ""))))  # dashes are counted by it
    return max((_ARC if is_round else 2) * numbers, said)


def _size(number: str) -> float:
    return min(abs(float(number)), 1e12)


def _round_of(value: Sequence[Any]) -> float:
    """How long the dashes and gaps of a value are together."""
    tokens = [each for each in value if each.type not in ("whitespace", "comment") and each != ","]
    if len(tokens) == 1 and getattr(tokens[0], "lower_value", "") in _NO_DASHES:
        return math.inf
    lengths = [_dash(token) for token in tokens]
    if None in lengths:
        return _SHORTEST
    return sum(each or 0 for each in lengths) or math.inf  # of dashes and gaps without a length a solid line is made


def _dash(token: Any) -> float | None:
    """The length of a dash or a gap; ``None`` where it is not told in numbers."""
    if token.type == "percentage":
        return float(token.value) / 100
    return float(token.value) if token.type == "number" or (token.type == "dimension" and token.lower_unit in _UNITS) else None


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
