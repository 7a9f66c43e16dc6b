"""What a configuration may hold: the keys of sources.yaml as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from digester.domain.issue import IssueKind
from digester.domain.site import TITLE, Site
from digester.domain.sources import Source
from digester.ports.delivery import ChannelKind

_FORBID = {"extra": "forbid"}


@dataclass(frozen=True)
class Workspace:
    """`database` an SQLAlchemy URL or a file below the workspace; `out` the folder for issues."""

    __pydantic_config__ = _FORBID
    database: str = "digester.db"
    out: str = "out"


@dataclass(frozen=True)
class Net:
    """`contact` is an address or URL of yours and stands in the user agent; `replay` an address that answers for the
    whole web (tests, the demo); `allow_private_hosts` of bridges in your own network; `deadline` seconds a request;
    `max_bytes` a body; `hosts_in_flight` asked at once."""

    __pydantic_config__ = _FORBID
    contact: str = ""
    replay: str | None = None
    allow_private_hosts: tuple[str, ...] = ()
    deadline: float = 30.0
    max_bytes: int = 20_000_000
    hosts_in_flight: int = 16


@dataclass(frozen=True)
class Bridges:
    """Servers that make feeds for sites without one: addresses of RSSHub, Nitter and WeWe-RSS instances."""

    __pydantic_config__ = _FORBID
    rsshub: str = ""
    nitter: str = ""
    wewe: str = ""


@dataclass(frozen=True)
class ProviderLine:
    """A further provider, asked when those before it do not answer: `base_url` of its OpenAI-compatible endpoint, names
    of its models, and `key`, the environment variable (never the key itself) that holds its key."""

    __pydantic_config__ = _FORBID
    name: str
    base_url: str
    fast: str
    strong: str = ""
    key: str = ""


@dataclass(frozen=True)
class PriceLine:
    """US dollars for a million tokens of a model: `input`, `output`, and `cached` input where it is cheaper."""

    __pydantic_config__ = _FORBID
    input: float
    output: float
    cached: float | None = None


@dataclass(frozen=True)
class Llm:
    """Language models. With `fast` named (for ratings and short texts; `strong` for reading and writing, the same one if
    it is not named) the issues are edited by models, else by the embedded editor. `embedding` names the model by whose
    vectors reports in doubt are compared, with either editor. `base_url` of an OpenAI-compatible endpoint, `key` the environment variable with its key; `providers` are asked in their order when it does not answer.
    `prices` by model name. Caps: `usd_per_run`, `usd_per_day`, `usd_per_month`, `tokens_per_run`, `tokens_per_day`,
    `tokens_per_month`; a reached cap leaves the rest to the embedded editor. `in_flight` calls at once, `deadline` seconds
    for one, `patience` seconds of waiting for rate limits and busy servers. `prefilter` leaves out what a model learnt from its own past
    ratings thinks too weak to ask about. `footer` prints the cost on the issue."""

    __pydantic_config__ = _FORBID
    fast: str = ""
    strong: str = ""
    embedding: str = ""
    base_url: str = ""
    key: str = "OPENAI_API_KEY"
    providers: tuple[ProviderLine, ...] = ()
    prices: Mapping[str, PriceLine] = field(default_factory=dict)
    usd_per_run: float | None = None
    usd_per_day: float | None = None
    usd_per_month: float | None = None
    tokens_per_run: int | None = 1_000_000
    tokens_per_day: int | None = 3_000_000
    tokens_per_month: int | None = None
    in_flight: int = 8
    deadline: float = 120.0
    patience: float = 300.0
    prefilter: bool = False
    footer: bool = False


@dataclass(frozen=True)
class SiteSettings:
    """The web site. `url` is its public address, for links from mail and feeds; without one they have none. `title` by
    language; `languages` with the one at the top first; `contact` an address for corrections, printed on the site.
    `authority`, a domain of yours, stands in the ids of feed entries: never change it, not even when the site moves.
    `front_matter` is what the Markdown output begins with: plain, hugo, jekyll, astro or notionnext."""

    __pydantic_config__ = _FORBID
    url: str = ""
    title: Mapping[str, str] = field(default_factory=lambda: dict(TITLE))
    languages: tuple[Literal["en", "zh"], ...] = ("en", "zh")
    contact: str = ""
    authority: str = "digester"
    front_matter: Literal["plain", "hugo", "jekyll", "astro", "notionnext"] = "plain"


@dataclass(frozen=True)
class SectionLine:
    """A section of an issue: its `heading`, a text or one by language, and the `topics` that belong under it."""

    __pydantic_config__ = _FORBID
    heading: str | Mapping[str, str]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class IssueSettings:
    """An issue of your own, or what is changed about a shipped one. Its own needs `title` (a text with {period} in it, or
    one by language), `cadence` (daily, weekly) and `rubric` (papers, news: what it is made of and how that is rated);
    these two of a shipped one stay. `window` is when it ends, `07:00`, weekly `Sat 07:00`. `topics` name entries of the
    top key `topics`: what speaks of none of them is out of scope; `listings` are the arXiv categories that it looks at;
    `sections` group by topic, in weeklies. `languages` with the first one first; `timezone` such as Europe/Berlin;
    `minimum` and `maximum` of picks; `outputs` written; `tags` and `category` by language; `emoji: false` turns signs
    off. `channels` name those it goes to, without them it goes to all. For `tick` and `schedule`: `enabled: false` leaves
    it out, `publish_after` the window's end it is made, in minutes, and `catch_up` missed periods are made up for."""

    __pydantic_config__ = _FORBID
    title: str | Mapping[str, str] | None = None
    cadence: Literal["daily", "weekly"] | None = None
    rubric: Literal["papers", "news"] | None = None
    window: str | None = None
    topics: tuple[str, ...] | None = None
    listings: tuple[str, ...] | None = None
    sections: tuple[SectionLine, ...] | None = None
    languages: tuple[Literal["en", "zh"], ...] | None = None
    timezone: str | None = None
    maximum: int | None = None
    minimum: int | None = None
    outputs: tuple[str, ...] | None = None
    tags: Mapping[str, tuple[str, ...]] | None = None
    category: str | Mapping[str, str] | None = None
    emoji: bool | None = None
    channels: tuple[str, ...] | None = None
    enabled: bool | None = None
    publish_after: int | None = None
    catch_up: int | None = None


@dataclass(frozen=True)
class ChannelLine:
    """What every channel has. `kind` decides which other keys there are; `languages` that it sends, all of an issue when
    none are named; `enabled: false` keeps a line for later."""

    __pydantic_config__ = _FORBID
    kind: str
    languages: tuple[Literal["en", "zh"], ...] = ()
    enabled: bool = True


@dataclass(frozen=True)
class RecipientLine:
    """Someone who gets mail without having subscribed: `address`, and `languages` if not the first one of an issue."""

    __pydantic_config__ = _FORBID
    address: str
    languages: tuple[Literal["en", "zh"], ...] = ()


@dataclass(frozen=True)
class ChannelSettings:
    """A channel of the workspace: its name, its kind, and the parameters of that kind."""

    name: str
    kind: str
    params: Any
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceLine:
    """What every source has. `id` is its own, of letters, digits, `-`, `_` and `.`; `kind` decides which other keys
    there are; `name` is printed; `tags` group; `weight` is how much it counts, above 0 and at most 10; `core` sources
    raise an alarm when they fail; `enabled: false` keeps a line for later; `language` of most entries. `evidence` is
    how the address is known: `recorded` (an answer of it is in the test data), `cited(page, date)` or `unverified`."""

    __pydantic_config__ = _FORBID
    id: str
    kind: str
    name: str = ""
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    core: bool = False
    enabled: bool = True
    language: Literal["en", "zh"] = "en"
    evidence: str = "unverified"


@dataclass(frozen=True)
class Settings:
    workspace: Workspace = field(default_factory=Workspace)
    net: Net = field(default_factory=Net)
    bridges: Bridges = field(default_factory=Bridges)
    llm: Llm = field(default_factory=Llm)
    site: Site = field(default_factory=Site)
    sources: tuple[Source, ...] = ()
    issues: Mapping[str, IssueKind] = field(default_factory=dict)
    channels: tuple[ChannelSettings, ...] = ()
    recipients: tuple[RecipientLine, ...] = ()


@dataclass(frozen=True)
class Registries:
    """What is known: source kinds by name (their Params types), issue kinds by slug, outputs by name, channel kinds by
    name."""

    params: Mapping[str, type]
    issues: Mapping[str, IssueKind]
    outputs: Sequence[str]
    channels: Mapping[str, ChannelKind] = field(default_factory=dict)
