"""A sum over a value, whether or not its parts share theirs. Sets have no order from one process to
the next: sort them before.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from typing import Any

from explainer.model.records import Record


class _ByValue(pickle.Pickler):
    """Writes records by their values alone, without where they stand in their files: a line put in
    above a record changes nothing of it. What is written is summed, and nobody ever reads it.
    """

    def reducer_override(self, thing: object) -> Any:
        if isinstance(thing, Record):
            return tuple, (tuple(item for item in vars(thing).items() if item[0] != "places"),)
        return NotImplemented


def digest(value: object) -> str:
    """The first half of a SHA-256 over a value, in hexadecimal."""
    out = io.BytesIO()
    writer = _ByValue(out, protocol=5)
    writer.fast = True  # what occurs twice is written twice, so that sharing changes no sum
    writer.dump(value)
    return hashlib.sha256(out.getbuffer()).hexdigest()[:32]
