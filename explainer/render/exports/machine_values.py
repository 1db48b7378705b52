"""How values are written for machines: JSON, and the numbers of JSON and CSV, which are the same text in every file.

A number is written with all its digits, without an exponent, and as a whole number where it is one. JSON sets no limit to
digits. Programs that read numbers as doubles round those of more than 15 digits; the amount's own text, ``value``, stands beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Annotated

from pydantic import WithJsonSchema

from explainer.publish.direction import unmarked

Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""A field of a published record that is a number."""


def plain(number: Decimal | float) -> str:
    """A number in digits: "9800" for 9800.0, "0.00001", "0.3", and "0" for -0. Raises ``ValueError`` for what is not finite.

    A float is written as the shortest number that stands for it.
    """
    exact = number if isinstance(number, Decimal) else Decimal(str(number))
    if not exact.is_finite():
        raise ValueError(f"{number} is no number that can be written")
    digits = f"{exact:f}"
    if "." in digits:
        digits = digits.rstrip("0").removesuffix(".")
    return "0" if digits == "-0" else digits


def json_text(value: object, indent: int | None = 1, *, keeps_marks: bool = False) -> str:
    """A value as JSON: mappings, lists, texts, numbers, yes, no and nothing. ``indent`` of ``None`` writes one line.

    Python's own writer has exponents for small numbers, and no way to write a ``Decimal``. Texts are without marks of direction unless
    ``keeps_marks``, for what a script shows to readers.
    """
    text = "".join(_pieces(value, indent, "\n"))
    return text if keeps_marks else unmarked(text)


def _pieces(value: object, indent: int | None, line: str) -> Iterator[str]:
    """The text of a value in pieces. ``line`` begins a new line as deep as the value stands."""
    match value:
        case str():
            yield encode_basestring(value)
        case None | bool():
            yield {None: "null", True: "true", False: "false"}[value]
        case int():
            yield str(int(value))
        case float() | Decimal():
            yield plain(value)
        case Mapping():
            yield from _listed("{}", ((f"{encode_basestring(key)}: ", item) for key, item in value.items()), indent, line)
        case list() | tuple():
            yield from _listed("[]", (("", item) for item in value), indent, line)
        case _:
            raise TypeError(f"{type(value).__name__} has no form in JSON")


def _listed(brackets: str, members: Iterator[tuple[str, object]], indent: int | None, line: str) -> Iterator[str]:
    """A mapping's or a list's members, each with what stands before it, between its brackets."""
    inner = "" if indent is None else line + " " * indent
    between, start = (", " if indent is None else ","), brackets[0]
    for head, member in members:
        yield start + inner + head
        yield from _pieces(member, indent, inner)
        start = between
    yield brackets if start == brackets[0] else ("" if indent is None else line) + brackets[1]
