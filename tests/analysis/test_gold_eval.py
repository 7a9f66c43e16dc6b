"""The gold set's list and the agreement of two passes, on a recorded web and labels made for it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from eval.gold import agree, collect

HEAD = "id\tstory\tfollowup_of\n"


def feed(*items: tuple[str, str, str, str]) -> str:
    """An RSS document of (guid, title, text, day of February 2026)."""
    rows = "".join(
        f"<item><guid>{g}</guid><link>https://paper.example/{g}</link><title>{t}</title><description>{d}</description>"
        f"<pubDate>{day} Feb 2026 09:00:00 GMT</pubDate></item>"
        for g, t, d, day in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'


@pytest.fixture
def web(tmp_path: Path) -> Path:
    files = {
        "feeds/ai/heron.xml": feed(
            ("1", "Northlake ships Heron 5", "A new model.", "03"),
            ("2", "Northlake opens a house in Oslo", "", "03"),
            ("3", "Heron 6", "Too late for the fortnight.", "25"),
        ),
        "feeds/kagi/time.com-tech-feed.xml": feed(
            ("a", "Heron 5 writes poems", "The chatbot of Northlake rhymes.", "04"),
            ("b", "A gardener retires", "She grew roses.", "04"),
        ),
    }
    for path, text in files.items():
        file = tmp_path / "web" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    rows = [{"path": p, "source_url": None, "content_type": "application/rss+xml"} for p in files]
    (tmp_path / "web" / "MANIFEST.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_candidates_lie_in_the_days_of_a_part_and_desks_give_what_is_of_the_trade(web: Path) -> None:
    titles = [c.title for c in collect.candidates(web)]
    assert sorted(titles) == ["Heron 5 writes poems", "Northlake opens a house in Oslo", "Northlake ships Heron 5"]
    assert collect.selected(collect.candidates(web)) == collect.candidates(web)


def test_a_link_weighs_rare_words_shared_with_another_source(web: Path) -> None:
    rows = collect.candidates(web)
    linked = collect.links(rows)
    by_title = {r.title: linked.get(r.id, 0.0) for r in rows}
    assert by_title["Northlake ships Heron 5"] > 0
    assert by_title["Northlake ships Heron 5"] == by_title["Heron 5 writes poems"]


def test_labels_join_their_texts_by_id_and_hash_and_what_changed_is_told(
    web: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b, c = collect.candidates(web)
    lines = [
        f"{a.id}\t{a.hash}\t1\t",
        f"{b.id}\t{'0' * 16}\t2\t",
        f"{c.id}\t{c.hash}\t3\t1",
        f"{'f' * 20}\t{c.hash}\t4\t",
    ]
    (tmp_path / "ai_news.tsv").write_text("id\thash\tstory\tfollowup_of\n" + "\n".join(lines) + "\n", encoding="utf-8")
    rows = collect.load(tmp_path, web)
    assert [(r.id, r.title, r.story, r.followup_of) for r in rows] == [
        (a.id, a.title, "1", ""),
        (c.id, c.title, "3", "1"),
    ]
    told = capsys.readouterr().err
    assert "1 items not recorded" in told and f"1 items recorded with another text: {b.id}" in told


def passes(tmp_path: Path, one: str, two: str) -> tuple[agree.Pass, agree.Pass]:
    """Two passes written as `id:story` or `id:story<earlier`."""
    found = []
    for name, spec in (("one", one), ("two", two)):
        rows = [row.partition(":") for row in spec.split()]
        text = "".join(f"{i}\t{s.partition('<')[0]}\t{s.partition('<')[2]}\n" for i, _, s in rows)
        (tmp_path / name).write_text(HEAD + text, encoding="utf-8")
        found.append(agree.read(tmp_path / name))
    return found[0], found[1]


def test_a_link_on_one_item_holds_for_its_whole_story(tmp_path: Path) -> None:
    one, _ = passes(tmp_path, "a:1 b:2<1 c:2 d:3", "a:1 b:1 c:1 d:1")
    assert one.relation(("a", "c")) == agree.FOLLOWUP
    assert one.relation(("b", "c")) == agree.SAME
    assert agree.named(one) == {("a", "b"), ("a", "c"), ("b", "c")}


def test_equal_passes_agree_wholly_whatever_their_labels_are_called(tmp_path: Path) -> None:
    one, two = passes(tmp_path, "a:1 b:1 c:2<1 d:3", "a:x b:x c:y<x d:z")
    result = agree.compared(one, two, set())
    assert result["kappa_related"] == result["kappa_all"] == 1.0
    assert result["bcubed"]["f1"] == result["pairwise_same"]["f1"] == 1.0
    assert not agree.disagreements(one, two)


def test_a_split_story_costs_recall_and_its_pairs_are_named(tmp_path: Path) -> None:
    one, two = passes(tmp_path, "a:1 b:1 c:2 d:3", "a:1 b:2 c:3 d:4")
    result = agree.compared(one, two, {("c", "d")})
    assert result["bcubed"] == {"p": 1.0, "r": 0.75, "f1": 0.8571}
    assert result["pairs"] == {"all": 6, "named_by_either": 1, "alike": 1, "related": 2}
    assert agree.disagreements(one, two) == [(("a", "b"), agree.SAME, agree.DIFFERENT)]


def test_kappa_is_cohens() -> None:
    counts = Counter(
        {("same", "same"): 20, ("same", "different"): 5, ("different", "same"): 10, ("different", "different"): 15}
    )
    assert agree.kappa(counts) == pytest.approx(0.4)


def test_neighbours_are_the_most_alike_and_share_a_word(web: Path) -> None:
    rows = collect.candidates(web)
    ids = {r.title: r.id for r in rows}
    poems, ships = ids["Heron 5 writes poems"], ids["Northlake ships Heron 5"]
    assert (min(poems, ships), max(poems, ships)) in agree.alike(rows)
