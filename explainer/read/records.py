"""Turns trees of YAML into records.

A broken record becomes problems with their places, and the other records are still read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from explainer.common.characters import mixed_script_words, scripts_in_words
from explainer.common.problems import Place, Problem, Problems
from explainer.common.suggestions import choices_hint, closest_match, did_you_mean
from explainer.model.habits import amount_hint
from explainer.model.records import (
    FLAT,
    PLACES,
    Chart,
    Claim,
    Fact,
    Point,
    Record,
    Series,
    Source,
    Term,
)
from explainer.read.yaml_tree import MOST, Tree, too_many

R = TypeVar("R", bound=Record)
_AS_FOUND = frozenset(["quote", "locator", "begins", "through", "expect", "old"])
"""Keys whose texts are quoted from a source, or from what was published, including mistakes."""


def records_of(kind: type[R], path: str, tree: Tree, problems: Problems) -> list[R]:
    """Return the records of a file that holds a list of them."""
    if tree is None:
        return []
    if not isinstance(tree, list):
        problems.add(
            Place(path),
            "not-a-list",
            f"this file holds a list of {kind.__name__.lower()} records",
            "begin each record with '- '",
        )
        return []
    before, found = len(problems), []
    for item in tree:
        found.append(record_of(kind, path, item, problems))
        if too_many(path, len(problems) - before, problems):
            break
    return [record for record in found if record is not None]


def record_of(kind: type[R], path: str, tree: Any, problems: Problems) -> R | None:
    """Return one record, or None after adding a problem for each mistake in it."""
    if not isinstance(tree, dict):
        problems.add(
            Place(path),
            "not-a-record",
            f"{str(tree)[:40]!r} is not a record",
            "write 'key: value' lines",
        )
        return None
    try:
        record = kind.model_validate(tree)
    except ValidationError as error:
        elsewhere = misplaced(kind, tree)
        problems.extend(elsewhere or _problems(kind, tree, error.errors(include_url=False)[:MOST]))
        return None
    problems.extend(islice(_disguises(record), MOST))
    return record


def _disguises(record: Record) -> Iterator[Problem]:
    """Yield a problem for each word that mixes letters of two scripts, also in inner records."""
    for key in type(record).model_fields:
        held = getattr(record, key)
        for each in held if isinstance(held, tuple) else (held,):
            if isinstance(each, Record):
                yield from _disguises(each)
            elif isinstance(each, str) and key not in _AS_FOUND:
                yield from (
                    disguise(record.place(key), word) for _, word in mixed_script_words(each)
                )


def disguise(place: Place, word: str) -> Problem:
    """Return the problem of a word that seems to be in one script but mixes two."""
    hint = "type the word again in one script; where both are meant, part them with a hyphen"
    return Problem(
        place,
        "mixed-scripts",
        f"'{word[:60]}' mixes letters that look alike: {scripts_in_words(word)}",
        hint,
    )


def _problems(kind: type[Record], tree: dict[str, Any], errors: list[Any]) -> Iterator[Problem]:
    """Yield the problems of one record, each mistake once.

    A misspelt key is not reported as missing too, and all missing keys are in one message.
    """
    misspelt = {
        (each["loc"][:-1], found)
        for each in errors
        if each["type"] == "extra_forbidden"
        and (found := closest_match(str(each["loc"][-1]), _fields_at(kind, each["loc"])))
    }
    missing: dict[tuple[Any, ...], list[Any]] = {}
    for each in errors:
        above, key = each["loc"][:-1], str(each["loc"][-1]) if each["loc"] else ""
        if each["type"] != "missing":
            yield _problem(kind, tree, each)
        elif (above, key) not in misspelt:
            missing.setdefault(above, []).append(each)
    for group in missing.values():
        yield from _missing(tree, group)


def _missing(tree: dict[str, Any], errors: list[Any]) -> Iterator[Problem]:
    """Yield the problems of the keys that one record lacks.

    All absent keys are in one problem. A key that is written without a value has its own.
    """
    absent: list[str] = []
    place, parent = _find(tree, errors[0]["loc"])
    for each in errors:
        name, (at, _) = str(each["loc"][-1]), _find(tree, each["loc"])
        if name in getattr(parent, "keys_at", {}) or (
            isinstance(parent, dict) and name in parent.get(PLACES, {})
        ):
            hint = f"write it behind '{name}:'; a value that begins with # stands in quotes"
            yield Problem(
                at,
                "missing-key",
                f"'{name}' is missing{_of(parent)}: nothing stands behind its colon",
                hint,
            )
        else:
            absent.append(name)
            place = at
    if absent:
        *first, last = [f"'{name}'" for name in absent]
        listed = f"{', '.join(first)} and {last}" if first else last
        *first, last = [f"'{name}: …'" for name in absent]
        lines = f"add lines {', '.join(first)} and {last}" if first else f"add a line {last}"
        yield Problem(
            place,
            "missing-key",
            f"{listed} {'are' if len(absent) > 1 else 'is'} missing{_of(parent)}",
            lines,
        )


def _problem(kind: type[Record], tree: dict[str, Any], error: Any) -> Problem:  # noqa: C901, PLR0911, PLR0912
    place, _ = _find(tree, error["loc"])
    # an item of a list is named by the list's key
    name = next(
        (key for key in reversed(error["loc"]) if isinstance(key, str)), kind.__name__.lower()
    )
    given = error.get("input")
    if error["type"] == "extra_forbidden":  # the key is wrong, not its value
        place = getattr(_find(tree, error["loc"][:-1])[1], "keys_at", {}).get(name, place)
    else:
        place = getattr(given, "place", place)
    match error["type"]:
        case "extra_forbidden":
            known = _fields_at(kind, error["loc"])
            hint = did_you_mean(name, known, f"known here: {', '.join(sorted(known)) or 'none'}")
            return Problem(place, "unknown-key", f"'{name}' is not a key of this record", hint)
        case "literal_error":
            allowed = [
                word.strip("'")
                for word in error["ctx"]["expected"].replace(" or ", ", ").split(", ")
            ]
            return Problem(
                place,
                "bad-value",
                f"'{name}' cannot be {_shown(given)}",
                choices_hint(str(given), allowed),
            )
        case "string_pattern_mismatch" if name == "id":
            return Problem(
                place, "bad-value", f"'{given}' cannot be an id", _hint_for_id(str(given))
            )
        case "string_pattern_mismatch":
            return Problem(
                place, "bad-value", f"'{name}' cannot be {_shown(given)}", _FORMS.get(name, _IDS)
            )
        case "tuple_type":
            if name in _OF_RECORDS:
                wrong = "stands without its dash" if isinstance(given, dict) else "must be a list"
                hint = f"write a dash in front: '- {_OF_RECORDS[name]}: …', in its own line"
                return Problem(place, "bad-value", f"'{name}' {wrong}", hint)
            example = (
                f"'{name}: [{given:.40}]'"
                if isinstance(given, str) and given.strip()
                else f"'{name}: [first, second]'"
            )
            return Problem(
                place,
                "bad-value",
                f"'{name}' must be a list",
                f"write {example}, or a line '- …' for each",
            )
    cause = error.get("ctx", {}).get("error")
    if cause is None:
        return Problem(place, "bad-value", *_of_type(name, given, error))
    message, hint = str(cause), getattr(cause, "hint", "")
    if not hint and "; " in message:
        message, _, hint = message.rpartition("; ")
    if key := getattr(cause, "key", ""):
        place = _find(tree, (*error["loc"], key))[0]
    if isinstance(given, str) and given.strip()[:1] in _CURLY and given.strip()[-1:] in _CURLY:
        hint = (
            "its quotation marks are curly, and are read as a part of it; write straight ones:"
            f" '{given.strip()[1:-1]}'"
        )
    if name == "value" and isinstance(given, list) and len(given) == 2:
        hint = amount_hint(f"{given[0]}-{given[1]}") or hint
    whole = isinstance(given, dict) and not message.startswith("this ")
    said = message if whole else f"'{name}': {message}"
    return Problem(place, "bad-value", said, hint or ELSEWHERE)


def _of_type(name: str, given: Any, error: Any) -> tuple[str, str]:  # noqa: PLR0911
    """Return the message and the hint for a value of the wrong shape.

    They replace pydantic's own messages, which are written for programmers.
    """
    limits = error.get("ctx", {})
    match error["type"]:
        case "model_type" | "dict_type" | "model_attributes_type":
            return (
                f"'{name}' must hold keys with values",
                f"write '{name}:', and 'key: value' lines below it, further to the right",
            )
        case "string_too_long" | "too_long" if isinstance(given, str):
            return (
                f"'{name}' has {len(given):,} characters; at most {limits['max_length']:,}",
                "shorten it",
            )
        case "too_long":
            return (
                f"'{name}' has {len(given):,} entries; at most {limits['max_length']:,}",
                "keep those that matter most",
            )
        case "string_too_short" | "too_short":
            return f"'{name}' is empty", "write something, or leave the key out"
        case (
            "int_parsing"
            | "int_type"
            | "int_from_float"
            | "greater_than"
            | "greater_than_equal"
            | "less_than"
            | "less_than_equal"
        ):
            return (
                f"'{name}' cannot be {_shown(given)}",
                "write a whole number in digits, such as 400",
            )
    if isinstance(given, (dict, list)):
        return (
            f"'{name}' must be text, not a list or a mapping",
            f"write one value behind '{name}:', in its line",
        )
    return f"'{name}' cannot be {_shown(given)}", ELSEWHERE


def _shown(given: Any) -> str:
    """Return a value as its author would recognise it, shortened."""
    if isinstance(given, (dict, list)):
        return "a list" if isinstance(given, list) else "a mapping"
    return "empty" if given is None or not str(given).strip() else f"'{given!s:.60}'"


def _hint_for_id(given: str) -> str:
    """Return the hint for a text that cannot be an id."""
    made = re.sub(r"[^a-z0-9]+", "-", given.lower()).strip("-")[:60]
    return _IDS + (f": {made}" if made and given.isascii() else ": spring-2025")


_OF_RECORDS: Final = {
    "evidence": "source",
    "claims": "id",
    "points": "id",
    "notes": "at",
    "allow": "words",
}
"""Keys that hold a list of records, with the first key of those records."""
_CURLY: Final = frozenset("‘’“”„«»‚")
_IDS: Final = "an id has small letters, digits and single hyphens"
ELSEWHERE: Final = "docs/authoring.md of the generator shows the forms that each key takes"
_FORMS: Final = {
    "doi": "write it without an address in front: 10.1000/182",
    "isbn": "write its ten or thirteen digits: 978-0-306-40615-7",
    "language": "write the language's code: en, uk, or zh-Hant",
    "text": "write the path below seeds/: texts/report.txt",
    "sha256": "write its 64 digits and letters as 'sha256sum' prints them",
    "fact": "write a fact's id, and perhaps a claim's behind it: nests, or nests:count-2025",
}
"""How to write a value that does not have the right form, by its key."""


_ROOMS: Final[dict[type[Record], str]] = {
    Fact: "facts/",
    Series: "series/",
    Source: "sources/",
    Chart: "charts/",
    Term: "glossary.yaml",
}
"""Where the kinds that authors confuse with one another are kept, below ``seeds/``."""


_OF_CLAIMS: Final = frozenset({*Claim.model_fields, *Point.model_fields})


_TELLING: Final = frozenset(["claims", "points", "evidence", "means", "publisher"])
"""Keys of which a single one shows the kind of a record."""


def _keys_of(kind: type[Record]) -> frozenset[str]:
    """Return the keys that a record may have. For a fact, this includes those of a flat claim."""
    return frozenset(kind.model_fields) | (FLAT if kind is Fact else frozenset())


def misplaced(kind: type[Record], tree: dict[str, Any]) -> list[Problem]:
    """Return the problem of a record in the wrong file, or of a claim outside its fact or series.

    Returns an empty list if the record is neither.
    """
    keys = {key for key in tree if key != PLACES}
    is_claim = (
        bool("evidence" in keys and {"value", "date", "text", "derived"} & keys)
        and keys <= _OF_CLAIMS
    )
    foreign = keys - _keys_of(kind)
    if kind not in _ROOMS or not (
        len(foreign) > 1 or foreign & _TELLING or (is_claim and kind is Fact)
    ):
        return []
    place, name = tree[PLACES][""], _of(tree).removeprefix(" from ")
    fitting = [other for other in _ROOMS if other is not kind and keys <= _keys_of(other)]
    if len(fitting) == 1 and not is_claim:
        what = fitting[0].__name__.lower()
        hint = f"move it to seeds/{_ROOMS[fitting[0]]}" + (
            f"{what}s.yaml" if _ROOMS[fitting[0]].endswith("/") else ""
        )
        return [
            Problem(
                place,
                "unknown-key",
                f"{name or 'this'} is a {what}, and this file holds {kind.__name__.lower()}"
                " records",
                hint,
            )
        ]
    if is_claim:
        owner = "points: of its series" if "show" in keys else "claims: of its fact"
        hint = (
            f"indent its lines below '{owner.partition(':')[0]}:' of the {owner.rpartition(' ')[2]}"
            " that it belongs to"
        )
        return [
            Problem(
                place,
                "unknown-key",
                f"{name or 'this'} is a claim, and stands outside the {owner}",
                hint,
            )
        ]
    return []


def _of(parent: Any) -> str:
    name = parent.get("id") if isinstance(parent, dict) else None
    return f" from '{name}'" if isinstance(name, str) else ""


def _find(tree: Any, location: tuple[Any, ...]) -> tuple[Place, Any]:
    """Return the nearest known place for a location in the tree, and the mapping that holds it."""
    if location[:2] == ("claims", 0) and "claims" not in tree:
        location = location[2:]  # a fact whose one claim is written flat
    place, node, parent = Place("?"), tree, tree
    for step in (None, *location):
        if step is not None:
            if isinstance(node, dict) and step in node.get(PLACES, {}):
                place = node[PLACES][step]
            node = (
                node.get(step)
                if isinstance(node, dict)
                else node[step]
                if _indexes(node, step)
                else None
            )
        if isinstance(node, dict):
            parent, place = node, place if step in parent.get(PLACES, {}) else node[PLACES][""]
    return place, parent


def _indexes(node: Any, step: Any) -> bool:
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def _fields_at(kind: type[Record], location: tuple[Any, ...]) -> list[str]:
    """Return the keys that are allowed where an unknown one was found."""
    model: Any = kind
    for step in location[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            inner = model.model_fields[step].annotation
            model = next(
                (
                    arg
                    for arg in _arguments(inner)
                    if isinstance(arg, type) and issubclass(arg, Record)
                ),
                model,
            )
    return [field.alias or name for name, field in model.model_fields.items() if name != "places"]


def _arguments(annotation: Any) -> list[Any]:
    return [annotation, *getattr(annotation, "__args__", ())]
