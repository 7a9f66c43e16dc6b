"""A folder that changes as a whole: what is written, what is kept, and what a kill leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from digester.domain.errors import DigesterError, Locked, UsageError
from digester.ports import Leaf
from digester.tree import Tree


def leaves(files: Mapping[str, str], key: str = "") -> list[Leaf]:
    return [Leaf(path, key or text, text.encode) for path, text in files.items()]


def seen(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


def generations(tree: Tree) -> list[str]:
    return sorted(p.name for p in tree.private.iterdir() if p.is_dir())


def test_the_folder_holds_the_leaves(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    done = tree.write(leaves({"index.html": "home", "a/b.html": "deep"}))
    assert seen(tree.public) == {"index.html": "home", "a/b.html": "deep"}
    assert done.written == ("a/b.html", "index.html") and done.files == 2


def test_nothing_changed_writes_nothing(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    tree.write(leaves({"index.html": "home"}))
    before = {p: p.lstat().st_mtime_ns for p in tmp_path.rglob("*")}

    def never() -> bytes:
        raise AssertionError("rendered again")

    done = tree.write([Leaf("index.html", "home", never)])
    assert done.written == () and done.files == 1
    assert {p: p.lstat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def test_only_what_changed_is_rendered_and_what_is_gone_goes(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    tree.write(leaves({"same": "1", "other": "2", "gone": "3"}))
    same = (tree.public / "same").stat().st_ino
    done = tree.write(leaves({"same": "1", "other": "two"}))
    assert done.written == ("other",) and done.removed == ("gone",)
    assert seen(tree.public) == {"same": "1", "other": "two"}
    assert (tree.public / "same").stat().st_ino == same


def test_a_file_that_was_damaged_is_written_again(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    tree.write(leaves({"index.html": "home", "x": "y"}))
    (tree.public / "index.html").unlink()
    (tree.public / "x").write_text("longer than it was")
    assert tree.write(leaves({"index.html": "home", "x": "y"})).written == ("index.html", "x")
    assert seen(tree.public) == {"index.html": "home", "x": "y"}


def test_the_generation_before_stays_for_its_readers_and_no_other(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    for text in "abcd":
        tree.write(leaves({"index.html": text}))
    assert generations(tree) == ["g-00000003", "g-00000004"] and seen(tree.public) == {"index.html": "d"}


def test_the_next_folder_is_made_out_of_the_one_before_and_leaves_the_current_one_alone(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    for texts in ("11", "21", "32"):  # the second file is one in the first two generations
        tree.write(leaves({"a/first": texts[0], "second": texts[1], "same": "same"}))
    assert generations(tree) == ["g-00000002", "g-00000003"]
    assert seen(tree.private / "g-00000002") == {"a/first": "2", "second": "1", "same": "same"}
    assert seen(tree.public) == {"a/first": "3", "second": "2", "same": "same"}
    assert len({(folder / "same").stat().st_ino for folder in tree.private.glob("g-*[0-9]") if folder.is_dir()}) == 1


def test_r18_nothing_that_was_changed_in_the_generation_before_comes_back(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "c").write_text("mine")
    tree = Tree(tmp_path / "site")
    pages = {"a/b": "1", "folder/c": "2", "linked": "3", "file": "4", "gone/d": "5"}
    for text in "12":
        tree.write(leaves(pages | {"index.html": text}))
    before = tree.private / "g-00000001"
    for path in ("a/b", "folder/c", "linked", "file"):
        (before / path).unlink()
    (before / "a" / "b").write_text("!")  # of the same size
    (before / "folder").rmdir()
    (before / "folder").symlink_to(tmp_path / "elsewhere")
    (before / "linked").symlink_to(tmp_path / "elsewhere" / "c")
    (before / "file").mkdir()
    (before / "file" / "new").write_text("!")
    (before / "new" / "deep").mkdir(parents=True)
    del pages["gone/d"]
    tree.write(leaves(pages | {"index.html": "3"}))
    assert seen(tree.public) == pages | {"index.html": "3"} and not (tree.public / "linked").is_symlink()
    assert {p.name for p in tree.public.rglob("*") if p.is_dir()} == {"a", "folder"}
    assert seen(tmp_path / "elsewhere") == {"c": "mine"}


def test_r18_foreign_files_and_links_are_carried_over(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key").write_text("s")
    tree = Tree(tmp_path / "site")
    tree.write(leaves({"index.html": "1"}))
    (tree.public / "CNAME").write_text("digest.example")
    (tree.public / ".git").mkdir()
    (tree.public / ".git" / "HEAD").write_text("ref")
    (tree.public / "out").symlink_to(secret)
    (tree.public / "nowhere").symlink_to("missing")
    for text in "234":
        tree.write(leaves({"index.html": text, "a/b": text}))
    assert (tree.public / "CNAME").read_text() == "digest.example" and (
        tree.public / ".git" / "HEAD"
    ).read_text() == "ref"
    assert (tree.public / "out").readlink() == secret and (tree.public / "nowhere").readlink() == Path("missing")
    assert seen(secret) == {"key": "s"}


def test_r18_a_link_where_a_folder_must_be_is_neither_followed_nor_deleted(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    tree = Tree(tmp_path / "site")
    tree.write(leaves({"index.html": "1"}))
    (tree.public / "article").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="not of digester's making"):
        tree.write(leaves({"index.html": "2", "article/x.html": "x"}))
    assert seen(tmp_path / "elsewhere") == {} and (tree.public / "article").is_symlink()
    assert (tree.public / "index.html").read_text() == "1"


def test_r18_a_file_of_someone_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("mine")
    with pytest.raises(UsageError, match="not of digester's making"):
        Tree(tmp_path / "site").write(leaves({"index.html": "1"}))
    assert seen(tmp_path / "site") == {"index.html": "mine"}


def test_r18_a_page_replaced_by_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("mine")
    tree = Tree(tmp_path / "site")
    tree.write(leaves({"index.html": "1"}))
    (tree.public / "index.html").unlink()
    (tree.public / "index.html").symlink_to(tmp_path / "target")
    with pytest.raises(UsageError):
        tree.write(leaves({"index.html": "2"}))
    assert (tmp_path / "target").read_text() == "mine"


def test_a_folder_that_was_there_is_taken_over_with_its_files(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "CNAME").write_text("digest.example")
    tree = Tree(tmp_path / "site")
    tree.write(leaves({"index.html": "1"}))
    assert tree.public.is_symlink() and seen(tree.public) == {"index.html": "1", "CNAME": "digest.example"}


def test_a_folder_moved_aside_by_a_killed_build_is_found_again(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    (tree.private / "g-00000000").mkdir(parents=True)
    (tree.private / "g-00000000" / "CNAME").write_text("digest.example")
    tree.write(leaves({"index.html": "1"}))
    assert seen(tree.public) == {"index.html": "1", "CNAME": "digest.example"}


def test_a_link_of_someone_else_at_the_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "site").symlink_to("mine")
    with pytest.raises(UsageError, match="link of yours"):
        Tree(tmp_path / "site").write(leaves({"index.html": "1"}))
    assert seen(tmp_path / "mine") == {}


def test_two_builds_at_once_are_told_apart(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")

    def other() -> bytes:
        with pytest.raises(Locked):
            tree.write(leaves({"index.html": "2"}))
        return b"1"

    tree.write([Leaf("index.html", "1", other)])
    assert seen(tree.public) == {"index.html": "1"}


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "", ".", "./", "a\\b", "a\0b"])
def test_a_path_that_leads_out_is_a_programming_error(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="wants to write"):
        Tree(tmp_path / "site").write([Leaf(path, "k", lambda: b"")])


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DigesterError, match="cannot write"):
        Tree(tmp_path / "file" / "site").write(leaves({"index.html": "1"}))


def test_files_made_of_the_others_are_made_when_these_change(tmp_path: Path) -> None:
    tree, calls = Tree(tmp_path / "site"), list[str]()

    def further(folder: Path) -> dict[str, bytes]:
        calls.append((folder / "a").read_text())
        return {"index/all": (folder / "a").read_bytes() + b"!"}

    for text in ("1", "1", "2"):
        tree.write(leaves({"a": text}), further)
    assert calls == ["1", "2"] and seen(tree.public) == {"a": "2", "index/all": "2!"}
    (tree.public / "index" / "all").unlink()
    assert tree.write(leaves({"a": "2"}), further).files == 2 and seen(tree.public) == {"a": "2", "index/all": "2!"}
    assert tree.write(leaves({"a": "2"})).removed == ("index/all",) and seen(tree.public) == {"a": "2"}


def test_when_files_cannot_be_made_of_the_others_the_old_folder_stays(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    tree.write(leaves({"a": "1"}))

    def further(folder: Path) -> dict[str, bytes]:
        raise DigesterError("it failed")

    with pytest.raises(DigesterError, match="it failed"):
        tree.write(leaves({"a": "2"}), further)
    assert seen(tree.public) == {"a": "1"}


KILLED = """
import os, signal, sys
from pathlib import Path
from digester.ports import Leaf
from digester.tree import Tree

left = int(sys.argv[2])
def stop(frame, event, argument):
    global left
    if event in ("call", "c_call", "return", "c_return"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
tree = Tree(Path(sys.argv[1]))
leaves = [Leaf(f"a/{n}.html", "new", lambda: b"new") for n in range(3)] + [Leaf("same", "same", lambda: b"same")]
sys.setprofile(stop)
tree.write(leaves)
sys.setprofile(None)
"""


@pytest.mark.slow
def test_r17_a_kill_at_any_moment_leaves_the_old_folder_or_the_new_one(tmp_path: Path) -> None:
    old = {"a/0.html": "old", "a/1.html": "old", "gone": "old", "same": "same"}
    new = {"a/0.html": "new", "a/1.html": "new", "a/2.html": "new", "same": "same"}
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    older = {"a/0.html": "older", "a/1.html": "old", "b/c.html": "older", "same": "same"}
    found, step, moment = set(), 149, 1
    for round_ in range(200):
        tree = Tree(tmp_path / str(round_) / "site")
        for files in (older, old):  # so that there is a generation before
            tree.write(leaves(files))
        (tree.public / "CNAME").write_text("digest.example")
        done = subprocess.run([sys.executable, "-c", KILLED, str(tree.public), str(moment)], env=env, check=False)
        state = seen(tree.public)
        assert state.pop("CNAME") == "digest.example"
        assert state in (old, new), moment
        found.add("old" if state == old else "new")
        tree.write(leaves(new))
        assert {k: v for k, v in seen(tree.public).items() if k != "CNAME"} == new
        assert len(generations(tree)) <= 2
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        moment += step
    assert done.returncode == 0 and "old" in found and round_ > 5


def test_the_first_build_leaves_a_second_folder_out_of_which_the_next_is_made(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    tree.write(leaves({"index.html": "1", "a/b.html": "2"}))
    spare = tree.private / "g-spare"
    assert all((spare / name).samefile(tree.public / name) for name in ("index.html", "a/b.html"))
    tree.write(leaves({"index.html": "3", "a/b.html": "2"}))
    assert not spare.exists() and seen(tree.public) == {"index.html": "3", "a/b.html": "2"}
    tree.write(leaves({"index.html": "4"}))
    assert not spare.exists() and seen(tree.public) == {"index.html": "4"}


def test_on_a_disk_without_hard_links_there_is_no_second_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refused)
    tree = Tree(tmp_path / "site")
    tree.write(leaves({"index.html": "1"}))
    assert not (tree.private / "g-spare").exists()
    tree.write(leaves({"index.html": "1", "a.html": "2"}))
    assert seen(tree.public) == {"index.html": "1", "a.html": "2"}
