"""Catalogues: the strings of the interface, and how values are filled into them.

The files are ``templates/languages/<language>.yaml``. All have the same keys. A string may have
plural forms, by the categories of Unicode's CLDR (``one``, ``few``, ``many``, ``other``).
"""

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

from explainer.common.problems import Place, Problem, Problems, Refused
from explainer.common.typed_json import register_dataclass
from explainer.incremental.cache import Cache
from explainer.model.records import PLACES
from explainer.publish.direction import direction_of
from explainer.read.files import Folder
from explainer.read.yaml_tree import read_tree

# The ends of sentences, so that no full stop follows another.

_ENDS: Final = frozenset(
    ".!?…‥"  # Latin, Greek, Cyrillic and others
    # Greek, Armenian, Arabic, Syriac …
    "\u037e\u0589\u061d\u061e\u061f\u06d4\u0700\u0701\u0702\u07f9\u0837\u0839\u083d\u083e"
    "।॥\u0df4\u0f0d\u0f0e\u0f0f\u0f10\u104a\u104b"  # of India, Sinhala, Tibetan, Burmese
    # Ethiopic, Khmer, Mongolian …
    "\u1362\u1367\u1368\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945"
    "\u1aa8\u1aa9\u1aaa\u1aab\u1b5a\u1b5b\u1b5e\u1b5f\u1c3b\u1c3c\u1c7e\u1c7f"
    "‼‽⁇⁈⁉\u2e2e\u2e3c。\ua4ff\ua60e\ua60f\ua6f3\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9"
    "\uaa5d\uaa5e\uaa5f\uaaf0\uaaf1\uabeb︒﹒﹖﹗！．？｡"
)
"""Characters that end a sentence in any script: Unicode's sentence terminals, and Tibetan shads."""
_CLOSING: Final = frozenset({"Pe", "Pf", "Pi", "Cf"})
"""The Unicode categories of characters that may follow the end of a sentence.

They are closing brackets, quotation marks and marks of direction. Opening quotation marks are
included because German closes with one.
"""


def ends_sentence(text: str) -> bool:
    """Return whether a text ends a sentence. Closing quotation marks and brackets are ignored."""
    for letter in reversed(text.rstrip()):
        if letter in _ENDS:
            return True
        if letter not in "\"'" and unicodedata.category(letter) not in _CLOSING:
            return False
    return False


def missing_full_stop(text: str) -> str:
    """Return a full stop if a text needs one, or else an empty string.

    An empty text needs none. Tags are ignored if the text is ``Markup``.
    """
    plain = text.striptags() if isinstance(text, Markup) else text
    return "" if not plain.strip() or ends_sentence(plain) else "."


def with_full_stop(text: str) -> str:
    """Return the text with a full stop, if it needs one."""
    return text + missing_full_stop(text)


# Filling values into strings. ``{name}`` is a value; braces have no other use.
#
# ``str.format`` is not used on texts of authors: its fields can reach attributes and items of the
# values, and its widths can make texts of any length.

_FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}", re.ASCII)
_FIELD_WITH_STOP = re.compile(rf"{_FIELD.pattern}([.。।۔።։](?!\S))?", re.ASCII)
"""A name in braces, with the full stop after it."""
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_SHOWN = 60
_MOST_FILLED: Final = 1_000_000
"""The maximum number of characters of a string with its values. Pages have much shorter ones."""


def fill(text: str, /, **values: object) -> str:
    """Return the text with each ``{name}`` replaced by its value.

    If the text is ``Markup``, values that are not ``Markup`` are escaped. If a value ends a
    sentence, the full stop after its name is left out. Anything else in braces stays as it is;
    ``faults`` reports it.

    Raises ``KeyError`` for a name without a value, ``TypeError`` for a value that is neither text
    nor a number, and ``Refused`` if the result would have more than a million characters.
    """
    write = escape if isinstance(text, Markup) else str
    shown = {name: write(_plain_value(values[name])) for name in names(text)}
    fields = [field[1] for field in _FIELD.finditer(text)]
    if len(text) + sum(len(shown[name]) for name in fields) > _MOST_FILLED:
        message = (
            f"'{text[:_SHOWN]}' has more than {_MOST_FILLED:,} characters with its values filled in"
        )
        hint = "let each name stand in the string once, and shorten what it is given"
        raise Refused((Problem(Place("templates/languages"), "catalogue", message, hint),))
    filled = _FIELD_WITH_STOP.sub(lambda field: _with_stop(shown[field[1]], field[2]), str(text))
    return Markup(filled) if isinstance(text, Markup) else filled  # noqa: S704


def _with_stop(value: str, stop: str | None) -> str:
    return str(value) if not stop or not missing_full_stop(value) else f"{value}{stop}"


def names(text: str) -> set[str]:
    """Return the names in braces in a text."""
    return set(_FIELD.findall(text))


def _plain_value(value: object) -> object:
    if not isinstance(value, (str, int, float, Decimal)):
        raise TypeError("only text and numbers can be filled in")
    return value


def faults(text: str) -> Iterator[str]:
    """Yield a message for each use of braces that is not a plain name.

    These are ``{}``, ``{0}``, ``{x.y}``, ``{x[0]}``, ``{x!r}``, ``{x:>9}``, and single braces.
    """
    for found in _BRACES.finditer(text):
        if not _FIELD.fullmatch(found[0]):
            yield f"'{found[0][:_SHOWN]}' is not a name in braces, like {{count}}"


# Catalogues.

OURS: Final = Path(__file__).resolve().parent.parent.parent / "templates"
"""The folder of the generator's own templates, with its catalogues."""
ENGLISH: Final = "en"
"""The language of the reference catalogue.

It is also the language of a project whose ``mkdocs.yml`` names none.
"""
Sections = Mapping[str, Mapping[str, str | Mapping[str, str]]]
"""Strings, or mappings of their plural forms, by section and key."""
_HTML = re.compile(r"[<>&\"]")
"""The characters that no string may contain, because the engine's theme does not escape them."""
_TIMES_NAME: Final = 2
"""How many times as often as in English a name may stand in a string."""
_MORE_LETTERS, _TIMES_LETTERS = 200, 4
"""A string may have 200 characters more than four times the English string."""
_MOST_DIGITS: Final = 100
"""The maximum number of digits of a number that chooses a plural form. Seeds have at most 49."""
_TOP = ("language", "locale", "name")


@register_dataclass
@dataclass(frozen=True)
class Catalogue:
    """The catalogue of one language: its code, Babel locale, own name and strings."""

    language: str
    locale: str
    name: str
    sections: Sections = field(repr=False, hash=False)

    @property
    def frame(self) -> dict[str, object]:
        """The strings of the engine's theme, with ``language`` and ``direction``."""
        return {
            **self.sections["frame"],
            "language": self.language,
            "direction": direction_of(self.language),
        }

    def say(self, section: str, key: str, **values: Any) -> str:
        """Return a string with its values filled in. ``count`` chooses the plural form.

        Raises ``KeyError`` if there is no such string.
        """
        return fill(self.form(section, key, values.get("count", 0)), **values)

    def form(self, section: str, key: str, count: int = 0) -> str:
        """Return a string without its values filled in, in the plural form for a count."""
        found = self.sections[section][key.replace("-", "_").replace(" ", "_")]
        return found if isinstance(found, str) else choose(found, self.category(count))

    def category(self, number: int | Decimal) -> str:
        """Return the plural category of a number in this language.

        Raises ``TypeError`` for anything else and for a number of more than a hundred digits: a
        template could give one whose digits take minutes to write.
        """
        if not _is_countable(number):
            raise TypeError("only a number of at most 100 digits can be counted")
        return str(Locale.parse(self.locale).plural_form(Decimal(number).copy_abs()))


def _is_countable(number: object) -> bool:
    """Return whether a value is a number that can be written with a hundred digits or fewer."""
    if isinstance(number, Decimal) and number.is_finite():
        _, digits, exponent = number.as_tuple()
        return len(digits) <= _MOST_DIGITS and abs(int(exponent)) <= _MOST_DIGITS
    return isinstance(number, int) and abs(number) < 10**_MOST_DIGITS


def choose(forms: Mapping[str, str], category: str) -> str:
    """Return the plural form for a category, or else the form ``other``."""
    return forms.get(category) or forms["other"]


@functools.cache
def reference_catalogue() -> Catalogue:
    """Return the generator's English catalogue, the reference for all others."""
    problems = Problems()
    found = _kept(Folder(OURS), f"languages/{ENGLISH}.yaml", problems, None)
    problems.stop()
    assert found is not None
    return found


def read_catalogues(
    folder: Folder, below: str, problems: Problems, cache: Cache | None = None
) -> dict[str, Catalogue]:
    """Return every valid catalogue in a folder, by language. Cached ones are not parsed again."""
    paths = folder.list(below, ".yaml") if folder.exists(below) else []
    found = (_kept(folder, path, problems, cache) for path in paths)
    return {catalogue.language: catalogue for catalogue in found if catalogue is not None}


_OURS: Final[dict[tuple[str, str], Catalogue]] = {}
"""The generator's own catalogues that this process has parsed, by path and text."""


def _kept(folder: Folder, path: str, problems: Problems, cache: Cache | None) -> Catalogue | None:
    text = folder.read_text(path, problems)
    if text is None:
        return None
    is_ours = folder.root == OURS
    kept: Catalogue | None = (
        cache.value(("catalogue", path, text))
        if cache
        else _OURS.get((path, text))
        if is_ours
        else None
    )
    is_first = is_ours and path == f"languages/{ENGLISH}.yaml"
    found = kept or _read(
        path, text, problems, None if is_first else reference_catalogue().sections
    )
    if cache and found is not kept:
        cache.put(("catalogue", path, text), found)
    elif is_ours and found:
        _OURS[path, text] = found
    return found


def _read(path: str, text: str, problems: Problems, wanted: Sections | None) -> Catalogue | None:
    """Parse a catalogue. Returns None if there are problems.

    ``wanted`` has the strings of the reference catalogue, or None if this is the reference.
    """
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
    return (
        {key: _plain(value) for key, value in tree.items() if key != PLACES}
        if isinstance(tree, dict)
        else tree
    )


def _faults(path: str, tree: Any, wanted: Sections | None) -> Iterator[Problem]:
    """Yield the problems of a catalogue.

    These are missing and unknown keys, plural forms that the language does not have, and wrong
    braces and characters.
    """
    hint = f"a catalogue has the keys of templates/languages/{ENGLISH}.yaml, each once"
    if not isinstance(tree, dict) or any(not isinstance(tree.get(key), str) for key in _TOP):
        yield Problem(Place(path), "catalogue", f"it lacks {', '.join(_TOP)}", hint)
        return
    places = tree[PLACES]
    for key in _TOP:
        if _HTML.search(tree[key]) or '"' in tree[key]:
            yield Problem(
                places[key], "catalogue", f"'{key}' holds a character of HTML", "write it without"
            )
    if tree["language"] != Path(path).stem:
        fault = f"'{tree['language']}' stands in '{Path(path).name}'"
        yield Problem(places["language"], "catalogue", fault, "name the file by its language")
    try:
        locale = Locale.parse(tree["locale"])
        tags = {
            *locale.plural_form.tags,
            *locale.ordinal_form.tags,
            "other",
            "genitive_one",
            "genitive_other",
        }
    except (UnknownLocaleError, ValueError):
        yield Problem(
            places["locale"],
            "catalogue",
            f"'{tree['locale']}' is no locale that is known",
            "write one like uk_UA",
        )
        return
    held = (
        wanted
        if wanted is not None
        else {key: value for key, value in tree.items() if key not in (*_TOP, PLACES)}
    )
    for section in sorted({*held, *tree} - {*_TOP, PLACES}):
        yield from _section_faults(section, held.get(section), tree, tags, hint)


def _texts(words: Any) -> list[Any]:
    """Return a string, or all its plural forms, in a list."""
    return [words[key] for key in words if key != PLACES] if isinstance(words, dict) else [words]


def _slots(words: Any) -> set[str]:
    """Return the names in braces in a string, or in all its plural forms."""
    return {name for text in _texts(words) for name in names(str(text))}


def _section_faults(
    section: str, wanted: Any, tree: dict[str, Any], tags: set[str], hint: str
) -> Iterator[Problem]:
    given = tree.get(section)
    place = tree[PLACES].get(section, tree[PLACES][""])
    if not isinstance(wanted, dict) or not isinstance(given, dict):
        yield Problem(
            place,
            "catalogue",
            f"'{section}' is {'missing' if given is None else 'not a section that is known'}",
            hint,
        )
        return
    for key in sorted((wanted.keys() | given.keys()) - {PLACES}):
        at = given[PLACES].get(key, place)
        if key not in given or key not in wanted:
            yield Problem(
                at,
                "catalogue",
                f"'{section}' {'lacks' if key not in given else 'knows no'} '{key}'",
                hint,
            )
        else:
            yield from (
                Problem(at, "catalogue", fault, how)
                for fault, how in _string_faults(key, given[key], wanted[key], tags)
            )


def _string_faults(key: str, given: Any, wanted: Any, tags: set[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a string, and what to do.

    ``wanted`` is the same string in the reference catalogue.
    """
    if not all(isinstance(text, str) for text in _texts(given)):
        yield f"'{key}' is neither a string nor its plural forms", "write words"
        return
    for text in _texts(given):
        for fault in faults(text):
            yield f"in '{key}', {fault}", "write the name of a value in braces, and no other braces"
        if mark := _HTML.search(text):
            yield (
                f"'{key}' holds '{mark[0]}', which HTML would take for its own",
                "write it without; words are no HTML",
            )
    if unknown := sorted(_slots(given) - _slots(wanted)):
        known = ", ".join(f"{{{name}}}" for name in sorted(_slots(wanted))) or "no value"
        yield (
            f"'{key}' has a place for '{unknown[0]}', which it is not given",
            f"it is given {known}",
        )
    yield from _length_faults(key, _texts(given), _texts(wanted))
    if not isinstance(given, dict):
        return
    forms = given.keys() - {PLACES}
    if wrong := sorted(forms - tags):
        yield (
            f"'{key}' has the plural form '{wrong[0]}', which its language has not",
            f"delete '{wrong[0]}'; {_forms(tags)}",
        )
    if "other" not in forms:
        yield f"'{key}' lacks the plural form 'other'", f"add 'other'; {_forms(tags)}"


def _length_faults(key: str, given: list[str], wanted: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what is too long, or stands too often, in a string or its plural forms.

    Values contain other strings with values, so each repetition is multiplied by those inside.
    """
    most = _MORE_LETTERS + _TIMES_LETTERS * max(map(len, wanted))
    if max(map(len, given)) > most:
        yield f"'{key}' has more than {most:,} characters", "shorten it"
    for name in sorted({name for text in given for name in names(text)}):
        most = _TIMES_NAME * max(text.count(f"{{{name}}}") for text in wanted)
        if most and max(text.count(f"{{{name}}}") for text in given) > most:
            yield (
                f"'{key}' has the place for '{name}' more than {most} times in one string",
                "write it once",
            )


def _forms(tags: set[str]) -> str:
    """Return the plural forms of a language, in words."""
    counted = sorted(
        tags - {"genitive_one", "genitive_other"},
        key=("zero", "one", "two", "few", "many", "other").index,
    )
    return (
        f"the language has {', '.join(map(repr, counted))}"
        if len(counted) > 1
        else "the language has 'other' alone"
    )
