"""Digests of values.

Equal values have the same digest, whether or not their parts are shared objects. Sets have no
fixed order between processes: sort them before you digest them.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from typing import Any

from explainer.model.records import Record


class _ByValue(pickle.Pickler):
    """Pickle records by their values alone, without their places in the files.

    So a line that is inserted above a record does not change its digest. The output is only hashed
    and never unpickled.
    """

    def reducer_override(self, thing: object) -> Any:
        if isinstance(thing, Record):
            return tuple, (tuple(item for item in vars(thing).items() if item[0] != "places"),)
        return NotImplemented


def digest(value: object) -> str:
    """Return the first half (32 characters) of the hexadecimal SHA-256 of a value."""
    out = io.BytesIO()
    writer = _ByValue(out, protocol=5)
    writer.fast = True  # no memo: write repeated objects each time, so that sharing has no effect
    writer.dump(value)
    return hashlib.sha256(out.getbuffer()).hexdigest()[:32]
