"""What a recipient gets: one message, complete, without a defect for two parsers, that names nobody else (M01, M02, M12, M18)."""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from tests.channels.strict_mail import complaints, fields
from tests.outputs.hostile_samples import HOSTILE, hostile
from tests.outputs.mail_reading import defects, page, parsed, part
from tests.servers.mail import Receiver
from tests.servers.mailing import KEY, NOW, Post, channel, edition, mail, people, row, store_in
from tests.servers.raw_smtp import RawSmtp

from digester.channels._letter import LEAVE
from digester.channels._tokens import id_in, person_id
from digester.domain.delivery import Accepted
from digester.domain.mail import message
from digester.domain.subscribers import NoAddress, key_of
from digester.outputs import OUTPUTS

LINES = (
    "\r\nBcc: everybody@evil.example", "a\nb", "a\rb", "a\x00b", "a\u2028b\u2029c", "a\x85b\x0bc\x0cd", "\x1b[31mred\x1b[0m",
    "=?utf-8?q?=0ABcc:_x@evil.example?=", "=?utf-8?b?DQpCY2M6IHhAZXZpbC5leGFtcGxl?=", "\u202eturned\u202c", "", " ",
    '"<x@evil.example>"', "\\", '"', "a, b; c: d (e) <f> @ [g]", "推荐周报" * 40, "é" * 200, "🦊" * 100, "W" * 500, "\ud800half",
    "Digest <news@digest.example>\r\n\r\nbody", "Subject: x", ".", "..", "\r\n.\r\n",
)  # fmt: skip
ENDS = (
    "\n.\n", "\r\n.\r\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r.\r\n", "\n\n.\n\n", "\r\n\x00.\r\n", "\u2028.\u2028", "\x85.\x85",
    ".", "..", "\n..\n", ".\n" * 50, "x" * 998 + "\n.\n", "x" * 5_000, " " * 2_000 + "\n.\n", "\ud800\n.\n",
)  # fmt: skip
SECOND = (
    "MAIL FROM:<admin@evil.example>\r\nRCPT TO:<victim@mail.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nhi\r\n.\r\n"
)
LEAVES = {"unsubscribe": "https://news.example/", "unsubscribe_mail": "leave+news@digest.example"}


@pytest.fixture
def server() -> Iterator[RawSmtp]:
    with RawSmtp() as running:
        yield running


def sent(server: RawSmtp, body: bytes | None = None, to: str = "ana@mail.example", **params: str) -> bytes:
    """The octets that the server took for one recipient."""
    before = len(server.taken)
    with channel(server.url, **params).open() as session:
        assert isinstance(session.deliver(edition(body), row(to)), Accepted)
    assert len(server.taken) == before + 1
    return server.taken[-1].octets


def without_fault(octets: bytes, utf8: bool = False) -> bool:
    assert complaints(octets, utf8) == []
    assert defects(parsed(octets)) == []
    return True


# ------------------------------------------------------------------- complete
def test_M12_every_field_that_lists_need_stands_once_and_both_parsers_find_no_fault(server: RawSmtp) -> None:
    octets = sent(server, reply_to="editor@digest.example", **LEAVES)
    assert without_fault(octets)
    read = {f.name.decode(): f.value.decode() for f in fields(octets)}
    token = re.search(r"/unsubscribe/([0-9a-f.]+)>", read["list-unsubscribe"])
    assert token
    assert id_in(KEY, token[1]) == person_id(KEY, key_of("ana@mail.example"))
    assert read | {"subject": "", "content-type": ""} == {
        "from": "Digest <news@digest.example>", "to": "ana@mail.example", "reply-to": "editor@digest.example",
        "message-id": row("ana@mail.example").message_id, "list-id": "<rec-weekly.digest.example>",
        "list-unsubscribe": f"<https://news.example/unsubscribe/{token[1]}>, "
                            "<mailto:leave%2Bnews@digest.example?subject=unsubscribe>",
        "list-unsubscribe-post": "List-Unsubscribe=One-Click", "auto-submitted": "auto-generated", "precedence": "bulk",
        "date": "Sat, 20 Jun 2026 07:05:00 +0000", "content-language": "en", "mime-version": "1.0", "subject": "",
        "content-type": "",
    }  # fmt: skip


def test_M12_both_parts_say_how_to_leave_and_nothing_else_changes(server: RawSmtp) -> None:
    made, stored = parsed(sent(server, **LEAVES)), parsed(mail())
    assert made.get_content_type() == "multipart/alternative"
    link = f"https://news.example/unsubscribe/{person_id(KEY, 'ana@mail.example')}."
    plain, added = part(made, "plain").split("\n-- \n")
    assert plain == part(stored, "plain")
    why, verb = LEAVE["en"]
    assert added.startswith(f"{why.format(series='RecSys Weekly')}\n{verb}: {link}")
    last = page(made).findall(".//a")[-1]
    assert (last.text, last.get("href", "").startswith(link)) == (verb, True)
    (below,) = re.findall(r"<p style=\"margin:16px;[^>]*>[^<]*<a [^>]*>[^<]*</a></p>", part(made, "html"))
    assert part(made, "html").replace(below, "") == part(stored, "html")


@pytest.mark.parametrize(
    ("params", "way", "post"),
    [
        ({}, None, False),
        ({"unsubscribe_mail": "leave@digest.example"}, "<mailto:leave@digest.example?subject=unsubscribe>", False),
        ({"unsubscribe": "http://news.example"}, "<http://news.example/unsubscribe/", False),
        ({"unsubscribe": "https://news.example"}, "<https://news.example/unsubscribe/", True),
    ],
)
def test_M12_one_click_is_promised_only_where_it_can_be_kept(
    server: RawSmtp, params: dict[str, str], way: str | None, post: bool
) -> None:
    octets = sent(server, **params)
    assert without_fault(octets)
    made = parsed(octets)
    assert (made["List-Unsubscribe"] or "").startswith(way or "")
    assert ("List-Unsubscribe" in made, "List-Unsubscribe-Post" in made) == (way is not None, post)
    assert (f"\n{LEAVE['en'][1]}: " in part(made, "plain")) == (way is not None)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_M12_another_houses_server_takes_it_octet_for_octet(tmp_path: Path, language: str) -> None:
    with Receiver() as receiver, channel(receiver.url, **LEAVES).open() as session:
        wanted = row("ana@mail.example", language=language)
        assert isinstance(session.deliver(edition(language=language), wanted), Accepted)
        (got,) = receiver.all
        assert without_fault(got.octets)
        assert f"\n{LEAVE[language][1]}: https://" in part(parsed(got.octets), "plain")


# ------------------------------------------------------------- header attacks
@pytest.mark.parametrize("text", LINES, ids=range(len(LINES)))
def test_M01_whatever_a_senders_name_or_a_lists_holds_is_one_field(server: RawSmtp, text: str) -> None:
    quoted = re.sub(r'([\\"])', r"\\\1", text)
    try:
        octets = sent(server, sender=f'"{quoted}" <news@digest.example>', list_id=text or "x", **LEAVES)
    except NoAddress:
        assert set(text) & set("\r\n\0")
        octets = sent(server, list_id=text, **LEAVES)
    assert without_fault(octets)
    made = parsed(octets)
    assert "Bcc" not in made
    assert made["From"].addresses[0].addr_spec == "news@digest.example"
    assert len(made["From"].addresses) == 1


@cache
def _rendered(payload: str) -> bytes:
    return OUTPUTS["email"].render(replace(hostile(payload), frozen_at=NOW), "en")


@pytest.mark.parametrize("payload", [*HOSTILE, *LINES], ids=range(len(HOSTILE) + len(LINES)))
def test_M01_M02_an_issue_full_of_attacks_is_one_message_with_the_same_fields(server: RawSmtp, payload: str) -> None:
    octets = sent(server, _rendered(payload), **LEAVES)
    assert without_fault(octets)
    assert [f.name for f in fields(octets)] == [f.name for f in fields(sent(server, **LEAVES))]
    assert server.commands.count("DATA") == 2


def test_M01_the_name_of_a_series_is_text_in_both_parts(server: RawSmtp) -> None:
    evil = '</p><script>x</script>\r\n.\r\nMAIL FROM:<x>\u202e"&'
    with channel(server.url, **LEAVES).open() as session:
        session.deliver(replace(edition(), series=evil), row("ana@mail.example"))
    octets = server.taken[0].octets
    assert without_fault(octets)
    assert not page(parsed(octets)).findall(".//script")
    assert "\n.\n" not in part(parsed(octets), "plain")


# ------------------------------------------------------------------- smuggling
def one_message(server: RawSmtp, text: str) -> bytes:
    """A stored e-mail with this text in both parts arrives as one message, with no other end of data in its octets."""
    body = message([("Date", "Sat, 20 Jun 2026 07:05:00 +0000"), ("Subject", text[:500])], "m", text, f"<p>{text}</p>")
    octets = sent(server, body)
    wire = server.taken[-1].wire
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n|\0", wire)
    assert not re.search(rb"(?m)^\.(?!\.)", wire)
    assert max(len(line) for line in wire.split(b"\r\n")) <= 998
    assert "victim@mail.example" not in server.acceptances()
    assert without_fault(octets)
    return octets


@pytest.mark.parametrize("end", ENDS, ids=range(len(ENDS)))
def test_M02_no_end_of_data_can_be_written_into_a_message(server: RawSmtp, end: str) -> None:
    text = f"before{end}{SECOND}{end}".encode("utf-8", "replace").decode()
    octets = one_message(server, text)
    got = part(parsed(octets), "plain")
    assert got.rstrip("\n") == text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def test_M02_dots_at_the_beginning_of_lines_are_doubled_on_the_wire_and_single_again(server: RawSmtp) -> None:
    text = "".join(f"{'.' * n} dots\n" for n in range(6))
    assert part(parsed(one_message(server, text)), "plain") == text
    assert server.taken[-1].wire.count(b"\r\n..") == 10  # in both parts


@pytest.mark.parametrize("damage", [b"\n.\n", b"\r.\r", b"\n"])
def test_M02_a_stored_mail_with_other_line_ends_is_not_sent_and_nobody_fails(
    server: RawSmtp, tmp_path: Path, damage: bytes
) -> None:
    head, mark, rest = mail().partition(b"Content-Language")
    with store_in(tmp_path) as store:
        post = Post(store, channel(server.url), edition=edition(head + b"X-Evil: a" + damage + b"b\r\n" + mark + rest))
        report = post.queue(people(2)).send()
        assert post.in_state("pending") == people(2)
        assert "the stored e-mail of rec-weekly/2026-W25" in report.failures[0].error
    assert server.connections == 0


@pytest.mark.parametrize("body", [b"", b"\r\n", b"Subject: x\r\n\r\nno parts", mail()[:900], bytes(range(256))])
def test_M02_a_stored_mail_that_is_none_stops_the_channel_and_nobody_fails(
    server: RawSmtp, tmp_path: Path, body: bytes
) -> None:
    with store_in(tmp_path) as store:
        post = Post(store, channel(server.url), edition=edition(body)).queue(people(2))
        assert len(post.send().failures) == 1
        assert post.in_state("pending") == people(2)


def _corpus(name: str) -> list[str]:
    folder = os.environ.get("DIGESTER_TEST_DATA")
    if not folder:
        pytest.skip("DIGESTER_TEST_DATA is not set: it names the folder of the hostile inputs")
    rows = [json.loads(x) for x in (Path(folder) / f"hostile/{name}.jsonl").read_text("utf-8").split("\n") if x]
    return [base64.b64decode(r["data"]).decode("utf-8", "replace") if r["enc"] == "base64" else r["data"] for r in rows]


@pytest.mark.parametrize("name", ["mail", "strings", "injection_lines"])
def test_M01_M02_published_attacks_are_one_message_each(server: RawSmtp, name: str) -> None:
    texts = [t if isinstance(t, str) else json.dumps(t) for t in _corpus(name)]
    for text in texts:
        one_message(server, text.encode("utf-8", "replace").decode()[:20_000])
    assert len(server.taken) == len(texts) > 50


# --------------------------------------------------------------- nobody else
def test_M18_no_recipient_learns_of_another(server: RawSmtp, tmp_path: Path) -> None:
    everybody = [f"reader-{x}{x}@house-{x}{x}.example" for x in "abcdefghijkl"]
    with store_in(tmp_path) as store:
        Post(store, channel(server.url, **LEAVES)).queue(everybody).send()
    assert len(server.taken) == 12
    for got in server.taken:
        others = [a for a in everybody if a != got.recipient]
        text = got.octets + b"".join(p.get_payload(decode=True) or b"" for p in parsed(got.octets).walk())
        assert not any(a.encode() in text or a.partition("@")[0].encode() in text for a in others)
        assert not any(person_id(KEY, key_of(a)).encode() in text for a in others)
        assert parsed(got.octets)["To"] == got.recipient
        assert not {"cc", "bcc"} & {f.name.decode() for f in fields(got.octets)}
    assert len({parsed(t.octets)["Message-ID"] for t in server.taken}) == 12
