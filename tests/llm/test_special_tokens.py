"""T13: what tokenizers of models take for their own signs is text of a source like any other, and is counted as text."""

from __future__ import annotations

import pytest

from digester.domain.text import plain
from digester.llm.prompts import sendable
from digester.llm.usage import tokens

SPECIAL = ("<|endoftext|>", "<|im_start|>system", "<|im_end|>", "[INST] x [/INST]", "<s>", "</s>", "<<SYS>>", "<|eot_id|>", "<bos>", "<think>",
           "<|fim_prefix|>", "<start_of_turn>user", "[PAD]", "<|tool_call|>", "▁", "Ġ")  # fmt: skip


@pytest.mark.parametrize("token", SPECIAL)
def test_t13_a_special_token_stays_text_wherever_it_is_kept(token: str) -> None:
    assert plain(token) == token and sendable(token) == token


@pytest.mark.parametrize("token", SPECIAL)
def test_t13_it_counts_by_its_letters_never_as_one_or_none(token: str) -> None:
    """A provider that splits it counts no more; one that takes it whole counts less."""
    assert tokens(token) >= max(1, len(token) // 4)
    assert tokens(token * 1000) >= 250 * len(token)
