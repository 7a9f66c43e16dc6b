"""Figures of papers on a page: what stands below them, and what is never shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.outputs.issue_samples import DRAWING, weekly

from digester.domain.issue import Issue
from digester.outputs._view import page
from digester.outputs.email import Email
from digester.outputs.html import Html
from digester.outputs.json import dump, load
from digester.outputs.markdown import Markdown

FILE = f"pictures/{DRAWING.name}"


def drawn(**changes: Any) -> Issue:
    """The weekly with another picture in its second section."""
    first, second, *rest = weekly().sections
    assert second.illustration
    other = replace(second.illustration, picture=replace(DRAWING, **changes))
    return replace(weekly(), sections=(first, replace(second, illustration=other), *rest))


def test_a_figure_says_what_whose_and_under_which_licence() -> None:
    (picture,) = [s.picture for s in page(weekly(), "en").sections if s.picture]
    assert (picture.label, picture.caption.text) == ("Figure 1", "Overview of the compressed history.")
    assert picture.whose.endswith(f"(arXiv:{DRAWING.work[6:]})")
    assert (picture.credit, picture.licence) == ("Mira Sand, Jo Pell", "CC BY-SA 4.0")
    assert picture.terms == "https://creativecommons.org/licenses/by-sa/4.0/"


def test_figures_are_numbered_through_the_issue() -> None:
    first, second, *rest = weekly().sections
    assert second.illustration
    own = replace(second.illustration, picture=replace(DRAWING, work=first.picks[0].work))
    issue = replace(weekly(), sections=(replace(first, illustration=own), second, *rest))
    assert [s.picture.label for s in page(issue, "zh").sections if s.picture] == ["图 1", "图 2"]


def test_a_caption_in_another_language_is_marked_with_it() -> None:
    (picture,) = [s.picture for s in page(weekly(), "zh").sections if s.picture]
    assert (picture.caption.lang, picture.caption.kind) == ("en", "quote")


def test_pages_show_the_file_beside_them_and_lead_to_it() -> None:
    html, text = Html().render(weekly(), "en").decode(), Markdown().render(weekly(), "en").decode()
    assert f'<a href="{FILE}"><img src="{FILE}" width="1080" height="360" alt="' in html
    assert f"]({FILE})\n\n**Figure 1**: \u201cOverview of the compressed history.\u201d" in text
    assert "img-src 'self'" in html


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "../../etc/passwd.png"}, {"name": "https://elsewhere.example/x.png"}, {"name": "ab.png"}, {"name": "0" * 32 + ".svg"},
        {"licence": "CC BY-NC 4.0"}, {"licence": ""}, {"work": "arxiv:2606.99999"}, {"width": 0}, {"height": 10**9},
    ],
)  # fmt: skip
def test_a_picture_that_may_not_be_shown_is_not(changes: dict[str, Any]) -> None:
    issue = drawn(**changes)
    assert not any(s.picture for s in page(issue, "en").sections)
    assert b"<img" not in Html().render(issue, "en") and b"![" not in Markdown().render(issue, "en")


def test_a_mail_has_no_pictures_for_programs_to_fetch() -> None:
    assert b"<img" not in Email().render(weekly(), "en")


def test_a_record_with_a_picture_comes_back_equal_and_one_without_is_still_read() -> None:
    assert load(dump(weekly())) == weekly()
    older = dump(drawn()).replace(b'"illustration": null,', b"")
    assert load(older) == drawn()
