"""The project's past, from git. This module alone runs git; what a site holds never depends on it.

A version counts as published when the deployment has tagged its commit ``published/<number>``. The newest such tag before the present
commit is what a change is held against.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from explainer.problems import Misused

PUBLISHED: Final = "published/*"
"""The tags that the deployment sets."""
_MINUTES: Final = 120


@dataclass(frozen=True)
class History:
    """A project that git keeps. Paths are relative to the project."""

    project: Path
    git: str

    @classmethod
    def of(cls, project: Path) -> History | str:
        """The history of a project, or in words why there is none."""
        git = shutil.which("git")
        if git is None:
            return "git is not at hand"
        history = cls(project, git)
        kept = history._ask("ls-files", "--error-unmatch", "-z", "--", "mkdocs.yml")
        return history if kept else "git does not keep this project"

    @property
    def is_shallow(self) -> bool:
        """Whether commits before some day were not fetched."""
        return self._ask("rev-parse", "--is-shallow-repository").strip() != b"false"

    def commit(self, revision: str) -> str:
        """The full name of a commit. Raises ``Misused`` where there is none of that name."""
        found = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
        if not found:
            raise Misused(f"'{revision}' names no commit here" + ("; the history is shallow" if self.is_shallow else ""))
        return found

    def published(self) -> str | None:
        """The tag of the last version that was published before the present commit."""
        return self._ask("describe", "--tags", "--abbrev=0", "--match", PUBLISHED, "HEAD").decode().strip() or None

    def files(self, revision: str, below: str) -> dict[str, bytes]:
        """Every plain file below a folder as it was."""
        listed = self._ask("ls-tree", "-r", "-z", self.commit(revision), "--", below).decode().split("\0")
        entries = [line.partition("\t") for line in listed if line]
        plain = {path: meta.split()[2] for meta, _, path in entries if meta.startswith("100")}
        return dict(zip(plain, self._blobs(list(plain.values())), strict=True))

    def names(self, revision: str, below: str) -> list[str]:
        """The paths of the files below a folder as it was."""
        return [
            path
            for path in self._ask("ls-tree", "-r", "-z", "--name-only", self.commit(revision), "--", below).decode().split("\0")
            if path
        ]

    def added(self, below: str) -> dict[str, str]:
        """The blob with which each file below a folder first came in, by path, whatever became of it since."""
        raw = ("--raw", "-z", "--format=", "--no-abbrev", "--no-renames", "--full-history", "--relative", "--diff-filter=A")
        parts = [part for part in self._ask("log", *raw, "--", below).decode(errors="replace").split("\0") if part]
        return {path: head.split()[3] for head, path in zip(parts[::2], parts[1::2], strict=True)}  # the newest first: the oldest stays

    def _blobs(self, names: list[str]) -> list[bytes]:
        answer = self._ask("cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
        found, position = [], 0
        for _ in names:
            end = answer.index(b"\n", position)
            size = int(answer[position:end].split()[2])
            found.append(answer[end + 1 : end + 1 + size])
            position = end + size + 2
        return found

    def _ask(self, *arguments: str, given: bytes = b"") -> bytes:
        """What git answers; nothing where it refuses. It runs no program that the repository's settings name."""
        command = [self.git, "-c", "core.fsmonitor=false", "--no-optional-locks", "-C", str(self.project), *arguments]
        done = subprocess.run(command, input=given, capture_output=True, timeout=_MINUTES, check=False)  # noqa: S603 - git, by its path
        return done.stdout if done.returncode == 0 else b""
