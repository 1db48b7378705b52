"""Expand the calls of prose to what they print, with their footnotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from explainer.common.problems import Place, Problems
from explainer.common.suggestions import did_you_mean
from explainer.model.ledger import Holder
from explainer.model.records import Term
from explainer.publish import wording
from explainer.publish.answers import AnswerView
from explainer.publish.catalogue import missing_full_stop, with_full_stop
from explainer.publish.templates import escape_markdown
from explainer.publish.wording import Wording
from explainer.render.context import Context, unknown
from explainer.render.prose.blocks import Blocks
from explainer.render.prose.calls import BLOCKS, Call, find_calls
from explainer.render.prose.disputes import with_disputes
from explainer.render.prose.mask import Ranges, plain_zones

# Footnotes in Markdown, which ``cite()`` puts at the end of a page. They need no script.


def note_of_source(name: str, cited: str, root: str, words: Wording) -> str:
    """Return the reference of a source, with a link to its page."""
    return f"[{escape_markdown(cited)}]({root}sources/{name}/index.md){_marked(words)}{missing_full_stop(cited)}"  # noqa: E501


def note_of_answer(answer: AnswerView, root: str, words: Wording) -> str:
    """Return the answer to a fact, who says so, how it was checked, and a link to its evidence."""
    path, _, anchor = answer.path.partition("#")
    said = f"{answer.question} {answer.text} {answer.unit}".strip()
    kind = answer.kind + (
        words.say("comma_disputed") if answer.disputed and answer.state != "spread" else ""
    )
    by = (
        words.say("by_whom", voice=answer.voice, kind=kind, checked=answer.verdict_text)
        if answer.verdict_text
        else f"{answer.voice}; {kind}"
    )
    link = f"[{words.say('all_evidence')}]({root}{path}index.md{'#' + anchor if anchor else ''}){_marked(words)}."  # noqa: E501
    return f"{escape_markdown(with_full_stop(said))} {escape_markdown(f'({by})')} {link}"


def _marked(words: Wording) -> str:
    """Return a ``hreflang`` attribute if the link leads to a page in another language."""
    return "" if words.language == words.main else f'{{: hreflang="{words.main}" }}'


# Expansion of calls to escaped HTML, or to plain text in places where HTML is not possible


@dataclass
class Expanded:
    """A text with its calls expanded, and what its page must contain for it."""

    text: str
    answers: dict[str, AnswerView] = field(default_factory=dict)
    """The answers with a popover at the end of the page, by id."""
    notes: dict[str, str] = field(default_factory=dict)
    """The footnotes, by label."""
    terms: dict[str, Term] = field(default_factory=dict)
    """The glossary terms that the page explains, by id."""
    explores: bool = False
    """Whether the page has a chart."""
    holders: dict[str, Holder] = field(default_factory=dict)
    """The facts and series that the text names, by id."""


class Expander:
    """Expands the calls of one page. ``root`` is the relative path to the site's root."""

    def __init__(self, context: Context, root: str, problems: Problems) -> None:
        self.context, self.root, self.problems = context, root, problems
        self.out = Expanded("")
        self.blocks = Blocks(context, root, problems, self.out.answers)

    def expand(self, path: str, text: str) -> Expanded:
        """Return a Markdown text with all its calls expanded."""
        plain = Ranges(plain_zones(text))
        pieces, position = [], 0
        for call in with_disputes(self.context.ledger, text, find_calls(path, text, self.problems)):
            pieces.append(text[position : call.start])
            pieces.append(self._one(call, text, call.start in plain))
            position = call.end
        self.out.text = "".join([*pieces, text[position:]])
        return self.out

    def words(self, path: str, text: str, place: Place) -> str:
        """Return a short text, such as a chart's title, with its calls expanded to plain text.

        ``place`` is the place of all problems.
        """
        pieces, position, found = [], 0, Problems()
        calls = find_calls(path, text, found)
        self.problems.extend(replace(problem, place=place) for problem in found)
        for call in calls:
            moved = Call(call.name, call.args, call.named, place, call.start, call.end)
            pieces += [text[position : call.start], self._plain(moved)]
            position = call.end
        return "".join([*pieces, text[position:]])

    def _one(self, call: Call, text: str, plain: bool) -> str:
        self.out.holders |= self.context.spoken_of(call.name == "chart", call.args)
        if call.made:
            return f"\n\n{self.blocks.render(call)}\n"
        if call.name in BLOCKS:
            line = text[
                text.rfind("\n", 0, call.start) + 1 : (text + "\n").find("\n", call.end)
            ].strip()
            if line != text[call.start : call.end]:
                hint = "put an empty line before and after it"
                self.problems.add(
                    call.place, "prose-call", f"'{call.name}' must stand on a line of its own", hint
                )
                return ""
            self.out.explores = self.out.explores or call.name == "chart"
            return f"\n{self.blocks.render(call)}\n"
        if plain:
            return escape_markdown(self._plain(call))
        inline: dict[str, Callable[[Call], str]] = {
            "fact": self._fact,
            "cite": self._cite,
            "term": self._term,
            "number": self._plain_guarded,
            "word": self._plain_guarded,
            "count": self._plain_guarded,
        }
        return inline[call.name](call)

    def _fact(self, call: Call) -> str:
        answer = self.answer(call)
        if answer is None:
            return ""
        text, unit = self._shown(call, answer)
        if call.named.get("show") == "when":  # a period is part of a claim, and links to it
            return self.context.templates.inline(
                "fragments/when.html.j2", answer=answer, text=text, root=self.root
            )
        self.out.answers[answer.id] = answer
        return self.context.templates.inline(
            "fragments/number.html.j2", answer=answer, text=text, unit=unit, root=self.root
        )

    def _shown(self, call: Call, answer: AnswerView) -> tuple[str, str]:
        """Return the words of an answer, and its unit if the author asks for it."""
        match call.named.get("show"):
            case "unit":
                return answer.text, answer.unit
            case "when" if answer.when:
                return answer.when, ""
            case None:
                return answer.text, ""
        wrong, otherwise = (
            call.named["show"],
            'show="unit", or show="when" for a claim with a period',
        )
        message, hint = (
            f"'{call.args[0]}' cannot show '{wrong}'",
            did_you_mean(wrong, ("unit", "when"), otherwise, 'show="{}"'),
        )
        self.problems.add(call.place, "prose-call", message, hint)
        return "", ""

    def _plain_guarded(self, call: Call) -> str:
        return escape_markdown(self._plain(call))

    def _plain(self, call: Call) -> str:
        """Return what a call prints as plain text."""
        match call.name:
            case "fact":
                answer = self.answer(call)
                return "" if answer is None else " ".join(self._shown(call, answer)).strip()
            case "number" | "word":
                if not call.named.get("why"):
                    self.problems.add(
                        call.place,
                        "prose-call",
                        f"{call.name}('{call.args[0]}') gives no reason",
                        'add why="…"',
                    )
                return call.args[0]
            case "count":
                return self.context.count(call.args[0], call.place, self.problems)
            case "term":
                term = self._term_of(call)
                return "" if term is None else call.named.get("show") or term.term
        hint = (
            "only fact, number, word, count and term can stand in a heading, a link or front matter"
        )
        self.problems.add(call.place, "prose-call", f"'{call.name}' cannot stand here", hint)
        return ""

    def answer(self, call: Call) -> AnswerView | None:
        """Return the answer that ``fact(…)`` names.

        Adds a problem and returns ``None`` if there is no such record, or no single claim.
        """
        return self.context.answer(call.args[0], call.named.get("claim"), call.place, self.problems)

    def _cite(self, call: Call) -> str:
        """Return a footnote: the reference of a source, or the answer to a fact and who says so."""
        name = call.args[0]
        if name in self.context.ledger.sources:
            cited = wording.full_name(self.context.ledger.sources[name], self.context.wording)
            return self._note(
                f"source-{name}", note_of_source(name, cited, self.root, self.context.wording)
            )
        if name in self.context.ledger.holders:
            answer = self.answer(call)
            return (
                ""
                if answer is None
                else self._note(
                    f"fact-{answer.id}", note_of_answer(answer, self.root, self.context.wording)
                )
            )
        known = [*self.context.ledger.sources, *self.context.ledger.holders]
        unknown(self.problems, call.place, "source or fact", name, known)
        return ""

    def _note(self, label: str, text: str) -> str:
        self.out.notes[label] = text
        return f"[^{label}]"

    def _term(self, call: Call) -> str:
        term = self._term_of(call)
        if term is None:
            return ""
        self.out.terms[term.id] = term
        shown = call.named.get("show") or term.term
        return self.context.templates.inline(
            "fragments/term.html.j2", term=term, text=shown, root=self.root
        )

    def _term_of(self, call: Call) -> Term | None:
        term = self.context.ledger.terms.get(call.args[0])
        if term is None:
            unknown(
                self.problems,
                call.place,
                "term in seeds/glossary.yaml",
                call.args[0],
                self.context.ledger.terms,
            )
        return term
