"""Notes on the best papers of a weekly: written once, gated, never stubs, and never a change to the issue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from tests.servers.model import ModelServer, Script, error
from tests.servers.newsroom import WEEKLY, Desk
from tests.servers.personalities import honest

from digester import app
from digester.analysis.rating import RECSYS
from digester.domain.entries import to_item
from digester.domain.issue import Sentence
from digester.domain.model import Entry, FullText, Item, TextSection
from digester.domain.notes import Note, NoteRecord, Sections, Tip
from digester.domain.runs import StepReport
from digester.domain.sources import FetchState
from digester.issues import rec_weekly
from digester.outputs.json import dump
from digester.pipeline import assess, notes
from digester.ports import Brief, Editor, Gathering
from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore

NOW = datetime(2026, 6, 20, 7, tzinfo=UTC)
ABSTRACT = (
    "Existing candidate generation relies on two-tower retrieval, which cannot express how a clip and the goods interact. "
    "We propose SIDLoom, a retrieval model that generates Semantic IDs of items under a constrained beam search. "
    "In an online A/B test at Kestrelo with 10% of traffic, SIDLoom improves CTR by 1.24% over the production system."
)
METHOD = "A prefix tree of live items is kept in GPU memory, so that beam search never emits an expired clip."
GOOD = "We propose SIDLoom, a retrieval model that generates Semantic IDs of items under a constrained beam search."
BAD = "Globex trains it on 512 accelerators."


@pytest.fixture(scope="module")
def embedded() -> Editor:
    return app.editor()


@pytest.fixture
def store() -> Iterator[SqlStore]:
    engine: Engine = make_engine("sqlite://")
    migrate(engine)
    yield SqlStore(engine)
    engine.dispose()


class Writes:
    """The embedded editor, whose notes are given."""

    def __init__(self, embedded: Editor, sections: Sections | None) -> None:
        self._embedded, self.sections, self.asked = embedded, sections, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedded, name)

    def write_notes(self, wanted: Sequence[tuple[Brief, str]]) -> list[Note | None]:
        self.asked += len(wanted)
        return [self._note(*one) for one in wanted]

    def _note(self, brief: Brief, language: str) -> Note | None:
        return None if self.sections is None else Note(brief.item.work, 1, language, "", _cited(self.sections, brief))


def _cited(sections: Sections, brief: Brief) -> Sections:
    def cited(s: Sentence) -> Sentence:
        return replace(s, cites=(brief.item.id,))

    parts = (tuple(map(cited, p)) for p in (sections.background, sections.method, sections.results))
    return Sections(*parts, tuple(Tip(cited(t.dimension), cited(t.before), cited(t.paper)) for t in sections.tips))


def said(text: str) -> Sentence:
    return Sentence(f"s{len(text)}", "report", {"en": text}, (), (), "written:note")


def stored(store: SqlStore, **changes: Any) -> Item:
    entry = Entry(
        "2606.90011", "paper", "https://arxiv.example/abs/2606.90011", "SIDLoom: Generative Retrieval", ABSTRACT, ("Ana",),
        ("cs.IR",), announced_at=NOW.date(), version=1, announcement="new", language="en",
    )  # fmt: skip
    item = to_item("arxiv", replace(entry, **changes), store.item("x"), NOW, first_visit=False)
    store.save_gathering(Gathering(FetchState("arxiv"), (item,), (), (), ()), NOW)
    return item


def desk(editor: Any) -> notes.Desk:
    return notes.Desk(rec_weekly.KIND, {}, editor, NOW)


def written(store: SqlStore, item: Item, editor: Any, language: str = "en") -> NoteRecord | str:
    e = notes.evidence(store, desk(editor), item)
    assess.named(store, [e], RECSYS, editor, NOW)
    return notes.do_one(store, desk(editor), e, language)


# ----------------------------------------------------------------- one paper
def test_a_note_is_kept_with_its_paper_and_the_words_it_rests_on(store: SqlStore, embedded: Editor) -> None:
    record = written(store, stored(store), embedded)
    assert isinstance(record, NoteRecord)
    assert store.note("arxiv:2606.90011", "en") == record
    assert record.paper.pdf == "https://arxiv.example/pdf/2606.90011v1"
    assert (record.paper.level, record.paper.day, record.dropped) == ("abstract", NOW.date(), 0)
    assert [o["en"] for o in record.paper.organisations] == ["Kestrelo"]
    passages = store.passages(s.passage_id for x in record.note.sentences() for s in x.supports)
    shown = {(e.passage_id, e.start, e.end) for e in record.excerpts}
    for sentence in record.note.sentences():
        assert all(s.passage_id in passages for s in sentence.supports)
        assert sentence.kind == "derived" or any((s.passage_id, s.start, s.end) in shown for s in sentence.supports)
    assert {e.url for e in record.excerpts} == {"https://arxiv.example/abs/2606.90011"}


def test_passages_of_the_whole_text_lead_to_the_page_it_was_read_from(store: SqlStore, embedded: Editor) -> None:
    item = stored(store)
    text = FullText(item.work, "in", "ok", METHOD, (TextSection("Method", METHOD),), route="arxiv_html")
    store.save_full_text(text, (), NOW)
    record = written(store, item, embedded)
    assert isinstance(record, NoteRecord) and record.paper.level == "full_text"
    assert "https://arxiv.example/html/2606.90011v1" in {e.url for e in record.excerpts}
    assert METHOD in [record.note.told(s) for s in record.note.sections.method]


@pytest.mark.parametrize(("sections", "reason"), [
    (None, "its text tells neither a method nor a result"),
    (Sections(background=(said(GOOD),)), "its text tells neither a method nor a result"),
    (Sections(results=(said(GOOD),)), "its text tells no method"),
    (Sections(method=(said(GOOD),)), "its text tells no result"),
    (Sections(method=(said(BAD),), results=(said(GOOD),)), "its text tells no method"),
])  # fmt: skip
def test_a_stub_is_refused_with_its_reason_and_not_kept(
    sections: Sections | None, reason: str, store: SqlStore, embedded: Editor
) -> None:
    assert written(store, stored(store), Writes(embedded, sections)) == reason
    assert store.notes_all() == []


def test_a_paper_that_was_not_read_has_no_note(store: SqlStore, embedded: Editor) -> None:
    e = notes.evidence(store, desk(embedded), stored(store))
    assert notes.do_one(store, desk(embedded), e, "en") == notes.UNREAD


def test_sentences_that_the_paper_does_not_hold_are_dropped_and_counted(store: SqlStore, embedded: Editor) -> None:
    good, bad = said(GOOD), said(BAD)
    sections = Sections((bad,), (good, bad), (good,), (Tip(good, bad, good), Tip(good, good, good)))
    record = written(store, stored(store), Writes(embedded, sections))
    assert isinstance(record, NoteRecord)
    s = record.note.sections
    assert [len(p) for p in (s.background, s.method, s.results, s.tips)] == [0, 1, 1, 1]
    assert record.dropped == 3
    assert all(x.supports for x in record.note.sentences())


def test_a_changed_paper_is_a_new_note_beside_the_old(store: SqlStore, embedded: Editor) -> None:
    first = written(store, stored(store), embedded)
    item = stored(store, version=2, text=f"{ABSTRACT} {METHOD}")
    e = notes.evidence(store, desk(embedded), item)
    assert notes.todo(store, desk(embedded), [e], ["en"]) == [(e, "en")]
    second = written(store, item, embedded)
    assert isinstance(second, NoteRecord) and second.note.revision == 2
    assert store.notes([item.work])[item.work] == [first, second]
    assert notes.todo(store, desk(embedded), [e], ["en"]) == []


# -------------------------------------------------------------- a whole issue
def records(made: Desk) -> Mapping[tuple[str, str], NoteRecord]:
    with made.store() as store:
        return {(r.note.work, r.note.language): r for r in store.notes_all()}


def steps(made: Desk, kind: str) -> list[StepReport]:
    with made.store() as store:
        return [s for r in store.runs(50) if r.kind == kind for s in r.steps if s.step == "notes"]


def the_run(made: Desk, store: Any, editor: Any) -> Any:
    ws = made.workspace()
    issue, kind = store.issue("/".join(WEEKLY)), ws.kind(WEEKLY[0])
    return notes.run(store, issue, kind, ws.settings.sources, editor, ws.now)


def test_a_run_leaves_notes_on_every_paper_rated_five_in_the_languages_of_the_issue(made: Desk) -> None:
    best = [p.work for p in made.issue(*WEEKLY).picks() if p.rating == 5]
    assert len(best) >= 3
    assert set(records(made)) == {(work, language) for work in best for language in ("en", "zh")}
    names = {
        f"{work.removeprefix('arxiv:')}.{x}.{end}" for work in best for x in ("en", "zh") for end in ("md", "html")
    }
    assert {f.name for f in (made.home / "notes").iterdir()} == names
    (step,) = steps(made, WEEKLY[0])
    assert (step.seen, step.done, step.failures) == (2 * len(best), 2 * len(best), ())


def test_what_is_written_is_not_written_again_and_the_issue_never_changes(made: Desk) -> None:
    before, issue, files = records(made), dump(made.issue(*WEEKLY)), made.files()
    made.now = "2026-06-21T07:05:00+00:00"
    done = made("run", WEEKLY[0], "--date", WEEKLY[1])
    assert done.code == 0, done.said
    assert f"notes     0 of {len(before)}" in done.out
    assert records(made) == before
    assert (dump(made.issue(*WEEKLY)), made.files()) == (issue, files)


def test_a_paper_without_a_note_is_named_in_the_report_and_fails_nothing(made: Desk, embedded: Editor) -> None:
    with made.store() as store:
        store.notes = lambda works: {}  # as if none were written
        report = the_run(made, store, Writes(embedded, None))
    assert report.done == 0 and report.failures == () and report.extra["without_a_note"] == report.seen
    works = {p.work for p in made.issue(*WEEKLY).picks() if p.rating == 5}
    assert {n.split(" ")[3].rstrip(":") for n in report.notes} == works
    assert all(n.endswith("tells neither a method nor a result (en, zh)") for n in report.notes)


def test_the_daily_has_no_notes(made: Desk) -> None:
    assert steps(made, "ai-daily") == []


# ------------------------------------------------------------------- a model
@pytest.fixture
def served() -> Iterator[Callable[[Desk, Script], ModelServer]]:
    running: list[ModelServer] = []

    def begin(desk: Desk, script: Script) -> ModelServer:
        server = ModelServer(script).__enter__()
        running.append(server)
        desk.env = {"DIGESTER_LLM__FAST": "small", "DIGESTER_LLM__STRONG": "big", "DIGESTER_LLM__BASE_URL": server.url,
                    "DIGESTER_LLM__DEADLINE": "2"}  # fmt: skip
        return server

    yield begin
    for server in running:
        server.__exit__(None, None, None)


def test_a_model_writes_a_further_note_and_is_not_asked_twice(
    made: Desk, served: Callable[[Desk, Script], ModelServer]
) -> None:
    server = served(made, honest)
    work = "arxiv:2606.90011"
    before = records(made)[work, "en"]
    done = made("note", work, "--language", "en")
    assert done.code == 0, done.said
    after = records(made)[work, "en"]
    assert before.editor.startswith("extractive-") and after.editor.startswith("llm-")
    assert {s.rule for s in after.note.sections.method} == {"written:note"}
    asked = [c.task for c in server.log]
    assert asked.count("note") == 1
    assert made("note", work, "--language", "en").code == 0
    assert [c.task for c in server.log] == asked
    assert "language model" in (made.home / "notes/2606.90011.en.html").read_text("utf-8")


def test_with_the_model_down_the_note_is_the_embedded_editors_and_stays_to_be_done(
    made: Desk, served: Callable[[Desk, Script], ModelServer]
) -> None:
    served(made, error(401, "invalid_api_key", "no"))
    work = "arxiv:2606.90011"
    done = made("note", work, "--language", "zh")
    assert done.code == 0, done.said
    found = records(made)[work, "zh"]
    assert found.editor.startswith("extractive-")
    served(made, honest)
    assert made("note", work, "--language", "zh").code == 0
    assert len(_of(made, work)) == 3


def _of(made: Desk, work: str) -> Sequence[NoteRecord]:
    with made.store() as store:
        return [r for r in store.notes([work])[work] if r.note.language == "zh"]
