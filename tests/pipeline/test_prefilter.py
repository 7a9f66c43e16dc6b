"""assess with a prefilter: what it leaves out, asks about all the same, counts and says; and that without the setting,
or with too little to learn from, everything is as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from tests.servers.model import ModelServer, Script
from tests.servers.newsroom import WEEKLY, Desk
from tests.servers.personalities import honest, honest_rows

from digester.domain.calls import Tally
from digester.domain.dates import window
from digester.domain.entries import content_hash, subject_of
from digester.domain.model import Entry, Item, Rating, Reading
from digester.domain.runs import StepReport
from digester.domain.sources import FetchState
from digester.issues.rec_weekly import KIND
from digester.pipeline import assess, prefilter, screen
from digester.ports import Evidence, Gathering
from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore

START = datetime(2026, 6, 13, 7, tzinfo=UTC)
NOW = START + timedelta(days=7)
BEFORE = START - timedelta(days=20)
GOOD, WEAK = "An online test of ranking deployed to users", "A method for graphs of proteins"


def paper(n: int, title: str) -> Item:
    entry = Entry(
        f"2606.{n:05}",
        "paper",
        f"https://arxiv.org/abs/2606.{n:05}",
        f"{title} {n}",
        f"{title}.",
        announced_at=date(2026, 6, 17),
    )
    work = f"arxiv:2606.{n:05}"
    return Item(f"id{n:05}", "src", entry, work, (work,), content_hash(entry), START)  # fmt: skip


def rated(item: Item, rating: int, editor: str = "llm-0.old", at: datetime = BEFORE, call: str = "call") -> Rating:
    return Rating(item.work, "old", KIND.rubric, editor, "abstract", at, rating, "", call_id=call)


PAST = [paper(n, GOOD if n < 100 else WEAK) for n in range(400)]
LEARNT = [rated(i, 5 if n < 100 else 2) for n, i in enumerate(PAST)]
TODAY = [paper(n, GOOD if n < 1020 else WEAK) for n in range(1000, 1100)]  # 20 good ones, 80 weak ones


# ------------------------------------------------------------------ editors
class Plain:
    """Rates 4 where it reads "evident", else 3."""

    name: ClassVar[str] = "extractive"
    version = "1"

    @property
    def embedded(self) -> Any:
        return self

    def tally(self) -> Tally:
        return Tally()

    def rate(self, rubric: str, subjects: Iterable[Evidence], now: datetime) -> Iterator[Rating]:
        for e in subjects:
            high = "evident" in e.item.entry.title
            yield Rating(
                subject_of(e.item),
                e.input_hash,
                rubric,
                f"{self.name}-{self.version}",
                e.level,
                now,
                4 if high else 3,
                "",
            )

    def read(self, subjects: Iterable[tuple[Evidence, int]], now: datetime) -> Iterator[Reading]:
        label = f"{self.name}-{self.version}"
        for e, _ in subjects:
            yield Reading(subject_of(e.item), e.input_hash, label, "en", "", (), (), ())  # fmt: skip


@dataclass
class Asking(Plain):
    """A model that rates all works `says`; what it was asked about is in `asked`, and `down` it rates nothing."""

    says: int = 3
    down: bool = False
    asked: list[str] = field(default_factory=list)
    name: ClassVar[str] = "llm"
    version = "1.new"

    @property
    def embedded(self) -> Any:
        return Plain()

    def rate(self, rubric: str, subjects: Iterable[Evidence], now: datetime) -> Iterator[Rating]:
        listed = list(subjects)
        self.asked += [subject_of(e.item) for e in listed]
        for r in self.embedded.rate(rubric, listed, now):
            yield (
                r
                if self.down
                else replace(r, editor="llm-1.new", rating=self.says, evidence_rating=r.rating, call_id="c")
            )


# -------------------------------------------------------------------- store
@pytest.fixture
def store() -> Iterator[SqlStore]:
    engine = make_engine("sqlite://")
    migrate(engine)
    yield SqlStore(engine)
    engine.dispose()


def keep(store: SqlStore, items: Sequence[Item], ratings: Sequence[Rating] = ()) -> None:
    store.save_gathering(Gathering(FetchState("src"), tuple(items), (), (), ()), BEFORE)
    store.save_ratings(ratings)


def step(store: SqlStore, editor: Any, items: Sequence[Item] = TODAY, start: datetime | None = START) -> StepReport:
    screen.run(store, KIND, items, {}, editor, NOW)
    return assess.run(store, KIND, items, {}, editor, NOW, start)


def by_llm(store: SqlStore, items: Sequence[Item] = TODAY) -> dict[str, Rating]:
    rows = store.ratings([i.work for i in items], KIND.rubric)
    return {w: r for w, rs in rows.items() for r in rs if r.editor == "llm-1.new"}


# -------------------------------------------------------------------- assess
def test_the_weak_are_left_out_with_the_embedded_rating_under_the_editors_name(store: SqlStore) -> None:
    keep(store, [*PAST, *TODAY], LEARNT)
    editor = Asking()
    report = step(store, editor)
    assert dict(report.extra) == {"read": 100, "prefiltered": 57, "audited": 3, "audited_high": 0}
    assert (report.seen, report.done, report.notes) == (100, 100, ())
    assert len(editor.asked) == 43
    assert {i.work for i in TODAY[:20]} <= set(editor.asked)
    left = {w: r for w, r in by_llm(store).items() if w not in editor.asked}
    assert len(left) == 57
    assert {(r.rating, r.evidence_rating, r.call_id) for r in left.values()} == {(3, None, "")}


def test_nobody_asks_again(store: SqlStore) -> None:
    keep(store, [*PAST, *TODAY], LEARNT)
    step(store, first := Asking())
    report = step(store, again := Asking())
    assert first.asked and not again.asked
    assert (report.done, dict(report.extra), report.notes) == (0, {"read": 0}, ())


def test_the_same_store_gives_the_same_questions_in_any_order(store: SqlStore) -> None:
    keep(store, [*PAST, *TODAY], LEARNT)
    step(store, one := Asking())
    engine = make_engine("sqlite://")
    migrate(engine)
    other = SqlStore(engine)
    keep(other, [*TODAY[::-1], *PAST[::-1]], LEARNT[::-1])
    step(other, two := Asking(), TODAY[::-1])
    assert sorted(one.asked) == sorted(two.asked)
    engine.dispose()


def test_audited_works_that_the_model_rates_high_are_counted_and_said(store: SqlStore) -> None:
    keep(store, [*PAST, *TODAY], LEARNT)
    report = step(store, Asking(says=4))
    assert (report.extra["audited"], report.extra["audited_high"]) == (3, 3)
    assert report.notes == ("the prefilter erred: the model rates 3 of 3 audited works 4 or more",)


def test_what_the_evidence_rates_high_is_asked_about_whatever_the_prefilter_says(store: SqlStore) -> None:
    evident = [paper(n, f"{WEAK} is evident") for n in range(1200, 1205)]
    keep(store, [*PAST, *TODAY, *evident], LEARNT)
    report = step(store, editor := Asking(), [*TODAY, *evident])
    assert {i.work for i in evident} <= set(editor.asked)
    assert report.extra["prefiltered"] + len(editor.asked) == 105


def test_what_a_model_did_not_answer_is_not_cut_once_more(store: SqlStore) -> None:
    keep(store, [*PAST, *TODAY], LEARNT)
    report = step(store, down := Asking(down=True))
    assert (report.extra["prefiltered"], report.extra["audited"]) == (57, 0), "what nobody rated audits nothing"
    report = step(store, up := Asking())
    assert up.asked == down.asked
    assert (report.extra["prefiltered"], report.extra["audited"]) == (0, 3)


def test_late_works_are_cut_among_all_of_their_window(store: SqlStore) -> None:
    late = [paper(1300, WEAK), paper(1301, GOOD)]
    keep(store, [*PAST, *TODAY, *late], LEARNT)
    step(store, Asking())
    step(store, editor := Asking(), [*TODAY, *late])
    assert late[1].work in editor.asked


# ------------------------------------------------------------------- nothing
def test_without_the_setting_the_past_changes_nothing(store: SqlStore) -> None:
    keep(store, [*PAST, *TODAY], LEARNT)
    report = step(store, editor := Asking(), start=None)
    assert len(editor.asked) == 100
    assert (dict(report.extra), report.notes) == ({"read": 100}, ())


def test_the_embedded_editor_leaves_nothing_out(store: SqlStore) -> None:
    keep(store, [*PAST, *TODAY], [*LEARNT, *(replace(r, editor="extractive-0") for r in LEARNT)])
    report = step(store, Plain())
    assert (dict(report.extra), report.notes) == ({"read": 100}, ())


FEW = {
    "too few": LEARNT[50:349],
    "too few high": LEARNT[81:],
    "other rubric": [replace(r, rubric="ai-1") for r in LEARNT],
    "other editor": [replace(r, editor="extractive-1") for r in LEARNT],
    "too long ago": [replace(r, made_at=START - timedelta(days=60, seconds=1)) for r in LEARNT],
    "not by a model": [replace(r, call_id="") for r in LEARNT],
}


@pytest.mark.parametrize("name", FEW)
def test_with_too_little_to_learn_from_everything_is_asked_and_that_is_said(name: str, store: SqlStore) -> None:
    keep(store, [*PAST, *TODAY], FEW[name])
    report = step(store, editor := Asking())
    assert len(editor.asked) == 100
    assert dict(report.extra) == {"read": 100}
    assert len(report.notes) == 1 and report.notes[0].startswith("the prefilter leaves nothing out yet: it has ")


def test_a_window_does_not_learn_from_its_own_works(store: SqlStore) -> None:
    """Else a second run would cut by what the first one was told."""
    keep(store, [*PAST, *TODAY], [*LEARNT[:300], *(rated(i, 5, at=NOW) for i in TODAY)])
    evidence = assess.subjects(store, KIND, TODAY, {}, Asking())
    assert len(evidence) == 100
    known = prefilter.past(store, KIND, evidence, Asking(), BEFORE)
    assert len(known) == 300 and {r for _, r in known} == {2, 5}


def test_the_newest_rating_of_a_work_counts_and_long_texts_are_cut(store: SqlStore) -> None:
    long = replace(PAST[0], entry=replace(PAST[0].entry, text="word " * 9_000))
    keep(store, [long], [rated(long, 2), rated(long, 4, "llm-0.newer", BEFORE + timedelta(days=1))])
    ((text, rating),) = prefilter.past(store, KIND, [], Asking(), BEFORE)
    assert (len(text), rating) == (prefilter.TEXT, 4)


def test_it_learns_from_the_newest_works_only(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefilter, "MOST", 5)
    keep(store, PAST, [rated(i, 3, at=BEFORE + timedelta(hours=n)) for n, i in enumerate(PAST[:20])])
    known = prefilter.past(store, KIND, [], Asking(), BEFORE)
    assert [text.split(".")[0] for text, _ in known] == [i.entry.title for i in PAST[19:14:-1]]


# ------------------------------------------------------------ a whole newsroom
@pytest.fixture
def served() -> Iterator[Callable[[Desk, Script], ModelServer]]:
    running: list[ModelServer] = []

    def begin(desk: Desk, script: Script) -> ModelServer:
        running.append(server := ModelServer(script).__enter__())
        desk.env = {"DIGESTER_LLM__FAST": "small", "DIGESTER_LLM__STRONG": "big", "DIGESTER_LLM__BASE_URL": server.url}
        return server

    yield begin
    for server in running:
        server.__exit__(None, None, None)


def learning(desk: Desk, on: bool = True) -> None:
    """Switches the prefilter on and puts 400 rated papers of the weeks before into the workspace."""
    desk.env = {**desk.env, "DIGESTER_LLM__PREFILTER": str(on).lower()}
    at = window(KIND, WEEKLY[1]).start - timedelta(days=20)
    old = [replace(i, entry=replace(i.entry, announced_at=date(2026, 5, 20))) for i in PAST]
    with desk.store() as store:
        keep(store, old, [replace(r, made_at=at) for r in LEARNT])


def questions(server: ModelServer) -> list[str]:
    return sorted(u["title"][0] for c in server.calls if c.task == "rate-recsys" for u in c.units.values())


def prepared(desk: Desk) -> None:
    for name in ("screen", "enrich"):
        assert desk(name, WEEKLY[0], "--date", WEEKLY[1]).code == 0


def test_a_run_asks_less_says_so_and_publishes(collected: Desk, served: Callable[..., ModelServer]) -> None:
    server = served(collected, honest)
    learning(collected)
    prepared(collected)
    told = collected.json("--dry-run", "run", WEEKLY[0], "--date", WEEKLY[1])["model"]
    done = collected.json("run", WEEKLY[0], "--date", WEEKLY[1])
    (made,) = (s for s in done["steps"] if s["step"] == "assess")
    asked = questions(server)
    assert made["prefiltered"] > 5 and made["audited"] >= 1 and made["audited_high"] == 0
    assert len(asked) == made["done"] - made["prefiltered"] == told["rated"]
    record = collected.issue(*WEEKLY)
    assert not [n for n in record.notices if "model" in n["en"]]
    assert collected.json("lint", WEEKLY[0], "--date", WEEKLY[1])["hard"] == 0
    assert collected.json("verify", WEEKLY[0], "--date", WEEKLY[1])["findings"] == []


def test_the_audit_is_printed(collected: Desk, served: Callable[..., ModelServer]) -> None:
    def generous(call: Any) -> Any:
        from tests.servers.personalities import answered

        return answered(call, [{**row, "r": 5} if "r" in row else row for row in honest_rows(call)])

    served(collected, generous)
    learning(collected)
    prepared(collected)
    done = collected("assess", WEEKLY[0], "--date", WEEKLY[1])
    assert done.code == 0
    head, *rest = done.out.splitlines()
    assert " prefiltered, " in head and " audited, " in head and head.endswith(" audited high)")
    assert [x for x in rest if x.strip().startswith("the prefilter erred: the model rates ")]


def test_off_everything_is_asked_and_the_record_is_that_of_a_workspace_without_a_past(
    collected: Desk, served: Callable[..., ModelServer], tmp_path: Any
) -> None:
    import shutil

    shutil.copytree(collected.home, tmp_path / "other")
    other = Desk(tmp_path / "other")
    servers = served(collected, honest), served(other, honest)
    learning(collected, on=False)
    steps = []
    for desk, server in zip((collected, other), servers, strict=True):
        prepared(desk)
        steps.append(desk.json("assess", WEEKLY[0], "--date", WEEKLY[1]))
        assert questions(server)
    assert steps[0] == steps[1] and "prefiltered" not in steps[0]
    assert questions(servers[0]) == questions(servers[1])
