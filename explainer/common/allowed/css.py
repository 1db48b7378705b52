"""Check stylesheets. They may load only files of the site and data in themselves, and import
nothing.

A stylesheet is split into tokens by tinycss2 in the way browsers do it, so comments and escapes
cannot hide anything. Every URL and every string is checked in the same way wherever it is, because
browsers load from more places than ``url()``, and from new ones each year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import tinycss2

from explainer.common.allowed import pictures
from explainer.common.allowed.addresses import data_of, is_drawing, is_picture, is_within

_FONT = re.compile(r"data:(?:font/|application/(?:x-)?font-)", re.IGNORECASE)
_TEXTS: Final = frozenset(
    {
        "content",
        "quotes",
        "font",
        "font-family",
        "font-feature-settings",
        "font-variation-settings",
        "hyphenate-character",
    }
    | {
        "-inkscape-font-specification",
        "list-style-type",
        "text-emphasis",
        "text-emphasis-style",
        "text-overflow",
    }
    | {"grid-template", "grid-template-areas"}
)
"""Properties whose strings are shown or compared, and never loaded."""
_OF_TEXTS: Final = frozenset({"counter", "counters", "format", "lang", "local", "symbols", "tech"})
"""Functions whose strings are shown or compared. They are never loaded, unless the function is
inside one that loads.
"""
_HANDING_ON: Final = frozenset({"attr", "var"})
"""Functions that pass a string on to the property they are used in."""
_HARMLESS: Final = _OF_TEXTS | _HANDING_ON | frozenset({"calc", "clamp", "max", "min"})
_AT_RULES: Final = frozenset(
    {
        "charset",
        "container",
        "counter-style",
        "font-face",
        "font-feature-values",
        "keyframes",
        "layer",
        "media",
        "namespace",
        "page",
    }
    | {
        "position-try",
        "property",
        "scope",
        "starting-style",
        "supports",
        "view-transition",
        "annotation",
        "character-variant",
    }
    | {
        "ornaments",
        "styleset",
        "stylistic",
        "swash",
        "viewport",
        "document",
        "color-profile",
        "font-palette-values",
    }
    | {
        f"{row}-{place}"
        for row in ("top", "bottom")
        for place in ("left-corner", "left", "center", "right", "right-corner")
    }
    | {f"{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")}
)
"""At-rules that are known not to define functions. A function could pass a string on to a place
where it is loaded.
"""
_LABEL = re.compile(r"[^:/\\]*:\s*")
"""Text that ends with a colon, such as "Source: ". As a URL it leads nowhere."""
_SCRIPTED: Final = frozenset({"behavior", "-ms-behavior", "-moz-binding"})
_CHARSET = re.compile(r'@charset "(?!utf-8")', re.IGNORECASE)
_BRACKETS: Final = re.compile(
    r"""/\*.*?(?:\*/|\Z)|\\.
    | "(?:[^"\\\n\r\f]|\\.)*+"? | '(?:[^'\\\n\r\f]|\\.)*+'?
    | (?<![\w\\-])url\(\s*+(?!["'])(?:[^)\\]|\\.)*+\)?
    | (?P<opening>[({\[]) | (?P<closing>[)}\]])""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
"""Brackets, and the strings, comments and URLs in which brackets have no meaning."""
_CLOSING: Final = {"(": ")", "{": "}", "[": "]"}
_LONG_NUMBER: Final = re.compile(r"(?<![0-9])[0-9]{1001}")
_DEEPEST: Final = 100
"""The most brackets that may be nested."""
_TOO_DEEP: Final = f"the style has more than {_DEEPEST} brackets one in the other"


DrawingFaults = Callable[[bytes], Sequence[str]]
"""A function that returns what is wrong with an SVG drawing inside a URL."""


@lru_cache(maxsize=256)
def faults(
    css: str, *, addresses: bool = True, in_drawing: DrawingFaults | None = None
) -> tuple[str, ...]:
    """Return what is not allowed in a stylesheet, or in an attribute that is parsed as a style.

    Without ``addresses``, it may only refer to parts of its own document (``url(#arrow)``) and
    contain pictures. It may contain drawings only if ``in_drawing`` is given, which checks them.
    """
    held = list(dict.fromkeys(_faults(css, addresses=addresses, in_drawing=in_drawing)))
    return tuple(held or _faults_of_pictures(css))


def addresses_in(css: str) -> Iterator[str]:
    """Yield every URL in a stylesheet, and every string that could be one.

    Yields nothing if the stylesheet cannot be parsed.
    """
    if nesting_fault(css):
        return
    ahead = list(tinycss2.parse_component_value_list(css))
    while ahead:
        token = ahead.pop()
        if token.type in ("url", "string"):
            yield token.value
        ahead.extend(getattr(token, "arguments", None) or getattr(token, "content", None) or ())


def nesting_fault(css: str) -> str | None:
    """Return why a style cannot be parsed, or ``None`` if it can."""
    if _LONG_NUMBER.search(css):
        return "the style has a number of more than a thousand digits"
    if _is_deep(css):
        return _TOO_DEEP
    return None


def _faults_of_pictures(css: str) -> list[str]:
    """Return a fault if the pictures in a stylesheet have too many pixels together.

    The size of each one is checked elsewhere.
    """
    if "data:" not in css.lower() and "\\" not in css:
        return []
    held = {each for each in addresses_in(css) if is_picture(each) and not is_drawing(each)}
    points = sum(pictures.points_of(data_of(each) or b"") for each in held)
    return [pictures.too_many(points)] if points > pictures.MOST_POINTS else []


def _faults(css: str, *, addresses: bool, in_drawing: DrawingFaults | None) -> Iterator[str]:
    if "</style" in css.lower():
        yield "the style holds an end of the stylesheet"
    if _CHARSET.match(css):
        yield "the style says that it is in another encoding, and files are UTF-8"
    if fault := nesting_fault(css):
        yield fault
        return
    tokens: Sequence[Any] = tinycss2.parse_component_value_list(css)
    if _holds_deep(tokens):
        yield _TOO_DEEP
        return
    places: list[tuple[Iterator[Any], tuple[str, ...]]] = [(_placed(tokens, top=True), ())]
    while places:
        inside, around = places[-1]
        found = next(inside, None)
        if found is None:
            places.pop()
            continue
        token, property_ = found
        yield from _in_token(token, property_, around, addresses=addresses)
        if token.type in ("url", "string") and is_picture(token.value):
            yield from _in_picture(token.value, in_drawing)
        content = getattr(token, "arguments", None) or getattr(token, "content", None)
        if token.type == "function":
            places.append((_placed(content or (), property_), (*around, token.lower_name)))
        elif token.type.endswith("block"):
            argument = token.type == "() block" or bool(
                around
            )  # a block of braces may be a function's argument
            kept, given = (around, property_) if argument else ((), "")
            named = (*around, "[]") if token.type == "[] block" else kept
            places.append((_placed(content or (), given), named))


def _is_deep(css: str) -> bool:
    """Return whether brackets are nested deeper than in any real stylesheet.

    A bracket closes only its own kind. Brackets in strings, comments and URLs do not count.
    """
    open_: list[str] = []
    for match in _BRACKETS.finditer(css):
        sign = match.group()[-1:]
        if match.lastgroup == "opening":
            open_.append(_CLOSING[sign])
            if len(open_) > _DEEPEST:
                return True
        elif match.lastgroup == "closing" and open_ and open_[-1] == sign:
            open_.pop()
    return False


def _holds_deep(tokens: Sequence[Any]) -> bool:
    """Return whether parsed tokens are nested too deep.

    ``_is_deep`` can miss this: an escaped name can begin a URL in which quotes have no meaning.
    """
    ahead = [(tokens, 0)]
    while ahead:
        held, depth = ahead.pop()
        if depth > _DEEPEST:
            return True
        inside = (
            getattr(each, "arguments", None) or getattr(each, "content", None) for each in held
        )
        ahead.extend((each, depth + 1) for each in inside if each)
    return False


def _in_picture(address: str, in_drawing: DrawingFaults | None) -> Iterator[str]:
    """Yield what is wrong with a picture in a style."""
    data = data_of(address)
    if data is None:
        yield f"the style holds a picture that cannot be read: '{_shown(address)}'"
    elif not is_drawing(address):
        yield from (f"the style holds a picture, and {fault}" for fault in pictures.faults(data))
    elif in_drawing is None:
        yield f"the style holds a drawing, and nobody looks into it there: '{_shown(address)}'"
    else:
        yield from (f"the style holds a drawing, and in it {fault}" for fault in in_drawing(data))


def _placed(
    tokens: Sequence[Any], given: str = "", *, top: bool = False
) -> Iterator[tuple[Any, str]]:
    """Yield each token with the property whose value it is in, or with an empty string.

    ``given`` is the property if its value began outside these tokens. At the ``top`` of a
    stylesheet, the names of namespaces are left out. They look like URLs, but nothing is loaded
    from them.
    """
    property_, before, naming = given, "", False
    fresh = not given
    for token in tokens:
        kind = token.type
        if kind in ("whitespace", "comment"):
            continue
        sign = token.value if kind == "literal" else ""
        naming = naming and sign != ";" and kind != "{} block"
        if sign == ";" or (kind == "{} block" and not property_.startswith("--")):
            property_, before, fresh = "", "", True
            yield token, property_
            continue
        if kind == "at-keyword" and top and token.lower_value == "namespace":
            naming, fresh = True, False
        elif fresh and kind == "ident" and not before:
            # custom properties keep their capitals elsewhere, but case makes no difference here
            before = token.lower_value
        elif fresh and before and sign == ":":
            property_, fresh = before, False
        else:
            fresh = False
        if not (
            naming
            and (kind in ("string", "url") or (kind == "function" and token.lower_name == "url"))
        ):
            yield token, property_


def _in_token(
    token: Any, property_: str, around: tuple[str, ...], *, addresses: bool
) -> Iterator[str]:
    """Yield what is wrong with a token. ``around`` are the names of the functions around it."""
    kind = token.type
    if kind == "error":
        yield f"the style cannot be read: {token.message}"
    elif kind == "url" or (kind == "string" and around[-1:] == ("url",)):
        if not _may_load(token.value, addresses=addresses):
            yield f"the style asks for '{_shown(token.value)}'"
    elif kind == "string":
        within = _may_load(
            token.value, addresses=addresses or not _loads(around)
        ) or _LABEL.fullmatch(token.value)
        if not _is_text(property_, around) and not within:
            yield f"the style asks for '{_shown(token.value)}'"
    elif (
        kind == "at-keyword"
        and token.lower_value.removeprefix("-webkit-").removeprefix("-moz-").removeprefix("-ms-")
        not in _AT_RULES
    ):
        yield f"the style holds an @{_shown(token.value)}"
    elif kind == "literal" and token.value in ("<!--", "-->"):
        yield "the style holds an end of the stylesheet"
    elif (
        kind == "ident"
        and token.lower_value in _SCRIPTED
        and (token.lower_value == property_ or not property_)
    ):
        yield "the style holds a script"
    elif kind == "function":
        yield from _in_function(token.lower_name, property_, around)


def _in_function(name: str, property_: str, around: tuple[str, ...]) -> Iterator[str]:
    if name in ("expression", "progid"):
        yield "the style holds a script"
    elif name == "attr" and (property_.startswith("--") or not _HARMLESS.issuperset(around)):
        yield "the style may ask for what an attribute says"
    elif name.startswith("--"):
        yield f"the style calls a function of its own, '{_shown(name)}'"


def _loads(around: tuple[str, ...]) -> bool:
    """Return whether one of the functions uses a string as a URL."""
    return any(name in ("src", "image") or name.endswith("image-set") for name in around)


def _is_text(property_: str, around: tuple[str, ...]) -> bool:
    """Return whether strings are text here and are not loaded.

    They are text in a property or function that shows them, and in the brackets of a selector.
    """
    if "[]" in around:
        return True
    if around:
        handed_on = _HANDING_ON.isdisjoint(around) or property_ in _TEXTS
        return (
            handed_on
            and not property_.startswith("--")
            and (_OF_TEXTS | _HANDING_ON).issuperset(around)
        )
    return property_ in _TEXTS


def _may_load(address: str, *, addresses: bool) -> bool:
    """Return whether a URL is allowed: a part of the document, a picture in the URL itself or, with
    ``addresses``, a font in the URL itself or a file of the site.
    """
    if address.startswith("#") or is_picture(address):
        return True
    return addresses and (is_within(address) or _FONT.match(address) is not None)


def _shown(address: str) -> str:
    return " ".join(address.split())[:60]
