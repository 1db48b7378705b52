"""Sources as BibTeX. Pandoc's own writer drops fields, so this is ours; a test reads it back with a library that is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from explainer.references.csl import Item

_TYPES: Final = {
    "article": "article", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "book": "book", "chapter": "incollection", "report": "techreport", "thesis": "phdthesis",
}  # fmt: skip
_SPECIAL: Final = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_",
                   "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}  # fmt: skip
_ESCAPED: Final = re.compile(r"[\\{}%#&$_~^]")


def bibtex(items: Iterable[Item]) -> str:
    """Every item, in UTF-8, as BibLaTeX and modern BibTeX read it."""
    return "\n\n".join(_entry(item) for item in items) + "\n"


def _entry(item: Item) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in _fields(item)]
    return "\n".join([f"@{_TYPES.get(item['type'], 'misc')}{{{item['id']},", *lines, "}"])


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    serial = _TYPES.get(item["type"]) == "article"
    yield "title", f"{{{_text(item['title'])}}}"  # the second braces keep capitals as they are
    authors = [f"{{{_text(author['literal'])}}}" for author in item.get("author", ())]
    if authors:
        yield "author", " and ".join(authors)
    if "container-title" in item:
        yield ("journal" if serial else "howpublished"), _text(item["container-title"])
    if "publisher" in item:
        yield "publisher", _text(item["publisher"])
    parts = item.get("issued", {}).get("date-parts", [[]])
    for name, value in zip(("year", "month", "day"), parts[0], strict=False):
        yield name, str(value)
    if parts[0]:
        yield "date", "/".join("-".join(f"{part:02}" for part in end) for end in parts) + ("~" if item["issued"].get("circa") else "")
    for name, key in (("doi", "DOI"), ("language", "language"), ("note", "note")):
        if item.get(key):
            yield name, _text(item[key])
    if item.get("URL"):
        yield "url", item["URL"]
    if "accessed" in item:
        yield "urldate", "-".join(f"{part:02}" for part in item["accessed"]["date-parts"][0])


def _text(text: str) -> str:
    return _ESCAPED.sub(lambda match: _SPECIAL[match.group()], text)
