"""Data Packages (version 2): CSV files with a description of every field.

The ledger's tables are one package. The table of each chart is a package of its own.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple, get_args

from pydantic import BaseModel

from explainer.publish.licence import Licence
from explainer.publish.tables import Table
from explainer.render.exports.downloads import (
    Cell,
    Column,
    Kind,
    Sheet,
    columns_of,
    csv_of,
    without_guard,
    workbook,
)
from explainer.render.exports.machine_values import dump_json
from explainer.render.exports.schemas import ClaimOut, EvidenceOut, QuestionOut, SourceOut

_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_KINDS: Final[dict[object, Kind]] = {bool: "boolean", Decimal: "number", str: "string"}
_TYPES: Final[dict[Kind, str]] = {"boolean": "boolean", "number": "number"}
"""The Table Schema types of columns. A column of any other kind is a string, or a date."""
_DATES: Final = {"as_of", "review_by", "date", "period", "said_on", "issued", "accessed"}
_LINKS: Final = {"url", "mirror_of"}
_NESTED: Final = {"evidence", "claims", "answer"}
"""Fields that have a table of their own, or do not fit into a cell."""
_LICENCES: Final = {"CC BY 4.0": "CC-BY-4.0", "CC0": "CC0-1.0"}
_KEYS: Final[dict[str, list[str]]] = {
    "questions": ["id"],
    "claims": ["question", "id"],
    "sources": ["id"],
}


class _Foreign(NamedTuple):
    """A foreign key: the fields of a table that identify a row of another table."""

    fields: list[str]
    table: str
    named: list[str]


_FOREIGN: Final = {
    "claims": [_Foreign(["question"], "questions", ["id"])],
    "evidence": [
        _Foreign(["question"], "questions", ["id"]),
        _Foreign(["question", "claim"], "claims", ["question", "id"]),
        _Foreign(["source"], "sources", ["id"]),
    ],
}
_FULL_DATE = re.compile(r"(?!0000)\d{4}-\d\d-\d\d", re.ASCII)
EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"
"""The type of dates that programs may not complete: "2024", "199X", "2025-04-01/2025-07-15"."""
_EDTF_LETTERS: Final = r"[0-9X,./~?%\[\]{} -]{4,200}"

OF_QUESTIONS: Final = ("questions", "claims", "evidence")
"""The tables that are made separately for each fact and series."""
SOURCES: Final = "sources"
"""The name of the table of all sources."""


@dataclass(frozen=True)
class PackageMetadata:
    """The metadata of a package."""

    title: str
    description: str
    licence: Licence
    day: dt.date
    """The day that the workbook gives as the day of its creation."""


def rows_of(question: QuestionOut) -> dict[str, bytes]:
    """Return the rows of a fact or series as CSV without a header, by the table's name."""
    evidence = (
        ({"question": claim.question, "claim": claim.id}, item)
        for claim in question.claims
        for item in claim.evidence
    )
    return {
        "questions": rows([question]),
        "claims": rows(question.claims),
        "evidence": csv_of({**own, **_row(item)}.values() for own, item in evidence).encode(),
    }


def rows(records: Iterable[BaseModel]) -> bytes:
    """Return CSV with one row for each record, and no header."""
    return csv_of(_row(each).values() for each in records).encode()


def files(
    of: Mapping[str, bytes], sources: Sequence[Mapping[str, str]], about: PackageMetadata
) -> dict[str, bytes]:
    """Return the files of the ledger's package: CSV files, a workbook and ``datapackage.json``.

    The workbook is not a resource of the package. In version 2, a resource is a table with a
    schema, or has no type that programs agree on.

    Args:
        of: The rows of each table as CSV without a header, by the table's name.
        sources: The sources, as ``described`` returns them.
        about: The metadata of the package.

    Returns:
        The content of the files, by path below ``data/``.
    """
    own = [
        Field("question", "string", "Id of the question."),
        Field("claim", "string", "Id of the claim, within its question."),
    ]
    fields = {
        "questions": _fields(QuestionOut),
        "claims": _fields(ClaimOut),
        "evidence": [*own, *_fields(EvidenceOut)],
        "sources": _fields(SourceOut),
    }
    made = {
        f"{name}.csv": csv_of([[field.name for field in fields[name]]]).encode() + of[name]
        for name in fields
    }
    sheets = [
        Sheet(
            name,
            [Column(each.name, each.kind) for each in fields[name]],
            _cells(fields[name], of[name]),
        )
        for name in fields
    ]
    book = workbook(about.title, sheets, about.day)
    resources = [
        _resource(name, f"{name}.csv", fields[name], made[f"{name}.csv"]) for name in fields
    ]
    package = {
        "$schema": _PROFILE, "name": "ledger", "title": about.title,
        "description": f"{about.description} The same tables are the sheets of ledger.xlsx.",
        **_licence(about.licence), "sources": sources, "resources": resources,
    }  # fmt: skip
    return {**made, "ledger.xlsx": book, "datapackage.json": _written(package)}


def chart_data_package(
    table: Table, data: bytes, licence: Licence, sources: Sequence[Mapping[str, str]]
) -> bytes:
    """Return the ``datapackage.json`` for a chart's CSV file, whose bytes are ``data``.

    The two files must be in the same folder.
    """
    fields = [Field(*column) for column in columns_of(table)]
    package = {
        "$schema": _PROFILE,
        "name": table.id,
        "title": table.title,
        "description": table.alt or table.subtitle,
        **_licence(licence),
        "sources": sources,
        "resources": [_resource(table.id, f"{table.id}.csv", fields, data)],
    }
    return _written({key: value for key, value in package.items() if value})


def data_package_source(source: SourceOut) -> dict[str, str]:
    """Return a source as an item of a package's ``sources``."""
    return {
        key: value
        for key, value in (("title", f"{source.publisher}: {source.title}"), ("path", source.url))
        if value
    }


def _resource(name: str, path: str, fields: Sequence[Field], data: bytes) -> dict[str, Any]:
    """Return the description of a CSV file.

    A column has the type "date" only if each of its dates is a whole day. Programs may complete
    any other date.
    """
    days = _whole_days(data)
    schema: dict[str, Any] = {
        "fields": [field.described(is_day=field.name in days) for field in fields]
    }
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    if name in _FOREIGN:
        schema["foreignKeys"] = [
            {"fields": each.fields, "reference": {"resource": each.table, "fields": each.named}}
            for each in _FOREIGN[name]
        ]
    return {
        "name": name,
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema,
    }


def _read(data: bytes) -> Iterator[list[str]]:
    """Return the rows of a CSV file that this site wrote.

    The limit of the field size is raised first. A cell may be long, as it can hold all authors of
    a source.
    """
    csv.field_size_limit(max(len(data), csv.field_size_limit()))
    return csv.reader(io.StringIO(data.decode(), newline=""))


def _whole_days(data: bytes) -> set[str]:
    """Return the columns of a CSV file that hold whole days, and nothing else but empty cells."""
    rows = _read(data)
    names = next(rows)
    some, other = set[str](), set[str]()
    for row in rows:
        for name, cell in zip(names, row, strict=True):
            if cell:
                (some if _FULL_DATE.fullmatch(cell) else other).add(name)
    return some - other


def _cells(fields: Sequence[Field], data: bytes) -> list[list[Cell]]:
    """Return the rows of a CSV file without a header, each cell in the type of its field."""
    return [
        [_cell_of(field.kind, text) for field, text in zip(fields, row, strict=True)]
        for row in _read(data)
    ]


def _cell_of(kind: Kind, text: str) -> Cell:
    if not text:
        return None
    return (
        Decimal(text)
        if kind == "number"
        else text == "true"
        if kind == "boolean"
        else without_guard(text)
    )


def _licence(licence: Licence) -> dict[str, Any]:
    if not licence.name:
        return {}
    said = (("name", _LICENCES.get(licence.name)), ("title", licence.name), ("path", licence.url))
    return {"licenses": [{key: value for key, value in said if value}]}


class Field(NamedTuple):
    """A column of a CSV file. Its meaning is the description in the schema."""

    name: str
    kind: Kind
    meaning: str

    def described(self, *, is_day: bool) -> dict[str, Any]:
        """Return the column in Table Schema. ``is_day``: whether all its dates are whole days."""
        found: dict[str, Any] = {
            "name": self.name,
            "type": _TYPES.get(self.kind, "string"),
            "description": self.meaning,
        }
        if self.kind != "date":
            return found
        return found | (
            {"type": "date"}
            if is_day
            else {"rdfType": EDTF, "constraints": {"pattern": _EDTF_LETTERS}}
        )


def _fields(kind: type[BaseModel]) -> list[Field]:
    return [
        Field(name, _kind_of(name, info.annotation), info.description or "")
        for name, info in kind.model_fields.items()
        if name not in _NESTED
    ]


def _kind_of(name: str, annotation: Any) -> Kind:
    """Return the kind of a field, by its name or else by its annotation."""
    if name in _DATES or name in _LINKS or name == "value":
        return "date" if name in _DATES else "link" if name in _LINKS else "amount"
    types = [getattr(each, "__origin__", each) for each in (annotation, *get_args(annotation))]
    return next((_KINDS[each] for each in types if each in _KINDS), "string")


def _row(record: BaseModel) -> dict[str, Any]:
    return {name: _cell(value) for name, value in record if name not in _NESTED}


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(value) if isinstance(value, tuple) else value


def _written(package: Mapping[str, Any]) -> bytes:
    return (dump_json(package) + "\n").encode()
