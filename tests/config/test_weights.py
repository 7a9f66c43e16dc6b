"""Files of weights: a broken one is named with what is wrong."""

from __future__ import annotations

import pytest

from digester.config import weights
from digester.domain.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "said"),
    [("{\n", "line 2"), ("[]", "is no mapping"), ('{"version": 7}', "version is 7"), ("[" * 100_000, "recursion"), ('{"version": 1, "columns": []}', "train the model again")],
)  # fmt: skip
def test_a_broken_file_is_named_with_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        weights.sentences(text, "prompts/weights/sentences.json")
    assert caught.value.subject == "prompts/weights/sentences.json"
    assert said in str(caught.value)
