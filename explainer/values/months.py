"""The names of months in each language, as Unicode's CLDR has them, and in the cases that it does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
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


def _cases(name: str, language: str) -> set[str]:
    """A month's name with the endings that it may take."""
    if language not in ("ru", "uk"):
        return {name}
    stem = name[:-1] if name[-1] in "ьйяаюе" else name
    return {name, *(stem + ending for ending in (_ENDINGS if stem != name else _ENDINGS[2:]))}
