"""The words of the interface, from ``templates/languages/``, and how values are filled into them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from markupsafe import Markup, escape

from explainer.common.problems import Place, Problem, Problems
from explainer.common.typed_json import stored
from explainer.incremental.cache import Cache
from explainer.model.records import PLACES
from explainer.publish.direction import direction_of
from explainer.read.files import Folder
from explainer.read.yaml_tree import read_tree

# Full stops: whether a text ends as a sentence does in its script, so that none is put after
# another.

_ENDS: Final = frozenset(
    ".!?…‥"  # Latin, Greek, Cyrillic and others
    "\u037e\u0589\u061d\u061e\u061f\u06d4\u0700\u0701\u0702\u07f9\u0837\u0839\u083d\u083e"  # Greek, Armenian, Arabic, Syriac …
    "।॥\u0df4\u0f0d\u0f0e\u0f0f\u0f10\u104a\u104b"  # of India, Sinhala, Tibetan, Burmese
    "\u1362\u1367\u1368\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945"  # Ethiopic, Khmer, Mongolian …
    "\u1aa8\u1aa9\u1aaa\u1aab\u1b5a\u1b5b\u1b5e\u1b5f\u1c3b\u1c3c\u1c7e\u1c7f"
    "‼‽⁇⁈⁉\u2e2e\u2e3c。\ua4ff\ua60e\ua60f\ua6f3\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9"
    "\uaa5d\uaa5e\uaa5f\uaaf0\uaaf1\uabeb︒﹒﹖﹗！．？｡"
)
"""What ends a sentence, in the scripts of the world: Unicode's sentence terminals, and Tibetan's strokes."""
_CLOSING: Final = frozenset({"Pe", "Pf", "Pi", "Cf"})
"""Brackets, quotation marks and marks of direction, which may follow the end of a sentence. German closes with an opening mark."""


def ends_sentence(text: str) -> bool:
    """Whether a text ends with what ends a sentence, closing quotation marks and brackets aside."""
    for letter in reversed(text.rstrip()):
        if letter in _ENDS:
            return True
        if letter not in "\"'" and unicodedata.category(letter) not in _CLOSING:
            return False
    return False


def stop_after(text: str) -> str:
    """The full stop that a text lacks; nothing where it has one, or is empty. Tags of a text that is HTML do not count."""
    plain = text.striptags() if isinstance(text, Markup) else text
    return "" if not plain.strip() or ends_sentence(plain) else "."


def stopped(text: str) -> str:
    """The text as a sentence."""
    return text + stop_after(text)


# Filling values into sentences of the catalogues: ``{name}`` stands for a value, and braces mean
# nothing else.
#
# ``str.format`` is not used on what authors write: its fields reach attributes and items of what
# is filled in, and its widths make
# texts of any length.

_FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}", re.ASCII)
_FIELD_WITH_STOP = re.compile(rf"{_FIELD.pattern}([.。।۔።։](?!\S))?", re.ASCII)
"""A name with the full stop behind it."""
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_SHOWN = 60


def fill(text: str, /, **values: object) -> str:
    """The text with each ``{name}`` replaced by its value; in HTML (``Markup``), values that are no HTML are escaped.

    Where a value ends as a sentence does, the full stop behind its name is left out.
    Whatever else stands in braces stays as it is; ``faults`` names it. Raises ``KeyError`` for a name without a value,
    and ``TypeError`` for a value that is neither text nor a number.
    """
    if isinstance(text, Markup):
        filled = _FIELD_WITH_STOP.sub(lambda field: _with_stop(escape(_plain_value(values[field[1]])), field[2]), str(text))
        return Markup(filled)  # noqa: S704 - the text is HTML, and each value is HTML or escaped
    return _FIELD_WITH_STOP.sub(lambda field: _with_stop(str(_plain_value(values[field[1]])), field[2]), text)


def _with_stop(value: str, stop: str | None) -> str:
    return str(value) if not stop or not stop_after(value) else f"{value}{stop}"


def names(text: str) -> set[str]:
    """The names for which values are filled in."""
    return set(_FIELD.findall(text))


def _plain_value(value: object) -> object:
    if not isinstance(value, (str, int, float, Decimal)):
        raise TypeError("only text and numbers can be filled in")
    return value


def faults(text: str) -> Iterator[str]:
    """What in braces is no name alone (``{}``, ``{0}``, ``{x.y}``, ``{x[0]}``, ``{x!r}``, ``{x:>9}``), and single braces."""
    for found in _BRACES.finditer(text):
        if not _FIELD.fullmatch(found[0]):
            yield f"'{found[0][:_SHOWN]}' is not a name in braces, like {{count}}"


# The words of the interface, one catalogue a language: ``templates/languages/<lang>.yaml``, all
# with the same keys.
#
# A string may have plural forms, by the categories of Unicode's CLDR (``one``, ``few``, ``many``,
# ``other``).

OURS: Final = Path(__file__).resolve().parent.parent.parent / "templates"
"""The templates that come with the generator; the catalogues lie among them."""
ENGLISH: Final = "en"
"""The language of the catalogue by which all others are held, and of an explainer whose ``mkdocs.yml`` names no other."""
Sections = Mapping[str, Mapping[str, str | Mapping[str, str]]]
"""Strings, or their plural forms, by section and key."""
_HTML = re.compile(r"[<>&\"]")
"""What is not printed as it is by the engine's theme, which escapes nothing."""
_TOP = ("language", "locale", "name")


@stored
@dataclass(frozen=True)
class Catalogue:
    """One language: its Babel locale, its own name, and its strings by section and key."""

    language: str
    locale: str
    name: str
    sections: Sections = field(repr=False, hash=False)

    @property
    def frame(self) -> dict[str, object]:
        """What the engine's theme prints in this language, with the language's tag and direction as the theme asks for them."""
        return {**self.sections["frame"], "language": self.language, "direction": direction_of(self.language)}

    def say(self, section: str, key: str, **values: Any) -> str:
        """A string with its values filled in; ``count`` chooses the plural form. Raises ``KeyError`` for one that is not there."""
        return fill(self.form(section, key, values.get("count", 0)), **values)

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


@functools.cache
def english() -> Catalogue:
    """The catalogue that comes with the generator, by which all others are held."""
    problems = Problems()
    found = _kept(Folder(OURS), f"languages/{ENGLISH}.yaml", problems, None)
    problems.stop()
    assert found is not None
    return found


def read_catalogues(folder: Folder, below: str, problems: Problems, cache: Cache | None = None) -> dict[str, Catalogue]:
    """Every catalogue in a folder, by language; one that the cache has is not read."""
    paths = folder.list(below, ".yaml") if folder.exists(below) else []
    found = (_kept(folder, path, problems, cache) for path in paths)
    return {catalogue.language: catalogue for catalogue in found if catalogue is not None}


_OURS: Final[dict[tuple[str, str], Catalogue]] = {}
"""The generator's own catalogues that this process has read without a cache, by path and text."""


def _kept(folder: Folder, path: str, problems: Problems, cache: Cache | None) -> Catalogue | None:
    text = folder.read_text(path, problems)
    if text is None:
        return None
    is_ours = folder.root == OURS
    kept: Catalogue | None = cache.value(("catalogue", path, text)) if cache else _OURS.get((path, text)) if is_ours else None
    is_first = is_ours and path == f"languages/{ENGLISH}.yaml"
    found = kept or _read(path, text, problems, None if is_first else english().sections)
    if cache and found is not kept:
        cache.put(("catalogue", path, text), found)
    elif is_ours and found:
        _OURS[path, text] = found
    return found


def _read(path: str, text: str, problems: Problems, wanted: Sections | None) -> Catalogue | None:
    """The catalogue in a text; ``wanted`` are the strings that it is held by, and ``None`` for those by which others are."""
    before = problems.told
    tree = read_tree(path, text, problems)
    if problems.told != before:
        return None
    found = list(_faults(path, tree, wanted))
    problems.extend(found)
    if found or not isinstance(tree, dict):
        return None
    sections = {key: _plain(value) for key, value in tree.items() if key not in (*_TOP, PLACES)}
    return Catalogue(tree["language"], tree["locale"], tree["name"], sections)


def _plain(tree: Any) -> Any:
    return {key: _plain(value) for key, value in tree.items() if key != PLACES} if isinstance(tree, dict) else tree


def _faults(path: str, tree: Any, wanted: Sections | None) -> Iterator[Problem]:
    """What a catalogue lacks beside another, has too much, has in forms that its language does not know, or fills in wrongly."""
    hint = f"a catalogue has the keys of templates/languages/{ENGLISH}.yaml, each once"
    if not isinstance(tree, dict) or any(not isinstance(tree.get(key), str) for key in _TOP):
        yield Problem(Place(path), "catalogue", f"it lacks {', '.join(_TOP)}", hint)
        return
    places = tree[PLACES]
    for key in _TOP:
        if _HTML.search(tree[key]) or '"' in tree[key]:
            yield Problem(places[key], "catalogue", f"'{key}' holds a character of HTML", "write it without")
    if tree["language"] != Path(path).stem:
        fault = f"'{tree['language']}' stands in '{Path(path).name}'"
        yield Problem(places["language"], "catalogue", fault, "name the file by its language")
    try:
        locale = Locale.parse(tree["locale"])
        tags = {*locale.plural_form.tags, *locale.ordinal_form.tags, "other", "genitive_one", "genitive_other"}
    except (UnknownLocaleError, ValueError):
        yield Problem(places["locale"], "catalogue", f"'{tree['locale']}' is no locale that is known", "write one like uk_UA")
        return
    held = wanted if wanted is not None else {key: value for key, value in tree.items() if key not in (*_TOP, PLACES)}
    for section in sorted({*held, *tree} - {*_TOP, PLACES}):
        yield from _section_faults(section, held.get(section), tree, tags, hint)


def _texts(words: Any) -> list[Any]:
    """A string, or all its forms."""
    return [words[key] for key in words if key != PLACES] if isinstance(words, dict) else [words]


def _slots(words: Any) -> set[str]:
    """The names in a string, or in all its forms, for which values are filled in."""
    return {name for text in _texts(words) for name in names(str(text))}


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
        else:
            yield from (Problem(at, "catalogue", fault, how) for fault, how in _string_faults(key, given[key], wanted[key], tags))


def _string_faults(key: str, given: Any, wanted: Any, tags: set[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a string of a catalogue, and what to do; ``wanted`` is the one that it is held by."""
    if not all(isinstance(text, str) for text in _texts(given)):
        yield f"'{key}' is neither a string nor its plural forms", "write words"
        return
    for text in _texts(given):
        for fault in faults(text):
            yield f"in '{key}', {fault}", "write the name of a value in braces, and no other braces"
        if mark := _HTML.search(text):
            yield f"'{key}' holds '{mark[0]}', which HTML would take for its own", "write it without; words are no HTML"
    if unknown := sorted(_slots(given) - _slots(wanted)):
        known = ", ".join(f"{{{name}}}" for name in sorted(_slots(wanted))) or "no value"
        yield f"'{key}' has a place for '{unknown[0]}', which it is not given", f"it is given {known}"
    if not isinstance(given, dict):
        return
    forms = given.keys() - {PLACES}
    if wrong := sorted(forms - tags):
        yield f"'{key}' has the plural form '{wrong[0]}', which its language has not", f"delete '{wrong[0]}'; {_forms(tags)}"
    if "other" not in forms:
        yield f"'{key}' lacks the plural form 'other'", f"add 'other'; {_forms(tags)}"


def _forms(tags: set[str]) -> str:
    """The plural forms of a language, in words."""
    counted = sorted(tags - {"genitive_one", "genitive_other"}, key=("zero", "one", "two", "few", "many", "other").index)
    return f"the language has {', '.join(map(repr, counted))}" if len(counted) > 1 else "the language has 'other' alone"
