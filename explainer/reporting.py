"""Problems for people, for programs and for pull requests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TextIO

from rich.console import Console
from rich.text import Text

from explainer.problems import Problem

FORMATS = ("text", "json", "github")


def report(problems: Sequence[Problem], style: str, out: TextIO, remarks: Sequence[str] = ()) -> None:
    """Print problems, all of them, and what else an editor should know, in one of the ``FORMATS``."""
    match style:
        case "json":
            found = {"problems": [asdict(problem) for problem in problems], "remarks": list(remarks)}
            out.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        case "github":
            out.writelines(_annotation(problem) + "\n" for problem in problems)
            out.writelines(f"::notice::{_escaped(remark)}\n" for remark in remarks)
        case _:
            _text(problems, out)
            out.writelines(remark + "\n" for remark in remarks)


def _text(problems: Sequence[Problem], out: TextIO) -> None:
    console = Console(file=out, soft_wrap=True, highlight=False, markup=False)
    for problem in problems:
        line = Text.assemble((str(problem.place), "bold"), ": ", (problem.rule, "red"), f": {problem.message}")
        console.print(line)
        if problem.hint:
            console.print(Text(f"    hint: {problem.hint}", "dim"))
    if problems:
        console.print(f"\n{len(problems)} problem{'' if len(problems) == 1 else 's'}. Nothing was published; the last good site stands.")


def _annotation(problem: Problem) -> str:
    """A workflow command that marks the line in a pull request."""
    message = _escaped(f"{problem.message}\n{problem.hint}".strip())
    place = problem.place
    return f"::error file={_escaped(place.path, ',:')},line={place.line},col={place.column},title={_escaped(problem.rule, ',:')}::{message}"


def _escaped(text: str, also: str = "") -> str:
    for ch in "%\r\n" + also:
        text = text.replace(ch, f"%{ord(ch):02X}")
    return text
