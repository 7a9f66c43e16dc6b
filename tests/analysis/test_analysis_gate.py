"""The gate by sentence kind: each kind must show what EDITORIAL asks of it."""

from __future__ import annotations

from dataclasses import replace

from digester.analysis import gate
from digester.analysis.gate import judge
from digester.analysis.grounding import Ground
from digester.domain.ids import passage_id
from digester.domain.issue import Sentence
from digester.domain.model import Claim, Organisation, Passage, Support

A = "SIDLoom improves CTR by 1.24% on 1,240 shops. \u201cIt holds,\u201d its authors write."
B = "LongWeir at Luoqiwan improves watch time by 2.1%."
PA, PB = (Passage(passage_id(t), "w", "abstract", t) for t in (A, B))
GROUNDS = {"a": Ground((PA,)), "b": Ground((PB,))}


def sentence(kind: str, text: str, cites: tuple[str, ...] = ("a",), rule: str = "", **inputs: str) -> Sentence:
    return Sentence("id", kind, {"en": text}, cites, (), rule, inputs)  # type: ignore[arg-type]


def refused(s: Sentence) -> list[str]:
    return [r.rule for r in judge(s, GROUNDS).refusals]


def test_a_quotation_is_verbatim_after_space_and_quotes_are_made_alike() -> None:
    assert refused(sentence("quote", "SIDLoom improves CTR  by 1.24% on 1,240 shops.")) == []
    assert refused(sentence("quote", 'It holds," its authors write.')) == []
    assert refused(sentence("quote", "SIDLoom improves GMV by 1.24% on 1,240 shops.")) == ["quotation"]
    assert refused(sentence("quote", A, cites=("b",))) == ["quotation"]


def test_a_report_is_bound_to_one_item_and_not_to_two_halves() -> None:
    assert refused(sentence("report", "SIDLoom: CTR +1.24%.")) == []
    assert refused(sentence("report", "SIDLoom improves watch time by 2.1%.", ("a", "b"))) != []
    assert refused(sentence("report", "SIDLoom: CTR +1.24%.", ())) == ["kind"]


def test_a_derived_sentence_prints_only_what_it_was_computed_from() -> None:
    counted = sentence("derived", "99 of 100 papers.", rule="computed:census", n="99", total="100")
    assert refused(counted) == []
    assert refused(replace(counted, inputs={"n": "99"})) == ["number"]
    assert refused(replace(counted, rule="")) == ["kind"]
    assert refused(sentence("derived", "It begins with \u201cWords nobody wrote\u201d.", rule="computed:x")) == [
        "quotation"
    ]
    assert refused(sentence("derived", "Kestrelo leads.", rule="computed:x")) == ["name"]
    assert refused(sentence("derived", "Kestrelo leads.", rule="computed:x", first="Kestrelo")) == []


def test_a_conclusion_cites_two_items_and_adds_neither_name_nor_figure() -> None:
    both = sentence("synthesis", "Read together, SIDLoom and LongWeir ask for live traffic.", ("a", "b"))
    assert refused(both) == []
    assert refused(replace(both, cites=("a",))) == ["kind", "name"]
    assert refused(sentence("synthesis", "SIDLoom and LongWeir gain 7%.", ("a", "b"))) == ["number"]
    assert refused(sentence("synthesis", "SIDLoom and Tidewell gain.", ("a", "b"))) == ["name"]


def test_every_language_is_checked_and_named() -> None:
    s = Sentence("id", "report", {"en": "CTR +1.24%.", "zh": "SIDLoom：CTR +9%。"}, ("a",))
    assert [str(r) for r in judge(s, GROUNDS).refusals] == ["number: zh: no passage has this number: +9%"]
    assert refused(replace(s, text={"en": "CTR +1.24%.", "zh": "线上 CTR 提升 1.24%。"})) != ["number"]


def test_a_figure_of_a_record_stands_in_the_span_it_points_to() -> None:
    claim = Claim("CTR", "1.24", "%", "+", "offline", (Support(PA.id, 0, 45, "claim:sentence"),))
    assert gate.claim(claim, GROUNDS["a"]).holds
    assert not gate.claim(replace(claim, sign="-"), GROUNDS["a"]).holds
    assert not gate.claim(replace(claim, value="1.25"), GROUNDS["a"]).holds
    assert not gate.claim(replace(claim, unit="pp"), GROUNDS["a"]).holds
    assert not gate.claim(replace(claim, supports=(Support(PA.id, 46, 70, "x"),)), GROUNDS["a"]).holds
    assert not gate.claim(replace(claim, supports=()), GROUNDS["a"]).holds


def test_a_figure_of_a_record_is_called_live_only_where_its_item_says_so() -> None:
    text = "Offline, NDCG@10 rises by 4.1%. It was deployed, where CTR rises by 1.24%."
    ground = Ground((Passage("p", "w", "abstract", text),))
    start = text.index("It was")
    live = Claim("CTR", "1.24", "%", "+", "deployed", (Support("p", start, len(text), "claim:sentence"),))
    assert gate.claim(live, ground).holds
    assert [r.rule for r in gate.claim(replace(live, evidence="online_ab"), ground).refusals] == ["evidence"]
    offline = Claim("NDCG@10", "4.1", "%", "+", "offline", (Support("p", 0, start, "claim:sentence"),))
    assert gate.claim(offline, ground).holds
    assert [r.rule for r in gate.claim(replace(offline, evidence="deployed"), ground).refusals] == ["evidence"]


def test_several_items_are_one_ground_in_which_each_is_read_once() -> None:
    both = gate.together(GROUNDS, ("a", "b", "unknown"), ("Tidewell",))
    assert both.passages == (PA, PB, gate.record("Tidewell"))
    assert both.places == (*GROUNDS["a"].places, *GROUNDS["b"].places)
    assert both.spots["sidloom"] is GROUNDS["a"].spots["sidloom"]
    assert both.spots["tidewell"][0] == gate.record("Tidewell")


def test_an_organisation_stands_in_the_span_it_points_to() -> None:
    org = Organisation("Luoqiwan", "industry", Support(PB.id, 12, 20, "org:stated"))
    assert gate.organisation(org, GROUNDS["b"]).holds
    assert not gate.organisation(replace(org, name="Kestrelo"), GROUNDS["b"]).holds
    assert not gate.organisation(replace(org, support=Support("gone", 0, 8, "org:stated")), GROUNDS["b"]).holds


# -------------------------------------------------------------- the faults
def test_G01_a_number_date_or_name_that_no_source_has_is_refused() -> None:
    for text in (
        "SIDLoom improves CTR by 3%.",
        "SIDLoom, released in May 2026.",
        "SIDLoom by Kestrelo.",
        "SIDLoom-70B improves CTR.",
    ):
        assert refused(sentence("report", text)), text


def test_G02_an_altered_link_is_refused_and_the_items_own_is_not() -> None:
    own = {"a": Ground((PA,), frozenset({"https://arxiv.example/abs/2606.90001"}))}
    for url, fine in (("https://arxiv.example/abs/2606.90001", True), ("https://arxiv.example/abs/2606.90010", False),
                      ("https://arxiv.example/abs/2606.90001)x", False), ("https://arxlv.example/abs/2606.90001", False)):  # fmt: skip
        assert judge(sentence("report", f"SIDLoom: {url}"), own).holds is fine, url


def test_G03_summaries_swapped_between_two_items_are_refused() -> None:
    first, second = "SIDLoom improves CTR by 1.24%.", "LongWeir improves watch time by 2.1%."
    assert refused(sentence("report", first, ("a",))) == refused(sentence("report", second, ("b",))) == []
    assert refused(sentence("report", second, ("a",)))
    assert refused(sentence("report", first, ("b",)))


def test_G04_quote_marks_around_words_that_are_not_in_the_source_are_refused() -> None:
    assert refused(sentence("report", "Its authors write \u201cit holds\u201d.")) == []
    assert "quotation" in refused(sentence("report", "Its authors write \u201cit always wins\u201d."))
    assert refused(sentence("report", "作者写道「从不失败」。")) == ["quotation"]


def test_G05_over_a_title_alone_no_detail_is_printed() -> None:
    title = {"t": Ground((Passage("t", "w", "abstract", "SIDLoom: Generative Retrieval"),))}
    assert judge(sentence("report", "SIDLoom treats generative retrieval.", ("t",)), title).holds
    assert not judge(sentence("report", "SIDLoom lifts CTR by 1.24% at Kestrelo.", ("t",)), title).holds


def test_G06_a_flipped_sign_unit_or_scale_is_refused() -> None:
    for text in ("CTR -1.24%.", "SIDLoom reduces CTR by 1.24%.", "CTR +1.24 pp.", "CTR on 1,240 million shops."):
        assert refused(sentence("report", text)), text


def test_G07_a_headline_that_joins_two_stories_is_refused_by_each_of_them() -> None:
    joined = sentence("report", "SIDLoom improves CTR by 1.24% and LongWeir watch time by 2.1%.", ("a", "b"))
    assert refused(joined)
    assert refused(replace(joined, text={"en": "SIDLoom improves CTR by 1.24%."})) == []


def test_a_persons_sentence_is_checked_like_any_other() -> None:
    """What becomes of its refusals, a warning, the pipeline decides."""
    assert refused(sentence("editor", "SIDLoom improves CTR by 3%.")) == ["number"]
    assert refused(sentence("editor", "SIDLoom improves CTR.")) == []
