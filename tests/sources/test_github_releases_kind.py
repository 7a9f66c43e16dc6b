"""Releases: one feed a repository, what a tag says about itself, and one work with the repository."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digester.domain.entries import refs_of, work_of
from digester.domain.model import Entry
from digester.domain.sources import FetchState, Source
from digester.sources import KINDS
from digester.sources._releases import is_prerelease

KIND = KINDS["github_releases"]


def test_one_request_a_repository() -> None:
    source = Source("s", "github_releases", "x", KIND.Params(repositories=("a/b", "c/d.e"), site="github.example"))
    asks = KIND.first(source, FetchState("s"), datetime(2026, 7, 1, tzinfo=UTC))
    assert [a.url for a in asks] == [
        "https://github.example/a/b/releases.atom",
        "https://github.example/c/d.e/releases.atom",
    ]


@pytest.mark.parametrize("name", ["b", "a/b/c", "https://github.com/a/b", "a/", "/b", "a b/c", "a/b?x", "a/b\n"])
def test_what_is_no_repository_is_said_when_it_is_read(name: str) -> None:
    with pytest.raises(ValueError, match="is not owner/name"):
        KIND.Params(repositories=("ok/ok", name))


@pytest.mark.parametrize(
    "tag",
    ["v2.0.0-rc.1", "v2.0.0-alpha", "1.4b2", "1.0a1", "0.28.0rc1", "v3.dev20260601", "nightly", "nightly-2026-06-01",
     "core/v1.0.0-beta.3", "v1.0.0-rc1+build.5", "pkg@2.0.0-canary.4", "V2-Preview", "1.0.0-SNAPSHOT"],
)  # fmt: skip
def test_a_tag_that_names_a_stage_is_a_prerelease(tag: str) -> None:
    assert is_prerelease(tag)


@pytest.mark.parametrize(
    "tag",
    ["v1.9.0", "2026.8.18", "b4567", "a12", "v1.0.0+cuda", "1.0.post1", "release-1.2", "arch-1.0", "v1.2.3-hotfix",
     "beta/v1.0.0", "v1.0-cpu", "devtools-1.0", "2026-06-01", "v1.0.0-1"],
)  # fmt: skip
def test_a_tag_without_a_stage_is_a_release(tag: str) -> None:
    assert not is_prerelease(tag)


def test_a_release_is_of_the_same_work_as_its_repository() -> None:
    entry = Entry("a/b@v1", "release", "https://github.com/A/b/releases/tag/v1", "b v1")
    assert work_of(entry, refs_of(entry)) == "github:a/b"
