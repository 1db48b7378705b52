"""Check SVG drawings: nothing in them runs or loads anything, and none is slow to draw.

A kilobyte of ``<use>``, patterns, masks or markers that refer to each other can stand for a million
elements. A reader's browser then stops responding. So the cost of drawing is computed in elements.
Each element counts once for itself, and once more for every place that shows it. These count too:

- effects and composed pictures, because a browser computes every pixel again for each;
- dashes, of which one line may have a million;
- long texts and paths;
- the elements that a stylesheet's selectors must be compared with.

No count is ever negative.

A separate SVG or XML file is parsed as XML by browsers, so it is parsed here with an XML parser.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

import tinycss2

from explainer.common.allowed import css as allowed_css
from explainer.common.allowed import pictures, word_set
from explainer.common.allowed.addresses import data_of, may_link

# The cost of drawing

MOST: Final = 20_000
"""The most elements that may be drawn in addition to those in the file."""
_TIMES: Final = 3
"""The most elements that may be drawn additionally for each element in the file."""
_CHARACTERS: Final = 50
"""The characters of an element's text and attributes, such as a path's data, that cost as much as
one element.
"""
_INHERITED: Final = frozenset(
    {"fill", "stroke", "marker", "marker-start", "marker-mid", "marker-end"}
)
"""Properties that the elements inside an element inherit."""
_MOST_NAMED: Final = 200_000
"""The most tokens that stylesheets may have in the values of slow properties. A token counts once
for each element that it applies to.
"""
_MOST_COMPARED: Final = 20_000_000
"""The most comparisons of an element, its ancestors or its siblings with the selectors of
stylesheets.
"""
_MAY_NAME: Final = re.compile(r"url\s*\(|\\", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+")
_DECIMAL: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_EFFECT: Final = 50
"""The cost of an effect, in elements. A browser computes every pixel again for it."""
_LONG_EFFECTS: Final = {"femorphology": 20, "feturbulence": 3, "feconvolvematrix": 3}
"""The cost of slow effects, in simple effects. For noise it is the cost of each octave."""
_MOST_OCTAVES: Final = 10
"""Browsers compute no more octaves of noise than this, because further ones are invisible."""
_OF_A_KERNEL: Final = 4
"""The number of values in an effect's kernel that cost as much as one more effect."""
_PARTS_OF_EFFECTS: Final = frozenset(
    {"fefunca", "fefuncb", "fefuncg", "fefuncr", "fedistantlight", "fepointlight", "fespotlight"}
)
"""Parts of effects. They do nothing by themselves, so they cost nothing."""
_SOURCES: Final = frozenset(
    {
        "sourcegraphic",
        "sourcealpha",
        "backgroundimage",
        "backgroundalpha",
        "fillpaint",
        "strokepaint",
    }
)
"""Inputs of an effect that are not the result of another effect."""
_FUNCTIONS: Final = frozenset(
    {
        "blur",
        "brightness",
        "contrast",
        "drop-shadow",
        "grayscale",
        "hue-rotate",
        "invert",
        "opacity",
        "saturate",
        "sepia",
    }
)
"""CSS functions that are effects."""
_FILTERS: Final = frozenset(
    {"filter", "backdrop-filter", "-webkit-filter", "-webkit-backdrop-filter"}
)
_LISTS_OF_PICTURES: Final = frozenset({"text-shadow", "background", "background-image"})
"""Properties in which each item costs as much as an effect, except for plain colours."""
_ENLARGING: Final = frozenset({"transform", "scale", "zoom"})
_BLENDING: Final = frozenset(
    {"mask", "-webkit-mask", "mask-image", "-webkit-mask-image", "mix-blend-mode"}
)
_LAYERS: Final = _BLENDING | frozenset({"opacity", "isolation", "clip-path"})
"""Properties for which a browser first draws an element on a layer of its own, as for filters."""
_LAYER: Final = 10
"""The cost in elements of a layer, for each other layer that is open inside it at the same time. A
layer that is blended with what is behind it costs as much again, because all its pixels are
computed anew.
"""
_PAINTS: Final = {"pattern": 8, "radialgradient": 4}
"""The extra cost, in elements, of filling a shape with such a paint. Each of the shape's pixels
must be computed.
"""
_LETTER_SIZES: Final = frozenset(
    {"font-size", "font", "letter-spacing", "word-spacing", "font-size-adjust"}
)
_SHAPE_SIZES: Final = frozenset({"r", "rx", "ry", "cx", "cy", "x", "y", "width", "height", "d"})
"""Properties by which a stylesheet can make an outline longer."""
_SLOW_ATTRIBUTES: Final = frozenset(
    {
        *_FILTERS,
        *_LISTS_OF_PICTURES,
        *_ENLARGING,
        *_LAYERS,
        *_LETTER_SIZES,
        "stroke-dasharray",
        "vector-effect",
    }
)
_SLOW_PROPERTIES: Final = _SLOW_ATTRIBUTES | _SHAPE_SIZES
"""Properties that can make a drawing slow without referring to another part of it."""
_DASHES: Final = 34
"""The number of dashes that cost as much as one element."""
_ARC: Final = 7
"""The most times that an arc may be longer than its numbers say, because it may go all the way
round. A line may be at most twice as long.
"""
_LETTER: Final = 30
"""The most times that the outline of a letter may be longer than the letter is high."""
_UNSCALED: Final = 10
"""The least factor for the length of outlines whose dashes keep their size when the drawing is
enlarged. The factor is larger if the drawing is small, or if transformations enlarge parts of it.
"""
_WINDOW: Final = 10_000.0
"""The largest width of a displayed drawing, in pixels."""
_MUCH: Final = 1000.0
"""The enlargement that is assumed if a style does not give it in plain numbers."""
_ENDLESS: Final = 1e12
"""The upper limit of every length and every number of elements."""
_LETTER_UNTOLD: Final = 16.0
"""The size of letters if none is given, in pixels."""
_LARGEST_NAMED: Final = 48.0
"""The largest size of letters that has a name in CSS, in pixels."""
_OF_TWO: Final = frozenset({"feblend", "fecomposite", "fedisplacementmap"})
"""Effects with two inputs."""
_CONDITIONS: Final = frozenset({"media", "supports", "layer", "container"})
"""At-rules that contain other rules. The selectors of those rules apply as usual."""
_SHORTEST: Final = 1e-6
"""The length that is assumed for dashes if it is not given in numbers."""
_PIXELS: Final = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "q": 96 / 101.6,
}
"""The absolute units of length, in pixels."""
_NO_DASHES: Final = frozenset({"none", "inherit", "initial", "unset", "revert", "revert-layer"})
_NO_LENGTH: Final = _NO_DASHES | frozenset({"auto", "normal", "medium"})
_RELATIVE_LETTERS: Final = frozenset({"larger", "smaller"})
_SHAPES: Final = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_LETTERS: Final = frozenset({"text", "tspan", "textpath", "a"})
_VIEWPORTS: Final = frozenset({"svg", "symbol", "use"})
_MEASURES: Final = ("width", "height", "r", "rx", "ry", "x1", "y1", "x2", "y2")
_RETURN: Final = re.compile(r"z(?=[\s,]*[^\s,MzZ])", re.IGNORECASE)
"""The end of a subpath if the path continues from the point where that subpath began."""


class _Amount(NamedTuple):
    """The cost of drawing an element and everything that it shows."""

    elements: int = 0
    characters: int = 0
    """The characters of text and attributes, in units of ``_CHARACTERS``."""
    length: float = 0.0
    """The length of all outlines that may be dashed and whose dashes are enlarged with them."""
    unscaled: float = 0.0
    """The displayed length of all outlines whose dashes are not enlarged with them."""
    dashes: float = 0.0
    """The dashes of the latter, in elements."""
    layers: int = 0
    """The number of layers that are open for it at the same time."""


@dataclass
class _Outline:
    """The length of an outline: a length in units of its own, and a share of the viewport."""

    length: float = 0.0
    share: float = 0.0

    def add(self, number: float, unit: str, times: float) -> None:
        """Add a measure. It counts as endless if its unit depends on more than the file."""
        if unit == "%":
            self.share = min(self.share + times * abs(number) / 100, _ENDLESS)
        else:
            self.length = min(
                self.length + times * abs(number) * _PIXELS.get(unit, _ENDLESS), _ENDLESS
            )


@dataclass
class _Element:
    """An element, what it refers to, and what makes it slow to draw."""

    names: frozenset[str]
    """Its tag, id and classes in lower case, by which a stylesheet may select it."""
    tag: str
    points: int
    """The most markers that it may show."""
    outline: _Outline
    characters: int
    """The characters of its text and attributes."""
    letters: int = 0
    """The number of letters that it draws."""
    letter: float = 0.0
    """The largest size of letters that it sets, or space between them."""
    effects: int = 0
    """The extra cost, in elements, of the effects, paints and layers that it is or has."""
    dash: float = math.inf
    """The shortest average length of a dash and its gap that it may have."""
    unscaled: bool = False
    """Whether its dashes may keep their size if the drawing is enlarged."""
    growth: float = 1.0
    """How many times larger its contents are displayed."""
    layer: bool = False
    """Whether it is drawn on a layer of its own."""
    shows: list[str] = field(default_factory=list)
    """The ids of the parts that it shows once."""
    hands_on: list[str] = field(default_factory=list)
    """The ids of the parts that every element inside it shows too."""
    marks: list[str] = field(default_factory=list)
    """The ids of its markers."""
    inside: list[int] = field(default_factory=list)

    def take(self, property_: str, value: Sequence[Any]) -> None:
        """Record what a property refers to, which effects it has, and how short its dashes are."""
        of_its_own = property_.startswith("--")  # a custom property may be used in any other one
        inherited = of_its_own or property_ in _INHERITED
        found = (
            self.marks
            if property_.startswith("marker")
            else self.hands_on
            if inherited
            else self.shows
        )
        found.extend(_ids(value))
        if of_its_own or property_ in _FILTERS:
            self.effects += _EFFECT * sum(
                token.type == "function" and token.lower_name in _FUNCTIONS for token in value
            )
        if property_ in _LISTS_OF_PICTURES and len(_plain(value)) > 1:
            self.effects += _EFFECT * (1 + sum(each == "," for each in value))
        if property_ in _FILTERS or property_ in _LAYERS:
            is_layer = not _is_plain(value)
            self.layer |= is_layer
            self.effects += _LAYER * (is_layer and property_ in _BLENDING)
        elif property_ == "stroke-dasharray":
            self.dash = min(self.dash, _dash_of(value))
        elif property_ == "vector-effect":
            self.unscaled |= any(
                each.type == "ident" and each.lower_value not in ("none", "initial")
                for each in value
            )
        elif property_ in _ENLARGING:
            self.growth = max(self.growth, _growth(value))
        elif property_ in _LETTER_SIZES:
            self.letter = max(self.letter, _letter_size(property_, value))
        elif property_ in _SHAPE_SIZES:
            _add(self.outline, value, _ARC)


class _Effects:
    """Counts how often the effects of one filter are computed.

    An effect is computed again for every effect that uses its result.
    """

    def __init__(self) -> None:
        self._before = 0
        self._merged = 0
        """The largest cost of an input that the current merge has taken so far."""
        self._first = 0
        """The cost of a merge node's input if the node names none."""
        self._named: dict[str, int] = {}
        self._result = ""
        """The name of the latest effect's result."""

    def again(self, tag: str, attributes: Mapping[str, str]) -> int:
        """Return the number of further effects that must be computed because of this effect."""
        if tag == "femergenode":
            taken = self._taken(attributes.get("in", ""), self._first)
            more = min(taken, self._merged)
            self._merged = max(taken, self._merged)
            self._note(self._before + taken, self._result)
            return more
        kernel = len(_DECIMAL.findall(attributes.get("kernelmatrix", "")))
        own = _LONG_EFFECTS.get(tag, 1) + kernel // _OF_A_KERNEL
        if tag == "feturbulence":
            octaves = max(
                map(_size, _DECIMAL.findall(attributes.get("numoctaves", ""))), default=1.0
            )
            own *= round(min(max(octaves, 1), _MOST_OCTAVES))
        before = self._before
        first = 0 if tag == "femerge" else self._taken(attributes.get("in", ""), before)
        second = self._taken(attributes.get("in2", ""), before) if tag in _OF_TWO else 0
        self._first, self._merged, self._result = before, 0, attributes.get("result", "")
        self._note(own + first + second, self._result)
        return own + min(first, second)

    def _taken(self, name: str, otherwise: int) -> int:
        if name.lower() in _SOURCES:
            return 0
        return self._named.get(name, otherwise)

    def _note(self, effects: int, result: str) -> None:
        self._before = min(effects, int(_ENDLESS))
        if result:
            self._named[result] = self._before


class DrawingCost:
    """The elements of a drawing, in the order in which they are parsed, and their cost."""

    def __init__(self) -> None:
        self._elements: list[_Element] = []
        self._open: list[int] = []
        self._deepest = 0
        self._by_id: dict[str, int] = {}
        self._sheets: list[str] = []
        self._effects = _Effects()
        self._viewport = _WINDOW
        """The largest length that a share of the viewport may refer to."""
        self._letter = 0.0
        """The largest size of letters."""
        self._unread: str | None = None
        """Why the value of an attribute cannot be parsed."""

    def begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element. All names are in lower case."""
        attributes = self._readable(attributes)
        named = {
            tag,
            *attributes.get("class", "").split(),
            *(attributes[name] for name in ("id", "xml:id") if name in attributes),
        }
        points = len(_NUMBER.findall(attributes.get("d", "") + attributes.get("points", ""))) // 2
        characters = sum(
            len(value) for name, value in attributes.items() if name not in ("href", "xlink:href")
        )
        found = _Element(
            frozenset(map(str.lower, named)), tag, 1 + points, _outline(tag, attributes), characters
        )
        if tag == "filter":
            self._effects = _Effects()
        elif tag.startswith("fe") and tag not in _PARTS_OF_EFFECTS:
            found.effects = _EFFECT * self._effects.again(tag, attributes)
        found.effects += _PAINTS.get(tag, 0)
        for name, value in attributes.items():
            if name in ("href", "xlink:href") and tag != "a" and value.startswith("#"):
                found.shows.append(unquote(value[1:]))
            elif name == "style":
                for property_, words in _slow_properties(
                    tinycss2.parse_declaration_list(value, skip_comments=True, skip_whitespace=True)
                ):
                    found.take(property_, words)
            elif name in _SLOW_ATTRIBUTES or _MAY_NAME.search(value):
                found.take(name, tinycss2.parse_component_value_list(value))
        at = len(self._elements)
        self._look_at_viewport(found, attributes)
        for name in ("id", "xml:id"):
            self._by_id.setdefault(attributes.get(name, ""), at)
        if self._open:
            self._elements[self._open[-1]].inside.append(at)
        self._elements.append(found)
        self._open.append(at)
        self._deepest = max(self._deepest, len(self._open))

    def _readable(self, attributes: Mapping[str, str]) -> Mapping[str, str]:
        """Return the attributes, or none if one of them cannot be parsed.

        In that case the drawing is refused.
        """
        for value in attributes.values():
            self._unread = self._unread or allowed_css.nesting_fault(value)
        return {} if self._unread else attributes

    def _look_at_viewport(self, element: _Element, attributes: Mapping[str, str]) -> None:
        """Record how large an element's viewport may be, and how much it enlarges its contents."""
        box = [_size(each) for each in _DECIMAL.findall(attributes.get("viewbox", ""))][2:4]
        said = _Outline()
        if element.tag in _VIEWPORTS:
            for name in ("width", "height"):
                _add(said, tinycss2.parse_component_value_list(attributes.get(name, "")), 1)
        if said.share > 2:  # larger than its parent, so the size may grow with each level
            said.length = _ENDLESS
        self._viewport = max(self._viewport, said.length, *box, 0.0)
        if smallest := min((side for side in box if side), default=0.0):
            element.growth = max(
                element.growth, min(max(said.length, _WINDOW) / smallest, _ENDLESS)
            )

    def text(self, text: str) -> None:
        """Handle text in the current element."""
        if self._open:
            element = self._elements[self._open[-1]]
            element.characters += len(text)
            if element.tag in _LETTERS:
                element.letters += len("".join(text.split()))

    def style(self, css: str) -> None:
        """Handle a stylesheet."""
        self._sheets.append(css)

    def end(self) -> None:
        """Handle the end of the current element."""
        self._open.pop()

    def fault(self, most: int = MOST) -> str | None:
        """Return what is wrong with the drawing as a whole, or ``None`` if a browser can draw it.

        ``most`` is the number of elements that may be drawn in addition to those in the file.
        """
        if self._unread or not self._apply_sheets():
            return self._unread or "its styles name its parts too often"
        amounts = self._amounts()
        if amounts is None:
            return "a part of it shows itself, by way of others or at once"
        if not amounts:
            return None
        growing = max(self._elements[0].growth, _UNSCALED) / self._elements[0].growth
        elements = amounts[0].elements + amounts[0].dashes * growing
        if elements > most + _TIMES * len(amounts):
            return (
                "its parts show one another so often, or have so many effects or dashes, that a"
                f" browser would draw for as long as at more than {most + _TIMES * len(amounts):,}"
                " elements"
            )
        if amounts[0].characters > most + _TIMES * sum(
            each.characters // _CHARACTERS for each in self._elements
        ):
            return (
                "its parts show long ones so often that a browser would draw more than"
                f" {most * _CHARACTERS:,} characters of them"
            )
        return None

    def _apply_sheets(self) -> bool:
        """Apply the stylesheets to the elements. Return whether a browser could do so in time."""
        by_name: dict[str, list[_Element]] = {}
        for element in self._elements:
            for name in element.names:
                by_name.setdefault(name, []).append(element)
        left, compared = _MOST_NAMED, _MOST_COMPARED
        for names, reach, declarations in (each for css in self._sheets for each in _rules(css)):
            meant = (
                self._elements
                if names is None
                else min((by_name.get(name, []) for name in names), key=len)
            )
            compared -= len(meant) * (
                1 + reach.around * self._deepest + reach.beside * len(self._elements)
            )
            if compared < 0:
                return False
            if names is not None:
                meant = [element for element in meant if names <= element.names]
            for property_, words in _slow_properties(declarations):
                left -= len(words) * len(meant)
                if left < 0:
                    return False
                for element in meant:
                    element.take(property_, words)
        return True

    def _amounts(self) -> list[_Amount] | None:
        """Return the cost of each element, or ``None`` if elements show each other in a circle."""
        known: list[_Amount | None] = [None] * len(self._elements)
        self._letter = max((each.letter for each in self._elements), default=0.0) or _LETTER_UNTOLD
        under_way: set[int] = set()
        ahead = list(range(len(self._elements) - 1, -1, -1))
        while ahead:
            at = ahead[-1]
            if known[at] is not None:
                ahead.pop()
                continue
            element = self._elements[at]
            needed = [
                *element.inside,
                *(self._by_id[name] for name in _named_by(element) if name in self._by_id),
            ]
            missing = [each for each in needed if known[each] is None]
            if not missing:
                known[at] = self._amount_of(element, known)
                under_way.discard(at)
                ahead.pop()
            elif at in under_way or not under_way.isdisjoint(missing):
                return None
            else:
                under_way.add(at)
                ahead.extend(missing)
        return [each or _Amount() for each in known]

    def _amount_of(self, element: _Element, known: Sequence[_Amount | None]) -> _Amount:
        def named(names: Sequence[str]) -> list[_Amount]:
            return [
                each for name in names if name in self._by_id and (each := known[self._by_id[name]])
            ]

        inside = [each for at in element.inside if (each := known[at])]
        parts = [*inside, *named(element.shows)]
        outline = self._outline_of(element)
        length = sum(each.length for each in parts) + (0 if element.unscaled else outline)
        unscaled = sum(each.unscaled for each in parts) + (outline if element.unscaled else 0)
        dashes = sum(each.dashes for each in parts) + unscaled / element.dash / _DASHES
        handed_on, marks = named(element.hands_on), named(element.marks)
        layers = (
            max((each.layers for each in (*parts, *handed_on, *marks)), default=0) + element.layer
        )
        once = 1 + sum(each.elements for each in parts)
        elements = once + element.effects + (_LAYER * (layers - 1) if element.layer else 0)
        elements += int(min(length / element.dash / _DASHES, _ENDLESS))
        characters = element.characters // _CHARACTERS + sum(each.characters for each in parts)
        for times, more in ((once, handed_on), (once - 1 + element.points, marks)):
            elements += times * sum(each.elements for each in more)
            characters += times * sum(each.characters for each in more)
        most = int(_ENDLESS)
        return _Amount(
            min(elements, most),
            min(characters, most),
            min(length, _ENDLESS),
            min(unscaled * element.growth, _ENDLESS),
            min(dashes * element.growth, _ENDLESS),
            min(layers, most),
        )

    def _outline_of(self, element: _Element) -> float:
        """Return the greatest length of the outlines of an element and of its letters."""
        outline = 0.0
        if element.tag in _SHAPES:
            outline = element.outline.length + element.outline.share * self._viewport
        return min(outline + element.letters * _LETTER * self._letter, _ENDLESS)


def _named_by(element: _Element) -> Iterator[str]:
    yield from dict.fromkeys([*element.shows, *element.hands_on, *element.marks])


def _slow_properties(declarations: Sequence[Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield each property that refers to a part of the drawing or is slow, with its value."""
    for each in declarations:
        if each.type != "declaration":
            continue
        of_its_own = each.name.startswith("--")
        if of_its_own or each.lower_name in _SLOW_PROPERTIES or any(True for _ in _ids(each.value)):
            yield each.name if of_its_own else each.lower_name, each.value


def _outline(tag: str, attributes: Mapping[str, str]) -> _Outline:
    """Return the greatest length of a shape's outline, computed from all its attributes."""
    outline = _Outline()
    if tag not in _SHAPES:
        return outline
    path = attributes.get("d", "")
    times = (
        _ARC
        if "r" in attributes or "rx" in attributes or "ry" in attributes or "a" in path.lower()
        else 2
    )
    for name in _MEASURES:
        _add(outline, tinycss2.parse_component_value_list(attributes.get(name, "")), times)
    numbers = [_size(each) for each in _DECIMAL.findall(path + " " + attributes.get("points", ""))]
    again = len(_RETURN.findall(path)) + (len(numbers) if "t" in path.lower() else 0)
    outline.length = min(outline.length + times * sum(numbers) * (1 + again), _ENDLESS)
    said = sum(
        map(_size, _DECIMAL.findall(attributes.get("pathlength", "")))
    )  # browsers measure dashes in this unit
    outline.length = max(outline.length, said)
    return outline


def _add(outline: _Outline, value: Sequence[Any], times: float) -> None:
    """Add the measures in a value."""
    for token in _plain(value):
        if getattr(token, "lower_value", None) not in _NO_LENGTH:
            outline.add(*_measure(token), times=times)


def _size(number: str) -> float:
    return min(abs(float(number)), _ENDLESS)


def _plain(value: Sequence[Any]) -> list[Any]:
    """Return the tokens of a value without white space, comments and commas."""
    return [each for each in value if each.type not in ("whitespace", "comment") and each != ","]


def _is_plain(value: Sequence[Any]) -> bool:
    """Return whether a property's value does not need a layer."""
    words = [
        getattr(each, "lower_value", None) or getattr(each, "value", None) for each in _plain(value)
    ]
    return len(words) == 1 and (
        words[0] in _NO_DASHES or words[0] in ("normal", "auto") or words[0] == 1
    )


def _measure(token: Any) -> tuple[float, str]:
    """Return a number and its unit. The unit is ``?`` if the token is not a number."""
    if token.type in ("number", "percentage", "dimension"):
        unit = "%" if token.type == "percentage" else getattr(token, "lower_unit", "")
        return max(-_ENDLESS, min(float(token.value), _ENDLESS)), unit
    return 1.0, "?"


def _letter_size(property_: str, value: Sequence[Any]) -> float:
    """Return the largest size in a property of letters."""
    sizes = [0.0]
    for token in _plain(value):
        number, unit = _measure(token)
        if token.type == "ident" and token.lower_value not in _RELATIVE_LETTERS:
            sizes.append(_LARGEST_NAMED)
        elif property_ == "font" and token.type in ("number", "string", "literal"):
            continue  # a weight, a line height, a font's name, or the slash before a line height
        elif property_ == "font-size-adjust":
            return _ENDLESS
        else:
            sizes.append(abs(number) * _PIXELS.get(unit, _ENDLESS))
    return min(max(sizes), _ENDLESS)


def _growth(value: Sequence[Any]) -> float:
    """Return how many times larger a transformation can display a part."""
    grown, words = 1.0, _plain(value)
    called = list(_calls(words))
    for name, arguments in called:
        if any(each.type == "function" or each.type.endswith("block") for each in arguments):
            return _ENDLESS
        numbers = [_number(each) for each in arguments]
        if name in ("scale", "scalex", "scaley") and all(
            each.type != "percentage" for each in arguments
        ):
            grown *= max(1.0, *numbers, 0.0)
        elif name == "matrix":
            grown *= max(1.0, sum(numbers[:4]))
        elif name not in ("translate", "translatex", "translatey", "rotate"):
            grown *= _MUCH
        grown = min(grown, _ENDLESS)
    return grown if called else max(1.0, *map(_number, words), 0.0)


def _calls(words: Sequence[Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield each function with its arguments. Attributes may have a space before the bracket."""
    for before, word in zip([None, *words], words, strict=False):
        if word.type == "function":
            yield word.lower_name, _plain(word.arguments)
        elif word.type == "() block":
            yield getattr(before, "lower_value", None) or "", _plain(word.content)


def _number(token: Any) -> float:
    """Return the absolute value of a number, or 0 for any other token."""
    value = getattr(token, "value", None)
    return min(abs(value), _ENDLESS) if isinstance(value, int | float) else 0.0


def _dash_of(value: Sequence[Any]) -> float:
    """Return the average length of a dash and its gap.

    It is more than 0, and infinite if the value makes no dashes.
    """
    tokens = _plain(value)
    if len(tokens) == 1 and getattr(tokens[0], "lower_value", "") in _NO_DASHES:
        return math.inf
    measures = [_measure(token) for token in tokens]
    if any(number < 0 for number, _ in measures):
        return math.inf  # browsers ignore such a list
    if any(unit not in _PIXELS for _, unit in measures):
        return _SHORTEST
    whole = sum(number * _PIXELS[unit] for number, unit in measures)
    return (
        whole / max(1.0, len(measures) / 2) or math.inf
    )  # dashes and gaps without a length make a solid line


class _Reach(NamedTuple):
    """How far a browser searches from an element to decide if a selector matches it."""

    around: int = 0
    """How often it searches all ancestors."""
    beside: int = 0
    """How often it searches all other elements."""


_ANY_REACH: Final = _Reach(beside=1)


def _rules(css: str) -> Iterator[tuple[frozenset[str] | None, _Reach, Sequence[Any]]]:
    """Yield each selector of a stylesheet with its declarations.

    A selector is given by the names that an element must have to match, or ``None`` if any element
    may match, and by its reach.
    """
    ahead: list[Any] = list(
        tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    )
    while ahead:
        rule = ahead.pop()
        if rule.type == "at-rule" and rule.lower_at_keyword in _CONDITIONS:
            ahead.extend(
                tinycss2.parse_rule_list(
                    rule.content or [], skip_comments=True, skip_whitespace=True
                )
            )
        elif rule.type == "at-rule":
            reach = _Reach() if rule.lower_at_keyword.endswith("keyframes") else _ANY_REACH
            yield from ((None, reach, each) for each in _blocks(rule.content or []))
        elif rule.type == "qualified-rule":
            own, *inner = _blocks(rule.content)
            yield from ((*selector, own) for selector in _selectors(rule.prelude))
            yield from ((None, _ANY_REACH, each) for each in inner)


def _blocks(content: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the declarations of a rule, and then those of the rules nested in it."""
    ahead = [content]
    while ahead:
        content = ahead.pop()
        ahead.extend(each.content for each in content if each.type == "{} block")
        plain = [each for each in content if each.type != "{} block"]
        yield tinycss2.parse_declaration_list(plain, skip_comments=True, skip_whitespace=True)


def _selectors(prelude: Sequence[Any]) -> Iterator[tuple[frozenset[str] | None, _Reach]]:
    """Yield each selector of a rule: the names of the element that it matches, and its reach.

    The names are ``None`` if the element may have any.
    """
    names: set[str] = set()
    is_known, between, reach = True, "", _Reach()
    for word in [*prelude, None]:
        if word is None or word == ",":
            yield (frozenset(names) if names and is_known else None), reach
            names, is_known, between, reach = set(), True, "", _Reach()
        elif word.type == "whitespace" or word in (">", "+", "~", "|"):
            between += " " if word.type == "whitespace" else word.value
        elif word.type != "comment":
            if between:
                around = between.isspace() and (bool(names) or not is_known)
                reach = _Reach(reach.around + around, reach.beside + ("~" in between))
                names, is_known, between = set(), True, ""
            if word.type in ("ident", "hash"):
                names.add(word.value.lower())
            elif word.type == "function":
                is_known, reach = False, _Reach(reach.around, reach.beside + (not _is_simple(word)))
            elif word != ".":
                is_known = False


def _is_simple(function: Any) -> bool:
    """Return whether a function in a selector depends only on the element and its position.

    The position is its number among its siblings.
    """
    if function.lower_name == "has" or any(
        each.type == "ident" and each.lower_value == "of" for each in function.arguments
    ):
        return False
    words = _plain(function.arguments)
    if any(each.type in ("number", "dimension") for each in words):
        return True
    return len(function.arguments) <= 2 and all(
        each.type in ("ident", "hash") or each in (".", ":") for each in words
    )


def _ids(tokens: Sequence[Any]) -> Iterator[str]:
    """Yield the ids that URLs in some tokens refer to, with their escapes resolved."""
    ahead = list(tokens)
    while ahead:
        token = ahead.pop()
        if token.type in ("url", "string") and token.value.startswith("#"):
            yield unquote(token.value[1:])
        ahead.extend(getattr(token, "arguments", None) or getattr(token, "content", None) or ())


# SVG files and other XML files

SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_TEXT: Final = frozenset({"type", "xml:lang"})
_FEEDS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    _ATOM: {
        **dict.fromkeys(
            ("feed", "entry", "author", "contributor", "source"), frozenset({"xml:lang"})
        ),
        **dict.fromkeys(("id", "updated", "published", "name", "email", "uri"), frozenset()),
        **dict.fromkeys(("title", "subtitle", "summary", "content", "rights"), _TEXT),
        "link": frozenset({"rel", "type", "href", "hreflang", "title"}),
        "category": frozenset({"term", "scheme", "label", "xml:lang"}),
        "generator": frozenset({"uri", "version"}),
    },
    _SITEMAP: dict.fromkeys(
        ("urlset", "url", "loc", "lastmod", "changefreq", "priority", "sitemapindex", "sitemap"),
        frozenset(),
    ),
}
"""The elements of feeds and sitemaps, with their attributes. Feed readers load icons, logos,
enclosures and the target of ``src``, and display HTML, so none of these is allowed.
"""
_LINKED_IN_FEEDS: Final = frozenset({"", "self", "alternate", "related", "via", "license"})
"""The allowed relations of a feed's link. Feed readers load none of them."""
_ADDRESSES: Final = frozenset({f"{_ATOM} uri", f"{_SITEMAP} loc"})
"""Elements whose text is a URL."""
_NOTES: Final = (
    "http://www.inkscape.org/namespaces/inkscape", "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://creativecommons.org/ns#", "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/", "http://www.bohemiancoding.com/sketch/ns", "http://www.serif.com/",
    "http://www.figma.com/figma/ns", "https://vecta.io/nano", "http://krita.org/namespaces/svg/krita",
    "https://boxy-svg.com", "http://ns.adobe.com/",
)  # fmt: skip
"""Namespaces in which drawing programs store notes of their own. No browser knows them, so they
have no effect.
"""
ELEMENTS: Final = word_set(
    """
    svg g path rect circle ellipse line polyline polygon text tspan textpath title desc metadata
    defs symbol use image style switch a lineargradient radialgradient stop clippath mask
    pattern marker filter feblend fecolormatrix fecomponenttransfer fecomposite feconvolvematrix
    fediffuselighting fedisplacementmap fedistantlight fedropshadow feflood fefunca fefuncb
    fefuncg fefuncr fegaussianblur femerge femergenode femorphology feoffset fepointlight
    fespecularlighting fespotlight fetile feturbulence
    """
)
"""The allowed elements, in lower case. Not allowed are elements that run (script, handler), contain
HTML (foreignObject), change attributes after the check (animate, set and similar ones) or load
(feImage, iframe, audio, video).
"""
STYLED: Final = word_set(
    """
    style fill stroke clip-path mask filter marker marker-start marker-mid marker-end cursor
    font font-family
    """
)
"""Attributes that are parsed like styles, so they may contain a URL."""
ATTRIBUTES: Final = STYLED | word_set(
    """
    id class lang role tabindex type media version viewbox preserveaspectratio width height x y
    x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy d points transform rotate textlength lengthadjust
    startoffset method spacing side pathlength offset stop-color stop-opacity fill-opacity
    fill-rule stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
    stroke-dasharray stroke-dashoffset opacity color color-interpolation
    color-interpolation-filters color-rendering clip clip-rule display visibility overflow
    direction unicode-bidi dominant-baseline alignment-baseline baseline-shift text-anchor
    text-decoration text-rendering shape-rendering image-rendering letter-spacing word-spacing
    writing-mode font-size font-size-adjust font-stretch font-style font-variant font-weight
    kerning glyph-orientation-horizontal glyph-orientation-vertical vector-effect paint-order
    mix-blend-mode isolation pointer-events enable-background solid-color solid-opacity
    flood-color flood-opacity lighting-color gradientunits gradienttransform spreadmethod
    clippathunits maskunits maskcontentunits patternunits patterncontentunits patterntransform
    markerunits markerwidth markerheight refx refy orient filterunits primitiveunits filterres
    in in2 result mode operator k1 k2 k3 k4 values stddeviation scale xchannelselector
    ychannelselector surfacescale diffuseconstant specularconstant specularexponent kernelmatrix
    order divisor bias targetx targety edgemode kernelunitlength preservealpha azimuth elevation
    z pointsatx pointsaty pointsatz limitingconeangle radius basefrequency numoctaves seed
    stitchtiles tablevalues slope intercept amplitude exponent href xlink:href xml:space
    xml:lang xml:id contentscripttype contentstyletype baseprofile zoomandpan systemlanguage
    requiredfeatures requiredextensions
    """
)
"""The allowed attributes, in lower case, besides ``aria-`` and ``data-``. Not allowed are
attributes that run (``on…``) or change URLs (``xml:base``).
"""
_WORDS: Final = word_set(
    "id class lang role xml:id xml:lang systemlanguage requiredfeatures requiredextensions type"
)
"""Attributes that browsers never parse like styles, whatever they contain."""
_LIKE_STYLE = re.compile(r"""["'\\@(]""")
"""Characters of a value that could contain a URL if it were parsed like a style."""
_RASTER = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z", re.IGNORECASE)
_ENCODINGS = ("utf-8", "utf8", "us-ascii")
_DOCTYPE: Final = re.compile(
    r"""(\ufeff?(?:<\?xml\s[^<>?]*+\?>)?(?:\s++|<!--(?:[^-]|-(?!-))*+-->)*+)
    (<!DOCTYPE\s++svg(?:\s++PUBLIC
    \s++(["'])-//W3C//DTD\ SVG\ (?:1\.[012](?:\ (?:Basic|Tiny))?|2000[0-9]{4}(?:\ Stylable)?|20010904)//EN\3
    \s++(["'])https?://www\.w3\.org/(?:[A-Za-z0-9._-]+/)+svg[0-9a-z.-]*\.dtd\4)?\s*+>)""",  # noqa: E501
    re.VERBOSE,
)
"""The beginning of a drawing whose document type defines no entities for browsers: it names none,
or it is SVG's own. With other names (those of XHTML and MathML), browsers know all of HTML's
entities, such as ``&colon;``. The parser used here drops these from the text.
"""


class _Refused(Exception):
    """The file must not be read any further, because the rest might have another meaning."""


def svg_faults(data: bytes, most: int = MOST) -> list[str]:
    """Return what is not allowed in an SVG file.

    ``most`` is the number of elements that may be drawn in addition to those in the file.
    """
    reader = _Reader()
    found = [*_read(data, reader.element, reader.text, reader.end), *reader.faults]
    if not found and (fault := reader.drawn.fault(most)):
        found.append(fault)
    if not found and reader.points > pictures.MOST_POINTS:
        found.append(pictures.too_many(reader.points))
    return list(dict.fromkeys(found))


def points_of(data: bytes) -> int:
    """Return the number of pixels of all pictures in a drawing."""
    reader = _Reader()
    list(_read(data, reader.element, reader.text, reader.end))
    return reader.points


def held_faults(data: bytes) -> list[str]:
    """Return what is not allowed in a drawing inside a URL.

    A stylesheet or a page may contain any number of such drawings. So the elements that each one
    may draw are limited to a multiple of the elements in it.
    """
    return svg_faults(data, most=0)


def feed_faults(data: bytes) -> list[str]:
    """Return what is not allowed in any other XML file. Only feeds and sitemaps are allowed."""
    reader = _FeedReader()
    read = list(_read(data, reader.element, reader.text, reader.end))
    return list(dict.fromkeys([*read, *reader.faults]))


class _FeedReader:
    """A checker of the elements of a feed or a sitemap."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._address: list[str] | None = None

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Check an element when it starts."""
        space, _, tag = name.rpartition(" ")
        known = _FEEDS.get(space, {}).get(tag)
        self._address = [] if name in _ADDRESSES else None
        if known is None:
            self.faults.append(f"<{tag[:40]}> is no part of a feed or a sitemap")
            return
        for attribute, value in attributes.items():
            short = attribute.replace(f"{_XML} ", "xml:")
            if short not in known:
                self.faults.append(
                    f"<{tag}> has the attribute '{short[:40]}', which may not stand there"
                )
            elif short in ("href", "uri") and not may_link(value):
                self.faults.append(f"<{tag}> leads to '{value[:60]}'")
            elif short == "type" and tag != "link" and value != "text":
                self.faults.append(f"<{tag}> is '{value[:40]}', and a feed holds plain text alone")
        if tag == "link" and attributes.get("rel", "") not in _LINKED_IN_FEEDS:
            self.faults.append(
                f"<link> is a '{attributes['rel'][:40]}', which a reader of feeds loads"
            )

    def text(self, text: str) -> None:
        """Collect the text of an element."""
        if self._address is not None:
            self._address.append(text)

    def end(self, name: str) -> None:
        """Check a URL when its element ends."""
        if self._address is not None and not may_link(address := "".join(self._address).strip()):
            self.faults.append(f"<{name.rpartition(' ')[2]}> leads to '{address[:60]}'")
        self._address = None


def element_faults(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield what is not allowed in an element of a drawing, in a file or in a page.

    All names are in lower case.
    """
    if tag not in ELEMENTS:
        yield f"<{tag[:40]}> may not stand in a drawing"
    for name, value in attributes.items():
        if name not in ATTRIBUTES and not name.startswith(("aria-", "data-")):
            yield f"<{tag[:40]}> has the attribute '{name[:40]}', which may not stand in a drawing"
        elif name in ("href", "xlink:href"):
            if not _may_name(tag, value):
                yield f"<{tag[:40]}> leads to '{value[:60]}'"
            elif tag == "image" and not value.startswith("#"):
                found = pictures.faults(data_of(value) or b"")
                yield from (f"<image> holds a picture, and {fault}" for fault in found)
        elif name in STYLED or (name in ATTRIBUTES - _WORDS and _LIKE_STYLE.search(value)):
            yield from allowed_css.faults(value, addresses=False)


def _may_name(tag: str, address: str) -> bool:
    if tag == "a":
        return may_link(address)
    return address.startswith("#") or (tag == "image" and _RASTER.match(address) is not None)


def root_of(data: bytes) -> dict[str, str]:
    """Return the attributes of a drawing's root element, or none if it cannot be parsed.

    The names are in lower case.
    """
    found: list[dict[str, str]] = []
    for _ in _read(data, lambda _, attributes: found.append(dict(_named(attributes)))):
        return {}
    return found[0] if found else {}


class _Reader:
    """A checker of the elements of an SVG file."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.drawn = DrawingCost()
        self._pictures: set[str] = set()
        self._style: list[str] | None = None
        self._first = True

    @property
    def points(self) -> int:
        """The number of pixels of all pictures in the drawing."""
        return sum(pictures.points_of(data_of(each) or b"") for each in self._pictures)

    def element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Check an element when it starts."""
        space, _, local = name.rpartition(" ")
        tag = local.lower()
        named = dict(_named(attributes))
        self.drawn.begin(tag, named)
        if self._style is not None:
            self.faults.append(f"<{local[:40]}> stands in a <style>, which holds words alone")
        if self._first and (space, tag) != (SVG, "svg"):
            self.faults.append("it does not begin with <svg> in the namespace of SVG")
        self._first = False
        if space.startswith(_NOTES):
            return
        if space != SVG:
            self.faults.append(f"<{local[:40]}> of '{space[:60]}' may not stand in a drawing")
            return
        self._style = [] if tag == "style" and self._style is None else self._style
        self.faults += element_faults(tag, named)
        if tag == "image":
            addresses = (named.get("href", ""), named.get("xlink:href", ""))
            self._pictures.update(each for each in addresses if _RASTER.match(each))

    def text(self, text: str) -> None:
        """Collect the text of an element."""
        self.drawn.text(text)
        if self._style is not None:
            self._style.append(text)

    def end(self, name: str) -> None:
        """Check a stylesheet when its element ends."""
        self.drawn.end()
        if self._style is not None and name.lower() == f"{SVG} style":
            text = "".join(self._style)
            self.faults += allowed_css.faults(text, addresses=False)
            self.drawn.style(text)
            self._style = None


def _named(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the attributes with names in lower case, without those of drawing programs."""
    for name, value in attributes.items():
        space, _, local = name.rpartition(" ")
        if not space:
            yield local.lower(), value
        elif space == _XLINK and local == "href":
            yield "xlink:href", value
        elif space == _XML:
            yield f"xml:{local}", value
        elif space != _XLINK and not space.startswith(_NOTES):
            yield f"{space} {local}", value


def _read(data: bytes, element: object, text: object = None, end: object = None) -> Iterator[str]:
    """Parse a file, and yield why it cannot be parsed to its end."""
    try:
        plain = data.decode("utf-8")
    except UnicodeDecodeError:
        yield "it is not UTF-8"
        return
    if match := _DOCTYPE.match(
        plain
    ):  # without the document type, every entity but XML's own five is an error
        data = (match[1] + re.sub(r"[^\n]", " ", match[2]) + plain[match.end() :]).encode()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = element  # type: ignore[assignment]
    parser.CharacterDataHandler = text  # type: ignore[assignment]
    parser.EndElementHandler = end  # type: ignore[assignment]
    parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = _declared, _doctype
    parser.ProcessingInstructionHandler = _instruction
    try:
        parser.Parse(data, True)
    except (_Refused, expat.ExpatError, ValueError, LookupError) as error:
        yield str(error) if isinstance(error, _Refused) else f"it is not XML: {error}"


def _declared(version: str, encoding: str | None, standalone: int) -> None:  # noqa: ARG001
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise _Refused(f"it says that it is '{encoding[:40]}', and files are UTF-8")


def _doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:  # noqa: ARG001
    if internal:
        raise _Refused("its document type declares entities or attributes of its own")
    raise _Refused(
        "its document type is not SVG's own, and may bring entities that mean something only to"
        " browsers"
    )


def _instruction(target: str, data: str) -> None:  # noqa: ARG001
    raise _Refused(
        f"it has a processing instruction, '{target[:40]}', which may bring a stylesheet that runs"
    )
