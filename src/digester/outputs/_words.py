"""The words that outputs add to those of every rendering (`domain.words`), in one table."""

from __future__ import annotations

from collections.abc import Mapping

from digester.domain.words import SAID, Table, column, is_chinese
from digester.domain.words import label as label_of

_TABLE: Table = {
    **SAID,
    "announced_col": ("announced", "公布"),
    "batches": ("Listings, by category and day", "各类别、各日列表"),
    "cites": ("See item", "见第"),
    "contents": ("Contents", "目录"),
    "fd_from_abstract": ("from the abstract", "仅据摘要"),
    "show_rows": ("Show all {0} entries", "展开全部 {0} 条"),
    "show_yields": ("Show what each source gave", "展开各来源的条数"),
    "show_batches": ("Show all {0} listings", "展开全部 {0} 个列表"),
    "of_five": ("Rated {0} of 5", "评分 {0}，满分 5"),
    "in_chinese": ("{0} (in Chinese)", "{0}"),
    "passage": ("the words in the source", "原文位置"),
    "record": (
        "Record {0}, revision {1}, frozen {2}. The JSON beside this page names, for every printed "
        "sentence, the items it cites and its place in the stored text.",
        "记录 {0}，修订 {1}，{2} 定稿。同名 JSON 标明每句话所引条目及其在所存原文中的位置。",
    ),
    "figure_n": ("Figure {0}", "图 {0}"),
    "figure_alt": ("A drawing from the paper; its caption stands below.", "论文原图，图注见下方。"),
    "figure_by": ("Figure by {0}, unchanged, under", "原图：{0}，未作改动，许可："),
    "follow": ("To write this page again", "重新写出本页"),
    "skip": ("Skip to the text", "跳到正文"),
    "what": ("In one sentence", "一句话"),
    "kd_papers": ("paper|papers", "论文"),
    "kd_articles": ("article|articles", "文章"),
    "kd_posts": ("post|posts", "帖文"),
    "kd_repositories": ("repository|repositories", "仓库"),
    "kd_episodes": ("episode|episodes", "播客"),
    "kd_releases": ("release|releases", "发布"),
    # mail
    "mail_web": ("Read on the web", "在网页上阅读"),
    "mail_record": ("Record {0}, revision {1}, frozen {2} UTC.", "记录 {0}，修订 {1}，{2} UTC 定稿。"),
    "mail_left_out": (
        "{0} of the {1} items are left out here, because mail programs cut long messages off.",
        "邮件客户端会截断过长的邮件，此处略去 {1} 条中的 {0} 条。",
    ),
    "mail_more": ("They stand in the issue on the web.", "全文见网页版。"),
    "mail_no_web": (
        "They stand in the whole issue, of which there is no copy on the web.",
        "略去的条目在完整的一期里；本期没有网页版。",
    ),
    "mail_elsewhere": ("Cited above and left out", "文中引用而未列出"),
    "mail_missing": ("{0} announced papers were not seen.", "已公布而未收到的论文：{0} 篇。"),
    "stop": (".", "。"),
    "feed_about": ("{0}: every issue in full", "{0}：每期全文"),
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
    "nt_note": ("Paper note", "论文笔记"),
    "nt_background": ("Background", "背景"),
    "nt_method": ("Method", "训练方法"),
    "nt_results": ("Results", "结果"),
    "nt_tips": ("TIPS", "TIPS"),
    "nt_dimension": ("Dimension", "优化维度"),
    "nt_before": ("Before", "传统方法"),
    "nt_paper": ("This paper", "本文方法"),
    "nt_abstract": ("Written from the abstract: the full text was not read.", "仅据摘要写成，未读全文。"),
    "nt_table": ("A table of the paper", "论文中的表格"),
    "nt_cut": ("Shown: {0} of {1} rows, {2} of {3} columns.", "仅列 {1} 行中的 {0} 行、{3} 列中的 {2} 列。"),
    "nt_quotes": (
        "What stands in quotation marks, and in tables of results, is verbatim from the paper; ↗ opens the place.",
        "引号内与结果表为论文原文，逐字照录；↗ 打开原文位置。",
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
    # the site
    "s_about": ("About", "关于本站"),
    "s_about_lead": (
        "How the issues are made, what each kind of sentence means, and whom to write to.",
        "各期如何产生，各类句子是什么意思，以及如何联系。",
    ),
    "s_ab": ("A/B ledger", "A/B 台账"),
    "s_archive": ("Archive", "存档"),
    "s_archive_lead": ("Every issue on the day it is about.", "每一期按所述日期排列。"),
    "s_categories": ("Categories", "分类"),
    "s_category": ("Category", "分类"),
    "s_close": ("Close", "关闭"),
    "s_count": ("issue|issues", "期"),
    "s_downloads": ("This issue as", "本期下载"),
    "s_empty": ("Nothing has been published yet.", "尚未发布任何一期。"),
    "s_essays": ("Essays", "文章"),
    "s_essays_lead": ("Longer pieces, in the language they were written in.", "长文，按写作语言发布。"),
    "s_notes_lead": (
        "Background, method and results of single papers, each sentence with its place in the paper.",
        "单篇论文的背景、方法与结果，每句均可回到原文。",
    ),
    "s_feeds": ("Feeds", "订阅"),
    "s_home": ("Latest", "最新"),
    "s_items": ("story|stories", "条"),
    "s_kind": ("Series", "系列"),
    "s_kinds": ("Series", "系列"),
    "s_language": ("Language", "语言"),
    "s_lead": (
        "Papers and news on AI and recommender systems, each sentence with the place it rests on.",
        "人工智能与推荐系统的论文与新闻，每句话都注明依据所在。",
    ),
    "s_missing": ("There is no such page", "没有这个页面"),
    "s_missing_text": (
        "The address may be misspelt, or the page was never here. All issues are in the archive.",
        "地址可能有误，或该页从未存在。全部期次见存档。",
    ),
    "s_new": ("first seen here", "首次出现"),
    "s_newer": ("Newer", "较新"),
    "s_next": ("Next", "下一期"),
    "s_notes": ("Paper notes", "论文笔记"),
    "s_older": ("Older", "较早"),
    "s_online": ("{0} with online A/B", "{0} 篇含线上 A/B"),
    "s_organisation": ("Organisation", "机构"),
    "s_organisations": ("Organisations", "机构"),
    "s_organisations_lead": (
        "Whoever a paper or article names as its author’s house, as printed in the source.",
        "论文或文章署名的机构，名称照原文。",
    ),
    "s_page": ("Issues {0} to {1}", "第 {0} 至 {1} 期"),
    "s_pages": ("Pages", "分页"),
    "s_passages": ("Words of the sources", "原文"),
    "s_pinned": ("Essays", "文章"),
    "s_previous": ("Previous", "上一期"),
    "s_private": ("No cookies, no scripts, nothing is asked of anyone.", "无 Cookie，无脚本，不向任何人发出请求。"),
    "s_search": ("Search", "搜索"),
    "s_search_example": ("semantic id", "语义 ID"),
    "s_search_lead": ("All issues by title.", "按标题列出全部期次。"),
    "s_search_cli": ("The text of all issues is searched on the command line:", "在命令行中检索各期全文："),
    "s_search_no_script": (
        "Searching here needs scripts; the list below does not.",
        "在此搜索需要脚本；下面的列表不需要。",
    ),
    "s_site_nav": ("Sections of the site", "站点导航"),
    "s_source_page": ("Read it at {0}", "在 {0} 阅读"),
    "s_subjects": ("Subjects", "主题索引"),
    "s_subjects_lead": ("Series, categories and tags.", "系列、分类与标签。"),
    "s_tag": ("Tag", "标签"),
    "s_tags": ("Tags", "标签"),
    "s_theme": ("Theme", "主线"),
    "s_theme_weeks": ("This theme through the weeks", "这条主线的历次出现"),
    "s_themes": ("Themes", "主线"),
    "s_themes_lead": (
        "What papers of a week had in common, followed from week to week.",
        "同一周论文的共同主题，逐周追踪。",
    ),
    "s_weekdays": ("Mo Tu We Th Fr Sa Su", "一 二 三 四 五 六 日"),
    "s_year": ("{0}", "{0} 年"),
    "s_in_en": ("EN", "英文"),
    "s_in_zh": ("中文", "中文"),
    "s_name_en": ("English", "English"),
    "s_name_zh": ("中文", "中文"),
    "s_k_ai-daily": ("AI", "AI"),
    "s_k_ai-weekly": ("AI Wk", "AI 周"),
    "s_k_rec-daily": ("Rec", "推荐"),
    "s_k_rec-weekly": ("Rec Wk", "推荐周"),
}


class Words(dict[str, str]):
    """Words that are attributes, too: where templates look first for `w.colon`."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self.__dict__ = self


_EN, _ZH = Words(column(_TABLE, "en")), Words(column(_TABLE, "zh"))


def words(language: str) -> Mapping[str, str]:
    return _ZH if is_chinese(language) else _EN


def html_lang(language: str) -> str:
    """The language of a page as its tags name it."""
    return "zh-Hans" if language == "zh" else language


def label(prefix: str, value: str, language: str) -> str:
    return label_of(words(language), prefix, value)
