"""A weekly and a daily in two languages that keep every rule, and how a test breaks one. All names are invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from digester.domain.issue import Census, Coverage, Issue, Pick, Row, Section, Sentence, Thread, Window
from digester.domain.model import Claim, Organisation, Support

SUPPORT = Support("p", 0, 10, "claim:sentence")
WEEK = Window(datetime(2026, 6, 13, 7, tzinfo=UTC), datetime(2026, 6, 20, 7, tzinfo=UTC), (date(2026, 6, 15),))
AUTHORS = ("Ilva Brandt",)


def say(
    en: str, zh: str, cites: tuple[str, ...] = (), kind: str = "report", rule: str = "", **inputs: object
) -> Sentence:
    text = {k: t for k, t in (("en", en), ("zh", zh)) if t}
    return Sentence(en[:40], kind, text, cites, (), rule, {k.rstrip("_"): str(v) for k, v in inputs.items()})  # type: ignore[arg-type]


def claim(
    metric: str, value: str, evidence: str = "online_ab", unit: str = "%", sign: str = "+", hedge: str = ""
) -> Claim:
    return Claim(metric, value, unit, sign, evidence, (SUPPORT,), hedge or None)  # type: ignore[arg-type]


def paper(system: str, tail: str, org: str, rating: int, made: tuple[str, str], *claims: Claim, **more: Any) -> Pick:
    """`made` says what it does, in both languages, as the end of a sentence that begins with its name."""
    told = claims[0] if claims else None
    level = {"online_ab": ("online A/B", "线上 A/B"), "deployed": ("deployed", "已部署")}.get(
        told.evidence if told else "", ("", "")
    )
    value = f"{told.sign}{told.value}{told.unit}" if told else ""
    hedge = ("up to ", "最高 ") if told and told.hedge == "up to" else ("", "")
    en = (
        f"{system} {made[0]}; {told.metric} {hedge[0]}{value} ({level[0]})."
        if told
        else f"{system} {made[0]}; offline evidence."
    )
    zh = (
        f"{system} {made[1]}；{level[1]}：{told.metric} {hedge[1]}{value}。"
        if told
        else f"{system} {made[1]}；离线证据。"
    )
    values: dict[str, Any] = {
        "story_id": f"s-{system}", "work": f"arxiv:{system}", "lead_item_id": f"i-{system}", "kind": "paper",
        "title": f"{system}: {tail}", "url": f"https://arxiv.example/{system}", "source": "arXiv", "authors": AUTHORS,
        "rating": rating, "reason": {"en": "tested on users" if told else "a good idea"}, "level": "abstract",
        "headline": {"en": f"{org}: {system}, {tail}", "zh": f"{org}：{system}"},
        "sentences": (say(en, zh, (f"i-{system}",)),), "organisations": (Organisation(org, "industry", SUPPORT),),
        "claims": claims, "facts": {"system": system, "evidence": told.evidence if told else "offline"},
    }  # fmt: skip
    return Pick(**(values | more))


GENERATIVE, LONG, ADS = "Generative Retrieval", "Long Sequences", "Bidding"
CHINESE = {GENERATIVE: "生成式召回", LONG: "长序列建模", ADS: "广告出价"}
PAPERS: Mapping[str, tuple[Pick, ...]] = {
    GENERATIVE: (
        paper("SIDLoom", "Item Codes under Beams", "Kestrelo", 5, ("decodes item codes under constrained beams", "在受约束的束搜索中生成物品编码"), claim("CTR", "1.24")),
        paper("GenFerry", "Retrieval by Decoding", "Flikkaro", 4, ("merges retrieval and ranking into one decoder", "把召回与排序合进一个解码器"), claim("GMV", "0.72")),
        paper("QuayRec", "Codes for New Items", "Ondaryl", 3, ("learns codes for items without clicks", "为没有点击的物品学习编码")),
    ),
    LONG: (
        paper("LongWeir", "Ladders of Summaries", "Luoqiwan", 5, ("compresses old events into a ladder of vectors", "把旧行为压进一组层级向量"), claim("CTR", "2.1", hedge="up to")),
        paper("TripThread", "Trips as Units", "Wayforra", 4, ("treats a trip as the unit of history", "以行程作为历史的单位"), claim("GMV", "0.83", "deployed")),
        paper("PageCache", "States across Requests", "Pressavar", 3, ("keeps states across requests", "跨请求保存状态")),
    ),
    ADS: (
        paper("FirstLight", "Early Conversions", "Zuntero", 4, ("shares early conversions among campaigns", "让各计划共享早期转化"), claim("CVR", "1.9")),
        paper("ShadeCurve", "Bids by Shape", "Bidmoor", 3, ("fits the curve of bids", "拟合出价曲线的形状")),
        paper("BudgetLark", "Pacing Budgets", "Admerrow", 3, ("paces budgets by the hour", "按小时控制预算")),
    ),
}  # fmt: skip


def ids(*systems: str) -> tuple[str, ...]:
    return tuple(f"i-{s}" for s in systems)


def _told(p: Pick) -> Sentence:
    """A paper inside a thread: organisation, system, mechanism, figure."""
    org, s = p.organisations[0].name, p.sentences[0]
    return say(f"{org}'s {s.text['en']}", f"{org} 的 {s.text['zh']}", s.cites)


def thread(number: int, theme: str, opening: tuple[str, str], from_: str, to: str) -> Thread:
    picks, zh = PAPERS[theme], CHINESE[theme]
    live = sum(bool(p.claims) for p in picks)
    a, b = (p.facts["system"] for p in picks[:2])
    return Thread(
        f"t{number}", {"en": theme, "zh": zh}, tuple(p.story_id for p in picks),
        (
            say(f"{opening[0]}: {len(picks)} of the 9 published papers open a new line, {live} with evidence from live traffic.",
                f"{opening[1]}：收录的 9 篇中有 {len(picks)} 篇讨论{zh}，{live} 篇有线上证据；这是新线索。", tuple(f"i-{p.facts['system']}" for p in picks),
                "derived", "computed:theme", n=len(picks), total=9, online=live, theme=theme),
            say(f"The step leads from {from_} to {to}.", f"这些论文从 {from_} 走向 {to}。", ids(a, b), "derived",
                "computed:shared_phrases", from_=from_, to=to, least=2),
            *(_told(p) for p in picks),
            say(f"Read together, {a} and {b} say where to start; static catalogues gain little.",
                f"{a} 与 {b} 说明应从何处入手；静态目录收益有限。", ids(a, b), "synthesis", "pattern:end"),
        ), from_, to,
    )  # fmt: skip


def section(number: int, theme: str, opening: tuple[str, str]) -> Section:
    picks = PAPERS[theme]
    ratings = Counter(p.rating for p in picks)
    live = sum(bool(p.claims) for p in picks)
    opener = say(
        f"{opening[0]} {len(picks)} papers, {live} of them with evidence from live traffic.", f"{opening[1]}共 {len(picks)} 篇，其中 {live} 篇有线上证据。",
        tuple(f"i-{p.facts['system']}" for p in picks), "derived", "computed:section", n=len(picks), online=live,
        r5=ratings[5], r4=ratings[4], r3=ratings[3],
    )  # fmt: skip
    return Section(f"theme-{number}", {"en": theme, "zh": CHINESE[theme]}, (opener,), picks, theme)


def weekly() -> Issue:
    picks = [p for group in PAPERS.values() for p in group]
    sections = (section(1, GENERATIVE, ("Decoders replace towers in", "解码器取代双塔，")), section(2, LONG, ("Histories grow in", "历史越来越长，")),
                section(3, ADS, ("Auctions learn faster in", "拍卖学得更快，")))  # fmt: skip
    rows = tuple(
        Row(p.work, p.title, p.url, p.rating, (p.organisations[0].name,), p.facts["evidence"], s.slug)
        for s in sections
        for p in s.picks
    )
    return Issue(
        "rec-weekly/2026-W25", "rec-weekly", "2026-W25", 1, "frozen", {"en": "RecSys Weekly 2026-W25", "zh": "推荐周报 2026-W25"},
        {"en": "rec-weekly-en-2026-W25", "zh": "rec-weekly-2026-W25"}, {}, {}, {"en": "Nine papers are published.", "zh": "收录九篇论文。"}, WEEK,
        Census(82, {"cs.IR": 82}, 20, 9, {"5": 2, "4": 3, "3": 4}, 4, 9, 9), Coverage(1, 1, 1.0),
        (say(f"Of 20 papers in scope 9 are published, 4 with online tests; {GENERATIVE.lower()} and {LONG.lower()} stand out.",
             f"范围内 20 篇，收录 9 篇，含线上 A/B 的 4 篇；主线是{CHINESE[GENERATIVE]}与{CHINESE[LONG]}。", ids("SIDLoom", "LongWeir"), "derived",
             "computed:census", published=9, in_scope=20, online=4),),
        tuple(_told(p) for p in picks if p.rating > 3),
        (thread(1, GENERATIVE, ("Towers give way", "双塔让位"), "two-tower retrieval", "generative retrieval"), thread(2, LONG, ("Histories stay whole", "历史不再截断"), "truncated histories", "compressed histories")),
        sections, rows,
        tuple(say(f"Watch whether {a} or {b} is repeated elsewhere.", f"关注 {a} 与 {b} 能否在别处重现。", ids(a, b), "synthesis", "pattern:watch")
              for a, b in (("SIDLoom", "GenFerry"), ("LongWeir", "TripThread"), ("FirstLight", "ShadeCurve"))),
        (), {}, "extractive-2", datetime(2026, 6, 20, 7, 5, tzinfo=UTC), ("en", "zh"),
    )  # fmt: skip


# ------------------------------------------------------------------ daily
def item(name: str, kind: str, title: str, sentences: tuple[Sentence, ...], rating: int = 0, **more: Any) -> Pick:
    values: dict[str, Any] = {
        "story_id": f"s-{name}", "work": f"url:{name}", "lead_item_id": f"i-{name}", "kind": kind, "title": title,
        "url": f"https://news.example/{name}", "source": "Orrelune News", "authors": AUTHORS, "rating": rating, "reason": {},
        "level": "post", "headline": {"en": title, "zh": title}, "sentences": sentences,
    }  # fmt: skip
    return Pick(**(values | more))


def quote(name: str, text: str, **inputs: object) -> Sentence:
    return say(text, text, (f"i-{name}",), "quote", "verbatim", **inputs)


def daily() -> Issue:
    featured = tuple(
        item(f"f{n}", "article", f"Ostrelith {n} is out!", (quote(f"f{n}", "Meanwhile, a landscape of 40 % more tokens explodes today!"),), r)
        for n, r in ((1, 5), (2, 5), (3, 4))
    )  # fmt: skip
    more = (item("m1", "article", "Pellucet reads from disk", (quote("m1", "Below 6,200 tokens it is slower."),), 3),)
    posts = tuple(
        item(f"p{n}", "post", "A post", (quote(f"p{n}", "We ran it, and it holds."),), 3, facts={"person": "Gus Pell", "role": "engineer", "topic": t})
        for n, t in enumerate(("Serving", "Serving", "Models", "Models", "Agents", "Agents", "Agents"))
    )  # fmt: skip
    trending = tuple(
        item(f"r{n}", "repository", f"orrelune/r{n}", (quote(f"r{n}", "A data loader."),), facts={"language": "Rust"}, signals={"stars": 900.0, "stars_daily": 90.0})
        for n in range(5)
    )  # fmt: skip
    moments = tuple(quote("e1", f"Batch {n} is decided by the slowest customer.", at=f"0{n}:00") for n in range(3))
    episode = item("e1", "episode", "Queues before disks", moments, facts={"guest": "Gus Pell", "duration": "52:10"})
    base = weekly()
    return replace(
        base, id="ai-daily/2026-06-20", kind="ai-daily", period="2026-06-20", title={"en": "AI Tech Daily - 2026-06-20", "zh": "AI 技术日报 - 2026-06-20"},
        census=Census(0, {}, 0, 4, {"5": 2, "4": 1, "3": 1}, 0, 0, 0), takeaways=(), threads=(), rows=(), watch=(),
        overview=(say("4 stories are told out of 60 items; \u201cOstrelith 1 is out!\u201d leads.", "从 60 条中选出 4 条；「Ostrelith 1 is out!」居首。",
                      ids("f1"), "derived", "computed:census", published=4, seen=60),),
        sections=tuple(Section(slug, {"en": slug.title(), "zh": zh}, (), picks) for slug, zh, picks in (
            ("featured", "要闻", featured), ("more", "更多", more), ("posts", "观点", posts), ("trending", "趋势", trending), ("podcasts", "播客", (episode,)))),
    )  # fmt: skip


# --------------------------------------------------------------- breaking
def told(
    issue: Issue,
    en: str = "",
    zh: str = "",
    kind: str = "report",
    cites: tuple[str, ...] = ids("SIDLoom"),
    rule: str = "",
) -> Issue:
    """The issue with a sentence more in its first paper's paragraph, in the languages that are given."""
    first, *rest = issue.sections
    pick = first.picks[0]
    made = say(en, zh, cites, kind, rule)
    return replace(
        issue,
        sections=(replace(first, picks=(replace(pick, sentences=(*pick.sentences, made)), *first.picks[1:])), *rest),
    )


def with_pick(issue: Issue, index: int = 0, section: int = 0, **fields: Any) -> Issue:
    """The issue with fields of a pick replaced."""
    sections = list(issue.sections)
    picks = list(sections[section].picks)
    picks[index] = replace(picks[index], **fields)
    sections[section] = replace(sections[section], picks=tuple(picks))
    return replace(issue, sections=tuple(sections))


def with_section(issue: Issue, slug: str, picks: tuple[Pick, ...]) -> Issue:
    return replace(issue, sections=tuple(replace(s, picks=picks) if s.slug == slug else s for s in issue.sections))


def with_thread(issue: Issue, **fields: Any) -> Issue:
    """The issue with fields of its first thread replaced."""
    return replace(issue, threads=(replace(issue.threads[0], **fields), *issue.threads[1:]))


def picks_of(issue: Issue, slug: str) -> tuple[Pick, ...]:
    return next(s.picks for s in issue.sections if s.slug == slug)
