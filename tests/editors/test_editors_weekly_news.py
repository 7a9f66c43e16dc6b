"""The end of a narrative follows from evidence that the cited stories share, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from digester.domain.issue import Census
from digester.editors import weekly_news
from digester.editors.voice import Voice
from digester.ports import Brief, Outline

Make = Callable[..., Brief]
MEASURED = {"technique": 1.0, "primary": 1.0, "specifics": 4.0}
RELEASED = {"release": 1.0, "usable": 1.0, "specifics": 2.0}
TESTED = "In an online A/B test over three weeks orders rose by 2 %."


def story(make: Make, key: str, features: dict[str, float], text: str = "It is out.") -> Brief:
    return make(key, title=f"Maker {key} ships {key}", kind="article", system="", text=text, features=features)


def end(voices: Sequence[Voice], briefs: Sequence[Brief]) -> tuple[str, tuple[str, ...], str]:
    census = Census(0, {}, 0, len(briefs), {}, 0, 0, 0, {}, {"articles": 9})
    o = Outline("ai-weekly", "2026-W25", census, tuple(briefs), (("Models", tuple(briefs)),), (), ("en", "zh"), "news")
    s = weekly_news.narratives(voices, o)[0].sentences[-1]
    assert s.kind == "synthesis"
    return s.rule, s.cites, s.text["en"]


def test_two_measurements_end_with_what_holds_of_measurements(make: Make, voices: Sequence[Voice]) -> None:
    a, b, c = (story(make, k, f) for k, f in (("a", MEASURED), ("b", RELEASED), ("c", MEASURED)))
    rule, cites, _ = end(voices, [a, b, c])
    assert rule == "pattern:narrative_end_measured"
    assert cites == (a.item.id, c.item.id)


def test_two_online_tests_say_more_than_two_measurements(make: Make, voices: Sequence[Voice]) -> None:
    told = [story(make, k, MEASURED, TESTED) for k in "abc"]
    assert end(voices, told)[0] == "pattern:narrative_end_tested"
    others = [replace(b, rating=replace(b.rating, features={"technique": 1.0})) for b in told]  # not by the makers
    assert end(voices, others)[0] == "pattern:narrative_end"


def test_two_releases_are_weighed_by_their_terms(make: Make, voices: Sequence[Voice]) -> None:
    assert end(voices, [story(make, k, RELEASED) for k in "abc"])[0] == "pattern:narrative_end_release"


def test_without_shared_evidence_nothing_is_concluded_but_to_read(make: Make, voices: Sequence[Voice]) -> None:
    a, b, c = (story(make, k, f) for k, f in (("a", MEASURED), ("b", {}), ("c", RELEASED)))
    rule, cites, text = end(voices, [a, b, c])
    assert rule == "pattern:narrative_end"
    assert cites == (a.item.id, b.item.id)
    assert "Maker c" not in text
