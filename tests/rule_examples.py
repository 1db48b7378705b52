"""The examples at the end of docs/rules.md, written from the cases that say ``=== example``. Run it to write them anew."""

from __future__ import annotations

from case_files import Case, cases
from support import ROOT

DOC = ROOT / "docs" / "rules.md"
HEAD = "## Examples\n"


def examples() -> dict[str, list[Case]]:
    """The cases that are shown, by the rule whose folder they stand in."""
    found: dict[str, list[Case]] = {}
    for case in cases("negative"):
        found.setdefault(case.path.parent.name, [])
        if case.example is not None:
            found[case.path.parent.name].append(case)
    return found


def documented(text: str) -> str:
    """The document with its examples as the cases have them."""
    written = "".join(
        _written(rule, shown[0]) for rule, shown in sorted(examples().items()) if shown
    )
    note = "For each rule, what it refuses (−) and what it takes in its place (+), or that the same without it is taken.\n"
    note += "Written by `tests/rule_examples.py` from the cases in `tests/cases/negative/`; the tests run both.\n"
    return f"{text.partition(HEAD)[0].rstrip()}\n\n{HEAD}\n{note}{written}"


def _written(rule: str, case: Case) -> str:
    verb, path, text = case.shown
    old, _, new = text.partition("\n--- with\n") if verb == "replace" else ("", "", text)
    lines = [*_marked("-", new), *_marked("+", case.example or old)]
    body = (
        "```diff\n" + "\n".join(lines) + "\n```\n"
        if lines
        else f"Refused where {'it is gone' if verb == 'remove' else 'it is empty'}.\n"
    )
    return f"\n### `{rule}`\n\n{case.claim} In `{path}`:\n\n{body}"


def _marked(mark: str, text: str) -> list[str]:
    """The lines of a piece of a file, as a difference marks them; long lines and long pieces are cut."""
    lines = [
        line if len(line) <= 136 else line[:135] + "…"
        for line in text.strip("\n").split("\n")
        if text.strip()
    ]
    return [
        f"{mark} {line}".rstrip() for line in (lines if len(lines) <= 12 else [*lines[:12], "…"])
    ]


if __name__ == "__main__":
    DOC.write_text(documented(DOC.read_text(encoding="utf-8")), encoding="utf-8")
