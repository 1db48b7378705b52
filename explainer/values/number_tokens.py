"""The tokens of a text in which numbers are looked for: figures with what is glued to them, and words.

A figure takes in its sign, a fraction, a power of ten, marks of notes and endings. A word made of several counting words is cut into them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from explainer.values.figures import RUN, decimal_mark, figures
from explainer.values.vocabulary import Vocabulary, folded

MARKS_OF_SCRIPTS: Final = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u1000-\u109f\u17b4-\u17d3"
)
"""Vowel signs and the like, which belong to the word that they stand in."""
WORD: Final = rf"[^\W\d_](?:[^\W\d_]|[{MARKS_OF_SCRIPTS}]|(?<=[а-яёіїєґА-ЯІЇЄҐ])['’ʼ](?=[а-яіїєґА-ЯІЇЄҐ]))*"
_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_GLYPHS: Final = "".join(
    ch for ch in map(chr, (*range(0xBC, 0xBF), *range(0x2150, 0x215F), 0x2189)) if "<fraction>" in unicodedata.decomposition(ch)
)
_TOKEN = re.compile(rf"(?P<digits>{RUN})|(?P<glyph>[{_GLYPHS}])|(?P<word>{WORD})")
_FRACTION = re.compile(r"(?:(\d{1,4})\s)?(\d{1,3})\s?[/⁄]\s?(\d{1,4})(?![\d/⁄]|[.,]\d)")
_POWER = re.compile(rf"\s?[×xX·*⋅х]\s?10(?:\^\s?[({{]?|\*\*)?(?P<power>[-−–]?\d+|[⁻⁺]?[{_RAISED}]+)?[)}}]?")
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
CURRENCIES: Final = "".join(ch for ch in map(chr, range(0x20A0, 0x20D0)) if unicodedata.category(ch) == "Sc") + "$£¥￥৳฿"
_CODES: Final = "USD|EUR|GBP|JPY|CNY|RMB|RUB|UAH|INR|IDR|CHF|SEK|NOK|DKK|PLN|CZK|HUF|BTC|BRL|TRY|CAD|AUD"
_CODE: Final = rf"(?:(?:US|AU|CA|HK|NZ|[ACRS])?[{CURRENCIES}]|{_CODES}|Rs\.?|Rp\.?|RM|Fr\.|[%‰]|[Yy]üzde|百分之|ร้อยละ|[Aa]silimia)"
SIGN_BEFORE = re.compile(rf"(?<![A-Za-z]){_CODE}[\s\u00a0\u202f]?$")
SIGN_AFTER = re.compile(rf"[\s\u00a0\u202f]?({_CODE}(?![A-Za-z]))")
_MINUS = re.compile(
    r"(?:^|(?<=[\s(\[,;:/|\t“«\"'\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]))[-−﹣－]$|(?:^|(?<=[^\d\s])\s+|\(\s*|^\s*)[–‐‑]$"
)
_GLUED: Final = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0600-\u06ff\u0750-\u077f"
_EXPONENTS: Final = 36
_DENOMINATORS: Final = frozenset([2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 25, 32, 50, 64, 100, 1000])
_BEFORE_A_NUMBER = re.compile(r"\d{1,4}(?=\s\d{4}(?!\d))")
"""The digits of a name that a whole number follows."""


@dataclass(frozen=True)
class Token:
    """A figure with what is glued to it, or a word, folded; a token without a kind only says how far was read."""

    kind: str
    text: str
    start: int
    end: int
    value: Decimal = Decimal(0)
    doubt: str = ""
    mark: str = ""
    negative: bool = False


def tokens_of(text: str, words: Vocabulary, language: str) -> Iterator[Token]:
    """Every figure and word of a text, in order."""
    position = 0
    while match := _TOKEN.search(text, position):
        position = match.end()
        if match.group("word"):
            yield from _words(match.group(), match.start(), words)
        elif match.group("glyph"):
            yield Token("figure", match.group(), match.start(), match.end(), _glyph(match.group()), "")
        else:
            for token in _figures(text, match, language):
                position = max(token.end, match.start() + 1)
                if token.kind:
                    yield token


def _glyph(sign: str) -> Decimal:
    share = Fraction(unicodedata.numeric(sign)).limit_denominator(100)
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("0.0001")).normalize()


def _words(word: str, start: int, words: Vocabulary) -> Iterator[Token]:
    """A word; in a script without spaces its counting words and the rest; a word made of counting words as those."""
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
        if len(key) > 2 and words.has("and", key[:1]) and not key.isascii() and key not in words.firsts and key[1:] in words.firsts
        else ""
    )
    pieces = [prefix, key[1:]] if prefix else None if key in words.firsts or key in words.sets.get("light", ()) else words.cut(key)
    for piece in pieces or (key,):
        yield Token("word", piece, start, start + len(word))


def _figures(text: str, match: re.Match[str], language: str) -> Iterator[Token]:
    """The figures of a run of digits, with powers, fractions and notes; a token without a kind says how far was read."""
    before = text[max(0, match.start() - 24) : match.start()]
    if _is_in_word(before):
        alone = _BEFORE_A_NUMBER.match(match.group())  # "Q3 2015", but not "R1 500"
        yield Token("", "", match.start(), match.start() + alone.end() if alone else match.end())
        return
    fraction = _FRACTION.match(text, match.start())
    if fraction and not before.endswith(("/", "⁄")) and len(fraction.group(3)) <= 4 and _fraction(fraction) is not None:
        value = _fraction(fraction)
        assert value is not None
        yield _with_sign(text, Token("figure", fraction.group(), fraction.start(), fraction.end(), value))
        return
    found = list(figures(match.group(), language))
    for index, figure in enumerate(found):
        start, end = match.start() + figure.start, match.start() + figure.end
        token = Token("figure", text[start:end], start, end, figure.value, figure.doubt)
        if before.endswith(".") and not index and not before[:-1].endswith(tuple("0123456789")):
            token = replace(
                token,
                value=Decimal(f"0.{text[start:end]}") if text[start:end].isdigit() else figure.value,
                doubt="" if decimal_mark(language) == "." and text[start:end].isdigit() else "." + token.text,
            )
        last = index == len(found) - 1
        yield from _completed(text, _with_sign(text, token)) if last else (_with_sign(text, token),)


def _is_in_word(before: str) -> bool:
    """Whether letters right before a figure make it a part of a name, as in "A40"; signs of currencies do not."""
    if not before or not (before[-1].isalnum() or before[-1] in "_.,#") or SIGN_BEFORE.search(before):
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
    """The figure with the sign before it, and with a doubt where colons, slashes or dots bind it to other figures."""
    before = text[max(0, token.start - 24) : token.start]
    code = SIGN_BEFORE.search(before)
    if (code and code.group().strip()[:1] not in "%‰") or code:
        before = before[: code.start()]
    negative = bool(_MINUS.search(before))
    bound = re.search(r"\d[:/⁄]$", before) or re.match(r"[:/⁄]\d", text[token.end : token.end + 2])
    start = token.start - 1 if negative and not code and text[token.start - 1] in "-−﹣－–‐‑" else token.start
    return replace(
        token, start=start, negative=negative, doubt=token.doubt or (text[max(0, token.start - 3) : token.end + 3].strip() if bound else "")
    )


def _completed(text: str, token: Token) -> Iterator[Token]:
    """A figure with what is glued to its end: a power of ten, a fraction, notes, an ending."""
    if power := _POWER.match(text, token.end):
        digits = "".join("-" if ch in "−–⁻-" else "" if ch == "⁺" else str(unicodedata.digit(ch)) for ch in power.group("power") or "")
        plainly = power.group("power") and (power.group("power")[0] in _RAISED + "⁻⁺" or "^" in power.group() or "**" in power.group())
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
