"""``build.py new fact|source|page``: a commented stub for an editor to fill in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from explainer import disk
from explainer.problems import Misused

_FOLDER = Path(__file__).resolve().parent.parent.parent / "templates" / "stubs"
_ID = "@ID@"
STUBS: Final = {"fact": "seeds/facts/{id}.yaml", "source": "seeds/sources/{id}.yaml", "page": "site_src/{id}.md"}
"""What can be begun, and where it goes. How it begins is in ``templates/stubs/``, in a file of the same name."""


def write(project: Path, what: str, name: str) -> str:
    """Write a stub and say where; never over a file that exists. Raises ``Misused`` where nothing can be begun so."""
    if what not in STUBS:
        raise Misused(f"'{what}' cannot be begun; known are {', '.join(sorted(STUBS))}, or a folder alone: new DIR")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise Misused(f"'{name}' cannot be an id; use small letters, digits and single hyphens: spring-2025")
    path = Path(STUBS[what].format(id=name))
    text = (_FOLDER / f"{what}{path.suffix}").read_text(encoding="utf-8")
    disk.add(project, {path.as_posix(): text.replace(_ID, name).encode()})
    return f"Wrote {project / path}. Fill it in, then run: make check"
