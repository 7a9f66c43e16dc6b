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
    "rank": ("rank", "序号"),
    "address": ("address", "链接"),
    "arxiv": ("arXiv id", "arXiv 编号"),
    "surface": ("surface", "场景"),
    "traffic": ("traffic", "流量"),
    "days": ("days", "天数"),
    "ab_about": (
        "Every figure of an online test or a deployment that our issues printed, with sign and hedge as its source prints "
        "them. A surface is named where the source names it. Figures of different tests are not comparable by size alone.",
        "本刊各期刊出的线上实验与部署数字，正负号和限定词照原文。场景仅在原文写明时列出。不同实验的数字不能只比大小。",
    ),
    "ab_all": ("All online results", "全部线上结果"),
    "ab_by_organisation": ("By organisation", "按机构"),
    "ab_by_metric": ("By metric", "按指标"),
    "ab_by_surface": ("By surface", "按场景"),
    "ab_counts": ("Figures: {0}; works: {1}; organisations: {2}.", "数字 {0} 个；工作 {1} 项；机构 {2} 家。"),
    "ab_get": ("The whole ledger as data", "全部数据"),
    "ab_left": (
        "The newest {0} of {1} figures; the data files have them all.",
        "最新 {0} 个数字（共 {1} 个），其余见数据文件。",
    ),
    "ab_name_en": ("English", "English"),
    "ab_name_zh": ("中文", "中文"),
    "ab_none": ("No issue has printed a figure of an online test yet.", "各期尚未刊出线上实验的数字。"),
    "ab_rows": ("Figures, newest first", "数字（新者在前）"),
    "ab_scope": ("Where", "适用范围"),
    "ab_stop": (". ", "。"),
    "ab_title": ("A/B ledger", "A/B 台账"),
    "ab_told": ("Printed in", "刊于"),
    "ab_words": ("The words of the source", "原文依据"),
    "sf_feed": ("feed", "信息流"),
    "sf_search": ("search", "搜索"),
    "sf_ads": ("ads", "广告"),
    "sf_short video": ("short video", "短视频"),
    "sf_live streaming": ("live streaming", "直播"),
    "sf_home page": ("home page", "首页"),
    "sf_item page": ("item page", "详情页"),
    "sf_checkout": ("checkout", "购物车与结算"),
    "sf_notifications": ("notifications", "通知"),
    "sf_email": ("e-mail", "邮件"),
    "sf_app store": ("app store", "应用商店"),
    "ch_entries": ("entries", "条数"),
    "ch_first": ("The first {0} of {1} are drawn; the table has all.", "图中为前 {0} 项（共 {1} 项），数据表为全部。"),
    "ch_list": ("; ", "；"),
    "ch_printed": ("printed", "刊出"),
    "ch_ratings": ("Ratings", "评分分布"),
    "ch_source": ("source", "来源"),
    "ch_sources": ("Items by source: printed of seen", "各来源：刊出 / 收到"),
    "ch_sources_desc": ("{0} items printed of {1} seen.", "收到 {1} 条，刊出 {0} 条。"),
    "ch_subject": ("subject", "主题"),
    "ch_table": ("The numbers", "数据表"),
    "ch_weeks": ("Papers by subject and week", "各主题每周论文数"),
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
