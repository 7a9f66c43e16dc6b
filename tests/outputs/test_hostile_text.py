"""Signs that hide, turn, divide or end text: no output fails over them, and no line of any format is broken by them."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from tests.outputs.everything import everything, issues, notes, of_note, single
from tests.outputs.inert import all_faults, broken, markdown_faults, pieces
from tests.outputs.issue_samples import EXCERPT, weekly
from tests.outputs.mail_reading import parsed
from tests.outputs.planting import as_text, in_addresses, in_turn
from tests.outputs.test_hostile_fields import calm

from digester.domain.cut import octets, whole
from digester.domain.fragments import fragment
from digester.outputs.json import load

CONTROLS = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF, 0xFDD0]))
HALVES = ("\ud800", "a\udc00b", "\udbff\udbff x", "\udc80.png")


@pytest.mark.parametrize("way", [as_text, in_addresses])
@pytest.mark.parametrize("half", HALVES)
def test_t01_half_a_character_fails_no_output(half: str, way: object) -> None:
    """`domain.text.plain` takes them away before the store; a record that has one anyway is printed."""
    made = everything((as_text if way is as_text else in_addresses)(half))
    assert [f for path, body in made.items() for f in broken(path, body)] == []
    assert any("\ufffd" in body.decode("utf-8-sig") for path, body in made.items() if not path.endswith(".png"))


@settings(max_examples=200, deadline=None)
@given(st.text(st.one_of(st.characters(), st.integers(0xD800, 0xDFFF).map(chr))))
def test_t01_any_text_has_octets_and_makes_a_fragment(text: str) -> None:
    assert octets(text).decode() == whole(text)
    assert re.fullmatch(r"[!-~]+", fragment(EXCERPT.url, text))


@pytest.mark.parametrize("sign", [CONTROLS, *HALVES[:1]])
def test_t01_controls_in_every_field_leave_every_format_whole(sign: str) -> None:
    made = everything(as_text(f"a{sign}b"))
    assert all_faults(made, calm()) == []


@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "\u2066\u202d", "\u200f\u061c"])
def test_t02_what_turns_text_reaches_no_mail_and_no_header(sign: str) -> None:
    """Before the store `plain` takes it away; mails and their headers are cleaned again."""
    for path, body in single(issues(as_text(f"{sign}gpj.exe"))[0]):
        assert list(broken(path, body)) == [], path
        if path.startswith("email"):
            assert sign not in str(parsed(body)["Subject"])


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\r", "\n"])
def test_t08_a_separator_in_every_text_ends_no_line(sign: str) -> None:
    made = everything(as_text(f"one{sign}two: three"))
    assert all_faults(made, calm()) == []
    for path, body in made.items():
        if path.endswith(".md"):
            text = body.decode()
            assert not re.search(r"^two: three", text, re.MULTILINE), path
            head = text.split("\n---\n")[0]
            assert not re.search("[\x0b\x0c\x85\u2028\u2029]", head), path
        if path.endswith(".eml"):
            assert not [
                k
                for k in parsed(body)
                if k not in ("Date", "Subject", "Content-Language", "MIME-Version", "Content-Type")
            ]


@cache
def marked() -> dict[str, bytes]:
    texts = ("```\ncode\n```", "~~~", "    four", "\tcode", "# h", "> q", "- [ ] x", "1. x", "***", "___", "===", "|a|b|", "[^1]: x",
             "&lt;b&gt;", "<b>", "\\", "\\\\", "`", "$$x$$", "$x", "\\(x\\)", ":::x", ".. raw:: html", "\\input{/etc/passwd}", "%", "{", "}}",
             "a\n\n<b>", "a\n***\nb", "a  \nb", "![", "](", "<!--", "-->", "```", "http://x.example", "a@b.example", "www.x.example")  # fmt: skip
    return dict(everything(in_turn(texts))) | {f"2/{p}": b for p, b in everything(in_turn(texts, 17)).items()}


def test_t10_marks_of_markup_are_literal_in_every_output() -> None:
    assert all_faults(marked(), calm()) == []


def test_t10_a_fence_in_a_text_closes_none_of_ours() -> None:
    for record in notes(as_text("x\n```\n~~~\n$$\n-->\n<!-- /note -->")):
        for path, body in of_note(record):
            if path.endswith(".md"):
                assert list(markdown_faults(body.decode())) == [], path
                assert body.decode().split("\n---\n")[-1].count("<!-- /note -->") == ("collection" in path)


def test_t10_every_title_reads_as_it_was_on_the_page() -> None:
    text = "# a *b* _c_ `d` [e](f) <g> &amp; \\h ~~i~~ |j| ${k} %l"
    for path, body in single(issues(as_text(text))[0]):
        for piece in pieces(path, body):
            assert text in html.fromstring(piece).text_content(), path


def test_t01_the_record_comes_back_but_for_what_has_no_octets() -> None:
    body = dict(single(issues(as_text("a\x00b\ud800"))[0]))["json/en.json"]
    assert load(body).title["en"] == "a\x00b\ufffd" and json.loads(body)["title"]["en"] == "a\x00b\ufffd"
    assert load(dict(single(weekly()))["json/en.json"]) == weekly()
