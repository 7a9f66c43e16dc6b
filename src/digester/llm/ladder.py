"""What a server understands of structured answers, and the request that asks for it.

Rungs from strict to plain: json_schema, a forced tool call, json_object, nothing but the prompt. Servers differ
(DeepSeek knows no json_schema, LM Studio no json_object, llama.cpp accepts a schema and ignores it), so a refused rung
is left for the next, and the first that works is remembered for its endpoint and model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digester.domain.calls import Ask

RUNGS = ("json_schema", "tool", "json_object", "plain")
CAPS = ("max_completion_tokens", "max_tokens")  # OpenAI's own name of the cap; everybody else's


def body(ask: Ask, model: str, rung: str, cap: str) -> dict[str, Any]:
    """The body of POST /chat/completions (platform.openai.com/docs/api-reference/chat/create). Instructions come first
    and data last, so that a provider can keep the beginning."""
    made: dict[str, Any] = {
        "model": model,
        "messages": [{"role": "system", "content": ask.system}, {"role": "user", "content": ask.data}],
        cap: ask.most,
    }
    if rung == "json_schema":
        made["response_format"] = {"type": "json_schema", "json_schema": {
            "name": name_of(ask), "strict": not ask.optional, "schema": schema(ask)}}  # fmt: skip
    elif rung == "tool":
        made["tools"] = [{"type": "function", "function": {"name": name_of(ask), "parameters": schema(ask)}}]
        made["tool_choice"] = {"type": "function", "function": {"name": name_of(ask)}}
    elif rung == "json_object":
        made["response_format"] = {"type": "json_object"}
    return made


def schema(ask: Ask) -> dict[str, Any]:
    """An object with the one property `rows`; objects are closed, as strict servers demand."""
    row = {"type": "object", "properties": ask.row, "required": [k for k in ask.row if k not in ask.optional]}
    whole = {"type": "object", "properties": {"rows": {"type": "array", "items": row}}, "required": ["rows"]}
    return dict(_closed(whole))


def _closed(node: Any) -> Any:
    if isinstance(node, Mapping):
        made = {k: _closed(v) for k, v in node.items()}
        if made.get("type") == "object":
            made.setdefault("required", list(made.get("properties", ())))
            made["additionalProperties"] = False
        return made
    return node


def name_of(ask: Ask) -> str:
    return ask.task.replace("-", "_")
