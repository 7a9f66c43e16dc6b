"""What the trending kind asks for: the page, and the search API where the page fails."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from digester.domain.sources import FetchState, Source
from digester.sources import KINDS

NOW = datetime(2026, 6, 20, 7, 31, 5, tzinfo=UTC)
KIND = KINDS["github_trending"]


def test_each_language_is_asked_as_a_page_and_otherwise_of_the_search_api() -> None:
    params = KIND.Params(languages=("", "c++"), since="weekly")
    every, one = KIND.first(Source("s", "github_trending", "S", params), FetchState("s"), NOW)
    assert (every.url, one.url) == (
        "https://github.com/trending?since=weekly",
        "https://github.com/trending/c%2B%2B?since=weekly",
    )
    (search,) = one.otherwise
    asked = parse_qs(urlsplit(search.url).query)
    assert (search.route, urlsplit(search.url).hostname) == ("search", "api.github.com")
    assert asked["q"] == ["created:>=2026-06-13T07:00:00Z language:c++"]
    assert asked["sort"] == ["stars"]
    assert parse_qs(urlsplit(every.otherwise[0].url).query)["q"] == ["created:>=2026-06-13T07:00:00Z"]
