"""What renderings of an issue say that does not stand in the record, as far as several of them say it: English and Chinese.

Outputs and channels may not know one another; each adds what it alone says. Another language is another column. What is
missing falls back to English, never to a key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Table = Mapping[str, tuple[str, str]]
NOT_SIGNIFICANT = "not significant"

SAID: Table = {
    "ab_results": ("Online results", "线上结果"),
    "ab_note": (
        "Signed as the sources print them; the evidence is named in each line.",
        "数字与正负号照原文；每行注明证据级别。",
    ),
    "authors_more": ("et al.", "等"),
    "category": ("category", "类别"),
    "colon": (": ", "："),
    "comma": (", ", "、"),
    "open": (" (", "（"),
    "close": (")", "）"),
    "complete": ("All announced papers in these listings were seen.", "以上列表公布的论文全部收到。"),
    "coverage": ("Coverage", "覆盖情况"),
    "day": ("day", "日期"),
    "development": ("Told in {0}; since then: {1}", "已见 {0}，此后：{1}"),
    "dv_new figures": ("new figures", "有新数字"),
    "dv_new primary source": ("new primary source", "有新的一手来源"),
    "dv_new release": ("new release", "有新版本"),
    "dv_twice the stars": ("twice the stars", "星数翻倍"),
    "duration": ("Duration", "时长"),
    "evidence": ("evidence", "证据"),
    "fd_original": ("Original", "原文"),
    "fd_source": ("From", "来源"),
    "fd_rating": ("Rating", "评分"),
    "fd_why": ("Why read it", "推荐理由"),
    "fd_rated": ("Why this rating", "评分理由"),
    "fd_industry": ("Industry", "工业界"),
    "fd_academia": ("Academia", "学术界"),
    "failed": ("Did not answer", "未应答"),
    "from_to": ("from {0} to {1}", "从{0}走向{1}"),
    "guest": ("Guest", "嘉宾"),
    "items_of": ("Also in this thread", "线索中另有"),
    "keywords": ("Keywords", "关键词"),
    "language": ("language", "语言"),
    "lq": ("“", "「"),
    "rq": ("”", "」"),
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
    "quotes": ("Quoted from the source", "原文摘录"),
    "rated_abstract": ("Rated {0} from the abstract", "评分 {0}（仅据摘要）"),
    "rated": ("Rated {0}", "评分 {0}"),
    "rating": ("rating", "评分"),
    "reading": ("Editor’s reading", "编者解读"),
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
    "trends": ("Trends", "趋势分析"),
    "unknown": ("unknown", "未知"),
    "unnamed": ("not stated", "未注明"),
    "watch": ("What to watch", "趋势观察"),
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
    "lo_further releases": ("further release|further releases", "其余发布"),
    "lo_further posts": ("further post|further posts", "其余帖文"),
    "lo_further repositories": ("further repository|further repositories", "其余仓库"),
    "lo_further episodes": ("further episode|further episodes", "其余播客"),
    "lo_posts out of scope": ("post out of scope|posts out of scope", "范围外的帖文"),
    "lo_posts rated 1": ("post rated 1|posts rated 1", "评分 1 的帖文"),
    "lo_beyond": ("beyond the {0} that fit", "超出 {0} 条之限"),
    "lo_told": ("told before", "此前已报道"),
    "lo_not judged": ("not judged", "未评"),
}

_HEDGES_ZH = {
    "up to": "最高", "as much as": "最高", "at most": "至多", "no more than": "至多", "over": "超过",
    "more than": "超过", "above": "超过", "at least": "至少", "nearly": "近", "almost": "近", "about": "约",
    "around": "约", "approximately": "约", "roughly": "约", "an average of": "平均", "on average": "平均",
    "averaging": "平均", "average": "平均", "further": "再", "under": "低于", "not significant": "不显著",
}  # fmt: skip
_UNITS_ZH = {"pp": " 个百分点", "x": " 倍", "ms": " ms"}


def is_chinese(language: str) -> bool:
    return language == "zh" or language.startswith("zh-")


def column(table: Table, language: str) -> Mapping[str, str]:
    """The words of a language, English where there is none."""
    chinese = is_chinese(language)
    return {key: pair[chinese] for key, pair in table.items()}


def label(words: Mapping[str, str], prefix: str, value: str) -> str:
    """The word of an enumerated value (`ev` evidence, `lv` level, `rt` route, `kd` kind of item, `dv` what is new, `lo` why
    left out), else the value."""
    if (word := words.get(f"{prefix}_{value}")) is not None:
        return word
    if m := re.fullmatch(r"beyond the (\d+) that fit", value):  # a value with a number of its own
        return words["lo_beyond"].format(m[1])
    return value.replace("_", " ")


def form(forms: str, number: int) -> str:
    """`episode|episodes`: one form for one, the other for more; a word of one form stays."""
    return forms.split("|")[0 if number == 1 else -1]


def ident(work: str) -> str:
    """A work as readers name it: `arXiv:2606.12345`, `doi:...`, `owner/name`; "" for an address."""
    scheme, _, rest = work.partition(":")
    return {"arxiv": f"arXiv:{rest}", "doi": f"doi:{rest}", "github": rest}.get(scheme, "")


def figure(sign: str, value: str, unit: str, hedge: str | None, language: str) -> str:
    """`up to +1.24%`, `+0.3 pp, not significant`: sign, unit and hedge always travel with the value."""
    chinese = is_chinese(language)
    amount = f"{sign}{value}{_UNITS_ZH.get(unit, unit) if chinese else unit if unit in ('', '%', 'x') else f' {unit}'}"
    if not hedge:
        return amount
    said = _HEDGES_ZH.get(hedge, hedge) if chinese else hedge
    if hedge == NOT_SIGNIFICANT:
        return f"{amount}（{said}）" if chinese else f"{amount}, {said}"
    return f"{said} {amount}"
