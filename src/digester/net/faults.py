"""What went wrong on the way, as values: every exception of the HTTP library that the network can cause, by its name."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpcore2
import httpx2

from digester.net import guard, inflate
from digester.ports import FetchError

_RETRIED = frozenset({429, 500, 502, 503, 504})


def host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url[:60]
    except ValueError:
        return url[:60]


def worth_retrying(error: FetchError) -> bool:
    return error.status in _RETRIED or error.fault == "connect"


def as_fault(err: Exception, name: str, deadline: float) -> FetchError:
    """A library exception as a value. Raises what is not one: that is our own mistake."""
    cause: BaseException | None = err
    while cause is not None:
        if isinstance(cause, guard.ForbiddenAddress):
            return FetchError(
                "forbidden", f"{name} leads to a private address; name it in net.allow_private_hosts if it is yours"
            )
        cause = cause.__cause__ or cause.__context__
    text = str(err)
    match err:
        case inflate.TooLarge():
            return FetchError("too_large", f"{name} sent {text}")
        case inflate.BadEncoding():
            return FetchError("encoding", f"{name}: {text}")
        case httpx2.TimeoutException() | httpcore2.TimeoutException():
            return FetchError("timeout", f"{name} did not finish within {deadline:g} s")
        case httpx2.ConnectError() | httpcore2.ConnectError() if "not resolved" in text:
            return FetchError("dns", f"the name {name} was not resolved: {text.partition('not resolved: ')[2][:80]}")
        case httpx2.ConnectError() | httpcore2.ConnectError():
            return FetchError("connect", f"{name} cannot be reached: {text[:120]}")
        case (
            httpx2.NetworkError()
            | httpcore2.NetworkError()
            | httpx2.RemoteProtocolError()
            | httpcore2.RemoteProtocolError()
        ):
            return FetchError("connect", f"{name} broke off: {text[:120]}")
        case httpx2.HTTPError() | httpx2.InvalidURL() | httpcore2.ProtocolError() | UnicodeError():
            return FetchError("protocol", f"{name}: {type(err).__name__}")
    raise err
