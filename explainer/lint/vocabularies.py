"""The words of each language for numbers and comparisons.

English, German, Russian and Ukrainian have a ``Vocabulary`` in this module. ``MORE`` has number
words of other languages. The lists in ``explainer/languages/words/`` add to these: see ``Line``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final, Literal

from explainer.languages import LISTS

# The structure of a vocabulary. Names of months are not in it: they come from Babel.

Kind = Literal["number", "comparison"]


@dataclass(frozen=True)
class Frame:
    """A pattern of words in a context.

    ``before`` and ``after`` are patterns of the words beside it, joined as ``words.Tokens`` does.
    """

    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The vocabulary of one language. Patterns match whole words and ignore case."""

    numbers: str
    comparisons: str
    where: tuple[tuple[Kind, Frame], ...] = ()
    """Words that are numbers or comparisons only in a certain context."""
    never: tuple[Frame, ...] = ()
    """Contexts in which a word of ``numbers`` or ``comparisons`` is neither."""
    other: str = "$^"
    """Ordinary words of this language that are numbers or comparisons in another language."""
    proper_months: bool = False
    """Whether months have a capital letter, and are other words without it ("may")."""


@dataclass(frozen=True)
class Bounded:
    """A compiled ``Frame``.

    ``before`` matches at the end of the text before the word, ``after`` at the beginning of the
    text after it.
    """

    words: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]

    @classmethod
    def of(cls, frame: Frame) -> Bounded:
        """Compile a frame."""
        before = re.compile(f"(?:{frame.before})$" if frame.before else "", re.IGNORECASE)
        after = re.compile(frame.after)
        return cls(re.compile(frame.words, re.IGNORECASE), before, after)

    def holds(self, word: str, before: str, after: str) -> bool:
        """Whether a word between two texts matches this frame."""
        return bool(
            self.words.fullmatch(word) and self.before.search(before) and self.after.match(after)
        )


# English

_ONES = "two three four five six seven eight nine ten eleven twelve"
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_GREAT = "hundred thousand million billion trillion quadrillion quintillion lakh lakhs crore crores"
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_NO_SUPERLATIVE = (
    "honest|dishonest|forest|rainforest|deforest|reforest|afforest|rest|armrest|headrest|backrest|footrest|unrest|wrest|crest|interest|disinterest"
    "|self-interest|west|midwest|northwest|southwest|test|pretest|retest|contest|attest|detest|protest|nearest|request|bequest|quest|inquest|conquest"
    "|harvest|guest|invest|reinvest|divest|vest|digest|ingest|suggest|congest|egest|chest|arrest|pest|tempest|zest|jest|nest|behest|infest|manifest"
    "|molest|modest|immodest|earnest|priest|archpriest|est|lest|blest|incest|palimpsest|almagest|everest|budapest|bucharest|brest|fest|ernest|hest"
    "|geest|yeast|breast|beast|feast|least|east|best-before|alkahest|trieste|celest|triest|gest|agest|oktoberfest|gabfest|slugfest|lovefest|songfest|beerfest|filmfest|hackfest|talkfest|infest"
)
"""Words that end like superlatives and are none.

Words in "-east" are not matched at all, so they are not needed here.
"""
_FOLDS = f"(?:{'|'.join((_ONES + ' ' + _TEENS + ' ' + _TENS + ' ' + _GREAT).split())}|multi)"


def _any(words: str) -> str:
    return "|".join(words.split())


NUMBER: Final = rf"(?:\d.*|{_any(f'one {_ONES} {_TEENS} {_TENS} {_GREAT}')})"
"""A number before a word such as "times"."""
_TAKES_A_SENTENCE = "a|an|the|they|we|you|he|she|it|i|this|that|these|those|any|anyone|someone|no|all|his|her|their|foreigners|men|people"
_ADVERBIAL = (
    "if|when|while|where|by|then|after|before|until|to|in|on|at|as|from|under|with|because|since|once|a|an|those|recently|later|now|"
    "for|of|through|that|what|who"
)
_GOES_ON = "is|was|are|were|has|had|did|does|will|would|can|could|came|set|that|which|who|on|of|from|for|to|and|or|but|by|with|in|at|as|than"
_RECORD_WHAT = (
    "breaking|setting|shattering|holder|call|number|high|low|intake|sum|year|payment|level|amount|total|figure|pace|since|heat|heatwave|cold|warmth"
    "|temperature|rain|rainfall|snow|snowfall|drought|flood|turnout|profit|loss|losses|revenue|sales|sale|deficit|surplus|speed|time|price|crowd|attendance|demand"
    "|output|production|harvest|crop|yield|spending|budget|inflation|growth|wait|unemployment|summer|winter|spring|autumn|month|day|week|season|wildfire|fire|storm"
    "|concentration|emission|death|case|rate|debt|export|import|migration|arrival|investment|donation|victory|margin|win|run|score|goal|sum|fine|catch|traffic|melt"
    "|warm|hot|dry|wet|large|small|fast|long|short|use|consumption|share|volume|backlog|shortage|fee|salary|wage|earning|haul|age|depth|height|distance"
)
"""Words after "record" that make it a superlative: "record heat", but not "record of debt"."""
_RANKING = (
    "list|table|ranking|rating|chart|league|index|scale|class|bill|poll|others|medal"
    " table|scoreboard|leaderboard"
)
_FIELD = "world|country|nation|continent|field|pack|table|league|ranking|list|region|industry|others|market|EU|rest|polls|race|globe"
_TOP_WHAT = (
    "destination|source|producer|exporter|importer|supplier|maker|seller|buyer|cause|reason|country|killer|city|choice|earner|scorer|speed|place|spot|three|five|ten|two|consumer|emitter|employer|risk|priority|concern|ranked|rated|selling|performer|university|economy|brand|product|export|import|rank|position|market|donor|trading"
    " partner"
)
_IS_LESS = (
    r"(?: [\w-]+){0,3}"
    r" (?:has|had|have|is|was|are|were|does|did|comes?|came|gets?|saw|loses?|lost|uses?)\b(?:"
    r" [\w-]+){0,2} "
    r"(?:(?:more|less|fewer|higher|lower|larger|bigger|smaller|hotter|colder|warmer|faster|slower|shorter|better|worse|greater|older|younger|deadlier|poorer|richer|closer)\b"
    r"(?! to\b| than (?:one|\ufffc))|(?:as|so)"
    r" (?:many|much|few|little|often|high|low|large|hot|cold|fast|rich|poor)\b)"
)
"""Words after "no" that make a superlative: "no country has lost more"."""
_NO_LAST = "resort|word|days?|weeks?|months?|years?|minute|few|several"

ENGLISH: Final = Vocabulary(
    numbers="|".join((
        _any(f"zero nil one {_ONES} {_TEENS} {_TENS} {_GREAT} dozen {_ORDINALS}"),
        "(?:hundred|thousand|million|billion|trillion|quadrillion|dozen|ten|twentie|thirtie|fortie|fiftie|sixtie|seventie|eightie|ninetie)s",
        "(?:fif|six|seven|eigh|nin|ten|eleven|twelf|hundred|thousand|million)ths|thirds|(?:thir|four|fif|six|seven|eigh|nine)teenths?",
        "(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieths?|(?:hundred|thousand|million|billion)th",
        rf"(?:{'|'.join((_ONES + ' ' + _TEENS + ' ' + _TENS + ' ' + _GREAT).split())}|one|and){{2,8}}(?:s|th|ths|fold)?(?<!oneand)",
        "half|halves|fortnights?|twice|thrice|[’']?(?:19|20)\\d0s|halfmillion|halfbillion",
    )),
    comparisons="|".join((
        rf"(?!(?:{_NO_SUPERLATIVE})$)\w{{2,}}(?<!ea)est|best|worst|(?:(?:north|south|east|west)ern|fore|top|upper|lower|hind)most",
        "first|most|least|majority|plurality|unprecedented|unmatched|unequall?ed|unparalleled|unrivall?ed|unsurpassed|peerless|sole",
        "doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)|halv(?:e|es|ed|ing)",
        "quintupl(?:e|es|ed|ing)|sextupl(?:e|es|ed|ing)|decupl(?:e|es|ed|ing)|redoubl(?:e|es|ed|ing)",
        f"(?:{_FOLDS}){{1,4}}fold",
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
        ("comparison", Frame("record", "", rf"[ -](?:{_RECORD_WHAT})s?\b")),
        ("comparison", Frame("record", r"(?<!words )(?<!it )(?<!put )(?<!go )(?<!goes )(?<!went )(?<!is )(?<!are )(?<!him )(?<!her )(?<!them )(?<!self )(?<!been )\bon ", r"(?! as\b)")),
        ("comparison", Frame("records?", r"\b(?:all )")),
        ("comparison", Frame("records?", r"\b(?:sets?|setting|broke|broken|breaks?|breaking|beats?|beating|smash\w*|shatter\w*)(?: an?| the| its| all| every)? ")),
        ("comparison", Frame("record", r"\b(?:new|years?|all-time)[ -]")),
        ("comparison", Frame("maximum|minimum|peak|high|low", "", " (?:since|on record|ever)\\b")),
        ("comparison", Frame("high|low", r"\b(?:all-time|record)[ -]")),
        ("comparison", Frame("times", rf"\b{NUMBER} ", " (?:that|those|as|more|larger|the|what|higher|greater|bigger|its|over)\\b")),
        ("comparison", Frame("twice", "", " (?:that|those|as|the|what|its|more|their|his)\\b")),
        ("comparison", Frame("fold", r"\d-")),
        ("comparison", Frame("before", r"\bnever ")),
        ("number", Frame("one", "", rf" in (?:an? |{NUMBER}\b|every )|[ -](?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\b")),
        ("number", Frame("decade|century|millennium|score", r"\b(?:an?|per|each|every|one|half|whole|full|entire)[ -](?:[\w-]+ )?")),
        ("number", Frame("scores", "", " of (?!the\b|this\b|that\b|a\b)")),
        ("comparison", Frame("any|anyone|anybody|anywhere|anything|ever|all|every|most", r"\bthan (?:at |in |on |during |for |those of |that of )?")),
        ("comparison", Frame("all|any|every", r"\b(?:exceed|surpass|outstrip|outrank|eclips|dwarf|outperform|beat)\w* ")),
        (
            "comparison",
            Frame("top", "", rf" of (?:the |its |a )?(?:{_RANKING})s?\b"),
        ),
        (
            "comparison",
            Frame("other", r"\bno ", r" (?:[\w-]+ ){0,3}(?:comes? (?:close|near)|came (?:close|near)|match\w*|rivals?|equals?|exceeds?|surpass\w*|approach\w*)\b"),
        ),
        ("comparison", Frame("other", r"\b(?:like no|unlike any) ")),
        ("comparison", Frame("else", r"\bnowhere ")),
        ("comparison", Frame("no|nobody|none|nothing|nowhere", "", rf"{_IS_LESS}")),
        ("comparison", Frame("before", r"\b(?:like|as|than) never ")),
        ("comparison", Frame("tops?|topped|topping|heads?|headed", "", rf" (?:the |all |every |any |a |its |their )?(?:{_RANKING})s?\b")),
        ("comparison", Frame("top|head|bottom|foot", r"\b(?:at|to|near|from) the ", rf" of (?:the |its |a |every |all )?(?:\w+ )?(?:{_RANKING})s?\b")),
        ("comparison", Frame("top|number-one", r"\b(?:the|its|their|a|world[’']s) ", rf"[ -](?:{_TOP_WHAT})s?\b")),
        ("comparison", Frame("leads?|led|leading", "", rf" (?:the |all )(?:{_FIELD})s?\b| (?:Europe|Asia|Africa|America|Germany|Britain)\b")),
        ("comparison", Frame("leading", r"\b(?:the|[\w]+[’']s|world)[ -]", rf" (?:{_TOP_WHAT})s?\b")),
        ("comparison", Frame("leader", r"\b(?:world|global|market|European|the) ", " (?:in|for|among)\\b")),
        ("comparison", Frame("only", r"\bsecond ", " to\\b")),
        ("comparison", Frame("ranks?|ranked", "", r" (?:as |in |on )?(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d|\ufffc|high|higher|low|lower|number|No"
                                           r"|among|above|below|ahead|behind|alongside|top|bottom|last|joint|near)")),
        ("comparison", Frame("time", r"\ball[ -]", r"(?: |-)(?:high|low|record|peak|best|worst|great|maximum|minimum)")),
        ("comparison", Frame("rival|equal|parallel|precedent|peers?|match", r"\b(?:no|without|has no|without any) ")),
    ),
    never=(
        Frame("one", r"\b(?:the|this|that|which|each|every|any|no|some|such|another) "),
        Frame("one", r"\b(?:the|an?|this|that|each|every|any|no|some|another)(?: [\w’'-]+){1,2} ", rf"$|,| \|| (?:{_GOES_ON})\b"),
        Frame("one", "", " of (?:the|these|those|them|its|it|our|us|you|his|her|their|my|your|many|several|such|whose|which|whom|a|an|[A-Z]\\w*)\\b"),
        Frame("one", r"\b(?:as|than|like|unlike) ", r"$| \||,| (?:in|on|at|for|that|which|who|to|with|from|by|and|or|but|can|could|might)\b"),
        Frame("one", r"(?:^|\| )", " day\\b"),
        Frame("one", "", r" (?:reason|thing|example|explanation|side|hand|way|such|must|needs?)\b|-(?:to-one|on-one|size|stop|man|woman|person|by-one)\b| by one\b"),
        Frame("one", r"\bno[ -]|\bsquare |\bloved |\blittle |\bone[ -](?:by|to|on)[ -]"),
        Frame("zero", r"\b(?:net|ground|year|patient|absolute|sub|near)[ -]", ""),
        Frame("zero", "", r"[ -](?:sum|emissions?|carbon|waste|hour|day|gravity)\b"),
        Frame("second", "", r"[ -](?:language|opinion|nature|chance|home|homes|class|guess\w*|wind|in[ -]command|reading)\b"),
        Frame("second", r"\b(?:per|split|every|\ufffc) ", ""),
        Frame("second", r"\ba ", r" (?:later|ago|before|after|or)\b|$| \||,"),
        Frame("half", "", r"-(?:time|life|lives|way|baked|term|timbered|empty|full|light|moon|board|back|asleep|built|open|naked|finished|forgotten|marathon)\b| marathon\b| board\b"),
        Frame("doubles?|doubled|doubling|triples?", "", r"[ -](?:decker|check\w*|room|rooms|bass|standards?|blind|agents?|edged|click\w*|glaz\w+|beds?|helix|jeopardy|glazed|meaning|negative|alliance|jump)\b"),
        Frame("first", r"\bin the ", " place\\b"),
        Frame("first", "", r"[ -](?:responders?|language|generation|timers?|floor|draft|impressions?|principles?|glance|sight|and foremost|come|steps?|reading|refusal)\b"),
        Frame("foremost", r"\bfirst and "),
        Frame("best", r"\bat |\b(?:had|try|tries|tried|do|does|did|doing) (?:\w+ )?|\ball the "),
        Frame("best", "", r"[ -](?:known|practices?|interests?|man|friends?|wishes|before|guess|estimates?|fit|available|of luck|effort|efforts|suited|left|avoided|understood|seen|read|kept|described)\b"),
        Frame("worst", r"\bat ", ""),
        Frame("worst", "", r"[ -]case\b"),
        Frame("earliest|latest", r"\bat the ", ""),
        Frame("lowest", "", " common\\b"),
        Frame("highest", "", " common\\b"),
        Frame("most", "", " (?:notably|importantly|obviously|clearly|of all)\\b"),
        Frame("closest", r"\bat "),
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
"""The context in which "may" begins a question and is no month: "May foreigners serve?"."""


# German

_PART = (
    "ein|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|sechzehn|siebzehn|zwanzig|dreißig|dreissig|vierzig|fünfzig|sechzig|siebzig|"
    "achtzig|neunzig|hundert|tausend|million|und|en"
)
_ADJECTIVE = "(?:e|en|er|es|em)"

_SUPERLATIVE_STEMS = (
    "kleinst|höch|niedrig|läng|kürz|ält|neu|neue|stärk|schwäch|wenig|heiß|heiss|kält|wärm|kühl|nass|näss|trocken|feucht|schlimm|schlecht|schnell|langsam|tief|reich|ärm|teuer|billig|günstig"
    "|breit|schmal|schwer|leicht|dicht|groß|gröss|klein|hart|härt|weich|weit|laut|leise|sauber|schmutzig|beliebt|bekannt|berühmt|wichtig|häufig|selten|früh|frühe|spät|jüng|alt|sicher|sonnig|dunkel|dunkl|hell|schön|nörd"
    "|dünn|dick|fett|voll|leer|steil|flach|glatt|stolz|klüg|dümm|fleißig|grün|gut|scharf|schärf|süß|bitter|edel|edl|frei|fromm|gesund|gesünd|krank|kränk|modern|bevölkerungsreich|einwohnerreich|erfolgreich|umfangreich|zahlreich|regenreich|tödlich"
)


GERMAN: Final = Vocabulary(
    numbers="|".join((
        f"(?!(?:ein|und|en|million)+(?:mal|fach{_ADJECTIVE}?)?$)(?:{_PART})+(?:te[nrs]?|tel[ns]?|mal|fach{_ADJECTIVE}?|jährig{_ADJECTIVE}?|monatig{_ADJECTIVE}?|tägig{_ADJECTIVE}?)?",
        f"(?:{_PART})*(?:zig|ßig|hundert|tausend)(?:ste[nrs]?|er)|sechziger|siebziger|(?:{_PART})*neunziger|hunderte[nr]?|tausende[nr]?",
        f"null|eins|dritt{_ADJECTIVE}|dritteln?|siebte[nrs]?|siebtel|hälften?|halb{_ADJECTIVE}?|anderthalb|(?:ein|zwei|drei)einhalb",
        "dutzend(?:e|en)?|duzend|millionen?|million(?:st|stel)\\w{0,2}|milliarden?|billionen?|billiarden?|trillionen?|mio|mrd|tsd|bio|viertel[ns]?|halbe[nrs]?",
    )),
    comparisons="|".join((
        rf"(?:{_SUPERLATIVE_STEMS})(?:e?st){_ADJECTIVE}|(?:größt|meist|best|jüngst){_ADJECTIVE}|\w{{2,20}}(?:ig|lich|bar|sam|isch|end|haft|voll|los|iv|al|ell|fach)st{_ADJECTIVE}",
        f"erst{_ADJECTIVE}|erstmals|einzig{_ADJECTIVE}|mehrheit(?:en)?|verdoppel\\w{{1,4}}|ver\\w{{3,12}}fach\\w{{1,4}}|halbier\\w{{1,4}}",
        f"rekord\\w{{0,20}}|doppelt{_ADJECTIVE}?|beispiellos{_ADJECTIVE}?|unübertroffen{_ADJECTIVE}?|unerreicht{_ADJECTIVE}?|\\w{{0,12}}spitzenreiter\\w{{0,3}}|tabellenführer\\w{{0,2}}|\\w{{0,8}}marktführer\\w{{0,2}}|schlusslicht\\w{{0,2}}|höchststand|tiefststand|höchststände|tiefststände",
    )),
    where=(
        ("number", Frame("prozent|promille", r"\ufffc ?")),
        ("number", Frame("jahrzehnt|jahrhundert", r"\b(?:ein|eines|pro|jedes|halbes|ganzes|einem) ")),
        ("comparison", Frame(r"\w{3,24}sten", r"\bam ", r"(?! (?:ersten|letzten)\b)")),
        ("comparison", Frame("nie|nirgends|nirgendwo|niemals", r"\b(?:wie|als) ")),
        ("comparison", Frame("nie|niemals", "", r" zuvor\b| (?:\w+ )?(?:so|mehr|weniger|höher)\b")),
        ("comparison", Frame("je|jemals|irgendwo|irgendwann|alle|jede[rs]?", r"\bals (?:in |an |bei )?", "")),
        ("comparison", Frame("zeiten", r"\baller ")),
        ("comparison", Frame("andere[rsnm]?", r"\bkein(?:e|en|em|er|es)? ")),
        ("comparison", Frame("führ\\w{1,3}|anführ\\w{0,3}|führte", "", r" (?:die|das|den|alle) (?:\w+ )?(?:Liste|Tabelle|Rangliste|Welt|Ranking|Feld|Statistik)\b")),
        ("comparison", Frame("spitze", r"\ban der |\ban die ")),
        ("comparison", Frame("rang|platz", r"\bauf |\bbelegt ", " (?:eins|zwei|drei|\\d|\ufffc)")),
        ("comparison", Frame("nur", "", r" (?:noch )?(?:von|durch) (?:\w+ ){1,2}übertroffen")),
    ),
    never=(
        Frame("bekanntlich\\w*|letztend\\w*", ""),
        Frame("best\\w{1,2}", "", r" (?:Wissen|Fall|Falle|Dank|Grüße|Freund\w*)\b"),
        Frame("besten", r"\bam ", " (?:\\w+ )?(?:gar|man|Sie)\\b"),
        Frame("achten?|achte", "", r" (?:\w+ )?(?:auf|gab|geben|gibt)\b"), Frame(f"längst|jüngst|höchst{_ADJECTIVE}", "", r" möglich")),
    proper_months=True,
)  # fmt: skip


# Russian

_RU_ADJ = "(?:ый|ой|ий|ая|ое|ые|ого|ому|ым|ом|ую|ою|ых|ыми|яя|ее|ие|его|ему|им|ем|юю|их|ими)"
_RU_ONE = "один|одна|одно|одну|одного|одному|одним|одном|одной|одною"

RUSSIAN: Final = Vocabulary(
    numbers="|".join((
        f"ноль|нол[яюе]|нул[ейяюь]\\w{{0,3}}|{_RU_ONE}|дв(?:а|е|ух|ум|умя|ое|оих|оим|оими)|тр(?:и|[её]х|[её]м|емя|ое|оих|оим|оими)",
        "четыр(?:е|[её]х|[её]м|ьмя)|четвер(?:о|ых|ым|ыми)|(?:пят|шест|сем|девят|десят)(?:ь|и|еро|ерых|ерым)|(?:пят|шест|девят|десят)ью",
        "восем(?:ь|ью)|восьм(?:и|ью|еро|ерых)|десятк\\w{1,3}|десяток|дюжин\\w{1,3}|дюжина",
        f"(?:один|две|три|четыр|пят|шест|сем|восем|девят)надцат(?:ь|и|ью|{_RU_ADJ})|(?:два|три)дцат(?:ь|и|ью|{_RU_ADJ})",
        f"сорок(?:а|ов{_RU_ADJ})?|(?:пять|шесть|семь|восемь)десят|(?:пяти|шести|семи|восьми)десят(?:и|{_RU_ADJ})|девяност(?:о|а|{_RU_ADJ})",
        "сто|ста|двести|двухсот|двумстам|триста|тр[её]хсот|четыреста|четыр[её]хсот|(?:пять|шесть|семь|восемь|девять)сот",
        "двумястами|тр[её]мястами|четырьмястами|(?:пятью|шестью|семью|восьмью|восемью|девятью)стами|тр[её]мстам|четыр[её]мстам|двухстах|тр[её]хстах"
        "|четыр[её]хстах|(?:пяти|шести|семи|восьми|девяти)ста(?:м|х)|(?:пят|шест|сем|восем|девят)сот|пятьюдесятью|шестьюдесятью|семьюдесятью|восемьюдесятью",
        f"(?:пяти|шести|семи|восьми|девяти)сот|сот(?:ня|ни|ню|ней|ен|ням|нями|нях|{_RU_ADJ})|тыс|тысяч(?:а|и|у|е|ей|ью|ам|ами|ах|н{_RU_ADJ})?",
        f"миллион(?:а|ы|у|ом|е|ов|ам|ами|ах|н{_RU_ADJ})?|млн|миллиард(?:а|ы|у|ом|е|ов|ам|ами|ах)?|млрд|трлн|(?:трилл?и|трилл?ь|квадрилл?и|биллио)он\\w{{0,3}}|биллион\\w{{0,3}}",
        f"втор{_RU_ADJ}|трет(?:ий|ья|ье|ьи|ьего|ьему|ьим|ьем|ью|ьей|ьих|ьими)|(?:четв[её]рт|пят|шест|седьм|восьм|девят|десят){_RU_ADJ}",
        "половин\\w{1,3}|трет(?:ь|и|ью|ей|ям|ями)|четверт(?:ь|и|ью|ей|ям|ями|ях)|полтор\\w{1,3}|полутора",
        "пол(?:года|века|часа|дня|миллиона|тысячи|сотни|миллиарда|тыщи)|тыщ\\w{0,2}|треть\\w{0,3}|дважды|трижды|четырежды|столетие|десятилетие|"
        "(?:дв|тр|четвер|пятер|шестер)(?:ое|оих|о)?кратн\\w{1,3}|(?:двух|тр[её]х|четыр[её]х|пяти|десяти|сто)?кратно",
        "(?:двух|тр[её]х|четыр[её]х|пяти|шести|семи|восьми|девяти|десяти|двадцати|тридцати|сорока|ста|полутора)"
        "(?:лет|годич|месяч|недель|днев|час|тысяч|кратн|миллион)\\w{1,6}",
    )),
    comparisons="|".join((
        f"(?!дальнейш|ближайш|младш|старш|неглавнейш)\\w{{2,14}}(?:ейш|айш){_RU_ADJ}|(?:наибольш|наименьш|наивысш|наилучш|наихудш|худш|лучш){_RU_ADJ}|наиболее|наименее|сам(?:ый|ая|ое|ые|ую|ым|ых|ыми)",
        f"перв{_RU_ADJ}|впервые|единственн{_RU_ADJ}|большинств(?:о|а|у|ом|е)|удво\\w{{2,8}}|утро(?:ил|ен|ит)\\w{{0,6}}|вдвое|втрое|вчетверо|впятеро|вшестеро|всемеро|ввосьмеро|вдевятеро|вдесятеро",
        f"учетвер\\w{{2,8}}|упятер\\w{{2,8}}|удесятер\\w{{2,8}}|небывал{_RU_ADJ}|невиданн{_RU_ADJ}|неслыханн{_RU_ADJ}|непревзойд[её]нн{_RU_ADJ}|лидиру\\w{{1,4}}|рекордсмен\\w{{0,4}}",
        f"рекорд(?:а|ы|у|ом|е|ов)?|рекордн{_RU_ADJ}|рекордно|беспрецедентн{_RU_ADJ}",
    )),
    other="друг(?:ой|ая|ое|ие|ого|ому|им|ом|ую|их|ими|а|у|е|ом|ья|ья[мх]|ьями|зья)",
    where=(
        ("comparison", Frame("всего|всех", r"\b\w{2,14}(?:ее|ей|ше|же|че|ще|ле) ")),
        ("comparison", Frame("когда|где|кто", r"\bчем ", r"[ -]либо\b")),
        ("comparison", Frame("никогда|нигде|никто|никогда-либо", r"\b(?:как|чем) ", "")),
        ("comparison", Frame("никогда", "", " (?:ещё |еще )?не (?:было|была|были|был)\\b")),
        ("comparison", Frame("врем[её]н", r"\bвсех ")),
        ("comparison", Frame("историю", r"\bза всю (?:\w+ )?")),
        ("comparison", Frame("(?:воз)?главля\\w{1,4}|возглавил\\w?|опережа\\w{1,4}|опередил\\w?", "", r" (?:\w+ )?(?:спис\w+|рейтинг\w*|перечень|таблиц\w+|всех|все)\b")),
        ("comparison", Frame("лидер\\w{0,3}", "", r" (?:по|среди|в)\b")),
        ("comparison", Frame("уступа\\w{1,4}", "", r" (?:\w+ )?(?:только|лишь)\b")),
        ("comparison", Frame("максимум\\w{0,2}|минимум\\w{0,2}|максимальн\\w{1,3}|минимальн\\w{1,3}", "", r" (?:за|с|со)\b")),
        ("comparison", Frame("максимум\\w{0,2}|минимум\\w{0,2}", r"\bисторическ\w{2,3} ")),
        ("comparison", Frame("друг\\w{2,3}", r"\bникак\w{2,3} |\bни (?:одна|один|одно|одной|одного) ")),
        ("number", Frame("век(?:а|е|у|ов|ом)?|столети\\w{1,3}|десятилети\\w{1,3}", r"\b(?:целый|целое|каждый|каждое|полтора|за|в течение) ", r"(?! и\b)")),
        ("comparison", Frame("само(?:го|й|му)", "", " (?:крупн|больш|высок|низк|мал|молод|стар)")),
        ("number", Frame("процент(?:а|ов|ы)?|промилле", r"\ufffc ?")),
    ),
    never=(
        Frame("десятилети\\w{1,3}|столети\\w{1,3}"),
        Frame(_RU_ONE, "", r" из \w"),
        Frame(_RU_ONE, r"\bни |\bещё |\bеще "),
        Frame(_RU_ONE, r"\bодн\w{1,3} (?:\w+ )?"),
        Frame(_RU_ONE, "", r" и т\w{1,3}\b| (?:одн\w{2,3}|друг\w{2,3})\b"),
        Frame("сам(?:ый|ая|ое|ые|ую|ым|ых|ыми)", r"\bже |\bт(?:от|а|о|е|ем|ех) "),
        Frame(f"перв{_RU_ADJ}", r"(?:дцать|десят|сорок|сто)[ -]"),
    ),
)  # fmt: skip


# Ukrainian

_UK_ADJ = "(?:ий|ій|а|я|е|є|і|ого|ього|ому|ьому|им|ім|у|ю|ої|ою|их|ими)"
_UK_ONE = "один|одна|одне|одну|одного|одному|одним|одній|однієї|однією"
_A = "[’'ʼ]"

UKRAINIAN: Final = Vocabulary(
    numbers="|".join((
        f"нуль|нул[яюіе]\\w{{0,2}}|{_UK_ONE}|дв(?:а|і|ох|ом|ома|оє|ійко)|тр(?:и|ьох|ьом|ьома|оє|ійко)|чотир(?:и|ьох|ьом|ьма)|четверо",
        f"п{_A}ят(?:ь|и|ьох|ьом|ьома|еро)|ш(?:ість|ести|істьох|істьом|істьома|естеро)|с(?:ім|еми|імох|імом|імома|емеро)",
        f"в(?:ісім|осьми|ісьмох|ісьмома|осьмеро)|дев{_A}ят(?:ь|и|ьох|ьома|еро)|десят(?:ь|и|ьох|ьом|ьома|еро)|десятк\\w{{1,3}}|десяток|дюжин\\w{{1,3}}",
        f"(?:оди|два|три|чотир|п{_A}ят|шіст|сім|вісім|дев{_A}ят)н?надцят(?:ь|и|ьох|ьома|{_UK_ADJ})|(?:два|три)дцят(?:ь|и|ьох|ьома|{_UK_ADJ})",
        f"сорок(?:а|ов{_UK_ADJ})?|(?:п{_A}ят|шіст|сім|вісім)десят(?:и|ьох|ьома|{_UK_ADJ})?|дев{_A}яност(?:о|а|{_UK_ADJ})",
        f"сто|ста|двісті|двохсот|триста|трьохсот|чотириста|чотирьохсот|(?:п{_A}ят|шіст|сім|вісім|дев{_A}ят)сот|сот{_UK_ADJ}",
        f"сот(?:ня|ні|ню|нею|ень|ням|нями|нях)|тис|тисяч(?:а|і|у|ею|ам|ами|ах|н{_UK_ADJ})?|мільйон(?:а|и|у|ом|і|ів|ам|ами|ах|н{_UK_ADJ})?|млн",
        f"мільярд(?:а|и|у|ом|і|ів|ам|ами|ах)?|млрд|друг{_UK_ADJ}|трет{_UK_ADJ}|(?:четверт|п{_A}ят|шост|сьом|восьм|дев{_A}ят|десят){_UK_ADJ}",
        "половин\\w{1,3}|третин\\w{1,3}|чверт(?:ь|і|ю|ей|ям|ями)|півтор\\w{1,4}|пів(?:року|століття|години|мільйона|дня|тисячі)?",
        "двічі|тричі|трлн|тр(?:ильйо|ильо|илліо|иліо)н\\w{0,3}|більйон\\w{0,3}|півмільйон\\w{0,2}|півтисяч\\w{0,2}|(?:двома|трьома|чотирма)стами|(?:дво|трьо|чотирьо)мстам|(?:п[’'ʼ]?ят|шіст|сім|вісім|дев[’'ʼ]?ят)(?:ьма|ьома)?стами",
        f"(?:дво|дворіч|трьох|три|чотирьох|чотири|п{_A}яти|шести|семи|восьми|десяти)(?:річн|місячн|денн|тисячн|кратн|літн){_UK_ADJ}",
    )),
    comparisons="|".join((
        "най(?!ман|мит|меншин)\\w{1,14}(?:ш|щ|ч)\\w{1,4}|найбільше|найменше",
        f"перш{_UK_ADJ}|вперше|уперше|єдин{_UK_ADJ}|більш(?:ість|ості|істю)|подво[їює]\\w{{1,6}}|потро[їює]\\w{{1,6}}",
        f"[ву]двічі|[ву]тричі|[ву]четверо|рекорд(?:а|и|у|ом|і|ів)?|рекордн{_UK_ADJ}|рекордно|безпрецедентн{_UK_ADJ}",
        f"небачен{_UK_ADJ}|нечуван{_UK_ADJ}|неперевершен{_UK_ADJ}|[ву](?:п[’'ʼ]ятеро|шестеро|десятеро)|почетвер\\w{{2,8}}|лідиру\\w{{1,5}}|рекордсмен\\w{{0,5}}",
    )),
    where=(
        ("number", Frame("відсотк(?:и|ів|а)|процент(?:и|ів|а)|проміле", r"\ufffc ?")),
        ("number", Frame("столітт\\w{1,3}|десятиліт\\w{1,4}", r"\b(?:ціле|кожне|за|протягом) ")),
        ("comparison", Frame("ніколи|ніде|ніхто", r"\b(?:як|ніж) ")),
        ("comparison", Frame("ніколи", "", r" (?:ще )?не (?:було|була|були|був)\b")),
        ("comparison", Frame("будь|коли|де", r"\b(?:ніж|за) ", r"[ -](?:коли|де|який|якого|хто|небудь)\b")),
        ("comparison", Frame("часів", r"\b[ув]сіх ")),
        ("comparison", Frame("історію", r"\bза всю (?:\w+ )?")),
        ("comparison", Frame("всіх|усіх|всього|усього", r"\b\w{2,14}(?:ше|че|ще) (?:за |від )?")),
        ("comparison", Frame("очолю\\w{1,4}|очолил\\w?|випереджа\\w{1,4}|випередил\\w?", "", r" (?:\w+ )?(?:спис\w+|рейтинг\w*|перелік|таблиц\w+|[ву]сіх|[ву]се)\b")),
        ("comparison", Frame("лідер\\w{0,3}", "", r" (?:за|серед|у|в)\b")),
        ("comparison", Frame("поступа\\w{1,6}", "", r" (?:\w+ )?(?:лише|тільки)\b")),
        ("comparison", Frame("максимум\\w{0,2}|мінімум\\w{0,2}|максимальн\\w{1,3}|мінімальн\\w{1,3}", "", r" (?:за|з|від)\b")),
        ("comparison", Frame("інш\\w{1,3}", r"\bжодн\w{1,3} ")),
    ),
    never=(
        Frame(_UK_ONE, "", r" [зі]з? \w"),
        Frame(_UK_ONE, r"\bі ще |\bще |\bні "),
        Frame(_UK_ONE, r"\bод(?:ин|н\w{1,3}) (?:\w+ )?"),
        Frame(_UK_ONE, "", r" (?:\w{1,5} )?(?:одн\w{1,4}|інш\w{1,4})\b| й т\w{1,3}\b"),
        Frame(f"перш{_UK_ADJ}", r"(?:дцять|десят|сорок|сто)[ -]"),
    ),
)  # fmt: skip


# Numbers in more languages. Their comparisons are in ``explainer/languages/words/``.

_FRENCH = (
    "zéro|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|septante|octante|huitante|nonante"
    "|cents?|mille|milliers?|millions?|milliards?|billions?|dizaines?|douzaines?|vingtaines?|trentaines?|quarantaine|cinquantaine|soixantaine|centaines?|moitié|demie?s?|tiers|quarts?"
    "|première?s?|premiers|second[es]?|deuxièmes?|troisièmes?|quatrièmes?|cinquièmes?|sixièmes?|septièmes?|huitièmes?|neuvièmes?|dixièmes?|\\w+ièmes?|double|triple|doublé\\w{0,2}|triplé\\w{0,2}|décennies?"
)
_SPANISH = (
    "cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\\w{3,8}|veinte|veinti\\w{2,8}|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa"
    "|cien|cientos?|ciento|\\w{3,8}cient[oa]s|quinient[oa]s|mil|miles|millón|millones|billón|billones|millardos?|decenas?|docenas?|centenar(?:es)?|millar(?:es)?|mitad|medi[oa]s?|tercios?|cuartos?|quint[oa]s?"
    "|primer[oa]?s?|segund[oa]s?|tercer[oa]?s?|doble|triple|duplic\\w{1,6}|triplic\\w{1,6}|décadas?"
)
_ITALIAN = (
    "zero|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette|diciotto|diciannove|(?:vent|trent|quarant|cinquant|sessant|settant|ottant|novant)\\w{1,12}"
    "|cento|\\w{2,8}cento\\w{0,14}|mille|\\w{2,20}mila|mila|migliai[ao]|milion[ei]|miliard[io]|decin[ae]|dozzin[ae]|centinai[ao]|metà|mezz[oa]|terz[oi]|quart[oi]|prim[oaie]|second[oaie]|terza|doppi[oa]|tripl[oi]\\w{0,6}|raddoppi\\w{1,6}"
)
_PORTUGUESE = (
    "zero|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze|catorze|quatorze|quinze|dezesseis|dezasseis|dezessete|dezassete|dezoito|dezenove|dezanove|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa"
    "|cem|cento|duzent[oa]s|trezent[oa]s|\\w{4,7}centos|quinhent[oa]s|mil|milhar(?:es)?|milhão|milhões|bilhão|bilhões|biliões|dezenas?|dúzias?|centenas?|metade|mei[oa]|terços?|quartos?|quint[oa]s?|primeir[oa]s?|segund[oa]s?|terceir[oa]s?|dobro|duplic\\w{1,6}|dobr(?:ou|aram)"
)
_DUTCH_PART = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend|en|ën"
_DUTCH = f"(?!(?:een|en)$)(?:{_DUTCH_PART})+(?:de|ste|tal|tallen|en)?|miljoen(?:en)?|miljard(?:en)?|biljoen(?:en)?|tientallen|honderden|duizenden|dozijn|helft|halve?|kwart|derde|eerste|tweede|anderhalve?|dubbele?|verdubbel\\w{{1,4}}|verdrievoudig\\w{{1,4}}|decennia|decennium"
_POLISH = (
    "zero|jed(?:en|na|no|nego|nej|ną)|dw(?:a|ie|aj|óch|óm|oma|ojga|oje)|trz(?:y|ech|em|ema|ej)|czter(?:y|ech|em|ema|ej)|pi[ęe][ćc](?:iu|ioro)?|sze[śs][ćc](?:iu)?|siedem|siedmiu|osiem|ośmiu|dziewi[ęe][ćc](?:iu)?|dziesi[ęe][ćc](?:iu)?"
    "|\\w{3,9}na[śs]cie|\\w{3,9}nastu|dwadzieścia|dwudziestu|trzydzieści|trzydziestu|czterdzieści|\\w{4,8}dziesi[ąa]t|sto|stu|dwieście|trzysta|czterysta|\\w{4,8}set|setki|setek|tysi[ąa]c\\w{0,3}|tysięcy|milion\\w{0,3}|miliard\\w{0,3}|bilion\\w{0,3}"
    "|połow\\w{1,2}|pół|półtor\\w{1,2}|trzeci\\w{0,3}|ćwier\\w{1,3}|pierwsz\\w{1,3}|drug\\w{1,3}|czwart\\w{1,3}|piąt\\w{1,3}|dziesiąt\\w{1,3}|dziesiątki|tuzin\\w{0,2}|podwoi\\w{1,4}|dwukrotn\\w{1,3}|trzykrotn\\w{1,3}|dekad\\w{1,2}"
)
_CZECH = (
    "nula|jed(?:en|na|no|noho|né|nu)|dv(?:a|ě|ou|ěma)|tř(?:i|í|em|emi)|čtyř(?:i|ech|em|mi)|pět|pěti|šest|šesti|sedm|sedmi|osm|osmi|devět|devíti|deset|deseti|\\w{3,8}náct|\\w{3,8}nácti|dvacet|třicet|čtyřicet|\\w{3,7}desát|sto|stovk\\w{1,3}|stovek|stě|sta|set"
    "|tisíc\\w{0,3}|milion\\w{0,3}|milión\\w{0,3}|miliard\\w{0,3}|bilion\\w{0,3}|polovin\\w{1,3}|půl|třetin\\w{1,3}|čtvrtin\\w{1,3}|prvn\\w{1,4}|druh(?:ý|á|é|ého|ém|ou)|třet\\w{1,4}|desítk\\w{1,3}|desítek|tuct\\w{0,3}|zdvojnásob\\w{1,5}"
)
_SWEDISH = (
    "noll|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|\\w{3,5}ton|(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)\\w{0,5}|\\w{0,8}hundra\\w{0,20}|\\w{0,20}tusen\\w{0,20}|miljon(?:er)?|miljard(?:er)?|biljon(?:er)?|hälften|halva?|tredjedel\\w{0,2}"
    "|fjärdedel\\w{0,2}|första|andra|tredje|fjärde|femte|dussin|tiotal\\w{0,4}|hundratal\\w{0,4}|tusental\\w{0,4}|fördubbl\\w{1,4}|tredubbl\\w{1,4}|decenni\\w{1,3}"
)
_TURKISH = "sıfır|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan|yüz|bin|binlerce|milyon\\w{0,5}|milyar\\w{0,5}|trilyon\\w{0,3}|yarısı|yarım|çeyrek|birinci|ikinci|üçüncü|dördüncü|beşinci|onlarca|yüzlerce|düzine\\w{0,3}"
_ARABIC = (
    "(?:و|ب|ل|ال|بال)?(?:صفر|واحد|واحدة|اثن(?:ان|ين|تان|تين)|ثلاثة?|أربعة?|اربعة?|خمسة?|ستة?|سبعة?|ثماني?ة?|تسعة?|عشرة?|عشر(?:ون|ين)|ثلاث(?:ون|ين)|أربع(?:ون|ين)|خمس(?:ون|ين)|ست(?:ون|ين)|سبع(?:ون|ين)|ثمان(?:ون|ين)|تسع(?:ون|ين)"
    "|مئة|مائة|مئت(?:ان|ين)|مائت(?:ان|ين)|مئات|\\w{2,5}مئة|\\w{2,5}مائة|ألف|الف|ألفان|ألفين|آلاف|الاف|مليون|مليونا?|ملايين|مليار|مليارات|تريليون|نصف|ثلث|ثلثا|ثلثي|ربع|خمس|عشرات)"
)
_PERSIAN = "صفر|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده|نوزده|بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود|صد|صدها|دویست|سیصد|چهارصد|پانصد|ششصد|هفتصد|هشتصد|نهصد|هزار|هزاران|میلیون|میلیونها|میلیارد|تریلیون|نیم|نیمی|ثلث|ربع|دهها|دوم|سوم|چهارم|پنجم"
_HINDI = "शून्य|दो|तीन|चार|पाँच|पांच|छह|छः|छे|सात|आठ|नौ|दस|ग्यारह|बारह|तेरह|चौदह|पंद्रह|पन्द्रह|सोलह|सत्रह|अठारह|उन्नीस|बीस|पच्चीस|तीस|चालीस|पचास|साठ|सत्तर|अस्सी|नब्बे|सौ|हज़ार|हजार|हजारों|हज़ारों|लाख|लाखों|करोड़|करोड़ों|अरब|अरबों|खरब|आधा|आधे|आधी|डेढ़|ढाई|तिहाई|चौथाई|दूसरा|दूसरी|दूसरे|तीसरा|तीसरी|दर्जन|दर्जनों|दोगुना|दोगुनी|तिगुना"


def _counting(numbers: str, *, months: bool = False) -> Vocabulary:
    return Vocabulary(numbers=numbers, comparisons=r"(?!)", proper_months=months)


MORE: Final = {
    "fr": _counting(_FRENCH), "es": _counting(_SPANISH), "it": _counting(_ITALIAN), "pt": _counting(_PORTUGUESE), "nl": _counting(_DUTCH),
    "pl": _counting(_POLISH), "cs": _counting(_CZECH), "sv": _counting(_SWEDISH), "tr": _counting(_TURKISH),
    "ar": _counting(_ARABIC), "fa": _counting(_PERSIAN), "hi": _counting(_HINDI),
}  # fmt: skip
"""Languages for which this module lists only numbers, with fractions, ordinals and multiples.

Chinese and Japanese numerals are not here. They are found in texts of all languages.
"""
COUNTED_ELSEWHERE: Final = ("zh", "ja")
"""Languages whose numerals ``HAN`` finds."""


# Numbers and comparisons in Chinese characters, for Chinese and Japanese

_NUMERALS = "〇零一二三四五六七八九十百千万亿億兆两両廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬"
_COUNTED = "人名个個年月日岁歲歳天週周时時分秒次倍成割位家所件起例条項项元円圆美元公里米吨噸度岁种種國国市州省级級代世紀纪层層台辆輛架艘只隻本回階点票%％"

HAN: Final = re.compile(
    rf"[{_NUMERALS}]{{2,40}}分之[{_NUMERALS}]{{1,40}}|[{_NUMERALS}]分之[{_NUMERALS}]{{1,40}}|第[{_NUMERALS}]{{1,40}}|[数數几幾][十百千万亿億兆萬]"
    rf"|(?!千万(?![{_COUNTED}{_NUMERALS}])|万一(?![{_COUNTED}])|一一|十分(?!之)|百万富翁|三十六计)[{_NUMERALS}]{{2,40}}|(?<![统唯同专])(?!一[个個次时時件种種起度点]|十分)[{_NUMERALS}](?=[{_COUNTED}])"
    rf"|半[数數]|一半"
)
"""Matches several numerals together, one before a counted noun, an ordinal, or a fraction.

A single numeral is not matched elsewhere, because it is part of too many words.
"""

HAN_COMPARED: Final = re.compile(
    r"(?<!最)最(?![近后後终終初])[\u4e00-\u9fff]|史上|空前|前所未有|破[纪紀][录錄]|[创創]下?[历歷]?史?新[高低]|[历歷]史新[高低]|[记記紀纪][录錄録]的?新高|過去最|最多|首次|首个|首個|第一次|唯一"
    r"|大多[数數]|[过過]半[数數]?|半[数數]以上|翻了?[一两兩几幾]?[倍番]|倍増|倍增|[减減]半|半減|初めて|大半|日本一|世界一"
)
"""Matches superlatives, majorities and multiples.

"最近" (lately) and "最后" (at last) are not matched.
"""


# The meanings of comparing words, by how they begin, in all languages that have a vocabulary

_EITHER = (
    r"|best|worst|record|on"
    r" record|any|anyone|anybody|anywhere|anything|ever|all|every|other|else|no|nobody|none|nothing|nowhere|tops?|topped|topping|head|bottom"
    r"|lead|led|rank|time|rival|equal|match|peer|худш|лучш|никогда|нигде|никто|когда|где|кто|врем|историю|всех|всего|друг|главля|возглав|опереж|опереди|лидер"
    r"|ніколи|ніде|ніхто|будь|коли|де|часів|історію|усіх|усього|інш|очол|випередж|випереди|лідер|best|schlecht|schlimm|nie|je|irgend|all|ander|zeiten|führ|spitze|rang|platz"
    r"|tabellenf|\\w*marktf|\\w*spitzenr|\\w{3,}sten$|foremost|topmost|uppermost|\\w+ernmost|safest|hardest|easiest|dirtiest|cleanest"
)
"""Words that say that something is first or last, be it the largest or the smallest value.

``UNLISTED`` matches the superlatives that are not listed.
"""

MEANINGS: Final = {
    "large": (
        r"larg|bigg|great|high|long|old|eldest|wid|broad|strong|heavi|deadl|costl|steep|rich|fast|maxim|peak|all-time|unpre|unmat"
        r"|hot|warm|tall|deep|wet|rain|thick|bright|loud|deadl|sever|heat|big|old|far|stickiest|hott|dens|busi|crowd|lead|heiß|heiss|wärm|breit|tief|schwer|nass|näss|reich|teuer|laut|dicht"
        r"|жарч|тепл|глубо|богат|мощн|сил|най(?:спек|тепл|глиб|багат|дов|дорож|гаряч|жарк)|record|größ|höch|läng|ältest|stärk|rekord|рекорд|крупн|велич|высоч|древн|стар|сильн|наиб|наив|сам|найб|найв|найс|найд|бес|без"
    ),
    "small": (
        r"cold|cool|dri|dry|shallow|thin|narrow|light|near|quiet|leicht|kält|kühl|trocken|schmal|dünn|arm|ärm|billig|günstig|leise|тиш|холодн|беднейш|мельч|кратч|тонч|дешев"
        r"|най(?:холодн|мілк|бідн|коротш|тонш|дешевш|тих)|small|low|few|short|young|weak|poor|least|narrow|cheap|minim|klein|niedr|kürz|jüng|wenig|наим|найм|найн|найк"
    ),
    "first": (
        r"first|earl|never|before|old|new|lat|erst|neu|перв|впер|вперше|уперше|перш|нов|найстар|найнов"
    ),
    "last": r"last|lat|new|young",
    "only": r"only|sole|einzig|единств|єдин",
    "most": r"most|majorit|meist|mehrheit|большинств|більш",
    "ratio": (
        r"doubl|tripl|trebl|quadr|halv|\w+fold|fold|times|twice|verdopp|verdrei|vervier|halbier|doppel|удво|утро|вдвое|втрое|вчетверо"
        r"|впятеро|подво|потро|[ву]двічі|[ву]тричі|[ву]четверо"
    ),
}

UNLISTED: Final = r"\w{2,}est$|\w{2,}(?:ейш|айш)\w{1,4}$|най\w+$|\w+(?:ig|lich|bar|sam|isch|end|haft|voll|los|iv|al|ell|fach|t|s|ß|h)st\w{1,2}$"
"""Matches a superlative of any adjective.

If it begins like no word of ``MEANINGS``, it may mean the largest or the smallest value. That
depends on what a series measures, which this module does not know.
"""
EITHER: Final = _EITHER.removeprefix("|")


# The word lists, one file per language: ``explainer/languages/words/<language>.tsv``

FOLDER: Final = LISTS / "words"
NUMBERS: Final = frozenset({"quantity", "fraction", "ordinal", "count"})
COMPARISONS: Final = frozenset(
    {"large", "small", "first", "last", "only", "most", "ratio", "either"}
)


@dataclass(frozen=True)
class Line:
    """One line of a word list: a group, a pattern of words, and patterns of their context.

    Tabs separate these cells. Lines of a file that begin with "#" are comments. The groups are:

    - ``quantity``, ``fraction``, ``ordinal``, ``count``: numbers.
    - ``large``, ``small``, ``first``, ``last``, ``only``, ``most``, ``ratio``, ``either``:
      comparing words, by meaning. ``either`` means first or last, by any measure.
    - ``idle``: words that are neither in this context.
    - ``phrase``: fixed phrases that contain a number word but state no number. "*" matches the
      end of a word, "~" one or more digits.
    - ``hedge FORM`` and ``behind FORM``: words right before or after a number that give it a form
      of ``model.quantities``, such as "over" and "almost".
    - ``times N``: words that say that something became N times as much.
    - ``opening``, ``structure``, ``announcing``: words that announce a list; see
      ``render/prose/unsourced.py``.
    - ``common``: words that do not tell subjects apart.
    - ``since``: words before a date from which on things are compared.
    - ``changing``, ``amount``: words before a preposition and four digits that make these an amount
      and not a year: "grew to 2025", "a total of 2025".
    """

    group: str
    words: str
    before: str = ""
    after: str = ""

    @property
    def kind(self) -> Kind | None:
        """Whether its words are numbers or comparisons; ``None`` if they are neither."""
        return (
            "number"
            if self.group in NUMBERS
            else "comparison"
            if self.group in COMPARISONS
            else None
        )

    @property
    def frame(self) -> Frame:
        """Its words with their context."""
        return Frame(self.words, self.before, self.after)


def languages() -> list[str]:
    """Return the languages that have a word list, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.tsv"))


@cache
def lines(language: str) -> tuple[Line, ...]:
    """Return the lines of a language's word list; empty if it has none."""
    if language not in languages():
        return ()
    text = (FOLDER / f"{language}.tsv").read_text(encoding="utf-8")
    return tuple(_read(text))


def _read(text: str) -> Iterator[Line]:
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            assert 2 <= len(cells) <= 4, f"a list has two to four cells in a line: {line!r}"
            yield Line(*cells)


def pattern(group: str, language: str) -> str:
    """Return a pattern of all words of a group. It matches nothing if the language has none."""
    return "|".join(line.words for line in lines(language) if line.group == group) or r"(?!)"


@lru_cache(maxsize=8192)
def meanings(word: str, language: str) -> frozenset[str]:
    """Return the groups of comparing words that contain a word; empty if none does."""
    return frozenset(group for group, words in _comparing(language) if words.fullmatch(word))


@cache
def _comparing(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (line.group, re.compile(line.words, re.IGNORECASE))
        for line in lines(language)
        if line.group in COMPARISONS
    )


@lru_cache(maxsize=8192)
def factor(word: str, language: str) -> Decimal | None:
    """Return the multiple that a word means: 3 for "tripled"; ``None`` if it means none."""
    return next((value for value, words in _factors(language) if words.fullmatch(word)), None)


@cache
def _factors(language: str) -> tuple[tuple[Decimal, re.Pattern[str]], ...]:
    return tuple(
        (Decimal(line.group.split()[1]), re.compile(line.words, re.IGNORECASE))
        for line in lines(language)
        if line.group.startswith("times ")
    )


@cache
def ignored_contexts(language: str) -> tuple[Bounded, ...]:
    """Return the contexts in which words are neither numbers nor comparisons."""
    return tuple(Bounded.of(line.frame) for line in lines(language) if line.group == "idle")


@cache
def phrases() -> tuple[str, ...]:
    """Return the fixed phrases of all languages."""
    return tuple(
        each
        for name in languages()
        for line in lines(name)
        if line.group == "phrase"
        for each in line.words.split("|")
    )
