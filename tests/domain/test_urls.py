"""The door every link passes, and what an address names."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digester.domain.urls import canonical, host_of, http_url, ref_of, refs_in_text

url_ish = st.lists(
    st.one_of(
        st.sampled_from(["http://", "https://", "HTTP:", "//", "/", "\\", "@", ":", "?", "#", "&", "=", "%", "%2F", ".", "..", "www.", "m.", "amp.",
                         "/amp", "/index.html", "a.example", "[::1]", ":443", ":80", "utm_source=x", "v=1", " ", "\t", "\r\n", "\x00", "\x01",
                         "\ud800", "ü", "①", "。", "＜", "%00", "javascript:", "user:pw@", "youtube.com", ";", "'", '"', "<", "+", "|"]),
        st.text(max_size=3),
    ),
    max_size=14,
).map("".join)  # fmt: skip


def sound(url: str) -> None:
    """What http_url lets through may stand in an attribute, a header, a log line and a database."""
    parts = urlsplit(url)
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert parts.netloc.isascii()
    assert "@" not in parts.netloc
    assert not set(url) & set("\t\r\n\0 <>\"'`\\\x7f")
    assert not any(ord(c) < 0x20 for c in url)
    url.encode("utf-8")


@given(url_ish)
@example("http://exa＜mple.example/")
@example("http://a\x01b.example/")
@example("http://a.example/\ud800")
@example("http://a.example/\x1b[31m")
@example("http://a.example/" + "<" * 7000)
def test_whatever_passes_the_door_is_sound_and_passes_unchanged(text: str) -> None:
    url = http_url(text)
    if url is not None:
        sound(url)
        assert http_url(url) == url


@given(url_ish, url_ish)
@example("", "http://user:secret@a.example/")
def test_joining_is_as_sound(text: str, base: str) -> None:
    url = http_url(text, base)
    if url is not None:
        sound(url)


@given(url_ish)
@example("http://www.m.a.example/")
@example("http://a.example:443/")
@example("http://a.example/x/amp/amp/index.html//amp//")
@example("https://a.example/?a=%FF&b&c=%zz")
@example("http://m.youtube.com/watch?v=1&t=2")
def test_canonical_is_idempotent_and_sound(text: str) -> None:
    once = canonical(text)
    if once is not None:
        sound(once)
        assert canonical(once) == once
        assert once.startswith("https://")
        assert not urlsplit(once).fragment or urlsplit(once).fragment[0] in "/!"


@given(url_ish)
def test_references_never_raise_and_are_bounded(text: str) -> None:
    for call in (ref_of, refs_in_text, host_of):
        call(text)
    ref = ref_of(text)
    assert ref is None or ref.partition(":")[0] in ("arxiv", "doi", "github", "url")
    if ref and ref.startswith("url:") and "digest/" not in ref:
        assert ref_of(ref.removeprefix("url:")) == ref


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)", "\x00javascript:x",
                                 "data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "ftp://a/", "mailto:a@b", "//a.example/x", "/x", "",
                                 "http:", "http://", "http:///x", "https://?x", "http://[::1", "http://a:99999/", "http://a:b/", "http://%41.example/",
                                 "http://a b/", "http://a|b/", "http://a^b/", "http://a{b/", "http://\u3000/", "http://a..ü/", "x" * 9000,
                                 "http://a.example/" + "x" * 8000])  # fmt: skip
def test_F19_these_are_no_links(url: str) -> None:
    assert http_url(url) is None
    assert canonical(url) is None
    assert ref_of(url) is None


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTP://A.Example", "http://a.example/"),
        (" https://a.example/x ", "https://a.example/x"),
        ("http://a.example:80/", "http://a.example/"),
        ("https://a.example:443/", "https://a.example/"),
        ("https://a.example:80/", "https://a.example:80/"),
        ("http://user:pw@a.example/", "http://a.example/"),
        ("http://trusted.example@evil.example/", "http://evil.example/"),
        ("http://trusted.example\\@evil.example/", "http://trusted.example/@evil.example/"),
        ("http:\\\\a.example\\x", "http://a.example/x"),
        ("http://a.ex\nample/\r\nX-Evil: 1", "http://a.example/X-Evil:%201"),
        ("http://a.example/<\"'`>", "http://a.example/%3C%22%27%60%3E"),
        ("http://a.example/?q=<&r=' '", "http://a.example/?q=%3C&r=%27%20%27"),
        ("http://bücher.example/ü", "http://xn--bcher-kva.example/ü"),
        ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http://a.example/%2e%2e/#f", "http://a.example/%2e%2e/#f"),
    ],
)
def test_links_are_cleaned(url: str, clean: str) -> None:
    assert http_url(url) == clean


@pytest.mark.parametrize(
    ("url", "base", "joined"),
    [
        ("/x", "https://a.example/b/c", "https://a.example/x"), ("../x", "https://a.example/b/c/", "https://a.example/b/x"),
        ("//b.example/", "https://a.example/", "https://b.example/"), ("?q", "https://a.example/b", "https://a.example/b?q"),
        ("javascript:x", "https://a.example/", None), ("x", "file:///etc/", None), ("x", "", None), ("https://b.example/", "rubbish", "https://b.example/"),
    ],
)  # fmt: skip
def test_relative_links_are_joined(url: str, base: str, joined: str | None) -> None:
    assert http_url(url, base) == joined


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.example/x/", "https://a.example/x"),
        ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
        ("https://a.example/x?fbclid=1&gclid=2&mc_cid=3&ref=hn&spm=4", "https://a.example/x"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2"),
        ("https://a.example/x#comments", "https://a.example/x"),
        ("https://m.a.example/one-two-three-four/amp/", "https://a.example/one-two-three-four"),
        ("https://a.example/index.html", "https://a.example/"),
        ("https://www.youtube.com/watch?v=abc&t=10&feature=x", "https://youtube.com/watch?v=abc"),
        (
            "https://mp.weixin.qq.com/s?__biz=B&mid=1&idx=1&sn=s&chksm=c&scene=0#rd",
            "https://mp.weixin.qq.com/s?idx=1&sn=s&__biz=B&mid=1",
        ),
    ],
)
def test_P07_addresses_of_one_page_are_one(one: str, other: str) -> None:
    assert canonical(one) == canonical(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [("https://a.example/?id=1", "https://a.example/?id=2"), ("https://a.example/x", "https://a.example/X"),
     ("https://a.example:8080/", "https://a.example/"), ("https://www.com/", "https://com/"), ("https://youtube.com/watch?v=a", "https://youtube.com/watch?v=b"),
     ("https://a.example/amplify", "https://a.example/")],
)  # fmt: skip
def test_P07_different_pages_stay_different(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/abs/2606.12345", "http://arxiv.org/abs/2606.12345v3", "https://www.arxiv.org/pdf/2606.12345v1.pdf", "https://arxiv.org/pdf/2606.12345",
        "https://export.arxiv.org/abs/2606.12345", "https://browse.arxiv.org/html/2606.12345v2", "https://ar5iv.org/abs/2606.12345",
        "https://ar5iv.labs.arxiv.org/html/2606.12345", "https://alphaxiv.org/abs/2606.12345", "https://huggingface.co/papers/2606.12345",
        "https://hf.co/papers/2606.12345", "https://arxiv.org/abs/2606.12345?utm_source=x#S1", "HTTPS://ArXiv.org/abs/2606.12345/", " https://arxiv.org/abs/2606.12345",
        "https://doi.org/10.48550/arXiv.2606.12345", "https://arxiv.example/abs/2606.12345",
    ],
)  # fmt: skip
def test_the_forms_of_an_arxiv_address_name_one_paper(url: str) -> None:
    assert ref_of(url) == "arxiv:2606.12345"


@pytest.mark.parametrize(
    ("url", "ref"),
    [
        ("https://arxiv.org/abs/hep-th/9901001v2", "arxiv:hep-th/9901001"),
        ("https://arxiv.org/abs/math.GT/0309136", "arxiv:math/0309136"),
        ("https://arxiv.org/list/cs.IR/recent", "url:https://arxiv.org/list/cs.IR/recent"),
        ("https://arxiv.org.evil.example/abs/2606.12345", "url:https://arxiv.org.evil.example/abs/2606.12345"),
        ("https://evil.example/arxiv.org/abs/2606.12345", "url:https://evil.example/arxiv.org/abs/2606.12345"),
        (
            "https://arxiv.org/abs/２６０６.12345",
            "url:https://arxiv.org/abs/%EF%BC%92%EF%BC%96%EF%BC%90%EF%BC%96.12345",
        ),
        ("https://github.com/Owner/Name", "github:owner/name"),
        ("https://github.com/owner/name.git", "github:owner/name"),
        ("https://www.github.com/owner/name/tree/main?tab=readme#top", "github:owner/name"),
        ("https://github.com/trending/python", "url:https://github.com/trending/python"),
        ("https://github.com/owner", "url:https://github.com/owner"),
        ("https://gist.github.com/owner/abc", "url:https://gist.github.com/owner/abc"),
        ("https://doi.org/10.1145/3600000.1", "doi:10.1145/3600000.1"),
        ("http://dx.doi.org/10.1145/ABC", "doi:10.1145/abc"),
    ],
)
def test_references_by_example(url: str, ref: str) -> None:
    assert ref_of(url) == ref


@pytest.mark.parametrize(
    "url",
    ["https://a.example/" + "x" * 5000, "https://doi.org/10.1145/" + "x" * 5000, "https://a.example/" + "中" * 1000],
)
def test_F19_a_giant_address_has_a_short_reference_of_its_own(url: str) -> None:
    ref = ref_of(url)
    assert ref is not None
    assert len(ref.encode()) < 200
    assert ref == ref_of(url)
    assert ref != ref_of(url + "y")


def test_F19_what_is_longer_than_a_link_once_encoded_is_a_link_and_has_a_reference() -> None:
    url = "https://a.example/?a=" + "中" * 7000
    assert http_url(url) == url
    assert canonical(url) is None
    assert len(ref_of(url) or "") < 100


def test_references_in_text_are_found_once_and_in_order() -> None:
    text = "See arXiv:2606.00002v1, arxiv: 2606.00001 and arXiv:2606.00002; not xarXiv:2606.00003 nor arXiv:26.1."
    assert refs_in_text(text) == ("arxiv:2606.00002", "arxiv:2606.00001")


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("论文arXiv:2606.00001发布，另见arXiv：2606.00002v3。", ("arxiv:2606.00001", "arxiv:2606.00002")),
        ("(arXiv:hep-th/9901001v2) and arXiv:math.GT/0309136", ("arxiv:hep-th/9901001", "arxiv:math/0309136")),
        ("arXiv:2606.123456 and arXiv:2606.12345x and arXiv:２６０６.12345", ()),
        ("arXiv:" * 9, ()),
    ],
)
def test_references_in_text_by_example(text: str, refs: tuple[str, ...]) -> None:
    assert refs_in_text(text) == refs


@pytest.mark.parametrize(
    ("url", "host"), [("https://www.a.example/x", "a.example"), ("rubbish", ""), ("http://[::1", ""), ("", "")]
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize("text", ["http://a.example" + "/amp" * 2000, "http://a.example/" + "/" * 8000, "http://" + "www." * 2000 + "a.example",
                                  "http://" + "ü" * 8000, "http://a.example/?" + "&" * 8000, "http://a.example/?" + "utm_" * 2000, "https://12ft.io/" * 480, "https://href.li/?" * 460,
                                  "http://a.example/?" + "a=%FF&" * 1300, "https://reddit.com" + "/comments/a//" * 600, "https://a.example" + "/.." * 2600, "\\" * 100_000])  # fmt: skip
def test_hostile_lengths_end(text: str) -> None:
    once = canonical(text)
    assert once is None or canonical(once) == once
    ref_of(text)


def _recorded() -> list[dict[str, Any]]:
    folder = os.environ.get("DIGESTER_TEST_DATA")
    if not folder:
        return []
    lines = (Path(folder) / "hostile" / "urls.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    return [json.loads(base64.b64decode(r["data"])) if r["enc"] == "base64" else r["data"] for r in records]


@pytest.mark.recorded
def test_F19_the_recorded_hostile_addresses_never_raise_and_what_passes_is_sound() -> None:
    records = _recorded()
    if not records:
        pytest.skip("DIGESTER_TEST_DATA is not set")
    for record in records:
        text, base = str(record["input"]), str(record["base"] or "")
        for url in (http_url(text), http_url(text, base), canonical(text)):
            if url is not None:
                sound(url)
        ref_of(text)
        host_of(text)
        once = canonical(text)
        assert once is None or canonical(once) == once
