"""The Chinese voice: spaces, reach and terms; and a translation that its sources do not hold goes alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from digester.analysis import rating
from digester.analysis.rating_weights import Weights
from digester.domain.issue import Census, Sentence
from digester.domain.model import Claim
from digester.editors import composing
from digester.editors.chinese import scope, spaced
from digester.editors.chinese_keywords import headed
from digester.editors.extractive import ExtractiveEditor
from digester.editors.voice import Voice
from digester.pipeline import gate
from digester.pipeline.draft import Draft
from digester.ports import Brief

Make = Callable[..., Brief]


@pytest.mark.parametrize(
    ("given", "told"),
    [("收录24篇，CTR+1.2%", "收录 24 篇，CTR+1.2%"), ("观看时长+2%。 另有", "观看时长 +2%。另有"), ("从 截断 走向 生成", "从截断走向生成"),
     ("原文：「We lift CTR 的」", "原文：「We lift CTR 的」")],
)  # fmt: skip
def test_one_space_stands_between_chinese_and_latin_and_none_beside_wide_marks(given: str, told: str) -> None:
    assert spaced(given) == told
    assert spaced(told) == told


@pytest.mark.parametrize(
    ("given", "told"),
    [("6% of users for 18 days", "6% 用户，18 天"), ("15% of traffic", "15% 流量"), ("over two weeks", "2 周"), ("new users", "new users"),
     ("8% of users in Osterfjord", "8% of users in Osterfjord")],
)  # fmt: skip
def test_a_reach_is_told_in_chinese_when_all_of_it_can_be(given: str, told: str) -> None:
    assert scope(given) == told


def test_a_term_is_a_heading_a_company_or_a_measure(chinese: Voice) -> None:
    assert [chinese.term(t) for t in ("Further papers", "Kuaishou", "watch time", "Quuxmetric")] == [
        "其他论文", "快手", "观看时长", "Quuxmetric",
    ]  # fmt: skip


def test_a_translation_that_says_more_than_its_sources_goes_alone(
    make: Make, claim: Callable[..., Claim], voices: Sequence[Voice], weights: Weights
) -> None:
    brief = make(text="SIDLoom lifts CTR by 1.24% in an online A/B test.", system="SIDLoom")
    said = Sentence("s", "report", {"en": "SIDLoom: CTR +1.24% (online A/B).", "zh": "SIDLoom：CTR +9.99%（线上 A/B）。"}, (brief.item.id,),
                    (), "composed:line")  # fmt: skip
    draft = Draft((brief,), (said,), (), (), (), (), Census(0, {}, 0, 1, {}, 0, 0, 0))
    editor = ExtractiveEditor(voices, weights)
    gated = gate.run(draft, [brief], editor)
    (kept,) = gated.draft.overview
    assert kept.text == {"en": said.text["en"]}
    assert (gated.checks.refused, gated.checks.untranslated) == (0, 1)
    assert "照录英文" in gate.refused(gated.checks)["zh"]
    both = gate.run(
        replace(
            draft, overview=(replace(said, text={"en": said.text["en"], "zh": "SIDLoom：CTR +1.24%（线上 A/B）。"}),)
        ),
        [brief],
        editor,
    )
    assert set(both.draft.overview[0].text) == {"en", "zh"}


REASONS = [
    (
        "in production at Kestrelo with a signed figure (orders +2%)",
        "Kestrelo 已投入生产，线上数字：订单量 +2%（线上 A/B）",
    ),
    (
        "online figure at Kestrelo (CTR +1.24%); deployment is not stated",
        "Kestrelo 的线上数字：CTR +1.24%（线上 A/B），未说明是否部署",
    ),
    ("tested online and deployed at Kestrelo; no online figure given", "Kestrelo 做过线上测试并已部署，未给出线上数字"),
    ("a data set of industrial size that benchmarks can use", "工业规模数据集，可用于评测"),
    (
        "industrial work at scale at Kestrelo, offline, with its serving cost",
        "Kestrelo 工业规模的离线工作，给出服务成本",
    ),
    ("industrial work at scale, offline, with its serving cost", "工业规模的离线工作，给出服务成本"),
    ("scaling laws, with experiments and code", "Scaling Law 方向，有实验和代码"),
    ("lifelong, with experiments", "终身行为序列方向，有实验"),
    ("offline evidence on a live line with code", "热点方向，离线证据，附代码"),
    ("neither a proposal nor evidence", "既无提案也无证据"),
]


@pytest.mark.parametrize(("english", "told"), REASONS)
def test_the_reason_of_a_rating_is_the_same_verdict_in_chinese(
    make: Make, claim: Callable[..., Claim], chinese: Voice, english: str, told: str
) -> None:
    brief = make(claims=[claim(), claim("orders", "2")], features={"scale": 1.0, "live_line": 1.0, "cost": 0.4})
    assert chinese.reason(replace(brief, rating=replace(brief.rating, reason=english))) == told


def test_every_reason_that_a_paper_may_have_is_known_in_chinese(make: Make, chinese: Voice) -> None:
    """The clauses as `analysis.rating` writes them; a new one there needs one here."""
    source = Path(rating.__file__).read_text(encoding="utf-8")
    for clause in re.findall(r'Gate\(\d, \d, \("([a-z ]+)",\)\)', source):
        if "withdrawn" not in clause:
            brief = make()
            said = chinese.reason(replace(brief, rating=replace(brief.rating, reason=clause)))
            assert said != "离线证据" or clause == "offline evidence", clause


def test_keywords_of_a_thread_s_paper_do_not_repeat_its_theme_or_one_another(make: Make, chinese: Voice) -> None:
    theme = "Long User Behaviour Sequences"
    reader = make(
        text="We describe SIDLoom, a ranking model that reads up to 100,000 events per user.",
        title="SIDLoom: Long Histories",
    )
    assert chinese.what(reader, theme) == "（原文：「a ranking model that reads up to 100,000 events per user」）"
    twice = make(
        quotations=[("mechanism", "Lifelong sequences feed a lifelong sequence model at 0.6 times real time.")]
    )
    told = chinese.what(twice, theme)
    assert "用户长行为序列" not in told and "实时" not in told.replace("实时训练", "")
    assert told.count("终身行为序列") <= 1


def test_the_headline_and_the_line_of_a_paper_rated_3_say_different_things(
    make: Make, voices: Sequence[Voice], chinese: Voice
) -> None:
    brief = make(title="Linear Attention Is Enough? Long User Behaviour Sequences", system="", rating=3,
                 quotations=[("mechanism", "we rerun designs from softmax attention to linear attention layers.")])  # fmt: skip
    (line,) = composing.paper(voices, brief, "line")
    headline = chinese.headline(brief)
    assert headline.endswith("：用户长行为序列") and "离线" not in headline
    assert "离线证据" in line.text["zh"] and "线性注意力" in line.text["zh"] and "用户长行为序列" not in line.text["zh"]


@pytest.mark.parametrize(
    ("given", "told"),
    [("the main app", "主站"), ("the Lite version", "极速版"), ("for seven days", "7 天"), ("over one month", "1 个月"), ("WeChat Moments", "微信朋友圈"),
     ("Facebook Feed", "脸书信息流"), ("real-world sales scenarios", "真实销售场景"), ("satisfaction scores", "满意度评分"), ("the main app; for two weeks", "主站；2 周"),
     ("shelf-side quux value", "「shelf-side quux value」"), ("University of Osterfjord", "University of Osterfjord")],
)  # fmt: skip
def test_measures_and_places_are_chinese_or_quoted(chinese: Voice, given: str, told: str) -> None:
    assert chinese.term(given) == told


def test_a_measure_without_a_chinese_name_is_quoted_and_leaves_the_headline(
    make: Make, claim: Callable[..., Claim], chinese: Voice
) -> None:
    odd = claim("quux stickiness level", "3")
    told = "SIDLoom：「quux stickiness level」+3%（线上 A/B）"
    bare = make(title="SIDLoom", system="SIDLoom", claims=[odd])
    assert chinese.headline(bare) == told
    assert (
        chinese.headline(make(system="SIDLoom", claims=[odd, claim("orders", "2")]))
        == "SIDLoom：订单量 +2%（线上 A/B）"
    )
    topic = make(title="SIDLoom: Generative Recommendation", system="SIDLoom", claims=[odd])
    assert chinese.headline(topic) == "SIDLoom：生成式推荐，线上 A/B"


def test_a_place_of_both_figures_stands_once(claim: Callable[..., Claim], chinese: Voice) -> None:
    pair = [replace(claim("orders", "2"), scope="the main app"), replace(claim("CTR", "1"), scope="the main app")]
    assert chinese.figures(pair) == "订单量 +2%、CTR +1%（主站）"


@pytest.mark.parametrize(
    ("text", "told"),
    [("We align structured user priors with rankers.", []), ("We propose a unified advertising model.", ["unified advertising model"]),
     ("We train generative rerankers.", ["generative rerankers"]), ("Lifelong sequences feed the ranker.", ["Lifelong sequences"]),
     ("We study post-training fairness.", ["post-training fairness"])],
)  # fmt: skip
def test_a_keyword_ends_where_its_noun_phrase_ends(text: str, told: list[str]) -> None:
    found = headed(text)
    assert [t for t in told if t not in found] == []
    assert not {"structured user", "unified advertising", "training fairness", "sequences feed"} & set(found)


def test_what_any_paper_could_have_is_no_keyword_and_what_is_measured_no_topic(make: Make, chinese: Voice) -> None:
    text = "We propose SIDLoom, which learns item codes with contrastive learning. CTR rises. CTR of cold items rises. The recommendation process and the recommendation objective stay."
    brief = make(
        text=text, title="SIDLoom: Item Codes", system="SIDLoom", quotations=[("mechanism", text.partition(". ")[0])]
    )
    assert chinese.headline(brief) == "SIDLoom：对比学习"
