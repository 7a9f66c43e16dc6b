"""Issues in the shapes of published ones, with both editors: what is counted is what is printed, organisations stand once,
threads hold to the checklist, summaries end where a sentence does, and both languages say the same."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from tests.outputs.mail_reading import parsed, part
from tests.pipeline import seed_shapes as shapes
from tests.pipeline.seed_shapes import SHAPES, Shape
from tests.servers.model import ModelServer
from tests.servers.newsroom import Desk
from tests.servers.personalities import honest

from digester.analysis.lint import lint
from digester.domain.issue import Census, Issue, Sentence
from digester.domain.site import Site, card_of
from digester.outputs import collections
from digester.pipeline import compose
from digester.pipeline.draft import Draft
from digester.ports import Shelf

pytestmark = pytest.mark.slow
LANGUAGES = ("en", "zh")
ENDS = (".", "。", "!", "?", "！", "？", "”", "」")
FORMATS = ("en.md", "zh.md", "en.html", "zh.html", "en.eml", "zh.eml")
WEEKLIES = ("census", "companies", "threads")
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u27bf]")


@dataclass(frozen=True)
class Made:
    """An issue that was made, and the workspace that holds its files."""

    desk: Desk
    shape: Shape
    issue: Issue

    def page(self, end: str) -> str:
        """What a reader reads of a file; of a mail its plain part."""
        text = shapes.printed(self.desk, self.shape, end)
        if end.endswith("eml"):
            return part(parsed(text.encode()), "plain")
        return shapes.text_of(text) if end.endswith("html") else text

    def subject(self, language: str) -> str:
        return str(parsed(shapes.printed(self.desk, self.shape, f"{language}.eml").encode())["Subject"])

    def feed(self, language: str) -> dict[str, str]:
        """The entry of the issue in the JSON feed of a language."""
        shelf = Shelf(Site(), (card_of(self.issue),), {self.issue.id: self.issue}.__getitem__)
        path = "feed.json" if language == "en" else f"{language}/feed.json"
        (leaf,) = [leaf for leaf in collections()["feed"].leaves(shelf) if leaf.path == path]
        (entry,) = json.loads(leaf.body())["items"]
        return dict(entry)

    def prose(self, language: str) -> list[str]:
        """Every sentence, heading, headline, name and summary, as the record has it."""
        i = self.issue
        texts = [*(s.text for s in i.sentences()), *(t.name for t in i.threads), i.summary, i.title]
        texts += [*(s.heading for s in i.sections), *(p.headline for p in i.picks()), *(p.reason for p in i.picks())]
        return [t.get(language) or t.get("en", "") for t in texts]


@pytest.fixture(scope="module", params=["embedded", "model"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Made]]:
    """The issue of each shape by one of the editors."""
    with ModelServer(honest) as server:
        model = {"DIGESTER_LLM__FAST": "small", "DIGESTER_LLM__STRONG": "big", "DIGESTER_LLM__BASE_URL": server.url}
        found = {}
        for name, shape in SHAPES.items():
            desk = shapes.filled(tmp_path_factory.mktemp(name) / "desk", shape)
            desk.env = model if request.param == "model" else {}
            found[name] = Made(desk, shape, shapes.made(desk, shape))
        assert bool(server.calls) == (request.param == "model")
        yield found


def cards(page: str) -> Counter[int]:
    """The items of a Markdown page by the number of their stars."""
    return Counter(stars.count("★") for stars in re.findall(r"(?m)^(★[★☆]{4}) ", page))


# ------------------------------------------------------------------ the census
def test_a_week_of_23_is_counted_as_5_10_and_8_with_six_online_tests(made: dict[str, Made]) -> None:
    m = made["census"]
    c = m.issue.census
    assert (c.published, dict(c.by_rating), c.with_online_ab) == (23, {"5": 5, "4": 10, "3": 8}, 6)
    assert Counter(p.rating for p in m.issue.picks()) == {5: 5, 4: 10, 3: 8}
    generative = next(s for s in m.issue.sections if s.theme == "Generative Recommendation")
    assert len(generative.picks) == 6
    tested = [p for p in m.issue.picks() if p.facts["evidence"] == "online_ab"]
    assert len(tested) == 6


@pytest.mark.parametrize("end", FORMATS)
def test_every_format_prints_the_census_and_as_many_items(made: dict[str, Made], end: str) -> None:
    m = made["census"]
    page = " ".join(m.page(end).split())
    said = {
        "en": "23 announced (cs.IR 23), 23 in scope, 23 published: 5x5, 10x4, 8x3; 6 with online A/B; 15 industrial",
        "zh": "公布 23 篇（cs.IR 23），范围内 23 篇，收录 23 篇，5 分 5 篇，4 分 10 篇，3 分 8 篇；含线上 A/B 6 篇；工业界 15 篇",
    }[end[:2]]  # fmt: skip
    assert page.count(said) == 1
    for pick in m.issue.picks():
        assert pick.url in shapes.printed(m.desk, m.shape, end) or end.endswith("eml")
        assert pick.title.partition(":")[0] in page, pick.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_items_that_are_rendered_are_those_that_are_counted(made: dict[str, Made], language: str) -> None:
    for name in WEEKLIES:
        m = made[name]
        assert cards(m.page(f"{language}.md")) == {int(r): n for r, n in m.issue.census.by_rating.items() if n}, name
        table = re.findall(r"(?m)^\| ([345]) \| \[", m.page(f"{language}.md"))
        assert len(table) == m.issue.census.published


# ----------------------------------------------------------- companies, threads
def test_five_companies_with_figures_stand_in_three_threads_of_two_organisations_each(made: dict[str, Made]) -> None:
    i = made["companies"].issue
    with_figures = {p.organisations[0].name for p in i.picks() if any(c.evidence == "online_ab" for c in p.claims)}
    assert len(with_figures) == 5
    assert len(i.threads) == 3
    by_story = {p.story_id: p for p in i.picks()}
    for thread in i.threads:
        orgs = {by_story[s].organisations[0].name for s in thread.picks if by_story[s].organisations}
        assert len(orgs) >= 2, thread.name
        assert thread.sentences[-1].kind == "synthesis" and len(thread.sentences[-1].cites) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thread_tells_one_signed_figure_a_paper_with_evidence_and_hedge(made: dict[str, Made], language: str) -> None:
    i = made["companies"].issue
    by_item = {p.lead_item_id: p for p in i.picks()}
    level = {"en": "online A/B", "zh": "线上 A/B"}[language]
    told = 0
    for thread in i.threads:
        for s in thread.sentences:
            if s.rule == "composed:member" or s.rule.startswith("written"):
                pick, text = by_item[s.cites[0]], s.text[language]
                figures = re.findall(r"[+-]\d[\d.]*%", text)
                assert len(figures) == (1 if pick.claims else 0), text
                assert not pick.claims or level.lower() in text.lower(), text
                told += len(figures)
    assert told == 5
    (hedged,) = [s for t in i.threads for s in t.sentences if "1.3%" in s.text["en"]]
    assert {"en": "up to +1.3%", "zh": "最高 +1.3%"}[language] in hedged.text[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_problem_stands_before_the_first_paper_of_a_thread(made: dict[str, Made], language: str) -> None:
    for name in WEEKLIES:
        for v in lint(made[name].issue, [language]):
            assert v.check not in ("thread-problem", "thread-member", "thread-conclusion", "thread-papers"), v


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_organisation_is_named_once_wherever_it_is_named(made: dict[str, Made], language: str) -> None:
    for name in WEEKLIES:
        m = made[name]
        orgs = {o.name for p in m.issue.picks() for o in p.organisations}
        assert len(orgs) >= 5
        texts = [*m.prose(language), m.subject(language), m.feed(language)["summary"]]
        for text, org in ((t, o) for t in texts for o in orgs):
            assert text.count(org) <= 1, text
            assert not re.search(rf"{org}(?:'s|’s| 的|的|:|：| )[^.。;；]*[(（]{org}[)）]", text), text
        printed = " ".join(m.page(f"{language}.{end}") for end in ("md", "html", "eml"))
        for org in orgs:
            assert not re.search(rf"{org}(?:'s|’s| 的) [\w-]+ ?[(（]{org}[)）]", printed)


def test_five_sides_of_one_theme_and_four_of_another_make_two_threads_without_a_paper_twice(
    made: dict[str, Made],
) -> None:
    i = made["threads"].issue
    assert [(s.theme, len(s.picks)) for s in i.sections] == [
        ("Generative Recommendation", 5),
        ("Agents and Reasoning", 4),
    ]
    assert [t.name["en"] for t in i.threads] == ["Generative Recommendation", "Agents and Reasoning"]
    for m in made.values():
        picks = [p for t in m.issue.threads for p in t.picks]
        assert len(picks) == len(set(picks))
        assert all(2 <= len(t.picks) <= 4 for t in m.issue.threads)


# ----------------------------------------------------------------- inventory
@pytest.mark.parametrize("end", FORMATS)
def test_the_inventory_of_a_day_is_printed_in_every_format(made: dict[str, Made], end: str) -> None:
    page = " ".join(made["inventory"].page(end).split())
    said = {"en": "26 posts, 21 articles, 5 repositories, 1 episode", "zh": "帖文 26，文章 21，仓库 5，播客 1"}[end[:2]]
    assert page.count(said) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_inventory_of_a_day_is_what_is_rendered(made: dict[str, Made], language: str) -> None:
    m = made["inventory"]
    counted = {s.slug: len(s.picks) for s in m.issue.sections}
    assert counted == {"featured": 5, "more": 16, "posts": 26, "trending": 5, "podcasts": 1}
    assert m.issue.census.seen == {"articles": 21, "posts": 26, "repositories": 5, "episodes": 1}
    page = m.page(f"{language}.md")
    assert len(re.findall(r"(?m)^- ★", page)) == 16
    assert len(re.findall(r"(?m)^- \*\*[A-Z]", page)) == 26
    assert len(re.findall(r"(?m)^\| \[\w+/\w+\]", page)) == 5
    assert len(re.findall(r"(?m)^- \*\*00:\d\d:\d\d\*\*", page)) == 3
    assert len(re.findall(r"(?m)^### \d+\. ", page)) == 5  # an episode has no number
    assert len(m.issue.picks()) == 53


# ------------------------------------------------------------------ all shapes
@pytest.mark.parametrize("name", sorted(SHAPES))
def test_the_issue_keeps_to_the_standard_and_to_its_sources(made: dict[str, Made], name: str) -> None:
    m = made[name]
    assert m.issue.languages == LANGUAGES
    assert m.issue.checks.refused == 0
    args = (m.shape.kind, "--date", m.shape.period)
    assert [v for v in m.desk.json("lint", *args)["violations"] if v["hard"]] == []
    assert m.desk.json("verify", *args)["findings"] == []


@pytest.mark.parametrize("name", sorted(SHAPES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_is_whole_sentences_on_every_surface(made: dict[str, Made], name: str, language: str) -> None:
    m = made[name]
    summary = m.issue.summary[language]
    assert 0 < len(summary) <= 280
    assert summary.endswith(ENDS) and "…" not in summary
    counted = (s for s in m.issue.overview if s.rule != "computed:lowered")
    lead = [*counted, *(t.sentences[0] for t in m.issue.threads)]
    assert _made_of(summary, [s.text[language] for s in lead])
    assert m.feed(language)["summary"] == summary
    assert f'summary: "{summary}"' in m.page(f"{language}.md")
    if m.shape.papers:
        assert str(m.issue.census.published) in summary and str(m.issue.census.with_online_ab) in summary
    assert len(m.subject(language)) <= 70


def test_a_summary_leaves_out_a_sentence_that_does_not_fit_and_cuts_none() -> None:
    def said(name: str, length: int) -> Sentence:
        return Sentence(name, "derived", {"en": f"{name} {'word ' * (length // 5)}end."})

    draft = Draft((), (said("Lead", 90),), (), (), (), (), Census(0, {}, 0, 0, {}, 0, 0, 0))
    whole = compose._summary(replace(draft, overview=(said("Lead", 90), said("Second", 250))), "en", True)
    assert whole == said("Lead", 90).text["en"]
    fits = compose._summary(replace(draft, overview=(said("Lead", 90), said("Second", 120))), "en", True)
    assert fits == f"{said('Lead', 90).text['en']} {said('Second', 120).text['en']}"
    giant = compose._summary(replace(draft, overview=(said("Lead", 400),)), "en", True)
    assert len(giant) <= 280 and giant.endswith("word…")


def _made_of(summary: str, sentences: Sequence[str]) -> bool:
    """True when the summary is the first of these sentences, whole, in order."""
    return any(summary in ("".join(sentences[:n]), " ".join(sentences[:n])) for n in range(1, len(sentences) + 1))


@pytest.mark.parametrize("name", sorted(SHAPES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_carries_the_counts_of_the_page(made: dict[str, Made], name: str, language: str) -> None:
    m = made[name]
    content = shapes.text_of(m.feed(language)["content_html"])
    census = re.search(r"(?m)^\*\*(.*)\*\*$", m.page(f"{language}.md"))
    assert census is not None and census[1] in content


@pytest.mark.parametrize("name", sorted(SHAPES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_prose_has_no_emoji_exclamation_or_bracket_behind_a_bracket(
    made: dict[str, Made], name: str, language: str
) -> None:
    for text in made[name].prose(language):
        assert not EMOJI.search(text), text
        assert "!" not in text and "！" not in text, text
        assert ") (" not in text and "）（" not in text, text


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_both_languages_have_the_same_items_order_figures_and_links(made: dict[str, Made], name: str) -> None:
    m = made[name]
    en, zh = (shapes.printed(m.desk, m.shape, f"{language}.md") for language in LANGUAGES)
    links = [re.findall(r"https?://[^\s)>]+", re.sub(r"(?m)^\[p?\d+\]: .*$", "", page)) for page in (en, zh)]
    assert links[0] == links[1]
    assert [re.findall(r"(?m)^\[\d+\]: (\S+)$", page) for page in (en, zh)] == [[p.url for p in m.issue.picks()]] * 2
    ours = [s for s in m.issue.sentences() if s.kind != "quote"]
    both = [s for s in ours if set(LANGUAGES) <= set(s.text)]
    assert len(both) >= 0.95 * len(ours)
    for s in both:
        figures = [sorted(re.findall(r"[+-]\d[\d.]*%", s.text[language])) for language in LANGUAGES]
        assert figures[0] == figures[1] or s.rule == "quoted", s.text
    rows = [re.findall(r"(?m)^\| .*?([+-][\d.]+%)", page) for page in (en, zh)]
    assert rows[0] == rows[1] and bool(rows[0]) == bool(m.shape.papers)
