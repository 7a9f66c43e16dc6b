"""Essays as values: what front matter, Notion's properties and bare texts mean, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digester.domain.posts import KEYS, Post, parted, post_of, properties

LINES = {
    key: number for number, key in enumerate((*KEYS, "status", "password", "draft", "type", "priority", "sumary"), 2)
}


def made(values: Mapping[str, Any], body: str = "Text.\n") -> tuple[Post | None, list[tuple[int, str, str]]]:
    post, problems = post_of("file-name", values, lambda key: LINES.get(key, 0), body)
    return post, [(p.line, p.where, p.message) for p in problems]


def sound(values: Mapping[str, Any], body: str = "Text.\n") -> Post:
    post, problems = made(values, body)
    assert post is not None and not problems
    return post


def test_every_key_is_read() -> None:
    values = {"title": "On  Taste", "date": "2026-06-20", "slug": "taste", "summary": "Why.", "tags": ["a", "b", "a"], "category": "Essays",
              "language": "zh", "pinned": 3}  # fmt: skip
    assert sound(values) == Post(
        "file-name", "On Taste", "taste", "zh", "Text.\n", date(2026, 6, 20), "Why.", ("a", "b"), "Essays", 3
    )


def test_without_front_matter_title_slug_and_language_are_found() -> None:
    assert sound({}, "\n# **On** `Taste` #\n\nText.\n") == Post("file-name", "On Taste", "file-name", "en", "Text.\n")
    chinese = sound({}, "## 检索｜重排\n\n这里是正文，讲检索。\n")
    assert (chinese.title, chinese.language) == ("检索｜重排", "zh") and chinese.body.startswith("## 检索")
    assert sound({}, "Only text.").title == "file-name"


def test_a_heading_in_code_is_no_title() -> None:
    assert sound({}, "```\n# no\n```\n\n# yes\n\nx").title == "yes"


def test_the_heading_that_repeats_the_title_leaves_the_text() -> None:
    assert sound({"title": "On Taste"}, "# On taste\n\nText.").body == "Text.\n"
    assert sound({"title": "Other"}, "# On taste\n\nText.").body == "# On taste\n\nText.\n"
    assert sound({"title": "On taste"}, "Text.\n\n# On taste\n").body == "Text.\n\n# On taste\n"


@pytest.mark.parametrize(("given_", "day"), [
    ("2026-06-20", 20), ("2026-06-20 07:02", 20), ("2026-06-20T07:02:00+08:00", 20), ("Jun 20, 2026 07:02", 20), ("June 20, 2026", 20),
    ("2026年6月20日", 20), ("2026/06/20", 20),
])  # fmt: skip
def test_dates(given_: str, day: int) -> None:
    assert sound({"date": given_}).date == date(2026, 6, day)


@pytest.mark.parametrize(("key", "value", "message"), [
    ("date", "yesterday", "'yesterday' is no day such as 2026-06-20"), ("date", "2026-02-30", "'2026-02-30' is no day such as 2026-06-20"),
    ("date", ["x"], "must be text"), ("title", {"a": 1}, "must be text"), ("summary", True, "must be text"), ("tags", {"a": 1}, "must be a list of words"),
    ("tags", [["a"]], "must be a list of words"), ("language", "fr", "'fr' is not known; en and zh are"),
    ("pinned", "high", "must be true or a whole number, higher first"), ("sumary", "x", f"is not used; known: {', '.join(KEYS)}"),
])  # fmt: skip
def test_what_cannot_be_used_is_named_with_its_line_and_the_post_stays(key: str, value: Any, message: str) -> None:
    post, problems = made({key: value})
    assert post is not None and problems == [(LINES[key], key, message)]
    assert post.language == "en" and post.date is None and post.pinned == 0 and post.tags == ()


@pytest.mark.parametrize(("values", "why"), [
    ({"password": "x"}, "it has a password"), ({"password": 0}, "it has a password"), ({"draft": True}, "it is a draft"), ({"draft": "yes"}, "it is a draft"),
    ({"published": False}, "it is a draft"), ({"status": "Draft"}, "its status is 'draft', not published"),
    ({"status": "Invisible"}, "its status is 'invisible', not published"), ({"type": "Menu"}, "its type is 'menu', not post"),
])  # fmt: skip
def test_drafts_and_pages_with_a_password_are_no_posts(values: Mapping[str, Any], why: str) -> None:
    assert made(values) == (None, [(0, "", f"{why}: not published")])


def test_a_file_without_text_is_no_post() -> None:
    assert made({"title": "x"}, " \n\n") == (None, [(0, "", "there is no text: not published")])


def test_the_ten_properties_of_notion_are_understood() -> None:
    values = {"type": "Post", "status": "Published", "date": "Jun 20, 2026 07:02", "slug": "taste", "summary": "Why.", "tags": "思考, AI，工具",
              "category": "随笔", "icon": "📚", "password": "", "priority": "2"}  # fmt: skip
    post = sound(values)
    assert (post.tags, post.pinned, post.category) == (("思考", "AI", "工具"), 2, "随笔")
    assert (
        sound({"priority": "-1"}).pinned == 0
        and sound({"pinned": True}).pinned == 1
        and sound({"pinned": False}).pinned == 0
    )
    assert sound({"lang": "zh-Hans"}).language == "zh"


# ------------------------------------------------------------- front matter
def test_front_matter_ends_at_its_second_fence() -> None:
    assert parted("---\na: 1\n---\nText\n---\n") == ("a: 1\n", "Text\n---\n")
    assert parted("---\n---\nText") == ("", "Text")
    assert parted("---\na: 1\n...\nText") == ("a: 1\n", "Text")
    for text in ("---\nno end", "Text\n---\na\n---\n", "----\na\n----\n", ""):
        assert parted(text) == (None, text)


TABLE = "# On Taste\n\n| Property | Value |\n| --- | --- |\n| **type** | Post |\n| tags | a, b\\|c |\n| password | |\n\nText.\n"
EXPORT = "# On Taste\n\ntype: Post\nstatus: Published\nslug: taste\npassword:\n\nText: more.\nstatus: later\n"


def test_properties_as_a_table_and_as_lines() -> None:
    values, lines, body = properties(TABLE)
    assert values == {"type": "Post", "tags": "a, b|c", "password": ""} and lines == {
        "type": 5,
        "tags": 6,
        "password": 7,
    }
    assert body == "# On Taste\n\n\nText.\n"
    values, lines, body = properties(EXPORT)
    assert values == {"type": "Post", "status": "Published", "slug": "taste", "password": ""} and lines["slug"] == 5
    assert body == "# On Taste\n\n\nText: more.\nstatus: later\n"


@pytest.mark.parametrize(
    "text",
    [
        "date: one property is a sentence\n\nText",
        "| a | b |\n|---|---|\n| c | d |\n",
        "Text\ntype: Post\nstatus: x\n",
        "",
    ],
)
def test_other_texts_have_no_properties(text: str) -> None:
    assert properties(text) == ({}, {}, text)


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from([*KEYS, "type", "status", "password", "priority", "x"]), VALUES),
    st.text(max_size=60),
)
def test_any_values_make_a_post_or_say_why_not(values: dict[str, Any], body: str) -> None:
    post, problems = made(values, body)
    assert post is not None or problems
    if post:
        assert post.title and post.language in ("en", "zh") and post.body.strip() and "\n" not in post.title + post.slug
