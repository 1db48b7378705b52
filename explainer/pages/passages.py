"""A kept text as HTML: each passage that claims take is marked, leads to its first claim, and names all of them by number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from markupsafe import Markup, escape

from explainer.coverage import Use
from explainer.quotation.quotes import Span
from explainer.views import question_of
from explainer.wording import Wording


@dataclass(frozen=True)
class Passages:
    """The passages that claims take from a text, in the order of the text."""

    text: str
    uses: Sequence[Use]
    root: str
    wording: Wording
    numbered: bool = True
    """Whether each is followed by the numbers of its claims."""

    @cached_property
    def _starts(self) -> list[int]:
        return [use.span.start for use in self.uses]

    @cached_property
    def _longest(self) -> int:
        return max((use.span.end - use.span.start for use in self.uses), default=0)

    @cached_property
    def _firsts(self) -> dict[str, int]:
        """The first passage that each claim takes: the one to which the claim leads back."""
        return {anchor(use): number for number, use in reversed(list(enumerate(self.uses)))}

    def marked(self, within: Span) -> Markup:
        """A stretch of the text. What passages share, where they overlap, leads to the claim of the first."""
        low, high = bisect_left(self._starts, within.start - self._longest), bisect_right(self._starts, within.end)
        inside = [(number, self.uses[number]) for number in range(low, high)]
        inside = [(number, use) for number, use in inside if use.span.start < within.end and within.start < use.span.end]
        cuts = {within.start, within.end, *(edge for _, use in inside for edge in (use.span.start, use.span.end))}
        edges = sorted(edge for edge in cuts if within.start <= edge <= within.end)
        return Markup("").join(part for start, end in pairwise(edges) for part in self._pieces(start, end, inside))

    def _pieces(self, start: int, end: int, inside: Sequence[tuple[int, Use]]) -> Iterator[Markup]:
        over = [use for _, use in inside if use.span.start <= start and end <= use.span.end]
        yield _piece(self.text[start:end], over, self.root)
        for number, use in inside if self.numbered else ():
            if use.span.end == end:
                yield self._reference(use, number + 1, named=self._firsts[anchor(use)] == number)

    def _reference(self, use: Use, number: int, *, named: bool) -> Markup:
        """The way to a claim, by its number in the text."""
        holder, claim = use.entry.holder, use.entry.claim
        name = Markup(' id="{}"').format(anchor(use)) if named else ""
        label = self.wording.page("claim_number", number=number, question=question_of(holder))
        return Markup('<sup class="passage-ref"><a{} href="{}facts/{}/#{}" aria-label="{}">{}</a></sup>').format(
            name, self.root, holder.id, claim.id, label, number
        )


def anchor(use: Use) -> str:
    """The id of a passage in its text: its claim's name."""
    return f"passage-{use.entry.holder.id}--{use.entry.claim.id}"


def _piece(text: str, uses: Sequence[Use], root: str) -> Markup:
    if not uses or not text.strip():
        return escape(text)
    entry = uses[0].entry
    title = "; ".join(dict.fromkeys(question_of(use.entry.holder) for use in uses))
    return Markup('<a class="passage" href="{}facts/{}/#{}" title="{}">{}</a>').format(root, entry.holder.id, entry.claim.id, title, text)
