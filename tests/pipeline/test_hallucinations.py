"""A model that lies in every sentence, headline, figure and organisation: nothing of it is printed, all of it counted."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from eval.hallucinating import Hallucinating, Liar
from eval.published import drafted, honest
from tests.servers.newsroom import DAILY, WEEKLY, Desk

from digester import app
from digester.analysis.gate import judge
from digester.domain.issue import Sentence
from digester.pipeline import gate, run
from digester.pipeline.excerpts import sentences_of


@pytest.mark.parametrize(("kind", "period"), [DAILY, WEEKLY])
@pytest.mark.parametrize("seed", [1, 2])
def test_no_lie_is_printed_and_every_one_is_counted(made: Desk, kind: str, period: str, seed: int) -> None:
    workspace = made.workspace()
    with made.store() as store:
        draft, everything = drafted(workspace, store, workspace.kind(kind), period)
    liar = Liar(random.Random(seed), {})
    false = liar.draft(draft, gate.grounds(everything))
    gated = gate.run(false, everything, Hallucinating(app.editor(workspace.home), liar))
    printed = sentences_of(gated.draft)
    assert not [s.text["en"] for s in printed if s.id in liar.told]
    assert {s.kind for s in printed} <= {"quote"}, "what is left are extracts"
    assert gated.checks.refused >= len(sentences_of(false)) / 2, "the others fell to the cap on quotations before"
    assert gated.checks.refused == gated.checks.rewritten + gated.checks.replaced + gated.checks.dropped
    for p in (p for s in gated.draft.sections for p in s.picks):
        assert p.headline["en"] == p.title
        assert p.claims == () and p.organisations == ()


def test_an_issue_of_a_lying_editor_is_refused_and_says_why(collected: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    liar = Liar(random.Random(3), {})

    class Lies(Hallucinating):
        """Writes with the embedded editor's hand and says something else."""

        def write_pick(self, brief: Any, length: Any) -> tuple[Sentence, ...]:
            return tuple(liar.sentence(s, gate.grounds([brief])) for s in super().write_pick(brief, length))

    workspace = collected.workspace()
    with collected.store() as store, app.open_powers(workspace, store) as powers:
        lying = replace(powers, editor=Lies(app.editor(workspace.home), liar))
        sources, kind = workspace.settings.sources, workspace.kind("rec-weekly")
        run.prepare(lying, kind, "2026-W25", sources, workspace.now, lambda event: None)
        with pytest.raises(run.Refused) as refused:
            run.compose_now(lying, kind, "2026-W25", sources, workspace.now)
        assert "checked sentences were refused" in str(refused.value)
        assert "--publish-degraded" in refused.value.hint
        issue, _ = run.compose_now(lying, kind, "2026-W25", sources, workspace.now, degraded=True)
    assert any("Published although weak" in n["en"] for n in issue.notices)
    assert issue.checks.refused and not [s for s in issue.sentences() if s.id in liar.told]


def test_a_dead_editor_is_no_empty_issue(collected: Desk) -> None:
    """An editor that rates and then answers for nothing: the issue is refused, not published thin."""
    workspace = collected.workspace()

    class Dead(type(app.editor(workspace.home))):  # type: ignore[misc]
        def read(self, subjects: Any, now: Any) -> Any:
            return iter(replace(r, work=f"{r.work}#lost") for r in super().read(subjects, now))

    with collected.store() as store, app.open_powers(workspace, store) as powers:
        editor = app.editor(workspace.home)
        dead = replace(powers, editor=Dead(editor._voices, editor._weights))
        sources, kind = workspace.settings.sources, workspace.kind("rec-weekly")
        run.prepare(dead, kind, "2026-W25", sources, workspace.now, lambda event: None)
        with pytest.raises(run.Refused, match="the editor read none of") as refused:
            run.compose_now(dead, kind, "2026-W25", sources, workspace.now)
        assert refused.value.exit_code == 6


def test_the_lies_are_false_and_the_truth_beside_them_passes(made: Desk) -> None:
    workspace = made.workspace()
    with made.store() as store:
        draft, everything = drafted(workspace, store, workspace.kind("rec-weekly"), "2026-W25")
    grounds = gate.grounds(everything)
    true = sentences_of(draft)
    assert all(judge(s, grounds).holds for s in true)
    liar = Liar(random.Random(9), {})
    assert not [s for s in true if judge(liar.sentence(s, grounds), grounds).holds]
    assert honest(made.home)["unsupported"] == 0


def test_a_persons_sentence_is_printed_with_a_warning(made: Desk) -> None:
    workspace = made.workspace()
    with made.store() as store:
        draft, everything = drafted(workspace, store, workspace.kind("rec-weekly"), "2026-W25")
    item = everything[0].item.id
    own = Sentence("p", "editor", {"en": "I measured 77.77 % at Kuaishou."}, (item,))
    gated = gate.run(replace(draft, overview=(own,)), everything, app.editor(workspace.home))
    assert [s.text for s in gated.draft.overview] == [own.text]
    assert gated.checks.warned == 1
    assert [r for r in gated.refused if r.startswith("p: warning: ")]


def test_G08_authors_addresses_and_dates_are_the_items_own(made: Desk) -> None:
    for kind, period in (DAILY, WEEKLY):
        record = made.issue(kind, period)
        with made.store() as store:
            items = store.items({p.lead_item_id for p in record.picks()})
        for p in record.picks():
            entry = items[p.lead_item_id].entry
            assert (p.authors, p.url, p.announced_at, p.published_at) == (
                entry.authors,
                entry.url,
                entry.announced_at,
                entry.published_at,
            )


def test_a_source_is_quoted_with_two_sentences_at_most_and_an_episode_with_three_moments(made: Desk) -> None:
    from collections import Counter

    from digester.analysis.tokens import sentences

    for kind, period in (DAILY, WEEKLY):
        record = made.issue(kind, period)
        works = {p.lead_item_id: p for p in record.picks()}
        quoted: Counter[str] = Counter()
        for s in record.sentences():
            pick = works.get(s.cites[0]) if s.cites else None
            if pick and s.rule in ("quoted", "verbatim"):
                quoted[pick.work] += (
                    1 if pick.kind == "episode" else max(1, len(sentences(s.text["en"])) if s.kind == "quote" else 1)
                )
        most = {w: 3 if any(p.work == w and p.kind == "episode" for p in record.picks()) else 2 for w in quoted}
        assert {w: n for w, n in quoted.items() if n > most[w]} == {}
