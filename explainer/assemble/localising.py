"""Translates the theme's frame around a page into the language of the page.

The frame has words of ``mkdocs.yml`` that the engine prints, and words that the theme knows in
English only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Container, Mapping

from explainer.engine import Part, replace_frame_texts, replace_placeholders
from explainer.project import Project
from explainer.publish.catalogue import ENGLISH, fill

_BACK = re.compile(
    r'(<a class="footnote-backref" href="[^"<>]*" title=")Jump back to footnote (\d+) in the'
    r' text(?=")'
)
_SEARCH = re.compile(r'(data-md-component="search" role="dialog")(?: aria-label="[^"]*")?')
"""The search dialog. Material gives it no name, Zensical an English one."""
_HOME = re.compile(r'<a href="[^"<>]*"(?=[^<>]*data-md-component="logo")')


class Frame:
    """Puts the frame of a finished page into the page's language."""

    def __init__(self, project: Project, paths: Container[str]) -> None:
        """Read the words of all languages.

        ``paths`` are all files of the site. In a language without a home page of its own, the logo
        links to the site's home page.
        """
        self._catalogues = {
            language: project.catalogues[language]
            for language in (project.main, *project.languages)
        }
        self._main = project.main
        self._frames = {language: _frame(project, language) for language in project.languages}
        self._homes = {
            language for language in project.languages if f"{language}/index.html" in paths
        }

    @property
    def made_from(self) -> object:
        """Everything that a localised page depends on, except the page itself and its path."""
        words = {language: self._theme(language) for language in self._catalogues}
        return (self._main, sorted(self._homes), self._frames, words)

    def _theme(self, language: str) -> Mapping[str, object]:
        return self._catalogues[language].sections["theme"]

    def localised(self, path: str, page: str) -> str:
        """Return the page with its frame translated. ``path`` is relative to the site's root."""
        first = path.split("/", maxsplit=1)[0]
        language = first if first in self._frames else self._main
        words = self._theme(language)
        page = replace_placeholders(replace_frame_texts(page, self._frames.get(language, {})))
        search = html.escape(str(words["search"]))
        page = _SEARCH.sub(lambda match: f'{match[1]} aria-label="{search}"', page, count=1)
        if language != ENGLISH:
            back = html.escape(str(words["back_to_note"]))
            page = _BACK.sub(lambda match: match[1] + fill(back, number=match[2]), page)
        if language == self._main:
            return page
        up = path.count("/") - (language in self._homes)
        return _HOME.sub(f'<a href="{"../" * up or "./"}"', page)


def _frame(project: Project, language: str) -> Mapping[Part, str]:
    """Return the words of a language for each part of the frame."""
    theme, settings = project.catalogues[language].sections["theme"], project.settings
    found: dict[Part, str] = {"to_light": str(theme["to_light"]), "to_dark": str(theme["to_dark"])}
    found["site_name"] = project.say(settings.site_name, language)
    if settings.copyright:
        found["copyright"] = project.say(settings.copyright, language)
    return found
