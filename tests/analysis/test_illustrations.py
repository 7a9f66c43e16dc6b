"""Which figure of a paper is shown, and with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis.illustrations import best, caption_of
from digester.domain.pictures import TextPicture


def picture(caption: str) -> TextPicture:
    return TextPicture(caption, "https://arxiv.example/html/x1.png")


@pytest.mark.parametrize(
    "caption",
    [
        "Figure 1: Overall architecture of Wren. Dashed parts are trained.",
        "Fig. 2. Overview of the proposed two-stage system: tokens enter on the left.",
        "Figure A3 The serving pipeline behind the shop's home page.",
        "Illustration of our memory, read once a request.",
    ],
)
def test_a_drawing_of_the_whole_is_shown(caption: str) -> None:
    assert best([picture(caption)])


@pytest.mark.parametrize(
    "caption",
    [
        "Figure 1: Architecture.",
        "Figure 2: Recall of Wren and four baselines.",
        "Figure 3: The framework in comparison with its rivals.",
        "Figure 4: Overall performance over thirty days.",
        "Figure 5: Latency against the size of the pipeline.",
        "Figure 6: A user's evening.",
        "",
    ],
)
def test_a_plot_or_what_says_nothing_is_not_shown(caption: str) -> None:
    assert best([picture(caption)]) is None


def test_of_several_drawings_the_first_is_shown() -> None:
    first, second = (
        picture("Figure 2: Overview of the whole system."),
        picture("Figure 3: Architecture of its decoder."),
    )
    assert best([picture("Figure 1: A user's evening."), first, second]) == first


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("Figure 1: Overall architecture of Wren. Dashed parts are trained.", "Overall architecture of Wren."),
        ("Fig. 12. The pipeline of a request", "The pipeline of a request"),
        ("Figure 7 – Overview of Wren", "Overview of Wren"),
        ("Figures of merit of our framework", "Figures of merit of our framework"),
        ("", ""),
    ],
)
def test_a_caption_is_its_first_sentence_without_the_papers_number(caption: str, said: str) -> None:
    assert caption_of(picture(caption)) == said


@given(st.text(max_size=200))
def test_what_is_said_of_a_figure_is_a_slice_of_its_caption(caption: str) -> None:
    assert caption_of(picture(caption)) in caption
