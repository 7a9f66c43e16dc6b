"""P07: what addresses name, line by line in urls.tsv, and what holds for all of them."""

from __future__ import annotations

import random
import re
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.known_urls import LINES

from digester.domain.urls import canonical, http_url, ref_of, untagged

TRACKERS = ("utm_source=x", "utm_medium=%20", "fbclid=1", "gclid=1", "mc_cid=1", "igshid=1", "spm=1.2", "ref=hn", "share_token=1", "chksm=1", "source=rss")  # fmt: skip


ADDRESSES = [url for url, wanted, _ in LINES if wanted]
HAS_BRANCHES = re.compile("https://(?:gitlab|api.github).com/")  # there ref names one
addresses = st.sampled_from(ADDRESSES)


def test_the_table_is_long_and_has_each_address_once() -> None:
    assert len(LINES) >= 500
    assert len({url for url, _, _ in LINES}) == len(LINES)


@pytest.mark.parametrize(("url", "wanted", "ref"), LINES, ids=range(len(LINES)))
def test_P07_the_table(url: str, wanted: str | None, ref: str | None) -> None:
    assert (canonical(url), ref_of(url)) == (wanted, ref)
    if wanted is not None:
        assert (canonical(wanted), ref_of(wanted)) == (wanted, ref)
        assert http_url(wanted) == wanted


def split(url: str) -> tuple[str, list[str], str]:
    head, mark, fragment = url.partition("#")
    path, _, query = head.partition("?")
    return path, [piece for piece in query.split("&") if piece], mark + fragment


def joined(path: str, pieces: list[str], fragment: str) -> str:
    return path + ("?" + "&".join(pieces) if pieces else "") + fragment


def holds_one(url: str) -> bool:
    """True for an address whose query is another one, or begins one: there a parameter is not the outer one's."""
    return "href.li" in url or "anonym.to" in url


@pytest.mark.parametrize("tracker", TRACKERS)
def test_P07_a_tracker_changes_nothing(tracker: str) -> None:
    for url in (u for u in ADDRESSES if not holds_one(u) and not HAS_BRANCHES.match(u)):
        path, pieces, fragment = split(url)
        for more in ([*pieces, tracker], [tracker, *pieces]):
            assert canonical(joined(path, more, fragment)) == canonical(url), url


def test_P07_the_order_of_parameters_changes_nothing() -> None:
    rng = random.Random(7)
    for url in (u for u in ADDRESSES if not holds_one(u)):
        path, pieces, fragment = split(url)
        names = [piece.partition("=")[0] for piece in pieces]
        if len(set(names)) == len(names) > 1:
            for _ in range(4):
                assert canonical(joined(path, rng.sample(pieces, len(pieces)), fragment)) == canonical(url), url


@given(addresses, st.integers(0, 200), st.text(max_size=6))
@settings(max_examples=300)
def test_P07_a_known_address_with_something_put_into_it_is_still_sound(url: str, at: int, text: str) -> None:
    changed = url[:at] + text + url[at:]
    once = canonical(changed)
    ref = ref_of(changed)
    assert (ref is None) == (http_url(changed) is None)
    if once is not None:
        assert http_url(once) == once and once.startswith("https://")
        assert canonical(once) == once and ref_of(once) == ref


@given(st.text(), st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=5), max_size=5), st.randoms())
def test_P07_parameters_of_any_text_have_no_order(path: str, pairs: dict[str, str], rng: random.Random) -> None:
    try:
        one = urlencode(pairs)
    except UnicodeEncodeError:
        return
    other = list(pairs.items())
    rng.shuffle(other)
    base = f"https://a.example/{path.replace('?', '').replace('#', '')}"
    assert canonical(f"{base}?{one}") == canonical(f"{base}?{urlencode(other)}")


@pytest.mark.parametrize("url", ADDRESSES, ids=range(len(ADDRESSES)))
def test_an_address_without_its_campaign_names_the_same_page(url: str) -> None:
    for dressed in (url, _dressed(url)):
        bare = untagged(dressed)
        assert canonical(bare) == canonical(dressed) and "fbclid=1" not in bare.partition("#")[0]
        assert untagged(bare) == bare


def _dressed(url: str) -> str:
    path, pieces, fragment = split(url)
    return f"{path}?{'&'.join(['utm_source=rss', *pieces, 'UTM_Medium=feed', 'fbclid=1'])}{fragment}"


@pytest.mark.parametrize(
    ("url", "bare"),
    [("https://a.example/x?utm_source=rss&utm_medium=rss", "https://a.example/x"),
     ("https://a.example/x?id=1&utm_source=rss&b=%20#top", "https://a.example/x?id=1&b=%20#top"),
     ("https://a.example/x?ref=main&source=rss", "https://a.example/x?ref=main&source=rss"),  # may name a page: stays
     ("https://a.example/x#?utm_source=rss", "https://a.example/x#?utm_source=rss"),
     ("https://a.example/x?", "https://a.example/x?")],
)  # fmt: skip
def test_only_the_tags_of_campaigns_go_and_all_else_stays_as_it_was_written(url: str, bare: str) -> None:
    assert untagged(url) == bare
