"""Find how words mean a number: "over 300", "300 or more", "not 300", "84 ± 3".

A claim must keep the form of its source's words. A weaker form is accepted ("at least 300" for
"over 300"), a stronger or a different one is not. A plain number may be claimed only if the words
give it plainly. Words that deny a number support no claim of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from explainer.check.support.counting import widths
from explainer.check.support.nouns import Clause
from explainer.model.hedging_words import HedgingWords, Phrases, hedging_words
from explainer.model.number_reader import WORD
from explainer.model.number_words import lowered, vocabulary
from explainer.model.numerals import AND, numerals, plain
from explainer.model.quantities import Form, Quantity

_TAKES: Final[dict[Form, frozenset[str]]] = {
    "exact": frozenset(["exact"]),
    "about": frozenset(["about"]),
    "over": frozenset(["over"]),
    "at least": frozenset(["atleast", "over"]),
    "under": frozenset(["under", "almost"]),
    "up to": frozenset(["upto", "under", "almost"]),
    "almost": frozenset(["almost"]),
}
"""What words may say, by the form of the claim's value."""
_BOUNDS: Final[tuple[Form, ...]] = ("over", "at least", "under", "up to", "almost")
_SIGNS: Final = {
    ">": "over",
    "＞": "over",
    "≥": "atleast",
    "⩾": "atleast",
    ">=": "atleast",
    "≧": "atleast",
    "<": "under",
    "＜": "under",
    "≤": "upto",
    "⩽": "upto",
    "<=": "upto",
    "≦": "upto",
    "~": "about",
    "≈": "about",
    "∼": "about",
    "≅": "about",
    "～": "about",
    "≠": "not",
}
_SIGN_BEFORE: Final = re.compile(
    "("
    + "|".join(map(re.escape, sorted(_SIGNS, key=lambda sign: -len(sign))))
    + r")[^\S\r\n\v\f\u0085\u2028\u2029]?\Z"
)
_NO_SIGN: Final = re.compile(r"[-–—=>＞][>＞]$|[<＜][^\s<>＜＞][^<>＜＞\n]*[\w)\]）」』][>＞]$")
"""Matches where ``>`` is no comparison.

It may be part of an arrow, "310 -> 512", or close a bracket, "<Households>".
"""
_CLOSED_BEHIND: Final = re.compile(r"[^<>＜＞\n]*[\w)\]）」』][>＞](?!\s?\d)")
"""Matches what follows ``<`` and a number if both open a bracket: "<300 people>"."""
_MONEY: Final = r"(?:[a-z]{0,3}[$€£¥₹₽₴₩฿₺₫]|usd|eur|gbp|rs\.?|rp\.?|chf)?"
_QUOTES: Final = r"[\s\"'“”„«»‘’(\-–]*"
MOST_PLACES: Final = 20
"""How many places of one number in a quote are checked.

An author whose quote repeats the number more often has to quote less.
"""
_REACH: Final = 70
"""How many characters before and after a number to look for the words that hedge it."""
_NOUNS: Final = re.compile(rf"['’]?(?:[\s\u00a0\-]*{WORD}\.?){{0,3}}['’\s,\-]*")
"""Matches the noun of a number, of up to three words, between it and a hedge."""
_NEAR_DENIAL: Final = re.compile(r"\s*(?:[^\W\d_]+\s+){0,2}")
"""Matches what may be between a word that denies and the number: "did not sell 300"."""
_SENTENCE: Final = re.compile(r"[;!?。！？।؟\n]|\.\s")
_LONGEST_BRACKET: Final = 200
"""How far before a number, in characters, a bracket may open that ends right before it."""
_LONGEST_OPENING: Final = 4
"""The maximum number of words before the comma that open a sentence to say that it is an estimate.
"""
_VERB_LAST: Final = frozenset(["ja", "ko", "zh", "hi", "bn", "tr", "fa"])
"""Languages that end a sentence with the verb about everything before it."""
_CLAUSE_OF_THAT: Final = re.compile(
    r"[;:!?。！？।؟\n()]|[.،、，]\s|[、，"
    r"]|,\s(?!(?:dass|daß|ob|что|будто|що|ніби|że|iż|že|že|että|hogy|că|че|ότι|πως|da|at|att|that)\s)"
)
"""Matches where a clause ends, except before "that": "bestritt, dass 300 kamen".

Such a clause says what the clause before it denies or estimates.
"""
_CLAUSE: Final = re.compile(r"[;:!?。！？।؟\n()]|[.,،、，]\s|[、，]")


@dataclass(frozen=True)
class Allowed:
    """What a claim declares about its number, other than that it is a plain fact."""

    estimate: bool = False
    """Whether the claim's kind is an estimate.

    Then a plain number may stand for "an estimated 300".
    """
    plan: bool = False
    """Whether the claim says that it is about a plan, a forecast or a lack."""
    bound: bool = False
    """Whether the author explains, in ``inferred``, how the words bound the number.

    This is needed in a language whose words for bounds are not all listed.
    """


def wrong_form(
    text: str, language: str, value: Quantity, found: Sequence[Clause], allowed: Allowed = Allowed()
) -> str:
    """Return how the words mean the number differently from the claim, or "".

    The result is "" if at least one place of the number has the claim's form. ``found`` are the
    places of the number that count the claim's noun, in ``text`` with the digits of any script as
    ASCII.
    """
    faults = [_fault(text, language, value, clause, allowed) for clause in found[:MOST_PLACES]]
    return "" if not faults or not all(faults) else faults[0]


def speaks_of_plans(text: str, language: str) -> bool:
    """Return whether a text says that a number is planned, hoped for, forecast or lacking.

    The text is a title, a question or a note.
    """
    pattern, low = hedging_words(language).plans.pattern, lowered(text)
    found = pattern.finditer(low) if pattern else iter(())
    return any(match.group() != "may" or text[match.start()].islower() for match in found)


def _fault(text: str, language: str, value: Quantity, clause: Clause, allowed: Allowed) -> str:  # noqa: C901, PLR0911
    """Return how the words mean one place of a claim's number differently from the claim, or ""."""
    words, low = hedging_words(language), lowered(text)
    start, end = clause.number.start, clause.number.end
    said = [
        *_before(low, (clause.first or clause.number).start, words),
        *_collective(low, start, end, words),
        *(after := _after(low, (clause.last or clause.number).end, words)),
    ]
    said = said or _told_of_each(low, clause, words)
    if clause.number.value < 0:
        said = [(phrase, keys) for phrase, keys in said if not _is_of_minus(phrase, keys, language)]
    guessed = frozenset(["about", "exact"] if allowed.estimate else ["about"])
    said = [
        (phrase, keys - {"guess"} | guessed if "guess" in keys else keys) for phrase, keys in said
    ]
    missed = _not_reached(low, start, end, words)
    if missed and value.form in ("under", "up to"):
        return ""
    if (
        denial := missed
        or next((phrase for phrase, keys in said if keys == {"not"}), "")
        or _denied(low, start, words)
    ):
        return f"'{denial}' denies {' to '.join(f'{number:,f}' for number in value.numbers)}"
    first, last = (clause.first or clause.number).start, (clause.last or clause.number).end
    doubted, how = _doubted(text, low, first, last, language)
    if how == "deny":
        return f"'{doubted}' denies {' to '.join(f'{number:,f}' for number in value.numbers)}"
    is_missed = any(
        keys == {"under"} for _, keys in after
    )  # "the target of 300 was not reached" says what happened
    if how == "maybe" and not allowed.plan and not is_missed:
        return f"'{doubted}' makes it a plan, a forecast, a fear or a lack"
    if value.b is not None or clause.within is not None:
        return ""
    if how == "guess" and not said and value.form == "exact" and value.width is None:
        said = [(doubted, guessed)]
    if (
        value.form == "exact"
        and value.width is None
        and (wide := widths(text, language, clause.number.value))
        and _is_wide(text, clause)
    ):
        return f"they give it a width: write '{value.a:f} ±{min(wide):f}'"
    said = [
        (phrase, _as_end_of_change(phrase, keys, text, start, language)) for phrase, keys in said
    ]
    said = [] if _is_surpassed(low, clause, said, language) else said
    if not said and value.form in _BOUNDS and not _was_due(low, start, end, value.form, words):
        if words.is_complete:
            return f"they have the number without '{value.form}'"
        return (
            ""
            if allowed.bound
            else f"they hold no word for '{value.form}' that is listed for '{language}'"
        )
    return _otherwise(said, value)


def _doubted(text: str, low: str, start: int, end: int, language: str) -> tuple[str, str]:
    """Return the word that makes a number a guess, a plan or a denied number, and its kind.

    The kind is "guess", "maybe" (a plan, a forecast, a fear or a lack) or "deny". Both items are ""
    if there is no such word. The word is before the number in its clause, or after it in its
    sentence. No other figure may be between, as a word beside another number is about that one.
    """
    words = hedging_words(language)
    begin, _ = _within(low, start, end, _CLAUSE_OF_THAT)
    _, stop = _within(low, start, end, _SENTENCE)
    begin = max(begin, start - 3 * _REACH)
    begin += max(
        (match.end() for match in re.finditer(r"\d(?:[.,]\d)?", low[begin:start])), default=0
    )
    begin += max(
        (
            match.end()
            for match in _words_in(low[begin:start])
            if vocabulary(language).has("but", match.group())
        ),
        default=0,
    )
    figure = re.search(r"\d", low[end:stop])
    stop = min(end + figure.start() if figure else stop, end + 3 * _REACH)
    found: dict[str, str] = {}
    opened, _ = _within(low, start, end, _SENTENCE)
    if words.opening and (word := low[opened:start].strip()) in words.opening:
        found["maybe"] = word
    if guess := _guess_that_opens(low, opened, start, words):
        found["guess"] = guess
    is_verb_last = language.partition("-")[0] in _VERB_LAST
    for phrases, first, last in ((words.doubting, begin, start), (words.doubting_after, end, stop)):
        for match in phrases.pattern.finditer(low, first, last) if phrases.pattern else ():
            between = re.findall(r"[^\W\d_]+", low[match.end() : start]) if last == start else []
            is_month = match.group() == "may" and text[match.start()].isupper()
            if is_month or words.able & set(between[:1]):
                continue
            for key in phrases.of(match):
                if (
                    last == stop
                    and key != "guess"
                    and not is_verb_last
                    and _CLAUSE.search(low, end, match.start())
                ):
                    continue  # "300 came, more than were planned"
                if (
                    last == stop
                    and is_verb_last
                    and _leads_to_a_figure(low, end, match.end(), stop)
                ):
                    continue  # "310人を上回って、目標とする500人"
                if last == start and is_verb_last and _is_goal_reached(low, match, start, end):
                    continue
                found.setdefault(key, match.group())
    return next(((found[key], key) for key in ("deny", "maybe", "guess") if key in found), ("", ""))


def _leads_to_a_figure(low: str, end: int, at: int, stop: int) -> bool:
    """Return whether words belong to the next figure, behind a comma: "、政府が目標とする5兆円".

    ``at`` is where the words end, ``end`` where the number ends, and ``stop`` where the next figure
    is.
    """
    commas = [match.start() for match in re.finditer(r"[,，、،]", low[end:at])]
    return (
        bool(commas)
        and re.match(r"\d", low[stop:]) is not None
        and not re.search(r"[,，、،]", low[at:stop])
    )


_AS_A_GOAL: Final = re.compile(
    r"(?:と(?:する|した|していた|掲げる|定めた|定める)|に(?:掲げた|掲げる|していた|する)|の|値の|だった|であった|である)?"
)
_REACHED: Final = re.compile(
    r"[^\d、。]{0,4}(?:を|に)(?:初めて)?(?:超えた|超え、"
    r"|超えて|上回った|上回り|上回って|突破した|突破し|達成した|達した|到達した)"
)


def _is_goal_reached(low: str, match: re.Match[str], start: int, end: int) -> bool:
    """Return whether a number is called a goal right before it, and was reached or passed.

    Example: Japanese "政府が目標とする5兆円を超えた".
    """
    return (
        match.group() == "目標"
        and _AS_A_GOAL.fullmatch(low, match.end(), start) is not None
        and _REACHED.match(low, end) is not None
    )


def _guess_that_opens(low: str, opened: int, start: int, words: HedgingWords) -> str:
    """Return the words before a comma that open a sentence and make it an estimate, or "".

    Example: "By one estimate, 300 died".
    """
    opening, comma, _ = re.sub(r"[،、，]", ",", low[opened:start]).partition(",")
    if (
        not comma
        or any(ch.isdigit() for ch in opening)
        or len(opening.split()) > _LONGEST_OPENING
        or words.doubting.pattern is None
    ):
        return ""
    found = words.doubting.pattern.finditer(opening)
    return next((match.group() for match in found if words.doubting.of(match) == {"guess"}), "")


def _words_in(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"[^\W\d_]+", text))


def _collective(
    low: str, start: int, end: int, words: HedgingWords
) -> list[tuple[str, frozenset[str]]]:
    """Return the words that in themselves make a number approximate, each with the key "about".

    Examples: French "une vingtaine"; a Russian noun before its number, "человек двадцать".
    """
    found = [word for word in re.findall(r"[^\W\d_]+", low[start:end]) if word in words.collective]
    noun = re.search(r"(?:([^\W\d_]+)\s)?([^\W\d_]+)\s$", low[max(0, start - _REACH) : start])
    if noun and noun.group(2) in words.turned and noun.group(1) not in words.heading:
        found.append(f"{noun.group(2)} {low[start:end]}")
    return [(word, frozenset(["about"])) for word in found]


def _otherwise(said: Sequence[tuple[str, frozenset[str]]], value: Quantity) -> str:
    """Return a message on what the hedges of a number say and its claim does not, or ""."""
    takes = _TAKES.get(value.form, frozenset()) | (
        {"about"} if value.width is not None else frozenset()
    )
    told = [
        each for each in said if "exact" not in each[1]
    ] or said  # "plus" decides in "some 300-plus"
    told = [
        each for each in told if each[1] != {"about"}
    ] or told  # "about 300 or more" is at least 300
    if all(takes & keys for _, keys in told):
        return ""
    names = {"atleast": "at least", "upto": "up to"}
    keys = frozenset[str]().union(*(keys for _, keys in told)) - {"exact", "not"}
    coded = " or ".join(f"'{names.get(key, key)} {value.a:f}'" for key in sorted(keys))
    phrases = " … ".join(dict.fromkeys(phrase for phrase, _ in told))
    return f"they say '{phrases}' of it" + (f", which is coded {coded}" if coded else "")


def _as_end_of_change(
    phrase: str, keys: frozenset[str], text: str, start: int, language: str
) -> frozenset[str]:
    """Return the keys of a phrase that may also give the end of a change.

    Spanish "hasta 300" is "up to 300", but "bajó hasta 300" is 300. Russian "до 300" can mean both,
    by verbs that are not listed. At the beginning of a sentence it does not mean the end of a
    change.
    """
    if "upto" not in keys or phrase not in vocabulary(language).sets.get("to", frozenset()):
        return keys
    low = lowered(text)
    begin, _ = _within(low, start, start, _SENTENCE)
    before = low[begin:start].strip()
    if (
        re.match(rf"{re.escape(phrase)}\s|{re.escape(phrase)}$", before)
        and text[begin:start].lstrip()[0].isupper()
    ):
        return keys - {"exact"}
    stems = tuple(vocabulary(language).sets.get("change", ()))
    changes = bool(stems) and any(
        word.startswith(stems) for word in re.findall(r"[^\W\d_]+", before)
    )
    return frozenset(["exact"]) if changes else keys


_SURPASSING: Final = re.compile(
    r"exceed|surpass|top(?:s|p)|beat|outstrip|outnumber|eclips|pass(?:es|ed|ing)|überst|übertr|überschr|überb|dépass|surpass|excéd|super[aoóò]|supper"
    r"|ultrapass|exced|ecced|overstig|overtr|översteg|överstig|övertr|overst|przekr|przewyż|překr|převýš|prekr|prevýš|prevyš|nadmaš|превы|перевищ"
    r"|надвиш|премаш|надмаш|depăș|depas|ξεπ|υπερ|ylit"
)
"""Matches the beginning of verbs that put one number above another, or above a bound."""
_OWN_YEAR_BEHIND: Final = re.compile(
    r"(?P<gap>(?:[\s\u00a0][^\W\d_]+\.?){0,4}?)[\s\u00a0]"
    r"(?:(?:of|de|del|di|von|van|av|af|do|da|des|fra|från|from|z|ze|din|dell['’]|recorded\sin|seen\sin|reported\sin)\s?"
    r"(?:(?:the|el|año|l['’]an(?:née)?|année|ano|anno|jahres|jahr|jaar|året|år|roku|anul)\s){0,2}(?:1[5-9]|20)\d\d(?!\d)"
    r"|(?P<bare>(?:1[5-9]|20)\d\d)\s?(?:г\.|р\.|r\.|года|году|року|roku|roka|godine|година))"
)
"""Matches a number's own year after its noun: "the 310 visitors of 2019"."""
_OWN_YEAR_BEFORE: Final = {
    "ja": (
        r"(?:\d年(?:度|\d{1,2}月)?|前年|昨年|去年|前回|前期|前月|従来|過去最[高多少低大小])の$|\d年に(?:記録|達成|樹立)[^、"
        r"。]{0,4}た$"
    ),
    "ko": (
        r"(?:\d년(?:도)?|지난해|작년|전년|이전|종전|역대\s?최[고다]치?|기록)(?:의|인|였던|이던)\s$|\d년에?\s(?:기록한|달성한|세운)\s$"
    ),
    "tr": (
        r"(?:\d['’]?(?:teki|daki|deki|taki)|(?:yıl|sene)(?:ındaki|indeki|ki)|geçen\syılki|önceki)\s$"
    ),
    "hi": r"(?:\d|साल|वर्ष|सन)\s(?:के|की|का|वाले)\s$",
    "mr": r"\d\s?(?:च्या|मधील)\s$",
    "bn": r"(?:\d|সালের|বছরের)\s?(?:সালের\s)?$",
    "en": r"(?:\d['’]s|last\syear['’]s)\s$",
}
"""Patterns for a number's own year right before it: "2019年の310人", "2019's 310 visitors"."""
_QUALIFIES: Final = {
    "ja": r"[^\d、。]{0,2}る[^\W\d]",
    "ko": r"[은는]\s[^\W\d]",
    "hi": r"\s?(?!है|हैं|था|थे|थी|रहा|रही|रहे|हो)[^\W\d]",
    "tr": r"[ae]n\s[^\W\d]",
}
"""What makes words for "over" a part of the number's own noun phrase, as in Japanese "300人を超える死者".

It comes right after these words.
"""  # noqa: E501


def _is_surpassed(
    low: str, clause: Clause, said: Sequence[tuple[str, frozenset[str]]], language: str
) -> bool:
    """Return whether the words put another number above this one, which has a time of its own.

    Then this number is exact: "Surpassing the 310 visitors of 2019" and "2019年の310人を上回った" say that
    there were 310 in 2019.
    """  # noqa: E501
    short = language.partition("-")[0]
    if not said or any(not keys & {"over", "atleast", "under"} for _, keys in said):
        return False
    first, last = clause.first or clause.number, clause.last or clause.number
    own = _OWN_YEAR_BEFORE.get(short)
    if own and re.search(
        own, re.sub(r"[$€£¥]\s?$", "", low[max(0, first.start - _REACH) : first.start])
    ):
        phrase = low.find(said[-1][0], last.end)
        rest = _QUALIFIES.get(short)
        return (
            phrase < 0 or rest is None or re.match(rest, low[phrase + len(said[-1][0]) :]) is None
        )
    if not any(_SURPASSING.match(phrase.removeprefix("to ")) for phrase, _ in said):
        return False
    behind, words = _OWN_YEAR_BEHIND.match(low, last.end), vocabulary(language)
    if behind is None:
        return False
    gap = re.findall(r"[^\W\d_]+", behind["gap"])
    return not any(words.has("stop", word) and not words.has("of", word) for word in gap) and not (
        behind["bare"]
        and any(len(word) < 3 for word in gap)  # Russian "в 2019 году" says when that was
    )


def _is_of_minus(phrase: str, keys: frozenset[str], language: str) -> bool:
    """Return whether a word for "under" is only a part of what makes a number negative.

    Example: Turkish "sıfırın altında 12".
    """
    sets = vocabulary(language).sets
    negative = sets.get("minus", frozenset()) | sets.get("below", frozenset())
    return "under" in keys and any(phrase in known.split() for known in negative)


def _is_wide(text: str, clause: Clause) -> bool:
    """Return whether a width is right after this place of the number."""
    end = (clause.first or clause.number).end
    return (
        re.match(r"[^\d.;:!?()]{0,12}(?:±|\+\s?/\s?[-−–]|plus)", lowered(text[end : end + 24]))
        is not None
        or "±" in text[end : end + 8]
    )


def _before(low: str, start: int, words: HedgingWords) -> list[tuple[str, frozenset[str]]]:
    """Return the hedges right before a number, each with its keys."""
    found: list[tuple[str, frozenset[str]]] = []
    while True:
        head = low[max(0, start - _REACH) : start]
        if (sign := _SIGN_BEFORE.search(head)) and not _is_of_a_bracket(
            low, start, sign.group().rstrip()
        ):
            return [*found, (sign.group(1), frozenset([_SIGNS[sign.group(1)]]))]
        match = _last(words.before, head, _filler(words.filler))
        if match is None:
            return found
        found.insert(0, (match.group(), words.before.of(match)))
        start = start - len(head) + match.start()


def _is_of_a_bracket(low: str, start: int, sign: str) -> bool:
    """Return whether a sign before a number is no comparison.

    It closes or opens a bracket, or is part of an arrow.
    """
    if sign in ("<", "＜"):
        return (
            low[:start].rstrip().endswith(("<<", "＜＜"))
            or _CLOSED_BEHIND.match(low, start) is not None
        )
    return (
        sign in (">", "＞")
        and _NO_SIGN.search(low[max(0, start - _LONGEST_BRACKET) : start].rstrip()) is not None
    )


def _filler(filler: Phrases) -> re.Pattern[str]:
    """Return the pattern of what may be between a hedge and its number.

    This is articles, quotation marks and the sign of a currency.
    """
    known = f"(?:(?:{filler.pattern.pattern})\\s*)" if filler.pattern else "(?:)"
    return re.compile(f"{_QUOTES}{known}{{0,2}}{_QUOTES}{_MONEY}\\s?")


def _last(phrases: Phrases, head: str, between: re.Pattern[str]) -> re.Match[str] | None:
    """Return the match of the longest phrase at the end of ``head``, or None.

    Text that matches ``between`` may follow the phrase.
    """
    if phrases.pattern is None:
        return None
    match = phrases.pattern.search(head)
    while match and not between.fullmatch(
        head, match.end()
    ):  # try each place, or "is not" would hide "not less than"
        match = phrases.pattern.search(head, match.start() + 1)
    return match


def _after(low: str, end: int, words: HedgingWords) -> list[tuple[str, frozenset[str]]]:
    """Return the first hedge after a number and its noun, with its keys; at most one."""
    tail = low[end : end + _REACH]
    pattern = words.after.pattern
    found = (
        (match for match in pattern.finditer(tail) if _may_follow(tail, match, words))
        if pattern
        else iter(())
    )
    match = next(found, None)
    return [(match.group(), words.after.of(match))] if match else []


def _told_of_each(
    low: str, clause: Clause, words: HedgingWords
) -> list[tuple[str, frozenset[str]]]:
    """Return the hedge of a number in a list, if it is only at the list's first or last number.

    "exceeded 4 million, 3 million and 1 million respectively"; "A が400万人、B が300万人をいずれも超えた"
    """  # noqa: E501
    begin, stop = _within(low, clause.number.start, clause.number.end, _SENTENCE)
    each = words.of_each.pattern
    if each is None or not each.search(low, begin, stop):
        return []
    listed = [number for number in clause.others if begin <= number.start and number.end <= stop]
    at = next(
        (index for index, number in enumerate(listed) if number.start == clause.number.start), 0
    )
    for number in listed[
        at : at + MOST_PLACES
    ]:  # leave out what is between the last number and its verb
        found = _after(low[: number.end] + each.sub("", low[number.end : stop]), number.end, words)
        if found:
            return found
        if not _ITEM_END.match(low, number.end):
            break
    is_list = all(
        _ITEM_END.fullmatch(low, left.end, right.start)
        for left, right in pairwise(listed[: at + 1])
    )
    return _before(low, listed[0].start, words) if at and is_list else []


_ITEM_END: Final = re.compile(rf"\s*(?:{WORD}\s*){{0,2}}(?:[,、，]\s*|{AND.pattern})+")
"""Matches the noun of an item in a list, and the comma or "and" after it."""


def _may_follow(tail: str, match: re.Match[str], words: HedgingWords) -> bool:
    """Return whether only the number's noun is before a phrase.

    A comma may be before a phrase such as "give or take".
    """
    if "," in tail[: match.start()] and (
        words.after.of(match) != {"about"} or re.match(r"\s*[^\w\s]?\d", tail[match.end() :])
    ):
        return False  # "379,890, about 13,000 fewer": here "about" belongs to the second number
    return _NOUNS.fullmatch(tail, 0, match.start()) is not None


def _denied(low: str, start: int, words: HedgingWords) -> str:
    """Return the word that denies a number in its own clause, or "".

    At most two words may be between the word and the number.
    """
    head = re.split(r"[,;:.!?()]\s|\n", low[max(0, start - _REACH) : start])[-1]
    for match in words.before.pattern.finditer(head) if words.before.pattern else ():
        if words.before.of(match) == {"not"} and _NEAR_DENIAL.fullmatch(head, match.end()):
            between = head[match.end() :]
            hedge = words.before.pattern.search(between) if words.before.pattern else None
            if hedge is None:
                return match.group() + between.rstrip()
    return ""


def _not_reached(low: str, start: int, end: int, words: HedgingWords) -> str:
    """Return the verb before a number and the word after it that denies the verb, or "".

    Example: "erreichte 300 Personen nicht".
    """
    verb = re.search(r"([^\W\d_]+)\s+$", low[max(0, start - _REACH) : start])
    if verb is None or verb.group(1) not in words.reaching:
        return ""
    _, stop = _within(low, start, end, _CLAUSE)
    denial = next(
        (word for word in re.findall(r"[^\W\d_]+", low[end:stop]) if word in words.denying), ""
    )
    return denial and f"{verb.group(1)} … {denial}"


def _was_due(low: str, start: int, end: int, form: Form, words: HedgingWords) -> bool:
    """Return whether a number was due and the end of the sentence says what came instead.

    Example: "300 were due, and they got fewer". The bound at the end must fit ``form``.
    """
    first, last = _within(low, start, end, _SENTENCE)
    if words.due.pattern is None or not words.due.pattern.search(low, first, last):
        return False
    for phrases in (words.before, words.after):
        for match in phrases.pattern.finditer(low, end, last) if phrases.pattern else ():
            is_at_end = not re.search(r"\w", low[match.end() : last]) and not re.search(
                r"\d", low[end : match.start()]
            )
            if is_at_end and _TAKES[form] & phrases.of(match):
                return True
    return False


def _within(low: str, start: int, end: int, breaks: re.Pattern[str]) -> tuple[int, int]:
    """Return where the sentence or clause of a number begins and ends.

    ``breaks`` matches the ends of sentences or clauses.
    """
    begin = max((match.end() for match in breaks.finditer(low, 0, start)), default=0)
    stop = breaks.search(low, end)
    return begin, stop.start() if stop else len(low)


def without_hedges(words: str, language: str) -> str:
    """Return the text with spaces in place of hedges that come between a number and its noun.

    They would hide the noun from a reader of the number alone. In Hindi the noun of "300 से अधिक
    पेड़" comes after "more than".
    """
    known, spoken = hedging_words(language), vocabulary(language)
    low = lowered(plain(words))
    spans: list[tuple[int, int]] = []
    if known.after.pattern and "unspaced" not in spoken.flags:
        ends = {each.end for each in numerals(words, language)}
        spans += [
            m.span()
            for m in known.after.pattern.finditer(low)
            if m.start() - 1 in ends and low[m.start() - 1] in " \u00a0"
        ]
    for start, end in spans:
        words = f"{words[:start]}{' ' * (end - start)}{words[end:]}"
    return words
