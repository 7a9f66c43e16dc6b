"""Charts: well-formed, named in words, inside their frame whatever the numbers and names."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from tests.outputs.hostile_samples import HOSTILE

from digester.outputs.charts import MOST, fitted, ratings, sources, weeks

SVG = "{http://www.w3.org/2000/svg}"
WEEKS = [f"2026-W{n}" for n in range(20, 26)]
SERIES = [("Generative retrieval and Semantic IDs", [None, 2, 3, 1, 5, 12]), ("CTR <b>", [0, 0, 1, 0, 2, 3])]
ROWS = [("arXiv cs.IR", 120, 24), ("美团技术团队", 12, 3), ("Osk & Notes", 4, 0)]


def pictures(made: str) -> list[etree._Element]:
    """The SVGs of a chart, which must be XML too."""
    return etree.fromstring(f"<x>{made}</x>").findall(f".//{SVG}svg")


def percent(element: etree._Element, name: str) -> float:
    value = element.get(name)
    assert value and value.endswith("%")
    return float(value[:-1])


def check_inside(made: str) -> None:
    for svg in pictures(made):
        height = float(svg.get("height") or 0)
        names = [e.get("id") for e in svg if e.tag in (f"{SVG}title", f"{SVG}desc")]
        assert (
            svg.get("role") == "img"
            and svg.get("aria-labelledby") == " ".join(str(n) for n in names)
            and len(names) == 2
        )
        assert all(e.text for e in svg if e.get("id"))
        for bar in svg.findall(f"{SVG}rect"):
            assert percent(bar, "x") >= -0.01 and percent(bar, "x") + percent(bar, "width") <= 100.02
            assert float(bar.get("y") or -1) >= 0 and float(bar.get("y") or 0) + float(bar.get("height") or 0) <= height
        for text in svg.findall(f"{SVG}text"):
            assert 0 <= percent(text, "x") <= 100 and 0 < float(text.get("y") or 0) <= height


@pytest.mark.parametrize("language", ["en", "zh"])
def test_charts(language: str, golden: Callable[[str, bytes], None]) -> None:
    made = "\n".join(
        (ratings([(5, 5), (4, 10), (3, 9)], language), weeks(WEEKS, SERIES, language), sources(ROWS, language))
    )
    check_inside(made)
    golden(f"charts.{language}.html", f"{made}\n".encode())


def test_every_picture_has_its_numbers_in_a_table() -> None:
    table = html.fromstring(weeks(WEEKS, SERIES, "en")).xpath("//table")[0]
    cells = [[c.text_content() for c in row] for row in table.xpath(".//tr")]
    assert cells == [
        ["subject", *WEEKS],
        [SERIES[0][0], "–", "2", "3", "1", "5", "12"],
        ["CTR <b>", "0", "0", "1", "0", "2", "3"],
    ]


def test_an_unknown_week_is_not_drawn_as_none_found() -> None:
    kinds = [r.get("class") for r in pictures(weeks(WEEKS, SERIES, "en"))[0].findall(f"{SVG}rect")]
    assert kinds == ["chart-none"] + ["chart-full"] * 5
    assert "2026-W20" not in str(pictures(weeks(WEEKS, SERIES, "en"))[0][1].text)


def test_all_panels_have_one_scale() -> None:
    one, two = (
        [float(r.get("height") or 0) for r in p.findall(f"{SVG}rect")] for p in pictures(weeks(WEEKS, SERIES, "en"))
    )
    assert max(one) == 4 * max(two)


def test_a_bar_is_as_long_as_its_number() -> None:
    bars = pictures(ratings([(5, 5), (4, 10), (3, 0)], "en"))[0].findall(f"{SVG}rect")
    assert percent(bars[0], "width") * 2 == percent(bars[1], "width") and percent(bars[2], "width") == 0
    seen, printed = pictures(sources(ROWS[:1], "en"))[0].findall(f"{SVG}rect")
    assert (percent(seen, "width"), percent(printed, "width")) == (100, 20)


def test_r13_nothing_to_draw_is_no_picture() -> None:
    assert (
        ratings([], "en")
        == ratings([(5, 0)], "en")
        == weeks([], [], "en")
        == weeks(["a"], [("x", [None])], "en")
        == sources([], "zh")
        == ""
    )


def test_r13_many_rows_are_drawn_in_part_and_listed_whole() -> None:
    made = sources([(f"source {n}", 10, 1) for n in range(MOST + 6)], "en")
    assert len(pictures(made)[0].findall(f"{SVG}rect")) == 2 * MOST and f"The first {MOST} of {MOST + 6}" in made
    assert len(html.fromstring(made).xpath("//tbody/tr")) == MOST + 6


def test_a_series_of_another_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="one value for each week"):
        weeks(WEEKS, [("x", [1])], "en")


@pytest.mark.parametrize("payload", HOSTILE)
def test_r03_hostile_names_stay_text_in_the_picture(payload: str) -> None:
    made = "".join((weeks([payload, payload], [(payload, [1, 2])], "en", "w"), sources([(payload, 2, 1)], "zh", "s")))
    check_inside(made)
    tags = {e.tag for e in html.fromstring(f"<div>{made}</div>").iter() if isinstance(e.tag, str)}
    assert tags <= {
        "div",
        "figure",
        "figcaption",
        "svg",
        "title",
        "desc",
        "rect",
        "text",
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=60), st.integers(0, 10**7), st.integers(0, 10**7)), max_size=30))
def test_any_numbers_stay_inside(rows: list[tuple[str, int, int]]) -> None:
    made = sources(rows, "en")
    if made:
        check_inside(made)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=5, max_size=5), max_size=6))
def test_any_weeks_stay_inside(series: list[list[int | None]]) -> None:
    if made := weeks(WEEKS[:5], [(f"s{n}", values) for n, values in enumerate(series)], "zh"):
        check_inside(made)


def ems(text: str) -> float:
    """No narrower than common fonts draw it: Han a square, capitals and broad letters 0.9, others 0.62, marks nothing."""
    wide = {"W": 1.0, "F": 1.0}
    return sum(
        0
        if unicodedata.category(c)[0] == "M" or c == "\u200d"
        else wide.get(unicodedata.east_asian_width(c), 0.9 if c.isupper() or c in "mw" else 0.62)
        for c in text
    )


@settings(deadline=None)
@given(st.text(max_size=200))
def test_t07_a_label_fits_and_is_cut_between_letters(text: str) -> None:
    label = fitted(text)
    assert ems(label) <= 16.1 and "\n" not in label
    assert fitted(label) == label or "…" in label


def test_t05_marks_piled_on_a_letter_are_thinned() -> None:
    assert fitted("Z" + "\u0335" * 500 + "algo") == "Z\u0335\u0335algo"
    assert fitted("长" * 40) == "长" * 13 + "…" and fitted("short") == "short"
