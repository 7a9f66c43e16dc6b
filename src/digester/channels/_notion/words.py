"""The words of a page that do not stand in the record, in English and Chinese; other languages read English."""

from __future__ import annotations

from collections.abc import Mapping

_TABLE: dict[str, tuple[str, str]] = {
    "colon": (": ", "："),
    "comma": (", ", "、"),
    "stop": ("; ", "；"),
    "open": (" (", "（"),
    "close": (")", "）"),
    "space": (" ", ""),
    "lq": ("“", "「"),
    "rq": ("”", "」"),
    "ab_note": (
        "Signed as the sources print them; the evidence is named in each line.",
        "数字与正负号照原文；每行注明证据级别。",
    ),
    "ab_results": ("Online results", "线上结果"),
    "announced": ("announced", "公布"),
    "authors_more": ("et al.", "等"),
    "category": ("category", "类别"),
    "complete": ("All announced papers in these listings were seen.", "以上列表公布的论文全部收到。"),
    "coverage": ("Coverage", "覆盖情况"),
    "day": ("day", "日期"),
    "development": ("Told in {0}; since then: {1}", "已见 {0}，此后：{1}"),
    "duration": ("Duration", "时长"),
    "evidence": ("evidence", "证据"),
    "failed": ("Did not answer", "未应答"),
    "from_abstract": ("from the abstract", "仅据摘要"),
    "from_to": ("from {0} to {1}", "从{0}走向{1}"),
    "guest": ("Guest", "嘉宾"),
    "items_of": ("Also in this thread", "线索中另有"),
    "keywords": ("Keywords", "关键词"),
    "language": ("language", "语言"),
    "late": ("late arrival", "补收"),
    "left_out": ("Left out", "未收录"),
    "links": ("Links", "链接"),
    "listings": ("arXiv listings", "arXiv 列表"),
    "method": ("How this issue was made", "本期如何产生"),
    "metric": ("metric", "指标"),
    "missing": ("missing", "缺少"),
    "no_topic": ("Other", "其他"),
    "not_configured": ("Not configured", "未配置"),
    "notice": ("Please note", "请注意"),
    "organisation": ("organisation", "机构"),
    "other_items": ("other items", "其他条目"),
    "overview": ("Overview", "本期概览"),
    "paper": ("paper", "论文"),
    "quotes": ("Quoted from the source", "原文摘录"),
    "rated": ("Rated {0}", "评分 {0}"),
    "rated_abstract": ("Rated {0} from the abstract", "评分 {0}（仅据摘要）"),
    "rating": ("rating", "评分"),
    "reading": ("Editor’s reading", "编者解读"),
    "record": ("Record {0}, revision {1}, frozen {2} UTC.", "记录 {0}，修订 {1}，{2} UTC 定稿。"),
    "repository": ("repository", "仓库"),
    "result": ("result", "结果"),
    "route": ("route", "途径"),
    "scope": ("scope", "范围"),
    "section": ("section", "栏目"),
    "seen": ("Seen", "收到"),
    "seen_col": ("seen", "收到"),
    "silent": ("Nothing new", "无新内容"),
    "sources": ("{0} of {1} sources answered.", "{1} 个来源中 {0} 个应答。"),
    "stars": ("stars", "星数"),
    "state_draft": ("Draft: this issue is not frozen.", "草稿：本期尚未定稿。"),
    "state_refused": ("Refused: this issue did not pass its checks.", "未通过检查：本期未发布。"),
    "state_withdrawn": ("Withdrawn: this issue is kept for the record only.", "已撤回：本期仅作存档。"),
    "system": ("system", "系统"),
    "table": ("Complete table", "全部条目"),
    "takeaways": ("In brief", "要点"),
    "title": ("title", "标题"),
    "to": (" to ", " 至 "),
    "today": ("today", "今日"),
    "trends": ("Trends", "趋势分析"),
    "unknown": ("unknown", "未知"),
    "unnamed": ("not stated", "未注明"),
    "watch": ("What to watch", "趋势观察"),
    "web": ("On the web", "网页版"),
    "what": ("in one sentence", "一句话"),
    # a card with a line a field
    "fd_academia": ("Academia", "学术界"),
    "fd_industry": ("Industry", "工业界"),
    "fd_original": ("Original", "原文"),
    "fd_rated": ("Why this rating", "评分理由"),
    "fd_rating": ("Rating", "评分"),
    "fd_source": ("From", "来源"),
    "fd_why": ("Why read it", "推荐理由"),
    # the census
    "n_announced": ("{0} announced", "公布 {0} 篇"),
    "n_scope": ("{0} in scope", "范围内 {0} 篇"),
    "n_published": ("{0} published", "收录 {0} 条"),
    "n_rated": ("{0} rated {1}", "{1} 分 {0} 条"),
    "n_online": ("{0} with online A/B", "含线上 A/B {0} 篇"),
    "n_industrial": ("{0} industrial", "工业界 {0} 篇"),
    "n_abstract": ("{0} rated from the abstract", "仅据摘要评分 {0} 篇"),
    # enumerated values: ev evidence, lv level, rt route, kd kind of item, dv what is new, lo why left out
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
    "kd_papers": ("papers", "论文"),
    "kd_articles": ("articles", "文章"),
    "kd_posts": ("posts", "帖文"),
    "kd_repositories": ("repositories", "仓库"),
    "kd_episodes": ("episodes", "播客"),
    "kd_releases": ("releases", "发布"),
    "dv_new figures": ("new figures", "有新数字"),
    "dv_new primary source": ("new primary source", "有新的一手来源"),
    "dv_new release": ("new release", "有新版本"),
    "dv_twice the stars": ("twice the stars", "星数翻倍"),
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
}

_HEDGES_ZH = {
    "up to": "最高", "as much as": "最高", "at most": "至多", "no more than": "至多", "over": "超过",
    "more than": "超过", "above": "超过", "at least": "至少", "nearly": "近", "almost": "近", "about": "约",
    "around": "约", "approximately": "约", "roughly": "约", "an average of": "平均", "on average": "平均",
    "averaging": "平均", "not significant": "不显著",
}  # fmt: skip
_UNITS_ZH = {"pp": " 个百分点", "x": " 倍", "ms": " ms"}
_EN = {key: pair[0] for key, pair in _TABLE.items()}
_ZH = {key: pair[1] for key, pair in _TABLE.items()}


def chinese(language: str) -> bool:
    return language.split("-")[0] == "zh"


def words(language: str) -> Mapping[str, str]:
    return _ZH if chinese(language) else _EN


def label(prefix: str, value: str, language: str) -> str:
    """The word of an enumerated value, else the value."""
    return words(language).get(f"{prefix}_{value}", value.replace("_", " "))


def figure(sign: str, value: str, unit: str, hedge: str | None, language: str) -> str:
    """`up to +1.24%`, `+0.3 pp, not significant`: sign, unit and hedge always travel with the value."""
    zh = chinese(language)
    amount = f"{sign}{value}{_UNITS_ZH.get(unit, unit) if zh else unit if unit in ('', '%', 'x') else f' {unit}'}"
    if not hedge:
        return amount
    said = _HEDGES_ZH.get(hedge, hedge) if zh else hedge
    if hedge == "not significant":
        return f"{amount}（{said}）" if zh else f"{amount}, {said}"
    return f"{said} {amount}"
