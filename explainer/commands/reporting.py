"""Problems for people, for programs and for pull requests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, TextIO

from explainer import saying
from explainer.commands.causes import once, told
from explainer.problems import UNSEEN, Problem, shown

if TYPE_CHECKING:
    from rich.console import Console

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
            saying.write(json_shown(found | ({"moves": list(moves)} if moves else {})) + "\n", out)
        case "github":
            notices = [f"::notice::{_escaped(shown(remark))}" for remark in remarks]
            saying.lines([*map(_annotation, problems), *notices, *map(_no_command, moves)], out)
        case _:
            saying.write(_text(once(problems), out), out)
            saying.lines(remarks, out)
            saying.lines(moves)


def _as_record(problem: Problem) -> dict[str, object]:
    found = asdict(problem)
    del found["loses"]  # told in its message
    return found


def json_shown(found: object) -> str:
    """A value as JSON in which everything can be seen; a program that reads it gets the same texts."""
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return "\n".join(UNSEEN.sub(lambda match: json.dumps(match.group())[1:-1], line) for line in text.split("\n"))


def _no_command(line: str) -> str:
    """A line that a workflow prints and does not obey."""
    return f" {line}" if line.lstrip().startswith(("::", "##[")) else line


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
    for ch in "%\r\n" + also:
        text = text.replace(ch, f"%{ord(ch):02X}")
    return text
