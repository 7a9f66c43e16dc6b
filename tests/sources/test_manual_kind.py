"""Items given by hand: plain text, absolute addresses, one an address."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, FetchState, Request, Source
from digester.sources import KINDS

NOW = datetime(2026, 7, 1, tzinfo=UTC)
KIND: Any = KINDS["manual"]


def given(*items: dict[str, Any]) -> tuple[Entry, ...]:
    params = TypeAdapter(KIND.Params).validate_python({"items": list(items)})
    return tuple(KIND.given(Source("s", "manual", "By hand", params)))


def test_an_item_becomes_an_entry_and_nothing_is_asked() -> None:
    (entry,) = given(
        {"url": "HTTPS://Talks.example/1", "title": "A  talk\u202e", "text": "Said\n\nso", "published": "2026-06-30",
         "authors": ["Ada Reed", " "]}
    )  # fmt: skip
    assert entry == Entry(
        "https://talks.example/1", "article", "https://talks.example/1", "A talk", "Said so", ("Ada Reed",),
        published_at=datetime(2026, 6, 30, tzinfo=UTC), language="en",
    )  # fmt: skip
    assert KIND.first(Source("s", "manual", "x", KIND.Params(())), FetchState("s"), NOW) == ()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-06-30T12:00:00+02:00", datetime(2026, 6, 30, 10, tzinfo=UTC)),
        ("2026-06-30T12:00:00", datetime(2026, 6, 30, 12, tzinfo=UTC)),
        (date(2026, 6, 30), datetime(2026, 6, 30, tzinfo=UTC)),
        (None, None),
    ],
)
def test_a_date_without_a_zone_is_utc(said: object, meant: datetime | None) -> None:
    assert given({"url": "https://a.example/", "title": "T", "published": said})[0].published_at == meant


def test_one_entry_an_address_the_first() -> None:
    two = given({"url": "https://a.example/1", "title": "One"}, {"url": "https://A.example/1", "title": "Two"})
    assert [e.title for e in two] == ["One"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "javascript:alert(1)"}, {"url": "/relative"}, {"url": "https://me:secret@a.example/"}, {"title": " \u200b"},
        {"published": "soon"}, {"titel": "x"}, {"authors": "Ada"},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_when_it_is_read_and_shows_no_secret(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        given({"url": "https://a.example/", "title": "T"} | wrong)
    assert "secret" not in str(caught.value.errors(include_input=False, include_url=False, include_context=False))


def test_a_document_nobody_asked_for_is_an_error() -> None:
    document = Document(Request("x", "https://a.example/"), "https://a.example/", "", b"x", NOW)
    with pytest.raises(ParseError):
        KIND.parse(Source("s", "manual", "x", KIND.Params(())), document)
