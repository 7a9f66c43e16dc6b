"""Hostile text through every field of a record into every export: nothing of it acts, for two parsers, nothing of it is a
merge tag, and nothing is longer than the service takes."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outputs.corpora import corpus
from tests.outputs.everything import SITE
from tests.outputs.export_reading import HTML, LIMIT, NAMES, addresses, every, made, markdown_links, texts
from tests.outputs.hostile_samples import BAD_URLS, HOSTILE, hostile
from tests.outputs.inert import PARSERS, Words, faults, leads_well, markdown_faults, words_of
from tests.outputs.issue_samples import WHALE, paper, say, weekly
from tests.outputs.planting import Say, as_text, in_addresses, in_turn, planted
from tests.outputs.test_export_formats import TAGS
from tests.outputs.test_hostile_browser import CHROMIUM, acting, browser  # noqa: F401 -- a fixture
from tests.outputs.test_hostile_fields import FETCHING, MUTATING
from tests.outputs.test_hostile_sizes import GIANTS, SCRIPTS, entitled

from digester.domain.issue import Issue, Section
from digester.domain.model import Link
from digester.outputs.export import EXPORTS
from digester.outputs.export.mailchimp import untagged

MERGE = (
    "*|UNSUB|*", "*|FNAME|*", "*|IF:X|*yes*|END:IF|*", "**|HTML:LIST_ADDRESS_HTML|**", "*", "|UNSUB|*", "*\u200d|UNSUB|*", "*\u202e|UNSUB|*",
    "*\n|UNSUB|*", "%2A%7CUNSUB%7C%2A", "*%7CUNSUB%7C*", "&#42;&#124;UNSUB|*", "*&#124;UNSUB|*", "*&vert;UNSUB|*", "*<b>|UNSUB|*", "*|*|UNSUB|*|*",
)  # fmt: skip
WAYS = (as_text, in_addresses)
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
HEAD = "<!doctype html><meta name=viewport content='width=device-width'>"


@cache
def calm(name: str) -> Words:
    """What calm records are made of in one format: with one word everywhere, with an address, as they are."""
    says: list[Say] = [lambda old: old or "word", as_text("word"), in_addresses("word"), as_text("")]
    pages = (text for say_ in says for path, text in every(say_) if f"/{name}/" in path)
    return words_of(pages)


def wrong(name: str, text: str) -> Iterator[str]:
    if found := CONTROLS.search(text):
        yield f"holds {found[0]!r}"
    if len(text.encode()) >= LIMIT:
        yield f"{len(text.encode())} octets"
    if name == "zhihu":
        yield from markdown_faults(text)
    else:
        yield from faults(_untagged_foot(text) if name == "mailchimp" else text, calm(name))
    if name == "mailchimp":
        yield from merged(text)


def _untagged_foot(text: str) -> str:
    """Our own merge tags lead somewhere that is no address."""
    return text.replace('href="*|ARCHIVE|*"', 'href="https://x.example/"').replace(
        'href="*|UNSUB|*"', 'href="https://x.example/"'
    )


def merged(text: str) -> Iterator[str]:
    """Merge tags beside our four: in the source, in what parsers read, in addresses however often encoded."""
    if text.count("*|") != len(TAGS) or any(tag not in text for tag in TAGS):
        yield f"{text.count('*|')} merge tags in the source"
    for read in texts(text):
        if read.count("*|") != 2:
            yield f"{read.count('*|')} merge tags in the text"
    for links in addresses(text):
        for link in links[:-2]:
            for _ in range(4):
                link = unquote(entities.unescape(link))
                if "*|" in link:
                    yield f"a merge tag in {link[:80]}"
                    break


def check(say_: Say) -> None:
    assert [f"{path}: {one}" for path, text in every(say_) for one in wrong(path.split("/")[1], text)] == []


# ------------------------------------------------------------------- the oracle
@pytest.mark.parametrize("name", HTML)
@pytest.mark.parametrize(
    "bad", ["<img src=x>", "<p onclick=x>", "<a href='javascript:x'>", "<style>y</style>", "<table>", "<p style=x>"]
)
def test_r01_the_oracle_sees_what_could_act(bad: str, name: str) -> None:
    """Put into a calm page, each is seen by each parser."""
    text = made(name, weekly())
    assert list(faults(_untagged_foot(text), calm(name))) == []
    spoilt = text.replace("<h2", f"{bad}<h2", 1)
    found = list(faults(_untagged_foot(spoilt), calm(name)))
    if (name, bad) != ("mailchimp", "<table>"):
        assert len(found) >= len(PARSERS)


@pytest.mark.parametrize("bad", ["*|FNAME|*", "<b>*</b>|X|*", '<a href="https://a.example/%2a%7cX">x</a>'])
def test_the_oracle_sees_a_merge_tag(bad: str) -> None:
    text = made("mailchimp", weekly())
    assert list(merged(text)) == [] and list(merged(text.replace("<h2", f"{bad}<h2", 1)))


# ------------------------------------------------------------------ every field
@pytest.mark.parametrize(
    "number", [n if n < 6 else pytest.param(n, marks=pytest.mark.slow) for n in range(len(HOSTILE))]
)
def test_r01_the_same_text_in_every_field_acts_nowhere(number: int) -> None:
    check(WAYS[number % 2](HOSTILE[number]))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_r01_the_same_text_in_every_field_the_other_way(number: int) -> None:
    check(WAYS[1 - number % 2](HOSTILE[number]))


@pytest.mark.parametrize("start", [0, 5])
def test_r02_r03_r04_markup_that_fetches_or_changes_when_it_is_read_twice(start: int) -> None:
    check(in_turn((*FETCHING, *MUTATING), start))


@pytest.mark.parametrize(
    "start", [0, pytest.param(5, marks=pytest.mark.slow), pytest.param(10, marks=pytest.mark.slow)]
)
def test_merge_tags_in_turn_make_none(start: int) -> None:
    check(in_turn(MERGE, start))


@pytest.mark.parametrize("payload", [*MERGE[:6], *(pytest.param(p, marks=pytest.mark.slow) for p in MERGE[6:])])
def test_a_merge_tag_in_every_field_makes_none(payload: str) -> None:
    for way in WAYS:
        issue = replace(planted(weekly(), way(payload)), id="rec-weekly/2026-W25", state="frozen")
        assert [one for language in ("en", "zh") for one in merged(made("mailchimp", issue, language))] == []
        assert not [text for text in EXPORTS["mailchimp"].fields(issue, "en").values() if "*|" in text]


def test_a_star_at_the_end_of_a_sentence_and_a_bar_at_the_beginning_of_the_next_stay_apart() -> None:
    pick = replace(WHALE, sentences=(say("a", "report", "One *"), say("b", "report", "|UNSUB|* two", "|UNSUB|* zwei"), say("c", "quote", "*"), say("d", "quote", "|X|*")))  # fmt: skip
    issue = replace(weekly(), sections=(Section("x", {"en": "X"}, (), (pick,)),), threads=())
    for language in ("en", "zh"):
        text = made("mailchimp", issue, language)
        assert list(merged(text)) == [] and ("|UNSUB|* two" in texts(text)[0]) == (language == "en")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["*", "|", "%2A", "%7c", "%25", "<b>", "</b>", "UNSUB", " ", '<a href="https://a.example/', '">', "&amp;"]
        ),
        max_size=14,
    )
)
def test_no_star_is_followed_by_a_bar_in_any_mixture(pieces: list[str]) -> None:
    text = untagged("".join(pieces))
    assert "*|" not in text and not re.search(r">\|", text) and untagged(text) == text


def test_r05_images_and_references_are_text_and_lead_nowhere() -> None:
    text = "![t](https://e.example/p.png) ![r][1] [a][1] <https://e.example/x>\n\n[1]: https://e.example/q [^1]: x $$x$$ \\[y\\]"
    for path, page in every(as_text(text)):
        links = markdown_links(page) if "zhihu" in path else addresses(page)[0]
        assert not [link for link in links if link.startswith("https://e.example")], path


def test_r06_templates_in_data_stay_text() -> None:
    text = "{{1234*4321}} {% for x in y %} ${1234*4321} <%= 1234*4321 %> #{1234*4321} {{ mail.title }}"
    for path, page in every(as_text(text)):
        assert "5332114" not in page, path
        if "zhihu" not in path:
            assert "{{1234*4321}} {% for x in y %} ${1234*4321} <%= 1234*4321 %>" in texts(page)[0], path


@pytest.mark.parametrize(
    "url",
    [*BAD_URLS, "javascript:alert(1)//https://mp.weixin.qq.com/", " javascript:x", "JaVaScRiPt:x", "https://a\u2028b"],
)
def test_other_schemes_are_no_links(url: str) -> None:
    pick = replace(WHALE, url=url, links=(Link(url, "other"),))
    issue = replace(weekly(), sections=(Section("x", {"en": "X"}, (), (pick,)),), threads=())
    for name in NAMES:
        text = made(name, issue)
        links = markdown_links(text) if name == "zhihu" else addresses(_untagged_foot(text))[0]
        assert all(leads_well(link) for link in links)
        assert all(link.startswith((SITE.url, "https://x.example/")) for link in links), name


def test_an_address_that_closes_an_attribute_or_a_destination_stays_one() -> None:
    for name in NAMES:
        assert list(wrong(name, made(name, hostile("Title")))) == [], name


def test_a_class_in_a_text_or_an_address_is_no_class() -> None:
    """Classes are taken away after styles are written into the tags: out of tags alone."""
    text = 'a <p class="p"> class="p" b'
    page = made("wechat-mp", entitled(text))
    assert text in texts(page)[0] and "<p class" not in page


def test_a_reference_to_an_item_makes_no_link_out_of_what_follows() -> None:
    sentences = (
        say("a", "report", "One."),
        say("b", "report", "(https://evil.example)"),
        say("c", "report", ": https://evil.example"),
    )
    cited = tuple(replace(s, cites=("item-2606.90011",)) for s in sentences)
    issue = replace(weekly(), overview=cited, takeaways=cited)
    assert not [u for u in markdown_links(made("zhihu", issue)) if "evil" in u]


# ------------------------------------------------------------- text and lengths
@pytest.mark.parametrize(
    "sign", ["\u202e", "\u2067", "\u2028", "\x85", "\x0b", "\r", "\x00", "\x1b[31m", "\ud800", "\u200b", "\ufeff"]
)
def test_t01_t02_t08_what_turns_ends_or_hides_text_reaches_no_export(sign: str) -> None:
    check(as_text(f"one{sign}two: three"))
    for path, page in every(as_text(f"one{sign}two: three")):
        assert not re.search(r"^two: three", page, re.MULTILINE), path


@pytest.mark.parametrize(
    "script", [s if s in ("zh", "ar") else pytest.param(s, marks=pytest.mark.slow) for s in SCRIPTS]
)
def test_t11_a_title_in_any_script_comes_back(script: str) -> None:
    title = SCRIPTS[script]
    for name in NAMES:
        text = made(name, entitled(title))
        assert title in (text if name == "zhihu" else texts(text)[0]) and list(wrong(name, text)) == [], name


def test_t11_right_to_left_text_stands_in_elements_of_its_own_direction() -> None:
    for name in HTML:
        assert f'dir="auto"' in made(name, entitled(SCRIPTS["ar"])), name  # noqa: F541


@pytest.mark.parametrize(
    "name", [n if len(GIANTS[n]) < 20_000 else pytest.param(n, marks=pytest.mark.slow) for n in GIANTS]
)
def test_t05_r14_a_giant_title_leaves_every_export_within_bounds_and_the_others_their_places(name: str) -> None:
    issue = entitled(GIANTS[name])
    for export in NAMES:
        text = made(export, issue)
        assert list(wrong(export, text)) == [] and "GRANITE" in text and "TIDE" in text, export
        assert all(len(field) <= 300 for field in EXPORTS[export].fields(issue, "en").values())


@pytest.mark.slow
def test_r14_a_megabyte_in_every_field_of_an_item() -> None:
    text = "an endless item " * 62_500
    giant = replace(WHALE, title=text, headline={"en": text}, authors=(text,) * 3, reason={"en": text}, source=text[:30_000],
                    sentences=tuple(say(f"g{n}", "report", text[: 10_000]) for n in range(200)),
                    links=tuple(Link(f"https://a.example/{n}", text[:1000]) for n in range(500)))  # fmt: skip
    issue = replace(
        weekly(), sections=(Section("x", {"en": "X"}, (), (giant,)), *weekly().sections[1:]), threads=(), takeaways=()
    )
    for name in NAMES:
        page = made(name, issue)
        assert list(wrong(name, page)) == [] and "GRANITE" in page, name


@pytest.mark.slow
def test_r13_five_thousand_items_fit() -> None:
    picks = tuple(
        replace(paper(str(n), f"Title {n}", 1 + n % 5, f"Headline {n}"), sentences=(), organisations=())
        for n in range(5000)
    )
    issue: Issue = replace(
        weekly(), sections=(Section("x", {"en": "X"}, (), picks),), threads=(), takeaways=(), overview=(), watch=()
    )
    for name in NAMES:
        text = made(name, issue)
        assert len(text.encode()) < LIMIT and "of the 5,000 items are left out" in " ".join(text.split()), name


# -------------------------------------------------------------------- corpora
def test_r01_r02_r03_the_corpora_a_part_in_every_field() -> None:
    lines = corpus()[::16]
    for start in range(0, len(lines), 700):
        check(in_turn(lines, start))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 8000, 1000))
def test_r01_r02_r03_the_whole_corpora_in_other_fields(start: int) -> None:
    check(in_turn(corpus(), start))


# -------------------------------------------------------------------- browser
def pages(say_: Say, root: Path) -> Sequence[Path]:
    files = []
    for number, (path, text) in enumerate(every(say_)):
        if "zhihu" not in path:
            file = root / f"{number}.html"
            file.write_text(text if text.startswith("<!DOCTYPE") else f"{HEAD}{text}", "utf-8")
            files.append(file)
    return files


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium (Debian's package chromium)")
@pytest.mark.parametrize(
    "say_", [as_text(HOSTILE[1]), in_turn(HOSTILE), in_turn((*FETCHING, *MUTATING))], ids=["same", "turn", "fetching"]
)
def test_r01_r04_hostile_exports_are_dead_in_the_browser(say_: Say, tmp_path: Path, browser: Any) -> None:  # noqa: F811
    files = pages(say_, tmp_path)
    assert len(files) == 12 and acting(browser, files) == {}


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium (Debian's package chromium)")
@pytest.mark.parametrize("text", ["x" * 600, SCRIPTS["ar"] * 8, "长标题" * 120])
def test_r15_t05_nothing_sticks_out_of_a_phone(text: str, tmp_path: Path, browser: Any) -> None:  # noqa: F811
    page = browser.new_page(viewport={"width": 390, "height": 800})
    for issue in (entitled(text), hostile(text, f"https://a.example/{'x' * 1000}")):
        file = tmp_path / "phone.html"
        file.write_text(HEAD + made("wechat-mp", issue), "utf-8")
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
