"""The pages of the site: whole without scripts, every link leads somewhere, both languages show the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree
from lxml.html import HtmlElement
from tests.fulltext.drawn import png
from tests.outputs.hostile_samples import HOSTILE, hostile
from tests.outputs.issue_samples import DRAWING, GRANITE, WHALE, daily, weekly
from tests.outputs.note_samples import loom, written
from tests.outputs.site.crawl import active, dead_links, pages, tree
from tests.outputs.site.site_samples import BOTH, built, dailies, later, leaves, shelf

from digester.domain.issue import Issue, Section
from digester.domain.posts import Post
from digester.domain.site import Site
from digester.outputs.json import load
from digester.outputs.site._fixed import for_machines
from digester.outputs.site._frame import script_json

URL = Site("https://digest.example/news", contact="mail@digest.example")
KINDS = ("index.html", "subjects.html", "organisations.html", "organisation/velmarque.html", "archive/index.html",
         "archive/2026.html", "about.html", "search.html", "tag/weekly.html", "kind/rec-weekly.html", "404.html")  # fmt: skip


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return built(shelf([weekly(), *dailies(30)]))


@pytest.fixture(scope="module")
def public() -> dict[str, bytes]:
    return built(shelf(BOTH, URL))


def text(root: HtmlElement) -> str:
    return re.sub(r"\s+", " ", root.text_content())


def test_every_link_and_fragment_exists(site: Mapping[str, bytes]) -> None:
    assert len(pages(site)) > 100 and dead_links(site) == []


def test_a_dead_link_would_be_seen(site: Mapping[str, bytes]) -> None:
    without = {path: body for path, body in site.items() if path != "organisation/velmarque.html"}
    assert any("velmarque" in line for line in dead_links(without))


def test_r04_r12_nothing_runs_and_nothing_is_asked_for(site: Mapping[str, bytes]) -> None:
    assert [line for path in pages(site) for line in active(path, site[path])] == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_page_has_one_heading_a_main_part_and_a_way_on(site: Mapping[str, bytes], kind: str) -> None:
    root = tree(site[kind])
    assert len(root.xpath("//h1")) == 1 and len(root.xpath("//main[@id='main']")) == 1
    assert root.xpath("//a[@class='skip']/@href") == ["#main"] and root.get("lang") == "en"
    assert root.xpath("//title")[0].text and len(root.xpath("//header//nav//a")) >= 6


def test_both_languages_have_the_same_pages(site: Mapping[str, bytes]) -> None:
    fixed = {p for p in pages(site) if not p.startswith("zh/") and p != "404.html"}
    english = {p for p in fixed if not p.startswith("article/")}
    assert {f"zh/{p}" for p in english} == {p for p in pages(site) if p.startswith("zh/") and "article/" not in p}
    assert len([p for p in pages(site) if p.startswith("zh/article/")]) == len(
        [p for p in fixed if p.startswith("article/")]
    )


def test_both_languages_show_the_same_issues_in_the_same_order(site: Mapping[str, bytes]) -> None:
    for path in ("index.html", "page/1.html", "tag/ai.html", "organisation/velmarque.html"):
        one, other = tree(site[path]), tree(site[f"zh/{path}"])
        days = [root.xpath("//li[@class='entry']//time/@datetime") for root in (one, other)]
        assert days[0] == days[1] and days[0]
        figures = [
            [re.sub(r"[^0-9.+-]", "", b.text) for b in root.xpath("//*[@class='fig']/b")] for root in (one, other)
        ]
        assert figures[0] == figures[1]


def test_a_page_leads_to_itself_in_the_other_language(site: Mapping[str, bytes]) -> None:
    assert tree(site["tag/ai.html"]).xpath("//p[@class='switch']/a/@href") == ["../zh/tag/ai.html"]
    article = tree(site["zh/article/rec-weekly-2026-W25.html"])
    assert article.xpath("//p[@class='switch']/a/@href") == ["../../article/rec-weekly-en-2026-W25.html"]


def test_an_issue_in_one_language_is_listed_in_the_other_and_marked() -> None:
    made = built(shelf([replace(daily(), languages=("en",)), weekly()]))
    entry = tree(made["zh/index.html"]).xpath("//li[@class='entry']")[0]
    assert entry.xpath(".//h2/a/@href") == ["../article/ai-daily-en-2026-06-20.html"]
    assert entry.xpath(".//*[@class='tongue']/@lang") == ["en"] and "zh/article/ai-daily-2026-06-20.html" not in made
    assert (
        tree(made["article/ai-daily-en-2026-06-20.html"]).xpath("//p[@class='switch']") == [] and dead_links(made) == []
    )


def test_words_of_another_language_carry_it() -> None:
    issue = replace(weekly(), summary={"en": "English only."})
    summary = tree(built(shelf([issue]))["zh/index.html"]).xpath("//p[@class='summary']")[0]
    assert summary.get("lang") == "en" and summary.text == "English only."


def test_the_home_page_shows_whole_summaries_newest_first(site: Mapping[str, bytes]) -> None:
    root = tree(site["index.html"])
    days = root.xpath("//li[@class='entry']//time/@datetime")
    assert days == sorted(days, reverse=True) and 12 <= len(days) < 24
    assert daily().summary["en"] in text(root)


def test_older_pages_are_chained_to_the_first_issue(site: Mapping[str, bytes]) -> None:
    seen, path = [], "index.html"
    while path:
        root = tree(site[path])
        seen += root.xpath("//li[@class='entry']//h2/a/@href")
        links = root.xpath("//a[@rel='next']/@href")
        path = links[0] if path == "index.html" and links else f"page/{links[0]}" if links else ""
    assert len(seen) == 31 and len({s.split("/")[-1] for s in seen}) == 31


def test_essays_stand_on_top_with_their_language() -> None:
    posts = [
        Post("taste", "推荐系统的品味", "taste", "zh", "首段。\n\n## 二\n\n$x_i$", date(2026, 6, 1), pinned=1),
        Post("plain", "A Plain Piece", "plain", "en", "First words.", date(2026, 6, 2)),
    ]
    made = built(shelf(BOTH, posts=posts))
    item = tree(made["index.html"]).xpath("//section[@class='pinned']//li")[0]
    assert (
        item.get("lang") == "zh"
        and item.xpath(".//a/@href") == ["zh/essay/taste.html"]
        and item.xpath(".//*[@class='tongue']")
    )
    assert tree(made["essays.html"]).xpath("//main//a/@href") == ["essay/plain.html", "zh/essay/taste.html"]
    page = tree(made["zh/essay/taste.html"])
    assert "首段。" in text(page.find(".//main")) and page.find(".//main//math") is not None
    assert page.xpath("//nav//a[@aria-current]/@href") == ["../essays.html"]
    assert dead_links(made) == []


def test_two_essays_of_one_address_have_a_page_each() -> None:
    twins = [Post(name, name.title(), "Same", "en", f"Words of {name}.") for name in ("first", "second")]
    made = built(shelf(BOTH, posts=twins))
    pages = [p for p in made if p.startswith("essay/")]
    assert len(pages) == 2 and dead_links(made) == []


def test_notes_have_a_page_each_and_a_list_by_topic() -> None:
    made = built(shelf(BOTH, notes=[loom(), written()]))
    pages = [p for p in made if "notes/" in p]
    assert {"notes/index.html", "zh/notes/index.html"} < set(pages)
    assert dead_links(made) == []
    for page in pages:
        assert tree(made[page]).xpath("//nav//a[@aria-current]/@href")
    assert "notes/index.html" not in built(shelf(BOTH))


def test_the_ledger_stands_in_the_frame_of_the_site() -> None:
    made = built(shelf(BOTH))
    root = tree(made["ab/index.html"])
    assert root.xpath("//nav//a[@aria-current]/@href") == ["index.html"]
    assert "+1.24%" in text(root.find(".//main"))
    assert {"ab/ledger.csv", "ab/ledger.json", "zh/ab/index.html"} <= set(made)


def test_neighbours_are_of_the_same_kind_and_language(site: Mapping[str, bytes]) -> None:
    root = tree(site["article/ai-daily-en-2026-06-22.html"])
    assert root.xpath("//a[@rel='prev']/@href") == ["ai-daily-en-2026-06-21.html"]
    assert root.xpath("//a[@rel='next']/@href") == ["ai-daily-en-2026-06-23.html"]
    assert tree(site["article/rec-weekly-en-2026-W25.html"]).xpath("//main/nav[@class='pager']") == []


def test_a_claim_opens_the_words_it_rests_on(site: Mapping[str, bytes]) -> None:
    root = tree(site["article/rec-weekly-en-2026-W25.html"])
    target = root.xpath("//span[@class='fig'][contains(., 'CTR')]//button/@popovertarget")[0]
    shown = root.get_element_by_id(target)
    assert "popover" in shown.attrib and "Clicks rose by 1.24% and orders by 0.83%" in text(shown)
    assert shown.xpath(".//a/@href")[0].startswith("https://arxiv.example/html/2606.90011v1#:~:text=")


def test_downloads_are_the_record_and_the_text(site: Mapping[str, bytes]) -> None:
    root = tree(site["zh/article/rec-weekly-2026-W25.html"])
    links = root.xpath("//p[@class='downloads']/a/@href")
    own = [f"rec-weekly-2026-W25.{end}" for end in ("md", "csv", "bib")]
    assert links == ["../../article/rec-weekly-en-2026-W25.json", *own]
    daily_links = tree(site["article/ai-daily-en-2026-06-22.html"]).xpath("//p[@class='downloads']/a/@href")
    assert daily_links == ["ai-daily-en-2026-06-22.json", "ai-daily-en-2026-06-22.md"]
    assert site["zh/article/rec-weekly-2026-W25.bib"].startswith(b"@misc{")
    assert load(site["article/rec-weekly-en-2026-W25.json"]) == weekly()


def test_what_others_write_is_linked_when_it_is_there() -> None:
    made, without = built(shelf(BOTH, others=["feed.xml"])), built(shelf(BOTH))
    links = tree(made["index.html"]).xpath("//nav//a/@href")
    assert "ab/index.html" in links and "notes/index.html" not in links and "essays.html" not in links
    assert tree(made["about.html"]).xpath("//link[@type='application/rss+xml']/@href") == ["feed.xml"]
    assert not any("feed" in h for h in tree(without["index.html"]).xpath("//@href"))


def test_absolute_addresses_only_with_a_public_one(site: Mapping[str, bytes], public: Mapping[str, bytes]) -> None:
    root = tree(public["zh/article/rec-weekly-2026-W25.html"])
    own = "https://digest.example/news/zh/article/rec-weekly-2026-W25.html"
    assert root.xpath("//link[@rel='canonical']/@href") == [own] == root.xpath("//meta[@property='og:url']/@content")
    languages = dict(zip(root.xpath("//link/@hreflang"), root.xpath("//link[@hreflang]/@href"), strict=True))
    assert languages["zh-Hans"] == own and languages["x-default"] == languages["en"].replace("/zh", "")
    assert json.loads(root.xpath("//script")[0].text)["url"] == own
    assert not any(b"digest.example" in body for body in site.values()) and "sitemap.xml" not in site


def test_the_map_names_every_page_once(public: Mapping[str, bytes]) -> None:
    root = etree.fromstring(public["sitemap.xml"])
    named = [e.text for e in root.iter("{*}loc")]
    shown = {p.removesuffix("index.html") if p.endswith("index.html") else p for p in pages(public) if p != "404.html"}
    assert sorted(named) == sorted(f"https://digest.example/news/{p}" for p in shown)
    assert b"Sitemap: https://digest.example/news/sitemap.xml" in public["robots.txt"]


@pytest.mark.parametrize(("number", "folder", "parts"), [(50_000, "", 1), (50_001, "", 2), (26_000, "x" * 1_950, 2)])
def test_pages_that_one_map_may_not_name_stand_in_several(number: int, folder: str, parts: int) -> None:
    given = [f"article/{n:06}.html" for n in range(number)]
    where = Site(f"https://digest.example/{folder}")
    made = {leaf.path: leaf.body() for leaf in for_machines(where, given, {given[-1]: "2026-06-20"}, "key")}
    maps = [name for name in made if name != "robots.txt"]
    index = etree.fromstring(made.pop("sitemap.xml"))
    if parts > 1:
        assert etree.QName(index).localname == "sitemapindex" and len(maps) == parts + 1
        assert [e.text for e in index.iter("{*}loc")] == [where.address(f"sitemap-{n + 1}.xml") for n in range(parts)]
        assert [e.text for e in index.iter("{*}lastmod")][-1] == "2026-06-20"
    leaves_ = [index] if parts == 1 else [etree.fromstring(made[f"sitemap-{n + 1}.xml"]) for n in range(parts)]
    assert [e.text for part in leaves_ for e in part.iter("{*}loc")] == [where.address(p) for p in given]
    assert all(len(part) <= 50_000 for part in leaves_) and all(len(body) <= 50_000_000 for body in made.values())


def test_the_missing_page_has_absolute_links(public: Mapping[str, bytes]) -> None:
    root = tree(public["404.html"])
    assert all(h.startswith(("https://digest.example/news/", "#", "data:")) for h in root.xpath("//@href"))
    assert root.xpath("//section/@lang") == ["en", "zh-Hans"] and root.xpath("//meta[@name='robots']/@content") == [
        "noindex"
    ]


def test_the_policy_names_the_contact_and_promises_no_tracking(public: Mapping[str, bytes]) -> None:
    for path in ("about.html", "zh/about.html"):
        root = tree(public[path])
        assert root.xpath("//a[starts-with(@href, 'mailto:')]/@href") == ["mailto:mail@digest.example"]
        assert root.xpath("//h2/@id") == [
            "made",
            "sentences",
            "quotations",
            "corrections",
            "takedown",
            "contact",
            "privacy",
        ]


@pytest.mark.parametrize("payload", HOSTILE)
def test_r01_r06_hostile_words_stay_words(payload: str) -> None:
    made = built(shelf([hostile(payload), daily()], URL))
    assert [line for path in pages(made) for line in active(path, made[path])] == []
    assert dead_links(made) == []
    folded = re.sub(r"\s+", " ", payload).strip()
    assert folded in text(tree(made["index.html"]))
    article = next(p for p in made if p.startswith("article/") and p.endswith(".html") and "ai-daily" not in p)
    assert json.loads(tree(made[article]).xpath("//script")[0].text)["headline"] == payload


def test_r08_issues_with_the_same_slug_have_pages_of_their_own() -> None:
    twin = replace(later(daily(), 1), slug=daily().slug)
    made = built(shelf([twin, daily()]))
    found = [p for p in made if p.startswith("article/") and p.endswith(".html")]
    assert len(found) == 2 and "article/ai-daily-en-2026-06-20.html" in found and dead_links(made) == []
    assert daily().title["en"] in text(tree(made["article/ai-daily-en-2026-06-20.html"]))


@pytest.mark.parametrize("slug", ["../../x", "/etc/x", "a\0b", "CON", "x.", "x" * 300, "😀", "!?", "", "Index"])
def test_r08_no_slug_leads_out(slug: str) -> None:
    made = built(shelf([replace(weekly(), slug={"en": slug, "zh": slug})]))
    assert (
        all(re.fullmatch(r"(?:[a-z0-9_-][A-Za-z0-9_-]*/)*[A-Za-z0-9_-]+\.[a-z]+", p) for p in made)
        and dead_links(made) == []
    )


def test_r11_json_in_a_page_cannot_end_its_element() -> None:
    value = {"a": "</script><script>alert(1)</script><!--", "b": "\u2028&"}
    assert not re.search("[<>&\u2028]", script_json(value)) and json.loads(script_json(value)) == value


def test_r13_no_issue_is_a_clear_page() -> None:
    made = built(shelf([]))
    assert "Nothing has been published yet." in text(tree(made["index.html"])) and "尚未发布" in text(
        tree(made["zh/index.html"])
    )
    assert dead_links(made) == [] and "organisations.html" not in made
    assert tree(made["index.html"]).xpath("//nav//a/text()") == ["Latest", "Archive", "Search", "About"]


def test_r13_one_issue_has_neither_neighbours_nor_older_pages() -> None:
    made = built(shelf([weekly()]))
    assert dead_links(made) == [] and not [p for p in made if "/page/" in p or p.startswith("page/")]


@pytest.mark.slow
def test_r13_an_issue_of_5000_items_is_one_whole_page() -> None:
    many = tuple(
        replace(GRANITE, sentences=(), claims=(), story_id=f"s{n}", lead_item_id=f"i{n}", work=f"arxiv:{n}")
        for n in range(5000)
    )
    issue = replace(weekly(), sections=(Section("long", {"en": "Long"}, (), many),), threads=())
    made = leaves(shelf([issue], Site(languages=("en",))))
    assert len(tree(made["article/rec-weekly-en-2026-W25.html"].body()).xpath("//article")) == 5000
    assert "5,000 stories" in text(tree(made["organisation/lishi.html"].body()))


def chained() -> list[Issue]:
    """Three weeks of one theme under two names, newest first."""
    base, weeks = weekly(), []
    for n, name in enumerate(("Long sequences", "Long sequences", "Whole histories")):
        issue = later(base, 7 * n)
        thread = replace(
            base.threads[0], id=f"t{n}", name={"en": name, "zh": f"长序列 {n}"}, previous_id=f"t{n - 1}" if n else ""
        )
        weeks.append(replace(issue, threads=(thread,)))
    return weeks[::-1]


def test_a_theme_has_its_weeks_under_its_first_name() -> None:
    made = built(shelf(chained()))
    root = tree(made["theme/long_sequences.html"])
    assert text(root.xpath("//h1")[0]) == "Whole histories" and len(root.xpath("//li[@class='entry']")) == 3
    assert "theme/whole_histories.html" not in made and "长序列 2" in text(tree(made["zh/theme/long_sequences.html"]))
    assert "from post-hoc filtering to constrained decoding" in text(root)


def test_a_theme_is_named_without_the_headline_behind_it_and_the_rest_of_a_week_is_none() -> None:
    heading = {"en": "Agents: Hobbenloom 1.0 is out", "zh": "智能体：Hobbenloom 1.0 is out"}
    section = replace(weekly().sections[0], theme="Agents", heading=heading)
    rest = replace(weekly().threads[1], name={"en": "Also this week"}, from_="", to="", previous_id="")
    made = built(shelf([replace(weekly(), sections=(section,), threads=(rest,))]))
    assert [p for p in made if p.startswith("theme/")] == ["theme/agents.html"]
    assert tree(made["zh/theme/agents.html"]).xpath("//h1")[0].text == "智能体"


def test_an_issue_leads_to_the_weeks_of_its_themes() -> None:
    section = replace(weekly().sections[0], theme="Valid-item decoding")
    made = built(shelf([replace(weekly(), sections=(section, *weekly().sections[1:]))]))
    links = tree(made["article/rec-weekly-en-2026-W25.html"]).xpath("//p[@class='more']/a/@href")
    assert (
        len(links) == 1
        and links[0].startswith("../theme/generative_retrieval_and_semantic_ids")
        and dead_links(made) == []
    )


def test_an_organisation_has_its_picks_with_figures_under_one_name() -> None:
    other = replace(WHALE, organisations=(replace(WHALE.organisations[0], name="VELMARQUE"),))
    issue = replace(later(weekly(), 7), sections=(replace(weekly().sections[0], picks=(other,)),), threads=())
    root = tree(built(shelf([issue, weekly()]))["organisation/velmarque.html"])
    assert len(root.xpath("//li[@class='entry']")) == 2 and "2 stories, 2 issues" in text(root)
    assert "online A/B" in text(root) and "up to -11.1%" in text(root)


def test_a_day_of_the_calendar_leads_to_its_issues(site: Mapping[str, bytes]) -> None:
    cell = tree(site["archive/2026.html"]).xpath("//td[time/@datetime='2026-06-20']")[0]
    assert sorted(cell.xpath("./a/@title")) == ["AI Tech Daily - 2026-06-20", "RecSys Weekly 2026-W25"]
    assert [c.text for c in tree(site["zh/archive/2026.html"]).xpath("//caption")] == ["7 月", "6 月"]


@pytest.mark.parametrize("path", ["index", "zh/index", "zh/organisation/lishi", "archive/2026", "404"])
def test_pages_as_they_are_seen(path: str, public: Mapping[str, bytes], golden: Callable[[str, bytes], None]) -> None:
    """Without the style, which is the same on each."""
    body = re.sub(rb"<style>.*?</style>", b"<style></style>", public[f"{path}.html"], flags=re.DOTALL)
    body = re.sub(rb"sha256-[A-Za-z0-9+/=]{40,50}", b"sha256-", body)
    golden(f"site.{path.replace('/', '.')}.html", body)


def test_an_issue_stands_on_its_own_day_where_the_window_ends_the_day_before_in_utc() -> None:
    end = daily().window.end
    issue = replace(daily(), window=replace(daily().window, end=end.replace(day=19, hour=23)))
    made = built(shelf([issue]))
    assert tree(made["archive/2026.html"]).xpath("//td[@class='has']/time/@datetime") == ["2026-06-20"]
    assert tree(made["index.html"]).xpath("//li[@class='entry']//time/@datetime") == ["2026-06-20"]


@pytest.mark.parametrize("languages", [("en",), ("zh",), ("zh", "en")], ids="-".join)
def test_other_languages_of_the_site_and_another_order(languages: tuple[str, ...]) -> None:
    made = built(shelf(BOTH, Site(languages=languages)))
    assert (
        dead_links(made) == [] and tree(made["index.html"]).get("lang") == {"en": "en", "zh": "zh-Hans"}[languages[0]]
    )
    assert ("en/index.html" in made) == (languages == ("zh", "en")) and "zh/index.html" not in made


def test_an_issue_in_no_language_of_the_site_is_not_on_it() -> None:
    made = built(shelf([replace(daily(), languages=("en",)), weekly()], Site(languages=("zh",))))
    assert not any("ai-daily" in path for path in made) and "AI 技术日报" not in text(tree(made["index.html"]))


def test_an_issue_without_a_title_is_called_by_its_id() -> None:
    made = built(shelf([replace(weekly(), title={})]))
    assert tree(made["index.html"]).xpath("//h2/a")[0].text_content() == "rec-weekly/2026-W25"
    assert tree(made["article/rec-weekly-en-2026-W25.html"]).xpath("//title")[0].text.startswith("rec-weekly/2026-W25")


def test_r16_equal_shelves_are_equal_bytes() -> None:
    assert built(shelf(BOTH, URL)) == built(shelf(BOTH, URL))


def test_themes_are_drawn_over_the_issues_of_their_series_when_there_are_two() -> None:
    both = [later(weekly(), 1), weekly()]
    root = tree(built(shelf(both))["themes.html"])
    assert root.xpath("//figure[contains(@class, 'chart-weeks')]//*[local-name()='svg']")
    assert not tree(built(shelf([weekly()]))["themes.html"]).xpath("//figure")


def test_the_ratings_stand_above_the_complete_table(site: Mapping[str, bytes]) -> None:
    table = tree(site["article/rec-weekly-en-2026-W25.html"]).xpath("//h2[@id='table']")[0]
    assert "chart-ratings" in (table.getnext().get("class") or "")


def test_a_picture_stands_once_beside_the_pages_that_show_it(site: Mapping[str, bytes]) -> None:
    shown = {path: body for path, body in site.items() if path.endswith(".png")}
    assert shown == {f"{folder}article/pictures/{DRAWING.name}": png() for folder in ("", "zh/")}
    assert f'src="pictures/{DRAWING.name}"' in site["article/rec-weekly-en-2026-W25.html"].decode()


def test_a_card_that_names_another_file_makes_no_page() -> None:
    given = shelf(BOTH)
    cards = [replace(c, pictures=("../../../etc/passwd", "https://elsewhere.example/x.png")) for c in given.cards]
    assert not [path for path in leaves(replace(given, cards=cards)) if path.endswith((".png", "passwd"))]
