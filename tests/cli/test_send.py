"""`digester send` and what keeps it from sending twice, over a real socket."""

from __future__ import annotations

import json
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from tests.servers.newsroom import Desk
from tests.servers.services import Asked, Said, Service

from digester.demo.mailbox import Mailbox

CHANNELS = """channels:
  mail: {kind: smtp, sender: "Digest <news@digest.example>", unsubscribe: "https://digest.example"}
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


def to(box: Mailbox) -> list[str]:
    return [r.recipient for r in box.received]


def test_an_issue_is_sent_once_to_each_in_their_language(desk: Desk, box: Mailbox) -> None:
    done = desk("send", *WEEKLY)
    assert done.code == 0, done.said
    assert sorted(to(box)) == ["ann@reader.example", "li@reader.example"]
    subjects = {r.recipient: message_from_bytes(r.octets, policy=default) for r in box.received}
    assert subjects["ann@reader.example"]["Subject"].startswith("RecSys Weekly 2026-W25")
    assert subjects["li@reader.example"]["Content-Language"] == "zh"
    assert "mail EN 1 accepted, 0 failed, 0 in doubt" in done.out
    assert "mail ZH 1 accepted, 0 failed, 0 in doubt" in done.out
    assert (desk.home / "sent/rec-weekly/2026-W25.en.html").is_file()
    assert desk("send", *WEEKLY).code == 0
    assert desk("send").code in (0, 3)
    assert len([r for r in box.received if b"rec-weekly." in r.octets]) == 2


def test_M20_a_dry_run_asks_nothing_and_changes_nothing(desk: Desk, box: Mailbox) -> None:
    desk("status")  # brings the database up to date
    before = desk.files()
    done = desk("send", *WEEKLY, "--dry-run")
    assert done.code == 0
    assert "3 messages would be sent" in done.out and "rec-weekly/2026-W25 zh mail li@reader.example" in done.out
    assert desk("--dry-run", "send", *WEEKLY).out == done.out
    assert box.received == []
    assert not (desk.home / "digester.sent").exists()
    with desk.store() as store:
        assert store.deliveries() == []
        assert store.kept("outbox.key") is None
    assert desk.files() == before


@pytest.mark.parametrize("how", ["--to", "--test"])
def test_M20_a_dry_run_for_one_address_is_about_that_one_and_sends_nothing(desk: Desk, box: Mailbox, how: str) -> None:
    done = desk("--json", "send", *WEEKLY, how, "eve@reader.example", "--dry-run")
    assert (done.code, box.received) == (0, []), done.said
    assert {m["recipient"] for m in json.loads(done.out)["messages"]} == {"eve@reader.example"}
    with desk.store() as store:
        assert (store.deliveries(), store.kept("outbox.key")) == ([], None)


def test_M20_a_dry_run_of_all_that_waits_says_what_sending_then_does(desk: Desk, box: Mailbox) -> None:
    said = {(m["issue_id"], m["channel"], m["recipient"]) for m in desk.json("send", "--dry-run")["messages"]}
    assert {recipient for _, channel, recipient in said if channel == "mail"} == {"ann@reader.example", "li@reader.example"}  # fmt: skip
    desk("send")
    with desk.store() as store:
        assert said == {(r.issue_id, r.channel, r.recipient) for r in store.deliveries()}
    assert desk.json("send", "--dry-run")["messages"] == []


def test_M20_a_dry_run_leaves_out_what_cannot_be_sent_and_says_why(desk: Desk) -> None:
    desk("send", *WEEKLY, "--to", "eve@reader.example")
    with desk.store() as store:
        (row,) = store.deliveries()
        store.mark(replace(row, state="pending"))
    desk.env = {}
    done = desk("send", "--dry-run", "--channel", "mail")
    assert done.out.splitlines() == ["0 messages would be sent", "mail: SMTP_URL is not set"]
    (desk.home / "digester.sent").write_text("99\n", "ascii")
    assert desk("send", *WEEKLY, "--dry-run").code == 6
    with desk.store() as store:
        assert not store.kept("outbox.hold")
    assert desk("send", "--resolve", "sent", "--dry-run").code == 2


def test_a_channel_that_is_not_there_is_no_success(desk: Desk, box: Mailbox) -> None:
    for more in ((), ("--dry-run",), ("--test", "me@digest.example")):
        done = desk("send", *WEEKLY, "--channel", "male", *more)
        assert (done.code, "known: mail, drop" in done.err) == (4, True)
    assert box.received == []


def test_what_is_in_doubt_is_decided_for_the_channel_that_is_named(desk: Desk, box: Mailbox) -> None:
    desk("send", *WEEKLY)
    with desk.store() as store:
        for row in store.deliveries("rec-weekly/2026-W25"):
            store.mark(replace(row, state="in_doubt"))
    assert "resolved  1 messages" in desk("send", *WEEKLY, "--resolve", "sent", "--channel", "drop").out
    assert len(box.received) == 2
    assert "resolved  2 messages" in desk("send", *WEEKLY, "--resolve", "again", "--channel", "mail").out
    assert len(box.received) == 4


def test_what_died_in_a_channel_that_finds_what_it_made_is_sent_again_and_never_taken_as_sent(desk: Desk) -> None:
    desk("send", *WEEKLY)
    file = desk.home / "sent/rec-weekly/2026-W25.en.html"
    file.unlink()
    with desk.store() as store:
        for row in store.deliveries("rec-weekly/2026-W25"):
            store.mark(replace(row, state="sending"))
    done = desk("send", *WEEKLY, "--resolve", "sent")
    assert "resolved  2 messages" in done.out and file.is_file()  # both mails, not the folder


def test_one_more_copy_to_whom_it_was_refused_is_tried_again_and_who_has_it_is_told_so(
    desk: Desk, box: Mailbox
) -> None:
    desk("send", *WEEKLY)
    with desk.store() as store:
        row = store.delivery("rec-weekly/2026-W25", "en", "mail", "ann@reader.example")
        store.mark(replace(row, state="failed", last_error="554 blocked"))
    assert desk("send", *WEEKLY, "--to", "ann@reader.example").code == 0
    assert to(box).count("ann@reader.example") == 2
    done = desk("send", *WEEKLY, "--to", "ann@reader.example")
    assert "mail EN ann@reader.example: accepted before" in done.out
    assert to(box).count("ann@reader.example") == 2


def test_what_a_channel_refused_is_tried_again_with_force_when_it_was_put_right(desk: Desk, box: Mailbox) -> None:
    desk.change("{kind: file, languages: [en]}", "{kind: file, languages: [en], outputs: [bibtex]}")
    assert "drop EN 0 accepted, 1 failed" in desk("send", *WEEKLY).out
    desk.change(", outputs: [bibtex]", "")
    assert "drop EN 1 accepted" not in desk("send", *WEEKLY).out
    assert "drop EN 1 accepted" not in desk("send", *WEEKLY, "--force", "--channel", "mail").out
    assert "drop EN 1 accepted" in desk("send", *WEEKLY, "--force").out
    assert len(box.received) == 2


@pytest.mark.parametrize("how", ["--to", "--test"])
def test_why_no_channel_mails_is_said(desk: Desk, how: str) -> None:
    desk.env = {}
    done = desk("send", *WEEKLY, how, "me@digest.example")
    assert (done.code, "mail: SMTP_URL is not set" in done.err) == (1, True)


def test_a_test_mail_goes_to_oneself_and_is_not_noted(desk: Desk, box: Mailbox) -> None:
    done = desk("send", *WEEKLY, "--test", "me@digest.example")
    assert done.code == 0, done.said
    assert to(box) == ["me@digest.example"] * 2
    with desk.store() as store:
        assert store.deliveries() == []


def test_one_more_copy_is_sent_once_and_to_nobody_else(desk: Desk, box: Mailbox) -> None:
    assert desk("send", *WEEKLY, "--to", "eve@reader.example").code == 0
    assert to(box) == ["eve@reader.example"]
    desk("send", *WEEKLY)
    for _ in range(2):
        assert desk("send", *WEEKLY, "--to", "bob@reader.example").code == 0
    assert to(box).count("bob@reader.example") == 1
    assert desk("send", *WEEKLY, "--to", "bob").code == 2


def test_a_secret_that_is_missing_is_named_and_its_messages_wait(desk: Desk, box: Mailbox) -> None:
    env, desk.env = desk.env, {}
    done = desk("send", *WEEKLY)
    assert (done.code, box.received) == (3, [])
    assert "SMTP_URL is not set" in done.out
    desk.env = env
    assert desk("send", *WEEKLY).code == 0
    assert len(box.received) == 2


def test_doctor_says_which_channel_lacks_what(desk: Desk, made: Desk) -> None:
    assert "mail, drop" in desk("doctor").out
    desk.env = {}
    done = desk("doctor")
    assert (done.code, "BAD  channels   mail: SMTP_URL is not set" in done.out) == (1, True)


def test_a_secret_may_stand_in_a_file(desk: Desk, box: Mailbox, tmp_path: Path) -> None:
    (tmp_path / "smtp").write_text(f"{box.url}\n", "utf-8")
    desk.env = {"SMTP_URL_FILE": str(tmp_path / "smtp")}
    assert desk("send", *WEEKLY).code == 0
    assert len(box.received) == 2


def test_an_address_of_a_server_that_means_nothing_is_named_and_not_shown(desk: Desk) -> None:
    desk.env = {"SMTP_URL": "http://me:hunter2@mail.example"}
    done = desk("send", *WEEKLY)
    assert done.code == 3
    assert "SMTP_URL: must be smtps://" in done.out
    assert "hunter2" not in done.said


def test_what_waits_for_nobody_is_put_off_and_tried_again_when_due(desk: Desk, box: Mailbox) -> None:
    env, desk.env = desk.env, {"SMTP_URL": "smtp+plain://127.0.0.1:1"}
    done = desk("send", *WEEKLY)
    assert done.code == 3 and "1 waiting" in done.out and "cannot be used" in done.out
    desk.env = env
    assert desk("send").code == 3  # put off; the other language follows, since nobody's row was spent on it
    later = replace(desk, now="2026-06-20T09:00:00+00:00")
    assert later("send").code == 0
    assert sorted(r.recipient for r in box.received if b"rec-weekly." in r.octets) == ["ann@reader.example", "li@reader.example"]  # fmt: skip


def test_what_waits_for_a_channel_that_is_gone_is_named_and_given_up_in_the_end(desk: Desk) -> None:
    desk.env = {"SMTP_URL": "smtp+plain://127.0.0.1:1"}
    desk("send", *WEEKLY)
    desk.change("  mail: {kind: smtp,", "  post: {kind: smtp, enabled: false,")
    done = desk("send", *WEEKLY)
    assert (done.code, "mail: there is no such channel in sources.yaml; its messages wait" in done.out) == (3, True)
    late = replace(desk, now="2026-06-30T09:00:00+00:00")
    late("send")
    with desk.store() as store:
        assert {r.state for r in store.deliveries(channel="mail")} == {"failed"}
    assert late("send").code == 0


def test_M17_who_is_taken_off_the_list_before_sending_is_not_mailed(desk: Desk, box: Mailbox) -> None:
    env, desk.env = desk.env, {"SMTP_URL": "smtp+plain://127.0.0.1:1"}
    desk("send", *WEEKLY)
    desk.env = env
    desk.change("recipients: [ann@reader.example, ", "recipients: [")
    desk("send", *WEEKLY)
    assert to(box) == ["li@reader.example"]


def test_nothing_is_mailed_before_the_web_copy_answers(desk: Desk, box: Mailbox) -> None:
    desk.write(desk.config.read_text("utf-8") + "site: {url: 'http://127.0.0.1:1'}\n")
    done = desk("send", *WEEKLY)
    assert (done.code, box.received) == (3, [])
    assert "waits for its web copy: http://127.0.0.1:1/article/" in done.out


@pytest.mark.parametrize(("elsewhere", "sent"), [("", True), ("http://other.example", False)])
def test_a_web_copy_that_its_host_keeps_without_html_can_be_read(
    desk: Desk, box: Mailbox, elsewhere: str, sent: bool
) -> None:
    def host(asked: Asked) -> Said:
        moved = f"{elsewhere}{asked.path.removesuffix('.html')}"
        return (308, {"Location": moved}, b"") if asked.path.endswith(".html") else (200, {}, b"the page")

    with Service(host) as service:
        desk.write(desk.config.read_text("utf-8") + f"site: {{url: '{service.url}'}}\n")
        assert ("answers 308" in desk("send", *WEEKLY).out) is not sent
    assert len(box.received) == 2 * sent


def test_without_a_channel_the_next_step_is_said(made: Desk) -> None:
    done = made("send")
    assert (done.code, "channels:" in done.err) == (4, True)
    assert made("send", *WEEKLY, "--resolve", "maybe").code == 2
