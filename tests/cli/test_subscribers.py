"""`subscribers ...`: what each says, its exit code, and who is on the list after. M03, M16 and I12 of the list of faults."""

from __future__ import annotations

import fcntl
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.domain.bounce_samples import dsn
from tests.outputs.issue_samples import weekly
from tests.servers.newsroom import Desk, environment

from digester import delivery
from digester.channels._tokens import person_id
from digester.cli import subscribers  # noqa: F401 - importing registers the commands
from digester.domain.delivery import Delivery

TABLE = "email,languages\nana@mail.example,en\nno address,en\nli@mail.example,zh;en\nANA+x@mail.example,\nleft@mail.example\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path / "home")
    made.home.mkdir()
    made.write("sources:\n- {id: one, kind: hacker_news, queries: [LLM]}\nrecipients:\n- rob@mail.example\n")
    return made


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "people.csv"
    path.write_text(TABLE, "utf-8")
    return str(path)


@contextmanager
def locked(desk: Desk) -> Iterator[None]:
    """As a run holds the workspace."""
    with (desk.home / "digester.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def people(desk: Desk) -> list[tuple[str, str, str]]:
    return [
        (r["address"], " ".join(r["languages"]), r["why"] or r["standing"]) for r in desk.json("subscribers", "list")
    ]


# -------------------------------------------------------------------------- on
def test_I12_an_import_says_in_figures_what_it_did_and_names_each_line_refused(desk: Desk, file: str) -> None:
    assert desk("subscribers", "suppress", "left@mail.example").code == 0
    done = desk("subscribers", "import", file, "--lang", "zh")
    assert done.code == 3
    assert done.out.splitlines() == [
        "imported 2, known 1, left before 1, refused 1",
        "line 3: 'no address' has no @",
        "left before: left@mail.example",
    ]
    assert people(desk) == [
        ("ana@mail.example", "en", "active"), ("left@mail.example", "", "by hand"), ("li@mail.example", "zh en", "active")
    ]  # fmt: skip
    again = desk.json("subscribers", "import", file)
    assert again == {
        "imported": 0, "known": 3, "left_before": ["left@mail.example"],
        "refused": [{"line": 3, "text": "no address", "reason": "has no @"}],
    }  # fmt: skip


def test_an_import_without_a_bad_line_ends_with_0(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("ana@mail.example\n")
    done = desk("subscribers", "import", str(tmp_path / "one.csv"), "--lang", "zh", "--lang", "en")
    assert (done.code, done.out) == (0, "imported 1, known 0, left before 0, refused 0\n")
    assert people(desk) == [("ana@mail.example", "zh en", "active")]


def test_standard_input_is_read_as_a_file(desk: Desk) -> None:
    words = [sys.executable, "-c", "from digester.cli import main, subscribers; main()", *desk.words]
    done = subprocess.run([*words, "subscribers", "import", "-"], input=TABLE.encode(), env=environment(), capture_output=True, timeout=60, check=False)  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()[0]) == (3, b"imported 3, known 1, left before 0, refused 1")


def test_M20_a_dry_import_says_the_same_and_writes_nothing(desk: Desk, file: str) -> None:
    done = desk("--dry-run", "subscribers", "import", file)
    assert (done.code, done.out.splitlines()[0]) == (3, "would import 3, known 1, left before 0, refused 1")
    assert not (desk.home / "digester.db").exists()
    assert people(desk) == []


def test_many_refused_lines_are_cut_for_people_and_whole_for_programs(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("email\n" + "bad\n" * 50)
    done = desk("subscribers", "import", str(tmp_path / "bad.csv"))
    assert (len(done.out.splitlines()), done.out.splitlines()[-1]) == (22, "and 30 more; --json has them")
    assert len(desk.json("subscribers", "import", str(tmp_path / "bad.csv"))["refused"]) == 50


def test_hostile_cells_move_no_terminal(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("email\n\x1b[31mred,\u202e\n")
    assert "\x1b" not in desk("subscribers", "import", str(tmp_path / "bad.csv")).out


def test_M03_add_takes_one_valid_address(desk: Desk) -> None:
    for text in ("Ana <ana@mail.example>", "ana@mail@x", "", "ana@mail.example\nBcc: b@mail.example"):
        done = desk("subscribers", "add", text)
        assert (done.code, done.out) == (2, ""), done.said
    assert desk("subscribers", "add", "ana@mail.example", "--lang", "fr").code == 2
    assert desk("subscribers", "add", "ana@B\u00fccher.example").out == "ana@xn--bcher-kva.example: added\n"


def test_add_takes_back_who_left(desk: Desk) -> None:
    outcomes = [
        desk.json("subscribers", *words)["outcome"]
        for words in (
            ("add", "ana@mail.example"), ("add", "ana@mail.example"), ("add", "ana@mail.example", "--lang", "zh"),
            ("suppress", "ana@mail.example", "--why", "asked by phone"), ("suppress", "Ana+2@mail.example"),
        )
    ]  # fmt: skip
    assert outcomes == ["added", "known", "changed", "suppressed", "suppressed before"]
    assert people(desk) == [("ana@mail.example", "zh", "asked by phone")]
    assert desk.json("subscribers", "add", "ana@mail.example")["outcome"] == "taken back"
    assert people(desk) == [("ana@mail.example", "zh", "active")]


# ------------------------------------------------------------------------- off
def test_erase_keeps_no_address_and_says_where_one_still_stands(desk: Desk, file: str) -> None:
    desk("subscribers", "import", file)
    assert desk("subscribers", "erase", "Ana@mail.example").out == "erased, and in 0 rows of the outbox\n"
    assert "sources.yaml" in desk("subscribers", "erase", "rob@mail.example").out
    listed = desk("subscribers", "list", "--suppressed").out
    assert "(erased)" in listed and "@" not in listed
    assert desk.json("subscribers", "import", file)["left_before"] == ["ana@mail.example", "ANA+x@mail.example"]


def test_leaving_waits_for_no_run_and_the_rest_does(desk: Desk, file: str) -> None:
    desk("subscribers", "add", "ana@mail.example")
    with locked(desk):
        assert desk("subscribers", "suppress", "ana@mail.example").code == 0
        for words in (("import", file), ("add", "bob@mail.example"), ("erase", "ana@mail.example"), ("bounces", file)):
            assert desk("subscribers", *words).code == 75
        assert desk("subscribers", "list").code == desk("subscribers", "export").code == 0
    assert people(desk) == [("ana@mail.example", "", "by hand")]


# ---------------------------------------------------------------------- lists
def test_an_export_is_CSV_that_import_reads(desk: Desk, file: str, tmp_path: Path) -> None:
    desk("subscribers", "import", file)
    desk("subscribers", "suppress", "li@mail.example")
    done, target = desk("subscribers", "export"), tmp_path / "out.csv"
    assert done.out.splitlines()[:2] == [
        "address,languages,standing,since,why", f"ana@mail.example,en,active,{desk.now},"
    ]  # fmt: skip
    assert desk("subscribers", "export", "--out", str(target)).code == 0
    assert target.read_bytes().decode("utf-8-sig") == done.out.replace("\n", "\r\n").replace("\r\r", "\r")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    other = Desk(tmp_path / "other")
    other.home.mkdir()
    other.write(desk.config.read_text())
    assert other.json("subscribers", "import", str(target))["left_before"] == ["li@mail.example"]
    assert people(other) == people(desk)


def test_an_exported_list_is_at_no_moment_in_a_file_that_others_can_read(desk: Desk, file: str, tmp_path: Path) -> None:
    """What a killed export left behind may be anybody's to read."""
    desk("subscribers", "import", file)
    left = tmp_path / ".people.csv.tmp"
    left.write_text("", "utf-8")
    os.link(left, tmp_path / "read")
    assert desk("subscribers", "export", "--out", str(tmp_path / "people.csv")).code == 0
    assert (tmp_path / "read").read_bytes() == b""


def test_an_empty_list_is_nobody(desk: Desk) -> None:
    assert desk("subscribers", "list").out == "nobody\n"
    assert desk.json("subscribers", "list") == desk.json("subscribers", "export") == []


# -------------------------------------------------------------------- bounces
def sent(desk: Desk, address: str) -> str:
    """The Message-ID of a weekly that was sent to an address."""
    with desk.store() as store:
        issue, key = weekly(), delivery.workspace_key(store)
        store.freeze(issue)
        id_ = f"<{person_id(key, f'{issue.id}|en|mail|{address}')}@digest.example>"
        now = desk.workspace().now
        store.queue([Delivery(issue.id, "en", "mail", address, 1, id_, "accepted", now, now)])
    return id_


def test_M16_bounces_are_read_from_messages_an_mbox_and_a_folder(desk: Desk, tmp_path: Path) -> None:
    box, folder = tmp_path / "box", tmp_path / "maildir" / "new"
    folder.mkdir(parents=True)
    mails = [
        dsn(to=a, message_id=sent(desk, a), end="\n")
        for a in ("ana@mail.example", "li@mail.example", "bo@mail.example")
    ]
    box.write_bytes(b"".join(b"From x Sat Jun 20\n" + m + b"\n" for m in (mails[0], b"Subject: hi\n\nhi\n")))
    (folder / "1.eml").write_bytes(mails[1])
    (folder / "2.eml").write_bytes(mails[2].replace(b"5.1.1", b"4.4.1").replace(b"failed", b"delayed"))
    (folder / "3.eml").write_bytes(dsn(to="rob@mail.example"))
    done = desk("subscribers", "bounces", str(box), str(folder.parent))
    assert done.code == 0, done.said
    assert done.out.splitlines() == [
        "read 5: 2 bounced, 1 delayed, 0 complained",
        "left alone: 1 about no message of ours, 1 no report",
        "mailed no more: ana@mail.example",
        "mailed no more: li@mail.example",
    ]
    assert {p[0]: p[2] for p in people(desk)} == {"ana@mail.example": "bounced", "li@mail.example": "bounced"}
    again = desk.json("subscribers", "bounces", str(box))
    assert (again["bounced"], again["left"]) == (1, [])


def test_a_file_that_is_not_there_is_named(desk: Desk) -> None:
    for words in (("import",), ("bounces",)):
        done = desk("subscribers", *words, "nowhere.csv")
        assert (done.code, "nowhere.csv" in done.err) == (4, True)
