"""What stands in exports and not in the mail that they are made like: the words of the mail with a few more."""

from __future__ import annotations

from collections.abc import Mapping

from digester.domain.words import Table, column
from digester.outputs._words import words as of_the_mail

_TABLE: Table = {
    "ex_addresses": ("Addresses", "链接地址"),
    "ex_archive": ("View this mail in your browser", "在浏览器中查看本邮件"),
    "ex_left_out": (
        "{0} of the {1} items are left out here, to keep the article short.",
        "为控制篇幅，此处略去 {1} 条中的 {0} 条。",
    ),
    "ex_postal": ("Our postal address", "通讯地址"),
    "ex_unsubscribe": ("Unsubscribe", "退订"),
}


def words(language: str) -> Mapping[str, str]:
    """The column of a language, English where there is none."""
    return {**of_the_mail(language), **column(_TABLE, language)}
