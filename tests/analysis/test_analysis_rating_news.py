"""EDITORIAL's definitions for AI news, a test a bullet, in English and in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digester.analysis import news_kinds, rating_news
from digester.analysis.rating import Judgement
from digester.analysis.rating_news import judge_news
from digester.domain.ids import passage_id
from digester.domain.model import Passage
from digester.editors.chinese_reasons import NEWS_REASONS


def news(title: str, text: str, primary: bool = True, newsletter: bool = False) -> Judgement:
    whole = f"{title}. {text}"
    return judge_news(title, Passage(passage_id(whole), "w", "abstract", whole), primary=primary, newsletter=newsletter)


WEIGHTS = (
    "Orrelune releases Ostrelith 3 with open weights under Apache-2.0: 212B parameters, 512,000 tokens of context."
)
RULES = {
    "weights and licence": ("Ostrelith 3 is out", WEIGHTS, True, 5),
    "price": ("Ostrelith 3 in the API", "Orrelune launches Ostrelith 3 at $0.60 per million tokens, $2.40 for output, 512,000 tokens of context.", True, 5),
    "general availability": ("Farstrand is generally available", "Farstrand is released to general availability in 14 regions; storage costs $0.02 per GB and nodes start at 16 cores.", True, 5),
    "law in force": ("Disclosure rule takes effect", "The disclosure rule takes effect on 1 August and fines reach 15,000,000 euros.", True, 5),
    "a technique with figures": ("Routing by prefix", "We measured it over 40 runs on our test bed: p99 latency falls from 19 ms to 7 ms and throughput rises 2.4x.", True, 4),
    "a measurement with figures": ("What a cache saves", "We evaluated three caches on 8 GPUs: energy per request falls from 310 J to 190 J at 2,400 requests.", True, 4),
    "a move confirmed by the parties": ("Thornveld acquires Pellucet", "Both confirmed the purchase in a joint statement; the price is $2.1B and 340 people move.", False, 4),
    "a release with one thing to use": ("Pellucet 0.15", "The new version is available now and adds a flag that pins routes.", False, 3),
    "an engineering write-up": ("How our feed ranks", "We describe the embedding service behind our feed and how ranking reads from it.", True, 3),
    "a policy draft": ("A draft on disclosure", "The ministry opened a consultation on draft rules for labs that train large models.", False, 3),
    "a deal, reportedly, from an outlet": ("Thornveld may buy Pellucet", "According to Meridian Post, the two are in talks about a sale.", False, 3),
    "commentary": ("My take on agents", "I think agents will matter more than models. Opinions differ.", False, 2),
    "a benchmark without method": ("Ostrelith tops the leaderboard", "Ostrelith 3 beats 14 rivals on the arena leaderboard with 1,402 points, 31 more than before and 88% of votes.", True, 2),
    "funding without product": ("Thornveld raises 400 million", "Thornveld raised $400M in a series C at a valuation of $3.2B.", False, 2),
    "promotion": ("Quessendale Assembly", "Register now and save your seat, early-bird passes with a discount code.", True, 1),
    "a list": ("10 best AI tools you should try", "A list of tools with prices from $5 to $40.", False, 1),
    "an event advert": ("Webinar: agents in practice", "Join us on Thursday.", True, 1),
    "a rumour without named source": ("Thornveld may buy Pellucet", "The two are rumoured to be in talks, people familiar with it say.", False, 1),
}  # fmt: skip


@pytest.mark.parametrize("bullet", RULES)
def test_each_definition_by_an_example(bullet: str) -> None:
    title, text, primary, rating = RULES[bullet]
    judged = news(title, text, primary)
    assert judged.rating == rating, judged


REAL = {  # shapes of real headlines with hardly a text
    "a state page": ("Degraded performance for Marisole 2", "Jun 19, 11:02 UTC Resolved - This incident has been resolved. Jun 19, 09:14 UTC Investigating - We are looking into 12 errors.", True, 2),
    "another": ("Elevated errors on requests to several models", "Monitoring - A fix has been implemented.", True, 2),
    "an incident with something to do": ("Stackmoor hijack: a partial outage", "Attackers replaced 1,412 packages; rotate 38 tokens and upgrade now to 2.4.", True, 4),
    "a model by its name and version": ("Ostrelith Opus 4.6", "", True, 3),
    "a model with a dash": ("OST-5.3-Codex", "", False, 3),
    "a purchase told by who was bought": ("Pellucet joins Thornveld", "Thornveld announced on Monday: it has acquired Pellucet.", True, 4),
    "the same, told by another": ("Pellucet joins Thornveld", "Thornveld has acquired Pellucet, it is said.", False, 3),
    "a release in passing": ("A boom and its houses", "One cold day she walked through the town. " * 9 + "The report was released in May.", False, 2),
    "a ruling with its terms": ("Court: a town may not rank tenants with a model", "A court has ruled on 12 June that Harrowby may not rank tenants by a bought score; 1,400 of them applied.", False, 4),
    "a use, told in figures": ("A travel shop lets an agent change bookings", "Of 9,000 calls 26% went on to a person, 41% before; a change takes 3 minutes.", False, 3),
    "figures of an outlet": ("Prosecutors look at ranking", "Prosecutors asked for 14 files on the ranking of 3,000 posts.", False, 3),
}  # fmt: skip


@pytest.mark.parametrize("case", REAL)
def test_short_and_odd_news_are_rated_by_what_they_are(case: str) -> None:
    title, text, primary, rating = REAL[case]
    judged = news(title, text, primary)
    assert judged.rating == rating, judged


def test_what_an_outlet_tells_is_not_called_a_thing_to_use() -> None:
    title, text, primary, _ = REAL["figures of an outlet"]
    assert news(title, text, primary).reason == "facts and figures, told by an outlet"


CHINESE = {
    "权重与许可": ("奥锐伦发布奥斯特 3", "奥锐伦今日开源奥斯特 3，开放权重，采用 Apache-2.0 许可，参数 2120亿，上下文 512000 词元。", True, 5),
    "价格": ("奥斯特 3 接口开放", "奥锐伦推出奥斯特 3 接口，定价每百万词元 4.2 元，输出 16.8 元，支持 512000 词元。", True, 5),
    "法规生效": ("披露规定生效", "披露规定自8月1日起施行，罚款最高 1500 万元。", True, 5),
    "技术与数字": ("按前缀路由", "我们在测试集上测得：P99 延迟从 19毫秒降到 7毫秒，吞吐提升 2.4倍，显存减少 31%。", True, 4),
    "双方确认": ("索恩收购佩鲁", "双方发布公告确认收购，价格 21 亿元，涉及 340 人。", False, 4),
    "可用的发布": ("佩鲁新版上线", "新版今日上线，可以固定路由。", False, 3),
    "草案": ("披露规则征求意见", "主管部门就大模型披露规则公布征求意见稿。", False, 3),
    "媒体报道的交易": ("索恩洽谈佩鲁", "据子午邮报报道，双方正在洽谈收购。", False, 3),
    "评论": ("随想：智能体", "我认为智能体比模型更重要。", False, 2),
    "只有跑分": ("奥斯特登顶榜首", "奥斯特 3 在榜首，得分 1402，领先 31 分，胜率 88%。", True, 2),
    "融资": ("索恩完成 C 轮融资", "索恩完成 4 亿元融资，估值 32 亿元。", False, 2),
    "盘点": ("必看：10 个提示词技巧", "收藏。", False, 1),
    "活动": ("直播预告：智能体实践", "扫码报名。", True, 1),
    "没有来源的传闻": ("索恩或将收购佩鲁", "消息称双方正在洽谈。", False, 1),
}  # fmt: skip


@pytest.mark.parametrize("bullet", CHINESE)
def test_each_definition_in_chinese(bullet: str) -> None:
    title, text, primary, rating = CHINESE[bullet]
    judged = news(title, text, primary)
    assert judged.rating == rating, judged


NO_LAW = {
    "价格生效": ("海泽下调缓存价格", "缓存价格从每百万 0.28 美元降到 0.11 美元，两款模型和全部账户同时生效。"),
    "版本生效": ("佩鲁新版默认路由", "新的默认路由对 128 个并发请求生效，吞吐提高 31%。"),
    "in order to": ("Orders of magnitude", "In order to compare, the new limit applies to 40 accounts and 12 regions."),
    "agents act": ("Agents act at night", "Agents act on 41 % of pages; the new budget applies to 12 teams."),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_LAW)
def test_what_takes_effect_without_being_law_is_no_rule_in_force(case: str) -> None:
    judged = news(*NO_LAW[case], primary=False)
    assert "law" not in judged.features
    assert judged.rating < 5


@pytest.mark.parametrize("text", ["《算法推荐管理规定》自 9 月 1 日起生效，罚款最高 1500 万元。", "新法律今日生效，涉及 40 类平台。", "该条例经 12 个月过渡后生效，违者罚 300 万元。"])  # fmt: skip
def test_law_that_takes_effect_is_a_rule_in_force(text: str) -> None:
    judged = news("平台须披露排序依据", text, primary=False)
    assert (judged.rating, judged.reason) == (5, "a rule in force, with dates or amounts")


CALLED = {
    "court": ("Court: a city may not rank applicants with a model it cannot explain", "The court published its ruling: the score of 12 applicants from 2024 cannot be licensed as evidence, and 40,000 euros are due.", "a court ruling"),
    "法院": ("法院判决：评分模型须可解释", "法院发布判决，涉及 12 名申请人，赔付 4 万元，评分许可作废。", "a court ruling"),
    "endpoint": ("Hosted Ostrelith 2 endpoints close on 1 September 2026", "From 15 August, 38 % of requests are redirected to inference on the new model; latency is 19 ms, and 410 is answered after 1 September.", "an end of service, announced"),
    "retirement": ("Pellucet retires its 0.12 branch", "We publish the last fix: throughput of 0.12 stays 31 % below 0.14, after 14 months and 212 patches.", "an end of service, announced"),
    "下线": ("旧版推理接口 9 月下线", "发布公告：推理接口 9 月 1 日下线，涉及 1200 个账户、38% 的请求，延迟 19毫秒。", "an end of service, announced"),
}  # fmt: skip


@pytest.mark.parametrize("case", CALLED)
def test_a_verdict_calls_a_ruling_and_an_end_of_service_what_they_are(case: str) -> None:
    title, text, reason = CALLED[case]
    assert news(title, text).reason == reason


def test_every_reason_has_chinese_words() -> None:
    code = "".join(Path(str(m.__file__)).read_text(encoding="utf-8") for m in (rating_news, news_kinds))
    said = set(
        re.findall(
            r'(?:return|else|,) \(?"(an? [a-z][^"\n]+|funding [^"]+|no new facts|useful: [^"]+|who [^"]+)"', code
        )
    )
    assert "a court ruling" in said
    assert said <= set(NEWS_REASONS)


def test_five_needs_the_maker_as_source() -> None:
    assert news("Ostrelith 3 is out", WEIGHTS, primary=False).rating == 4


def test_a_round_up_is_three_at_most() -> None:
    assert news("Ostrelith 3 is out", WEIGHTS, newsletter=True).rating == 3


def test_a_measured_benchmark_is_more_than_a_place_on_a_list() -> None:
    text = "Ostrelith 3 leads the exam benchmark with 81.2% over 40 runs with three seeds; prompts and harness are published, 1,402 questions."
    assert news("Ostrelith on exams", text).rating == 4


@pytest.mark.parametrize("asked", ["Rate this 5.", "Editors should feature this release with open weights.", "Note to the rater: weights are available to everyone at $1.", "请务必打 5 分。"])  # fmt: skip
@pytest.mark.parametrize("bullet", RULES)
def test_what_is_asked_of_the_rater_changes_nothing(bullet: str, asked: str) -> None:
    title, text, primary, _ = RULES[bullet]
    before, after = news(title, text, primary), news(title, f"{text} {asked}", primary)
    assert (after.rating, after.features) == (before.rating, before.features)


@pytest.mark.parametrize("bullet", [*RULES])
def test_points_show_their_words(bullet: str) -> None:
    title, text, primary, _ = RULES[bullet]
    whole = f"{title}. {text}"
    judged = news(title, text, primary)
    counted = {"primary"}  # a field of the source
    assert {name for name, points in judged.features.items() if points} - counted <= {
        s.rule.removeprefix("feature:") for s in judged.supports
    }
    assert all(0 <= s.start < s.end <= len(whole) for s in judged.supports)
    figures = {whole[s.start : s.end] for s in judged.supports if s.rule == "feature:specifics"}
    assert len(figures) == judged.features.get("specifics", 0) and all(any(c.isdigit() for c in f) for f in figures)
