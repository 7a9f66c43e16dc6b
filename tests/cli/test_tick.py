"""`digester tick`, `schedule` and `health`: what is due, once."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.servers.newsroom import Desk, command, environment

from digester.cli._shell import options
from digester.cli.schedule import _pulse, _show, cron_of
from digester.demo.mailbox import Mailbox
from digester.domain.errors import NothingToPublish, Refused
from digester.issues import KINDS
from digester.pipeline.due import Due
from digester.scheduler import Ticked

CHANNELS = """channels:
  mail: {kind: smtp, sender: news@digest.example}
recipients: [ann@reader.example]
issues:
  ai-weekly: {enabled: false}
  rec-daily: {enabled: false}
"""
NEXT = "2026-06-20T07:06:00+00:00"


@pytest.fixture
def desk(collected: Desk, box: Mailbox) -> Desk:
    collected.write(collected.config.read_text("utf-8") + CHANNELS)
    collected.env = {"SMTP_URL": box.url}
    return collected


def test_a_tick_makes_what_is_due_mails_it_and_the_next_finds_nothing(desk: Desk, box: Mailbox) -> None:
    plan = desk.json("--dry-run", "tick")
    assert plan["issues"] == ["ai-daily/2026-06-20", "rec-weekly/2026-W25"]
    assert box.received == []
    done = desk("tick")
    assert done.code == 0, done.said
    assert "issue     rec-weekly/2026-W25: 30 stories" in done.out
    assert len(box.received) == 2
    runs = desk.json("status")["runs"]
    again = replace(desk, now=NEXT)("tick")
    assert again.code == 0 and "nothing is due" in again.out, again.said
    assert desk.json("status")["runs"] == runs
    assert len(box.received) == 2
    assert replace(desk, now=NEXT)("health").code == 0
    assert replace(desk, now="2026-06-20T09:00:00+00:00")("health").code == 1


def test_without_sending_the_messages_wait_for_send(desk: Desk, box: Mailbox) -> None:
    assert desk("tick", "--no-send").code == 0
    assert box.received == []
    assert desk("send").code == 0
    assert len(box.received) == 2


def test_a_site_that_could_not_be_built_keeps_no_mail_back_and_is_built_by_the_next_tick(
    desk: Desk, box: Mailbox
) -> None:
    assert desk("site", "build").code == 0
    broken = desk.home / "templates/site/issue.html.j2"
    broken.parent.mkdir(parents=True)
    broken.write_text("{% if %}", "utf-8")
    done = desk("tick")
    assert (done.code, "failed: site: " in done.out, len(box.received)) == (3, True, 2), done.said
    shutil.rmtree(desk.home / "templates")
    index = desk.home / "site/index.html"
    assert "2026-W25" not in index.read_text("utf-8")
    assert replace(desk, now="2026-06-20T09:00:00+00:00")("tick").code == 0
    assert "2026-W25" in index.read_text("utf-8")
    assert len(box.received) == 2


def test_what_a_killed_tick_froze_and_did_not_write_is_written_by_the_next(desk: Desk, box: Mailbox) -> None:
    assert desk("tick", "--no-send").code == 0
    made = [f for kind in ("ai-daily", "rec-weekly", "notes") for f in (desk.home / kind).glob("*.*")]
    wanted = {f: f.read_bytes() for f in made}
    assert len(wanted) > 10
    with closing(sqlite3.connect(desk.home / "demo.db")) as db, db:  # as it is between the freezing and the first form
        db.execute("delete from artifacts")
        db.execute("update kept set body = 'yes' where name = 'site.behind'")
    for file in wanted:
        file.unlink()
    again = replace(desk, now="2026-06-20T09:00:00+00:00")("tick")
    assert again.code == 0, again.said
    assert {p: p.read_bytes() for p in wanted} == wanted
    assert len(box.received) == 2


def test_C13_an_issue_of_a_past_date_is_made_and_mailed_to_nobody(desk: Desk, box: Mailbox) -> None:
    done = desk("run", "ai-daily", "--date", "2026-06-19")
    assert done.code in (0, 3), done.said
    assert box.received == []


def test_C07_of_two_at_once_one_wins_and_the_other_says_why(desk: Desk, box: Mailbox) -> None:
    words = command(*desk.words, "tick")
    both = [
        subprocess.Popen(words, env=environment(desk.env), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [p.communicate(timeout=60) for p in both]
    codes = sorted(p.returncode for p in both)
    assert codes in ([0, 0], [0, 75]), said
    assert len(box.received) == 2


def test_being_offline_is_nobodys_attempt(desk: Desk, box: Mailbox) -> None:
    desk.change("127.0.0.1", "127.0.0.2")
    done = desk("tick")
    assert done.code == 1
    assert "no source could be reached" in done.out
    with desk.store() as store:
        assert store.attempts("issue") == {}


def test_C06_an_impossible_clock_makes_nothing(desk: Desk) -> None:
    done = replace(desk, now="1970-01-01T00:00:00+00:00")("tick")
    assert (done.code, "the clock shows 1970-01-01" in done.err) == (6, True)


def test_D06_a_schedule_ends_on_SIGTERM_within_ten_seconds(desk: Desk, box: Mailbox) -> None:
    process = subprocess.Popen(
        command(*desk.words, "schedule", "--every", "1"), env=environment(desk.env), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    until = time.monotonic() + 60
    while len(box.received) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=10)
    assert process.returncode == 0, err
    assert json.dumps("rec-weekly/2026-W25: 30 stories").strip('"') in out.decode()
    assert len(box.received) == 2
    assert "Traceback" not in err.decode()


def test_a_configuration_that_breaks_while_the_schedule_runs_is_explained_and_ends_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "config", tmp_path / "sources.yaml")
    (tmp_path / "sources.yaml").write_text("channels: [", "utf-8")
    _pulse()
    assert "sources.yaml" in capsys.readouterr().err


def test_a_quiet_day_is_told_as_one_and_a_failed_issue_as_failed(capsys: pytest.CaptureFixture[str]) -> None:
    since = datetime(2026, 6, 20, 7, tzinfo=UTC)
    failed = [
        (Due("ai-daily", "2026-06-20", since), NothingToPublish("ai-daily 2026-06-20: nothing to publish")),
        (Due("rec-weekly", "2026-W25", since), Refused("too little")),
    ]
    _show(Ticked(failed=list(failed)))
    told = capsys.readouterr().out.splitlines()
    assert told == ["quiet     ai-daily 2026-06-20: nothing to publish", "failed    rec-weekly/2026-W25: too little"]


def test_the_schedule_knows_the_moment_of_each_kind_in_its_zone() -> None:
    assert cron_of(KINDS["ai-daily"]) == {"hour": 7, "minute": 0, "second": 1}
    assert cron_of(KINDS["rec-weekly"]) == {"hour": 7, "minute": 0, "second": 1, "day_of_week": 5}
    late = replace(KINDS["ai-weekly"], publish_after=timedelta(hours=3))
    assert cron_of(late) == {"hour": 1, "minute": 0, "second": 1, "day_of_week": 6}


@pytest.mark.parametrize(("readers", "worth"), [(2, True), (40, False)])
def test_a_single_reader_whose_server_refuses_is_no_alarm_among_many(
    desk: Desk, box: Mailbox, readers: int, worth: bool
) -> None:
    more = "".join(f", r{n}@reader.example" for n in range(1, readers))
    desk.write(desk.config.read_text("utf-8").replace("[ann@reader.example]", f"[ann@reader.example{more}]"))
    assert desk("tick").code == 0 and desk("status", "--strict").code == 0
    with closing(sqlite3.connect(desk.home / "demo.db")) as db, db:
        db.execute("update deliveries set state = 'failed' where recipient like 'ann@%' and issue_id like 'ai-daily/%'")
    assert desk("status", "--strict").code == worth
