"""Why a source did not answer is said in the reader's words, in both languages, whatever the program met."""

from __future__ import annotations

import re

import pytest

from digester.outputs._faults import told

MET = {
    "ParseError: not a feed: an HTML page": ("no feed at its address", "地址处没有订阅源"),
    "dead.example answers 503": ("its server reports an error (503)", "服务器出错（503）"),
    "gone.example answers 404": ("nothing at its address any more (404)", "地址已失效（404）"),
    "shy.example answers 403": ("its server refuses access (403)", "服务器拒绝访问（403）"),
    "busy.example answers 429": ("its server asks for fewer visits (429)", "服务器限制访问频率（429）"),
    "slow.example did not finish within 20 s": ("no answer in time", "未在时限内应答"),
    "the name no.example was not resolved: unknown": ("its server's name is unknown", "域名无法解析"),
    "off.example cannot be reached: [Errno 111]": ("its server cannot be reached", "无法连接服务器"),
    "no.example asks programs not to read this page (robots.txt)": ("it asks programs not to read it", "声明不许程序读取"),
    "not asked yet": ("not asked yet", "尚未查询"),
    "KeyError: 'items'": ("what it sent could not be read", "返回内容无法读取"),
    "failed": ("what it sent could not be read", "返回内容无法读取"),
}  # fmt: skip


@pytest.mark.parametrize("reason", MET)
def test_a_reason_is_said_in_words(reason: str) -> None:
    assert (told(reason, "en"), told(reason, "zh")) == MET[reason]
    assert not re.search(r"Error|Errno|\w_\w", told(reason, "en") + told(reason, "zh"))
