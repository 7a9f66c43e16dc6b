"""Links to the words that something printed rests on."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.outputs.issue_samples import EXCERPT, SUPPORT, weekly

from digester.domain.fragments import fragment, of, places
from digester.domain.model import Support
from digester.outputs.html import Html
from digester.outputs.markdown import Markdown

PAGE = "https://arxiv.example/abs/1"


def test_a_short_passage_is_named_whole_and_a_long_one_by_its_ends() -> None:
    assert fragment(PAGE, "CTR rose by 1.24%.") == f"{PAGE}#:~:text=CTR%20rose%20by%201.24%25."
    assert (
        fragment(PAGE, "one two three four five six seven eight nine")
        == f"{PAGE}#:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"
    )


def test_the_signs_of_the_directive_are_escaped() -> None:
    made = fragment(PAGE, "a-b, c&d")
    assert made == f"{PAGE}#:~:text=a%2Db%2C%20c%26d"


def test_a_page_that_is_addressed_inside_already_keeps_its_fragment() -> None:
    assert fragment(f"{PAGE}#s2", "words") == f"{PAGE}#s2"
    assert fragment(PAGE, "  ") == PAGE


@given(st.text(max_size=200))
def test_any_words_make_one_address_without_space_or_markup(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    made = fragment(PAGE, text)
    assert not set(made) & set(" <>\"'\n`|[]()")
    assert unquote(made).startswith(PAGE)


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_an_address_that_is_no_page_makes_no_link(url: str) -> None:
    issue = replace(weekly(), excerpts=(replace(EXCERPT, url=url),))
    assert places(issue.excerpts) == {}
    assert 'class="passage"' not in Html().render(issue, "en").decode()


def test_the_figure_comes_before_a_name_among_the_supports() -> None:
    known = {("p", 0, 5): "name-url", ("p", 9, 12): "number-url"}
    assert of((Support("p", 0, 5, "org:stated"), Support("p", 9, 12, "number")), known) == "number-url"
    assert of((Support("x", 0, 5, "number"),), known) == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_figure_leads_to_its_words_in_html_and_markdown(language: str) -> None:
    issue = weekly()
    url = fragment(EXCERPT.url, EXCERPT.text)
    figures = sum(len(p.claims) for p in issue.picks())
    assert figures and all(c.supports == SUPPORT for p in issue.picks() for c in p.claims)
    assert Html().render(issue, language).decode().count(f'class="passage" href="{url}"') >= figures
    text = Markdown().render(issue, language).decode()
    assert text.count("[↗][p1]") >= figures
    assert f"[p1]: {url}" in text
