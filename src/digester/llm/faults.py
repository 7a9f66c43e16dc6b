"""What went wrong with a call, in our words: the SDK's errors and odd replies as verdicts. No text of a provider is
passed on, because it may repeat a part of the key or of the prompt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from digester.domain.calls import FaultKind, ModelFault

QUOTA = ("insufficient_quota", "exceeded your current quota", "billing", "insufficient balance", "credit", "suspended")
_RATE = ("rate_limit_exceeded", "rate limit reached")  # OpenAI and Groq name their page for billing in these too
_FORM = ("response_format", "json_schema", "json_object", "tool", "schema", "structured output", "grammar")
_LONG = ("context_length", "context length", "maximum context", "too many tokens", "prompt is too long")
_CAP = ("max_tokens", "max_completion_tokens")


@dataclass(frozen=True)
class Verdict:
    """`again`: it may be tried once more; `lost`: the try was received and may have been paid; `limited`: a rate limit,
    which says when (`retry_after`, seconds); `form`: the form of the request was refused, a plainer one may do; `cap`:
    the name of the cap was."""

    fault: ModelFault
    again: bool = False
    lost: bool = False
    limited: bool = False
    retry_after: float | None = None
    form: bool = False
    cap: bool = False


def verdict(err: Exception, base_url: str, model: str, key_name: str, now: datetime) -> Verdict:
    """The verdict on an error of the SDK; other exceptions are raised again."""
    import openai

    host = urlsplit(base_url).netloc
    if isinstance(err, openai.APIStatusError):
        return _status(err, host, base_url, model, key_name, now)
    if isinstance(err, openai.APIConnectionError):
        return _connection(err, host)
    if isinstance(err, openai.OpenAIError):
        return Verdict(ModelFault("unreadable", f"{host} answered something that is no reply"), lost=True)
    raise err


def _connection(err: Exception, host: str) -> Verdict:
    name = type(err.__cause__).__name__
    if name in ("ConnectError", "ConnectTimeout", "PoolTimeout"):
        return Verdict(ModelFault("unreachable", f"{host} could not be reached; is the address right?"), again=True)
    if "Timeout" in name:
        return Verdict(ModelFault("deadline", f"{host} did not answer within the deadline (llm.deadline)"), lost=True)
    return Verdict(ModelFault("unreachable", f"{host} broke off in its answer"), again=True, lost=True)


def _status(err: Any, host: str, base_url: str, model: str, key_name: str, now: datetime) -> Verdict:
    status, said = err.status_code, _said(err)
    if status == 401 or (status == 403 and not _holds(said, QUOTA)):
        return _fault("key", f"{host} refuses the key ({status}); check {key_name}")
    if status == 402 or (status in (403, 429) and _holds(said, QUOTA) and not _holds(said, _RATE)):
        return _fault("quota", f"{host} says that the quota or credit is used up ({status}); see your account there")
    if status == 429:
        wait = retry_after(err.response.headers, now)
        return Verdict(ModelFault("rate_limited", f"{host} is over its rate limit (429)"), again=True, limited=True,
                       retry_after=wait)  # fmt: skip
    if status >= 500 or status in (408, 409):
        wait = retry_after(err.response.headers, now)
        return Verdict(ModelFault("unreachable", f"{host} answers {status}"), again=True, retry_after=wait)
    if 300 <= status < 400:
        return _fault("model", f"{base_url} redirects ({status}), which a key does not follow; check llm.base_url")
    return _refused(status, said, host, base_url, model)


def _refused(status: int, said: str, host: str, base_url: str, model: str) -> Verdict:
    if _holds(said, _LONG):
        return _fault("request", f"the question is too long for {model} at {host} ({status})")
    if status == 400 and _holds(said, _CAP):
        return Verdict(ModelFault("request", f"{host} refuses the request ({status})"), cap=True, form=True)
    if status == 400 or (status in (404, 415, 422) and _holds(said, _FORM)):
        return Verdict(ModelFault("request", f"{host} refuses the request ({status}); `digester llm try`"), form=True)
    if status == 404 and "model" in said:
        return _fault("model", f"{host} has no model {model!r} (404); check llm.fast, llm.strong and llm.embedding")
    if status == 404:
        return _fault("model", f"nothing answers at {base_url} (404); check llm.base_url")
    return _fault("request", f"{host} refuses the request ({status})")


def _fault(kind: FaultKind, message: str) -> Verdict:
    return Verdict(ModelFault(kind, message))


def _holds(said: str, words: tuple[str, ...]) -> bool:
    return any(w in said for w in words)


def _said(err: Any) -> str:
    """What the body says, for recognition only."""
    try:
        return json.dumps(err.body, ensure_ascii=False, default=str)[:4_000].lower()
    except (TypeError, ValueError, RecursionError):
        return ""


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait (RFC 9110 10.2.3: delay or date; `retry-after-ms` of OpenAI); None for none and garbage."""
    for name, unit in (("retry-after-ms", 1_000.0), ("retry-after", 1.0)):
        value = str(headers.get(name) or "").strip()
        if value and value.isascii() and value.replace(".", "", 1).isdigit():
            return float(value[:14]) / unit
    try:
        moment = parsedate_to_datetime(str(headers.get("retry-after") or ""))
        return max((moment - now).total_seconds(), 0.0) if moment.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
