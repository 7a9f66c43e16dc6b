"""The operator's own endpoints (a language model's server): no guard and no manners, but an end.

A whole exchange ends at its deadline, headers and body together, and a body at its cap; redirects are not followed,
because a key would travel with them. The client is handed to the `openai` SDK.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

import httpcore2
import httpx2

from digester.net import guard

MAX_BYTES = 8_000_000


class _Anywhere(guard.GuardedBackend):
    """Private addresses too: the operator named this one."""

    def _checked(self, host: str, port: int, timeout: float | None) -> list[str]:
        try:
            return self._resolved(host, port, self._deadline.left(timeout))[:3] or [host]
        except (OSError, ValueError) as err:
            raise httpcore2.ConnectError("name not resolved") from err


class _Counted(httpx2.SyncByteStream):
    def __init__(self, inner: httpx2.SyncByteStream, most: int) -> None:
        self._inner, self._most = inner, most

    def __iter__(self) -> Iterator[bytes]:
        seen = 0
        for chunk in self._inner:
            seen += len(chunk)
            if seen > self._most:
                raise httpx2.ReadError(f"more than {self._most} bytes")
            yield chunk

    def close(self) -> None:
        self._inner.close()


class _Bounded(httpx2.BaseTransport):
    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["Accept-Encoding"] = "identity"  # a cap on bytes holds only for what is not packed
        response = self._inner.handle_request(request)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            response.close()
            raise httpx2.ReadError("a packed body that was not asked for")
        response.headers["Content-Type"] = "application/json"  # its charset may name any codec, also hex
        assert isinstance(response.stream, httpx2.SyncByteStream)  # noqa: S101 - a synchronous transport made it
        response.stream = _Counted(response.stream, MAX_BYTES)
        return response

    def close(self) -> None:
        self._inner.close()


@dataclass(frozen=True)
class Endpoint:
    """A client and the deadline of the exchange that a thread works on."""

    client: httpx2.Client
    _deadline: guard.Deadline

    def within(self, seconds: float) -> AbstractContextManager[None]:
        """Everything that this thread asks inside ends after so many seconds."""
        self._deadline.budget = seconds
        return self._deadline.running()

    def close(self) -> None:
        self.client.close()


def endpoint() -> Endpoint:
    deadline = guard.Deadline()
    transport = httpx2.HTTPTransport(limits=httpx2.Limits(max_connections=64, max_keepalive_connections=32))
    transport._pool._network_backend = _Anywhere((), deadline)
    client = httpx2.Client(transport=_Bounded(transport), trust_env=False, follow_redirects=False,
                           timeout=httpx2.Timeout(None, connect=10.0))  # fmt: skip
    return Endpoint(client, deadline)
