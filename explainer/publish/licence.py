"""The licence under which a site's charts and data may be used, as ``mkdocs.yml`` names it under ``extra``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from explainer.model.settings import Settings


@dataclass(frozen=True)
class Licence:
    """A licence by name and address; both empty where the project names none."""

    name: str = ""
    url: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The one that the settings name."""
        named = settings.extra.licence
        return cls(named.name, named.url) if named else cls()
