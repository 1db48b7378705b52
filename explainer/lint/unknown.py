"""The languages of a project whose words for numbers nobody has listed: numbers written so are not found in its texts."""

from __future__ import annotations

from babel import Locale

from explainer.ledger import Ledger
from explainer.lint.scan import LANGUAGES


def unlisted(ledger: Ledger, spoken: tuple[str, ...]) -> list[str]:
    """One remark that names such languages, of the pages and of the sources; none where all are listed."""
    tags = dict.fromkeys((*spoken, *(source.language for source in ledger.sources.values())))
    names = sorted({_name(tag) for tag in tags if tag.partition("-")[0] not in LANGUAGES})
    return [f"Numbers in words are not looked for in {', '.join(names)}; those in digits are."] if names else []


def _name(language: str) -> str:
    """A language's name in English, or its tag."""
    known = Locale.parse("en").languages
    return str(known.get(language.replace("-", "_")) or known.get(language.partition("-")[0]) or language)
