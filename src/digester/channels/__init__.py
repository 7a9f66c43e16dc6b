"""Channels: one file each, one line in this registry.

A channel turns an edition of a frozen issue into what its service takes, sends it, and says what became of it as a value
(`Accepted`, `Later`, `Failed`, `InDoubt`). It decides nothing about whether and to whom: that is the outbox's. Secrets come
from the environment by the names that its parameters give, and are never printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digester.channels.apprise import Apprise
from digester.channels.buttondown import Buttondown
from digester.channels.discord import Discord
from digester.channels.feishu import Feishu
from digester.channels.file import File
from digester.channels.listmonk import Listmonk
from digester.channels.notion import Notion
from digester.channels.slack import Slack
from digester.channels.smtp import Smtp
from digester.channels.telegram import Telegram
from digester.channels.webhook import Webhook

_ALL = (Smtp, File, Webhook, Notion, Slack, Telegram, Discord, Feishu, Listmonk, Buttondown, Apprise)
KINDS: Mapping[str, Any] = {kind.kind: kind for kind in _ALL}
