"""How a source is named beside a claim, in a note and on its own page."""

from __future__ import annotations

from urllib.parse import urlsplit

from explainer.records import Source
from explainer.wording import Wording

READ = {
    "full": "Read in full; its text is kept here.",
    "excerpt": "Read in excerpts from a stored copy, not as a whole page, so the page may say more than is recorded here.",
    "not-read": "Not read; known through others only.",
}


def short(source: Source, wording: Wording) -> str:
    """The publisher and the date: "TASS, 29 December 2025"."""
    return f"{source.publisher}, {wording.date(source.issued)}" if source.issued else source.publisher


def full(source: Source, wording: Wording) -> str:
    """A citation in one line, without its address."""
    title = f"[{source.title}]" if source.described else wording.say("quoted", words=source.title)
    authors = f"{', '.join(source.authors)}, " if source.authors else ""
    date = wording.date(source.issued) if source.issued else wording.say("no_date")
    language = "" if source.language == wording.language else f", {wording.say('in_language', language=wording.tongue(source.language))}"
    return f"{authors}{source.publisher}, {title}, {date}{language}"


def remarks(source: Source) -> list[str]:
    """What a reader should know before trusting the address."""
    found = [READ[source.read]]
    if source.mirror_of:
        found.append(f"The address is a copy; the original is at {urlsplit(source.mirror_of).hostname}.")
    if source.copy_of:
        found.append(f"The address is a copy: {source.copy_of}.")
    if source.weak:
        found.append(f"A weak source, never the only support of a claim: {source.weak}.")
    if source.note:
        found.append(source.note)
    return found
