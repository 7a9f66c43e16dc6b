"""T06: text in the wrong encoding. It is repaired where a whole title is UTF-8 read as Latin-1 and can be nothing else; what
holds any other sign is shown as it came."""

from __future__ import annotations

import pytest
from tests.sources.test_parse_faults import feed, item, parse

RIGHT = ("Zählung der Größe", "推荐系统", "naïve café", "Ã la carte", "São Paulo")


def garbled(text: str) -> str:
    """UTF-8 read as cp1252, as far as that has a sign for each octet."""
    return text.encode().decode("cp1252", "ignore")


@pytest.mark.parametrize("title", RIGHT)
def test_t06_right_text_is_never_repaired(title: str) -> None:
    assert parse(feed(item(title=title))).entries[0].title == title


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("title", ["Zählung der Größe", "“quoted” — words"])
def test_t06_text_garbled_once_or_twice_is_shown_as_it_came(title: str, times: int) -> None:
    for _ in range(times):
        title = garbled(title)
    shown = parse(feed(item(title=title))).entries[0].title
    assert shown == "".join(c for c in title if c not in "\u00ad\x81\x8d\x8f\x90\x9d")


@pytest.mark.parametrize("title", ["naïve café", "São Paulo"])
def test_t06_a_title_that_is_certainly_utf_8_read_as_latin_1_is_repaired(title: str) -> None:
    assert parse(feed(item(title=title.encode().decode("latin-1")))).entries[0].title == title


def test_t06_two_encodings_in_one_feed_lose_no_entry_and_are_noted() -> None:
    body = feed(
        item(title="One"), item(title="@@", link="https://e.example/2"), item(title="面包", link="https://e.example/3")
    )
    found = parse(body.replace(b"@@", "Größe".encode("latin-1")))
    assert [e.url for e in found.entries] == [f"https://e.example/{n}" for n in (1, 2, 3)]
    assert found.entries[0].title == "One" and found.notes, "the reader of the source sees that it was no valid text"
