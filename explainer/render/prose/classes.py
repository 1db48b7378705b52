"""The classes that authors may give to a paragraph, a list, a table or a link: ``{: .lede }``.

A class that is used in stylesheets, scripts or templates of the generator or the theme could hide
an element, make it look like a notice of the site, or break a script. So these classes are
reserved, except for the few that are made for authors. Any other name is free for a project's own
stylesheet.
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
"""Our classes for authors: the first paragraph of a page, and the line above its title."""
_OURS: Final = Path(__file__).parents[3] / "templates"
NOTES: Final = frozenset(
    {
        "abstract",
        "bug",
        "danger",
        "example",
        "failure",
        "info",
        "note",
        "question",
        "quote",
        "success",
        "tip",
        "warning",
        "inline",
        "end",
    }
)
"""The words after ``!!!``: the theme's kinds of note, and its two positions."""
_IN_STYLES: Final = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PRINTED: Final = re.compile(r"\{[{%#].*?[#%}]\}", re.DOTALL)
_IN_MARKUP: Final = re.compile(r"""\bclass\s*=\s*["']([^"']*)["']""")
_LITERAL: Final = re.compile(r""""([^"\\\n]*)"|'([^'\\\n]*)'""")
_SELECTOR: Final = re.compile(r"[\w\s.#>:,*\[\]=()-]*\.[a-z][\w\s.#>:,*\[\]=()-]*")
_GIVEN: Final = re.compile(r"(?:className\s*=|classList\.\w+\()\s*([^;)\n]*)")
_IN_WORDS: Final = re.compile(r"-?[_a-zA-Z][\w-]*")
_PREFIXES: Final = (
    "md-",
    "mdx-",
    "is-",
    "has-",
    "js-",
    "no-",
    "tabbed-",
    "key-",
    "task-list",
    "footnote",
)
"""Prefixes of classes that the themes and we generate, some of them only in the browser."""


def is_free(name: str) -> bool:
    """Whether an author may use a class."""
    return name in AUTHORS or not (name.lower().startswith(_PREFIXES) or name.lower() in reserved())


@lru_cache(maxsize=1)
def reserved() -> frozenset[str]:
    """Return all classes in our and the themes' files, in lower case, except those for authors."""
    folders = [_OURS, *(folder for engine in THEMES for folder in theme_folders(engine))]
    found = {
        name.lower()
        for folder in folders
        for path in _looked_into(folder)
        for name in _in_file(path, ours=folder == _OURS)
    }
    return frozenset(found) - AUTHORS


def _looked_into(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder that can contain classes.

    A theme also has about ten thousand icons, so file names are filtered before paths are made.
    """
    for above, _, names in os.walk(folder):
        yield from (
            Path(above, name) for name in names if name.endswith((".css", ".html", ".j2", ".js"))
        )


def _in_file(path: Path, *, ours: bool) -> Iterator[str]:
    """Yield the classes in a file.

    Themes' scripts are skipped: the classes that they look for begin with ``md-``.
    """
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
            yield from (
                name
                for each in _LITERAL.findall(given)
                for name in _IN_WORDS.findall("".join(each))
            )
