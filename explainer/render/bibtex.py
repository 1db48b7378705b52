"""Sources as BibTeX. Pandoc's own writer drops fields, so this is ours; tests read it with programs that are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from explainer.model.records import behind
from explainer.render.citations import CslName, Item, edtf_date, said_year


@dataclass(frozen=True)
class _Type:
    """A type of entry: what it calls its container and its publisher, and what its styles require."""

    name: str
    container: str
    publisher: str
    required: tuple[str, ...]
    """Fields by name; of some joined by a stroke, one is enough."""
    number: str = "number"
    """The CSL variable that its field ``number`` holds; empty where styles take no number."""


_MISC: Final = _Type("misc", "howpublished", "publisher", ())
"""Requires nothing. What would lack a required field as another type is written as this one."""
_ARTICLE: Final = _Type("article", "journal", "publisher", ("author", "title", "journal", "year"), "issue")
_TYPES: Final = {
    "article": _ARTICLE,
    "article-journal": _ARTICLE,
    "article-magazine": _ARTICLE,
    "article-newspaper": _ARTICLE,
    "review": _ARTICLE,
    "review-book": _ARTICLE,
    "book": _Type("book", "series", "publisher", ("author|editor", "title", "publisher", "year"), ""),
    "chapter": _Type("incollection", "booktitle", "publisher", ("author", "title", "booktitle", "publisher", "year"), ""),
    "entry-encyclopedia": _Type("incollection", "booktitle", "publisher", ("author", "title", "booktitle", "publisher", "year"), ""),
    "paper-conference": _Type("inproceedings", "booktitle", "publisher", ("author", "title", "booktitle", "year"), ""),
    "report": _Type("techreport", "series", "institution", ("author", "title", "institution", "year")),
    "thesis": _Type("phdthesis", "series", "school", ("author", "title", "school", "year")),
}  # fmt: skip
_NUMBERS: Final = {
    "issue": (("number", "issue"), ("eid", "number")),
    "number": (("number", "number"), ("issue", "issue")),
    "": (),
}
"""By what the field ``number`` holds: the fields for the issue and the number of a work, and their CSL variables."""
_GENRE_OF_THESIS: Final = "Thesis"
"""Without a type, styles print that a thesis is one for a doctor's degree, which is more than the source need say."""

_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "%#&$_"},
}
_LONE_BRACE: Final = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_ESCAPED: Final = re.compile(r"[\\{}%#&$_~^]|(?<=-)-|(?<=')'|(?<=`)`")
"""Special characters, and the second of two that LaTeX prints as one: a dash or a quotation mark."""
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DASH: Final = re.compile(r"(?<=\w)\s*[-–—]+\s*(?=\w)")


def bibtex(items: Iterable[Item]) -> str:
    """Every item, in UTF-8, for BibTeX and BibLaTeX. An item's type is that whose required fields it has, or ``misc``."""
    return "\n\n".join(_entry(item) for item in items) + "\n"


def escaped(text: str) -> str:
    """A text in one line in which BibTeX and LaTeX find no markup, and as many opening braces as closing ones."""
    text = " ".join(text.split())
    pairs = _paired_braces(text)

    def special(match: re.Match[str]) -> str:
        character = match.group()
        if match.start() in pairs:
            return f"\\{character}"
        return _LONE_BRACE.get(character) or _SPECIAL.get(character) or f"{{}}{character}"

    return _ESCAPED.sub(special, text)


def _paired_braces(text: str) -> set[int]:
    """Where the braces of a text stand that have a partner. BibTeX counts them behind a backslash too."""
    opened, paired = list[int](), set[int]()
    for at, character in enumerate(text):
        if character == "{":
            opened.append(at)
        elif character == "}" and opened:
            paired |= {opened.pop(), at}
    return paired


def _entry(item: Item) -> str:
    kind = _TYPES.get(item["type"], _MISC)
    fields = dict(_fields(item, kind))
    if not all(any(name in fields for name in names.split("|")) for names in kind.required):
        kind, fields = _MISC, dict(_fields(item, _MISC))
    lines = [f"  {name} = {value}," for name, value in fields.items()]
    return "\n".join([f"@{kind.name}{{{item['id']},", *lines, "}"])


def _fields(item: Item, kind: _Type) -> Iterator[tuple[str, str]]:
    """The fields with their values as they are written, in braces or as a macro."""
    yield "title", _kept(item["title"])
    for role in ("author", "editor"):
        if item.get(role):
            yield role, _braced(" and ".join(map(_name, item[role])))
    yield from _published(item, kind)
    for name, key, written in _PLAIN:
        if item.get(key):
            yield name, written(item[key])
    for name, key in _NUMBERS[kind.number]:
        if item.get(key):
            yield name, _text(item[key])
    yield from _dated(item)
    if "accessed" in item:
        yield "urldate", _braced(edtf_date(item["accessed"]))


def _published(item: Item, kind: _Type) -> Iterator[tuple[str, str]]:
    """What it stands in, who published it, and what kind of work it is."""
    container, publisher = item.get("container-title", ""), item.get("publisher", "")
    if kind is _MISC:  # of which styles print neither, but how it was published
        container, publisher = ", ".join(filter(None, (container, publisher))), ""
    if "author" not in item and (container or publisher):
        # what styles sort by and make labels of, where nobody is named
        yield "key", _text(container or publisher)
    if container:
        yield kind.container, _text(container)
    if publisher:
        yield kind.publisher, _listed(publisher)
    genre = item.get("genre") or (_GENRE_OF_THESIS if kind.name == "phdthesis" else "")
    if genre:
        yield "type", _kept(genre)


def _dated(item: Item) -> Iterator[tuple[str, str]]:
    """The date twice: for BibTeX as year, month and day, for BibLaTeX as one."""
    issued = item.get("issued", {})
    ends: list[list[int]] = issued.get("date-parts", [])
    if not ends:
        return
    years = dict.fromkeys(said_year(end[0]).lstrip("0") for end in ends if end != [0])
    yield "year", _braced("--".join(years))
    if len(ends) == 1:
        _, month, day = (*ends[0], 0, 0)[:3]
        if month:
            yield "month", _MONTHS[month - 1]  # a macro, which each style prints in its own words
        if day:
            yield "day", _braced(str(day))
    yield "date", _braced(edtf_date(issued))


def _name(name: CslName) -> str:
    """A name as BibTeX takes it apart: ``von Last, Jr, First``; in braces where it is to be kept whole."""
    if "literal" in name:
        return _braced(escaped(name["literal"]))
    family, before = name["family"], list[str]()
    whole = _splits(family) or _has_small(family)
    for particle in filter(None, (name.get("non-dropping-particle"), name.get("dropping-particle"))):
        if behind(particle, "") == f"{particle} " and all(word[0].islower() for word in particle.split()):
            before = [*particle.split(), *before]
        else:  # BibTeX knows a particle by its small letter and the space behind it; others go with the family name
            family, before, whole = behind(particle, " ".join([*before, family])), [], True
    alone = "given" not in name and "suffix" not in name
    whole = whole or (alone and len(family.split()) > 1)
    last = " ".join([*map(escaped, before), _text(family) if whole else escaped(family)])
    if alone:
        return last
    given = name.get("given", "")
    return ", ".join([last, *([_part(name["suffix"])] if "suffix" in name else []), _part(given)])


def _part(text: str) -> str:
    """A part of a name, in braces where BibTeX would take it apart otherwise."""
    return _text(text) if _splits(text) else escaped(text)


def _has_small(text: str) -> bool:
    """Whether a program may take a word of a family name for a particle: some do so wherever it has no capital."""
    words = text.split()
    return any(word[0].islower() for word in words) or (len(words) > 1 and not all(word[0].isupper() for word in words))


def _splits(text: str) -> bool:
    return "," in text or "and" in (word.casefold() for word in text.split())


def _kept(text: str) -> str:
    """A value whose capitals no style changes."""
    return _braced(_braced(escaped(text)))


def _text(text: str) -> str:
    return _braced(escaped(text))


def _listed(text: str) -> str:
    """A value of a field that BibLaTeX reads as a list: an "and" in it parts nothing."""
    return _kept(text) if _splits(text) else _text(text)


def _pages(text: str) -> str:
    return _braced("--".join(map(escaped, _DASH.split(text))))


def _braced(text: str) -> str:
    return f"{{{text}}}"


_PLAIN: Final[tuple[tuple[str, str, Callable[[str], str]], ...]] = (
    ("volume", "volume", _text),
    ("address", "publisher-place", _listed),
    ("edition", "edition", _text),
    ("pages", "page", _pages),
    ("isbn", "ISBN", _text),
    ("language", "language", _text),
    ("note", "note", _text),
    ("doi", "DOI", _braced),  # this and the address are read to the letter
    ("url", "URL", _braced),
)
"""Fields that are the same for every type: their name, the variable of CSL, and how its value is written."""
