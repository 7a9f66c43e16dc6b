"""What only a workspace can complete in a request: the address of a bridge, and a token by its name.

Kinds are pure and see neither: they write `rsshub://...` and the name of an environment variable. What is
missing makes the source "not configured", which is no failure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from digester.domain.sources import Request
from digester.domain.urls import bridge_of, host_of
from digester.ports import FetchError


@dataclass(frozen=True)
class Routes:
    """`bridges`: base addresses by scheme; `secrets`: the environment."""

    bridges: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)

    def address(self, url: str) -> str | FetchError:
        """`url`, or for a bridge's address the one below its base."""
        bridged = bridge_of(url)
        if bridged is None:
            return url
        name, path = bridged
        base = self.bridges.get(name, "")
        return f"{base.rstrip('/')}/{path}" if base else _absent(f"bridges.{name} is not set")

    def bearer(self, request: Request, url: str) -> dict[str, str] | FetchError:
        """The Authorization header (RFC 6750 2.1) of a request that names a token, for its own host and https only:
        a redirect elsewhere does not get it."""
        if not request.bearer or host_of(url) != host_of(request.url) or not url.startswith("https://"):
            return {}
        token = self.secrets.get(request.bearer, "").strip()
        if not token:
            return _absent(f"{request.bearer} is not set")
        if not re.fullmatch(r"[A-Za-z0-9._~+/%=-]+", token):
            return _absent(f"{request.bearer} holds characters that no token has")
        return {"Authorization": f"Bearer {token}"}


def _absent(what: str) -> FetchError:
    return FetchError("not_configured", f"not configured: {what}")
