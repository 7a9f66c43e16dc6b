"""One code point for one: widths, spaces, dashes and the variants of Chinese numerals are made alike.

The folded text is as long as the printed one, so positions found in it are positions of the printed text.
A full-width comma stays what it is unless full-width digits stand on both sides: in Chinese prose it ends a
clause, and `300，200` is two numbers. The four banker's numerals that are everyday characters too (陆地, 放肆, 收拾,
队伍) are numerals beside another numeral only.
"""

from __future__ import annotations

import re

_WIDE = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0xFF01 + i) not in "，：；！？（）"}
_SPACES = dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t", " ")
_DASHES = dict.fromkeys("\u2010\u2011\u2012\uff0d", "-") | {"\u2014": "\u2013", "\u301c": "~", "\uff5e": "~"}
_HAN = dict(
    zip(
        "壹贰貳叁參柒捌玖佰仟萬億倆俩兩點負個幾餘雙對圓圆週塊張條項種類層組頁輛級號",
        "一二二三三七八九百千万亿两两两点负个几余双对元元周块张条项种类层组页辆级号",
        strict=True,
    )
)
_BANKERS = dict(zip("肆伍陆陸拾", "四五六六十", strict=True))
_NUMERAL = "一二三四五六七八九十百千万亿零两壹贰貳叁參柒捌玖佰仟萬億兩肆伍陆陸拾0-9０-９"
_BANKER = re.compile(
    f"[肆伍陆陸拾](?= {{0,2}}[{_NUMERAL}点點成折元圆])|(?<=[{_NUMERAL}之])[肆伍陆陸拾]|(?<![\u3400-\u9fff])[肆伍陆陸拾](?![\u3400-\u9fff])"
)
_TABLE = str.maketrans(_WIDE | _SPACES | _DASHES | _HAN | {"￥": "¥", "∕": "/", "μ": "µ"})
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９])")


def fold(text: str) -> str:
    text = _BANKER.sub(lambda m: _BANKERS[m[0]], text)
    return _WIDE_COMMA.sub(",", text).translate(_TABLE)
