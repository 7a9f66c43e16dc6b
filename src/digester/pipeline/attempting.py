"""What did not work is tried again later, and not for ever; what cannot work is not tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from digester.domain.runs import Attempt

TRIES = 4


def due(attempt: Attempt | None, hashed: str, now: datetime) -> bool:
    """Whether to try: never tried with what `hashed` stands for, or put off until now."""
    if attempt is None or attempt.input_hash != hashed:
        return True
    return not attempt.dead and (attempt.next_at is None or attempt.next_at <= now)


def failed(step: str, subject: str, hashed: str, before: Attempt | None, error: str, now: datetime) -> Attempt:
    """A failure after `before`: tried again in half an hour, then two, then eight; the fourth is the last."""
    tries = before.tries + 1 if before and before.input_hash == hashed else 1
    wait = timedelta(minutes=30) * 4 ** (tries - 1)
    return Attempt(step, subject, hashed, tries, error[:300], now + wait, dead=tries >= TRIES)


def hopeless(step: str, subject: str, hashed: str, error: str) -> Attempt:
    """What the next try would find again."""
    return Attempt(step, subject, hashed, 1, error[:300], None, dead=True)
