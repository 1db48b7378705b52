"""The inline scripts that pages may have: the theme's, and the script in every embed.

They are read from the installed theme and from our own list, never from a page. Anything in a page
that looks like a script is known or stops the build. A page's policy allows only known scripts.
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
"""The package that contains each engine's theme."""
FRAMES: Final = frozenset(
    {
        "'sha256-R8cChyk5++CjoPSFnt05kl/+BrKvZXA9K18+1dsT39Y='",
        "'sha256-NLD/XbMFXyhP0OzoDM7O5PqH4gYQogJh4cU25nZwJcg='",
    }
)
"""The hash of every released version of ``templates/embed/frame.js``, newest last.

An edition keeps the script that it was released with. When the script changes, its new hash is
added here and none is removed.
"""
_PARTIALS: Final = ("base", "palette", "content", "announce")
"""The theme's templates with inline scripts that our pages can have. The templates for consent and
for versions of a site are left out, because our pages cannot have them.
"""
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ROOT = re.compile(r"\{\{ config\.extra\.scope \| d\(base_url(?:, true)?\) \}\}")
"""Where the theme prints the path from a page to the root of the site."""


@dataclass(frozen=True)
class Scripts:
    """The inline scripts that the pages of one site may have."""

    engine: str
    address: str = ""
    """The URL of the site, or an empty string if it is unknown."""
    own: frozenset[str] = field(default_factory=frozenset)
    """Source expressions of further scripts in embeds, from a trusted project's own template."""

    def of_page(self, path: str) -> tuple[str, ...]:
        """Return the theme's inline scripts as they are in the page at a path of the site."""
        return tuple(
            _ROOT.sub(lambda _, root=root: root, script)  # type: ignore[misc]
            for script in _of_theme(self.engine)
            for root in (self._roots(path) if _ROOT.search(script) else ("",))
        )

    def known(self, path: str) -> Collection[str]:
        """Return the source expressions of the inline scripts that a page may have."""
        if path.startswith(policy.STANDALONE):
            return FRAMES | self.own | _expressions(self.of_page(path))
        return _expressions(self.of_page(path))

    def _roots(self, path: str) -> tuple[str, ...]:
        """Return the ways in which the theme may write the path from a page to the root.

        In the page for missing addresses, which is served at any path, it is an absolute path.
        """
        if path == "404.html":
            root = urlsplit(self.address).path or "/"
            return tuple(dict.fromkeys((root, root.rstrip("/") or "/")))
        return ("/".join([".."] * path.count("/")) or ".",)


@lru_cache(maxsize=4096)
def _expressions(scripts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(policy.source_expression, scripts))


@lru_cache(maxsize=4)
def _of_theme(engine: str) -> tuple[str, ...]:
    """Return the inline scripts of the installed theme, with template marks where it prints a
    value.
    """
    found = []
    for folder in theme_folders(engine):
        for name in _PARTIALS:
            template = folder / "partials" / "javascripts" / f"{name}.html"
            found += (
                _SCRIPT.findall(template.read_text(encoding="utf-8")) if template.is_file() else []
            )
    return tuple(script for script in found if "{{" not in _ROOT.sub("", script))


def theme_folders(engine: str) -> tuple[Path, ...]:
    """Return the folders where the templates of an engine's theme are installed."""
    found = find_spec(THEMES[engine])
    return tuple(
        Path(each) / "templates"
        for each in (found.submodule_search_locations if found else None) or ()
    )


@lru_cache(maxsize=4)
def theme_assets(engine: str) -> frozenset[str]:
    """Return the files that the theme adds, by their paths in the site."""
    return frozenset(
        path.relative_to(folder).as_posix()
        for folder in theme_folders(engine)
        for path in (folder / "assets").rglob("*")
        if path.is_file()
    )
