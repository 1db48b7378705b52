"""Templates to HTML: everything that came from a seed is escaped, and nothing of it can turn into Markdown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from explainer.compiled import Compiled
from explainer.wording import Wording
from explainer.wording.direction import direction_of, runs_against, unmarked

_MARKDOWN = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);|[\\`*_{}\[\]()#+!|~^=:$@'\"-]")
_TAG = re.compile(r"<[^<>]*>")
_VALUE = re.compile(r'="([^"]*)"')


_COMPILED = Compiled()
"""For every language and every build of a process."""


class Templates:
    """The templates of a project: its own where it has them, else the ones that come with the generator."""

    def __init__(self, folders: Sequence[Path], wording: Wording | None = None) -> None:
        self._folders, self._wording = folders, wording or Wording()
        self._env = Environment(
            loader=FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            bytecode_cache=_COMPILED,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        main = self._wording.main
        here = self._wording.language == main
        to_original = "" if here else Markup(' hreflang="{}"').format(main)
        in_original = "" if here else Markup(' lang="{}"').format(main)
        self._env.globals.update(t=self._wording.say, p=self._html("pages"), e=self._html("embeds"))
        self._env.globals.update(to_original=to_original, in_original=in_original, language=self._wording.language)
        self._env.globals.update(direction=self._wording.direction, spoken=self._spoken)
        self._env.filters.update(apart=self._apart, unmarked=unmarked)

    def _html(self, section: str) -> Callable[..., Markup]:
        """Says the strings of a section as HTML: what is filled in may be marked up already, all else is escaped."""

        def say(key: str, **values: Any) -> Markup:
            return escape(self._wording.catalogue.form(section, key, values.get("count", 0))).format(**values)

        return say

    def _spoken(self, language: str, text: str) -> Markup:
        """The attributes of an element with words in a language: its tag, and its direction where that is not the page's."""
        own, here = direction_of(language), self._wording.direction
        turned = own != here or runs_against(text, here)
        return Markup(' lang="{}"').format(language) + (Markup(' dir="{}"').format(own) if turned else Markup(""))

    def _apart(self, text: str) -> str:
        """A name, a title or a reference as it stands in a sentence of these templates: isolated where it runs the other way."""
        if not isinstance(text, Markup):
            return self._wording.apart(text)
        turned = self._wording.direction == "rtl" and runs_against(text.striptags(), "rtl")
        return Markup("<bdi>{}</bdi>").format(text) if turned else text

    def say(self, key: str, **values: object) -> str:
        """A string of the interface, in the language of these templates."""
        return self._wording.say(key, **values)

    def embed(self, key: str, **values: object) -> str:
        """A string about charts elsewhere, in the language of these templates."""
        return self._wording.catalogue.say("embeds", key, **values)

    def speaking(self, wording: Wording) -> Templates:
        """The same templates in another language."""
        return Templates(self._folders, wording)

    @cached_property
    def digest(self) -> str:
        """A sum over every file that is a template or may be printed into one, and the language that they speak."""
        found = hashlib.sha256(self._wording.language.encode())
        for folder in self._folders:
            for path in sorted(each for each in folder.rglob("*") if each.is_file()):
                found.update(repr((path.relative_to(folder).as_posix(), path.read_bytes())).encode())
        return found.hexdigest()

    def share(self, **shared: Any) -> None:
        """Values and functions that every template may use."""
        self._env.globals.update(shared)

    def render(self, template: str, /, **values: Any) -> str:
        """The template's text, lines that are blank left out."""
        text = self._env.get_template(template).render(**values)
        return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())

    def source(self, name: str) -> str:
        """A file of the template folders as it is, such as a stylesheet that is printed into a page."""
        assert self._env.loader is not None
        return self._env.loader.get_source(self._env, name)[0]

    def inline(self, template: str, /, **values: Any) -> str:
        """The template's text on one line, safe in the middle of a Markdown paragraph."""
        return guard(" ".join(self.render(template, **values).split("\n")))

    def markup(self, template: str, /, **values: Any) -> Markup:
        """The template's text, for another template."""
        return Markup(self.render(template, **values))  # noqa: S704 - it comes out of an autoescaping template


def guard(html: str) -> str:
    """HTML in which no text and no attribute value can be taken for Markdown: every such character as an entity."""
    out, position = [], 0
    for tag in _TAG.finditer(html):
        out.append(_entities(html[position : tag.start()]))
        out.append(_VALUE.sub(lambda match: f'="{_entities(match.group(1))}"', tag.group()))
        position = tag.end()
    return "".join([*out, _entities(html[position:])])


def escape_markdown(text: str) -> str:
    """Plain text as Markdown that shows exactly it, on the line on which it is put: a heading ends where its line does."""
    text = " ".join(text.splitlines())
    return guard(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _entities(text: str) -> str:
    return _MARKDOWN.sub(lambda match: match.group() if len(match.group()) > 1 else f"&#{ord(match.group())};", text)
