"""Two invented issues that use every part of the record. All names are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from digester.domain.issue import (
    BatchCoverage,
    Census,
    Coverage,
    Excerpt,
    Illustration,
    Issue,
    Pick,
    Row,
    Section,
    Sentence,
    SourceYield,
    Text,
    Thread,
    Window,
)
from digester.domain.model import Claim, EvidenceLevel, Link, Organisation, Support
from digester.domain.pictures import Picture

SUPPORT = (Support("p-1", 0, 40, "claim:sentence"),)
EXCERPT = Excerpt(
    "p-1", 0, 40, "Clicks rose by 1.24% and orders by 0.83%, both significant, in a two-week test.", "https://arxiv.example/html/2606.90011v1"
)  # fmt: skip
NOTICE = "All names, papers and figures of this issue are invented: it is the demo world of digester."


def say(key: str, kind: str, en: str, zh: str = "", cites: tuple[str, ...] = (), at: str = "") -> Sentence:
    text: Text = {"en": en} | ({"zh": zh} if zh else {})
    inputs = {"at": at} if at else {}
    return Sentence(key, kind, text, cites, SUPPORT, "", inputs)  # type: ignore[arg-type]


def claim(
    metric: str, value: str, unit: str, sign: str, level: EvidenceLevel, hedge: str = "", scope: str = ""
) -> Claim:
    return Claim(metric, value, unit, sign, level, SUPPORT, hedge or None, scope or None)  # type: ignore[arg-type]


def organisation(name: str, kind: str = "industry") -> Organisation:
    return Organisation(name, kind, SUPPORT[0])  # type: ignore[arg-type]


def paper(number: str, title: str, rating: int, headline: str, zh: str = "", **more: object) -> Pick:
    values: dict[str, object] = {
        "story_id": f"story-{number}", "work": f"arxiv:{number}", "lead_item_id": f"item-{number}", "kind": "paper",
        "title": title, "url": f"https://arxiv.example/abs/{number}v1", "source": "arXiv",
        "authors": ("Ilva Brandt", "Teo Marrow", "Xu Lian", "Oda Fell"), "rating": rating,
        "reason": {"en": "online test with signed figures, a design another team can copy.", "zh": "线上测试，数字带正负号，设计可以照做。"}, "level": "full_text",
        "headline": {"en": headline} | ({"zh": zh} if zh else {}), "sentences": (), "announced_at": date(2026, 6, 16),
    }  # fmt: skip
    return Pick(**(values | more))  # type: ignore[arg-type]


WHALE = paper(
    "2606.90011", "CODEWALK: Constrained Beam Search over Semantic IDs for Generative Retrieval", 5,
    "Velmarque: CODEWALK, beam search over valid Semantic IDs; online: CTR +1.24%, GMV +0.83%",
    "Velmarque：CODEWALK，只在有效 Semantic ID 上做束搜索；线上 CTR +1.24%、GMV +0.83%",
    organisations=(organisation("Velmarque"),),
    claims=(
        claim("CTR", "1.24", "%", "+", "online_ab", "", "10% of traffic for two weeks"),
        claim("GMV", "0.83", "%", "+", "online_ab"),
        claim("p99 latency", "11.1", "%", "-", "deployed", "up to", "home feed"),
        claim("Recall@50", "6.4", "%", "+", "offline"),
    ),
    links=(Link("https://github.example/velmarque/codewalk", "code"), Link("https://arxiv.example/pdf/2606.90011v1", "PDF")),
    sentences=(
        say("s1", "report", "CODEWALK keeps a trie of the Semantic IDs that exist and lets the decoder walk only along "
            "its edges, so no beam is spent on items that are not in stock.",
            "CODEWALK 维护有效 Semantic ID 的前缀树，解码只沿树边前进，束宽不再浪费在无货商品上。", ("item-2606.90011",)),
        say("s2", "report", "The trie is rebuilt every ten minutes and shared by all decoder replicas.",
            "前缀树每十分钟重建，由所有解码副本共用。"),
        say("s3", "quote", "Constrained decoding removes 38% of the beams that unconstrained search spends on identifiers "
            "without an item."),
        say("s4", "synthesis", "With GRANITE it suggests that valid-item constraints belong into the decoder, not behind it.",
            "与 GRANITE 一并看，有效性约束应放在解码器内，而不是放在其后。", ("item-2606.90011", "item-2606.90012")),
    ),
)  # fmt: skip
GRANITE = paper(
    "2606.90012", "GRANITE: Long Sequences without Truncation in Ads Ranking", 4,
    "Lishi cuts serving cost 23% with GRANITE, which ranks ads over whole histories",
    organisations=(organisation("Lishi"), organisation("University of Varn", "academia")),
    claims=(
        claim("serving cost", "23", "%", "-", "deployed", "about"),
        claim("eCPM", "0.3", "pp", "+", "online_ab", "not significant", "new users"),
    ),
    late=True, level="abstract", authors=("Mira Sand", "Jo Pell"),
    sentences=(
        say("s5", "report", "GRANITE compresses a history of 12,000 events into 64 slots that are updated as events arrive.",
            "GRANITE 把 12,000 条行为压进 64 个槽位，随行为到达更新。"),
        say("s6", "quote", "To our knowledge this is the first deployment that never truncates."),
    ),
)  # fmt: skip
TIDE = paper(
    "2606.90013", "TIDE: Popularity-Aware Contrastive Learning for Cold-Start Items", 3,
    "TIDE weighs contrastive pairs by the age of the item", level="abstract", authors=("Ana Lumen",),
    reason={"en": "strong baselines and ablation on public data."}, announced_at=date(2026, 6, 18),
    claims=(claim("NDCG@10", "4.2", "%", "+", "offline", "up to"),),
    sentences=(say("s7", "report", "Young items get heavier pairs, so their vectors move before clicks arrive.",
                   "新物品的样本对权重更高，点击到来之前向量就已移动。"),),
)  # fmt: skip
SCALES = paper(
    "2606.90014", "How Far Do Scaling Laws Carry? A Study of 41 Ranking Models", 4,
    "Halden Labs finds that ranking models stop scaling with parameters alone",
    organisations=(organisation("Halden Labs"),), announced_at=date(2026, 6, 19),
    claims=(claim("AUC", "0.12", "%", "+", "offline"),),
    sentences=(say("s8", "report", "Loss follows a power law in data but flattens in parameters beyond 2B.",
                   "损失随数据服从幂律，但参数超过 2B 后趋平。"),),
)  # fmt: skip

WEEKLY_WINDOW = Window(
    datetime(2026, 6, 13, 7, tzinfo=UTC), datetime(2026, 6, 20, 7, tzinfo=UTC),
    tuple(date(2026, 6, d) for d in range(15, 20)),
)  # fmt: skip


def row(pick: Pick, section: str, evidence: str) -> Row:
    names = tuple(o.name for o in pick.organisations)
    return Row(pick.work, pick.title, pick.url, pick.rating, names, evidence, section, pick.announced_at)


DRAWING = Picture(
    "0123456789abcdef" * 2 + ".png", GRANITE.work, f"https://arxiv.example/html/{GRANITE.work[6:]}v1/x1.png",
    "Figure 2: Overview of the compressed history. Grey parts are cached.", "CC BY-SA 4.0", "image/png", 1080, 360,
)  # fmt: skip
CAPTION = Sentence(
    "pic1", "quote", {"en": "Overview of the compressed history."}, (GRANITE.lead_item_id,), SUPPORT, "caption"
)


def weekly() -> Issue:
    sections = (
        Section("generative-retrieval", {"en": "Generative retrieval and Semantic IDs", "zh": "生成式检索与 Semantic ID"},
                (say("o1", "report", "Decoders that write identifiers can write ones that no item has; the papers here "
                     "take that choice away.", "会写标识的解码器也会写出不存在的标识；本节论文取消了这种可能。"),), (WHALE,)),
        Section("long-sequences", {"en": "Long sequences in ads", "zh": "广告中的长序列"},
                (say("o2", "derived", "Two papers rank over more than 10,000 events.", "两篇论文在一万条以上行为上排序。"),),
                (GRANITE, TIDE), illustration=Illustration(DRAWING, CAPTION)),
        Section("scaling", {"en": "Scaling and its limits", "zh": "扩展及其边界"}, (), (SCALES,)),
    )  # fmt: skip
    threads = (
        Thread("t1", {"en": "Valid-item decoding", "zh": "有效物品解码"}, ("story-2606.90011", "story-2606.90012"),
               (say("t1a", "report", "Filters behind the decoder throw away what it was trained to write.",
                    "解码之后的过滤，丢掉的正是模型学会写出的东西。", ("item-2606.90011",)),
                say("t1b", "synthesis", "Teams with a stock that changes hourly should move the constraint into the beam; "
                    "static catalogues gain little.", "库存按小时变化的团队应把约束移入束搜索；静态目录收益有限。",
                    ("item-2606.90011", "item-2606.90012"))),
               "post-hoc filtering", "constrained decoding"),
        Thread("t2", {"en": "Scaling laws of ranking models", "zh": "排序模型的 Scaling Law"}, ("arxiv:2606.90014",),
               (say("t2a", "report", "Halden Labs trains 41 models and finds data, not parameters, to be the lever.",
                    "Halden Labs 训练 41 个模型，发现杠杆在数据而不在参数。", ("item-2606.90014",)),)),
    )  # fmt: skip
    return Issue(
        excerpts=(EXCERPT,),
        id="rec-weekly/2026-W25", kind="rec-weekly", period="2026-W25", revision=1, state="frozen",
        title={"en": "RecSys Weekly 2026-W25", "zh": "推荐周报 2026-W25"},
        slug={"en": "rec-weekly-en-2026-W25", "zh": "rec-weekly-2026-W25"},
        tags={"en": ("RecSys", "Weekly"), "zh": ("推荐系统", "周报")},
        category={"en": "RecSys Report", "zh": "推荐技术报告"},
        summary={"en": "Constraints move into the decoder, histories stay whole, and ranking models stop growing on "
                 "parameters alone.", "zh": "约束进入解码器，历史不再截断，排序模型不再只靠参数变大。"},
        window=WEEKLY_WINDOW,
        census=Census(2616, {"cs.IR": 111, "cs.LG": 1320, "cs.AI": 980, "cs.CL": 640}, 52, 4,
                      {"5": 1, "4": 2, "3": 1}, 2, 3, 2),
        coverage=Coverage(41, 38, 0.94,
                          (("Brackwater Engineering", "timed out after 20 s"), ("Osk Notes", "HTTP 503, again at 09:00")),
                          ("Ferncastle Blog", "Halden Labs"),
                          (BatchCoverage("cs.IR", date(2026, 6, 15), 24, 24, "listing"),
                           BatchCoverage("cs.IR", date(2026, 6, 16), 31, 29, "listing", ("2606.90777", "2606.90778")),
                           BatchCoverage("cs.LG", date(2026, 6, 15), None, 260, "calendar"))),
        overview=(
            say("v1", "derived", "Two threads run through four papers, two of them tested online.",
                "四篇论文连成两条线索，其中两篇有线上测试。"),
            say("v2", "report", "Velmarque walks only valid identifiers; Lishi keeps the whole history.",
                "Velmarque 只走有效标识；Lishi 保留完整历史。", ("item-2606.90011", "item-2606.90012")),
        ),
        takeaways=(
            say("k1", "report", "Velmarque lifts CTR 1.24% by decoding valid Semantic IDs only.",
                "Velmarque 只解码有效 Semantic ID，线上 CTR +1.24%。", ("item-2606.90011",)),
            say("k2", "report", "Lishi cuts serving cost about 23% without truncating histories.",
                "Lishi 不截断历史，服务成本约 -23%。", ("item-2606.90012",)),
            say("k3", "report", "Beyond 2B parameters only data helped the 41 ranking models of Halden Labs.",
                "Halden Labs 的 41 个排序模型超过 2B 参数后只有数据有用。", ("item-2606.90014",)),
        ),
        threads=threads, sections=sections,
        rows=(row(SCALES, "scaling", "offline"), row(WHALE, "generative-retrieval", "online_ab"),
              row(GRANITE, "long-sequences", "deployed"), row(TIDE, "long-sequences", "offline")),
        watch=(say("w1", "synthesis", "Whether tries survive catalogues above a billion items is untested.",
                   "十亿级目录下前缀树能否成立尚无测试。", ("item-2606.90011", "item-2606.90014")),),
        notices=({"en": NOTICE},),
        method={"en": "Selected and written by a program: extracts and patterns over the stored sources, no language model.",
                "zh": "由程序选取并撰写：对已存来源做摘录与句式填充，未使用语言模型。"},
        editor="extractive/1", frozen_at=datetime(2026, 6, 20, 7, 5, tzinfo=UTC), languages=("en", "zh"),
    )  # fmt: skip


def item(number: str, kind: str, title: str, url: str, source: str, rating: int = 3, **more: object) -> Pick:
    values: dict[str, object] = {
        "story_id": f"story-{number}", "work": f"url:{url}", "lead_item_id": f"item-{number}", "kind": kind,
        "title": title, "url": url, "source": source, "authors": (), "rating": rating, "reason": {}, "level": "post",
        "headline": {"en": title}, "sentences": (), "published_at": datetime(2026, 6, 19, 14, 30, tzinfo=UTC),
    }  # fmt: skip
    return Pick(**(values | more))  # type: ignore[arg-type]


def post(number: str, name: str, role: str, topic: str, text: str, language: str = "en") -> Pick:
    return item(
        number, "post", text, f"https://social.example/{number}", "Social", language=language, authors=(name,),
        facts={"topic": topic, "person": name, "role": role}, sentences=(say(f"q{number}", "quote", text),),
    )  # fmt: skip


def repository(name: str, language: str, stars: int, today: int, what: str) -> Pick:
    return item(
        name, "repository", name, f"https://github.example/{name}", "GitHub trending", work=f"github:{name}",
        facts={"repository": name, "language": language}, signals={"stars": float(stars), "stars_daily": float(today)},
        sentences=(say(f"r{stars}", "report", what),),
    )  # fmt: skip


FEATURED = item(
    "501", "article", "Ostrelith 3 open weights", "https://news.orrelune.example/ostrelith-3", "Orrelune News", 5,
    headline={"en": "Orrelune releases Ostrelith 3, 212B parameters, under Apache-2.0",
              "zh": "Orrelune 以 Apache-2.0 开放 212B 参数的 Ostrelith 3"},
    organisations=(organisation("Orrelune"),), level="full_text",
    reason={"en": "primary source; weights and licence are published."},
    claims=(claim("recall at 400,000 tokens", "0.4", "pp", "+", "stated"),),
    links=(Link("https://tokensatdusk.example/ostrelith-3-hands-on", "Tokens at Dusk"),),
    sentences=(
        say("f1", "report", "The model activates 17B of its 212B parameters and reads 512,000 tokens.",
            "模型在 212B 参数中激活 17B，上下文 512,000 token。"),
        say("f2", "quote", "Table arithmetic is weak, and we say so on the first page."),
    ),
)  # fmt: skip


def daily() -> Issue:
    more = (
        item("601", "article", "Pellucet 0.15 keeps the disk tier off", "https://pellucet.example/disk-tier", "Pellucet Notes",
             sentences=(say("m1", "report", "Below 6,200 tokens, reading a cache from disk is slower than computing it again."),)),
        item("602", "article", "工业推荐系统的成本账", "https://lishi.example/cost", "Lishi 技术", language="zh", rating=4,
             headline={"en": "工业推荐系统的成本账"},
             sentences=(say("m2", "quote", "一次全量重训的电费，够线上服务跑三天。"),)),
    )  # fmt: skip
    posts = (
        post("204526", "Ansgar Tovelund", "Scheduler maintainer, Pellucet", "Serving",
             "Below 6,200 tokens, reading a cache from disk is slower than computing it again."),
        post("204317", "Mira Okonjo-Vale", "Research lead, Halden Labs", "Open weights",
             "Six hours after release somebody has measured our recall and found it below our own figure."),
        post("204484", "陆一舟", "", "Serving", "缓存命中率从六成到八成，靠的是排队，不是更大的磁盘。", "zh"),
    )  # fmt: skip
    trending = tuple(
        repository(*one) for one in (
            ("orrelune/ostrelith", "Python", 9840, 4310, "Inference code and evaluation scripts for Ostrelith 3."),
            ("quessendale/hobbenloom", "TypeScript", 31250, 1875, "Agents that write each step to a durable log first."),
            ("vaultmere/moorscan", "Rust", 2190, 1544, "Finds packages of the Stackmoor hijack offline."),
            ("pellucet/pellucet", "C++", 42630, 968, "Inference engine with prefix-aware routing."),
            ("ombrine/ravelstane", "Python", 1312, 827, "400 office tasks for agents, with checkers for damage."),
        )
    )  # fmt: skip
    episode = item(
        "701", "episode", "Queues before disks", "https://signalhour.example/42", "Signal Hour", level="transcript",
        facts={"guest": "Gus Pell", "duration": "52:10"},
        sentences=(say("e1", "report", "Batch size is decided by the slowest customer.", "批大小由最慢的客户决定。", at="04:12"),
                   say("e2", "quote", "We threw the predictor away and nobody noticed.", at="21:40"),
                   say("e3", "report", "Pell expects FP4 caches within a year.", at="47:03")),
    )  # fmt: skip
    base = weekly()
    return replace(
        base, id="ai-daily/2026-06-20", kind="ai-daily", period="2026-06-20",
        title={"en": "AI Tech Daily - 2026-06-20", "zh": "AI 技术日报 - 2026-06-20"},
        slug={"en": "ai-daily-en-2026-06-20", "zh": "ai-daily-2026-06-20"},
        tags={"en": ("AI", "Daily"), "zh": ("AI", "日报")}, category={"en": "AI Daily", "zh": "AI 日报"},
        summary={"en": "Orrelune opens Ostrelith 3; Pellucet keeps its disk tier off.", "zh": "Orrelune 开放 Ostrelith 3。"},
        window=Window(datetime(2026, 6, 19, 7, tzinfo=UTC), datetime(2026, 6, 20, 7, tzinfo=UTC)),
        census=Census(0, {}, 0, 12, {}, 0, 0, 0, {"out of scope": 9, "told in AI Tech Daily": 4}, {"articles": 18, "posts": 27, "repositories": 24, "episodes": 1}),
        coverage=replace(base.coverage, batches=(), yields=(
            SourceYield("Orrelune Labs News", 3, 2), SourceYield("Pellucet Project Blog", 2, 1), SourceYield("夜半召回", 4, 0),
        )),
        overview=(say("d1", "report", "Open weights lead the day.", "开放权重是当天的头条。", ("item-501",)),),
        takeaways=(), threads=(), rows=(), watch=(),
        sections=(
            Section("featured", {"en": "Featured", "zh": "精选"}, (), (FEATURED,)),
            Section("more", {"en": "More news", "zh": "更多"}, (), more),
            Section("posts", {"en": "Voices", "zh": "观点"}, (), posts),
            Section("trending", {"en": "GitHub Trending", "zh": "GitHub 趋势"}, (), trending),
            Section("podcasts", {"en": "Podcasts", "zh": "播客"}, (), (episode,)),
        ),
    )  # fmt: skip
