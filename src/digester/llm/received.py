"""What came back with a 200: the text, the vector, why it ended and what it cost; nothing in it is believed unseen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from digester.domain.calls import Ask, ModelFault, Usage
from digester.llm import embeddings, faults, ladder
from digester.llm.usage import cost_of, usage_of


@dataclass(frozen=True)
class Reply:
    """What came back: the text, why it ended, tokens, US dollars where the provider says them, the model that it says
    answered, seconds."""

    text: str
    finish: str
    usage: Usage
    cost: float | None
    model: str
    took: float


def read(ask: Ask, content: bytes, took: float, name: str) -> Reply | faults.Verdict:
    """The reply in the body of a 200 (platform.openai.com/docs/api-reference/chat/object). A blank one may be asked for
    once more in a plainer form."""
    if ask.tier == "embedding":
        return _embedded(ask, content, took, name)
    try:
        data = json.loads(content.decode())
        choice = data["choices"][0]
        message = choice["message"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return faults.Verdict(ModelFault("unreadable", f"{name} answered something that is no reply"), lost=True)
    if not isinstance(message, Mapping):
        return faults.Verdict(ModelFault("unreadable", f"{name} answered something that is no reply"), lost=True)
    said = data.get("usage")
    finish = _whole(str(choice.get("finish_reason") or "")[:40])
    if isinstance(message.get("refusal"), str) and message["refusal"].strip():
        return Reply("", "refusal", usage_of(ask, said, ""), cost_of(said), _model(data), took)
    text = _whole(_text(message, ask))
    if not text.strip() and finish not in ("content_filter", "length"):
        return faults.Verdict(ModelFault("unreadable", f"{name} answered nothing"), lost=True, form=True)
    return Reply(text, finish, usage_of(ask, said, text), cost_of(said), _model(data), took)


def _embedded(ask: Ask, content: bytes, took: float, name: str) -> Reply | faults.Verdict:
    """The vector of a text, kept as the one row of an answer."""
    try:
        data = json.loads(content.decode())
        text = embeddings.kept(data["data"][0]["embedding"], _model(data))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError):
        return faults.Verdict(ModelFault("unreadable", f"{name} answered something that is no embedding"), lost=True)
    said = data.get("usage")
    return Reply(text, "stop", embeddings.usage_of(ask, said), cost_of(said), _model(data), took)


def _text(message: Mapping[str, Any], ask: Ask) -> str:
    """The content, else the arguments of the tool we offered, else what a server took for reasoning."""
    content = message.get("content")
    if isinstance(content, list):
        content = "".join(str(p.get("text") or "") for p in content if isinstance(p, Mapping))
    if isinstance(content, str) and content.strip():
        return content
    calls = message.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        function = call.get("function") if isinstance(call, Mapping) else None
        if isinstance(function, Mapping) and function.get("name") == ladder.name_of(ask):
            return str(function.get("arguments") or "")
    return next(
        (t for k in ("reasoning_content", "reasoning") if isinstance(t := message.get(k), str) and t.strip()), ""
    )


def _model(data: Mapping[str, Any]) -> str:
    return _whole(str(data.get("model") or "")[:120])


def _whole(text: str) -> str:
    """Text that can be stored: half a character (of an answer that was cut inside one) as U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
