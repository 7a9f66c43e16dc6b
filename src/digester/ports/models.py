"""The seams to language models: prompts, questions and answers, the ledger behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from digester.domain.calls import Answer, Ask, ModelCall, ModelFault, Spend, TakenUp, Tally

Unit = Sequence[tuple[str, str]]  # (key, value) lines about one numbered thing


class Prompts(Protocol):
    """Instructions in files."""

    mark: str
    """A hash of all of them: part of an editor's version."""

    def style(self, language: str) -> str: ...
    def ask(
        self, task: str, units: Iterable[tuple[int, Unit]], values: Mapping[str, str], marker: Callable[[str], str],
        rows: int = 1,
    ) -> Ask:  # fmt: skip
        """A question about numbered units, each answered with at most so many rows."""


Heard = Callable[[int, Answer | ModelFault], None]  # the place of a question, what came of it


def nobody(place: int, result: Answer | ModelFault) -> None:
    """Hears nothing."""


class Model(Protocol):
    """Language models behind a ledger and a budget."""

    mark: str
    """Which models answer: part of an editor's version."""

    def answer(self, asks: Iterable[Ask | None], heard: Heard = nobody) -> Sequence[Answer | ModelFault]:
        """One result for each, in the order of the questions.

        A question is sent as soon as `asks` gives it, and `heard` is told of a result when it comes. A None is no
        question: by it the caller, which has other work to do meanwhile, says that it has done a piece of it."""

    def vectors(self, texts: Sequence[str]) -> Sequence[Sequence[float] | None]:
        """The direction of each text by an embedding model, all by the same one; None where there is none."""

    def marker(self, text: str) -> str:
        """Eight hex digits that `text` cannot foresee: they delimit it as data."""

    def tally(self) -> Tally:
        """What was asked since the last look."""


class Queue(Protocol):
    """Questions that wait for a batch, and the batches that are under way."""

    def submit(self) -> Sequence[str]:
        """Begins batches of what waits; their ids."""

    def fetch(self) -> TakenUp:
        """Takes up what finished batches answered."""


class Ledger(Protocol):
    """Kept replies and what they cost; and small values of the workspace by name."""

    def calls(self, ids: Iterable[str]) -> Mapping[str, ModelCall]: ...
    def save_call(self, call: ModelCall | None, spend: Spend) -> None: ...
    def spends_since(self, moment: datetime) -> Sequence[Spend]: ...
    def kept(self, name: str) -> str | None: ...
    def keep(self, name: str, value: str) -> None: ...
