"""Printed counts are rendered counts, languages agree, and no part of an issue is longer than its kind allows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.analysis.lint.clean_issues import (
    daily,
    ids,
    item,
    picks_of,
    quote,
    say,
    told,
    weekly,
    with_pick,
    with_section,
)

from digester.analysis.lint import lint
from digester.domain.issue import Issue, Section

WEEKLY, DAILY = weekly(), daily()


def checks(issue: Issue) -> dict[str, bool]:
    return {v.check: v.hard for v in lint(issue, ["en"])}


# ------------------------------------------------------------------ counts
@pytest.mark.parametrize(
    "census",
    [{"published": 8}, {"by_rating": {"5": 3, "4": 2, "3": 4}}, {"by_rating": {"5": 2, "4": 3}}, {"with_online_ab": 5}, {"industrial": 8}, {"from_abstract": 0},
     {"in_scope": 8}, {"in_scope": 83}],
    ids=str,
)  # fmt: skip
def test_the_census_counts_what_is_rendered(census: dict[str, Any]) -> None:
    assert checks(replace(WEEKLY, census=replace(WEEKLY.census, **census)))["census"]


def test_the_census_of_a_daily_counts_its_stories_and_not_what_people_say() -> None:
    assert checks(replace(DAILY, census=replace(DAILY.census, published=5)))["census"]
    fewer = with_section(DAILY, "posts", picks_of(DAILY, "posts")[:3])
    assert "census" not in checks(fewer)


def test_the_table_has_a_row_for_every_paper() -> None:
    assert checks(replace(WEEKLY, rows=WEEKLY.rows[1:])) == {"census": True, "table-rows": True}
    other = replace(WEEKLY.rows[0], work="arxiv:elsewhere")
    assert checks(replace(WEEKLY, rows=(other, *WEEKLY.rows[1:]))) == {"table-rows": True}
    rated = replace(WEEKLY.rows[0], rating=3)
    assert checks(replace(WEEKLY, rows=(rated, *WEEKLY.rows[1:]))) == {"table-rows": True}


@pytest.mark.parametrize("inputs", [{"n": "4"}, {"r5": "2"}, {"total": "8"}, {"in_scope": "21"}], ids=str)
def test_the_counts_of_an_opener_are_those_of_its_section(inputs: dict[str, str]) -> None:
    section = WEEKLY.sections[0]
    opener = replace(section.opener[0], inputs={**section.opener[0].inputs, **inputs})
    issue = replace(WEEKLY, sections=(replace(section, opener=(opener,)), *WEEKLY.sections[1:]))
    assert checks(issue) == {"derived-count": True}


def test_the_counts_of_a_thread_are_those_of_its_theme() -> None:
    thread = WEEKLY.threads[0]
    wrong = replace(thread.sentences[0], inputs={**thread.sentences[0].inputs, "n": "5"})
    issue = replace(WEEKLY, threads=(replace(thread, sentences=(wrong, *thread.sentences[1:])), *WEEKLY.threads[1:]))
    assert checks(issue) == {"derived-count": True}


@pytest.mark.parametrize(
    ("en", "zh", "kind", "differ"),
    [
        ("Of 20 papers nine are new.", "20 篇中有八篇是新的。", "derived", True),
        ("Of 20 papers nine are new.", "20 篇中有九篇是新的。", "derived", False),
        ("It reads 512,000 tokens.", "它读 51.2 万 token。", "derived", False),
        ("One of them has code.", "其中有代码。", "derived", False),
        ("CTR +1.24% (online A/B).", "线上 A/B：CTR +1.42%。", "report", True),
        ("CTR +1.24% (online A/B).", "线上 A/B：CTR +1.24%。", "report", False),
        ("Recall rises 0.4 pp offline.", "离线召回率提升 0.4 个百分点。", "report", False),
        ("It keeps two towers.", "它保留双塔。", "report", False),
        ("Above the rest of 2026-W33: nine papers.", "2026-W33 最要紧的：九篇。", "derived", False),
        ("Above the rest of 2026-06-20: nine papers.", "2026-06-20 最要紧的：八篇。", "derived", True),
        ("CTR +1.24% (online A/B).", "", "report", False),
    ],
)
def test_counts_and_percentages_are_equal_in_each_language(en: str, zh: str, kind: str, differ: bool) -> None:
    assert checks(told(WEEKLY, en, zh, kind)).get("counts-alike", False) is differ


@pytest.mark.parametrize(
    ("en", "zh", "differ"),
    [("Silverfen reports: \u201ca cut of 61 %\u201d", "墨杉智讯报道：「同样的消息」", False),
     ("First come \u201c12 chips\u201d and \u201cB\u201d, 6 of 9.", "先看「某芯片」、「B」，9 条占 6 条。", False),
     ("First come \u201c12 chips\u201d, 6 of 9.", "先看「12 chips」，9 条占 7 条。", True)],
)  # fmt: skip
def test_each_language_may_quote_a_source_of_its_own(en: str, zh: str, differ: bool) -> None:
    assert checks(told(WEEKLY, en, zh, "derived")).get("counts-alike", False) is differ


# ------------------------------------------------------------------- weekly
def many(n: int, rating: int = 3) -> tuple[Any, ...]:
    pick = WEEKLY.picks()[2]
    return tuple(replace(pick, story_id=f"s{i}", lead_item_id=f"i{i}", work=f"w{i}", rating=rating) for i in range(n))


def test_a_weekly_has_30_papers_at_most() -> None:
    assert "limit-papers" not in checks(with_section(WEEKLY, "theme-1", many(24)))
    assert checks(with_section(WEEKLY, "theme-1", many(25)))["limit-papers"] is False


def test_the_ratings_of_a_weekly_are_spread_and_a_quarter_are_5_at_most() -> None:
    assert checks(with_section(WEEKLY, "theme-1", many(12, 5)))["limit-ratings"] is False
    assert "limit-ratings" not in checks(with_section(WEEKLY, "theme-1", many(12, 3)))
    assert "limit-ratings" not in checks(WEEKLY)


@pytest.mark.parametrize("n", [4, 6])
def test_a_weekly_has_five_takeaways(n: int) -> None:
    five = [*WEEKLY.takeaways, *WEEKLY.takeaways]
    assert checks(replace(WEEKLY, takeaways=tuple(five[:n])))["limit-takeaways"] is False


def test_what_to_watch_are_three_bullets_over_two_picks_each() -> None:
    assert checks(replace(WEEKLY, watch=WEEKLY.watch[:2])) == {"limit-watch": False}
    one = replace(WEEKLY.watch[0], cites=ids("SIDLoom"))
    assert checks(replace(WEEKLY, watch=(one, *WEEKLY.watch[1:]))) == {"limit-watch": False}


def test_sections_below_three_papers_are_merged_and_there_are_three_to_five() -> None:
    small = replace(WEEKLY.sections[2], picks=WEEKLY.sections[2].picks[:2])
    assert checks(replace(WEEKLY, sections=(*WEEKLY.sections[:2], small)))["limit-sections"] is False
    assert checks(replace(WEEKLY, sections=(*WEEKLY.sections, *WEEKLY.sections)))["limit-sections"] is False
    whole = Section("all", {"en": "All"}, (), WEEKLY.picks())
    assert checks(replace(WEEKLY, sections=(whole,)))["limit-sections"] is False


def test_two_or_three_threads() -> None:
    assert checks(replace(WEEKLY, threads=(*WEEKLY.threads, *WEEKLY.threads)))["limit-threads"] is False
    four = replace(
        WEEKLY, sections=(*WEEKLY.sections, replace(WEEKLY.sections[0], slug="more")), threads=WEEKLY.threads[:1]
    )
    assert checks(four)["limit-threads"] is False


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("A summary.", False),
        ("A summary without an end", True),
        ("Very long. " * 26, True),
        ("Gains of 3 and 4 %…", True),
    ],
)
def test_a_summary_has_280_characters_and_ends_with_a_sentence(text: str, over: bool) -> None:
    assert ("limit-summary" in checks(replace(WEEKLY, summary={"en": text.strip()}))) is over


# ------------------------------------------------------------------ lengths
def long(words: int, kind: str = "quote") -> Any:
    return say("code " * words + "end.", "", ids("SIDLoom"), kind, "verbatim")


@pytest.mark.parametrize(("rating", "most"), [(5, 180), (4, 100), (3, 60)])
def test_a_paper_is_no_longer_than_its_rating_allows(rating: int, most: int) -> None:
    for words, over in ((most - 1, False), (most, True)):
        issue = with_pick(WEEKLY, rating=rating, sentences=(long(words),))
        assert (f"length-rated-{rating}" in checks(issue)) is over


def test_a_paper_rated_3_has_one_line() -> None:
    pick = WEEKLY.picks()[2]
    assert checks(with_pick(WEEKLY, 2, sentences=(*pick.sentences, *pick.sentences)))["length-rated-3"] is False


def test_the_overview_an_opener_and_the_whole_have_their_bounds() -> None:
    wordy = replace(WEEKLY, overview=(*WEEKLY.overview, long(280)))
    assert checks(wordy)["length-overview"] is True  # the only hard one, and advice where a third thread is told
    assert checks(replace(wordy, threads=(WEEKLY.threads * 3)[:3]))["length-overview"] is False
    section = replace(WEEKLY.sections[0], opener=(long(81),))
    assert checks(replace(WEEKLY, sections=(section, *WEEKLY.sections[1:])))["length-opener"] is False
    assert checks(with_pick(WEEKLY, sentences=(long(4_000),)))["length-whole"] is False


def test_lower_bounds_hold_where_twenty_full_texts_were_read() -> None:
    rich = replace(with_section(WEEKLY, "theme-1", many(20)))
    read = with_section(rich, "theme-1", tuple(replace(p, level="full_text") for p in many(20)))
    bounds = {"length-whole", "length-overview", "length-opener"}
    assert not bounds & checks(rich).keys() and bounds <= checks(read).keys()


# -------------------------------------------------------------------- daily
@pytest.mark.parametrize(
    ("slug", "n"),
    [("featured", 2), ("featured", 6), ("more", 17), ("posts", 31), ("podcasts", 3), ("trending", 6), ("trending", 4)],
)
def test_the_sections_of_a_daily_have_their_sizes(slug: str, n: int) -> None:
    one = picks_of(DAILY, slug)[0]
    assert checks(with_section(DAILY, slug, (one,) * n))[f"limit-{slug}"] is False


def test_fewer_trending_repositories_need_a_notice_and_each_its_stars() -> None:
    four = with_section(DAILY, "trending", picks_of(DAILY, "trending")[:4])
    assert "limit-trending" not in checks(replace(four, notices=({"en": "GitHub trending: 4 are new."},)))
    bare = (*picks_of(DAILY, "trending")[:4], replace(picks_of(DAILY, "trending")[4], signals={}))
    assert checks(with_section(DAILY, "trending", bare)) == {"limit-trending": False}


def test_two_a_day_are_rated_5_at_most() -> None:
    assert checks(with_pick(DAILY, 2, rating=5))["limit-fives"] is False


def test_posts_stand_under_three_to_six_topics_with_the_role_of_their_person() -> None:
    posts = picks_of(DAILY, "posts")
    one = tuple(replace(p, facts={**p.facts, "topic": "Serving"}) for p in posts)
    assert checks(with_section(DAILY, "posts", one)) == {"limit-topics": False}
    assert checks(with_section(DAILY, "posts", one[:3])) == {}
    nobody = tuple(replace(p, facts={"topic": p.facts["topic"]}) for p in posts)
    assert checks(with_section(DAILY, "posts", nobody)) == {"limit-posts": False}


def test_a_post_is_quoted_with_25_words_at_most() -> None:
    post = picks_of(DAILY, "posts")[0]
    for n, over in ((25, False), (26, True)):
        said = replace(post, sentences=(quote("p0", "word " * n + "https://social.example/1"),))
        assert (
            "length-quotation" in checks(with_section(DAILY, "posts", (said, *picks_of(DAILY, "posts")[1:])))
        ) is over


@pytest.mark.parametrize("slug", ["more", "posts", "trending"])
def test_one_sentence_each(slug: str) -> None:
    picks = picks_of(DAILY, slug)
    two = replace(picks[0], sentences=(*picks[0].sentences, *picks[0].sentences))
    assert checks(with_section(DAILY, slug, (two, *picks[1:]))) == {f"limit-{slug}": False}


@pytest.mark.parametrize(
    "fields", [{"facts": {"guest": "Gus Pell"}}, {"facts": {"duration": "52:10"}}, {"sentences": ()}], ids=str
)
def test_an_episode_has_guest_duration_and_three_moments(fields: dict[str, Any]) -> None:
    episode = replace(picks_of(DAILY, "podcasts")[0], **fields)
    assert checks(with_section(DAILY, "podcasts", (episode,))) == {"limit-podcasts": False}


def test_a_featured_story_and_the_whole_daily_have_their_bounds() -> None:
    story = item("f1", "article", "Ostrelith", (quote("f1", "code " * 141),), 5)
    assert checks(with_section(DAILY, "featured", (story, *picks_of(DAILY, "featured")[1:]))) == {
        "length-featured": False
    }
    short = replace(story, sentences=(quote("f1", "code."),), level="full_text")
    assert checks(with_section(DAILY, "featured", (short, *picks_of(DAILY, "featured")[1:]))) == {
        "length-featured": False
    }
    more = item("m1", "article", "Pellucet", (quote("m1", "code " * 1_400),), 3)
    assert checks(with_section(DAILY, "more", (more,))) == {"length-whole": False}


# ------------------------------------------------------------------ openings
def test_no_opening_repeats_within_14_issues_of_the_kind() -> None:
    old = replace(WEEKLY, id="rec-weekly/2026-W20", period="2026-W20")
    other = replace(old, threads=(), sections=(), overview=(say("A quiet week.", "", ()),))
    found = [v for v in lint(WEEKLY, ["en"], [*[other] * 13, old]) if v.check == "opening-repeats"]
    assert found and not any(v.hard for v in found) and all("2026-W20" in v.reason for v in found)
    assert not [v for v in lint(WEEKLY, ["en"], [*[other] * 14, old]) if v.check == "opening-repeats"]
    assert not [v for v in lint(WEEKLY, ["en"], [replace(old, kind="rec-daily")]) if v.check == "opening-repeats"]


def test_two_openings_of_an_issue_that_differ_in_names_and_numbers_alone_are_one() -> None:
    first, second, third = WEEKLY.sections
    opener = say("Decoders replace towers in 12 papers.", "", ids("LongWeir"), "derived", "computed:section")
    same = replace(WEEKLY, sections=(first, replace(second, opener=(opener,)), third))
    assert checks(same) == {"opening-repeats": False}


@pytest.mark.parametrize(("weeks", "alike"), [(7, True), (6, False)])
def test_weeks_are_counted_in_both_languages(weeks: int, alike: bool) -> None:
    told = say(
        "The theme is new against 7 earlier weeks.",
        f"是新主题：所存此前 {weeks} 周都没有。",
        ids("SIDLoom"),
        "derived",
        "computed:thread_new",
    )
    assert ("counts-alike" not in checks(replace(WEEKLY, overview=(*WEEKLY.overview, told)))) == alike


def test_a_number_inside_a_name_that_filled_a_computed_sentence_is_no_count() -> None:
    named = say("4 papers start from two-tower retrieval.", "有 4 篇从双塔召回出发。", ids("SIDLoom"), "derived", "computed:shared_problem",
                problem="two-tower retrieval", several=4)  # fmt: skip
    issue = replace(WEEKLY, overview=(*WEEKLY.overview, named))
    assert "counts-alike" not in checks(issue)
    other = replace(named, text={**named.text, "zh": "有 5 篇从双塔召回出发。"})
    assert checks(replace(WEEKLY, overview=(*WEEKLY.overview, other)))["counts-alike"] is True
