"""Check the stylesheets of a site and of its pages, including the drawings in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborNode

from explainer.common.allowed import css as allowed_css
from explainer.common.allowed import drawings

RELEASED: Final = frozenset(
    {
        "'sha256-JYGfdsqodOwDHUtzeY7wx56uugvXEhGKH4d5+ygXP4A='",
        "'sha256-erXTWf3yQkPR9XU2Hh/GtM0ew60qBO9eY1Mu35SLruU='",
    }
)
"""The source expressions of all stylesheets that embeds were ever released with, newest last.

An edition keeps the style that it was released with. A style can hide words and write others in
more ways than any list could name, so only these styles are allowed. When
``templates/embed/embed.css``, the rules for drawings or the colours change, the style changes too,
and its hash is added here. No hash that an edition may have is removed. A test says which one is
the newest.
"""


def faults(css: str, *, addresses: bool = True) -> tuple[str, ...]:
    """Return what is not allowed in a stylesheet and in the drawings it contains.

    Without ``addresses``, it may only refer to parts of its own document (``url(#arrow)``) and
    contain pictures.
    """
    return allowed_css.faults(css, addresses=addresses, in_drawing=drawings.held_faults)


def faults_in(style: LexborNode) -> Iterator[str]:
    """Yield what is not allowed in a ``<style>`` of a page or an embed, such as an element."""
    if any(
        True for _ in style.iter()
    ):  # browsers read the text around elements, but not the text in them
        yield "an element stands in a <style>"
    yield from faults(style.text(), addresses=False)
