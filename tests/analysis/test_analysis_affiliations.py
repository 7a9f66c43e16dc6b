"""Affiliation lines as papers print them, with invented people and places of work beside real companies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis import affiliations


def read(line: str) -> list[tuple[str, str]]:
    return [(n.name, n.kind) for n in affiliations.organisations(line)]


IND, ACA, UNK = "industry", "academia", "unknown"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Kuaishou Technology, Beijing, China", [("Kuaishou", IND)]),
        ("Alibaba Group, Hangzhou, China", [("Alibaba", IND)]),
        ("Meta Platforms, Inc., Menlo Park, CA, USA", [("Meta", IND)]),
        ("Meta AI", [("Meta", IND)]),
        ("Apple", [("Apple", IND)]),
        ("Snap Inc., Santa Monica", [("Snap", IND)]),
        ("Target Corporation, Minneapolis", [("Target", IND)]),
        ("BAIDU INC.", [("Baidu", IND)]),
        ("北京快手科技有限公司", [("Kuaishou", IND)]),
        ("阿里巴巴集团, 杭州", [("Alibaba", IND)]),
        ("Huawei Noah's Ark Lab", [("Huawei", IND)]),
        ("OPPO Research Institute, Shenzhen, China", [("OPPO", IND)]),
        ("Google DeepMind, London, UK", [("Google DeepMind", IND)]),
        ("Shanghai AI Laboratory", [("Shanghai AI Laboratory", ACA)]),
        ("Hugging Face", [("Hugging Face", IND)]),
        ("Wikimedia Foundation", [("Wikimedia", UNK)]),
    ],
)
def test_a_company_is_printed_as_it_is_generally_called(line: str, expected: list[tuple[str, str]]) -> None:
    assert read(line) == expected


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Department of Computing, University of Varnholm, Varnholm", ["University of Varnholm"]),
        ("School of Computer Science Varnholm University, Varnholm", ["Varnholm University"]),
        ("State Key Laboratory of Slow Software, Nanlu University", ["Nanlu University"]),
        ("Varn Institute of Technology, Osterfjord", ["Varn Institute of Technology"]),
        ("Institute of Counting, Varnish Academy of Sciences", ["Varnish Academy of Sciences"]),
        ("滨海大学计算机系, 北京", ["滨海大学"]),
        ("Imperial College London", ["Imperial College London"]),
        ("KAIST, Daejeon, Republic of Korea", ["KAIST"]),
        ("Varn Business School", ["Varn Business School"]),
        ("University of Varnholm and University of Nanlu", ["University of Varnholm", "University of Nanlu"]),
        ("University of Science and Technology of China", ["University of Science and Technology of China"]),
        ("Orange County Community College", ["Orange County Community College"]),
        ("Apple Valley University", ["Apple Valley University"]),
    ],
)
def test_universities_and_institutes_are_academia(line: str, names: list[str]) -> None:
    assert read(line) == [(n, ACA) for n in names]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("University of Varnholm - Kuaishou Joint Lab", [("University of Varnholm", ACA), ("Kuaishou", IND)]),
        ("Nanlu University-Meituan Joint Institute for Lunch", [("Nanlu University", ACA), ("Meituan", IND)]),
        ("Alibaba-Nanlu University Joint Research Institute", [("Alibaba", IND), ("Nanlu University", ACA)]),
        ("University of Varnholm & ByteDance", [("University of Varnholm", ACA), ("ByteDance", IND)]),
        ("Tencent AI Lab and University of Nanlu", [("Tencent", IND), ("University of Nanlu", ACA)]),
        ("Netflix Inc., Los Gatos; University of Varnholm", [("Netflix", IND), ("University of Varnholm", ACA)]),
        ("Spotify / University of Nanlu", [("Spotify", IND), ("University of Nanlu", ACA)]),
    ],
)
def test_a_line_of_two_names_gives_both(line: str, expected: list[tuple[str, str]]) -> None:
    assert read(line) == expected


@pytest.mark.parametrize(
    "line",
    ["", "Beijing, China", "Seattle, WA", "New York, NY, USA", "Shenzhen 518055", "Independent Researcher", "Department of Computer Science", "PhD Student", "Equal contribution",
     "Corresponding author.", "These authors contributed equally.", "Block A, 12 Rue du Port", "Project lead", "AI Lab", "ada@kestrelo.example", "Work done in 2025.", "100084"],
)  # fmt: skip
def test_places_departments_roles_and_remarks_are_no_organisations(line: str) -> None:
    assert read(line) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Work done during internship at Meituan", [("Meituan", IND)]),
        ("Work done during an internship at Meituan.", [("Meituan", IND)]),
        ("This work was done while the author was at Kestrelo.", [("Kestrelo", UNK)]),
        ("Work done as an intern at Tencent AI Lab, Shenzhen.", [("Tencent", IND)]),
        ("Research was done when visiting at the University of Varnholm.", [("University of Varnholm", ACA)]),
        ("Work done while interning at Kuaishou under the guidance of Ada Marlow", [("Kuaishou", IND)]),
        ("Equal contribution. Work done while at LinkedIn.", [("LinkedIn", IND)]),
    ],
)
def test_a_footnote_about_a_stay_names_where_the_work_was_done(line: str, expected: list[tuple[str, str]]) -> None:
    assert read(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Kestrelo, Osterfjord", [("Kestrelo", UNK)]), ("Kestrelo Inc.", [("Kestrelo", IND)]), ("Kestrelo Research, Osterfjord", [("Kestrelo Research", IND)]),
     ("Search Team, Kestrelo GmbH", [("Kestrelo", IND)]), ("AI Lab, Velmarque Ltd.", [("Velmarque", IND)]), ("Samsung Medical Center", [("Samsung Medical Center", UNK)]),
     ("滨海科技公司", [("滨海科技公司", IND)])],
)  # fmt: skip
def test_who_is_unknown_is_kept_as_printed_and_a_company_only_if_it_says_so(
    line: str, expected: list[tuple[str, str]]
) -> None:
    assert read(line) == expected


@given(st.text(alphabet="AKuaishouMetUnversity of,;-&().快手大学 \n", max_size=200))
def test_spans_lie_in_the_line(line: str) -> None:
    for n in affiliations.organisations(line):
        assert 0 <= n.start < n.end <= len(line) and n.name
        assert line[n.start : n.end].strip() == line[n.start : n.end]


def test_long_lines_come_to_an_end() -> None:
    for unit in (
        "University ",
        "and ",
        "Department of ",
        "Meta, ",
        "work at ",
        "-",
        "School of Computer ",
        "Joint Lab ",
        "was at A ",
        "Inc Ltd ",
    ):
        affiliations.organisations(unit * (100_000 // len(unit)))
