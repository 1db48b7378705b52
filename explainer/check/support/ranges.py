"""Find which numbers belong together: the ends of a range or of a change.

Also find numbers that may have lost such a neighbour, because a quote was cut off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from explainer.check.support.uncounted import ends_with, is_date, is_year
from explainer.check.support.units import YEAR_IN_WORDS
from explainer.model.number_reader import WORD, Numeral
from explainer.model.number_words import Vocabulary, folded, is_spaced, vocabulary
from explainer.model.numerals import AND, is_amount_to_count

SENTENCE = re.compile(r"[;!?。！？।؟]|\.(?=\s+[^\W\d_a-zа-яё]|\s*$)|\n\s*\n")
_BETWEEN = re.compile(
    r"(?<!\w)(?:between|entre|zwischen|tra|fra|между|між|pomiędzy|między|mezi|medzi|mellan|mellem|mellom|tussen|între|antara"
    r"|antar|između|између|помеѓу|μεταξύ|ανάμεσα"
    r" σε|tarp|intre|giữa|ระหว่าง|בין|بين|بین)(?:\s+\w+)?\s*[$€£¥]?$",
    re.IGNORECASE,
)
_BETWEEN_ENDS: Final = r"(?:[^\d,;:!?()\n]{0,9}|\s*[^\s\d,;:!?()]{0,18}\s*[^\s\d,;:!?()]{0,2})"
"""What may join the ends of a range in any language.

It is at most one word and a particle, or two words that are very short.
"""
_JOINER = re.compile(_BETWEEN_ENDS)
_ENDING = re.compile(r"['’:-][^\W\d_]{1,5}\s+|(?<=\d:[^\W\d_]{2})\s|(?<=\d:[^\W\d_]{3})\s")
"""Matches an ending on a figure before another figure.

Examples: Turkish "50'den 60 bine", Finnish "50:stä 60:een".
"""
_DIGITS_BEFORE, _DIGITS_AFTER = (
    re.compile(rf"\d{_BETWEEN_ENDS}$"),
    re.compile(rf"{_BETWEEN_ENDS}\d"),
)


def may_be_a_range(text: str, index: int, found: tuple[Numeral, ...], language: str) -> str:
    """Return a number with a neighbour so close that the two may be a range, or "".

    The result is the text from the first number to the second. A year or a day that is known as
    such is no end of a range. Digits that are no number by themselves may be one: Amharic "ከ50 እስከ
    60".
    """
    number, words = found[index], vocabulary(language)
    for left, right, other in ((index - 1, index, index - 1), (index, index + 1, index + 1)):
        if left < 0 or right >= len(found):
            continue
        near = found[other]
        around = (
            folded(text[max(0, near.start - 40) : near.start]),
            folded(text[near.end : near.end + 40]),
        )
        joiner = _ENDING if words.complete else _JOINER
        gap = joiner.fullmatch(text, found[left].end, found[right].start)
        is_grouped = (
            number.value >= _GROUPED
            and re.search(r"\d[^\d]\d", text[number.start : number.end]) is not None
        )
        if is_year(near, text) and not near.mark and (is_grouped or number.value > 10 * near.value):
            # a number with grouped digits forms no range with a year: "2024 je bilo 41.200"
            continue
        if YEAR_IN_WORDS.fullmatch(text[found[left].start : found[right].start]):
            continue
        if gap and not words.complete and _holds_another_word(gap.group(), words):
            continue
        if (
            gap
            and not is_date(text, near, *around, words, language)
            and not (words.complete and is_year(near, text))
        ):
            return text[found[left].start : found[right].end].strip()
    if words.complete:
        return ""
    begin = found[index - 1].end if index else 0
    end = found[index + 1].start if index + 1 < len(found) else len(text)
    before, after = (
        text[max(begin, number.start - 40) : number.start],
        text[number.end : min(end, number.end + 40)],
    )
    digits = _DIGITS_BEFORE.search(before) or _DIGITS_AFTER.match(after)
    return digits.group().strip() if digits else ""


def _holds_another_word(gap: str, words: Vocabulary) -> bool:
    """Return whether a word between two numbers joins no range.

    Example: Georgian "68 ქვეყანაში 118", "in 68 countries 118". This is known only of languages
    whose words for "to" are listed.
    """
    to = words.phrases("to")
    low = folded(gap)
    if (
        to is None
        or to.search(low)
        or _DASH.search(gap)
        or AND.search(gap)
        or words.joins_alternatives.search(gap)
    ):
        return False
    return any(
        len(word) >= _LEAST_NOUN and not words.has("light", word) for word in re.findall(WORD, low)
    )


_DASH: Final = re.compile(r"[–—‒―~〜～]|(?<![^\W\d_])[-‐‑]")
_LEAST_NOUN: Final = 4
"""The minimum length of a word between two numbers that certainly joins no range."""


@dataclass(frozen=True)
class _Between:
    """The text around and between two numbers, without a unit that follows or precedes both.

    Example: ``gap`` is "to" for "USD 12 to USD 18".
    """

    before: str
    gap: str
    after: str
    is_unclear: bool = False
    """Whether the endings that join the two may also mean a change: Finnish "12 eurosta 18 euroon".
    """


_REPEATED_BEFORE: Final = 40
_LONGEST_UNIT: Final = 30
_MOST_UNIT_WORDS: Final = 3
_NO_UNIT: Final = re.compile(r"[\d,;:!?()\[\]{}|\n]|\.\s+\S")
_NO_CENTS: Final = re.compile(r"^[.,][-–—]{1,2}")
"""Matches the sign for no cents after a price: "CHF 120.-"."""
_SHORTEST_STEM: Final = 3
_LONGEST_ENDING: Final = 3


def _between(text: str, left: Numeral, right: Numeral, words: Vocabulary) -> _Between:
    """Return the text around and between two numbers, without a unit that is given at both."""
    before = text[max(0, left.start - 120) : left.start]
    gap, after = (
        _NO_CENTS.sub("", each)
        for each in (text[left.end : right.start], text[right.end : right.end + 60])
    )
    if len(gap) > _LONGEST_UNIT + _REPEATED_BEFORE:
        return _Between(before, gap, after)
    joints = [words.joins_ends, *([AND] if _tells_between(before, words) else [])]
    for joint in joints:
        for found in joint.finditer(gap):
            ahead, behind = gap[: found.start()].strip(), gap[found.end() :].strip()
            if (
                not found.group().strip()
                or not (ahead or behind)
                or not all(map(_is_unit, filter(None, (ahead, behind))))
            ):
                continue
            cut = _without_unit_before(before, behind) if behind else before
            if cut is not None and (not ahead or _follows_too(ahead, after)):
                return _Between(cut, found.group(), after)
    if (kind := _told_by_endings(gap.strip(), after, words)) is not None:
        return _Between(before, "-", after, is_unclear=kind == "endsorchange")
    return _Between(before, gap, after)


def _told_by_endings(
    unit: str, after: str, words: Vocabulary
) -> Literal["ends", "endsorchange"] | None:
    """Return the key of the endings by which a unit at both numbers says "from" and "to", or None.

    Example: Hungarian "12 eurótól 18 euróig".
    """
    following = re.match(WORD, after.lstrip())
    if not re.fullmatch(WORD, unit) or following is None:
        return None
    low, other = folded(unit), folded(following.group())
    for key in ("ends", "endsorchange"):
        for pair in words.sets.get(key, ()):
            first, _, last = pair.partition("|")
            if (
                low.endswith(first)
                and other.endswith(last)
                and other.startswith(low.removesuffix(first))
            ):
                return "ends" if key == "ends" else "endsorchange"
    return None


def _is_unit(written: str) -> bool:
    """Return whether a text between two numbers may be a unit: a few words, no figures or marks."""
    return (
        len(written) <= _LONGEST_UNIT
        and len(written.split()) <= _MOST_UNIT_WORDS
        and not _NO_UNIT.search(written)
    )


def _without_unit_before(before: str, unit: str) -> str | None:
    """Return the text before a unit at the end of ``before``, or None if it does not end so."""
    bare, low = before.rstrip(), folded(unit).rstrip(".")
    head = folded(bare).rstrip(".")
    if not low or not head.endswith(low) or len(folded(bare)) != len(bare):
        return None
    cut = bare.rstrip(".")[: -len(low)]
    is_whole = not (low[0].isalnum() and cut[-1:].isalnum() and is_spaced(low[0]))
    return cut if is_whole else None


def _follows_too(unit: str, after: str) -> bool:
    """Return whether a unit also follows the second number, perhaps inflected.

    Example: "1 euro à 3 euros".
    """
    own, following = folded(unit).split(), folded(after).split()[: len(unit.split())]
    if len(following) < len(own):
        return False
    return all(_are_one_word(one, other) for one, other in zip(own, following, strict=True))


def _are_one_word(one: str, other: str) -> bool:
    """Return whether two words are the same except for their endings.

    In a script that joins words, return whether the second begins with the first.
    """
    if not is_spaced(one[0]) and one[0].isalpha():
        return other.startswith(one)
    one, other = one.strip(_MARKS_AROUND), other.strip(_MARKS_AROUND)
    same = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return bool(one) and (
        one == other
        or (same >= _SHORTEST_STEM and max(len(one), len(other)) - same <= _LONGEST_ENDING)
    )


_MARKS_AROUND: Final = ".,;:!?()\"'“”„«»…–—-"


def are_joined(text: str, left: Numeral, right: Numeral, words: Vocabulary) -> bool:  # noqa: PLR0911
    """Return whether two numbers share their noun and unit: "30 to 40 people", "$2-3 million"."""
    gap = _between(text, left, right, words).gap
    if is_amount_to_count(text, left, right, words):
        return False
    if (
        is_year(left, text)
        and not left.mark
        and (right.mark or right.factor > 1 or right.value > 10 * left.value)
    ):
        return False  # "in 2009 - 576 580 people"
    years = (each for each in (left, right) if is_year(each, text) and not each.mark)
    if any(_is_year_of_another(text, each, words) for each in years):
        return False
    if left.doubt or right.doubt or {"th", "name"} & {left.mark, right.mark}:
        return False
    same = left.mark == right.mark
    if AND.fullmatch(gap) and not words.joins_ends.fullmatch(gap):
        return same or not left.mark
    if words.joins_alternatives.fullmatch(
        gap.rstrip(_SIGNS) + " "
    ) or words.joins_alternatives.fullmatch(gap):
        other_words = "," in gap and (
            not same or left.value >= right.value
        )  # "£23.8bn, or 12p a share"
        return (same or not left.mark) and not other_words
    gap = gap.rstrip("$€£¥₹₽ ") if right.mark and gap.strip() else gap
    alike = same or not left.mark or (not right.mark and left.mark not in ("%", "‰", "pp"))
    return (
        alike
        and (words.joins_ends.fullmatch(gap) or words.joins_ends.fullmatch(gap + " ")) is not None
    )


def _is_year_of_another(text: str, number: Numeral, words: Vocabulary) -> bool:
    """Return whether a number is the year of a number before it.

    Example: 2019 in "rose from 310 in 2019 to 512".
    """
    before = text[max(0, number.start - 40) : number.start]
    told = ends_with(folded(before), "year", words) or _YEAR_BEHIND.search(before) is not None
    return told and _OTHER_BEFORE.search(before) is not None


_OTHER_BEFORE: Final = re.compile(r"\d[^\d,;:()!?\n]*$")
_YEAR_BEHIND: Final = re.compile(
    r"\d[\s\u00a0][^\W\d_]{3,}[\s\u00a0]$|\s(?:i|in|en|em|im|nel|nell'anno|w|v|în|pada|u)[\s\u00a0]$"
)
"""Matches what may be before the year of a number: its noun alone, or a short preposition.

The prepositions are of any language.
"""


def range_of(
    text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary
) -> tuple[Decimal, Decimal] | None:
    """Return the ends of the range that a number belongs to, the lower one first, or None.

    The ends of a change, such as "rose from 310 to 460", and the numbers of a score are no range.
    """
    for left, right in ((index, index + 1), (index - 1, index)):
        if (
            left >= 0
            and right < len(found)
            and _kind_of_pair(text, found[left], found[right], words) == "range"
        ):
            low, high = sorted((found[left].value, found[right].value))
            return low, high
    return None


def _tells_between(before: str, words: Vocabulary) -> bool:
    """Return whether a text ends in a word such as "between".

    Italian "fra" is such a word, Danish "fra" ("from") is not.
    """
    found = _BETWEEN.search(before.rstrip("$€£¥ \u00a0"))
    return found is not None and not words.has("from", folded(found.group().split()[0]))


def stands_between(text: str, start: int) -> bool:
    """Return whether a word such as "between" is right before a place."""
    return _BETWEEN.search(text[max(0, start - 60) : start].rstrip("$€£¥ \u00a0")) is not None


def is_change(text: str, head: Numeral, last: Numeral, words: Vocabulary) -> bool:
    """Return whether something changed from one number to the next.

    Examples: "rose from 310 to 460", "von 310 auf 460".
    """
    if head.mark != last.mark or (kind := _kind_of_pair(text, head, last, words)) == "range":
        return False
    gap = text[head.end : last.start]
    if (
        len(gap) > _LONGEST_CHANGE
        or SENTENCE.search(gap)
        or "," in gap
        or any(words.has("and", each) for each in re.findall(WORD, folded(gap)))
    ):
        return kind == "change"
    sentence = (
        _last_sentence(text[max(0, head.start - 120) : head.start])
        + " "
        + folded(text[head.end : last.end + 60])
    )
    return (
        kind == "change"
        or _holds_stem(sentence, "change", words)
        or _ends_in(sentence[: head.start].rstrip(_SIGNS), "from", words)
    )


def doubted_range(text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary) -> str:
    """Return two numbers that may be a range, a change or a score, or "" if there is no doubt."""
    for left, right in ((index, index + 1), (index - 1, index)):
        if (
            left >= 0
            and right < len(found)
            and _kind_of_pair(text, found[left], found[right], words) == "unclear"
        ):
            return text[found[left].start : found[right].end].strip()
    return ""


def unread_alternative(text: str, number: Numeral, words: Vocabulary) -> str:
    """Return a word joined to a number by "or" that may be a number but was not read as one, or "".

    Example: Vietnamese "năm hoặc sáu", where "năm" means "five" and also "year". The result
    includes the number.
    """
    known = words.numbers.keys() | words.sets.get("year", frozenset())
    before, after = (
        folded(text[max(0, number.start - 30) : number.start]),
        folded(text[number.end : number.end + 30]),
    )
    for joint in words.joins_alternatives.finditer(before):
        last = re.search(rf"({WORD})$", before[: joint.start()])
        if joint.end() == len(before) and joint.start() and last and last.group(1) in known:
            return text[number.start - len(before) + last.start() : number.end]
    behind = words.joins_alternatives.match(after)
    first = re.match(WORD, after[behind.end() :]) if behind else None
    return (
        text[number.start : number.end + behind.end() + first.end()]
        if behind and first and first.group() in known
        else ""
    )


_GROUPED: Final = 1000
"""The lowest number whose digits are grouped."""
_LONGEST_CHANGE: Final = 25
"""The maximum length of the text between the two numbers of a change."""
_Pair = Literal["range", "change", "unclear", "apart"]
_SIGNS: Final = "$€£¥₹₽ "
_SURELY_A_CHANGE: Final = 3
"""The minimum ratio of the two numbers of "rose by 300 to 5,012".

Below it, as in "by 3 to 4", they may be a range of the rise.
"""


def _kind_of_pair(text: str, head: Numeral, last: Numeral, words: Vocabulary) -> _Pair:
    """Return what two neighbouring numbers are to each other."""
    if head.value != last.value and (told := _alternatives(text, head, last, words)):
        return told
    if not are_joined(text, head, last, words) or head.value == last.value:
        return "apart"
    around = _between(text, head, last, words)
    before, gap, after = around.before, around.gap, around.after
    between = _tells_between(before, words)
    bare_gap = gap.rstrip(_SIGNS)
    to = words.joins_ends.fullmatch(bare_gap + " ") or words.joins_ends.fullmatch(bare_gap)
    if between or not to:
        return "range" if between else "apart"
    if re.fullmatch(r"\s*[-–—‒～〜~∼]\s*", bare_gap) and not around.is_unclear:
        falls = head.value > last.value >= 0
        return "unclear" if falls or _is_score(before, after, last, words) else "range"
    told = _told_in_words(before, after, head, last, words)
    return "unclear" if told == "range" and around.is_unclear else told


_HIGHEST_ALTERNATIVE: Final = 2
"""The maximum ratio of the two numbers of "two or three thousand", which is a range."""


def _alternatives(text: str, head: Numeral, last: Numeral, words: Vocabulary) -> _Pair | None:
    """Return what two numbers joined by "or" are, or None if no "or" joins them.

    Examples: "five or six", "either 310 or 312", "5 people or 6 people".
    """
    gap = text[head.end : last.start]
    if not gap.strip() or {head.mark, last.mark} & {"th", "name"}:
        return None
    if re.fullmatch(r"[-‐‑],\s", gap) and not head.mark:  # "zwei-, dreihundert"
        return "unclear"
    in_words = not any(ch.isdigit() for ch in text[head.start : last.end])
    if gap == ", " and in_words and last.value == head.value + 1:  # "fyra, fem personer"
        return "unclear"
    bare = gap.rstrip(_SIGNS) + " " if gap.rstrip(_SIGNS) else gap
    if not (words.joins_alternatives.fullmatch(gap) or words.joins_alternatives.fullmatch(bare)):
        return (
            "unclear"
            if _repeats_its_noun(text, head, last, words) or _is_hedged(gap, head, last, words)
            else None
        )
    if not are_joined(text, head, last, words):
        return None
    lead = folded(text[max(0, head.start - 40) : head.start]).rstrip(_SIGNS + "\u00a0")
    near = head.value < last.value <= _HIGHEST_ALTERNATIVE * head.value
    return "range" if near and "," not in gap and not _ends_in(lead, "either", words) else "unclear"


def _is_hedged(gap: str, head: Numeral, last: Numeral, words: Vocabulary) -> bool:
    """Return whether "or" and one more word are between two close numbers: "310 or perhaps 312"."""
    near = head.mark == last.mark and head.value < last.value <= _HIGHEST_ALTERNATIVE * head.value
    hedge = re.search(rf"({WORD})\s+$", gap) if near else None
    return (
        hedge is not None and words.joins_alternatives.fullmatch(gap[: hedge.start()]) is not None
    )


def _repeats_its_noun(text: str, head: Numeral, last: Numeral, words: Vocabulary) -> bool:
    """Return whether two numbers joined by "or" have the same noun.

    Examples: "5 people or 6 people", "5人か6人".
    """
    gap, after = (
        folded(text[head.end : last.start]),
        folded(text[last.end : last.end + 40]).lstrip(),
    )
    for joint in words.joins_alternatives.finditer(gap):
        noun = gap[: joint.start()].strip()
        if joint.end() == len(gap) and noun and len(noun.split()) <= 2 and after.startswith(noun):
            return True
    return False


def _told_in_words(
    before: str, after: str, head: Numeral, last: Numeral, words: Vocabulary
) -> _Pair:
    """Return what two numbers joined by "to" are."""
    falls = head.value > last.value >= 0
    clause = _last_sentence(before)
    following = _first_sentence(after)
    changes = _holds_stem(clause, "change", words) or _holds_stem(following, "change", words)
    lead = clause.rstrip(_SIGNS + "\u00a0")
    from_or_by = _ends_in(lead, "from", words) and not _holds_stem(clause, "changefrom", words)
    if (
        changes
        and _ends_in(lead, "by", words)
        and (from_or_by or not _ends_in(lead, "from", words))
    ):
        return "unclear" if from_or_by and _are_near(head, last) else _by(head, last)
    if changes and (
        not words.sets.get("from")
        or _ends_in(lead, "from", words)
        or _ends_in(lead, "fromchange", words)
    ):
        return "change"
    if changes and (verb := _verb_at_end(lead, words)):
        has_object = verb.startswith(
            tuple(words.sets.get("changeobject", ())) or "\0"
        ) and _are_near(head, last)
        return "range" if has_object else _by(head, last)
    if falls:
        return "change" if _ends_in(lead, "from", words) else "unclear"
    if _ends_in(lead, "fromchange", words) or _is_score(before, after, last, words):
        return "unclear"
    return "range"


def _last_sentence(before: str) -> str:
    """Return the last sentence of the text before a place, folded.

    ``before`` must not be folded: a point ends a sentence only if a capital follows.
    """
    return folded(SENTENCE.split(before)[-1])


def _first_sentence(after: str) -> str:
    return folded(SENTENCE.split(after)[0])


def tells_a_change(text: str, number: Numeral, words: Vocabulary) -> bool:
    """Return whether a word before a number in its sentence means a change.

    Examples: "rose", "увеличилось".
    """
    return _holds_stem(
        _last_sentence(text[max(0, number.start - 120) : number.start]), "change", words
    )


def _by(head: Numeral, last: Numeral) -> _Pair:
    """Return what the numbers of "rose by 300 to 5,012" are: a rise and where it ended.

    If the numbers are close, they may be a range of the rise.
    """
    if (
        head.value >= last.value
        or last.value >= _SURELY_A_CHANGE * head.value
        or (head.mark and head.mark != last.mark)
    ):
        return "change"
    return "range" if last.mark in ("%", "‰", "pp") and not head.mark else "unclear"


def _ends_in(text: str, key: str, words: Vocabulary) -> bool:
    """Return whether folded text ends with a word under a key."""
    pattern = words.phrases(key)
    return pattern is not None and any(found.end() == len(text) for found in pattern.finditer(text))


def _holds_stem(text: str, key: str, words: Vocabulary) -> bool:
    """Return whether one of the last ten words of folded text begins with a stem under a key.

    In a script without spaces, return whether a stem is anywhere in the text.
    """
    stems = tuple(words.sets.get(key, ()))
    found = re.findall(WORD, text)
    if "unspaced" in words.flags:
        return any(stem in text for stem in stems)
    return bool(stems) and any(word.startswith(stems) for word in found[-10:])


def _verb_at_end(lead: str, words: Vocabulary) -> str:
    """Return the word right before a number that means a change, or "".

    It may be followed by "of": "up 40 to 5,120", "an increase of 300 to 5,012".
    """
    last = re.findall(WORD, lead)[-2:]
    if len(last) > 1 and words.has("of", last[-1]):
        last.pop()
    return (
        last[-1]
        if last and last[-1].startswith(tuple(words.sets.get("change", ())) or "\0")
        else ""
    )


def _are_near(head: Numeral, last: Numeral) -> bool:
    """Return whether the second number is larger, but close enough for a range."""
    return head.value < last.value < _SURELY_A_CHANGE * head.value


def _is_score(before: str, after: str, last: Numeral, words: Vocabulary) -> bool:
    """Return whether two numbers may be the result of a game or a vote.

    No noun follows them, and a word such as "won" is near.
    """
    if last.mark or last.value >= _HIGHEST_SCORE:
        return False
    clause = _last_sentence(before)
    following = _first_sentence(after)
    word = re.match(rf"\s*({WORD})", following)
    counted = word is not None and not any(
        words.has(key, word.group(1)) for key in ("stop", "light")
    )
    whole = set(re.findall(WORD, f"{clause} {following}"))
    scores = words.sets.get("score", frozenset())
    told = (
        any(each in clause for each in scores)
        if "unspaced" in words.flags
        else bool(whole & scores)
    )
    return told and not counted


_HIGHEST_SCORE: Final = 1000

_CUT: Final = r"(?:[\[(]\s?)?(?:…|\.\.\.?)"
_CUT_AFTER = re.compile(rf"\s*{_CUT}")
_CUT_BEFORE = re.compile(r"(?:…|\.\.\.?)(?:\s?[\])])?\s*$")
_INSERTED = re.compile(r"\s?\[([^\[\]]{1,40})\]")
_AND_NEAR: Final = 80


def cut_at(text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary) -> str:
    """Return the mark of an omission or an insertion beside a number in a quote, or "".

    The omission or insertion may have changed the number.
    """
    number = found[index]
    before, after = (
        text[max(0, number.start - 60) : number.start],
        text[number.end : number.end + _AND_NEAR],
    )
    joined = words.joins_ends
    if (cut := _CUT_AFTER.match(after)) and not re.match(r"(?:…|\.\.\.?)\d", after):
        return cut.group().strip()
    if (cut := _CUT_BEFORE.search(before)) and not re.search(r"\d(?:…|\.\.\.?)$", before):
        return cut.group().strip()
    joint = joined.match(after)
    if (
        joint
        and joint.end()
        and re.match(rf"\s*(?:$|{_CUT})", after[joint.end() :])
        and after[: joint.end()].strip(" .")
    ):
        return after[: joint.end()].strip()
    if (led := _led_by_a_cut(before, words)) or (led := _inserted(after, words)):
        return led
    return _half_between(text, index, found, words)


def _led_by_a_cut(before: str, words: Vocabulary) -> str:
    """Return the words that joined a number to one cut off before it, or "": "[…] to 510"."""
    for cut in re.finditer(r"(?:…|\.\.\.?)(?:\s?[\])])?", before):
        rest = before[cut.end() :]
        if words.joins_ends.fullmatch(rest) or (
            AND.fullmatch(rest) and not before[: cut.start()].strip(" [(")
        ):
            return before[cut.start() :].strip()
    return ""


def _inserted(after: str, words: Vocabulary) -> str:
    """Return words in square brackets after a number that change it, or "".

    Example: "12 [million] people".
    """
    bracket = _INSERTED.match(after)
    if bracket is None:
        return ""
    inner = bracket.group(1)
    changing = {*words.magnitudes, *words.added, *words.numbers}
    changes = any(word in changing for word in re.findall(WORD, folded(inner))) and not any(
        ch.isdigit() for ch in inner
    )
    joins = AND.match(f" {inner}") or words.joins_ends.match(f" {inner}")
    return bracket.group().strip() if changes or joins else ""


def _half_between(text: str, index: int, found: tuple[Numeral, ...], words: Vocabulary) -> str:
    """Return the word "between" of a range whose ends were not read as a range, or "".

    Example: "between 310 people and 510 people".
    """
    for at in (index, index - 1):
        if at < 0:
            continue
        number = found[at]
        before = text[max(0, number.start - 60) : number.start].rstrip("$€£¥ \u00a0")
        opened = _BETWEEN.search(before) if _tells_between(before, words) else None
        after = SENTENCE.split(text[number.end : number.end + _AND_NEAR])[0]
        joint = AND.search(after)
        closes = at == index or (
            joint is not None and found[index].start - number.end - joint.end() in range(12)
        )
        resolved = at + 1 < len(found) and (
            AND.fullmatch(text[number.end : found[at + 1].start])
            or _kind_of_pair(text, number, found[at + 1], words) == "range"
        )
        if opened and not resolved and closes and (joint or not after.strip()):
            return opened.group().strip()
    return ""
