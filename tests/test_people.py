"""The list of people: how they come onto it and leave it. M03, M15, M16, M17 and I12 of the list of faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.domain.bounce_samples import complaint, dsn
from tests.outputs.issue_samples import daily, weekly
from tests.servers.newsroom import Desk

from digester import app, delivery, people
from digester.channels._tokens import person_id
from digester.domain.delivery import Delivery
from digester.domain.issue import Issue
from digester.domain.subscribers import Subscriber, key_of
from digester.people import reports
from digester.people.table import Entry, Refusal, table

NOW = datetime(2026, 6, 20, 7, 5, tzinfo=UTC)
KEY = b"k" * 32
DAY = timedelta(days=1)


@pytest.fixture
def workspace(tmp_path: Path) -> app.Workspace:
    desk = Desk(tmp_path)
    desk.write("sources:\n- {id: one, kind: hacker_news, queries: [LLM]}\nrecipients:\n- rob@mail.example\n")
    return desk.workspace()


@pytest.fixture
def store(workspace: app.Workspace) -> Iterator[Any]:
    with app.open_store(workspace) as store:
        yield store


def read(text: str) -> list[tuple[str, tuple[str, ...]]]:
    entries, refused = table(text.encode())
    assert refused == []
    return [(e.address, e.languages) for e in entries]


def take(store: Any, text: str, *languages: str) -> people.Imported:
    entries, refused = table(text.encode())
    done = people.take(store, KEY, entries, languages, NOW)
    done.refused = refused
    return done


def standing(store: Any) -> dict[str, tuple[str, str]]:
    return {s.address: (s.standing, s.why) for s in people.listed(store)}


# ---------------------------------------------------------------------- tables
@pytest.mark.parametrize(
    "text",
    [
        "ana@mail.example,en\nli@mail.example,zh;en\n",
        "address,languages\r\nana@mail.example,en\r\nli@mail.example,zh;en\r\n",
        "\ufeffE-Mail;Name;Language\nana@mail.example;Ana;en\nli@mail.example;Li;zh-CN, EN\n",
        "name\temail\tlanguage\n\nAna\tana@mail.example\ten\nLi\tli@mail.example\tzh_Hans|en",
        'email,name,languages\n"ana@mail.example","Ana, ""A""",en\n"li@mail.example","L\ni","zh,en"\n',
        "languages,EMAIL ADDRESS\ren,ana@mail.example\rzh en,li@mail.example\r",
        "姓名,邮箱,languages\n安娜,ana@mail.example,en\n李,li@mail.example,zh/en\n",
        " ana@mail.example , en \n\n   \nli@MAIL.example,zh;en,zh\n".replace(",zh;en,zh", ",zh;en;zh"),
    ],
)
def test_tables_of_other_programs_are_read(text: str) -> None:
    assert read(text) == [("ana@mail.example", ("en",)), ("li@mail.example", ("zh", "en"))]
    assert table(text.encode("utf-16"))[0] == table(text.encode())[0]


def test_a_list_of_bare_addresses_is_a_table() -> None:
    assert read("ana@mail.example\nli@mail.example") == [("ana@mail.example", ()), ("li@mail.example", ())]
    assert read("Ana,ana@mail.example,Paris\nana2@mail.example,Jo") == [
        ("ana@mail.example", ()),
        ("ana2@mail.example", ()),
    ]
    assert read("") == read("\n\n") == read("email,name\n") == []


def test_M03_lines_without_an_address_are_refused_by_number_and_the_rest_is_taken() -> None:
    text = (
        "email,languages\n"  # 1
        "ana@mail.example,en\n"
        "no address,en\n"
        "Ana <ana@mail.example>,en\n"
        "a@b@mail.example,en\n"
        "li@mail.example,fr\n"  # 6
        ",en\n"
        "\n"
        'bob@mail.example,"en\n'  # 9: never closed
        '"ab"c@mail.example,en\n'
        "eve@mail.example.,en\n"
        "a@[127.0.0.1],en\n"
        f"{'x' * 70}@mail.example,en\n"
        "undisclosed: a@mail.example;,en\n"
        "zoe@mail.example\n"  # 15
        "\u202eeve@mail.example,en\n"
    )
    entries, refused = table(text.encode())
    assert [e.address for e in entries] == ["ana@mail.example", "zoe@mail.example"]
    assert [r.line for r in refused] == [3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 16]
    assert str(refused[0]) == "line 3: 'no address' has no @"
    assert str(refused[3]) == "line 6: 'li@mail.example' has the language 'fr'; there are en and zh"
    assert refused[5].reason == "is no row of a table: unexpected end of data"


def test_what_is_not_UTF_8_costs_the_line_that_it_is_the_address_of() -> None:
    entries, refused = table("email,name\nana@mail.example,安娜\n".encode("gb18030") + b"l\xff@mail.example,x\n")
    assert [e.address for e in entries] == ["ana@mail.example"]
    assert refused == [Refusal(3, "l?@mail.example", "holds a space, or characters that are not seen")]
    assert table(b"\xff\xfe\x00")[0] == []


@pytest.mark.parametrize(
    "text", ['"' * 5000, 'a@mail.example,"x\n' * 3000, "a" * 300_000, "\0,\0", ",,,,@,,,\n" * 100, "=" * 50 + "@"]
)
def test_hostile_tables_are_refused_line_by_line(text: str) -> None:
    entries, refused = table(text.encode())
    assert not entries or refused == []
    assert all(len(r.text) <= 80 for r in refused)


def test_a_field_over_several_lines_hides_no_other_line() -> None:
    text = 'email,note\na@mail.example,"one\nsays ""two""\nthree"\nb@mail.example,"open\nc@mail.example,x\nd@mail.example,y\n'
    entries, refused = table(text.encode())
    assert [e.address for e in entries] == ["a@mail.example", "c@mail.example", "d@mail.example"]
    assert [r.line for r in refused] == [5]


# -------------------------------------------------------------------------- on
def test_M15_case_tag_and_dots_make_no_second_person(store: Any) -> None:
    done = take(store, "Ana.B@gmail.com\nanab+news@gmail.com\nANAB@googlemail.com\na.b@mail.example\nab@mail.example\n")
    assert (done.taken, done.known) == (["Ana.B@gmail.com", "a.b@mail.example", "ab@mail.example"], 2)
    again = take(store, "anab@gmail.com,zh\n")
    assert (again.taken, again.known, again.left) == ([], 1, [])
    assert store.subscriber("anab@gmail.com").languages == ()


def test_languages_of_a_line_come_before_those_of_the_command(store: Any) -> None:
    take(store, "ana@mail.example\nli@mail.example,zh\n", "en", "zh")
    assert [s.languages for s in people.listed(store)] == [("en", "zh"), ("zh",)]


def test_M15_an_import_brings_nobody_back_who_left(store: Any) -> None:
    take(store, "ana@mail.example\nli@mail.example\n")
    assert people.suppress(store, KEY, "ANA+x@mail.example", "by hand", NOW + DAY)
    assert people.suppress(store, KEY, "never@mail.example", "by hand", NOW)
    done = take(store, "Ana@mail.example\nnever@mail.example\nli@mail.example\nnew@mail.example\n")
    assert (done.taken, done.known, done.left) == (["new@mail.example"], 1, ["Ana@mail.example", "never@mail.example"])
    assert standing(store)["ana@mail.example"] == ("suppressed", "by hand")
    assert not people.suppress(store, KEY, "ana@mail.example", "again", NOW)
    assert store.subscriber("ana@mail.example").since == NOW + DAY


def test_add_takes_back_who_left_and_changes_languages(store: Any) -> None:
    assert people.add(store, KEY, "ana@mail.example", ("zh",), NOW) == "added"
    assert people.add(store, KEY, "ana@mail.example", (), NOW) == "known"
    assert people.add(store, KEY, "ana@mail.example", ("en",), NOW) == "changed"
    people.suppress(store, KEY, "ana@mail.example", "unsubscribed", NOW)
    assert people.add(store, KEY, "Ana@mail.example", (), NOW + DAY) == "taken back"
    assert people.listed(store) == [
        Subscriber(
            "ana@mail.example", "Ana@mail.example", person_id(KEY, "ana@mail.example"), ("en",), "active", NOW + DAY
        )
    ]


def test_M15_who_is_suppressed_in_a_table_is_suppressed_here_also_who_was_known(store: Any) -> None:
    take(store, "ana@mail.example\nli@mail.example\n")
    done = take(store, "email,standing,why\nAna+x@mail.example,suppressed,left the shop\nli@mail.example,active,\n")
    assert (done.taken, done.known, done.left) == ([], 1, ["Ana+x@mail.example"])
    assert standing(store) == {"ana@mail.example": ("suppressed", "left the shop"), "li@mail.example": ("active", "")}
    both = take(store, "email,standing\nbo@mail.example,active\nbo@mail.example,suppressed\n")
    assert (both.taken, both.left) == (["bo@mail.example"], ["bo@mail.example"])
    assert standing(store)["bo@mail.example"] == ("suppressed", "left another list")


def test_a_dry_import_says_the_same_and_writes_nothing(store: Any) -> None:
    entries = [Entry("ana@mail.example", ()), Entry("ana@mail.example", ("en",))]
    done = people.take(store, KEY, entries, (), NOW, dry=True)
    assert (done.taken, done.known) == (["ana@mail.example"], 1)
    assert people.listed(store) == []


def test_I12_many_lines_are_taken_at_once(store: Any) -> None:
    lines = (
        f"user{n % 19_000}@mail.example,{'zh' if n % 3 else 'en'}" if n % 1000 else f"wrong {n}" for n in range(20_000)
    )
    done = take(store, "\n".join(lines))
    assert (len(done.taken), done.known, len(done.refused)) == (18_981, 999, 20)
    assert len(store.subscribers()) == 18_981


# ------------------------------------------------------------------------- CSV
def test_an_exported_list_is_the_same_list_again(workspace: app.Workspace, store: Any, tmp_path: Path) -> None:
    take(store, "ana@mail.example,en;zh\n=cmd@mail.example\n+44@mail.example\n'=x@mail.example\nli@mail.example,zh\n")
    people.suppress(store, KEY, "li@mail.example", "=unsubscribed", NOW)
    people.erase(store, KEY, "ana@mail.example", NOW)
    text = people.exported(store)
    assert text == people.exported(store)
    assert "ana@" not in text and "id:" not in text
    assert [x[0] for x in text.splitlines()] == ["a", "'", "'", "'", "l"]
    with app.open_store(replace(workspace, home=tmp_path / "other")) as other:
        take(other, text)
        people.suppress(other, KEY, "ana@mail.example", "erased", NOW)
        mine = [s for s in people.listed(store) if s.address]
        assert [s for s in people.listed(other) if s.address != "ana@mail.example"] == mine


def test_a_standing_that_is_none_is_refused() -> None:
    entries, refused = table(
        b"address,standing,why\na@mail.example,suppressed,\nb@mail.example,gone,x\nc@mail.example,,\n"
    )
    assert [(e.address, e.standing) for e in entries] == [
        ("a@mail.example", "suppressed"),
        ("c@mail.example", "active"),
    ]
    assert str(refused[0]) == "line 3: 'b@mail.example' has the standing 'gone'; it is active or suppressed"


# ------------------------------------------------------------------------- off
def queued(store: Any, issue: Issue, *recipients: str, state: Any = "accepted") -> list[Delivery]:
    """The issue, frozen, and a row of it for each recipient."""
    store.freeze(issue)
    rows = [
        Delivery(
            issue.id,
            "en",
            "mail",
            r,
            1,
            f"<{person_id(KEY, f'{issue.id}|en|mail|{r}')}@digest.example>",
            state,
            NOW,
            NOW,
        )
        for r in recipients
    ]
    store.queue(rows)
    return rows


def test_erase_forgets_every_spelling_and_no_import_brings_it_back(store: Any) -> None:
    take(store, "Ana.B@gmail.com\nli@mail.example\n")
    queued(store, weekly(), "anab+x@gmail.com", "li@mail.example")
    queued(store, daily(), "Ana.B@gmail.com", state="pending")
    assert people.erase(store, KEY, "anab@gmail.com", NOW) == 2
    mark = f"id:{person_id(KEY, 'anab@gmail.com')}"
    assert [(s.key, s.address, s.why) for s in people.listed(store, suppressed=True)] == [(mark, "", "erased")]
    rows = store.deliveries()
    assert {(r.recipient, r.state, r.message_id == "") for r in rows} == {
        (mark, "accepted", True), (mark, "failed", True), ("li@mail.example", "accepted", False)
    }  # fmt: skip
    done = take(store, "ana.b+again@gmail.com\n")
    assert (done.taken, done.left) == ([], ["ana.b+again@gmail.com"])
    assert not people.suppress(store, KEY, "anab@gmail.com", "by hand", NOW)
    assert people.erase(store, KEY, "anab@gmail.com", NOW) == 0


def test_who_was_erased_comes_back_when_they_ask(store: Any) -> None:
    people.erase(store, KEY, "ana@mail.example", NOW)
    assert people.add(store, KEY, "ana@mail.example", ("zh",), NOW) == "taken back"
    assert standing(store) == {"ana@mail.example": ("active", "")}
    assert take(store, "ana@mail.example\n").known == 1


def test_leaving_by_a_link_works_for_everybody_who_was_mailed(workspace: app.Workspace, store: Any) -> None:
    take(store, "ana@mail.example\n")
    queued(store, weekly(), "guest@mail.example")

    def leave(address: str) -> bool:
        return people.leave(workspace, store, KEY, person_id(KEY, key_of(address)), NOW)

    assert all(leave(a) for a in ("ana@mail.example", "rob@mail.example", "guest@mail.example", "tester@mail.example"))
    assert not any(
        leave(a) for a in ("ana@mail.example", "rob@mail.example", "guest@mail.example", "tester@mail.example")
    )
    wished = ("suppressed", "unsubscribed")
    assert standing(store) == {
        "ana@mail.example": wished,
        "rob@mail.example": wished,
        "guest@mail.example": wished,
        "": wished,
    }
    assert take(store, "tester@mail.example\nrob@mail.example\n").left == ["tester@mail.example", "rob@mail.example"]


def test_M17_who_left_is_among_the_people_as_suppressed(workspace: app.Workspace, store: Any) -> None:
    key = delivery.workspace_key(store)
    assert [p.standing for p in delivery.people(workspace, store, key)] == ["active"]
    people.leave(workspace, store, key, person_id(key, "rob@mail.example"), NOW)
    assert [(p.address, p.standing) for p in delivery.people(workspace, store, key)] == [
        ("rob@mail.example", "suppressed")
    ]


# --------------------------------------------------------------------- bounces
def bounced(store: Any, row: Delivery, status: str = "5.1.1", now: datetime = NOW, **more: str) -> reports.Told:
    said = more.pop("said", "smtp; 550 no")
    mail = dsn(**{"to": row.recipient, "message_id": row.message_id, "status": status, "said": said, **more})
    return reports.take(store, KEY, [mail], now)


def test_M16_an_unknown_mailbox_is_mailed_no_more_at_once(store: Any) -> None:
    row, _ = queued(store, weekly(), "ana@mail.example", "li@mail.example")
    told = bounced(store, row)
    assert (told.read, told.bounced, told.left) == (1, 1, ["ana@mail.example"])
    assert standing(store) == {"ana@mail.example": ("suppressed", "bounced")}
    after = store.delivery(row.issue_id, "en", "mail", "ana@mail.example")
    assert (after.state, after.last_error, after.attempts) == ("failed", "bounced: 5.1.1 smtp; 550 no", row.attempts)
    again = bounced(store, row, now=NOW + DAY)
    assert (again.bounced, again.left) == (1, [])
    assert store.delivery(row.issue_id, "en", "mail", "ana@mail.example") == after


def test_M16_other_bounces_count_in_two_issues(store: Any) -> None:
    take(store, "ana@mail.example\n")
    (one,), (two,) = queued(store, weekly(), "ana@mail.example"), queued(store, daily(), "ana@mail.example")
    assert bounced(store, one, "5.2.1").left == []
    assert bounced(store, one, "5.2.1").left == []
    assert bounced(store, two, "5.0.0", NOW + DAY).left == ["ana@mail.example"]


@pytest.mark.parametrize(
    ("status", "action"), [("4.4.7", "failed"), ("5.7.1", "failed"), ("", "failed"), ("4.2.2", "delayed")]
)
def test_M16_delays_and_what_is_not_the_mailboxs_fault_never_suppress(store: Any, status: str, action: str) -> None:
    take(store, "ana@mail.example\n")
    for issue in (weekly(), daily()):
        (row,) = queued(store, issue, "ana@mail.example")
        assert bounced(store, row, status, action=action).left == []
    assert standing(store)["ana@mail.example"][0] == "active"
    states = {r.state for r in store.deliveries()}
    assert states == ({"accepted"} if action == "delayed" else {"failed"})


def test_M16_old_bounces_and_those_from_before_somebody_came_back_do_not_count(store: Any) -> None:
    (one,), (two,) = queued(store, weekly(), "ana@mail.example"), queued(store, daily(), "ana@mail.example")
    bounced(store, one, "5.2.1")
    people.add(store, KEY, "ana@mail.example", (), NOW + DAY)
    assert bounced(store, two, "5.2.1", NOW + 2 * DAY).left == []
    assert bounced(store, two, now=NOW + 200 * DAY).not_ours == 1


def test_M16_a_complaint_about_a_message_of_ours_suppresses_at_once(store: Any) -> None:
    (row,) = queued(store, weekly(), "ana@mail.example")
    told = reports.take(store, KEY, [complaint(message_id=row.message_id), complaint("not-spam", row.message_id)], NOW)
    assert (told.complained, told.no_report, told.left) == (1, 1, ["ana@mail.example"])
    assert standing(store) == {"ana@mail.example": ("suppressed", "complained")}
    assert store.deliveries() == [row]


def test_M16_forged_reports_change_nothing(store: Any) -> None:
    ana, li = queued(store, weekly(), "ana@mail.example", "li@mail.example")
    forged = [
        dsn(to="ana@mail.example", message_id=f"<{'0' * 32}@digest.example>"),  # an id that was made up
        dsn(to="ana@mail.example", message_id="<1@mail.example>"),
        dsn(to="ana@mail.example", message_id=li.message_id),  # one's own id for another person
        dsn(to="else@mail.example", message_id=ana.message_id),
        complaint(message_id=f"<{'0' * 32}@digest.example>"),
    ]
    told = reports.take(store, KEY, forged, NOW)
    assert (told.not_ours, told.bounced, told.complained, told.left) == (5, 0, 0, [])
    assert (standing(store), store.deliveries()) == ({}, [ana, li])


def test_M16_a_report_may_spell_the_recipient_otherwise(store: Any) -> None:
    (row,) = queued(store, weekly(), "Ana.Lu+x@gmail.com")
    mail = dsn(to="analu@GMAIL.com", message_id=row.message_id)
    assert reports.take(store, KEY, [mail], NOW).left == ["Ana.Lu+x@gmail.com"]


def test_M16_what_a_server_says_is_one_short_line(store: Any) -> None:
    (row,) = queued(store, weekly(), "ana@mail.example")
    bounced(store, row, said=f"smtp; 550 \x1b[31m{'x' * 5000}")
    error = store.deliveries()[0].last_error
    assert len(error) <= 250 and "\x1b" not in error


def test_M16_nothing_that_is_no_report_counts(store: Any) -> None:
    told = reports.take(store, KEY, [b"", b"\xff" * 99, b"Subject: out of office\n\nBack on Monday.\n"], NOW)
    assert (told.read, told.no_report) == (3, 3)


def test_who_was_erased_is_not_mailed_because_sources_yaml_still_names_them(
    workspace: app.Workspace, store: Any
) -> None:
    key = delivery.workspace_key(store)
    people.erase(store, key, "rob@mail.example", NOW)
    named = [(p.address, p.standing) for p in delivery.people(workspace, store, key) if p.address]
    assert named == [("rob@mail.example", "suppressed")]
