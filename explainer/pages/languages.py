"""Pages in other languages: what each is made with, what holds it to its original, and what its head tells the theme."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from explainer.context import Context
from explainer.ledger.looking import Looked
from explainer.pages import charts, writing
from explainer.pages.links import to_records
from explainer.pages.page import Page, Written
from explainer.pages.sharing import shared, territorial
from explainer.problems import Place, Problem, Problems
from explainer.project import Project
from explainer.tables import Table
from explainer.translating import marked, nouns_of, settled, translated, unsettled, words_of
from explainer.wording import Wording
from explainer.wording.catalogue import Catalogue
from explainer.wording.filling import fill

_SHOWN = (
    "menu", "close", "all_pages", "languages", "translated", "outdated", "whole_site",
    "search_loading", "search_failed", "search_ways",
)  # fmt: skip
"""The words of the theme that a page's head carries."""
_CHART = re.compile(r"\{\{\s*chart\(\s*[\"']([\w-]+)[\"']")
_LINK = re.compile(r"\]\((?P<target>[^()\s]*index\.md)(?:#[^()\s]*)?\)(?!\{)")


def language_of(path: str, languages: Mapping[str, Any]) -> str:
    """The language of a page, by its path below ``site_src`` or below the site's root. Of ``languages`` the site's own comes first."""
    first, main = path.split("/", maxsplit=1)[0], next(iter(languages))
    return first if first in languages and first != main and "/" in path else main


def contexts(project: Project, context: Context, problems: Problems) -> dict[str, Context]:
    """What the pages of each language are made with; languages without a page are left out."""
    found = {project.main: context}
    for language, catalogue in project.catalogues.items():
        paths = [path for path in project.folder.list("site_src", ".md") if path.startswith(f"site_src/{language}/")]
        if language != project.main and paths:
            texts = [project.folder.read_text(path, Problems()) or "" for path in paths]
            used = {name for text in texts for name in _CHART.findall(text)}
            found[language] = _context(project, context, catalogue, used, problems)
    return found


def _context(project: Project, context: Context, catalogue: Catalogue, used: set[str], problems: Problems) -> Context:
    ledger = project.ledger
    nouns = nouns_of(ledger.translations.get(catalogue.language, ()))
    own = {form: noun for form, noun in ledger.nouns.items() if noun not in catalogue.sections["units"]}
    forms = {form: nouns.get(noun, {"other": marked(noun)}) for form, noun in own.items()}
    wording = Wording(catalogue, {**nouns, **forms}, project.main)
    templates, none = context.templates.speaking(wording), Looked[Table]("tables", {})
    spoken = replace(
        context, ledger=translated(ledger, catalogue.language), wording=wording, templates=templates, tables=none, description=""
    )
    name = context.site_name and project.say(context.site_name, catalogue.language)
    spoken = replace(spoken, site_name=name)
    return replace(spoken, tables=charts.tables(spoken, problems, used))


def written(page: Page, made: Mapping[str, Context], project: Project, records: Collection[str], problems: Problems) -> Written:
    """A page's file, and those beside it, in its language. ``records`` are the paths of the pages that the engine does not see."""
    text = to_records(markdown(page, made, project, problems), records)
    return writing.written(made[language_of(page.path + "/", made)], page, text)


def markdown(page: Page, made: Mapping[str, Context], project: Project, problems: Problems) -> str:
    """A page's whole file. On a translation, remarks in the site's own language say so, and so do links to pages in it; words that
    nobody translated are problems.
    """
    language = language_of(page.path + "/", made)
    text = page.markdown(made[language].templates)
    if language == project.main:
        return text
    places = {**words_of(project.ledger), **project.words}
    for words in unsettled(text):
        problems.extend([untranslated(words, language, places.get(words, Place(page.source)))])
    original = f'{{: hreflang="{project.main}" }}'
    return _LINK.sub(
        lambda match: match.group() + ("" if _stays(page, language, match.group("target")) else original), settled(text, project.main)
    )


def untranslated(words: str, language: str, place: Place) -> Problem:
    """The problem for words that a page prints and that nobody translated; the same for every page."""
    hint = f"add '- original: {words[:60]}' and its translation to seeds/translations/{language}.yaml"
    return Problem(place, "translation-missing", f"'{words[:80]}' has no translation into '{language}', and a page prints it", hint)


def _stays(page: Page, language: str, target: str) -> bool:
    """Whether a link leads to a page in the same language."""
    return posixpath.normpath(posixpath.join(page.path, target)).startswith(f"{language}/")


def heads(pages: list[Page], project: Project, made: Mapping[str, Context], outdated: set[str]) -> Iterator[Page]:
    """The pages, each with what its head tells the theme about its language and its versions in others."""
    versions: dict[str, dict[str, Page]] = {}
    for page in pages:
        versions.setdefault(_base(page, made), {})[language_of(page.path + "/", made)] = page
    for page in pages:
        language = language_of(page.path + "/", made)
        mine = versions[_base(page, made)]
        meta = shared(made[language], page) | ({"language": language} if len(made) > 1 else {})
        if len(mine) > 1:
            order, theme = [each for each in made if each in mine], made[language].wording.catalogue.sections["theme"]
            meta["versions"] = [_version(page, mine[each], made[each].wording.catalogue, each == language) for each in order]
            original = made[language].wording.tongue(project.main)
            meta["interface"] = {key: fill(str(theme[key]), original=original) for key in _SHOWN}
        if language != project.main:
            meta |= {
                "site_name": made[language].site_name,
                "menu": list(_menu(page, project, versions, language)),
            }
            meta |= {"outdated": True} if page.source in outdated else {}
        yield replace(page, meta={**page.meta, **meta})


def _base(page: Page, made: Mapping[str, Context]) -> str:
    language = language_of(page.path + "/", made)
    return page.path if language == next(iter(made)) else page.path.removeprefix(language).removeprefix("/")


def _href(page: Page, to: str) -> str:
    return f"{page.root}{to}" or "./"


def _version(page: Page, other: Page, catalogue: Catalogue, here: bool) -> dict[str, object]:
    path = f"{other.path}/" if other.path else ""
    return {
        "lang": catalogue.language, "name": catalogue.name, "path": path, "href": _href(page, path), "here": here,
        "locale": territorial(catalogue.locale),
    }  # fmt: skip


def _menu(page: Page, project: Project, versions: Mapping[str, Mapping[str, Page]], language: str) -> Iterator[dict[str, object]]:
    """The navigation of a language: its own pages by their names in mkdocs.yml, then the way to the whole site."""
    for title, path in project.menu:
        own = versions.get(path.removesuffix("index.md").strip("/"), {}).get(language)
        if own is not None:
            yield {"title": project.say(title, language), "href": _href(page, f"{own.path}/"), "here": own.path == page.path}
