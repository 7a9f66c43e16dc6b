"""The forms beside those of AI Tech Daily and RecSys Weekly: the paper daily, the news weekly, an issue of one's own."""

from __future__ import annotations

import re

import pytest
from tests.servers.newsroom import Desk

from digester.analysis.headings import claims
from digester.analysis.lint import lint
from digester.domain.issue import Issue

REC_DAILY, AI_WEEKLY = ("rec-daily", "2026-06-18"), ("ai-weekly", "2026-W25")
EVENING = "2026-06-20T22:05:00+00:00"
OWN = """topics:
  serving: [inference, serving, KV cache, throughput, latency]
  ranking: [ranking, ranker]
issues:
  systems-weekly:
    title: {en: "Systems Weekly {period}", zh: "系统周报 {period}"}
    cadence: weekly
    rubric: news
    topics: [serving, ranking]
    sections:
    - {heading: {en: Serving, zh: 推理服务}, topics: [serving]}
    - {heading: {en: Ranking, zh: 排序}, topics: [ranking]}
    outputs: [markdown]
  systems-papers:
    title: "Systems Papers {period}"
    cadence: weekly
    rubric: papers
    topics: [serving]
    listings: [cs.LG]
"""


def issue(desk: Desk, kind: str, period: str) -> Issue:
    done = desk("run", kind, "--date", period)
    assert done.code == 0, done.said
    return desk.issue(kind, period)


def clean(desk: Desk, made: Issue) -> None:
    assert [v for v in lint(made) if v.hard] == []
    assert desk("verify", made.kind, "--date", made.period).code == 0
    assert made.languages == ("en", "zh")


@pytest.fixture
def evening(collected: Desk) -> Desk:
    collected.now = EVENING
    return collected


def test_a_daily_of_papers_has_a_card_each_and_trends_above(collected: Desk) -> None:
    made = issue(collected, *REC_DAILY)
    clean(collected, made)
    assert made.layout == "signed"
    (section,) = made.sections
    assert {p.kind for p in section.picks} == {"paper"}
    assert [p.rating for p in section.picks] == sorted((p.rating for p in section.picks), reverse=True)
    assert 1 <= len(made.threads) + len(made.takeaways) <= 3
    assert {c for s in made.takeaways for c in s.cites} <= {p.lead_item_id for p in section.picks}
    assert made.window.listing_days[0].isoformat() == made.period
    assert made.census.published == len(section.picks) == len(made.rows)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", ["# 推荐算法日报 - 2026-06-18", "- 🔗 原文：<https://", "- 🏷️ 来源：🏭 工业界 | ", "- ⭐ 评分：★", "- 🎯 推荐理由：", "- 📊 评分理由：", "- 💡 "]),
        ("en", ["# RecSys Daily - 2026-06-18", "- 🔗 Original: <https://", "- 🏷️ From: 🏭 Industry | ", "- ⭐ Rating: ★", "- 🎯 Why read it: ", "- 📊 Why this rating: ", "- 💡 "]),
    ],
)  # fmt: skip
def test_the_card_has_its_fields_in_order_and_the_version_in_its_address(
    collected: Desk, language: str, lines: list[str]
) -> None:
    made = issue(collected, *REC_DAILY)
    page = (collected.home / f"rec-daily/2026-06-18.{language}.md").read_text("utf-8")
    for line in lines:
        assert f"\n{line}" in page, line
    fields = [page.index(f"\n{line}") for line in lines[1:6]]
    assert fields == sorted(fields)
    assert f"/abs/{made.picks()[0].work.removeprefix('arxiv:')}v1>" in page


def test_signs_can_be_turned_off(collected: Desk) -> None:
    collected.write(collected.config.read_text("utf-8") + "issues:\n  rec-daily: {emoji: false}\n")
    assert issue(collected, *REC_DAILY).layout == "cards"
    page = (collected.home / "rec-daily/2026-06-18.zh.md").read_text("utf-8")
    assert "\n- 原文：<https://" in page
    assert "\n- 来源：工业界 | " in page
    assert not [c for c in page if ord(c) > 0x1F000]


def test_a_weekly_of_news_has_a_thesis_narratives_and_headings_that_claim(evening: Desk) -> None:
    made = issue(evening, *AI_WEEKLY)
    clean(evening, made)
    assert [s.kind for s in made.overview] == ["derived", "derived"]  # what names the week, and what follows
    thesis, _ = made.overview
    fives = [p.lead_item_id for p in made.picks() if p.rating == 5]
    assert [c for c in thesis.cites if c in fives] == fives
    assert made.summary == thesis.text
    narratives = [t for t in made.threads if any(s.kind == "synthesis" for s in t.sentences)]
    assert len(narratives) == 3
    for t in narratives:
        assert len(t.picks) >= 3
        assert [s.kind for s in t.sentences] == ["report", "report", "report", "derived", "synthesis"]
        assert len(t.sentences[-1].cites) >= 2
    assert len(made.threads) == 4  # the tail: what fits no narrative
    by_title = {p.title: s.theme for s in made.sections for p in s.picks}
    assert by_title["We replaced our model judge and re-scored 2.1 million answers"] == "Evaluation"
    assert by_title["Court: a city may not rank housing applicants with a model it cannot explain"] is None
    assert all(len(p.sentences) >= 2 for p in made.picks() if p.rating == 5)  # what happened, and the figure
    named = [s for s in made.sections if s.theme]
    assert 4 <= len(made.sections) <= 6
    for s in named:
        subject, _, claim = s.heading["en"].partition(": ")
        assert subject == s.theme
        assert claims(claim)  # of one of its stories, with a verb and no colon of its own
        assert ": " not in claim
        assert not re.search("[a-z]+ [a-z]+ [a-z]+", s.heading["zh"])  # no English title
    assert {p.kind for p in made.picks()} == {"article"}
    assert made.census.seen == {"articles": sum(1 for _ in _articles(evening, made))}


def _articles(desk: Desk, made: Issue) -> list[str]:
    with desk.store() as store:
        return [i.id for i in store.items_in(made.window) if i.entry.kind == "article"]


def test_a_weekly_of_news_rates_nothing_again_that_the_days_have_rated(evening: Desk) -> None:
    issue(evening, "ai-daily", "2026-06-20")
    with evening.store() as store:
        before = store.counts()["ratings"]
    made = issue(evening, *AI_WEEKLY)
    with evening.store() as store:
        daily = {i.id for i in store.items_in(evening.issue("ai-daily", "2026-06-20").window)}
        judged = {i.id for i in store.items_in(made.window) if i.entry.kind in ("article", "post")}
        assert store.counts()["ratings"] - before <= 2 * len(judged - daily)


def test_an_issue_of_ones_own_needs_the_file_alone(evening: Desk) -> None:
    evening.write(evening.config.read_text("utf-8") + OWN)
    news = issue(evening, "systems-weekly", "2026-W25")
    clean(evening, news)
    assert [s.heading["zh"] for s in news.sections if s.theme] == ["推理服务", "排序"]
    assert news.title["zh"] == "系统周报 2026-W25"
    assert news.census.left_out["out of scope"] > 10
    papers = issue(evening, "systems-papers", "2026-W25")
    clean(evening, papers)
    assert set(papers.census.announced_by_category) == {"cs.LG"}
    assert {b.category for b in papers.coverage.batches} == {"cs.LG"}
    assert 0 < papers.census.in_scope < papers.census.announced
    files = {f.name for f in (evening.home / "systems-weekly").iterdir()}
    assert files == {"2026-W25.en.md", "2026-W25.zh.md"}


def test_what_an_issue_of_ones_own_calls_out_of_scope_another_keeps(evening: Desk) -> None:
    evening.write(evening.config.read_text("utf-8") + OWN)
    own = {p.work for p in issue(evening, "systems-papers", "2026-W25").picks()}
    field = {p.work for p in issue(evening, "rec-weekly", "2026-W25").picks()}
    assert own - field or field - own
    assert len(field) > len(own)
