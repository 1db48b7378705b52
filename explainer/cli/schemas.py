"""JSON Schemas of the records, for completion and checks in editors.

``python -m explainer.cli.schemas`` writes them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explainer.common import console, folders
from explainer.model.records import FLAT, Fact, Record, json_schema
from explainer.model.settings import Settings
from explainer.read.ledger import KINDS, MAPPINGS

_AUTHORING = "docs/authoring.md"
_TABLE = re.compile(r"(?<=<!-- made by make schemas -->\n).*?(?=\n*<!-- end -->)", re.DOTALL)
"""Matches the table of settings in the authoring guide."""
_ROOT = Path(__file__).resolve().parent.parent.parent


def schema_of(kind: type[Record]) -> dict[str, Any]:
    """Return the JSON Schema of a file of records: a list of records, or one mapping."""
    schema = json_schema(kind)
    shared = schema.pop("$defs", {})
    if kind is Fact:  # a fact with one claim may have the claim's keys itself
        schema["properties"].update(
            {key: shared["Claim"]["properties"][key] for key in sorted(FLAT)}
        )
    body = schema if kind in MAPPINGS else {"type": "array", "items": schema}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": shared, **body}


def settings_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``mkdocs.yml``.

    Plugins, Markdown extensions, the menu and the palette have other forms in the file than in our
    records, so their schemas are replaced.
    """
    schema = json_schema(Settings)
    shared, properties = schema.pop("$defs"), schema["properties"]
    for key, record in (("plugins", "Plugins"), ("markdown_extensions", "Extensions")):
        known = shared.pop(record)["properties"]
        alone = {
            "type": "object",
            "properties": known,
            "additionalProperties": False,
            "maxProperties": 1,
        }
        properties[key] = _described(
            properties[key], {"type": "array", "items": {"anyOf": [{"enum": sorted(known)}, alone]}}
        )
    entry = shared["Entry"]["properties"]
    target = {"anyOf": [*entry["path"]["anyOf"][:-1], *entry["address"]["anyOf"][:-1]]}
    section = {
        "type": "object",
        "additionalProperties": {"anyOf": [target, {"$ref": "#/$defs/Menu"}]},
        "maxProperties": 1,
    }
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
    """Return a Markdown table of all keys of ``mkdocs.yml`` with their values."""
    schema = settings_schema()
    rows = "\n".join(
        f"| `{key}` | {values} | {words} |"
        for key, values, words in _rows("", schema, schema["$defs"])
    )
    return f"| key | values | what it is |\n|---|---|---|\n{rows}\n"


def _rows(
    above: str, schema: dict[str, Any], shared: dict[str, Any]
) -> Iterator[tuple[str, str, str]]:
    for name, field in schema["properties"].items():
        inner = _resolved(field, shared)
        key = f"{above}{name}"
        below = list(_rows(f"{key}: ", inner, shared)) if inner.get("properties") else []
        of_record = (
            "" if inner.get("type") == "object" and not below else inner.get("description", "")
        )
        words = (field.get("description") or of_record).replace("``", "`").replace("\n", " ")
        yield key, "" if below else _values(name, inner), words
        yield from below


def _resolved(field: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what a field holds, with references followed.

    Of several alternatives it is the first. Of a list of mappings it is the mapping.
    """
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
    """Return in words which values a key may have."""
    if "const" in field:
        return f"`{str(field['const']).lower()}`"
    listed = field.get("items", field)
    if "enum" in listed:
        shown = [
            str(each).lower()
            for each in listed["enum"]
            if each not in (True, False) or name == "baselevel"
        ]
        return ("a list of " if listed is not field else "") + ", ".join(
            f"`{each}`" for each in shown
        )
    if "maxLength" in field:
        return f"one line, at most {field['maxLength']} characters"
    if "examples" in field:
        return "such as " + ", ".join(f"`{each}`" for each in field["examples"])
    return (
        "an address"
        if field.get("format") == "uri"
        else "no options"
        if field.get("type") == "object"
        else "a list"
    )


def files() -> dict[str, str]:
    """Return all generated files by their path in the project.

    These are the schemas, the VS Code settings that use them, and the authoring guide with its
    table of settings.
    """
    found: dict[str, str] = {}
    settings: dict[str, list[str]] = {}
    for below, kind in KINDS.items():
        path = f"schemas/{kind.__name__.lower()}.schema.json"
        found[path] = _json(schema_of(kind))
        settings[f"./{path}"] = [
            f"seeds/{below}*.yaml" if below.endswith("/") else f"seeds/{below}"
        ]
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
    """Write all generated files.

    Raises ``Misused`` if a symbolic link is on the way to one, or if something other than a plain
    file is there.
    """
    for path, text in files().items():
        folders.replace_file(_ROOT / path, text.encode())


if __name__ == "__main__":
    sys.exit(console.run_main("schemas", write))
