"""What holds translations to their originals: pages made from the page as it is, words made from words that are there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from babel import localedata

from explainer.pages.languages import language_of, untranslated
from explainer.problems import Place, Problem, Problems
from explainer.project import Project
from explainer.prose.counterpart import blocks_of, differences, mark_of
from explainer.reading.records import record_of
from explainer.reading.yaml_tree import read_tree
from explainer.records import PageHead, Translation
from explainer.translating import words_of
from explainer.values.numerals import numerals

_FRONT = re.compile(r"\A---\n(?P<yaml>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
_CALL = re.compile(r"\{\{.*?\}\}")


def check(project: Project, problems: Problems) -> set[str]:
    """Hold every translation to its original; the paths of the pages that are out of date and shown all the same."""
    for language in project.ledger.translations:
        problems.extend(_words(project, language))
    outdated: set[str] = set()
    for path in project.folder.list("site_src", ".md"):
        below = path.removeprefix("site_src/")
        language, read = language_of(below, project.catalogues), _read(project, path)
        if read is not None:
            problems.extend(_page(project, path, below.removeprefix(f"{language}/"), language, *read, outdated))
    return outdated


def _read(project: Project, path: str) -> tuple[PageHead, str, str] | None:
    """A page's head, its body at its own lines, and its whole text; what is wrong with them is told where pages are made."""
    text = project.folder.read_text(path, Problems())
    front = _FRONT.match(text) if text else None
    tree = read_tree(path, "\n" + front.group("yaml"), Problems()) if front else None
    head = record_of(PageHead, path, tree, Problems()) if tree else None
    if head is None or front is None or text is None:
        return None
    return head, "\n" * text[: front.start("body")].count("\n") + front.group("body"), text


def _page(
    project: Project, path: str, below: str, language: str, head: PageHead, body: str, _text: str, outdated: set[str]
) -> Iterator[Problem]:
    first = below.split("/", maxsplit=1)[0]
    if language == project.main:
        if head.original or head.outdated:
            key = "original" if head.original else "outdated"
            hint = "a page in another language lies in a folder named by it: site_src/uk/"
            yield Problem(
                head.place(key), "translation-original", f"'{key}' is for translations, and this page is in the site's own language", hint
            )
        if "/" in below and re.fullmatch("[a-z]{2,3}", first) and localedata.exists(first):
            hint = f"add the catalogue templates/languages/{first}.yaml, or give the folder a longer name"
            yield Problem(Place(path), "catalogue", f"'{first}' is a language whose words this site does not have", hint)
        return
    original = _read(project, f"site_src/{below}")
    if original is None:
        yield Problem(Place(path), "translation-original", f"there is no page 'site_src/{below}' to translate", "write that page first")
        return
    mark = mark_of(original[2])
    if head.original is None:
        hint = f"when it says what 'site_src/{below}' says, write original: '{mark}'"
        yield Problem(head.place(), "translation-original", "the head does not say which text it was made from", hint)
    elif head.original != mark:
        outdated.add(path)
        if head.outdated is None:
            hint = f"bring it up to date and write original: '{mark}', or write outdated: shown, which prints a notice"
            yield Problem(head.place("original"), "translation-outdated", f"'site_src/{below}' has changed since '{head.original}'", hint)
    if path not in outdated:
        yield from differences(blocks_of(f"site_src/{below}", original[1]), blocks_of(path, body), path)


def _words(project: Project, language: str) -> Iterator[Problem]:
    known = {**words_of(project.ledger), **project.words}
    seen: dict[str, Place] = {}
    for each in project.ledger.translations[language]:
        place = each.place("original")
        if language not in project.catalogues:
            yield Problem(
                Place(place.path), "catalogue", f"there is no catalogue for '{language}'", f"add templates/languages/{language}.yaml"
            )
            return
        if each.original in seen:
            yield Problem(place, "duplicate-id", f"'{each.original[:60]}' is already at {seen[each.original]}", "keep one of the two")
        elif each.original not in known:
            close = get_close_matches(each.original, known, 1, 0.7)
            hint = f"does it now say '{close[0]}'? Then translate that" if close else "take it out, or copy the words from the seeds"
            yield Problem(place, "translation-unused", f"'{each.original[:60]}' stands nowhere in the seeds", hint)
        seen.setdefault(each.original, place)
        yield from _unlike(each, project.main, language)


def _unlike(each: Translation, main: str, language: str) -> Iterator[Problem]:
    if each.translation is None:
        return
    place = each.place("translation")
    before, after = _numbers(each.original, main), _numbers(each.translation, language)
    for more, where in ((after - before, "not in the original"), (before - after, "in the original only")):
        if more:
            yield Problem(place, "translation-numbers", f"'{min(more):f}' is {where}", "a translation has the numbers of its original")
    calls = [Counter(_CALL.findall(text)) for text in (each.original, each.translation)]
    if calls[0] != calls[1]:
        odd = next(iter((calls[0] - calls[1]) + (calls[1] - calls[0])))
        yield Problem(place, "translation-facts", f"{odd} stands in one of the two only", "a translation has the calls of its original")


def _numbers(text: str, language: str) -> Counter[Decimal]:
    """The numbers that a text writes in digits."""
    plain = _CALL.sub(lambda match: " " * len(match.group()), text)
    return Counter(number.value for number in numerals(plain, language) if plain[number.start : number.end].strip("-−")[:1].isdigit())


def missing(project: Project, languages: Mapping[str, Any]) -> Iterator[Problem]:
    """Words of ``mkdocs.yml`` that every page of a language prints and that have no translation."""
    for language in languages:
        for text in project.frame if language != project.main else ():
            if text not in project.translation(language):
                yield untranslated(text, language, project.words[text])
