"""The rules of style in both languages: each with a sentence that breaks it and one that comes near and does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.lint.clean_issues import daily, told, weekly, with_pick

from digester.analysis.lint import lint
from digester.domain.issue import Issue

WEEKLY, DAILY = weekly(), daily()


def checks(issue: Issue, language: str = "en") -> set[str]:
    """The checks that an issue violates in one of its languages; counts are left out."""
    return {v.check for v in lint(issue, [language]) if v.language == language}


@pytest.mark.parametrize("issue", [WEEKLY, DAILY], ids=["weekly", "daily"])
def test_an_issue_that_keeps_the_rules_has_no_violation_in_either_language(issue: Issue) -> None:
    assert lint(issue) == ()


ENGLISH = [
    ("banned-word", "It is a bombshell for rankers.", "It shells out work to rankers."),
    ("banned-word", "The landscape of codes changes.", "The land of codes changes."),
    ("banned-word", "An Inflection Point for towers.", "An inflected point for towers."),
    ("banned-word", "Exploding budgets end it.", "Exploding gradients end it."),
    ("joint", "Meanwhile, decoders grow.", "Decoders grow meanwhile."),
    ("joint", "Decoders grow; additionally, they share states.", "Decoders grow and share additionally bought states."),
    ("joint", "Along the same line, decoders grow.", "Codes lie along the same line."),
    ("actor-first", "There is a decoder behind it.", "A decoder is there behind it."),
    ("actor-first", "With SIDLoom comes a decoder.", "SIDLoom comes with a decoder."),
    ("sentence-length", f"It {'very ' * 27}slowly decodes codes.", f"It {'very ' * 22}slowly decodes codes."),
    ("relative-date", "Kestrelo shipped it yesterday.", "Kestrelo shipped it on 18 June 2026."),
    ("relative-date", "Kestrelo shipped it last week.", "Kestrelo shipped it for the last of the week's shoppers."),
    ("relative-date", "Kestrelo shipped it recently.", "Kestrelo drops the least recently used states."),
    ("reportedly", "It reportedly runs on phones.", "It reportedly runs on phones, according to Osk Notes."),
    ("acronym", "It trains with BPXR.", "It trains with BPXR (beam pruning by ranks)."),
    ("acronym", "It trains with QZL.", "It trains LLMs in FP4 and lifts no GMV."),
    ("spelling", "Sidloom trains on logs.", "SIDLoom trains on logs."),
    ("tone", "It trains on logs!", "It trains on logs."),
    ("tone", "Does it train on logs?", "It asks whether logs train it."),
    ("emoji", "It trains on logs \U0001f525.", "It trains on logs \u2192 codes."),
]  # fmt: skip


@pytest.mark.parametrize(("check", "wrong", "right"), ENGLISH)
def test_english(check: str, wrong: str, right: str) -> None:
    assert check in checks(told(WEEKLY, wrong))
    assert checks(told(WEEKLY, right)) == set()


CHINESE = [
    ("banned-word", "该方法炸裂。", "该方法有效。"),
    ("banned-word", "它为商家赋能。", "它为商家提供编码。"),
    ("punctuation", "它用日志训练,再解码。", "它用日志训练，再解码 (a, b)。"),
    ("punctuation", "它用日志训练(离线)。", "它用日志训练（离线）。"),
    ("punctuation", "它有１２层。", "它有 12 层。"),
    ("quotation-marks", "它自称\u201c首个解码器\u201d。", "它自称「首个解码器」。"),
    ("tone", "它用日志训练！", "它用日志训练。"),
    ("tone", "它用日志训练吗？", "它是否用日志训练尚不清楚。"),
    ("emoji", "它用日志训练\U0001f525。", "它用日志训练。"),
    ("sentence-length", f"它{'解码编码' * 12}。", f"它{'解码编码' * 5}，{'编码解码' * 5}。"),
    ("title-length", "", ""),
    ("passive", "编码被生成，再被检索。", "编码被生成，再供检索。"),
    ("chained-de", "快的大的新的编码。", "快的编码，大的编码，新的编码。"),
    ("translationese", "它通过束搜索来解码。", "它用束搜索解码。"),
    ("translationese", "值得注意的是，它很快。", "它很快。"),
    ("translationese", "它进行了多次的解码。", "它多次解码。"),
    ("relative-date", "它昨天上线。", "它于 2026 年 6 月 18 日上线。"),
    ("relative-date", "它今日上线。", "它在今日头条上线，检索最近的编码。"),
    ("term", "它学习语义 ID。", "它学习 Semantic ID。"),
    ("term", "它预测点击率。", "它预测 CTR。"),
    ("company-name", "Kuaishou 也用它。", "快手也用它。"),
    ("unit", "线上 A/B：CTR +1.2pp。", "线上 A/B：CTR +1.2 个百分点。"),
    ("unit", "它有 1.2B 参数和 3 亿用户。", "它有 12 亿参数和 3 亿用户。"),
    ("hedge", "线上 A/B：CTR up to +1.2%。", "线上 A/B：CTR 最高 +1.2%。"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "wrong", "right"), [c for c in CHINESE if c[1]])
def test_chinese(check: str, wrong: str, right: str) -> None:
    assert check in checks(told(WEEKLY, zh=wrong), "zh")
    assert checks(told(WEEKLY, zh=right), "zh") == set()


def test_a_chinese_title_has_28_characters_at_most() -> None:
    long = with_pick(WEEKLY, headline={"en": "SIDLoom", "zh": "解码" * 15})
    short = with_pick(WEEKLY, headline={"en": "SIDLoom", "zh": "解码" * 14})
    assert "title-length" in checks(long, "zh") and "title-length" not in checks(short, "zh")
    named = replace(WEEKLY, title={**WEEKLY.title, "zh": "推荐周报" * 8})
    assert "title-length" in checks(named, "zh")


def test_what_a_source_says_is_exempt_from_style() -> None:
    loud = "Meanwhile, a bombshell landscape explodes today!"
    quoted = told(WEEKLY, loud, zh="重磅！今天,颠覆？", kind="quote")
    inside = told(
        WEEKLY, f"The problem, in its words: \u201c{loud}\u201d", zh="原文：「重磅！今天,颠覆？」", rule="quoted"
    )
    for issue in (quoted, inside):
        assert checks(issue) == checks(issue, "zh") == set()


def test_a_title_of_a_work_is_its_own_but_a_headline_of_ours_is_not() -> None:
    named = with_pick(
        WEEKLY,
        title="SIDLoom: Is the Landscape Exploding?",
        headline={"en": "Kestrelo: SIDLoom, Is the Landscape Exploding?", "zh": "SIDLoom"},
    )
    assert "banned-word" not in checks(named) and "tone" not in checks(named)
    ours = with_pick(WEEKLY, headline={"en": "Kestrelo: SIDLoom changes the landscape", "zh": "SIDLoom"})
    assert "banned-word" in checks(ours)
    theirs = with_pick(
        DAILY, title="A bombshell today!", headline={"en": "A bombshell today!", "zh": "A bombshell today!"}
    )
    assert checks(theirs) == set()


def test_banned_words_and_joints_are_hard_and_advice_is_not() -> None:
    found = lint(told(WEEKLY, "Meanwhile, a bombshell came yesterday!"))
    assert {v.check: v.hard for v in found} == {
        "joint": True,
        "banned-word": True,
        "relative-date": False,
        "tone": False,
    }


TWICE = [
    ("Kestrelo's SIDLoom runs at Kestrelo.", "SIDLoom (Kestrelo) runs in production.", "Kestrelo 的 SIDLoom 在 Kestrelo 部署。"),
    ("Kuaishou's decoder serves Kuaishou.", "Kuaishou's decoder serves Taobao.", "快手的解码器服务 Kuaishou。"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "right", "chinese"), TWICE)
def test_an_organisation_is_named_once_in_a_sentence(wrong: str, right: str, chinese: str) -> None:
    assert "organisation-once" in checks(told(WEEKLY, wrong))
    assert "organisation-once" in checks(told(WEEKLY, zh=chinese), "zh")
    assert "organisation-once" not in checks(told(WEEKLY, right))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("Nobodyknows's Gate (Nobodyknows) is fast.", "Nobodyknows's Gate (Somebody) is fast."),
     ("Nobody Knows: Gate, a fast decoder at Nobody Knows.", "Nobody Knows: Gate, a fast decoder at night.")],
)  # fmt: skip
def test_an_organisation_that_nothing_knows_is_named_once_too(wrong: str, right: str) -> None:
    assert "organisation-once" in checks(told(WEEKLY, wrong))
    assert checks(told(WEEKLY, right)) == set()


def test_news_may_name_again_who_says_it() -> None:
    issue = told(
        told(DAILY, "Kuaishou opens the weights.", cites=("i-f1",)),
        "Kuaishou says that they are free.",
        cites=("i-f1",),
    )
    assert checks(issue) == set()
    assert "organisation-once" in checks(told(DAILY, "Kuaishou says that Kuaishou opens it.", cites=("i-f1",)))


def test_an_organisation_is_named_once_in_a_headline_also_when_the_title_ends_in_it() -> None:
    twice = with_pick(
        WEEKLY,
        title="SIDLoom: Codes at Kestrelo",
        headline={"en": "Kestrelo: SIDLoom, Codes at Kestrelo", "zh": "SIDLoom"},
    )
    once = with_pick(
        WEEKLY, title="SIDLoom: Codes at Kestrelo", headline={"en": "SIDLoom: Codes at Kestrelo", "zh": "SIDLoom"}
    )
    assert "organisation-once" in checks(twice) and checks(once) == set()


def test_an_organisation_is_named_once_in_a_paragraph_but_once_for_each_of_its_papers() -> None:
    again = told(told(WEEKLY, "Kestrelo decodes item codes."), "Kestrelo prunes beams.")
    assert "organisation-once" in checks(again)
    two = with_pick(WEEKLY, 1, organisations=WEEKLY.picks()[0].organisations)
    both = told(two, "Kestrelo's SIDLoom and Kestrelo's GenFerry differ.", cites=("i-SIDLoom", "i-GenFerry"))
    assert "organisation-once" not in checks(both)


def test_an_untranslated_language_is_refused_and_a_single_sentence_is_not() -> None:
    english = "It decodes item codes under beams."
    one = told(WEEKLY, zh=english)
    assert "untranslated" not in checks(one, "zh")
    several = told(told(told(one, zh=english), zh=english), zh=english)
    assert "untranslated" in checks(several, "zh")
    assert [v.hard for v in lint(several, ["zh"]) if v.check == "untranslated"] == [True]


def test_sentences_without_a_text_count_as_untranslated_and_quotations_do_not() -> None:
    bare = [replace(s, text={"en": s.text["en"]}) for s in WEEKLY.takeaways]
    assert "untranslated" in checks(replace(WEEKLY, takeaways=tuple(bare)), "zh")
    quotations = [replace(s, kind="quote") for s in bare]
    assert "untranslated" not in checks(replace(WEEKLY, takeaways=tuple(quotations)), "zh")


def test_terms_and_names_in_a_chinese_sentence_are_no_untranslated_prose() -> None:
    term = "它用束搜索（Constrained Beam Search over Codes）与 beam pruning，见 SIDLoom。"
    issue = WEEKLY
    for _ in range(6):
        issue = told(issue, zh=term)
    assert "untranslated" not in checks(issue, "zh")


def test_the_source_s_own_words_for_a_measure_are_a_quotation_and_not_untranslated() -> None:
    issue, bare = WEEKLY, WEEKLY
    for _ in range(6):
        issue = told(issue, zh="它的数字：「average shelf quux depth」+2%（线上 A/B）。")
        bare = told(bare, zh="它的数字：average shelf quux depth +2%（线上 A/B）。")
    assert "untranslated" not in checks(issue, "zh")
    assert "untranslated" in checks(bare, "zh")


def test_only_the_languages_of_the_issue_are_looked_at_unless_others_are_named() -> None:
    wrong = told(WEEKLY, zh="该方法炸裂。")
    assert lint(replace(wrong, languages=("en",))) == ()
    assert [v.check for v in lint(wrong)] == [v.check for v in lint(wrong, ["zh"])] == ["banned-word"]


def test_the_words_and_the_place_of_a_violation_are_told() -> None:
    (found,) = lint(told(WEEKLY, "Decoders are a bombshell."))
    assert (found.where, found.words, found.language) == ("item 1, sentence 2", "bombshell", "en")
