"""The issue in a few lines to any of the services that Apprise knows (github.com/caronc/apprise, its Python API), as an extra.

Apprise says only whether it worked, not why it did not; so what it refuses is tried again, and a service may get a message
twice that it took without saying so. Each address has a row of its own, named by the kind of service and a keyed mark of the
address: one that is down is tried again alone, and nobody gets the issue again because an address was added or left out.
Addresses are secrets: Apprise's own log is switched off, and of what it raises only the kind is told.

The text is plain (Apprise makes of it what each service takes) and is split, not cut, where it is too long for one.
"""

from __future__ import annotations

import hmac
import importlib
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from digester.channels._brief import Brief, brief
from digester.domain.delivery import Accepted, Delivery, Edition, Failed, InDoubt, Later, Outcome
from digester.ports.delivery import ChannelPowers

_FORBID = {"extra": "forbid"}
INSTALL = 'pip install "digester[notify]"'
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,19})://")
_CALLS = re.compile(r"@(?=\w)|<(?=[!@#])")  # @everyone, <!channel>, <@somebody>
_JOINER = "\u2060"
_TIMEOUT = 5  # apprise.AppriseResultStatus

Notifier = Callable[[str, str, str], bool | None]


@dataclass(frozen=True)
class Params:
    """`key` names the environment variable with the addresses of Apprise, parted by white space; `items` the headlines
    that are shown at most, 0 for all."""

    __pydantic_config__ = _FORBID
    key: str = "APPRISE_URLS"
    items: int = 15


class Apprise:
    """`notifier` takes an address, a title and a text; it answers None when it does not know what the address means."""

    kind: ClassVar[str] = "apprise"
    doc: ClassVar[str] = "The issue in a few lines, to any service that Apprise knows."
    personal: ClassVar[bool] = False
    updates: ClassVar[bool] = False
    daily = 0
    Params: ClassVar[type] = Params

    def __init__(self, name: str, params: Any, powers: ChannelPowers) -> None:
        self.name, self._params = name, params
        self._addresses = _by_part(powers.secret(params.key).split(), powers.key)
        self.notifier: Notifier = notified

    @staticmethod
    def secrets(params: Any) -> Sequence[str]:
        return (params.key,)

    def parts(self, edition: Edition) -> Sequence[str]:
        return tuple(self._addresses)

    @contextmanager
    def open(self) -> Iterator[Apprise]:
        yield self

    def deliver(self, edition: Edition, row: Delivery) -> Outcome:
        address = self._addresses.get(row.recipient)
        if address is None:
            return Failed(f"{self._params.key} no longer holds the address of {row.recipient}")
        view = brief(edition, self._params.items)
        try:
            took = self.notifier(address, quiet(view.title), text_of(view))
        except ImportError:
            return Later(f"Apprise is not installed: {INSTALL}", stop=True)
        except Exception as err:  # noqa: BLE001 -- one of 170 services may raise anything, with the address in its words
            return InDoubt(f"Apprise failed at {row.recipient} ({type(err).__name__}); it may have been sent")
        if took is None:
            return Failed(f"Apprise does not understand the address of {row.recipient}")
        return Accepted() if took else Later(f"Apprise could not send to {row.recipient}; it does not say why")


def _by_part(addresses: Sequence[str], key: bytes) -> Mapping[str, str]:
    """Each address once, by a name that does not give it away."""
    return {_part(address, key): address for address in addresses}


def _part(address: str, key: bytes) -> str:
    mark = hmac.new(key, b"apprise " + address.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:8]
    scheme = _SCHEME.match(address)
    return f"{scheme[1].lower() if scheme else 'address'}-{mark}"


def text_of(view: Brief) -> str:
    """What must be said first, headlines, and the way to the whole issue; without one each headline has its own."""
    lines = [*(f"⚠ {quiet(notice)}" for notice in view.notices), quiet(view.summary)]
    for group in view.groups:
        for item in group.items:
            link = f"\n{item.url}" if item.url and not view.url else ""
            lines.append(f"• {quiet(item.headline)}{link}")
    return "\n".join(text for text in (*lines, view.left, view.url) if text)


def notified(address: str, title: str, text: str) -> bool | None:
    """One message over Apprise. Raises ImportError without the extra."""
    apprise = importlib.import_module("apprise")
    logging.getLogger("apprise").disabled = True
    service = apprise.Apprise()
    if not service.add(split(address)):
        return None
    result = service.notify(body=text, title=title, body_format="text")
    if getattr(result, "status", None) == _TIMEOUT:
        raise TimeoutError
    return bool(result)


def split(address: str) -> str:
    """The address, asking for several messages where one is too short; what it asks for itself stays."""
    if "overflow=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}overflow=split"


def quiet(text: str) -> str:
    """The text without what calls people in a chat."""
    return _CALLS.sub(rf"\g<0>{_JOINER}", text)
