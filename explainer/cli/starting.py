"""``build.py new``: starts an explainer in a new folder, or writes a stub of a record or a page."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from explainer.common import disk
from explainer.common.problems import UsageError
from explainer.history.git import History, NoHistory, Unreadable

# Stubs: ``build.py new fact|source|page``

_FOLDER = Path(__file__).resolve().parent.parent.parent / "templates" / "stubs"
_ID = "@ID@"
STUBS: Final = {
    "fact": "seeds/facts/{id}.yaml",
    "source": "seeds/sources/{id}.yaml",
    "page": "site_src/{id}.md",
}
"""What can be started, and the path of the new file.

The text is in the file of the same name in ``templates/stubs/``.
"""


def write_stub(project: Path, what: str, name: str) -> str:
    """Write a stub and return a line that says where it is.

    Raises ``Misused`` if the kind is unknown, if the name cannot be an id, or if the file exists.
    """
    if what not in STUBS:
        raise UsageError(
            f"'{what}' cannot be begun; known are {', '.join(sorted(STUBS))}, or a folder alone:"
            " new DIR"
        )
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise UsageError(
            f"'{name}' cannot be an id; use small letters, digits and single hyphens: spring-2025"
        )
    path = Path(STUBS[what].format(id=name))
    text = (_FOLDER / f"{what}{path.suffix}").read_text(encoding="utf-8")
    disk.add(project, {path.as_posix(): text.replace(_ID, name).encode()})
    return f"Wrote {project / path}. Fill it in, then run: make check"


# A new explainer: ``build.py new DIR``

ROOT = Path(__file__).resolve().parent.parent.parent
"""The generator's folder. The Makefile of a new explainer names it."""
_STARTER = ROOT / "templates" / "starter"
_GENERATOR = b"@GENERATOR@"
_COMMIT = b"@COMMIT@"
_ARCHIVED = Path(__file__).parent / "commit.txt"
"""A file in which git puts the commit when it makes an archive, such as that of a release."""
_UNKNOWN = "unknown"
"""What the new workflow has as the generator's commit if that is not known.

The workflow then stops with a message.
"""
_BEFORE_HASH = re.compile(r"(\\*)#")
_TAKEN = ("build", "site", "seeds", "site_src", "templates")
"""Names of folders that have a meaning in the generator's own folder."""
_NEXT = """\
Wrote an explainer into {folder}. In that folder,
    make          builds the site into site/
    make serve    shows it, and builds it again whenever you save
    make check    looks for mistakes only
Begin with site_src/index.md and seeds/; README.md tells the other commands, and docs/authoring.md of the generator leads you from
here to a published page."""  # noqa: E501
_UNPINNED = """\
It is not known which commit of the generator this is: before you publish, write it into .github/workflows/site.yml."""  # noqa: E501


def start(what: str, name: str | None, project: Path) -> list[str]:
    """Start what ``build.py new`` was asked for, and return what to do next, in lines.

    With an id it writes a stub of the kind ``what`` into the project. Without one, ``what`` is the
    folder for a new explainer. Raises ``Misused`` if the arguments fit neither, or if something is
    there already.
    """
    if name is not None:
        return [write_stub(project, what, name)]
    if what in STUBS:
        raise UsageError(
            f"new {what} needs an id: new {what} spring-2025; for an explainer in a folder of that"
            f" name, new ./{what}"
        )
    return create_project(Path(what))


def create_project(folder: Path) -> list[str]:
    """Copy the starter into an empty or missing folder, and return what to do next, in lines.

    If it fails, nothing is left behind. Raises ``Misused`` if the folder cannot be used.
    """
    _refuse(folder)
    generator = Path(os.path.relpath(ROOT, folder.resolve())).as_posix()
    commit = commit_of(ROOT)
    files = {
        path: _named(path, data, generator, commit)
        for path, data in disk.read_tree(_STARTER).items()
    }
    disk.add(folder, files)
    return [
        *(line.format(folder=folder) for line in _NEXT.split("\n")),
        *([_UNPINNED] if commit == _UNKNOWN else []),
    ]


def commit_of(generator: Path, archived: Path = _ARCHIVED) -> str:
    """Return the full commit of a generator, or ``unknown``.

    It is asked of git, or read from the file that an archive of git holds.
    """
    if (generator / ".git").exists():  # git alone might answer for a repository around this folder
        try:
            history = History.of(generator)
            return _UNKNOWN if isinstance(history, NoHistory) else history.commit("HEAD")
        except (UsageError, Unreadable):  # there is no commit yet, or git does not run
            return _UNKNOWN
    noted = archived.read_text(encoding="utf-8").strip()
    return noted if re.fullmatch("[0-9a-f]{40}", noted) else _UNKNOWN


def _refuse(folder: Path) -> None:
    if not str(ROOT).isprintable():
        raise UsageError(
            f"the generator's own folder, {str(ROOT)!r}, has a character that cannot be seen in its"
            " path; move it"
        )
    if not str(folder).isprintable():
        raise UsageError("the folder's name holds a character that cannot be seen; choose another")
    if folder.is_symlink():
        raise UsageError(f"{folder} is a symbolic link; name the folder itself")
    file = next(
        (each for each in (folder, *folder.parents) if each.exists() and not each.is_dir()), None
    )
    if file is not None:
        raise UsageError(f"{file} is a file; name a folder that is empty or not there yet")
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty; name a folder that is empty or not there yet")
    real = folder.resolve()
    if real.is_relative_to(ROOT) and (
        real.parent not in (ROOT, ROOT / "examples") or real.name in _TAKEN
    ):
        raise UsageError(
            f"{folder} lies where the generator keeps or makes its own files; name a folder beside"
            " the generator"
        )


def _named(path: str, data: bytes, generator: str, commit: str) -> bytes:
    """Return a file of the starter with the generator's path and commit filled in.

    The path is escaped as that kind of file needs it.
    """
    shown = (
        _in_make(generator)
        if path == "Makefile"
        else generator.replace("\\", "\\\\").replace('"', '\\"')
    )
    return data.replace(_GENERATOR, shown.encode()).replace(_COMMIT, commit.encode())


def _in_make(path: str) -> str:
    """Return a path escaped as a value in a Makefile.

    Nothing in it is expanded, starts a comment or continues the line.
    """
    path = f"{path}/." if path.endswith("\\") else path
    path = f"./{path}" if path[:1].isspace() else path
    return _BEFORE_HASH.sub(lambda match: match[1] * 2 + "\\#", path.replace("$", "$$"))
