"""A week of news: what names it, who did what in a narrative, and an end that follows from evidence of both stories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digester.analysis import gate
from digester.domain.issue import Census, Sentence, Thread
from digester.domain.model import Quotation, Support
from digester.domain.text import word_count
from digester.editors import news_evidence, weekly_news
from digester.editors.voice import Voice
from digester.pipeline.gate import grounds
from digester.ports import Brief, Outline, Telling

Make = Callable[..., Brief]
MAKER = {"primary": 1.0, "technique": 1.0, "specifics": 4.0}
TESTED = "In an online A/B test over three weeks orders rose by 2.4 %."
LATENCY = "Reads at the 99th percentile fell from 19 to 7 milliseconds."
LICENCE = "Maker has published its compiler under the Apache-2.0 licence."
PRICE = "The hosted runtime costs $0.08 per hour."


def story(make: Make, key: str, *said: str, features: dict[str, float] | None = None, title: str = "", rating: int = 4, text: str = "") -> Brief:  # fmt: skip
    title = title or f"Maker ships Wendreel-{key}"
    quotations = [("lead" if i == 0 else "result", s) for i, s in enumerate(said)]
    return make(
        key, title=title, kind="article", system="", text=text or "It is out.", features=features or {},
        quotations=quotations, source=f"Osk Notes {key}", rating=rating,
    )  # fmt: skip


def outline(briefs: Sequence[Brief], theme: str = "Models", rest: Sequence[Brief] = ()) -> Outline:
    census = Census(0, {}, 0, len(briefs) + len(rest), {}, 0, 0, 0, {}, {"articles": 9})
    return Outline(
        "ai-weekly", "2026-W25", census, (*briefs, *rest), ((theme, tuple(briefs)),), (), ("en", "zh"), "news"
    )


def narrative(voices: Sequence[Voice], briefs: Sequence[Brief]) -> Thread:
    return weekly_news.narratives(voices, outline(briefs))[0]


def end(voices: Sequence[Voice], briefs: Sequence[Brief]) -> tuple[str, tuple[str, ...], str]:
    s = narrative(voices, briefs).sentences[-1]
    assert s.kind == "synthesis"
    return s.rule, s.cites, s.text["en"]


def passes(sentence: Sentence, briefs: Sequence[Brief]) -> bool:
    return gate.judge(sentence, grounds(briefs)).holds


# -------------------------------------------------------------- evidence
def test_a_latency_is_no_online_test_whatever_the_text_calls_online(make: Make) -> None:
    text = f"The online store was tested. {LATENCY} An online test of something else is planned."
    assert not news_evidence.tested(story(make, "a", LATENCY, features=MAKER, text=text))
    assert news_evidence.tested(story(make, "a", TESTED, features=MAKER))


def test_what_others_report_is_not_told_by_its_maker(make: Make) -> None:
    other = story(make, "a", TESTED, features={"technique": 1.0})
    assert not news_evidence.tested(other)
    assert not news_evidence.measured(other)
    issue_88 = story(make, "a", TESTED, features=MAKER)
    issue_88 = replace(issue_88, evidence=replace(issue_88.evidence, newsletter=True))
    assert not news_evidence.tested(issue_88)


@pytest.mark.parametrize(("said", "holds"), [
    (LATENCY, True), (TESTED, True), (PRICE, False), ("About 3,100 accounts still use it, some 9 % of the traffic.", False),
    ("The test ran for 21 days on 6 % of users.", False), ("缓存因此降到每 token 38 GB。", True),
])  # fmt: skip
def test_a_measurement_is_a_figure_with_what_became_of_it(make: Make, said: str, holds: bool) -> None:
    assert news_evidence.measured(story(make, "a", said, features=MAKER)) is holds


@pytest.mark.parametrize(("said", "terms"), [
    (LICENCE, ("licence",)), (PRICE, ("price",)), ("Wendreel is generally available.", ("availability",)),
    ("A list of points with published weights would have been lawful.", ()), ("It costs 6.4 times as much.", ()),
    ("Maker is in talks to buy Nestrel for about $640M.", ()), ("权重采用 Apache-2.0 许可，现已开放下载。", ("licence", "availability")),
])  # fmt: skip
def test_terms_are_those_that_a_story_states(make: Make, said: str, terms: tuple[str, ...]) -> None:
    assert news_evidence.terms(story(make, "a", said)) == terms
    assert news_evidence.terms(story(make, "a", said, features={"court": 1.0})) == ()


# ------------------------------------------------------------------- end
def test_two_measurements_end_with_what_holds_of_measurements(make: Make, voices: Sequence[Voice]) -> None:
    a, b, c = (story(make, k, s, features=f) for k, s, f in (("a", LATENCY, MAKER), ("b", LICENCE, {}), ("c", LATENCY, MAKER)))  # fmt: skip
    rule, cites, _ = end(voices, [a, b, c])
    assert rule == "pattern:narrative_end_measured"
    assert cites == (a.item.id, c.item.id)


def test_two_online_tests_say_more_than_two_measurements(make: Make, voices: Sequence[Voice]) -> None:
    told = [story(make, k, TESTED, features=MAKER) for k in "abc"]
    assert end(voices, told)[0] == "pattern:narrative_end_tested"
    others = [replace(b, rating=replace(b.rating, features={"technique": 1.0})) for b in told]  # not by the makers
    assert end(voices, others)[0] == "pattern:narrative_end"


def test_one_online_test_beside_a_latency_is_not_two(make: Make, voices: Sequence[Voice]) -> None:
    told = [story(make, "a", LATENCY, features=MAKER), story(make, "b", TESTED, features=MAKER), story(make, "c")]
    assert end(voices, told)[0] == "pattern:narrative_end_measured"


def test_two_releases_are_weighed_by_the_terms_that_both_state(make: Make, voices: Sequence[Voice]) -> None:
    both, price = f"{LICENCE} {PRICE}", PRICE
    told = [story(make, "a", *both.split(". ", 1)), story(make, "b", LICENCE), story(make, "c", price)]
    rule, cites, text = end(voices, told)
    assert rule == "pattern:narrative_end_release"
    assert cites == (told[0].item.id, told[1].item.id)
    assert "licence" in text
    assert "price" not in text


def test_without_shared_evidence_nothing_is_concluded_but_to_read(make: Make, voices: Sequence[Voice]) -> None:
    a, b, c = story(make, "a", LATENCY, features=MAKER), story(make, "b"), story(make, "c", LICENCE)
    rule, cites, text = end(voices, [a, b, c])
    assert rule == "pattern:narrative_end"
    assert cites == (a.item.id, b.item.id)
    assert "Wendreel-c" not in text


# ------------------------------------------------------------- narrative
def test_a_narrative_reports_three_stories_counts_all_and_ends_in_a_reading(make: Make, voices: Sequence[Voice]) -> None:  # fmt: skip
    briefs = [story(make, k, TESTED, features=MAKER) for k in "abcd"]
    days = [dated(b, day) for b, day in zip(briefs, (18, 15, 16, 20), strict=True)]
    told = narrative(voices, days).sentences
    assert [s.kind for s in told] == ["report", "report", "report", "derived", "synthesis"]
    assert [s.cites for s in told[:3]] == [(b.item.id,) for b in briefs[:3]]
    assert "15 June to 20 June 2026" in told[3].text["en"]
    assert "6 月 15 日至 6 月 20 日" in told[3].text["zh"]
    assert all(passes(s, days) for s in told)


def dated(b: Brief, day: int) -> Brief:
    entry = replace(b.item.entry, published_at=datetime(2026, 6, day, 9, tzinfo=UTC))
    return replace(b, evidence=replace(b.evidence, item=replace(b.item, entry=entry)))


def lines(voices: Sequence[Voice], b: Brief, make: Make) -> Sentence:
    others = [story(make, "x"), story(make, "y")]
    made = narrative(voices, [b, *others]).sentences[0]
    assert passes(made, [b, *others])
    return made


def test_who_did_what_stands_with_the_figures_of_its_online_test(make: Make, voices: Sequence[Voice]) -> None:
    lead = "Brackwater has put Farrow into its ranker, an encoder of long histories."
    title = "Farrow: ranking videos with long histories"
    b = story(make, "a", lead, "A 28-day online A/B test on 10 % of users gave watch time +0.94 % and likes +1.3 %.", features=MAKER, title=title)  # fmt: skip
    made = lines(voices, b, make)
    assert (
        "Brackwater has put Farrow into its ranker, \u201cranking videos with long histories\u201d" in made.text["en"]
    )
    assert "nline A/B" in made.text["en"]
    assert "watch time +0.94% and likes +1.3%" in made.text["en"]
    assert "\u300cFarrow: ranking videos with long histories\u300d" in made.text["zh"]
    assert "+0.94%" in made.text["zh"]


def test_a_figure_that_one_language_cannot_say_as_the_text_has_it_stands_in_none(
    make: Make, voices: Sequence[Voice], chinese_of: Callable[..., Voice]
) -> None:
    said = "A 28-day online A/B test gave watch time +0.94 % and day-7 retention +0.21 %."
    b = story(make, "a", "Brackwater has put Farrow into its ranker.", said, features=MAKER)
    seven = (voices[0], chinese_of({"day-7 retention": "7 天留存"}))
    assert "day-7 retention" in lines(voices, b, make).text["en"]
    assert "day-7 retention" not in lines(seven, b, make).text["en"]
    assert "watch time +0.94%" in lines(seven, b, make).text["en"]


def test_a_headline_that_says_it_stands_alone_and_in_quotation_marks_with_a_figure(make: Make, voices: Sequence[Voice]) -> None:  # fmt: skip
    plain = lines(voices, story(make, "a", "Nothing to see.", title="The Quarn Rule is in force from today"), make)
    assert "The Quarn Rule is in force" in plain.text["en"]
    assert "today" not in plain.text["en"]
    assert "\u300cQuarn Rule\u300d\u751f\u6548" in plain.text["zh"]
    figure = lines(voices, story(make, "a", title="Wendreel cuts reads by 40 %"), make)
    assert "\u201cWendreel cuts reads by 40 %\u201d" in figure.text["en"]
    assert "\u300cWendreel cuts reads by 40 %\u300d" in figure.text["zh"]


def test_a_report_without_a_figure_quotes_a_sentence_that_has_one(make: Make, voices: Sequence[Voice]) -> None:
    told = ("Brackwater makes Wendreel 1.0 generally available.", PRICE)
    made = lines(voices, story(make, "a", *told, title="Wendreel 1.0 is generally available"), make)
    assert f"\u201c{PRICE}\u201d" in made.text["en"]
    assert f"\u300c{PRICE}\u300d" in made.text["zh"]
    bare = lines(voices, story(make, "a", told[0], title="Wendreel 1.0 is generally available"), make)
    assert "\u201c" not in bare.text["en"]


def test_a_page_reports_a_story_by_the_article_in_its_language(make: Make, voices: Sequence[Voice]) -> None:
    b = story(make, "a", "Brackwater has cut the price of cached input from $0.28 to $0.11 per million.", title="What it means for developers")  # fmt: skip
    title = "Brackwater 下调缓存输入价格，每百万 token 降到 0.11 美元"
    c = make("c", title=title, kind="article", system="", text="自今日起生效。", source="纸鹭", language="zh")
    said = (Quotation("lead", "自今日起生效。", Support("p", 0, 7, "quote")),)
    b = replace(b, tellings={"zh": Telling("纸鹭", c.item.id, title, said)}, also=(("纸鹭", c.item.id, "https://c.example/"),))  # fmt: skip
    made = narrative(voices, [b, story(make, "x"), story(make, "y")]).sentences[0]
    assert made.cites == (b.item.id, c.item.id)
    assert "\u201cBrackwater has cut the price of cached input from $0.28 to $0.11 per million\u201d" in made.text["en"]
    assert f"\u300c{title}\u300d" in made.text["zh"]
    assert "纸鹭" in made.text["zh"]
    assert passes(made, [b, replace(c, also=b.also)])


# ---------------------------------------------------------------- thesis
def test_the_week_is_named_by_what_happened_in_its_fives(make: Make, voices: Sequence[Voice]) -> None:
    fives = [
        story(make, "a", "Brackwater today releases Farrow 3, a model.", title="Farrow 3: open weights", rating=5),
        story(make, "b", title="Wendreel 1.0 is generally available", rating=5),
    ]
    fours = [story(make, k, rating=4) for k in "cdefg"]
    o = outline(fours, rest=fives)
    thesis, order = weekly_news.overview(voices, o)
    assert (
        "Brackwater releases Farrow 3, Wendreel 1.0 is generally available, and Maker ships Wendreel-c"
        in thesis.text["en"]
    )
    assert "Brackwater 发布 Farrow 3，Wendreel 1.0 正式可用，" in thesis.text["zh"]
    assert thesis.cites == tuple(b.item.id for b in (*fives, fours[0]))
    assert all("2026-W25" in t for t in thesis.text.values())
    assert word_count(thesis.text["en"]) <= 28
    assert "models" in order.text["en"]
    assert passes(thesis, o.briefs)
    assert passes(order, o.briefs)


def test_a_week_is_named_by_no_more_than_a_sentence_holds(make: Make, voices: Sequence[Voice]) -> None:
    long = "Brackwater has replaced the ranking cascade of its large shopping home feed with a single model of its own"
    told = [story(make, k, title=f"{long} {k}", rating=5) for k in "abc"]
    thesis, *_ = weekly_news.overview(voices, outline(told))
    assert thesis.cites == (told[0].item.id,)


def test_what_fits_no_narrative_is_reported_and_counted(make: Make, voices: Sequence[Voice]) -> None:
    rest = [story(make, k) for k in "vwxyz"]
    tail = weekly_news.narratives(voices, outline([story(make, k) for k in "abc"], rest=rest))[-1]
    assert [s.kind for s in tail.sentences] == ["report"] * 4 + ["derived"]
    assert set(tail.sentences[-1].cites) == {b.item.id for b in rest}
    assert "5 stories" in tail.sentences[-1].text["en"]


def test_a_list_of_stories_names_no_week(make: Make, voices: Sequence[Voice]) -> None:
    listed = story(
        make,
        "l",
        "Harrowby bans scores of tenants.",
        title="Harrowby Bans Scores, Ostrelith Opens Up, Chips Get Cheaper",
    )
    listed = replace(listed, evidence=replace(listed.evidence, newsletter=True))
    own = story(make, "o", title="Thornveld announces Umbrafell-2", rating=3)
    assert "Umbrafell-2" in weekly_news.overview(voices, outline([listed, own]))[0].text["en"]
    assert "Harrowby" not in weekly_news.overview(voices, outline([listed, own]))[0].text["en"]
    assert "Harrowby" in weekly_news.overview(voices, outline([listed]))[0].text["en"]


def test_a_model_by_name_and_number_names_a_week_before_what_merely_happened(
    make: Make, voices: Sequence[Voice]
) -> None:
    moved = story(
        make,
        "m",
        title="Thornveld announces a long partnership with eleven towns on the northern coast of the lake",
        rating=3,
    )
    model = story(make, "o", title="Introducing Ostrelith 3", rating=3, features={"model": 1.0})
    said = weekly_news.overview(voices, outline([model, moved]))[0].text["en"]
    assert "Introducing Ostrelith 3" in said


def test_a_maker_introduces_on_its_own_site_in_both_languages(make: Make, voices: Sequence[Voice]) -> None:
    model = story(make, "o", title="Introducing Ostrelith 3", rating=3)

    def named(url: str, primary: bool = True) -> dict[str, str]:
        item = replace(model.item, entry=replace(model.item.entry, url=url))
        brief = replace(model, source="OpenAI News", evidence=replace(model.evidence, item=item, primary=primary))
        (first, *_) = weekly_news.overview(voices, outline([brief]))
        assert passes(first, [brief])
        return dict(first.text)

    own = named("https://openai.com/index/ostrelith-3")
    assert "OpenAI introduces Ostrelith 3" in own["en"] and "OpenAI 发布 Ostrelith 3" in own["zh"]
    for text in (
        named("https://huggingface.co/blog/x"),
        named("https://board.example/x"),
        named("https://openai.com/x", primary=False),
    ):
        assert "“Introducing Ostrelith 3”" in text["en"]


def test_a_figure_that_one_language_can_say_names_the_week_in_none(make: Make, voices: Sequence[Voice]) -> None:
    told = story(
        make, "f", "Thornveld reports that faults rose 50% in a year.", title="What the Numbers Show", rating=3
    )
    said = weekly_news.overview(voices, outline([told]))[0].text
    assert "50%" not in said["en"] and "50%" not in said["zh"]


def test_what_a_source_of_everything_tells_names_a_week_only_where_it_is_strong_or_alone(
    make: Make, voices: Sequence[Voice]
) -> None:
    own = story(make, "o", title="Thornveld announces Umbrafell-2", rating=3)

    def diary(rating: int) -> Brief:
        told = story(make, "d", title="Notes of a week in Harrowby", rating=rating)
        return replace(told, evidence=replace(told.evidence, general=True))

    assert "Harrowby" not in weekly_news.overview(voices, outline([diary(3), own]))[0].text["en"]
    assert "Harrowby" in weekly_news.overview(voices, outline([diary(4), own]))[0].text["en"]
    assert "Harrowby" in weekly_news.overview(voices, outline([diary(3)]))[0].text["en"]
