"""Ratings and readings while other answers are awaited: whatever comes first, the same is asked, in the same order, and the
same is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.servers.model import CHAT, captured
from tests.servers.personalities import honest_rows

from digester import models
from digester.analysis import rating
from digester.domain.calls import Answer, Ask, ModelFault, Tally
from digester.domain.entries import subject_of
from digester.domain.ids import digest
from digester.domain.model import Rating, Reading
from digester.editors.extractive import ExtractiveEditor
from digester.ports import Brief, Editor, Evidence, Heard, nobody

NOW = datetime(2026, 6, 20, 7, tzinfo=UTC)
TEXT = (
    "We propose {0}, a ranking model for recommendation that reads whole histories of users in chunks. Existing models cut "
    "histories off after a few hundred events. An online A/B test at Kestrelo shows that CTR rises by {1}.4% for {0}. {0} has "
    "been deployed on the app since March 2026. Code of the ranker is available."
)
ZH = (
    "{0} 实验室发布了一个用于推荐排序的开源模型，分块读取用户的完整历史。该公司表示，线上实验显示点击率提升 {1}.4%，训练代码和权重都已公开。"
    "模型已在平台全量上线，服务所有用户，效果稳定，成本没有增加。团队说将继续改进，并在下个月公布更多的评测结果和数据。任何人都可以下载并在自己的机器上运行这个模型，"
    "文档说明了需要的内存、显卡和时间，也列出了已知的不足之处。其他团队已经开始在自己的产品中试用，并把结果写在公开的报告里，供大家比较和讨论。"
)
REVERSED: Callable[[int], Sequence[int]] = lambda n: range(n - 1, -1, -1)  # noqa: E731


class Scripted:
    """An honest model that is told of its answers in an order of its own; it fails in some places of the first round."""

    mark = "m"

    def __init__(self, order: Callable[[int], Sequence[int]] = range, faults: Iterable[int] = ()) -> None:
        self.order, self.faults = order, frozenset(faults)
        self.rounds: list[list[Ask]] = []
        self.given: Callable[[], None] = lambda: None

    def answer(self, asks: Iterable[Ask | None], heard: Heard = nobody) -> list[Answer | ModelFault]:
        asked: list[Ask] = []
        for ask in asks:
            if ask:
                asked.append(ask)
                self.given()
        self.rounds.append(asked)
        results = [self._one(place, ask) for place, ask in enumerate(asked)]
        for place in self.order(len(asked)):
            heard(place, results[place])
        return results

    def _one(self, place: int, ask: Ask) -> Answer | ModelFault:
        if place in self.faults and len(self.rounds) == 1:
            return ModelFault("unreadable", "no rows")
        said = [{"role": "system", "content": ask.system}, {"role": "user", "content": ask.data}]
        return Answer(tuple(honest_rows(captured(CHAT, {}, {"messages": said}))), digest(ask.data))

    def marker(self, text: str) -> str:
        return "0123abcd"

    def tally(self) -> Tally:
        return Tally()


class Watched(ExtractiveEditor):
    """Counts what it has rated and read."""

    rated = read_ = 0

    def _judge(self, rubric: str, e: Evidence) -> rating.Judgement:
        self.rated += 1
        return super()._judge(rubric, e)

    def read(self, subjects: Iterable[tuple[Evidence, int]], now: datetime) -> Any:
        for made in super().read(subjects, now):
            self.read_ += 1
            yield made


@pytest.fixture
def embedded(voices: Any, weights: Any) -> Watched:
    return Watched(voices, weights)


@pytest.fixture
def editor(embedded: Watched, tmp_path: Path) -> Callable[[Scripted], Editor]:
    return lambda model: models.editor_of(embedded, model, tmp_path)


@pytest.fixture
def works(make: Callable[..., Brief]) -> list[Evidence]:
    """Forty-five papers of three questions, every third of them with a test on users."""
    return [_work(make, n, TEXT if n % 3 == 0 else "We study {0}, a recommender model. Experiments on public data sets show gains.")
            for n in range(45)]  # fmt: skip


def _work(make: Callable[..., Brief], n: int, text: str, kind: str = "paper") -> Evidence:
    name = f"Rank{chr(65 + n // 26)}{chr(65 + n % 26)}"
    return make(f"k{n}", f"{name}: Recommendation in Chunks", text=text.format(name, n + 1), kind=kind).evidence


def done(editor: Editor, works: Sequence[Evidence]) -> tuple[list[Rating], list[Reading]]:
    rated = list(editor.rate(rating.RECSYS, works, NOW))
    return rated, list(editor.read([(e, r.rating) for e, r in zip(works, rated, strict=True)], NOW))


@pytest.mark.parametrize("faults", [(), (0,), (1, 2), (0, 1, 2)])
def test_the_order_of_answers_changes_nothing(faults: Sequence[int], editor: Any, works: list[Evidence]) -> None:
    plain, turned = Scripted(faults=faults), Scripted(REVERSED, faults)
    assert done(editor(plain), works) == done(editor(turned), works)
    assert plain.rounds == turned.rounds


def test_a_question_is_given_as_soon_as_its_works_are_rated(
    editor: Any, embedded: Watched, works: list[Evidence]
) -> None:
    model, rated = Scripted(), list[int]()
    model.given = lambda: rated.append(embedded.rated)
    list(editor(model).rate(rating.RECSYS, works, NOW))
    assert rated == [20, 40, 45]


def test_nothing_is_read_twice_and_the_rest_while_answers_are_awaited(
    editor: Any, embedded: Watched, works: list[Evidence]
) -> None:
    """What the embedded editor rates high it reads while the model rates; a question waits for no other reading."""
    model, read = Scripted(), list[int]()
    one = editor(model)
    rated = list(one.rate(rating.RECSYS, works, NOW))
    assert embedded.read_ == 15
    model.given = lambda: read.append(embedded.read_)
    made = list(one.read([(e, r.rating) for e, r in zip(works, rated, strict=True)], NOW))
    assert read == [15, 15, 15]
    assert embedded.read_ == len(works)
    assert [r.work for r in made] == [r.work for r in rated]


def test_a_text_that_changed_since_is_read_anew(editor: Any, embedded: Watched, works: list[Evidence]) -> None:
    one, fresh = editor(Scripted()), editor(Scripted())
    rated = list(one.rate(rating.RECSYS, works[:3], NOW))
    first = works[0].passages[0]
    changed = replace(works[0], passages=(replace(first, text=first.text.replace("Kestrelo", "Velmarque")),))
    assert list(one.read([(changed, rated[0].rating)], NOW)) == list(fresh.read([(changed, rated[0].rating)], NOW))


def test_works_that_nobody_asks_about_are_read_without_a_question(editor: Any, works: list[Evidence]) -> None:
    model = Scripted()
    made = list(editor(model).read([(e, 2) for e in works], NOW))
    assert len(made) == len(works)
    assert model.rounds == []


def test_languages_are_asked_about_side_by_side(editor: Any, make: Callable[..., Brief]) -> None:
    """In one round; a question still holds works of one language only."""
    texts = [TEXT, ZH, TEXT, ZH]
    mixed = [_work(make, n, text, "article") for n, text in enumerate(texts)]
    model = Scripted()
    made = list(editor(model).read([(e, 4) for e in mixed], NOW))
    first, second = model.rounds[0]
    assert ("点击率" in first.data, "点击率" in second.data) == (False, True)
    assert [r.work for r in made] == [subject_of(e.item) for e in mixed]
