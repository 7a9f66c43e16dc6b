"""What the `llm` part of a configuration must mean: addresses, names of variables, prices for every cap in money."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from digester.config.settings import Llm
from digester.config.yamlfile import Path
from digester.domain.urls import http_url

CAPS = ("usd_per_run", "usd_per_day", "usd_per_month", "tokens_per_run", "tokens_per_day", "tokens_per_month")
_NAME = re.compile(r"[A-Z_][A-Z0-9_]{0,80}")


def problems(llm: Llm) -> Iterator[tuple[Path, str]]:
    """(place, what is wrong there)."""
    if llm.base_url and not http_url(llm.base_url):
        yield ("llm", "base_url"), "must be an http(s) address such as http://127.0.0.1:11434/v1"
    if not _NAME.fullmatch(llm.key):
        yield ("llm", "key"), "is the name of an environment variable such as OPENAI_API_KEY, never the key itself"
    if (llm.strong or llm.providers) and not llm.fast:
        yield ("llm", "fast"), "names the model for ratings and short texts; without it no model is asked"
    names = {"default"}
    for i, p in enumerate(llm.providers):
        at: Path = ("llm", "providers", i)
        if not http_url(p.base_url):
            yield (*at, "base_url"), "must be an http(s) address"
        if p.key and not _NAME.fullmatch(p.key):
            yield (*at, "key"), "is the name of an environment variable, never the key itself"
        if p.name in names:
            yield (*at, "name"), f"two providers are called {p.name!r}"
        names.add(p.name)
    yield from _prices(llm)


def _prices(llm: Llm) -> Iterator[tuple[Path, str]]:
    for model, price in llm.prices.items():
        if not all(0 <= p < math.inf for p in (price.input, price.output, price.cached or 0.0)):
            yield ("llm", "prices", model), "prices are US dollars for a million tokens, at least 0"
    if all(getattr(llm, cap) is None for cap in CAPS[:3]):
        return
    used = {llm.fast, llm.strong, llm.embedding, *(m for p in llm.providers for m in (p.fast, p.strong))} - {""}
    for model in sorted(used - set(llm.prices)):
        yield (
            ("llm", "prices"),
            f"a cap in US dollars needs the price of {model!r}: input and output for a million tokens",
        )
