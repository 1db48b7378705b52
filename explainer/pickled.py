"""Values of this project's own types as bytes: to tell whether two are the same, and to be kept from one build to the next."""

from __future__ import annotations

import hashlib
import io
import pickle
from typing import Any, Final

from explainer.records import Record

_ELSEWHERE: Final = {
    *(("builtins", name) for name in ("frozenset", "set")),
    *(("datetime", name) for name in ("date", "datetime", "timedelta")),
    ("decimal", "Decimal"),
    ("fractions", "Fraction"),
    ("markupsafe", "Markup"),
}
"""Types from elsewhere that a kept value may hold."""


_found: dict[tuple[str, str], type] = {}
"""Types that were looked up before."""


class _Plain(pickle.Pickler):
    """Writes records by their values, without the places in files that they were read from, so that a line put in above changes none."""

    def reducer_override(self, thing: object) -> Any:
        if isinstance(thing, Record):
            return tuple, (tuple(item for item in vars(thing).items() if item[0] != "places"),)
        return NotImplemented


class _Own(pickle.Unpickler):
    """Reads values of this project's types and a few others, and runs nothing else, whoever wrote the bytes."""

    def find_class(self, module: str, name: str) -> Any:
        return _found.get((module, name)) or self._find(module, name)

    def _find(self, module: str, name: str) -> type:
        if module.split(".", maxsplit=1)[0] != "explainer" and (module, name) not in _ELSEWHERE:
            raise pickle.UnpicklingError(f"{module}.{name} is kept by no build")
        found = super().find_class(module, name)
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} is not a type")
        _found[module, name] = found
        return found


def digest(value: object) -> str:
    """A sum over a value, in half the letters of SHA-256."""
    out = io.BytesIO()
    plain = _Plain(out, protocol=5)
    plain.fast = True  # written out each time: equal values have one sum, whether or not they share their parts
    plain.dump(value)
    return hashlib.sha256(out.getbuffer()).hexdigest()[:32]


def pickled(value: object) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, protocol=5)


def unpickled(data: bytes) -> Any:
    """The value. Raises ``pickle.UnpicklingError`` where it holds what no build keeps."""
    return _Own(io.BytesIO(data)).load()
