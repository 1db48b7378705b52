"""Addresses that were published: each is there still, or was renamed, or was withdrawn with an entry that tells of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from explainer.ledger import Ledger
from explainer.ledger.renames import holder_now
from explainer.problems import Place, Problem

RENAMED = "seeds/renamed.yaml"


def slugs(paths: Iterable[str]) -> set[str]:
    """The addresses of hand-written pages, by their paths in the project; the first page's is left out, for it cannot go."""
    names = (path.removeprefix("site_src/").removesuffix(".md").removesuffix("/index") for path in paths if path.endswith(".md"))
    return {name for name in names if name != "index"}


def addresses(ledger: Ledger, pages: Iterable[str]) -> set[str]:
    """Every address that is somebody's own: of facts, series, charts, sources and pages, below the site's root."""
    rooms = {"facts": ledger.holders, "charts": ledger.charts, "sources": ledger.sources}
    return {f"{room}/{name}" for room, names in rooms.items() for name in names} | slugs(pages)


def gone(then: Ledger, now: Ledger, before: Collection[str], after: Collection[str], untold: Collection[str]) -> Iterator[Problem]:
    """A problem for each published address that leads to nothing, and for each published renaming that is altered or gone.

    ``untold`` are the facts and series of which a change is told already.
    """
    withdrawn = {f"facts/{each.fact}" for each in now.corrections.values() if each.class_ == "withdrawal" and not each.claim}
    told = {f"facts/{holder}" for holder in untold}
    for address in sorted(set(before) - set(after) - set(now.renamed) - withdrawn - told):
        hint = f"put it back, or say in {RENAMED} what stands in its place: {{was: {address}, now: …}}"
        yield Problem(Place(RENAMED), "address-gone", f"'{address}/' was published, and leads to nothing now", hint)
    for was, entry in then.renamed.items():
        new = now.renamed.get(was)
        if new is None or new.now != entry.now:
            place = new.place("now") if new else Place(RENAMED)
            message = f"that '{was}/' is now '{entry.now}/' was published, and is {'altered' if new else 'gone'}"
            yield Problem(place, "address-gone", message, "put the line back as it was; where it moved once more, add another line")


def moved(ref: str, now: Ledger) -> str:
    """A claim's or an answer's reference with the name that its fact or series has now."""
    name, colon, claim = ref.partition(":")
    return f"{holder_now(now.renamed, name)}{colon}{claim}"
