"""Both pattern files say the same things: same keys, known slots, and sentences that keep the rules of their language."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from digester.analysis import evidence, figures, gate, houses
from digester.domain.issue import Sentence, SentenceKind
from digester.domain.text import word_count
from digester.editors.patterns import listed

FILES = Path(__file__).parents[2] / "prompts"
# what each pattern may be filled with; a slot of English grammar stands in English only
SLOTS: Mapping[str, str] = {
    "weekly_lead": "published in_scope period names tested", "weekly_lead_bare": "published in_scope period tested",
    "thread_open": "theme theme_l n total live", "thread_move": "from to",
    "thread_end_price": "a b figure_a figure_b level theme_l", "thread_end_mixed": "a b figure_a figure_b level theme_l",
    "thread_end_flat": "a b figure_a figure_b level theme_l", "thread_end_differs": "a b figure_a figure_b level measure theme_l",
    "thread_end_days": "a b days_a days_b level theme_l",
    "thread_end_live": "a b theme_l", "thread_end_half": "a b theme_l", "thread_end_off": "a b theme_l",
    "section_open": "theme theme_l n live ratings", "rest_open": "n live", "lowered": "n",
    "problem": "system quote", "one_line": "system evidence quote terms",
    "paper_line": "subject level figures where", "paper_line_live": "subject status missing", "more_figures": "level figures where",
    "member_figure": "subject figures level what", "member_live": "subject status missing what",
    "member_bare": "subject evidence what", "shared_problem": "problem several",
    "paper_line_offline": "subject evidence about terms", "takeaway_figure": "system at figures level",
    "takeaway_live": "system at status missing", "takeaway_data": "system at", "takeaway_idea": "system at what",
    "watch_untested": "theme theme_l a b", "watch_compare": "theme theme_l a b phrase",
    "watch_differs": "a b figure_a figure_b level measure theme_l", "watch_days": "a b days_a days_b level theme_l",
    "watch_cost": "theme theme_l online costed", "watch_last": "theme theme_l online", "watch_code": "a b",
    "thread_again": "theme_l weeks since", "thread_new": "theme_l back", "thread_back": "theme_l before back",
    "relation_same": "phrase a b", "relation_apart": "theme_l a b", "relation_opposite": "theme_l a b",
    "week_thesis": "period names", "week_order": "published seen names", "story_line": "event name", "story_figures": "event name level figures", "story_quote": "event name quote",
    "narrative_open": "theme theme_l n total high sources dates",
    "narrative_end": "a b theme_l", "narrative_end_tested": "a b theme_l", "narrative_end_measured": "a b theme_l",
    "narrative_end_release": "a b theme_l terms", "narrative_rest": "n sources dates",
    "news_open": "theme theme_l n ratings sources", "news_rest": "n sources",
    "daily_lead": "published seen first more", "daily_next": "names", "also": "names", "adds": "name quote", "tells": "name quote",
}  # fmt: skip
GRAMMAR = {"carry", "also_have", "report_v", "level_c", "whose"}
MINIMUM = 6
CONSTANTS = {
    "section_open": {"5", "4", "3"},
    "lowered": {"5", "4"},
    "news_open": {"5", "4", "3"},
    "narrative_open": {"5", "4"},
}  # inputs of the count: the scale, the least number

BANNED_ZH = ("重磅", "炸裂", "颠覆", "王炸", "赋能", "引爆", "整体质量出色", "值得注意的是", "被", "我们", "众所周知")
BANNED_EN = ("bombshell", "inflection point", "game-changer", "dominated by", "landscape", "the big trend", "exploding",
             "meanwhile", "additionally", "along the same line")  # fmt: skip
COUNTING = ("weekly_lead", "weekly_lead_bare", "thread_open", "thread_move", "section_open", "rest_open", "lowered", "shared_problem", "watch_cost", "watch_last", "thread_again",
            "thread_new", "thread_back", "week_thesis", "week_order", "narrative_open", "narrative_rest", "news_open", "news_rest",
            "daily_lead", "daily_next", "also")  # fmt: skip
NO_TEST_ON_USERS = ("one_line", "paper_line_offline", "member_bare", "takeaway_data", "takeaway_idea")

COUNTS = {"published": 24, "in_scope": 44, "online": 8, "n": 11, "total": 24, "r5": 2, "r4": 4, "r3": 5, "seen": 213,
          "more": 16, "weeks": 3, "back": 6, "before": 4, "several": 2, "high": 6, "sources": 7}  # fmt: skip
ZH: Mapping[str, object] = COUNTS | {
    "period": "2026-W31", "names": "生成式推荐、用户长行为序列", "theme": "用户长行为序列", "theme_l": "用户长行为序列",
    "from": "二阶段检索", "to": "端到端生成", "a": "KestrelRank", "b": "SIDLoom", "system": "KestrelRank", "at": "（维尔马克）",
    "live": "其中 5 篇有线上证据", "tested": "其中 8 篇含线上 A/B", "costed": "均未谈服务成本", "measure": "7 天留存",
    "figure_a": "7 天留存 +0.34%", "figure_b": "7 天留存 +0.06%（不显著）", "days_a": "14 天", "days_b": "21 天",
    "figures": "收入 +1.2%、CTR +0.4%", "level": "线上 A/B", "where": "（10% 流量）", "status": "经线上测试并已部署",
    "missing": "所读文本未给数字", "evidence": "离线证据", "subject": "维尔马克 KestrelRank", "what": "，用稀疏注意力", "terms": "稀疏注意力", "phrase": "截断行为序列", "problem": "截断行为序列", "ratings": "5 分 2 篇，4 分 4 篇，3 分 5 篇", "quote": "Ranking drops old clicks.",
    "since": "2026-W29", "name": "Osk Notes", "dates": "2026 年 7 月 27 日至 7 月 31 日", "event": "Brackwater 开源 SIDLoom", "first": "「Brackwater opens its weights」",
}  # fmt: skip
EN: Mapping[str, object] = COUNTS | {
    "period": "2026-W31", "names": "generative recommendation and long user sequences", "carry": "stand",
    "theme": "Generative Recommendation", "theme_l": "generative recommendation", "from": "post-hoc filtering", "to": "constrained decoding",
    "a": "KestrelRank", "b": "SIDLoom", "system": "KestrelRank", "at": " (Velmarque)", "figures": "revenue +1.2% and CTR +0.4%",
    "live": "5 with online evidence", "tested": "8 with an online test", "costed": "none with a word on serving cost", "measure": "7-day retention",
    "figure_a": "seven-day retention +0.34%", "figure_b": "7-day retention +0.06% (not significant)", "days_a": "14 days", "days_b": "21 days",
    "level": "online A/B", "level_c": "Online A/B", "where": " (10% of traffic)", "status": "tested online and deployed",
    "missing": "no online figure in the text read here", "evidence": "offline evidence", "subject": "Velmarque's KestrelRank",
    "whose": "Velmarque's KestrelRank", "what": ", a ranker of long histories,", "about": "generative recommendation", "phrase": "truncated histories", "problem": "truncated histories",
    "ratings": "2 rated 5, 4 rated 4 and 5 rated 3", "quote": "Ranking drops old clicks.", "since": "2026-W29", "name": "Osk Notes", "terms": "licence and price",
    "dates": "27 July to 31 July 2026", "event": "Brackwater opens SIDLoom", "first": "\u201cBrackwater opens its weights\u201d", "also_have": "have", "report_v": "report",
}  # fmt: skip


def load(language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load((FILES / f"patterns.{language}.yaml").read_text(encoding="utf-8"))
    assert found.pop("version") == 1  # type: ignore[comparison-overlap]
    return found


BOTH = {"en": load("en"), "zh": load("zh")}
VARIANTS = [(lang, name, t) for lang, file in BOTH.items() for name, texts in file.items() for t in texts]
CHINESE = [(name, t) for lang, name, t in VARIANTS if lang == "zh"]
ENGLISH = [(name, t) for lang, name, t in VARIANTS if lang == "en"]


def slots_of(text: str) -> list[str]:
    return [s for _, s, _, _ in string.Formatter().parse(text) if s]


def without_slots(text: str, stand_in: str = "") -> str:
    return re.sub(r"\{\w+\}", stand_in, text)


def parts(text: str) -> list[str]:
    """Sentences of a filled pattern: full stops inside figures, periods and quotations end none."""
    return [p for p in re.split(r"。|(?<=[a-z)])\. ", re.sub(r"[「\u201c][^」\u201d]*[」\u201d]", "Q", text)) if p]


def test_both_languages_have_the_same_patterns_and_the_table_above_names_them_all() -> None:
    assert set(BOTH["en"]) == set(BOTH["zh"]) == set(SLOTS)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_pattern_has_six_different_variants(language: str) -> None:
    assert {name: len(set(t)) for name, t in BOTH[language].items() if len(set(t)) < MINIMUM} == {}
    assert {name for name, texts in BOTH[language].items() if len(set(texts)) != len(texts)} == set()


@pytest.mark.parametrize(("language", "name", "text"), VARIANTS)
def test_a_variant_uses_slots_of_its_pattern_only_each_once(language: str, name: str, text: str) -> None:
    allowed = set(SLOTS[name].split()) | (GRAMMAR if language == "en" else set())
    assert set(slots_of(text)) <= allowed
    assert len(set(slots_of(text))) == len(slots_of(text))


@pytest.mark.parametrize("name", sorted(SLOTS))
def test_variants_of_a_pattern_tell_the_same_in_both_languages(name: str) -> None:
    """Every variant has the counts and names of the others: which one is used changes the wording, not the news."""
    same = {"theme": "theme_l", "level_c": "level", "whose": "subject", "terms": "about"}
    left_to_choice = GRAMMAR | {"period", "more", "quote"} | ({"terms", "about"} if name == "one_line" else set())
    told = {
        frozenset(same.get(s, s) for s in slots_of(t) if s in same or s not in left_to_choice) - left_to_choice
        for file in BOTH.values()
        for t in file[name]
    }
    assert len({t - {"theme_l"} for t in told}) == 1, told


@pytest.mark.parametrize(("name", "text"), CHINESE)
def test_chinese_has_full_width_marks_no_banned_word_and_no_translated_turn(name: str, text: str) -> None:
    bare = without_slots(text).replace("A/B", "")
    assert not re.search(r"[,;:!?()\[\]\"'.\u201c\u201d]", bare)
    assert not re.search(r"[!！?？]|[\U0001f300-\U0001faff]|难道|岂不|怎么能", text)
    assert not [w for w in BANNED_ZH if w in text]
    assert not re.search(
        r"通过[^，。；]{1,20}来|进行[^，。；]{0,12}的|的[^，。；：、]{1,6}的[^，。；：、]{1,6}的", text
    )
    assert text.endswith(("。", "」"))


@pytest.mark.parametrize(("name", "text"), CHINESE)
def test_a_chinese_sentence_has_at_most_45_characters(name: str, text: str) -> None:
    long = "公平、偏差与用户信任"
    for slots in (ZH, {**ZH, **dict.fromkeys(COUNTS, 0)}, {**ZH, "theme": long, "theme_l": long}):
        filled = text.format(**slots)
        assert max(word_count(p) for p in parts(filled)) <= 45, filled
        assert not re.search(r"  | [，。；：、」）]|[「（] |[，。；：、]{2}|\{|\}", filled), filled


@pytest.mark.parametrize(("name", "text"), ENGLISH)
def test_an_english_sentence_has_at_most_28_words_and_no_banned_one(name: str, text: str) -> None:
    long = "reinforcement learning and preference alignment"
    for slots in (EN, {**EN, "theme": long, "theme_l": long}):
        assert max(len(p.split()) for p in parts(text.format(**slots))) <= 28, text
    assert not [w for w in BANNED_EN if w in text.lower()]
    assert not re.search(r"[!?]|[\U0001f300-\U0001faff]|[\u3000-\u9fff\uff00-\uffef]", text)


@pytest.mark.parametrize(("language", "name", "text"), VARIANTS)
def test_a_variant_holds_no_figure_of_its_own_and_no_name(language: str, name: str, text: str) -> None:
    """What a reader takes for a count must come from a slot: 一条, 二者 and `one` are counts to the gate."""
    bare = without_slots(text, "\u67d0" if language == "zh" else "some")
    read = {str(f.value) for f in figures.read(bare) if f.kind != "ordinal"}
    assert read <= CONSTANTS.get(name, set())
    assert [m.name for m in houses.find(bare) if not m.word] == []


@pytest.mark.parametrize("name", NO_TEST_ON_USERS)
def test_what_is_said_of_offline_work_is_not_read_as_a_test_on_users(name: str) -> None:
    for language, slots in (("en", EN), ("zh", ZH)):
        for text in BOTH[language][name]:
            assert evidence.level_of(text.format(**slots)) not in ("online_ab", "deployed"), text


@pytest.mark.parametrize(("language", "name", "text"), VARIANTS)
def test_the_gate_finds_nothing_in_a_filled_pattern_but_what_filled_it(language: str, name: str, text: str) -> None:
    """Each first word, mark and count must pass with nothing known but the slots and the theme of the pattern."""
    kind: SentenceKind = "derived" if name in COUNTING else "synthesis"
    for theme in {
        "en": ("generative recommendation", "LLM-Based recommendation"),
        "zh": ("生成式推荐", "sparse attention"),
    }[language]:
        slots = {**(EN if language == "en" else ZH), "theme": theme, "theme_l": theme}
        inputs = {s: str(slots[s]) for s in slots_of(text)} | {"least": "2", "scale": "5 4 3"}
        filled = text.format(**slots)
        filled = filled[:1].upper() + filled[1:]
        verdict = gate.judge(Sentence("s", kind, {language: filled}, ("x", "y"), (), "computed:test", inputs), {})
        assert verdict.refusals == (), filled


LIMITS = {
    "en": r"need not|unless|differ|exception|only\b|aside|not (?:to ship|to forecast|a plan|a launch)|no forecast|does not carry|other traffic|another catalogue|else wait",
    "zh": "不适用|除外|不受此限|未必|不成立|不能|不要|除非|说明不了|都不像|要重测|先别",
}  # fmt: skip
DEEDS = {
    "en": r"\b(?:copy|start|stop|begin|compare|treat|build|plan|deserves|use|try|run|reading list|budget|do not|measure)\b",
    "zh": "先|不要|不宜|值得|只当|当作|按前者|优先|可用来",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(name for name in SLOTS if name.startswith("thread_end")))
def test_an_end_says_what_to_do_or_stop_and_where_it_does_not_hold(name: str, language: str) -> None:
    for text in BOTH[language][name]:
        assert re.search(LIMITS[language], text), text
        assert re.search(DEEDS[language], text, re.IGNORECASE), text


@pytest.mark.parametrize(("language", "name", "text"), [v for v in VARIANTS if v[1].startswith("narrative_end")])
def test_an_end_of_news_judges_nothing_that_it_does_not_cite(language: str, name: str, text: str) -> None:
    assert not re.search(r"\b(?:rest|others?|remaining|little)\b|其余|其他|别的", text), text


def test_no_lead_says_what_items_left() -> None:
    assert not [t for _, _, t in VARIANTS if re.search(r"items left", t)]


def test_lists_of_the_english_samples_are_joined_as_the_editor_joins_them() -> None:
    assert EN["names"] == listed(["generative recommendation", "long user sequences"])
