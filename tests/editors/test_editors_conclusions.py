"""The end of a thread follows from the records of two papers, and gives each of them only what is its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from tests.editors.test_editors_writing import THEME, outline

from digester.analysis import gate, lint
from digester.domain.issue import Sentence
from digester.domain.model import Claim, Support
from digester.editors import conclusions, watching
from digester.editors.rewording import bare_pick
from digester.editors.voice import Voice
from digester.pipeline.gate import grounds
from digester.ports import Brief, Outline

Make = Callable[..., Brief]
MakeClaim = Callable[..., Claim]
SAID = {
    "watch time": "In an online A/B test with 5% of traffic for {} days, watch time increased by {}%.",
    "p99 latency": "The p99 latency of ranking increased by {} ms.",
    "serving cost": "Serving cost increased by {}% in the same test.",
    "retention": "Retention changed by {}{}%.",
    "comments": "Comments changed by {}{}%, which is not significant.",
}
ROSE = ("watch time", "+", "2.1", "%", "")


@pytest.fixture
def paper(make: Make) -> Callable[..., Brief]:
    """A live paper with these figures (metric, sign, value, unit, hedge) out of a text that has them."""

    def made(key: str, name: str, org: str, *figures: tuple[str, str, str, str, str], days: int = 14) -> Brief:
        told = [_told(f, days) for f in figures]
        text = f"We propose {name}, a ranker that reads the words of items. {' '.join(told)}"
        brief = make(key, f"{name}: A Study", text=text, system=name, orgs=[org], features={"online_test": 2.0})
        passage = brief.evidence.passages[0]
        claims = tuple(
            Claim(metric, value, unit, sign, "online_ab",  # type: ignore[arg-type]
                  (Support(passage.id, passage.text.index(t), passage.text.index(t) + len(t), "claim"),),
                  hedge or None, f"5% of traffic for {days} days")
            for (metric, sign, value, unit, hedge), t in zip(figures, told, strict=True)
        )  # fmt: skip
        return replace(brief, reading=replace(brief.reading, claims=claims))

    return made


def _told(f: tuple[str, str, str, str, str], days: int) -> str:
    metric, sign, value, _, hedge = f
    given = SAID[metric].format(
        *(
            (days, value)
            if metric == "watch time"
            else (sign, value)
            if metric in ("retention", "comments")
            else (value,)
        )
    )
    return given.replace("%.", "% (not significant).") if hedge and metric != "comments" else given


def end(voices: Sequence[Voice], papers: Sequence[Brief], place: str = "2026-W25") -> Sentence:
    return conclusions.told(voices, place, 0, THEME, conclusions.of_papers(papers))


LATENCY, COST = ("p99 latency", "+", "6", "ms", ""), ("serving cost", "+", "9", "%", "")
FLAT, OTHER = ("retention", "+", "0.06", "%", "not significant"), ("comments", "-", "0.3", "%", "not significant")
KINDS = [
    ("price", (ROSE, LATENCY), (ROSE, COST)),
    ("differs", (ROSE, ("retention", "+", "0.34", "%", "")), (ROSE, FLAT)),
    ("mixed", (ROSE, LATENCY), (ROSE, FLAT)),
    ("flat", (ROSE, FLAT), (ROSE, OTHER)),
    ("days", (ROSE,), (("watch time", "+", "1.3", "%", ""),)),
]


@pytest.mark.parametrize(("kind", "first", "second"), KINDS)
def test_the_records_choose_the_conclusion_and_every_variant_of_it_holds(
    voices: Sequence[Voice], paper: Callable[..., Brief], kind: str, first: object, second: object
) -> None:
    papers = [paper("a", "SysA", "Kestrelo", *first), paper("b", "SysB", "Velmarque", *second, days=21)]  # type: ignore[misc]
    known, picks = grounds(papers), [bare_pick(b) for b in papers]
    for period in map(str, range(60)):
        s = end(voices, papers, period)
        assert s.rule == f"pattern:thread_end_{kind}" and set(s.cites) == {b.item.id for b in papers}
        assert {"a", "b", "figure.a", "figure.b"} <= s.inputs.keys() and s.supports
        assert gate.judge(s, known).refusals == (), s.text
        for language in ("en", "zh"):
            assert [v for v in lint.of_sentence(s, language, picks) if v.hard] == [], s.text


def test_a_figure_given_to_the_other_work_is_refused(voices: Sequence[Voice], paper: Callable[..., Brief]) -> None:
    papers = [paper("a", "SysA", "Kestrelo", ROSE, LATENCY), paper("b", "SysB", "Velmarque", ROSE, COST)]
    known, s = grounds(papers), end(voices, papers)
    swapped = {
        language: t.replace("SysA", "?").replace("SysB", "SysA").replace("?", "SysB") for language, t in s.text.items()
    }
    assert "binding" in {r.rule for r in gate.judge(replace(s, text=swapped), known).refusals}
    assert gate.judge(replace(s, cites=s.cites[::-1]), known).refusals
    for words in ("+7 ms", "-6 ms"):
        assert gate.judge(replace(s, text={"en": s.text["en"].replace("+6 ms", words)}), known).refusals
    false = {**s.inputs, "figure.a": "p99 latency +7 ms"}
    assert gate.judge(replace(s, inputs=false), known).refusals  # an input is no source


def test_what_cannot_be_bound_ends_without_figures(voices: Sequence[Voice], paper: Callable[..., Brief]) -> None:
    papers = [paper("a", "SysA", "Kestrelo", ROSE, LATENCY), paper("b", "SysB", "Velmarque", ROSE, COST)]
    plain = conclusions.without_figures(voices, end(voices, papers))
    assert plain is not None and plain.rule == "pattern:thread_end_live" and plain.text.keys() == {"en", "zh"}
    assert "+" not in "".join(plain.text.values()) and gate.judge(plain, grounds(papers)).refusals == ()
    assert conclusions.without_figures(voices, plain) is None


def test_what_to_watch_does_not_ask_again_what_a_thread_has_told(
    voices: Sequence[Voice], paper: Callable[..., Brief]
) -> None:
    papers = [
        paper("a", "SysA", "Kestrelo", ROSE, ("retention", "+", "0.34", "%", "")),
        paper("b", "SysB", "Velmarque", ROSE, FLAT),
    ]
    papers = [replace(b, reading=replace(b.reading, quotations=())) for b in papers]
    bare = outline(papers, threads=False)
    (asked,) = watching.watch(voices, bare)
    assert asked.rule == "pattern:watch_differs" and gate.judge(asked, grounds(papers)).refusals == ()
    told: Outline = outline(papers, from_="inner products", to="item codes")
    assert "pattern:watch_differs" not in [s.rule for s in watching.watch(voices, told)]
