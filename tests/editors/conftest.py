"""Briefs of invented works: every field that a composed sentence may use can be set by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from digester.analysis import names
from digester.analysis.glossary import Glossary
from digester.analysis.rating_weights import Weights, weights_of
from digester.domain.ids import item_id, passage_id, story_id
from digester.domain.model import Claim, Entry, Item, Organisation, Passage, Quotation, Rating, Reading, Story, Support
from digester.editors.chinese import Chinese
from digester.editors.english import English
from digester.editors.patterns import Patterns
from digester.editors.voice import Voice
from digester.ports import Brief, Evidence

NOW = datetime(2026, 6, 20, 7, tzinfo=UTC)
PROMPTS = Path(__file__).parents[2] / "prompts"


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PROMPTS / name).read_text(encoding="utf-8"))
    found.pop("version")
    return found


@pytest.fixture(scope="session")
def variants() -> dict[str, list[str]]:
    return read("patterns.en.yaml")


@pytest.fixture(scope="session")
def patterns(variants: dict[str, list[str]]) -> Patterns:
    return Patterns(variants, "patterns.en.yaml")


@pytest.fixture(scope="session")
def voices(variants: dict[str, list[str]]) -> tuple[Voice, ...]:
    chinese = Patterns(read("patterns.zh.yaml"), "patterns.zh.yaml", "zh")
    return English(Patterns(variants, "patterns.en.yaml")), Chinese(chinese, Glossary.of(read("glossary.yaml")))


@pytest.fixture(scope="session")
def chinese_of() -> Callable[[dict[str, str]], Voice]:
    """A Chinese voice that calls some measures otherwise."""

    def one(metrics: dict[str, str]) -> Voice:
        words = read("glossary.yaml")
        patterns = Patterns(read("patterns.zh.yaml"), "patterns.zh.yaml", "zh")
        return Chinese(patterns, Glossary.of({**words, "metrics": {**words["metrics"], **metrics}}))

    return one


@pytest.fixture(scope="session")
def english(voices: tuple[Voice, ...]) -> Voice:
    return voices[0]


@pytest.fixture(scope="session")
def chinese(voices: tuple[Voice, ...]) -> Voice:
    return voices[1]


@pytest.fixture(scope="session")
def weights() -> Weights:
    return weights_of(json.loads((PROMPTS / "weights/rating.json").read_text(encoding="utf-8")), "rating.json")


MakeBrief = Callable[..., Brief]


@pytest.fixture(scope="session")
def make() -> MakeBrief:
    def brief(
        key: str = "a", title: str = "SIDLoom: Generative Retrieval", *, text: str = "We propose SIDLoom.", kind: str = "paper", system: str = "SIDLoom",
        orgs: Sequence[str] = (), claims: Sequence[Claim] = (), quotations: Sequence[tuple[str, str]] = (), rating: int = 4,
        features: dict[str, float] | None = None, also: Sequence[tuple[str, str, str]] = (), source: str = "arXiv", language: str = "en",
    ) -> Brief:  # fmt: skip
        whole = text if kind == "post" else f"{title}. {text}"
        for _, said in quotations:
            whole += "" if said in whole else f" {said}"
        p = Passage(passage_id(whole), f"w:{key}", "post" if kind == "post" else "abstract", whole)
        entry = Entry(key, kind, f"https://{key}.example/", title, text, language=language)  # type: ignore[arg-type]
        item = Item(item_id("s", key), "s", entry, f"w:{key}", (f"w:{key}",), "h", NOW, NOW)
        support = Support(p.id, 0, len(whole), "test")
        said_ = tuple(
            Quotation(r, q, Support(p.id, whole.index(q), whole.index(q) + len(q), "quote"))  # type: ignore[arg-type]
            for r, q in quotations
        )
        reading = Reading(
            item.work,
            "h",
            "e",
            language,
            system,
            said_,
            tuple(Organisation(o, names.organisation_kind(o), support) for o in orgs),
            tuple(claims),
        )
        rated = Rating(item.work, "h", "recsys-1", "e", p.level, NOW, rating, "why", True, features or {})
        story = Story(story_id(item.id), item.id, (item.id,), item.refs, title, 1.0, NOW, NOW)
        return Brief(story, Evidence(item, (p,), None, None, "h"), rated, reading, source, tuple(also))

    return brief


@pytest.fixture(scope="session")
def claim() -> Callable[..., Claim]:
    def one(
        metric: str = "CTR",
        value: str = "1.24",
        sign: str = "+",
        unit: str = "%",
        evidence: str = "online_ab",
        **rest: str | None,
    ) -> Claim:
        return Claim(metric, value, unit, sign, evidence, (Support("p", 0, 1, "test"),), **rest)  # type: ignore[arg-type]

    return one
