"""The theme's frame in the language of its page: what the engine prints from ``mkdocs.yml``, and what it knows in English only."""

from __future__ import annotations

import html
import re
from collections.abc import Container, Mapping
from functools import partial

from explainer.engine import as_html
from explainer.project import Project
from explainer.publish.catalogue import ENGLISH, fill

_BACK = re.compile(r'(?<=title=")Jump back to footnote (\d+) in the text(?=")')
_SEARCH = re.compile(r'(data-md-component="search" role="dialog")(?: aria-label="[^"]*")?')
"""Material's dialog has no name; Zensical's an English one."""
_HOME = re.compile(r'<a href="[^"]*"(?=[^>]*data-md-component="logo")')


class Frame:
    """Puts a finished page's frame into the page's language."""

    def __init__(self, project: Project, paths: Container[str]) -> None:
        """``paths`` are those of all files: a language without a first page of its own leads home to the site's."""
        self._catalogues = {language: project.catalogues[language] for language in (project.main, *project.languages)}
        self._main = project.main
        self._swaps = {language: _swaps(project, language) for language in project.languages}
        self._homes = {language for language in project.languages if f"{language}/index.html" in paths}

    @property
    def made_from(self) -> object:
        """All that decides on what becomes of a page, beside the page itself and its path."""
        words = {language: self._theme(language) for language in self._catalogues}
        return (self._main, sorted(self._homes), self._swaps, words)

    def _theme(self, language: str) -> Mapping[str, object]:
        return self._catalogues[language].sections["theme"]

    def localised(self, path: str, page: str) -> str:
        """The page with the words of its frame exchanged. ``path`` is its own, below the site's root."""
        first = path.split("/", maxsplit=1)[0]
        language = first if first in self._swaps else self._main
        words = self._theme(language)
        page = as_html(page)
        search = html.escape(str(words["search"]))
        page = _SEARCH.sub(lambda match: f'{match[1]} aria-label="{search}"', page, count=1)
        if language != ENGLISH:
            back = html.escape(str(words["back_to_note"]))
            page = _BACK.sub(lambda match: fill(back, number=match[1]), page)
        if language == self._main:
            return page
        for old, new in self._swaps[language].items():
            page = re.sub(rf"(?<=>)(\s*){re.escape(old)}(\s*)(?=<)|(?<=\"){re.escape(old)}(?=\")", partial(_put, new), page)
        up = path.count("/") - (language in self._homes)
        return _HOME.sub(f'<a href="{"../" * up or "./"}"', page)


def _put(words: str, match: re.Match[str]) -> str:
    return f"{match.group(1) or ''}{words}{match.group(2) or ''}"


def _swaps(project: Project, language: str) -> Mapping[str, str]:
    """What stands on every page in the site's own language, and what it is in another."""
    theme = project.catalogues[language].sections["theme"]
    found = {text: project.say(text, language) for text in project.frame}
    for palette in project.settings.theme.palette:
        if palette.toggle:
            found[palette.toggle.name] = str(theme["to_light" if palette.scheme == "slate" else "to_dark"])
    return {html.escape(old): html.escape(new) for old, new in found.items()}
