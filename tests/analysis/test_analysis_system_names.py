"""What a paper's system is called: by the forms in which titles and abstracts name it, and by nothing else."""

from __future__ import annotations

import pytest

from digester.analysis.system_names import system_of

TITLE = "Retrieval with Codes"


@pytest.mark.parametrize(
    ("title", "text", "system"),
    [
        ("SIDLoom: Generative Retrieval", "", "SIDLoom"),
        ("S\u00b2Loom: Generative Retrieval", "", "S\u00b2Loom"),
        ("orLoom: Ranking of Leads", "", "orLoom"),
        ("SIDLoom - Generative Retrieval", "", "SIDLoom"),
        ("SIDLoom V2 Technical Report", "", "SIDLoom V2"),
        ("Stepwise Interest Loom for Search (SILo)", "", "SILo"),
        ("Sidloom: Generative Retrieval", "Today SIDLoom is fast.", "SIDLoom"),
        ("Brackwater: Generative Retrieval", "In tests Brackwater is fast.", "Brackwater"),
        ("Weaving to Rank: Retrieval of Lists", "We propose Weaving to Rank, a framework.", "Weaving to Rank"),
        ("Lists Matter: Retrieval with Codes", "We propose SIDLoom, a decoder.", "SIDLoom"),
        ("Lists Matter: Retrieval with Codes", "Order counts.", ""),
        ("A long phrase with words: then more", "", ""),
        ("Retrieval", "Nothing is named.", ""),
    ],
)
def test_the_head_of_a_title_is_a_name_by_its_shape_or_where_the_text_uses_it_as_one(title: str, text: str, system: str) -> None:  # fmt: skip
    assert system_of(title, f"{title}. {text}") == system


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("We propose SIDLoom, a decoder. SIDLoom is fast.", "SIDLoom"),
        ("This paper proposes SIDLoom, a decoder.", "SIDLoom"),
        ("We propose a framework, SIDLoom (Semantic ID Loom), for search.", "SIDLoom"),
        ("We propose a decoder of whole lists, SIDLoom, which reads codes.", "SIDLoom"),
        ("We present an efficient framework for retrieval - SIDLoom.", "SIDLoom"),
        ("The method, named SIDLoom, reads codes.", "SIDLoom"),
        ("Our proposed framework SIDLoom improves recall.", "SIDLoom"),
        ("We propose Brackwater, a decoder of lists. With Brackwater lists are short.", "Brackwater"),
        ("We introduce S\u00b2Loom, a decoder.", "S\u00b2Loom"),
        ("This study introduces orLoom (Ordered Loom), a decoder.", "orLoom"),
        ("We propose the Residual Code Tree (RCT) for long lists.", "RCT"),
        ("We propose a simple residual code tree (RCT).", "RCT"),
        ("We propose Graph-structured List Ranking (Glisten), a decoder. Glisten is fast.", "Glisten"),
        ("We propose Code-Aware Tree Decoding for Long Lists (CATLoom), which reads codes.", "CATLoom"),
        ("We propose a novel method called Code Tree of Residuals (CoTRe).", "CoTRe"),
        ("The Residual Code Tree (RCT) is new. RCT is fast.", "RCT"),
        ("Lists are hard this https URL address this, we propose SIDLoom, a decoder.", "SIDLoom"),
        ("We propose SIDLoom, a decoder. Moreover, we introduce LoomGate, a gate. LoomGate is small. LoomGate is fast.", "SIDLoom"),
        ("We introduce LoomBench, a benchmark of lists, and we propose SIDLoom, a decoder.", "SIDLoom"),
        ("We introduce LoomBench, a benchmark of lists.", "LoomBench"),
        ("Ranking two lists at once is called Dual List Ranking (DLRa). We propose SIDLoom, a decoder.", "SIDLoom"),
    ],
)  # fmt: skip
def test_a_text_names_the_system_where_it_proposes_it(text: str, system: str) -> None:
    assert system_of(TITLE, f"{TITLE}. {text}") == system


@pytest.mark.parametrize(
    "text",
    [
        "Click-through rate (CTR) rises. CTR counts.",
        "Modelling lifetime value (LTV) is hard. We present a framework for LTV. LTV counts.",
        "We propose the List Recovery Score (LRS). LRS counts.",
        "We introduce: (a) Side Interest Networks (SIN) for fields, and (b) a loss. SIN is older. SIN is known.",
        "We propose Multi-Aspect quantisation of codes.",
        "We propose an LLM-based decoder of lists.",
        "We propose to use Bayesian methods. Bayesian methods are old.",
        "We describe a LoomMed scale framework for retrieval.",
        "The recently proposed SIDLoom framework is slow.",
        "We compare three decoders, namely SIDLoom, CodeTree and Brackwater.",
        "Graph models (GMs) are slow. We propose a family of graph models (GMs).",
        "Long List Retrieval (LLRe) is hard. LLRe takes time. LLRe grows.",
        "We present an audit of a ranking system, BrackRank, and find bias.",
        "We develop a pipeline built on a strong retriever, LoomBERT, that serves.",
        "We propose a Transformer (TF), which scales. TF is small.",
    ],
)  # fmt: skip
def test_measures_terms_adjectives_parts_and_the_work_of_others_are_no_systems(text: str) -> None:
    assert system_of(TITLE, f"{TITLE}. {text}") == ""


def test_what_the_title_names_is_the_whole() -> None:
    text = "We propose CodeTree, a tree. CodeTree grows. CodeTree is fast. Over it we propose SIDLoom, a decoder."
    assert system_of("Decoding with SIDLoom", f"Decoding with SIDLoom. {text}") == "SIDLoom"


def test_a_hostile_text_comes_to_an_end() -> None:
    assert system_of("x", "x. " + "We propose AaA, " * 20_000) == "AaA"


@pytest.mark.parametrize(
    "title", ["MLLMs: A Survey", "GPUs: A Tale", "TikTok: An Audit", "NDCG@10: A Harm", "A/B: Tests at Scale"]
)
def test_terms_measures_and_houses_in_front_of_a_colon_name_no_system(title: str) -> None:
    assert system_of(title, f"{title}. We study what is known.") == ""


def test_a_plural_that_the_text_proposes_is_a_name() -> None:
    assert system_of("LOOMs: Long Lists", "LOOMs: Long Lists. We propose LOOMs, a family of decoders.") == "LOOMs"
