"""Find numbers in texts: "30,000", "1,5 млн", "twenty thousand", "৩৫ হাজার", "3万5千".

Each number has its place and its mark (a currency or percent sign, for example). A number is a
figure or words, and then words that multiply it or add to it. ``number_reader.figures`` reads
separators, and ``number_words.vocabulary`` has the words.

"155 тыс. 570" is 155,570, and "two and a half million" is 2,500,000. Raised digits are marks of
notes. In "50-60 тыс." the first number is 50,000. If one certain value is not possible, the number
has a ``doubt``, and the number supports no claim.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from explainer.languages import LISTS
from explainer.model.number_reader import (
    CURRENCIES,
    MARKS_OF_SCRIPTS,
    SIGN_AFTER,
    SIGN_BEFORE,
    WORD,
    Numeral,
    Reader,
    Token,
    tokens_of,
)
from explainer.model.number_words import (
    Vocabulary,
    folded,
    is_minus_elsewhere,
    is_spaced,
    signs,
    vocabulary,
    year_leads,
)

__all__ = ["AND", "WORD", "Numeral", "is_amount_to_count", "numerals", "plain"]

_PERCENT_WORDS: Final = LISTS / "percent_words.tsv"
_ARTICLE: Final = r"(?:(?:i|gli|le|les|los|las|os|as|de|die|der|den|the|a)\s+)?"
AND = re.compile(
    r"\s+(?:and|or|и|или|та|і|й|или|und|oder|i|lub|a|ai|et|ou|e|y|o|og|och|en|of|ve|veya|és|vagy|ja|tai|dan|atau|और|या|এবং|و|یا|και|și|và)\s+"
    + _ARTICLE
    + r"|\s+و|[和与與]"
)
"""Matches what joins two numbers, or the ends of a range after "between"."""
_NAME = re.compile(r"(?<!\w)[A-ZА-ЯЁ][\w]*[-‐‑–]$")
_MOST: Final = 10**15
"""Numbers from here on are not divided: with 28 or more digits, that would fail."""
_WIDEST: Final = 50
"""The widest range whose first number is surely multiplied like its last: "1 to 30 million".

The last number may be at most this many times the first.
"""
_TEN: Final = 10
_POINT_REACH: Final = 40
"""How many letters before a number are searched for the words for one and the decimal point."""
_HUNDRED, _THOUSAND = 100, 1000
_JOINTS_OF_PARTS: Final = frozenset(
    ["and", "und", "y", "e", "و", "och", "og", "en", "și", "és", "και"]
)
"""Words that join a magnitude to the rest of its number: "926 thousand and 270"."""
_SPOKEN_POINTS: Final = LISTS / "spoken_points.tsv"


def plain(text: str) -> str:
    """Return the text with digits of any script and full-width signs in ASCII.

    All offsets stay the same.
    """
    return text if text.isascii() else text.translate(_plain_signs())


@cache
def _plain_signs() -> dict[int, str]:
    digits = {
        code: str(unicodedata.decimal(chr(code)))
        for code in range(0x80, sys.maxunicode + 1)
        if chr(code).isdecimal()
    }
    letters = {
        code: chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    }
    return {
        **digits,
        **letters,
        0xFF0C: ",",
        0xFF0E: ".",
        0xFF05: "%",
        0x066A: "%",
        0xFF0D: "-",
        0xFF04: "$",
        0xFF0F: "/",
        0xFF1A: ":",
    }


@lru_cache(maxsize=8192)
def numerals(text: str, language: str = "en") -> tuple[Numeral, ...]:
    """Return every number in ``text``, in order."""
    words, text = vocabulary(language), plain(text)
    read = _with_points_read(text, list(_scan(text, words, language)), language)
    scanned = _with_parts_doubted(text, read, words)
    found = _without_noughts(text, _with_stray_digits_doubted(text, scanned, words), words)
    return tuple(
        sorted(
            _with_range_heads(text, found, words), key=lambda number: (number.start, number.value)
        )
    )


def _scan(text: str, words: Vocabulary, language: str) -> Iterator[Numeral]:
    tokens, leads = list(tokens_of(text, words, language)), year_leads(language)
    at = behind = 0
    while at < len(tokens):
        taken = (
            Reader(text, tokens, words, leads).number(at) if _may_begin(tokens[at], words) else None
        )
        if taken is None:
            at += 1
            continue
        number, after = taken
        marked = _marked(text, number, tokens[at], words, behind)
        yield marked
        at, behind = max(after, at + 1), marked.end


def _without_noughts(text: str, found: list[Numeral], words: Vocabulary) -> list[Numeral]:
    """Return the numbers without a zero from which the next number is counted down.

    Hindi "शून्य से 12 डिग्री नीचे" is -12.
    """
    heads = {pair.partition("|")[0] for pair in words.sets.get("around", ())}
    if not heads:
        return found
    counted_from = {
        left.start
        for left, right in pairwise(found)
        if right.value < 0 and folded(text[left.start : right.start]).strip() in heads
    }
    return [each for each in found if each.start not in counted_from]


_READ_POINTS: Final = {"am": "ነጥብ"}
"""The word for the decimal point that a language writes between figures.

Amharic "1 ነጥብ 43 ቢሊዮን" is 1.43 billion.
"""


def _with_points_read(text: str, found: list[Numeral], language: str) -> list[Numeral]:
    """Return the numbers. Two plain figures with such a word between them become one."""
    point = _READ_POINTS.get(language.partition("-")[0])
    if point is None:
        return found
    joined: list[Numeral] = []
    for number in found:
        left, digits = (
            joined[-1] if joined else None,
            re.match(r"\d+", text[number.start : number.end]),
        )
        is_point = (
            left is not None
            and text[left.start : left.end].isdigit()
            and text[left.end : number.start].strip() == point
        )
        if (
            left is None
            or digits is None
            or not is_point
            or number.doubt
            or left.doubt
            or number.mark
        ):
            joined.append(number)
            continue
        figure = Decimal(f"{text[left.start : left.end]}.{digits.group()}")
        if number.value != Decimal(digits.group()) * number.factor:
            joined.append(number)
            continue
        bare = None if number.bare is None else figure
        joined[-1] = replace(number, value=figure * number.factor, start=left.start, bare=bare)
    return joined


def _with_parts_doubted(text: str, found: list[Numeral], words: Vocabulary) -> list[Numeral]:
    """Return the numbers, with a doubt on those that may be parts of one number.

    Examples: "two point five", "926 thousand and 270", "six hundred 80".
    """
    doubts: dict[int, str] = {}
    for index, (left, right) in enumerate(pairwise(found)):
        gap = text[left.end : right.start]
        goes_on = index in doubts and not gap.strip() and len(gap) <= 1  # "2 point nought 6"
        if goes_on or _has_spoken_point(text, left, right) or _are_parts(text, left, right, words):
            whole = text[left.start : right.end]
            doubts[index] = doubts.get(index, whole)
            doubts[index + 1] = whole
    return [
        replace(each, doubt=each.doubt or doubts.get(index) or _led_by_a_point(text, each, words))
        for index, each in enumerate(found)
    ]


def _has_spoken_point(text: str, left: Numeral, right: Numeral) -> bool:
    """Return whether only a word or sign for the decimal point is between two numbers.

    Between a word and a figure it does not count: "at one point 512 people".
    """
    is_mixed = (
        not any(ch.isdigit() for ch in text[left.start : left.end]) and text[right.start].isdigit()
    )
    return not is_mixed and folded(text[left.end : right.start].strip()) in _spoken_points()


def _led_by_a_point(text: str, number: Numeral, words: Vocabulary) -> str:
    """Return the words for one and for the decimal point before a number in words, or "".

    The word for one is also an article: French "un virgule deux".
    """
    before = re.search(
        rf"({WORD})\s+({WORD})\s+$", text[max(0, number.start - _POINT_REACH) : number.start]
    )
    is_led = (
        before is not None
        and words.has("1x", folded(before.group(1)))
        and folded(before.group(2)) in _spoken_points()
    )
    return before.group().strip() if before and is_led and not text[number.start].isdigit() else ""


@cache
def _spoken_points() -> frozenset[str]:
    lines = _SPOKEN_POINTS.read_text(encoding="utf-8").splitlines()
    return frozenset(
        folded(word.replace("_", " "))
        for line in lines
        if not line.startswith("#")
        for word in line.split()
    )


def _are_parts(text: str, left: Numeral, right: Numeral, words: Vocabulary) -> bool:
    """Return whether a magnitude and a smaller figure after it are one number in two parts."""
    gap = text[left.end : right.start]
    figure = right.value if right.bare is None else right.bare
    is_figure = text[right.start : right.start + 1].isdigit() and not right.mark
    if (
        not is_figure
        or left.mark
        or max(left.value, figure) >= _MOST
        or text[right.end : right.end + 1] in ("-", "‐", "‑")
        or left.value % 1
        or figure % 1
    ):
        return False
    if (
        left.factor >= _THOUSAND
        and _HUNDRED <= right.value < left.factor
        and folded(gap.strip()) in _JOINTS_OF_PARTS
    ):
        return right.factor == 1
    in_words = not any(ch.isdigit() for ch in text[left.start : left.end])
    ends_in_hundreds = in_words and left.value % _THOUSAND > 0 and left.value % _HUNDRED == 0
    return (
        ends_in_hundreds
        and gap.isspace()
        and 0 < figure < _HUNDRED
        and "unspaced" not in words.flags
    )


def _with_stray_digits_doubted(text: str, found: list[Numeral], words: Vocabulary) -> list[Numeral]:
    """Return the numbers, with a doubt if signs beside them make them uncertain.

    This is only for scripts without spaces.
    """
    if "unspaced" not in words.flags:
        return found
    doubts = {**_beside_vague_signs(text, found, words), **_touching(text, found)}
    return [
        replace(each, doubt=each.doubt or doubts.get(index, "")) for index, each in enumerate(found)
    ]


def _touching(text: str, found: list[Numeral]) -> dict[int, str]:
    """Return the doubtful texts of numbers that are too close together, by index in the list.

    They are numbers that touch, such as "七72万", and two digits for "some", such as "二、三人" (2 or 3).
    """  # noqa: E501
    doubts: dict[int, str] = {}
    for index, (left, right) in enumerate(pairwise(found)):
        gap = text[left.end : right.start]
        touch = not gap and not left.mark and not right.mark
        roughly = gap == "、" and left.value + 1 == right.value < _TEN
        if touch or roughly:
            doubts[index] = doubts[index + 1] = text[left.start : right.end]
    return doubts


def _beside_vague_signs(text: str, found: list[Numeral], words: Vocabulary) -> dict[int, str]:
    """Return the doubtful texts of numbers beside vague signs, by index in the list.

    A sign before a number was not read with it ("数十万"), or a vague sign is right after it ("十数人").
    """  # noqa: E501
    doubts: dict[int, str] = {}
    vague = words.sets.get("vague", frozenset())
    signs_before = vague | words.magnitudes.keys() | words.numbers.keys()
    for index, each in enumerate(found):
        before, after = text[each.start - 1 : each.start], text[each.end : each.end + 1]
        touches_number = index > 0 and found[index - 1].end == each.start
        if before in signs_before and before and not each.mark and not touches_number:
            doubts[index] = before + text[each.start : each.end]
        elif after in vague and after:
            doubts[index] = text[each.start : each.end] + after
    return doubts


def _may_begin(token: Token, words: Vocabulary) -> bool:
    return token.kind != "word" or token.text in words.firsts


def _marked(text: str, number: Numeral, first: Token, words: Vocabulary, behind: int) -> Numeral:
    """Return the number with its sign, its mark, and its end after a percent sign.

    ``behind`` is the end of the number before it. A sign before that end belongs to the other
    number: "61 % ten years ago".
    """
    before = text[max(behind, number.start - 24) : number.start]
    code = SIGN_BEFORE.search(before)
    value, mark, end = number.value, number.mark, number.end
    doubt = number.doubt
    if value > 0:
        shown = before[: code.start()] if code else before
        if _says_minus(text, number, shown, words):
            value = value.copy_negate()
        else:
            doubt = doubt or is_minus_elsewhere(shown, text[number.end : number.end + 60], words)
    if not mark and _NAME.search(before) and not (first.text.isdigit() and len(first.text) == 4):
        mark = "name"
    folded_after = folded(text[end : end + 40])
    points = words.phrases("points")
    if (
        not mark
        and points
        and (found := re.compile(r"[\s-]{0,2}").match(folded_after))
        and points.match(folded_after, found.end())
    ):
        mark = "pp"
    elif (
        not mark
        and (percent := _percent().match(text, end))
        and not _opens_the_next(text, number, percent)
    ):
        sign = percent.group().strip()
        mark, end = (sign if sign in "%‰" else "%"), percent.end()
        rest = folded(text[end : end + 24]).lstrip(" -")
        if (points and points.match(rest)) or re.match(
            r"[\s-]?(?:points?|пункт|p\b|punkt|포인트)", rest
        ):
            mark = "pp"
    elif not mark and code:
        mark = code.group().strip().replace("Y", "y")
    elif (
        not mark
        and (sign_after := SIGN_AFTER.match(text, end))
        and not _opens_the_next(text, number, sign_after)
    ):
        mark, end = sign_after.group(1), sign_after.end()
    bare = (
        number.bare.copy_negate()
        if number.bare is not None and value != number.value
        else number.bare
    )
    return replace(number, value=value, mark=mark, end=end, bare=bare, doubt=doubt)


def _opens_the_next(text: str, number: Numeral, sign: re.Match[str]) -> bool:
    """Return whether a sign between two numbers belongs to the second: "12 $15".

    So it is after a year too: "2012 USD 15".
    """
    gap = re.compile(r"\s?(?=\d)").match(text, sign.end())
    if gap is None or not sign.group()[0].isspace():
        return False
    written = text[number.start : number.end]
    return not gap.group() or (written.isdigit() and len(written) == len("2012"))


@cache
def _percent() -> re.Pattern[str]:
    """Return a pattern for a percent sign or word right after a number.

    In scripts without capital letters, the word may follow without a space.
    """
    lines = _PERCENT_WORDS.read_text(encoding="utf-8").splitlines()
    made: dict[bool, list[str]] = {False: [], True: []}
    for line in sorted(
        (each for each in lines if each and not each.startswith("#")),
        key=lambda each: (-len(each), each),
    ):
        word = line.removesuffix("*")
        inner = re.escape(word).replace("\\ ", r"\s?")
        letters = rf"[\w{MARKS_OF_SCRIPTS}]"
        end = (
            rf"{letters}*"
            if line.endswith("*")
            else rf"(?!{letters})"
            if is_spaced(word[-1]) or not word[-1].isalnum()
            else ""
        )
        made[word[0].lower() != word[0].upper()].append(inner + end)
    return re.compile(
        rf"\s?(?:[%‰]|{'|'.join(made[False])})|\s(?:{'|'.join(made[True])})", re.IGNORECASE
    )


def _says_minus(text: str, number: Numeral, before: str, words: Vocabulary) -> bool:
    """Return whether a word before or after a number makes it negative.

    French "moins" does not in "au moins".
    """
    head = folded(before).rstrip()
    is_bound = head.endswith(tuple(words.sets.get("atleast", ())))
    minus = frozenset() if is_bound else words.sets.get("minus", frozenset())
    for word in minus:
        if (
            head.endswith(word)
            and not head[: -len(word)][-1:].isalnum()
            and not re.search(r"\d\s*$", head[: -len(word)])
        ):
            return True
        if not word.isascii() and head.endswith(word) and "unspaced" in words.flags:
            return True
    below = words.phrases("below")
    following = re.split(r"[.,;:!?]\s", folded(text[number.end : number.end + 40]))[0]
    found = below.search(following) if below else None
    if found and not any(ch.isdigit() for ch in following[: found.start()]):
        return True
    return any(
        _stands_around(head, following, pair) for pair in words.sets.get("around", frozenset())
    )


def _stands_around(before: str, after: str, pair: str) -> bool:
    """Return whether the two halves of a phrase, which "|" separates, are around a number.

    Example: Hindi "शून्य से 12 डिग्री नीचे".
    """
    head, _, tail = pair.partition("|")
    at = after.find(tail)
    return before.endswith(head) and at >= 0 and not any(ch.isdigit() for ch in after[:at])


def _is_range(gap: str, words: Vocabulary) -> bool:
    """Return whether the text between two numbers makes them a range or a pair.

    Examples: "30 to 40", "3 and 4 million".
    """
    plain_gap = gap.rstrip(f"{CURRENCIES} ")
    joints = (words.joins_ends, words.joins_alternatives, AND)
    return any(
        joint.fullmatch(each) for joint in joints for each in (gap, plain_gap, plain_gap + " ")
    )


def is_amount_to_count(text: str, left: Numeral, right: Numeral, words: Vocabulary) -> bool:
    """Return whether an amount of money is before a count of something else.

    Example: "awarded $1.45bn to 312 plaintiffs".
    """
    if not left.mark or left.mark in ("%", "‰", "pp", "th", "name") or right.mark:
        return False
    if re.fullmatch(r"\s*[-–—‒]\s*", text[left.end : right.start]):
        return False
    following = re.compile(rf"\s*({WORD})").match(text, right.end)
    word = folded(following.group(1)) if following else ""
    if not word or word in frozenset[str]().union(*signs().values()):
        return False
    return not any(words.has(key, word) for key in ("stop", "light", "per", "of"))


def _with_range_heads(text: str, found: list[Numeral], words: Vocabulary) -> Iterator[Numeral]:
    """Yield the numbers, with what the ends of a range share.

    The first number of "50-60 тыс." and "8-9,000" gets the magnitude of the last. Both numbers of
    "$2-3" get the sign.
    """
    last_of = {
        head.start: last
        for head, last in pairwise(found)
        if _is_range(text[head.end : last.start], words)
        and not is_amount_to_count(text, head, last, words)
    }
    sign_of = {
        last_of[head.start].start: head.mark
        for head in found
        if head.start in last_of and head.mark and not last_of[head.start].mark
    }
    for head in found:
        sign, dashed = (
            sign_of.get(head.start, ""),
            re.search(r"[-–—‒～〜~]\s*$", text[max(0, head.start - 3) : head.start]),
        )
        if dashed and sign not in ("", "%", "‰", "pp", "th", "name"):
            head = replace(head, mark=sign)  # noqa: PLW2901
        last = last_of.get(head.start)
        alike = last is not None and (head.mark == last.mark or not head.mark or not last.mark)
        if (
            last is None
            or head.value <= 0
            or head.value >= last.value
            or not alike
            or head.doubt
            or head.mark in ("%", "‰", "pp", "th", "name")
        ):
            yield head
            continue
        yield _raised(text, head, last)


def _raised(text: str, head: Numeral, last: Numeral) -> Numeral:
    """Return the first number of a range, multiplied like the last.

    It gets a doubt if it might be a small number: "from 5 to 200,000".
    """
    thousands = (
        head.value < 1000
        and head.factor == 1
        and last.factor == 1
        and last.value < _MOST
        and last.value % 1000 == 0
    )
    factor = last.factor if last.factor > 1 else 1000 if thousands else 1
    if not (factor > head.factor and head.value * factor < last.value):
        return head
    if last.value > head.value * factor * (Decimal("2.5") if last.factor == 1 else _WIDEST):
        return replace(head, doubt=text[head.start : last.end])
    return replace(head, value=head.value * factor, factor=factor, bare=None)
