"""Parse the calls in prose: ``{{ fact("books-lent") }}`` with constant arguments only.

The text between the braces is tokenized by Jinja's lexer. Only the tokens of a call are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from jinja2 import Environment, TemplateSyntaxError

from explainer.common.problems import Place, Problems
from explainer.common.suggestions import did_you_mean
from explainer.render.prose.mask import mask_code

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
"""The calls that prose may contain, with the named arguments of each."""
BLOCKS = {"chart", "dispute", "errors", "table", "figures"}
"""The calls that make a block. Each must be on a line of its own."""

_LONGEST = 2000
"""The largest number of characters between the braces of a call."""
_MOST = 200
"""The largest number of problems that are reported for the calls of one page."""
_STRAY = re.compile(
    r"\{%|%\}|\{#(?![\w-]++\s*+[}.])|(?<!\{)\{\{|\}\}"
    rf"|(?:\{{\s?)?(?<![\w.-])(?P<bare>(?:{'|'.join(CALLS)})\([\"'“”‘’„«](?=[^()\n]{{1,200}}\)))"
)
"""Signs of template code, and a call without its braces."""
_LEXER = Environment(autoescape=True)


@dataclass(frozen=True)
class Call:
    """A call: its name and arguments, its place in the file and its offsets in the text."""

    name: str
    args: tuple[str, ...]
    named: dict[str, str] = field(hash=False)
    place: Place
    start: int
    end: int
    made: bool = False
    """Whether the generator added it, because sources disagree about something before it."""


def find_calls(path: str, text: str, problems: Problems) -> list[Call]:
    """Return the calls in the prose. Adds a problem for template code that is not a call."""
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
    for start, message, hint in islice(_strays(plain), _MOST):
        problems.add(place_of(path, text, start), "prose-code", message, hint)
    return found


def _strays(plain: str) -> Iterator[tuple[int, str, str]]:
    """Yield what looks like a call but is not one, in a text whose calls are blanked out.

    Each item has the offset, what is wrong, and a hint.
    """
    read_to = 0
    for match in _STRAY.finditer(plain):
        if match.start() < read_to:
            continue
        sign, code = match.group(), "or put the braces in a code span"
        closing = {"{%": "%}", "{#": "#}"}.get(sign)
        if closing and (end := plain.find(closing, match.end(), match.end() + _LONGEST)) >= 0:
            read_to = end + 2
        if match["bare"]:
            written = plain[match.start("bare") : plain.find(")", match.start()) + 1]
            yield (
                match.start(),
                f"'{written[:60]}' stands without its two braces, and would be printed",
                f"write {{{{ {written[:60]} }}}}",
            )
            read_to = match.start() + len(sign) + len(written)
        elif sign == "{{":
            yield (
                match.start(),
                "'{{' opens a call that no '}}' closes",
                f"write }}}} behind its bracket, {code}",
            )
            rest = plain[match.end() : match.end() + _LONGEST]
            call = _STRAY.match(plain, match.end() + len(rest) - len(rest.lstrip()))
            read_to = call.end() if call else match.end()
        elif sign == "}}":
            yield (
                match.start(),
                "'}}' closes a call that no '{{' opens",
                f"write {{{{ in front of its name, {code}",
            )
        else:
            yield (
                match.start(),
                f"'{sign}' is template code, and prose takes calls only",
                f'write {{{{ fact("…") }}}}, {code}',
            )


def place_of(path: str, text: str, offset: int) -> Place:
    """Return the place of an offset, with its line and column."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(path, text.count("\n", 0, offset) + 1, offset - line_start + 1)


def _braces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each pair of braces ``{{ … }}`` that is not too long."""
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
        said = str(error) if isinstance(error, ValueError) else "it breaks off"
        fault, hint = _fault(written) or (
            said,
            f"a call is a name with words in quotes: {_example(written)}",
        )
        problems.add(
            place, "prose-code", f"'{' '.join(written.split())[:60]}' is not a call: {fault}", hint
        )
        return None
    problem = _unknown(name, args, named)
    if problem:
        problems.add(place, "prose-call", *problem)
        return None
    return Call(name, args, named, place, start, start + len(written))


_CURLY = str.maketrans(dict.fromkeys("“”„«»‟″", '"') | dict.fromkeys("‘’‚‛′", "'"))
"""Translates typographic quotation marks to straight ones, which calls must have."""
_UNQUOTED = re.compile(
    r"(?P<before>[(,]\s*(?:\w+\s*=\s*)?)(?P<word>[^\W\d][\w:-]*|\d[\w-]*)(?=\s*[,)])"
)
"""An argument without quotation marks."""


def _fault(written: str) -> tuple[str, str] | None:
    """Return what is wrong with a call and how to write it, for common mistakes."""
    written = " ".join(written.split())
    straight, inner = written.translate(_CURLY), written[2:-2].strip()
    if straight != written:
        return "its quotation marks are curly", f"write straight ones: {straight[:90]}"
    if written.count('"') % 2 and "'" not in written:
        return (
            'a quotation mark is missing: " stands an odd number of times',
            f"a call is a name with words in quotes: {_example(written)}",
        )
    if inner.count("(") > inner.count(")"):
        return (
            "its bracket is not closed",
            f"write {{{{ {inner[:80]}{')' * (inner.count('(') - inner.count(')'))} }}}}",
        )
    if inner.count("(") < inner.count(")") or not re.match(r"\w+\s*\(", inner):
        return None
    quoted = _UNQUOTED.sub(r'\g<before>"\g<word>"', inner)
    if quoted != inner:
        words = " and ".join(f"'{match['word']}'" for match in islice(_UNQUOTED.finditer(inner), 3))
        return f"{words} must stand in quotation marks", f"write {{{{ {quoted[:90]} }}}}"
    return None


def _example(written: str) -> str:
    """Return a correct example of a call, with the name that was written if it is one of a call."""
    name = next((each for each in re.findall(r"\w+", written) if each in CALLS), "fact")
    return f'{{{{ {name}("books-lent") }}}}'


@lru_cache(maxsize=8192)
def _tokens(call: str) -> tuple[tuple[str, str], ...]:
    """Return the tokens between the braces, from Jinja's lexer."""
    return tuple((kind, value) for _, kind, value in _LEXER.lex(call) if kind != "whitespace")[1:-1]


def _shape(tokens: Sequence[tuple[str, str]]) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """Return the name, arguments and named arguments of ``name("a", key="b")``.

    Raises ``ValueError`` with a message for anything else.
    """
    if (
        len(tokens) < 3
        or tokens[0][0] != "name"
        or tokens[1] != ("operator", "(")
        or tokens[-1] != ("operator", ")")
    ):
        raise ValueError("it must be one name, and brackets behind it")
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
                raise ValueError(
                    f"'{' '.join(value for _, value in group)}' is not a constant word in quotes"
                )
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
        return f"prose cannot call '{name}'", did_you_mean(
            name, CALLS, f"it may call {', '.join(CALLS)}"
        )
    wrong = [key for key in named if key not in CALLS[name]]
    if wrong:
        return f"'{name}' takes no '{wrong[0]}'", did_you_mean(
            wrong[0], CALLS[name], f"it takes {', '.join(CALLS[name]) or 'no named words'}"
        )
    if (len(args) != 1 and name != "figures") or not args:
        second = (
            f', {CALLS[name][0]}="{args[1]:.40}"'
            if len(args) == 2 and "claim" in CALLS[name]
            else ""
        )
        return (
            f"'{name}' takes one id in quotes, not {len(args)}",
            f'write {{{{ {name}("{args[0] if second else "…"}"{second}) }}}}',
        )
    return None
