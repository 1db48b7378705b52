"""The ledger's tables as a Data Package (v2): a CSV file each, described field by field, and all of them in one zip."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic_core import to_json

from explainer.exports.claim_shape import ClaimOut, EvidenceOut
from explainer.exports.downloads import csv_of
from explainer.exports.shape import QuestionOut, SourceOut
from explainer.licence import Licence

_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES: Final = {bool: "boolean", float: "number", str: "string"}
_NESTED: Final = {"evidence", "claims", "answer"}
"""What has a table of its own, or cannot stand in one."""
_LICENCES: Final = {"CC BY 4.0": "CC-BY-4.0", "CC0": "CC0-1.0"}
_KEYS: Final[dict[str, list[str]]] = {"questions": ["id"], "claims": ["question", "id"], "sources": ["id"]}
_FOREIGN: Final = {"claims": ("question", "questions"), "evidence": ("source", "sources")}

OF_QUESTIONS: Final = ("questions", "claims", "evidence")
"""The tables that are made fact by fact and series by series."""
SOURCES: Final = "sources"
"""The table of all sources."""


@dataclass(frozen=True)
class About:
    """What a package says of itself."""

    title: str
    description: str
    licence: Licence


def rows_of(question: QuestionOut) -> dict[str, bytes]:
    """The rows of a fact or series in each table, as CSV, by the table's name."""
    evidence = (({"question": claim.question, "claim": claim.id}, item) for claim in question.claims for item in claim.evidence)
    return {
        "questions": rows([question]),
        "claims": rows(question.claims),
        "evidence": csv_of({**own, **_row(item)}.values() for own, item in evidence).encode(),
    }


def rows(records: Iterable[BaseModel]) -> bytes:
    """A row for each record, as CSV."""
    return csv_of(_row(each).values() for each in records).encode()


def files(of: Mapping[str, bytes], sources: Sequence[Mapping[str, str]], about: About) -> dict[str, bytes]:
    """The CSV files and their description, by path below ``data/``; from the rows of each table and the sources as ``described``."""
    own = [_field("question", str, "Id of the question."), _field("claim", str, "Id of the claim, within its question.")]
    fields = {
        "questions": _fields(QuestionOut),
        "claims": _fields(ClaimOut),
        "evidence": [*own, *_fields(EvidenceOut)],
        "sources": _fields(SourceOut),
    }
    made = {f"{name}.csv": csv_of([[field["name"] for field in fields[name]]]).encode() + of[name] for name in fields}
    resources = [_resource(name, fields[name], made[f"{name}.csv"]) for name in fields]
    package = {
        "$schema": _PROFILE, "name": "ledger", "title": about.title, "description": about.description,
        **_licence(about.licence), "sources": sources, "resources": resources,
    }  # fmt: skip
    return {**made, "datapackage.json": to_json(package, indent=1) + b"\n"}


def described(source: SourceOut) -> dict[str, str]:
    """A source as a package lists what it comes from."""
    return {key: value for key, value in (("title", f"{source.publisher}: {source.title}"), ("path", source.url)) if value}


def _resource(name: str, fields: list[dict[str, Any]], data: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": fields}
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    if name in _FOREIGN:
        field, other = _FOREIGN[name]
        schema["foreignKeys"] = [{"fields": [field], "reference": {"resource": other, "fields": ["id"]}}]
    return {
        "name": name, "type": "table", "path": f"{name}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "schema": schema,
    }  # fmt: skip


def _licence(licence: Licence) -> dict[str, Any]:
    if not licence.name:
        return {}
    said = (("name", _LICENCES.get(licence.name)), ("title", licence.name), ("path", licence.url))
    return {"licenses": [{key: value for key, value in said if value}]}


def _fields(kind: type[BaseModel]) -> list[dict[str, Any]]:
    return [
        _field(name, next((each for each in get_args(info.annotation) if each in _TYPES), info.annotation), info.description or "")
        for name, info in kind.model_fields.items()
        if name not in _NESTED
    ]


def _field(name: str, kind: Any, description: str) -> dict[str, Any]:
    return {"name": name, "type": _TYPES.get(kind, "string"), "description": description}


def _row(record: BaseModel) -> dict[str, Any]:
    return {name: _cell(value) for name, value in record if name not in _NESTED}


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "; ".join(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value
