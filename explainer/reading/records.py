"""Trees to records: every broken record is a problem with its place, and the others are read all the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from explainer.characters import disguised, scripts_in_words
from explainer.problems import Place, Problem, Problems
from explainer.reading.yaml_tree import MOST, Tree, too_many
from explainer.records.base import PLACES, Record
from explainer.suggesting import did_you_mean

R = TypeVar("R", bound=Record)
_AS_FOUND = frozenset(["quote", "locator", "begins", "through", "expect", "old"])
"""Keys whose words are copied from a source, or from what was published, with their mistakes."""


def records_of(kind: type[R], path: str, tree: Tree, problems: Problems) -> list[R]:
    """The records of a file that holds a list of them."""
    if tree is None:
        return []
    if not isinstance(tree, list):
        problems.add(Place(path), "not-a-list", f"this file holds a list of {kind.__name__.lower()} records", "begin each record with '- '")
        return []
    before, found = len(problems), []
    for item in tree:
        found.append(record_of(kind, path, item, problems))
        if too_many(path, len(problems) - before, problems):
            break
    return [record for record in found if record is not None]


def record_of(kind: type[R], path: str, tree: Any, problems: Problems) -> R | None:
    """One record, or ``None`` with a problem for each thing wrong with it."""
    if not isinstance(tree, dict):
        problems.add(Place(path), "not-a-record", f"{str(tree)[:40]!r} is not a record", "write 'key: value' lines")
        return None
    try:
        record = kind.model_validate(tree)
    except ValidationError as error:
        problems.extend(_problem(kind, tree, item) for item in error.errors(include_url=False)[:MOST])
        return None
    problems.extend(islice(_disguises(record), MOST))
    return record


def _disguises(record: Record) -> Iterator[Problem]:
    """Words of a record, and of the records in it, that are put together from the letters of two scripts."""
    for key in type(record).model_fields:
        held = getattr(record, key)
        for each in held if isinstance(held, tuple) else (held,):
            if isinstance(each, Record):
                yield from _disguises(each)
            elif isinstance(each, str) and key not in _AS_FOUND:
                yield from (disguise(record.place(key), word) for _, word in disguised(each))


def disguise(place: Place, word: str) -> Problem:
    """The problem of a word that looks as if it were in one script and is not."""
    hint = "type the word again in one script; where both are meant, part them with a hyphen"
    return Problem(place, "mixed-scripts", f"'{word[:60]}' mixes letters that look alike: {scripts_in_words(word)}", hint)


def _problem(kind: type[Record], tree: dict[str, Any], error: Any) -> Problem:  # noqa: PLR0911 - one for each kind of fault
    place, parent = _find(tree, error["loc"])
    # an item of a list is named by the list's key
    name = next((key for key in reversed(error["loc"]) if isinstance(key, str)), kind.__name__.lower())
    given = error.get("input")
    if error["type"] == "extra_forbidden":  # what is wrong is the key, and not its value
        place = getattr(_find(tree, error["loc"][:-1])[1], "keys_at", {}).get(name, place)
    else:
        place = getattr(given, "place", place)
    match error["type"]:
        case "extra_forbidden":
            known = _fields_at(kind, error["loc"])
            hint = did_you_mean(name, known, f"known here: {', '.join(sorted(known)) or 'none'}")
            return Problem(place, "unknown-key", f"'{name}' is not a key of this record", hint)
        case "missing":
            return Problem(place, "missing-key", f"'{name}' is missing{_of(parent)}", f"add a line '{name}: …'")
        case "literal_error":
            allowed = [word.strip("'") for word in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
            one_of = f"one of: {', '.join(allowed)}"
            hint = f"{did_you_mean(str(given), allowed, '')} {one_of}".strip()
            return Problem(place, "bad-value", f"'{name}' cannot be {given!r:.60}", hint)
        case "string_pattern_mismatch" if name == "id":
            return Problem(place, "bad-value", f"'{given}' cannot be an id", "small letters, digits and single hyphens: spring-2025")
        case "string_pattern_mismatch":
            form = _FORMS.get(name, "docs/authoring.md shows the forms that each key takes")
            return Problem(place, "bad-value", f"'{name}' cannot be {given!r:.60}", form)
        case "model_type":
            return Problem(place, "bad-value", f"'{name}' must be a mapping", f"write '{name}:', and 'key: value' lines below it")
        case "tuple_type":
            return Problem(place, "bad-value", f"'{name}' must be a list", f"write '{name}: [first, second]', or a line '- …' for each")
    message = error["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    hint = getattr(error.get("ctx", {}).get("error"), "hint", "docs/authoring.md shows the forms that each key takes")
    return Problem(place, "bad-value", f"'{name}': {message}", hint)


_FORMS: Final = {
    "doi": "write it without an address in front: 10.1000/182",
    "isbn": "write its ten or thirteen digits: 978-0-306-40615-7",
    "language": "write the language's code: en, uk, or zh-Hant",
    "text": "write the path below seeds/: texts/report.txt",
    "sha256": "write its 64 digits and letters as 'sha256sum' prints them",
    "fact": "write a fact's id, and perhaps a claim's behind it: nests, or nests:count-2025",
}
"""How a value is written whose form is wrong, by its key."""


def _of(parent: Any) -> str:
    name = parent.get("id") if isinstance(parent, dict) else None
    return f" from '{name}'" if isinstance(name, str) else ""


def _find(tree: Any, location: tuple[Any, ...]) -> tuple[Place, Any]:
    """The nearest place known for a location in the tree, and the mapping that holds it."""
    if location[:2] == ("claims", 0) and "claims" not in tree:
        location = location[2:]  # a fact with one claim, written flat
    place, node, parent = Place("?"), tree, tree
    for step in (None, *location):
        if step is not None:
            if isinstance(node, dict) and step in node.get(PLACES, {}):
                place = node[PLACES][step]
            node = node.get(step) if isinstance(node, dict) else node[step] if _indexes(node, step) else None
        if isinstance(node, dict):
            parent, place = node, place if step in parent.get(PLACES, {}) else node[PLACES][""]
    return place, parent


def _indexes(node: Any, step: Any) -> bool:
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def _fields_at(kind: type[Record], location: tuple[Any, ...]) -> list[str]:
    """The keys that may stand where an unknown one was found."""
    model: Any = kind
    for step in location[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            inner = model.model_fields[step].annotation
            model = next((arg for arg in _arguments(inner) if isinstance(arg, type) and issubclass(arg, Record)), model)
    return [field.alias or name for name, field in model.model_fields.items() if name != "places"]


def _arguments(annotation: Any) -> list[Any]:
    return [annotation, *getattr(annotation, "__args__", ())]
