"""Recorded pages, papers and transcripts through the extractors, measured against gold texts.

Bounds, not golden texts: word F1 and the share of foreign words are of the page sets as a whole, so that an
update of the extraction library that reads worse is seen here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from statistics import mean
from typing import Any

import pytest

from digester.domain.model import Extracted
from digester.domain.sources import Document, Request
from digester.domain.text import plain
from digester.fulltext import EXTRACTORS

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def read(web: Any, row: dict[str, Any], extractor: str) -> Extracted:
    url = str(row["source_url"] or "https://recorded.example/")
    document = Document(Request("page", url), url, row["content_type"], web.read(row), NOW)
    return EXTRACTORS[extractor](document)


def overlap(found: str, gold: str) -> tuple[float, float]:
    """Word F1 and precision."""
    ours, theirs = Counter(re.findall(r"\w+", found.lower())), Counter(re.findall(r"\w+", gold.lower()))
    common = (ours & theirs).total()
    return 2 * common / max(1, ours.total() + theirs.total()), common / max(1, ours.total())


@pytest.fixture(scope="module")
def articles(web: Any) -> list[tuple[dict[str, Any], Extracted, str]]:
    """Articles of the WCXB set: row, what was read, the gold text."""
    found = []
    for row in web.of_kind("article"):
        if "/wcxb/" in row["path"] and row.get("page_type") == "article":
            gold = json.loads((web.folder / row["gold"]).read_text(encoding="utf-8"))
            found.append((row, read(web, row, "html"), gold["ground_truth"]["main_content"]))
    return found


def test_articles_read_as_their_gold(articles: list[tuple[dict[str, Any], Extracted, str]]) -> None:
    scores = [overlap(extracted.text, gold) for _, extracted, gold in articles]
    assert len(scores) > 100
    assert mean(f1 for f1, _ in scores) > 0.91
    assert mean(precision for _, precision in scores) > 0.93


def test_nearly_every_article_is_found(articles: list[tuple[dict[str, Any], Extracted, str]]) -> None:
    missed = [row["path"] for row, extracted, gold in articles if extracted.outcome != "ok" and len(gold) > 1_000]
    assert len(missed) <= len(articles) * 0.03, missed


def test_texts_are_plain(articles: list[tuple[dict[str, Any], Extracted, str]]) -> None:
    assert [row["path"] for row, extracted, _ in articles if extracted.text != plain(extracted.text)] == []


def test_a_bot_check_and_a_listing_are_no_article(web: Any) -> None:
    page = read(web, web.of_kind("antibot_page")[0], "html")
    assert page.outcome == "needs_javascript"
    assert read(web, web.of_kind("arxiv_abs")[0], "arxiv_html").outcome == "unsupported"


def test_a_paper_has_sections_and_an_author_block(web: Any) -> None:
    paper = read(web, web.of_kind("arxiv_html")[0], "arxiv_html")
    assert paper.outcome == "ok" and [s.heading for s in paper.sections][:2] == ["Abstract", "Introduction"]
    block = paper.author_block
    assert len({a.author for a in block}) == 2 and len({a.organisation for a in block}) == 1
    assert all(1 < len(a.author.split()) < 4 and a.organisation.endswith(", Paris, France") for a in block)
    assert "start_POSTSUBSCRIPT" not in paper.text and "ltx_" not in paper.text


def test_transcripts_of_each_format_name_times_and_speakers(web: Any) -> None:
    for row in web.of_kind("podcast_transcript"):
        if "/transcripts/" not in row["path"]:  # a list of episodes in a JSON of its own
            assert read(web, row, "transcript").outcome == "unsupported"
            continue
        found = read(web, row, "transcript")
        assert found.outcome == "ok", row["path"]
        assert all(re.fullmatch(r"\d\d:\d\d:\d\d", s.heading) for s in found.sections), row["path"]
        assert re.match(r"[A-Z][\w ]+: ", found.sections[0].text), row["path"]
        assert "-->" not in found.text and "<" not in found.text, row["path"]
