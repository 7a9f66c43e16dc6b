"""A sentence of a model that breaks a hard rule in the record gives way to the composed one, which passes the gate too."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from eval.published import drafted
from tests.servers.newsroom import WEEKLY, Desk

from digester import app
from digester.domain.issue import Issue, Sentence
from digester.pipeline import gate, standard
from digester.pipeline.gate import Gated


class Worded:
    """An editor behind which the embedded one stands; `plain` is what it says of every sentence."""

    def __init__(self, embedded: Any, plain: Sentence | None) -> None:
        self.embedded, self._plain = embedded, plain

    def plain(self, sentence: Sentence) -> Sentence | None:
        return self._plain if sentence.id == "worded" else sentence


@pytest.mark.parametrize("case", ["holds", "unsupported", "none"])
def test_what_takes_a_sentences_place_holds_or_nothing_does(made: Desk, case: str) -> None:
    workspace, record = made.workspace(), made.issue(*WEEKLY)
    with made.store() as store:
        draft, everything = drafted(workspace, store, workspace.kind(WEEKLY[0]), WEEKLY[1])
    editor = app.editor(workspace.home)
    gated = gate.run(draft, everything, editor)
    first, *rest = gated.draft.takeaways
    bad = replace(first, id="worded", text={"en": f"Meanwhile, a game changer: {first.text['en']}"})
    false = replace(first, id="worded", text={"en": "CTR +77.7% at Kuaishou (online A/B)."})
    plain = {"holds": replace(first, id="worded"), "unsupported": false, "none": None}[case]
    gated = replace(gated, draft=replace(gated.draft, takeaways=(bad, *rest)))

    def compose(g: Gated) -> Issue:
        return replace(record, takeaways=g.draft.takeaways)

    after, issue = standard.held(gated, Worded(editor, plain), compose)  # type: ignore[arg-type]
    expected = [first.text["en"]] if case == "holds" else []
    assert [s.text["en"] for s in after.draft.takeaways] == [*expected, *(s.text["en"] for s in rest)]
    assert issue.takeaways == after.draft.takeaways


def test_the_embedded_editors_own_sentences_are_left_as_they_are(made: Desk) -> None:
    workspace, record = made.workspace(), made.issue(*WEEKLY)
    with made.store() as store:
        draft, everything = drafted(workspace, store, workspace.kind(WEEKLY[0]), WEEKLY[1])
    editor = app.editor(workspace.home)
    gated = gate.run(draft, everything, editor)
    assert standard.held(gated, editor, lambda g: record) == (gated, record)


def test_an_overview_that_a_model_made_too_long_has_the_composed_words_again(made: Desk) -> None:
    workspace, record = made.workspace(), made.issue(*WEEKLY)
    with made.store() as store:
        draft, everything = drafted(workspace, store, workspace.kind(WEEKLY[0]), WEEKLY[1])
    editor = app.editor(workspace.home)
    gated = gate.run(draft, everything, editor)
    lead, *rest = gated.draft.overview
    long = replace(lead, id="worded", text={**lead.text, "en": " ".join([lead.text["en"]] * 20)})
    gated = replace(gated, draft=replace(gated.draft, overview=(long, *rest)))
    after, _ = standard.held(gated, Worded(editor, lead), lambda g: replace(record, overview=g.draft.overview))  # type: ignore[arg-type]
    assert [s.text["en"] for s in after.draft.overview] == [s.text["en"] for s in (lead, *rest)]
