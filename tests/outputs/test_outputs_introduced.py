"""EDITORIAL, 中文 2: a term of a Chinese page has its English name at its first mention in prose, and only there."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.outputs.issue_samples import say, weekly

from digester.outputs._introduced import Introduction, names
from digester.outputs._lines import Block, Line
from digester.outputs._view import page

ENGLISH = {"生成式推荐": "Generative Recommendation", "推荐": "Recommendation"}


def told(*texts: str, english: dict[str, str] = ENGLISH, kind: str = "text") -> list[str]:
    return [one.text for one in Introduction(english).lines([Line(t, "", kind) for t in texts])]


def test_the_first_mention_has_the_english_name_and_the_next_has_not() -> None:
    assert told("生成式推荐升温。", "生成式推荐进了广告。") == [
        "生成式推荐（Generative Recommendation）升温。",
        "生成式推荐进了广告。",
    ]


def test_the_longer_name_is_no_mention_of_the_shorter_one() -> None:
    assert told("生成式推荐与推荐。") == ["生成式推荐（Generative Recommendation）与推荐（Recommendation）。"]


def test_what_a_writer_introduced_already_is_left() -> None:
    assert told("生成式推荐（GenRec）升温，生成式推荐进了广告。") == ["生成式推荐（GenRec）升温，生成式推荐进了广告。"]


def test_quotations_and_foreign_lines_are_verbatim() -> None:
    assert told("生成式推荐", kind="quote") == ["生成式推荐"]
    line = Line("生成式推荐", "zh-Hant")
    assert Introduction(ENGLISH).lines([line]) == (line,)
    block = Block("quote", (Line("生成式推荐", "", "quote"),))
    assert Introduction(ENGLISH).blocks([block]) == (block,)


def test_a_page_of_latin_letters_introduces_nothing() -> None:
    assert names(weekly(), "en") == {} and page(weekly(), "en").overview


def test_the_chinese_page_introduces_the_themes_of_its_record_once() -> None:
    issue = weekly()
    thread = issue.threads[0]
    zh = thread.name["zh"]
    issue = replace(
        issue, takeaways=(say("a", "report", "One.", f"{zh}升温。"), say("b", "report", "Two.", f"仍是{zh}。"))
    )
    lines = [one.text for one in page(issue, "zh").takeaways.lines]
    assert lines[0].startswith(f"{zh}（") and lines[1] == f"仍是{zh}。"
    assert thread.name["en"].split()[0].casefold() in lines[0].casefold()


@given(st.lists(st.text("生成式推荐热门（）(), A", max_size=20), max_size=5))
def test_only_brackets_are_added_and_each_name_once(texts: list[str]) -> None:
    made = told(*texts)
    assert sum(t.count("（Generative Recommendation）") for t in made) <= 1
    bare = [t.replace("（Generative Recommendation）", "").replace("（Recommendation）", "") for t in made]
    assert bare == texts
