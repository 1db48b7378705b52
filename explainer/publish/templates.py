"""Templates to HTML: everything that came from a seed is escaped, and nothing of it can turn into Markdown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from traceback import walk_tb
from typing import Any

from jinja2 import BaseLoader, Environment, TemplateError, TemplateNotFound, TemplateRuntimeError, TemplateSyntaxError
from markupsafe import Markup, escape

from explainer.common.problems import MachineFailed, Misused, Place, Problem, Problems, Refused
from explainer.publish.catalogue import OURS, fill, stop_after
from explainer.publish.direction import Direction, direction_of, runs_against, unmarked
from explainer.publish.html_shape import shape_fault
from explainer.publish.sandbox import Sandbox
from explainer.publish.wording import Wording
from explainer.read.files import Folder

_MARKDOWN = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);|[\\`*_{}\[\]()#+!|~^=:$@'\"-]")
_TAG = re.compile(r"<[^<>]*>")
_VALUE = re.compile(r'="([^"]*)"')
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHOWN = 200
"""How much of a message of Jinja's is shown."""


_NAME = re.compile(r"(?=.{1,200}\Z)[\w-][\w.-]*(/[\w-][\w.-]*)*", re.ASCII)


@dataclass(frozen=True)
class Source:
    """One file of the templates, as it was when it was read."""

    folder: Folder
    path: str
    """Below ``folder``."""
    data: bytes | None
    """``None`` where it cannot be read; to ask for its text says why."""

    @property
    def is_ours(self) -> bool:
        """Whether it comes with the generator."""
        return self.folder.root / "templates" == OURS

    @property
    def text(self) -> str:
        """Its text. Raises ``Refused`` where it has none."""
        problems = Problems()
        text = self.folder.read_text(self.path, problems)
        problems.stop()
        assert text is not None
        return text


Sources = Mapping[str, Source]
"""The files of some folders of templates, by path below them."""


def read_sources(*folders: tuple[Folder, str]) -> Sources:
    """The files in some folders' folders of templates, each read once; where two have the same path, the first folder's.

    What is checked, summed, compiled and printed of them are the same bytes, since ``Folder`` reads a file once.
    """
    found: dict[str, Source] = {}
    for folder, below in folders:
        for path in folder.list(below):
            name = path.removeprefix(f"{below}/")
            if name not in found:
                found[name] = Source(folder, path, folder.read_bytes(path, Problems()))
    return found


class _Loader(BaseLoader):
    """Hands Jinja templates that were read already; there are no others."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - Jinja asks so
        """The text of a template. Raises ``Refused`` where a file was there and was none that can be read."""
        found = self._sources.get(template)
        if found is None or not _NAME.fullmatch(template):
            raise TemplateNotFound(template)
        return found.text, str(found.folder.root / found.path), lambda: True


class Templates:
    """The templates of a project: its own where it has them, else the ones that come with the generator.

    All run in the sandbox: whichever of them an author has replaced, they include one another.
    """

    def __init__(self, sources: Sources | Sequence[Path], wording: Wording | None = None) -> None:
        """``sources`` are read already, or the folders to read them from, the first one in front."""
        if not isinstance(sources, Mapping):
            sources = read_sources(*((Folder(folder.parent), folder.name) for folder in sources))
        self._sources, self._wording = sources, wording or Wording()
        self._own = {str(each.folder.root / each.path): each for each in sources.values() if not each.is_ours}
        ours = frozenset(str(each.folder.root / each.path) for each in sources.values() if each.is_ours)
        self._env = Sandbox(ours, loader=_Loader(sources))
        main = self._wording.main
        here = self._wording.language == main
        to_original = "" if here else Markup(' hreflang="{}"').format(main)
        in_original = "" if here else Markup(' lang="{}"').format(main)
        self._env.allow(t=self._wording.say, p=self._html("pages"), e=self._html("embeds"), spoken=self._spoken)
        self._env.globals.update(to_original=to_original, in_original=in_original, language=self._wording.language)
        self._env.globals.update(direction=self._wording.direction)
        self._env.add_filters(apart=self._apart, stop_after=stop_after, unmarked=unmarked)

    def _html(self, section: str) -> Callable[..., Markup]:
        """Says the strings of a section as HTML: what is filled in may be marked up already, all else is escaped."""

        def say(key: str, **values: Any) -> Markup:
            words = escape(self._wording.catalogue.form(section, key, values.get("count", 0)))
            return Markup(fill(words, **values))  # noqa: S704 - the words are escaped, and so is what is filled in

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

    @property
    def direction(self) -> Direction:
        """Which way the language of these templates runs."""
        return self._wording.direction

    def say(self, key: str, **values: object) -> str:
        """A string of the interface, in the language of these templates."""
        return self._wording.say(key, **values)

    def embed(self, key: str, **values: object) -> str:
        """A string about charts elsewhere, in the language of these templates."""
        return self._wording.catalogue.say("embeds", key, **values)

    def speaking(self, wording: Wording) -> Templates:
        """The same templates in another language."""
        return Templates(self._sources, wording)

    @cached_property
    def digest(self) -> str:
        """A sum over every file that is a template or may be printed into one, and the language that they speak."""
        found = hashlib.sha256(self._wording.language.encode())
        for name, source in sorted(self._sources.items()):
            found.update(repr((name, source.data)).encode())
        return found.hexdigest()

    def render(self, template: str, /, **values: Any) -> str:
        """The template's text, lines that are blank left out. Raises ``Refused`` where a template of the project cannot be run."""
        self._env.purse.refill()
        with self._faulty(template):
            text = self._env.get_template(template).render(**values)
            if _SURROGATE.search(text):
                raise TemplateRuntimeError("a template makes half a character (U+D800 to U+DFFF), which no file can hold")
            if self._own and template.endswith(".html.j2") and (fault := shape_fault(text)):
                raise TemplateRuntimeError(fault)
        return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())

    def check(self, problems: Problems) -> None:
        """Compile each template of the project's own, and name those that are none."""
        for name in sorted(name for name, source in self._sources.items() if name.endswith(".j2") and not source.is_ours):
            try:
                with self._faulty(name):
                    self._env.get_template(name)
            except Refused as refused:
                problems.extend(refused.problems)

    @contextmanager
    def _faulty(self, template: str) -> Iterator[None]:
        """Whatever a project's own templates raise is a problem of theirs. Where there are none, it is a fault of ours.

        The problem stands in the line that raised it; else in ``template``, where that is the project's.
        """
        try:
            yield
        except (Refused, Misused, MachineFailed):
            raise
        except Exception as error:  # a template can raise whatever Python can
            if not self._own:
                raise
            named = self._sources.get(template)
            place = _place(error, self._own) or Place("templates" if named is None or named.is_ours else named.path)
            hint = "mend it, or take the file out to have the generator's own; docs/authoring.md says what templates may use"
            raise Refused((Problem(place, "template", _said(error), hint),)) from error

    def source(self, name: str) -> str:
        """A file of the template folders as it is, such as a stylesheet that is printed into a page."""
        assert self._env.loader is not None
        with self._faulty(name):
            return self._env.loader.get_source(self._env, name)[0]

    def inline(self, template: str, /, **values: Any) -> str:
        """The template's text on one line, safe in the middle of a Markdown paragraph."""
        return guard(" ".join(self.render(template, **values).split("\n")))

    def markup(self, template: str, /, **values: Any) -> Markup:
        """The template's text, for another template."""
        return Markup(self.render(template, **values))  # noqa: S704 - it comes out of an autoescaping template


def _place(error: BaseException, own: Mapping[str, Source]) -> Place | None:
    """The line of a project's template that raised something; the innermost one. ``own`` are its templates by absolute path."""
    lines = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        lines.append((error.filename, error.lineno))
    return next((Place(own[name].path, line) for name, line in reversed(lines) if name in own), None)


def _said(error: Exception) -> str:
    """What is wrong, in a line."""
    if isinstance(error, RecursionError):
        return "it goes round in a circle, or is nested too deeply"
    if isinstance(error, TemplateNotFound):
        return f"there is no template '{str(error.name)[:_SHOWN]}'"
    words = " ".join(str(error).split())[:_SHOWN]
    return words if isinstance(error, TemplateError) else f"{type(error).__name__}: {words}"


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
