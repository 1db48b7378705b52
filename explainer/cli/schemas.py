"""JSON Schemas of the records, for editors that complete and check while one types: ``python -m explainer.schemas``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explainer.common import console, folders
from explainer.model.records import FLAT, Fact, Record
from explainer.model.settings import Settings
from explainer.read.ledger import KINDS, MAPPINGS

_AUTHORING = "docs/authoring.md"
_TABLE = re.compile(r"(?<=<!-- made by make schemas -->\n).*?(?=\n*<!-- end -->)", re.DOTALL)
"""The table of settings, in what authors read."""
_ROOT = Path(__file__).resolve().parent.parent.parent


def schema_of(kind: type[Record]) -> dict[str, Any]:
    """The schema of a file of records: a list of them, or one mapping."""
    schema = kind.model_json_schema(by_alias=True)
    shared = schema.pop("$defs", {})
    if kind is Fact:  # a fact with one claim may be written flat
        schema["properties"].update({key: shared["Claim"]["properties"][key] for key in sorted(FLAT)})
    body = schema if kind in MAPPINGS else {"type": "array", "items": schema}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": shared, **body}


def settings_schema() -> dict[str, Any]:
    """The schema of ``mkdocs.yml``, whose lists of names and whose menu are written otherwise than their records are read."""
    schema = Settings.model_json_schema(by_alias=True)
    shared, properties = schema.pop("$defs"), schema["properties"]
    for key, record in (("plugins", "Plugins"), ("markdown_extensions", "Extensions")):
        known = shared.pop(record)["properties"]
        alone = {"type": "object", "properties": known, "additionalProperties": False, "maxProperties": 1}
        properties[key] = _described(properties[key], {"type": "array", "items": {"anyOf": [{"enum": sorted(known)}, alone]}})
    entry = shared["Entry"]["properties"]
    target = {"anyOf": [*entry["path"]["anyOf"][:-1], *entry["address"]["anyOf"][:-1]]}
    section = {"type": "object", "additionalProperties": {"anyOf": [target, {"$ref": "#/$defs/Menu"}]}, "maxProperties": 1}
    del shared["Entry"]
    shared["Menu"] = {"type": "array", "items": {"anyOf": [target, section]}, "minItems": 1}
    properties["nav"] = _described(properties["nav"], {"$ref": "#/$defs/Menu"})
    palette = shared["Theme"]["properties"]["palette"]
    shared["Theme"]["properties"]["palette"] = _described(
        palette, {"anyOf": [palette["items"], {"type": "array", "items": palette["items"]}]}
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": shared, **schema}


def _described(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return {"description": old["description"], **new}


def settings_table() -> str:
    """Every key of ``mkdocs.yml`` with the values that it may have, as a table in Markdown."""
    schema = settings_schema()
    rows = "\n".join(f"| `{key}` | {values} | {words} |" for key, values, words in _rows("", schema, schema["$defs"]))
    return f"| key | values | what it is |\n|---|---|---|\n{rows}\n"


def _rows(above: str, schema: dict[str, Any], shared: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, field in schema["properties"].items():
        inner = _resolved(field, shared)
        key = f"{above}{name}"
        below = list(_rows(f"{key}: ", inner, shared)) if inner.get("properties") else []
        of_record = "" if inner.get("type") == "object" and not below else inner.get("description", "")
        words = (field.get("description") or of_record).replace("``", "`").replace("\n", " ")
        yield key, "" if below else _values(name, inner), words
        yield from below


def _resolved(field: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """What a field holds: the first of what it may be, and of a list of mappings the mapping."""
    name = str(field.get("$ref", "")).rpartition("/")[2]
    if name:
        return {} if name == "Menu" else _resolved(shared[name], shared)
    if "anyOf" in field:
        return _resolved(field["anyOf"][0], shared)
    if field.get("type") == "array" and "$ref" in field["items"]:
        return _resolved(field["items"], shared)
    if field.get("type") == "array" and "anyOf" in field["items"]:
        return field["items"]["anyOf"][1]  # type: ignore[no-any-return] # a list of names with options
    return field


def _values(name: str, field: dict[str, Any]) -> str:
    """What may be written, in words."""
    if "const" in field:
        return f"`{str(field['const']).lower()}`"
    listed = field.get("items", field)
    if "enum" in listed:
        shown = [str(each).lower() for each in listed["enum"] if each not in (True, False) or name == "baselevel"]
        return ("a list of " if listed is not field else "") + ", ".join(f"`{each}`" for each in shown)
    if "maxLength" in field:
        return f"one line, at most {field['maxLength']} characters"
    if "examples" in field:
        return "such as " + ", ".join(f"`{each}`" for each in field["examples"])
    return "an address" if field.get("format") == "uri" else "no options" if field.get("type") == "object" else "a list"


def files() -> dict[str, str]:
    """Every schema by its path in the project, the settings that make editors use them, and the document with their table."""
    found: dict[str, str] = {}
    settings: dict[str, list[str]] = {}
    for below, kind in KINDS.items():
        path = f"schemas/{kind.__name__.lower()}.schema.json"
        found[path] = _json(schema_of(kind))
        settings[f"./{path}"] = [f"seeds/{below}*.yaml" if below.endswith("/") else f"seeds/{below}"]
    text = (_ROOT / _AUTHORING).read_text(encoding="utf-8")
    found[_AUTHORING] = _TABLE.sub(lambda _: settings_table().rstrip("\n"), text)
    found["schemas/settings.schema.json"] = _json(settings_schema())
    settings["./schemas/settings.schema.json"] = ["mkdocs.yml"]
    found[".vscode/settings.json"] = _json({"yaml.schemas": settings})
    found[".vscode/extensions.json"] = _json({"recommendations": ["redhat.vscode-yaml"]})
    return found


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def write() -> None:
    """Write them all. Raises ``Misused`` where a link is on the way, or something is no plain file."""
    for path, text in files().items():
        folders.put(_ROOT / path, text.encode())


if __name__ == "__main__":
    sys.exit(console.ended("schemas", write))
