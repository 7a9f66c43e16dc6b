"""Entries of `channels:` and `recipients:` to values; what is wrong is told to the check, each with its path."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from digester.config.findings import Findings
from digester.config.settings import ChannelLine, ChannelSettings, RecipientLine
from digester.config.yamlfile import Path
from digester.domain.subscribers import NoAddress, address_of, plain_address
from digester.ports.delivery import ChannelKind

NAME = r"[a-z0-9][a-z0-9-]{0,39}"
VARIABLE = r"[A-Za-z_][A-Za-z0-9_]*"
OURS = r"[A-Z][A-Z0-9]*_[A-Z0-9_]*"  # as variables are named where a parameter names one and nothing is given
_SECRET = re.compile(r"[a-z+]{2,20}://|xox[a-z]-|secret_|ntn_|whsec_|[0-9]{6,12}:[A-Za-z0-9_-]{20}")


def channels_of(
    value: Any, known: Mapping[str, ChannelKind], outputs: Sequence[str], check: Findings
) -> tuple[ChannelSettings, ...]:
    if value is None:
        return ()
    if not isinstance(value, dict):
        check.add(("channels",), "is a mapping of names to channels")
        return ()
    found = (_channel(str(name), line, known, outputs, check) for name, line in value.items())
    return tuple(c for c in found if c is not None)


def _channel(
    name: str, line: Any, known: Mapping[str, ChannelKind], outputs: Sequence[str], check: Findings
) -> ChannelSettings | None:
    """The channel, None when it is switched off or something is wrong with it."""
    path = ("channels", name)
    if not re.fullmatch(NAME, name):
        check.add(path, "names of channels are made of small letters, digits and '-', at most 40")
    if not isinstance(line, dict):
        check.add(path, "a channel is a mapping with kind and its parameters")
        return None
    common = {k: v for k, v in line.items() if k in ChannelLine.__dataclass_fields__}
    base = check.typed(ChannelLine, common, path)
    kind = line.get("kind")
    if not isinstance(kind, str):
        return None  # said by ChannelLine
    if kind not in known:
        check.unknown((*path, "kind"), kind, tuple(known), "kind")
        return None
    rest = {k: v for k, v in line.items() if k not in ChannelLine.__dataclass_fields__}
    cls = known[kind].Params
    variables = {f.name for f in fields(cls) if re.fullmatch(OURS, str(f.default))}
    for key, text in rest.items():
        _no_secret(key in variables, text, (*path, key), check)
    params = check.typed(cls, rest, path)
    for i, one in enumerate(getattr(params, "outputs", ())):
        if one not in outputs:
            check.unknown((*path, "outputs", i), one, tuple(outputs), "output")
    for key in ("sender", "reply_to", "bounces", "unsubscribe_mail"):
        _address(getattr(params, key, ""), (*path, key), check)
    return ChannelSettings(name, kind, params, base.languages) if base and params and base.enabled else None


def _no_secret(variable: bool, text: Any, path: Path, check: Findings) -> None:
    """Secrets stand in the environment: where a name of a variable is wanted, nothing else will do."""
    if variable and isinstance(text, str) and text and not re.fullmatch(VARIABLE, text):
        check.add(path, "names an environment variable; secrets do not stand in this file, and its value is not shown")
    elif isinstance(text, str) and _SECRET.match(text) and not text.startswith(("http://", "https://")):
        check.add(path, "looks like a secret; put it into the environment. Its value is not shown")


def _address(text: Any, path: Path, check: Findings) -> None:
    """An address alone, or with a name before it: `Digest <news@digest.example>`."""
    if not isinstance(text, str) or not text:
        return
    bare = re.fullmatch(r"[^<>\r\n]{0,200}<([^<>]{0,320})>", text) if path[-1] == "sender" else None
    try:
        plain_address(bare[1] if bare else text)
    except NoAddress as err:
        check.add(path, f"{err}; it must be such as Digest <news@digest.example>")


def recipients_of(value: Any, check: Findings) -> tuple[RecipientLine, ...]:
    """Addresses, each a text or a mapping with languages."""
    if value is None:
        return ()
    if not isinstance(value, list):
        check.add(("recipients",), "is a list of addresses")
        return ()
    found = []
    for i, line in enumerate(value):
        path: Path = ("recipients", i)
        typed = check.typed(RecipientLine, {"address": line} if isinstance(line, str) else line, path)
        if typed is None:
            continue
        try:
            found.append(RecipientLine(address_of(typed.address), typed.languages))
        except NoAddress as err:
            check.add(path, f"an address {err}")
    return tuple(found)
