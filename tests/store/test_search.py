"""Searching what frozen issues printed, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from tests.outputs.hostile_samples import HOSTILE, hostile
from tests.outputs.issue_samples import daily, weekly
from tests.store import samples as s

from digester.domain.issue import Issue, Pick, Section, Sentence
from digester.domain.search import folded, words_of
from digester.pipeline.archive import standing
from digester.store import schema as t
from digester.store.sql import SqlStore

WEEK = timedelta(days=7)


def found(store: SqlStore, *words: str, **conditions: object) -> list[tuple[str, int]]:
    return [(h.issue.partition("/")[0], h.place) for h in store.search(words_of(words), **conditions)]  # type: ignore[arg-type]


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    store.freeze(weekly())
    store.freeze(daily())
    return store


def test_a_word_is_found_in_every_part_of_a_pick(filled: SqlStore) -> None:
    assert found(filled, "walks", "identifiers") == [("rec-weekly", 0)]  # the overview
    assert found(filled, "Velmarque", "keeps a trie") == [("rec-weekly", 1)]  # organisation and sentence
    assert found(filled, "GRANITE", "serving cost")[0] == ("rec-weekly", 2)  # headline
    assert found(filled, "popularity-aware") == [("rec-weekly", 3)]  # title


def test_chinese_is_found_in_words_of_any_length(filled: SqlStore) -> None:
    for word in ("树", "前缀", "前缀树", "维护有效 Semantic ID"):
        assert ("rec-weekly", 1) in found(filled, word), word
    assert found(filled, "全量重训", "电费") == [("ai-daily", 3)]
    assert found(filled, "树前缀") == []


def test_words_are_found_whatever_their_case_width_and_dashes(filled: SqlStore) -> None:
    assert found(filled, "ｇｒａｎｉｔｅ") == found(filled, "Granite") != []
    assert found(filled, "out\u2011of\u2011stock") == found(filled, "out-of-stock")
    assert found(filled, "semantic   ids") == found(filled, "Semantic IDs") != []


def test_items_come_before_the_overview_that_says_as_much(filled: SqlStore) -> None:
    assert [place for _, place in found(filled, "truncating histories")] == [0]
    assert [place for _, place in found(filled, "tries")] == [0]
    assert [place for _, place in found(filled, "decoder")][-1] == 0 and len(found(filled, "decoder")) > 1


def test_headlines_come_before_titles_before_sentences_and_new_issues_first(store: SqlStore) -> None:
    def pick(n: int, headline: str, title: str, said: str) -> Pick:
        sentence = Sentence(f"s{n}", "report", {"en": said})
        return replace(s.pick(f"url:{n}", f"s{n}"), headline={"en": headline}, title=title, sentences=(sentence,), organisations=())  # fmt: skip

    picks = (pick(1, "a", "b", "zebra"), pick(2, "a", "zebra", "c"), pick(3, "zebra", "b", "c"), pick(4, "a", "b", "c"))
    old = replace(s.issue(picks=picks), languages=("en",))
    store.freeze(old)
    store.freeze(replace(s.issue("2026-06-27", end=s.NOW + WEEK, picks=picks[:1]), languages=("en",)))
    hits = [(h.issue[-2:], h.place) for h in store.search(("zebra",))]
    assert hits == [("20", 3), ("20", 2), ("27", 1), ("20", 1)]
    assert len(store.search(("zebra",), limit=2)) == 2
    assert [h.place for h in store.search(("zebra",), since=s.NOW + WEEK)] == [1]


def test_an_item_is_found_once_and_in_the_asked_edition(filled: SqlStore) -> None:
    assert len(found(filled, "CODEWALK")) == len(set(found(filled, "CODEWALK")))
    (hit,) = filled.search(words_of(["前缀树每十分钟", "Velmarque"]))
    assert (
        hit.language == "zh"
        and hit.headline.startswith("Velmarque：")
        and hit.url == "https://arxiv.example/abs/2606.90011v1"
    )
    assert found(filled, "前缀树", language="en") == []
    assert {k for k, _ in found(filled, "ranking", kind="rec-weekly")} == {"rec-weekly"} and found(
        filled, "Orrelune", kind="rec-weekly"
    ) == []


def test_a_new_revision_takes_the_place_of_the_old_one(filled: SqlStore) -> None:
    issue = weekly()
    filled.freeze(replace(issue, sections=issue.sections[1:]))
    assert found(filled, "trie of the Semantic IDs") == []
    assert found(filled, "Popularity-Aware") == [("rec-weekly", 2)]
    assert {i.id: i.revision for i in standing(filled)} == {"rec-weekly/2026-W25": 2, "ai-daily/2026-06-20": 1}


def test_a_refused_draft_is_not_found_and_hides_no_issue(filled: SqlStore) -> None:
    filled.save_draft(replace(weekly(), title={"en": "Quokka"}), "why")
    assert found(filled, "Quokka") == [] and found(filled, "GRANITE") != []
    assert len(list(standing(filled))) == 2


def test_issues_frozen_before_there_was_an_index_are_found(filled: SqlStore, engine: Engine) -> None:
    before = found(filled, "GRANITE")
    with engine.begin() as c:
        c.execute(t.search.delete())
    assert before and found(filled, "GRANITE") == before


def test_a_withdrawn_issue_is_not_found_and_stands_no_longer(filled: SqlStore, engine: Engine) -> None:
    filled.freeze(weekly())
    with engine.begin() as c:
        newest = (t.issues.c.kind == "rec-weekly") & (t.issues.c.revision == 2)
        c.execute(t.issues.update().where(newest).values(state="withdrawn"))
    assert found(filled, "GRANITE") == [] and found(filled, "Orrelune") != []
    assert [i.id for i in standing(filled)] == ["ai-daily/2026-06-20"]


def test_nothing_is_found_for_no_word_and_in_an_empty_store(store: SqlStore) -> None:
    assert store.search(()) == () and list(store.search(("word",))) == []


@pytest.mark.parametrize(
    "word",
    ['"', '""', '" OR whole:x', "NEAR(a b)", "a* OR b", "%", "_", "/", "\\", "100%", "_id", "'; DROP TABLE search;--", "{x}", "^x", "-x", ":q", "\u2028", "(", "AND"],
)  # fmt: skip
def test_what_is_asked_is_never_syntax(filled: SqlStore, word: str) -> None:
    before = found(filled, "GRANITE")
    texts = {(h.issue, h.place): folded("\n".join((h.headline, *h.lines))) for h in filled.search(words_of([word]))}
    assert all(words_of([word])[0] in whole for whole in texts.values())
    assert found(filled, "GRANITE") == before


@pytest.mark.parametrize("payload", [*HOSTILE, "a\x00b\x1bc"])
def test_a_hostile_issue_is_frozen_and_found(store: SqlStore, payload: str) -> None:
    store.freeze(hostile(payload))
    assert found(store, payload[:60]) != []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_exactly_the_texts_that_hold_the_word_are_found(filled: SqlStore, data: st.DataObject) -> None:
    """Against a plain substring, so that both databases find the same."""
    wholes = {(i.id, n): texts for i in (weekly(), daily()) for n, texts in enumerate(_texts(i), 1)}
    text_ = data.draw(st.sampled_from(sorted(t for ts in wholes.values() for t in ts)))
    start = data.draw(st.integers(0, len(text_) - 1))
    word = folded(text_[start : start + data.draw(st.integers(1, 12))])
    wanted = {key for key, texts in wholes.items() if any(word in folded(one) for one in texts)}
    got = {(h.issue, h.place) for h in filled.search((word,), limit=100) if h.place} if word else wanted
    assert got == wanted


def _texts(issue: Issue) -> list[list[str]]:
    return [
        [*p.headline.values(), p.title + (f" ({', '.join(o.name for o in p.organisations)})" if p.organisations else ""),
         *(s.text.get("zh") or s.text["en"] for s in p.sentences), *(s.text["en"] for s in p.sentences if "en" in s.text)]
        for p in issue.picks()
    ]  # fmt: skip


def test_the_index_of_trigrams_agrees_with_its_table(filled: SqlStore, engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no such index")
    filled.freeze(replace(weekly(), sections=weekly().sections[1:]))
    with engine.begin() as c:
        c.execute(text("INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)"))  # raises when not


def test_an_issue_without_picks_is_found_by_its_own_texts(store: SqlStore) -> None:
    store.freeze(replace(weekly(), sections=(Section("s", {"en": "Wombat theme"}, (), ()),)))
    assert found(store, "wombat") == [("rec-weekly", 0)]
