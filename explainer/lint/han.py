"""Numbers and comparisons in Chinese characters, as Chinese and Japanese write them."""

import re
from typing import Final

_NUMERALS = "〇零一二三四五六七八九十百千万亿億兆两両廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬"
_COUNTED = "人名个個年月日岁歲歳天週周时時分秒次倍成割位家所件起例条項项元円圆美元公里米吨噸度岁种種國国市州省级級代世紀纪层層台辆輛架艘只隻本回階点票%％"

HAN: Final = re.compile(
    rf"[{_NUMERALS}]{{2,40}}分之[{_NUMERALS}]{{1,40}}|[{_NUMERALS}]分之[{_NUMERALS}]{{1,40}}|第[{_NUMERALS}]{{1,40}}|[数數几幾][十百千万亿億兆萬]"
    rf"|(?!千万(?![{_COUNTED}{_NUMERALS}])|万一(?![{_COUNTED}])|一一|十分(?!之)|百万富翁|三十六计)[{_NUMERALS}]{{2,40}}|(?<![统唯同专])(?!一[个個次时時件种種起度点]|十分)[{_NUMERALS}](?=[{_COUNTED}])"
    rf"|半[数數]|一半"
)
"""Two numerals together, one before what is counted, an ordinal, a fraction. A single one is part of too many words."""

HAN_COMPARED: Final = re.compile(
    r"(?<!最)最(?![近后後终終初])[\u4e00-\u9fff]|史上|空前|前所未有|破[纪紀][录錄]|[创創]下?[历歷]?史?新[高低]|[历歷]史新[高低]|[记記紀纪][录錄録]的?新高|過去最|最多|首次|首个|首個|第一次|唯一"
    r"|大多[数數]|[过過]半[数數]?|半[数數]以上|翻了?[一两兩几幾]?[倍番]|倍増|倍增|[减減]半|半減|初めて|大半|日本一|世界一"
)
"""What comes first or last, is most of something, or became several times as much. "最近" (lately) and "最后" (at last) are none."""
