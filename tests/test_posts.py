"""The posts folder: what is in it, what is wrong with it, and that what is written reads back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digester.domain.errors import DigesterError
from digester.domain.posts import Post, post_of
from digester.posts import load_posts, parsed, read_post, save, written

POST = Post(
    "taste",
    'On "Taste": 品味',
    "taste",
    "zh",
    "正文 $x$。\n\n\t- a\n",
    date(2026, 6, 20),
    "为什么。",
    ("思考", "AI"),
    "随笔",
    2,
)


def files(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def test_posts_come_in_the_order_of_their_names_and_problems_name_file_and_line(tmp_path: Path) -> None:
    files(
        tmp_path,
        b="---\ntitle: Second\ndate: soon\nsumary: x\n---\nText.",
        a="# First\n\nText.",
        c="---\ntitle: [\n---\nText.",
        d="---\ntitle: Draft\ndraft: true\n---\nText.",
        e="---\n- a\n---\nText.",
    )
    (tmp_path / "note.txt").write_text("no post")
    (tmp_path / "f.md").write_bytes(b"\xff\xfe\x00")
    posts, problems = load_posts(tmp_path)
    assert [(p.name, p.title) for p in posts] == [("a", "First"), ("b", "Second")]
    assert [str(p) for p in problems] == [
        "line 3: b.md, date: 'soon' is no day such as 2026-06-20",
        "line 4: b.md, sumary: is not used; known: title, date, slug, summary, tags, category, language, pinned",
        *(str(p) for p in problems if p.where == "c.md"),
        "d.md: it is a draft: not published",
        "line 1: e.md: the front matter holds no keys",
        "f.md: not UTF-8 at byte 0",
    ]
    assert [p.line for p in problems if p.where == "c.md"] == [3]


def test_no_folder_is_no_posts(tmp_path: Path) -> None:
    assert load_posts(tmp_path / "posts") == ((), ())


def test_a_post_that_is_written_reads_back_as_itself(tmp_path: Path) -> None:
    for post in (POST, Post("bare", "bare", "bare", "en", "Text.\n")):
        path = save(tmp_path / "posts", post)
        assert read_post(path) == (post, ())
    assert sorted(p.name for p in (tmp_path / "posts").iterdir()) == ["bare.md", "taste.md"]


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=60))
def test_any_title_and_text_read_back(title: str, body: str) -> None:
    post, _ = post_of("x", {"title": title, "tags": [title], "summary": body}, lambda key: 0, f"Text.\n\n{body}")
    assert post is not None and parsed("x", written(post)) == (post, ())


def test_windows_line_ends_and_a_byte_order_mark_are_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\n\r\nText.\r\n")
    post, problems = read_post(tmp_path / "a.md")
    assert (post, problems) == (Post("a", "A", "a", "en", "Text.\n"), ())


def test_the_id_that_notion_puts_behind_a_name_is_no_part_of_it(tmp_path: Path) -> None:
    path = (
        files(tmp_path, **{"On Taste 0123456789abcdef0123456789abcdef": "Text."})
        / "On Taste 0123456789abcdef0123456789abcdef.md"
    )
    post, _ = read_post(path)
    assert post is not None and post.name == post.slug == "On-Taste"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "posts").write_text("a file")
    with pytest.raises(DigesterError, match="cannot write"):
        save(tmp_path / "posts", POST)
