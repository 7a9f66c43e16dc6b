"""The site and the pages that stand alone in a browser, from a disk: nothing is asked for, nothing runs, nothing sticks
out, and axe finds no barrier. Each page is visited once: width and scheme are changed while it is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.fulltext.drawn import png
from tests.outputs.hostile_samples import HOSTILE, hostile
from tests.outputs.issue_samples import DRAWING, daily, weekly
from tests.outputs.note_samples import loom
from tests.outputs.site.site_samples import dailies, leaves, shelf

from digester.domain.issue import Issue
from digester.domain.posts import Post
from digester.outputs import note
from digester.outputs.html import Html
from digester.tree import Tree

CHROMIUM = Path("/usr/bin/chromium")
TOOLS = "`make e2e-tools` installs it (requirements-e2e.lock)"
WEEKLY = "article/rec-weekly-en-2026-W25.html"
KINDS = ("index.html", "page/1.html", WEEKLY, "article/ai-daily-en-2026-06-20.html", "article/rec-daily-en-2026-06-18.html",
         "article/ai-weekly-en-2026-W25.html", "subjects.html", "organisations.html", "organisation/velmarque.html",
         "themes.html", "theme/valid-item_decoding.html", "archive/index.html", "archive/2026.html", "tag/ai.html",
         "kind/rec-weekly.html", "about.html", "search.html", "404.html", "essays.html", "essay/results.html",
         "notes/index.html", "notes/2606.90011.html", "ab/index.html", "ab/organisation-velmarque.html")  # fmt: skip
TWINS = ("zh/index.html", "zh/article/rec-weekly-2026-W25.html", "zh/article/ai-daily-2026-06-20.html",
         "zh/article/rec-daily-2026-06-18.html", "zh/article/ai-weekly-2026-W25.html", "zh/archive/2026.html",
         "zh/themes.html", "zh/about.html", "zh/search.html", "zh/organisation/lishi.html", "zh/essays.html",
         "zh/essay/baskets.html", "zh/notes/index.html", "zh/notes/2606.90011.html", "zh/ab/index.html")  # fmt: skip
ALONE = tuple(
    f"alone/{name}.{language}.html"
    for name in ("rec-weekly", "ai-daily", "rec-daily", "ai-weekly", "note")
    for language in ("en", "zh")
)
WIDTHS = (320, 800, 1280, 1600)
# How axe sees pages of a language: width, scheme, and whether contrast is measured, which takes most of the time.
SEEN_AT = {"en": ((320, "light", True), (1280, "dark", False)), "zh": ((320, "light", False), (1280, "dark", True))}
AXE = "on => axe.run({resultTypes: ['violations'], preload: false, rules: {'color-contrast': {enabled: on}}})"
START = """() => { const [title, brand] = ["main h1", ".brand"].map(s => document.querySelector(s)?.getBoundingClientRect().left);
    return brand === undefined ? 0 : Math.round(title - brand) }"""
A4 = 658  # px between the margins of a sheet, which is narrower than Letter
LEADS = "nav, input, summary, .skip, .switch, .pager, .along, .more, .contents, footer.frame, button:not(.passage)"
INKS = {"rgb(0, 0, 0)", "rgb(68, 68, 68)"}  # --ink and --soft on paper
SHEET = """leads => {
    const all = [...document.body.querySelectorAll("*")].filter(e => e.checkVisibility() && !e.closest(".badge, math"));
    const inked = all.filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
    const style = (e, name, pseudo) => getComputedStyle(e, pseudo)[name];
    const folded = [...document.querySelectorAll("details > :not(summary)")].filter(e => !e.closest(".chart"));
    return {
        scheme: style(document.documentElement, "colorScheme"),
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        leads: all.filter(e => e.matches(leads)).map(e => e.outerHTML.slice(0, 120)),
        inks: [...new Set(inked.map(e => style(e, e.closest("svg") ? "fill" : "color")))],
        grounds: [...new Set([document.body, ...all].map(e => `${style(e, "backgroundColor")} ${style(e, "backgroundImage")}`))],
        folded: folded.filter(e => !e.checkVisibility()).map(e => e.outerHTML.slice(0, 120)),
        folds: folded.length,
        addresses: [...document.querySelectorAll("h1 > a, h3 > a")].filter(e => !e.closest(".digest"))
            .filter(e => style(e, "content", "::after").includes("http") !== e.getAttribute("href").startsWith("http"))
            .map(e => e.href),
    }
}"""
STOPS = "a[href], button, summary, [tabindex='0']"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists(),
        reason="needs /usr/bin/chromium: apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji",
    ),
]


@dataclass
class Visit:
    """What a page asked for and said; by width, how far it sticks out and the title stands in from
    the frame; by width and scheme, what axe finds; and the page on paper, printed by a reader of the dark scheme."""

    said: list[str]
    wide: dict[int, int] = field(default_factory=dict)
    start: dict[int, int] = field(default_factory=dict)
    barriers: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    sheet: dict[str, Any] = field(default_factory=dict)


def named(issue: Issue, kind: str, period: str, **more: Any) -> Issue:
    slug = {"en": f"{kind}-en-{period}", "zh": f"{kind}-{period}"}
    return replace(issue, id=f"{kind}/{period}", kind=kind, period=period, slug=slug, **more)


def issues() -> list[Issue]:
    """One of each kind: cards with signs, and headings that tell the first story, too."""
    first = weekly().sections[0]
    told = {x: f"{first.heading[x]}{': ' if x == 'en' else '：'}{first.picks[0].headline[x]}" for x in ("en", "zh")}
    cards = named(weekly(), "rec-daily", "2026-06-18", layout="signed")
    news = named(weekly(), "ai-weekly", "2026-W25", sections=(replace(first, heading=told), *weekly().sections[1:]))
    return [weekly(), daily(), cards, news]


def posts() -> list[Post]:
    golden = Path(__file__).parents[1] / "golden" / "essay.zh.md"
    table = "| a | b |\n| --- | ---: |\n| 5% of users<br>in each arm | $c/n$ |\n\n$$\n\\Delta = \\frac{a}{b}\n$$\n"
    return [
        Post("results", "How to read an online result", "results", "en", f"## Whose\n\n{table}", date(2026, 6, 12), "Five questions.", ("AB",), "Essays", 1),
        Post("baskets", "整篮读入：从截断到一次扫描｜笔记", "baskets", "zh", golden.read_text("utf-8"), date(2026, 6, 19), "三篇论文。"),
    ]  # fmt: skip


def alone() -> Mapping[str, bytes]:
    """Pages outside the site."""
    made = {f"{i.kind}.{x}": Html().render(i, x) for i in issues() for x in ("en", "zh")}
    return made | {f"note.{x}": note.html(loom(x)) for x in ("en", "zh")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = Tree(tmp_path_factory.mktemp("browser") / "site")
    given = shelf([*issues(), *dailies(26)[:-1]], posts=posts(), notes=[loom("en"), loom("zh")])
    tree.write(leaves(given).values())
    root = tree.public.resolve()
    (root / "alone" / "pictures").mkdir(parents=True)
    (root / "alone" / "pictures" / DRAWING.name).write_bytes(png())
    for name, body in alone().items():
        (root / "alone" / f"{name}.html").write_bytes(body)
    return root


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api", reason=f"needs playwright: {TOOLS}")
    with sync.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def visits(site: Path, browser: Any) -> Mapping[str, Visit]:
    package = pytest.importorskip("axe_playwright_python", reason=f"needs axe: {TOOLS}")
    axe = (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")
    names = (*KINDS, *TWINS, *ALONE)
    return {n: visited(browser, site / n, axe, "zh" if "zh" in n else "en") for n in names}


def visited(browser: Any, path: Path, axe: str, language: str) -> Visit:
    page = browser.new_page()
    visit = Visit(opened(page, path))
    page.evaluate(axe)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        visit.wide[width] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        visit.start[width] = page.evaluate(START)
        for scheme, contrast in [one[1:] for one in SEEN_AT[language] if one[0] == width]:
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(AXE, contrast)["violations"]
            visit.barriers[width, scheme] = [f"{v['id']} {v['nodes'][0]['html'][:200]}" for v in found]
    page.set_viewport_size({"width": A4, "height": 1000})
    page.emulate_media(media="print", color_scheme="dark")
    visit.sheet = page.evaluate(SHEET, LEADS)
    page.close()
    return visit


def opened(page: Any, path: Path) -> list[str]:
    """Opens a page; what it asked for beside itself and its picture, and what its console says."""
    seen: list[str] = []
    own = ("data:", path.as_uri(), (path.parent / "pictures" / DRAWING.name).as_uri())
    page.on("request", lambda r: seen.append(r.url) if not r.url.startswith(own) else None)
    page.on("console", lambda m: seen.append(m.text))
    page.on("dialog", lambda d: seen.append(f"dialog {d.message}"))
    page.goto(path.as_uri())
    return seen


def test_r04_pages_ask_for_nothing_and_run_nothing(visits: Mapping[str, Visit]) -> None:
    assert {name: visit.said for name, visit in visits.items() if visit.said} == {}


def test_r15_nothing_sticks_out_at_any_width(visits: Mapping[str, Visit]) -> None:
    assert {name: visit.wide for name, visit in visits.items() if any(visit.wide.values())} == {}


def test_axe_finds_no_barrier(visits: Mapping[str, Visit]) -> None:
    assert all(len(visit.barriers) == 2 for visit in visits.values())
    assert {name: visit.barriers for name, visit in visits.items() if any(visit.barriers.values())} == {}


def printed(visits: Mapping[str, Visit], what: str) -> dict[str, Any]:
    return {name: visit.sheet[what] for name, visit in visits.items()}


def test_paper_is_black_on_white_whatever_the_scheme(visits: Mapping[str, Visit]) -> None:
    assert set(printed(visits, "scheme").values()) == {"light"}
    assert {name: inks for name, inks in printed(visits, "inks").items() if not INKS.issuperset(inks)} == {}
    white = {"rgba(0, 0, 0, 0) none", "rgb(255, 255, 255) none"}
    assert {name: found for name, found in printed(visits, "grounds").items() if not white.issuperset(found)} == {}


def test_paper_holds_nothing_to_click_at_and_is_not_cut(visits: Mapping[str, Visit]) -> None:
    assert {name: leads for name, leads in printed(visits, "leads").items() if leads} == {}
    assert {name: wide for name, wide in printed(visits, "wide").items() if wide} == {}


def test_paper_shows_what_is_folded_and_where_headlines_lead(visits: Mapping[str, Visit]) -> None:
    assert {name: folded for name, folded in printed(visits, "folded").items() if folded} == {}
    assert all(visits[n].sheet["folds"] for n in (WEEKLY, "ab/index.html", "alone/rec-weekly.zh.html"))
    assert {name: found for name, found in printed(visits, "addresses").items() if found} == {}


def test_paper_gives_the_words_of_a_source_by_number(site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((site / WEEKLY).as_uri())
    page.emulate_media(media="print")
    button = page.locator("span.fig button.passage").first
    number = button.evaluate("e => getComputedStyle(e, '::after').content").strip('"')
    assert button.is_visible() and number.isdigit()
    words = page.locator(f"#{button.get_attribute('popovertarget')}")
    assert words.is_visible() and "Clicks rose by 1.24%" in words.inner_text()
    assert words.evaluate("e => getComputedStyle(e, '::before').content").endswith(f'{number}"')
    page.close()


def test_words_of_a_source_open_and_close_by_keyboard(site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((site / WEEKLY).as_uri())
    button = page.locator("span.fig button.passage").first
    words = page.locator(f"#{button.get_attribute('popovertarget')}")
    assert not words.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert words.is_visible() and "Clicks rose by 1.24%" in words.inner_text()
    page.keyboard.press("Escape")
    assert not words.is_visible()
    page.close()


def test_the_first_stop_of_the_keyboard_leads_to_the_text(site: Path, browser: Any) -> None:
    page = browser.new_page()
    for name in ("index.html", WEEKLY, "zh/ab/index.html", "essay/results.html", ALONE[0], ALONE[-1]):
        page.goto((site / name).as_uri())
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip", name
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main", name
        assert page.evaluate("document.querySelectorAll('main#main').length") == 1, name
    page.close()


def test_every_link_and_button_is_a_stop_of_the_keyboard(site: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    for name in ("index.html", WEEKLY, "ab/index.html", "zh/notes/2606.90011.html"):
        page.goto((site / name).as_uri())
        stops = page.evaluate(
            f"""() => {{ window.left = new Set([...document.querySelectorAll("{STOPS}")].filter(e => e.checkVisibility()));
                document.addEventListener("focusin", e => left.delete(e.target)); return left.size }}"""
        )
        for _ in range(stops + 5):
            page.keyboard.press("Tab")
        assert stops > 10, name
        assert page.evaluate("[...left].map(e => e.outerHTML.slice(0, 200))") == [], name
    page.close()


def test_all_pages_of_the_site_stand_in_one_frame(visits: Mapping[str, Visit]) -> None:
    """The title begins where the frame begins, or, where there is room, behind the side column of 13 + 4 rem."""
    starts = {width: {visits[name].start[width] for name in (*KINDS, *TWINS)} for width in WIDTHS}
    assert starts == {320: {0}, 800: {0}, 1280: {0, 272}, 1600: {0, 272}}


def test_r01_hostile_pages_are_dead_in_the_browser(tmp_path: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    for number, payload in enumerate(HOSTILE):
        tree = Tree(tmp_path / str(number) / "site")
        made = leaves(shelf([hostile(payload), daily()]))
        shown = [p for p in made if p == "index.html" or (p.startswith("article/") and p.endswith(".html"))]
        tree.write([made[p] for p in shown])
        for name in shown:
            assert opened(page, tree.public.resolve() / name) == [], payload
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0, payload
    page.close()
