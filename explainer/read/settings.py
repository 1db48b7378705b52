"""Reads an author's ``mkdocs.yml`` into one frozen record.

It is parsed like the seeds: as plain text with places, so each problem is at the value itself.
"""

from __future__ import annotations

import re
from typing import Any, Final

from explainer.common.problems import Place, Problem, Problems
from explainer.common.suggestions import did_you_mean
from explainer.model.records import PLACES, Record
from explainer.model.settings import LANGUAGE, REFUSED, Extensions, Plugins, Settings, Theme
from explainer.read.files import Folder
from explainer.read.records import ELSEWHERE, record_of
from explainer.read.yaml_tree import (
    MOST,
    LocatedList,
    LocatedMapping,
    LocatedText,
    located,
    read_located,
)

SETTINGS = "mkdocs.yml"
"""The file's name, in a project's folder."""
_NAMED: Final = re.compile(r"\A'(\w+)': ")
_ENTRIES: Final = 500
"""The most entries of the menu, which is on every page twice."""
_LISTS: dict[str, type[Record]] = {"plugins": Plugins, "markdown_extensions": Extensions}
"""Lists of names, with or without options. Each record has a field for each allowed name."""


def read_settings(folder: Folder, problems: Problems) -> Settings:
    """Return the settings in the project's ``mkdocs.yml``.

    If something is wrong, it is in ``problems``, and the settings are the minimum that the rest of
    the project can be read with: a placeholder name, and the language if it is known.
    """
    text = folder.read_text(SETTINGS, problems)
    return _LEAST if text is None else settings_of(text, problems)


def settings_of(text: str, problems: Problems) -> Settings:
    """Return the settings in a text, or minimal settings after adding problems."""
    before = len(problems)
    tree = read_located(SETTINGS, text, problems)
    if len(problems) > before:
        return _LEAST
    if not isinstance(tree, LocatedMapping):
        problems.add(
            Place(SETTINGS),
            "engine-config",
            "it has no site_name",
            "write 'key: value' lines, 'site_name: …' among them",
        )
        return _LEAST
    language = _language(tree)
    _refuse(tree, problems)
    for key, kind in _LISTS.items():
        if key in tree:
            tree[key] = _named(key, tree[key], kind, problems)
    if "nav" in tree:
        tree["nav"] = _menu(tree["nav"], problems)
    theme = tree.get("theme")
    if isinstance(theme, LocatedMapping) and isinstance(theme.get("palette"), LocatedMapping):
        theme["palette"] = [theme["palette"]]
    found = Problems()
    settings = record_of(Settings, SETTINGS, tree, found)
    for problem in found:
        message = _NAMED.sub(r"\1: ", problem.message)
        problems.add(problem.place, "engine-config", message, _hint(problem))
    return settings if settings is not None and len(problems) == before else _least(language)


def _least(language: str = "en") -> Settings:
    return Settings(site_name="?", theme=Theme(language=language))


_LEAST: Final = _least()


def _language(tree: LocatedMapping) -> str:
    """Return the language that the settings name, or English."""
    theme = tree.get("theme")
    named = theme.get("language") if isinstance(theme, LocatedMapping) else None
    return named if isinstance(named, str) and LANGUAGE.fullmatch(named) else "en"


def _hint(problem: Problem) -> str:
    """Return a problem's hint with the right section: this file's keys have their own table."""
    return problem.hint.replace(
        ELSEWHERE,
        "docs/authoring.md of the generator, 'What mkdocs.yml may say', shows what each takes",
    )


def _refuse(tree: LocatedMapping, problems: Problems) -> None:
    """Remove the settings that are known but refused, and add a problem for each."""
    for name, why in REFUSED.items():
        above, _, key = name.rpartition(".")
        mapping = tree.get(above) if above else tree
        if isinstance(mapping, LocatedMapping) and key in mapping:
            problems.add(mapping.keys_at[key], "engine-config", f"'{key}' may not be set", why)
            del mapping[key]


def _named(key: str, listed: Any, kind: type[Record], problems: Problems) -> Any:
    """Return a list of names with options as one mapping.

    Unknown names are left out, and are problems.
    """
    known = sorted(name for name in kind.model_fields if name != "places")
    if not isinstance(listed, LocatedList):
        problems.add(
            listed.place,
            "engine-config",
            f"'{key}' must be a list",
            f"a line '- …' for each; known are {', '.join(known)}",
        )
        return _mapping(listed.place)
    made = _mapping(listed.place)
    for item in listed[:MOST]:
        pair = _pair(item)
        if pair is None:
            hint = f"write '- {known[0]}', or '- {known[0]}:' with 'option: value' lines below it"
            problems.add(item.place, "engine-config", f"this is no name among '{key}'", hint)
            continue
        name, options = pair
        if name in made:
            problems.add(
                name.place, "engine-config", f"'{name:.60}' is listed twice", "keep one of the two"
            )
        elif name not in known:
            listed = f"known are {', '.join(known)}"
            hint = did_you_mean(name, known, listed)
            kinds = key.replace("_", " ")
            problems.add(
                name.place,
                "engine-config",
                f"'{name:.60}' is not one of the {kinds} that every engine knows",
                hint,
            )
        else:
            made[str(name)], made[PLACES][str(name)], made.keys_at[str(name)] = (
                options,
                options.place,
                name.place,
            )
    return made


def _pair(item: Any) -> tuple[LocatedText, Any] | None:
    """Return an item's name and its options: from ``name``, or ``name: {option: value}``.

    Returns None if the item is something else.
    """
    if isinstance(item, LocatedText):
        return (item, _mapping(item.place)) if item.strip() else None
    keys = [key for key in item if key != PLACES] if isinstance(item, LocatedMapping) else []
    if len(keys) != 1:
        return None
    value = item[keys[0]]
    if isinstance(value, LocatedText) and not value.strip():
        value = _mapping(value.place)
    return located(keys[0], item.keys_at[keys[0]]), value


def _menu(listed: Any, problems: Problems) -> Any:
    """Return the menu as records of entries, or an empty one if it has too many for a page."""
    found = _entries(listed, problems)
    if _count(found) > _ENTRIES:
        hint = "name the pages that readers look for first; the others are reached from there"
        problems.add(
            listed.place, "engine-config", f"the menu has more than {_ENTRIES} entries", hint
        )
        return _list(listed.place)
    return found


def _count(entries: Any) -> int:
    return sum(1 + _count(entry.get("inside", ())) for entry in entries)


def _entries(listed: Any, problems: Problems) -> Any:
    hint = (
        "write '- title: page/index.md', '- title: https://…', or '- title:' with such lines"
        " below it"
    )
    if not isinstance(listed, LocatedList) or not listed:
        problems.add(listed.place, "engine-config", "the menu must be a list of pages", hint)
        return _list(listed.place)
    made = _list(listed.place)
    for item in listed[: _ENTRIES + 1]:
        pair = _titled(item)
        if pair is None:
            problems.add(item.place, "engine-config", "this is no entry of the menu", hint)
            continue
        title, target = pair
        entry = _mapping(item.place)
        if title is not None:
            entry["title"], entry[PLACES]["title"] = title, title.place
        if isinstance(target, LocatedText):
            key = "address" if target.startswith(("http://", "https://")) else "path"
            entry[key], entry[PLACES][key] = target, target.place
        else:
            entry["inside"], entry[PLACES]["inside"] = _entries(target, problems), target.place
        made.append(entry)
    return made


def _titled(item: Any) -> tuple[LocatedText | None, Any] | None:
    """Return the title of an entry, if it has one, and its target; None for anything else."""
    if isinstance(item, LocatedText):
        return (None, item) if item.strip() else None
    keys = [key for key in item if key != PLACES] if isinstance(item, LocatedMapping) else []
    if len(keys) != 1:
        return None
    target = item[keys[0]]
    return located(keys[0], item.keys_at[keys[0]]), target


def _mapping(place: Place) -> LocatedMapping:
    """Return an empty mapping at a place."""
    made = LocatedMapping({PLACES: {"": place}})
    made.place, made.keys_at = place, {}
    return made


def _list(place: Place) -> LocatedList:
    """Return an empty list at a place."""
    made = LocatedList()
    made.place = place
    return made
