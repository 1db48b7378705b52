"""Templates that render HTML.

Everything from the seeds is escaped, so that it is neither HTML nor Markdown.
"""

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

from jinja2 import (
    BaseLoader,
    Environment,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
)
from markupsafe import Markup, escape

from explainer.common.problems import MachineFailed, Place, Problem, Problems, Refused, UsageError
from explainer.publish.catalogue import OURS, fill, missing_full_stop
from explainer.publish.direction import Direction, direction_of, runs_against, without_isolates
from explainer.publish.html_limits import shape_fault
from explainer.publish.sandbox import Sandbox
from explainer.publish.wording import Wording
from explainer.read.files import Folder

_MARKDOWN = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);|[\\`*_{}\[\]()#+!|~^=:$@'\"\t-]")
_TAG = re.compile(r"<[^<>]*>")
_VALUE = re.compile(r'="([^"]*)"')
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHOWN = 200
"""The number of characters of an error message of Jinja that are shown."""


_NAME = re.compile(r"(?=.{1,200}\Z)[\w-][\w.-]*(/[\w-][\w.-]*)*", re.ASCII)


@dataclass(frozen=True)
class Source:
    """One file of the templates, as it was when it was read from disk."""

    folder: Folder
    path: str
    """The path, relative to ``folder``."""
    data: bytes | None
    """The bytes, or None if the file cannot be read. ``text`` then raises the reason."""

    @property
    def is_ours(self) -> bool:
        """Whether the file is part of the generator."""
        return self.folder.root / "templates" == OURS

    @property
    def text(self) -> str:
        """The text of the file. Raises ``Refused`` if it cannot be read."""
        problems = Problems()
        text = self.folder.read_text(self.path, problems)
        problems.stop()
        assert text is not None
        return text


Sources = Mapping[str, Source]
"""The files of some template folders, by path relative to their folder."""


def read_sources(*folders: tuple[Folder, str]) -> Sources:
    """Read the files of some template folders. Each argument is a folder and a path in it.

    If two folders have a file of the same path, the first folder wins. Each file is read once. So
    checks, digests, compilation and output use the same bytes.
    """
    found: dict[str, Source] = {}
    for folder, below in folders:
        for path in folder.list(below):
            name = path.removeprefix(f"{below}/")
            if name not in found:
                found[name] = Source(folder, path, folder.read_bytes(path, Problems()))
    return found


class _Loader(BaseLoader):
    """A Jinja loader of templates that are already read. It reads no files."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the text and the path of a template.

        Raises ``TemplateNotFound`` if there is none, and ``Refused`` if its file cannot be read.
        """
        found = self._sources.get(template)
        if found is None or not _NAME.fullmatch(template):
            raise TemplateNotFound(template)
        return found.text, str(found.folder.root / found.path), lambda: True


class Templates:
    """The templates of a project: its own, and the generator's for all others.

    All run in the sandbox, because they include each other and an author may replace any of them.
    """

    def __init__(self, sources: Sources | Sequence[Path], wording: Wording | None = None) -> None:
        """``sources`` are the files, or the folders to read, in order of precedence."""
        if not isinstance(sources, Mapping):
            sources = read_sources(*((Folder(folder.parent), folder.name) for folder in sources))
        self._sources, self._wording = sources, wording or Wording()
        self._own = {
            str(each.folder.root / each.path): each for each in sources.values() if not each.is_ours
        }
        ours = frozenset(
            str(each.folder.root / each.path) for each in sources.values() if each.is_ours
        )
        self._env = Sandbox(ours, loader=_Loader(sources))
        main = self._wording.main
        here = self._wording.language == main
        to_original = "" if here else Markup(' hreflang="{}"').format(main)
        in_original = "" if here else Markup(' lang="{}"').format(main)
        self._env.allow(
            t=self._wording.say, p=self._html("pages"), e=self._html("embeds"), spoken=self._spoken
        )
        self._env.globals.update(
            to_original=to_original, in_original=in_original, language=self._wording.language
        )
        self._env.globals.update(direction=self._wording.direction)
        self._env.add_filters(
            apart=self._apart, stop_after=missing_full_stop, unmarked=without_isolates
        )

    def _html(self, section: str) -> Callable[..., Markup]:
        """Return a function that gives the strings of a catalogue section as HTML.

        The string and the values are escaped, except values that are ``Markup``.
        """

        def say(key: str, **values: Any) -> Markup:
            words = escape(self._wording.catalogue.form(section, key, values.get("count", 0)))
            return Markup(fill(words, **values))  # noqa: S704

        return say

    def _spoken(self, language: str, text: str) -> Markup:
        """Return the HTML attributes of an element with text in a language.

        These are ``lang``, and ``dir`` if the language or the text runs against the page.
        """
        own, here = direction_of(language), self._wording.direction
        turned = own != here or runs_against(text, here)
        return Markup(' lang="{}"').format(language) + (
            Markup(' dir="{}"').format(own) if turned else Markup("")
        )

    def _apart(self, text: str) -> str:
        """Return a name, title or reference, isolated if it runs against the language."""
        if not isinstance(text, Markup):
            return self._wording.apart(text)
        turned = self._wording.direction == "rtl" and runs_against(text.striptags(), "rtl")
        return Markup("<bdi>{}</bdi>").format(text) if turned else text

    @property
    def direction(self) -> Direction:
        """The direction of these templates' language."""
        return self._wording.direction

    def say(self, key: str, **values: object) -> str:
        """Return a string of the section ``words`` in these templates' language."""
        return self._wording.say(key, **values)

    def embed(self, key: str, **values: object) -> str:
        """Return a string of the section ``embeds``, for charts on other sites."""
        return self._wording.catalogue.say("embeds", key, **values)

    def speaking(self, wording: Wording) -> Templates:
        """Return the same templates in another language."""
        return Templates(self._sources, wording)

    @cached_property
    def digest(self) -> str:
        """A digest of the language and all files: templates, and files printed into them."""
        found = hashlib.sha256(self._wording.language.encode())
        for name, source in sorted(self._sources.items()):
            found.update(repr((name, source.data)).encode())
        return found.hexdigest()

    def render(self, template: str, /, **values: Any) -> str:
        """Render a template and return its text, without blank lines.

        Raises ``Refused`` if a template of the project fails.
        """
        return self._rendered(template, values, in_paragraph=False)

    def _rendered(self, template: str, values: Mapping[str, Any], *, in_paragraph: bool) -> str:
        self._env.purse.refill()
        with self._faulty(template):
            text = self._env.get_template(template).render(**values)
            if _SURROGATE.search(text):
                raise TemplateRuntimeError(
                    "a template makes half a character (U+D800 to U+DFFF), which no file can hold"
                )
            if self._own and template.endswith(".html.j2"):
                fault = shape_fault(text, in_paragraph=in_paragraph)
                if fault:
                    raise TemplateRuntimeError(fault)
        return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())

    def check(self, problems: Problems) -> None:
        """Compile each of the project's own templates, and add a problem for each that fails."""
        for name in sorted(
            name
            for name, source in self._sources.items()
            if name.endswith(".j2") and not source.is_ours
        ):
            try:
                with self._faulty(name):
                    self._env.get_template(name)
            except Refused as refused:
                problems.extend(refused.problems)

    @contextmanager
    def _faulty(self, template: str) -> Iterator[None]:
        """Turn exceptions into problems if the project has own templates.

        Without own templates, an exception is a bug of the generator and is raised as it is. The
        place of a problem is the line that raised it, or else ``template``, if it is the project's.
        """
        try:
            yield
        except (Refused, UsageError, MachineFailed):
            raise
        except Exception as error:  # a template can raise whatever Python can
            if not self._own:
                raise
            named = self._sources.get(template)
            place = _place(error, self._own) or Place(
                "templates" if named is None or named.is_ours else named.path
            )
            hint = (
                "mend it, or take the file out to have the generator's own; docs/authoring.md says"
                " what templates may use"
            )
            raise Refused((Problem(place, "template", _said(error), hint),)) from error

    def source(self, name: str) -> str:
        """Return the text of a file as it is, such as a stylesheet to print into a page."""
        assert self._env.loader is not None
        with self._faulty(name):
            return self._env.loader.get_source(self._env, name)[0]

    def inline(self, template: str, /, **values: Any) -> str:
        """Render a template as one line that is safe inside a Markdown paragraph."""
        text = self._rendered(template, values, in_paragraph=True)
        return escape_markdown_in_html(" ".join(text.split("\n")))

    def markup(self, template: str, /, **values: Any) -> Markup:
        """Render a template as ``Markup``, for use in another template."""
        return Markup(self.render(template, **values))  # noqa: S704


def _place(error: BaseException, own: Mapping[str, Source]) -> Place | None:
    """Return the innermost line in a project's template that raised an exception, or None.

    ``own`` are the project's templates by absolute path.
    """
    lines = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        lines.append((error.filename, error.lineno))
    return next(
        (Place(own[name].path, line) for name, line in reversed(lines) if name in own), None
    )


def _said(error: Exception) -> str:
    """Return an error message in one line."""
    if isinstance(error, RecursionError):
        return "it goes round in a circle, or is nested too deeply"
    if isinstance(error, TemplateNotFound):
        return f"there is no template '{str(error.name)[:_SHOWN]}'"
    words = " ".join(str(error).split())[:_SHOWN]
    return words if isinstance(error, TemplateError) else f"{type(error).__name__}: {words}"


def escape_markdown_in_html(html: str) -> str:
    """Return HTML whose text and attribute values are never Markdown.

    Every character with a meaning in Markdown is written as an entity.
    """
    out, position = [], 0
    for tag in _TAG.finditer(html):
        out.append(_entities(html[position : tag.start()]))
        out.append(_VALUE.sub(lambda match: f'="{_entities(match.group(1))}"', tag.group()))
        position = tag.end()
    return "".join([*out, _entities(html[position:])])


def escape_markdown(text: str) -> str:
    """Return plain text as Markdown that shows exactly this text.

    It is one line, because a heading ends with its line.
    """
    text = " ".join(text.splitlines())
    return escape_markdown_in_html(
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    )


def _entities(text: str) -> str:
    return _MARKDOWN.sub(
        lambda match: match.group() if len(match.group()) > 1 else f"&#{ord(match.group())};", text
    )
