"""The pages of the A/B ledger: complete, inert, linked without a gap, and made anew only where rows changed."""

from __future__ import annotations

import csv
import io
import json
import posixpath
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from tests.outputs.hostile_samples import BAD_URLS, HOSTILE, hostile
from tests.outputs.issue_samples import EXCERPT, WHALE, daily, organisation, weekly

from digester.analysis.ledger import as_plain, ledger, marked, rows_of
from digester.domain.issue import Issue, Section
from digester.domain.results import Result
from digester.domain.site import Site, card_of
from digester.outputs.ledger import leaves, where_of
from digester.outputs.ledger._pages import SHOWN, _slug
from digester.outputs.ledger._pages import catalogue as catalogued

SITE = Site()
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "a", "div", "header", "nav", "p", "h1", "h2", "main", "section", "ul", "li", "span",
    "table", "thead", "tbody", "tr", "th", "td", "time", "b", "details", "summary", "blockquote",
}  # fmt: skip
WEEKLY = ledger(rows_of(weekly()))


def files(rows: tuple[Result, ...], *issues: Issue) -> dict[str, bytes]:
    return {leaf.path: leaf.body() for leaf in leaves(rows, SITE, where_of(map(card_of, issues), SITE))}


def keys(rows: tuple[Result, ...], *issues: Issue, mark: str = "") -> dict[str, str]:
    return {leaf.path: leaf.key for leaf in leaves(rows, SITE, where_of(map(card_of, issues), SITE), mark)}


@pytest.mark.parametrize("path", ["ab/index.html", "zh/ab/index.html", "ab/organisation-velmarque.html"])
def test_page(path: str, golden: Callable[[str, bytes], None]) -> None:
    golden(f"ledger.{path.replace('/', '.')}", files(WEEKLY, weekly())[path])


def test_there_is_a_page_for_each_organisation_and_surface_in_each_language() -> None:
    names = {"index", "organisation-velmarque", "organisation-lishi", "surface-feed", "surface-ads"}
    pages = {f"{below}ab/{name}.html" for below in ("", "zh/") for name in names}
    assert set(files(WEEKLY, weekly())) == pages | {"ab/ledger.csv", "ab/ledger.json"}


def test_a_metric_has_a_page_when_two_works_report_it() -> None:
    other = replace(WHALE, work="arxiv:2606.90099")
    both = replace(weekly(), sections=(Section("s", {"en": "S"}, (), (WHALE, other)),))
    assert {p for p in files(ledger(rows_of(both))) if "metric" in p and "zh" not in p} == {
        "ab/metric-ctr.html", "ab/metric-gmv.html", "ab/metric-p99latency.html"}  # fmt: skip


def test_every_link_leads_to_a_page_that_is_there() -> None:
    issues = (weekly(), daily())
    made = files(ledger(r for i in issues for r in rows_of(i)), *issues)
    there = set(made) | {SITE.article(i.slug, x) for i in issues for x in SITE.languages}
    for path in (p for p in made if p.endswith(".html")):
        inside = [h for h in html.fromstring(made[path]).xpath("//a/@href") if not urlsplit(h).scheme and h[0] != "#"]
        targets = {posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(h))) for h in inside}
        assert targets <= there, path
        assert len(targets) > 3


def test_the_quotation_opens_beside_its_figure_with_the_place_it_stands() -> None:
    page = html.fromstring(files(WEEKLY, weekly())["ab/index.html"])
    rows = page.xpath("//table/tbody")
    assert len(rows) == 5
    told = rows[0].xpath(".//details//blockquote")[0]
    assert EXCERPT.text in told.text_content() and told.xpath(".//a/@href")[0].startswith(
        f"{EXCERPT.url}#:~:text=Clicks%20rose"
    )
    assert page.xpath("//table//th/@scope") == ["col"] * 9


@pytest.mark.parametrize("payload", HOSTILE)
def test_r01_nothing_in_a_row_becomes_active(payload: str) -> None:
    issue = hostile(payload)
    made = files(ledger(rows_of(issue)), issue)
    assert len(made) > 3
    for path in (p for p in made if p.endswith(".html")):
        tree = html.fromstring(made[path])
        assert {e.tag for e in tree.iter() if isinstance(e.tag, str)} <= ALLOWED
        assert not [a for e in tree.iter() for a in e.attrib if a.startswith("on") or a in ("src", "style", "srcset")]
        for href in tree.xpath("//@href"):
            assert urlsplit(href).scheme in ("", "http", "https")
            assert not href.startswith("//")


@pytest.mark.parametrize("url", BAD_URLS)
def test_an_address_that_is_none_is_text(url: str) -> None:
    """Also in rows that a site kept and somebody changed."""
    rows = tuple(replace(r, url=url, page=url) for r in WEEKLY)
    page = html.fromstring(files(rows, weekly())["ab/index.html"])
    assert not [h for h in page.xpath("//table//a/@href") if h.startswith(url[:6])]


def test_r13_without_rows_the_page_says_so() -> None:
    made = files(())
    assert set(made) == {"ab/index.html", "zh/ab/index.html", "ab/ledger.csv", "ab/ledger.json"}
    assert "No issue has printed" in made["ab/index.html"].decode() and "尚未刊出" in made["zh/ab/index.html"].decode()


def test_r13_a_page_shows_the_newest_and_the_files_have_every_row() -> None:
    ours = [r for r in WEEKLY if "Lishi" in r.organisations]
    many = ledger(replace(r, work=f"arxiv:{n}", title=f"T {n}") for n in range(SHOWN) for r in ours)
    made = {leaf.path: leaf for leaf in leaves(many, SITE, {})}
    page = html.fromstring(made["ab/organisation-lishi.html"].body())
    assert len(page.xpath("//table/tbody")) == SHOWN and f"The newest {SHOWN} of {2 * SHOWN}" in page.text_content()
    file = made["ab/ledger.csv"].body().decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(file, newline="")))) == 2 * SHOWN + 1


def test_the_json_file_gives_the_rows_back() -> None:
    kept = json.loads(files(WEEKLY)["ab/ledger.json"])
    assert [{k: v for k, v in row.items() if k != "figure"} for row in kept] == [as_plain(row) for row in WEEKLY]
    assert kept[0]["figure"] == "+0.3 pp, not significant"


def test_only_pages_that_show_a_changed_row_have_new_keys() -> None:
    changed = tuple(marked(replace(r, traffic="11% of traffic")) if r.metric == "CTR" else r for r in WEEKLY)
    before, after = keys(WEEKLY, weekly()), keys(changed, weekly())
    assert {p for p in before if before[p] != after[p]} == {
        "ab/ledger.csv", "ab/ledger.json", "ab/index.html", "zh/ab/index.html", "ab/organisation-velmarque.html",
        "zh/ab/organisation-velmarque.html"}  # fmt: skip
    assert keys(WEEKLY, weekly()) == before


def test_a_new_page_to_link_to_and_a_new_frame_are_new_keys() -> None:
    other = marked(replace(next(r for r in WEEKLY if r.metric == "CTR"), work="arxiv:9", organisations=("Osk",)))
    before, after = keys(WEEKLY, weekly()), keys(ledger((*WEEKLY, other)), weekly())
    assert before["ab/organisation-velmarque.html"] != after["ab/organisation-velmarque.html"]  # CTR has a page now
    assert before["ab/organisation-lishi.html"] == after["ab/organisation-lishi.html"]
    assert before["ab/index.html"] != keys(WEEKLY)["ab/index.html"]  # the issue has no page
    assert not set(before.values()) & set(keys(WEEKLY, weekly(), mark="other").values())


def test_pages_of_equal_rows_are_equal_bytes() -> None:
    words = {"CTR": {"en": "CTR", "zh": "点击率"}, "GMV": {"en": "GMV", "zh": "成交额"}, "Velmarque": {"zh": "维马克"}}
    turned = dict(reversed([(k, dict(reversed(v.items()))) for k, v in words.items()]))
    one, two = (ledger(rows_of(replace(weekly(), terms=terms))) for terms in (words, turned))
    assert "点击率".encode() in files(one, weekly())["zh/ab/index.html"]
    assert files(one, weekly()) == files(two, weekly()) and keys(one, weekly()) == keys(two, weekly())


def test_an_organisation_in_the_words_of_the_page() -> None:
    issue = replace(weekly(), terms={"Velmarque": {"en": "Velmarque", "zh": "维马克"}})
    made = files(ledger(rows_of(issue)), issue)
    assert '<h1 dir="auto">维马克</h1>' in made["zh/ab/organisation-velmarque.html"].decode()
    assert "维马克" not in made["ab/organisation-velmarque.html"].decode()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=12))
def test_r08_every_name_has_a_file_of_its_own(names: list[str]) -> None:
    whale = replace(WHALE, organisations=tuple(organisation(n) for n in names))
    issue = replace(weekly(), sections=(Section("s", {"en": "S"}, (), (whale,)),))
    groups = catalogued(ledger(rows_of(issue))).groups.values()
    paths = [g.file for g in groups]
    assert len({p.casefold() for p in paths}) == len(paths)
    assert all(
        p.isascii() and p.startswith("ab/") and p.count("/") == 1 and len(p) <= 120 and ".." not in p for p in paths
    )


@pytest.mark.parametrize(
    "pair", [("tall bridge", "tall-bridge"), ("at&t", "at t"), ("快手", "美团"), ("", "-"), ("a" * 90, "a" * 91)]
)
def test_r08_names_that_look_alike_are_told_apart(pair: tuple[str, str]) -> None:
    assert _slug(pair[0]) != _slug(pair[1]) and all(_slug(p) for p in pair)


def test_a_site_of_another_language_has_its_pages() -> None:
    site = Site(languages=("en", "fr"))
    made = {leaf.path: leaf.body().decode() for leaf in leaves(WEEKLY, site, {})}
    assert '<html lang="fr">' in made["fr/ab/index.html"] and ">fr</a>" in made["ab/index.html"]
