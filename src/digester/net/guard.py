"""Private addresses are refused when the socket connects, not when the URL is read.

A check of the URL alone is bypassed by redirects and by DNS rebinding, so the guard is the network
backend of the HTTP library: it resolves, requires every address to be global, and connects to the
address it checked. Names in `net.allow_private_hosts` are exempt, and only those.
The backend is set through a private attribute of the transport; tests/net/test_guard.py pins it.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

import httpcore2
import httpx2

# What the registry calls global unicast (RFC 4291 2.4); outside it Python calls global what embeds an IPv4
# address of choice (NAT64, IPv4-compatible, SIIT) or is site-local. Inside it are 6to4 and documentation.
_UNICAST = ipaddress.ip_network("2000::/3")
_NOT_UNICAST = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("3fff::/20"))

Resolve = Callable[[str, int], Iterable[str]]


class ForbiddenAddress(httpcore2.ConnectError):
    """The name leads to a private, local or otherwise non-public address."""


def is_public(address: str) -> bool:
    """True when the literal address is global unicast, IPv4-mapped forms unwrapped."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return ip.is_global and ip in _UNICAST and not any(ip in net for net in _NOT_UNICAST)
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_global and not ip.is_multicast


def forbidden_literal(host: str) -> bool:
    """True for a host that is a non-public address in any spelling that resolvers accept (RFC 3986 7.4):
    dotted, short, octal, hexadecimal, decimal, IPv6 - or a name for this machine."""
    host = host.strip("[]").rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)))
    except (OSError, ValueError):  # ValueError: a NUL or half a character
        pass
    try:
        return not is_public(str(ipaddress.ip_address(host.split("%")[0])))
    except ValueError:
        return False


class Deadline(threading.local):
    """The end of the request that this thread works on (monotonic seconds); 0 = none.

    `budget` is what is left for its further hops: polite waiting between them is not counted.
    """

    at: float = 0.0
    budget: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        began = time.monotonic()
        self.at = began + self.budget
        try:
            yield
        finally:
            self.at, self.budget = 0.0, self.budget - (time.monotonic() - began)

    def left(self, timeout: float | None) -> float | None:
        if not self.at:
            return timeout
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("overall deadline")
        return left if timeout is None else min(left, timeout)


class DeadlineStream(httpcore2.NetworkStream):
    """Bounds every read and write by the overall deadline: a byte a second does not hold a thread."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return DeadlineStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


def resolve(host: str, port: int) -> Iterable[str]:
    """The addresses of a name, best first."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to public addresses, and to `allowed` ("host" or "host:port") whatever they are."""

    def __init__(
        self, allowed: Collection[str], deadline: Deadline,
        resolve: Resolve = resolve, inner: httpcore2.NetworkBackend | None = None,
    ) -> None:  # fmt: skip
        self._allowed, self._deadline, self._resolve = frozenset(allowed), deadline, resolve
        self._inner = inner or httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        *others, last = [host] if is_allowed(self._allowed, host, port) else self._checked(host, port, timeout)
        for target in others:
            try:
                stream = self._inner.connect_tcp(
                    target, port, self._deadline.left(timeout), local_address, socket_options
                )
                return DeadlineStream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):  # the name's next address may answer
                continue
        stream = self._inner.connect_tcp(last, port, self._deadline.left(timeout), local_address, socket_options)
        return DeadlineStream(stream, self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None
    ) -> httpcore2.NetworkStream:
        raise ForbiddenAddress("unix sockets are not fetched")

    def _checked(self, host: str, port: int, timeout: float | None) -> list[str]:
        try:
            found = self._resolved(host, port, self._deadline.left(timeout))
        except (OSError, ValueError) as err:
            reason = getattr(err, "strerror", None) or err
            raise httpcore2.ConnectError(f"name not resolved: {reason}") from err
        if not found:
            raise httpcore2.ConnectError("name not resolved: it has no address")
        if not all(is_public(address) for address in found):
            raise ForbiddenAddress(f"{host} leads to a private address")
        return found

    def _resolved(self, host: str, port: int, timeout: float | None) -> list[str]:
        """getaddrinfo(3) knows no time limit: it is asked in a thread, which is left alone when time is up."""
        answer: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answer.put(list(dict.fromkeys(self._resolve(host, port))))
            except Exception as err:  # noqa: BLE001 - handed to the thread that waits
                answer.put(err)

        threading.Thread(target=ask, name="resolve", daemon=True).start()
        try:
            found = answer.get(timeout=timeout)
        except Empty:
            raise TimeoutError("no answer in time") from None
        if isinstance(found, Exception):
            raise found
        return found


def is_allowed(allowed: Collection[str], host: str, port: int) -> bool:
    return host in allowed or f"{host}:{port}" in allowed


def guarded_transport(allowed: Collection[str], deadline: Deadline, resolve: Resolve = resolve) -> httpx2.HTTPTransport:
    """The library's transport with our backend in the place of its own."""
    transport = httpx2.HTTPTransport(limits=httpx2.Limits(max_connections=64, max_keepalive_connections=32))
    transport._pool._network_backend = GuardedBackend(allowed, deadline, resolve)
    return transport
