"""``build.py new``: another explainer in a folder of its own, or a stub of a record or page."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from explainer.common import disk
from explainer.common.problems import Misused
from explainer.history.git import Absent, History, Unreadable

# ``build.py new fact|source|page``: a commented stub for an editor to fill in.

_FOLDER = Path(__file__).resolve().parent.parent.parent / "templates" / "stubs"
_ID = "@ID@"
STUBS: Final = {"fact": "seeds/facts/{id}.yaml", "source": "seeds/sources/{id}.yaml", "page": "site_src/{id}.md"}
"""What can be begun, and where it goes. How it begins is in ``templates/stubs/``, in a file of the same name."""


def write_stub(project: Path, what: str, name: str) -> str:
    """Write a stub and say where; never over a file that exists. Raises ``Misused`` where nothing can be begun so."""
    if what not in STUBS:
        raise Misused(f"'{what}' cannot be begun; known are {', '.join(sorted(STUBS))}, or a folder alone: new DIR")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise Misused(f"'{name}' cannot be an id; use small letters, digits and single hyphens: spring-2025")
    path = Path(STUBS[what].format(id=name))
    text = (_FOLDER / f"{what}{path.suffix}").read_text(encoding="utf-8")
    disk.add(project, {path.as_posix(): text.replace(_ID, name).encode()})
    return f"Wrote {project / path}. Fill it in, then run: make check"


# ``build.py new DIR``: another explainer in a folder of its own, small and whole, for an author
# to make their own.

ROOT = Path(__file__).resolve().parent.parent.parent
"""The generator's folder, which the new one names in its Makefile."""
_STARTER = ROOT / "templates" / "starter"
_GENERATOR = b"@GENERATOR@"
_COMMIT = b"@COMMIT@"
_ARCHIVED = Path(__file__).parent / "commit.txt"
"""Holds the commit in archives that git has made, such as those of releases."""
_UNKNOWN = "unknown"
"""What the workflow has for the generator's commit where that is not known; it stops with a sentence about it."""
_BEFORE_HASH = re.compile(r"(\\*)#")
_TAKEN = ("build", "site", "seeds", "site_src", "templates")
"""The names of folders that mean something in the generator's own."""
_NEXT = """\
Wrote an explainer into {folder}. In that folder,
    make          builds the site into site/
    make serve    shows it, and builds it again whenever you save
    make check    looks for mistakes only
Begin with site_src/index.md and seeds/; README.md tells the other commands, and docs/authoring.md of the generator leads you from
here to a published page."""
_UNPINNED = """\
It is not known which commit of the generator this is: before you publish, write it into .github/workflows/site.yml."""


def start(what: str, name: str | None, project: Path) -> list[str]:
    """What ``new`` does: a stub in a project (a kind and an id), or an explainer in a folder (its path alone); what to do next, in lines.

    Raises ``Misused`` where neither is meant, or where there is something already.
    """
    if name is not None:
        return [write_stub(project, what, name)]
    if what in STUBS:
        raise Misused(f"new {what} needs an id: new {what} spring-2025; for an explainer in a folder of that name, new ./{what}")
    return plant(Path(what))


def plant(folder: Path) -> list[str]:
    """Write the starter into a folder that is empty or not there yet; says how to go on. Whole, or nothing is left of it."""
    _refuse(folder)
    generator = Path(os.path.relpath(ROOT, folder.resolve())).as_posix()
    commit = commit_of(ROOT)
    files = {path: _named(path, data, generator, commit) for path, data in disk.read_tree(_STARTER).items()}
    disk.add(folder, files)
    return [*(line.format(folder=folder) for line in _NEXT.split("\n")), *([_UNPINNED] if commit == _UNKNOWN else [])]


def commit_of(generator: Path, archived: Path = _ARCHIVED) -> str:
    """The full commit of a generator, from git or from the archive that it came in; ``unknown`` where neither says it."""
    if (generator / ".git").exists():  # not that of a repository in which the generator's folder happens to lie
        try:
            history = History.of(generator)
            return _UNKNOWN if isinstance(history, Absent) else history.commit("HEAD")
        except (Misused, Unreadable):  # there is no commit yet, or git cannot be asked
            return _UNKNOWN
    noted = archived.read_text(encoding="utf-8").strip()
    return noted if re.fullmatch("[0-9a-f]{40}", noted) else _UNKNOWN


def _refuse(folder: Path) -> None:
    if not str(ROOT).isprintable():
        raise Misused(f"the generator's own folder, {str(ROOT)!r}, has a character that cannot be seen in its path; move it")
    if not str(folder).isprintable():
        raise Misused("the folder's name holds a character that cannot be seen; choose another")
    if folder.is_symlink():
        raise Misused(f"{folder} is a symbolic link; name the folder itself")
    file = next((each for each in (folder, *folder.parents) if each.exists() and not each.is_dir()), None)
    if file is not None:
        raise Misused(f"{file} is a file; name a folder that is empty or not there yet")
    if folder.is_dir() and any(folder.iterdir()):
        raise Misused(f"{folder} is not empty; name a folder that is empty or not there yet")
    real = folder.resolve()
    if real.is_relative_to(ROOT) and (real.parent not in (ROOT, ROOT / "examples") or real.name in _TAKEN):
        raise Misused(f"{folder} lies where the generator keeps or makes its own files; name a folder beside the generator")


def _named(path: str, data: bytes, generator: str, commit: str) -> bytes:
    """A file of the starter with the way to the generator in it, as its kind of file writes it, and with the generator's commit."""
    shown = _in_make(generator) if path == "Makefile" else generator.replace("\\", "\\\\").replace('"', '\\"')
    return data.replace(_GENERATOR, shown.encode()).replace(_COMMIT, commit.encode())


def _in_make(path: str) -> str:
    """A path as a value in a Makefile: nothing in it is expanded, begins a remark, or joins the next line to it."""
    path = f"{path}/." if path.endswith("\\") else path
    path = f"./{path}" if path[:1].isspace() else path
    return _BEFORE_HASH.sub(lambda match: match[1] * 2 + "\\#", path.replace("$", "$$"))
