"""DKIM (RFC 6376) by dkimpy, the extra `digester[dkim]`: relaxed/relaxed over what RFC 8058 (4) wants signed."""

from __future__ import annotations

from digester.domain.errors import DigesterError

SIGNED = (
    b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type", b"reply-to", b"list-id",
    b"list-unsubscribe", b"list-unsubscribe-post", b"auto-submitted",
)  # fmt: skip


def signed(octets: bytes, selector: str, domain: str, pem: str) -> bytes:
    """The message under its signature. Raises DigesterError without dkimpy, or for a key that is none."""
    try:
        import dkim
    except ModuleNotFoundError as err:
        raise DigesterError(
            "dkimpy is not installed", hint='pip install "digester[dkim]", or let the mail server sign'
        ) from err
    try:
        mark = dkim.sign(
            octets, selector.encode(), domain.encode(), pem.encode(), canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[h for h in SIGNED if b"\r\n" + h + b":" in b"\r\n" + octets[:20_000].lower()],
        )  # fmt: skip
    except Exception as err:  # noqa: BLE001 - dkimpy raises what its parsers raise; the key is never shown
        raise DigesterError(
            f"the message cannot be signed: {type(err).__name__}", hint="dkim_key names a variable with a PEM key"
        ) from None
    return bytes(mark) + octets
