"""Every reference that a build prints, made in one go: pandoc is started once a style, and not at all where nothing changed."""

from __future__ import annotations

from collections.abc import Mapping

from explainer.context import Context
from explainer.references import own
from explainer.references.csl import item
from explainer.references.formatted import STYLES, formatted


def fill(context: Context) -> None:
    """Fill a context's references and patterns. Raises ``MachineFailed`` where pandoc cannot be run."""
    patterns = list(own.patterns(context))
    sources = [item(source) for source in context.ledger.sources.values()]
    shapes: dict[str, Mapping[str, str]] = {}
    for style in STYLES:
        first = style is STYLES[0]
        made = formatted([*patterns, *(sources if first else [])], style, context.shelf)
        shapes[style.name] = {each["id"]: own.pattern_of(made[each["id"]], each) for each in patterns}
        if first:
            context.references.fill({each["id"]: made[each["id"]] for each in sources})
    context.patterns.fill(shapes)
