"""``manifest.json`` as it is read again: by the next build, by ``verify``, by whoever carries assets on. What it says is checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from explainer.common.addresses import BadAddress, site_address
from explainer.common.disk import MARKER
from explainer.engine import ENGINES
from explainer.model.edtf import iso_day
from explainer.model.settings import REPORT

MOST: Final = 50_000_000
"""No manifest has more bytes: that of a site of a hundred thousand files has a fifth of them."""
_LONGEST: Final = 4_096
_SHOWN: Final = 60


class NotOurs(ValueError):
    """A file that is no manifest of ours; says what is wrong with it."""


def _path(path: str) -> str:
    if not 0 < len(path) <= _LONGEST or not path.isprintable() or "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
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
    """What every manifest of ours says."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    generator: Literal["explainer"]
    files: dict[SitePath, Sum]
    """The SHA-256 of every other file, by path."""
    carried: dict[SitePath, Day] = {}
    """The day on which each file that the site only carries was last part of one."""


class Told(Manifest):
    """A manifest with what the build was told."""

    engine: Annotated[str, AfterValidator(_engine)]
    site_url: Annotated[str, AfterValidator(_address)] | None
    report: Annotated[str, AfterValidator(_report)] | None
    today: Day
    today_from: str


def manifest(data: bytes) -> Manifest:
    """A manifest of ours from its bytes. Raises ``NotOurs`` where they are none."""
    return _parsed(Manifest, data)


def told(data: bytes) -> Told:
    """The same with all that its build was told."""
    return _parsed(Told, data)


def _parsed(kind: type[Kind], data: bytes) -> Kind:
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part)[:_SHOWN] for part in first["loc"])
        raise NotOurs(f"{where}: {first['msg']}" if where else first["msg"]) from error


def read(folder: Path) -> bytes:
    """The bytes of a folder's manifest. Raises ``NotOurs`` where it is no plain file of its size."""
    path = folder / MARKER
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST:
        raise NotOurs("it is no plain file")
    return path.read_bytes()
