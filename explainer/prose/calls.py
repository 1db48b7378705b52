"""Calls in prose: ``{{ fact("books-lent") }}`` with constant arguments, and nothing else.

What stands between the braces goes through Jinja's own lexer and is held to an allow-list over its tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from jinja2 import Environment, TemplateSyntaxError

from explainer.problems import Place, Problems
from explainer.prose.mask import mask_code
from explainer.suggesting import did_you_mean

CALLS: dict[str, tuple[str, ...]] = {
    "fact": ("claim", "show"),
    "chart": (),
    "cite": ("claim",),
    "dispute": ("chart",),
    "errors": (),
    "figures": (),
    "term": ("show",),
    "table": ("only",),
    "number": ("why",),
    "word": ("why",),
    "count": (),
}
"""What prose may call, and with which named arguments."""
BLOCKS = {"chart", "dispute", "errors", "table", "figures"}
"""Calls that make a block, and so stand on a line of their own."""

_LONGEST = 2000
"""Characters between the braces of a call."""
_MOST = 200
"""Problems that are told of the calls of one page."""
_STRAY = re.compile(r"\{%|%\}|\{#(?![\w-]++\s*+[}.])|(?<!\{)\{\{|\}\}")
_LEXER = Environment(autoescape=True)


@dataclass(frozen=True)
class Call:
    """One call: its name and arguments, and where it stands in the file and in its text."""

    name: str
    args: tuple[str, ...]
    named: dict[str, str] = field(hash=False)
    place: Place
    start: int
    end: int
    made: bool = False
    """Whether the generator put it there, since sources disagree on what stands before it."""


def find_calls(path: str, text: str, problems: Problems) -> list[Call]:
    """Every call in the prose; whatever looks like template code and is not a call is a problem."""
    masked = mask_code(text)
    found, pieces, position, before = list[Call](), list[str](), 0, problems.told
    for start, end in _braces(masked):
        if problems.told - before >= _MOST:
            return found
        pieces += [masked[position:start], " " * (end - start)]
        position = end
        call = _parse(masked[start:end], start, place_of(path, text, start), problems)
        if call is not None:
            found.append(call)
    plain = "".join([*pieces, masked[position:]])
    for match in islice(_STRAY.finditer(plain), _MOST):
        message = f"'{match.group()}' is template code, and prose takes calls only"
        hint = 'write {{ fact("…") }}, or put the braces in a code span'
        problems.add(place_of(path, text, match.start()), "prose-code", message, hint)
    return found


def place_of(path: str, text: str, offset: int) -> Place:
    """The line and column of an offset."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(path, text.count("\n", 0, offset) + 1, offset - line_start + 1)


def _braces(text: str) -> Iterator[tuple[int, int]]:
    """Each stretch between two braces that open and the next two that close, where these are near enough."""
    start = text.find("{{")
    end = text.find("}}", start + 2)
    while start >= 0 and end >= 0:
        if end - start - 2 > _LONGEST:
            start = text.find("{{", start + 1)
        else:
            yield start, end + 2
            start = text.find("{{", end + 2)
        if 0 <= end < start + 2:
            end = text.find("}}", start + 2)


def _parse(written: str, start: int, place: Place, problems: Problems) -> Call | None:
    try:
        name, args, named = _shape(_tokens(written))
    except (TemplateSyntaxError, ValueError) as error:
        hint = 'a call is a name with constant words: {{ fact("books-lent") }}'
        problems.add(place, "prose-code", f"'{written[:60]}' is not a call: {error}", hint)
        return None
    problem = _unknown(name, args, named)
    if problem:
        problems.add(place, "prose-call", *problem)
        return None
    return Call(name, args, named, place, start, start + len(written))


@lru_cache(maxsize=8192)
def _tokens(call: str) -> tuple[tuple[str, str], ...]:
    """What stands between the braces, by Jinja's lexer."""
    return tuple((kind, value) for _, kind, value in _LEXER.lex(call) if kind != "whitespace")[1:-1]


def _shape(tokens: Sequence[tuple[str, str]]) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """``name("a", key="b")`` and nothing else; raises ``ValueError`` with what was met instead."""
    if len(tokens) < 3 or tokens[0][0] != "name" or tokens[1] != ("operator", "(") or tokens[-1] != ("operator", ")"):
        raise ValueError("it must be one name with brackets")
    args: list[str] = []
    named: dict[str, str] = {}
    for group in _split(tokens[2:-1]):
        match group:
            case [("string", value)]:
                if named:
                    raise ValueError("plain words stand before named ones")
                args.append(value[1:-1])
            case [("name", key), ("operator", "="), ("string", value)] if key not in named:
                named[key] = value[1:-1]
            case _:
                raise ValueError(f"'{' '.join(value for _, value in group)}' is not a constant word in quotes")
    return tokens[0][1], tuple(args), named


def _split(tokens: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    group: list[tuple[str, str]] = []
    for token in tokens:
        if token == ("operator", ","):
            yield group
            group = []
        else:
            group.append(token)
    if group or tokens:
        yield group


def _unknown(name: str, args: tuple[str, ...], named: dict[str, str]) -> tuple[str, str] | None:
    if name not in CALLS:
        return f"prose cannot call '{name}'", did_you_mean(name, CALLS, f"it may call {', '.join(CALLS)}")
    wrong = [key for key in named if key not in CALLS[name]]
    if wrong:
        return f"'{name}' takes no '{wrong[0]}'", f"it takes {', '.join(CALLS[name]) or 'no named words'}"
    if (len(args) != 1 and name != "figures") or not args:
        return f"'{name}' takes one id in quotes, not {len(args)}", f'write {{{{ {name}("…") }}}}'
    return None
