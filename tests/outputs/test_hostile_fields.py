"""Hostile text through every field of every record into every output: nothing of it acts, for two parsers of each format.

Where each case of T01-T14 and R01-R18 is shown (`test_<number>_...`; the folders are below tests/):

    T01 controls, lone surrogates     domain/test_text, outputs/test_hostile_text
    T02 bidi                          domain/test_text_cases, outputs/test_hostile_text
    T03 hidden signs                  domain/test_text_cases
    T04 twins of letters              analysis/test_analysis_twins
    T05 marks, no space               outputs/test_hostile_sizes, outputs/test_outputs_charts
    T06 mojibake                      sources/test_mojibake
    T07 cuts                          outputs/test_outputs_cut, outputs/test_outputs_email, domain/test_text_cases
    T08 separators of lines           domain/test_text_cases, outputs/test_outputs_cut, outputs/test_outputs_email, outputs/test_hostile_text
    T09 escapes of terminals          cli/test_output_safety
    T10 marks of Markdown and TeX     outputs/test_hostile_text, outputs/test_outputs_bibtex
    T11 scripts                       outputs/test_hostile_sizes, domain/test_text_cases
    T12 language                      domain/test_text_cases
    T13 special tokens                llm/test_special_tokens
    T14 equal keys                    analysis/test_analysis_{ledger,selection,stories}, outputs/test_hostile_sizes
    R01 R02 R03 R06 R09 R12           here; the older ones beside their output
    R04                               outputs/test_hostile_browser, outputs/site/test_site_browser
    R05                               here
    R07 templates of a workspace      outputs/test_outputs_templates
    R08 slugs                         domain/test_filenames, outputs/site/test_site_pages, here
    R10 formulas in CSV               outputs/test_outputs_csv, here
    R11 JSON in pages                 outputs/site/test_site_pages, here
    R13 R14 sizes                     outputs/test_hostile_sizes, outputs/test_outputs_email, outputs/site/test_site_pages
    R15 long words, scripts           outputs/test_hostile_browser, outputs/site/test_site_browser
    R16 equal bytes                   outputs/test_hostile_equal_bytes
    R17 R18 the folder                test_tree
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from functools import cache

import pytest
from lxml import html
from tests.outputs.corpora import corpus
from tests.outputs.everything import SITE, everything
from tests.outputs.hostile_samples import BAD_URLS, HOSTILE
from tests.outputs.inert import Words, all_faults, faults, leads_well, markdown_faults, pieces, words_of
from tests.outputs.issue_samples import weekly
from tests.outputs.planting import as_text, in_addresses, in_turn, planted
from tests.outputs.site.crawl import dead_links

from digester.domain.issue import Issue

WAYS = (as_text, in_addresses)
MUTATING = (
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template><textarea></textarea><plaintext>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>--><!-- open",
    "<![CDATA[<script>alert(1)</script>]]>]]><?xml version='1.0'?><!DOCTYPE x [<!ENTITY e 'v'>]>&e;",
    "<select><xmp><script>alert(1)</script></xmp><title></title></select></textarea></title>",
)  # fmt: skip
FETCHING = (
    "<img srcset='//e.example/a 1x' src=//e.example/b><video poster=//e.example/c><audio src=//e.example/d>",
    "<a ping=//e.example/p href=x><button formaction=javascript:alert(1)>x</button><iframe srcdoc='<script>alert(1)</script>'>",
    "<svg><use xlink:href='data:image/svg+xml,x#x'/><image href=//e.example/i></svg><math href=javascript:alert(1)>",
    "<style>@import '//e.example/s';*{background:url(//e.example/u);width:expression(alert(1))}</style>",
    "<link rel=prefetch href=//e.example/f><link rel=preconnect href=//e.example><link rel=dns-prefetch href=//e.example>",
    "<meta http-equiv=refresh content='0;url=//e.example'><base href=//e.example/><object data=//e.example/o><embed src=//e.example/e>",
    "\" style=\"background:url(//e.example/t)\" onmouseover=\"alert(1)",
    "' autofocus onfocus='alert(1)' x='",
)  # fmt: skip


@cache
def calm() -> Words:
    """Records as they are, and with one word or many words everywhere, TeX among them."""
    many = [f"word{n} $x^{{{n}}}$ $\\frac$" for n in range(4_999)]
    made = (
        everything(say) for say in (lambda old: old or "word", as_text("word"), in_addresses("word"), in_turn(many))
    )
    return words_of(text for build in made for path, body in build.items() for text in pieces(path, body))


def test_r01_every_text_of_a_record_is_planted() -> None:
    def bare(value: object) -> str:
        return re.sub("'(?:zh|en|frozen|weekly|rec-weekly)'", "", repr(value))

    issue: Issue = planted(weekly(), as_text("PLANTED"))
    kept = set(re.findall(r"'([^']*)'", bare(issue))) - {"PLANTED"}
    assert kept <= {
        # words of a Literal, and keys that select
        "report", "quote", "derived", "synthesis", "industry", "academia", "+", "-", "", "online_ab", "deployed", "offline",
        "5", "4", "3", "cs.IR", "cs.LG", "cs.AI", "cs.CL",
    }  # fmt: skip
    assert repr(issue).count("PLANTED") > 500


@pytest.mark.parametrize("bad", [
    "<img src=x>", "<p onclick=x>", "<a href='javascript:x'>", "<a href=' //e.example'>", "<style>x</style>", "<!-- c -->",
    "<svg/onload=alert(1)>", "<script>1</script>", "<meta http-equiv=refresh content=0>", "<p style=x>",
])  # fmt: skip
def test_r01_both_parsers_see_what_could_act(bad: str) -> None:
    """The oracle can fail: by each parser for itself."""
    words = words_of(["<html lang=en><head><style>a</style></head><p class=x><a href=y>z</a></p></html>"])
    assert not list(faults("<p class=y><a href='https://a.example'>&lt;img src=x&gt;</a></p>", words))
    assert len(list(faults(f"<p>a{bad}b</p>", words))) >= 2


@pytest.mark.parametrize(
    "bad", ["<b>x</b>", "![x](y)", "[x](javascript:y)", "[x]: data:y\n\n[x]", "<!-- c -->", "```\nx\n```"]
)
def test_r01_the_parser_of_markdown_sees_what_could_act(bad: str) -> None:
    assert list(markdown_faults(f"---\ntitle: x\n---\n\n{bad}\n")) and not list(markdown_faults(f"a \\{bad[0]} b"))


@pytest.mark.parametrize(
    "number", [n if n < 9 else pytest.param(n, marks=pytest.mark.slow) for n in range(len(HOSTILE))]
)
def test_r01_the_same_text_in_every_field_acts_nowhere(number: int) -> None:
    assert all_faults(everything(WAYS[number % 2](HOSTILE[number])), calm()) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_r01_the_same_text_in_every_field_the_other_way(number: int) -> None:
    assert all_faults(everything(WAYS[1 - number % 2](HOSTILE[number])), calm()) == []


@pytest.mark.parametrize("start", [0, 5])
def test_r02_markup_that_changes_when_it_is_read_twice(start: int) -> None:
    assert all_faults(everything(in_turn(MUTATING, start)), calm()) == []


@pytest.mark.parametrize("start", [0, 5])
def test_r03_r04_markup_that_fetches(start: int) -> None:
    made = everything(in_turn(FETCHING, start))
    assert all_faults(made, calm()) == []


def test_r01_r02_r03_the_corpora_a_part_in_every_field() -> None:
    lines = corpus()[::4]
    for start in range(0, len(lines), 1700):
        assert all_faults(everything(in_turn(lines, start)), calm()) == [], start


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 8000, 1000))
def test_r01_r02_r03_the_whole_corpora_in_other_fields(start: int) -> None:
    assert all_faults(everything(in_turn(corpus(), start)), calm()) == []


@pytest.mark.parametrize("url", BAD_URLS)
def test_r03_an_address_of_another_scheme_is_no_link_anywhere(url: str) -> None:
    made = everything(as_text(url))
    assert all_faults(made, calm()) == []
    hrefs = {
        h
        for path, body in made.items()
        for text in pieces(path, body)
        for h in html.fromstring(text).xpath("//a/@href")
    }
    assert hrefs and not [h for h in hrefs if h.startswith(url) or not leads_well(h)]


def test_r05_images_and_references_of_a_model_are_text() -> None:
    text = "![t](https://e.example/p.png) ![r][1] [a][1] <https://e.example/x>\n\n[1]: https://e.example/q"
    made = everything(as_text(text))
    assert all_faults(made, calm()) == []
    for path, body in made.items():
        links = [h for t in pieces(path, body) for h in html.fromstring(t).xpath("//a/@href")]
        assert "/essay" in path or not [h for h in links if h.startswith("https://e.example")], path


def test_r06_templates_in_data_stay_text() -> None:
    text = "{{1234*4321}} {% for x in y %} ${1234*4321} <%= 1234*4321 %> #{1234*4321} {{ page.title }}"
    made = everything(as_text(text))
    assert all_faults(made, calm()) == []
    assert not [path for path, body in made.items() if b"5332114" in body]
    for name in ("0/html/en.html", "0/html/zh.html", "site/article/word.html", "site/index.html", "0/email/en.eml"):
        for piece in pieces(name, made[name]) if name in made else ():
            assert (
                "{{1234*4321}} {% for x in y %} ${1234*4321} <%= 1234*4321 %>" in html.fromstring(piece).text_content()
            )


def test_r08_no_path_of_a_site_leads_out_and_no_link_is_dead() -> None:
    for payload in ("../../x", "a\0b", "x" * 300, ""):
        made = {p.removeprefix("site/"): b for p, b in everything(as_text(payload)).items() if p.startswith("site/")}
        assert all(
            re.fullmatch(r"(?:[a-z0-9_-][A-Za-z0-9_-]*/)*[A-Za-z0-9_.-]{1,120}", p) and ".." not in p for p in made
        )
        assert dead_links(made) == [], payload


def test_r09_feeds_and_maps_of_hostile_records_are_read_alike_by_two_parsers() -> None:
    """`all_faults` compares them; the corpora above go through it, too."""
    made = everything(in_turn((*MUTATING, *HOSTILE, "]]>", "\x00\x0b\ufffe\ud800", "&#0;&#x1F;")))
    feeds = [p for p in made if p.endswith((".xml", "feed.json"))]
    assert len(feeds) > 10 and all_faults({p: made[p] for p in feeds}, calm()) == []


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", " =", "'="])
def test_r10_no_cell_of_any_file_is_a_formula(sign: str) -> None:
    made = everything(as_text(f"{sign}cmd|' /C calc'!A0"))
    files = {path: body for path, body in made.items() if path.endswith(".csv")}
    assert len(files) > 5
    for path, body in files.items():
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in rows}) == 1, path
        assert not [c for row in rows for c in row if re.match(r"\s*[=+\-@\t\r\uff1d]", c)], path


def test_r11_json_in_pages_is_whole_and_ends_no_element() -> None:
    text = "</script><script>alert(1)</script><!--<script> \u2028 ]]> \\u003c"
    made = everything(as_text(text))
    scripts = [
        s for path, body in made.items() for t in pieces(path, body) for s in html.fromstring(t).xpath("//script")
    ]
    assert scripts and all(s.get("type") == "application/ld+json" for s in scripts)
    assert any(json.loads(s.text).get("headline") == text for s in scripts)


def policies(made: Mapping[str, bytes]) -> dict[str, list[str]]:
    roots = {path: html.document_fromstring(body) for path, body in made.items() if path.endswith(".html")}
    return {path: root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") for path, root in roots.items()}


def test_r12_every_page_has_a_policy_and_opens_nothing_beside_itself() -> None:
    made = everything(in_addresses(HOSTILE[1]))
    found = policies(made)
    assert len(found) > 40
    for path, policy in found.items():
        assert len(policy) == 1 and policy[0].startswith("default-src 'none'") and "script" not in policy[0], path
        root = html.document_fromstring(made[path])
        assert root.xpath("//meta[@name='referrer']/@content") == ["no-referrer"], path
        assert not root.xpath("//@target | //@ping"), path  # no page of ours is another's opener
        for link in root.xpath("//a[starts-with(@href, 'http')]"):
            told = set((link.get("rel") or "").split())
            own = link.get("href").startswith(SITE.url)  # 404.html may stand at any address
            assert own or told >= {"noopener", "noreferrer", "nofollow"}, (path, link.get("href"))
