"""`digester note`: every way to name a paper, what is fetched, what is refused, and pages that people edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.servers import newsroom
from tests.servers.newsroom import Desk, Web, world

from digester.outputs.note_collection import END

WORK, ID = "arxiv:2606.90011", "2606.90011"
ISSUE = "rec-weekly/2026-W25"


def files(desk: Desk) -> Mapping[str, bytes]:
    folder = desk.home / "notes"
    return {f.name: f.read_bytes() for f in sorted(folder.iterdir())} if folder.is_dir() else {}


def cleared(desk: Desk) -> Desk:
    for file in (desk.home / "notes").iterdir():
        file.unlink()
    return desk


def bent(desk: Desk, **changes: Any) -> Web:
    """A web in which the paper is another."""
    papers = tuple(replace(p, **changes) if p.id == ID else p for p in world().papers)
    return Web(replace(world(), papers=papers))


# --------------------------------------------------------------------- names
@pytest.mark.parametrize("name", [
    ID, f"{ID}v1", f"arXiv:{ID}", WORK, f"https://arxiv.org/abs/{ID}v1", f"http://www.arxiv.org/pdf/{ID}", f"https://arxiv.org/html/{ID}v1",
])  # fmt: skip
def test_a_stored_paper_is_known_by_every_name_and_asks_nobody(name: str, made: Desk, web: Web) -> None:
    before, asked = files(made), len(web.log)
    done = cleared(made)("note", name)
    assert done.code == 0, done.said
    assert files(made) == {f: b for f, b in before.items() if f.startswith(ID)}
    assert len(web.log) == asked


def test_an_item_and_a_post_that_points_to_a_paper_name_it(made: Desk) -> None:
    with made.store() as store:
        items = store.items_about([WORK])
    for item in items:
        done = cleared(made)("note", item.id, "--language", "en")
        assert done.code == 0, done.said
        assert set(files(made)) == {f"{ID}.en.html", f"{ID}.en.md"}


def test_an_issue_names_every_paper_that_it_rated_five(made: Desk) -> None:
    before = files(made)
    assert cleared(made)("note", ISSUE).code == 0
    assert files(made) == before


def test_a_paper_named_twice_is_told_once(made: Desk) -> None:
    assert len(made.json("note", ID, WORK, "--language", "zh")["notes"]) == 1


def test_a_note_that_is_there_is_not_counted_as_new(made: Desk) -> None:
    (step,) = [s for s in made.json("note", ID)["steps"] if s["step"] == "notes"]
    assert (step["seen"], step["done"], step["skipped"]) == (2, 0, 2)


def test_json_names_notes_files_and_steps(made: Desk) -> None:
    data = made.json("note", ID, "--language", "en")
    (told,) = data["notes"]
    assert (told["work"], told["language"], told["level"]) == (WORK, "en", "full_text")
    assert told["method"] >= 3 and told["results"] >= 1
    assert [Path(f).name for f in data["files"]] == [f"{ID}.en.md", f"{ID}.en.html"] and data["refused"] == []
    assert [s["step"] for s in data["steps"]] == ["enrich", "assess", "notes"]


# ------------------------------------------------------------------- fetching
@pytest.mark.slow
def test_a_paper_that_is_not_stored_is_fetched_with_its_text_and_then_is(empty: Desk, web: Web) -> None:
    before = len(web.log)
    done = empty("note", ID)
    assert done.code == 0, done.said
    asked = [url for url, _ in web.log[before:] if "robots.txt" not in url]
    assert len(asked) == 2 and "id_list=2606.90011" in asked[0] and asked[1].endswith(f"/html/{ID}v1")
    assert set(files(empty)) == {f"{ID}.{language}.{end}" for language in ("en", "zh") for end in ("html", "md")}
    with empty.store() as store:
        (item,) = store.items_about([WORK])
        assert (item.source_id, item.entry.announced_at) == ("arxiv", None)
        assert store.fetch_states()["arxiv"].succeeded_at is None
    assert empty("note", ID).code == 0
    assert len(web.log) == before + len(asked) + len([u for u, _ in web.log[before:] if "robots.txt" in u])


def test_an_id_that_arxiv_does_not_know_is_exit_4(empty: Desk) -> None:
    done = empty("note", "2606.99999")
    assert done.code == 4 and "knows no paper 2606.99999" in done.err and files(empty) == {}


def test_an_issue_without_papers_is_exit_4(made: Desk) -> None:
    done = made("note", "ai-daily/2026-06-20")
    assert done.code == 4 and "has no stored paper rated 5" in done.err


@pytest.mark.parametrize("name", ["nonsense", "https://blog.example/post", "doi:10.1000/none", "rec-weekly/2025-W01"])
def test_what_is_no_paper_is_exit_4_and_says_what_to_name(name: str, empty: Desk) -> None:
    done = empty("note", name)
    assert done.code == 4 and "hint:" in done.err


def test_an_article_is_no_paper(made: Desk) -> None:
    with made.store() as store:
        (name,) = [p.lead_item_id for p in made.issue("ai-daily", "2026-06-20").picks() if p.kind == "article"][:1]
        assert store.item(name) is not None
    assert made("note", name).code == 4


def test_offline_is_exit_1_and_says_what_needs_the_network(empty: Desk, web: Web) -> None:
    empty.change(web.base, "http://127.0.0.1:9")
    done = empty("note", ID)
    assert done.code == 1 and "is not stored" in done.err and "later tries again" in done.err


@pytest.mark.slow
def test_without_its_whole_text_a_note_is_written_from_the_abstract_and_says_so(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with bent(desk, html=None) as web:
        newsroom.serve(desk, web)
        web.special["https://arxiv.example/pdf/*"] = newsroom.Reply(404, "text/plain", b"", None)
        done = desk("note", ID, "--language", "en")
        assert done.code == 0, done.said
    assert "the full text was not read" in files(desk)[f"{ID}.en.md"].decode()


# -------------------------------------------------------------------- refusal
@pytest.mark.slow
def test_a_stub_is_refused_with_the_reason_and_no_file_is_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with bent(desk, html=None, abstract="We think about ranking.") as web:
        newsroom.serve(desk, web)
        done = desk("note", ID, "--topic", "推荐")
        assert done.code == 6 and f"no note of {WORK}: its text tells" in done.err, done.said
        assert files(desk) == {}
        both = desk("note", ID, "2606.90012", "--language", "en")
        assert both.code == 3 and f"no note of {WORK}" in both.out
    assert set(files(desk)) == {"2606.90012.en.html", "2606.90012.en.md"}


@pytest.mark.parametrize("words", [
    ("--collection", "x.md"), ("--collection", "x.md", "--language", "en"), ("--topic", "///"), ("--topic", ID), ("--language", "fr"),
])  # fmt: skip
def test_options_that_do_not_go_together_are_exit_2_before_anything_is_done(
    words: tuple[str, ...], empty: Desk
) -> None:
    assert empty("note", ID, *words).code == 2
    assert files(empty) == {}


def test_there_is_no_dry_run(empty: Desk) -> None:
    assert newsroom.digester(*empty.words, "--dry-run", "note", ID).code == 2


# ---------------------------------------------------------------- collections
def test_notes_stand_on_the_page_of_their_topic_in_each_language(made: Desk) -> None:
    done = made("note", ID, "2606.90012", "--topic", "RL｜SFT ｜On-Policy")
    assert done.code == 0, done.said
    for language, word in (("en", "🐍 Method"), ("zh", "🐍训练方法")):
        page = files(made)[f"RL-SFT-On-Policy.{language}.md"].decode()
        assert page.startswith("## RL｜SFT ｜On-Policy\n") and page.count("## ") == 1
        assert page.count(word) == 2 and page.count(END) == 2
        assert page.index("(https://arxiv.example/pdf/2606.90011v1)") < page.index(
            "(https://arxiv.example/pdf/2606.90012v1)"
        )


def test_what_a_person_wrote_is_kept_and_the_note_is_replaced_in_place(made: Desk) -> None:
    page = made.home / "mine.md"
    page.write_text("# 读书笔记\n\n## 推荐\n\n我的看法\n\n## 其他\n\n末尾\n", "utf-8")
    words = ("note", ID, "--topic", "推荐", "--language", "zh", "--collection", str(page))
    assert made(*words).code == 0
    first = page.read_text("utf-8")
    assert first.startswith("# 读书笔记\n\n## 推荐\n\n我的看法\n\n<!-- note arxiv:2606.90011 -->\n")
    assert first.endswith(f"{END}\n\n## 其他\n\n末尾\n")
    page.write_text(first.replace("🐍训练方法", "wrong").replace("我的看法", "我现在的看法"), "utf-8")
    assert made(*words).code == 0
    assert page.read_text("utf-8") == first.replace("我的看法", "我现在的看法")


@pytest.mark.parametrize("spoil", [
    lambda page: page.replace(END.encode(), b""), lambda page: b"\xff" + page, lambda page: page + END.encode(),
])  # fmt: skip
def test_a_page_that_cannot_be_read_is_left_alone_and_named(spoil: Callable[[bytes], bytes], made: Desk) -> None:
    words = ("note", ID, "--topic", "Ads", "--language", "en")
    assert made(*words).code == 0
    page = made.home / "notes/Ads.en.md"
    page.write_bytes(spoil(page.read_bytes()))
    before = page.read_bytes()
    done = made(*words)
    assert done.code == 1 and "Ads.en.md" in done.err and "hint:" in done.err
    assert page.read_bytes() == before
