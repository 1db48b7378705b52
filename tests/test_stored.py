"""Values that are kept between builds come back whole, and whoever wrote their bytes, to read them does nothing else."""

from __future__ import annotations

import ast
import contextlib
import datetime as dt
import json
import pickle
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from support import copy_small

from explainer.common import typed_json
from explainer.common.problems import Problems
from explainer.common.typed_json import NotStorable, from_json, to_json
from explainer.incremental.cache import Cache, CachedBytes
from explainer.model.dates import Edtf
from explainer.model.edtf import EarlyDay
from explainer.model.quantities import Quantity
from explainer.model.records import Source
from explainer.options import Options
from explainer.project import Project

ROOT = Path(__file__).resolve().parent.parent
SIMPLE = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.dates()
    | st.datetimes() | st.decimals(allow_nan=False) | st.fractions() | st.text().map(Markup)
)  # fmt: skip
HASHABLE = SIMPLE | st.tuples(SIMPLE, SIMPLE)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(HASHABLE, inner) | st.sets(HASHABLE)
        | st.frozensets(HASHABLE) | st.dictionaries(st.sampled_from(["!tuple", "!Source", "!", "!dict"]), inner)
    ),
    max_leaves=20,
)  # fmt: skip


@given(VALUES)
def test_values_come_back_as_they_were(value: object) -> None:
    """Whatever is made of the plain types is itself again, keys that look like our own marks too."""
    again = from_json(to_json(value))
    assert again == value
    assert _shape(again) == _shape(value)


def _shape(value: object) -> object:
    if isinstance(value, dict):
        return dict, [(_shape(key), _shape(each)) for key, each in value.items()]
    if isinstance(value, (set, frozenset)):
        return type(value), sorted(map(repr, map(_shape, value)))
    return type(value), [_shape(each) for each in value] if isinstance(
        value, (list, tuple)
    ) else None


def test_own_types_come_back_as_they_were(tmp_path: Path) -> None:
    """Records, with their places, and values of every kind are themselves again."""
    small = copy_small(tmp_path / "project")
    ledger = Project.read(Options(small, small / "site"), Problems()).ledger
    kinds = ("sources", "facts", "series", "charts", "terms")
    records = {kind: dict(getattr(ledger, kind)) for kind in kinds}
    again = from_json(to_json(records))
    assert again == records
    for kind in kinds:
        for name, each in records[kind].items():
            found = again[kind][name]
            assert (type(found), found.model_fields_set) == (type(each), each.model_fields_set)
            assert [found.place(key) for key in each.places] == [
                each.place(key) for key in each.places
            ]
    assert isinstance(next(iter(again["sources"].values())), Source)
    values = (
        Edtf.parse("-0043-03-15"),
        EarlyDay(-43, 3, 15),
        Quantity.parse("about 35000 ±5"),
        CachedBytes("key", "sum"),
    )
    assert from_json(to_json(values)) == values


@pytest.mark.parametrize(
    "value",
    [object(), Path("x"), print, dt.time(1), range(3), 1j, type, Cache(), {"a": (1, [Path("x")])}],
    ids=lambda each: type(each).__name__,
)
def test_what_has_no_place_in_the_table_is_not_kept(value: object) -> None:
    """A value of another type is refused when it is put there, and not when it is wanted."""
    with pytest.raises(NotStorable):
        to_json(value)


NAMED = [
    "Rows", "Cache", "Path", "Popen", "os.system", "eval", "print", "subprocess.Popen", "explainer.incremental.cache.Rows", "Context",
    "Project", "Templates", "History", "object", "type", "__import__", "__builtins__", "range", "bytearray", "Place", "Problems", "",
]  # fmt: skip
"""Types and functions, ours and others', that somebody could want made."""


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize(
    "value",
    ["/victim", ["/victim"], {"path": "/victim"}, [[], {"path": "/victim"}], None],
    ids=repr,
)
def test_nothing_is_made_that_is_not_in_the_table(
    tmp_path: Path, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes that name anything else are refused."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="kept"):
        from_json(json.dumps([{f"!{name}": value}]).encode())
    assert list(tmp_path.iterdir()) == []


TAGS = st.sampled_from(
    ["!tuple", "!set", "!date", "!Decimal", "!Edtf", "!Source", "!Places", "!bytes", "!dict"]
)
JSON: st.SearchStrategy[object] = st.deferred(
    lambda: (
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(JSON, max_size=4)
        | st.dictionaries(st.text() | TAGS, JSON, max_size=2)
    )
)  # fmt: skip


@given(JSON)
def test_any_json_is_read_or_refused(told: object) -> None:
    """Whatever stands where a kept value ought to: it is a value of a type of the table, or a ``ValueError``."""
    with contextlib.suppress(ValueError):
        from_json(json.dumps(told).encode())


@given(st.binary())
def test_any_bytes_are_read_or_refused(told: bytes) -> None:
    """The same for bytes that are no JSON."""
    with contextlib.suppress(ValueError):
        from_json(told)


@pytest.mark.parametrize(
    "told",
    [
        b"[" * 100_000,
        b'{"!tuple":' * 100_000,
        b'{"a":' * 50_000,
        b"9" * 100_000,
        b'{"!Decimal":"1e99999999999"}',
        b"\xff\xfe",
    ],
)
def test_traps_are_refused(told: bytes) -> None:
    """Deep nesting and long numbers end in a ``ValueError``, or in a small value."""
    with contextlib.suppress(ValueError):
        from_json(told)


def test_a_pickle_is_not_read(tmp_path: Path) -> None:
    """What a build of old kept, or somebody else wrote, is no value: it is made again."""
    cache = Cache(str(tmp_path / "kept.sqlite"))
    key = cache.room("a")
    cache.put_at(key, ("x",))
    cache._rows.put(key, pickle.dumps(("x",)))
    assert cache.value_at(key) is None
    cache.close()


def test_no_module_reads_code_from_bytes() -> None:
    """Nothing in the generator unpickles, unmarshals, evaluates, or opens a cache of Python's."""
    forbidden = {
        "pickle.loads",
        "pickle.load",
        "pickle.Unpickler",
        "marshal.loads",
        "marshal.load",
        "shelve.open",
        "eval",
        "exec",
        "yaml.load",
        "yaml.unsafe_load",
        "yaml.full_load",
    }
    found = []
    for path in [ROOT / "build.py", *sorted((ROOT / "explainer").rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (name := ast.unparse(node.func)) in forbidden:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")
            if (
                isinstance(node, ast.ClassDef)
                and {ast.unparse(base) for base in node.bases} & forbidden
            ):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert found == []


def test_numbers_keep_their_kind() -> None:
    """A decimal keeps its zeros, and a fraction is exact."""
    assert repr(from_json(to_json((Decimal("1.50"), Fraction(1, 3), 1.0, 1, True)))) == repr(
        (Decimal("1.50"), Fraction(1, 3), 1.0, 1, True)
    )


def _kinds(hint: object) -> Iterator[type]:
    """Every dataclass that a type hint names."""
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for each in get_args(hint):
        yield from _kinds(each)


def _hints(kind: type) -> dict[str, object]:
    """The types of a dataclass's fields; names that are imported for the type checker alone are no part of what is kept."""
    module = vars(sys.modules[kind.__module__])
    return {each.name: eval(str(each.type), module) for each in fields(kind)}  # our own annotations


def test_what_is_kept_holds_only_what_is_kept() -> None:
    """Each dataclass in the table has fields of types in the table alone: else a build would stop at the first value that has another."""
    import build  # noqa: F401, PLC0415

    missing = set()
    for kind in [kind for kind in typed_json._writers if is_dataclass(kind)]:
        missing |= {f"{each.__name__} in {kind.__name__}" for hint in _hints(kind).values() for each in _kinds(hint)
                    if each not in typed_json._writers}  # fmt: skip
    assert missing == set()
