"""What comparing words mean, by how they begin, in every language that has a vocabulary. Data only."""

from typing import Final

_EITHER = (
    r"|best|worst|record|on record|any|anyone|anybody|anywhere|anything|ever|all|every|other|else|no|nobody|none|nothing|nowhere|tops?|topped|topping|head|bottom"
    r"|lead|led|rank|time|rival|equal|match|peer|худш|лучш|никогда|нигде|никто|когда|где|кто|врем|историю|всех|всего|друг|главля|возглав|опереж|опереди|лидер"
    r"|ніколи|ніде|ніхто|будь|коли|де|часів|історію|усіх|усього|інш|очол|випередж|випереди|лідер|best|schlecht|schlimm|nie|je|irgend|all|ander|zeiten|führ|spitze|rang|platz"
    r"|tabellenf|\\w*marktf|\\w*spitzenr|\\w{3,}sten$|foremost|topmost|uppermost|\\w+ernmost|safest|hardest|easiest|dirtiest|cleanest"
)
"""Words that say that something comes first or last, whichever way its figures are counted; ``UNLISTED`` are the superlatives that stand in no row."""

MEANINGS: Final = {
    "large": r"larg|bigg|great|high|long|old|eldest|wid|broad|strong|heavi|deadl|costl|steep|rich|fast|maxim|peak|all-time|unpre|unmat"
    r"|hot|warm|tall|deep|wet|rain|thick|bright|loud|deadl|sever|heat|big|old|far|stickiest|hott|dens|busi|crowd|lead|heiß|heiss|wärm|breit|tief|schwer|nass|näss|reich|teuer|laut|dicht"
    r"|жарч|тепл|глубо|богат|мощн|сил|най(?:спек|тепл|глиб|багат|дов|дорож|гаряч|жарк)|record|größ|höch|läng|ältest|stärk|rekord|рекорд|крупн|велич|высоч|древн|стар|сильн|наиб|наив|сам|найб|найв|найс|найд|бес|без",
    "small": r"cold|cool|dri|dry|shallow|thin|narrow|light|near|quiet|leicht|kält|kühl|trocken|schmal|dünn|arm|ärm|billig|günstig|leise|тиш|холодн|беднейш|мельч|кратч|тонч|дешев"
    r"|най(?:холодн|мілк|бідн|коротш|тонш|дешевш|тих)|small|low|few|short|young|weak|poor|least|narrow|cheap|minim|klein|niedr|kürz|jüng|wenig|наим|найм|найн|найк",
    "first": r"first|earl|never|before|old|new|lat|erst|neu|перв|впер|вперше|уперше|перш|нов|найстар|найнов",
    "last": r"last|lat|new|young",
    "only": r"only|sole|einzig|единств|єдин",
    "most": r"most|majorit|meist|mehrheit|большинств|більш",
    "ratio": r"doubl|tripl|trebl|quadr|halv|\w+fold|fold|times|twice|verdopp|verdrei|vervier|halbier|doppel|удво|утро|вдвое|втрое|вчетверо"
    r"|впятеро|подво|потро|[ву]двічі|[ву]тричі|[ву]четверо",
}

UNLISTED: Final = (
    r"\w{2,}est$|\w{2,}(?:ейш|айш)\w{1,4}$|най\w+$|\w+(?:ig|lich|bar|sam|isch|end|haft|voll|los|iv|al|ell|fach|t|s|ß|h)st\w{1,2}$"
)
"""A superlative of any adjective. One that begins like none of ``MEANINGS`` may rank either way: nobody knows what a series measures."""
EITHER: Final = _EITHER.removeprefix("|")
