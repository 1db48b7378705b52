"""The search's index and script, from what the engine made: one search for both engines' dialogs, also where no server is.

The engine's index holds the HTML of each section and the other words of a page with every section of it. Here it is plain text, and the
other words stand once. A page that was opened from a folder may ask for nothing but scripts, so the index lies beside itself as one.
"""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from explainer.engine import Shells, as_text
from explainer.engine.entries import Entry
from explainer.files import Files
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
_BLOCK = re.compile(r"</?(?:p|li|[ou]l|d[ltd]|div|br|pre|t[rdh]|table|blockquote|h[1-6]|section|figure|figcaption|details|summary)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def replace(others: Files, shells: Shells, main: str, languages: tuple[str, ...], shelf: Shelf) -> None:
    """Put our search in place of the engine's. ``main`` is the language of the site, ``languages`` are those besides it."""
    for path in [path for path in others if path.startswith(_REPLACED)]:
        del others[path]
    if SCRIPT in others:
        others[SCRIPT] = _stemmers((main, *languages)) + others[SCRIPT]
    for path in [path for path in others if INDEX.match(path)]:
        records = sorted((path, shells.made_from(path)) for path in shells.of)
        made_from = (others.sum(path), main, languages, records)
        smaller = shelf.held("search index", made_from, lambda path=path: _smaller(others[path], shells, main, languages))  # type: ignore[misc]
        as_script = shelf.held("search script", made_from, lambda held=smaller: _as_script(shelf.read(held)))  # type: ignore[misc]
        others.put(path, smaller)
        others.put(path.removesuffix("on"), as_script)


def _written(index: object) -> bytes:
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()


def _smaller(engines: bytes, shells: Shells, main: str, languages: tuple[str, ...]) -> bytes:
    """The index with plain text. A section that has no words but its heading is left out."""
    index = json.loads(engines)
    key = "docs" if "docs" in index else "items"
    entries = [_plain(entry, languages) for entry in index[key] if entry["location"].partition("#")[0] not in shells.addresses]
    entries += [_told(entry) for path in sorted(shells.of) for entry in shells.entries(path)]
    kept = [entry for entry in entries if entry["text"] or "#" not in entry["location"]]
    return _written({"config": {**index["config"], "lang": [main, *languages]}, key: kept})


def _told(entry: Entry) -> dict[str, Any]:
    """An entry as the index has it."""
    told = {"location": entry.location, "title": entry.title, "text": entry.text}
    return {**told, "tags": list(entry.tags)} if entry.tags else told


def _plain(entry: dict[str, Any], languages: tuple[str, ...]) -> dict[str, Any]:
    is_section = "#" in entry["location"]
    plain = {key: value for key, value in entry.items() if value and not (key == "tags" and is_section)}
    plain |= {"location": entry["location"], "title": _text(entry["title"]), "text": _text(entry["text"])}
    if "path" in plain:
        plain["path"] = [as_text(each) for each in plain["path"]]
    first = entry["location"].partition("/")[0]
    return {**plain, "lang": first} if first in languages else plain


def _text(html: str) -> str:
    """The words alone, with ``<``, ``>`` and ``&`` as entities, as they were."""
    return as_text(" ".join(_TAG.sub("", _BLOCK.sub(" ", html)).split()))


def _as_script(index: bytes) -> bytes:
    """The index as a script, with addresses of files, since nothing but a server looks for the page of a folder."""
    found = json.loads(index)
    for entry in found.get("docs") or found.get("items") or ():
        entry["location"] = _file(entry["location"])
    return b"var __index=" + _written(found)


def _file(location: str) -> str:
    page, mark, anchor = location.partition("#")
    return f"{page}index.html{mark}{anchor}" if not page or page.endswith("/") else location


def _stemmers(languages: tuple[str, ...]) -> bytes:
    """The theme's stemmers for those of the languages that have one, as scripts that run one after the other."""
    plain = [each.partition("-")[0] for each in languages]
    names = sorted({_SAME.get(each, each) for each in plain} & _HANDED_ON)
    spec = find_spec("material")
    if not names or spec is None or spec.origin is None:
        return b""
    folder = Path(spec.origin).parent / "templates" / "assets" / "javascripts" / "lunr" / "min"
    files = [folder / f"lunr.{name}.min.js" for name in ("stemmer.support", *names)]
    return b"".join([_STAND_IN, *(file.read_bytes().strip() + b"\n" for file in files if file.is_file())])
