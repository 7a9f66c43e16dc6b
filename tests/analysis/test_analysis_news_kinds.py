"""What a headline gives away by its form."""

from __future__ import annotations

import pytest

from digester.analysis import news_kinds
from digester.analysis.rating import Judgement
from digester.analysis.rating_news import judge_news
from digester.domain.ids import passage_id
from digester.domain.model import Passage


def news(title: str, text: str = "", **kind: bool) -> Judgement:
    whole = f"{title}. {text}"
    return judge_news(title, Passage(passage_id(whole), "w", "abstract", whole), **{"primary": True, **kind})


@pytest.mark.parametrize("title", [
    "Harrowby Bans Scores, Ostrelith Opens Up, Chips Get Cheaper",
    "Pellucet Earnings, Thornveld Concerns, Commodity Chips & Open Models",
])  # fmt: skip
def test_a_headline_of_three_stories_is_a_list_of_them(title: str) -> None:
    assert news_kinds.many(title)


@pytest.mark.parametrize("title", [
    "3 hurt, including a guard, in a fire at a data center",
    "Ostrelith ER 2: planning with video, orchestration of tasks, and robots in teams",
    "Pellucet, Thornveld, and Nestrel sign a pledge",
    "Ostrelith 3 is out",
])  # fmt: skip
def test_a_list_inside_one_story_is_none(title: str) -> None:
    assert not news_kinds.many(title)


@pytest.mark.parametrize("title", [
    "How Quessendale's tax team reduced its paperwork by a third with Claude",
    "How two bakeries built their menus with ChatGPT",
    "Velmarque halves its backlog of forms using Codex",
    "Nestrel Retail ships its shop twice a week with Cursor",
])  # fmt: skip
def test_praise_of_a_customer_told_by_the_seller_is_a_two(title: str) -> None:
    judged = news(title, "Of 4,100 people 61% use it; a form takes 12 minutes less.")
    assert (judged.rating, judged.reason) == (2, "a customer's story, told by who sells to it")


@pytest.mark.parametrize("title", [
    "How we reduced our paperwork by a third with Claude",
    "How to build a shop with Codex",
    "Velmarque cuts the latency of its ranker by 49 % with FP8",
    "Anthropic expands access to Claude with Gemini",
])  # fmt: skip
def test_own_work_and_techniques_are_no_praise(title: str) -> None:
    assert not news_kinds.customer(title)


def test_who_shows_what_at_a_conference_is_a_two() -> None:
    assert news("Orrelune shows its papers at ICLR 2026", "They show 31 papers in 4 tracks.").rating == 2
    assert not news_kinds.attends("Orrelune releases Ostrelith 3 at NeurIPS with open weights")


def test_a_question_of_an_outlet_is_a_two_and_a_makers_is_read_on() -> None:
    text = "We tested 4 models on 200 tasks and 31 sets: 2 of them pass 71.4 %, after training on 8 GPUs."
    assert news("How do large models count?", text).rating == 4
    assert news("How do large models count?", text, primary=False).rating == 2


@pytest.mark.parametrize("title", ["Introducing Ostrelith 3", "Ostrelith Opus 4.6", "OST-5.3-Codex", "Introducing: Ostrelith Sonnet 4.5", "Grell 4 Fast", "Ostrelith-V3 发布"])  # fmt: skip
def test_a_model_by_name_and_number_is_known(title: str) -> None:
    assert news_kinds.model(title)


@pytest.mark.parametrize("title", ["Introducing Ostrelith Studio", "Ostrelith on 3 phones", "What Ostrelith 3 costs", "Ten years of Orrelune"])  # fmt: skip
def test_other_headlines_name_no_model(title: str) -> None:
    assert not news_kinds.model(title)


REASONS = {
    "no outlet tells what a maker tells": ("Orrelune partners with the town of Harrowby", "", True, "a move, told by one of its parties"),
    "an outlet tells a move": ("Orrelune partners with the town of Harrowby", "", False, "a move told by a named outlet"),
    "what is said is not released": ("Harrowby announces an inquiry into chatbots", "", False, "an announcement to know of"),
    "what can be had is": ("Orrelune launches a chatbot", "", False, "a release to know of"),
}  # fmt: skip


@pytest.mark.parametrize("case", REASONS)
def test_a_reason_says_who_tells_and_what_it_is(case: str) -> None:
    title, text, primary, reason = REASONS[case]
    assert news(title, text, primary=primary).reason == reason


def test_a_paper_is_summed_up_by_its_authors_and_not_told_by_an_outlet() -> None:
    text = "We evaluate ranking with 31 models on 12 sets; accuracy rises by 4.1 %."
    assert news("Counting in models", text, primary=False).reason == "facts and figures, told by an outlet"
    assert news("Counting in models", text, primary=False, paper=True).reason == "a paper, as its authors sum it up"


def test_a_round_up_is_called_one() -> None:
    judged = news("Harrowby Bans Scores, Ostrelith Opens Up, Chips Get Cheaper", "Thornveld released 3 chips.", primary=False, newsletter=True)  # fmt: skip
    assert (judged.rating, judged.reason) == (3, "a round-up of what others published")


@pytest.mark.parametrize("text", ["It opened on June 12, 2026 at 14:30.", "It opened on 12 June.", "Ostrelith-5.2 and Ostrelith Opus 4.5 are tested.", "6 月 12 日 2026/06/12"])  # fmt: skip
def test_days_and_versions_are_no_figures(text: str) -> None:
    assert news("Training in Harrowby", text).features["specifics"] == 0


def test_an_advert_of_a_book_and_a_call_are_never_published() -> None:
    assert news("Introducing our new eBook: scaling teams").rating == 1
    assert news("Ostrelith: call for community projects", "Send us projects.").rating == 1


@pytest.mark.parametrize(("text", "told"), [
    ("Nobody in Harrowby remembers the May 2021 launch of Ostrelith.", False),
    ("Models can now find faults by themselves.", False),
    ("Ann has published two of her essays.", False),
    ("Developers can now pin routes.", True),
    ("We published the weights of the model.", True),
])  # fmt: skip
def test_a_release_is_told_and_not_remembered(text: str, told: bool) -> None:
    assert ("announced" in news("The week at Orrelune", text).features) is told


@pytest.mark.parametrize("title", ["Thornveld earnings drop in spring", "Shares of Nestrel jump on a chip deal", "索恩净利润翻倍"])  # fmt: skip
def test_results_of_a_business_are_a_two(title: str) -> None:
    assert news(title, "It sold 41 % more in 3 regions.", primary=False).rating == 2


def test_tools_that_happen_to_be_open_are_no_release() -> None:
    assert "announced" not in news("Attacks by models", "A pair of open-source tools was enough for them.").features
    assert "announced" in news("Quillon", "We have open-sourced Quillon today.").features


@pytest.mark.parametrize(("title", "text"), [
    ("Orrelune and Harrowby launch a training initiative for teachers", ""),
    ("Orrelune signs the pledge of Harrowby", ""),
    ("Listening to towns", "Orrelune launches an initiative to hear 40 towns in 3 lands."),
    ("Introducing Harrowby Notes", "Here begins a new Orrelune blog on towns and models."),
])  # fmt: skip
def test_lessons_pledges_and_talk_are_nothing_to_build_with(title: str, text: str) -> None:
    judged = news(title, text)
    assert (judged.rating, judged.reason) == (2, "an initiative, nothing to build with")
    assert news(title, text, primary=False).reason != judged.reason


def test_a_release_to_use_beside_an_initiative_is_a_release() -> None:
    text = "With an initiative for teachers comes Ostrelith 3, with open weights under Apache-2.0, at $3 per million tokens and 41 languages."
    assert news("Orrelune releases Ostrelith 3", text).rating == 5


def test_what_only_names_a_kind_of_news_is_no_merit_of_it() -> None:
    assert news("Orrelune launches a chatbot on June 12").features["shipped"] == 0


@pytest.mark.parametrize("title", ["Orrelune appoints Ann Marrow as head of Harrowby", "Lin Sand joins Orrelune as chief technology officer", "Orrelune officially opens its Eastmarle office"])  # fmt: skip
def test_who_gets_a_post_is_nothing_to_build_with_when_the_house_itself_tells_it(title: str) -> None:
    assert news(title).reason == "an appointment or an office, nothing to build with"
    assert news(title, primary=False).reason != "an appointment or an office, nothing to build with"


def test_an_explanation_by_an_outlet_needs_figures() -> None:
    assert news("Why the launch of Ostrelith matters", "It was launched.", primary=False).rating == 2
    assert (
        news("How a law protects workers", "It fines firms $4,000 for 12 cases in 31 towns.", primary=False).rating == 3
    )
    assert news("How our feed ranks", "We launch our ranking model today.").rating == 3


def test_open_weights_under_a_named_licence_need_one_figure_less() -> None:
    text = "We release Ostrelith Voice with open weights under the Apache 2.0 license; it answers in 200 ms."
    assert news("Ostrelith Voice", text).rating == 5
    assert news("Ostrelith Voice", text.replace("under the Apache 2.0 license", "today")).rating == 4


def test_a_probe_that_is_launched_is_no_release() -> None:
    judged = news("Harrowby launches a privacy probe into chatbots", primary=False)
    assert (judged.rating, judged.reason) == (3, "a move told by a named outlet")
    assert "announced" not in news("An introduction to agents").features


@pytest.mark.parametrize("title", ["All the updates of our assistants in May", "Ostrelith in June: a recap", "Our year in review", "本周回顾：智能体"])  # fmt: skip
def test_a_recap_is_a_two_and_a_newsletters_is_its_trade(title: str) -> None:
    assert news(title, "We launched 3 models.").reason == "a recap of what was told before"
    assert news(title, "Thornveld launched 3 models.", primary=False, newsletter=True).rating == 3


def test_a_newsletter_offers_nothing_to_use() -> None:
    judged = news("A winter for small models", "Orrelune launched a model of 31B.", primary=False, newsletter=True)
    assert (judged.rating, judged.reason) == (3, "a newsletter's account")


def test_a_move_in_a_headline_is_no_release_because_its_text_mentions_one() -> None:
    assert news("Orrelune accuses Thornveld of copying", "Thornveld launched a chatbot.", primary=False).reason == "a move told by a named outlet"  # fmt: skip


def test_faults_found_in_number_are_facts_and_a_talk_on_a_stage_is_none() -> None:
    assert news("A town audit lists 310 zero-day flaws", primary=False).rating == 3
    assert news("Harrowby hears of AI", "In a panel discussion 3 firms spoke of AI training.", primary=False).rating == 2  # fmt: skip


def test_how_a_technique_is_used_is_told_with_one_figure() -> None:
    assert news("How Nestrel moved its ranking", "Its ranking needs 28% less energy.", primary=False).rating == 3
    assert (
        news("A draft on voices", "The ministry publishes a draft rule for synthetic voices.", primary=False).reason
        == "a policy draft"
    )


@pytest.mark.parametrize("title", ["Ostrelith can now read files", "New coding models and integrations", "Orrelune published its rules for models"])  # fmt: skip
def test_a_headline_of_something_new_to_have_is_a_release(title: str) -> None:
    assert news(title).rating == 3


def test_what_a_study_finds_is_a_three_and_an_ambassador_a_two() -> None:
    judged = news("Study finds that a model copies its judges", primary=False)
    assert (judged.rating, judged.reason) == (3, "a finding of a study, told by an outlet")
    assert news("Orrelune signs a painter as brand ambassador").rating == 2


def test_an_end_of_service_told_by_its_maker_with_a_day_is_a_four() -> None:
    assert news("Hosted Ostrelith 2 endpoints close in autumn", "They stop on 1 September.").rating == 4
    assert news("Hosted Ostrelith 2 endpoints close in autumn", "They stop.").rating == 3


def test_a_compiler_that_is_published_is_a_release_and_a_published_draft_is_none() -> None:
    assert "announced" in news("Umbrafell opens", "Thornveld has published the compiler of its chips.").features
    assert "announced" not in news("A rule on voices", "The ministry has published a first draft.").features
