"""What Plotly is told of a language: its own words, the names of months and days, and the marks in numbers."""

from __future__ import annotations

from typing import Final

from babel import Locale
from babel.dates import get_day_names, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from explainer.wording.catalogue import Catalogue

_WORDS: Final = {
    "Zoom": "zoom",
    "Pan": "pan",
    "Zoom in": "zoom_in",
    "Zoom out": "zoom_out",
    "Autoscale": "autoscale",
    "Reset axes": "reset_axes",
    "Double-click to zoom back out": "zoom_back",
    "Double-click on legend to isolate one trace": "isolate",
}
"""What Plotly prints, by the catalogue's names for it."""
_DAYS: Final = (6, 0, 1, 2, 3, 4, 5)
"""Babel's weeks begin on Monday, Plotly's on Sunday."""


def locale_of(catalogue: Catalogue) -> dict[str, dict[str, object]]:
    """A language as Plotly takes it: its words, and how it writes dates and numbers."""
    locale = Locale.parse(catalogue.locale)
    months = {width: list(get_month_names(width, "stand-alone", locale).values()) for width in ("wide", "abbreviated")}
    days = {width: [get_day_names(width, "stand-alone", locale)[day] for day in _DAYS] for width in ("wide", "abbreviated")}
    return {
        "dictionary": {theirs: catalogue.say("explore", ours) for theirs, ours in _WORDS.items()},
        "format": {
            "months": months["wide"],
            "shortMonths": months["abbreviated"],
            "days": days["wide"],
            "shortDays": days["abbreviated"],
            "decimal": get_decimal_symbol(locale),
            "thousands": get_group_symbol(locale),
        },
    }
