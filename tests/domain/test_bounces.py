"""Reports of bounces and complaints, as other servers write and break them. M16 of the list of faults."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.bounce_samples import ID, complaint, dsn, original

from digester.domain.bounces import LARGEST, Finding, findings, messages


def one(octets: bytes) -> Finding:
    (found,) = findings(octets)
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_M16_a_bounce_names_the_message_the_recipient_and_the_status(end: str) -> None:
    found = one(dsn(end=end))
    assert (found.kind, found.message_id, found.status) == ("bounce", ID, "5.1.1")
    assert found.recipients == ("ana@mail.example", "ana@mail.example")
    assert found.said == "smtp; 550 5.1.1 no such user"
    assert found.unknown and found.lasting


@pytest.mark.parametrize(
    "returned", ["text/rfc822-headers", "message/rfc822", "message/global", "Message/Global-Headers; charset=utf-8"]
)
def test_M16_the_returned_message_may_come_whole_or_as_its_head(returned: str) -> None:
    assert one(dsn(returned=returned)).message_id == ID


@pytest.mark.parametrize(
    ("status", "said", "read"),
    [
        ("5.1.1", "", "5.1.1"),
        ("5.0.0", "smtp; 550 5.1.1 unknown", "5.1.1"),
        ("5.0.0", "smtp; 450 4.2.0 later", "5.0.0"),
        ("5.1.1 (bad mailbox)", "", "5.1.1"),
        ("", "smtp; 550 no such user", ""),
        ("", "smtp;550-5.7.1 blocked", "5.7.1"),
        ("9.9.9", "", ""),
        ("5.1", "", ""),
        ("5.1.1.2 at 15.1.1", "", ""),
    ],
)
def test_M16_the_status_is_the_reports_or_the_replys(status: str, said: str, read: str) -> None:
    assert one(dsn(status=status, said=said)).status == read


@pytest.mark.parametrize(("status", "lasting"), [("5.1.10", True), ("5.2.2", True), ("5.0.0", True), ("5.4.4", True), ("4.4.7", False),
                                                 ("5.7.1", False), ("5.6.0", False), ("5.3.4", False), ("5.5.0", False), ("", False)])  # fmt: skip
def test_M16_what_is_about_the_message_or_its_sender_does_not_last(status: str, lasting: bool) -> None:
    found = one(dsn(status=status, said=""))
    assert (found.lasting, found.unknown) == (lasting, False)


@pytest.mark.parametrize(("action", "kinds"), [("Failed", ["bounce"]), ("delayed", ["delay"]), ("delivered", []), ("relayed", []), ("expanded", []), ("", [])])  # fmt: skip
def test_M16_only_what_failed_or_is_late_is_a_finding(action: str, kinds: list[str]) -> None:
    assert [f.kind for f in findings(dsn(action=action))] == kinds


def test_M16_several_recipients_are_several_findings() -> None:
    body = "\n\n".join(["Reporting-MTA: dns; mx.example", *(f"Final-Recipient: RFC822; <u{i}@mail.example>\nAction: failed\nStatus: 5.1.1" for i in range(3))])  # fmt: skip
    assert [f.recipients for f in findings(dsn(body=body))] == [(f"u{i}@mail.example",) for i in range(3)]


@pytest.mark.parametrize(
    "octets",
    [
        dsn(status_type="message/delivery-status;"),
        dsn(status_type="message/global-delivery-status"),
        dsn(encoding="base64"),
        dsn(boundary="===_ _= 60(15)"),
        dsn().replace(b"boundary=", b"BOUNDARY = "),
        dsn().replace(b"report-type=delivery-status;\r\n\t", b"charset=utf-8; "),
        dsn().replace(b"--B1.mx/mail.example--", b""),
        dsn().replace(b"multipart/report", b"multipart/mixed"),
        dsn().replace(b"Final-Recipient: rfc822; ana@mail.example\r\n", b""),
        dsn().replace(b"Final-Recipient: rfc822; ", b"final-recipient : "),
        dsn().replace(b"MIME-Version: 1.0\r\n", b"\xff\xfe: \x80\r\nno colon here\r\n"),
        dsn().replace(b"Message-ID: <0123", b"Message-Id:\r\n\t<0123"),
    ],
    ids=lambda o: str(len(o)),
)
def test_M16_forms_that_are_met_are_read(octets: bytes) -> None:
    found = one(octets)
    assert (found.message_id, found.status, set(found.recipients)) == (ID, "5.1.1", {"ana@mail.example"})


def test_M16_an_address_in_another_script_is_read_as_it_is_or_in_ascii() -> None:
    assert one(dsn(to="\u738b@mail.example")).recipients[0] == "\u738b@mail.example"
    assert one(dsn(to=r"\x{738B}@mail.example")).recipients[0] == "\u738b@mail.example"
    assert one(dsn(to=r"\x{FFFFFF}@mail.example")).recipients[0] == r"\x{FFFFFF}@mail.example"


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\n",
        b"\0" * 1000,
        b"From: a@mail.example\nSubject: hello\n\nThe letter.\n",
        b"Content-Type: multipart/report\n\n--x\n",
        dsn().replace(ID.encode(), b"none"),
        dsn().replace(b"rfc822; ana@mail.example", b"x400; ana").replace(b"rfc822;ana@mail.example", b""),
        dsn(returned="application/octet-stream"),
        dsn(encoding="base64").replace(b"base64", b"x-uuencode"),
        b"Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n",
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: message/rfc822\n\n' + dsn() + b"\n--x--\n",
    ],
    ids=lambda o: str(len(o)),
)
def test_M16_what_is_no_report_says_nothing(octets: bytes) -> None:
    assert findings(octets) == []


def test_M16_a_report_within_a_report_is_read_only_so_deep() -> None:
    octets = dsn()
    for n in range(2000):
        octets = (
            f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'.encode() + octets + f"\n--b{n}--\n".encode()
        )
        if n == 1:
            assert one(octets).status == "5.1.1"
    assert findings(octets) == []


def test_M16_a_huge_report_is_read_to_a_limit() -> None:
    assert one(dsn(returned="message/rfc822") + b"x" * (3 * LARGEST)).status == "5.1.1"
    assert findings(b"Content-Type: multipart/report; boundary=x\n\n" + b"--x\n\n" * 300_000) == []
    assert len(findings(dsn(body="\n\n".join(["Final-Recipient: rfc822; a@b.example\nAction: failed"] * 5000)))) <= 51


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("kind", ["abuse", "Abuse ", "fraud", "opt-out"])
def test_M16_a_complaint_names_the_message(kind: str, end: str) -> None:
    found = one(complaint(kind, end=end))
    assert (found.kind, found.message_id, found.recipients, found.lasting) == ("complaint", ID, (), False)


@pytest.mark.parametrize("kind", ["not-spam", "virus", "auth-failure", "other", ""])
def test_M16_not_every_feedback_is_a_complaint(kind: str) -> None:
    assert findings(complaint(kind)) == []


def test_M16_an_mbox_is_taken_apart_and_everything_else_is_one_message() -> None:
    rows = (b"From MAILER-DAEMON Sat Jun 20 07:00:00 2026\n" + dsn(end="\n") + b"\n") * 3
    assert [len(findings(m)) for m in messages(rows)] == [1, 1, 1]
    assert [len(findings(m)) for m in messages(rows.replace(b"\n", b"\r\n"))] == [1, 1, 1]
    assert len(messages(dsn())) == 1
    assert len(messages(b"Subject: x\n\nFrom here on\n\nFrom there\n")) == 1


# ------------------------------------------------------------- whatever the bytes
@given(st.binary(max_size=2000))
def test_M16_any_bytes_are_read(octets: bytes) -> None:
    for message in messages(octets):
        assert isinstance(findings(message), list)


WORDS = st.sampled_from(
    [b"Content-Type: multipart/report; boundary=b\n", b'Content-Type: multipart/mixed; boundary="b b"\n', b"--b\n", b"--b b\n", b"--b--\n",
     b"Content-Type: message/delivery-status\n", b"Content-Type: message/rfc822\n", b"Content-Type: message/feedback-report\n",
     b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: quoted-printable\n", b"Final-Recipient: rfc822; \\x{D800}@\xff.example\n",
     b"Action: failed\n", b"Status: 5.1.1\n", b"Feedback-Type: abuse\n", b"Message-ID: <a@b.example>\n", b"\n", b"\r", b" ", b"\t", b"From x\n", b"\0", b"=",
     b"=\n", b"AAA", b":", b"\xe7\x8e"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map(b"".join))
def test_M16_any_order_of_its_pieces_is_read(octets: bytes) -> None:
    for message in messages(octets):
        for found in findings(message):
            assert found.message_id.startswith("<") and len(found.said) <= 200


@given(st.integers(0, 900), st.binary(max_size=6), st.integers(0, 40))
def test_M16_a_damaged_report_is_read_or_left_alone(at: int, put: bytes, gone: int) -> None:
    whole = dsn()
    for found in findings(whole[:at] + put + whole[at + gone :]):
        assert found.kind in ("bounce", "delay")


def test_the_samples_are_what_they_say() -> None:
    assert ID in original()
