"""A finished page's own content as lines that a person can compare: one element or text a line, the theme's frame left out."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
_LEFT_OUT = {"script", "style"}


class _Article(HTMLParser):
    """Collects what stands in ``<article>``; in a page without one, in ``<main>``."""

    def __init__(self, root: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = root
        self.depth = 0
        self.skipped = 0
        self.lines: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.root or self.depth:
            if tag in _LEFT_OUT or self.skipped:
                self.skipped += tag not in _VOID
                return
            written = "".join(
                f' {name}="{" ".join((value or "").split())}"' for name, value in sorted(attrs)
            )
            self._add(f"<{tag}{written}>")
            self.depth += tag not in _VOID

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
        elif self.depth and tag not in _VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth and not self.skipped and data.strip():
            self._add(" ".join(data.split()))

    def _add(self, line: str) -> None:
        self.lines.append(" " * self.depth + line)


def article(html: str) -> str:
    """The page's own content."""
    page = _Article("article" if "<article" in html else "main")
    page.feed(html)
    page.close()
    return "\n".join(page.lines) + "\n"
