"""The mail: one message without a defect, inert, below the length at which mail programs cut it off, two parts that agree."""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateRuntimeError
from tests.outputs.hostile_samples import BAD_URLS, HOSTILE, hostile
from tests.outputs.issue_samples import WHALE, daily, paper, say, weekly
from tests.outputs.mail_reading import defects, letters, page, parsed, part, shown, unlinked

from digester.domain.issue import Issue, IssueKind, Section
from digester.domain.mail import field, header, message, subject
from digester.domain.model import Link
from digester.domain.site import Site
from digester.domain.urls import http_url
from digester.outputs import OUTPUTS, outputs
from digester.outputs._tokens import resolve, tokens

LIMIT = 100_000
SITE = Site("https://news.example")
LINES = ("\r\nBcc: x@evil.example", "a\nb", "a\x00b", "a\u2028b\u2029c", "a\x85b\x0bc\x0cd", "\x1b[31mred", "=?utf-8?q?=0aBcc:?=", "\u202eturned", "")  # fmt: skip
ELEMENTS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "div",
        "table",
        "tbody",
        "tr",
        "td",
        "h1",
        "h2",
        "h3",
        "p",
        "a",
        "b",
        "span",
        "ul",
        "li",
        "blockquote",
        "small",
    ]
)
ATTRIBUTES = frozenset(
    [
        "lang",
        "charset",
        "name",
        "content",
        "class",
        "style",
        "dir",
        "href",
        "role",
        "width",
        "cellpadding",
        "cellspacing",
        "border",
        "align",
    ]
)
STYLED = ("url(", "expression", "@import", "javascript", "position")


def mail(issue: Issue, language: str = "en", site: Site = SITE) -> bytes:
    return outputs(None, site)["email"].render(issue, language)


def check(body: bytes) -> None:
    """Octets and lines as RFC 5322 wants them, no defect, no more than one of each header."""
    assert len(body) < LIMIT
    assert body.count(b"\n") == body.count(b"\r\n") == body.count(b"\r") and b"\x00" not in body
    assert max(map(len, body.split(b"\r\n"))) <= 998 and body.isascii()
    read = parsed(body)
    assert defects(read) == []
    assert sorted(read.keys()) == ["Content-Language", "Content-Type", "Date", "MIME-Version", "Subject"]
    assert [p.get_content_type() for p in read.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert [p.get_content_charset() for p in read.walk()][1:] == ["utf-8", "utf-8"]


def check_inert(body: bytes, issue: Issue) -> None:
    root = page(parsed(body))
    known = {http_url(u) or "" for p in issue.picks() for u in (p.url, *(one.url for one in p.links))}
    for element in (e for e in root.iter() if isinstance(e.tag, str)):
        assert element.tag in ELEMENTS, element.tag
        assert set(element.attrib) <= ATTRIBUTES, element.attrib
        assert not any(word in element.get("style", "").lower() for word in STYLED)
        if href := element.get("href"):
            assert href in known or unquote(href) in map(unquote, known) or href.startswith(SITE.url), href
    assert len(root.findall(".//h1")) == 1 and len(root.findall(".//style")) == 1


@pytest.mark.parametrize("issue", [weekly(), daily()], ids=["weekly", "daily"])
@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_a_message_without_defect(issue: Issue, language: str) -> None:
    body = mail(issue, language)
    check(body)
    check_inert(body, issue)
    read = parsed(body)
    assert parsedate_to_datetime(read["Date"]) == datetime(2026, 6, 20, 7, 5, tzinfo=UTC)
    assert read["Content-Language"] == language


@pytest.mark.parametrize("issue", [weekly(), daily()], ids=["weekly", "daily"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_parts_say_the_same_in_the_same_order(issue: Issue, language: str) -> None:
    read = parsed(mail(issue, language))
    said = letters(unlinked(part(read, "plain")))
    assert said == letters(shown(page(read))) and len(said) > 800
    for pick in issue.picks():
        assert pick.url in part(read, "plain") and pick.url in part(read, "html")


@pytest.mark.parametrize("payload", [*HOSTILE, *LINES])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_m01_t08_hostile_text_stays_one_line_of_text(payload: str, language: str) -> None:
    issue = hostile(payload)
    body = mail(issue, language)
    check(body)
    check_inert(body, issue)
    read = parsed(body)
    assert letters(unlinked(part(read, "plain"))) == letters(unlinked(shown(page(read))))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", part(read, "plain"))


@pytest.mark.slow
def test_m01_recorded_hostile_strings_make_no_defect() -> None:
    folder = os.environ.get("DIGESTER_TEST_DATA")
    if not folder:
        pytest.skip("DIGESTER_TEST_DATA is not set")
    path = Path(folder) / "hostile"
    files = [(path / f"{name}.jsonl").read_text(encoding="utf-8") for name in ("strings", "injection_lines")]
    kept = [json.loads(line) for text in files for line in text.split("\n") if line]
    texts = [r["data"] for r in kept if isinstance(r["data"], str) and r["enc"] != "base64"]
    assert len(texts) > 500
    for text in texts:
        value = header(text)
        assert len(value.splitlines()) <= 1 and not defects(parsed(field("Subject", text) + b"\r\n"))
        assert parsed(field("Subject", text) + b"\r\n")["Subject"] == value
    for start in range(0, len(texts), 60):
        group = texts[start : start + 60]
        picks = tuple(paper(str(n), text, 3, text) for n, text in enumerate(group))
        issue = replace(
            weekly(), sections=(Section("s", {"en": group[0]}, (), picks),), threads=(), title={"en": group[0]}
        )
        body = mail(issue)
        check(body)
        check_inert(body, issue)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_m01_any_text_is_one_header_that_is_read_back(text: str) -> None:
    made = field("Subject", text)
    assert made.isascii() and all(len(line) <= 998 for line in made.split(b"\r\n"))
    read = parsed(made + b"\r\nbody")
    assert read.keys() == ["Subject"] and read["Subject"] == header(text) and not defects(read)
    assert header(header(text)) == header(text)


@given(st.text(max_size=400), st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_body_is_read_back(text: str, other: str) -> None:
    text, other = (re.sub("[\r\ud800-\udfff]", "", t) + "\n" for t in (text, other))
    made = message((("Subject", "x"),), "m", text, other)
    read = parsed(made)
    assert part(read, "plain") == text and part(read, "html") == other and not defects(read)
    assert max(map(len, made.split(b"\r\n"))) <= 78


@pytest.mark.parametrize("length", [*range(120), 5000, 5001, 5002])
def test_of_both_encodings_the_shorter_is_taken(length: int) -> None:
    for text in ("长" * (length // 3) + "x" * (length % 3), "x" * length):
        octets = text.encode()
        based = sum(len(base64.b64encode(octets[i : i + 57])) + 2 for i in range(0, len(octets), 57))
        quoted = len(binascii.b2a_qp(octets, istext=True).replace(b"\n", b"\r\n")) + 2
        made = message((), "m", text, text)
        assert (b"base64" in made) == (based < quoted) and part(parsed(made), "plain") == text


def test_the_subject_names_the_threads_and_is_cut_at_a_word() -> None:
    assert parsed(mail(weekly()))["Subject"] == "RecSys Weekly 2026-W25: Valid-item decoding · Scaling laws of ranking…"
    assert parsed(mail(weekly(), "zh"))["Subject"] == "推荐周报 2026-W25：有效物品解码 · 排序模型的 Scaling Law"
    assert str(parsed(mail(daily()))["Subject"]).startswith("AI Tech Daily - 2026-06-20: Orrelune releases")
    assert subject("Title", [], ": ") == "Title"
    for text in ("Pneumono" * 60, "长标题" * 120, "one two " * 40):
        assert len(subject("AI Weekly", [text, text], ": ")) <= 70


def many(count: int, rating: int = 3) -> Issue:
    text = "Young items get heavier pairs, so their vectors move before the first clicks arrive. " * 6
    picks = tuple(
        replace(WHALE, story_id=f"s{n}", work=f"arxiv:{n}", lead_item_id=f"i{n}", headline={"en": f"Headline number {n} of the day"},
                rating=4 if n % 10 == 0 else rating, sentences=(say(f"t{n}", "report", text),))
        for n in range(1, count + 1)
    )  # fmt: skip
    half = count // 2
    sections = (
        Section("a", {"en": "First part"}, (), picks[:half]),
        Section("b", {"en": "Second part"}, (), picks[half:]),
    )
    cited = say("k", "report", "The last of them.", cites=(f"i{count - 1}",))
    return replace(weekly(), sections=sections, threads=(), takeaways=(cited,), overview=(), watch=())


def numbers(body: bytes) -> tuple[list[int], list[int]]:
    """Items of the text and of the HTML part."""
    read = parsed(body)
    text = [int(n) for n in re.findall(r"^\[(\d+)\] Headline.*day\nhttps", part(read, "plain"), re.MULTILINE)]
    found = [re.match(r"(\d+)\. Headline", h.text_content().strip()) for h in page(read).iter("h3")]
    return text, [int(m[1]) for m in found if m]


@pytest.mark.parametrize("count", [100, pytest.param(5000, marks=pytest.mark.slow)])
def test_r13_a_long_issue_drops_whole_items_the_lowest_rated_and_last_first(count: int) -> None:
    body = mail(many(count))
    check(body)
    assert len(body) > LIMIT * 0.93
    text, shown_in_page = numbers(body)
    assert text == shown_in_page and 20 < len(text) < count
    order = sorted(range(1, count + 1), key=lambda n: (n % 10 != 0, n))
    assert sorted(order[: len(text)]) == text
    read = parsed(body)
    for said in (part(read, "plain"), shown(page(read))):
        assert f"{count - len(text):,} of the {count:,} items are left out" in " ".join(said.split())
        assert f"[{count - 1}] Headline number {count - 1} of the day" in " ".join(said.split())
    address = "https://news.example/article/rec-weekly-en-2026-W25.html"
    assert part(read, "plain").count(address) == 2 and part(read, "html").count(f'href="{address}"') == 2
    assert letters(unlinked(part(read, "plain"))) == letters(shown(page(read)))


def test_r13_without_a_web_address_the_mail_says_so() -> None:
    read = parsed(mail(many(100), site=Site()))
    assert "there is no copy on the web" in " ".join(part(read, "plain").split()).replace(
        "of which there is", "there is"
    )
    assert "Read on the web" not in part(read, "plain") and "news.example" not in part(read, "html")


def test_r13_an_issue_without_items_is_a_mail() -> None:
    body = mail(replace(weekly(), sections=(), threads=(), takeaways=(), overview=(), watch=(), notices=()))
    check(body)
    assert "38 of 41 sources answered. 2 announced papers were not seen." in " ".join(
        part(parsed(body), "plain").split()
    )


@pytest.mark.slow
@pytest.mark.parametrize("word", ["an endless item ", "无尽的条目，", "Pneumono", "e\u0301", "$\\alpha_i$ ", "👩‍👩‍👧"])
def test_r14_one_item_of_ten_megabytes_leaves_the_others_their_places(word: str) -> None:
    text = word * (1_000_000 // len(word))
    giant = replace(
        WHALE, title=text, headline={"en": text}, authors=(text,) * 3, reason={"en": text}, source=text[:30_000],
        sentences=(say("g", "report", text), *(say(f"g{n}", "report", "Again and again.") for n in range(20_000))),
        links=tuple(Link(f"https://a.example/{n}", text[:1000]) for n in range(500)),
    )  # fmt: skip
    base = weekly()
    issue = replace(
        base, sections=(Section("x", {"en": "X"}, (), (giant,)), *base.sections[1:]), threads=(), takeaways=()
    )
    body = mail(issue)
    check(body)
    for pick in issue.picks()[1:]:
        assert pick.headline["en"] in " ".join(part(parsed(body), "plain").split())
    assert "left out" not in part(parsed(body), "plain")


def test_r14_a_book_of_an_overview_is_shortened_and_items_stay() -> None:
    book = tuple(say(f"b{n}", "report", f"这是第{n}句很长的话，" * 30, cites=("item-2606.90011",)) for n in range(400))
    base = weekly()
    issue = replace(
        base, overview=book, takeaways=book, watch=book, threads=tuple(replace(base.threads[0], sentences=book) for _ in range(40)),
        notices=({"en": "说明" * 5000},) * 50, sections=tuple(Section(f"s{n}", {"en": f"S{n}"}, book, (p,)) for n, p in enumerate(base.picks())),
    )  # fmt: skip
    body = mail(issue)
    check(body)
    assert "CODEWALK" in part(parsed(body), "plain")


def test_t07_nothing_is_cut_inside_an_entity_or_a_tag() -> None:
    issue = hostile("<b>&amp;&lt;</b>" * 5000)
    body = mail(issue)
    check_inert(body, issue)
    text = page(parsed(body)).text_content()
    assert "<b>&amp;&lt;</b><b>" in text and not re.search(r"&(?!amp;|lt;|a?m?p?…|l?t?…)", text.replace("&&", ""))


@pytest.mark.parametrize("url", BAD_URLS)
def test_other_schemes_are_no_links(url: str) -> None:
    links = {e.get("href") for e in page(parsed(mail(hostile("Title", url)))).iter("a")}
    assert all(link.startswith(SITE.url) for link in links)


def test_a_pick_without_address_is_text() -> None:
    bare = replace(weekly(), sections=(Section("x", {"en": "X"}, (), (replace(WHALE, url="", links=()),)),))
    root = page(parsed(mail(bare, site=Site())))
    assert "CODEWALK" in root.text_content() and not list(root.iter("a"))


def test_formulas_are_unicode_in_both_parts_and_in_the_subject() -> None:
    pick = replace(WHALE, headline={"en": "Costs fall from $O(n^2)$ to $O(n)$"}, title=r"$\alpha_i$ in \mathbb{R}^{2k}", sentences=(say("m", "report", r"We pay $5 to $10 for $x_{10}$."),))  # fmt: skip
    read = parsed(mail(replace(weekly(), threads=(), sections=(Section("x", {"en": "X"}, (), (pick,)),))))
    for said in (part(read, "plain"), page(read).text_content()):
        for formula in ("O(n²)", "αᵢ in ℝ²ᵏ", "$5 to $10", "x₁₀"):
            assert formula in said
    assert "O(n²)" in read["Subject"]


def test_addresses_are_only_of_a_site_that_has_the_page() -> None:
    assert "https://news.example/zh/article/rec-weekly-2026-W25.html" in part(parsed(mail(weekly(), "zh")), "plain")
    assert "news.example" not in part(
        parsed(mail(weekly(), "zh", Site("https://news.example", languages=("en",)))), "plain"
    )
    assert "news.example" not in part(parsed(mail(weekly(), "fr")), "plain")


def test_an_address_in_han_characters_is_not_broken() -> None:
    pick = replace(WHALE, url=f"https://lishi.example/{'推荐系统' * 20}", links=())
    read = parsed(mail(replace(weekly(), sections=(Section("x", {"en": "X"}, (), (pick,)),))))
    address = "https://lishi.example/" + quote("推荐系统" * 20)
    assert f"\n{address}\n" in part(read, "plain") and f'href="{address}"' in part(read, "html")


def test_the_preheader_is_the_summary_and_hidden() -> None:
    first = page(parsed(mail(weekly()))).find("body")[0]
    assert first.text_content() == weekly().summary["en"] and "display:none" in first.get("style", "")


def test_no_custom_property_is_left_and_the_dark_scheme_stays() -> None:
    text = part(parsed(mail(weekly())), "html")
    light, dark = tokens(sheet())
    assert "var(" not in text and "prefers-color-scheme: dark" in text and "max-width: 480px" in text
    assert light["ink"] in text and f"{dark['ink']} !important" in text and light["paper"] != dark["paper"]


@lru_cache
def sheet() -> str:
    return (Path(__file__).parents[2] / "templates" / "tokens.css").read_text(encoding="utf-8")


def test_page_and_mail_have_the_same_colours() -> None:
    assert sheet() in OUTPUTS["html"].render(weekly(), "en").decode()


def test_an_unknown_token_is_named() -> None:
    with pytest.raises(TemplateRuntimeError, match="--nothing"):
        resolve("a { color: var(--nothing) }", {"ink": "#000"})


def test_a_workspace_may_change_the_templates(tmp_path: Path) -> None:
    (tmp_path / "email").mkdir()
    (tmp_path / "email" / "issue.txt.j2").write_text("{{ mail.title }} only\n", encoding="utf-8")
    (tmp_path / "tokens.css").write_text(sheet().replace("#1f1d1a;", "#123456;"), encoding="utf-8")
    read = parsed(outputs(tmp_path)["email"].render(weekly(), "en"))
    assert part(read, "plain") == "RecSys Weekly 2026-W25 only\n" and "#123456" in part(read, "html")


def test_issues_are_mailed_unless_they_say_otherwise() -> None:
    kind = IssueKind("k", {}, {}, "daily", "r", {}, {})
    assert kind.outputs == ("json", "markdown", "html", "email") and set(kind.outputs) <= set(OUTPUTS)


def test_left_out_items_that_are_cited_are_named() -> None:
    thread = replace(weekly().threads[0], picks=("s97",), sentences=())
    read = parsed(mail(replace(many(100), threads=(thread,))))
    told = part(read, "plain").partition("Cited above and left out")[2]
    assert re.findall(r"^\[(\d+)\] Headline", told, re.MULTILINE)[:2] == ["97", "99"]


@pytest.mark.parametrize("layout", ["", "cards", "signed"])
def test_every_layout_of_papers_prints_rating_reason_authors_and_original_title(layout: str) -> None:
    issue = replace(weekly(), layout=layout)
    text = part(parsed(mail(issue)), "plain")
    first = issue.picks()[0]
    for expected in (f"{first.rating}/5", first.authors[0], first.reason["en"] if layout else f"Rated {first.rating}"):
        assert expected in " ".join(text.split()), expected


@pytest.mark.parametrize(("layout", "sign"), [("signed", "\U0001f517 "), ("cards", "")])
def test_a_daily_of_papers_has_the_fields_of_its_card_as_on_the_page(layout: str, sign: str) -> None:
    issue = replace(weekly(), kind="rec-daily", layout=layout)
    read = parsed(mail(issue))
    url = issue.picks()[0].url
    plain, page = " ".join(part(read, "plain").split()), part(read, "html")
    assert f"- {sign}Original: {url}" in plain and "Why this rating: " in plain and "Industry | " in plain
    assert re.search(rf'{sign}<b[^>]*>Original: </b><a href="{re.escape(url)}"', page)
    assert ("\U0001f3af Why read it: " in plain) == bool(sign)
    assert plain.count("Why read it: ") == sum(bool(p.sentences) for p in issue.picks())
    assert " Trends ------ - " + ("\U0001f4a1 " if sign else "") in plain
