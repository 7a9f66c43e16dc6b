"""`digester search`: words in the frozen issues of a workspace."""

from __future__ import annotations

from tests.servers.newsroom import Desk


def test_a_system_is_found_with_its_address_and_the_word_marked(made: Desk) -> None:
    done = made("search", "SIDLoom", "CTR", "--limit", "1")
    place, headline, snippet, url = done.out.splitlines()
    assert (
        place.startswith("rec-weekly/2026-W25 (")
        and place.endswith(", item 8")
        and "[SIDLoom]" in headline
        and "[CTR]" in snippet
    )
    assert url.strip() == "https://arxiv.example/abs/2606.90011"


def test_json_has_marks_by_place(made: Desk) -> None:
    (row,) = made.json("search", "广告主价值", "--language", "zh", "--limit", "1")
    (start, end), *_ = row["marks"]
    assert row["snippet"][start:end] == "广告主价值" and row["language"] == "zh" and row["number"] > 0


def test_kind_and_day_narrow_the_search(made: Desk) -> None:
    assert {r["kind"] for r in made.json("search", "a", "--kind", "ai-daily")} == {"ai-daily"}
    assert made.json("search", "a", "--since", "2026-06-21") == []


def test_no_match_is_said_and_is_no_failure(made: Desk) -> None:
    done = made("search", "quokka")
    assert (done.code, done.out) == (0, "") and "no frozen issue" in done.err


def test_what_is_no_word_is_refused(empty: Desk) -> None:
    for words in ([" "], ["x"] * 3 + [f"w{n}" for n in range(20)], ["x" * 201]):
        assert empty("search", *words).code == 2
    assert empty("search", "x", "--since", "june").code == 2
    assert empty("search", "x").code == 0
