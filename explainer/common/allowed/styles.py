"""The stylesheets of a site and of its pages, the drawings that they hold included."""

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
"""Every stylesheet that embeds were ever released with, by its source expression, the newest last.

An edition keeps the style that it was released with, and a style can hide words and write others in more ways than any list of them
knows. When a change to ``templates/embed/embed.css``, to the drawings' rules or to the colours makes another style, its hash is added
here, and none is taken out that an edition may have. A test says what the newest is.
"""


def faults(css: str, *, addresses: bool = True) -> tuple[str, ...]:
    """What may not stand in a stylesheet, nor in the drawings that it holds.

    Without ``addresses`` it may name parts of its own document (``url(#arrow)``) and hold pictures,
    and nothing else.
    """
    return allowed_css.faults(css, addresses=addresses, in_drawing=drawings.held_faults)


def faults_in(style: LexborNode) -> Iterator[str]:
    """What may not stand in the ``<style>`` of a page or of an embed, which holds words alone."""
    if any(True for _ in style.iter()):  # browsers read the words around elements, and not those in them
        yield "an element stands in a <style>"
    yield from faults(style.text(), addresses=False)
