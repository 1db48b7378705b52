"""Reads case files: one change to the small project, and the problems it must bring. ``cases/README.md`` has the format."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from support import CASES, copy_small, git, publish, replace

_SECTION = re.compile(r"^=== (?P<verb>[a-z]+)(?: (?P<path>.+))?$", re.MULTILINE)
_EXPECTED = re.compile(r"^(?P<place>\S+:\d+:\d+) (?P<rule>[a-z0-9-]+)$")
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4,5})|([nt\\]))")
_REPEATED = re.compile(r"(\d+) \* (.*)")

SHOWN = ("replace", "append", "write", "bytes", "remove", "link", "fifo")
"""The verbs that an author could have done."""


@dataclass(frozen=True)
class Expected:
    """One problem that a case must bring: its place, its rule, and what its words hold."""

    place: str
    rule: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One case file."""

    path: Path
    claim: str
    """What it shows, in a sentence."""
    changes: tuple[tuple[str, str, str], ...]
    """What to do to the small project: verb, path and text."""
    expected: tuple[Expected, ...]
    example: str | None = None
    """Whether docs/rules.md shows it: what to write instead of its last change, or nothing where leaving that out is right."""

    @property
    def name(self) -> str:
        """Its path below ``cases``, without the suffix."""
        return self.path.relative_to(CASES).with_suffix("").as_posix()

    @property
    def built(self) -> bool:
        """Whether the whole site is built, and not only gathered."""
        return any(verb == "build" for verb, _, _ in self.changes)

    def project(self, folder: Path) -> Path:
        """A copy of the small project with the changes made."""
        return made(folder, self.changes)

    @property
    def shown(self) -> tuple[str, str, str]:
        """The change that its example is about: the last one."""
        return next(change for change in reversed(self.changes) if change[0] in SHOWN)

    @property
    def accepted(self) -> tuple[tuple[str, str, str], ...]:
        """The changes of the passing example: the last replacement is left out, or what to write instead is; else there are none."""
        verb, path, text = self.shown
        if not self.example and verb != "replace":
            return tuple(change for change in self.changes if change[0] not in SHOWN)
        old = text.partition("\n--- with\n")[0] + "\n--- with\n" if verb == "replace" else ""
        instead = ((verb, path, old + self.example),) if self.example else ()
        at = len(self.changes) - 1 - self.changes[::-1].index(self.shown)
        return (*self.changes[:at], *instead, *self.changes[at + 1 :])


def made(folder: Path, changes: tuple[tuple[str, str, str], ...]) -> Path:
    """A copy of the small project with some changes made."""
    return changed(copy_small(folder), changes)


def changed(folder: Path, changes: tuple[tuple[str, str, str], ...]) -> Path:
    """A project after some changes."""
    for verb, path, text in changes:
        if verb == "publish":
            publish(folder, path or "published/1")
        elif verb == "git":
            git(folder, *path.split())
        elif verb == "overlay":
            shutil.copytree(CASES / "overlays" / path, folder, dirs_exist_ok=True)
        else:
            _change(folder, verb, path, text)
    return folder


def cases(below: str) -> list[Case]:
    """Every case file below a folder of ``cases``, by path."""
    return [read_case(path) for path in sorted((CASES / below).rglob("*.case"))]


def read_case(path: Path) -> Case:
    """One case file."""
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
    heads = list(_SECTION.finditer(text))
    starts = [*(head.start() for head in heads), len(text)]
    changes: list[tuple[str, str, str]] = []
    expected: tuple[Expected, ...] = ()
    example = None
    for head, end in zip(heads, starts[1:], strict=True):
        body = text[head.end() + 1 : end].removesuffix("\n")
        if head["verb"] == "problems":
            expected = tuple(_expected(body, path))
        elif head["verb"] == "example":
            example = body
        else:
            changes.append((head["verb"], head["path"] or "", body))
    return Case(path, text[: starts[0]].strip(), tuple(changes), expected, example)


def _expected(body: str, path: Path) -> list[Expected]:
    found: list[Expected] = []
    for line in filter(str.strip, body.split("\n")):
        if line.startswith("    "):
            last = found.pop()
            found.append(Expected(last.place, last.rule, (*last.words, line.strip())))
        else:
            match = _EXPECTED.match(line)
            assert match, f"{path}: '{line}' is not 'file:line:column rule'"
            found.append(Expected(match["place"], match["rule"], ()))
    return found


def _change(folder: Path, verb: str, path: str, text: str) -> None:  # noqa: C901
    target = folder / path
    if verb in ("write", "bytes", "link", "fifo"):
        target.parent.mkdir(parents=True, exist_ok=True)
    match verb:
        case "replace":
            old, _, new = text.partition("\n--- with\n")
            replace(target, old, new.removesuffix("\n"))
        case "write":
            target.write_text(text, encoding="utf-8")
        case "append":
            target.write_text(target.read_text(encoding="utf-8") + text, encoding="utf-8")
        case "bytes":
            target.write_bytes(b"".join(map(_bytes, text.removesuffix("\n").split("\n"))))
        case "remove":
            target.unlink()
        case "rename":
            new = folder / text.strip()
            new.parent.mkdir(parents=True, exist_ok=True)
            target.rename(new)
        case "encode":
            target.write_bytes(_encoded(target.read_text(encoding="utf-8"), text.strip()))
        case "link":
            target.symlink_to(text.strip())
        case "fifo":
            os.mkfifo(target)
        case "rehash":
            _rehash(folder)
        case _:
            assert verb == "build", f"'{verb}' is no verb; see cases/README.md"


def _encoded(text: str, encoding: str) -> bytes:
    """A text as an editor saves it: in an encoding, or in UTF-8 with the line ends of Windows (``crlf``)."""
    if encoding == "crlf":
        return text.replace("\n", "\r\n").encode()
    return text.encode(encoding)


def _rehash(folder: Path) -> None:
    """Write the kept text's new SHA-256 into its source."""
    kept = folder / "seeds/texts/report.txt"
    source = folder / "seeds/sources/library.yaml"
    old = re.search(r"sha256: \w+", source.read_text(encoding="utf-8"))
    assert old is not None
    replace(source, old.group(), f"sha256: {hashlib.sha256(kept.read_bytes()).hexdigest()}")


def _bytes(line: str) -> bytes:
    """A line of a ``bytes`` section, its escapes and its repetition worked out."""
    repeated = _REPEATED.fullmatch(line)
    count, piece = (int(repeated[1]), repeated[2]) if repeated else (1, line)
    out, position = b"", 0
    for escape in _ESCAPE.finditer(piece):
        one, many, short = escape.groups()
        out += piece[position : escape.start()].encode()
        named = {"n": b"\n", "t": b"\t", "\\": b"\\"}
        out += (
            bytes.fromhex(one)
            if one
            else chr(int(many, 16)).encode("utf-8", "surrogatepass")
            if many
            else named[short]
        )
        position = escape.end()
    return (out + piece[position:].encode()) * count
