"""R08: what file names are made of slugs, tags, organisations and themes that may hold anything."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digester.domain.filenames import LONGEST, file_name

SAFE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff_-]*")
NASTY = (
    "../../etc/passwd", "/etc/passwd", "a\0b", "CON", "con", "nul", "com1", "LPT9", "trailing.", "trailing ", "...", "!?",
    "", " ", "x" * 300, "😀", "‮evil", "A", "a", "Ａ", "a-b", "a b", "a_b", "a  b", "C++", "C#", "c", "rec-weekly-en-2026-W25",
    "rec-weekly-en-2026-w25", "推荐系统", "推荐 系统", "\ud800", "C:\\x", "a/b", "index.html", "-", "é", "e\u0301",
)  # fmt: skip
names = st.one_of(st.text(max_size=300), st.text("abAB -_.1W25./\\中", max_size=12), st.sampled_from(NASTY))


@pytest.mark.parametrize(
    "slug", ["rec-weekly-en-2026-W25", "ai-daily-2026-06-20", "papers", "推荐系统", "generative-recommendation-survey"]
)
def test_plain_slugs_stay_as_they_are(slug: str) -> None:
    assert file_name(slug) == slug


def test_a_space_is_readable() -> None:
    assert file_name("recommendation systems") == "recommendation_systems"


def test_what_cannot_stay_keeps_what_can_be_read() -> None:
    assert re.fullmatch(r"c-[0-9a-f]{10}", file_name("C++"))
    assert re.fullmatch(r"[0-9a-f]{10}", file_name("😀"))


@given(names)
@example("x" * 101)
def test_r08_a_file_name_is_one_safe_segment(name: str) -> None:
    made = file_name(name)
    assert SAFE.fullmatch(made) and len(f"{made}.html".encode()) <= 120 and made == file_name(name)
    assert made.lower() not in {"con", "prn", "aux", "nul", "com1", "lpt1"}


@given(names, names)
@example("a b", "a_b")
@example("a b", "a-b")
@example("2026-W25", "2026-w25")
@example("A", "a")
def test_r08_different_names_never_share_a_file(one: str, other: str) -> None:
    assert (file_name(one).lower() == file_name(other).lower()) == (one == other)


@given(names)
def test_r08_a_name_that_looks_like_another_with_its_hash_is_told_apart(name: str) -> None:
    assert file_name(file_name(name)) != file_name(name) or name == file_name(name) or " " in name


def test_r08_nasty_names_all_differ() -> None:
    assert len({file_name(n).lower() for n in NASTY}) == len(set(NASTY))


def test_long_names_end_in_time() -> None:
    assert len(file_name("x" * 1_000_000)) <= LONGEST
