"""How German counts and compares. Data only."""

from __future__ import annotations

from typing import Final

from explainer.lint.language import Frame, Vocabulary

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
