"""What a sentence quotes in one language only is known for the pages of the others."""

from __future__ import annotations

import pytest

from digester.domain.issue import Sentence, quoted_elsewhere

EN = "SIDLoom says (offline evidence): \u201cWe learn \u201csoft\u201d codes.\u201d"


@pytest.mark.parametrize(
    ("zh", "rule", "language", "told"),
    [
        ("SIDLoom：离线证据，关键词：码本。", "quoted", "zh", ("We learn \u201csoft\u201d codes.", "en")),
        ("SIDLoom：离线证据，关键词：码本。", "quoted", "en", ("", "")),
        ("SIDLoom 原文：「We learn \u201csoft\u201d codes.」", "quoted", "zh", ("", "")),
        ("SIDLoom：离线证据。", "composed:line", "zh", ("", "")),
        ("", "quoted", "zh", ("", "")),
    ],
)
def test_a_quotation_of_another_language_is_told(zh: str, rule: str, language: str, told: tuple[str, str]) -> None:
    assert quoted_elsewhere(Sentence("s", "report", {"en": EN, "zh": zh}, rule=rule), language) == told
