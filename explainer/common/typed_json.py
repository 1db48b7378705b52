"""Store values of this project's own types as JSON, so that one build can reuse another's work.

JSON has no tuples, dates or records. Such a value is written as an object with one key. The key is
"!" and the name of the type: ``{"!tuple": [1, 2]}``, ``{"!date": "2025-07-08"}``,
``{"!Quantity": ["exact", …]}``.

Reading is safe for bytes from anyone. It only fills in the fields of types that are registered with
``stored`` or ``store``. It runs no ``__init__`` method of a dataclass, opens no file and runs no
code from the data.
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
"""For each type, the function that turns a value into something JSON has."""
_readers: dict[str, Callable[[Any], Any]] = {}
"""For each tag ("!" and the type's name), the function that makes the value again."""


class NotStorable(TypeError):
    """A value contains something of a type that is not registered."""


def register_dataclass(kind: T) -> T:
    """Register a dataclass, as a decorator. Only the values of its fields are stored."""
    assert is_dataclass(kind), f"{kind.__name__} is no dataclass"
    names = tuple(each.name for each in fields(kind))

    def write(value: Any) -> list[Any]:
        return [_plain(getattr(value, name)) for name in names]

    def read(values: list[Any]) -> Any:
        found = kind.__new__(kind)
        for name, value in zip(names, values, strict=True):
            object.__setattr__(found, name, value)  # it may be frozen
        return found

    register(kind, write, read)
    return kind


def register(kind: type, write: Callable[[Any], Any], read: Callable[[Any], Any]) -> None:
    """Register a type with the functions that write and read its values.

    ``write`` turns a value into something JSON has, and ``read`` turns that back into a value.
    ``read`` may be given any JSON value. It may raise an error, but must have no side effects.
    """
    tag = f"!{kind.__name__}"
    assert tag not in _readers, f"two types are called {kind.__name__}"
    _writers[kind] = lambda value: {tag: write(value)}
    _readers[tag] = read


def to_plain(value: object) -> Any:
    """Return a value in a form JSON can hold, for use in the ``write`` function of another type.

    Raises ``NotStorable`` if the value contains an unregistered type.
    """
    return _plain(value)


def to_json(value: object) -> bytes:
    """Return a value as JSON bytes. Raises ``NotStorable`` if it contains an unregistered type."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def from_json(data: bytes) -> Any:
    """Return the value that ``to_json`` wrote. Raises ``ValueError`` for any other bytes."""
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
        raise NotStorable(
            f"a {kind.__module__}.{kind.__qualname__} is not kept between builds; see"
            " explainer/common/typed_json.py"
        )
    return _writers[kind](value)


def _plain_mapping(value: dict[Any, Any]) -> Any:
    """Return a JSON object, or a list of pairs if an object would not be read back unchanged."""
    only_names = all(type(key) is str for key in value)
    if only_names and not (len(value) == 1 and next(iter(value)).startswith("!")):
        return {key: _plain(each) for key, each in value.items()}
    return {"!dict": [[_plain(key), _plain(each)] for key, each in value.items()]}


def _made(found: dict[str, Any]) -> Any:
    """Return the value that a JSON object represents."""
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
    """Return the items in an order that is the same in every process. Sets have no fixed order."""
    return sorted(_items(value), key=repr)


def _text_or_base64(value: bytes) -> str | list[str]:
    """Return UTF-8 bytes as text, and other bytes as a list with one Base64 text."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return [base64.b64encode(value).decode()]


_readers["!dict"] = dict
register(tuple, _items, tuple)
register(set, _sorted_items, set)
register(frozenset, _sorted_items, frozenset)
register(dt.datetime, dt.datetime.isoformat, dt.datetime.fromisoformat)
register(dt.date, dt.date.isoformat, dt.date.fromisoformat)
register(Decimal, str, Decimal)
register(Fraction, str, Fraction)
register(Markup, str, Markup)
register(
    bytes,
    _text_or_base64,
    lambda told: told.encode() if type(told) is str else base64.b64decode(*told),
)
