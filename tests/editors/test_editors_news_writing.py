"""A story that articles of both languages tell: each page quotes and calls it in its own, and says whose words it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from digester.analysis.gate import judge
from digester.editors import news_writing
from digester.editors.voice import Voice
from digester.pipeline.gate import grounds
from digester.ports import Brief, Telling

Make = Callable[..., Brief]

CHINESE = ("Hazelreach 下调缓存输入价格", "Hazelreach 宣布缓存命中的输入价格降到每百万 0.11 美元，降幅 61%。")
ENGLISH = (
    "Hazelreach cuts the price of cached input",
    "Hazelreach has lowered the price of cached input to $0.11 per million, a cut of 61 %.",
)


@pytest.fixture
def both(make: Make) -> tuple[Brief, Brief]:
    """The story led by the Chinese article and by the English one."""
    zh = make(
        "zh",
        title=CHINESE[0],
        kind="article",
        system="",
        quotations=[("lead", CHINESE[1])],
        source="墨杉智讯",
        language="zh",
    )
    en = make(
        "en",
        title=ENGLISH[0],
        kind="article",
        system="",
        quotations=[("lead", ENGLISH[1])],
        source="Silverfen Dispatch",
    )
    return _also(zh, en, "en"), _also(en, zh, "zh")


def _also(lead: Brief, other: Brief, language: str) -> Brief:
    telling = Telling(other.source, other.item.id, other.item.entry.title, other.reading.quotations)
    return replace(lead, also=((other.source, other.item.id, ""),), tellings={language: telling})


def test_a_page_quotes_the_article_of_its_language_by_name(both: tuple[Brief, Brief], voices: Sequence[Voice]) -> None:
    for brief, other in (both, both[::-1]):
        (line,) = news_writing.news(voices, brief, "line")
        assert ENGLISH[1] in line.text["en"]
        assert CHINESE[1] in line.text["zh"]
        foreign = "en" if brief.item.entry.language == "zh" else "zh"
        assert other.source in line.text[foreign]
        assert brief.source not in "".join(line.text.values())
        assert line.cites == (brief.item.id, other.item.id)
        assert judge(line, grounds([brief, replace(other, evidence=other.evidence)])).refusals == ()


def test_each_language_knows_the_passage_that_it_quotes(both: tuple[Brief, Brief], voices: Sequence[Voice]) -> None:
    (line,) = news_writing.news(voices, both[0], "line")
    by_id = {b.evidence.passages[0].id: b for b in both}
    assert by_id[line.inputs["passage.en"]] is both[1]
    assert by_id[line.inputs["passage.zh"]] is both[0]


def test_a_featured_story_in_english_keeps_its_quotations_and_the_chinese_page_gets_one_of_its_own(
    both: tuple[Brief, Brief], voices: Sequence[Voice], make: Make
) -> None:
    third = make("third", kind="article", quotations=[("lead", "It ships in September.")]).reading.quotations[0]
    told = news_writing.news(voices, replace(both[1], others=(("Tidal Notes", "i9", third),)), "long")
    assert (told[0].kind, told[0].text["en"]) == ("quote", ENGLISH[1])
    assert "Tidal Notes" in told[1].text["en"]
    assert CHINESE[1] in told[1].text["zh"]
    assert "墨杉智讯" in told[1].text["zh"]


def test_at_length_each_page_has_its_own_sentences_and_none_of_them_twice(both: tuple[Brief, Brief], voices: Sequence[Voice]) -> None:  # fmt: skip
    en = both[1]
    (first,) = en.reading.quotations
    two = replace(en, reading=replace(en.reading, quotations=(first, replace(first, role="result", text="It holds."))))
    one, other, _ = news_writing.news(voices, two, "long")
    assert CHINESE[1] in one.text["zh"]
    assert CHINESE[1] not in other.text["zh"]
    assert [ENGLISH[1] in s.text["en"] for s in (one, other)] == [True, False]


def test_headlines_and_names_are_those_of_the_language(both: tuple[Brief, Brief], voices: Sequence[Voice]) -> None:
    english, chinese = voices
    for brief in both:
        assert english.headline(brief) == ENGLISH[0]
        assert chinese.headline(brief) == CHINESE[0]
        assert english.called(brief) == f"\u201c{ENGLISH[0]}\u201d"
        assert chinese.called(brief) == f"「{CHINESE[0]}」"
        assert chinese.keywords(brief) == ""


def test_a_story_that_nobody_tells_in_english_is_called_with_its_language(both: tuple[Brief, Brief], voices: Sequence[Voice]) -> None:  # fmt: skip
    alone = replace(both[0], tellings={}, also=())
    assert voices[0].called(alone) == f"墨杉智讯 (in Chinese): \u201c{CHINESE[0]}\u201d"
    assert voices[0].headline(alone) == CHINESE[0]
