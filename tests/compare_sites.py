"""Compares two built sites page by page: for changes of the generator that are meant to change nothing, or one thing.

``python tests/compare_sites.py OLD NEW`` prints what differs, a file a line, and ends with exit code 1 where anything does. Of pages it
compares what readers and programs meet: words, links, anchors, classes, heads, structured data. Their bytes may differ in white space, in
how letters are escaped, and in the digests in names of stylesheets and policies. All other files are compared by their bytes, but for the
manifest, and for the search index, whose entries may stand in another order.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DIGEST = re.compile(r"(?<=\.)[0-9a-f]{8}(?=\.css)")


def differences(old: Path, new: Path) -> Iterator[str]:
    """What differs, in lines."""
    before, after = _files(old), _files(new)
    yield from (f"only in the old site: {path}" for path in sorted(before.keys() - after.keys()))
    yield from (f"only in the new site: {path}" for path in sorted(after.keys() - before.keys()))
    for path in sorted(before.keys() & after.keys()):
        was, now = before[path].read_bytes(), after[path].read_bytes()
        if was != now and path != "manifest.json":
            yield from (f"{path}: {each}" for each in _between(path, was, now))


def _files(site: Path) -> dict[str, Path]:
    """Every file by its path, the digests in the names of stylesheets left out."""
    return {
        _DIGEST.sub("", path.relative_to(site).as_posix()): path
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def _between(path: str, old: bytes, new: bytes) -> Iterator[str]:
    if path.endswith(".html"):
        yield from _in_order(page(old.decode()), page(new.decode()))
    elif path.startswith("search") and path.endswith((".json", ".js")):
        yield from _in_order(sorted(index(old.decode())), sorted(index(new.decode())))
    else:
        yield f"other bytes, {len(old):,} before and {len(new):,} now"


def _in_order(old: list[str], new: list[str]) -> Iterator[str]:
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    yield from (f"- {each[:300]}" for each in gone)
    yield from (f"+ {each[:300]}" for each in come)
    if not gone and not come and old != new:
        yield f"another order from '{next(was for was, now in zip(old, new, strict=True) if was != now)[:200]}' on"


def page(text: str) -> list[str]:
    """What readers and programs meet in a page, in the order of the page."""
    root = LexborHTMLParser(text).root
    return list(_met(root)) if root is not None else []


def _met(node: LexborNode) -> Iterator[str]:
    attributes = {name: value for name, value in node.attributes.items() if name != "data-from"}
    if attributes.get("http-equiv") == "Content-Security-Policy":
        attributes["content"] = re.sub(r"'sha256-[^']*'", "", attributes["content"] or "")
    told = " ".join(
        f"{name}={_DIGEST.sub('', value or '')!r}" for name, value in sorted(attributes.items())
    )
    yield f"<{node.tag} {told}>" if told else f"<{node.tag}>"
    words = ""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            words += child.text_content or ""
            continue
        yield from _plain(words)
        words = ""
        if not (child.tag or "-").startswith("-"):
            yield from _met(child)
    if node.tag not in {"style"}:
        yield from _plain(words)


def _plain(words: str) -> Iterator[str]:
    plain = " ".join(words.split())
    if plain:
        yield plain


def index(text: str) -> list[str]:
    """The entries of a search index."""
    found = json.loads(text.removeprefix("var __index="))
    entries = found.get("docs") or found.get("items") or []
    return [json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in entries]


if __name__ == "__main__":
    found = list(differences(Path(sys.argv[1]), Path(sys.argv[2])))
    print("\n".join(found) or "nothing differs")
    sys.exit(1 if found else 0)
