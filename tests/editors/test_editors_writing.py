"""Sentences over several stories: counts with their inputs, threads that keep the checklist, conclusions over two."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from digester.analysis.gate import judge
from digester.analysis.lint import LONGEST_OVERVIEW
from digester.domain.issue import Census, Sentence
from digester.domain.model import Claim
from digester.domain.text import word_count
from digester.editors import storylines, watching, writing
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


def test_a_thread_whose_papers_state_no_problem_is_not_told(
    make: Make, voices: Sequence[Voice], three: list[Brief]
) -> None:
    silent = make("d", text="We propose SIDLoom, a ranker that reads whole histories as item codes.", orgs=["Kestrelo"])
    assert writing.threads(voices, outline([silent, *three[1:]])) == ()


def test_a_problem_that_the_reading_has_not_is_found_in_the_abstract(make: Make, voices: Sequence[Voice]) -> None:
    said = "Existing systems for young campaigns boost the bid by a fixed factor for a fixed time."
    briefs = [
        make("a", text=f"Half of all campaigns are new. {said} We propose SysA, a ranker of new items.", system="SysA", orgs=["Kestrelo"]),
        make("b", text="We propose SysB, a ranker that reads the words of items.", system="SysB", orgs=["Velmarque"]),
    ]  # fmt: skip
    (thread,) = writing.threads(voices, outline(briefs))
    (told,) = [s for s in thread.sentences if s.inputs.get("role") == "problem"]
    assert said in english(told) and told.cites == (briefs[0].item.id,)
    assert judge(told, grounds(briefs)).refusals == ()


def two(make: Make, first: str, second: str) -> list[Brief]:
    """Two live papers of two teams with these sentences on what there is."""
    return [
        make("a", "Paper a", text=f"{first} We propose SysA, a ranker of new items.", system="SysA", orgs=["Kestrelo"], features={"deployed": 2.0}),
        make("b", "Paper b", text=f"{second} We propose SysB, a reader of old prices.", system="SysB", orgs=["Velmarque"], features={"deployed": 2.0}),
    ]  # fmt: skip


TOWERS = ("Existing rankers of clips and goods use separate expert towers that ignore one another at every stage.",
          "Conventional systems for shops suffer from separate expert towers whose scores are merged by hand.")  # fmt: skip
APART = ("Existing systems for young campaigns boost the bid by a fixed factor for some time.",
         "Conventional shading methods assume one win curve and ignore each exchange's floor.")  # fmt: skip


@pytest.mark.parametrize(("said", "rule"), [(TOWERS, "pattern:relation_same"), (APART, "pattern:relation_apart")])
def test_the_same_bottleneck_is_named_only_where_both_papers_name_it(
    make: Make, voices: Sequence[Voice], said: tuple[str, str], rule: str
) -> None:
    briefs = two(make, *said)
    for period in map(str, range(12)):
        (thread,) = writing.threads(voices, outline(briefs, period=period))
        (relation,) = [s for s in thread.sentences if s.rule.startswith("pattern:relation")]
        assert relation.rule == rule
        assert ("separate expert towers" in english(relation)) == (rule == "pattern:relation_same")
        assert bool(re.search("problem|bottleneck", english(relation))) <= (rule == "pattern:relation_same")
        shared = [s for s in thread.sentences if s.rule == "computed:shared_problem"]
        assert [s.inputs["problem"] for s in shared] == (["separate expert towers"] if said is TOWERS else [])
        for s in (relation, *shared):
            assert judge(s, grounds(briefs)).refusals == ()


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
        ("Velmarque's Caddis", "deployed", "no online figure in the text read here"),
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
            text=f"{APART[i]} We propose Sys{chr(65 + i)}, a ranker that reads the words of items.",
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


def opened(voices: Sequence[Voice], theme: str, briefs: Sequence[Brief], o: Outline) -> tuple[Sentence, ...]:
    """The opener of a section, as a weekly has it."""
    return writing.section(voices, theme, briefs, o.period, 0, storylines.quoted(voices, o))


def test_a_section_counts_its_papers_and_quotes_a_problem(voices: Sequence[Voice], three: list[Brief]) -> None:
    opener, problem = opened(voices, THEME, three, outline(three, threads=False))
    assert dict(opener.inputs)["n"] == "3"
    assert dict(opener.inputs)["online"] == "2"
    assert dict(opener.inputs)["ratings"] == "1 rated 5, 1 rated 4 and 1 rated 3"
    assert dict(opener.inputs)["ratings.zh"] == "5 分 1 篇，4 分 1 篇，3 分 1 篇"
    assert problem.cites == (three[0].item.id,)
    (rest,) = opened(voices, "", three, outline(three, threads=False))
    assert rest.rule == "computed:section"


def test_a_section_names_no_rating_that_none_has_and_quotes_nothing_that_a_thread_quotes(
    voices: Sequence[Voice], three: list[Brief]
) -> None:
    (opener,) = opened(voices, THEME, three[:2], outline(three[:2]))
    assert "none" not in english(opener) and "0 篇" not in opener.text["zh"]
    assert "rated 3" not in english(opener) and "3 分" not in opener.text["zh"]


def test_a_section_says_what_its_papers_have_in_common_and_quotes_one_that_says_it(
    make: Make, voices: Sequence[Voice]
) -> None:
    briefs = two(make, *TOWERS)
    _, shared, quoted = opened(voices, THEME, briefs, outline(briefs, threads=False))
    assert "separate expert towers" in english(shared) and "separate expert towers" in english(quoted)
    assert (
        30 <= sum(len(english(s).split()) for s in opened(voices, THEME, briefs, outline(briefs, threads=False))) <= 80
    )


def test_what_is_outside_the_themes_is_not_said_to_share_nothing(voices: Sequence[Voice], three: list[Brief]) -> None:
    for period in map(str, range(12)):
        (rest,) = opened(voices, "", three, outline(three, threads=False, period=period))
        assert not re.search(r"of its own|no (?:common|theme)|alone|single", english(rest)), english(rest)
        assert not re.search("各有题目|各谈各的|题目分散|没有共同|不成主题", rest.text["zh"]), rest.text


def test_why_papers_with_the_evidence_of_a_5_print_as_4_is_said_once(
    voices: Sequence[Voice], three: list[Brief]
) -> None:
    kept = [replace(b, lowered=i == 1) for i, b in enumerate(three)]
    _, lowered = writing.overview(voices, outline(kept))
    assert lowered.cites == (three[1].item.id,) and lowered.inputs["n"] == "1"
    for v, rule in zip(voices, ("few", "从严"), strict=True):
        assert rule not in v.reason(kept[1])
        assert "5" in v.reason(kept[1])
    assert len(writing.overview(voices, outline(three))) == 1


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
    found = watching.watch(voices, outline(three))
    assert 1 <= len(found) <= 3
    for s in found:
        assert len(s.cites) == 2
        assert s.kind in ("synthesis", "derived")
    assert watching.watch(voices, outline(three[:1])) == ()


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
            *watching.watch(voices, o),
            *opened(voices, THEME, three, o),
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
        make("a", text=f"{APART[0]} We propose SysA, a ranker of clips.", system="SysA", orgs=["Kestrelo"], features={"online_test": 2.0}),
        make("b", text="We present SysB, a set of clicks and goods.", system="SysB", orgs=["Velmarque"], features={"data_set": 1.0}),
    ]  # fmt: skip
    (thread,) = writing.threads(voices, outline(briefs))
    assert thread.sentences[-1].rule == "pattern:thread_end_half"


# ------------------------------------------------------------------ watch
def test_only_live_papers_that_share_a_phrase_are_compared(make: Make, voices: Sequence[Voice]) -> None:
    said = (
        "We propose SysA, which does budget pacing with a forecast that is learned from the logs of two years.",
        "We present SysB, which learns budget pacing by hour and by region from the bids of all campaigns.",
    )
    briefs = [
        make(k, f"Paper {k}", text=text, system=f"Sys{k.upper()}", orgs=[org], features={"deployed": 2.0})
        for k, text, org in zip("ab", said, ("Kestrelo", "Velmarque"), strict=True)
    ]
    (told,) = watching.watch(voices, outline(briefs))
    assert told.rule == "pattern:watch_compare" and "budget pacing" in english(told)
    assert judge(told, grounds(briefs)).refusals == ()
    others = two(make, *APART)
    (told,) = watching.watch(voices, outline(others))
    assert told.rule == "computed:live" and told.cites == tuple(b.item.id for b in others)
    assert not re.search("SysA|SysB|comparison|repet", english(told))


@pytest.mark.parametrize(("priced", "name"), [(0, "cost"), (2, "cost"), (4, "last")])
def test_live_papers_are_counted_and_asked_for_what_their_texts_leave_out(
    make: Make, voices: Sequence[Voice], priced: int, name: str
) -> None:
    briefs = [
        make(k, f"Paper {k}", text=f"We propose Sys{k}.", system=f"Sys{k}", features={"deployed": 2.0} | ({"cost": 0.4} if i < priced else {}))
        for i, k in enumerate("abcd")
    ]  # fmt: skip
    for period in map(str, range(12)):
        (told,) = watching.watch(voices, outline(briefs, period=period))
        assert told.inputs["online"] == "4" and "4" in english(told) and "4" in told.text["zh"]
        assert ("cost" in english(told)) or name == "last"
        assert judge(told, grounds(briefs)).refusals == ()


def wordy(make: Make, claim: MakeClaim, key: str, org: str) -> Brief:
    """A paper whose paragraph in a thread is long, and whose problem is one that others share."""
    how = "a ranker that reads the whole history of a user from one cache of keys for each request it sees"
    text = f"Existing rankers of clips use separate expert towers that ignore one another at every stage of serving them. We propose Sys{key}, {how}."
    return make(
        key,
        f"Sys{key}: A Study",
        text=text,
        system=f"Sys{key}",
        orgs=[org],
        claims=[claim()],
        features={"online_test": 2.0},
    )


NAMES = ("Generative Recommendation", "Reinforcement Learning and Preference Alignment", "Advertising and Bidding")


@pytest.mark.parametrize("told", [2, 3])
def test_an_overview_keeps_its_length_by_itself(
    make: Make, claim: MakeClaim, voices: Sequence[Voice], told: int
) -> None:
    themes = {n: tuple(wordy(make, claim, f"{t}{i}", f"Org{t}{i}") for i in "ABC") for n, t in zip(NAMES, "XYZ"[:told], strict=False)}  # fmt: skip
    outlines = tuple(
        ThreadOutline(n, n, "separate expert towers", "one unified ranker", t, t[:2]) for n, t in themes.items()
    )
    everything = tuple(b for t in themes.values() for b in t)
    o = Outline("rec-weekly", "2026-W25", census(9), everything, tuple(themes.items()), outlines)
    threads = writing.threads(voices, o)
    parts = [*writing.overview(voices, o), *(s for t in threads for s in t.sentences)]
    lengths = {v.language: sum(word_count(s.text[v.language]) for s in parts) for v in voices}
    assert all(lengths[language] <= most for language, most in LONGEST_OVERVIEW.items()) or told > 2
    assert [t.name["en"] for t in threads] == list(NAMES[:told])  # none is left out
    assert all(n.lower() in english(parts[0]).lower() for n in NAMES[:told])
    for t in threads:
        assert len(t.picks) >= 2 and t.sentences[-1].kind == "synthesis"
        assert {b.story.id for b in everything if b.item.id in t.sentences[-1].cites} <= set(t.picks)
    daily = writing.threads(voices, replace(o, cadence="daily"))
    assert sum(len(t.sentences) for t in threads) < sum(len(t.sentences) for t in daily)


@pytest.mark.parametrize(("n", "of", "en", "zh"), [
    (0, 3, "none with online evidence", "均无线上证据"), (3, 3, "all with online evidence", "均有线上证据"),
    (2, 2, "both with online evidence", "均有线上证据"), (1, 3, "1 with online evidence", "其中 1 篇有线上证据"),
    (1, 1, "with online evidence", "有线上证据"), (0, 1, "without online evidence", "无线上证据"),
])  # fmt: skip
def test_a_share_is_said_without_a_nought(voices: Sequence[Voice], n: int, of: int, en: str, zh: str) -> None:
    assert [v.share("live", n, of) for v in voices] == [en, zh]


def test_no_chinese_count_is_nought(make: Make, voices: Sequence[Voice]) -> None:
    briefs = [make(k, system=f"Sys{k}", orgs=[f"Org{k}"]) for k in "ABC"]
    for period in map(str, range(40)):
        o = outline(briefs, period=period, online=0)
        parts = [
            *writing.overview(voices, o),
            *watching.watch(voices, o),
            *(s for t in writing.threads(voices, o) for s in t.sentences),
        ]
        for s in (*parts, *opened(voices, THEME, briefs, o), *opened(voices, "", briefs, o)):
            assert not re.search(r"(?<!\d)0 篇", s.text["zh"]), s.text
