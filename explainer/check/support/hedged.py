"""How words mean a number that they hold: "over 300", "300 or more", "not 300", "84 ± 3"; and
whether a claim is coded so.

A claim keeps the form of its source's words. A weaker form is taken ("at least 300" for "over
300"), a stronger or another one is not, and a plain number is claimed only where the words have it
plainly. What denies a number bears no claim of it.
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
"""What words may say, by the form in which a claim is coded."""
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
"""Where ``>`` is no comparison: in an arrow, "310 -> 512", and where it closes a bracket,
"<Households>"."""
_CLOSED_BEHIND: Final = re.compile(r"[^<>＜＞\n]*[\w)\]）」』][>＞](?!\s?\d)")
"""What stands behind ``<`` and a number where both open a bracket: "<300 people>"."""
_MONEY: Final = r"(?:[a-z]{0,3}[$€£¥₹₽₴₩฿₺₫]|usd|eur|gbp|rs\.?|rp\.?|chf)?"
_QUOTES: Final = r"[\s\"'“”„«»‘’(\-–]*"
MOST_PLACES: Final = 20
"""So many places of one number in a quote are judged; whoever repeats it more often has to quote
less."""
_REACH: Final = 70
"""How many letters before a number, and after it, the words that hedge it are looked for."""
_NOUNS: Final = re.compile(rf"['’]?(?:[\s\u00a0\-]*{WORD}\.?){{0,3}}['’\s,\-]*")
"""The noun of a number, of a few words, that may stand between it and what hedges it."""
_NEAR_DENIAL: Final = re.compile(r"\s*(?:[^\W\d_]+\s+){0,2}")
"""What may stand between a word that denies and the number: "did not sell 300"."""
_SENTENCE: Final = re.compile(r"[;!?。！？।؟\n]|\.\s")
_LONGEST_BRACKET: Final = 200
"""So many letters before a number a bracket may open that ends right before it."""
_LONGEST_OPENING: Final = 4
"""So many words at most open a sentence before a comma, to say that it estimates."""
_VERB_LAST: Final = frozenset(["ja", "ko", "zh", "hi", "bn", "tr", "fa"])
"""Languages that end a sentence with what it says of all before it."""
_CLAUSE_OF_THAT: Final = re.compile(
    r"[;:!?。！？।؟\n()]|[.،、，]\s|[、，"
    r"]|,\s(?!(?:dass|daß|ob|что|будто|що|ніби|że|iż|že|že|että|hogy|că|че|ότι|πως|da|at|att|that)\s)"
)
"""Where a clause ends, but for one that tells what another denies, or reckons: "bestritt, dass 300
kamen"."""
_CLAUSE: Final = re.compile(r"[;:!?。！？।؟\n()]|[.,،、，]\s|[、，]")


@dataclass(frozen=True)
class Allowed:
    """What else than a plain fact a claim says that it tells."""

    estimate: bool = False
    """Whether its kind is an estimate: then a plain number may stand for "an estimated 300"."""
    plan: bool = False
    """Whether it says that it tells a plan, a forecast or a lack."""
    bound: bool = False
    """Whether the author tells how the words bound the number, in a language whose words for that
    are not all listed."""


def wrong_form(
    text: str, language: str, value: Quantity, found: Sequence[Clause], allowed: Allowed = Allowed()
) -> str:
    """How the words mean the number otherwise than the claim; empty where some place of it bears
    the claim's form.

    ``found`` are the places of the number that count the claim's noun, in ``text`` with the digits
    of any script as ASCII.
    """
    faults = [_fault(text, language, value, clause, allowed) for clause in found[:MOST_PLACES]]
    return "" if not faults or not all(faults) else faults[0]


def speaks_of_plans(text: str, language: str) -> bool:
    """Whether words of a title, a question or a note say that a number is planned, hoped for,
    forecast or lacking.
    """
    pattern, low = hedging_words(language).plans.pattern, lowered(text)
    found = pattern.finditer(low) if pattern else iter(())
    return any(match.group() != "may" or text[match.start()].islower() for match in found)


def _fault(text: str, language: str, value: Quantity, clause: Clause, allowed: Allowed) -> str:  # noqa: C901, PLR0911
    """How the words mean one place of a claim's number otherwise than the claim; empty where they
    do not.
    """
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
    )  # "the target of 300 was not reached" tells what was
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
    """The word that makes a number a guess, a hope or a denied number, and which of them; empty
    where there is none.

    It stands before the number in its clause, or after it in its sentence, with no other figure
    between: a word beside another number is about that one.
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
    """Whether words from a place to the next figure, behind a comma, belong to that figure:
    "、政府が目標とする5兆円".
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
    """Whether a number is called a goal right before it and was passed: Japanese
    "政府が目標とする5兆円を超えた".
    """
    return (
        match.group() == "目標"
        and _AS_A_GOAL.fullmatch(low, match.end(), start) is not None
        and _REACHED.match(low, end) is not None
    )


def _guess_that_opens(low: str, opened: int, start: int, words: HedgingWords) -> str:
    """The words that open a sentence, before a comma, to say that it estimates: "By one estimate,
    300 died".
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
    """What makes a number about so many by itself: French "une vingtaine", or a Russian noun before
    it, "человек двадцать".
    """
    found = [word for word in re.findall(r"[^\W\d_]+", low[start:end]) if word in words.collective]
    noun = re.search(r"(?:([^\W\d_]+)\s)?([^\W\d_]+)\s$", low[max(0, start - _REACH) : start])
    if noun and noun.group(2) in words.turned and noun.group(1) not in words.heading:
        found.append(f"{noun.group(2)} {low[start:end]}")
    return [(word, frozenset(["about"])) for word in found]


def _otherwise(said: Sequence[tuple[str, frozenset[str]]], value: Quantity) -> str:
    """What the phrases around a number say that its claim does not; empty where they agree, or
    there are none.
    """
    takes = _TAKES.get(value.form, frozenset()) | (
        {"about"} if value.width is not None else frozenset()
    )
    told = [
        each for each in said if "exact" not in each[1]
    ] or said  # "some 300-plus" is told by "plus"
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
    """What a phrase says where it may also tell the end of a change: Spanish "hasta 300" is up to
    300, "bajó hasta 300" is 300.

    Russian "до 300" is one or the other by verbs that nobody has listed, but nothing changes where
    a sentence begins with it.
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
"""Beginnings of verbs by which one number is set above another, or above a bound."""
_OWN_YEAR_BEHIND: Final = re.compile(
    r"(?P<gap>(?:[\s\u00a0][^\W\d_]+\.?){0,4}?)[\s\u00a0]"
    r"(?:(?:of|de|del|di|von|van|av|af|do|da|des|fra|från|from|z|ze|din|dell['’]|recorded\sin|seen\sin|reported\sin)\s?"
    r"(?:(?:the|el|año|l['’]an(?:née)?|année|ano|anno|jahres|jahr|jaar|året|år|roku|anul)\s){0,2}(?:1[5-9]|20)\d\d(?!\d)"
    r"|(?P<bare>(?:1[5-9]|20)\d\d)\s?(?:г\.|р\.|r\.|года|году|року|roku|roka|godine|година))"
)
"""A year behind a number and its noun that tells which of such numbers it is: "the 310 visitors of
2019"."""
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
"""A year right before a number that tells which of such numbers it is: "2019年の310人", "2019's 310
visitors"."""
_QUALIFIES: Final = {
    "ja": r"[^\d、。]{0,2}る[^\W\d]",
    "ko": r"[은는]\s[^\W\d]",
    "hi": r"\s?(?!है|हैं|था|थे|थी|रहा|रही|रहे|हो)[^\W\d]",
    "tr": r"[ae]n\s[^\W\d]",
}
"""What behind words for "over" makes them a part of the number's own noun phrase: "300人を超える死者"."""  # noqa: E501


def _is_surpassed(
    low: str, clause: Clause, said: Sequence[tuple[str, frozenset[str]]], language: str
) -> bool:
    """Whether the words set another number above this one, which is told plainly, with a time of
    its own.

    "Surpassing the 310 visitors of 2019", "2019年の310人を上回った" say that there were 310 in 2019.
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
        and any(len(word) < 3 for word in gap)  # Russian "в 2019 году" tells when it surpassed
    )


def _is_of_minus(phrase: str, keys: frozenset[str], language: str) -> bool:
    """Whether a word that is "under" elsewhere is a part of what makes a number negative: Turkish
    "sıfırın altında 12".
    """
    sets = vocabulary(language).sets
    negative = sets.get("minus", frozenset()) | sets.get("below", frozenset())
    return "under" in keys and any(phrase in known.split() for known in negative)


def _is_wide(text: str, clause: Clause) -> bool:
    """Whether a width stands right behind this place of the number."""
    end = (clause.first or clause.number).end
    return (
        re.match(r"[^\d.;:!?()]{0,12}(?:±|\+\s?/\s?[-−–]|plus)", lowered(text[end : end + 24]))
        is not None
        or "±" in text[end : end + 8]
    )


def _before(low: str, start: int, words: HedgingWords) -> list[tuple[str, frozenset[str]]]:
    """The phrase right before a number that hedges it; several in a row count as one each."""
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
    """Whether a sign before a number compares nothing: it closes or opens a bracket, or is a part
    of an arrow.
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
    """What may stand between a word that hedges and its number: articles, quotation marks, the sign
    of a currency.
    """
    known = f"(?:(?:{filler.pattern.pattern})\\s*)" if filler.pattern else "(?:)"
    return re.compile(f"{_QUOTES}{known}{{0,2}}{_QUOTES}{_MONEY}\\s?")


def _last(phrases: Phrases, head: str, between: re.Pattern[str]) -> re.Match[str] | None:
    """The longest phrase that ends right before the end of ``head``, but for what may stand
    between.
    """
    if phrases.pattern is None:
        return None
    match = phrases.pattern.search(head)
    while match and not between.fullmatch(
        head, match.end()
    ):  # from each place on: "is not" hides no "not less than"
        match = phrases.pattern.search(head, match.start() + 1)
    return match


def _after(low: str, end: int, words: HedgingWords) -> list[tuple[str, frozenset[str]]]:
    """The phrase after a number and its noun that hedges it."""
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
    """The phrase that hedges each number of a list, though it stands at the first or the last one
    only.

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
    ]:  # what stands between the last number and its verb is left out
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
"""The noun of an item of a list, and the comma or "and" behind it."""


def _may_follow(tail: str, match: re.Match[str], words: HedgingWords) -> bool:
    """Whether nothing but a number's noun stands before a phrase; a comma only before one such as
    "give or take".
    """
    if "," in tail[: match.start()] and (
        words.after.of(match) != {"about"} or re.match(r"\s*[^\w\s]?\d", tail[match.end() :])
    ):
        return False  # "379,890, about 13,000 fewer": here "about" belongs to the second number
    return _NOUNS.fullmatch(tail, 0, match.start()) is not None


def _denied(low: str, start: int, words: HedgingWords) -> str:
    """The word that denies a number from at most two words before it, in its own clause."""
    head = re.split(r"[,;:.!?()]\s|\n", low[max(0, start - _REACH) : start])[-1]
    for match in words.before.pattern.finditer(head) if words.before.pattern else ():
        if words.before.of(match) == {"not"} and _NEAR_DENIAL.fullmatch(head, match.end()):
            between = head[match.end() :]
            hedge = words.before.pattern.search(between) if words.before.pattern else None
            if hedge is None:
                return match.group() + between.rstrip()
    return ""


def _not_reached(low: str, start: int, end: int, words: HedgingWords) -> str:
    """The verb before a number that a word after it denies: "erreichte 300 Personen nicht"."""
    verb = re.search(r"([^\W\d_]+)\s+$", low[max(0, start - _REACH) : start])
    if verb is None or verb.group(1) not in words.reaching:
        return ""
    _, stop = _within(low, start, end, _CLAUSE)
    denial = next(
        (word for word in re.findall(r"[^\W\d_]+", low[end:stop]) if word in words.denying), ""
    )
    return denial and f"{verb.group(1)} … {denial}"


def _was_due(low: str, start: int, end: int, form: Form, words: HedgingWords) -> bool:
    """Whether a number was due, and a bound behind it that ends the sentence tells what came: "300
    were due, and they got fewer".
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
    """Where the sentence, or the clause, of a number begins and ends."""
    begin = max((match.end() for match in breaks.finditer(low, 0, start)), default=0)
    stop = breaks.search(low, end)
    return begin, stop.start() if stop else len(low)


def without_hedges(words: str, language: str) -> str:
    """The words with spaces in place of what hedges a number and would hide it, or its noun, from
    whoever reads the number alone.

    In Hindi the noun of "300 से अधिक पेड़" stands behind "more than".
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
