"""The words of the interface, one catalogue a language: ``templates/languages/<lang>.yaml``, all with the same keys.

A string may have plural forms, by the categories of Unicode's CLDR (``one``, ``few``, ``many``, ``other``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel import Locale, UnknownLocaleError

from explainer.problems import Place, Problem, Problems
from explainer.reading.files import Folder
from explainer.reading.yaml_tree import read_tree
from explainer.records.base import PLACES
from explainer.shelf import Shelf
from explainer.stored import stored
from explainer.wording.direction import direction_of

OURS: Final = Path(__file__).resolve().parent.parent.parent / "templates"
"""The templates that come with the generator; the catalogues lie among them."""
ENGLISH: Final = "en"
"""The language of the catalogue by which all others are held, and of an explainer whose ``mkdocs.yml`` names no other."""
_SLOT = re.compile(r"\{(\w*)\}|[{}]")
_TOP = ("language", "locale", "name")


@stored
@dataclass(frozen=True)
class Catalogue:
    """One language: its Babel locale, its own name, and its strings by section and key."""

    language: str
    locale: str
    name: str
    sections: Mapping[str, Mapping[str, str | Mapping[str, str]]] = field(repr=False, hash=False)

    @property
    def frame(self) -> dict[str, object]:
        """What the engine's theme prints in this language, with the language's tag and direction as the theme asks for them."""
        return {**self.sections["frame"], "language": self.language, "direction": direction_of(self.language)}

    def say(self, section: str, key: str, **values: Any) -> str:
        """A string with its values filled in; ``count`` chooses the plural form. Raises ``KeyError`` for one that is not there."""
        return self.form(section, key, values.get("count", 0)).format(**values)

    def form(self, section: str, key: str, count: int = 0) -> str:
        """A string whose values are yet to be filled in, in the form that a count asks for."""
        found = self.sections[section][key.replace("-", "_").replace(" ", "_")]
        return found if isinstance(found, str) else choose(found, self.category(count))

    def category(self, number: int | Decimal) -> str:
        """The plural category that a number takes in this language."""
        return str(Locale.parse(self.locale).plural_form(Decimal(number).copy_abs()))


def choose(forms: Mapping[str, str], category: str) -> str:
    """The form for a category, or the one for all others."""
    return forms.get(category) or forms["other"]


@cache
def english() -> Catalogue:
    """The catalogue that comes with the generator, by which all others are held."""
    problems = Problems()
    found = _kept(Folder(OURS), f"languages/{ENGLISH}.yaml", problems, None)
    problems.stop()
    assert found is not None
    return found


def read_catalogues(folder: Folder, below: str, problems: Problems, shelf: Shelf | None = None) -> dict[str, Catalogue]:
    """Every catalogue in a folder, by language; one that the shelf has is not read."""
    paths = folder.list(below, ".yaml") if folder.exists(below) else []
    found = (_kept(folder, path, problems, shelf) for path in paths)
    return {catalogue.language: catalogue for catalogue in found if catalogue is not None}


def _kept(folder: Folder, path: str, problems: Problems, shelf: Shelf | None) -> Catalogue | None:
    text = folder.read_text(path, problems)
    if text is None:
        return None
    kept: Catalogue | None = shelf.value(("catalogue", path, text)) if shelf else None
    found = kept or _read(path, text, problems)
    if shelf and found is not kept:
        shelf.put(("catalogue", path, text), found)
    return found


def _read(path: str, text: str, problems: Problems) -> Catalogue | None:
    tree = read_tree(path, text, problems)
    if tree is None:
        return None
    faults = list(_faults(path, tree))
    problems.extend(faults)
    if faults or not isinstance(tree, dict):
        return None
    sections = {key: _plain(value) for key, value in tree.items() if key not in (*_TOP, PLACES)}
    return Catalogue(tree["language"], tree["locale"], tree["name"], sections)


def _plain(tree: Any) -> Any:
    return {key: _plain(value) for key, value in tree.items() if key != PLACES} if isinstance(tree, dict) else tree


def _faults(path: str, tree: Any) -> Iterator[Problem]:
    """What a catalogue lacks beside the English one, has too much, or has in forms that its language does not know."""
    hint = f"a catalogue has the keys of templates/languages/{ENGLISH}.yaml, each once"
    if not isinstance(tree, dict) or any(not isinstance(tree.get(key), str) for key in _TOP):
        yield Problem(Place(path), "catalogue", f"it lacks {', '.join(_TOP)}", hint)
        return
    places = tree[PLACES]
    if tree["language"] != Path(path).stem:
        fault = f"'{tree['language']}' stands in '{Path(path).name}'"
        yield Problem(places["language"], "catalogue", fault, "name the file by its language")
    try:
        locale = Locale.parse(tree["locale"])
        tags = {*locale.plural_form.tags, *locale.ordinal_form.tags, "other", "genitive_one", "genitive_other"}
    except (UnknownLocaleError, ValueError):
        yield Problem(places["locale"], "catalogue", f"'{tree['locale']}' is no locale that is known", "write one like uk_UA")
        return
    wanted = english().sections if Path(path).stem != ENGLISH else {key: value for key, value in tree.items() if key not in (*_TOP, PLACES)}
    for section in sorted({*wanted, *tree} - {*_TOP, PLACES}):
        yield from _section_faults(section, wanted.get(section), tree, tags, hint)


def _slots(words: Any) -> set[str]:
    """The places in a string, or in all its forms, where values are filled in."""
    texts = [words[key] for key in words if key != PLACES] if isinstance(words, dict) else [words]
    return {slot for text in texts for slot in _SLOT.findall(str(text))}


def _section_faults(section: str, wanted: Any, tree: dict[str, Any], tags: set[str], hint: str) -> Iterator[Problem]:
    given = tree.get(section)
    place = tree[PLACES].get(section, tree[PLACES][""])
    if not isinstance(wanted, dict) or not isinstance(given, dict):
        yield Problem(place, "catalogue", f"'{section}' is {'missing' if given is None else 'not a section that is known'}", hint)
        return
    for key in sorted((wanted.keys() | given.keys()) - {PLACES}):
        at = given[PLACES].get(key, place)
        if key not in given or key not in wanted:
            yield Problem(at, "catalogue", f"'{section}' {'lacks' if key not in given else 'knows no'} '{key}'", hint)
        elif unknown := sorted(_slots(given[key]) - _slots(wanted[key])):
            yield Problem(at, "catalogue", f"'{key}' has a place for '{unknown[0]}', which it is not given", hint)
        elif isinstance(given[key], dict) and (wrong := sorted((given[key].keys() - {PLACES}) - tags) or ({"other"} - given[key].keys())):
            forms = f"known are {', '.join(sorted(tags))}"
            yield Problem(at, "catalogue", f"the plural forms of '{key}' lack or misname '{min(wrong)}'", forms)
