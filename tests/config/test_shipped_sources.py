"""The sources.yaml that ships: the core list is whole, and no line claims more than is known of its address."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from datetime import date
from typing import Any

import pytest
import yaml

from digester import app, config
from digester.config.settings import Bridges
from digester.domain.sources import Source
from digester.domain.urls import bridge_of, canonical, host_of

TEXT = app.data_file(app.CONFIG).read_text("utf-8")
TENANTS = {"github.com", "medium.com", "raw.githubusercontent.com"}  # hosts on which many publish

# The editorial standard's sources whose failure is an alarm, by id, as they are grouped there.
CORE = """
arxiv
netflix pinterest airbnb linkedin meta-engineering spotify-research doordash instacart etsy uber amazon-science
google-research zalando
meituan kuaishou alimama redtech bytedance jd-retail tencent
openai anthropic anthropic-engineering deepmind meta-ai deepseek qwen z-ai nvidia aws-ml huggingface hf-papers lmsys
import-ai stratechery interconnects the-batch latent-space top-ir-papers eugene-yan simon-willison
jiqizhixin qbitai datafun paperweekly
karpathy jeff-dean sumit dotey karl-higley michael-ekstrand
recsperts zhang-xiaojun
trending topic-recommender-system vllm sglang torchrec generative-recommenders torcheasyrec recbole
"""


def shipped() -> tuple[Source, ...]:
    return config.load(TEXT, {}, app.registries()).sources


def waiting() -> list[dict[str, Any]]:
    """The commented lines: sources of which a part of the address is missing."""
    found = [yaml.safe_load(m) for m in re.findall(r"^  # - (\{.*\})$", TEXT, re.MULTILINE)]
    return [line for line in found if line["id"] != "someone"]


SHIPPED = shipped()


def test_every_core_source_is_there_and_only_these_raise_alarms() -> None:
    core = [s.id for s in SHIPPED if s.core] + [line["id"] for line in waiting() if line.get("core")]
    assert sorted(core) == sorted(CORE.split())


def test_ids_are_unique_also_among_the_commented_lines() -> None:
    ids = Counter([s.id for s in SHIPPED] + [line["id"] for line in waiting()])
    assert [i for i, n in ids.items() if n > 1] == []


@pytest.mark.parametrize("source", SHIPPED, ids=lambda s: s.id)
def test_an_unverified_source_ships_disabled_and_a_citation_has_a_page_and_a_day(source: Source) -> None:
    if source.evidence == "unverified":
        assert not source.enabled
    elif source.evidence != "recorded":
        found = re.fullmatch(r"cited\((https://[^\s,()]+), (\d{4}-\d{2}-\d{2})\)", source.evidence)
        assert found, source.evidence
        assert date(2015, 1, 1) < date.fromisoformat(found[2]) < date(2027, 1, 1)


@pytest.mark.parametrize("line", waiting(), ids=lambda line: line["id"])
def test_a_commented_line_is_a_whole_line_that_would_ship_disabled(line: dict[str, Any]) -> None:
    assert (line["enabled"], line["evidence"]) == (False, "unverified")
    assert {"id", "kind", "name", "tags"} <= set(line)


def test_every_source_has_a_group() -> None:
    assert [s.id for s in SHIPPED if not s.tags] == []


def addresses() -> dict[str, str]:
    return {s.id: s.params.url for s in SHIPPED if hasattr(s.params, "url")}


def test_no_address_carries_a_user_name_and_all_are_encrypted() -> None:
    own = {i: url for i, url in addresses().items() if bridge_of(url) is None}
    assert [i for i, url in own.items() if not re.fullmatch(r"https://[^/@]+(/[^\s]*)?", url)] == []
    assert len(addresses()) > len(own) > 50


def test_sources_of_one_site_are_one_source() -> None:
    urls = [canonical(url) or url for url in addresses().values()]
    assert len(set(urls)) == len(urls)
    hosts = Counter(host_of(url) for url in urls if bridge_of(url) is None)
    assert {h for h, n in hosts.items() if n > 1} <= TENANTS


def test_each_repository_is_watched_once_and_each_person_of_x_is_named() -> None:
    repositories = [r.lower() for s in SHIPPED if s.kind == "github_releases" for r in s.params.repositories]
    assert len(repositories) == len(set(repositories)) == 10
    people = [s.params.person for s in SHIPPED if s.kind == "x" and s.params.role]
    assert len(people) == len(set(people)) == 4 and all(people)


def test_the_commented_bridges_are_those_that_there_are() -> None:
    block = re.search(r"^# bridges:\n((?:#   .*\n)+)", TEXT, re.MULTILINE)
    assert block
    given = yaml.safe_load(re.sub(r"^# ", "", block[0], flags=re.MULTILINE))
    assert set(given["bridges"]) == {f.name for f in fields(Bridges)}
    assert config.load(yaml.safe_dump(given) + TEXT, {}, app.registries()).bridges.rsshub == given["bridges"]["rsshub"]
