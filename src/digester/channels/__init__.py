"""Channels: one file each, one word in this registry.

A channel turns an edition of a frozen issue into what its service takes, sends it, and says what became of it as a value
(`Accepted`, `Later`, `Failed`, `InDoubt`). It decides nothing about whether and to whom: that is the outbox's. Secrets come
from the environment by the names that its parameters give, and are never printed.

A kind's module is imported when somebody asks for the kind: the registry is read by every command, and what mails or posts
loads libraries that few commands need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from digester.ports.delivery import ChannelKind

_ALL = (
    "smtp", "file", "webhook", "notion", "slack", "telegram", "discord", "feishu", "listmonk", "buttondown", "apprise"
)  # fmt: skip


class _Kinds(Mapping[str, ChannelKind]):
    """By name: `smtp` is the class Smtp of the module smtp."""

    def __getitem__(self, name: str) -> ChannelKind:
        if name not in _ALL:
            raise KeyError(name)
        kind: ChannelKind = getattr(import_module(f"{__name__}.{name}"), name.capitalize())
        return kind

    def __iter__(self) -> Iterator[str]:
        return iter(_ALL)

    def __len__(self) -> int:
        return len(_ALL)


KINDS: Mapping[str, ChannelKind] = _Kinds()
