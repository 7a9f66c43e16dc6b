"""`site:` in sources.yaml: what feeds and front matter are made with."""

from __future__ import annotations

import pytest

from digester.config import Registries, Settings, load
from digester.domain.errors import ConfigError
from digester.domain.site import Site
from digester.outputs import outputs
from digester.outputs._front_matter import PROFILES
from digester.sources import KINDS

KNOWN = Registries({name: kind.Params for name, kind in KINDS.items()}, {}, ())
SOURCES = "sources:\n- {id: a, kind: rss, url: 'https://a.example/'}\n"


def settings(site: str) -> Settings:
    return load(f"site: {site}\n{SOURCES}", {}, KNOWN)


def test_authority_and_profile_reach_the_site() -> None:
    assert (Site().authority, Site().front_matter) == ("digester", "plain")
    site = settings("{authority: news.example, front_matter: hugo}").site
    assert (site.authority, site.front_matter) == ("news.example", "hugo")


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_can_be_configured_and_renders(profile: str) -> None:
    assert outputs(None, settings(f"{{front_matter: {profile}}}").site)["markdown"].extension == "md"


@pytest.mark.parametrize(
    "authority", ['""', "News.example", "https://a.example", "a b", "'a,2026'", "-a", "a..b", '"a\\n"', "é"]
)
def test_an_authority_that_is_no_domain_is_a_problem(authority: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(f"{{authority: {authority}}}")
    assert [(p.line, p.where) for p in caught.value.problems] == [(1, "site.authority")]


def test_an_unknown_profile_is_a_problem_that_names_the_known() -> None:
    with pytest.raises(ConfigError, match="'plain', 'hugo', 'jekyll', 'astro' or 'notionnext'"):
        settings("{front_matter: gatsby}")
