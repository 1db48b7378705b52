"""How a source is named beside a claim, in a note and on its own page."""

from __future__ import annotations

from urllib.parse import urlsplit

from explainer.records import Source
from explainer.wording import Wording


def short(source: Source, wording: Wording) -> str:
    """The publisher and the date: "TASS, 29 December 2025"."""
    publisher = wording.apart(source.publisher)
    return f"{publisher}, {wording.date(source.issued)}" if source.issued else publisher


def full(source: Source, wording: Wording) -> str:
    """A citation in one line, without its address."""
    words = wording.apart(source.title)
    title = f"[{words}]" if source.described else wording.say("quoted", words=words)
    named = source.authors or source.editors
    authors = f"{', '.join(wording.apart(str(name)) for name in named)}, " if named else ""
    date = wording.date(source.issued) if source.issued else wording.say("no_date")
    language = "" if source.language == wording.language else f", {wording.say('in_language', language=wording.tongue(source.language))}"
    place = wording.apart(source.container or source.publisher)
    return f"{authors}{place}, {title}, {date}{language}"


def remarks(source: Source, wording: Wording) -> list[str]:
    """What a reader should know before trusting the address."""
    found = [wording.page(f"read_{source.read}")]
    if source.mirror_of:
        found.append(wording.page("copy_at", host=urlsplit(source.mirror_of).hostname))
    if source.copy_of:
        found.append(wording.page("copy_of", what=source.copy_of))
    if source.weak:
        found.append(wording.page("weak_source", why=source.weak))
    if source.note:
        found.append(source.note)
    return found
