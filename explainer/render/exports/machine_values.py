"""Values for programs: JSON text, and numbers that are written alike in every JSON and CSV file.

A number is written with all its digits and without an exponent. A whole number has no decimal
point. JSON sets no limit to digits, but programs that read numbers as doubles round those with
more than 15. Records therefore hold the amount as text too, in ``value``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Annotated

from pydantic import WithJsonSchema

from explainer.publish.direction import without_isolates

Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""The type of a number in a published record."""


def format_number(number: Decimal | float) -> str:
    """Return a number in digits: "9800" for 9800.0, "0.00001", "0.3", and "0" for -0.

    A float becomes the shortest decimal that reads back as the same float. Raises ``ValueError``
    if the number is not finite.
    """
    exact = number if isinstance(number, Decimal) else Decimal(str(number))
    if not exact.is_finite():
        raise ValueError(f"{number} is no number that can be written")
    digits = f"{exact:f}"
    if "." in digits:
        digits = digits.rstrip("0").removesuffix(".")
    return "0" if digits == "-0" else digits


def dump_json(value: object, indent: int | None = 1, *, keeps_marks: bool = False) -> str:
    """Return a value as JSON: mappings, lists, tuples, text, numbers, booleans and ``None``.

    Python's own ``json`` writes small numbers with exponents, and cannot write a ``Decimal``.

    Args:
        value: What to write. Raises ``TypeError`` for any other type within it.
        indent: Blanks per level; with ``None`` everything is on one line.
        keeps_marks: Whether direction marks stay in text, as a script needs that shows it to
            readers. Otherwise they are removed.
    """
    text = "".join(_pieces(value, indent, "\n"))
    return text if keeps_marks else without_isolates(text)


def _pieces(value: object, indent: int | None, line: str) -> Iterator[str]:
    """Yield the JSON of a value in pieces. ``line`` is a line feed and the value's indentation."""
    match value:
        case str():
            yield encode_basestring(value)
        case None | bool():
            yield {None: "null", True: "true", False: "false"}[value]
        case int():
            yield str(int(value))
        case float() | Decimal():
            yield format_number(value)
        case Mapping():
            yield from _listed(
                "{}",
                ((f"{encode_basestring(key)}: ", item) for key, item in value.items()),
                indent,
                line,
            )
        case list() | tuple():
            yield from _listed("[]", (("", item) for item in value), indent, line)
        case _:
            raise TypeError(f"{type(value).__name__} has no form in JSON")


def _listed(
    brackets: str, members: Iterator[tuple[str, object]], indent: int | None, line: str
) -> Iterator[str]:
    """Yield the JSON of a mapping or list. Each member is the text before it, and its value."""
    inner = "" if indent is None else line + " " * indent
    between, start = (", " if indent is None else ","), brackets[0]
    for head, member in members:
        yield start + inner + head
        yield from _pieces(member, indent, inner)
        start = between
    yield brackets if start == brackets[0] else ("" if indent is None else line) + brackets[1]
