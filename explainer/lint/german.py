"""How German counts and compares. Data only."""

from __future__ import annotations

from typing import Final

from explainer.lint.language import Frame, Vocabulary

_PART = (
    "ein|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|sechzehn|siebzehn|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|"
    "achtzig|neunzig|hundert|tausend|und"
)
_ADJECTIVE = "(?:e|en|er|es|em)"

GERMAN: Final = Vocabulary(
    numbers="|".join((
        f"(?!(?:ein|und)(?:mal|fach{_ADJECTIVE}?)?$)(?:{_PART})+(?:te[nrs]?|tel[ns]?|mal|fach{_ADJECTIVE}?|jährig{_ADJECTIVE}?|monatig{_ADJECTIVE}?|tägig{_ADJECTIVE}?)?",
        f"(?:{_PART})*(?:zig|ßig|hundert|tausend)(?:ste[nrs]?|er)|sechziger|siebziger|(?:{_PART})*neunziger|hunderte[nr]?|tausende[nr]?",
        f"null|eins|dritt{_ADJECTIVE}|dritteln?|siebte[nrs]?|siebtel|hälften?|halb{_ADJECTIVE}?|anderthalb|(?:ein|zwei|drei)einhalb",
        "dutzend(?:e|en)?|millionen?|milliarden?|jahrzehnt(?:e|en|s)?|jahrhundert(?:e|en|s)?",
    )),
    comparisons="|".join((
        f"(?:größt|kleinst|höchst|niedrigst|längst|kürzest|ältest|jüngst|neuest|stärkst|meist|wenigst){_ADJECTIVE}",
        f"erst{_ADJECTIVE}|erstmals|einzig{_ADJECTIVE}|mehrheit(?:en)?|verdoppel\\w{{1,4}}|verdreifach\\w{{1,4}}|vervierfach\\w{{1,4}}|halbier\\w{{1,4}}",
        f"rekord\\w{{0,20}}|doppelt{_ADJECTIVE}?|beispiellos{_ADJECTIVE}?",
    )),
    where=(("number", Frame("prozent|promille", r"\ufffc ?")),),
    never=(Frame("achten?|achte", "", r" (?:\w+ )?(?:auf|gab|geben|gibt)\b"), Frame(f"längst|jüngst|höchst{_ADJECTIVE}", "", r" möglich")),
    proper_months=True,
)  # fmt: skip
