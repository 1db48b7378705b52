"""``/coverage/``: what each sentence and number of the kept texts is used for.

A sentence or number is used by claims, set aside for a reason, or neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from explainer.check.coverage import Number, Sentence, sentence_coverage
from explainer.common.typed_json import register_dataclass
from explainer.model.ledger import Entry
from explainer.model.records import SetAside, Source
from explainer.publish import wording
from explainer.publish.derivations import question_of
from explainer.publish.wording import Wording
from explainer.render.context import Context
from explainer.render.pages.lists import listing
from explainer.render.pages.page import WrittenPage, root_of, write_page
from explainer.render.pages.sources import Passages


@register_dataclass
@dataclass(frozen=True)
class CoveredSentence:
    """A sentence of a kept text, and how it is used."""

    text: Markup
    """The sentence with its passages marked; empty if the text may not be shown."""
    links: tuple[tuple[str, str], ...]
    """The claims that use it: their addresses below the site's root, and their questions."""
    aside: str
    """Why it is set aside, in words; empty if it is not."""
    numbers: tuple[tuple[str, str], ...]
    """Its numbers, each with how it is used, in words; empty if the text may not be shown."""


@register_dataclass
@dataclass(frozen=True)
class CoveredText:
    """A kept text, with all its sentences."""

    id: str
    title: str
    language: str
    lines: tuple[CoveredSentence, ...]
    sentences: int
    """How many sentences are used or set aside."""
    numbers: int
    """How many numbers are used or set aside."""
    all_numbers: int


def pages(context: Context) -> Iterator[WrittenPage]:
    """Yield the page, if there is a kept text."""
    texts = tuple(
        context.part("covered text", name, partial(_text, context, name))
        for name in context.ledger.texts
    )
    if texts:
        body = context.page("pages/coverage.html.j2", texts=texts, root=root_of("coverage"))
        title = context.wording.page("coverage")
        holders = [
            entry.holder
            for name in context.ledger.texts
            for entry in context.ledger.uses.get(name, ())
        ]
        yield write_page(
            context,
            listing(
                context,
                "coverage",
                (title, context.wording.page("coverage_about")),
                body,
                holders=holders,
            ),
        )


def _text(context: Context, name: str) -> CoveredText:
    source, found = context.ledger.sources[name], sentence_coverage(context.ledger, name)
    numbers = [number for sentence in found for number in sentence.numbers]
    return CoveredText(
        id=name,
        title=wording.short_name(source, context.wording),
        language=source.language,
        lines=tuple(_line(context, source, sentence) for sentence in found),
        sentences=sum(sentence.accounted for sentence in found),
        numbers=sum(bool(number.used_by) or number.aside is not None for number in numbers),
        all_numbers=len(numbers),
    )


def _line(context: Context, source: Source, sentence: Sentence) -> CoveredSentence:
    text, shown = context.ledger.texts[source.id], source.shown
    entries = dict.fromkeys(use.entry.ref for use in sentence.uses)
    by_ref = {use.entry.ref: use.entry for use in sentence.uses}
    passages = Passages(text, sentence.uses, root_of("coverage"), context.wording, numbered=False)
    return CoveredSentence(
        text=passages.marked(sentence.span) if shown else Markup(""),
        links=tuple(_link(by_ref[ref]) for ref in entries),
        aside=_aside(sentence.aside, context.wording),
        numbers=(
            tuple(_number(text, number, context.wording) for number in sentence.numbers)
            if shown
            else ()
        ),
    )


def _link(entry: Entry) -> tuple[str, str]:
    return f"facts/{entry.holder.id}/#{entry.claim.id}", question_of(entry.holder)


def _number(text: str, number: Number, wording: Wording) -> tuple[str, str]:
    aside = (
        wording.page("number_aside", why=_aside(number.aside, wording))
        if number.aside
        else wording.page("number_open")
    )
    fate = wording.page("number_used") if number.used_by else aside
    return " ".join(text[number.span.start : number.span.end].split()), fate


def _aside(line: SetAside | None, wording: Wording) -> str:
    """Return the reason for setting something aside, in words, or "" if it is not set aside."""
    return (
        f"{wording.page(f'aside_{line.reason}')}{f' ({line.of})' if line.of else ''}"
        if line
        else ""
    )
