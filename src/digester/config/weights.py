"""Weights of the program's own small models, from text to value: JSON that a workspace may replace as a whole."""

from __future__ import annotations

import json

from digester.analysis.salience import Model
from digester.domain.errors import ConfigError, Problem


def sentences(text: str, subject: str) -> Model:
    """What sentences are judged by. Raises ConfigError that names `subject` and what is wrong in it."""
    try:
        return Model.of(json.loads(text))
    except (ValueError, RecursionError) as err:
        raise ConfigError(
            (Problem(getattr(err, "lineno", 0), "", str(err)),), subject=subject, hint="see prompts/weights as shipped"
        ) from None
