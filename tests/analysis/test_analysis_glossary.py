"""Chinese names: found under every spelling, built only of known parts, complete for what an issue prints."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis import houses, metrics, news_subjects, phrases
from digester.analysis.glossary import SECTIONS, Glossary
from digester.domain import words
from digester.pipeline import news_daily, papers_weekly

FILE = Path(__file__).parents[2] / "prompts" / "glossary.yaml"
TABLE: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SHIPPED = Glossary.of(TABLE)
HAN = re.compile(r"[\u3400-\u9fff]")
SMALL = Glossary.of(
    {
        "terms": {"shelf ranking": "货架排序", "shelf": "货架", "ranking": "排序", "query cache": "查询缓存", "behavior": "行为", "cold-start": "冷启动"},
        "metrics": {"basket": "购物篮数", "shelf": "货架数", "total": "总", "per user": "人均"},
        "headings": {"more shelves": "更多货架"},
        "hedges": {"up to": "最高"},
        "kept": {"shelf id": "Shelf ID", "llm": "LLM", "ndcg": "NDCG"},
    }
)  # fmt: skip


def with_entry(section: str, english: object, chinese: object) -> dict[str, Any]:
    table: dict[str, Any] = {name: {} for name in SECTIONS}
    table[section] = {english: chinese}
    return table


# ------------------------------------------------------------------ the file
def test_the_table_holds_enough_entries_in_its_sections() -> None:
    assert TABLE["version"] == 1
    assert set(TABLE) == {"version", *SECTIONS}
    assert sum(len(TABLE[s]) for s in SECTIONS) >= 320


def test_every_entry_is_found_under_its_own_key_and_in_title_case() -> None:
    for section in SECTIONS:
        find = SHIPPED.metric if section == "parts" else SHIPPED.term
        for english in TABLE[section]:
            assert find(english) not in (None, english) or english in TABLE["kept"]
            assert find(english.title()) == find(english)


def test_a_part_alone_is_no_term() -> None:
    assert [e for e in TABLE["parts"] if not any(e in TABLE[s] for s in SECTIONS[:-1]) and SHIPPED.term(e)] == []


def test_chinese_entries_have_full_width_marks_no_banned_word_and_no_house() -> None:
    for section in SECTIONS:
        for english, chinese in TABLE[section].items():
            assert not re.search(r"[,;:!?()\"]|[！？]", chinese), english
            assert not re.search("重磅|炸裂|颠覆|王炸|赋能|引爆|整体质量出色", chinese), english
            named = [m.name for m in houses.find(chinese) if not m.word]
            assert [n for n in named if n.lower() not in english] == []


def test_kept_terms_stay_in_latin_letters_and_the_others_are_chinese_or_kept() -> None:
    kept = set(TABLE["kept"].values())
    for section in SECTIONS:
        for english, chinese in TABLE[section].items():
            assert bool(HAN.search(chinese)) != (section == "kept" or chinese in kept), english


@pytest.mark.parametrize("name", [name for name, _ in phrases.SUBJECTS])
def test_every_subject_of_the_field_has_a_name(name: str) -> None:
    chinese = SHIPPED.theme(name)
    assert HAN.search(chinese) or chinese in TABLE["kept"].values()
    assert SHIPPED.heading(name) == chinese
    assert SHIPPED.theme(name.lower()) == chinese


@pytest.mark.parametrize(
    "name",
    [*news_daily.HEADINGS.values(), news_daily.OTHER, papers_weekly.DATA_SETS, "Further papers", *(name for name, _ in news_subjects.SUBJECTS)],
)  # fmt: skip
def test_every_heading_and_topic_of_an_issue_has_a_name(name: str) -> None:
    assert HAN.search(SHIPPED.heading(name))


@pytest.mark.parametrize("hedge", sorted(words._HEDGES_ZH))
def test_hedges_read_as_the_tables_print_them(hedge: str) -> None:
    assert SHIPPED.term(hedge) == words._HEDGES_ZH[hedge]


def _written(node: list[tuple[Any, Any]]) -> Iterator[str]:
    """Every text that a list of alternatives without open repeats stands for."""
    made = [list(_one(op, arg)) for op, arg in node]
    return ("".join(parts) for parts in itertools.product(*made))


def _one(op: Any, arg: Any) -> Iterator[str]:
    match str(op):
        case "LITERAL":
            yield chr(arg)
        case "IN":
            first = arg[0]
            yield from ["7"] if str(first[0]) in ("CATEGORY", "RANGE") else [chr(a) for _, a in arg]
        case "SUBPATTERN":
            yield from _written(list(arg[3]))
        case "BRANCH":
            for branch in arg[1]:
                yield from _written(list(branch))
        case "MAX_REPEAT" | "POSSESSIVE_REPEAT":
            least, _, inner = arg
            yield from ([""] if least == 0 else [])
            yield from _written(list(inner))
        case "CATEGORY":
            yield "7"
        case _:
            raise AssertionError(f"{op} in the table of measures")


MEASURES = sorted({
    text.strip() for table in (metrics.BUSINESS, metrics.SYSTEM, metrics.OFFLINE)
    for text in _written(list(re._parser.parse(table)))  # type: ignore[attr-defined]
})  # fmt: skip


def test_every_measure_that_figures_are_read_of_has_a_name() -> None:
    assert len(MEASURES) > 500
    kept = {re.sub(r"[^a-z0-9]", "", v.lower()) for v in TABLE["kept"].values()}
    nameless = [
        m for m in MEASURES
        if not HAN.search(SHIPPED.metric(m)) and re.sub(r"[^a-z0-9]", "", SHIPPED.metric(m).lower()) not in kept
        and not re.search(r"@7$|^ROUGE-", m)  # these keep their spelling
    ]  # fmt: skip
    assert nameless == []


def test_the_chinese_of_a_measure_leads_back_to_its_english() -> None:
    """A Chinese line is held against an English source by its measure: another one is refused."""
    lost = []
    for english in {*MEASURES, *TABLE["metrics"]}:
        keys = metrics.key(SHIPPED.metric(english))
        own = metrics.key(english)
        if HAN.search(SHIPPED.metric(english)) and keys and not any(k in own or own in k for k in keys.split("|")):
            lost.append((english, SHIPPED.metric(english), keys))
    assert lost == []


# ----------------------------------------------------------------- spellings
@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("Shelf Ranking", "货架排序"), ("shelf-ranking", "货架排序"), ("shelves", None), ("query caches", "查询缓存"), ("Query  Cache", "查询缓存"), ("behaviours", "行为"),
        ("cold start", "冷启动"), ("coldstart", "冷启动"), ("COLD\u2011START", "冷启动"), ("LLMs", "LLM"), ("Shelf IDs", "Shelf ID"), ("up to", "最高"), ("", None), ("quux", None),
    ],
)  # fmt: skip
def test_a_term_is_found_under_all_its_spellings(text: str, chinese: str | None) -> None:
    assert SMALL.term(text) == chinese


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("Shelf Ranking", "货架排序"), ("Cold-Start Shelf Ranking", "冷启动货架排序"), ("Shelf ID Ranking", "Shelf ID 排序"), ("LLM Ranking", "LLM 排序"), ("Behavior LLM Ranking", "行为 LLM 排序"),
        ("Shelf and Behavior", "货架与行为"), ("Shelf, Behavior and Ranking", "货架、行为与排序"), ("Quux Ranking", "Quux Ranking"), ("Ranking of Shelf", "Ranking of Shelf"),
        ("Shelf and Quux", "Shelf and Quux"), ("up to Ranking", "up to Ranking"), ("Total Ranking", "Total Ranking"), ("货架排序", "货架排序"), ("", ""),
    ],
)  # fmt: skip
def test_a_theme_is_named_whole_or_word_by_word_or_stays_english(text: str, chinese: str) -> None:
    assert SMALL.theme(text) == chinese


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("baskets", "购物篮数"), ("total baskets", "总购物篮数"), ("baskets per user", "人均购物篮数"), ("baskets (BSK)", "购物篮数"), ("baskets per shelf", "每货架购物篮数"), ("NDCG@10", "NDCG@10"),
        ("ndcg@5", "NDCG@5"), ("shelf", "货架数"), ("quux per user", "quux per user"), ("baskets per quux", "baskets per quux"), ("quux", "quux"),
    ],
)  # fmt: skip
def test_a_measure_is_named_with_what_stands_around_it(text: str, chinese: str) -> None:
    assert SMALL.metric(text) == chinese


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("watch time per user", "人均观看时长"), ("click-through rate (CTR)", "CTR"), ("CTR", "CTR"), ("GMV per user", "人均 GMV"), ("p99 latency", "p99 延迟"),
        ("serving cost", "服务成本"), ("Recall@50", "Recall@50"), ("add-to-cart rate", "加购率"), ("revenue per mille", "千次展示收入"), ("gross merchandise value", "GMV"), ("throughput", "吞吐"),
        ("7-day retention rate", "7 天留存率"), ("p95 latency", "p95 延迟"), ("precision@5", "Precision@5"), ("ad revenue per mille", "千次展示广告收入"),
        ("average orders per thousand users", "每千用户平均订单数"), ("average watch time per user", "人均观看时长"), ("watch time per device online", "线上每台设备观看时长"),
        ("add-to-cart on Home", "首页加购量"), ("conversion rate of review readers", "评价读者的转化率"), ("number of clicks", "点击数"), ("share of impressions", "曝光占比"),
        ("booking conversion rate", "预订转化率"), ("transaction count", "交易笔数"), ("coverage rate", "覆盖率"), ("visits per user", "人均访问次数"), ("actual payment GTV", "实付 GTV"),
        ("fresh content engagement", "新内容互动量"), ("query reformulation rate", "查询改写率"), ("satisfaction level 2", "satisfaction level 2"), ("user satisfaction metric 2", "用户满意度指标 2"),
        ("7-day retention of new users", "新用户的 7 天留存"),
        ("day-7 retention", "第 7 天留存"), ("Day 30 user retention", "第 30 天用户留存"), ("D7 retention rate", "第 7 天留存率"),
        ("2-week retention", "2 周留存"), ("first-day retention", "首日留存"), ("listening days per user", "人均收听天数"), ("shelf clicks on Home", "shelf clicks on Home"),
    ],
)  # fmt: skip
def test_measures_read_as_the_field_says_them(text: str, chinese: str) -> None:
    assert SHIPPED.metric(text) == chinese


def test_a_word_that_only_looks_like_a_plural_is_another_word() -> None:
    assert SHIPPED.theme("News Recommendation") == "新闻推荐"
    assert SHIPPED.theme("New Recommendation") == "New Recommendation"
    assert SHIPPED.term("time") is None


@pytest.mark.parametrize(
    ("text", "chinese"),
    [("scaling generative recommendation", "生成式推荐规模化"), ("test-time scaling", "测试时扩展"), ("trajectory prediction", "轨迹预测"), ("CTR prediction", "CTR 预估"),
     ("post-training", "后训练"), ("post-training fairness", "训练后公平性")],
)  # fmt: skip
def test_a_word_is_named_by_what_it_stands_with(text: str, chinese: str) -> None:
    assert SHIPPED.theme(text) == chinese


def test_what_is_longer_than_a_name_is_left_as_it_is() -> None:
    for text in ("retrieval and " * 9_000, "watch time per user " * 9_000, "a" * 90_000, "per " * 30_000):
        assert (SHIPPED.theme(text), SHIPPED.metric(text), SHIPPED.heading(text), SHIPPED.term(text)) == (
            text,
            text,
            text,
            None,
        )


def test_a_heading_comes_before_a_theme_of_the_same_words() -> None:
    assert SMALL.heading("More Shelves") == "更多货架"
    assert (
        Glossary.of({**with_entry("headings", "releases", "版本发布"), "terms": {"release": "发布"}}).heading(
            "Releases"
        )
        == "版本发布"
    )
    assert SMALL.heading("Shelf Ranking") == "货架排序"
    assert SMALL.heading("Quux") == "Quux"


# --------------------------------------------------------------- wrong shapes
@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({**with_entry("terms", "a", "甲"), "misc": {}}, "misc"), ({"terms": {}}, "metrics"), ({**with_entry("terms", "a", "甲"), "kept": ["CTR"]}, "kept"), (with_entry("terms", "a", 7), "terms.a"),
        (with_entry("hedges", 7, "甲"), "hedges.7"), (with_entry("kept", "CTR", "CTR"), "kept.CTR"), (with_entry("terms", "a", " "), "terms.a"), (with_entry("terms", "-", "甲"), "terms.-"),
        ({**with_entry("terms", "a", "甲"), "terms": {"data set": "数据集", "data-sets": "数据集"}}, "terms.data-sets"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_refused_by_the_entry(table: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=rf"^{re.escape(named)}: "):
        Glossary.of(table)


def test_the_version_of_the_file_is_no_section() -> None:
    assert Glossary.of({**with_entry("terms", "a", "甲"), "version": 1}).term("a") == "甲"


@given(st.text(max_size=60))
def test_any_text_gets_an_answer_and_an_unknown_one_stays_as_it_is(text: str) -> None:
    for name in (SMALL.theme(text), SMALL.metric(text), SMALL.heading(text)):
        assert name == text or HAN.search(name) or name in ("Shelf ID", "LLM", "NDCG") or "@" in name
