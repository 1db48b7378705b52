"""The ledger's tables as a Data Package (v2): a CSV file each, described field by field, and all of them in one zip."""

from __future__ import annotations

import hashlib
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic_core import to_json

from explainer.exports.claim_shape import ClaimOut, EvidenceOut
from explainer.exports.downloads import csv_of
from explainer.exports.shape import LedgerOut, QuestionOut, SourceOut

_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES: Final = {bool: "boolean", float: "number", str: "string"}
_NESTED: Final = {"evidence", "claims", "answer"}
"""What has a table of its own, or cannot stand in one."""
_LICENCES: Final = {"CC BY 4.0": "CC-BY-4.0", "CC0": "CC0-1.0"}
_KEYS: Final[dict[str, list[str]]] = {"questions": ["id"], "claims": ["question", "id"], "sources": ["id"]}
_FOREIGN: Final = {"claims": ("question", "questions"), "evidence": ("source", "sources")}

Rows = list[dict[str, Any]]


def tables(ledger: LedgerOut) -> dict[str, tuple[list[dict[str, Any]], Rows]]:
    """Fields and rows of each table, by name."""
    claims = [claim for question in ledger.questions for claim in question.claims]
    evidence = [{"question": claim.question, "claim": claim.id, **_row(item)} for claim in claims for item in claim.evidence]
    own = [_field("question", str, "Id of the question."), _field("claim", str, "Id of the claim, within its question.")]
    return {
        "questions": (_fields(QuestionOut), [_row(each) for each in ledger.questions]),
        "claims": (_fields(ClaimOut), [_row(claim) for claim in claims]),
        "evidence": ([*own, *_fields(EvidenceOut)], evidence),
        "sources": (_fields(SourceOut), [_row(each) for each in ledger.sources]),
    }


def files(ledger: LedgerOut, title: str, description: str, licence_url: str) -> dict[str, str]:
    """The CSV files and their description, by path below ``data/``."""
    found = tables(ledger)
    made = {
        f"{name}.csv": csv_of([field["name"] for field in fields], (row.values() for row in rows)) for name, (fields, rows) in found.items()
    }
    resources = [_resource(name, fields, made[f"{name}.csv"]) for name, (fields, _) in found.items()]
    package = {
        "$schema": _PROFILE, "name": "ledger", "title": title, "description": description,
        **_licence(ledger.licence, licence_url), "sources": [_source(each) for each in ledger.sources], "resources": resources,
    }  # fmt: skip
    return {**made, "datapackage.json": to_json(package, indent=1).decode() + "\n"}


def _resource(name: str, fields: list[dict[str, Any]], text: str) -> dict[str, Any]:
    data = text.encode()
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


def _licence(name: str, url: str) -> dict[str, Any]:
    if not name:
        return {}
    return {"licenses": [{key: value for key, value in (("name", _LICENCES.get(name)), ("title", name), ("path", url)) if value}]}


def _source(source: SourceOut) -> dict[str, str]:
    return {key: value for key, value in (("title", f"{source.publisher}: {source.title}"), ("path", source.url)) if value}


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
