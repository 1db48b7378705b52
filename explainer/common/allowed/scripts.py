"""The inline scripts that pages may have: those of the engine's theme, and the one that stands in every embed.

They are taken from the theme as it is installed and from our own list, never from a page: whatever looks like a script there is known
or stops the build, and a page's policy names none that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from explainer.common import policy

THEMES: Final = {"mkdocs": "material", "zensical": "zensical"}
"""The package that each engine's theme is in."""
FRAMES: Final = frozenset(
    {
        "'sha256-R8cChyk5++CjoPSFnt05kl/+BrKvZXA9K18+1dsT39Y='",
        "'sha256-NLD/XbMFXyhP0OzoDM7O5PqH4gYQogJh4cU25nZwJcg='",
    }
)
"""Every version of ``templates/embed/frame.js`` that was ever in a release of the generator, the newest last.

An edition keeps the script that it was released with. When the script changes, its new hash is added here and none is taken out.
"""
_PARTIALS: Final = ("base", "palette", "content", "announce")
"""The theme's templates with inline scripts that our pages can have; those for consent and for versions of a site they cannot."""
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ROOT = re.compile(r"\{\{ config\.extra\.scope \| d\(base_url(?:, true)?\) \}\}")
"""Where the theme prints the way from a page up to the site's root."""


@dataclass(frozen=True)
class Scripts:
    """The inline scripts that the pages of one site may have."""

    engine: str
    address: str = ""
    """Where the site will stand; empty where nobody said."""
    own: frozenset[str] = field(default_factory=frozenset)
    """Source expressions of further scripts in embeds: that of a trusted project's own template."""

    def of_page(self, path: str) -> tuple[str, ...]:
        """The inline scripts of the theme, as they stand in the page at a path of the site."""
        return tuple(
            _ROOT.sub(lambda _, root=root: root, script)  # type: ignore[misc]
            for script in _of_theme(self.engine)
            for root in (self._roots(path) if _ROOT.search(script) else ("",))
        )

    def known(self, path: str) -> Collection[str]:
        """The source expressions of the inline scripts that a page may have."""
        if path.startswith(policy.ALONE):
            return FRAMES | self.own | _expressions(self.of_page(path))
        return _expressions(self.of_page(path))

    def _roots(self, path: str) -> tuple[str, ...]:
        """How the theme may write the way to the root: from the page for a wrong address, which stands anywhere, as an address."""
        if path == "404.html":
            root = urlsplit(self.address).path or "/"
            return tuple(dict.fromkeys((root, root.rstrip("/") or "/")))
        return ("/".join([".."] * path.count("/")) or ".",)


@lru_cache(maxsize=4096)
def _expressions(scripts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(policy.of, scripts))


@lru_cache(maxsize=4)
def _of_theme(engine: str) -> tuple[str, ...]:
    """The inline scripts of the installed theme, with marks of its template language where it prints something."""
    found = []
    for folder in theme_folders(engine):
        for name in _PARTIALS:
            template = folder / "partials" / "javascripts" / f"{name}.html"
            found += _SCRIPT.findall(template.read_text(encoding="utf-8")) if template.is_file() else []
    return tuple(script for script in found if "{{" not in _ROOT.sub("", script))


def theme_folders(engine: str) -> tuple[Path, ...]:
    """Where the templates of an engine's theme are installed."""
    found = find_spec(THEMES[engine])
    return tuple(Path(each) / "templates" for each in (found.submodule_search_locations if found else None) or ())


@lru_cache(maxsize=4)
def theme_assets(engine: str) -> frozenset[str]:
    """The files that the theme brings, by their paths in the site."""
    return frozenset(
        path.relative_to(folder).as_posix() for folder in theme_folders(engine) for path in (folder / "assets").rglob("*") if path.is_file()
    )
