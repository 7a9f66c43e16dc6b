"""Figures of a paper's page, and the licence that the page states."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digester.domain.model import Extracted
from digester.domain.sources import Document, Request
from digester.fulltext import PICTURES, arxiv_html

PAGE = "https://arxiv.example/html/2606.90001v1"
IMAGE = '<img class="ltx_graphics" src="{}">'
CAPTION = '<figcaption class="ltx_caption"><span class="ltx_tag">Figure 1: </span>Overview of Wren.</figcaption>'


def document(body: str, url: str = PAGE) -> Document:
    return Document(Request("page", url), url, "text/html", body.encode(), datetime(2026, 6, 20, tzinfo=UTC))


def read(figure: str, head: str = "", above: str = "") -> Extracted:
    body = (
        f'<figure class="ltx_figure">{figure}</figure><div class="ltx_para"><p class="ltx_p">We rank birds.</p></div>'
    )
    return arxiv_html.extract(
        document(f'<html><head>{head}</head><body>{above}<article class="ltx_document">{body}</article></body></html>')
    )


@pytest.mark.parametrize(
    ("source", "head", "url"),
    [
        ("2606.90001v1/x1.png", "", "https://arxiv.example/html/2606.90001v1/x1.png"),
        ("x1.png", '<base href="/html/2606.90001v1/">', "https://arxiv.example/html/2606.90001v1/x1.png"),
        ("/html/2606.90001v1/a/b.JPG", "", "https://arxiv.example/html/2606.90001v1/a/b.JPG"),
        ("https://arxiv.example/html/x.jpeg", "", "https://arxiv.example/html/x.jpeg"),
    ],
)
def test_a_figure_is_named_with_its_caption_and_address(source: str, head: str, url: str) -> None:
    (picture,) = read(IMAGE.format(source) + CAPTION, head).pictures
    assert (picture.caption, picture.url) == ("Figure 1: Overview of Wren.", url)


@pytest.mark.parametrize(
    "figure",
    [
        IMAGE.format("x1.png"),
        CAPTION,
        IMAGE.format("x1.png") * 2 + CAPTION,
        IMAGE.format("x1.svg") + CAPTION,
        IMAGE.format("data:image/png;base64,AAAA") + CAPTION,
        IMAGE.format("https://elsewhere.example/x1.png") + CAPTION,
        IMAGE.format("http://[bad/x1.png") + CAPTION,
        IMAGE.format("javascript:alert(1)//x.png") + CAPTION,
        '<object class="ltx_graphics" data="x1.png"></object>' + CAPTION,
        IMAGE.format("x1.png") + CAPTION + CAPTION,
    ],
    ids=["no caption", "no picture", "panels", "svg", "data", "other host", "broken", "script", "object", "captions"],
)
def test_what_is_not_one_picture_of_the_page_with_one_caption_is_no_figure(figure: str) -> None:
    assert read(figure).pictures == ()


@pytest.mark.parametrize(
    ("above", "licence"),
    [
        ('<a id="license-tr" href="https://info.arxiv.example/help/license">License: CC BY 4.0</a>', "CC BY 4.0"),
        ("<div>License: CC BY-NC-SA 4.0</div>", "CC BY-NC-SA 4.0"),
        ("<span>License: CC Zero</span>", "CC0 1.0"),
        ('<a rel="license" href="http://creativecommons.org/licenses/by-sa/4.0/">x</a>', "CC BY-SA 4.0"),
        ('<a href="http://creativecommons.org/licenses/by/4.0/">our icons</a>', ""),
        ("", ""),
    ],
)
def test_the_licence_is_what_the_page_around_the_paper_states(above: str, licence: str) -> None:
    assert read(IMAGE.format("x1.png") + CAPTION, above=above).licence == licence


def test_what_the_paper_itself_says_of_licences_is_not_its_licence() -> None:
    own = '<p class="ltx_p"><a class="license" href="http://creativecommons.org/licenses/by/4.0/">License: CC BY 4.0</a></p>'
    assert read(own).licence == ""


@pytest.mark.parametrize(
    ("address", "licence"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("http://creativecommons.org/licenses/by-nc-nd/4.0/", "CC BY-NC-ND 4.0"),
        ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"),
    ],
)
def test_an_abstract_page_states_its_licence_by_a_link(address: str, licence: str) -> None:
    page = f'<div class="abs-license">(<a href="{address}" title="Rights to this article">license</a>)</div>'
    assert PICTURES.licence(document(f"<html><body>{page}</body></html>")) == licence
