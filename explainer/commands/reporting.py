"""Problems for people, for programs and for pull requests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TextIO

from explainer.problems import UNSEEN, Problem, shown

FORMATS = ("text", "json", "github")
_WARNINGS = 20
"""So many are printed as text, so that they do not drown what stops the build."""


def report(problems: Sequence[Problem], style: str, out: TextIO, remarks: Sequence[str] = ()) -> None:
    """Print problems, all of them, and what else an editor should know, in one of the ``FORMATS``."""
    match style:
        case "json":
            found = {"problems": [asdict(problem) for problem in problems], "remarks": list(remarks)}
            out.write(json_shown(found) + "\n")
        case "github":
            out.writelines(_annotation(problem) + "\n" for problem in problems)
            out.writelines(f"::notice::{_escaped(shown(remark))}\n" for remark in remarks)
        case _:
            _text(problems, out)
            out.writelines(shown(remark) + "\n" for remark in remarks)


def json_shown(found: object) -> str:
    """A value as JSON in which everything can be seen; a program that reads it gets the same texts."""
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return "\n".join(UNSEEN.sub(lambda match: json.dumps(match.group())[1:-1], line) for line in text.split("\n"))


def _text(problems: Sequence[Problem], out: TextIO) -> None:
    if not problems:
        return
    from rich.console import Console  # noqa: PLC0415 - a build with nothing to tell need not wait for it
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=out, soft_wrap=True, highlight=False, markup=False)
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
