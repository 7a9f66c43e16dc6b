"""What holds of claims whatever the text: nothing invented, every figure where its support says, bounded work."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digester.analysis.claims import LONGEST, claims_of
from digester.domain.ids import passage_id
from digester.domain.model import Claim, Passage

MEASURES = ("CTR", "GMV", "watch time", "refund rate", "paid orders", "session depth", "Qualified Leads", "ad revenue")
VALUES = st.decimals(min_value="0.01", max_value="99", places=2).map(str)
WORDS = ("CTR", "by", "of", "in", "and", ",", "increase", "reduces", "1.2%", "+3%", "-4 pp", "(", ")", "respectively", "the", "A/B test",
         "online", "offline", ";", "up to", "from", "to", "more", "GMV", "gains", "5 ms", "/", "latency", "提升", "、", "users", "not significant")  # fmt: skip


def claims(text: str) -> list[Claim]:
    return [c for c, _ in claims_of([Passage(passage_id(text), "arxiv:2606.90013", "abstract", text)])]


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_values_and_measures_stand_in_their_support(text: str) -> None:
    for c in claims(text):
        (s,) = c.supports
        assert c.value in text[s.start : s.end]
        assert c.metric in text[s.start : s.end]
        assert c.scope is None or c.scope in text[s.start : s.end]


@given(st.lists(st.sampled_from(MEASURES), min_size=2, max_size=5, unique=True), st.data())
def test_a_list_and_its_figures_meet_in_order(measures: list[str], data: st.DataObject) -> None:
    values = data.draw(st.lists(VALUES, min_size=len(measures), max_size=len(measures), unique=True))
    names = f"{', '.join(measures[:-1])} and {measures[-1]}"
    figures = f"{', '.join(f'{v}%' for v in values[:-1])} and {values[-1]}%"
    text = f"Online A/B tests show that it increases {names} by {figures}, respectively."
    assert [(c.metric, c.value, c.sign) for c in claims(text)] == [
        (m, v, "+") for m, v in zip(measures, values, strict=True)
    ]


@given(
    st.sampled_from(MEASURES),
    VALUES,
    st.sampled_from([("increases", "+"), ("reduces", "-"), ("lowers", "-"), ("lifts", "+")]),
)
def test_a_verb_decides_the_sign(measure: str, value: str, verb: tuple[str, str]) -> None:
    (c,) = claims(f"In an online A/B test it {verb[0]} {measure} by {value}%.")
    assert (c.metric, c.value, c.sign, c.evidence) == (measure, value, verb[1], "online_ab")


def test_a_table_without_a_full_stop_is_read_to_a_limit() -> None:
    text = "CTR +1.2% " * 4_000
    assert len(claims(text)) <= LONGEST
