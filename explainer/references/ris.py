"""Sources as RIS, the form that reference managers share; a test reads it back with a library that is not ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from explainer.references.csl import Item

_TYPES: Final = {
    "article": "GEN", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "bill": "BILL", "book": "BOOK",
    "chapter": "CHAP", "dataset": "DATA", "entry-encyclopedia": "ENCYC", "legislation": "STAT", "regulation": "STAT", "post-weblog": "BLOG",
    "post": "ICOMM", "report": "RPRT", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip


def ris(items: Iterable[Item]) -> str:
    """Every item; line ends are those of the format."""
    return "\r\n".join(line for item in items for line in _lines(item)) + "\r\n"


def _lines(item: Item) -> Iterator[str]:
    yield f"TY  - {_TYPES.get(item['type'], 'GEN')}"
    yield f"ID  - {item['id']}"
    yield f"TI  - {item['title']}"
    yield from (f"AU  - {author['literal']}" for author in item.get("author", ()))
    for tag, key in (("T2", "container-title"), ("PB", "publisher"), ("DO", "DOI"), ("UR", "URL"), ("LA", "language"), ("N1", "note")):
        if item.get(key):
            yield f"{tag}  - {item[key]}"
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    if parts:
        yield f"PY  - {parts[0]}"
        yield "DA  - " + "/".join(
            [*(f"{part:02}" for part in parts), *[""] * (3 - len(parts)), "circa" if item["issued"].get("circa") else ""]
        )
    if "accessed" in item:
        yield "Y2  - " + "/".join(f"{part:02}" for part in item["accessed"]["date-parts"][0])
    yield "ER  - "
    yield ""
