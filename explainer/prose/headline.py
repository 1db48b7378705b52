"""The first heading of a page in plain words: what the page is called where its title is too short to say it."""

from __future__ import annotations

import re
from typing import Final

from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser

from explainer.context import Context
from explainer.problems import Place, Problems
from explainer.prose.expand import Expander
from explainer.prose.mask import mask_fences

_HEADING = re.compile(r"^#(?!#)(?P<marked>[^\n]+)$|^(?P<underlined>\S.*)\n=+[ \t]*$", re.MULTILINE)
_EXTENSIONS: Final = ("attr_list",)


def headline(path: str, body: str, context: Context) -> str:
    """The words of a page's first heading of the first level, its calls worked out; empty where it has none.

    What is wrong with a call is told where the page is read.
    """
    found = _HEADING.search(mask_fences(body))
    if found is None:
        return ""
    said = Expander(context, "", Problems()).words(path, _bare(found["marked"] or "") or found["underlined"], Place(path))
    html = LexborHTMLParser(Markdown(extensions=_EXTENSIONS).convert(f"# {said}"))
    first = html.css_first("h1")
    return " ".join(first.text().split()) if first else ""


def _bare(heading: str) -> str:
    """The words of a heading's line behind its first mark, without the marks that may close it."""
    return heading.strip(" \t").rstrip("#").rstrip(" \t")
