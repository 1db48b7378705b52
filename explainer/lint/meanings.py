"""What comparing words mean, by how they begin, in every language that has a vocabulary. Data only."""

from typing import Final

MEANINGS: Final = {
    "large": r"larg|bigg|great|high|long|old|eldest|wid|broad|strong|heavi|deadl|costl|steep|rich|fast|maxim|peak|all-time|unpre|unmat"
    r"|record|größ|höch|läng|ältest|stärk|rekord|рекорд|крупн|велич|высоч|древн|стар|сильн|наиб|наив|сам|найб|найв|найс|найд|бес|без",
    "small": r"small|low|few|short|young|weak|poor|least|narrow|cheap|minim|klein|niedr|kürz|jüng|wenig|наим|найм|найн|найк",
    "first": r"first|earl|never|before|old|new|lat|erst|neu|перв|впер|вперше|уперше|перш|нов|найстар|найнов",
    "last": r"last|lat|new|young",
    "only": r"only|sole|einzig|единств|єдин",
    "most": r"most|majorit|meist|mehrheit|большинств|більш",
    "ratio": r"doubl|tripl|trebl|quadr|halv|\w+fold|fold|times|twice|verdopp|verdrei|vervier|halbier|doppel|удво|утро|вдвое|втрое|вчетверо"
    r"|впятеро|подво|потро|[ву]двічі|[ву]тричі|[ву]четверо",
}
