"""Identity and ownership: routes do not flip revisions, versions do; dateless entries are no guesses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.domain.entries import content_hash, merged, refs_of, to_item, work_of
from digester.domain.ids import checksum, digest, issue_id, item_id, passage_id, story_id
from digester.domain.model import Entry, Item, Link

NOW = datetime(2026, 6, 20, 7, tzinfo=UTC)
DAY = date(2026, 6, 16)
SUBMITTED = datetime(2026, 6, 15, 10, tzinfo=UTC)
URL = "https://arxiv.org/abs/2606.00001"

LISTED = Entry(
    "2606.00001",
    "paper",
    URL,
    "A title",
    "An abstract.",
    ("Ana",),
    ("cs.LG", "cs.IR"),
    announced_at=DAY,
    version=1,
    announcement="new",
    language="en",
)
CROSS = replace(LISTED, announcement="cross")
API = replace(
    LISTED,
    categories=("cs.IR", "cs.LG"),
    published_at=SUBMITTED,
    announced_at=None,
    announcement=None,
    comment="9 pages",
    affiliations=("Varn",),
)
REPLACED = replace(
    LISTED,
    title="A newer title",
    text="New abstract.",
    version=2,
    announcement="replace",
    announced_at=DAY + timedelta(days=3),
)
API_2 = replace(API, title="A newer title", text="New abstract.", version=2)
POST = Entry("p1", "post", "https://social.example/@m/1", "Short", "Short.", published_at=NOW - timedelta(hours=1))


def all_merged(*entries: Entry) -> Entry:
    first, *rest = entries
    return reduce(lambda old, new: merged(old, new), rest, first)


# ------------------------------------------------------------------- ownership
@pytest.mark.parametrize(
    "routes",
    [(LISTED, API), (LISTED, CROSS, API), (CROSS, API), (LISTED, API, REPLACED, API_2), (LISTED, CROSS, REPLACED), (API, API_2), (REPLACED, API_2),
     (LISTED, LISTED, API, API)],
)  # fmt: skip
def test_the_order_of_routes_does_not_matter(routes: tuple[Entry, ...]) -> None:
    results = {repr(all_merged(*order)) for order in permutations(routes)}
    assert len(results) == 1, results


def test_the_listing_owns_day_and_type_and_the_api_the_rest() -> None:
    both = merged(LISTED, API)
    assert (both.announced_at, both.announcement) == (DAY, "new")
    assert (both.published_at, both.comment, both.affiliations, both.categories) == (
        SUBMITTED,
        "9 pages",
        ("Varn",),
        ("cs.IR", "cs.LG"),
    )
    assert content_hash(both) == content_hash(LISTED) == content_hash(API)


def test_what_only_one_route_knows_is_kept_whoever_comes_first() -> None:
    bare = replace(LISTED, authors=(), language=None)
    linked = replace(API, links=(Link("https://b.example/"),))
    for one, other in ((bare, linked), (linked, bare)):
        both = merged(one, other)
        assert (both.authors, both.links, both.language) == (("Ana",), linked.links, "en")


def test_nothing_known_is_the_new_one() -> None:
    assert merged(None, LISTED) is LISTED


def test_a_higher_version_brings_its_text_and_a_lower_one_does_not() -> None:
    assert merged(LISTED, REPLACED).title == "A newer title"
    assert merged(REPLACED, LISTED).title == "A newer title"
    assert merged(merged(LISTED, REPLACED), replace(LISTED, title="edited v1")).title == "A newer title"
    assert merged(LISTED, REPLACED).version == merged(REPLACED, LISTED).version == 2


def test_the_same_version_in_other_words_changes_nothing() -> None:
    assert merged(LISTED, replace(API, title="A  Title", text="An abstract")).text == LISTED.text


def test_without_versions_the_text_itself_counts() -> None:
    assert merged(POST, replace(POST, text="Edited.")).text == "Edited."
    assert merged(POST, replace(POST, title="", text="")).text == "Short."


def test_a_paper_listed_on_two_days_belongs_to_the_earliest() -> None:
    later = replace(CROSS, announced_at=DAY + timedelta(days=1))
    for one, other in ((LISTED, later), (later, LISTED)):
        assert (merged(one, other).announced_at, merged(one, other).announcement) == (DAY, "new")


def test_on_one_day_new_goes_before_cross() -> None:
    assert merged(CROSS, LISTED).announcement == merged(LISTED, CROSS).announcement == "new"


def test_a_replacement_alone_keeps_its_day_and_is_overruled_by_an_announcement() -> None:
    assert (merged(REPLACED, API_2).announced_at, merged(REPLACED, API_2).announcement) == (
        REPLACED.announced_at,
        "replace",
    )
    assert merged(REPLACED, LISTED).announced_at == DAY


def test_signals_and_position_are_the_newest() -> None:
    old, new = replace(POST, signals={"likes": 1.0}, position=3), replace(POST, signals={"likes": 2.0}, position=0)
    assert (merged(old, new).signals, merged(old, new).position) == ({"likes": 2.0}, 0)
    assert (merged(old, POST).signals, merged(old, POST).position) == ({"likes": 1.0}, 3)


# ----------------------------------------------------------------------- items
def item(entry: Entry, known: Item | None = None, *, now: datetime = NOW, first_visit: bool = False) -> Item:
    return to_item("src", entry, known, now, first_visit)


def test_an_item_is_its_source_and_the_publisher_s_id() -> None:
    one = item(LISTED)
    assert one.id == item_id("src", "2606.00001") == item(API).id == item(replace(LISTED, title="other")).id
    assert one.id != to_item("other", LISTED, None, NOW, False).id
    assert (one.work, one.first_seen_at, one.revised_at) == ("arxiv:2606.00001", NOW, None)


def test_P08_only_a_changed_text_is_a_revision() -> None:
    later = NOW + timedelta(days=1)
    first = item(LISTED)
    again = item(API, first, now=later)
    assert (again.revised_at, again.content_hash, again.first_seen_at) == (None, first.content_hash, NOW)
    second = item(REPLACED, again, now=later)
    assert (second.revised_at, second.id, second.work) == (later, first.id, first.work)
    assert second.content_hash != first.content_hash
    assert item(API_2, second, now=later + timedelta(days=1)).revised_at == later


def test_signals_and_spelling_of_quotes_are_no_revision() -> None:
    first = item(POST)
    for changed in (
        replace(POST, signals={"likes": 9.0}),
        replace(POST, text="  SHORT."),
        replace(POST, published_at=NOW),
    ):
        assert item(changed, first).revised_at is None


def test_a_dateless_entry_is_news_when_first_seen_but_not_on_a_first_visit() -> None:
    dateless = replace(POST, published_at=None)
    assert item(dateless).moment == NOW
    assert item(dateless, first_visit=True).moment is None
    backlog = item(dateless, first_visit=True)
    assert item(dateless, backlog, now=NOW + timedelta(days=1)).moment is None  # and stays backlog


def test_a_dated_entry_counts_from_its_date_on_every_visit() -> None:
    assert item(POST).moment == item(POST, first_visit=True).moment == POST.published_at


def test_P05_a_moment_once_given_does_not_move() -> None:
    first = item(replace(POST, published_at=None))
    assert item(POST, first, now=NOW + timedelta(days=1)).moment == NOW


@pytest.mark.parametrize(
    "at",
    [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1989, 12, 31, tzinfo=UTC),
        datetime(9999, 1, 1, tzinfo=UTC),
        NOW + timedelta(hours=27),
    ],
)
def test_P05_a_date_that_cannot_be_is_no_date(at: datetime) -> None:
    assert item(replace(POST, published_at=at)).moment == NOW
    assert item(replace(POST, published_at=at)).entry.published_at is None
    assert item(replace(POST, published_at=at), first_visit=True).moment is None


def test_a_clock_that_is_a_day_ahead_is_believed() -> None:
    at = NOW + timedelta(hours=25)
    assert item(replace(POST, published_at=at)).moment == at


# ------------------------------------------------------------------ references
def test_the_own_reference_stands_first_then_links_then_text() -> None:
    entry = replace(
        POST, text="see arXiv:2606.00002", links=(Link("https://github.com/o/n"), Link("javascript:x"), Link(POST.url))
    )
    assert refs_of(entry) == ("url:https://social.example/@m/1", "github:o/n", "arxiv:2606.00002")


def test_a_post_about_one_paper_is_that_paper_s_sighting() -> None:
    one = replace(POST, links=(Link(URL),))
    two = replace(POST, links=(Link(URL), Link("https://arxiv.org/abs/2606.00002")))
    assert work_of(one, refs_of(one)) == "arxiv:2606.00001"
    assert work_of(two, refs_of(two)) == "url:https://social.example/@m/1"
    article = replace(one, kind="article")
    assert work_of(article, refs_of(article)) == "url:https://social.example/@m/1"


def test_an_entry_without_any_address_is_its_own_work() -> None:
    entry = replace(POST, url="", text="")
    assert refs_of(entry) == ()
    assert work_of(entry, ()).startswith("entry:")
    assert work_of(entry, ()) != work_of(replace(entry, external_id="p2"), ())


# ------------------------------------------------------------------------- ids
@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_digests_differ_when_the_parts_do(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_digests_are_hex_of_the_size_asked_for_and_stable() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert len(digest("\ud800", size=10)) == 20
    # stored rows are found by these: another value here is another database
    assert (item_id("a", "b"), passage_id("x"), story_id("x")) == (
        "a78ca065ff128ded5dc5",
        "ebc3c5535649a9afc919",
        "6af94d20235445f6",
    )
    assert issue_id("ai_daily", "2026-06-20") == "ai_daily/2026-06-20"
    assert checksum(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_what_is_printed_of_an_address_says_nothing_of_where_it_came_from() -> None:
    tagged = Entry("x", "article", "https://a.example/x?utm_source=rss&id=3", "X")
    item = to_item("s", tagged, None, datetime(2026, 6, 1, tzinfo=UTC), False)
    assert item.entry.url == "https://a.example/x?id=3"
