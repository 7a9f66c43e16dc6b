"""Reports of other mail servers in the forms that are met: all names and addresses are invented."""

from __future__ import annotations

from base64 import b64encode

ID = f"<{'0123456789abcdef' * 2}@digest.example>"


def original(message_id: str = ID, to: str = "ana@mail.example") -> str:
    return f"From: Digest <news@digest.example>\nTo: {to}\nMessage-ID: {message_id}\nSubject: RecSys Weekly\n"


def dsn(
    to: str = "ana@mail.example",
    status: str = "5.1.1",
    action: str = "failed",
    said: str = "smtp; 550 5.1.1 no such user",
    message_id: str = ID,
    end: str = "\r\n",
    **more: str,
) -> bytes:
    """As Postfix writes it; `returned`, `status_type`, `body`, `encoding` and `boundary` change one thing each."""
    returned = more.get("returned", "text/rfc822-headers")
    encoding = more.get("encoding", "")
    report = more.get("body") or (
        f"Reporting-MTA: dns; mx.mail.example\n\nFinal-Recipient: rfc822; {to}\nOriginal-Recipient: rfc822;{to}\n"
        f"Action: {action}\nStatus: {status}\nDiagnostic-Code: {said}\n"
    )
    if encoding:
        report = b64encode(report.encode()).decode()
    b = more.get("boundary", "B1.mx/mail.example")
    text = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.mail.example\nMessage-ID: <a1@mx.mail.example>\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type=delivery-status;\n\tboundary="{b}"\n\nThis is MIME.\n\n'
        f"--{b}\nContent-Type: text/plain\n\nI am sorry. Message-ID: <0@evil.example>\n\n"
        f"--{b}\nContent-Type: {more.get('status_type', 'message/delivery-status')}\n"
        f"{f'Content-Transfer-Encoding: {encoding}{chr(10)}' if encoding else ''}\n{report}\n"
        f"--{b}\nContent-Type: {returned}\n\n{original(message_id, to)}\n--{b}--\n"
    )
    return text.replace("\n", end).encode()


def complaint(kind: str = "abuse", message_id: str = ID, end: str = "\n") -> bytes:
    """As RFC 5965 shows it; the recipient is hidden."""
    text = (
        "From: fbl@isp.example\nSubject: FW: RecSys Weekly\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="part"\n\n'
        "--part\nContent-Type: text/plain\n\nAn abuse report.\n"
        f"--part\nContent-Type: message/feedback-report\n\nFeedback-Type: {kind}\nUser-Agent: fbl/1\nVersion: 1\n\n"
        f"--part\nContent-Type: message/rfc822\n\n{original(message_id, 'redacted@isp.example')}\nHello\n--part--\n"
    )
    return text.replace("\n", end).encode()
