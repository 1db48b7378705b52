"""A kept text as HTML: each passage that claims take is marked, leads to its first claim, and names all of them by number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from explainer.covering import Use
from explainer.quotes import Span
from explainer.views import question_of


def marked(text: str, within: Span, uses: Sequence[Use], root: str, *, numbered: bool = True) -> Markup:
    """A stretch of a text. Where passages overlap, what they share leads to the claim of the first."""
    inside = [use for use in uses if use.span.start < within.end and within.start < use.span.end]
    cuts = {within.start, within.end, *(edge for use in inside for edge in (use.span.start, use.span.end))}
    edges = sorted(edge for edge in cuts if within.start <= edge <= within.end)
    first = {anchor(use): number for number, use in reversed(list(enumerate(uses, 1)))}
    out = Markup("")
    for start, end in pairwise(edges):
        over = [use for use in inside if use.span.start <= start and end <= use.span.end]
        out += _piece(text[start:end], over, root)
        ending = [(number, use) for number, use in enumerate(uses, 1) if numbered and use.span.end == end and use.span.start < within.end]
        out += Markup("").join(_reference(use, number, root, named=first[anchor(use)] == number) for number, use in ending)
    return out


def anchor(use: Use) -> str:
    """The id of a passage in its text: its claim's name."""
    return f"passage-{use.entry.holder.id}--{use.entry.claim.id}"


def _piece(text: str, uses: Sequence[Use], root: str) -> Markup:
    if not uses or not text.strip():
        return escape(text)
    entry = uses[0].entry
    title = "; ".join(dict.fromkeys(question_of(use.entry.holder) for use in uses))
    return Markup('<a class="passage" href="{}facts/{}/#{}" title="{}">{}</a>').format(root, entry.holder.id, entry.claim.id, title, text)


def _reference(use: Use, number: int, root: str, *, named: bool) -> Markup:
    """The way to a claim; the first passage that a claim takes bears its name, so that the claim can lead back to it."""
    holder, claim = use.entry.holder, use.entry.claim
    name = Markup(' id="{}"').format(anchor(use)) if named else ""
    return Markup('<sup class="passage-ref"><a{} href="{}facts/{}/#{}" aria-label="Claim {}: {}">{}</a></sup>').format(
        name, root, holder.id, claim.id, number, question_of(holder), number
    )
