"""What a Notion page says, and that whatever a record holds stays within Notion's limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.channels.notion_bench import SLUG, Bench, bench, edition
from tests.outputs.everything import OURS
from tests.outputs.hostile_samples import HOSTILE, hostile
from tests.outputs.issue_samples import WHALE, claim, daily, paper, say, weekly
from tests.outputs.planting import planted
from tests.servers.notion_limits import check_children, every, len16, read, text_of

from digester.channels._notion.blocks import bullets, requests
from digester.channels._notion.page import page
from digester.channels._notion.rich import plain, short
from digester.domain.delivery import Accepted, Failed
from digester.domain.issue import BatchCoverage, Issue, Row, Section
from digester.domain.model import Link

Block = dict[str, Any]


@pytest.fixture
def there() -> Iterator[Bench]:
    with bench() as made:
        yield made


def blocks(issue: Issue, language: str = "en") -> list[Block]:
    return page(edition(issue, language))


def kinds(issue: Issue) -> set[str]:
    return {block["type"] for block in every(blocks(issue))}


def links(some: list[Block]) -> set[str]:
    found = json.dumps(some)
    return {p["text"]["link"]["url"] for p in _pieces(json.loads(found)) if "link" in p.get("text", {})}


def _pieces(value: Any) -> Iterator[Block]:
    if isinstance(value, dict):
        if "text" in value or "equation" in value:
            yield value
        for inner in value.values():
            yield from _pieces(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _pieces(inner)


def tables(issue: Issue) -> list[list[str]]:
    return [[read(c) for c in b["table_row"]["cells"]] for b in every(blocks(issue)) if b["type"] == "table_row"]


# --------------------------------------------------------------------- content
def test_a_page_has_headings_paragraphs_nested_lists_quotes_tables_and_a_divider() -> None:
    assert kinds(weekly()) == {
        "paragraph", "heading_2", "heading_3", "bulleted_list_item", "quote", "table", "table_row", "divider"
    }  # fmt: skip


def test_the_reading_order_is_that_of_the_other_outputs() -> None:
    heads = [read(b["heading_2"]["rich_text"]) for b in blocks(weekly()) if b["type"] == "heading_2"]
    assert heads == [
        "In brief", "Overview", "Generative retrieval and Semantic IDs", "Long sequences in ads", "Scaling and its limits",
        "Online results", "What to watch", "Complete table", "Coverage", "How this issue was made",
    ]  # fmt: skip


def test_figures_stand_under_their_evidence_in_a_nested_list_with_sign_hedge_and_scope() -> None:
    items = [b["bulleted_list_item"] for b in blocks(weekly()) if b["type"] == "bulleted_list_item"]
    nested = {read(i["rich_text"]): text_of(i["children"]) for i in items if "children" in i}
    assert nested["deployed"] == "serving cost about -23% ↗"
    assert "CTR +1.24% (10% of traffic for two weeks) ↗\nGMV +0.83% ↗" in text_of(blocks(weekly()))


def test_the_tables_hold_every_row_and_every_figure_of_an_online_test() -> None:
    rows = tables(weekly())
    assert ["Velmarque", "CODEWALK", "p99 latency", "up to -11.1% ↗", "home feed", "deployed", "[1]"] in rows
    assert [
        "Lishi, University of Varn",
        "GRANITE",
        "eCPM",
        "+0.3 pp, not significant ↗",
        "new users",
        "online A/B",
        "[2]",
    ] in rows
    assert [row[0] for row in rows if len(row) == 6 and row[0].isdigit()] == ["5", "4", "4", "3"]
    assert ["cs.IR", "2026-06-16", "31", "29", "listing", "2606.90777, 2606.90778"] in rows


def test_a_quotation_is_a_quote_with_its_source_and_a_reading_is_labelled() -> None:
    quotes = [read(b["quote"]["rich_text"]) for b in blocks(weekly()) if b["type"] == "quote"]
    assert any(q.startswith("Constrained decoding removes 38%") and q.endswith("\n— arXiv · full text") for q in quotes)
    assert "Editor’s reading: With GRANITE it suggests" in text_of(blocks(weekly()))


def test_sentences_lead_to_the_words_they_rest_on_and_to_the_items_they_cite() -> None:
    found = links(blocks(weekly()))
    assert any(url.startswith("https://arxiv.example/html/2606.90011v1#:~:text=Clicks%20rose") for url in found)
    assert "https://arxiv.example/abs/2606.90012v1" in found and "https://digest.example/a" in found


@pytest.mark.parametrize("language", ["en", "zh", "de"])
@pytest.mark.parametrize("make", [weekly, daily])
def test_every_sentence_of_the_record_is_on_the_page(make: Any, language: str) -> None:
    issue = make()
    text = text_of(blocks(issue, language))
    for sentence in issue.sentences():
        assert (sentence.text.get(language) or sentence.text["en"]) in text
    for pick in issue.picks():
        assert (pick.headline.get(language) or pick.headline["en"] or pick.title) in text or pick.kind in (
            "post",
            "repository",
        )


def test_the_cards_of_a_signed_layout_have_a_line_a_field() -> None:
    text = text_of(blocks(replace(weekly(), layout="signed")))
    assert "🔥 Valid-item decoding (from post-hoc filtering to constrained decoding): Filters behind" in text
    assert "💡 Velmarque lifts CTR" in text
    assert (
        "🔗 Original: https://arxiv.example/abs/2606.90011v1\n🏷️ From: 🏭 Industry | Velmarque\n⭐ Rating: ★★★★★ 5/5"
        in text
    )
    assert "🎯 Why read it: CODEWALK keeps a trie" in text
    assert (
        "Why this rating: online test with signed figures, a design another team can copy. (from the abstract)" in text
    )


def test_a_daily_has_posts_by_topic_repositories_as_a_table_and_episodes_with_time_stamps() -> None:
    text = text_of(blocks(daily()))
    assert "Ansgar Tovelund (Scheduler maintainer, Pellucet): “Below 6,200 tokens" in text
    assert [
        "orrelune/ostrelith",
        "Python",
        "9,840",
        "4,310",
        "Inference code and evaluation scripts for Ostrelith 3.",
    ] in tables(daily())
    assert "21:40 “We threw the predictor away and nobody noticed.”" in text


def test_a_development_a_late_paper_and_what_was_not_read_in_full_are_named() -> None:
    pick = replace(WHALE, told="rec-weekly/2026-W24", new="new figures", late=True, level="abstract")
    text = text_of(blocks(replace(weekly(), sections=(Section("a", {"en": "A"}, (), (pick,)),))))
    assert "Told in rec-weekly/2026-W24; since then: new figures" in text
    assert "late arrival" in text and "Rated 5 from the abstract" in text


# ------------------------------------------------------------------ properties
def test_what_did_not_fit_is_said_in_the_language_of_the_page() -> None:
    census = replace(weekly().census, left_out={"beyond the 21 that fit": 7, "further posts": 1})
    assert "超出 21 条之限（7）" in text_of(blocks(replace(weekly(), census=census), "zh"))
    assert "further post (1)" in text_of(blocks(replace(weekly(), census=census)))


def test_a_summary_ends_at_a_sentence_or_a_word(there: Bench) -> None:
    sentences = "The overview goes on and on with many words. " * 100
    there.sent(replace(weekly(), summary={"en": sentences}))
    summary = there.notion.by_slug(SLUG)[0].plain("summary")
    assert 1000 < len(summary) <= 2000 and summary.endswith("words.")
    assert short("word" * 10 + " " + "x" * 3000, 2000).endswith("…")


@pytest.mark.parametrize("text", ["🦊" * 3000, "🦊 " * 2000, "推荐系统。" * 900, "e\u0301" * 3000])
def test_a_summary_is_counted_as_notion_counts(text: str) -> None:
    assert 0 < len16(short(text, 2000)) <= 2000


def test_tags_have_no_commas_are_short_and_stand_once(there: Bench) -> None:
    tags = ("Search, Ads", "Search; Ads", "x" * 300, "", " ", *(f"tag {n}" for n in range(200)))
    there.sent(replace(weekly(), tags={"en": tags}))
    names = there.notion.by_slug(SLUG)[0].plain("tags").split("/")
    assert names[0] == "Search; Ads" and len(names) == 100 and len(names[1]) == 100
    assert not there.notion.refused


# ---------------------------------------------------------------------- limits
def many(number: int, said: str = "A sentence of usual length about this paper.") -> Issue:
    """An issue of so many papers, each with figures, links and a row in the table."""
    picks = tuple(
        paper(f"2606.{n:05}", f"Paper {n}: on things", 3, f"Headline {n}", claims=(claim("CTR", "1.2", "%", "+", "online_ab"),),
              sentences=(say(f"s{n}", "report", said), say(f"q{n}", "quote", said)))
        for n in range(number)
    )  # fmt: skip
    rows = tuple(Row(p.work, p.title, p.url, 3, ("Some House",), "offline", "all", date(2026, 6, 16)) for p in picks)
    return replace(weekly(), sections=(Section("all", {"en": "All"}, (), picks),), rows=rows)


def test_a_long_table_goes_on_in_further_ones_and_misses_no_row(there: Bench) -> None:
    there.sent(many(350))
    assert not there.notion.refused
    children = there.notion.by_slug(SLUG)[0].children
    rows = [b for b in every(children) if b["type"] == "table_row"]
    named = [read(r["table_row"]["cells"][1]) for r in rows if len(r["table_row"]["cells"]) == 6]
    assert sum(title.startswith("Paper ") for title in named) == 350
    assert max(len(b["table"]["children"]) for b in children if b["type"] == "table") == 100


def test_a_list_under_one_line_with_more_than_a_block_holds_is_under_the_same_line_again() -> None:
    made = bullets(plain("Head"), [b for n in range(250) for b in bullets(plain(f"line {n}"))])
    check_children(made)
    assert text_of(made).count("Head") == 3 and text_of(made).count("line ") == 250


def test_requests_are_filled_up_to_the_limits_and_keep_the_order() -> None:
    every_block = blocks(many(200, "x" * 3900))
    parts = list(requests(every_block))
    for part in parts:
        check_children(part)
    assert [b for part in parts for b in part] == every_block
    assert len(parts) < len(every_block) / 30


@pytest.mark.parametrize("layout", ["", "signed"])
@pytest.mark.parametrize("text", [*HOSTILE, "🦊" * 9000, "$x_1$" * 900, "x" * 300_000, "\n" * 10_000, "推荐" * 50_000])
def test_hostile_text_in_every_field_stays_within_the_limits(text: str, layout: str) -> None:
    for issue in (hostile(text), planted(daily() if layout else weekly(), lambda _: text, OURS)):
        made = blocks(replace(issue, layout=layout))
        for part in requests(made):
            check_children(part)
        assert all(url.startswith(("http://", "https://")) for url in links(made))


def test_a_hostile_issue_is_taken_whole(there: Bench) -> None:
    for text in HOSTILE:
        there.again()
        outcome = there.send(hostile(text))
        assert isinstance(outcome, Failed if len(text) > 200 else Accepted)  # too long a slug is none
        assert not there.notion.refused


def test_thousands_of_figures_links_and_missing_ids_stay_within_the_limits() -> None:
    claims = tuple(claim(f"metric {n}", "1", "%", "+", "offline", "about", "s" * 500) for n in range(3000))
    more = tuple(Link(f"https://a.example/{'p' * 1800}{n}", "l" * 500) for n in range(500))
    batch = BatchCoverage("cs.IR", date(2026, 6, 15), 9000, 1, "listing", tuple(f"2606.{n:05}" for n in range(9000)))
    issue = replace(weekly(), coverage=replace(weekly().coverage, batches=(batch,)))
    issue = replace(issue, sections=(Section("a", {"en": "A"}, (), (replace(WHALE, claims=claims, links=more),)),))
    made = blocks(issue)
    for part in requests(made):
        check_children(part)
    assert text_of(made).count("metric ") >= 3000
