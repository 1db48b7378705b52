"""Write sources as RIS, the exchange format of reference managers.

Tests parse the result with independent programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from explainer.common.characters import one_line
from explainer.model.records import behind
from explainer.render.citations import OPEN, CslName, Item, edtf_year, said_year

_TYPES: Final = {
    "article": "GEN",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "MPCT",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "collection": "GEN",
    "dataset": "DATA",
    "document": "GEN",
    "entry": "DICT",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "event": "GEN",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "interview": "PCOMM",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "performance": "GEN",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "regulation": "GOVDOC",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "software": "COMP",
    "song": "SOUND",
    "speech": "GEN",
    "standard": "STAND",
    "thesis": "THES",
    "treaty": "GEN",
    "webpage": "ELEC",
}
_PERIODICALS: Final = {"JOUR", "MGZN", "NEWS"}
"""Types whose container is also in ``JF``, because some programs read it there."""
_FIELDS: Final = (
    ("M3", "genre"),
    ("VL", "volume"),
    ("IS", "issue"),
    ("ET", "edition"),
    ("PB", "publisher"),
    ("CY", "publisher-place"),
    ("SN", "ISBN"),
    ("DO", "DOI"),
    ("UR", "URL"),
    ("LA", "language"),
    ("N1", "note"),
)
_PAGES: Final = re.compile(r"\s*[-–—]+\s*")
_SEASONS: Final = ("spring", "summer", "autumn", "winter")
_NO_SEPARATOR: Final = str.maketrans({",": "\u201a"})
"""Replaces commas within a part of a name by the low quotation mark, which looks like a comma.

RIS splits names at commas and has no escape.
"""


def ris(items: Iterable[Item]) -> str:
    """Return all items as RIS, with the line ends that the format requires."""
    return "\r\n".join(line for item in items for line in _lines(item)) + "\r\n"


def _lines(item: Item) -> Iterator[str]:
    kind = _TYPES.get(item["type"], "GEN")
    yield _line("TY", kind)
    yield _line("ID", item["id"])
    yield _line("TI", item["title"])
    yield from (_line("AU", _name(name)) for name in item.get("author", ()))
    # A2 of a book is the editor of its series
    yield from (
        _line("A3" if kind == "BOOK" else "A2", _name(name)) for name in item.get("editor", ())
    )
    for tag in ("T2", *(["JF"] if kind in _PERIODICALS else [])):
        if "container-title" in item:
            yield _line(tag, item["container-title"])
    yield from (_line(tag, item[key]) for tag, key in _FIELDS if item.get(key))
    if "number" in item:
        yield _line("M1", item["number"])
    if "page" in item:
        for tag, page in zip(
            ("SP", "EP"), _PAGES.split(one_line(item["page"]), maxsplit=1), strict=False
        ):
            yield _line(tag, page)
    if "issued" in item:
        yield from _dated(item["issued"])
    if "accessed" in item:
        yield _line("Y2", _day(item["accessed"]["date-parts"][0], ""))
    yield "ER  - "
    yield ""


def _line(tag: str, text: str) -> str:
    """Return a field. All characters that any program treats as a line break become spaces.

    So no text can begin a field of its own.
    """
    return f"{tag}  - {one_line(text)}"


def _dated(issued: dict[str, Any]) -> Iterator[str]:
    first = issued["date-parts"][0]
    yield _line("PY", said_year(first[0]))
    if len(issued["date-parts"]) > 1:
        more = _spell(issued["date-parts"]) + (" (circa)" if issued.get("circa") else "")
    elif issued.get("season"):
        more = _SEASONS[issued["season"] - 1]
    else:
        more = "circa" if issued.get("circa") else ""
    yield _line("DA", _day(first, more))


def _spell(ends: list[list[int]]) -> str:
    """Return the first and the last of several dates in words, or "… and later" for an open end."""
    said = [
        "-".join([said_year(end[0]), *(f"{part:02}" for part in end[1:])]) if end != OPEN else ""
        for end in ends
    ]
    return " to ".join(said) if all(said) else f"{said[0]} and later"


def _day(parts: list[int], more: str) -> str:
    """Return a date in the form of RIS: year, month, day and a remark, separated by slashes."""
    known = [edtf_year(parts[0]), *(f"{part:02}" for part in parts[1:]), "", ""]
    return "/".join([*known[:3], more])


def _name(name: CslName) -> str:
    """Return a name as ``Family, Given, Suffix``. A literal name has no commas."""
    if "literal" in name:
        return _part(name["literal"])
    family = behind(name.get("non-dropping-particle"), name["family"])
    given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"))))
    suffix = name.get("suffix")
    parts = [family, given, suffix] if suffix else [family, given] if given else [family]
    return ", ".join(map(_part, parts))


def _part(text: str) -> str:
    return text.translate(_NO_SEPARATOR)
