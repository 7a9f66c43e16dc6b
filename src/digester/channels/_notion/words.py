"""The words that a page adds to those of every rendering (`domain.words`)."""

from __future__ import annotations

from collections.abc import Mapping

from digester.domain.words import SAID, Table, column, is_chinese
from digester.domain.words import label as label_of

_TABLE: Table = {
    **SAID,
    "stop": ("; ", "；"),
    "announced": ("announced", "公布"),
    "from_abstract": ("from the abstract", "仅据摘要"),
    "record": ("Record {0}, revision {1}, frozen {2} UTC.", "记录 {0}，修订 {1}，{2} UTC 定稿。"),
    "to": (" to ", " 至 "),
    "web": ("On the web", "网页版"),
    "what": ("in one sentence", "一句话"),
    "n_announced": ("{0} announced", "公布 {0} 篇"),
    "n_scope": ("{0} in scope", "范围内 {0} 篇"),
    "n_published": ("{0} published", "收录 {0} 条"),
    "n_rated": ("{0} rated {1}", "{1} 分 {0} 条"),
    "n_online": ("{0} with online A/B", "含线上 A/B {0} 篇"),
    "n_industrial": ("{0} industrial", "工业界 {0} 篇"),
    "n_abstract": ("{0} rated from the abstract", "仅据摘要评分 {0} 篇"),
    "kd_papers": ("papers", "论文"),
    "kd_articles": ("articles", "文章"),
    "kd_posts": ("posts", "帖文"),
    "kd_repositories": ("repositories", "仓库"),
    "kd_episodes": ("episodes", "播客"),
    "kd_releases": ("releases", "发布"),
}
_EN, _ZH = column(_TABLE, "en"), column(_TABLE, "zh")


def words(language: str) -> Mapping[str, str]:
    return _ZH if is_chinese(language) else _EN


def label(prefix: str, value: str, language: str) -> str:
    return label_of(words(language), prefix, value)
