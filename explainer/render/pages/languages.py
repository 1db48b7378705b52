"""Pages in other languages, and the checks that compare translations with their originals."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from babel import localedata

from explainer.common.problems import Place, Problem, Problems
from explainer.model.numerals import numerals
from explainer.model.records import PageHead, Translation
from explainer.model.tracking import Looked
from explainer.project import Project
from explainer.publish.catalogue import Catalogue, fill
from explainer.publish.tables import Table
from explainer.publish.wording import Wording
from explainer.read.records import record_of
from explainer.read.translations import (
    mark_untranslated_remarks,
    marked,
    nouns_of,
    translated,
    untranslated_texts,
    words_of,
)
from explainer.read.yaml_tree import read_tree
from explainer.render.context import Context
from explainer.render.pages import charts
from explainer.render.pages.links import rewrite_record_links
from explainer.render.pages.page import Page, WrittenPage, open_graph_locale, shared, write_page
from explainer.render.prose.translations import blocks_of, differences, mark_of

# Contexts, files and heads of pages in each language

_SHOWN = (
    "menu", "close", "all_pages", "languages", "translated", "outdated", "whole_site",
    "search_loading", "search_failed", "search_ways",
)  # fmt: skip
"""The catalogue keys of the theme's words that are put into a page's head."""
_CHART = re.compile(r"\{\{\s*chart\(\s*[\"']([\w-]+)[\"']")
_LINK = re.compile(r"\]\((?P<target>[^()\s]*index\.md)(?:#[^()\s]*)?\)(?!\{)")


def language_of(path: str, languages: Mapping[str, Any]) -> str:
    """Return the language of a page, by its path below ``site_src`` or below the site's root.

    The first of ``languages`` must be the site's own.
    """
    first, main = path.split("/", maxsplit=1)[0], next(iter(languages))
    return first if first in languages and first != main and "/" in path else main


def contexts(project: Project, context: Context, problems: Problems) -> dict[str, Context]:
    """Return the context of each language, with the site's own first.

    Other languages are left out if they have no page.
    """
    found = {project.main: context}
    for language, catalogue in project.catalogues.items():
        paths = [
            path
            for path in project.folder.list("site_src", ".md")
            if path.startswith(f"site_src/{language}/")
        ]
        if language != project.main and paths:
            texts = [project.folder.read_text(path, Problems()) or "" for path in paths]
            used = {name for text in texts for name in _CHART.findall(text)}
            found[language] = _context(project, context, catalogue, used, problems)
    return found


def _context(
    project: Project, context: Context, catalogue: Catalogue, used: set[str], problems: Problems
) -> Context:
    ledger = project.ledger
    nouns = nouns_of(ledger.translations.get(catalogue.language, ()))
    own = {
        form: noun for form, noun in ledger.nouns.items() if noun not in catalogue.sections["units"]
    }
    forms = {form: nouns.get(noun, {"other": marked(noun)}) for form, noun in own.items()}
    wording = Wording(catalogue, {**nouns, **forms}, project.main)
    templates, none = context.templates.speaking(wording), Looked[Table]("tables", {})
    spoken = replace(
        context,
        ledger=translated(ledger, catalogue.language),
        wording=wording,
        templates=templates,
        tables=none,
        description="",
    )
    name = context.site_name and project.say(context.site_name, catalogue.language)
    spoken = replace(spoken, site_name=name)
    return replace(spoken, tables=charts.tables(spoken, problems, used))


def written(
    page: Page,
    made: Mapping[str, Context],
    project: Project,
    records: Collection[str],
    problems: Problems,
) -> WrittenPage:
    """Write a page and the files beside it in its language, and return the written page.

    ``records`` are the paths of the record pages, which the engine does not see.
    """
    text = rewrite_record_links(markdown(page, made, project, problems), records)
    return write_page(made[language_of(page.path + "/", made)], page, text)


def markdown(page: Page, made: Mapping[str, Context], project: Project, problems: Problems) -> str:
    """Return the whole Markdown file of a page.

    In a translation, remarks in the site's own language and links to pages in it are marked as
    such. Words without a translation are problems.
    """
    language = language_of(page.path + "/", made)
    text = page.markdown(made[language].templates)
    if language == project.main:
        return text
    places = {**words_of(project.ledger), **project.words}
    for words in untranslated_texts(text):
        problems.extend([untranslated(words, language, places.get(words, Place(page.source)))])
    original = f'{{: hreflang="{project.main}" }}'
    return _LINK.sub(
        lambda match: (
            match.group() + ("" if _stays(page, language, match.group("target")) else original)
        ),
        mark_untranslated_remarks(text, project.main),
    )


def untranslated(words: str, language: str, place: Place) -> Problem:
    """Return the problem for words without a translation. It is the same for every page."""
    hint = (
        f"add '- original: {words[:60]}' and its translation to seeds/translations/{language}.yaml"
    )
    return Problem(
        place,
        "translation-missing",
        f"'{words[:80]}' has no translation into '{language}', and a page prints it",
        hint,
    )


def _stays(page: Page, language: str, target: str) -> bool:
    """Return whether a link leads to a page in the same language."""
    return posixpath.normpath(posixpath.join(page.path, target)).startswith(f"{language}/")


def with_language_metadata(
    pages: list[Page], project: Project, made: Mapping[str, Context], outdated: set[str]
) -> Iterator[Page]:
    """Yield each page with the metadata that the theme needs: its language and its translations.

    ``outdated`` are the source paths of translations that are out of date.
    """
    versions: dict[str, dict[str, Page]] = {}
    for page in pages:
        versions.setdefault(_base(page, made), {})[language_of(page.path + "/", made)] = page
    for page in pages:
        language = language_of(page.path + "/", made)
        mine = versions[_base(page, made)]
        meta = shared(made[language], page) | ({"language": language} if len(made) > 1 else {})
        if len(mine) > 1:
            order, theme = (
                [each for each in made if each in mine],
                made[language].wording.catalogue.sections["theme"],
            )
            meta["versions"] = [
                _version(page, mine[each], made[each].wording.catalogue, each == language)
                for each in order
            ]
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
    return (
        page.path
        if language == next(iter(made))
        else page.path.removeprefix(language).removeprefix("/")
    )


def _href(page: Page, to: str) -> str:
    return f"{page.root}{to}" or "./"


def _version(page: Page, other: Page, catalogue: Catalogue, here: bool) -> dict[str, object]:
    path = f"{other.path}/" if other.path else ""
    return {
        "lang": catalogue.language,
        "name": catalogue.name,
        "path": path,
        "href": _href(page, path),
        "here": here,
        "locale": open_graph_locale(catalogue.locale),
    }


def _menu(
    page: Page, project: Project, versions: Mapping[str, Mapping[str, Page]], language: str
) -> Iterator[dict[str, object]]:
    """Yield the navigation entries of a language: its pages, with their names from mkdocs.yml."""
    for title, path in project.menu:
        own = versions.get(path.removesuffix("index.md").strip("/"), {}).get(language)
        if own is not None:
            yield {
                "title": project.say(title, language),
                "href": _href(page, f"{own.path}/"),
                "here": own.path == page.path,
            }


# Checks of translations: pages against the present original, words against the seeds

_FRONT = re.compile(r"\A---\n(?P<yaml>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
_CALL = re.compile(r"\{\{.*?\}\}")


def check_originals(project: Project, problems: Problems) -> set[str]:
    """Check every translation against its original, and return the paths of outdated pages.

    An outdated page is a problem, unless its head has ``outdated`` and so is shown with a notice.
    """
    for language in project.ledger.translations:
        problems.extend(_words(project, language))
    outdated: set[str] = set()
    for path in project.folder.list("site_src", ".md"):
        below = path.removeprefix("site_src/")
        language, read = language_of(below, project.catalogues), _read(project, path)
        if read is not None:
            problems.extend(
                _page(project, path, below.removeprefix(f"{language}/"), language, *read, outdated)
            )
    return outdated


def _read(project: Project, path: str) -> tuple[PageHead, str, str] | None:
    """Return a page's head, its body with unchanged line numbers, and its whole text.

    Faults are not reported here, because ``authored`` reports them.
    """
    text = project.folder.read_text(path, Problems())
    front = _FRONT.match(text) if text else None
    tree = read_tree(path, "\n" + front.group("yaml"), Problems()) if front else None
    head = record_of(PageHead, path, tree, Problems()) if tree else None
    if head is None or front is None or text is None:
        return None
    return head, "\n" * text[: front.start("body")].count("\n") + front.group("body"), text


def _page(
    project: Project,
    path: str,
    below: str,
    language: str,
    head: PageHead,
    body: str,
    _text: str,
    outdated: set[str],
) -> Iterator[Problem]:
    first = below.split("/", maxsplit=1)[0]
    if language == project.main:
        if head.original or head.outdated:
            key = "original" if head.original else "outdated"
            hint = "a page in another language lies in a folder named by it: site_src/uk/"
            yield Problem(
                head.place(key),
                "translation-original",
                f"'{key}' is for translations, and this page is in the site's own language",
                hint,
            )
        if "/" in below and re.fullmatch("[a-z]{2,3}", first) and localedata.exists(first):
            hint = (
                f"add the catalogue templates/languages/{first}.yaml, or give the folder a longer"
                " name"
            )
            yield Problem(
                Place(path),
                "catalogue",
                f"'{first}' is a language whose words this site does not have",
                hint,
            )
        return
    original = _read(project, f"site_src/{below}")
    if original is None:
        yield Problem(
            Place(path),
            "translation-original",
            f"there is no page 'site_src/{below}' to translate",
            "write that page first",
        )
        return
    mark = mark_of(original[2])
    if head.original is None:
        hint = f"when it says what 'site_src/{below}' says, write original: '{mark}'"
        yield Problem(
            head.place(),
            "translation-original",
            "the head does not say which text it was made from",
            hint,
        )
    elif head.original != mark:
        outdated.add(path)
        if head.outdated is None:
            hint = (
                f"bring it up to date and write original: '{mark}', or write outdated: shown, which"
                " prints a notice"
            )
            yield Problem(
                head.place("original"),
                "translation-outdated",
                f"'site_src/{below}' has changed since '{head.original}'",
                hint,
            )
    if path not in outdated:
        yield from differences(
            blocks_of(f"site_src/{below}", original[1]), blocks_of(path, body), path
        )


def _words(project: Project, language: str) -> Iterator[Problem]:
    known = {**words_of(project.ledger), **project.words}
    seen: dict[str, Place] = {}
    for each in project.ledger.translations[language]:
        place = each.place("original")
        if language not in project.catalogues:
            yield Problem(
                Place(place.path),
                "catalogue",
                f"there is no catalogue for '{language}'",
                f"add templates/languages/{language}.yaml",
            )
            return
        if each.original in seen:
            yield Problem(
                place,
                "duplicate-id",
                f"'{each.original[:60]}' is already at {seen[each.original]}",
                "keep one of the two",
            )
        elif each.original not in known:
            close = get_close_matches(each.original, known, 1, 0.7)
            hint = (
                f"does it now say '{close[0]}'? Then translate that"
                if close
                else "take it out, or copy the words from the seeds"
            )
            yield Problem(
                place,
                "translation-unused",
                f"'{each.original[:60]}' stands nowhere in the seeds",
                hint,
            )
        seen.setdefault(each.original, place)
        yield from _unlike(each, project.main, language)


def _unlike(each: Translation, main: str, language: str) -> Iterator[Problem]:
    if each.translation is None:
        return
    place = each.place("translation")
    before, after = _numbers(each.original, main), _numbers(each.translation, language)
    for more, where in (
        (after - before, "not in the original"),
        (before - after, "in the original only"),
    ):
        if more:
            yield Problem(
                place,
                "translation-numbers",
                f"'{min(more):f}' is {where}",
                "a translation has the numbers of its original",
            )
    calls = [Counter(_CALL.findall(text)) for text in (each.original, each.translation)]
    if calls[0] != calls[1]:
        odd = next(iter((calls[0] - calls[1]) + (calls[1] - calls[0])))
        yield Problem(
            place,
            "translation-facts",
            f"{odd} stands in one of the two only",
            "a translation has the calls of its original",
        )


def _numbers(text: str, language: str) -> Counter[Decimal]:
    """Return the numbers that a text has in digits."""
    plain = _CALL.sub(lambda match: " " * len(match.group()), text)
    return Counter(
        number.value
        for number in numerals(plain, language)
        if plain[number.start : number.end].strip("-−")[:1].isdigit()
    )


def missing_originals(project: Project, languages: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each untranslated text of ``mkdocs.yml`` that all pages print."""
    for language in languages:
        for text in project.frame if language != project.main else ():
            if text not in project.translation(language):
                yield untranslated(text, language, project.words[text])
