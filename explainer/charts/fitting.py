"""That a kind of chart cannot show some data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Misfit:
    """Why a kind of chart cannot show a table, and what to do about it."""

    message: str
    hint: str
