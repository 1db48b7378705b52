"""Problems say what is wrong, where it is and how to fix it.

Every message to an editor has this form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Self

from explainer.common.typed_json import register

# Severity: errors stop the build, warnings are only reported. ``--strict`` makes warnings errors.

Severity = Literal["error", "warning"]

WARNINGS: Final = frozenset(
    {"history-unchecked", "leave-not-needed", "letter-missing", "source-unused", "starter-left"}
)
"""The rules whose problems are warnings. The problems of every other rule are errors."""


def severity_of(rule: str, strict: bool = False) -> Severity:
    """Return the severity of a rule's problems. With ``strict``, it is always "error"."""
    return "warning" if rule in WARNINGS and not strict else "error"


# Messages and places

DEFINITIONS: Final = "seeds/definitions.yaml"
"""The file that defines nouns, groups and counting rules. Without it no unit is known."""
INVISIBLE: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    r"\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""Characters that a terminal obeys, does not show or shows in another order: controls, marks of
direction and bytes that are not text.
"""


def escape_invisible(text: str) -> str:
    """Return a text on one line with all its characters visible.

    Invisible characters are written as escapes, as in a Python string.
    """
    return INVISIBLE.sub(lambda match: _escape(ord(match.group())), text)


def _escape(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8, as Python decodes it
        return f"\\x{code - 0xDC00:02x}"
    named = {9: "\\t", 10: "\\n", 13: "\\r"}
    if code in named:
        return named[code]
    return (
        f"\\x{code:02x}"
        if code < 0x100
        else f"\\u{code:04x}"
        if code < 0x10000
        else f"\\U{code:08x}"
    )


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file that an author wrote.

    ``path`` is relative to the project and has forward slashes. ``line`` and ``column`` start at 1.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{escape_invisible(self.path)}:{self.line}:{self.column}"


class Places(Mapping[str, Place]):
    """The places of a mapping's keys in its file.

    The places are kept in one flat tuple, because each build reads ten thousand of these objects
    and looks into few of them.
    """

    __slots__ = ("flat", "path")

    def __init__(self, path: str, flat: tuple[str | int, ...]) -> None:
        """``flat`` is each key followed by its line and its column."""
        self.path, self.flat = path, flat

    @classmethod
    def of(cls, places: Mapping[str, Place]) -> Self:
        """Make an object from places that are all in one file."""
        path = next((place.path for place in places.values()), "")
        return cls(
            path,
            tuple(
                part for key, place in places.items() for part in (key, place.line, place.column)
            ),
        )

    def __getitem__(self, key: str) -> Place:
        for at in range(0, len(self.flat), 3):
            if self.flat[at] == key:
                return Place(self.path, int(self.flat[at + 1]), int(self.flat[at + 2]))
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return map(str, self.flat[::3])

    def __len__(self) -> int:
        return len(self.flat) // 3


register(
    Places, lambda value: [value.path, *value.flat], lambda told: Places(told[0], tuple(told[1:]))
)


@dataclass(frozen=True, order=True)
class Problem:
    """A reason not to publish."""

    place: Place
    """Where the author can fix it."""
    rule: str
    """The rule's id, explained in ``docs/rules.md``."""
    message: str
    """What is wrong with the value, which it names."""
    hint: str = ""
    """What to do about it."""
    severity: Severity = "error"
    """An error stops the build. A warning is only reported."""
    loses: tuple[str, ...] = ()
    """The ids of the records that cannot be read because of this problem. They are missing wherever
    they are named. ``DEFINITIONS`` stands for everything in that file.
    """

    def __str__(self) -> str:
        tail = f"\n    hint: {escape_invisible(self.hint)}" if self.hint else ""
        return (
            f"{self.place}: {'warning: ' if self.severity == 'warning' else ''}{self.rule}:"
            f" {escape_invisible(self.message)}{tail}"
        )


MAX_REPORTED: Final = 10_000
"""The most problems that are reported for one project. Nobody fixes more at once, and finding and
sorting a million of them takes minutes.
"""


@dataclass
class Problems:
    """A collection of problems. Rules add to it and go on, so one run finds all problems."""

    found: list[Problem] = field(default_factory=list)
    strict: bool = False
    """Whether warnings stop the build as errors do."""
    remarks: list[str] = field(default_factory=list)
    """Notes for the editor that stop nothing, such as what could not be checked or is overdue."""
    not_checked: list[str] = field(default_factory=list)
    """What could not be checked because of the problems found, in lines of text."""
    told: int = 0
    """How often a problem was added, including duplicates."""
    most: int | None = None
    """The most errors to collect, or ``None`` for no limit. One more error raises ``Refused`` with
    everything found so far, even if something was not checked yet.
    """
    _errors: int = field(default=0, repr=False)
    _seen: set[Problem] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        self._seen.update(self.found)

    def add(
        self, place: Place, rule: str, message: str, hint: str = "", loses: tuple[str, ...] = ()
    ) -> None:
        """Add a problem. A duplicate is not added again.

        Raises ``Refused`` if there are more than ``most`` errors.
        """
        self.told += 1
        problem = Problem(place, rule, message, hint, severity_of(rule, self.strict), loses)
        if (
            problem not in self._seen
        ):  # a set keeps a file with the same mistake ten thousand times fast to read
            self._seen.add(problem)
            self.found.append(problem)
            self._errors += problem.severity == "error"
            if self.most is not None and self._errors > self.most:
                note = (
                    f"There are more than {self.most:,} problems: what is behind these was not"
                    " looked at. Mend them first."
                )
                raise Refused(tuple(self), (*self.not_checked, note))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add several problems. Each gets the severity that its rule has in this run."""
        for problem in problems:
            self.add(problem.place, problem.rule, problem.message, problem.hint, problem.loses)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self.found))

    def __len__(self) -> int:
        return len(self.found)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that do not stop the build."""
        return tuple(problem for problem in self if problem.severity == "warning")

    @property
    def errors(self) -> bool:
        """Whether any problem is an error."""
        return any(problem.severity == "error" for problem in self.found)

    @property
    def in_short(self) -> list[str]:
        """The lines that a successful build prints: the number of warnings, and every remark."""
        counted = (
            [f"Warnings: {len(self.warnings)}; make check lists them"] if self.warnings else []
        )
        return [*counted, *self.remarks]

    def stop(self) -> None:
        """Raise ``Refused`` with all problems found so far, if any of them is an error."""
        if self.errors:
            raise Refused(tuple(self), tuple(self.not_checked))


def limited(problems: Iterable[Problem], most: int = 100) -> Iterator[Problem]:
    """Yield at most ``most`` problems of each rule, and then one that says how many more there are.

    Use it for problems that may be many and have a single cause.
    """
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.rule] += 1
        if counts[problem.rule] <= most:
            yield problem
    for rule, count in counts.items():
        if count > most:
            yield Problem(
                Place("mkdocs.yml"),
                rule,
                f"and {count - most:,} more like the {most} that are told",
                "mend these first",
            )


class Refused(Exception):
    """What an author wrote cannot be published. Exit code 1. ``problems`` are all the reasons."""

    def __init__(self, problems: tuple[Problem, ...], not_checked: tuple[str, ...] = ()) -> None:
        super().__init__(f"{len(problems)} problem(s)")
        self.problems = problems
        self.not_checked = not_checked
        """What could not be checked because of the problems, in lines of text."""
        self.moves: Sequence[str] = ()
        """What the changes to the seeds affect, in lines of text, if ``--since`` asked for it."""


class UsageError(Exception):
    """A command was used wrongly. Exit code 2. ``usage`` is how to use it, in lines of text."""

    def __init__(self, message: str, usage: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.usage = tuple(usage)


class MachineFailed(Exception):
    """The machine failed: a full disk, no permission, a missing tool. Exit code 3."""


# Values that do not fit their key


class InvalidValue(ValueError):
    """A value that cannot be read. The message says what is wrong with it.

    ``hint`` says what to write instead. ``key`` names the key of a record that the error is about,
    if that is not the key being read.
    """

    def __init__(self, message: str, hint: str = "", key: str = "") -> None:
        super().__init__(message)
        self.hint, self.key = hint, key
