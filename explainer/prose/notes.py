"""Footnotes, as Markdown: what ``cite()`` puts at the end of a page, readable without any script."""

from __future__ import annotations

from explainer.views import AnswerView
from explainer.wording import Wording
from explainer.wording.rendering import escape_markdown
from explainer.wording.stops import stop_after, stopped


def of_source(name: str, cited: str, root: str, words: Wording) -> str:
    """A source's reference, linked to its page."""
    return f"[{escape_markdown(cited)}]({root}sources/{name}/index.md){_marked(words)}{stop_after(cited)}"


def of_answer(answer: AnswerView, root: str, words: Wording) -> str:
    """What a fact comes to, who says so, how far that was checked, and the way to all its evidence."""
    path, _, anchor = answer.path.partition("#")
    said = f"{answer.question} {answer.text} {answer.unit}".strip()
    kind = answer.kind + (words.say("comma_disputed") if answer.disputed and answer.state != "spread" else "")
    by = (
        words.say("by_whom", voice=answer.voice, kind=kind, checked=answer.verdict_text)
        if answer.verdict_text
        else f"{answer.voice}; {kind}"
    )
    link = f"[{words.say('all_evidence')}]({root}{path}index.md{'#' + anchor if anchor else ''}){_marked(words)}."
    return f"{escape_markdown(stopped(said))} {escape_markdown(f'({by})')} {link}"


def _marked(words: Wording) -> str:
    """What says that a link leads to a page in the site's own language, where it stands on a page that is not."""
    return "" if words.language == words.main else f'{{: hreflang="{words.main}" }}'
