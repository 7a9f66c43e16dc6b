"""explain and verify: the reader follows what is printed to its passage, and anybody can hold a draft against its sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from tests.servers.newsroom import DAILY, WEEKLY, Desk, Done, digester

SOURCE = (
    "https://kestrelo.example/sidloom\n\nSIDLoom was tested online at Kestrelo. In an A/B test on 5% of users it raises CTR by 1.24%. "
    "Serving latency falls by up to 18 ms. \u201cIt holds in every market,\u201d says Ines Halvorsen."
)
DRAFT = """---
title: Weekly
---

# Kestrelo tests SIDLoom

SIDLoom raises CTR by **1.24 percent** in an [online A/B test](https://kestrelo.example/sidloom).

- Latency falls by up to 18 ms.
- Ines Halvorsen says "it holds in every market".
"""


@pytest.mark.parametrize("issue", [DAILY, WEEKLY])
def test_every_statement_of_a_frozen_issue_is_supported(made: Desk, issue: tuple[str, str]) -> None:
    done = made("verify", issue[0], "--date", issue[1])
    assert done.code == 0, done.said
    assert done.out.rstrip().endswith("statements checked, none unsupported")


@pytest.mark.parametrize("issue", [DAILY, WEEKLY])
def test_explain_leads_from_every_figure_to_words_that_hold_it(made: Desk, issue: tuple[str, str]) -> None:
    told: list[dict[str, Any]] = made.json("explain", "issue", "/".join(issue))
    assert [t["number"] for t in told] == list(range(1, len(told) + 1))
    figures = [t for t in told if t["kind"] == "figure"]
    assert (issue == DAILY) != bool(figures)
    for t in figures:
        value = t["text"].split("(")[0].split()[-1].lstrip("+-").rstrip("%x")
        assert any(value in s["sentence"] for s in t["stands"]), t
    for t in told:
        if t["kind"] in ("quote", "report"):
            assert t["stands"] and all(s["level"] != "not stored" for s in t["stands"]), t
        if t["kind"] == "derived":
            assert t["rule"].startswith("computed:") and t["inputs"], t


def test_explain_tells_one_statement_and_says_how_many_there_are(made: Desk) -> None:
    one = made("explain", "issue", *("rec-weekly", "--date", "2026-W25"), "--claim", "2")
    assert one.code == 0 and one.out.startswith("[2] ") and "[3]" not in one.out
    none = made("explain", "issue", "rec-weekly/2026-W25", "--claim", "9999")
    assert none.code == 4 and "they count from 1 to" in none.err


def test_explain_item_shows_ratings_with_reasons_and_each_point_with_its_words(made: Desk) -> None:
    lead = made.issue(*WEEKLY).picks()[0].lead_item_id
    done = made("explain", "item", lead)
    assert done.code == 0 and "rated " in done.out
    points = [line for line in done.out.splitlines() if line.startswith(("  +", "  -"))]
    assert len(points) > 5
    assert all(line.partition(": ")[2] for line in points), points


def test_explain_item_tells_each_rating_once_and_the_words_of_what_was_not_read(made: Desk) -> None:
    low = next(r for r in made.json("items", "list", "--issue", "/".join(WEEKLY)) if r["rating"] == 1)
    done = made("explain", "item", low["id"])
    rated = [line for line in done.out.splitlines() if line.startswith("rated ")]
    assert len(rated) == len(set(rated)) == 1
    points = [line for line in done.out.splitlines() if line.startswith(("  +", "  -"))]
    assert points and all(line.partition(": ")[2] for line in points), points
    assert "left out of rec-weekly/2026-W25 (revision 1): " in done.out


def test_explain_item_says_of_news_what_was_counted_and_where_from(made: Desk) -> None:
    told = made.json("explain", "item", made.issue(*DAILY).picks()[0].lead_item_id)
    points = {p["name"]: p["words"] for p in told["ratings"][-1]["points"] if p["points"]}
    assert any(c.isdigit() for c in points["specifics"]) and "labs or engineering" in points["primary"]
    assert all(points.values()), points


def test_explain_item_says_where_it_is_printed_and_why_with_a_lower_rating(made: Desk) -> None:
    record = made.issue(*WEEKLY)
    lowered = next(p for p in record.picks() if "a 5 by its evidence" in p.reason["en"])
    number = record.picks().index(lowered) + 1
    done = made("explain", "item", lowered.work)
    assert f"printed in rec-weekly/2026-W25 (revision 1) as item {number}, rated 4 (judged 5): " in done.out
    place = made.json("explain", "item", lowered.work)["issues"][0]
    assert (place["what"], place["rating"], place["judged"]) == ("printed", 4, 5)


def test_what_stands_behind_a_story_says_where(made: Desk) -> None:
    record = made.issue(*DAILY)
    number, pick = next((n, p) for n, p in enumerate(record.picks(), 1) if p.links)
    done = made("explain", "item", pick.links[0].url)
    assert f"linked from item {number} of ai-daily/2026-06-20" in done.out


@pytest.mark.parametrize(
    "words", [("explain", "issue", "rec-weekly/2026-W01"), ("verify", "rec-weekly", "--date", "2026-W01")]
)
def test_an_issue_that_is_not_there_is_named_with_the_way_to_make_it(made: Desk, words: tuple[str, ...]) -> None:
    done = made(*words)
    assert done.code == 4 and "digester run rec-weekly --date 2026-W01" in done.err


def test_a_record_that_was_changed_in_the_database_is_not_supported_any_more(made: Desk) -> None:
    record = made.issue(*WEEKLY)
    claim = next(c for p in record.picks() for c in p.claims)
    engine = create_engine(made.workspace().database)
    with engine.begin() as c:
        rows = c.execute(text("SELECT id, body FROM issues")).all()
        for identity, body in rows:
            changed = body.replace(f'"value":"{claim.value}"', '"value":"77.77"')
            c.execute(text("UPDATE issues SET body = :b WHERE id = :i"), {"b": changed, "i": identity})
    engine.dispose()
    done = made("verify", "rec-weekly", "--date", "2026-W25")
    assert done.code == 6 and "77.77" in done.out and "no passage has this number" in done.out


def test_G11_what_is_deleted_or_changed_upstream_leaves_the_issue_verifiable(made: Desk) -> None:
    made.write(made.config.read_text("utf-8").replace("http://127.0.0.1", "http://127.0.0.2"))  # nothing answers there
    engine = create_engine(made.workspace().database)
    with engine.begin() as c:  # the items read otherwise now, their texts are gone
        c.execute(text("UPDATE items SET body = replace(body, '%', ' per mille')"))
        c.execute(text("DELETE FROM full_texts"))
    engine.dispose()
    for kind, period in (DAILY, WEEKLY):
        done = made("verify", kind, "--date", period)
        assert done.code == 0, done.said
        assert made("explain", "issue", kind, "--date", period).code == 0


# ----------------------------------------------------------------- drafts
def checked(tmp_path: Path, draft: str, *, source: str = SOURCE, name: str = "source.txt") -> Done:
    (tmp_path / "sources").mkdir(exist_ok=True)
    (tmp_path / "sources" / name).write_text(source, "utf-8")
    (tmp_path / "draft.md").write_text(draft, "utf-8")
    return digester("verify", "--file", str(tmp_path / "draft.md"), "--sources", str(tmp_path / "sources"))


def test_a_draft_that_its_sources_hold_passes(tmp_path: Path) -> None:
    done = checked(tmp_path, DRAFT)
    assert done.code == 0, done.said
    assert "4 statements checked, none unsupported" in done.out


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("1.24 percent", "2.24 percent", "number"),
        ("1.24 percent", "1.24 percentage points", "unit"),
        ("raises CTR", "lowers CTR", "sign"),
        ("up to 18 ms", "18 ms", "hedge"),
        ("Kestrelo tests", "Meituan tests", "name"),
        ("it holds in every market", "it wins in every market", "quotation"),
        ("kestrelo.example/sidloom)", "kestrelo.example/other)", "link"),
    ],
)
def test_a_wrong_statement_of_a_draft_is_named_with_its_rule(tmp_path: Path, old: str, new: str, rule: str) -> None:
    assert old in DRAFT
    done = checked(tmp_path, DRAFT.replace(old, new))
    assert done.code == 6
    assert f"    {rule}: " in done.out
    assert "1 unsupported" in done.out


def test_a_source_may_be_a_page(tmp_path: Path) -> None:
    words = " ".join(SOURCE.split("\n\n")[1:])
    more = "".join(
        f"<p>Paragraph {n} tells how retrieval by identifiers came about and what its serving costs a year.</p>"
        for n in range(9)
    )
    page = f"<html><head><title>SIDLoom</title></head><body><article><h1>SIDLoom</h1><p>{words}</p>{more}</article></body></html>"
    assert checked(tmp_path, "SIDLoom raises CTR by 1.24%.", source=page, name="page.html").code == 0
    assert checked(tmp_path, "SIDLoom raises CTR by 3%.", source=page, name="page.html").code == 6


def test_a_draft_without_a_statement_is_not_called_supported(tmp_path: Path) -> None:
    done = checked(tmp_path, "\n")
    assert done.code == 4 and "no statement to check" in done.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "name an ISSUE"),
        (("--file", "draft.md"), 2, "--file needs --sources"),
        (("--file", "gone.md", "--sources", "."), 4, "no source in"),
    ],
)
def test_what_is_missing_is_said(
    tmp_path: Path, words: tuple[str, ...], code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = digester("verify", *words)
    assert done.code == code, done.said
    assert said in done.err
