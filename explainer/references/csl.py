"""Sources as CSL-JSON items, the form from which every citation is made (https://docs.citationstyles.org)."""

from __future__ import annotations

from typing import Any, Final

from explainer.records import Source
from explainer.values.dates import Edtf
from explainer.wording.catalogue import Catalogue

Item = dict[str, Any]
_SERIAL: Final = {
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "post",
    "post-weblog",
    "webpage",
    "entry-encyclopedia",
}
"""Types whose publisher is the name of the paper or the site that a text stands in."""


def item(source: Source, catalogue: Catalogue) -> Item:
    """One source. What no reader has seen is left out: a title of ours stands in brackets, an unknown date is absent."""
    publisher = "container-title" if source.type in _SERIAL else "publisher"
    own = {
        "id": source.id,
        "type": source.type,
        "title": f"[{source.title}]" if source.described else source.title,
        publisher: source.publisher,
        "author": [{"literal": name} for name in source.authors],
        "URL": source.url,
        "issued": source.issued and date(source.issued),
        "accessed": source.accessed and date(source.accessed),
        "language": source.language,
        "note": note(source, catalogue),
    }
    return {key: value for key, value in own.items() if value}


def date(edtf: Edtf) -> dict[str, Any] | None:
    """A date as CSL variables: its parts, two lists of them for a spell or a choice, and ``circa``; ``None`` where no year is known."""
    if edtf.first is None or edtf.last is None:
        return None
    parts = [value for _, value in edtf.parts]
    spell = edtf.is_spell or edtf.text.startswith("[")
    ends = [list(edtf.first.timetuple()[:3]), list(edtf.last.timetuple()[:3])] if spell else [parts[:3]]
    found: dict[str, Any] = {"date-parts": ends}
    return {**found, "circa": True} if edtf.text.rstrip("]")[-1:] in "~?%" else found


def note(source: Source, catalogue: Catalogue) -> str:
    """What a reader should know of the address, in the words of a catalogue, for those who take the record elsewhere."""
    said = []
    if source.mirror_of:
        said.append(catalogue.say("discovery", "copy_of_address", address=source.mirror_of))
    if source.copy_of:
        said.append(source.copy_of)
    if source.issued and source.issued.first is None:
        said.append(catalogue.say("discovery", "no_year", date=source.issued.text))
    return "; ".join(said)
