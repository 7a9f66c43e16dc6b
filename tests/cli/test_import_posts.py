"""`import posts`: each file is reported, nothing is overwritten, what must not be public stays out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.servers.newsroom import Desk

from digester.posts import load_posts

NOTION = """# On Taste

type: Post
status: Published
date: Jun 20, 2026 07:02
slug: rec-taste
summary: 为什么要有品味。
tags: 思考, 推荐系统
category: 随笔
icon:
password:
priority: 1

正文的第一段。
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path / "home")
    made.home.mkdir()
    made.write("sources:\n- {id: one, kind: hacker_news, queries: [LLM]}\n")
    return made


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    (folder / "sub").mkdir(parents=True)
    (folder / "On Taste 0123456789abcdef0123456789abcdef.md").write_text(NOTION, "utf-8")
    (folder / "sub" / "notes.md").write_text("# Notes\n\nText.\n", "utf-8")
    return folder


def test_files_and_folders_are_imported_and_read_as_posts(desk: Desk, given: Path) -> None:
    done = desk("import", "posts", str(given))
    assert done.code == 0, done.said
    assert "imported as posts/On-Taste.md" in done.out and "imported as posts/notes.md" in done.out
    (taste, notes), problems = load_posts(desk.home / "posts")
    assert not problems and (notes.title, notes.body) == ("Notes", "Text.\n")
    assert (taste.title, taste.slug, taste.language, taste.tags) == (
        "On Taste",
        "rec-taste",
        "zh",
        ("思考", "推荐系统"),
    )
    assert (str(taste.date), taste.category, taste.pinned, taste.body) == ("2026-06-20", "随笔", 1, "正文的第一段。\n")


def test_nothing_is_overwritten_without_force(desk: Desk, given: Path) -> None:
    desk("import", "posts", str(given))
    mine = desk.home / "posts/notes.md"
    mine.write_text("# Mine\n\nChanged.\n", "utf-8")
    again = desk("import", "posts", str(given))
    assert again.code == 1 and "posts/notes.md exists already (--force overwrites it)" in again.out
    assert mine.read_text("utf-8") == "# Mine\n\nChanged.\n"
    assert desk("import", "posts", str(given), "--force").code == 0
    assert "Text." in mine.read_text("utf-8")


def test_r18_a_link_in_the_posts_folder_is_replaced_not_followed(desk: Desk, given: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("mine")
    (desk.home / "posts").mkdir()
    (desk.home / "posts/notes.md").symlink_to(outside)
    assert desk("import", "posts", str(given / "sub")).code == 1
    assert desk("import", "posts", str(given / "sub"), "--force").code == 0
    assert outside.read_text() == "mine" and not (desk.home / "posts/notes.md").is_symlink()


@pytest.mark.parametrize(("old", "new", "why"), [
    ("password:", "password: secret", "it has a password"), ("Published", "Draft", "its status is 'draft', not published"),
    ("type: Post", "type: Menu", "its type is 'menu', not post"),
])  # fmt: skip
def test_drafts_and_pages_with_a_password_are_refused_and_the_rest_comes(
    desk: Desk, given: Path, old: str, new: str, why: str
) -> None:
    (given / "taste.md").write_text(NOTION.replace(old, new), "utf-8")
    done = desk("import", "posts", str(given))
    assert done.code == 3 and why in done.out and "secret" not in done.said
    assert sorted(p.name for p in (desk.home / "posts").iterdir()) == ["On-Taste.md", "notes.md"]


def test_two_files_of_one_name_are_not_merged(desk: Desk, given: Path) -> None:
    (given / "notes.md").write_text("# Other\n\nOther.\n", "utf-8")
    done = desk("import", "posts", str(given), "--force")
    assert done.code == 3 and "another file of this import is posts/notes.md; rename one" in done.out


def test_a_dry_run_writes_nothing(desk: Desk, given: Path) -> None:
    done = desk("--dry-run", "import", "posts", str(given))
    assert done.code == 0 and "would be imported as posts/notes.md" in done.out
    assert not (desk.home / "posts").exists()


def test_problems_stand_below_their_file_also_as_json(desk: Desk, given: Path) -> None:
    (given / "sub/notes.md").write_text("---\ntitle: Notes\ndate: soon\n---\nText.\n", "utf-8")
    (row,) = desk.json("import", "posts", str(given / "sub"))
    assert row["outcome"] == "imported" and row["notes"] == ["line 3: date: 'soon' is no day such as 2026-06-20"]


def test_what_is_no_file_is_said(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    empty = desk("import", "posts", str(tmp_path / "none"))
    assert empty.code == 4 and "no Markdown file" in empty.err
    missing = desk("import", "posts", str(tmp_path / "nowhere.md"))
    assert missing.code == 1 and "there is no such file" in missing.out
