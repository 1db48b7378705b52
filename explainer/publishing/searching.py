"""The search's index and script: one search for both engines' dialogs, also where no server is.

The index is made from the finished pages, the same way for pages of prose and pages of records, in place of the engine's.
A page that was opened from a folder may ask for nothing but scripts, so the index lies beside itself as one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from explainer.files import Files
from explainer.publishing.entries import Entry, entries_of
from explainer.shelf import Shelf

INDEX = re.compile(r"search(/search_index)?\.json$")
"""The index of either engine."""
SCRIPT: Final = "assets/searching.js"
_REPLACED: Final = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""The search of the themes, which nobody asks for: ``assets/search.js`` starts ours in its place."""
_HANDED_ON: Final = frozenset({"ar", "da", "de", "el", "es", "fi", "fr", "he", "hu", "it", "nl", "no", "pt", "ro", "sv", "tr"})
"""Languages whose stemmers come with the theme; those of English, Russian and Ukrainian stand in our script."""
_SAME: Final = {"nb": "no", "nn": "no"}
_STAND_IN: Final = b"self.lunr={Pipeline:{registerFunction(){}},generateStopWordFilter(){}};\n"
"""What the stemmers take for the library that they were written for."""
_HIDDEN: Final = '<meta name="robots" content="noindex">'
"""Stands in a page that is kept for whoever has its address, and is not to be found."""
_LOCATION: Final = re.compile(r'(?<=\{"location":")(?P<page>[^"#]*)')
"""The page's address in an entry: within a text, every quotation mark has a backslash before it."""


def replace(others: Files, pages: Mapping[str, str], searched: Mapping[str, str], languages: Sequence[str], shelf: Shelf) -> None:
    """Put our search in place of the engine's.

    ``pages`` are the finished pages by path, ``searched`` has a digest for each in which a search looks. ``languages`` are those of the
    site, its own first.
    """
    for path in [path for path in others if path.startswith(_REPLACED)]:
        del others[path]
    if SCRIPT in others:
        others[SCRIPT] = _stemmers(languages) + others[SCRIPT]
    for path in [path for path in others if INDEX.match(path)]:
        found = json.loads(others[path])
        key = "docs" if "docs" in found else "items"
        listed = [
            shelf.text("search entries", (page, digest, languages, key), partial(_listed, page, pages, languages, key))
            for page, digest in searched.items()
        ]
        config = _written({**found["config"], "lang": list(languages)})
        entries = ",".join(filter(None, listed))
        others[path] = f'{{"config":{config},"{key}":[{entries}]}}'.encode()
        files = _LOCATION.sub(lambda match: _file(match["page"]), entries)
        others[path.removesuffix("on")] = f'var __index={{"config":{config},"{key}":[{files}]}}'.encode()


def _listed(path: str, pages: Mapping[str, str], languages: Sequence[str], key: str) -> str:
    """The entries of a page in the index, with a comma between them. A section that has no words but its heading is left out.

    ``key`` is where the engine's index has its entries. Those of Zensical name the page too, as its dialog shows it.
    """
    address, first = path.removesuffix("index.html"), path.partition("/")[0]
    page = pages[path]
    entries = [] if _HIDDEN in page else entries_of(address, page)
    kept = [entry for entry in entries if entry.text or "#" not in entry.location]
    told = [{"location": each.location, "title": each.title, "text": each.text, **_tagged(each)} for each in kept]
    shared = {**({"path": [entries[0].title]} if key == "items" and entries else {}), **({"lang": first} if first in languages[1:] else {})}
    return ",".join(_written({**each, **shared}) for each in told)


def _tagged(entry: Entry) -> dict[str, list[str]]:
    return {"tags": list(entry.tags)} if entry.tags else {}


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _file(page: str) -> str:
    """The file of a page by its address: nothing but a server looks for the page of a folder."""
    return f"{page}index.html" if not page or page.endswith("/") else page


def _stemmers(languages: Sequence[str]) -> bytes:
    """The theme's stemmers for those of the languages that have one, as scripts that run one after the other."""
    plain = [each.partition("-")[0] for each in languages]
    names = sorted({_SAME.get(each, each) for each in plain} & _HANDED_ON)
    spec = find_spec("material")
    if not names or spec is None or spec.origin is None:
        return b""
    folder = Path(spec.origin).parent / "templates" / "assets" / "javascripts" / "lunr" / "min"
    files = [folder / f"lunr.{name}.min.js" for name in ("stemmer.support", *names)]
    return b"".join([_STAND_IN, *(file.read_bytes().strip() + b"\n" for file in files if file.is_file())])
