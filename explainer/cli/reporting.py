"""Problems for people, programs and pull requests: causes first, and one mistake told once."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final, TextIO

from explainer.common import console
from explainer.common.problems import DEFINITIONS, UNSEEN, Problem, shown

if TYPE_CHECKING:
    from rich.console import Console


# Problems as an editor reads them: causes without what follows from them, and one mistake told
# once.
#
# A record that could not be read is not in the ledger, so whatever names it seems to be wrong as
# well. Such problems go
# away by themselves once the record is mended. They are counted at their cause instead of being
# told.

_QUOTED: Final = re.compile(r"'(?:[a-z]+/)?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?:[:/][^']*|\.md)?'")
"""A name in a message: an id, alone or with a claim's behind it, or the address of its page."""
_WHAT_IS_WRITTEN: Final = frozenset(
    ["bad-value", "missing-key", "unknown-key", "duplicate-id", "duplicate-key", "not-a-list", "not-a-record", "page-head"]
)
"""Rules about the words of a record itself; they never follow from another record."""
_OF_DEFINITIONS: Final = frozenset(["unit", "counts-noun", "formula"])
"""Rules about words that are declared in definitions.yaml."""
_ALL_OF_IT: Final = frozenset(["source-unused", "translation-unused", "uncovered-sentence", "uncovered-number"])
"""Rules that look for what uses something. While any record is missing, what they miss may be used by it."""
_ALIKE: Final = 3
"""So many problems of the same words are each told at their place; more are told once."""


def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in the order of their places, without those that follow from another."""
    return tuple(_causes(sorted(set(problems))))


def _causes(problems: list[Problem]) -> list[Problem]:
    """The problems that do not follow from another; each cause says how many do."""
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


def once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems of the same words at many places as one, at the first of them, for people who read them in a row."""
    groups: dict[tuple[str, str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.rule, problem.message, problem.hint, problem.severity), []).append(problem)
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


# Problems for people, for programs and for pull requests.

FORMATS = ("text", "json", "github")
_WARNINGS = 20
"""So many are printed as text, so that they do not drown what stops the build."""


def report(problems: Sequence[Problem], style: str, out: TextIO, remarks: Sequence[str] = (), moves: Sequence[str] = ()) -> None:
    """Print problems, all of them, and what else an editor should know, in one of the ``FORMATS``.

    ``moves`` are the lines of what changes move; as text they go to standard output, whatever ``out`` is.
    """
    problems = told(problems)
    match style:
        case "json":
            found = {"problems": [_as_record(problem) for problem in problems], "remarks": list(remarks)}
            console.write(json_shown(found | ({"moves": list(moves)} if moves else {})) + "\n", out)
        case "github":
            notices = [f"::notice::{_escaped(shown(remark))}" for remark in remarks]
            console.commands([*map(_annotation, problems), *notices], out)
            console.lines(moves, out)
        case _:
            console.write(_text(once(problems), out), out)
            console.lines(remarks, out)
            console.lines(moves)


def _as_record(problem: Problem) -> dict[str, object]:
    found = asdict(problem)
    del found["loses"]  # told in its message
    return found


def json_shown(found: object) -> str:
    """A value as JSON in which everything can be seen; a program that reads it gets the same texts."""
    text = json.dumps(found, ensure_ascii=False, indent=1)
    lines = (UNSEEN.sub(lambda match: json.dumps(match.group())[1:-1], line) for line in text.split("\n"))
    return _COMMAND.sub(lambda match: f"\\u{ord(match.group()):04x}", "\n".join(lines))  # only texts have these signs side by side


_COMMAND: Final = re.compile("(?<=:):|(?<=#)#")


def _text(problems: Sequence[Problem], out: TextIO) -> str:
    """Problems in words, in colours where ``out`` is a terminal."""
    if not problems:
        return ""
    from rich.console import Console  # noqa: PLC0415 - a build with nothing to tell need not wait for it

    console = Console(file=out, soft_wrap=True, highlight=False, markup=False)
    with console.capture() as captured:  # the library would end the process where nobody reads what it prints
        _print(console, problems)
    return captured.get()


def _print(console: Console, problems: Sequence[Problem]) -> None:
    from rich.text import Text  # noqa: PLC0415

    warnings = [problem for problem in problems if problem.severity == "warning"]
    for problem in (*warnings[:_WARNINGS], *(problem for problem in problems if problem.severity == "error")):
        warns = problem.severity == "warning"
        rule = (f"warning: {problem.rule}", "yellow") if warns else (problem.rule, "red")
        line = Text.assemble((str(problem.place), "bold"), ": ", rule, f": {shown(problem.message)}")
        console.print(line)
        if problem.hint:
            console.print(Text(f"    hint: {shown(problem.hint)}", "dim"))
    if len(warnings) > _WARNINGS:
        console.print(f"and {len(warnings) - _WARNINGS} more warnings: --format json lists them all")
    if errors := sum(1 for problem in problems if problem.severity == "error"):
        beside = f", warnings: {len(problems) - errors}" if len(problems) > errors else ""
        console.print(f"\n{errors} problem{'' if errors == 1 else 's'}{beside}. Nothing was published; the last good site stands.")


def _annotation(problem: Problem) -> str:
    """A workflow command that marks the line in a pull request."""
    message = _escaped(f"{shown(problem.message)}\n{shown(problem.hint)}".strip())
    place, rule = problem.place, _escaped(problem.rule, ",:")
    return f"::{problem.severity} file={_escaped(shown(place.path), ',:')},line={place.line},col={place.column},title={rule}::{message}"


def _escaped(text: str, also: str = "") -> str:
    """Part of a workflow command: it can neither end the command nor begin another."""
    text = console.inert(text)
    for ch in "%\r\n" + also:
        text = text.replace(ch, f"%{ord(ch):02X}")
    return text
