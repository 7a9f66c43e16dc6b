"""Source kinds: one file each, two pure functions, one line in this registry.

`first(source, state, now)` says what to ask; `parse(source, document)` says what came back. `collect`
does every GET; untrusted bytes are parsed once, in the Sandbox. Modules here import no parser at
module level: the registry is read by every command.
"""

from __future__ import annotations

from collections.abc import Mapping

from digester.ports import SourceKind
from digester.sources.arxiv import Arxiv
from digester.sources.bluesky import Bluesky
from digester.sources.github_releases import GithubReleases
from digester.sources.github_topic import GithubTopic
from digester.sources.github_trending import GithubTrending
from digester.sources.hacker_news import HackerNews
from digester.sources.hf_papers import HfPapers
from digester.sources.manual import Manual
from digester.sources.mastodon import Mastodon
from digester.sources.podcast import Podcast
from digester.sources.rss import Rss
from digester.sources.sitemap import Sitemap
from digester.sources.x import X

_ALL: tuple[SourceKind, ...] = (
    Arxiv(),
    Rss(),
    GithubTrending(),
    Bluesky(),
    Mastodon(),
    X(),
    HackerNews(),
    HfPapers(),
    Podcast(),
    GithubReleases(),
    GithubTopic(),
    Sitemap(),
    Manual(),
)
KINDS: Mapping[str, SourceKind] = {kind.name: kind for kind in _ALL}
