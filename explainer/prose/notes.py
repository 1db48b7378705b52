"""Footnotes, as Markdown: what ``cite()`` puts at the end of a page, readable without any script."""

from __future__ import annotations

from explainer.rendering import escape_markdown
from explainer.views import AnswerView


def of_source(name: str, cited: str, root: str) -> str:
    """A source's reference, linked to its page."""
    return f"[{escape_markdown(cited)}]({root}sources/{name}/index.md)."


def of_answer(answer: AnswerView, root: str) -> str:
    """What a fact comes to, who says so, how far that was checked, and the way to all its evidence."""
    path, _, anchor = answer.path.partition("#")
    said = f"{answer.question} {answer.text} {answer.unit}".strip().removesuffix(".")
    checked = answer.verdict_text or "sources disagree"
    by = f"{answer.voice}; {answer.kind}{', disputed' if answer.disputed and answer.state == 'one' else ''}; {checked}"
    link = f"[All its evidence]({root}{path}index.md{'#' + anchor if anchor else ''})."
    return f"{escape_markdown(said)}. {escape_markdown(f'({by})')} {link}"
