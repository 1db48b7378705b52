"""Values of this project's own types as bytes: to tell whether two are the same, and to be kept from one build to the next."""

from __future__ import annotations

import hashlib
import io
import pickle
from dataclasses import is_dataclass
from typing import Any, Final

from explainer.problems import Places
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
    """Makes nothing but records, dataclasses and a few types from elsewhere, whoever wrote the bytes: to make one does nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        return _found.get((module, name)) or self._find(module, name)

    def _find(self, module: str, name: str) -> type:
        ours = module.startswith("explainer.") and "." not in name  # "." leads on into what a module has imported
        if not ours and (module, name) not in _ELSEWHERE:
            raise pickle.UnpicklingError(f"{module}.{name} is kept by no build")
        found = super().find_class(module, name)
        if not isinstance(found, type) or (ours and not (found.__module__ == module and _is_value(found))):
            raise pickle.UnpicklingError(f"{module}.{name} is no type of a value that is kept")
        _found[module, name] = found
        return found


def _is_value(found: type) -> bool:
    """Whether a type only holds what it is given: it opens no file and starts nothing when it is made."""
    return is_dataclass(found) or issubclass(found, (Record, Places))


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
