"""The chrome of an issue: every word that stands on the page and not in the record, in one table.

Another language is another column. What is missing falls back to English, never to a key.
"""

from __future__ import annotations

from collections.abc import Mapping

_TABLE: dict[str, tuple[str, str]] = {
    "ab_results": ("Online results", "线上结果"),
    "ab_note": (
        "Signed as the sources print them; the evidence is named in each line.",
        "数字与正负号照原文；每行注明证据级别。",
    ),
    "announced_col": ("announced", "公布"),
    "authors_more": ("et al.", "等"),
    "batches": ("Listings, by category and day", "各类别、各日列表"),
    "category": ("category", "类别"),
    "colon": (": ", "："),
    "comma": (", ", "、"),
    "open": (" (", "（"),
    "close": (")", "）"),
    "cites": ("See item", "见第"),
    "complete": ("All announced papers in these listings were seen.", "以上列表公布的论文全部收到。"),
    "contents": ("Contents", "目录"),
    "coverage": ("Coverage", "覆盖情况"),
    "day": ("day", "日期"),
    "development": ("Told in {0}; since then: {1}", "已见 {0}，此后：{1}"),
    "dv_new figures": ("new figures", "有新数字"),
    "dv_new primary source": ("new primary source", "有新的一手来源"),
    "dv_new release": ("new release", "有新版本"),
    "dv_twice the stars": ("twice the stars", "星数翻倍"),
    "duration": ("Duration", "时长"),
    "evidence": ("evidence", "证据"),
    "failed": ("Did not answer", "未应答"),
    "from_to": ("from {0} to {1}", "从{0}走向{1}"),
    "guest": ("Guest", "嘉宾"),
    "items_of": ("Also in this thread", "线索中另有"),
    "language": ("language", "语言"),
    "lq": ("“", "「"),
    "rq": ("”", "」"),
    "show_rows": ("Show all {0} entries", "展开全部 {0} 条"),
    "show_batches": ("Show all {0} listings", "展开全部 {0} 个列表"),
    "of_five": ("Rated {0} of 5", "评分 {0}，满分 5"),
    "late": ("late arrival", "补收"),
    "links": ("Links", "链接"),
    "listings": ("arXiv listings", "arXiv 列表"),
    "method": ("How this issue was made", "本期如何产生"),
    "metric": ("metric", "指标"),
    "missing": ("missing", "缺少"),
    "notice": ("Please note", "请注意"),
    "no_topic": ("Other", "其他"),
    "organisation": ("organisation", "机构"),
    "other_items": ("other items", "其他条目"),
    "overview": ("Overview", "本期概览"),
    "paper": ("paper", "论文"),
    "passage": ("the words in the source", "原文位置"),
    "quotes": ("Quoted from the source", "原文摘录"),
    "rated_abstract": ("Rated {0} from the abstract", "评分 {0}（仅据摘要）"),
    "rated": ("Rated {0}", "评分 {0}"),
    "rating": ("rating", "评分"),
    "reading": ("Editor’s reading", "编者解读"),
    "record": (
        "Record {0}, revision {1}, frozen {2}. The JSON beside this page names, for every printed "
        "sentence, the items it cites and its place in the stored text.",
        "记录 {0}，修订 {1}，{2} 定稿。同名 JSON 标明每句话所引条目及其在所存原文中的位置。",
    ),
    "follow": ("To write this page again", "重新写出本页"),
    "repository": ("repository", "仓库"),
    "not_configured": ("Not configured", "未配置"),
    "result": ("result", "结果"),
    "route": ("route", "途径"),
    "scope": ("scope", "范围"),
    "section": ("section", "栏目"),
    "seen": ("Seen", "收到"),
    "seen_col": ("seen", "收到"),
    "silent": ("Nothing new", "无新内容"),
    "space": (" ", ""),
    "left_out": ("Left out", "未收录"),
    "skip": ("Skip to the text", "跳到正文"),
    "sources": ("{0} of {1} sources answered.", "{1} 个来源中 {0} 个应答。"),
    "stars": ("stars", "星数"),
    "state_draft": ("Draft: this issue is not frozen.", "草稿：本期尚未定稿。"),
    "state_refused": ("Refused: this issue did not pass its checks.", "未通过检查：本期未发布。"),
    "state_withdrawn": ("Withdrawn: this issue is kept for the record only.", "已撤回：本期仅作存档。"),
    "system": ("system", "系统"),
    "table": ("Complete table", "全部条目"),
    "takeaways": ("In brief", "要点"),
    "title": ("title", "标题"),
    "today": ("today", "今日"),
    "unknown": ("unknown", "未知"),
    "unnamed": ("not stated", "未注明"),
    "watch": ("What to watch", "趋势观察"),
    "what": ("In one sentence", "一句话"),
    "ev_online_ab": ("online A/B", "线上 A/B"),
    "ev_deployed": ("deployed", "已部署"),
    "ev_offline": ("offline", "离线"),
    "ev_simulated": ("simulated", "仿真"),
    "ev_stated": ("as stated", "论文自述"),
    "lv_abstract": ("abstract", "摘要"),
    "lv_feed": ("feed text", "订阅源文本"),
    "lv_full_text": ("full text", "全文"),
    "lv_post": ("post", "帖文"),
    "lv_transcript": ("transcript", "转写"),
    "rt_none": ("no listing", "无列表"),
    "rt_listing": ("listing", "列表"),
    "rt_calendar": ("calendar", "日历"),
    "lo_out of scope": ("out of scope", "范围外"),
    "lo_not read": ("not read", "未读"),
    "lo_rated 1": ("rated 1", "评分 1"),
    "lo_rated 2": ("rated 2", "评分 2"),
    "lo_enough from this source": ("enough from this source", "同源已足"),
    "lo_further releases": ("further releases", "其余发布"),
    "lo_further posts": ("further posts", "其余帖文"),
    "lo_further repositories": ("further repositories", "其余仓库"),
    "lo_further episodes": ("further episodes", "其余播客"),
    "lo_posts rated 1": ("posts rated 1", "评分 1 的帖文"),
    "lo_told": ("told before", "此前已报道"),
    "lo_not judged": ("not judged", "未评"),
    "kd_papers": ("paper|papers", "论文"),
    "kd_articles": ("article|articles", "文章"),
    "kd_posts": ("post|posts", "帖文"),
    "kd_repositories": ("repository|repositories", "仓库"),
    "kd_episodes": ("episode|episodes", "播客"),
    "kd_releases": ("release|releases", "发布"),
    "nt_note": ("Paper note", "论文笔记"),
    "nt_background": ("Background", "背景"),
    "nt_method": ("Method", "训练方法"),
    "nt_results": ("Results", "结果"),
    "nt_tips": ("TIPS", "TIPS"),
    "nt_dimension": ("Dimension", "优化维度"),
    "nt_before": ("Before", "传统方法"),
    "nt_paper": ("This paper", "本文方法"),
    "nt_abstract": ("Written from the abstract: the full text was not read.", "仅据摘要写成，未读全文。"),
    "nt_quotes": (
        "What stands in quotation marks is verbatim from the paper; ↗ opens the place.",
        "引号内为论文原文，逐字照录；↗ 打开原文位置。",
    ),
    "nt_by_rule": (
        "Chosen and composed by program; no language model was used.",
        "由程序摘录并用固定句式写成，未使用语言模型。",
    ),
    "nt_by_model": (
        "Worded by a language model and checked by program, sentence by sentence, against the text of the paper.",
        "由语言模型行文，再由程序逐句与论文原文核对。",
    ),
    "nt_record": ("Note on {0}, revision {1}; editor {2}, {3}.", "{0} 修订 {1} 的笔记；编辑器 {2}，{3}。"),
}

_HEDGES_ZH = {
    "up to": "最高", "as much as": "最高", "at most": "至多", "no more than": "至多", "over": "超过",
    "more than": "超过", "above": "超过", "at least": "至少", "nearly": "近", "almost": "近", "about": "约",
    "around": "约", "approximately": "约", "roughly": "约", "an average of": "平均", "on average": "平均",
    "averaging": "平均", "not significant": "不显著",
}  # fmt: skip

_EN = {key: pair[0] for key, pair in _TABLE.items()}
_ZH = {key: pair[1] for key, pair in _TABLE.items()}


def is_chinese(language: str) -> bool:
    return language.split("-")[0] == "zh"


def words(language: str) -> Mapping[str, str]:
    """The column of a language, English where there is none."""
    return _ZH if is_chinese(language) else _EN


def label(prefix: str, value: str, language: str) -> str:
    """The word of an enumerated value (`ev` evidence, `lv` level, `rt` route, `kd` kind of item,
    `lo` why left out), else the value."""
    return words(language).get(f"{prefix}_{value}", value.replace("_", " "))


def hedge(text: str, language: str) -> str:
    return _HEDGES_ZH.get(text, text) if is_chinese(language) else text
