"""Titles of a megabyte, none, equal ones, every script; no item, one, five thousand: every output stays within bounds."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import pytest
from lxml import etree, html
from tests.outputs.everything import ESSAY, SITE, collected, everything, issues, single
from tests.outputs.inert import all_faults, broken, pieces
from tests.outputs.issue_samples import WHALE, paper, row, weekly
from tests.outputs.mail_reading import parsed, part
from tests.outputs.planting import as_text
from tests.outputs.site.crawl import dead_links
from tests.outputs.site.site_samples import later, shelf
from tests.outputs.test_hostile_fields import calm

from digester.domain.issue import Issue, Pick, Section

CLIPPED = 102_400  # octets after which the largest provider of mail cuts a message off
SCRIPTS = {
    "zh": "推荐系统：从召回到排序", "ja": "推薦システムの「評価」", "ko": "추천 시스템의 평가", "ar": "أنظمة التوصية: من الاسترجاع إلى الترتيب",
    "he": "מערכות המלצה", "hi": "अनुशंसा प्रणाली क्ष्म", "th": "ระบบแนะนำ", "emoji": "👩‍👩‍👧 🏳️‍🌈 👍🏽 🇩🇪 1️⃣", "nfd": "e\u0301galite\u0301",
}  # fmt: skip
GIANTS = {
    "word": "x" * 1_000_000, "words": "word " * 200_000, "marks": "a" + "\u0301" * 10_000, "lines": "a\n" * 100_000, "han": "长" * 300_000,
    "ligature": "\ufdfa" * 50_000, "brackets": "[" * 50_000, "open": "<a " * 50_000, "stars": "*_`" * 20_000, "tex": "$\\frac{" * 5_000, "short": "<[*" * 10_000,
}  # fmt: skip


def of_picks(picks: Sequence[Pick], **more: object) -> Issue:
    base = weekly()
    sections = (Section("x", {"en": "X"}, (), tuple(picks)),)
    rows = tuple(row(p, "x", "offline") for p in picks)
    return replace(base, sections=sections, threads=(), takeaways=(), overview=(), watch=(), rows=rows, **more)  # type: ignore[arg-type]


def entitled(title: str) -> Issue:
    """The weekly whose own title and whose first item's are this."""
    giant = replace(WHALE, title=title, headline={"en": title}, source=title[:50_000])
    rest = weekly().sections[1].picks
    return of_picks([giant, *rest], title={"en": title}, summary={"en": title})


def check(issue: Issue, texts: int) -> dict[str, bytes]:
    """Every output and the site: readable, the mail below its limit, nothing longer than the texts say it may be."""
    made = dict([*single(issue), *collected(shelf([issue], SITE))])
    assert [f"{p}: {f}" for p, b in made.items() for f in broken(p, b)] == []
    for path, body in made.items():
        if path.endswith(".eml"):
            assert len(body) < CLIPPED, path
        assert len(body) < 400_000 + 60 * texts, f"{path}: {len(body)}"
    return made


@pytest.mark.parametrize(
    "name", [n if len(GIANTS[n]) < 45_000 else pytest.param(n, marks=pytest.mark.slow) for n in GIANTS]
)
def test_t05_r14_a_giant_title_leaves_every_output_within_bounds(name: str) -> None:
    title = GIANTS[name]
    made = check(entitled(title), len(title.encode()))
    for language in ("en", "zh"):
        text = part(parsed(made[f"email/{language}.eml"]), "plain")
        assert "GRANITE" in text and "TIDE" in text, "the others keep their places"


def test_t05_marks_piled_on_a_letter_stay_on_their_letter_in_a_mail() -> None:
    made = check(entitled("a" + "\u0301" * 10_000 + "b"), 20_000)
    subject = str(parsed(made["email/en.eml"])["Subject"])
    assert len(subject) <= 70


@pytest.mark.parametrize(
    "script", [s if s in ("zh", "ar", "hi", "emoji") else pytest.param(s, marks=pytest.mark.slow) for s in SCRIPTS]
)
def test_t11_a_title_in_any_script_comes_back_from_every_output(script: str) -> None:
    title = SCRIPTS[script]
    made = everything(as_text(title))
    assert all_faults(made, calm()) == []
    for path, body in made.items():
        if path.startswith(("0/html", "0/email", "site/article")):
            assert all(title in html.fromstring(p).text_content() for p in pieces(path, body)), path
        if path.startswith("0/email"):
            assert title[:20] in str(parsed(body)["Subject"])
    assert json.loads(made["0/json/en.json"])["title"]["en"] == title
    assert etree.fromstring(made["site/feed.xml"]).findtext("channel/item/title") == title
    assert title in made["0/csv/en.csv"].decode("utf-8-sig")
    articles = [p for p in made if p.startswith("site/article/") and p.endswith(".html")]
    assert len(articles) == 2, "two issues of one slug have pages of their own"


def test_t11_right_to_left_text_stands_apart_from_what_follows() -> None:
    """Every element that holds a title of the record says `dir=auto`, or is a block of its own."""
    assert unicodedata.bidirectional(SCRIPTS["ar"][0]) == "AL"
    page = html.fromstring(dict(single(issues(as_text(SCRIPTS["ar"]))[0]))["html/en.html"])
    assert page.xpath("//h1")[0].text_content().strip() and page.xpath("//*[@dir='auto']")


@pytest.mark.parametrize("count", [0, 1])
def test_r13_no_item_and_one_are_clear_in_every_output(count: int) -> None:
    made = check(of_picks([WHALE][:count]), 10_000)
    assert dead_links({p.removeprefix("site/"): b for p, b in made.items() if p.startswith("site/")}) == []
    for path, body in made.items():
        for piece in pieces(path, body):
            if path.startswith(("html", "email", "site/article")):
                assert ("CODEWALK" in piece) == bool(count), path
    assert len(json.loads(made["json/en.json"])["rows"]) == count


def test_r13_an_empty_record_is_rendered_by_every_output() -> None:
    made = everything(as_text(""))
    assert all_faults(made, calm()) == []


@pytest.mark.slow
def test_r13_five_thousand_items_are_whole_in_every_output_but_the_mail() -> None:
    picks = [
        replace(paper(str(n), f"Title {n}", 1 + n % 5, f"Headline {n}"), sentences=(), organisations=())
        for n in range(5000)
    ]
    made = check(of_picks(picks), 5000 * 300)
    for path in ("html/en.html", "markdown/en.md", "csv/en.csv", "json/en.json", "bibtex/en.bib"):
        assert made[path].count(b"Title 4999") and made[path].count(b"Title 2500"), path
    assert "items are left out" in " ".join(part(parsed(made["email/en.eml"]), "plain").split())


def test_t14_items_with_equal_titles_and_ratings_keep_their_order_in_every_output() -> None:
    picks = [replace(paper(f"9{n}", "The same", 4, "The same"), work=f"arxiv:{n}") for n in range(30)]
    made = check(of_picks(picks), 30_000)
    root = html.fromstring(made["html/en.html"])
    links = [a.get("href") for a in root.xpath("//article//h3//a")]
    assert links == [p.url for p in picks]
    numbers = [made["markdown/en.md"].find(f"[{n}]: ".encode()) for n in range(1, 31)]
    assert numbers == sorted(numbers) and -1 not in numbers
    assert [r["work"] for r in json.loads(made["json/en.json"])["rows"]] == [p.work for p in picks]


def test_t14_twenty_issues_and_essays_alike_but_for_their_ids_have_pages_of_their_own() -> None:
    twins = [
        replace(later(weekly(), n), title={"en": "Same"}, slug={"en": "same"}, summary={"en": "Same"})
        for n in range(20)
    ]
    given = shelf(twins, SITE, posts=[ESSAY, replace(ESSAY, name="other", body="Other\n")])
    made = {p.removeprefix("site/"): b for p, b in collected(given)}
    pages = [p for p in made if p.startswith("article/") and p.endswith(".html")]
    assert len(pages) == 20 and dead_links(made) == []
    assert len([p for p in made if p.startswith("essay/")]) in (2, 4)
