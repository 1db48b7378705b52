"""How English counts and compares. Data only."""

from __future__ import annotations

from typing import Final

from explainer.lint.language import Frame, Vocabulary

_ONES = "two three four five six seven eight nine ten eleven twelve"
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_GREAT = "hundred thousand million billion trillion lakh crore"
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_SUPERLATIVES = (
    "largest biggest greatest highest lowest smallest fewest longest shortest oldest youngest eldest earliest latest newest "
    "fastest slowest strongest weakest poorest richest heaviest lightest deadliest bloodiest costliest cheapest widest broadest steepest"
)


def _any(words: str) -> str:
    return "|".join(words.split())


NUMBER: Final = rf"(?:\d.*|{_any(f'one {_ONES} {_TEENS} {_TENS} {_GREAT}')})"
"""A number before a word such as "times"."""
_TAKES_A_SENTENCE = "a|an|the|they|we|you|he|she|it|i|this|that|these|those|any|anyone|someone|no|all|his|her|their|foreigners|men|people"
_ADVERBIAL = (
    "if|when|while|where|by|then|after|before|until|to|in|on|at|as|from|under|with|because|since|once|a|an|those|recently|later|now|"
    "for|of|through|that|what|who"
)
_GOES_ON = (
    "is|was|are|were|has|had|did|does|will|would|can|could|came|set|that|which|who|on|of|from|for|to|and|or|but|by|with|in|at|as|than"
)
_NO_LAST = "resort|word|days?|weeks?|months?|years?|minute|few|several"
_THEM = "the|these|those|them|its|our"

ENGLISH: Final = Vocabulary(
    numbers="|".join((
        _any(f"zero nil one {_ONES} {_TEENS} {_TENS} {_GREAT} dozen {_ORDINALS}"),
        "(?:hundred|thousand|million|billion|dozen|ten|twentie|thirtie|fortie|fiftie|sixtie|seventie|eightie|ninetie)s",
        "(?:fif|six|seven|eigh|nin|ten|eleven|twelf|hundred|thousand|million)ths|thirds|(?:thir|four|fif|six|seven|eigh|nine)teenths?",
        "(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieths?|(?:hundred|thousand|million|billion)th",
        "half|halves|decades?|century|centuries|fortnights?|twice|thrice|[’']?(?:19|20)\\d0s",
    )),
    comparisons="|".join((
        _any(_SUPERLATIVES),
        "first|most|least|majority|unprecedented|unmatched|unequalled|unparalleled|sole|all-time",
        "doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)|halv(?:e|es|ed|ing)",
        "(?:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)fold",
    )),
    where=(
        ("number", Frame("quarters?", r"\b(?:a|one|two|three|each)[ -]")),
        ("number", Frame("quarters?", "", " of (?:the|all|them|its|those|a)\\b")),
        ("number", Frame("couple", r"\ba ")),
        ("number", Frame("k|m|bn|mn|st|nd|rd|th|percent", r"\ufffc ?")),
        ("number", Frame("per", r"\ufffc[ -]", "[ -]?cent")),
        ("number", Frame("cent", r"\ufffc[ -]per[ -]")),
        ("comparison", Frame("only", r"\b(?:the|its|his|her|their|our|your|my|whose|\w+[’']s) ")),
        ("comparison", Frame("only", "", r" (?!I\b)[^\W\d_a-zа-я]")),
        ("comparison", Frame("only", r"(?:^|\| )", rf" (?!(?:{_ADVERBIAL})\b)")),
        ("comparison", Frame("last", r"\b(?:the|its|his|her|their|our|this) ", rf"(?! (?:{_NO_LAST})\b)")),
        ("comparison", Frame("record", "", " (?:call|number|high|low|intake|sum|year|payment|level|amount|total|figure|pace|since)")),
        ("comparison", Frame("record", r"\b(?:sets?|setting|broke|breaks|breaking|beats?)(?: an?| the| its)? ")),
        ("comparison", Frame("record", r"\b(?:new|years?|all-time)[ -]")),
        ("comparison", Frame("maximum|minimum|peak|high|low", "", " (?:since|on record|ever)\\b")),
        ("comparison", Frame("high|low", r"\b(?:all-time|record)[ -]")),
        ("comparison", Frame("times", rf"\b{NUMBER} ", " (?:that|those|as|more|larger|the|what|higher|greater|bigger|its|over)\\b")),
        ("comparison", Frame("twice", "", " (?:that|those|as|the|what|its|more|their|his)\\b")),
        ("comparison", Frame("fold", r"\d-")),
        ("comparison", Frame("before", r"\bnever ")),
        ("number", Frame("one", "", rf" in (?:an? |{NUMBER}\b)|[ -](?:half|third|fifth|tenth)s?\b| of (?:{_THEM})\b")),
    ),
    never=(
        Frame("one", r"\b(?:the|this|that|which|each|every|any|no|some|such|another) "),
        Frame("one", r"\b(?:the|an?|this|that|each|every|any|no|some|another)(?: [\w’'-]+){1,2} ", rf"$|,| \|| (?:{_GOES_ON})\b"),
        Frame("one", "", r" (?:another|cannot|can|could|may|might|must|should|would|will|who|whom)\b|-(?:off|sided|way|time)\b"),
        Frame("second", "", r" to none\b|[ -](?:thoughts?|hand)\b"),
        Frame(_any(_ORDINALS), "", "-rate\\b"),
        Frame("third", "", r"[ -](?:part(?:y|ies)|person|persons|countries|country)\b"),
        Frame("half", "", r"-(?:year|yearly|brother|sister|hearted|truth|mast|measures?|way)\b"),
        Frame("first", r"\bat ", ""),
        Frame("first", "", r"[ -](?:hand|aid|name|names|rate|class|person|lady)\b| of all\b"),
        Frame("first", rf"\b(?:{_any(_TENS)}|hundred)[ -](?:and )?"),
        Frame("most", r"\bat |\bfor the ", ""),
        Frame("most", "", " (?:likely|probably|certainly)\\b"),
        Frame("least", r"\b(?:at|at the|not|the very) |\bto say the "),
    ),
    proper_months=True,
)  # fmt: skip

NO_MONTH: Final = Frame("may", r"(?:^|\| )", rf" (?:{_TAKES_A_SENTENCE})\b")
""""May foreigners serve?" begins with no month."""
