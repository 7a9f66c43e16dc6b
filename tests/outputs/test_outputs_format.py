"""Dates, figures and counts in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from tests.outputs.issue_samples import WHALE, claim, post, weekly

from digester.domain.issue import Census, Window
from digester.domain.model import Claim
from digester.outputs import _format as fmt
from digester.outputs._lines import Ref, Refs, cites, said
from digester.outputs._picks import authors, figures, ident, pick_view
from digester.outputs._view import page
from digester.outputs._words import _TABLE, words

NOWHERE = Refs({}, {})

FIGURES = [
    (claim("CTR", "1.24", "%", "+", "online_ab"), "+1.24%", "+1.24%"),
    (claim("latency", "11.1", "%", "-", "deployed", "up to"), "up to -11.1%", "最高 -11.1%"),
    (
        claim("eCPM", "0.3", "pp", "+", "online_ab", "not significant"),
        "+0.3 pp, not significant",
        "+0.3 个百分点（不显著）",
    ),
    (claim("speed", "3", "x", "", "offline", "about"), "about 3x", "约 3 倍"),
    (claim("latency", "12", "ms", "-", "offline"), "-12 ms", "-12 ms"),
]


@pytest.mark.parametrize(("given", "en", "zh"), FIGURES)
def test_figure(given: Claim, en: str, zh: str) -> None:
    assert fmt.figure(given, "en") == en and fmt.figure(given, "zh") == zh


def test_figures_by_evidence() -> None:
    groups = figures((*WHALE.claims, claim("x", "1", "%", "+", "simulated")), "en", NOWHERE)
    assert [g.evidence for g in groups] == ["online A/B", "deployed", "offline", "simulated"]


@pytest.mark.parametrize(
    ("first", "last", "en", "zh"),
    [
        ("2026-06-15", "2026-06-19", "15 to 19 June 2026", "2026 年 6 月 15 日 至 19 日"),
        ("2026-06-29", "2026-07-03", "29 June to 3 July 2026", "2026 年 6 月 29 日 至 7 月 3 日"),
        (
            "2026-12-28",
            "2027-01-01",
            "28 December 2026 to 1 January 2027",
            "2026 年 12 月 28 日 至 2027 年 1 月 1 日",
        ),
        ("2026-06-15", "2026-06-15", "15 June 2026", "2026 年 6 月 15 日"),
    ],
)
def test_days(first: str, last: str, en: str, zh: str) -> None:
    pair = date.fromisoformat(first), date.fromisoformat(last)
    assert fmt.days(*pair, "en") == en and fmt.days(*pair, "zh") == zh


def test_window_is_printed_in_utc() -> None:
    zone = timezone(timedelta(hours=8))
    window = Window(datetime(2026, 6, 19, 15, tzinfo=zone), datetime(2026, 6, 20, 7, tzinfo=UTC))
    assert fmt.window_line(window, "en") == "19 June 2026, 07:00 to 20 June 2026, 07:00 UTC"


def test_census() -> None:
    counts = {"cs.IR": 111, "cs.LG": 1320, "cs.AI": 980, "cs.CL": 640}
    census = Census(2616, counts, 52, 15, {"3": 5, "5": 1, "4": 9, "2": 0}, 8, 6, 15)
    assert fmt.census_line(census, "en") == (
        "2,616 announced (cs.IR 111), 52 in scope, 15 published: 1x5, 9x4, 5x3; 8 with online A/B; "
        "6 industrial; 15 rated from the abstract"
    )
    assert fmt.census_line(census, "zh") == (
        "公布 2,616 篇（cs.IR 111），范围内 52 篇，收录 15 篇，5 分 1 篇，4 分 9 篇，3 分 5 篇；"
        "含线上 A/B 8 篇；工业界 6 篇；仅据摘要评分 15 篇"
    )
    assert fmt.census_line(replace(census, announced_by_category={"b": 2, "a": 1}), "en").startswith(
        "2,616 announced (a 1, b 2),"
    )
    assert fmt.census_line(Census(0, {}, 0, 0, {}, 0, 0, 0), "en") == "0 published"


def test_tally() -> None:
    assert fmt.tally({"episodes": 1, "posts": 1200, "strange_thing": 2, "none": 0}, "en") == (
        "1,200 posts, 2 strange thing, 1 episode"
    )
    assert fmt.tally({"episodes": 1, "posts": 27}, "zh") == "帖文 27，播客 1"


def test_left_out() -> None:
    counts = {"rated 2": 11, "out of scope": 39, "told in W24": 0}
    assert fmt.left_out(counts, "en") == "39 out of scope, 11 rated 2"
    assert fmt.left_out(counts, "zh") == "范围外（39）、评分 2（11）"


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"posts out of scope": 1}, "1 post out of scope"), ({"posts out of scope": 2}, "2 posts out of scope"),
        ({"further repositories": 1, "further releases": 1}, "1 further release, 1 further repository"),
        ({"beyond the 21 that fit": 1, "rated 1": 1}, "1 beyond the 21 that fit, 1 rated 1"),
    ],
)  # fmt: skip
def test_one_that_was_left_out_is_told_as_one(counts: dict[str, int], told: str) -> None:
    assert fmt.left_out(counts, "en") == told
    assert "|" not in fmt.left_out(counts, "zh")


def test_stars_stay_five() -> None:
    assert [fmt.stars(n) for n in (0, 3, 5, 9)] == ["☆☆☆☆☆", "★★★☆☆", "★★★★★", "★★★★★"]


def test_text_falls_back_to_english_and_says_so() -> None:
    assert said({"en": "a", "zh": "甲"}, "zh") == said({"zh": "甲"}, "zh")
    assert (said({"en": "a"}, "zh").text, said({"en": "a"}, "zh").lang) == ("a", "en")
    assert (said({"de": "d", "zh": ""}, "zh").text, said({}, "en").text) == ("d", "")


def test_authors_and_ids() -> None:
    assert authors(("A", "B", "C"), "en") == "A, B, C"
    assert authors(("A", "B", "C", "D"), "en") == "A, B, C et al." and authors(("A",) * 4, "zh").endswith("等")
    assert [ident(w) for w in ("arxiv:2606.1", "doi:10.1/x", "github:a/b", "url:https://x.example/")] == [
        "arXiv:2606.1", "doi:10.1/x", "a/b", "",
    ]  # fmt: skip


def test_a_quotation_keeps_its_own_language() -> None:
    chinese = post("1", "陆", "", "t", "排队。", "zh")
    view = page(replace(weekly(), sections=(replace(weekly().sections[0], picks=(chinese,)),)), "en")
    shown = view.sections[0].picks[0].lines[0]
    assert (shown.text, shown.lang, shown.kind) == ("排队。", "zh", "quote")


def test_a_story_in_two_sections_has_two_places() -> None:
    first = weekly().sections[0]
    view = page(replace(weekly(), sections=(first, first)), "en")
    assert [p.ref.anchor for s in view.sections for p in s.picks] == ["item-1", "item-2"]
    assert len({s.anchor for s in view.sections}) == 2


def test_rating_from_the_abstract_is_said() -> None:
    ref = page(weekly(), "en").sections[0].picks[0].ref
    assert pick_view(replace(WHALE, level="abstract"), ref, "en", NOWHERE).rated == "Rated 5 from the abstract"
    assert pick_view(replace(WHALE, reason={}), ref, "en", NOWHERE).rated == ""
    assert pick_view(replace(WHALE, rating=0), ref, "en", NOWHERE).rated == ""


def test_the_table_of_words_is_whole() -> None:
    assert all(en and (zh or key == "space") for key, (en, zh) in _TABLE.items())
    assert words("fr") is words("en") and words("zh-Hant") is words("zh")
    for en, zh in _TABLE.values():
        assert en.count("{") == zh.count("{")


def test_many_neighbours_are_cited_as_a_range() -> None:
    cited = tuple(Ref(n, f"item-{n}", "", "") for n in (1, 2, 5, 6, 7, 8, 10))
    shown = [(c.ref.number, c.last.number if c.last else None) for c in cites(cited)]
    assert shown == [(1, None), (2, None), (5, 8), (10, None)]


def test_a_headline_that_holds_the_title_stands_alone() -> None:
    ref = page(weekly(), "en").sections[0].picks[0].ref
    told = replace(WHALE, title="CODEWALK: Beam Search", headline={"en": "Velmarque: CODEWALK, Beam Search; online"})
    assert pick_view(told, ref, "en", NOWHERE).title.text == ""
    assert pick_view(WHALE, ref, "en", NOWHERE).title.text == WHALE.title


def test_a_post_is_linked_by_its_host_when_the_source_is_the_person() -> None:
    ref = page(weekly(), "en").sections[0].picks[0].ref
    assert pick_view(post("1", "Ana", "", "", "x"), ref, "en", NOWHERE).origin == "Social"
    assert (
        pick_view(replace(post("1", "Ana", "", "", "x"), source="Ana"), ref, "en", NOWHERE).origin == "social.example"
    )
