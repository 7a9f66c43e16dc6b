"""Reading notes that use every part of the record, and one that holds hostile text everywhere. All names are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from digester.domain.issue import Excerpt, Sentence
from digester.domain.model import Support
from digester.domain.notes import Note, NoteRecord, Paper, ResultTable, Sections, Tip, with_depth

ITEM = "item-2606.90011"
MADE = datetime(2026, 6, 20, 7, 5, tzinfo=UTC)
ABS, HTML = "https://arxiv.example/abs/2606.90011", "https://arxiv.example/html/2606.90011v1"
PROBLEM = "Existing candidate generation relies on two-tower retrieval, which cannot express how a clip and the goods interact."
CODES = "A tokenization stage quantizes each item into four residual codes $c_1, \\dots, c_4$ with a shared codebook of $|C| = 4{,}096$ vectors."
SYMBOL = "Here r_l = r_{l-1} - e_{c_l} is what level l has left to code, where e_k is the k-th vector."
LOSS = "Training minimises $$\\mathcal{L} = -\\sum_{l=1}^{4} w_l \\log p(c_l \\mid c_{<l}, h)$$ over completed orders."
EXCERPTS = (
    Excerpt("p-1", 0, 40, PROBLEM, ABS),
    Excerpt("p-2", 0, 40, CODES, HTML),
    Excerpt("p-3", 0, 40, "In a 21-day test, CTR rose by 1.24%.", HTML),
    Excerpt("p-4", 0, 40, "words of a PDF", ""),
)


def at(passage: str) -> tuple[Support, ...]:
    return (Support(passage, 0, 40, "quote"),)


def quote(text: str, passage: str = "p-2") -> Sentence:
    return Sentence(f"q{len(text)}", "quote", {"en": text}, (ITEM,), at(passage), "verbatim")


def report(en: str, zh: str, language: str, passage: str = "p-3", rule: str = "composed:line") -> Sentence:
    return Sentence(f"r{len(en)}", "report", {language: en if language == "en" else zh}, (ITEM,), at(passage), rule)


def loom(language: str = "en") -> NoteRecord:
    """As the embedded editor writes it: quotations in English in both languages, the rest in its own."""
    sections = Sections(
        (quote(PROBLEM, "p-1"),),
        (
            quote(CODES),
            with_depth(quote(SYMBOL), 1),
            quote("Constrained beam search walks a prefix tree of live items, so that an expired clip is never emitted.", "p-4"),
            quote(LOSS),
        ),
        (
            report("Kestrelo's SIDLoom shows CTR +1.24% and GMV +0.87% (10% of traffic); online A/B.",
                   "线上 A/B：Kestrelo SIDLoom，CTR +1.24%、GMV +0.87%（10% 流量）。", language),
            quote("The pipeline costs $3 to $4 a day more than the one before.", "p-3"),
        ),
        (
            Tip(report("Retrieval", "召回", language, "none", "computed:subject"), quote("two-tower retrieval | one inner product", "p-1"),
                quote("beam search over codes, $p(c \\mid h) = |C|^{-1}$", "p-2")),
        ),
        (
            ResultTable("Table 1: Online A/B test, 14 days", ("Model", "CTR", "GMV"),
                        (("Base | towers", "0%", ""), ("SIDLoom ($\\beta = |C|$)", "+1.24%*", "+0.87%")), 9, 7, at("p-3")[0]),
            ResultTable("", (), (("Recall@500", "0.412"), ("MRR", "0.108")), 2, 2, at("p-4")[0]),
        ),
    )  # fmt: skip
    about = Paper(
        "SIDLoom: End-to-End Generative Retrieval with Semantic IDs for Shoppable Video", ABS,
        "https://arxiv.example/pdf/2606.90011v1", ("Ilva Brandt", "Teo Marrow", "Xu Lian", "Oda Fell"),
        ({"en": "Kestrelo", "zh": "凯斯特"},), date(2026, 6, 16), "en", "full_text",
    )  # fmt: skip
    topic = "Semantic IDs" if language == "en" else "Semantic ID"
    return NoteRecord(
        Note("arxiv:2606.90011", 1, language, topic, sections), about, ITEM, "in1", "extractive-abc", MADE, EXCERPTS
    )


def written(language: str = "zh") -> NoteRecord:
    """As a model writes it, from an abstract alone, with a part of a step."""
    base = loom(language)
    steps = [
        report("A tokenizer maps each item to four codes.", "分词器把每个商品映射为四个码。", language, "p-2", "written:note"),
        with_depth(
            report("A code is one of $2^{12}$ vectors.", "每个码取自 $2^{12}$ 个向量。", language, "p-2", "written:note"), 1
        ),
        report("Beam search walks a prefix tree.", "束搜索沿前缀树进行。", language, "none", "written:note"),
    ]  # fmt: skip
    sections = replace(base.note.sections, background=(), method=tuple(steps), tips=())
    return replace(
        base,
        note=replace(base.note, sections=sections, topic=""),
        editor="llm-abc",
        paper=replace(base.paper, level="abstract"),
    )


def hostile(payload: str, url: str = 'https://arxiv.example/a(b)?q="x"&y=[1]|<z>') -> NoteRecord:
    """The note with the payload wherever text from outside stands."""
    said = Sentence("h", "report", {"en": payload}, (ITEM,), at("p-1"), "written:note")
    cited = Sentence("hq", "quote", {"en": payload}, (ITEM,), at("p-1"), "verbatim")
    sections = Sections(
        (said, cited),
        (said, with_depth(cited, 1), cited),
        (said, cited),
        (Tip(said, cited, said), Tip(cited, said, cited)),
        (ResultTable(payload, (payload, payload), ((payload, payload), (payload, "")), 9, 2, at("p-1")[0]),),
    )
    about = Paper(payload, url, url, (payload, payload), ({"en": payload},), None, '"><x', "abstract")
    return NoteRecord(
        Note(payload, 1, "en", payload, sections), about, payload, payload, payload, MADE,
        (Excerpt("p-1", 0, 40, payload, url),),
    )  # fmt: skip
