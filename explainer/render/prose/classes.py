"""Which classes an author may give to a paragraph, a list, a table or a link: ``{: .lede }``.

A class that the generator's or the theme's stylesheets, scripts or templates know may hide what it is given to, make it look like a
notice of ours, or send a script astray. So all of those are reserved but the few that are made for authors; a name that nobody knows
is free for a project's own stylesheet.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from explainer.common.allowed.scripts import THEMES, theme_folders

AUTHORS: Final = frozenset({"lede", "kicker"})
"""The classes of ours that are made for authors: the paragraph that opens a page, and the line above its title."""
_OURS: Final = Path(__file__).parents[3] / "templates"
NOTES: Final = frozenset(
    {"abstract", "bug", "danger", "example", "failure", "info", "note", "question", "quote", "success", "tip", "warning", "inline", "end"}
)
"""What a note may be (``!!! tip``): the theme's kinds, and its two places."""
_IN_STYLES: Final = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PRINTED: Final = re.compile(r"\{[{%#].*?[#%}]\}", re.DOTALL)
_IN_MARKUP: Final = re.compile(r"""\bclass\s*=\s*["']([^"']*)["']""")
_LITERAL: Final = re.compile(r""""([^"\\\n]*)"|'([^'\\\n]*)'""")
_SELECTOR: Final = re.compile(r"[\w\s.#>:,*\[\]=()-]*\.[a-z][\w\s.#>:,*\[\]=()-]*")
_GIVEN: Final = re.compile(r"(?:className\s*=|classList\.\w+\()\s*([^;)\n]*)")
_IN_WORDS: Final = re.compile(r"-?[_a-zA-Z][\w-]*")
_PREFIXES: Final = ("md-", "mdx-", "is-", "has-", "js-", "no-", "tabbed-", "key-", "task-list", "footnote")
"""What the names begin with that the themes and ours give by rule, some of them only in a browser."""


def is_free(name: str) -> bool:
    """Whether an author may use a class."""
    return name in AUTHORS or not (name.lower().startswith(_PREFIXES) or name.lower() in reserved())


@lru_cache(maxsize=1)
def reserved() -> frozenset[str]:
    """Every class, in small letters, that a stylesheet, a script or a template of ours or of a theme knows."""
    folders = [_OURS, *(folder for engine in THEMES for folder in theme_folders(engine))]
    found = {name.lower() for folder in folders for path in _looked_into(folder) for name in _in_file(path, ours=folder == _OURS)}
    return frozenset(found) - AUTHORS


def _looked_into(folder: Path) -> Iterator[Path]:
    """The files below a folder that can know classes. A theme has some ten thousand icons besides, so names are sorted out as text."""
    for above, _, names in os.walk(folder):
        yield from (Path(above, name) for name in names if name.endswith((".css", ".html", ".j2", ".js")))


def _in_file(path: Path, *, ours: bool) -> Iterator[str]:
    """The classes that a file knows. Of the themes' scripts only their stylesheets tell: what they find begins with ``md-``."""
    if path.suffix == ".css":
        yield from _IN_STYLES.findall(_COMMENT.sub(" ", path.read_text(encoding="utf-8")))
    elif path.suffix in (".html", ".j2"):
        for value in _IN_MARKUP.findall(_PRINTED.sub(" ", path.read_text(encoding="utf-8"))):
            yield from _IN_WORDS.findall(value)
    elif path.suffix == ".js" and ours:
        text = path.read_text(encoding="utf-8")
        for literal in ("".join(each) for each in _LITERAL.findall(text)):
            yield from _IN_STYLES.findall(literal) if _SELECTOR.fullmatch(literal) else ()
        for given in _GIVEN.findall(text):
            yield from (name for each in _LITERAL.findall(given) for name in _IN_WORDS.findall("".join(each)))
