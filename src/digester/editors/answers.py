"""Answers of a model become values here: one choke point for its text, one way to ask for rows and to ask again.

Nothing a model says is content before it went through `prose` and the gate. Rows are kept one by one: what is valid
stays, what is missing or was refused is asked for again in smaller questions, and what is still missing is a gap that
the embedded editor fills.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from digester.analysis import promotion
from digester.domain.calls import Answer, Ask, ModelFault
from digester.domain.text import one_line, plain
from digester.ports import Model, Unit

T = TypeVar("T")
Make = Callable[[Mapping[int, Unit]], Ask]
Hear = Callable[[Answer | ModelFault], None]

HOPELESS = 3  # questions without one row that can be used, after which no more is asked: no single text does that
AGAIN = 2  # times that what is missing is asked for once more
_REFUSE_AGAIN = frozenset({"unreadable", "refused", "request"})  # faults of one question, not of the provider
_ADDRESS = re.compile(
    r"https?:|www\.|\]\(|mailto:|@\w|\b[a-z0-9-]{2,40}\.(?:com|org|net|info|io|xyz|top|ru|cn|co|app|dev|site|online)\b|\w\.\w{2,6}/",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[<>`|]|\*\*|__|^\W{0,3}#{1,6} |!\[|\\\w|\bjavascript\b|&#?\w{2,8};", re.IGNORECASE)
_PROMPT = re.compile(
    r"@[0-9a-f]{8}\b|\bTask: |\"rows\"|^(?:say|about|kind|part|title|text|more|rated): ", re.IGNORECASE
)
_LETTERS = re.compile(r"[A-Za-z\u3400-\u9fff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{2,40}|[\u3400-\u9fff]")


def prose(value: Any, limit: int, language: str) -> str:
    """The text of an answer as one plain line of at most `limit` code points, cut at a sentence or word; "" for what is
    no prose: another type, mark-up, addresses, an echo of the prompt, one word again and again, another language, an
    order to whoever reads it."""
    if not isinstance(value, str) or len(value) > 50 * limit:
        return ""
    text = plain(value)
    if "\ufffd" in text or len(_LETTERS.findall(text)) < 3 or _ADDRESS.search(text) or _MARKUP.search(text):
        return ""
    if _PROMPT.search(text) or promotion.addresses(text) or _repeats(text) or not _is_in(language, text):
        return ""
    return one_line(text, limit)


def _is_in(language: str, text: str) -> bool:
    """Chinese holds Chinese, whatever names of systems stand in it; English holds next to none."""
    han = len(_HAN.findall(text))
    return han >= 4 if language == "zh" else han * 5 < len(_LETTERS.findall(text))


def _repeats(text: str) -> bool:
    words = Counter(w.lower() for w in _WORD.findall(text))
    return sum(words.values()) > 12 and max(words.values()) > 0.3 * sum(words.values())


@dataclass
class Rows(Generic[T]):
    """What was made of the rows by number, the call that each came from, and what stood in the way."""

    made: dict[int, T] = field(default_factory=dict)
    calls: dict[int, str] = field(default_factory=dict)
    faults: dict[int, ModelFault] = field(default_factory=dict)


class Inquiry(Generic[T]):
    """Questions about all units, `per_call` at a time; `take` validates a row and answers None to refuse it.

    What is missing is asked for `again`, twice by default: in halves and quarters of a question, or `alone` at once.
    Units that are still being made are asked about as they come."""

    def __init__(
        self, units: Mapping[int, Unit] | Iterable[tuple[int, Unit]], make: Make,
        take: Callable[[int, Mapping[str, Any]], T | None], per_call: int, alone: bool = False, again: int = AGAIN,
    ) -> None:  # fmt: skip
        self.rows: Rows[T] = Rows()
        self.open = True
        self._units: dict[int, Unit] = {}
        self._groups: list[list[int]] = []
        self._todo = self._given(units.items() if isinstance(units, Mapping) else units)
        self._make, self._take, self._size, self._alone, self._left = make, take, per_call, alone, again

    def _given(self, units: Iterable[tuple[int, Unit]]) -> Iterator[int]:
        for n, unit in units:
            self._units[n] = unit
            yield n

    def questions(self) -> Iterator[tuple[Ask, Hear]]:
        """The questions of a round, each with what hears its result. All of them are to be heard before the next round."""
        self._groups = []
        while group := list(islice(self._todo, self._size)):
            self._groups.append(group)
            # numbered from 1 in each question: the same works make the same question, whatever stood beside them before
            yield self._make({i: self._units[n] for i, n in enumerate(group, 1)}), partial(self._hear, group)

    def _hear(self, group: Sequence[int], answer: Answer | ModelFault) -> None:
        if isinstance(answer, ModelFault):
            self.rows.faults |= dict.fromkeys(group, answer)
        else:
            _taken(self.rows, group, answer.rows, answer.call_id, self._take)

    def next(self) -> None:
        """Ends a round: what is missing is the next one, in smaller questions. Rows stand in the order of the questions,
        whichever was answered first."""
        got, size = self.rows, self._size
        place = {n: k for k, group in enumerate(self._groups) for n in group}
        got.made = dict(sorted(got.made.items(), key=lambda made: place.get(made[0], -1)))
        todo = [n for n in self._units if n not in got.made and _again(got.faults.get(n))]
        hopeless = not got.made and len(self._groups) >= HOPELESS
        self.open = self._left > 0 and bool(todo) and size > 1 and not hopeless
        self._left -= 1
        self._size = 1 if self._alone else max(1, min(size, len(todo)) // 2)
        self._todo = iter(todo)


def ask_all(model: Model, inquiries: Sequence[Inquiry[T]], meanwhile: Iterable[None] = ()) -> None:
    """Asks side by side; what `meanwhile` does piece by piece is done while the first questions are in flight."""
    idle = iter(meanwhile)
    while open_ := [q for q in inquiries if q.open]:
        hears: list[Hear] = []

        def asks(open_: Sequence[Inquiry[T]] = open_, hears: list[Hear] = hears) -> Iterator[Ask | None]:
            for ask, hear in chain.from_iterable(q.questions() for q in open_):
                hears.append(hear)
                yield ask
            yield from idle

        model.answer(asks(), lambda place, result, hears=hears: hears[place](result))  # type: ignore[misc]
        for q in open_:
            q.next()
    for _ in idle:  # where nothing was asked
        pass


def rows_of(
    model: Model, units: Mapping[int, Unit], make: Make, take: Callable[[int, Mapping[str, Any]], T | None],
    per_call: int, alone: bool = False, again: int = AGAIN,
) -> Rows[T]:  # fmt: skip
    """The rows of one inquiry."""
    inquiry = Inquiry(units, make, take, per_call, alone, again)
    ask_all(model, [inquiry])
    return inquiry.rows


def _again(fault: ModelFault | None) -> bool:
    return fault is None or fault.kind in _REFUSE_AGAIN


def _taken(
    got: Rows[T], group: Sequence[int], rows: Sequence[Mapping[str, Any]], call_id: str,
    take: Callable[[int, Mapping[str, Any]], T | None],
) -> None:  # fmt: skip
    """The valid rows about units that were asked about; of a number that comes twice the first valid one."""
    for row in rows:
        place = row.get("n")
        if isinstance(place, bool) or not isinstance(place, int) or not 1 <= place <= len(group):
            continue
        if (n := group[place - 1]) in got.made:
            continue
        if (value := take(n, row)) is not None:
            got.made[n], got.calls[n] = value, call_id
