"""sources.yaml and the environment to Settings: checked at the door, all errors at once, by line.

Precedence: flag > environment > file > default. Secrets never stand in the file. `load` is pure: text
and environment come as values, the known kinds and issues as registries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digester.config import yamlfile
from digester.config.check import Check
from digester.config.settings import (
    Bridges,
    ChannelLine,
    ChannelSettings,
    IssueSettings,
    Llm,
    Net,
    RecipientLine,
    Registries,
    Settings,
    SiteSettings,
    SourceLine,
    Workspace,
)
from digester.config.sources import EVIDENCE, ID
from digester.domain.errors import ConfigError

__all__ = [
    "API_KEY",
    "EVIDENCE",
    "ID",
    "Bridges",
    "ChannelLine",
    "ChannelSettings",
    "IssueSettings",
    "Llm",
    "Net",
    "RecipientLine",
    "Registries",
    "Settings",
    "SiteSettings",
    "SourceLine",
    "Workspace",
    "load",
    "yamlfile",
]

API_KEY = "DIGESTER_LLM__API_KEY"


def load(text: str, env: Mapping[str, str], known: Registries, subject: str = "sources.yaml") -> Settings:
    """The settings, or ConfigError with every problem of the file and the environment."""
    file = yamlfile.read(text)
    if file.problems:
        raise ConfigError(file.problems, subject=subject)
    variables = _variables(env)
    check = Check(file, known, variables)
    settings = check.settings(_with_env(file.value or {}, variables, env))
    if check.problems:
        raise ConfigError(tuple(sorted(check.problems, key=lambda p: p.line)), subject=subject)
    return settings


def _variables(env: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Which variable sets which key: DIGESTER_NET__REPLAY sets net.replay, and DIGESTER_DATABASE_URL is short
    for workspace.database."""
    found = {}
    for name in sorted(env):
        section, _, key = name.removeprefix("DIGESTER_").lower().partition("__")
        if name == API_KEY:
            continue  # a secret is no setting: it is never shown
        if name.startswith("DIGESTER_") and key and section in ("workspace", "net", "llm", "site"):
            found[section, key] = name
    if env.get("DIGESTER_DATABASE_URL"):
        found["workspace", "database"] = "DIGESTER_DATABASE_URL"
    if env.get("OPENAI_BASE_URL") and ("llm", "base_url") not in found:
        found["llm", "base_url"] = "OPENAI_BASE_URL"
    return found


def _with_env(value: Any, variables: Mapping[tuple[str, str], str], env: Mapping[str, str]) -> Any:
    if not isinstance(value, dict):
        return value
    merged = {k: dict(v) if isinstance(v, dict) else v for k, v in value.items()}
    for (section, key), name in variables.items():
        given = env[name]
        if merged.get(section) is None:
            merged[section] = {}
        if isinstance(merged[section], dict):
            merged[section][key] = (
                [p for p in given.split(",") if p] if key in ("allow_private_hosts", "languages") else given
            )
    return merged
