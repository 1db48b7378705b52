"""How grave each rule's problems are, in one place: errors stop the build, warnings are told, and ``--strict`` makes them errors."""

from __future__ import annotations

from typing import Final, Literal

Severity = Literal["error", "warning"]

WARNINGS: Final = frozenset({"history-unchecked", "leave-not-needed", "letter-missing", "source-unused", "starter-left"})
"""The rules whose problems are warnings. Every other rule's are errors."""


def severity_of(rule: str, strict: bool = False) -> Severity:
    """What a rule's problems are in this run."""
    return "warning" if rule in WARNINGS and not strict else "error"
