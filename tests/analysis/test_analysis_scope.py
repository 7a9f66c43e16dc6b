"""The scope gate: by topic and not by category, and its reason in the paper's own words."""

from __future__ import annotations

import pytest

from digester.analysis.scope import about, mentions, scope_of


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        (
            "SIDLoom: Generative Retrieval with Semantic IDs",
            "We generate item codes for recommendation in a marketplace.",
        ),
        (
            "Pacing Ad Budgets with a Value Function",
            "Advertisers bid in real-time bidding auctions; we pace budgets in advertising.",
        ),
        (
            "Block-Sparse Attention for Lifelong User Behaviour Sequences",
            "CTR prediction reads long histories; our recommender reads more.",
        ),
        (
            "A Calibrated Model of Conversions",
            "Conversion rate prediction for recommendation suffers from delay. CVR models wait.",
        ),
        (
            "One Ranker for a Home Feed",
            "Feed ranking and recommendation share one tower; click-through is predicted jointly.",
        ),
        ("面向短视频推荐的生成式召回", "我们研究推荐系统中的召回与精排。"),
        (
            "Fast Ranking in a Search Engine",
            "Our search engine serves billions of queries; the ranking is deployed in production.",
        ),
        ("Ranking that Providers Call Fair", "Providers ask for exposure in every ranking; we study fair ranking."),
        (
            "Kestrelo: Attention at a Tenth of the Cost",
            "Large recommendation systems read long. A recommendation is due in time. Kestrelo makes recommendation cheap.",
        ),
        ("How Long Will They Stay?", "Watch-time prediction is skewed. We bin it, and LTV with it, by a codebook."),
        ("Listings for a Two-Sided Marketplace", "Guests see the listings of one cell of the map."),
    ],
)
def test_recommendation_advertising_and_production_search_are_inside(title: str, abstract: str) -> None:
    scope = scope_of(title, abstract)
    assert scope.inside, scope
    assert scope.spans


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        (
            "A Bibliometric Map of Two Decades",
            "We count citations in a digital library and close with recommendations for researchers.",
        ),
        ("Retrieval of Patent Claims", "Patent search with dense vectors on public data."),
        ("A Decoder for Proteins", "We fold proteins with attention."),
        (
            "Best Practices for Benchmarks",
            "We recommend that authors publish seeds; recommendations for practitioners follow.",
        ),
        ("Question Answering over Manuals", "Retrieval-augmented generation answers questions about manuals."),
        ("Drug Dosage at the Bedside", "We study treatment recommendation in clinical practice with medical records."),
        ("", ""),
    ],
)
def test_other_subjects_are_outside_even_where_they_recommend_something(title: str, abstract: str) -> None:
    scope = scope_of(title, abstract)
    assert not scope.inside, scope
    assert scope.reason


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        (
            "Brackwater: Relevance by Small Models",
            "Relevance models are large. We distil one; online A/B tests at Brackwater show +0.3% sessions.",
        ),
        (
            "Snippets that Sell",
            "Snippets stand on an item page. Our choice of snippets was A/B tested and raised orders.",
        ),
        (
            "Narrow Vectors for IDs",
            "Tables of IDs fill the memory of recommendation. We mask dimensions. An online A/B test lost nothing.",
        ),
        (
            "Rewriting What They Type",
            "Query rewriting is slow. Our rewriter has been deployed at Brackwater since May.",
        ),
    ],
)
def test_one_word_of_the_subject_is_enough_for_what_was_tested_online_or_deployed(title: str, abstract: str) -> None:
    scope = scope_of(title, abstract)
    assert scope.inside, scope
    ((start, end),) = scope.spans
    assert f"{title}. {abstract}"[start:end] in scope.reason
    assert not scope_of(title, abstract.partition(". ")[0]).inside


@pytest.mark.parametrize(
    ("title", "abstract"),
    [
        (
            "Who Owns the Clips?",  # deployed is what others run
            "Video models have been deployed for recommendation. We audit the sets they learn from.",
        ),
        ("A Fast Index on Flash", "Vector search is slow. Our accelerator is deployed in a memory card."),
        ("Claims in a Clinic", "A clinical search engine answers nurses. It has been deployed in two wards."),
        ("Irrigation by Camera", "Fields are dry. The controller has been deployed on four farms."),
        ("Visible to Machines", "Generative engines give recommendations. We were A/B tested by one of them."),
    ],
)
def test_another_field_stays_outside_though_it_was_deployed(title: str, abstract: str) -> None:
    assert not scope_of(title, abstract).inside


def test_generative_retrieval_alone_is_of_documents() -> None:
    title, abstract = "Generative Retrieval in One Pass", "Generative retrieval writes identifiers of documents."
    assert not scope_of(title, abstract).inside
    assert scope_of(title, f"{abstract} Product search uses them as well.").inside


def test_the_spans_are_the_deciding_words_of_title_and_abstract() -> None:
    title, abstract = "A Recommender for Clips", "The recommender reads user behaviour sequences and predicts CTR."
    scope = scope_of(title, abstract)
    text = f"{title}. {abstract}"
    assert next(text[a:b] for a, b in scope.spans) == "Recommender"
    assert "Recommender" in scope.reason


def test_a_long_text_of_near_misses_comes_to_an_end() -> None:
    for unit in ("search ", "search engine ", "re-ranking ", "production ", "providers "):
        scope_of("Search", unit * (20_000 // len(unit)))


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("agents", "an agent"),
        ("agent", "two agents"),
        ("tool calls", "a tool call"),
        ("KV caches", "the KV cache"),
        ("KV cache", "KV caches"),
        ("LLMs", "one LLM"),
        ("search indexes", "a search index"),
        ("search index", "search indexes"),
        ("queries", "a query"),
        ("query", "queries"),
        ("metrics", "a metric"),
        ("batches", "one batch"),
        ("GPU-hours", "a GPU hour"),
        *((word, word) for word in ("CVS", "bias", "analysis", "news", "serverless", "semantics", "series", "Redis")),
        ("bias", "biases"),
        ("biases", "a bias"),
        ("serverless", "Serverless"),
        ("C++", "in C++ only"),
        ("推荐", "推荐系统"),
    ],
)
def test_a_topic_in_the_singular_finds_the_plural_and_the_other_way_round(topic: str, text: str) -> None:
    assert mentions([topic], text), (topic, text)
    assert about([topic], text, "").inside


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("CVS", "a CV"),
        ("news", "a new model"),
        ("semantics", "semantic IDs"),
        ("bias", "via"),
        ("analysis", "an analyst"),
        ("serverless", "a server"),
        ("agents", "agency"),
        ("caches", "a cachet"),
    ],
)
def test_a_word_that_only_ends_like_a_plural_is_none(topic: str, text: str) -> None:
    assert not mentions([topic], text)
