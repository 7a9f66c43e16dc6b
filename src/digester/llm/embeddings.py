"""Embeddings: a text as a direction in some hundred dimensions (platform.openai.com/docs/api-reference/embeddings).

A question of the tier `embedding` has one text; its answer one row, whose vector is kept in half precision (IEEE 754
binary16, base64), four of its digits being more than a cosine needs. Vectors of different models do not compare, so a
row names the model that the server says it was.
"""

from __future__ import annotations

import base64
import json
import math
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from digester.domain.calls import Answer, Ask, ModelFault, Usage
from digester.llm.usage import at_most, given

MOST = 8_192  # dimensions; the largest models in use have half as many


def ask_of(text: str) -> Ask:
    """The question for the vector of a text. What stands for its instructions is never sent: it names the form in
    which the answer is kept."""
    return Ask("embedding", "1", "embedding", "one vector in half precision", text, {}, most=0)


def body(ask: Ask, model: str) -> dict[str, Any]:
    """The body of POST /embeddings. Without `encoding_format` the SDK asks for base64, which few servers know."""
    return {"model": model, "input": ask.data, "encoding_format": "float"}


def kept(vector: object, model: str) -> str:
    """The row that is kept, of length 1; raises ValueError for what is no direction."""
    if not isinstance(vector, Sequence) or isinstance(vector, str) or not 0 < len(vector) <= MOST:
        raise ValueError("no list of numbers")
    if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in vector):
        raise ValueError("no list of numbers")
    length = math.hypot(*vector)
    if not 0 < length < math.inf:  # NaN is neither
        raise ValueError("no direction")
    packed = struct.pack(f"<{len(vector)}e", *(v / length for v in vector))
    return json.dumps({"rows": [{"model": model, "vector": base64.b64encode(packed).decode()}]}, ensure_ascii=False)


def vectors_of(answers: Sequence[Answer | ModelFault]) -> list[Sequence[float] | None]:
    """The vector of each answer, of the model that gave most of them: those of two models do not compare."""
    read = [_read(a.rows[0]) if isinstance(a, Answer) else None for a in answers]
    models = Counter((found[0], len(found[1])) for found in read if found)
    most = max(sorted(models), key=models.__getitem__, default=None)
    return [found[1] if found and (found[0], len(found[1])) == most else None for found in read]


def _read(row: Mapping[str, Any]) -> tuple[str, tuple[float, ...]] | None:
    """(model, vector) of a kept row; None for what is none."""
    try:
        packed = base64.b64decode(row["vector"], validate=True)
        return str(row["model"]), struct.unpack(f"<{len(packed) // 2}e", packed)
    except (KeyError, TypeError, ValueError, struct.error):
        return None


def usage_of(ask: Ask, said: Any) -> Usage:
    """The tokens of the text; a provider that says nothing, or what cannot be, is not believed."""
    tokens = given(ask, said)
    return Usage(tokens, 0, 0) if tokens else at_most(ask)
