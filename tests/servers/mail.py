"""A whole mail server of another house (aiosmtpd) on loopback: it keeps what it is sent, by recipient.

`Receiver()` takes everything in clear; with a certificate it offers STARTTLS and takes nothing before it, with `user` and
`password` nothing without them. Scripted faults are what `raw_smtp` is for.
"""

from __future__ import annotations

import ssl
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any, Self

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from tests.servers.services import free_port


@dataclass(frozen=True)
class Certificate:
    """A certificate that nobody else trusts, for this machine's address or for another name."""

    cert: Path
    key: Path

    def server(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.cert, self.key)
        return context

    def trusting(self) -> ssl.SSLContext:
        """A client's context that trusts it, and it alone."""
        return ssl.create_default_context(cafile=str(self.cert))


def certificate(folder: Path, names: str = "IP:127.0.0.1", days: int = 1) -> Certificate:
    if which("openssl") is None:
        pytest.skip("openssl makes the certificate of this test")
    folder.mkdir(parents=True, exist_ok=True)
    made = Certificate(folder / "cert.pem", folder / "key.pem")
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            str(days), "-subj", "/CN=mail.example", "-addext", f"subjectAltName={names}", "-keyout", str(made.key),
            "-out", str(made.cert),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return made


@dataclass(frozen=True)
class Mail:
    recipients: tuple[str, ...]
    sender: str
    octets: bytes
    options: tuple[str, ...]
    secure: bool
    user: str


class Receiver:
    """`box` holds messages by recipient, `all` in order of arrival."""

    def __init__(self, tls: Certificate | None = None, user: str = "", password: str = "", utf8: bool = True) -> None:
        self.all: list[Mail] = []
        self.box: defaultdict[str, list[Mail]] = defaultdict(list)
        self.logins: list[str] = []
        self._user, self._password, self._tls = user, password, tls
        more = {"tls_context": tls.server(), "require_starttls": True} if tls else {}
        login = {"authenticator": self._login, "auth_required": True, "auth_require_tls": True} if user else {}
        self._controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=utf8, ready_timeout=20, **more, **login
        )

    @property
    def url(self) -> str:
        who = f"{self._user}:{self._password}@" if self._user else ""
        return f"smtp{'' if self._tls else '+plain'}://{who}127.0.0.1:{self._controller.port}"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = Mail(
            tuple(envelope.rcpt_tos), envelope.mail_from, bytes(envelope.original_content), tuple(envelope.mail_options),
            session.ssl is not None, self.logins[-1] if self.logins else "",
        )  # fmt: skip
        self.all.append(mail)
        for recipient in mail.recipients:
            self.box[recipient].append(mail)
        return "250 taken"

    def _login(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        right = (data.login, data.password) == (self._user.encode(), self._password.encode())
        self.logins.append(data.login.decode())
        return AuthResult(success=right, handled=right)
