"""The plural forms of a noun."""

from __future__ import annotations

from explainer.records.base import Record, Text

PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The forms that numbers ask for, by the names that Unicode's CLDR gives them. Most languages have some of them only."""
FORMS = (*PLURALS, "genitive_one", "genitive_other")
"""Every form that a noun may be given in."""


class Plurals(Record):
    """A noun in the plural forms of a language: those that the language has, by their names in Unicode's CLDR."""

    zero: Text | None = None
    one: Text | None = None
    two: Text | None = None
    few: Text | None = None
    many: Text | None = None
    other: Text | None = None
    genitive_one: Text | None = None
    """What follows words such as "more than", where a language has a form for that; so ``genitive_other``."""
    genitive_other: Text | None = None

    @property
    def forms(self) -> dict[str, str]:
        """Every form that is given, by its name."""
        return {name: text for name in FORMS if (text := getattr(self, name))}
