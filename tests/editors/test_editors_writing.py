"""Sentences over several stories: counts with their inputs, threads that keep the checklist, conclusions over two."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from digester.analysis.gate import judge
from digester.domain.issue import Census, Sentence
from digester.domain.model import Claim
from digester.editors import writing
from digester.editors.voice import Voice
from digester.pipeline.gate import grounds
from digester.ports import Brief, Outline, ThreadOutline

Make = Callable[..., Brief]
MakeClaim = Callable[..., Claim]
THEME = "Generative Recommendation"
PROBLEM = ("problem", "existing channels cannot express how clips and goods interact.")


def census(published: int = 3, online: int = 1) -> Census:
    return Census(
        40, {}, 12, published, {"5": 1, "4": 1, "3": 1}, online, 1, published, {}, {"articles": 30, "posts": 10}
    )


def outline(
    briefs: list[Brief],
    *,
    from_: str = "",
    to: str = "",
    threads: bool = True,
    online: int = 1,
    period: str = "2026-W25",
) -> Outline:
    told = (ThreadOutline("t1", THEME, from_, to, tuple(briefs[:4]), tuple(briefs[:2])),) if threads else ()
    return Outline("rec-weekly", period, census(len(briefs), online), tuple(briefs), ((THEME, tuple(briefs)),), told)


@pytest.fixture
def three(make: Make, claim: MakeClaim) -> list[Brief]:
    return [
        make("a", text="We propose SIDLoom, a ranker that reads whole histories as item codes.", system="SIDLoom", orgs=["Kestrelo"], claims=[claim(), claim("GMV", "0.87"), claim("orders", "2")], rating=5, quotations=[PROBLEM], features={"online_test": 2.0}),
        make("b", "Caddis: One Ranker", text="We present Caddis, a single ranker for clips and goods.", system="Caddis", orgs=["Velmarque"], rating=4, features={"deployed": 2.0, "code": 0.5}),
        make("c", "Farstrand: Long Histories", text="We introduce Farstrand, a novel memory of long histories in few slots.", system="Farstrand", rating=3, features={"code": 0.5}),
    ]  # fmt: skip


def english(s: Sentence) -> str:
    return s.text["en"]


def test_the_overview_counts_and_names_its_threads_with_rule_and_inputs(
    voices: Sequence[Voice], three: list[Brief]
) -> None:
    (lead,) = writing.overview(voices, outline(three))
    assert lead.kind == "derived"
    assert lead.rule == "computed:census"
    assert "generative recommendation" in english(lead).lower()
    assert {"3", "12", "2026-W25"} <= set(re.findall(r"\d{4}-W\d\d|\d+", english(lead)))
    assert lead.inputs["published"] == "3"
    (bare,) = writing.overview(voices, outline(three, threads=False))
    assert "generative" not in english(bare).lower()


def test_a_thread_opens_with_counts_goes_paper_by_paper_and_ends_in_a_conclusion(
    voices: Sequence[Voice], three: list[Brief]
) -> None:
    (thread,) = writing.threads(voices, outline(three))
    kinds = [s.kind for s in thread.sentences]
    assert kinds == ["derived", "report", "report", "report", "report", "synthesis", "synthesis"]
    assert [s.rule for s in thread.sentences][1] == "quoted"  # the shared problem, in the words of one of its papers
    assert (thread.from_, thread.to) == ("", "")
    assert thread.picks == tuple(b.story.id for b in three)
    assert len(thread.sentences[-1].cites) == 2


def test_a_thread_whose_papers_state_no_problem_names_its_theme_as_one(
    voices: Sequence[Voice], three: list[Brief]
) -> None:
    silent = [
        replace(b, reading=replace(b.reading, quotations=tuple(q for q in b.reading.quotations if q.role != "problem")))
        for b in three
    ]
    (thread,) = writing.threads(voices, outline(silent))
    assert [s.kind for s in thread.sentences][:3] == ["derived", "derived", "report"]
    assert not [s for s in thread.sentences if s.rule == "quoted"]


def test_a_move_is_told_only_when_one_was_found(voices: Sequence[Voice], three: list[Brief]) -> None:
    (thread,) = writing.threads(voices, outline(three, from_="inner products", to="item codes"))
    (told,) = [s for s in thread.sentences if s.rule == "computed:shared_phrases"]
    assert "inner products" in english(told)
    assert "item codes" in english(told)
    assert told.cites == tuple(b.item.id for b in three[:2])
    (plain,) = writing.threads(voices, outline(three))
    assert not [s for s in plain.sentences if s.rule == "computed:shared_phrases"]


def test_each_paper_of_a_thread_is_named_once_with_one_figure_and_its_evidence(
    voices: Sequence[Voice], three: list[Brief]
) -> None:
    (thread,) = writing.threads(voices, outline(three))
    members = [english(s) for s in thread.sentences if s.rule == "composed:member"]
    for text, words in zip(members, [
        ("Kestrelo's SIDLoom", "CTR +1.24%", "online A/B"),
        ("Velmarque's Caddis", "deployed", "no figure in the text read here"),
        ("Farstrand", "offline evidence"),
    ], strict=True):  # fmt: skip
        assert all(w in text for w in words), text
        assert not re.search(r"(\w+)'s .*\(\1\)", text)


@pytest.mark.parametrize(("live", "rule"), [(2, "thread_end_live"), (1, "thread_end_half"), (0, "thread_end_off")])
def test_the_conclusion_follows_the_evidence_and_names_no_figure(
    make: Make, voices: Sequence[Voice], live: int, rule: str
) -> None:
    briefs = [
        make(
            str(i),
            f"Sys{chr(65 + i)}: A Study",
            text=f"We propose Sys{chr(65 + i)}, a ranker that reads the words of items.",
            system=f"Sys{chr(65 + i)}",
            orgs=[("Kestrelo", "Velmarque")[i]],
            features={"deployed": 2.0} if i < live else {},
        )
        for i in range(2)
    ]
    for period in map(str, range(30)):
        (thread,) = writing.threads(voices, outline(briefs, period=period))
        end = thread.sentences[-1]
        assert end.rule == f"pattern:{rule}"
        assert "SysA" in english(end)
        assert "SysB" in english(end)
        assert judge(end, grounds(briefs)).refusals == ()


def test_a_section_counts_its_papers_and_quotes_a_problem(voices: Sequence[Voice], three: list[Brief]) -> None:
    opener, strength, problem = writing.section(voices, THEME, three, "2026-W25", 0)
    assert dict(strength.inputs) == {"figures_n": "3", "n": "3", "online": "2", "orgs": "2"}
    assert dict(opener.inputs)["n"] == "3"
    assert dict(opener.inputs)["online"] == "2"
    assert problem.cites == (three[0].item.id,)
    (rest,) = writing.section(voices, "", three, "2026-W25", 0)
    assert rest.rule == "computed:section"


def test_takeaways_are_five_at_most_with_live_figures_first_and_evidence_named(
    make: Make, claim: MakeClaim, voices: Sequence[Voice], three: list[Brief]
) -> None:
    more = [make(f"m{i}", system=f"Mod{chr(65 + i)}", features={"data_set": 1.0} if i == 0 else {}) for i in range(5)]
    found = writing.takeaways(voices, outline([*more, *three]))
    assert len(found) == 5
    first = english(found[0])
    assert "SIDLoom (Kestrelo)" in first
    assert "online A/B" in first.replace("Online", "online")
    assert len(re.findall(r"\d%", first)) == 2
    assert "Kestrelo's" not in first


def test_the_organisation_stands_once_in_every_takeaway(make: Make, claim: MakeClaim, voices: Sequence[Voice]) -> None:
    briefs = [
        make("a", system="KestreloRank", orgs=["Kestrelo"], claims=[claim()]), make("b", system="SIDLoom", orgs=["Kestrelo"], claims=[claim(hedge="up to")]),
        make("c", system="Loom", orgs=["Kestrelo"], features={"deployed": 1.0}), make("d", system="Fig", orgs=["Kestrelo"]),
    ]  # fmt: skip
    for period in map(str, range(30)):
        for s in writing.takeaways(voices, outline(briefs, period=period)):
            assert english(s).count("Kestrelo") == 1, english(s)
            assert "up to" in english(s) or "SIDLoom" not in english(s)


def test_what_to_watch_cites_two_picks_each_and_has_three_bullets_at_most(
    voices: Sequence[Voice], three: list[Brief]
) -> None:
    found = writing.watch(voices, outline(three))
    assert 1 <= len(found) <= 3
    for s in found:
        assert len(s.cites) == 2
        assert s.kind == "synthesis"
    assert writing.watch(voices, outline(three[:1])) == ()


def test_the_daily_lead_counts_what_came_in_and_names_the_first(make: Make, voices: Sequence[Voice]) -> None:
    briefs = [
        make("a", "Umbrafell-2 needs 0.71 joules", kind="article"),
        make("b", "A rule is in force", kind="article"),
    ]
    lead, following = writing.daily(voices, outline(briefs, threads=False))
    assert "\u201cA rule is in force\u201d" in english(following)
    assert following.cites == (briefs[1].item.id,)
    assert len(writing.daily(voices, outline(briefs[:1], threads=False))) == 1
    assert "\u201cUmbrafell-2 needs 0.71 joules\u201d" in english(lead)
    assert dict(lead.inputs)["seen"] == "40"
    assert writing.daily(voices, outline([], threads=False)) == ()


def test_the_same_outline_is_written_the_same_way(voices: Sequence[Voice], three: list[Brief]) -> None:
    assert writing.threads(voices, outline(three)) == writing.threads(voices, outline(three))
    assert writing.takeaways(voices, outline(three)) == writing.takeaways(voices, outline(three))


@pytest.mark.parametrize("online", [0, 1, 2])
def test_no_sentence_says_none_papers_or_one_report(voices: Sequence[Voice], three: list[Brief], online: int) -> None:
    for period in map(str, range(40)):
        o = outline(three, online=online, period=period)
        for s in (
            *writing.overview(voices, o),
            *writing.watch(voices, o),
            *writing.section(voices, THEME, three, period, 0),
        ):
            assert not re.search(r"\bnone (?:papers|stories)\b|\b1 (?:report|have|papers)\b|\{", english(s)), english(s)


def test_a_paper_that_was_only_tested_is_not_called_live(make: Make, voices: Sequence[Voice]) -> None:
    briefs = [make(k, system=f"Sys{k}", features={"online_test": 2.0}) for k in "AB"]
    for period in map(str, range(30)):
        o = outline(briefs, period=period)
        told = [s for t in writing.threads(voices, o) for s in t.sentences if s.rule == "composed:member"]
        for s in (*told, *writing.takeaways(voices, o)):
            assert "online" in english(s)
            assert not re.search(r"\blive\b|in front of users|deployed", english(s)), english(s)


def test_a_tested_paper_beside_a_data_set_is_not_called_untested(make: Make, voices: Sequence[Voice]) -> None:
    briefs = [
        make("a", text="We propose SysA, a ranker of clips.", system="SysA", orgs=["Kestrelo"], features={"online_test": 2.0}),
        make("b", text="We present SysB, a set of clicks and goods.", system="SysB", orgs=["Velmarque"], features={"data_set": 1.0}),
    ]  # fmt: skip
    (thread,) = writing.threads(voices, outline(briefs))
    assert thread.sentences[-1].rule == "pattern:thread_end_half"
