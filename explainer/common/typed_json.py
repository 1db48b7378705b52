"""Values of this project's own types as JSON, to be kept from one build to the next.

JSON has no tuples, dates or records. Such a value is written as an object with one key, which
begins with "!" and names the type: ``{"!tuple": [1, 2]}``, ``{"!date": "2025-07-08"}``,
``{"!Quantity": ["exact", …]}``. To read one only fills in the fields of a type in the table below:
no constructor is called, nothing is opened or run, whoever wrote the bytes.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeVar

from markupsafe import Markup

T = TypeVar("T", bound=type)

_AS_THEY_ARE: Final = frozenset({str, int, float, bool, type(None)})
_writers: dict[type, Callable[[Any], Any]] = {}
"""How a value of a type becomes something that JSON has."""
_readers: dict[str, Callable[[Any], Any]] = {}
"""How it is made again, by the name of the type."""


class NotStorable(TypeError):
    """A value holds something of a type that is not in the table."""


def stored(kind: T) -> T:
    """Put a dataclass into the table: a decorator. Its fields are kept, and nothing else of it."""
    assert is_dataclass(kind), f"{kind.__name__} is no dataclass"
    names = tuple(each.name for each in fields(kind))

    def write(value: Any) -> list[Any]:
        return [_plain(getattr(value, name)) for name in names]

    def read(values: list[Any]) -> Any:
        found = kind.__new__(kind)
        for name, value in zip(names, values, strict=True):
            object.__setattr__(found, name, value)  # it may be frozen
        return found

    store(kind, write, read)
    return kind


def store(kind: type, write: Callable[[Any], Any], read: Callable[[Any], Any]) -> None:
    """Put a type into the table: ``write`` makes of its value what JSON has, ``read`` the opposite.

    What ``read`` is given may be anything that JSON has; it may raise, and must do nothing else.
    """
    tag = f"!{kind.__name__}"
    assert tag not in _readers, f"two types are called {kind.__name__}"
    _writers[kind] = lambda value: {tag: write(value)}
    _readers[tag] = read


def storable(value: object) -> Any:
    """A value as JSON can hold it, for ``write`` of another. Raises ``NotStorable``."""
    return _plain(value)


def to_json(value: object) -> bytes:
    """A value as bytes. Raises ``NotStorable``."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def from_json(data: bytes) -> Any:
    """The value. Raises ``ValueError`` where the bytes are not what ``to_json`` writes."""
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"), object_hook=_made)
    except (AttributeError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"this is not what a build has kept: {error}") from error


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is list:
        return [_plain(each) for each in value]
    if kind is dict:
        return _plain_mapping(value)
    if kind not in _writers:
        raise NotStorable(f"a {kind.__module__}.{kind.__qualname__} is not kept between builds; see explainer/common/typed_json.py")
    return _writers[kind](value)


def _plain_mapping(value: dict[Any, Any]) -> Any:
    """An object of JSON; where that would not come back as it was, a list of pairs."""
    only_names = all(type(key) is str for key in value)
    if only_names and not (len(value) == 1 and next(iter(value)).startswith("!")):
        return {key: _plain(each) for key, each in value.items()}
    return {"!dict": [[_plain(key), _plain(each)] for key, each in value.items()]}


def _made(found: dict[str, Any]) -> Any:
    """An object of JSON as the value that it stands for."""
    if len(found) == 1:
        ((tag, value),) = found.items()
        if tag.startswith("!"):
            if tag not in _readers:
                raise ValueError(f"'{tag[:40]}' is no type of a value that is kept")
            return _readers[tag](value)
    return found


def _items(value: Any) -> list[Any]:
    return [_plain(each) for each in value]


def _sorted_items(value: Any) -> list[Any]:
    """In an order that does not depend on the process: sets have none of their own."""
    return sorted(_items(value), key=repr)


def _text_or_base64(value: bytes) -> str | list[str]:
    """UTF-8 as it is; other bytes as a list of one text in Base64."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return [base64.b64encode(value).decode()]


_readers["!dict"] = dict
store(tuple, _items, tuple)
store(set, _sorted_items, set)
store(frozenset, _sorted_items, frozenset)
store(dt.datetime, dt.datetime.isoformat, dt.datetime.fromisoformat)
store(dt.date, dt.date.isoformat, dt.date.fromisoformat)
store(Decimal, str, Decimal)
store(Fraction, str, Fraction)
store(Markup, str, Markup)
store(bytes, _text_or_base64, lambda told: told.encode() if type(told) is str else base64.b64decode(*told))
