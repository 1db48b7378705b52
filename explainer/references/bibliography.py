"""Every reference that a build prints, made in one go: pandoc is started once, and not at all where nothing changed."""

from __future__ import annotations

from explainer.context import Context
from explainer.references import own
from explainer.references.csl import item
from explainer.references.formatted import STYLES, formatted
from explainer.wording.catalogue import ENGLISH


def fill(context: Context) -> None:
    """Fill a context's references and patterns. Raises ``MachineFailed`` where pandoc cannot be run."""
    patterns = list(own.patterns(context))
    sources = [item(source, context.wording.catalogue) for source in context.ledger.sources.values()]
    language = "" if context.wording.main == ENGLISH else context.wording.main
    words = {key: str(word) for key, word in context.wording.catalogue.sections["cited"].items()}
    made = formatted(
        {style: [*patterns, *(sources if style is STYLES[0] else [])] for style in STYLES},
        context.shelf,
        language,
        words,
    )
    context.references.fill({each["id"]: made[STYLES[0]][each["id"]] for each in sources})
    context.patterns.fill(
        {style.name: {each["id"]: own.pattern_of(found[each["id"]], each) for each in patterns} for style, found in made.items()}
    )
