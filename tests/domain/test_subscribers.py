"""Addresses that can be mailed, those that cannot (M03), and which of them are one person's (M15)."""

from __future__ import annotations

import json
import os
import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digester.domain.subscribers import LOCAL, MOST, NoAddress, address_of, key_of

TAKEN = {
    "ana@mail.example": "ana@mail.example",
    " ana@mail.example\t": "ana@mail.example",
    "Ana.Lumen@Mail.EXAMPLE": "Ana.Lumen@mail.example",
    "o'brien+news_2{x}~@a-b.c0.example": "o'brien+news_2{x}~@a-b.c0.example",
    "!#$%&'*+-/=?^_`{|}~@mail.example": "!#$%&'*+-/=?^_`{|}~@mail.example",
    '"quoted"@mail.example': '"quoted"@mail.example',
    '"a@b"@mail.example': '"a@b"@mail.example',
    '"a\\"b\\\\c"@mail.example': '"a\\"b\\\\c"@mail.example',
    '"a..b.(c)<d>,;:[e]"@mail.example': '"a..b.(c)<d>,;:[e]"@mail.example',
    "ana@bücher.example": "ana@xn--bcher-kva.example",
    "ana@BÜCHER.example": "ana@xn--bcher-kva.example",
    "ana@例子.example": "ana@xn--fsqu00a.example",
    "ana@xn--fsqu00a.example": "ana@xn--fsqu00a.example",
    "ana@mail。example": "ana@mail.example",
    "李雷@mail.example": "李雷@mail.example",
    "jörg.é@bücher.example": "jörg.é@xn--bcher-kva.example",
    f"{'a' * LOCAL}@mail.example": f"{'a' * LOCAL}@mail.example",
    f"a@{'b' * 63}.example": f"a@{'b' * 63}.example",
    "1@2.example": "1@2.example",
}
REFUSED = {
    "nothing": "",
    "no @": "ana.mail.example",
    "two @": "ana@mail@mail.example",
    "no local part": "@mail.example",
    "no domain": "ana@",
    "a dot before the @": "ana.@mail.example",
    "a dot first": ".ana@mail.example",
    "two dots": "ana..lumen@mail.example",
    "a trailing dot": "ana@mail.example.",
    "two dots in the domain": "ana@mail..example",
    "a dot first in the domain": "ana@.mail.example",
    "one label": "ana@localhost",
    "an address of the net": "ana@127.0.0.1",
    "a literal": "ana@[127.0.0.1]",
    "a literal of IPv6": "ana@[IPv6:::1]",
    "a hyphen first": "ana@-mail.example",
    "a hyphen last": "ana@mail-.example",
    "an underscore": "ana@ma_il.example",
    "a label too long": f"ana@{'b' * 64}.example",
    "a local part too long": f"{'a' * (LOCAL + 1)}@mail.example",
    "too long in octets": f"{'é' * 33}@mail.example",
    "a path too long": f"a@{'.'.join(['b' * 60] * 4)}.example.example",
    "320 octets": f"{'a' * 64}@{'b' * 255}",
    "a million octets": f"{'a' * 1_000_000}@mail.example",
    "a space": "ana lumen@mail.example",
    "a space in quotes": '"ana lumen"@mail.example',
    "a space in the domain": "ana@mail .example",
    "a no-break space": "ana\u00a0b@mail.example",
    "a name before it": "Ana <ana@mail.example>",
    "brackets": "<ana@mail.example>",
    "a name that looks like another address": '"boss@bank.example" <ana@mail.example>',
    "a comment": "ana(work)@mail.example",
    "a comment before it": "(work)ana@mail.example",
    "a group": "team:ana@mail.example;",
    "two addresses": "ana@mail.example,ben@mail.example",
    "two addresses by a semicolon": "ana@mail.example;ben@mail.example",
    "a route": "@relay.example:ana@mail.example",
    "a percent route stays one address, a bang path too": "ana@mail.example!ben",
    "an open quote": '"ana@mail.example',
    "a quote within": 'an"a@mail.example',
    "a line end": "ana@mail.example\r\n",
    "a line end and a field": "ana@mail.example\r\nBcc: ben@mail.example",
    "a bare line feed": "ana\n@mail.example",
    "a command": "ana@mail.example>\r\nDATA",
    "a null": "ana\0@mail.example",
    "an escape": "\x1b[31mana@mail.example",
    "a line end in quotes": '"ana\r\n"@mail.example',
    "a quoted line end": '"ana\\\n"@mail.example',
    "a line separator": "ana\u2028@mail.example",
    "text that turns": "ana\u202e@mail.example",
    "a mark that is not seen": "ana\u200b@mail.example",
    "a soft hyphen": "ana@ma\u00adil.example",
    "a joiner": "ana@ma\u200dil.example",
    "half a character": "ana\ud800@mail.example",
    "a byte order mark": "\ufeffana@mail.example",
    "a domain of two readings": "ana@straße.example",
    "a domain of two readings, in capitals": "ana@STRAẞE.example",
    "a domain of two readings in Greek": "ana@βόλος.example",
    "a slash that hides in a letter": "ana@℀.example",
    "letters that idna forbids": "ana@a\u2fffb.example",
    "a mail link": "mailto:ana@mail.example@",
}


@pytest.mark.parametrize(("text", "address"), TAKEN.items())
def test_M03_an_address_is_taken_with_its_domain_in_small_ascii(text: str, address: str) -> None:
    assert address_of(text) == address
    assert address_of(address) == address


@pytest.mark.parametrize("text", REFUSED.values(), ids=list(REFUSED))
def test_M03_what_is_more_or_less_than_an_address_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(NoAddress, match=r"^(has|holds|is) [a-z0-9@ ,\-]+"):
        address_of(text)


def _published() -> list[dict[str, str]]:
    folder = os.environ.get("DIGESTER_TEST_DATA")
    if not folder:
        pytest.skip("DIGESTER_TEST_DATA is not set: it names the folder of the hostile inputs")
    lines = (Path(folder) / "hostile/addresses.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_M03_published_addresses_are_taken_or_refused_as_labelled() -> None:
    """Comments, folding, literals and obsolete forms are legal in messages, but nobody subscribes with them. The corpus
    writes control characters as their pictures."""
    signs = {0x2400 + n: n for n in range(32)}
    seen = 0
    for case in _published():
        text, category = case["data"].translate(signs), case["category"]
        try:
            address_of(text)
            took = True
        except NoAddress:
            took = False
        if category in ("ISEMAIL_ERR", "ISEMAIL_DEPREC", "ISEMAIL_RFC5322"):
            assert not took, case
        if category in ("ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN"):
            assert took or "." not in text.rpartition("@")[2], case
        seen += 1
    assert seen > 100


# ------------------------------------------------------------------ properties
atom = st.text(
    st.sampled_from(string.ascii_letters + string.digits + "!#$%&'*/=?^_`{|}~-äß李İ"), min_size=1, max_size=12
)
local = st.lists(atom, min_size=1, max_size=3).map(".".join).filter(lambda x: len(x.encode()) <= 40)
label = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True).filter(lambda x: not x.startswith("xn--"))
domain = st.builds(lambda a, b: f"{a}.{b}.example", label, label)
address = st.builds(lambda a, b: f"{a}@{b}", local, domain).filter(
    lambda x: all(unicodedata.category(c)[0] not in "CZ" for c in x)
)


@given(st.text(max_size=300))
@example("a@b.example\r\nRCPT TO:<c@d.example>")
def test_M03_any_text_is_an_address_or_refused_and_an_address_is_harmless(text: str) -> None:
    try:
        made = address_of(text)
    except NoAddress as err:
        assert str(err)
        return
    assert not any(c in made for c in " \t\r\n\0")
    assert len(made.encode()) <= MOST
    assert made.rpartition("@")[2].isascii()
    assert address_of(made) == made


@given(address)
def test_M03_made_up_addresses_are_taken(text: str) -> None:
    assert address_of(text).lower().endswith(".example")


@given(address)
def test_M15_a_key_is_the_key_of_itself_and_keeps_the_domain(text: str) -> None:
    key = key_of(address_of(text))
    assert key.rpartition("@")[2] == text.rpartition("@")[2].lower()
    assert key_of(key) == key


@given(address, st.text(st.sampled_from(string.ascii_lowercase + "+.-"), max_size=8).filter(lambda x: x[-1:] != "."))
def test_M15_case_and_tag_make_no_other_person(text: str, tag: str) -> None:
    name, _, where = address_of(text).rpartition("@")
    assert key_of(f"{name}+{tag}@{where}") == key_of(text)
    if text.isascii():
        assert key_of(address_of(text.swapcase())) == key_of(address_of(text))


@given(st.lists(atom.filter(str.isascii), min_size=2, max_size=4), st.sampled_from(["gmail.com", "googlemail.com"]))
def test_M15_dots_mean_nothing_where_they_mean_nothing_and_something_elsewhere(parts: list[str], where: str) -> None:
    plain, dotted = "".join(parts), ".".join(parts)
    assert key_of(f"{dotted}@{where}") == key_of(f"{plain}@gmail.com")
    assert key_of(f"{dotted}@mail.example") != key_of(f"{plain}@mail.example")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana@mail.example", "ana@mail.example"),
        ("ana+digest@mail.example", "ana@mail.example"),
        ("ana+a+b@mail.example", "ana+c@mail.example"),
        ("a.n.a@gmail.com", "ana+x@googlemail.com"),
        ("JÖRG@mail.example", "jörg@mail.example"),
        ("jo\u0308rg@mail.example", "j\u00f6rg@mail.example"),
        ('"ana"@mail.example', "ana@mail.example"),
        ('"\\a\\n\\a"@mail.example', "ana@mail.example"),
    ],
)
def test_M15_two_spellings_of_one_person(one: str, other: str) -> None:
    assert key_of(address_of(one)) == key_of(address_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@mail.example", "ana@mail2.example"),
        ("ana.lumen@mail.example", "analumen@mail.example"),
        ("+ana@mail.example", "+ben@mail.example"),
        ("ana-digest@mail.example", "ana@mail.example"),
        ("ana@gmail.com", "ana@gmail.com.example"),
        ("\u0430na@mail.example", "ana@mail.example"),
        ("strasse@mail.example", "straße@mail.example"),
    ],
)
def test_M15_two_people(one: str, other: str) -> None:
    assert key_of(address_of(one)) != key_of(address_of(other))
