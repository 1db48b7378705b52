"""The licence of a site's charts and data, from ``extra.licence`` in ``mkdocs.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from explainer.model.settings import Settings


@dataclass(frozen=True)
class Licence:
    """A licence by name and URL. Both are empty if the project has none."""

    name: str = ""
    url: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the licence in the settings, or an empty one."""
        named = settings.extra.licence
        return cls(named.name, named.url) if named else cls()
