"""``unsourced-number``, ``unsourced-comparison`` and ``hedge-not-in-fact``: what a page types instead of calling, or beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from explainer.characters import disguised
from explainer.context import Context
from explainer.lint.comparing import Spoken, unborne
from explainer.lint.flat import Flat, Hole, flatten
from explainer.lint.own_dates import is_own_date
from explainer.lint.scan import Finding, scan
from explainer.problems import Place, Problem, Problems
from explainer.prose.calls import Call, find_calls, place_of
from explainer.prose.enumerated import counts_what_follows
from explainer.prose.hedged import hedges
from explainer.prose.mask import Zones, code, mask_code
from explainer.reading.records import disguise
from explainer.records import Fact, Point
from explainer.values.dates import Edtf

_SENTENCE_ENDS = re.compile(r"(?<=[.?!])[”’»)\]\ufffc]*\s+|\n\s*\n|\n\|")

_REFUSED = re.compile(r"\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|<(?!https?://|mailto:)[a-zA-Z/!?][^>\n]*>?", re.DOTALL)


def in_words(context: Context, path: str, text: str, place: Callable[[int], Place], language: str = "en") -> Iterator[Problem]:
    """The same of a short text that is no Markdown: a page's title, the words of a chart."""
    yield from unsourced(context, path, text, place, language, marked=False)


def unsourced(
    context: Context, path: str, text: str, place: Callable[[int], Place], language: str = "en", *, marked: bool = True
) -> Iterator[Problem]:
    """Each number, date and comparison that a text types. ``place`` gives the place of an offset in the author's file."""
    calls = find_calls(path, text, Problems())
    flat, findings = read(text, calls, language, marked=marked, names=context.ledger.names)
    if marked:  # words of records, and of a page's head, are looked at where they are read
        yield from (disguise(place(flat.offsets[at]), word) for at, word in disguised(flat.text))
    yield from hedges(context, calls, flat, place, language)
    comparing = [each.start for each in findings if each.kind == "comparison"]
    both = {(each.start, each.end) for each in findings if each.kind == "comparison"}  # "doubled": what bears the comparison bears it
    for found in findings:
        typed, sentence = flat.text[found.start : found.end], sentence_of(flat, found)
        if found.kind == "number":
            if (found.start, found.end) in both:
                continue
            if counts_what_follows(text, flat, found, sentence, language) or is_own_date(
                typed,
                flat.text[sentence[0] : found.start],
                flat.text[found.end : sentence[1]],
                _dates(context, calls, flat, sentence),
                language,
            ):
                continue
            yield number(context, typed, flat.text[slice(*sentence)], place(flat.offsets[found.start]), language)
        else:
            why = unborne(_spoken(context, calls, flat, found, comparing), context.ledger, language)
            if why is not None:
                yield comparison(typed, place(flat.offsets[found.start]), why)


def read(text: str, calls: Sequence[Call], language: str, *, marked: bool, names: tuple[str, ...] = ()) -> tuple[Flat, list[Finding]]:
    """A text as its reader sees it, between its calls, and what in it has to be borne out; ``names`` are the project's own."""
    holes = [*map(_hole, calls), *_refused(text, calls)]
    if marked:
        holes += _code(text, holes)
    flat = flatten(text, sorted(holes, key=lambda hole: hole.start), marked=marked)
    return flat, scan(flat.text, language, names)


_CODE_SIGN = re.compile(r"[=(){}<>\\/$@;|&]|--?[a-zA-Z]|\w_\w|\w\.\w*[a-zA-Z]|[a-zA-Z][\w-]*-\w|::|\b[a-zA-Z]+\d|\d[a-zA-Z]+\b(?![ ]\w)")
_CERTAINLY_CODE = re.compile(r"(?:^|\s)--?[a-zA-Z]|\w ?=|\w\(|[\\/$]\w|\w_\w")
_CODE_LETTER = re.compile(r"[a-zA-Z]{2}|[a-zA-Z]\(")
_PHRASE = re.compile(r"[\d.,]+[ \u00a0]+[^\W\d_]{3,}|[^\W\d_]{3,}:?[ \u00a0]+[\d.,]+(?![\w])\W*$", re.MULTILINE)
"""A number with a noun beside it, or with one before it alone: words, and not code."""


def _code(text: str, holes: Sequence[Hole]) -> Iterator[Hole]:
    """Code that looks like code, in which numbers say nothing about the subject. "`5000`" and "`5000 deaths`" are read as words."""
    held = Zones((hole.start, hole.end) for hole in holes)
    for start, end in code(text):
        body = text[start:end].strip("`~")
        looks = _CODE_SIGN.search(body) and _CODE_LETTER.search(body) and (_CERTAINLY_CODE.search(body) or not _PHRASE.search(body))
        if looks and not any(at in held for at in (start, end - 1)) and not any(start < hole.start < end for hole in holes):
            yield Hole(start, end)


def in_file(path: str, text: str, key: Place, value: str) -> Callable[[int], Place]:
    """Where an offset into a key's value stands in a file: at the key itself, where the value is not written in one piece."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: key.line - 1]) + key.column - 1
    at = text.find(value, start, start + len(value) + 200)
    return lambda offset: key if at < 0 else place_of(path, text, at + offset)


def _hole(call: Call) -> Hole:
    """A call prints what the ledger holds; only the words that a term is shown by are the author's own."""
    return Hole(call.start, call.end, call.named.get("show", "") if call.name == "term" else "")


def _refused(text: str, calls: Sequence[Call]) -> Iterator[Hole]:
    """Code and HTML, which other rules refuse: what stands in them is not read as prose."""
    held = {call.start: call.end for call in calls}
    position = 0
    for match in _REFUSED.finditer(mask_code(text)):
        position = max(position, held.get(match.start(), 0))
        if match.start() >= position and match.start() not in held:
            yield Hole(match.start(), match.end())
            position = match.end()


def number(context: Context, typed: str, sentence: str, place: Place, language: str) -> Problem:
    """The problem of a typed number, with the likeliest fact."""
    call = context.likely.call(typed, sentence, language)
    meant = f"Did you mean {{{{ {call} }}}}?" if call else 'call it: {{ fact("…") }}'
    shown = " ".join(typed.split())[:60]
    hint = f'{meant} Where it needs no source: {{{{ number("{shown}", why="…") }}}}'
    return Problem(place, "unsourced-number", f"'{shown}' is typed, and comes from no source", hint)


def comparison(typed: str, place: Place, why: str = "") -> Problem:
    """The problem of a comparing word that nothing bears out; ``why`` says what keeps the comparison in its sentence from it."""
    hint = 'name in the same sentence, by fact("…") or cite("…"), a fact that compares or whose claims say so; else word("…", why="…")'
    message = f"'{typed[:60]}' compares, and nothing in its sentence bears that out"
    return Problem(place, "unsourced-comparison", f"{message}: {why}" if why else message, hint)


def sentence_of(flat: Flat, found: Finding) -> tuple[int, int]:
    """The sentence in which something was found, as a slice of the flat text."""
    start, end = max(found.start - 1_000, 0), min(found.end + 1_000, len(flat.text))
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(flat.text, start, end)]
    before = max((at for at in ends if at <= found.start), default=start)
    return before, min((at for at in ends if at >= found.end), default=end)


def _spoken(context: Context, calls: Sequence[Call], flat: Flat, found: Finding, comparing: Sequence[int]) -> Spoken:
    """A comparing word in its sentence, with what else compares there; ``comparing`` is where such words begin in the text."""
    start, end = sentence_of(flat, found)
    others = [at - start for at in comparing[bisect_left(comparing, start) : bisect_left(comparing, end)] if at != found.start]
    facts = context.ledger.facts
    named = [(facts[call.args[0]], call) for call in _called(calls, flat, (start, end)) if call.args[0] in facts]
    called = tuple((fact, bisect_left(flat.offsets, call.start) - start) for fact, call in named)
    return Spoken(flat.text[start:end], found.start - start, found.end - start, tuple(others), called)


def _called(calls: Sequence[Call], flat: Flat, sentence: tuple[int, int]) -> list[Call]:
    """The calls of facts and of what is cited in a sentence."""
    first, last = flat.offsets[sentence[0]], flat.offsets[sentence[1] - 1]
    return [call for call in calls if call.name in ("fact", "cite") and first <= call.start <= last]


def _dates(context: Context, calls: Sequence[Call], flat: Flat, sentence: tuple[int, int]) -> list[Edtf]:
    """The dates and periods of the claims that a sentence calls or cites: of the one that is named, or that the fact prefers."""
    found = list[Edtf | None]()
    for call in _called(calls, flat, sentence):
        holder = context.ledger.holders.get(call.args[0])
        if holder is None:
            continue
        if claim := call.named.get("claim"):
            entry = context.ledger.entry(holder.id, claim)
        else:
            entry = context.ledger.preferred(holder) if isinstance(holder, Fact) else None
        if entry:
            until = entry.claim.until if isinstance(entry.claim, Point) else None
            found += [entry.claim.period, entry.claim.date, until]
    return [date for date in found if date]
