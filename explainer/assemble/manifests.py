"""Reads and validates ``manifest.json``, which each site has.

It is read by the next build, by ``verify``, and when assets of the last deployment are carried
over.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from explainer.common.addresses import BadAddress, site_address
from explainer.common.disk import MANIFEST
from explainer.engine import ENGINES
from explainer.model.edtf import iso_day
from explainer.model.settings import REPORT

MOST: Final = 50_000_000
"""The most bytes of a manifest. That of a site of 100,000 files has a fifth of them."""
_LONGEST: Final = 4_096
_SHOWN: Final = 60


class InvalidManifest(ValueError):
    """Raised for a file that is not one of our manifests; the message says what is wrong."""


def _path(path: str) -> str:
    if (
        not 0 < len(path) <= _LONGEST
        or not path.isprintable()
        or "\\" in path
        or any(part in ("", ".", "..") for part in path.split("/"))
    ):
        raise ValueError("no path below a site")
    return path


def _engine(name: str) -> str:
    if name not in ENGINES:
        raise ValueError(f"no engine; known are {', '.join(ENGINES)}")
    return name


def _address(address: str) -> str:
    try:
        return site_address(address)
    except BadAddress as bad:
        raise ValueError(str(bad)) from bad


def _report(address: str) -> str:
    if not REPORT.match(address):
        raise ValueError("no address of a web page or for mail")
    return address


Kind = TypeVar("Kind", bound="Manifest")
Sum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Day = Annotated[str, AfterValidator(iso_day)]
SitePath = Annotated[str, AfterValidator(_path)]


class Manifest(BaseModel):
    """The fields that all our manifests have."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    generator: Literal["explainer"]
    files: dict[SitePath, Sum]
    """The SHA-256 digest of every other file, by path."""
    carried: dict[SitePath, Day] = {}
    """The day on which each carried file was last part of a site, by path."""


class BuildManifest(Manifest):
    """A manifest with the options of its build."""

    engine: Annotated[str, AfterValidator(_engine)]
    site_url: Annotated[str, AfterValidator(_address)] | None
    report: Annotated[str, AfterValidator(_report)] | None
    today: Day
    today_from: str


def parse_manifest(data: bytes) -> Manifest:
    """Parse one of our manifests. Raises ``NotOurs`` if the bytes are something else."""
    return _parsed(Manifest, data)


def parse_build_manifest(data: bytes) -> BuildManifest:
    """Parse a manifest with the options of its build.

    Raises ``NotOurs`` if some are missing or invalid.
    """
    return _parsed(BuildManifest, data)


def _parsed(kind: type[Kind], data: bytes) -> Kind:
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part)[:_SHOWN] for part in first["loc"])
        raise InvalidManifest(f"{where}: {first['msg']}" if where else first["msg"]) from error


def read(folder: Path) -> bytes:
    """Return the bytes of a folder's manifest.

    Raises ``NotOurs`` if it is missing, is not a plain file, or is too large.
    """
    path = folder / MANIFEST
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST:
        raise InvalidManifest("it is no plain file")
    return path.read_bytes()
