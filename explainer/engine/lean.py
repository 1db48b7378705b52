"""A hook of MkDocs: it lets go of a page's words as soon as nobody asks for them again.

MkDocs holds every page's Markdown and HTML until its end, which is half of the memory that it takes for ten thousand pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page


def on_page_content(html: str, page: Page, **_: object) -> str:
    """The Markdown has become HTML."""
    page.title = page.title  # MkDocs works it out anew at each use, and from the Markdown
    page.markdown = None
    return html


def on_post_page(output: str, page: Page, **_: object) -> str:
    """The HTML stands in its page, and in the search's index."""
    page.content = None
    return output
