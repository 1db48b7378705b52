"""The languages of a project whose words for numbers or comparisons nobody has listed: what they say is not found in its texts."""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale

from explainer.ledger import Ledger
from explainer.lint.more_languages import COUNTED_ELSEWHERE, MORE
from explainer.lint.scan import LANGUAGES


def unlisted(ledger: Ledger, spoken: tuple[str, ...]) -> list[str]:
    """Remarks that name such languages: those of the pages, whose prose is then looked at less, before those of the sources."""
    sources = {source.language.partition("-")[0] for source in ledger.sources.values()}
    pages = {tag.partition("-")[0] for tag in spoken}
    counting = {*LANGUAGES, *MORE, *COUNTED_ELSEWHERE}
    unknown = "Pages in {} are only half checked: numbers in words and superlatives are not looked for in them, numbers in digits are."
    quoted = "Numbers in words are not looked for in sources in {}; those in digits are."
    said = (
        (unknown, pages - counting),
        (quoted, sources - counting - pages),
    )
    return [words.format(_names(tags)) for words, tags in said if tags]


def _names(tags: Iterable[str]) -> str:
    """The names of languages in English, or their tags."""
    known = Locale.parse("en").languages
    return ", ".join(sorted(str(known.get(tag) or tag) for tag in tags))
