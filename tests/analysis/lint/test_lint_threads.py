"""The checklist of threads and overview: each item broken in a thread that otherwise keeps all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.lint.clean_issues import ids, say, weekly, with_pick, with_thread

from digester.analysis.lint import lint
from digester.domain.issue import Issue, Sentence

WEEKLY = weekly()
THREAD = WEEKLY.threads[0]
OPEN, MOVE, FIRST, SECOND, THIRD, END = THREAD.sentences
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


def checks(issue: Issue, language: str = "en", recent: tuple[Issue, ...] = ()) -> dict[str, bool]:
    return {v.check: v.hard for v in lint(issue, [language], recent) if v.language == language}


def of(*sentences: Sentence) -> Issue:
    """The weekly with these sentences as its first thread."""
    return with_thread(WEEKLY, sentences=sentences)


def reason(issue: Issue, check: str) -> str:
    return next(v.reason for v in lint(issue, ["en"]) if v.check == check)


@pytest.mark.parametrize(
    ("from_", "to", "reason"),
    [("two-tower retrieval", "", "two ends"), ("", "generative retrieval", "two ends"), ("codes", "Codes", "two ends"),
     ("old tower over one trie of one code", "codes", "more than 6 words"), ("the retrieval of", "codes", "noun phrase"),
     ("3 towers", "codes", "noun phrase"), ("two-tower retrieval", "other codes", "no computed sentence")],
)  # fmt: skip
def test_1_both_ends_are_short_noun_phrases_that_a_computed_sentence_names(from_: str, to: str, reason: str) -> None:
    named = replace(MOVE, inputs={**MOVE.inputs, "from": from_, "to": to.replace("other ", "")})
    issue = with_thread(WEEKLY, from_=from_, to=to, sentences=(OPEN, named, FIRST, SECOND, THIRD, END))
    found = [v for v in lint(issue, ["en"]) if v.check == "thread-move"]
    assert len(found) == 1 and found[0].hard and reason in found[0].reason


@pytest.mark.parametrize("phrase", ["new item embeddings", "FP8 serving", "the two-tower model", "top-1 retrieval"])
def test_1_a_noun_phrase_may_hold_a_digit_or_begin_with_an_adjective(phrase: str) -> None:
    named = replace(MOVE, inputs={**MOVE.inputs, "from": phrase})
    issue = with_thread(WEEKLY, from_=phrase, sentences=(OPEN, named, FIRST, SECOND, THIRD, END))
    assert "thread-move" not in checks(issue)


def test_1_the_move_is_said_of_two_papers_or_not_at_all() -> None:
    one = of(OPEN, replace(MOVE, cites=ids("SIDLoom")), FIRST, SECOND, THIRD, END)
    assert checks(one)["thread-move"]
    plain = with_thread(
        WEEKLY,
        from_="",
        to="",
        sentences=(OPEN, say("Existing towers are costly.", "现有双塔受限。", MOVE.cites), FIRST, SECOND, THIRD, END),
    )
    assert checks(plain) == {} == checks(plain, "zh")


@LANGUAGES
def test_1_a_thread_has_a_name(language: str) -> None:
    assert checks(with_thread(WEEKLY, name={}), language)["thread-move"]


@pytest.mark.parametrize(
    "picks",
    [
        ("s-SIDLoom",),
        ("s-SIDLoom", "s-GenFerry", "s-QuayRec", "s-FirstLight", "s-ShadeCurve"),
        ("s-QuayRec", "s-ShadeCurve"),
    ],
)
def test_2_two_to_four_papers_one_of_them_rated_4(picks: tuple[str, ...]) -> None:
    assert checks(with_thread(WEEKLY, picks=picks))["thread-papers"]


def test_2_no_paper_is_in_two_threads() -> None:
    assert "is in thread 1 too" in reason(with_thread(WEEKLY, picks=(*THREAD.picks, "s-LongWeir")), "thread-papers")


def test_2_two_organisations_and_advice_where_too_few_are_named() -> None:
    one, two, three = (p.organisations for p in WEEKLY.sections[0].picks)
    same = with_pick(with_pick(WEEKLY, 1, organisations=one), 2, organisations=one)
    assert checks(same)["thread-organisations"] is True
    unknown = with_pick(with_pick(WEEKLY, 1, organisations=()), 2, organisations=())
    assert checks(unknown)["thread-organisations"] is False
    assert "thread-organisations" not in checks(with_pick(WEEKLY, 2, organisations=()))
    assert len({one, two, three}) == 3


@LANGUAGES
def test_3_the_shared_problem_comes_first(language: str) -> None:
    bare = with_thread(of(OPEN, FIRST, SECOND, THIRD, END), from_="", to="")
    late = with_thread(of(OPEN, FIRST, MOVE, SECOND, THIRD, END))
    assert checks(bare, language) == {"thread-problem": True}
    assert checks(late, language) == {"thread-problem": True}
    general = say("Filters throw away what decoders write.", "过滤丢掉的正是解码器写出的东西。", ids("SIDLoom"))
    assert checks(with_thread(of(OPEN, general, FIRST, SECOND, THIRD, END), from_="", to=""), language) == {}
    quoted = say(
        "SIDLoom names the gap: \u201cExisting towers suffer.\u201d",
        "SIDLoom 指出问题：「现有双塔受限。」",
        ids("SIDLoom"),
        rule="quoted",
    )
    assert checks(with_thread(of(OPEN, quoted, FIRST, SECOND, THIRD, END), from_="", to=""), language) == {}


@LANGUAGES
def test_3_every_paper_is_told(language: str) -> None:
    assert checks(of(OPEN, MOVE, FIRST, SECOND, END), language) == {"thread-member": True}


MEMBERS = [
    ("organisation", "SIDLoom decodes item codes under constrained beams; CTR +1.24% (online A/B).", "SIDLoom 在受约束的束搜索中生成物品编码；线上 A/B：CTR +1.24%。"),
    ("system", "Kestrelo decodes item codes under constrained beams; CTR +1.24% (online A/B).", "Kestrelo 在受约束的束搜索中生成物品编码；线上 A/B：CTR +1.24%。"),
    ("mechanism", "Kestrelo's SIDLoom reports CTR +1.24% (online A/B).", "Kestrelo 的 SIDLoom；线上 A/B：CTR +1.24%。"),
    ("mechanism", "Kestrelo's SIDLoom is tested online by its authors' account; CTR +1.24%.", "Kestrelo 的 SIDLoom：线上 CTR +1.24%。"),
    ("figure", "Kestrelo's SIDLoom decodes item codes under constrained beams.", "Kestrelo 的 SIDLoom 在受约束的束搜索中生成物品编码。"),
]  # fmt: skip


@LANGUAGES
@pytest.mark.parametrize(("missing", "en", "zh"), MEMBERS)
def test_3_a_paper_has_organisation_system_mechanism_and_figure(missing: str, en: str, zh: str, language: str) -> None:
    issue = of(OPEN, MOVE, say(en, zh, ids("SIDLoom")), SECOND, THIRD, END)
    found = [v for v in lint(issue, [language]) if v.language == language]
    assert [(v.check, v.hard) for v in found] == [("thread-member", True)]
    assert missing in found[0].reason


def test_3_a_paper_may_be_told_in_two_sentences_and_without_what_its_record_lacks() -> None:
    two = (
        say("Kestrelo's SIDLoom decodes item codes.", "", ids("SIDLoom")),
        say("CTR rises 1.24% (online A/B).", "", ids("SIDLoom")),
    )
    assert checks(of(OPEN, MOVE, *two, SECOND, THIRD, END)) == {}
    plain = with_pick(WEEKLY, organisations=(), claims=(), facts={})
    bare = say("SIDLoom decodes item codes.", "", ids("SIDLoom"))
    told = with_thread(plain, sentences=(OPEN, MOVE, bare, SECOND, THIRD, END))
    assert "thread-member" not in checks(told)


@LANGUAGES
@pytest.mark.parametrize(
    "end",
    [None, say("Towers end here.", "双塔到此为止。", ids("SIDLoom", "GenFerry")), replace(END, cites=ids("SIDLoom")),
     replace(END, cites=ids("SIDLoom", "LongWeir"))],
)  # fmt: skip
def test_5_it_ends_in_a_conclusion_over_two_of_its_papers(end: Sentence | None, language: str) -> None:
    issue = of(OPEN, MOVE, FIRST, SECOND, THIRD, *([end] if end else []))
    assert checks(issue, language) == {"thread-conclusion": True}


@LANGUAGES
def test_6_it_says_what_changed_or_that_it_is_new(language: str) -> None:
    silent = replace(
        OPEN, text={"en": "3 of the 9 published papers belong here.", "zh": "收录的 9 篇中有 3 篇属于此。"}, inputs={}
    )
    issue = of(silent, MOVE, FIRST, SECOND, THIRD, END)
    assert checks(issue, language) == {"thread-development": False}
    before = replace(WEEKLY, id="rec-weekly/2026-W24", period="2026-W24")
    (told,) = [v for v in lint(issue, [language], [before]) if v.check == "thread-development"]
    assert "2026-W24" in told.reason


def lead(en: str, zh: str, cites: tuple[str, ...] = ids("SIDLoom")) -> Issue:
    return replace(WEEKLY, overview=(say(en, zh, cites, "derived", "computed:census"),))


@LANGUAGES
def test_7_the_census_stands_in_the_lead(language: str) -> None:
    issue = lead("Generative retrieval and long sequences stand out.", "主线是生成式召回与长序列建模。")
    assert checks(issue, language) == {"lead-census": False}


def test_7_the_census_may_be_written_in_words() -> None:
    assert checks(lead("Nine papers: generative retrieval and long sequences.", "9 篇：生成式召回与长序列建模。")) == {}


@LANGUAGES
def test_8_the_lead_names_the_threads_in_order(language: str) -> None:
    turned = lead("9 papers: long sequences and generative retrieval.", "9 篇：长序列建模与生成式召回。")
    missing = lead("9 papers: generative retrieval.", "9 篇：生成式召回。")
    assert checks(turned, language) == checks(missing, language) == {"lead-order": False}


@LANGUAGES
def test_8_nothing_in_the_overview_is_missing_from_the_sections(language: str) -> None:
    issue = replace(WEEKLY, takeaways=(*WEEKLY.takeaways[1:], replace(WEEKLY.takeaways[0], cites=("i-elsewhere",))))
    assert checks(issue, language)["overview-only"] is False


@LANGUAGES
def test_a_third_of_an_overview_is_synthesis_at_most(language: str) -> None:
    issue = replace(WEEKLY, overview=(*WEEKLY.overview, *([END] * 8)))
    assert checks(issue, language) == {"synthesis-share": False}


@LANGUAGES
def test_3_the_name_of_the_theme_is_no_problem(language: str) -> None:
    name = THREAD.name
    low, zh = name["en"].lower(), name["zh"]
    for en, chinese in (
        (f"The problem they share: {low}.", f"共同的问题是{zh}。"),
        (f"What they have in common is the problem, {low}.", f"问题相同：{zh}。"),
        (
            f"SIDLoom and GenFerry meet the same bottleneck, {low}, on live traffic.",
            f"SIDLoom 与 GenFerry 面对{zh}的同样瓶颈。",
        ),
    ):
        issue = of(OPEN, say(en, chinese, MOVE.cites), MOVE, FIRST, SECOND, THIRD, END)
        found = [v for v in lint(issue, [language]) if v.check == "thread-problem"]
        assert [v.hard for v in found] == [True] and "name" in found[0].reason, en
    fine = say(f"Existing systems for {low} suffer from separate towers.", f"现有{zh}系统受限于独立塔。", MOVE.cites)
    assert "thread-problem" not in checks(
        with_thread(of(OPEN, fine, FIRST, SECOND, THIRD, END), from_="", to=""), language
    )


@LANGUAGES
def test_3_a_problem_that_is_quoted_first_is_one(language: str) -> None:
    said = say("SIDLoom says so.", "SIDLoom 这样说。", ids("SIDLoom"), role="problem")
    first = with_thread(of(OPEN, said, FIRST, SECOND, THIRD, END), from_="", to="")
    assert "thread-problem" not in checks(first, language)
