"""The licence under which a site's charts and data may be used, as ``mkdocs.yml`` names it under ``extra``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Licence:
    """A licence by name and address; both empty where the project names none."""

    name: str = ""
    url: str = ""

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Self:
        """The one that a configuration names."""
        extra = config.get("extra")
        named = extra.get("licence") if isinstance(extra, dict) else None
        if not isinstance(named, dict):
            return cls()
        url = str(named.get("url", ""))
        return cls(str(named.get("name", "")), url if url.startswith("https://") else "")
