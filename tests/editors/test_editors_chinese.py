"""The Chinese voice: spaces, reach and terms; and a translation that its sources do not hold goes alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from digester.analysis.rating_weights import Weights
from digester.domain.issue import Census, Sentence
from digester.domain.model import Claim
from digester.editors.chinese import scope, spaced
from digester.editors.extractive import ExtractiveEditor
from digester.editors.voice import Voice
from digester.pipeline import gate
from digester.pipeline.draft import Draft
from digester.ports import Brief

Make = Callable[..., Brief]


@pytest.mark.parametrize(
    ("given", "told"),
    [("收录24篇，CTR+1.2%", "收录 24 篇，CTR+1.2%"), ("观看时长+2%。 另有", "观看时长 +2%。另有"), ("从 截断 走向 生成", "从截断走向生成"),
     ("原文：「We lift CTR 的」", "原文：「We lift CTR 的」")],
)  # fmt: skip
def test_one_space_stands_between_chinese_and_latin_and_none_beside_wide_marks(given: str, told: str) -> None:
    assert spaced(given) == told
    assert spaced(told) == told


@pytest.mark.parametrize(
    ("given", "told"),
    [("6% of users for 18 days", "6% 用户，18 天"), ("15% of traffic", "15% 流量"), ("over two weeks", "2 周"), ("new users", "new users"),
     ("8% of users in Osterfjord", "8% of users in Osterfjord")],
)  # fmt: skip
def test_a_reach_is_told_in_chinese_when_all_of_it_can_be(given: str, told: str) -> None:
    assert scope(given) == told


def test_a_term_is_a_heading_a_company_or_a_measure(chinese: Voice) -> None:
    assert [chinese.term(t) for t in ("Further papers", "Kuaishou", "watch time", "Quuxmetric")] == [
        "其他论文", "快手", "观看时长", "Quuxmetric",
    ]  # fmt: skip


def test_a_translation_that_says_more_than_its_sources_goes_alone(
    make: Make, claim: Callable[..., Claim], voices: Sequence[Voice], weights: Weights
) -> None:
    brief = make(text="SIDLoom lifts CTR by 1.24% in an online A/B test.", system="SIDLoom")
    said = Sentence("s", "report", {"en": "SIDLoom: CTR +1.24% (online A/B).", "zh": "SIDLoom：CTR +9.99%（线上 A/B）。"}, (brief.item.id,),
                    (), "composed:line")  # fmt: skip
    draft = Draft((brief,), (said,), (), (), (), (), Census(0, {}, 0, 1, {}, 0, 0, 0))
    editor = ExtractiveEditor(voices, weights)
    gated = gate.run(draft, [brief], editor)
    (kept,) = gated.draft.overview
    assert kept.text == {"en": said.text["en"]}
    assert (gated.checks.refused, gated.checks.untranslated) == (0, 1)
    assert "照录英文" in gate.refused(gated.checks)["zh"]
    both = gate.run(
        replace(
            draft, overview=(replace(said, text={"en": said.text["en"], "zh": "SIDLoom：CTR +1.24%（线上 A/B）。"}),)
        ),
        [brief],
        editor,
    )
    assert set(both.draft.overview[0].text) == {"en", "zh"}
