"""The lint over sentences: it misses nothing that has to be borne out, and raises hardly any false alarm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import markdown
import pytest
from support import CASES

from explainer.lint.flat import Hole, flatten
from explainer.lint.scan import LANGUAGES, scan
from explainer.lint.tokens import CALL

MARKS = {"⟦": "number", "⟪": "comparison"}
_CALL = re.compile(r"\{\{.*?\}\}")


@dataclass(frozen=True)
class Sentence:
    """One line of the corpus: its origin, its language, its words, and what in them is marked."""

    origin: str
    language: str
    text: str
    marked: frozenset[tuple[str, int, int]]

    def found(self) -> list[tuple[str, int, int]]:
        """What the lint finds, at its places in the sentence."""
        flat = flatten(self.text, [Hole(*match.span()) for match in _CALL.finditer(self.text)])
        places = [(each.kind, flat.offsets[each.start], flat.offsets[each.end - 1] + 1) for each in scan(flat.text, self.language)]
        return [*map(tuple, places)]

    @property
    def missed(self) -> list[str]:
        """The marked words that no finding touches."""
        found = self.found()
        return [self.text[start:end] for kind, start, end in self.marked if not _touched(kind, start, end, found)]

    @property
    def false(self) -> list[str]:
        """The findings that touch no marked word."""
        return [self.text[start:end] for kind, start, end in self.found() if not _touched(kind, start, end, self.marked)]


def _touched(kind: str, start: int, end: int, others: object) -> bool:
    return any(kind == other and a < end and start < b for other, a, b in others)  # type: ignore[attr-defined]


def read(line: str) -> Sentence:
    """One line of the corpus."""
    origin, language, words = line.split("\t")
    text, opened, marked = "", [], set()
    for ch in words:
        if ch in MARKS:
            opened.append((MARKS[ch], len(text)))
        elif ch in "⟧⟫":
            kind, start = opened.pop()
            marked.add((kind, start, len(text)))
        else:
            text += ch
    assert not opened, line
    return Sentence(origin, language, text, frozenset(marked))


SENTENCES = [read(line) for line in (CASES / "sentences" / "sentences.tsv").read_text(encoding="utf-8").splitlines()]


def test_the_corpus_is_large_and_most_of_it_is_real() -> None:
    """At least 400 sentences, in every language with a vocabulary, and at least a third of them from the site and the kept text."""
    real = [each for each in SENTENCES if each.origin != "ours"]
    print(f"\n{len(SENTENCES)} sentences, {len(real)} of them real")
    assert len({each.text for each in SENTENCES}) == len(SENTENCES) >= 400
    assert len(real) * 3 >= len(SENTENCES)
    assert {each.language for each in SENTENCES} == set(LANGUAGES)
    assert sum(1 for each in SENTENCES if not each.marked) >= 100


@pytest.mark.parametrize("kind", ["number", "comparison"])
def test_recall_and_precision(kind: str) -> None:
    """Every marked word is found, and at least 98 of 100 findings are of marked words; both figures are printed."""
    marked = sum(1 for each in SENTENCES for one in each.marked if one[0] == kind)
    missed = [word for each in SENTENCES for word in each.missed if any(each.text[s:e] == word and k == kind for k, s, e in each.marked)]
    found = [(each, one) for each in SENTENCES for one in each.found() if one[0] == kind]
    false = [each.text[s:e] for each, (k, s, e) in found if not _touched(k, s, e, each.marked)]
    print(
        f"\n{kind}s: recall {1 - len(missed) / marked:.1%} of {marked}, precision {1 - len(false) / len(found):.1%} of {len(found)} {false}"
    )
    assert marked > 50
    assert missed == []
    assert len(false) <= 0.02 * len(found)


class _Seen(HTMLParser):
    """What of a page is seen or read out: its text, alternative texts and titles, each block apart."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("em", "strong", "code", "a"):
            self.words += "\n\n"
        self.words += "".join(f"|{value}|" for name, value in attrs if name in ("alt", "title"))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_is_what_is_rendered(language: str) -> None:
    """A real Markdown reader shows, of every sentence, the very numbers and comparisons that the lint found in the author's text."""
    for each in (sentence for sentence in SENTENCES if sentence.language == language and "https://" not in sentence.text):
        text = _CALL.sub(CALL, each.text)
        shown = _Seen(markdown.markdown(text, extensions=["attr_list", "fenced_code", "footnotes", "tables"])).words
        flat = flatten(text).text
        ours, theirs = ([(one.kind, words[one.start : one.end]) for one in scan(words, language)] for words in (flat, shown))
        assert sorted(ours) == sorted(theirs), each.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_read_by_its_own_words(language: str) -> None:
    """In each language every marked word is found, and nothing in the sentences without marks."""
    own = [each for each in SENTENCES if each.language == language]
    assert len(own) >= 30
    assert [(each.text, each.missed) for each in own if each.missed] == []
    assert [(each.text, each.false) for each in own if not each.marked and each.false] == []
