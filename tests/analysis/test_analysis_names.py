"""Organisations where a text states them: never a data set, a month or the system itself."""

from __future__ import annotations

import pytest

from digester.analysis import affiliations, names
from digester.domain.ids import passage_id
from digester.domain.model import Affiliation, Organisation, Passage, Support


def passage(text: str) -> Passage:
    return Passage(passage_id(text), "arxiv:2606.90011", "abstract", text)


def found(text: str) -> list[str]:
    return [o.name for o in names.in_text([passage(text)])]


@pytest.mark.parametrize(
    "text",
    [
        "SIDLoom is deployed at Kestrelo, a video marketplace.",
        "It has been rolled out at Kestrelo.",
        "Online tests at Kestrelo show a gain.",
        "It serves the home feed of Kestrelo, a marketplace for short clips.",
        "An A/B test on Kestrelo, one of the largest video platforms, shows a gain.",
        "On Kestrelo's home feed it wins.",
        "At Kestrelo's marketplace it wins.",
        "Existing ad bidding for hotels at Kestrelo, a travel booking service, used fixed controllers.",
        "At Kestrelo, a music streaming service, new releases are recommended.",
        "An A/B test on Kestrelo, with 5% of traffic, shows a gain.",
    ],
)
def test_a_company_is_found_where_it_is_stated_apposed_or_possessive(text: str) -> None:
    assert found(text) == ["Kestrelo"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("Engineers from Netflix describe a ranker.", "Netflix"), ("我们在快手上线了该模型。", "Kuaishou"), ("It serves users of JD.com daily.", "JD.com"),
     ("The tower runs at Target with care.", "Target"), ("A study by Meta finds a gain.", "Meta"), ("Ranking for Taobao Search. A text.", "Taobao"),
     ("Multi-task learning on Spotify. A text.", "Spotify"), ("Semantic Search At LinkedIn. A text.", "LinkedIn"), ("Deployed on Kuaishou, one of the largest platforms, it wins.", "Kuaishou"),
     ("It has been launched on the e-commerce platform Lazada.", "Lazada"), ("Online A/B tests in Weixin Channels show a gain.", "WeChat Channels"),
     ("Meituan deployed the tower last May.", "Meituan"), ("We deploy it at Snap and measure.", "Snap"), ("The team at Meta AI measures.", "Meta"),
     ("NVIDIA Lathe 2: A Tool. We introduce Lathe 2, a tool.", "NVIDIA"), ("On the large Kuaishou short-video recommendation system, it wins.", "Kuaishou"),
     ("It was deployed in several Meta Ads models, with gains.", "Meta Ads"), ("We rank items within the Netflix domain.", "Netflix"),
     ("Tests in multiple LinkedIn products, one of the large job platforms, agree.", "LinkedIn"), ("An A/B test on the App Store ranker shows a gain.", "App Store"),
     ("Ranking via Reinforcement Learning in Xiaohongshu Search. A text.", "Xiaohongshu"), ("It is deployed on TapTap's ads platform.", "TapTap"), ("It was deployed on vivo App Store last May.", "vivo"), ("Online tests at vivo agree.", "vivo")],
)  # fmt: skip
def test_a_well_known_name_is_recognised_where_it_stands(text: str, name: str) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Experiments on Amazon Beauty and MovieLens-1M show gains.",
        "Tests on the Taobao dataset show gains.",
        "Tests on three data sets, namely Taobao, Yelp and Steam, show gains.",
        "Results on Taobao, Yelp and Netflix benchmarks agree.",
        "Experiments on Yelp and Taobao's product search show gains.",
        "It is deployed with OpenAI models behind it.",
        "It is tested on KuaiRec and Yambda.",
        "Tests in January and in Europe agree.",
        "We introduce the Target Preference Weigher.",
        "Target items are encoded twice.",
        "Testing in E-Commerce is slow.",
        "We analyse Moorpost, a social platform for agents.",
        "Errors are fewer than those of Fathomly, a leading forecasting platform.",
        "This site URL, a social media platform, is studied.",
        "It is built into El Lathe, an autonomous chemistry platform.",
        "1S-Daub, a one-shot augmentation operator, is deployed online.",
        "A third of ChatGPT's users ask about health.",
        "Models are deployed in AIGC services.",
        "It is a path toward in vivo deployment.",
        "Deployed on Kubernetes, it runs in production.",
        "It is deployed in Docker containers and within Redis.",
        "Production systems at Kestrelo-like marketplaces agree.",
        "Deployed on Amazon EC2, it serves users.",
        "Designs at RTL level are tested online.",
        "Such models are deployed in applications from support to Google search.",
        "CinderNet, a scalable system for ranking, is small.",
        "CinderNet, a large attention network, is small.",
        "Online tests at large scale agree.",
        "We propose a decoder for item codes.",
        "The Kwaishop meta-learner and a metadata store agree.",
        "Ratings of Amazon Reviews and the Yelp data set are small.",
        "MovieLens and the Taobao data set are used.",
        "Papers found by Google Scholar are few.",
        "Meta-learning and Apple-to-apple tests agree.",
        "Apps such as TikTok, Kuaishou and Instagram are popular.",
        "Platforms like Pinterest rely on search.",
        "Items are labelled at Quuxtag, an annotation service, by hand.",
        "Models are trained at Quuxrun, a cloud computing service, for a day.",
        "CinderNet, a lookup service, is small.",
        "We compare Google, a web search engine, with four others.",
        "Code is available at Hugging Face.",
        "Trained on eight NVIDIA A100 GPUs with OpenAI embeddings.",
        "It outperforms Google and OpenAI on three tasks.",
        "Reviews crawled from Amazon's search pages are long.",
        "Political Bias in Recommendations on YouTube. A text.",
        "A Study of Netflix Search. A text.",
        "The Netflix Prize made ranking popular.",
        "We use Meta's Llama and Mistral-7B.",
        "It is deployed in Polish language tools.",
        "Snap decisions and a Glance at items help.",
        "We present Velmarque, a platform for agents.",
        "Yet, the prevailing platform is slow.",
        "NVIDIA Lathe in Practice. We introduce Drill, a tool.",
        "Auditing Harm. We watch bias on the YouTube recommendation system.",
    ],
)
def test_data_sets_months_places_and_systems_are_no_organisations(text: str) -> None:
    assert found(text) == []


def test_a_name_in_another_form_is_supported_by_the_words_of_the_source() -> None:
    text = "该模型已在微信视频号上线。 It also runs at Kuaishou Technology with care."
    organisations = list(names.in_text([passage(text)]))
    words = [text[o.support.start : o.support.end] for o in organisations]
    assert [(o.name, w) for o, w in zip(organisations, words, strict=True)] == [
        ("WeChat Channels", "微信视频号"), ("Kuaishou", "Kuaishou Technology"),
    ]  # fmt: skip


def test_every_name_is_supported_by_its_own_letters_and_stands_once() -> None:
    text = "Deployed at Kestrelo. On Kestrelo's feed it wins. A test at Velmarque, a marketplace, agrees."
    organisations = list(names.in_text([passage(text)]))
    assert [o.name for o in organisations] == ["Kestrelo", "Velmarque"]
    assert all(text[o.support.start : o.support.end] == o.name for o in organisations)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Kestrelo, Osterfjord", "Kestrelo"), ("Kestrelo Inc.", "Kestrelo"), ("University of Varnholm, Varnholm", "University of Varnholm"),
        ("Dept. of Computing, University of Varnholm, Varnholm", "University of Varnholm"), ("", ""), ("Kestrelo Ltd; Osterfjord", "Kestrelo"),
    ],
)  # fmt: skip
def test_the_organisation_of_an_affiliation_line(line: str, name: str) -> None:
    assert next((o.name for o in affiliations.organisations(line)), "") == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kestrelo", "industry"),
        ("University of Varnholm", "academia"),
        ("滨海大学", "academia"),
        ("Varn Institute", "academia"),
    ],
)
def test_academia_is_what_calls_itself_so(name: str, kind: str) -> None:
    assert names.organisation_kind(name) == kind


def test_an_author_block_gives_companies_first_then_by_number_of_authors() -> None:
    block = [
        Affiliation("A", "University of Varnholm, Varnholm"), Affiliation("B", "University of Varnholm, Varnholm"),
        Affiliation("C", "Kestrelo, Osterfjord"), Affiliation("D", "Velmarque"), Affiliation("E", "Velmarque"),
    ]  # fmt: skip
    text = passage(names.author_block_text(block))
    organisations = list(names.in_author_block(block, text))
    assert [o.name for o in organisations] == ["Velmarque", "Kestrelo", "University of Varnholm"]
    assert all(text.text[o.support.start : o.support.end] == o.name for o in organisations)


def block_of(*lines: str, mail: str = "") -> list[tuple[str, str, str]]:
    """(name, kind, the words that support it) of a block with one author a line."""
    block = [Affiliation(f"Ada Amazon {n}", line, mail if not n else "") for n, line in enumerate(lines)]
    text = passage(names.author_block_text(block))
    return [(o.name, o.kind, text.text[o.support.start : o.support.end]) for o in names.in_author_block(block, text)]


def test_a_name_of_the_table_is_printed_as_its_house_and_supported_where_it_stands() -> None:
    assert block_of("Kuaishou Technology, Beijing", "快手科技") == [("Kuaishou", "industry", "Kuaishou Technology")]
    assert block_of("Taobao & Tmall Group of Alibaba, Hangzhou") == [("Alibaba", "industry", "Alibaba")]
    assert block_of("University of Varnholm", "Apple Inc.") == [
        ("Apple", "industry", "Apple Inc"), ("University of Varnholm", "academia", "University of Varnholm"),
    ]  # fmt: skip


def test_an_authors_name_is_no_organisation() -> None:
    assert block_of("University of Varnholm") == [("University of Varnholm", "academia", "University of Varnholm")]


def test_a_mail_address_names_a_house_that_no_line_names() -> None:
    assert block_of("University of Varnholm", mail="ada@kuaishou.com")[-1] == ("Kuaishou", "industry", "kuaishou.com")
    assert block_of("", mail="ada@ads.meituan.com") == [("Meituan", "industry", "ads.meituan.com")]
    assert block_of("Douyin Group", mail="ada@bytedance.com") == [("Douyin", "industry", "Douyin Group")]
    assert block_of("", mail="ada@qq.com") == block_of("", mail="ada@velmarque.example") == []


def test_a_stay_counts_as_a_place_of_work() -> None:
    assert [n for n, _, _ in block_of("University of Varnholm", "Work done during internship at Meituan")] == [
        "Meituan",
        "University of Varnholm",
    ]


def test_a_company_that_does_not_say_so_stays_of_unknown_kind() -> None:
    assert block_of("Kestrelo") == [("Kestrelo", "unknown", "Kestrelo")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("It has been deployed on Kestrelo since May.", "industry"), ("On Kestrelo's app it wins.", "industry"), ("Users of Kestrelo read more.", "industry"),
     ("Kestrelo is a town.", "unknown"), ("Data collected from Kestrelo's search are old.", "unknown"), ("At Kestrelowe it is short.", "unknown")],
)  # fmt: skip
def test_an_unknown_of_the_block_is_a_company_where_the_work_runs_there(text: str, kind: str) -> None:
    unknown = Organisation("Kestrelo", "unknown", Support("p", 0, 1, "test"))
    school = org("University of Varnholm")
    assert [o.kind for o in names.confirmed([unknown, school], [passage(text)])] == [kind, "academia"]


def test_who_alone_could_have_run_a_live_test_is_a_company() -> None:
    one, two = (Organisation(n, "unknown", Support("p", 0, 1, "test")) for n in ("Kestrelo", "Velmarque"))
    school, live = org("University of Varnholm"), passage("An online A/B test shows a gain.")
    assert [o.kind for o in names.confirmed([one, school], [live])] == ["industry", "academia"]
    assert [o.kind for o in names.confirmed([one, two], [live])] == ["unknown", "unknown"]
    assert [o.kind for o in names.confirmed([org("Baidu"), one], [live])] == ["industry", "unknown"]
    assert [o.kind for o in names.confirmed([one], [passage("Offline tests show a gain.")])] == ["unknown"]


def test_without_a_block_or_a_statement_the_organisation_stays_unknown() -> None:
    assert list(names.in_author_block([Affiliation("A", "Kestrelo")], None)) == []
    assert list(names.in_author_block([Affiliation("A", "")], passage("A"))) == []
    assert names.merged([], []) == ()


def org(name: str) -> Organisation:
    return Organisation(name, names.organisation_kind(name), Support("p", 0, 1, "test"))


def test_merging_keeps_the_texts_companies_first_each_once_and_four_at_most() -> None:
    text = [org("University of Varnholm"), org("Kestrelo")]
    block = [
        org("Kestrelo Technology"),
        org("Velmarque"),
        org("University of Varnholm"),
        org("Varn Institute"),
        org("Drifthollow"),
    ]
    assert [o.name for o in names.merged(text, block)] == [
        "Kestrelo",
        "Velmarque",
        "University of Varnholm",
        "Varn Institute",
    ]


def test_a_house_is_named_once_by_its_own_name_where_a_source_states_it() -> None:
    assert [o.name for o in names.merged([org("Taobao"), org("Kuaishou")], [org("Alibaba")])] == ["Alibaba", "Kuaishou"]
    assert [o.name for o in names.merged([org("Alibaba")], [org("Taobao")])] == ["Alibaba"]
    assert [o.name for o in names.merged([org("Douyin")], [org("TikTok")])] == ["Douyin"]
    assert [o.name for o in names.merged([org("LinkedIn")], [org("Microsoft")])] == ["LinkedIn", "Microsoft"]


def test_long_runs_of_capitals_come_to_an_end() -> None:
    for unit in (
        "Ab ",
        "Ab, a b c d e f ",
        "at Ab ",
        "data sets Ab, ",
        "A.B.C-",
        "in Meta, ",
        "such as Kuaishou, ",
        "on the our ",
        "at Apple ",
    ):
        found(unit * (10_000 // len(unit)))
