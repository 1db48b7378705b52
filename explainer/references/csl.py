"""Sources as CSL-JSON items, the form from which every citation is made (https://docs.citationstyles.org)."""

from __future__ import annotations

from typing import Any, Final

from explainer.records import Name, Source
from explainer.references.dates import csl_date
from explainer.wording.catalogue import Catalogue
from explainer.wording.dates import DateWording

Item = dict[str, Any]
CslName = dict[str, Any]
_PART_OF_WHOLE: Final = {
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "post",
    "post-weblog",
    "review",
    "review-book",
    "webpage",
}
"""Types whose publisher is the name of what they stand in, such as a paper or a site, where no container is given."""


def item(source: Source, catalogue: Catalogue) -> Item:
    """One source. What no reader has seen is left out: a title of ours stands in brackets, an unknown date is absent."""
    in_publisher = source.type in _PART_OF_WHOLE and not source.container
    own = {
        "id": source.id,
        "type": source.type,
        "title": f"[{source.title}]" if source.described else source.title,
        "container-title": source.publisher if in_publisher else source.container,
        "publisher": None if in_publisher else source.publisher,
        "publisher-place": source.publisher_place,
        "author": [csl_name(name) for name in source.authors],
        "editor": [csl_name(name) for name in source.editors],
        "volume": source.volume,
        "issue": source.issue,
        "page": source.pages,
        "number": source.number,
        "edition": source.edition,
        "genre": source.genre,
        "DOI": source.doi,
        "ISBN": source.isbn,
        "URL": source.url,
        "issued": source.issued and csl_date(source.issued.text),
        "accessed": source.accessed and csl_date(source.accessed.text),
        "language": source.language,
        "note": note(source, catalogue),
    }
    return {key: value for key, value in own.items() if value}


def csl_name(name: Name) -> CslName:
    """A name as CSL has it: whole, or in its parts."""
    parts = {
        "literal": name.literal,
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "dropping-particle": name.dropped_particle,
        "suffix": name.suffix,
        "static-ordering": name.family_first,
    }
    return {key: value for key, value in parts.items() if value}


def note(source: Source, catalogue: Catalogue) -> str:
    """What a reader should know of the address and of the date, in the words of a catalogue, for those who take the record elsewhere."""
    said = []
    if source.mirror_of:
        said.append(catalogue.say("discovery", "copy_of_address", address=source.mirror_of))
    if source.copy_of:
        said.append(source.copy_of)
    if source.issued and csl_date(source.issued.text) is None:
        said.append(catalogue.say("discovery", "no_year", date=DateWording(catalogue).date(source.issued)))
    return "; ".join(said)
