"""Read one number of a text: its digits and separators, its words, and what multiplies them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Final

from explainer.model.number_words import LONGEST, Vocabulary, YearLeads, folded, locale_of

# Figures: runs of digits and separators.
#
# The form of the whole decides what a separator means: "1.500.000" has groups in any language, and
# "1,500.75" has decimals after its last mark. If the form is ambiguous ("1.500"), CLDR's separators
# for the language decide. If these do not decide either, the figure has a doubt.

_SPACES: Final = " \u00a0\u202f\u2009\u2007\u2008\u2005\u2006"
_APOSTROPHES: Final = "'’ʼ‘´"
MIDDLE_DOTS: Final = "·˙٫・･"
"""Marks before decimals in any language. The last two are Japanese: "47・1%"."""
RUN: Final = rf"\d+(?:[.,{MIDDLE_DOTS}٬،_{_APOSTROPHES}{_SPACES}]\d+){{0,12}}"
"""A run of digits with single separators between them, as a pattern."""
_PARTS = re.compile(r"(\d+)([^\d]?)")


@dataclass(frozen=True)
class Figure:
    """One figure of a run, with its place in the run. It has a doubt if the value is a guess."""

    value: Decimal
    start: int
    end: int
    doubt: str = ""


def figures(run: str, language: str) -> Iterator[Figure]:
    """Yield the figures of a run of digits.

    Usually there is one, but "2025 160 000" has two, and "1969,0.0517" is two cells of a table.
    """
    for piece, start in _pieces(run):
        yield from _read(piece, start, language)


def _pieces(run: str) -> Iterator[tuple[str, int]]:
    """Yield the pieces of a run, cut at each space that cannot separate groups of three digits."""
    digits = [(match.group(1), match.group(2), match.start()) for match in _PARTS.finditer(run)]
    begin = 0
    grouped = False
    for index, (number, mark, at) in enumerate(digits[:-1]):
        following = digits[index + 1][0]
        first = at == begin
        may_group = len(following) == 3 and (
            (first and len(number) <= 3 and number[0] != "0") or (grouped and len(number) == 3)
        )
        if mark and mark in _SPACES and not may_group:
            yield run[begin : at + len(number)], begin
            begin, grouped = digits[index + 1][2], False
            continue
        grouped = bool(mark and mark in _SPACES)
    yield run[begin:], begin


def _read(text: str, at: int, language: str) -> Iterator[Figure]:
    parts = re.split(r"\D", text)
    marks = [
        "’" if mark in _APOSTROPHES else " " if mark in _SPACES else mark
        for mark in re.findall(r"\D", text)
    ]
    whole = Figure(Decimal("".join(parts)), at, at + len(text))
    if not marks:
        yield whole
        return
    kinds = list(dict.fromkeys(marks))
    decimal = Decimal("".join(parts[:-1]) + "." + parts[-1])
    if (
        len(kinds) == 2
        and marks.count(marks[-1]) == 1
        and kinds[0] not in MIDDLE_DOTS
        and marks[-1] in f".,{MIDDLE_DOTS}"
        and _are_groups(parts[:-1])
    ):
        yield Figure(decimal, at, at + len(text))
    elif len(kinds) > 1 or (len(marks) > 1 and not _are_groups(parts)):
        yield from _cells(text, at, parts, marks, language)
    elif len(marks) > 1:
        yield (
            whole if marks[0] not in MIDDLE_DOTS else Figure(whole.value, at, at + len(text), text)
        )
    else:
        yield _with_one_mark(text, at, parts, marks[0], language)


def _with_one_mark(text: str, at: int, parts: list[str], mark: str, language: str) -> Figure:
    """Return a figure with one separator, which marks decimals or thousands."""
    value, decimal = Decimal("".join(parts)), Decimal(f"{parts[0]}.{parts[1]}")
    end = at + len(text)
    if mark in MIDDLE_DOTS:
        # "5・6年生" are the fifth and the sixth year
        may_be_two = (
            mark in "・･"
            and all(len(part) == 1 for part in parts)
            and int(parts[1]) == int(parts[0]) + 1
        )
        return Figure(decimal, at, end, text if may_be_two else "")
    groups = _are_groups(parts)
    if mark in " ’_٬":
        return Figure(value, at, end, "" if groups else text)
    if mark == "،":
        return Figure(value, at, end, "" if groups else text)
    if not groups:
        return Figure(
            decimal, at, end, text if mark == "," and decimal_mark(language) == "." else ""
        )
    own = decimal_mark(language)
    if own is None or (mark == own and mark in _group_marks(language)):
        return Figure(value, at, end, text)
    return Figure(decimal if mark == own else value, at, end)


def _cells(
    text: str, at: int, parts: list[str], marks: list[str], language: str
) -> Iterator[Figure]:
    """Yield the cells of a table that commas separate, if they cannot be groups of one number.

    Otherwise yield the numbers between points, each with a doubt, or one figure with a doubt.
    """
    cells = text.split(",")
    numbers = [re.split(r"\.", cell) for cell in cells]
    grouped = any(
        len(after[0]) == 3 and len(before[-1]) <= 3 and len(before) == 1
        for before, after in pairwise(numbers)
    )
    if (
        set(marks) <= {",", "."}
        and decimal_mark(language) == "."
        and len(cells) > 1
        and not grouped
        and all(len(n) <= 2 for n in numbers)
    ):
        for cell in cells:
            yield Figure(Decimal(cell), at, at + len(cell))
            at += len(cell) + 1
        return
    if set(marks) == {
        "."
    }:  # a date, a version or a section: its numbers count nothing, but a date needs them
        for part in parts:
            yield Figure(Decimal(part), at, at + len(part), text)
            at += len(part) + 1
        return
    yield Figure(Decimal("".join(parts)), at, at + len(text), text)


def _are_groups(parts: list[str]) -> bool:
    """Return whether the parts are groups of three, or Indian groups (twos, then three)."""
    if not 1 <= len(parts[0]) <= 3 or (parts[0][0] == "0" and len(parts) > 1):
        return False
    if all(len(part) == 3 for part in parts[1:]):
        return True
    return (
        len(parts) > 2
        and len(parts[0]) <= 2
        and len(parts[-1]) == 3
        and all(len(part) == 2 for part in parts[1:-1])
    )


@cache
def decimal_mark(language: str) -> str | None:
    """Return the decimal mark of a language, "." or ",", or None if CLDR does not know it."""
    locale = locale_of(language)
    if locale is None:
        return None
    return "." if locale.number_symbols["latn"]["decimal"] == "." else ","


@cache
def _group_marks(language: str) -> frozenset[str]:
    """Return the group marks of the countries of a language that differ in them.

    In Spanish both marks are used. The result is empty if the tag names a country, or if the
    decimal mark is ".".
    """
    if "-" in language.replace("_", "-") or decimal_mark(language) == ".":
        return frozenset()
    found = set()
    for tag in _REGIONS.get(language, ()):
        locale = locale_of(tag)
        found |= {locale.number_symbols["latn"]["group"]} if locale else set()
    return frozenset(found)


_REGIONS: Final = {"es": ("es-MX", "es-US", "es-PE"), "af": ("en-ZA",)}
"""Languages whose countries use different separators, with the countries that differ."""


# Tokens: figures and words. A figure includes its sign, fraction, power of ten, marks of notes and
# ending. A compound of counting words is split into them.

MARKS_OF_SCRIPTS: Final = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u1000-\u109f\u17b4-\u17d3"
)
"""Vowel signs and similar marks, which are part of a word."""
WORD: Final = (
    rf"[^\W\d_](?:[^\W\d_]|[{MARKS_OF_SCRIPTS}]|(?<=[а-яёіїєґА-ЯІЇЄҐ])['’ʼ](?=[а-яіїєґА-ЯІЇЄҐ]))*"
)
_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_GLYPHS: Final = "".join(
    ch
    for ch in map(chr, (*range(0xBC, 0xBF), *range(0x2150, 0x215F), 0x2189))
    if "<fraction>" in unicodedata.decomposition(ch)
)
_TOKEN = re.compile(rf"(?P<digits>{RUN})|(?P<glyph>[{_GLYPHS}])|(?P<word>{WORD})")
_FRACTION = re.compile(r"(?:(\d{1,4})\s)?(\d{1,3})\s?[/⁄]\s?(\d{1,4})(?![\d/⁄]|[.,]\d)")
_POWER = re.compile(
    rf"\s?[×xX·*⋅х]\s?10(?:\^\s?[({{]?|\*\*)?(?P<power>[-−–]?\d+|[⁻⁺]?[{_RAISED}]+)?[)}}]?"
)
_EXPONENT = re.compile(r"[eE]([+\-−]?\d{1,3})(?![\w.,]?\d|\w)")
_NOTE = re.compile(rf"[{_RAISED}⁽⁾]+")
_ORDINAL = re.compile(
    r"(?:st|nd|rd|th|er|ère|ème|º|ª|°(?=\s?\w))(?!\w)|-(?:й|го|му|я|е|ю|ый|ой|ая|ое|ші|та|те|га|ша|ій|ої|а)(?!\w)|'(?:inci|ıncı|uncu|üncü|nci|ncı)\w*"
    r"|:[ea](?!\w)|-lea(?!\w)|(?:ός|όν|ό|ήν|ή|ού|ής|οί|ές|ος|ον|ο|ην|η|ου|ης|οι|ες)(?!\w)"
    r"|(?:वाँ|वां|वें|वीं|वा|वे|वी|তম|তমো|ਵਾਂ|ਵੀਂ|મો|મી|મું|ஆவது|வது|వ|ನೇ)(?!\w)|مین(?!\w)",
    re.IGNORECASE,
)
_DEGREE = re.compile(r"[º°]\s?[CFKС]?(?!\w)")
_SUFFIX = re.compile(r"-(?:ти|ми|мя|х|ох|ма|ом|ро)(?!\w)|:[^\W\d]{1,4}(?!\w)")
_DECADE = re.compile(r"s(?!\w)|-(?:х|ых|е|їх)(?!\w)(?<=\d0..)")
CURRENCIES: Final = (
    "".join(ch for ch in map(chr, range(0x20A0, 0x20D0)) if unicodedata.category(ch) == "Sc")
    + "$£¥￥৳฿"
)
_CODES: Final = (
    "USD|EUR|GBP|JPY|CNY|RMB|RUB|UAH|INR|IDR|CHF|SEK|NOK|DKK|PLN|CZK|HUF|BTC|BRL|TRY|CAD|AUD"
)
_CODE: Final = rf"(?:(?:US|AU|CA|HK|NZ|[ACRS])?[{CURRENCIES}]|{_CODES}|Rs\.?|Rp\.?|RM|Fr\.|[%‰]|[Yy]üzde|百分之|ร้อยละ|[Aa]silimia)"  # noqa: E501
SIGN_BEFORE = re.compile(rf"(?<![A-Za-z]){_CODE}[\s\u00a0\u202f]?$")
SIGN_AFTER = re.compile(rf"[\s\u00a0\u202f]?({_CODE}(?![A-Za-z]))")
_MINUS = re.compile(
    r"(?:^|(?<=[\s(\[,;:/|\t“«\"'\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]))[-−﹣－]$|(?:^|(?<=[^\d\s])\s+|\(\s*|^\s*)[–‐‑]$"
)
_GLUED: Final = (
    "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0600-\u06ff\u0750-\u077f\u1200-\u137f"
)
_EXPONENTS: Final = 36
_DENOMINATORS: Final = frozenset([2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 25, 32, 50, 64, 100, 1000])
_BEFORE_A_NUMBER = re.compile(r"\d{1,4}(?=\s\d{4}(?!\d))")
"""The digits of a name that are followed by a whole number."""


@dataclass(frozen=True)
class Token:
    """A figure with its attached marks, or a folded word.

    A token without a kind only says how far the text was read.
    """

    kind: str
    text: str
    start: int
    end: int
    value: Decimal = Decimal(0)
    doubt: str = ""
    mark: str = ""
    negative: bool = False


def tokens_of(text: str, words: Vocabulary, language: str) -> Iterator[Token]:
    """Yield every figure and word of a text, in order."""
    position = 0
    while match := _TOKEN.search(text, position):
        position = match.end()
        if match.group("word"):
            yield from _words(match.group(), match.start(), words)
        elif match.group("glyph"):
            yield Token(
                "figure", match.group(), match.start(), match.end(), _glyph(match.group()), ""
            )
        else:
            for token in _figures(text, match, language):
                position = max(token.end, match.start() + 1)
                if token.kind:
                    yield token


def _glyph(sign: str) -> Decimal:
    share = Fraction(unicodedata.numeric(sign)).limit_denominator(100)
    return (
        (Decimal(share.numerator) / Decimal(share.denominator))
        .quantize(Decimal("0.0001"))
        .normalize()
    )


def _words(word: str, start: int, words: Vocabulary) -> Iterator[Token]:
    """Yield the tokens of a word.

    In a script without spaces, these are its counting words and the text between them. A compound
    of counting words is split too.
    """
    if words.marks and not word.isascii():
        last = 0
        for match in words.marks.finditer(word):
            if match.start() > last:
                yield Token("word", word[last : match.start()], start + last, start + match.start())
            yield Token("word", match.group(), start + match.start(), start + match.end())
            last = match.end()
        if last < len(word):
            yield Token("word", word[last:], start + last, start + len(word))
        return
    key = folded(word)
    prefix = (
        key[:1]
        if len(key) > 2
        and words.has("and", key[:1])
        and not key.isascii()
        and key not in words.firsts
        and key[1:] in words.firsts
        else ""
    )
    pieces = (
        [prefix, key[1:]]
        if prefix
        else None
        if key in words.firsts or key in words.sets.get("light", ())
        else words.cut(key)
    )
    for piece in pieces or (key,):
        yield Token("word", piece, start, start + len(word))


def _figures(text: str, match: re.Match[str], language: str) -> Iterator[Token]:
    """Yield the figures of a run of digits, with powers, fractions and notes.

    A token without a kind says how far the text was read.
    """
    before = text[max(0, match.start() - 24) : match.start()]
    if _is_in_word(before):
        alone = _BEFORE_A_NUMBER.match(match.group())  # "Q3 2015", but not "R1 500"
        yield Token("", "", match.start(), match.start() + alone.end() if alone else match.end())
        return
    fraction = _FRACTION.match(text, match.start())
    if (
        fraction
        and not before.endswith(("/", "⁄"))
        and len(fraction.group(3)) <= 4
        and _fraction(fraction) is not None
    ):
        value = _fraction(fraction)
        assert value is not None
        yield _with_sign(
            text, Token("figure", fraction.group(), fraction.start(), fraction.end(), value)
        )
        return
    found = list(figures(match.group(), language))
    for index, figure in enumerate(found):
        start, end = match.start() + figure.start, match.start() + figure.end
        token = Token("figure", text[start:end], start, end, figure.value, figure.doubt)
        if before.endswith(".") and not index and not before[:-1].endswith(tuple("0123456789")):
            token = replace(
                token,
                value=(
                    Decimal(f"0.{text[start:end]}") if text[start:end].isdigit() else figure.value
                ),
                doubt=(
                    ""
                    if decimal_mark(language) == "." and text[start:end].isdigit()
                    else "." + token.text
                ),
            )
        last = index == len(found) - 1
        yield from _completed(text, _with_sign(text, token)) if last else (_with_sign(text, token),)


def _is_in_word(before: str) -> bool:
    """Return whether letters right before a figure make it a part of a name: "A40".

    Currency signs do not.
    """
    if (
        not before
        or not (before[-1].isalnum() or before[-1] in "_.,#")
        or SIGN_BEFORE.search(before)
    ):
        return False
    if before[-1] in ".,":
        return before[-2:-1].isalnum() and not (before[-1] == "," and not before[-2:-1].isdigit())
    return re.match(f"[{_GLUED}]", before[-1]) is None


def _fraction(match: re.Match[str]) -> Decimal | None:
    whole, above, below = (int(part or 0) for part in match.groups())
    if below not in _DENOMINATORS or not 0 < above < below or (whole == 0 and match.group(1)):
        return None
    return whole + (Decimal(above) / Decimal(below)).quantize(Decimal("0.0001")).normalize()


def _with_sign(text: str, token: Token) -> Token:
    """Return the figure with the sign before it.

    It gets a doubt if a colon or a slash joins it to another figure.
    """
    before = text[max(0, token.start - 24) : token.start]
    code = SIGN_BEFORE.search(before)
    if (code and code.group().strip()[:1] not in "%‰") or code:
        before = before[: code.start()]
    negative = bool(_MINUS.search(before))
    bound = re.search(r"\d[:/⁄]$", before) or re.match(r"[:/⁄]\d", text[token.end : token.end + 2])
    start = (
        token.start - 1
        if negative and not code and text[token.start - 1] in "-−﹣－–‐‑"
        else token.start
    )
    return replace(
        token,
        start=start,
        negative=negative,
        doubt=token.doubt
        or (text[max(0, token.start - 3) : token.end + 3].strip() if bound else ""),
    )


def _completed(text: str, token: Token) -> Iterator[Token]:
    """Yield a figure with what is attached to it: a power of ten, a fraction, notes, an ending."""
    if power := _POWER.match(text, token.end):
        digits = "".join(
            "-" if ch in "−–⁻-" else "" if ch == "⁺" else str(unicodedata.digit(ch))
            for ch in power.group("power") or ""
        )
        plainly = power.group("power") and (
            power.group("power")[0] in _RAISED + "⁻⁺"
            or "^" in power.group()
            or "**" in power.group()
        )
        if plainly and abs(int(digits)) <= _EXPONENTS:
            token = replace(token, value=token.value.scaleb(int(digits)), end=power.end())
        else:
            token = replace(token, doubt=power.group().strip(), end=power.end())
        yield token
        return
    if exponent := _EXPONENT.match(text, token.end):
        power_of_ten = int(exponent.group(1).replace("−", "-"))
        sure = abs(power_of_ten) <= _EXPONENTS
        yield replace(
            token,
            value=token.value.scaleb(power_of_ten) if sure else token.value,
            end=exponent.end(),
            doubt="" if sure else exponent.group(),
        )
        return
    glyph = re.compile(rf"[ \u00a0\u2009\u202f]?([{_GLYPHS}])").match(text, token.end)
    if glyph and token.value == token.value.to_integral_value() and not token.doubt:
        yield replace(token, value=token.value + _glyph(glyph.group(1)), end=glyph.end())
        return
    if re.match(r"\^\d", text[token.end : token.end + 2]):
        yield replace(token, doubt="^")
        return
    if note := _NOTE.match(text, token.end):
        doubt = note.group() if token.value == 10 and note.group() != "¹" else token.doubt
        token = replace(token, end=note.end(), doubt=doubt)
    if len(token.text) in (2, 4) and token.text.isdigit() and _DECADE.match(text, token.end):
        yield Token("", "", token.start, token.end + 1)
        return
    if (ordinal := _ORDINAL.match(text, token.end)) and not _DEGREE.match(text, token.end):
        yield replace(token, end=ordinal.end(), mark="th")
        return
    if suffix := _SUFFIX.match(text, token.end):
        token = replace(token, end=suffix.end())
    yield token


# One number from tokens: a figure or words, and what multiplies or adds to them

_HYPHENS = ("-", "\u2010", "\u2011")
_GAP = re.compile(r"\s{0,3}[-‐‑\u00ad]?\s?")
_ABBREVIATED = re.compile(r"\.?\s{0,3}[-‐‑]?")
_WHOLE_WORDS: Final = frozenset(
    ["mila", "bin", "mii", "mie", "cent", "sto", "sata", "sada", "ezer"]
)
"""Short magnitudes that are not abbreviations. A point after one ends a sentence."""

_HUNDRED: Final = 100
_GROUPED = re.compile(r"\d,\d{3}")
"""The form of a number below 10,000 with a comma: the second figure of "2,506万6,100"."""
_LIKE_A_NUMBER: Final = 3
"""The fewest letters of a number word that an unknown word is compared with."""
_INFLECTED_FROM: Final = 5
"""The fewest letters of a magnitude that is recognised with an unlisted ending.

The ending has fewer letters than this.
"""


@dataclass(frozen=True)
class Numeral:
    """A number in a text: its value, its place, and the mark that changes what it counts."""

    value: Decimal
    start: int
    end: int
    mark: str = ""
    """"%", "‰", "pp" for percentage points, "th" for an ordinal, "name", or a currency sign.

    Empty for a plain number.
    """
    factor: int = 1
    """The factor of the magnitude word after it."""
    doubt: str = ""
    """The word or mark beside it that is not understood. Empty if the value is certain."""
    bare: Decimal | None = None
    """The value of the figure alone if a magnitude follows: 12 of "12 million"."""
    bare_end: int = 0
    """The end of that figure."""


class _Sum:
    """A number while it is read.

    It has parts, each with its magnitude, from the largest to the smallest, and a group that no
    magnitude has multiplied yet.
    """

    def __init__(self, *, twenties: bool) -> None:
        self.parts: list[tuple[Decimal, Decimal]] = []
        self.group: Decimal | None = None
        self._twenties = twenties

    def add(self, value: Decimal, *, turned: bool = False) -> bool:
        """Add one more number. Return False if it does not fit after the others.

        If ``turned`` is True, the tens may follow the ones.
        """
        if value >= 1000 and self.group is None and (not self.parts or value < self.parts[-1][0]):
            self.parts.append((Decimal(1).scaleb(value.adjusted()), value))
            return True
        if self.group is None:
            if self.parts and value >= self.parts[-1][0]:
                return False
            self.group = value
            return True
        if turned and 0 < self.group % 10 == self.group % 100 and value in range(20, 100, 10):
            self.group += value
            return True
        place = 20 if self._twenties and self.group % 100 in (60, 80) else _place(self.group)
        if not 0 < value < place:
            return False
        self.group += value
        return True

    def times(self, factor: Decimal) -> bool:
        """Multiply the number before a magnitude by it. Return False if that is not possible."""
        below: list[tuple[Decimal, Decimal]] = []
        while self.parts and self.parts[-1][0] < factor:
            below.append(self.parts.pop())
        kept = (
            self.group // factor * factor
            if self.group is not None and factor <= 100 and self.group >= factor
            else Decimal(0)
        )
        many = sum((value for _, value in below), self.group or Decimal(0)) - kept
        if not many or (self.parts and self.parts[-1][0] == factor) or (self.group == 0):
            self.parts += reversed(below)
            return False
        self.parts += [(factor * 10, kept)] if kept else []
        self.parts.append((factor, many * factor))
        self.group = None
        return True

    def add_part(self, part: Decimal) -> bool:
        """Add a part such as "and a half" to the group, or as a part of the last magnitude."""
        if self.group is not None:
            self.group += part
        elif self.parts:
            self.group = part * self.parts[-1][0]
        return True

    @property
    def total(self) -> Decimal:
        """The value so far."""
        return sum((value for _, value in self.parts), self.group or Decimal(0))


def _place(value: Decimal) -> int:
    """Return the place of the last digit that is not zero, at most 100: 10 for 20, 100 for 300.

    Return 0 for numbers that are not whole or not positive.
    """
    if value != value.to_integral_value() or value <= 0:
        return 0
    return next((place for place in (100, 10) if value % place == 0), 1)


class Reader:
    """Reads one number from the tokens of a text."""

    def __init__(self, text: str, tokens: list[Token], words: Vocabulary, leads: YearLeads) -> None:
        self.text, self.tokens, self.words, self.leads = text, tokens, words, leads
        self.sum = _Sum(twenties="twenties" in words.flags)
        self.bare: tuple[Decimal, int] | None = None
        self.end = 0
        self.doubt = self.mark = ""
        self.factor = 1
        self.spelled = False
        self.negative = False
        self.is_year = self.is_turned = False

    def number(self, at: int) -> tuple[Numeral, int] | None:
        """Return the number that begins at a token and the index after it, or None."""
        first = self.tokens[at]
        after = (
            self._figure(at)
            if first.kind == "figure"
            else self._magnitude_first(at) or self._first_word(at)
        )
        if after is None:
            return None
        if not self.mark and not self.is_year and not self.is_turned:
            after = self._rest(after)
        if self.spelled and self._only_one(at, after):
            return None
        self._take_point(after)
        self._doubt_neighbour(at, after)
        value = self.sum.total.copy_negate() if self.negative else self.sum.total
        bare, bare_end = self.bare if self.bare and self.bare[0] != self.sum.total else (None, 0)
        if bare is not None and self.negative:
            bare = bare.copy_negate()
        return (
            Numeral(
                value, first.start, self.end, self.mark, self.factor, self.doubt, bare, bare_end
            ),
            after,
        )

    def _take_point(self, after: int) -> None:
        """Include the point of an abbreviated magnitude in the number if the sentence continues."""
        word = self.tokens[after - 1].text
        whole = (
            word in _WHOLE_WORDS
            or self.words.has("alone", word)
            or (
                len(word) > 4
                and not any(
                    each.startswith(word) and len(each) >= len(word) + 4
                    for each in self.words.magnitudes
                )
            )
            or self.tokens[after - 1].kind != "word"
            or word not in self.words.magnitudes
        )
        if not whole and re.match(r"\.[\s]{1,2}\S", self.text[self.end : self.end + 4]):
            self.end += 1

    def _figure(self, at: int) -> int:
        token = self.tokens[at]
        self.sum.group, self.end, self.doubt, self.mark, self.negative = (
            token.value,
            token.end,
            token.doubt,
            token.mark,
            token.negative,
        )
        self.bare = (token.value, token.end)
        self.is_year = self._is_year(at)
        return at + 1

    def _is_year(self, at: int) -> bool:
        """Return whether a figure is a bare year: "En 2023 mil personas".

        A year takes no magnitude and no number in words.
        """
        token = self.tokens[at]
        if (
            token.doubt
            or token.mark
            or token.negative
            or not self._joined(at, at + 1)
            or self.tokens[at + 1].kind != "word"
        ):
            return False
        key, _ = self._phrase(at + 1)
        is_number_behind = self.words.has("alone", key) or key not in self.words.magnitudes
        return self.leads.lead(
            self.text, token.start, token.text, is_number_behind=is_number_behind
        )

    def _first_word(self, at: int) -> int | None:
        """Read the words that begin a number. Return the index after them, or None."""
        words = self.words
        key, size = self._phrase(at)
        self.spelled = True
        if key in words.numbers:
            self.sum.add(words.numbers[key])
        elif key in words.parts or words.has("1x", key):
            self.sum.group = words.parts.get(key, Decimal(1))
            part, more = self._phrase(at + size) if key not in words.parts else ("", 0)
            if part in words.parts and self._joined(at + size - 1, at + size):
                self.sum.group, size = words.parts[part], size + more
            multiplied, _ = self._phrase(at + size)
            in_one_word = (
                at + 1 < len(self.tokens) and self.tokens[at].start == self.tokens[at + 1].start
            )
            if in_one_word and words.has("1x", key):
                self.end = self.tokens[at].end
                return at + 1
            if multiplied not in words.magnitudes or not self._joined(at + size - 1, at + size):
                return None
        elif key in words.ahead:
            number, more = self._phrase(at + size)
            value = words.numbers.get(number)
            token = self.tokens[at + size] if at + size < len(self.tokens) else None
            if token and token.kind == "figure":
                value, more = token.value, 1
            self.sum.group = (Decimal(1) if value is None else value) + words.ahead[key]
            size += more if value is not None else 0
        elif key in words.magnitudes and words.has("alone", key) and self._may_stand_alone(at):
            self.sum.group = Decimal(1)
            self.sum.times(words.magnitudes[key])
            self.factor = int(words.magnitudes[key])
        elif words.has("alone", self.tokens[at].text) and self._may_stand_alone(at):
            self.sum.group, size = Decimal(1), 1
            self.sum.times(words.magnitudes[self.tokens[at].text])
            self.factor = int(words.magnitudes[self.tokens[at].text])
        else:
            return None
        self.end = self.tokens[at + size - 1].end
        return at + size

    def _is_multiplier(self, at: int) -> bool:
        """Return whether a plain figure follows a magnitude that multiplies it.

        Example: Swahili "milioni 61.7".
        """
        if not self._joined(at - 1, at) or self.tokens[at].kind != "figure":
            return False
        token = self.tokens[at]
        return not (token.doubt or token.mark or token.negative)

    def _magnitude_first(self, at: int) -> int:
        """Read magnitudes that come before their figures, each smaller than the one before.

        Example: "milioni 61 na elfu 741". Return the index after them, or 0 if there are none.
        """
        key, size = self._phrase(at)
        if (
            "magnitudefirst" not in self.words.flags
            or key not in self.words.magnitudes
            or not self._is_multiplier(at + size)
        ):
            return 0
        self.is_turned = True
        while True:
            key, size = self._phrase(at)
            factor = self.words.magnitudes[key]
            self.sum.parts.append((factor, self.tokens[at + size].value * factor))
            self.factor = max(self.factor, int(factor))
            self.end = self.tokens[at + size].end
            at += size + 1
            joint, skipped = self._phrase(at)
            follows = bool(skipped) and self.words.has("and", joint) and self._joined(at - 1, at)
            following = at + skipped if follows else at
            smaller, more = self._phrase(following)
            gap = (
                self.text[self.end : self.tokens[following].start]
                if following < len(self.tokens)
                else ""
            )
            is_next = self.words.magnitudes.get(smaller, factor) < factor and (
                follows or re.fullmatch(r",?\s{1,2}", gap) is not None
            )
            if (
                follows
                and factor == 1000
                and "thousandand" in self.words.flags
                and self._ends_a_sum(following)
            ):
                self.sum.parts.append((Decimal(1), self.tokens[following].value))
                self.end = self.tokens[following].end
                return following + 1  # Hausa "dubu 2 da 776"
            if follows and self._is_multiplier(following):
                self.doubt = self.text[
                    self.tokens[at - 1].start : self.tokens[following].end
                ]  # "milioni 3 na 500"
            if not (is_next and self._is_multiplier(following + more)):
                return at
            at = following

    def _ends_a_sum(self, at: int) -> bool:
        """Return whether the token is a plain figure below 1,000."""
        return (
            self._is_multiplier(at)
            and self.tokens[at].text.isdigit()
            and 0 < self.tokens[at].value < 1000
        )

    def _may_stand_alone(self, at: int) -> bool:
        """Return whether no unlisted number word may be right before a magnitude."""
        if (
            "guarded" not in self.words.flags
            or at == 0
            or self.tokens[at - 1].kind != "word"
            or not self._joined(at - 1, at)
        ):
            return True
        word = self.tokens[at - 1].text
        return any(
            self.words.has(key, word) for key in ("light", "stop", "of", "and", "per", "from")
        )

    def _rest(self, at: int) -> int:
        """Read on while tokens belong to the number. Return the index after them."""
        while at < len(self.tokens):
            size = self._next(at)
            if not size:
                break
            at += size
            self.end = self.tokens[at - 1].end
        return at

    def _next(self, at: int) -> int:
        """Return how many more tokens belong to the number, or 0 if it has ended."""
        words, token = self.words, self.tokens[at]
        if not self._joined(at - 1, at):
            return 0
        if token.kind == "figure":
            return int(self._figure_follows(at))
        if self.sum.parts and token.text in words.magnitudes and (size := self._magnitude(at)):
            return size
        key, size = self._phrase(at)
        spelled_on = self.spelled or self.sum.group is None
        in_one_word = token.start == self.tokens[at - 1].start
        taken = False
        if key in words.added and (self.spelled or len(key) > 1 or "unspaced" in words.flags):
            taken = self.sum.add_part(words.added[key])
        elif key in words.magnitudes and self._is_magnitude(key, at):
            size = self._magnitude(at)
            taken = bool(size)
        elif key in words.numbers and spelled_on:
            taken = self.sum.add(words.numbers[key])
        elif words.has("1x", key) and self.sum.total and (in_one_word or self._is_one_of_more(at)):
            taken = self.sum.add(Decimal(1))
        elif words.has("and", key) and (self.spelled or self.sum.parts):
            size = self._over_joint(at, size)
            taken = bool(size)
        elif "unspaced" in words.flags and words.has("of", key):
            taken = self._phrase(at + size)[0] in words.magnitudes
        return size if taken else 0

    def _is_one_of_more(self, at: int) -> bool:
        """Return whether "un" or "en" inside a number means one.

        It does after a hyphen, at the start of a compound, or before another magnitude.
        """
        hyphened = self.text[self.tokens[at - 1].end : self.tokens[at].start] in ("-", "‐", "‑")
        before_magnitude = (
            self.spelled
            and self._joined(at, at + 1)
            and self._phrase(at + 1)[0] in self.words.magnitudes
        )
        return self._begins_a_compound(at) or (self.spelled and hyphened) or before_magnitude

    def _begins_a_compound(self, at: int) -> bool:
        """Return whether a token is the first of several in one word."""
        return at + 1 < len(self.tokens) and self.tokens[at].start == self.tokens[at + 1].start

    def _magnitude(self, at: int) -> int:
        """Multiply by the magnitude at a token and return its length in tokens, or 0.

        Try the whole phrase first ("mil millones"), then its first word.
        """
        for key, size in (self._phrase(at), (self.tokens[at].text, 1)):
            factor = self.words.magnitudes.get(key)
            if (
                factor == _HUNDRED
                and not self.spelled
                and self.sum.group is not None
                and self.sum.group >= _HUNDRED
            ):
                return 0  # nobody writes "2023 hundred": another number begins here
            if factor is not None and self._is_magnitude(key, at) and self.sum.times(factor):
                self.factor = max(self.factor, int(factor))
                return size
            is_less = (
                factor is not None
                and self.sum.group is None
                and bool(self.sum.parts)
                and factor < self.sum.parts[-1][0]
            )
            if factor is not None and is_less and self.words.has("alone", key):
                self.sum.parts.append((factor, factor))
                return size
        return 0

    def _over_joint(self, at: int, size: int) -> int:
        """Read "and" with the number after it. Return their length in tokens, or 0."""
        if (
            at + size < len(self.tokens)
            and self.tokens[at + size].kind == "figure"
            and self.sum.group is None
        ):
            smaller = (
                self.words.magnitudes.get(self._phrase(at + size + 1)[0], Decimal(0))
                if self._joined(at + size, at + size + 1)
                else Decimal(0)
            )
            fits = (
                0 < smaller < self.sum.parts[-1][0] and self._joined(at + size - 1, at + size)
                if self.sum.parts
                else False
            )
            return size + 1 if fits and self._figure_follows(at + size) else 0
        key, more = self._phrase(at + size)
        if not more or not self._joined(at + size - 1, at + size):
            return 0
        kept = (list(self.sum.parts), self.sum.group)
        value = self.words.numbers.get(key)
        if (
            value is None
            and self.words.has("1x", key)
            and (
                self.tokens[at + size].start == self.tokens[at].start
                or self._begins_a_compound(at + size)
            )
        ):
            value = Decimal(1)
        one_is_an_article = Decimal(1) not in self.words.numbers.values()
        if (
            value is None
            and one_is_an_article
            and self.words.has("1x", key)
            and (self.sum.group is None or self.sum.group % 10 == 0)
        ):
            value = Decimal(1)
        factor = self.words.magnitudes.get(key, Decimal(0))
        fits = (
            self.sum.group is None and bool(self.sum.parts) and 0 < factor < self.sum.parts[-1][0]
        )
        if value is None and fits and self.words.has("alone", key):  # "quatro milhões e mil"
            self.sum.parts.append((factor, factor))
            return size + more
        turned = "reversed" in self.words.flags
        if value is not None and self.sum.add(value, turned=turned):
            return size + more
        self.sum.parts, self.sum.group = kept
        return 0

    def _figure_follows(self, at: int) -> bool:
        """Read a figure after a magnitude: "12 million 300 thousand", "155 тыс. 570"."""
        token, parts = self.tokens[at], self.sum.parts
        if (
            not parts
            or self.sum.group is not None
            or token.doubt
            or token.mark
            or token.value >= parts[-1][0]
        ):
            return False
        following = (
            self._phrase(at + 1)[0]
            if at + 1 < len(self.tokens) and self._joined(at, at + 1)
            else ""
        )
        smaller = self.words.magnitudes.get(following, Decimal(0))
        glued = token.start == self.tokens[at - 1].end
        most = 4 if parts[-1][0] == 10_000 else 3
        whole = (
            parts[-1][1] % parts[-1][0] == 0 and parts[-1][0] >= 1000
        )  # nobody says "1.5 million 18"
        ends_in_tens = (
            parts[-1][0] == _HUNDRED
            and len(parts) > 1
            and not self.spelled
            and len(token.text) < most
        )  # "57 हजार 6 सय 90"
        is_part_of_a_word = (
            self.text[token.end : token.end + 1] in _HYPHENS
        )  # "2 million 18-year-olds"
        is_plain = token.text.isdigit() or (
            most == len("0000") and _GROUPED.fullmatch(token.text) is not None
        )
        chained = (
            (whole or ends_in_tens)
            and (len(token.text) <= most or glued or "," in token.text)
            and is_plain
            and not is_part_of_a_word
        )
        if 0 < smaller < parts[-1][0] or (chained and (not smaller or smaller > parts[-1][0])):
            self.sum.group = token.value
            return True
        return False

    def _is_magnitude(self, key: str, at: int) -> bool:
        """Return whether letters after a figure are a magnitude.

        A single letter must touch the figure, or be beside a currency sign, or not be ASCII.
        """
        token = self.tokens[at]
        if len(key) > 1 or not key.isalpha() or "unspaced" in self.words.flags or self.spelled:
            return True
        if not self.words.complete and self.text[token.start].islower():
            return False  # "5m" may be metres
        before, after = (
            self.text[max(0, self.tokens[at - 1].start - 6) : self.tokens[at - 1].start],
            self.text[token.end : token.end + 1],
        )
        return (
            token.start == self.tokens[at - 1].end
            or bool(SIGN_BEFORE.search(before))
            or (after in CURRENCIES and after != "")
            or not key.isascii()
        )

    def _phrase(self, at: int) -> tuple[str, int]:
        """Return the longest counting phrase at a token and its length in tokens.

        If there is none, return the one word.
        """
        if at >= len(self.tokens) or self.tokens[at].kind != "word":
            return "", 0
        if self.tokens[at].text in self.words.firsts:
            last = at
            while (
                last + 1 < min(len(self.tokens), at + LONGEST)
                and self.tokens[last + 1].kind == "word"
                and self._joined(last, last + 1)
            ):
                last += 1
            for end in range(last, at, -1):
                key = " ".join(token.text for token in self.tokens[at : end + 1])
                if key in self.words.counting or self.words.has("and", key):
                    return key, end - at + 1
        return self.tokens[at].text, 1

    def _joined(self, before: int, at: int) -> bool:
        """Return whether only spaces and a hyphen, or nothing, is between two tokens.

        After a magnitude, a point may be there too.
        """
        if not 0 <= before < at < len(self.tokens):
            return False
        left, right = self.tokens[before], self.tokens[at]
        if left.start == right.start:
            return True
        gap = self.text[left.end : right.start]
        if left.kind == "word" and left.text in self.words.magnitudes:
            return bool(_ABBREVIATED.fullmatch(gap))
        return bool(_GAP.fullmatch(gap)) or gap in ("'", "’")

    def _only_one(self, at: int, after: int) -> bool:
        """Return whether the number is one sign that is often part of other words.

        This is for scripts without spaces. In Thai it is one word.
        """
        single = self.tokens[at].text
        return (
            "unspaced" in self.words.flags
            and after == at + 1
            and (
                single in "一〇零"
                or "\uac00" <= single[0] <= "\ud7af"
                or "\u0e00" <= single[0] <= "\u0e7f"
            )
        )

    def _doubt_neighbour(self, at: int, after: int) -> None:
        """Set a doubt if a word or mark beside the number also counts but does not fit.

        Example: "nineteen eighty-four".
        """
        comma = re.compile(r",\s").match(self.text, self.end)
        if (
            comma
            and self.spelled
            and self.sum.parts
            and after < len(self.tokens)
            and self.tokens[after].start == comma.end()
        ):
            more = self.words.numbers.get(self.tokens[after].text, Decimal(0))
            self.doubt = self.doubt or ("," if more and self.sum.parts[-1][0] >= 1000 else "")
        if self.spelled and (cut := self._cut_before(at)):
            self.doubt = self.doubt or cut
        if (cut := self._inflected_behind(after)) and self.sum.group is not None:
            self.doubt = self.doubt or cut
        if self._follows_a_number_and(at):
            self.doubt = self.doubt or self.tokens[at - 1].text
        earlier = (
            self.words.magnitudes.get(self.tokens[at - 1].text, Decimal(0))
            if at and self.spelled
            else Decimal(0)
        )
        if earlier >= 1000 and re.fullmatch(
            r",\s", self.text[self.tokens[at - 1].end : self.tokens[at].start]
        ):
            self.doubt = self.doubt or ","
        for index, other in ((after, after - 1), (at - 1, at)):
            if (
                0 <= index < len(self.tokens)
                and self.tokens[index].kind == "word"
                and self._joined(min(index, other), max(index, other))
            ):
                word = self.tokens[index].text
                counts = (
                    self.spelled
                    and word in self.words.numbers
                    and not self._are_ends(min(index, other), max(index, other))
                )
                is_multiplied = index == after and not self.is_year
                magnitude = (
                    is_multiplied
                    and word in self.words.magnitudes
                    and self._is_magnitude(word, index)
                )
                if (counts or magnitude) and not self.doubt and not self.words.has("light", word):
                    self.doubt = word
        if (
            after < len(self.tokens)
            and self.tokens[after].start == self.tokens[after - 1].start
            and self.tokens[after].kind == "word"
        ):
            self.doubt = self.doubt or self.text[self.tokens[after].start : self.tokens[after].end]

    def _cut_before(self, at: int) -> str:
        """Return the unknown word right before a bare magnitude if it looks like a number, or "".

        It looks like a number if it begins or ends like one.
        """
        if (
            at == 0
            or self.tokens[at].text not in self.words.magnitudes
            or self.tokens[at - 1].kind != "word"
            or not self._joined(at - 1, at)
        ):
            return ""
        word = self.tokens[at - 1].text
        known = any(
            self.words.has(key, word)
            for key in ("light", "stop", "of", "and", "per", "from", "to", "by", "or", "year", "1x")
        )
        if known or word in self.words.counting:
            return ""
        numbers = tuple(number for number in self.words.numbers if len(number) >= _LIKE_A_NUMBER)
        return word if word.endswith(numbers) or word.startswith(numbers) else ""

    def _inflected_behind(self, after: int) -> str:
        """Return the word right after a number if it is a magnitude with an unlisted ending, or "".

        Example: Polish "tysiącami".
        """
        if (
            after >= len(self.tokens)
            or self.tokens[after].kind != "word"
            or not self._joined(after - 1, after)
        ):
            return ""
        word = self.tokens[after].text
        magnitudes = tuple(each for each in self.words.magnitudes if len(each) >= _INFLECTED_FROM)
        ends = (
            word.startswith(magnitudes)
            and word not in self.words.counting
            and not self.words.has("light", word)
        )
        return (
            word
            if ends
            and any(
                word.startswith(each) and len(word) - len(each) < _INFLECTED_FROM
                for each in magnitudes
            )
            else ""
        )

    def _are_ends(self, left: int, right: int) -> bool:
        """Return whether a hyphen joins two rising number words, which makes a range.

        Example: Russian "пять-шесть".
        """
        low, high = (self.words.numbers.get(self.tokens[at].text) for at in (left, right))
        gap = self.text[self.tokens[left].end : self.tokens[right].start].strip()
        return gap in _HYPHENS and low is not None and high is not None and 0 < low < high

    def _follows_a_number_and(self, at: int) -> bool:
        """Return whether the number begins with a part that belongs to the number before it.

        Example: "half" of "one and half a million".
        """
        key, _ = self._phrase(at)
        begins_with_part = key in self.words.parts or (
            self._phrase(at + 1)[0] in self.words.parts and self.words.has("1x", key)
        )
        if not begins_with_part or at < 2 or not self.words.has("and", self.tokens[at - 1].text):
            return False
        before = self.tokens[at - 2]
        return before.kind == "figure" or before.text in self.words.counting
