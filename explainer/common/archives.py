"""Zip archives whose bytes are the same on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def build_zip(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive with some files in one folder.

    Nothing is compressed, because compression differs from machine to machine.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(_entry(f"{folder}/{name}"), files[name])
    return out.getvalue()


def repack_uncompressed(archive: bytes) -> bytes:
    """Return another program's archive with the same files in the same order, uncompressed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy,
    ):
        for name in given.namelist():
            copy.writestr(_entry(name), given.read(name))
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry
