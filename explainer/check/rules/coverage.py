"""The rules ``uncovered-sentence``, ``uncovered-number`` and ``set-aside``.

Each sentence and each number of a kept text must be used by a claim, or be set aside with a reason.
The rules apply to every kept text if the project has a folder ``seeds/coverage/``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from explainer.check.coverage import Sentence, find_sentence, sentence_coverage
from explainer.common.problems import Place, Problem
from explainer.model.ledger import Ledger
from explainer.model.records import Coverage, SetAside

FOLDER = "seeds/coverage/"


def check(ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each sentence or number not accounted for, and for each wrong line."""
    if ledger.coverage is None:
        return
    refs = {entry.ref for entry in ledger.entries()}
    for source, coverage in ledger.coverage.items():
        if source not in ledger.texts:
            hint = "name a source whose text is kept"
            yield Problem(
                coverage.place("source"),
                "dangling-reference",
                f"no text of '{source}' is kept",
                hint,
            )
        for line in coverage.set_aside:
            if line.of is not None and line.of not in refs:
                yield Problem(
                    line.place("of"),
                    "dangling-reference",
                    f"there is no claim '{line.of}'",
                    "write fact-id:claim-id",
                )
    for source, text in ledger.texts.items():
        found = sentence_coverage(ledger, source)
        yield from _uncovered(ledger, source, text, found)
        if source in ledger.coverage:
            yield from _misplaced(ledger.coverage[source], text, found)


def _uncovered(
    ledger: Ledger, source: str, text: str, found: Sequence[Sentence]
) -> Iterator[Problem]:
    path = f"seeds/{ledger.sources[source].text}"
    how = f"quote it in a claim, or set it aside with a reason in {FOLDER}{source}.yaml"
    for sentence in found:
        words = " ".join(text[sentence.span.start : sentence.span.end].split())
        if not sentence.accounted:
            yield Problem(
                _place(path, text, sentence.span.start),
                "uncovered-sentence",
                f"nothing accounts for “{words[:60]}”",
                how,
            )
            continue
        for number in sentence.numbers:
            if not number.used_by and number.aside is None:
                said = text[number.span.start : number.span.end].strip()
                message = f"no claim takes “{said}” from “{words[:60]}”"
                yield Problem(
                    _place(path, text, number.span.start), "uncovered-number", message, how
                )


def _misplaced(coverage: Coverage, text: str, found: Sequence[Sentence]) -> Iterator[Problem]:
    spans = [sentence.span for sentence in found]
    for line in coverage.set_aside:
        places = {
            key: find_sentence(text, spans, words)
            for key, words in (("begins", line.begins), ("through", line.through))
            if words
        }
        bad = next((key for key, at in places.items() if at < 0), None)
        if bad:
            many = "several sentences begin" if places[bad] == -2 else "no sentence begins"
            hint = "copy a sentence's first words from the text, as many as tell it from the others"
            yield Problem(line.place(bad), "set-aside", f"{many} with “{getattr(line, bad)}”", hint)
        elif fault := _fault(coverage, line, places, text, found):
            yield Problem(line.place("number" if line.number else "begins"), "set-aside", *fault)


def _fault(
    coverage: Coverage,
    line: SetAside,
    places: Mapping[str, int],
    text: str,
    found: Sequence[Sentence],
) -> tuple[str, str] | None:
    """Return what is wrong with a line and what to do about it, or None if nothing is wrong.

    ``places`` holds the index of the first sentence and, for a run of sentences, of the last. All
    are found.
    """
    run = found[places["begins"] : places.get("through", places["begins"]) + 1]
    numbers = [number for sentence in run for number in sentence.numbers]
    if line.number is None:
        used = next((sentence for sentence in run if sentence.uses), None)
        if used:
            return (
                f"claims use “{text[used.span.start : used.span.end][:60]}”",
                "take the line out, or set aside a number of it alone",
            )
        return (
            None
            if coverage.numbers or not numbers
            else (
                "it holds a number, and no number of this text may be set aside",
                "quote it in a claim",
            )
        )
    if not coverage.numbers:
        return "no number of this text may be set aside", "quote it in a claim"
    mine = [
        number
        for number in numbers
        if text[number.span.start : number.span.end].strip() == line.number
    ]
    if not mine:
        return (
            f"the sentence does not hold the number “{line.number}”",
            "write the number as it is printed",
        )
    return (
        ("a claim takes that number", "take the line out")
        if all(number.used_by for number in mine)
        else None
    )


def _place(path: str, text: str, at: int) -> Place:
    return Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
