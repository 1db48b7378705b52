"""How English counts and compares. Data only."""

from __future__ import annotations

from typing import Final

from explainer.lint.language import Frame, Vocabulary

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
"""Words that end like superlatives and are none. Endings in "-east" are not of the shape at all."""
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
_GOES_ON = (
    "is|was|are|were|has|had|did|does|will|would|can|could|came|set|that|which|who|on|of|from|for|to|and|or|but|by|with|in|at|as|than"
)
_RECORD_WHAT = (
    "breaking|setting|shattering|holder|call|number|high|low|intake|sum|year|payment|level|amount|total|figure|pace|since|heat|heatwave|cold|warmth"
    "|temperature|rain|rainfall|snow|snowfall|drought|flood|turnout|profit|loss|losses|revenue|sales|sale|deficit|surplus|speed|time|price|crowd|attendance|demand"
    "|output|production|harvest|crop|yield|spending|budget|inflation|growth|wait|unemployment|summer|winter|spring|autumn|month|day|week|season|wildfire|fire|storm"
    "|concentration|emission|death|case|rate|debt|export|import|migration|arrival|investment|donation|victory|margin|win|run|score|goal|sum|fine|catch|traffic|melt"
    "|warm|hot|dry|wet|large|small|fast|long|short|use|consumption|share|volume|backlog|shortage|fee|salary|wage|earning|haul|age|depth|height|distance"
)
"""What a record may be of: "record heat"; a "record of debt" is none."""
_RANKING = "list|table|ranking|rating|chart|league|index|scale|class|bill|poll|others|medal table|scoreboard|leaderboard"
_FIELD = "world|country|nation|continent|field|pack|table|league|ranking|list|region|industry|others|market|EU|rest|polls|race|globe"
_TOP_WHAT = (
    "destination|source|producer|exporter|importer|supplier|maker|seller|buyer|cause|reason|country|killer|city|choice|earner|scorer|speed|place|spot|three|five|ten|two"
    "|consumer|emitter|employer|risk|priority|concern|ranked|rated|selling|performer|university|economy|brand|product|export|import|rank|position|market|donor|trading partner"
)
_IS_LESS = (
    r"(?: [\w-]+){0,3} (?:has|had|have|is|was|are|were|does|did|comes?|came|gets?|saw|loses?|lost|uses?)\b(?: [\w-]+){0,2} "
    r"(?:(?:more|less|fewer|higher|lower|larger|bigger|smaller|hotter|colder|warmer|faster|slower|shorter|better|worse|greater|older|younger|deadlier|poorer|richer|closer)\b"
    r"(?! to\b| than (?:one|\ufffc))|(?:as|so) (?:many|much|few|little|often|high|low|large|hot|cold|fast|rich|poor)\b)"
)
"""Behind "no": "no country has lost more"."""
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
""""May foreigners serve?" begins with no month."""
