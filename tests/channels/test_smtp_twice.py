"""Nothing twice: two senders, the same command again, a restored copy, a clock that goes back (M08)."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.outputs.mail_reading import parsed
from tests.servers.mailing import Post, artifact, channel, desk, issue, mail, people, row, store_in
from tests.servers.newsroom import Desk, Done
from tests.servers.raw_smtp import RawSmtp, Say

from digester.store.engine import make_engine
from digester.store.sql import SqlStore

ALL = people(4)
WEEKLY = ("send", "rec-weekly", "--date", "2026-W25")


@pytest.fixture
def server() -> Iterator[RawSmtp]:
    with RawSmtp() as running:
        yield running


@pytest.fixture
def made(server: RawSmtp, tmp_path: Path) -> Desk:
    return desk(tmp_path / "w", ALL, server.url)


def once(server: RawSmtp, *recipients: str) -> bool:
    return server.acceptances() == Counter(recipients or ALL)


# -------------------------------------------------------------------- senders
def test_M08_while_one_sends_another_is_turned_away(server: RawSmtp, made: Desk, tmp_path: Path) -> None:
    """The first is held in the middle of its messages until the second has tried."""
    reached, go_on = threading.Event(), threading.Event()
    server.on("DATA", Say(before=lambda: (reached.set(), go_on.wait(30))), 2)
    first: list[Done] = []
    # two commands in one process would share its standard streams: the first is the step itself, under the same lock
    from digester import app, delivery

    def send() -> None:
        workspace = made.workspace()
        with app.open_store(workspace) as store, app.one_run(workspace, store):
            report = delivery.deliver(workspace, store, lambda event: None, lambda: False, issue())
            first.append(Done(0, str(report), ""))

    thread = threading.Thread(target=send)
    thread.start()
    assert reached.wait(30)
    second = made(*WEEKLY)
    go_on.set()
    thread.join(30)
    assert (second.code, len(first)) == (75, 1), second.said
    assert once(server)


def test_M08_two_senders_whose_lock_was_lost_send_each_row_once(server: RawSmtp, tmp_path: Path) -> None:
    """A connection to PostgreSQL that drops takes its lock with it: then rows alone decide. Both have the same list."""
    many = people(40)
    with store_in(tmp_path) as one:
        other = SqlStore(make_engine(str(one.engine.url)))
        posts = [Post(s, channel(server.url, batch=7)) for s in (one, other)]
        posts[0].queue(many)
        start = threading.Barrier(2)

        def send(post: Post) -> None:
            start.wait()
            post.send()

        threads = [threading.Thread(target=send, args=(p,)) for p in posts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        other.engine.dispose()
        assert once(server, *many)
        assert posts[0].in_state("accepted") == many
        assert {t.connection for t in server.taken} != {1}


# ------------------------------------------------------------------ once more
def test_M08_the_same_command_again_sends_nothing(server: RawSmtp, made: Desk) -> None:
    assert made(*WEEKLY).code == 0
    for words in (WEEKLY, ("send",), (*WEEKLY, "--channel", "mail")):
        assert made(*words).code == 0
    assert once(server)


def test_M08_with_the_clock_back_a_day_or_on_two_nothing_is_sent_again(server: RawSmtp, made: Desk) -> None:
    made(*WEEKLY)
    for now in ("2026-06-19T08:00:00+00:00", "2026-06-22T08:00:00+00:00", "1970-01-02T00:00:00+00:00"):
        made.now = now
        made(*WEEKLY)
        made("send")
    assert once(server)


def test_M08_whoever_subscribes_later_gets_the_next_issue(server: RawSmtp, made: Desk) -> None:
    made(*WEEKLY)
    made.change(ALL[-1], f"{ALL[-1]}, late@mail.example")
    made(*WEEKLY)
    made("send")
    assert once(server)


def test_M08_a_correction_is_not_mailed_by_itself(server: RawSmtp, made: Desk) -> None:
    made(*WEEKLY)
    with made.store() as store:
        frozen = store.freeze(replace(issue(), summary={"en": "Corrected.", "zh": "更正。"}))
        store.save_artifacts([artifact(mail(x), x, frozen.revision) for x in frozen.languages])
    assert made(*WEEKLY).code == 0
    assert once(server)


def test_M08_one_address_more_by_hand_is_one_message_more(server: RawSmtp, made: Desk) -> None:
    made(*WEEKLY)
    for _ in range(2):
        made(*WEEKLY, "--to", "me@mail.example")
    assert once(server, *ALL, "me@mail.example")


def test_M08_one_address_by_hand_before_the_list_does_not_cost_the_list_its_issue(server: RawSmtp, made: Desk) -> None:
    made(*WEEKLY, "--to", "me@mail.example")
    made(*WEEKLY)
    assert once(server, *ALL, "me@mail.example")


def test_M08_a_spelling_of_somebody_on_the_list_is_not_mailed_once_more(server: RawSmtp, made: Desk) -> None:
    made(*WEEKLY)
    made(*WEEKLY, "--to", ALL[0].replace("@", "+again@").upper())
    assert once(server)


# --------------------------------------------------------------------- doubt
def test_M08_what_is_in_doubt_is_listed_and_sent_again_only_when_a_person_says_so(server: RawSmtp, made: Desk) -> None:
    server.on("taken", Say(b"", hang_up=True, takes=True), 2)
    done = made("--json", *WEEKLY)
    assert done.code == 3
    assert [r["recipient"] for r in done.data["in_doubt"]] == [ALL[1]]
    for _ in range(2):
        assert made("send").code == 3
    assert once(server)
    assert made(*WEEKLY, "--resolve", "sent").code == 0
    assert once(server)


def test_M08_what_is_sent_again_has_the_same_message_id(server: RawSmtp, made: Desk) -> None:
    server.on("taken", Say(b"", hang_up=True, takes=True), 2)
    made(*WEEKLY)
    assert made(*WEEKLY, "--resolve", "again").code == 0
    assert server.acceptances() == Counter({r: 1 + (r == ALL[1]) for r in ALL})
    twice = [parsed(t.octets)["Message-ID"] for t in server.taken if t.recipient == ALL[1]]
    assert len(twice) == 2
    assert len(set(twice)) == 1


def test_M08_what_is_in_doubt_for_weeks_can_still_be_sent_again(server: RawSmtp, made: Desk) -> None:
    server.on("taken", Say(b"", hang_up=True, takes=False), 2)
    made(*WEEKLY)
    made.now = "2026-07-20T08:00:00+00:00"
    made(*WEEKLY, "--resolve", "again")
    assert once(server)


# -------------------------------------------------------------------- restored
def test_M08_a_restored_copy_sends_nothing_before_a_person_has_looked(server: RawSmtp, made: Desk) -> None:
    database = Path(made.workspace().database.removeprefix("sqlite:///"))
    copy = database.with_name("copy.db")
    shutil.copy(database, copy)
    made(*WEEKLY)
    for rest in database.parent.glob(f"{database.name}-*"):
        rest.unlink()
    shutil.copy(copy, database)
    for words in (WEEKLY, ("send",), (*WEEKLY, "--to", "me@mail.example")):
        done = made(*words)
        assert done.code == 6, done.said
        assert "restored" in done.err
    assert once(server)
    assert made("send", "--resolve", "sent").code in (0, 3)
    assert made("send").code == 0
    assert once(server)


def test_M08_a_row_is_one_row_whatever_its_revision(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        assert [store.queue([row("a@mail.example", revision=n)]) for n in (1, 2, 1)] == [1, 0, 0]
