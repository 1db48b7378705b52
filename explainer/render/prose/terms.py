"""Glossary terms in texts: the rule ``term-unlinked``, and the terms that a page should explain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from explainer.common.problems import Problems
from explainer.model.records import Term
from explainer.render.prose.calls import find_calls, place_of
from explainer.render.prose.mask import mask_code, plain_zones


def form_of(term: Term) -> re.Pattern[str]:
    """Return a pattern for a term: itself or another word for it, in the singular or the plural."""
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in (term.term, *term.also))
    return re.compile(rf"(?<![\w-])(?:{words})s?(?![\w-])", re.IGNORECASE)


def used_in(texts: Iterable[str], terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return the terms that occur in any of the texts, in the order of the glossary."""
    whole = "\n".join(texts)
    return tuple(term for term in terms if form_of(term).search(whole))


def check_terms(path: str, text: str, terms: Iterable[Term], problems: Problems) -> None:
    """Add a problem for each term that first occurs on a page without a call to ``term``.

    The call puts the explanation of the term at that place.
    """
    masked, first = mask_code(text), dict[str, int]()
    calls = find_calls(path, text, Problems())
    letters = list(masked)
    for start, end in [
        *((call.start, call.end) for call in calls),
        *plain_zones(text),
        *_attributes(masked),
    ]:
        letters[start:end] = " " * (end - start)
    masked = "".join(letters)
    for call in calls:
        if call.name == "term":
            first.setdefault(call.args[0], call.start)
    for term in terms:
        found = form_of(term).search(masked)
        if found and found.start() < first.get(term.id, len(text)):
            word = " ".join(found.group().split())
            called = (
                f'term("{term.id}")' if word == term.term else f'term("{term.id}", show="{word}")'
            )
            hint = f"write {{{{ {called} }}}}"
            problems.add(
                place_of(path, text, found.start()),
                "term-unlinked",
                f"'{word}' first stands here and is not explained",
                hint,
            )


def _attributes(masked: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"\]\([^()\n]*\)|\{:[^{}\n]*\}|\[\^[^\[\]\n]*\]", masked):
        yield match.span()
