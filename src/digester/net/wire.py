"""HTTP to services that the operator named (webhooks, chats, newsletters): one exchange, no redirect, no retry.

What matters to a sender is whether a request without an answer may have been read: what fails before the first octet went
out was not sent, everything later may have been. Addresses hold secrets here (a webhook's is one), so no message names
more than the host.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx2

from digester.net.endpoint import endpoint
from digester.ports.delivery import Answered, Call, Unanswered

DEADLINE = 30.0  # seconds for a whole exchange
MAX_ANSWER = 1_000_000  # bytes that are kept of an answer
_NOT_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.InvalidURL,
)


class HttpWire:
    def __init__(self, agent: str, deadline: float = DEADLINE) -> None:
        self._agent, self._deadline = agent, deadline
        self._endpoint = endpoint()

    def ask(self, call: Call) -> Answered | Unanswered:
        host = _host(call.url)
        headers = {"User-Agent": self._agent, **call.headers}
        try:
            with self._endpoint.within(self._deadline):
                reply = self._endpoint.client.request(call.method, call.url, headers=headers, content=call.body)
        except _NOT_SENT as err:
            return Unanswered(f"{host} could not be reached ({type(err).__name__})", sent=False)
        except (httpx2.HTTPError, OSError) as err:
            return Unanswered(f"{host} gave no answer ({type(err).__name__})", sent=True)
        except ValueError as err:  # an address or a header that is none
            return Unanswered(f"{host} cannot be asked ({type(err).__name__})", sent=False)
        known = {name.lower(): value for name, value in reply.headers.items()}
        return Answered(reply.status_code, known, reply.content[:MAX_ANSWER])

    def close(self) -> None:
        self._endpoint.close()


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "the address"
    except ValueError:
        return "the address"
