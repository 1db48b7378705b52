"""JSON Schemas of the records, for editors that complete and check while one types: ``python -m explainer.schemas``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from explainer.reading.project import KINDS, MAPPINGS
from explainer.records import Fact, Record
from explainer.records.fact import FLAT

_ROOT = Path(__file__).resolve().parent.parent.parent


def schema_of(kind: type[Record]) -> dict[str, Any]:
    """The schema of a file of records: a list of them, or one mapping."""
    schema = kind.model_json_schema(by_alias=True)
    shared = schema.pop("$defs", {})
    if kind is Fact:  # a fact with one claim may be written flat
        schema["properties"].update({key: shared["Claim"]["properties"][key] for key in sorted(FLAT)})
    body = schema if kind in MAPPINGS else {"type": "array", "items": schema}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": shared, **body}


def files() -> dict[str, str]:
    """Every schema by its path in the project, and the settings that make editors use them."""
    found: dict[str, str] = {}
    settings: dict[str, list[str]] = {}
    for below, kind in KINDS.items():
        path = f"schemas/{kind.__name__.lower()}.schema.json"
        found[path] = _json(schema_of(kind))
        settings[f"./{path}"] = [f"seeds/{below}*.yaml" if below.endswith("/") else f"seeds/{below}"]
    found[".vscode/settings.json"] = _json({"yaml.schemas": settings})
    found[".vscode/extensions.json"] = _json({"recommendations": ["redhat.vscode-yaml"]})
    return found


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write them all."""
    for path, text in files().items():
        target = _ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
