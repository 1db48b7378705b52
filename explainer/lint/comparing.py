"""Decides whether a comparison supports a comparing word of a sentence.

A comparing word is a superlative or a word such as "doubled". It is supported by a fact with a
comparison (``compares``) that the same sentence calls, if all of these hold:

- The fact is called in the word's clause, or in a clause with no other comparing word.
- The kind of comparison fits: a rank by size supports "largest" but not "doubled".
- The result is what the word says: a rank supports a superlative only if it is the first place.
- It is about the subject of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from explainer.languages import LISTS
from explainer.lint.known import in_words
from explainer.lint.markdown_text import CALL
from explainer.lint.vocabularies import EITHER, MEANINGS, UNLISTED, factor, lines, meanings, pattern
from explainer.model.comparisons import Compared, compare
from explainer.model.formulas import FormulaError
from explainer.model.ledger import Holder, Ledger, once
from explainer.model.records import Fact, Series

# What a superlative measures: "hottest" is about heat, so no comparison of loans supports it

_FILE: Final = LISTS / "measures.tsv"
_STEM = 4
"""How many letters an adjective shares with words derived from it: "noisiest" and "noise"."""


@dataclass(frozen=True)
class _Family:
    """Adjectives that measure one quality, and words about that quality."""

    adjectives: re.Pattern[str]
    """Matches the beginning of an adjective."""
    about: re.Pattern[str]
    """Finds the beginning of any of these words in a text."""


@cache
def _families() -> tuple[_Family, ...]:
    lines = (
        line.split("\t")
        for line in _FILE.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    return tuple(
        _Family(
            re.compile(rf"(?:most |най|nej|naj)?(?:{adjectives})"),
            re.compile(rf"(?<!\w)(?:{adjectives}|{about})"),
        )
        for _, adjectives, about in lines
    )


@lru_cache(maxsize=4096)
def _families_of(word: str) -> tuple[_Family, ...]:
    return tuple(each for each in _families() if each.adjectives.match(word))


def is_about(word: str, texts: tuple[str, ...], sized: bool) -> bool:
    """Whether texts are about the quality that a superlative measures, such as heat.

    ``sized`` tells whether the word may be about size in general ("largest"). Such a word fits all
    texts, unless it is in a family of ``measures.tsv``.
    """
    plain, said = word.casefold(), " | ".join(texts).casefold()
    families = _families_of(plain)
    if any(family.about.search(said) for family in families):
        return True
    if re.search(rf"(?<!\w)(?:\w{{2,4}})?{re.escape(_stem(plain))}", said):
        return True
    return sized and not families


def _stem(word: str) -> str:
    plain = re.sub(r"^(?:най|nej|naj)", "", word)
    return plain[:_STEM]


@lru_cache(maxsize=4096)
def subjects(text: str, common: str) -> frozenset[str]:
    """Return the first five letters of each word that tells what a text is about.

    These are words of at least four letters that do not match the pattern ``common``.
    """
    return frozenset(
        _begin(word) for word in _words(text.casefold()) if not re.fullmatch(common, word)
    )


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(r"[^\W\d_]{4,}", text))


def _begin(word: str) -> str:
    return word[:5]


# Whether a comparison supports a word

_BORNE = {
    "largest-since": "large last",
    "smallest-since": "small last",
    "largest-rank": "large most only last",
    "smallest-rank": "small only last",
    "earliest-rank": "first last only",
    "count": "only most first",
    "share": "most ratio",
    "change": "ratio",
    "ratio": "ratio",
    "years-between": "large small first last",
}
_BREAK: Final = re.compile(
    r"[,;:()|–—.!?]|\s(?:and|but|while|whereas|und|aber|während|и|а|но|і|та|але|y|pero|et|mais|i|ale)\s(?=(?:\S+\s){3})"
)
"""The end of a clause: a mark, or a word such as "and" before more than three other words."""
_NEAR = Decimal("0.05")
"""How far a ratio may be from the multiple that a word says: "doubled" is right for 1.95."""
_HALF: Final = 50
"""The percentage above which "most" is right."""
_ALMOST = Decimal("0.2")
"""How far the ratio may be from the multiple if the word follows "almost" or "about"."""


@dataclass(frozen=True)
class ComparingWord:
    """A comparing word in its sentence."""

    text: str
    """The sentence as readers see it."""
    start: int
    end: int
    """``start`` and ``end`` are the offsets of the word in ``text``."""
    others: tuple[int, ...] = ()
    """The offsets of the sentence's other comparing words."""
    called: tuple[tuple[Fact, int], ...] = ()
    """The facts that the sentence calls or cites, each with its offset."""

    @property
    def word(self) -> str:
        """The word itself."""
        return self.text[self.start : self.end]


def why_unsupported(spoken: ComparingWord, ledger: Ledger, language: str) -> str | None:
    """Return why nothing in its sentence supports a comparing word, or ``None`` if something does.

    A called comparison can support it. So can a called fact without one, if its question, claims or
    evidence contain the word. The result is empty if nothing supports the word and no comparison is
    called.
    """
    why = ""
    for fact, at in spoken.called:
        fault = _fault(spoken, fact, at, ledger, language)
        if fault is None:
            return None
        why = why or fault
    return why


def _fault(spoken: ComparingWord, fact: Fact, at: int, ledger: Ledger, language: str) -> str | None:
    """Return why one fact does not support a word, or ``None`` if it does.

    The reason is empty if the fact has no comparison and does not contain the word.
    """
    if fact.compares is None:
        return None if spoken.word.casefold() in _said(fact, ledger, language) else ""
    if not _goes_its_way(spoken.word, fact, language):
        return f"'{fact.id}' is a {fact.compares.how}, which says no such thing"
    if not _is_its_own(spoken, at):
        return f"'{fact.id}' stands by another word that compares"
    if not _comes_to(spoken, fact, at, ledger, language):
        return f"'{fact.id}' comes to something else, or compares something else"
    if not _is_its_subject(spoken, fact, ledger, language):
        return f"'{fact.id}' is about something else than the sentence"
    return None


def is_supported(word: str, facts: Iterable[Fact], ledger: Ledger, language: str = "en") -> bool:
    """Whether one of the facts supports a comparing word that is in no sentence, as in a chart.

    A rank supports it only if it is the first place.
    """
    spoken = ComparingWord(word, 0, len(word))
    return any(
        (
            _comes_to(spoken, fact, -1, ledger, language)
            if fact.compares
            else word.casefold() in _said(fact, ledger, language)
        )
        for fact in facts
    )


def asks(word: str, fact: Fact, language: str = "en") -> bool:
    """Whether a fact's comparison is of a kind that a word in the fact's own record can mean.

    The fact must have a comparison (``compares``). Its result is not looked at.
    """
    return _goes_its_way(word, fact, language)


def said_of(word: str, series: Iterable[Series], ledger: Ledger, language: str = "en") -> bool:
    """Whether the points of one of the series, or their evidence, contain a comparing word."""
    return any(word.casefold() in _said(each, ledger, language) for each in series)


def _is_its_own(spoken: ComparingWord, at: int) -> bool:
    """Whether the call of a comparison belongs to this word.

    It does if it is in the word's clause. It also does if no other comparing word is between them
    or in the clause of the call.
    """
    if not _is_parted(spoken.text, spoken.start, at):
        return True
    between = range(min(at, spoken.start), max(at, spoken.start))
    return not any(
        other in between or not _is_parted(spoken.text, other, at) for other in spoken.others
    )


def _is_parted(text: str, one: int, other: int) -> bool:
    return _BREAK.search(text, min(one, other), max(one, other)) is not None


def _comes_to(spoken: ComparingWord, fact: Fact, at: int, ledger: Ledger, language: str) -> bool:
    """Whether a comparison is of the kind that the word means, and its result is what it says.

    ``at`` is the offset of the call, or -1 if there is no sentence.
    """
    assert fact.compares is not None
    if not _goes_its_way(spoken.word, fact, language):
        return False
    how, found = fact.compares.how, _outcome(ledger, fact)
    if found is None:  # it cannot be computed, and another rule reports that
        return True
    if how in ("change", "ratio"):
        return _is_as_many_times(spoken, how, found, language)
    if (
        how == "share"
        and found.value
        and found.value.interval
        and _says("most", spoken.word, language)
    ):
        return (found.value.interval.low or Decimal(0)) > _HALF
    if how.endswith(("-rank", "-since")):
        in_place = (
            _is_in_place(spoken, found, at)
            if how.endswith("-rank")
            else _says_since_when(spoken, found, at, language)
        )
        return in_place and is_about(
            spoken.word, _words_of(fact, ledger), _is_of_size(spoken.word, language)
        )
    return True


def _says_since_when(spoken: ComparingWord, found: Compared, at: int, language: str) -> bool:
    """Whether a sentence says that its superlative only holds since a certain time.

    It need not if no earlier point is beyond this one, or if the language has no word list.
    """
    if found.found is None or at < 0 or not lines(language):
        return True
    since = re.compile(rf"(?<!\w)(?:{pattern('since', language)})(?!\w)", re.IGNORECASE)
    return since.search(spoken.text, spoken.end) is not None


def _is_in_place(spoken: ComparingWord, found: Compared, at: int) -> bool:
    """Whether a rank supports a superlative.

    The first place does. Another does if it is printed right before the word, as in "2nd largest".
    So does a place in the first quarter after words such as "one of the".
    """
    if found.value is None or found.value.a == 1:
        return True
    if at >= 0 and re.fullmatch(rf"{CALL}[\s-]{{0,2}}", spoken.text[at : spoken.start]):
        return True
    among = re.search(
        r"(?:one of|among|amongst|einer? der|unter|один из|одна из|одно из|среди|один з|серед)(?:"
        r" \w+)? $",
        spoken.text[: spoken.start],
        re.IGNORECASE,
    )
    return among is not None and found.value.a * 4 <= len(found.inputs)


def _is_as_many_times(spoken: ComparingWord, how: str, found: Compared, language: str) -> bool:
    """Whether a change or ratio is the multiple that the word says.

    Words before it, such as "more than" and "almost", are taken into account.
    """
    multiple, interval = (
        factor(spoken.word, language),
        found.value.interval if found.value else None,
    )
    if multiple is None or interval is None:
        return True
    low, high = (_as_ratio(how, end) for end in (interval.low, interval.high))
    before = spoken.text[max(spoken.start - 40, 0) : spoken.start]
    if _ends_with(before, "hedge over", language):
        return low is not None and (low >= multiple if multiple > 1 else (high or low) <= multiple)
    near = (
        _ALMOST
        if any(_ends_with(before, f"hedge {form}", language) for form in ("almost", "about"))
        else _NEAR
    )
    least, most = multiple * (1 - near), multiple * (1 + near)
    return (high is None or high >= least) and (low is None or low <= most)


def _as_ratio(how: str, end: Decimal | None) -> Decimal | None:
    return end if end is None or how == "ratio" else 1 + end / 100


def _ends_with(text: str, group: str, language: str) -> bool:
    return re.search(rf"(?<!\w)(?:{pattern(group, language)})\s$", text, re.IGNORECASE) is not None


def _goes_its_way(word: str, fact: Fact, language: str) -> bool:
    """Whether a word can be said of this kind of comparison.

    A superlative that is in no list may be said of any rank.
    """
    assert fact.compares is not None
    how = _BORNE[fact.compares.how].split()
    if any(_says(each, word, language) for each in how):
        return True
    ranks = "large" in how or "small" in how or "first" in how
    if not ranks:
        return False
    plain = word.casefold()
    if meanings(plain, language):
        return "either" in meanings(plain, language)
    listed = re.match("|".join(MEANINGS.values()), plain)
    return re.match(EITHER, plain) is not None or (
        listed is None and re.match(UNLISTED, plain) is not None
    )


def _says(meaning: str, word: str, language: str) -> bool:
    """Whether a word has a meaning by the list of its language, or else by how it begins."""
    listed = meanings(word.casefold(), language)
    return meaning in listed if listed else re.match(MEANINGS[meaning], word.casefold()) is not None


def _is_of_size(word: str, language: str) -> bool:
    """Whether a word can be about size in general.

    An adjective that is in no list is taken to measure one quality only.
    """
    plain = word.casefold()
    known = (
        meanings(plain, language)
        or re.match(EITHER, plain)
        or re.match("|".join(MEANINGS.values()), plain)
    )
    return bool(known)


@once
def _outcome_of(ledger: Ledger, fact: Fact | Series) -> Compared | None:
    assert isinstance(fact, Fact)
    try:
        return compare(ledger, fact)
    except FormulaError:
        return None


def _outcome(ledger: Ledger, fact: Fact) -> Compared | None:
    """Return the result of a comparison, or ``None`` if it cannot be computed."""
    return _outcome_of(ledger, fact)


def _is_its_subject(spoken: ComparingWord, fact: Fact, ledger: Ledger, language: str) -> bool:
    """Whether a sentence is about what is compared.

    It is not if it shares no word with the comparison, but shares one with another series.
    """
    common = pattern("common", language)
    said, own = subjects(spoken.text, common), subjects(" ".join(_words_of(fact, ledger)), common)
    if said & own:
        return True
    compared = _compared(fact, ledger)
    return not any(
        said & subjects(" ".join(_names(each)), common)
        for each in ledger.series.values()
        if each not in compared
    )


def _compared(fact: Fact, ledger: Ledger) -> list[Holder]:
    """The facts and series whose values are compared."""
    assert fact.compares is not None
    names = [ref.partition(":")[0] for ref in (fact.compares.of, fact.compares.to) if ref]
    return [ledger.holders[name] for name in names if name in ledger.holders]


def _words_of(fact: Fact, ledger: Ledger) -> tuple[str, ...]:
    """Return the texts that say what a fact compares.

    They are its question and label, the names of the facts and series compared, and the labels of
    the point in question.
    """
    assert fact.compares is not None
    texts = [fact.question, fact.label or ""]
    for holder in _compared(fact, ledger):
        texts += _names(holder)
        if isinstance(holder, Fact) and holder.compares and holder is not fact:
            texts += [text for inner in _compared(holder, ledger) for text in _names(inner)]
    name, _, point = fact.compares.of.partition(":")
    entry = ledger.entry(name, point) if point else None
    if entry:
        texts += [
            str(getattr(entry.claim, key, None) or "")
            for key in ("label", "region", "basis", "short")
        ]
    return tuple(texts)


def _names(holder: Holder) -> list[str]:
    """Return the names, unit, counted nouns and topic of a fact or series."""
    own = (
        [holder.question, holder.label]
        if isinstance(holder, Fact)
        else [holder.title, holder.question, holder.short]
    )
    return [text or "" for text in (*own, holder.unit, *holder.counts, holder.topic)]


def _said(holder: Holder, ledger: Ledger, language: str) -> set[str]:
    """Return the counting and comparing words of a fact or series, in lower case.

    They are those in its question (of a fact), its claims and their supporting evidence.
    """
    texts = [holder.question] if isinstance(holder, Fact) else []
    for entry in ledger.entries(holder):
        texts += [
            entry.claim.text or "",
            *(
                part or ""
                for item in entry.claim.supports
                for part in (item.quote, item.locator, item.says)
            ),
        ]
    return {word for text in texts for word in in_words(text, language).words}
