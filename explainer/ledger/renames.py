"""Addresses that were published and are others now: whatever names an old one means what stands in its place."""

from __future__ import annotations

from collections.abc import Mapping

from explainer.records import Correction, Renamed


def current(renamed: Mapping[str, Renamed], address: str) -> str:
    """What an address is now, over however many steps; itself where nothing renamed it. One that is renamed in a circle stays in it."""
    for _ in renamed:
        if address not in renamed:
            break
        address = renamed[address].now
    return address


def holder_now(renamed: Mapping[str, Renamed], name: str) -> str:
    """The id of a fact or series now."""
    return current(renamed, f"facts/{name}").removeprefix("facts/")


def resolved(entry: Correction, renamed: Mapping[str, Renamed]) -> Correction:
    """An entry about what was renamed since, as one about what it is now. Published entries themselves are never altered."""
    rooms = {"fact": "facts/", "chart": "charts/", "page": ""}
    named = {key: f"{room}{getattr(entry, key).strip('/')}" for key, room in rooms.items() if getattr(entry, key)}
    moved = {key: current(renamed, old).removeprefix(rooms[key]) for key, old in named.items() if current(renamed, old) != old}
    return entry.model_copy(update=moved) if moved else entry
