"""`digester backup` and `restore`: what was sent, and who left, since the copy was made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.servers.newsroom import Desk

from digester.demo.mailbox import Mailbox

CHANNELS = """channels:
  mail: {kind: smtp, sender: "Digest <news@digest.example>"}
  drop: {kind: file, languages: [en]}
recipients: [ann@reader.example, {address: li@reader.example, languages: [zh]}]
"""
WEEKLY = ("rec-weekly", "--date", "2026-W25")


@pytest.fixture
def desk(made: Desk, box: Mailbox) -> Desk:
    """A workspace with two issues and two readers."""
    made.write(made.config.read_text("utf-8") + CHANNELS)
    made.env = {"SMTP_URL": box.url}
    return made


def test_M08_a_restored_backup_sends_nothing_until_a_person_says_so(desk: Desk, box: Mailbox, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert desk("backup", str(copy)).code == 0
    assert desk("send", *WEEKLY).code == 0
    seen = len(box.received)
    assert desk("restore", str(copy)).code == 0
    held = desk("send", *WEEKLY)
    assert (held.code, len(box.received)) == (6, seen)
    assert "--resolve" in held.err
    run = desk("run", *WEEKLY)
    assert run.code == 3 and "nothing is sent" in run.out
    assert desk("status", "--strict").code == 1
    assert desk("send", "--resolve", "sent").code == 0
    assert desk("run", *WEEKLY).code == 0
    assert len(box.received) == seen


def test_who_left_after_the_copy_was_made_stays_away_from_what_is_restored(desk: Desk, tmp_path: Path) -> None:
    for address in ("eve@reader.example", "bob@reader.example"):
        desk("subscribers", "add", address)
    copy = str(tmp_path / "copy.db")
    desk("backup", copy)
    desk("subscribers", "erase", "bob@reader.example")
    for address in ("eve@reader.example", "ann@reader.example"):
        desk("subscribers", "suppress", address)
    done = desk("restore", copy)
    assert (done.code, "3 people who left since the copy was made stay away" in done.out) == (0, True), done.said
    assert {p["address"] for p in desk.json("subscribers", "list", "--suppressed")} == {"ann@reader.example", "eve@reader.example", ""}  # fmt: skip
    assert desk.json("subscribers", "list") == desk.json("subscribers", "list", "--suppressed")


def test_a_broken_database_can_be_replaced(desk: Desk, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.db")
    desk("backup", copy)
    (desk.home / "demo.db").write_bytes(b"noise" * 5000)
    assert desk("status").code == 1
    done = desk("restore", copy)
    assert (done.code, "is on the list again" in done.out) == (0, True), done.said
    assert desk("status").code == 0


def test_M08_a_database_copied_back_by_hand_sends_nothing_either(desk: Desk, box: Mailbox, tmp_path: Path) -> None:
    desk("send", "ai-daily", "--date", "2026-06-20")
    shutil.copy(desk.home / "demo.db", tmp_path / "copy.db")
    desk("send", *WEEKLY)
    seen = len(box.received)
    for extra in ("-wal", "-shm"):
        (desk.home / f"demo.db{extra}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "copy.db", desk.home / "demo.db")
    assert desk("send", *WEEKLY).code == 6
    assert len(box.received) == seen
    assert desk("send", *WEEKLY, "--resolve", "again").code == 0
    assert len(box.received) == seen + 2


def test_C15_a_lost_database_beside_its_mark_sends_nothing(desk: Desk, box: Mailbox) -> None:
    desk("send", *WEEKLY)
    (desk.home / "digester.sent").write_text("7\n", "ascii")
    for name in ("demo.db", "demo.db-wal", "demo.db-shm"):
        (desk.home / name).unlink(missing_ok=True)
    assert desk("send").code == 6
