"""What the topic kind asks of GitHub's search, and what it refuses to be told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from digester.domain.sources import FetchState, Request, Source
from digester.sources import KINDS

NOW = datetime(2026, 6, 20, 7, 31, 5, tzinfo=UTC)
KIND = KINDS["github_topic"]


def asked(now: datetime = NOW, **params: Any) -> tuple[Request, ...]:
    return tuple(KIND.first(Source("s", "github_topic", "S", KIND.Params(**params)), FetchState("s"), now))


def test_each_topic_is_one_search_for_starred_repositories_that_are_worked_on() -> None:
    one, other = asked(topics=("recommender-system", "ctr"), stars=25, days=3)
    query = parse_qs(urlsplit(one.url).query)
    assert urlsplit(one.url)[:3] == ("https", "api.github.com", "/search/repositories")
    assert query["q"] == ["topic:recommender-system pushed:>=2026-06-17 stars:>=25"]
    assert (query["sort"], query["order"], query["per_page"]) == (["stars"], ["desc"], ["100"])
    assert parse_qs(urlsplit(other.url).query)["q"][0].startswith("topic:ctr ")
    assert (one.bearer, one.otherwise) == ("", ())


def test_an_address_lasts_a_day_so_that_an_answer_can_be_known() -> None:
    (morning,), (evening,), (tomorrow,) = (
        asked(now, topics=("ctr",)) for now in (NOW, NOW.replace(hour=23), NOW.replace(day=21))
    )
    assert morning.url == evening.url != tomorrow.url


def test_a_token_is_named_by_its_environment_variable() -> None:
    (request,) = asked(topics=("ctr",), token="GITHUB_TOKEN")
    assert request.bearer == "GITHUB_TOKEN" and "TOKEN" not in request.url


@pytest.mark.parametrize("topic", ["", "Recommender", "a b", "a stars:>0", "-a", "a" * 51, "推荐"])
def test_what_is_no_topic_is_refused_before_it_becomes_a_query(topic: str) -> None:
    with pytest.raises(ValueError, match="no name of a topic"):
        KIND.Params(topics=(topic,))


@pytest.mark.parametrize("params", [{"stars": -1}, {"days": 0}, {"days": 10**9}])
def test_limits_without_sense_are_refused(params: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="days must be"):
        KIND.Params(topics=("ctr",), **params)
