"""Why a source did not answer, in words for readers: the record keeps what the program met, the page says what it means."""

from __future__ import annotations

import re

from digester.domain.words import is_chinese

Said = tuple[str, str]  # English, Chinese
_STATUS: dict[str, Said] = {
    "401": ("its server refuses access", "服务器拒绝访问"), "403": ("its server refuses access", "服务器拒绝访问"),
    "404": ("nothing at its address any more", "地址已失效"), "410": ("nothing at its address any more", "地址已失效"),
    "429": ("its server asks for fewer visits", "服务器限制访问频率"),
}  # fmt: skip
_ERROR: Said = ("its server reports an error", "服务器出错")
_ANSWERS = re.compile(r"\b(?:answers|HTTP) (\d{3})\b")
_TOLD: tuple[tuple[re.Pattern[str], Said], ...] = tuple(
    (re.compile(rx, re.IGNORECASE), said)
    for rx, said in (
        (r"not asked yet", ("not asked yet", "尚未查询")),
        (r"not configured|without the id", ("not set up", "尚未配置")),
        (r"not resolved", ("its server's name is unknown", "域名无法解析")),
        (r"cannot be reached|broke off|connect", ("its server cannot be reached", "无法连接服务器")),
        (r"did not finish|parser stopped|timeout|timed out", ("no answer in time", "未在时限内应答")),
        (r"robots\.txt", ("it asks programs not to read it", "声明不许程序读取")),
        (r"redirect", ("its address leads astray", "地址跳转有误")),
        (r"private address|no http", ("its address must not be asked", "地址不可访问")),
        (r"more than|too large|more memory", ("it sent more than is read", "内容超出读取上限")),
        (r"not a feed|not XML|no feed|not a sitemap|without a post", ("no feed at its address", "地址处没有订阅源")),
    )
)
_OTHER: Said = ("what it sent could not be read", "返回内容无法读取")


def told(reason: str, language: str) -> str:
    """`no feed at its address` for `ParseError: not a feed: an HTML page`."""
    if m := _ANSWERS.search(reason):
        said = _STATUS.get(m[1], _ERROR)
        marks = ("（", "）") if is_chinese(language) else (" (", ")")
        return f"{said[is_chinese(language)]}{marks[0]}{m[1]}{marks[1]}"
    found = next((said for rx, said in _TOLD if rx.search(reason)), _OTHER)
    return found[is_chinese(language)]
