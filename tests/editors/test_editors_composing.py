"""Composed sentences about one story: organisation once, evidence always, two figures at most, hedges kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis.gate import judge
from digester.domain.issue import Sentence
from digester.domain.model import Claim, FullText, Passage, Support, TextSection
from digester.editors import composing, naming, news_writing
from digester.editors.voice import Voice
from digester.pipeline.gate import grounds
from digester.ports import Brief

Make = Callable[..., Brief]
MakeClaim = Callable[..., Claim]
MECHANISM = ("mechanism", "we propose SIDLoom, a decoder that writes residual codes under a constrained beam.")
RESULT = ("result", "It improves CTR over the old channel on live traffic.")
PROBLEM = ("problem", "Existing channels cannot express how clips and goods interact.")


def text(sentences: tuple[Sentence, ...]) -> str:
    return " ".join(s.text["en"] for s in sentences)


# ---------------------------------------------------------------- names
def test_a_story_is_called_by_its_system_or_by_its_title_cut_at_a_word(make: Make) -> None:
    assert naming.short(make()) == "SIDLoom"
    assert naming.short(make(system="", title="Pacing Ad Budgets: A Study")) == "Pacing Ad Budgets"
    assert (
        naming.short(make(system="", title="Faster Item Retrieval via Residual Token Trees over Live Catalogues"))
        == "Faster Item Retrieval"
    )
    long = naming.short(make(system="", title="word " * 40))
    assert len(long) <= 60
    assert long.endswith("…")


def test_a_title_neither_speaks_nor_measures(make: Make, english: Voice) -> None:
    title = "Do Lists Matter? A Study"
    ours, theirs = make(system="", title=title), make(system="", title=title, orgs=["Kestrelo Ads"])
    assert english.name(ours) == "the work \u201cDo Lists Matter?\u201d"
    assert (english.whose(ours), english.whose(theirs)) == ("this work", "Kestrelo Ads' work")
    assert english.subject(theirs) == "Kestrelo Ads' work"
    assert english.whose(make(orgs=["Kestrelo Ads"])) == "Kestrelo Ads' SIDLoom"
    assert english.name(make(system="", title='When "Better" Lists Hurt: A Study')) == "this work"


def test_a_title_that_nothing_divides_is_named_whole(make: Make, english: Voice) -> None:
    title = "Residual Token Trees over Live Catalogues of Short Clips and Their Many Sellers"
    assert english.name(make(system="", title=title)) == f"the work \u201c{title}\u201d"


@pytest.mark.parametrize(
    ("system", "org", "shown"),
    [
        ("SIDLoom", "Kestrelo", " (Kestrelo)"),
        ("KestreloRank", "Kestrelo", ""),
        ("SIDLoom", "University of Varnholm", ""),
    ],
)
def test_a_company_stands_in_brackets_unless_the_system_names_it(
    make: Make, english: Voice, system: str, org: str, shown: str
) -> None:
    assert english.at(make(system=system, orgs=[org])) == shown


@pytest.mark.parametrize("length", ["long", "medium", "line"])
@pytest.mark.parametrize("system", ["SIDLoom", "Kestrelo-Loom", "KestreloRank"])
def test_the_organisation_is_named_once_in_a_line(
    make: Make, claim: MakeClaim, english: Voice, voices: Sequence[Voice], system: str, length: str
) -> None:
    brief = make(
        system=system,
        title=f"{system}: Retrieval",
        text=f"We propose {system}.",
        orgs=["Kestrelo", "Velmarque"],
        claims=[claim()],
    )
    made = composing.paper(voices, brief, length)  # type: ignore[arg-type]
    assert made[0].text["en"].count("Kestrelo") == 1
    assert all(language.count("Kestrelo") == 1 for language in made[0].text.values())
    assert english.headline(brief).count("Kestrelo") == 1


def test_a_headline_leads_with_the_company_and_news_keeps_its_own(make: Make, english: Voice) -> None:
    assert english.headline(make(orgs=["Kestrelo"])) == "Kestrelo's SIDLoom: Generative Retrieval"
    assert english.headline(make()) == "SIDLoom: Generative Retrieval"
    assert (
        english.headline(make(kind="article", title="A chip is out", system="", orgs=["Kestrelo"])) == "A chip is out"
    )


@pytest.mark.parametrize(
    ("title", "system", "org", "headline"),
    [
        ("LongWeir: Serving Long Histories", "LongWeir", "Kestrelo", "Kestrelo's LongWeir: Serving Long Histories"),
        ("TinyTables: An Open Library", "TinyTables", "", "TinyTables: An Open Library"),
        ("Ten Years in One Pass: Long Histories", "", "Kestrelo", "Ten Years in One Pass: Long Histories (Kestrelo)"),
        ("Two Trips a Year: Long Histories", "TripThread", "Kestrelo", "Two Trips a Year: Long Histories (TripThread, Kestrelo)"),
        ("How Far Do Models Scale? Four Years of Logs", "", "Kestrelo", "Kestrelo: How Far Do Models Scale? Four Years of Logs"),
        ("Ranking at Kestrelo: A Report", "", "Kestrelo", "Ranking at Kestrelo: A Report"),
        ("Ranking by the Hour", "SysA", "", "Ranking by the Hour (SysA)"),
    ],
)  # fmt: skip
def test_a_headline_keeps_every_word_of_its_title_and_has_one_colon(
    make: Make, english: Voice, title: str, system: str, org: str, headline: str
) -> None:
    told = english.headline(make(title=title, system=system, orgs=[org] if org else [], text="We rank."))
    assert told == headline and told.count(":") <= 1


def test_a_line_that_would_only_name_its_paper_gives_way_to_the_paper_s_words(
    make: Make, voices: Sequence[Voice]
) -> None:
    bare = make(title="What Buys More", system="", text="We train models.", quotations=[MECHANISM], rating=4)
    first, *_ = composing.paper(voices, bare, "medium")
    assert first.kind == "quote"
    (only,) = composing.paper(voices, make(title="What Buys More", system="", text="We train models."), "medium")
    assert "offline evidence" in only.text["en"]
    first, *_ = composing.paper(voices, make(quotations=[MECHANISM], rating=4), "medium")
    assert "generative recommendation" in first.text["en"].lower()


def test_the_first_line_of_a_paper_has_one_colon(make: Make, claim: MakeClaim, voices: Sequence[Voice]) -> None:
    for key in map(str, range(12)):
        brief = make(key, orgs=["Kestrelo"], claims=[claim()])
        assert composing.paper(voices, brief, "medium")[0].text["en"].count(":") <= 1


def test_a_switchback_test_is_named_so(make: Make, claim: MakeClaim, voices: Sequence[Voice]) -> None:
    text = "We propose SIDLoom. We ran a switchback test in 16 cities. CTR rose by 1.24%."
    brief = make(text=text, orgs=["Kestrelo"])
    brief = make(
        text=text,
        orgs=["Kestrelo"],
        claims=[replace(claim(), supports=(Support(brief.evidence.passages[0].id, 0, 9, "t"),))],
    )
    line = composing.paper(voices, brief, "medium")[0]
    assert "online switchback test" in line.text["en"] and "A/B" not in line.text["en"]
    assert "switchback" in line.text["zh"] and "线上" in line.text["zh"]
    plain = make(text="We propose SIDLoom.", orgs=["Kestrelo"], claims=[claim()])
    assert "online A/B" in composing.paper(voices, plain, "medium")[0].text["en"].replace("Online", "online")


# -------------------------------------------------------------- figures
def test_only_signed_figures_from_live_traffic_are_printed_each_once(make: Make, claim: MakeClaim) -> None:
    brief = make(
        claims=[
            claim(),
            claim(),
            claim("GMV", evidence="offline"),
            claim("NDCG", "4", evidence="simulated"),
            claim("orders", "2", sign=""),
            claim("GMV", "3", evidence="deployed"),
        ]
    )
    assert [(c.metric, c.value) for c in naming.live_claims(brief)] == [("CTR", "1.24"), ("GMV", "3")]


@pytest.mark.parametrize(("evidence", "words"), [("online_ab", "online A/B"), ("deployed", "deployed")])
def test_a_line_with_figures_names_their_evidence(
    make: Make, claim: MakeClaim, voices: Sequence[Voice], evidence: str, words: str
) -> None:
    line = composing.paper(voices, make(orgs=["Kestrelo"], claims=[claim(evidence=evidence)]), "medium")[0]
    shown = line.text["en"]
    assert (
        "Kestrelo" in shown
        and "SIDLoom" in shown
        and "CTR +1.24%" in shown
        and words in shown.replace("Online", "online")
    )
    assert line.supports


@pytest.mark.parametrize(
    ("features", "rating", "words"),
    [({}, 3, "offline evidence"), ({"online_test": 2.0}, 4, "tested online by"), ({"deployed": 2.0}, 4, "deployed by"),
     ({"deployed": 2.0, "online_test": 2.0}, 4, "tested online and deployed"), ({"data_set": 1.0}, 4, "a data set of industrial size")],
)  # fmt: skip
def test_a_line_without_figures_names_the_evidence_too(
    make: Make, voices: Sequence[Voice], features: dict[str, float], rating: int, words: str
) -> None:
    assert words in composing.paper(voices, make(features=features, rating=rating), "medium")[0].text["en"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["CTR", "GMV", "orders"]),
            st.integers(1, 99),
            st.sampled_from(["online_ab", "deployed"]),
            st.sampled_from([None, "up to"]),
        ),
        max_size=9,
    )
)
def test_at_most_two_figures_a_sentence_of_one_evidence_level_each_named(
    make: Make, claim: MakeClaim, voices: Sequence[Voice], drawn: list[tuple[str, int, str, str | None]]
) -> None:
    brief = make(claims=[claim(m, str(v), evidence=e, hedge=h) for m, v, e, h in drawn], rating=5)
    for s in composing.paper(voices, brief, "long"):
        shown = s.text["en"]
        assert len(re.findall(r"\d+%", shown)) <= 2
        if "%" in shown:
            assert ("online A/B" in shown) != ("deployed" in shown)


def test_hedges_and_scope_travel_with_the_figure(
    make: Make, claim: MakeClaim, english: Voice, voices: Sequence[Voice]
) -> None:
    claims = [claim(hedge="up to", scope="10% of traffic"), claim("GMV", "0.1", hedge="not significant")]
    line = composing.paper(voices, make(claims=claims), "medium")[0]
    assert "CTR up to +1.24% and GMV +0.1% (not significant; 10% of traffic)" in line.text["en"]
    assert "CTR 最高 +1.24%、GMV +0.1%（不显著；10% 流量）" in line.text["zh"]
    assert "(live-streaming)" in english.figures([claim(scope="live-streaming")])


def test_offline_figures_never_stand_in_a_line(make: Make, claim: MakeClaim, voices: Sequence[Voice]) -> None:
    made = composing.paper(voices, make(claims=[claim("NDCG", "112.49", evidence="offline")], rating=5), "long")
    assert "112" not in text(made)


# ------------------------------------------------------------ paragraphs
def test_a_paper_at_length_has_line_problem_mechanism_and_result(make: Make, voices: Sequence[Voice]) -> None:
    brief = make(quotations=[PROBLEM, MECHANISM, RESULT], rating=5)
    made = composing.paper(voices, brief, "long")
    assert [s.kind for s in made] == ["report", "report", "quote", "quote"]
    assert made[2].text["en"].startswith("We propose")
    assert "Existing channels" in made[1].text["en"]


def test_a_paper_in_one_line_has_one_sentence_with_its_evidence(make: Make, voices: Sequence[Voice]) -> None:
    (only,) = composing.paper(voices, make(quotations=[MECHANISM], rating=3), "line")
    assert only.text["en"].startswith("SIDLoom (offline evidence): \u201cWe propose")
    (bare,) = composing.paper(voices, make(rating=3), "line")
    assert bare.text["en"] == "SIDLoom: offline evidence on generative recommendation."


@pytest.mark.parametrize("length", ["long", "medium", "line"])
def test_everything_composed_passes_the_gate(make: Make, voices: Sequence[Voice], length: str) -> None:
    brief = make(quotations=[PROBLEM, MECHANISM, RESULT], orgs=["Kestrelo"], text="We propose SIDLoom at Kestrelo.")
    for s in composing.paper(voices, brief, length):  # type: ignore[arg-type]
        assert judge(s, grounds([brief])).refusals == ()
        assert s.cites == (brief.item.id,)


# ------------------------------------------------------------------ news
def test_news_is_told_in_the_source_s_words_with_who_else_tells_it(make: Make, voices: Sequence[Voice]) -> None:
    also = [
        ("Velmarque Wire", "i2", "https://v.example/"),
        ("Velmarque Wire", "i3", "https://v.example/2"),
        ("arXiv", "i4", ""),
    ]
    brief = make(kind="article", system="", quotations=[("lead", "The chip needs 0.71 joules a token.")], also=also)
    quoted, told = news_writing.news(voices, brief, "medium")
    assert (quoted.kind, quoted.text["en"]) == ("quote", "The chip needs 0.71 joules a token.")
    assert told.kind == "derived"
    assert told.text["en"].count("Velmarque Wire") == 1
    assert dict(told.inputs) == {"sources": "1"}
    assert len(news_writing.news(voices, brief, "line")) == 1


@pytest.mark.parametrize(
    ("names", "verb"), [(("Velmarque Wire",), "has|reports"), (("Velmarque Wire", "Tidal Notes"), "have|report")]
)
def test_one_source_has_and_two_have(make: Make, voices: Sequence[Voice], names: tuple[str, ...], verb: str) -> None:
    for i in range(30):
        brief = make(
            str(i), kind="article", quotations=[("lead", "The chip is out.")], also=[(n, n, "") for n in names]
        )
        told = news_writing.news(voices, brief, "medium")[-1].text["en"]
        assert not re.search(r"\b(?:has|have|report|reports) it\b|also reports? ", told) or re.search(
            rf"\b(?:{verb})\b", told
        )


def test_who_is_not_named_among_other_sources_is_not_cited(make: Make, voices: Sequence[Voice]) -> None:
    """The maker's own posts and what has no room among the names are other people's words: never behind a name."""
    also = [("Orrelune", "own", ""), *((f"Wire {n}", f"w{n}", "") for n in "abcde"), ("Wire a", "w2", "")]
    brief = make(kind="article", quotations=[("lead", "The chip is out.")], also=also, source="Orrelune")
    told = news_writing.news(voices, brief, "medium")[-1]
    assert "Wire d" in told.text["en"]
    assert "Wire e" not in told.text["en"]
    assert told.cites == (brief.item.id, "wa", "wb", "wc", "wd", "w2")


def test_news_adds_what_another_source_has_besides(make: Make, voices: Sequence[Voice]) -> None:
    other = make("b", quotations=[("lead", "It ships in September.")]).reading.quotations[0]
    brief = replace(
        make(kind="article", quotations=[("lead", "The chip is out.")]), others=(("Tidal Notes", "i9", other),)
    )
    added = news_writing.news(voices, brief, "long")[1]
    assert added.cites == ("i9",)
    assert "\u201cIt ships in September.\u201d" in added.text["en"]


# -------------------------------------------------------------- episodes
def test_an_episode_gives_three_time_stamped_takeaways_without_the_speaker_s_name(make: Make) -> None:
    lines = [
        f"Mira Vale: We measured {n} of 90 beams in week {n} and dropped the rest of them all." for n in range(1, 6)
    ]
    sections = tuple(TextSection(f"00:0{i}:00", t) for i, t in enumerate(lines))
    passages = tuple(Passage(f"p{i}", "w", "transcript", t) for i, t in enumerate(lines))
    brief = make(kind="episode")
    full = FullText("w", "h", "ok", " ".join(lines), sections)
    brief = replace(
        brief, evidence=replace(brief.evidence, passages=(*brief.evidence.passages, *passages), full_text=full)
    )
    made = composing.episode(brief)
    assert len(made) == 3
    assert [s.inputs["at"] for s in made] == sorted(s.inputs["at"] for s in made)
    for s in made:
        (support,) = s.supports
        source = next(p.text for p in passages if p.id == support.passage_id)
        assert source[support.start : support.end] == s.text["en"]
        assert "Mira" not in s.text["en"]


def test_an_episode_without_a_transcript_has_no_takeaways(make: Make) -> None:
    assert composing.episode(make(kind="episode")) == ()
