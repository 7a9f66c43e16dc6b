"""Chats: what an edition is in short, how it is cut into parts, and what holds for every service."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.channels.editions import (
    EDITIONS,
    KINDS,
    SECRET,
    TOKEN,
    Clock,
    bare,
    chat,
    edition,
    outcome_of,
    rows,
    sent,
    with_items,
)
from tests.outputs.issue_samples import daily, paper, say, weekly
from tests.servers.services import DEEP, GARBAGE, GONE, HUGE, NEVER, Answer, Drip, Service, free_port, reply, text

from digester.channels import discord, feishu, slack, telegram
from digester.channels._brief import GAP, Block, Brief, Size, brief, by_section, fitted, joined, packed, utf16
from digester.channels._chat import blocks
from digester.domain.delivery import Accepted, Edition, Failed, InDoubt, Later, Outcome
from digester.domain.issue import Section

SIGNS = "ab ,.\n。！中文é\u0301😀👨\u200d👩\u200d👧"
TEXTS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=120) | st.text(min_size=1, max_size=80)
SIZES: list[Size] = [len, utf16, lambda text: len(text.encode())]
STYLES = {"slack": slack.STYLE, "discord": discord.STYLE, "telegram": telegram.STYLE, "feishu": feishu.STYLE}
GOOD: dict[str, Answer] = {
    "slack": text("ok"),
    "discord": reply({"id": "1"}),
    "telegram": reply({"ok": True, "result": {"message_id": 1}}),
    "feishu": reply({"code": 0}),
}


# -------------------------------------------------------------------- packing
def bare_of_space(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=12), st.integers(16, 150), st.sampled_from(SIZES))
def test_packed_messages_keep_the_limit_and_lose_nothing(texts: list[str], limit: int, size: Size) -> None:
    messages = packed([Block(t) for t in texts], limit, size)
    assert all(message and size(joined(message)) <= limit for message in messages)
    assert bare_of_space("".join(joined(m) for m in messages)) == bare_of_space("".join(texts))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text("ab ", min_size=1, max_size=30), max_size=12), st.integers(30, 100))
def test_blocks_that_fit_are_never_cut_and_messages_are_filled(texts: list[str], limit: int) -> None:
    messages = packed([Block(t) for t in texts], limit, len)
    assert [b.text for m in messages for b in m] == texts
    for one, following in pairwise(messages):
        assert len(joined((*one, following[0]))) > limit


def test_what_is_too_long_is_cut_at_a_line_a_sentence_a_word() -> None:
    def cut(text: str, limit: int) -> list[str]:
        return [b.text for m in packed([Block(text)], limit, len) for b in m]

    assert cut("one line\nanother line\nthe third", 24) == ["one line\nanother line", "the third"]
    assert cut("A first sentence. A second one is here.", 25) == ["A first sentence.", "A second one is here."]
    assert cut("several words without a stop", 15) == ["several words", "without a stop"]
    assert cut("x" * 30, 12) == ["x" * 11, "x" * 11, "x" * 8]


def test_a_cut_block_opens_its_section_once() -> None:
    made = [b for m in packed([Block("word " * 40, opens=True)], 50, len) for b in m]
    assert len(made) > 2 and [b.opens for b in made] == [True] + [False] * (len(made) - 1)


def test_graphemes_stay_whole() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    for message in packed([Block(family * 20)], 20, utf16):
        assert bare_of_space(joined(message)).replace(family, "") == ""


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.integers(8, 60))
def test_a_fitted_text_is_within_the_measure_of_its_markup(text: str, limit: int) -> None:
    def size(t: str) -> int:
        return utf16(t.replace("a", "&amp;"))

    assert size(fitted(text, limit, size)) <= limit


def test_sections_are_found_again() -> None:
    made = [Block("a"), Block("b", opens=True), Block("c"), Block("d", opens=True)]
    assert [[b.text for b in s] for s in by_section(made)] == [["a"], ["b", "c"], ["d"]]
    assert GAP.join(["a", "b"]) == joined(made[:2])


# ------------------------------------------------------------------- in short
def shown(view: Brief) -> list[str]:
    return [item.headline for group in view.groups for item in group.items]


def test_notices_of_a_weak_issue_are_never_lost() -> None:
    weak = replace(weekly(), notices=tuple({"en": f"Notice {n}: sources were silent."} for n in range(40)))
    assert len(brief(edition(weak), 1).notices) == 40
    for kind in KINDS:
        with Service(GOOD[kind]) as service, chat(kind, service.url, items=1) as channel:
            sent(channel, edition(weak))
            everything = b"".join(asked.body for asked in service.asked).decode()
        assert all(f"Notice {n}" in everything for n in range(40)), kind


def test_a_withdrawn_issue_says_so_first() -> None:
    assert brief(edition(replace(weekly(), state="withdrawn"))).notices[0].startswith("Withdrawn")
    assert brief(edition(replace(weekly(), state="withdrawn"), "zh")).notices[0].startswith("已撤回")


def test_a_notice_for_another_language_is_none_here() -> None:
    assert brief(edition(replace(weekly(), notices=({"zh": "仅中文"},)))).notices == ()


def test_sources_that_did_not_answer_and_papers_not_seen_are_told() -> None:
    census = brief(edition()).census
    assert census.startswith("2,616 announced, 52 in scope, 4 published (1x5, 2x4, 1x3)")
    assert "38 of 41 sources answered" in census and "2 announced papers were not seen" in census
    assert "41 个来源中 38 个应答" in brief(edition(language="zh")).census


def test_items_keep_the_order_of_the_issue_and_the_rest_is_counted() -> None:
    issue = with_items(30)
    view = brief(edition(issue), 20)
    assert shown(view) == [p.headline["en"] for p in issue.picks()[:20]]
    assert view.left == "10 more in the whole issue."
    assert brief(edition(issue, url=""), 20).left == "10 more are not shown here."
    assert brief(edition(issue), 0).left == brief(edition(issue), 30).left == ""
    assert len(shown(brief(edition(issue), 0))) == 30


def test_papers_have_stars_and_other_things_have_none() -> None:
    assert brief(edition()).groups[0].items[0].stars == "★★★★★"
    assert {i.stars for g in brief(edition(daily())).groups for i in g.items} == {""}
    unread = paper("1", "T", 4, "H", level="abstract")
    view = brief(edition(replace(weekly(), sections=(Section("s", {"en": "S"}, (), (unread,)),))))
    assert view.groups[0].items[0].stars == "★★★★☆ (from the abstract)"


def test_quotations_stand_in_quotation_marks_and_readings_are_left_to_the_issue() -> None:
    def text_of(*sentences: object) -> str:
        pick = paper("1", "T", 4, "H", sentences=sentences)
        view = brief(edition(replace(weekly(), sections=(Section("s", {"en": "S"}, (), (pick,)),))))
        return view.groups[0].items[0].text

    assert text_of(say("q", "quote", "Their words.")) == "“Their words.”"
    assert text_of(say("y", "synthesis", "Our reading."), say("r", "report", "A fact.")) == "A fact."
    assert text_of(say("r", "report", "H")).startswith("online test")  # the headline again: the reason instead


def test_a_post_names_who_wrote_it_and_says_its_words_once() -> None:
    first = next(i for g in brief(edition(daily())).groups for i in g.items if i.headline.startswith("Below 6,200"))
    assert first.names == ("Ansgar Tovelund",) and first.text == ""


def test_titles_stand_in_where_there_is_no_headline() -> None:
    pick = paper("1", "The source's title", 4, "")
    issue = replace(weekly(), sections=(Section("s", {"en": "S"}, (), (pick,)),))
    assert shown(brief(edition(issue, "zh"))) == ["The source's title"]


def test_links_are_http_or_none() -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "ftp://a.example/", "//a.example/x", "", "https://[bad"):
        assert brief(edition(with_items(1, url=url))).groups[0].items[0].url == ""
        assert brief(edition(url=url)).url == ""


@pytest.mark.parametrize("given_edition", [e for _, e in EDITIONS], ids=[n for n, _ in EDITIONS])
def test_every_text_is_one_harmless_line_of_bounded_length(given_edition: Edition) -> None:
    view = brief(given_edition)
    texts = [view.title, view.period, view.census, view.summary, *view.notices, *view.threads]
    texts += [t for g in view.groups for i in g.items for t in (g.heading, i.headline, i.text, *i.names)]
    assert view.title and all(len(text) <= 510 for text in texts)
    assert not any(sign in text for text in texts for sign in "\n\r\0\u202e\u2066\u2028\ud800")
    assert all(i.headline for g in view.groups for i in g.items)


@pytest.mark.parametrize("kind", KINDS)
def test_no_block_is_so_long_that_it_would_be_cut_within_its_markup(kind: str) -> None:
    for name, given_edition in EDITIONS:
        for block in blocks(brief(given_edition), STYLES[kind], ["head"]):
            assert 0 < utf16(block.text) <= 2900, name
            assert not any(line.startswith(tuple("#->0123456789")) for line in block.text.split("\n")[1:]), name


# ---------------------------------------------------------------------- parts
@pytest.mark.parametrize("kind", KINDS)
def test_a_short_edition_is_one_part_without_a_number(kind: str) -> None:
    with chat(kind, "http://127.0.0.1:1") as channel:
        assert list(channel.parts(edition(bare()))) == [""]


@pytest.mark.parametrize("kind", KINDS)
def test_parts_are_numbered_in_order_also_as_texts(kind: str) -> None:
    with chat(kind, "http://127.0.0.1:1", items=0) as channel:
        parts = list(channel.parts(edition(with_items(300, "A title of some length that fills the parts"))))
    assert len(parts) > 2 and parts == sorted(parts) and int(parts[0].split("/")[0]) == 1
    assert {p.split("/")[1] for p in parts} == {str(len(parts))}


@pytest.mark.parametrize("kind", KINDS)
def test_every_item_is_in_exactly_one_part(kind: str) -> None:
    with Service(GOOD[kind]) as service, chat(kind, service.url, items=0) as channel:
        sent(channel, edition(with_items(120, "Paper number")))
        everything = [asked.body.decode() for asked in service.asked]
    for n in range(1, 121):
        assert sum(body.count(f"https://papers.example/{n}|") + body.count(f"https://papers.example/{n})")
                   + body.count(f'https://papers.example/{n}\\"') for body in everything) == 1, n  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_messages_of_an_edition_are_built_once(kind: str) -> None:
    with chat(kind, "http://127.0.0.1:1", items=0) as channel:
        given_edition = edition(with_items(60))
        one = channel.messages(given_edition)  # type: ignore[attr-defined]
        channel.parts(given_edition)
        assert channel.messages(given_edition) is one  # type: ignore[attr-defined]
        assert channel.messages(edition(with_items(60), "zh")) is not one  # type: ignore[attr-defined]


@cache
def three(kind: str) -> Edition:
    """An edition of exactly three parts in a chat."""
    with chat(kind, "http://127.0.0.1:1", items=0) as channel:
        for number in range(20, 400, 8):
            made = edition(with_items(number))
            if len(channel.parts(made)) == 3:
                return made
    raise AssertionError(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_M19_a_part_that_is_put_off_stops_the_rest_and_what_was_taken_is_not_sent_again(kind: str) -> None:
    given_edition = three(kind)
    with Service(GOOD[kind]) as service, chat(kind, service.url, items=0) as channel:
        service.say(GOOD[kind], (429, {"Retry-After": "5"}, b""))
        first = sent(channel, given_edition)
        assert [row.state for row, _ in first] == ["accepted", "pending"] and len(service.asked) == 2
        waiting = [first[1][0], rows(channel, given_edition)[2]]
        assert [row.state for row, _ in sent(channel, given_edition, waiting)] == ["accepted", "accepted"]
        assert len(service.asked) == 4 and service.asked[1].json.keys() == service.asked[2].json.keys()
        assert "(2/3)" in service.asked[2].body.decode() and "(3/3)" in service.asked[3].body.decode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("answer", "state"), [((400, {}, b"no"), "failed"), (GONE, "in_doubt")], ids=["400", "gone"])
def test_M19_only_the_part_that_failed_is_left(kind: str, answer: Answer, state: str) -> None:
    given_edition = three(kind)
    with Service(GOOD[kind]) as service, chat(kind, service.url, items=0) as channel:
        service.say(GOOD[kind], answer)
        made = sent(channel, given_edition)
        assert [row.state for row, _ in made] == ["accepted", state, "accepted"]
        assert [type(o) for _, o in sent(channel, given_edition, [made[1][0]])] == [Accepted]  # resolved by hand
        assert len(service.asked) == 4 and "(2/3)" in service.asked[3].body.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_that_is_no_more_fails_with_a_reason_and_asks_nobody(kind: str) -> None:
    with Service(GOOD[kind]) as service, chat(kind, service.url) as channel:
        row = replace(rows(channel, edition(bare()))[0], recipient="2/3")
        ((_, outcome),) = sent(channel, edition(bare()), [row])
        assert isinstance(outcome, Failed) and "no part 2/3" in outcome.error and service.asked == []


@pytest.mark.parametrize("kind", KINDS)
def test_parts_are_paced_on_the_clock(kind: str) -> None:
    clock, given_edition = Clock(), three(kind)
    with Service(GOOD[kind]) as service, chat(kind, service.url, items=0, clock=clock) as channel:
        sent(channel, given_edition)
        assert clock.slept == [channel.pause] * 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_pauses_while_a_row_says_that_it_is_being_sent(kind: str) -> None:
    """Whoever kills a run that keeps a pace kills it in a pause, most likely, and would leave a part in doubt."""
    clock, given_edition = Clock(), three(kind)
    with Service(GOOD[kind]) as service, chat(kind, service.url, items=0, clock=clock) as channel:
        with channel.open() as session:
            for row in rows(channel, given_edition):
                assert isinstance(session.deliver(given_edition, row), Accepted)
        assert clock.slept == []


@pytest.mark.parametrize("kind", KINDS)
def test_chats_are_for_nobody_in_person_and_send_no_corrections(kind: str) -> None:
    with chat(kind, "http://127.0.0.1:1") as channel:
        assert (channel.kind, channel.personal, channel.updates, channel.daily) == (kind, False, False, 0)


# ------------------------------------------------- what holds for every service
def judged(kind: str, answer: Answer, deadline: float = 5.0) -> Outcome:
    with Service(answer) as service, chat(kind, service.url, deadline) as channel:
        outcome = outcome_of(channel, edition())
        assert len(service.asked) == 1  # nothing is asked twice
    secrets = (SECRET, TOKEN, TOKEN.split(":")[1])
    assert not any(secret in repr(outcome) for secret in secrets)
    assert len(getattr(outcome, "error", "")) < 400
    return outcome


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [500, 502, 504, 200, 204, 299])
def test_M19_an_answer_that_does_not_say_it_was_taken_is_in_doubt(kind: str, status: int) -> None:
    outcome = judged(kind, (status, {}, b""))
    assert isinstance(outcome, Accepted if (kind, status) == ("discord", 204) else InDoubt)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [503, 401, 403, 404, 408, 425, 301, 302, 307, 308])
def test_M19_what_may_pass_is_tried_later_and_stops_the_channel(kind: str, status: int) -> None:
    outcome = judged(kind, (status, {"Location": "/elsewhere"} if status < 400 else {}, b"not now"))
    assert isinstance(outcome, Later) and outcome.stop and str(status) in outcome.error


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [400, 405, 413, 415, 422, 451])
def test_M19_what_never_passes_failed(kind: str, status: int) -> None:
    assert isinstance(judged(kind, (status, {}, b"no")), Failed)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("told", "wait"), [("17", 17.0), ("Sat, 20 Jun 2026 07:31:00 GMT", 60.0), ("x", None), ("-4", None)]
)
def test_M19_429_waits_as_long_as_its_header_says(kind: str, told: str, wait: float | None) -> None:
    outcome = judged(kind, (429, {"Retry-After": told}, b""))
    assert isinstance(outcome, Later) and outcome.stop and outcome.wait == wait


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "answer", [GONE, GARBAGE, HUGE, DEEP, b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut",
               (200, {}, b"\xff\xfe\x00" * 100_000), reply("text"), reply(None), reply([[]]), reply({"ok": {}, "code": {}, "id": {}})],
    ids=["gone", "garbage", "huge", "deep", "cut", "octets", "text", "null", "list", "types"],
)  # fmt: skip
def test_M19_whatever_comes_back_after_the_request_was_read_is_in_doubt(kind: str, answer: Answer) -> None:
    assert isinstance(judged(kind, answer), InDoubt)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answer", [NEVER, Drip(b"{")], ids=["never", "drip"])
def test_M19_a_timeout_after_the_request_was_read_is_in_doubt(kind: str, answer: Answer) -> None:
    assert isinstance(judged(kind, answer, deadline=0.3), InDoubt)


@pytest.mark.parametrize("kind", KINDS)
def test_M19_nobody_there_is_later_for_nothing_was_sent(kind: str) -> None:
    with chat(kind, f"http://127.0.0.1:{free_port()}") as channel:
        outcome = outcome_of(channel, edition())
    assert isinstance(outcome, Later) and outcome.stop and SECRET not in outcome.error


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_M19_a_redirect_to_a_private_address_is_not_followed(kind: str, status: int) -> None:
    with Service(GOOD[kind]) as private:
        for location in (f"{private.url}/latest/meta-data", "http://169.254.169.254/latest"):
            outcome = judged(kind, (status, {"Location": location}, b""))
            assert isinstance(outcome, Later) and "169.254" not in outcome.error
        assert private.asked == []


@pytest.mark.parametrize("kind", KINDS)
def test_M19_an_address_that_is_none_is_later_and_not_shown(kind: str) -> None:
    for url in ("not an address", "http://[bad", "ftp://x.example", "http://127.0.0.1:99999"):
        with chat(kind, url) as channel:
            outcome = outcome_of(channel, edition())
        assert isinstance(outcome, Later) and outcome.stop and SECRET not in outcome.error
