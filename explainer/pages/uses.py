"""Where each fact and series is used: the pages that speak of it, the charts that draw it, the facts that are worked out from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from explainer.context import Context, Use
from explainer.pages.page import Page
from explainer.records import Fact
from explainer.values.formula_tokens import references
from explainer.views import question_of


def fill(context: Context, pages: Iterable[Page]) -> None:
    """Fill a context's uses, in the order of the pages, the charts and the facts; each once."""
    found: dict[str, dict[Use, None]] = {}
    for holder, use in (*_pages(pages), *_charts(context), *_facts(context)):
        found.setdefault(holder, {})[use] = None
    context.uses.fill({holder: tuple(uses) for holder, uses in found.items()})


def _pages(pages: Iterable[Page]) -> Iterator[tuple[str, Use]]:
    for page in pages:
        use = Use("page", page.title, f"{page.path}/" if page.path else "")
        yield from ((holder, use) for holder in page.holders)


def _charts(context: Context) -> Iterator[tuple[str, Use]]:
    for table in context.tables.values():
        use = Use("chart", table.title, f"charts/{table.id}/")
        yield from ((series, use) for series in context.ledger.charts[table.id].series)


def _facts(context: Context) -> Iterator[tuple[str, Use]]:
    for holder in context.ledger.holders.values():
        use = Use("fact", question_of(holder), f"facts/{holder.id}/")
        formulas = [entry.claim.derived or "" for entry in context.ledger.entries(holder)]
        compares = holder.compares if isinstance(holder, Fact) else None
        own = [holder.derived or "", *([compares.of, compares.to or ""] if compares else [])] if isinstance(holder, Fact) else []
        refs = [ref.partition(":")[0] for text in (*own, *formulas) if text for ref in references(text)]
        yield from ((name, use) for name in refs if name != holder.id and name in context.ledger.holders)
