"""Front matter for site generators: golden heads in both languages, read back by YAML to the values of the record."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outputs.hostile_samples import HOSTILE, hostile
from tests.outputs.issue_samples import daily, weekly

from digester.domain.issue import Issue
from digester.domain.site import Site
from digester.outputs import outputs

PROFILES = ("plain", "hugo", "jekyll", "astro", "notionnext")
TEN = ["type", "status", "date", "slug", "summary", "tags", "category", "icon", "password", "priority"]
DAY = datetime.date(2026, 6, 20)


def whole(issue: Issue, profile: str, language: str = "en") -> str:
    return outputs(None, Site(front_matter=profile))["markdown"].render(issue, language).decode()


def head(issue: Issue, profile: str, language: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(whole(issue, profile, language).split("---\n", 2)[1])
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("profile", PROFILES)
def test_golden(profile: str, language: str, golden: Callable[[str, bytes], None]) -> None:
    text = whole(daily(), profile, language)
    golden(
        f"front_matter.{profile}.{language}.md", text[: text.index("\n\n", text.index("\n---\n") + 6)].encode() + b"\n"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_profile_reads_back_as_the_record(language: str) -> None:
    issue = weekly()
    title, summary, tags = issue.title[language], issue.summary[language], list(issue.tags[language])
    slug, category = issue.slug[language], issue.category[language]
    known: dict[str, Any] = {
        "title": title, "slug": slug, "date": DAY, "pubDate": DAY, "lastmod": DAY, "updatedDate": DAY, "summary": summary,
        "excerpt": summary, "description": summary, "tags": tags, "category": category, "categories": [category],
        "lang": language, "draft": False, "published": True, "layout": "post", "type": "Post", "status": "Published",
        "icon": "", "password": "", "priority": "",
    }  # fmt: skip
    for profile in PROFILES:
        found = head(issue, profile, language)
        assert found == {key: known[key] for key in found}
        assert {DAY, slug, summary} <= {v for v in found.values() if not isinstance(v, list)}


def test_notionnext_has_the_ten_properties_in_order() -> None:
    assert list(head(weekly(), "notionnext", "zh")) == TEN


def test_a_summary_for_notion_ends_with_a_sentence_below_its_limit() -> None:
    sentence = "Constraints move into the decoder and histories stay whole. "
    long = replace(weekly(), summary={"en": sentence * 60, "zh": "约束进入解码器，历史不再截断。" * 200})
    for language, end in (("en", "whole."), ("zh", "截断。")):
        cut = head(long, "notionnext", language)["summary"]
        assert 1_700 < len(cut) <= 1_900 and cut.endswith(end)
        assert len(head(long, "hugo", language)["summary"]) > 2_000


def test_the_heading_is_left_out_where_the_generator_prints_the_title() -> None:
    for profile in PROFILES:
        body = whole(weekly(), profile).split("---\n", 2)[2]
        assert ("# RecSys Weekly" in body) == (profile in ("plain", "notionnext"))
        assert body.split("## ", 1)[1] == whole(weekly(), "plain").split("---\n", 2)[2].split("## ", 1)[1]


def test_what_is_not_frozen_is_no_published_page() -> None:
    draft = replace(weekly(), state="draft")
    assert head(draft, "hugo")["draft"] is head(draft, "astro")["draft"] is True
    assert head(draft, "jekyll")["published"] is False and head(draft, "notionnext")["status"] == "Draft"


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("profile", PROFILES)
def test_hostile_text_adds_no_field(profile: str, payload: str) -> None:
    found = head(hostile(payload), profile)
    assert list(found) == list(head(hostile("word"), profile))
    assert found["slug"] == " ".join(payload.split()) or payload != payload.strip()


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(PROFILES))
def test_any_text_reads_back(text: str, profile: str) -> None:
    issue = replace(weekly(), slug={"en": text or "x"}, tags={"en": (text,)}, sections=(), rows=(), threads=())
    found = head(issue, profile)
    folded = " ".join(["", *(text or "x").split(), ""]).strip()
    assert found["slug"].strip() == folded and [tag.strip() for tag in found["tags"]] == [" ".join(text.split())]
