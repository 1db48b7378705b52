"""That a kind of chart cannot show some data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

from explainer.tables import Row


@dataclass(frozen=True)
class Misfit:
    """Why a kind of chart cannot show a table, and what to do about it."""

    message: str
    hint: str


def loose_season(rows: Iterable[Row]) -> Misfit | None:
    """Why an axis of time cannot show a season whose months nobody says beside others of those days; ``None`` where there is none."""
    for one, other in permutations(rows, 2):
        if not one.is_loose or one.on_axis == other.on_axis or not (one.start and one.end and other.start and other.end):
            continue
        same = other.is_loose and one.on_axis[0] == other.on_axis[0]  # the same season of two years
        if not same and one.start <= other.end and other.start <= one.end:
            message = f"'{one.claim.anchor}' ({one.label}) may lie before or after '{other.claim.anchor}' ({other.label})"
            return Misfit(message, "write the months ('2024-06/2024-08'), or draw 'dots' or 'ranges', which say the season of each")
    return None
