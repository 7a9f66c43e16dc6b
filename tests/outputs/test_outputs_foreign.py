"""Titles and quotations in another language inside a sentence have a language of their own on the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from tests.outputs.issue_samples import daily

from digester.domain.issue import Issue, Sentence
from digester.outputs import OUTPUTS
from digester.outputs._foreign import Foreign

CHINESE, ENGLISH = "栎石开源端侧模型“栎芽”，2.6B 参数", "Moving the feature store to pages cut reads"


def issue(text: dict[str, str]) -> Issue:
    """The daily with a Chinese and an English title, and one composed sentence."""
    first = daily().sections[0]
    one = first.picks[0]
    picks = (replace(one, title=CHINESE, language="zh"), replace(one, title=ENGLISH, language="en"))
    said = Sentence("s", "derived", text, rule="computed:test")
    return replace(daily(), overview=(said,), sections=(replace(first, picks=picks), *daily().sections[1:]))


def marked(made: Issue, language: str) -> list[tuple[str, str]]:
    root = html.fromstring(OUTPUTS["html"].render(made, language))
    spans = root.xpath("//section[@class='overview']//span/span[@lang]")
    return [(span.get("lang"), span.text_content()) for span in spans]


def test_a_chinese_title_in_an_english_sentence_is_marked_as_a_whole() -> None:
    made = issue({"en": f"Read “{CHINESE}” and “{ENGLISH}”; more from 墨杉智讯, 阮澄溪 and Tokens at Dusk."})
    assert marked(made, "en") == [("zh", CHINESE), ("zh", "墨杉智讯"), ("zh", "阮澄溪")]


def test_an_english_title_or_quotation_in_a_chinese_sentence_is_marked_and_a_name_is_not() -> None:
    made = issue({"en": "-", "zh": f"先读《{ENGLISH}》，再看「栎芽」和「SIDLoom 2」：「It holds in every market.」"})
    assert marked(made, "zh") == [("en", ENGLISH), ("en", "It holds in every market.")]


@pytest.mark.parametrize("language", ["en", "zh"])
@given(st.text(st.sampled_from("ab 「」《》“”栎石，。A1"), max_size=60))
def test_the_pieces_are_the_text(language: str, text: str) -> None:
    made = Foreign(issue({"en": "-"}), language)
    for given_ in (text, f"{text}{CHINESE}{text}{ENGLISH}"):
        assert "".join(piece.text for piece in made.parts(given_)) == given_
