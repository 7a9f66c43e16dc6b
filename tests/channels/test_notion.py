"""The Notion channel: the page of an edition, found by its slug, made once, written over when it is corrected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.channels.notion_bench import SLUG, Bench, bench, corrected, edition, row
from tests.outputs.issue_samples import daily, weekly
from tests.servers.notion import BOT, PERSON, TEN, Page

from digester.channels.notion import Notion, Params
from digester.domain.delivery import Accepted, Failed, Later


@pytest.fixture
def there() -> Iterator[Bench]:
    with bench() as made:
        yield made


def writes(there: Bench) -> list[str]:
    return [method for method, path in there.notion.asked if method != "GET" and not path.endswith("/query")]


# ------------------------------------------------------------------- the page
def test_a_page_gets_the_ten_properties_in_the_values_of_notionnext(there: Bench) -> None:
    there.sent()
    (page,) = there.notion.pages.values()
    assert {name: page.plain(name) for name in page.properties} == {
        "title": "RecSys Weekly 2026-W25", "type": "Post", "status": "Published", "date": "2026-06-20", "slug": SLUG,
        "summary": weekly().summary["en"], "tags": "RecSys/Weekly", "category": "RecSys Report",
        "icon": "", "password": "", "priority": "",
    }  # fmt: skip
    assert not there.notion.refused


def test_each_language_has_a_page_of_its_own(there: Bench) -> None:
    there.sent(language="en")
    there.sent(language="zh")
    assert sorted(p.plain("slug") for p in there.notion.pages.values()) == ["rec-weekly-2026-W25", SLUG]
    assert "本期概览" in there.text("rec-weekly-2026-W25")


def test_icon_priority_status_and_draft_are_parameters(there: Bench) -> None:
    there.sent(icon="📚", priority="1", status="Invisible")
    (page,) = there.notion.pages.values()
    assert (page.plain("icon"), page.plain("priority"), page.plain("status")) == ("📚", "1", "Invisible")


def test_a_withdrawn_issue_becomes_a_draft_again(there: Bench) -> None:
    remote = there.sent()
    there.sent(replace(weekly(), state="withdrawn"), remote=remote)
    (page,) = there.notion.pages.values()
    assert page.plain("status") == "Draft"
    assert "kept for the record only" in there.text()


def test_a_channel_asks_what_the_database_is_like_once_for_all_its_editions(there: Bench) -> None:
    with there.channel().open() as session:
        for issue in (weekly(), daily()):
            assert isinstance(session.deliver(edition(issue), row(issue)), Accepted)
    assert [path for _, path in there.notion.asked].count("/v1/users/me") == 1


def test_the_channel_is_one_part_and_sends_corrections() -> None:
    assert (Notion.kind, Notion.personal, Notion.updates) == ("notion", False, True)
    assert Notion.secrets(Params(database="x")) == ("NOTION_TOKEN",)


# ----------------------------------------------------------------- correction
def test_a_correction_is_written_over_the_same_page(there: Bench) -> None:
    first = there.sent()
    before = there.text()
    second = there.sent(corrected(), remote=first)
    assert len(there.notion.pages) == 1
    assert json.loads(first)["page"] == json.loads(second)["page"]
    assert "Beyond 2B parameters" in before
    assert "Beyond 2B parameters" not in there.text()
    assert there.text().count("How this issue was made") == 1
    assert there.notion.by_slug(SLUG)[0].plain("summary") == "Corrected."


def test_sending_again_what_a_page_says_already_writes_nothing(there: Bench) -> None:
    first = there.sent()
    done = len(writes(there))
    assert there.sent(remote=first) == first
    assert len(writes(there)) == done


def test_force_writes_again_even_what_seems_to_be_there(there: Bench) -> None:
    remote = there.sent()
    (page,) = there.notion.pages.values()
    page.children = page.children[:1]
    there.notion.touch(page, PERSON)  # within the minute to which Notion rounds
    there.sent(remote=remote, force=True)
    assert "How this issue was made" in there.text()


def test_a_page_of_ours_is_found_when_the_outbox_has_forgotten_it(there: Bench) -> None:
    there.sent()
    there.sent(corrected())
    assert len(there.notion.pages) == 1
    assert "revision 2" in there.text()


def test_what_an_editor_set_as_icon_password_or_priority_stays(there: Bench) -> None:
    remote = there.sent()
    (page,) = there.notion.pages.values()
    page.properties["password"] = {"rich_text": [{"type": "text", "text": {"content": "open sesame"}}]}
    there.notion.touch(page, PERSON)
    there.sent(corrected(), remote=remote, force=True)
    assert page.plain("password") == "open sesame"


def test_blocks_that_erasing_leaves_are_deleted_one_by_one(there: Bench) -> None:
    remote = there.sent()
    there.notion.erases = False
    there.sent(corrected(), remote=remote)
    assert there.text().count("How this issue was made") == 1
    assert "Beyond 2B parameters" not in there.text()


# ------------------------------------------------------------- edited by hand
def test_a_page_edited_by_hand_is_not_written_over(there: Bench) -> None:
    remote = there.sent()
    (page,) = there.notion.pages.values()
    page.children[0]["quote"] = {"rich_text": [{"type": "text", "text": {"content": "By hand."}}]}
    there.notion.touch(page, PERSON)
    done = len(writes(there))
    outcome = there.send(corrected(), remote=remote)
    assert isinstance(outcome, Failed)
    assert "edited by hand" in outcome.error and "--force" in outcome.error
    assert "By hand." in there.text() and len(writes(there)) == done


def test_force_writes_over_what_was_edited_by_hand(there: Bench) -> None:
    remote = there.sent()
    (page,) = there.notion.pages.values()
    there.notion.touch(page, PERSON)
    there.sent(corrected(), remote=remote, force=True)
    assert "revision 2" in there.text() and page.editor == BOT


def test_a_page_of_somebody_else_with_the_same_slug_is_not_taken(there: Bench) -> None:
    slug = {"slug": {"rich_text": [{"type": "text", "text": {"content": SLUG}}]}}
    there.notion.pages["9" * 32] = Page("9" * 32, slug, "2026-06-01T00:00:00.000Z", PERSON)
    outcome = there.send()
    assert isinstance(outcome, Failed) and "9" * 32 in outcome.error
    assert len(there.notion.pages) == 1


@pytest.mark.parametrize("how", ["trash", "slug", "gone"])
def test_a_page_that_was_moved_away_by_hand_is_not_made_again_without_force(there: Bench, how: str) -> None:
    remote = there.sent()
    (page,) = there.notion.pages.values()
    if how == "trash":
        page.in_trash = True
    elif how == "gone":
        del there.notion.pages[page.id]
    else:
        page.properties["slug"] = {"rich_text": [{"type": "text", "text": {"content": "my-own"}}]}
    outcome = there.send(corrected(), remote=remote)
    assert isinstance(outcome, Failed) and "--force" in outcome.error
    assert not there.notion.by_slug(SLUG) or page.in_trash
    there.sent(corrected(), remote=remote, force=True)
    assert len([p for p in there.notion.by_slug(SLUG) if not p.in_trash]) == 1
    assert len(there.notion.pages) == (2 if how == "trash" else 1)


def test_two_pages_with_the_slug_are_named_and_left_alone(there: Bench) -> None:
    there.sent()
    (page,) = there.notion.pages.values()
    there.notion.pages["8" * 32] = replace(page, id="8" * 32)
    outcome = there.send(corrected())
    assert isinstance(outcome, Failed)
    assert "8" * 32 in outcome.error and page.id in outcome.error


# ------------------------------------------------------------------- database
def test_properties_that_the_database_lacks_are_left_out() -> None:
    types = {"Name": "title", "Slug": "rich_text", "status": "select"}
    with bench(types) as there:
        there.sent()
        (page,) = there.notion.pages.values()
        assert set(page.properties) == set(types) and page.plain("Name") == "RecSys Weekly 2026-W25"


def test_values_are_written_in_the_types_that_the_database_has() -> None:
    types = {**TEN, "tags": "rich_text", "priority": "number", "icon": "select", "category": "multi_select",
             "date": "rich_text", "summary": "formula"}  # fmt: skip
    with bench(types) as there:
        there.sent(priority="2", icon="📚")
        (page,) = there.notion.pages.values()
        assert page.properties["priority"] == {"number": 2.0}
        assert (page.plain("tags"), page.plain("icon"), page.plain("date")) == ("RecSys, Weekly", "📚", "2026-06-20")
        assert "summary" not in page.properties and not there.notion.refused


def test_a_status_property_needs_the_options_that_the_channel_writes() -> None:
    with bench({**TEN, "status": "status"}) as there:
        there.notion.options["status"] = ["Published"]
        outcome = there.send()
        assert isinstance(outcome, Later) and outcome.stop and "no option Draft" in outcome.error
        there.notion.options["status"] = ["Published", "Draft"]
        there.sent()


@pytest.mark.parametrize("lacking", ["slug", "status"])
def test_a_database_without_slug_or_status_stops_the_channel(lacking: str) -> None:
    with bench({n: k for n, k in TEN.items() if n != lacking}) as there:
        outcome = there.send()
        assert isinstance(outcome, Later) and outcome.stop and lacking in outcome.error
        assert not there.notion.pages


def test_one_of_several_data_sources_has_to_be_named(there: Bench) -> None:
    there.notion.sources = [*there.notion.sources, {"id": "c" * 32, "name": "Notes"}]
    outcome = there.send()
    assert isinstance(outcome, Later) and outcome.stop and "Posts, Notes" in outcome.error
    there.sent(source="Posts")


@pytest.mark.parametrize("database", ["", "posts", "../users/me", "a" * 31, "https://www.notion.so/x"])
def test_a_database_that_is_no_id_stops_the_channel_before_anything_is_asked(there: Bench, database: str) -> None:
    outcome = there.send(database=database)
    assert isinstance(outcome, Later) and outcome.stop
    assert not there.notion.asked


def test_the_address_of_a_database_does_for_its_id(there: Bench) -> None:
    there.sent(database=f"https://www.notion.so/team/Posts-{'a' * 32}?v={'b' * 32}")


# ----------------------------------------------------------------------- slugs
def test_languages_that_share_a_slug_are_refused_before_they_overwrite_each_other(there: Bench) -> None:
    outcome = there.send(replace(weekly(), slug={"en": "same", "zh": "same"}))
    assert isinstance(outcome, Failed) and "overwrite" in outcome.error
    assert not there.notion.asked


def test_an_edition_without_a_slug_is_refused(there: Bench) -> None:
    assert isinstance(there.send(replace(weekly(), slug={"en": SLUG}), "zh"), Failed)
    assert not there.notion.asked
