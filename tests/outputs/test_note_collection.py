"""The page that collects notes: topics, replacement in place, and what people wrote around the notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.outputs.hostile_samples import HOSTILE
from tests.outputs.note_samples import hostile, loom, written

from digester.domain.errors import DigesterError
from digester.outputs import note
from digester.outputs.note_collection import END, placed

ONE, TWO = "arxiv:2606.00001", "arxiv:2606.00002"
MINE = "# 我的笔记\n\nby hand\n\n## 推荐\n\nwhat I think\n\n## RL｜SFT ｜On-Policy\n\nlater *work*\n"


def test_a_first_note_begins_the_page() -> None:
    assert placed("", "推荐", ONE, "x") == f"## 推荐\n\n<!-- note {ONE} -->\nx\n{END}\n"


def test_a_new_note_stands_at_the_end_of_its_topic_and_the_rest_is_kept() -> None:
    page = placed(MINE, "推荐", ONE, "x")
    assert page == MINE.replace("what I think\n", f"what I think\n\n<!-- note {ONE} -->\nx\n{END}\n")
    again = placed(page, "推荐", TWO, "y")
    assert again.index(ONE) < again.index(TWO) < again.index("## RL｜SFT")
    assert again.startswith("# 我的笔记\n\nby hand\n") and again.endswith(
        "\n\n## RL｜SFT ｜On-Policy\n\nlater *work*\n"
    )


def test_a_new_topic_is_begun_at_the_end() -> None:
    page = placed(MINE, "Ads", ONE, "x")
    assert page == f"{MINE}\n## Ads\n\n<!-- note {ONE} -->\nx\n{END}\n"


@pytest.mark.parametrize("heading", ["## RL｜SFT ｜On-Policy", "##  RL｜SFT ｜On-Policy ##", "## rl｜sft ｜on-policy"])
def test_a_topic_is_known_as_people_write_it(heading: str) -> None:
    page = placed(f"{heading}\n\nmine\n", "RL｜SFT ｜On-Policy", ONE, "x")
    assert page.count("##") == heading.count("##") and page.startswith(heading)


def test_a_topic_with_signs_of_markdown_is_one_topic() -> None:
    page = placed(placed("", "A*B [c]", ONE, "x"), "A*B [c]", TWO, "y")
    assert page.count("\n## ") + page.startswith("## ") == 1


def test_a_note_that_stands_there_is_replaced_in_place_whatever_topic_is_named() -> None:
    page = placed(placed(MINE, "推荐", ONE, "old"), "推荐", TWO, "other")
    edited = page.replace("what I think", "what I think now").replace(f"old\n{END}", f"old\n{END}\n\nmy remark")
    again = placed(edited, "Ads", ONE, "new\n\nlonger")
    assert again == edited.replace("old", "new\n\nlonger")


def test_replacing_by_the_same_changes_nothing() -> None:
    page = placed(MINE, "推荐", ONE, "x")
    assert placed(page, "推荐", ONE, "x") == page


def test_headings_inside_a_note_are_no_topics() -> None:
    page = placed("", "A", ONE, "## B\n\nx")
    assert placed(page, "B", TWO, "y").endswith(f"{END}\n\n## B\n\n<!-- note {TWO} -->\ny\n{END}\n")


def test_headings_in_a_block_of_code_are_no_topics() -> None:
    mine = "## A\n\n```\n## B\n```\n\nend\n"
    assert placed(mine, "B", ONE, "x").startswith(f"{mine}\n## B\n")
    assert placed(mine, "A", ONE, "x").startswith(f"{mine}\n<!-- note")


def test_line_ends_and_mark_of_the_file_are_kept() -> None:
    page = placed("\ufeff# a\r\n\r\n## T\r\n", "T", ONE, "x\ny")
    assert page == f"\ufeff# a\r\n\r\n## T\r\n\r\n<!-- note {ONE} -->\r\nx\r\ny\r\n{END}\r\n"


@pytest.mark.parametrize(("page", "line"), [
    (f"a\n<!-- note {ONE} -->\nx\n", 2), (f"a\n\n{END}\n", 3), (f"<!-- note {ONE} -->\n<!-- note {TWO} -->\n{END}", 2),
])  # fmt: skip
def test_marks_that_lost_their_partner_are_named_and_nothing_is_guessed(page: str, line: int) -> None:
    with pytest.raises(DigesterError, match=f"line {line}:") as err:
        placed(page, "T", TWO, "y")
    assert END in err.value.hint


@pytest.mark.parametrize("work", ["url:https://a.example/--><script>", "url:a b", "item:中文", "url:" + "x" * 900])
def test_a_work_of_any_name_has_a_mark_and_is_found_again(work: str) -> None:
    page = placed("", "T", work, "old")
    assert placed(page, "T", work, "new") == page.replace("old", "new")
    assert [t.type for t in MarkdownIt().parse(page)].count("html_block") == 2


@pytest.mark.parametrize("payload", HOSTILE)
def test_no_note_breaks_the_page_that_holds_it(payload: str) -> None:
    page = placed(placed(MINE, "推荐", TWO, note.entry(hostile(payload))), "推荐", ONE, note.entry(loom("zh")))
    assert placed(page, "推荐", ONE, "x").count(END) == 2
    assert placed(page, "推荐", TWO, "x").count(END) == 2


def test_notes_of_one_page_share_no_names_of_links() -> None:
    a, b = note.entry(loom("zh")), note.entry(written("en"))
    names = [
        {line.split("]:")[0] for line in text.split("\n") if line.startswith("[2606") and "]: " in line}
        for text in (a, b)
    ]
    assert names[0] and names[1] and not names[0] & names[1]


@given(st.text(st.sampled_from("#` \nabT中\r-<!>~"), max_size=80), st.sampled_from(["T", "a", "中"]))
def test_what_people_wrote_is_kept(mine: str, topic: str) -> None:
    page = placed(mine, topic, ONE, "entry")
    left = page.replace(f"<!-- note {ONE} -->", "").replace("entry", "").replace(END, "").replace(f"## {topic}", "")
    assert "".join(left.split()) == "".join(mine.replace(f"## {topic}", "").split())
