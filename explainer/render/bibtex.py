"""Write sources as BibTeX.

Pandoc's own BibTeX writer drops fields, so this module does not use it. Tests parse the result with
independent programs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from explainer.model.records import behind
from explainer.render.citations import CslName, Item, edtf_date, said_year


@dataclass(frozen=True)
class _Type:
    """A BibTeX entry type: its container and publisher fields, and the fields that it requires."""

    name: str
    container: str
    publisher: str
    required: tuple[str, ...]
    """Names of fields. If names are joined by ``|``, one of them is enough."""
    number: str = "number"
    """The CSL variable for the field ``number``. Empty if styles print no number."""


_MISC: Final = _Type("misc", "howpublished", "publisher", ())
"""The type without required fields, for items that lack a required field of their own type."""
_ARTICLE: Final = _Type(
    "article", "journal", "publisher", ("author", "title", "journal", "year"), "issue"
)
_TYPES: Final = {
    "article": _ARTICLE,
    "article-journal": _ARTICLE,
    "article-magazine": _ARTICLE,
    "article-newspaper": _ARTICLE,
    "review": _ARTICLE,
    "review-book": _ARTICLE,
    "book": _Type(
        "book", "series", "publisher", ("author|editor", "title", "publisher", "year"), ""
    ),
    "chapter": _Type(
        "incollection",
        "booktitle",
        "publisher",
        ("author", "title", "booktitle", "publisher", "year"),
        "",
    ),
    "entry-encyclopedia": _Type(
        "incollection",
        "booktitle",
        "publisher",
        ("author", "title", "booktitle", "publisher", "year"),
        "",
    ),
    "paper-conference": _Type(
        "inproceedings", "booktitle", "publisher", ("author", "title", "booktitle", "year"), ""
    ),
    "report": _Type(
        "techreport", "series", "institution", ("author", "title", "institution", "year")
    ),
    "thesis": _Type("phdthesis", "series", "school", ("author", "title", "school", "year")),
}
_NUMBERS: Final = {
    "issue": (("number", "issue"), ("eid", "number")),
    "number": (("number", "number"), ("issue", "issue")),
    "": (),
}
"""The fields for the issue and the number of a work, by the CSL variable in ``number``.

Each field is followed by its CSL variable.
"""
_GENRE_OF_THESIS: Final = "Thesis"
"""The genre of a thesis that has none.

Without it, styles print that a thesis is a doctoral one, which the source may not say.
"""

_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "%#&$_"},
}
_LONE_BRACE: Final = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_ESCAPED: Final = re.compile(r"[\\{}%#&$_~^]|(?<=-)-|(?<=')'|(?<=`)`")
"""Special characters, and the second of two dashes or quotation marks that LaTeX would join."""
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_DASH: Final = re.compile(r"(?<=\w)\s*[-–—]+\s*(?=\w)")


def bibtex(items: Iterable[Item]) -> str:
    """Return all items as BibTeX in UTF-8, for BibTeX and BibLaTeX.

    An item that lacks a required field of its type is written as ``misc``.
    """
    return "\n\n".join(_entry(item) for item in items) + "\n"


def escaped(text: str) -> str:
    """Escape a text for BibTeX and LaTeX. The result is one line with balanced braces."""
    text = " ".join(text.split())
    pairs = _paired_braces(text)

    def special(match: re.Match[str]) -> str:
        character = match.group()
        if match.start() in pairs:
            return f"\\{character}"
        return _LONE_BRACE.get(character) or _SPECIAL.get(character) or f"{{}}{character}"

    return _ESCAPED.sub(special, text)


def _paired_braces(text: str) -> set[int]:
    """Return the offsets of the braces that have a partner.

    BibTeX counts braces even after a backslash.
    """
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
    """Yield the fields and their values as written: in braces, or as a macro."""
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
    """Yield the fields for the container, the publisher, and the kind of work."""
    container, publisher = item.get("container-title", ""), item.get("publisher", "")
    if kind is _MISC:  # its styles print only how it was published
        container, publisher = ", ".join(filter(None, (container, publisher))), ""
    if "author" not in item and (container or publisher):
        # used by styles for sorting and for labels if there is no author
        yield "key", _text(container or publisher)
    if container:
        yield kind.container, _text(container)
    if publisher:
        yield kind.publisher, _listed(publisher)
    genre = item.get("genre") or (_GENRE_OF_THESIS if kind.name == "phdthesis" else "")
    if genre:
        yield "type", _kept(genre)


def _dated(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the date twice: as year, month and day for BibTeX, as one field for BibLaTeX."""
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
    """Return a name as BibTeX parses it: ``von Last, Jr, First``.

    Names and parts that must not be split are in braces.
    """
    if "literal" in name:
        return _braced(escaped(name["literal"]))
    family, before = name["family"], list[str]()
    whole = _splits(family) or _has_small(family)
    for particle in filter(
        None, (name.get("non-dropping-particle"), name.get("dropping-particle"))
    ):
        if behind(particle, "") == f"{particle} " and all(
            word[0].islower() for word in particle.split()
        ):
            before = [*particle.split(), *before]
        else:
            # BibTeX needs a small letter and a space after a particle; others join the family name
            family, before, whole = behind(particle, " ".join([*before, family])), [], True
    alone = "given" not in name and "suffix" not in name
    whole = whole or (alone and len(family.split()) > 1)
    last = " ".join([*map(escaped, before), _text(family) if whole else escaped(family)])
    if alone:
        return last
    given = name.get("given", "")
    return ", ".join([last, *([_part(name["suffix"])] if "suffix" in name else []), _part(given)])


def _part(text: str) -> str:
    """Return a part of a name, in braces if BibTeX would split it otherwise."""
    return _text(text) if _splits(text) else escaped(text)


def _has_small(text: str) -> bool:
    """Whether a program may take a word of a family name for a particle.

    Some programs do so for every word without a capital letter.
    """
    words = text.split()
    return any(word[0].islower() for word in words) or (
        len(words) > 1 and not all(word[0].isupper() for word in words)
    )


def _splits(text: str) -> bool:
    return "," in text or "and" in (word.casefold() for word in text.split())


def _kept(text: str) -> str:
    """Return a value in which no style changes the capital letters."""
    return _braced(_braced(escaped(text)))


def _text(text: str) -> str:
    return _braced(escaped(text))


def _listed(text: str) -> str:
    """Return a value for a field that BibLaTeX reads as a list, so that no "and" splits it."""
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
    ("doi", "DOI", _braced),  # the DOI and the URL are not escaped
    ("url", "URL", _braced),
)
"""Fields that all types have: their name, their CSL variable, and the function that writes them."""
