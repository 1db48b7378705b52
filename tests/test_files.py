"""Files that lie in the cache are told from others, published and looked into as if they were at hand, and are read only then."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from explainer.common.problems import MachineFailed
from explainer.incremental.cache import Cache, CachedBytes
from explainer.incremental.files import Files


class _Reads(Cache):
    """A cache that notes what is read of it."""

    def __init__(self) -> None:
        super().__init__()
        self.reads: list[CachedBytes] = []

    def read(self, held: CachedBytes) -> bytes:
        self.reads.append(held)
        return super().read(held)


def test_a_file_is_read_when_somebody_looks_into_it() -> None:
    """Its sum, its path and its place need no reading; a copy under another path is the same file."""
    cache = _Reads()
    files = Files(cache)
    files.put("a", cache.hold(b"one"))
    files["b"] = b"two"
    files.put("c", files.take("a"))
    sums = {
        name: hashlib.sha256(data).hexdigest()
        for name, data in (("a", b"one"), ("b", b"two"), ("c", b"one"))
    }
    assert {path: files.sum(path) for path in files} == sums
    assert len(files) == 3
    assert "a" in files
    assert cache.reads == []
    assert dict(files) == {"a": b"one", "b": b"two", "c": b"one"}
    assert len(cache.reads) == 2


def test_a_file_that_is_written_over_is_another() -> None:
    """Its sum is that of what stands there now; one that is gone is not there."""
    files = Files()
    files.put("a", b"one", "a sum that is told")
    assert files.sum("a") == "a sum that is told"
    files["a"] = b"two"
    assert files.sum("a") == hashlib.sha256(b"two").hexdigest()
    del files["a"]
    assert "a" not in files
    with pytest.raises(KeyError):
        files["a"]


def test_what_is_dropped_is_not_there(tmp_path: Path) -> None:
    """A cache says of what it holds whether it lies there still, also to a later build."""
    with Cache.at(tmp_path) as cache:
        held = cache.hold(b"words")
        cache.tidy()
    with Cache.at(tmp_path) as cache:
        assert cache.has(held)
        assert cache.read(held) == b"words"
    assert not Cache().has(held)
    with pytest.raises(MachineFailed, match="cannot be read; delete"):
        Cache().read(held)
