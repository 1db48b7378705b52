"""The ledger in another language: the same records, with translated texts.

A text without a translation stays in the original language between two characters that no author
can write. Whatever prints the page must handle it: if readers need the text, it is a problem; an
editor's remark is shown in the original language, and the page says so.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, Literal, cast

from explainer.common.problems import Place
from explainer.model.ledger import Ledger
from explainer.model.records import (
    Annotation,
    Chart,
    Claim,
    Definition,
    Evidence,
    Fact,
    Group,
    Noun,
    Point,
    Record,
    Series,
    Source,
    Term,
    Translation,
)

Fallback = Literal["needed", "remark", "name"]
_STATEMENT = {
    "text": "needed",
    "said_by": "needed",
    "reported_by": "needed",
    "short": "needed",
    "why": "remark",
    "inferred": "remark",
}
_OWN = {"note": "remark", "assumes": "remark", "correlated": "remark"}
WORDS: Final[Mapping[type[Record], Mapping[str, str]]] = {
    Fact: {"question": "needed", "label": "needed", **_OWN},
    Series: {"title": "needed", "short": "needed", "question": "needed", "note": "remark"},
    Claim: {**_STATEMENT, **_OWN},
    Point: {**_STATEMENT, **_OWN, "label": "needed", "region": "needed", "basis": "needed"},
    Evidence: {"says": "remark"},
    Chart: {"title": "needed", "subtitle": "needed", "alt": "needed", "caption": "needed"},
    Annotation: {"text": "needed"},
    Definition: {"counts": "needed"},
    Group: {"label": "needed"},
    Term: {"term": "needed", "means": "needed"},
    Source: {"publisher": "name"},
    Noun: {"many": "needed"},
}
"""The fields with texts that a page may print.

Without a translation, a "needed" text is a problem, a "remark" is shown in the original language,
and a "name" is left as it is.
"""

_MARKS: Final[Mapping[str, tuple[str, str]]] = {
    "needed": ("\ufdd0", "\ufdd1"),
    "remark": ("\ufdd2", "\ufdd3"),
    "name": ("", ""),
}
_NEEDED = re.compile('\ufdd0([^\ufdd0\ufdd1<>"\n]*)(\ufdd1?)')
_REMARK = re.compile("\ufdd2([^\ufdd2\ufdd3]*)\ufdd3?")
_TAG = re.compile(r"<[^<>]*>")
_ALL = re.compile("[\ufdd0-\ufdd3]")


def marked(text: str) -> str:
    """Return a text marked as one that a page may not print as it is."""
    return f"\ufdd0{text}\ufdd1"


def translated(ledger: Ledger, language: str) -> Ledger:
    """Return the ledger with its texts in a language."""
    known = {
        each.original: each.translation
        for each in ledger.translations.get(language, ())
        if each.translation
    }

    def say(how: str, text: str) -> str:
        start, end = _MARKS[how]
        return known.get(text) or f"{start}{text}{end}"

    parts = ("facts", "series", "charts", "definitions", "groups", "terms", "sources")
    changed: dict[str, Any] = {
        part: {name: _record(each, say) for name, each in getattr(ledger, part).items()}
        for part in parts
    }
    return replace(ledger, **changed)


def _record(record: Record, say: Callable[[str, str], str]) -> Record:
    new: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, str) and (how := WORDS.get(type(record), {}).get(name)):
            new[name] = say(how, value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            new[name] = tuple(_record(each, say) for each in value)
        elif isinstance(record, Term) and name == "also":
            new[name] = ()  # synonyms exist only in their own language
    return record.model_copy(update=new) if new else record


def words_of(ledger: Ledger) -> dict[str, Place]:
    """Return every text of the ledger that may be translated, with its first place."""
    found: dict[str, Place] = {
        noun: Place("seeds/definitions.yaml") for noun in ledger.nouns.values()
    }
    for part in (
        ledger.facts,
        ledger.series,
        ledger.charts,
        ledger.definitions,
        ledger.groups,
        ledger.terms,
        ledger.sources,
    ):
        for record in cast(Mapping[str, Record], part).values():
            for text, place in _texts(record):
                found.setdefault(text, place)
    return found


def _texts(record: Record) -> Iterator[tuple[str, Place]]:
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, str) and name in WORDS.get(type(record), {}):
            yield value, record.place(name)
        elif isinstance(value, tuple):
            for each in value:
                if isinstance(each, Record):
                    yield from _texts(each)


def nouns_of(translations: tuple[Translation, ...]) -> dict[str, dict[str, str]]:
    """Return the plural forms of the nouns that a project has translated, by the original noun."""
    return {each.original: each.forms for each in translations if each.forms}


def untranslated_texts(page: str) -> list[str]:
    """Return the texts that a page needs and that are not translated, each once.

    Labels may cut a text, so cut ones are returned only if there is no whole one.
    """
    found = [
        (match.group(2), html.unescape(html.unescape(match.group(1))))
        for match in _NEEDED.finditer(page)
    ]
    whole = [words for end, words in found if end]
    return list(dict.fromkeys(whole or [words for _, words in found]))


def mark_untranslated_remarks(page: str, main: str = "en") -> str:
    """Return a page in which each remark without a translation has the attribute ``lang``.

    ``main`` is the site's main language, which such remarks are in.
    """
    pieces, position = [], 0
    for tag in _TAG.finditer(page):
        pieces += [_spans(page[position : tag.start()], main), _ALL.sub("", tag.group())]
        position = tag.end()
    return "".join([*pieces, _spans(page[position:], main)])


def _spans(text: str, main: str) -> str:
    return _ALL.sub(
        "", _REMARK.sub(lambda match: f'<span lang="{main}">{match.group(1)}</span>', text)
    )
