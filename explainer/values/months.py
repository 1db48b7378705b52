"""The names of months in each language, as Unicode's CLDR has them, and in the cases that it does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError

_ENDINGS: Final = ("ь", "й", "я", "ю", "е", "ем", "ём", "ом", "а", "у", "і")
"""The endings that a month takes in Russian and Ukrainian; not every one takes each."""
_AFTER_IN: Final = {
    "cs": "lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci",
    "pl": ("styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu"),
    "uk": ("січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні"),
}
"""The twelve names in the form that they have after "in", where endings alone do not make it."""


@cache
def months(language: str) -> Mapping[str, int]:
    """The months by their names in a language, without case; short ones with their dot.

    Nothing for a language that CLDR does not know.
    """
    try:
        known = Locale.parse(language.replace("-", "_")).months
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for month, name in known[form]["wide"].items():
            found |= dict.fromkeys(_cases(name.casefold(), language), month)
        short = known[form]["abbreviated"]
        found |= {f"{name.casefold().rstrip('.')}.": month for month, name in short.items()}
    after_in = _AFTER_IN.get(language.partition("-")[0], "").split()
    found |= {name: month for month, name in enumerate(after_in, 1)}
    return found | ({"sept.": 9} if language.partition("-")[0] == "en" else {})


@cache
def names_of_months(language: str) -> Mapping[str, int]:
    """The same without dots, for texts of sources; in English for a language that is not known."""
    known = months(language) or months("en")
    return {name.rstrip("."): month for name, month in known.items()}


@cache
def spellings_of_months(language: str) -> Mapping[str, int]:
    """Every form in which a text may write a month: ``names_of_months`` and what ``months.tsv`` makes of them."""
    short = language.partition("-")[0]
    rows = [row for row in _rows() if row[0] == short]
    # two letters that shorten a name begin other words too: Bangla "আগ"
    known = {
        name: month for name, month in names_of_months(language).items() if name.isascii() or len(name) > 2 or name in months(language)
    }
    for _, key, words in rows:
        if key.isdigit():
            known |= dict.fromkeys((word.replace("_", " ") for word in words.split()), int(key))
    whole = {name: month for name, month in months(language).items() if name[-1] != "."}
    for _, key, words in rows:
        if key == "cut":
            cut, _, endings = words.partition("|")
            tail = "" if cut == "-" else cut
            for (name, month), ending in product(whole.items(), endings.split()):
                if name.endswith(tail) and len(name) - len(tail) >= _SHORTEST_STEM:
                    known.setdefault(name.removesuffix(tail) + ending, month)
    before = [letters for _, key, words in rows if key == "before" for letters in words.split()]
    return known | {letters + name: month for letters, (name, month) in product(before, known.items()) if len(name) > 1}


_SHORTEST_STEM: Final = 3
"""So many letters at least are left of a month's name to which an ending is put."""


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """The lines of ``months.tsv``: a language, a key and words."""
    lines = (Path(__file__).resolve().parent / "months.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((language, key, words) for language, key, words in cells)


def _cases(name: str, language: str) -> set[str]:
    """A month's name with the endings that it may take."""
    if language not in ("ru", "uk"):
        return {name}
    stem = name[:-1] if name[-1] in "ьйяаюе" else name
    return {name, *(stem + ending for ending in (_ENDINGS if stem != name else _ENDINGS[2:]))}
