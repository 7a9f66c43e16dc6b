"""The title that a page states of itself."""

from __future__ import annotations

import pytest

from digester.fulltext import _title

H1, NAME = "<h1>Lantern 2 halves its\n latency</h1>", "Lantern 2 halves its latency"


def page(head: str, body: str) -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (f"<title>{NAME} | Quiet Labs</title>", H1, NAME),
        (f'<meta property="og:title" content="{NAME} - Quiet">', f"<h1>Quiet</h1>{H1}", NAME),
        (f'<meta property="og:title" content="{NAME}"><title>Quiet</title>', "<h1>Quiet</h1>", NAME),
        (f"<title>{NAME} | Quiet</title>", "<h1>Quiet</h1>", f"{NAME} | Quiet"),
        ("<title>Quiet</title>", H1, NAME),
        (f"<title>{NAME}</title>", "", NAME),
        ("", H1, NAME),
        ("<title>" + "long " * 100 + "</title>", "", ""),
        ("<title>bro\ufffdken</title>", "", ""),
        ("", "<p>Nothing</p>", ""),
        ('<meta property="og:title">', "", ""),
        ('<meta property="og:title" content="a&lt;b&gt;c \u202edef">', "", "a<b>c def"),
    ],
)
def test_the_title_of_a_page_is_its_heading_where_the_others_agree(head: str, body: str, title: str) -> None:
    assert _title.of(page(head, body)) == title


def test_what_is_no_page_has_no_title() -> None:
    assert [_title.of(x) for x in ("", " ", "\x00", "<" * 99)] == [""] * 4
