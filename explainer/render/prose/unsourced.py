"""The rules ``unsourced-number``, ``unsourced-comparison`` and ``hedge-not-in-fact``.

They find numbers and words that an author typed instead of calling a fact.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from explainer.common.characters import mixed_script_words
from explainer.common.problems import Place, Problem, Problems
from explainer.lint.comparing import ComparingWord, why_unsupported
from explainer.lint.known import is_own_date
from explainer.lint.markdown_text import CALL, Hole, VisibleText, flatten
from explainer.lint.scan import Finding, scan
from explainer.lint.vocabularies import lines, pattern
from explainer.model.comparisons import compare
from explainer.model.dates import Edtf
from explainer.model.formulas import FormulaError
from explainer.model.ledger import Ledger
from explainer.model.quantities import Quantity
from explainer.model.records import Fact, Point
from explainer.read.records import disguise
from explainer.render.context import Context
from explainer.render.prose.calls import Call, find_calls, place_of
from explainer.render.prose.mask import Ranges, code, mask_code

# Numbers that count a list announced in their sentence: "Two jobs stand out", before two items

_WORDS = {
    2: "two|zwei|два|две|дві|двое|двоє",
    3: "three|drei|три|трое|троє",
    4: "four|vier|четыре|чотири",
    5: "five|fünf|пять|п’ять",
    6: "six|sechs|шесть|шість",
    7: "seven|sieben|семь|сім",
    8: "eight|acht|восемь|вісім",
    9: "nine|neun|девять|дев’ять",
    10: "ten|zehn|десять",
    11: "eleven|elf",
    12: "twelve|zwölf",
}
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}\.)[ \t]+\S")
_SPLIT = re.compile(
    r",\s*(?:(?:and|or|und|oder|и|или|та|і|й|або)\s)?|;\s*|\s(?:and|or|und|oder|и|или|та|і|й|або)\s"
)
_FARTHEST_LIST = 4_000
"""The distance after the number in which the list is searched, in characters."""


@cache
def _values_in() -> dict[str, int]:
    return {word: value for value, words in _WORDS.items() for word in words.split("|")}


def counts_what_follows(
    text: str, flat: VisibleText, found: Finding, sentence: tuple[int, int], language: str = "en"
) -> bool:
    """Whether a typed number is the number of items in the list that its sentence announces.

    The list comes after a colon or after the paragraph. Such a sentence is about the page and not
    about the world. It begins with the number, or with words that lead to a list ("There are", "We
    ask"). The number counts parts of a text (things, reasons, steps …), or its verb announces a
    list ("stand out", "matter"). "It killed three birds: a crow, a heron and an owl" counts birds,
    and must be supported by a fact.
    """
    typed = flat.text[found.start : found.end].replace("'", "’").casefold()
    count = int(typed) if re.fullmatch(r"[2-9]|1\d", typed, re.ASCII) else _values_in().get(typed)
    if count is None:
        return False
    told, colon, named = flat.text[found.end : sentence[1]].partition(":")
    if not _announces(flat.text[sentence[0] : found.start], told, language):
        return False
    if colon and named.strip():
        return len(_SPLIT.split(named.strip(" .!?"))) == count
    last = found.end + len(flat.text[found.end : sentence[1]].rstrip()) - 1
    return count == _items(text, flat.offsets[last])


def _announces(before: str, behind: str, language: str) -> bool:
    """Whether a sentence announces a list, by its text before and after the number."""
    opening, structure, verb = _leading(language)
    if not opening.fullmatch(before[-80:]):
        return False
    return structure.match(behind) is not None or verb.search(behind[:80]) is not None


@cache
def _leading(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return patterns for the words before the number, the nouns that it counts, and the verbs."""
    opening, structure, verb = (
        pattern(group, language) for group in ("opening", "structure", "announcing")
    )
    return (
        re.compile(rf"\W*(?:(?:{opening})[\s,]+){{0,3}}", re.IGNORECASE),
        re.compile(rf"\s(?:[\w’'-]+\s){{0,2}}(?:{structure})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:{verb})(?!\w)", re.IGNORECASE),
    )


def _items(text: str, at: int) -> int:
    """Return the number of items in the list after a paragraph and an empty line, or 0."""
    rest = text[at + 1 : at + 1 + _FARTHEST_LIST]
    behind = re.match(r"[^\w\n]{0,20}\n[ \t]*\n\s*", rest)
    if behind is None:
        return 0
    items, empty = 0, False
    for line in rest[behind.end() :].split("\n"):
        if _ITEM.match(line):
            items += 1
        elif items == 0 or (empty and line.strip() and not line.startswith((" ", "\t"))):
            break
        empty = not line.strip()
    return items


# Hedges: words beside a called number that change its meaning, as "over" before an exact number

_FARTHEST: Final = 60
"""The number of characters before and after a call that are searched."""
_SPEAKS = re.compile(
    r"(?:(?:know|knew|say|said|write|wrote|speak|spoke|talk|ask|report|disagree|argu|think|thought|worr|hear|tell|told|read|care)"
    r"\w*(?: \w+)?"
    r" about|(?:disagree|argu|quarrel|fight|fought|vote|debat|disput|spread|all|look)\w* over)\W*$",
    re.IGNORECASE,
)
"""Verbs whose "about" and "over" do not belong to the number after them."""
_FORMS: Final = {"exact": "an exact number", "range": "a range"}


def hedges(
    context: Context,
    calls: Sequence[Call],
    flat: VisibleText,
    place: Callable[[int], Place],
    language: str,
) -> Iterator[Problem]:
    """Yield a problem for each hedge next to a called number that does not have this form.

    ``place`` returns the place of an offset in the author's file.
    """
    for call in calls:
        if call.name != "fact" or call.named.get("show") == "when":
            continue
        at = bisect_left(flat.offsets, call.start)
        if flat.text[at : at + 1] != CALL:
            continue
        for said, start in _beside(flat.text, at, language):
            forms = _forms(context.ledger, call)
            word = (
                flat.text[start : start + 40].partition(CALL)[0].strip()
                if start < at
                else flat.text[start : start + len(said[1])]
            )
            if forms and forms != {said[0]}:
                yield _problem(call, word, forms, place(flat.offsets[start]))


def _problem(call: Call, word: str, forms: set[str], place: Place) -> Problem:
    name = call.args[0]
    own = (
        "several claims of different forms"
        if len(forms) > 1
        else _FORMS.get(next(iter(forms)), f"'{next(iter(forms))}'")
    )
    message = f"'{word}' beside the number that '{name}' prints, which is coded as {own}"
    hint = (
        f'take the word out: a call prints the words of its own claim; else {{{{ word("{word}",'
        ' why="…") }}'
    )
    return Problem(place, "hedge-not-in-fact", message, hint)


def _beside(text: str, at: int, language: str) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the hedges next to a call: the form that each gives its number, itself, its offset."""
    before, behind = text[max(at - _FARTHEST, 0) : at], text[at + 1 : at + 1 + _FARTHEST]
    found = _before(language)
    match = found.search(before) if found else None
    if match and not _SPEAKS.search(before):
        yield _named(match, language, "hedge "), at - len(before) + match.start("word")
    found = _behind(language)
    match = found.match(behind) if found else None
    if match:
        yield _named(match, language, "behind "), at + 1 + match.start("word")


def _named(match: re.Match[str], language: str, side: str) -> tuple[str, str]:
    word = match["word"]
    for line in lines(language):
        if line.group.startswith(side) and re.fullmatch(
            line.words.partition("(?=")[0], word, re.IGNORECASE
        ):
            return line.group.removeprefix(side), word
    raise AssertionError(f"'{word}' stands in no list")


@cache
def _before(language: str) -> re.Pattern[str] | None:
    words = _words(language, "hedge ")
    return (
        re.compile(rf"(?<![\w-])(?P<word>{words})[^\S\n]*\n?[^\S\n]*[$€£₽]?$", re.IGNORECASE)
        if words
        else None
    )


@cache
def _behind(language: str) -> re.Pattern[str] | None:
    words = _words(language, "behind ")
    return (
        re.compile(rf"[^\S\n]?(?:[^\W\d_]{{1,30}} )?(?P<word>{words})(?!\w)", re.IGNORECASE)
        if words
        else None
    )


def _words(language: str, side: str) -> str:
    return "|".join(line.words for line in lines(language) if line.group.startswith(side))


def _forms(ledger: Ledger, call: Call) -> set[str]:
    """Return the forms of the numbers that a call prints, or an empty set."""
    return {value.form for value in _values(ledger, call)}


def _values(ledger: Ledger, call: Call) -> Iterator[Quantity]:
    holder = ledger.holders.get(call.args[0])
    if holder is None:
        return
    try:
        if isinstance(holder, Fact) and holder.compares and "claim" not in call.named:
            found = compare(ledger, holder).value
            yield from (found,) if found else ()
        elif isinstance(holder, Fact) and holder.is_worked_out and "claim" not in call.named:
            yield ledger.derived(holder.id)
        else:
            chosen = ledger.entry(holder.id, call.named["claim"]) if "claim" in call.named else None
            if chosen is None and isinstance(holder, Fact):
                chosen = ledger.preferred(holder)
            entries = (
                [chosen]
                if chosen
                else [each for each in ledger.entries(holder) if not each.deprecated]
            )
            yield from (value for each in entries if (value := ledger.value(each)))
    except FormulaError:
        return  # another rule reports why it cannot be computed


# Typed numbers, dates and comparisons

_SENTENCE_ENDS = re.compile(r"(?<=[.?!])[”’»)\]\ufffc]*\s+|\n\s*\n|\n\|")

_REFUSED = re.compile(
    r"\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|<(?!https?://|mailto:)[a-zA-Z/!?][^>\n]*>?", re.DOTALL
)


def in_words(
    context: Context, path: str, text: str, place: Callable[[int], Place], language: str = "en"
) -> Iterator[Problem]:
    """Yield the problems of a short text that is not Markdown, such as the title of a page."""
    yield from unsourced(context, path, text, place, language, marked=False)


def unsourced(
    context: Context,
    path: str,
    text: str,
    place: Callable[[int], Place],
    language: str = "en",
    *,
    marked: bool = True,
) -> Iterator[Problem]:
    """Yield a problem for each number, date and comparison that a text types without a call.

    ``place`` returns the place of an offset in the author's file.
    """
    calls = find_calls(path, text, Problems())
    flat, findings = flatten_and_scan(
        text, calls, language, marked=marked, names=context.ledger.names
    )
    if marked:  # texts of records and front matter are checked when they are loaded
        yield from (
            disguise(place(flat.offsets[at]), word) for at, word in mixed_script_words(flat.text)
        )
    yield from hedges(context, calls, flat, place, language)
    comparing = [each.start for each in findings if each.kind == "comparison"]
    both = {
        (each.start, each.end) for each in findings if each.kind == "comparison"
    }  # for "doubled", support for the comparison is enough
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
            yield number(
                context,
                typed,
                flat.text[slice(*sentence)],
                place(flat.offsets[found.start]),
                language,
            )
        else:
            why = why_unsupported(
                _spoken(context, calls, flat, found, comparing), context.ledger, language
            )
            if why is not None:
                yield comparison(typed, place(flat.offsets[found.start]), why)


def flatten_and_scan(
    text: str, calls: Sequence[Call], language: str, *, marked: bool, names: tuple[str, ...] = ()
) -> tuple[VisibleText, list[Finding]]:
    """Return a text as readers see it, and what in it must be supported by a call.

    Calls are holes in the text. ``names`` are the names of the project.
    """
    holes = [*map(_hole, calls), *_refused(text, calls)]
    if marked:
        holes += _code(text, holes)
    flat = flatten(text, sorted(holes, key=lambda hole: hole.start), marked=marked)
    return flat, scan(flat.text, language, names)


_CODE_SIGN = re.compile(
    r"[=(){}<>\\/$@;|&]|--?[a-zA-Z]|\w_\w|\w\.\w*[a-zA-Z]|[a-zA-Z][\w-]*-\w|::|\b[a-zA-Z]+\d|\d[a-zA-Z]+\b(?!["
    r" ]\w)"
)
_CERTAINLY_CODE = re.compile(r"(?:^|\s)--?[a-zA-Z]|\w ?=|\w\(|[\\/$]\w|\w_\w")
_CODE_LETTER = re.compile(r"[a-zA-Z]{2}|[a-zA-Z]\(")
_PHRASE = re.compile(
    r"[\d.,]+[ \u00a0]+[^\W\d_]{3,}|[^\W\d_]{3,}:?[ \u00a0]+[\d.,]+(?![\w])\W*$", re.MULTILINE
)
"""A number before a word, or after a word at the end of a line. This is text, not code."""


def _code(text: str, holes: Sequence[Hole]) -> Iterator[Hole]:
    """Yield the code that looks like code, so that its numbers say nothing about the subject.

    "`5000`" and "`5000 deaths`" do not look like code, so they are read as text.
    """
    held = Ranges((hole.start, hole.end) for hole in holes)
    for start, end in code(text):
        body = text[start:end].strip("`~")
        looks = (
            _CODE_SIGN.search(body)
            and _CODE_LETTER.search(body)
            and (_CERTAINLY_CODE.search(body) or not _PHRASE.search(body))
        )
        if (
            looks
            and not any(at in held for at in (start, end - 1))
            and not any(start < hole.start < end for hole in holes)
        ):
            yield Hole(start, end)


def in_file(path: str, text: str, key: Place, value: str) -> Callable[[int], Place]:
    """Return a function from offsets in a key's value to places in the file.

    If the value is not in one piece in the file, all places are that of the key.
    """
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: key.line - 1]) + key.column - 1
    at = text.find(value, start, start + len(value) + 200)
    return lambda offset: key if at < 0 else place_of(path, text, at + offset)


def _hole(call: Call) -> Hole:
    """Return the hole of a call, with the text that the author typed for a term.

    All other calls print the ledger's text.
    """
    return Hole(call.start, call.end, call.named.get("show", "") if call.name == "term" else "")


def _refused(text: str, calls: Sequence[Call]) -> Iterator[Hole]:
    """Yield template code and HTML, which are not read as prose. Other rules refuse them."""
    held = {call.start: call.end for call in calls}
    position = 0
    for match in _REFUSED.finditer(mask_code(text)):
        position = max(position, held.get(match.start(), 0))
        if match.start() >= position and match.start() not in held:
            yield Hole(match.start(), match.end())
            position = match.end()


def number(context: Context, typed: str, sentence: str, place: Place, language: str) -> Problem:
    """Return the problem of a typed number, with the most likely fact in its hint."""
    call = context.likely.call(typed, sentence, language)
    meant = f"Did you mean {{{{ {call} }}}}?" if call else 'call it: {{ fact("…") }}'
    shown = " ".join(typed.split())[:60]
    hint = f'{meant} Where it needs no source: {{{{ number("{shown}", why="…") }}}}'
    return Problem(place, "unsourced-number", f"'{shown}' is typed, and comes from no source", hint)


def comparison(typed: str, place: Place, why: str = "") -> Problem:
    """Return the problem of a comparing word without support.

    ``why`` says why the comparison that its sentence calls does not support it; it may be empty.
    """
    hint = (
        'name in the same sentence, by fact("…") or cite("…"), a fact that compares or whose claims'
        ' say so; else word("…", why="…")'
    )
    message = f"'{typed[:60]}' compares, and nothing in its sentence bears that out"
    return Problem(place, "unsourced-comparison", f"{message}: {why}" if why else message, hint)


def sentence_of(flat: VisibleText, found: Finding) -> tuple[int, int]:
    """Return the sentence in which something was found, as a slice of the flat text."""
    start, end = max(found.start - 1_000, 0), min(found.end + 1_000, len(flat.text))
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(flat.text, start, end)]
    before = max((at for at in ends if at <= found.start), default=start)
    return before, min((at for at in ends if at >= found.end), default=end)


def _spoken(
    context: Context,
    calls: Sequence[Call],
    flat: VisibleText,
    found: Finding,
    comparing: Sequence[int],
) -> ComparingWord:
    """Return a comparing word in its sentence, with the other comparing words and the facts there.

    ``comparing`` has the offsets of all comparing words in the text.
    """
    start, end = sentence_of(flat, found)
    others = [
        at - start
        for at in comparing[bisect_left(comparing, start) : bisect_left(comparing, end)]
        if at != found.start
    ]
    facts = context.ledger.facts
    named = [
        (facts[call.args[0]], call)
        for call in _called(calls, flat, (start, end))
        if call.args[0] in facts
    ]
    called = tuple((fact, bisect_left(flat.offsets, call.start) - start) for fact, call in named)
    return ComparingWord(
        flat.text[start:end], found.start - start, found.end - start, tuple(others), called
    )


def _called(calls: Sequence[Call], flat: VisibleText, sentence: tuple[int, int]) -> list[Call]:
    """Return the calls of ``fact`` and ``cite`` in a sentence."""
    first, last = flat.offsets[sentence[0]], flat.offsets[sentence[1] - 1]
    return [call for call in calls if call.name in ("fact", "cite") and first <= call.start <= last]


def _dates(
    context: Context, calls: Sequence[Call], flat: VisibleText, sentence: tuple[int, int]
) -> list[Edtf]:
    """Return the dates and periods of the claims that a sentence calls or cites.

    Of a fact, this is the claim that is named, or else the preferred claim.
    """
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
