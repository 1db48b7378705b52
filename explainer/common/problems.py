"""What is wrong, where, and how to mend it: the one form of every message that an editor sees."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Self

from explainer.common.typed_json import store

# How grave each rule's problems are, in one place: errors stop the build, warnings are told, and
# ``--strict`` makes them errors.

Severity = Literal["error", "warning"]

WARNINGS: Final = frozenset({"history-unchecked", "leave-not-needed", "letter-missing", "source-unused", "starter-left"})
"""The rules whose problems are warnings. Every other rule's are errors."""


def severity_of(rule: str, strict: bool = False) -> Severity:
    """What a rule's problems are in this run."""
    return "warning" if rule in WARNINGS and not strict else "error"


# What is wrong, where, and how to mend it: the one vocabulary for every message an editor sees.

DEFINITIONS: Final = "seeds/definitions.yaml"
"""The file of nouns, groups and counting rules, without which no unit is known."""
UNSEEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    r"\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""What a terminal obeys, or shows as nothing or in another order: controls, marks of direction, bytes that are no letters."""


def shown(text: str) -> str:
    """A text on one line of which all can be seen; what cannot stands as an escape, as in a string of Python."""
    return UNSEEN.sub(lambda match: _escape(ord(match.group())), text)


def _escape(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file's name that is not UTF-8, as Python has it
        return f"\\x{code - 0xDC00:02x}"
    named = {9: "\\t", 10: "\\n", 13: "\\r"}
    if code in named:
        return named[code]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file that an author wrote.

    ``path`` is relative to the project, with forward slashes; ``line`` and ``column`` count from one.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}:{self.column}"


class Places(Mapping[str, Place]):
    """Where each key of a mapping stands in its file: ten thousand of these are read at each build, and few are looked into."""

    __slots__ = ("flat", "path")

    def __init__(self, path: str, flat: tuple[str | int, ...]) -> None:
        """``flat`` is each key with its line and its column, one after the other."""
        self.path, self.flat = path, flat

    @classmethod
    def of(cls, places: Mapping[str, Place]) -> Self:
        """From places in one file."""
        path = next((place.path for place in places.values()), "")
        return cls(path, tuple(part for key, place in places.items() for part in (key, place.line, place.column)))

    def __getitem__(self, key: str) -> Place:
        for at in range(0, len(self.flat), 3):
            if self.flat[at] == key:
                return Place(self.path, int(self.flat[at + 1]), int(self.flat[at + 2]))
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return map(str, self.flat[::3])

    def __len__(self) -> int:
        return len(self.flat) // 3


store(Places, lambda value: [value.path, *value.flat], lambda told: Places(told[0], tuple(told[1:])))


@dataclass(frozen=True, order=True)
class Problem:
    """One reason not to publish."""

    place: Place
    """Where the author can mend it."""
    rule: str
    """The rule's id, explained in ``docs/rules.md``."""
    message: str
    """What is wrong with the value, naming it."""
    hint: str = ""
    """What to do about it."""
    severity: Severity = "error"
    """An error stops the build; a warning is told."""
    loses: tuple[str, ...] = ()
    """The ids of the records that cannot be read because of it, and so are missing wherever they are named; ``DEFINITIONS`` for all of
    that file."""

    def __str__(self) -> str:
        tail = f"\n    hint: {shown(self.hint)}" if self.hint else ""
        return f"{self.place}: {'warning: ' if self.severity == 'warning' else ''}{self.rule}: {shown(self.message)}{tail}"


MOST_TOLD: Final = 10_000
"""So many problems of one project are told; nobody mends more at once, and to find and to sort a million takes minutes."""


@dataclass
class Problems:
    """A collector: rules add to it, and nobody stops at the first problem."""

    found: list[Problem] = field(default_factory=list)
    strict: bool = False
    """Whether warnings stop the build as errors do."""
    remarks: list[str] = field(default_factory=list)
    """What an editor should know though it stops nothing: what could not be checked, what is overdue."""
    not_checked: list[str] = field(default_factory=list)
    """What could not be checked because of what was found, in lines."""
    told: int = 0
    """How often something was added, what was there already among it."""
    most: int | None = None
    """So many errors are collected; another one raises ``Refused`` with all that was found, whatever has not been looked at yet.
    ``None``: all."""
    _errors: int = field(default=0, repr=False)
    _seen: set[Problem] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        self._seen.update(self.found)

    def add(self, place: Place, rule: str, message: str, hint: str = "", loses: tuple[str, ...] = ()) -> None:
        """Record one problem; the same one twice counts once."""
        self.told += 1
        problem = Problem(place, rule, message, hint, severity_of(rule, self.strict), loses)
        if problem not in self._seen:  # a set: a file of one mistake ten thousand times is still read in good time
            self._seen.add(problem)
            self.found.append(problem)
            self._errors += problem.severity == "error"
            if self.most is not None and self._errors > self.most:
                note = f"There are more than {self.most:,} problems: what is behind these was not looked at. Mend them first."
                raise Refused(tuple(self), (*self.not_checked, note))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Record many."""
        for problem in problems:
            self.add(problem.place, problem.rule, problem.message, problem.hint, problem.loses)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self.found))

    def __len__(self) -> int:
        return len(self.found)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Those that stop nothing."""
        return tuple(problem for problem in self if problem.severity == "warning")

    @property
    def errors(self) -> bool:
        """Whether there is an error among them."""
        return any(problem.severity == "error" for problem in self.found)

    @property
    def in_short(self) -> list[str]:
        """What a build says where nothing stopped it: how many warnings there are, and every remark."""
        counted = [f"Warnings: {len(self.warnings)}; make check lists them"] if self.warnings else []
        return [*counted, *self.remarks]

    def stop(self) -> None:
        """Raise ``Refused`` with everything found so far, if there is an error among it."""
        if self.errors:
            raise Refused(tuple(self), tuple(self.not_checked))


def limited(problems: Iterable[Problem], most: int = 100) -> Iterator[Problem]:
    """Problems of which many may have one cause: of each rule the first ``most``, and one that says how many more there are."""
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.rule] += 1
        if counts[problem.rule] <= most:
            yield problem
    for rule, count in counts.items():
        if count > most:
            yield Problem(Place("mkdocs.yml"), rule, f"and {count - most:,} more like the {most} that are told", "mend these first")


class Refused(Exception):
    """What an author wrote cannot be published; ``problems`` says why, all at once. Exit code 1."""

    def __init__(self, problems: tuple[Problem, ...], not_checked: tuple[str, ...] = ()) -> None:
        super().__init__(f"{len(problems)} problem(s)")
        self.problems = problems
        self.not_checked = not_checked
        """What could not be checked because of them, in lines."""
        self.moves: Sequence[str] = ()
        """What the changes of which some are refused move, in lines, where that was asked."""


class Misused(Exception):
    """The command was called wrongly. Exit code 2. ``usage`` is how to call it, in lines."""

    def __init__(self, message: str, usage: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.usage = tuple(usage)


class MachineFailed(Exception):
    """The machine could not do it: a full disk, a missing permission, a lost tool. Exit code 3."""


# Why a value is none that its key takes, with what to write instead.


class Unfit(ValueError):
    """A value that cannot be read. The message says what is wrong with it.

    ``hint`` says what to write; ``key`` which key of a record it is about, where another than the one that was read.
    """

    def __init__(self, message: str, hint: str = "", key: str = "") -> None:
        super().__init__(message)
        self.hint, self.key = hint, key
