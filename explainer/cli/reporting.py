"""Prints problems as text, as JSON or as GitHub workflow commands.

Problems that follow from another are only counted at their cause. As text, a mistake with the same
words at many places is printed once.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final, TextIO

from explainer.common import console
from explainer.common.problems import DEFINITIONS, INVISIBLE, Problem, escape_invisible

if TYPE_CHECKING:
    from rich.console import Console


# Causes without the problems that follow from them

_QUOTED: Final = re.compile(r"'(?:[a-z]+/)?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?:[:/][^']*|\.md)?'")
"""A quoted name in a message: an id, an id with a claim's id, or the address of a page."""
_WHAT_IS_WRITTEN: Final = frozenset(
    [
        "bad-value",
        "missing-key",
        "unknown-key",
        "duplicate-id",
        "duplicate-key",
        "not-a-list",
        "not-a-record",
        "page-head",
    ]
)
"""Rules about the text of a record itself; they never follow from another record."""
_OF_DEFINITIONS: Final = frozenset(["unit", "counts-noun", "formula"])
"""Rules about words that are declared in ``seeds/definitions.yaml``."""
_ALL_OF_IT: Final = frozenset(
    ["source-unused", "translation-unused", "uncovered-sentence", "uncovered-number"]
)
"""Rules about things that nothing uses. While a record is missing, it may be their user."""
_ALIKE: Final = 3
"""The most problems with the same words that are printed one by one; more become one."""


def without_consequences(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by place, without those that follow from another."""
    return tuple(_causes(sorted(set(problems))))


def _causes(problems: list[Problem]) -> list[Problem]:
    """Return the problems that follow from no other. Each cause says how many follow from it.

    A record that could not be read is not in the ledger, so everything that names it seems wrong.
    Such problems disappear once the record is mended, so they are counted at their cause instead.
    """
    lost = {name: problem for problem in reversed(problems) for name in problem.loses}
    if not lost:
        return problems
    first = min(lost.values())
    kept, following = list[Problem](), Counter[Problem]()
    for problem in problems:
        cause = first if problem.rule in _ALL_OF_IT else _cause(problem, lost)
        if cause is None or problem.loses:
            kept.append(problem)
        else:
            following[cause] += 1
    return [_with(each, _follow(following[each])) if each in following else each for each in kept]


def _cause(problem: Problem, lost: Mapping[str, Problem]) -> Problem | None:
    if problem.rule in _WHAT_IS_WRITTEN or problem.rule.startswith("yaml-"):
        return None
    if DEFINITIONS in lost and (problem.rule in _OF_DEFINITIONS or DEFINITIONS in problem.message):
        return lost[DEFINITIONS]
    named = (match["id"] for match in _QUOTED.finditer(problem.message))
    return next((lost[name] for name in named if name in lost), None)


def deduplicated(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems with those of the same words joined into one, at the first place."""
    groups: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault(
            (problem.rule, problem.message, problem.hint, problem.severity), []
        ).append(problem)
    return tuple(sorted(each for group in groups.values() for each in _one_of(group)))


def _one_of(group: list[Problem]) -> list[Problem]:
    if len(group) <= _ALIKE:
        return group
    others = ", ".join(str(each.place) for each in group[1:_ALIKE])
    return [_with(group[0], f" (the same at {len(group) - 1:,} more places, among them {others})")]


def _with(problem: Problem, words: str) -> Problem:
    return replace(problem, message=problem.message + words)


def _follow(count: int) -> str:
    return f" ({count:,} more problem{'s' if count > 1 else ''} may follow from it; mend it first)"


# Formats for people, for programs and for pull requests

FORMATS = ("text", "json", "github")
_WARNINGS = 20
"""The most warnings that are printed as text, so that the errors can still be seen."""


def report(
    problems: Sequence[Problem],
    style: str,
    out: TextIO,
    remarks: Sequence[str] = (),
    moves: Sequence[str] = (),
) -> None:
    """Print all problems and remarks in one of the ``FORMATS``.

    ``moves`` are lines about what changes affect. As text they always go to standard output; in the
    other formats they go to ``out``.
    """
    problems = without_consequences(problems)
    match style:
        case "json":
            found = {
                "problems": [_as_record(problem) for problem in problems],
                "remarks": list(remarks),
            }
            console.write(json_shown(found | ({"moves": list(moves)} if moves else {})) + "\n", out)
        case "github":
            notices = [f"::notice::{_escaped(escape_invisible(remark))}" for remark in remarks]
            console.print_workflow_commands([*map(_annotation, problems), *notices], out)
            console.print_lines(moves, out)
        case _:
            console.write(_text(deduplicated(problems), out), out)
            console.print_lines(remarks, out)
            console.print_lines(moves)


def _as_record(problem: Problem) -> dict[str, object]:
    found = asdict(problem)
    del found["loses"]  # its message says it
    return found


def json_shown(found: object) -> str:
    """Return a value as JSON with all invisible characters escaped.

    A program that parses it gets the same texts. The markers that begin GitHub workflow commands
    are escaped too.
    """
    text = json.dumps(found, ensure_ascii=False, indent=1)
    lines = (
        INVISIBLE.sub(lambda match: json.dumps(match.group())[1:-1], line)
        for line in text.split("\n")
    )
    # "::" and "##" occur in JSON only inside of strings.
    return _COMMAND.sub(lambda match: f"\\u{ord(match.group()):04x}", "\n".join(lines))


_COMMAND: Final = re.compile("(?<=:):|(?<=#)#")


def _text(problems: Sequence[Problem], out: TextIO) -> str:
    """Return the problems as text, in colours if ``out`` is a terminal."""
    if not problems:
        return ""
    from rich.console import (  # noqa: PLC0415
        Console,
    )

    console = Console(file=out, soft_wrap=True, highlight=False, markup=False)
    # Rich would end the process if the reader of its output is gone, so it does not print itself.
    with console.capture() as captured:
        _print(console, problems)
    return captured.get()


def _print(console: Console, problems: Sequence[Problem]) -> None:
    from rich.text import Text  # noqa: PLC0415

    warnings = [problem for problem in problems if problem.severity == "warning"]
    for problem in (
        *warnings[:_WARNINGS],
        *(problem for problem in problems if problem.severity == "error"),
    ):
        warns = problem.severity == "warning"
        rule = (f"warning: {problem.rule}", "yellow") if warns else (problem.rule, "red")
        line = Text.assemble(
            (str(problem.place), "bold"), ": ", rule, f": {escape_invisible(problem.message)}"
        )
        console.print(line)
        if problem.hint:
            console.print(Text(f"    hint: {escape_invisible(problem.hint)}", "dim"))
    if len(warnings) > _WARNINGS:
        console.print(
            f"and {len(warnings) - _WARNINGS} more warnings: --format json lists them all"
        )
    if errors := sum(1 for problem in problems if problem.severity == "error"):
        beside = f", warnings: {len(problems) - errors}" if len(problems) > errors else ""
        console.print(
            f"\n{errors} problem{'' if errors == 1 else 's'}{beside}. Nothing was published; the"
            " last good site stands."
        )


def _annotation(problem: Problem) -> str:
    """Return a workflow command that marks the line of a problem in a pull request."""
    message = _escaped(
        f"{escape_invisible(problem.message)}\n{escape_invisible(problem.hint)}".strip()
    )
    place, rule = problem.place, _escaped(problem.rule, ",:")
    return (
        f"::{problem.severity}"
        f" file={_escaped(escape_invisible(place.path), ',:')},line={place.line},col={place.column},title={rule}::{message}"  # noqa: E501
    )


def _escaped(text: str, also: str = "") -> str:
    """Return a text escaped for a workflow command, so that it neither ends it nor begins another.

    ``also`` are further characters to escape.
    """
    text = console.escape_workflow_commands(text)
    for ch in "%\r\n" + also:
        text = text.replace(ch, f"%{ord(ch):02X}")
    return text
