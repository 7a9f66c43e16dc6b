"""A page that breaks off: kills and lost replies at every request never make two pages or half a published one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.channels.notion_bench import Bench, Killed, Killing, a_round, begin, bench, finished, whole
from tests.servers.notion import Fault, error
from tests.servers.services import GONE, Said

from digester.domain.delivery import Accepted, Later

ROUNDS = ("new", "correction")


@pytest.fixture(scope="module")
def shared() -> Iterator[Bench]:
    """One service for the tests that go through every request; each round begins anew."""
    with bench() as made:
        yield made


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("name", ROUNDS)
def test_M19_a_kill_at_every_request_leaves_one_page_and_never_half_a_published_one(
    shared: Bench, name: str, after: bool
) -> None:
    round_ = a_round(name)
    assert len(a_round("new").requests) > 8  # content in several requests
    for at in range(len(round_.requests)):
        begin(shared, round_)
        with pytest.raises(Killed):
            shared.send(round_.issue, remote=round_.remote, wire=Killing(shared.wire, at, after))
        whole(shared, round_)
        shared.sent(round_.issue, remote=round_.remote)
        finished(shared, round_)


@pytest.mark.parametrize("said", [GONE, error(500, "internal_server_error", "x")])
@pytest.mark.parametrize("after", [False, True], ids=["unread", "carried out"])
@pytest.mark.parametrize("name", ROUNDS)
def test_M19_a_reply_lost_at_any_request_is_repeated_or_delivered_again_to_one_whole_page(
    shared: Bench, name: str, after: bool, said: Said
) -> None:
    round_ = a_round(name)
    for at in range(len(round_.requests)):
        begin(shared, round_, {at: Fault(said, after)})
        outcome = shared.send(round_.issue, remote=round_.remote)
        whole(shared, round_)
        if not isinstance(outcome, Accepted):
            assert isinstance(outcome, Later) and not outcome.stop
            shared.sent(round_.issue, remote=round_.remote)
        finished(shared, round_)


def test_M19_429_at_any_request_is_waited_for_as_long_as_it_says(shared: Bench) -> None:
    round_ = a_round("new")
    for at in range(len(round_.requests)):
        begin(shared, round_, {at: Fault(error(429, "rate_limited", "slow", Retry_After="17"))})
        shared.sent(round_.issue)
        assert 17 <= shared.clock.monotonic() < 17 + 0.34 * (len(round_.requests) + 2)
        finished(shared, round_)
