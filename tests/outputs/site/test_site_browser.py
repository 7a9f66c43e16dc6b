"""The site in a browser, from a disk: nothing is asked for, nothing runs, nothing sticks out, and axe finds no barrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.outputs.hostile_samples import HOSTILE, hostile
from tests.outputs.issue_samples import daily, weekly
from tests.outputs.site.site_samples import dailies, leaves, shelf

from digester.tree import Tree

CHROMIUM = Path("/usr/bin/chromium")
KINDS = ("index.html", "page/1.html", "article/rec-weekly-en-2026-W25.html", "article/ai-daily-en-2026-06-20.html", "subjects.html",
         "organisations.html", "organisation/velmarque.html", "themes.html", "theme/valid-item_decoding.html", "archive/index.html",
         "archive/2026.html", "tag/ai.html", "about.html", "search.html", "404.html")  # fmt: skip
TWINS = (
    "zh/index.html",
    "zh/article/rec-weekly-2026-W25.html",
    "zh/archive/2026.html",
    "zh/about.html",
    "zh/organisation/lishi.html",
)
TOOLS = "`make e2e-tools` installs it (requirements-e2e.lock)"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists(),
        reason="needs /usr/bin/chromium: apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji",
    ),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = Tree(tmp_path_factory.mktemp("browser") / "site")
    tree.write(leaves(shelf([weekly(), *dailies(26)])).values())
    return tree.public.resolve()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api", reason=f"needs playwright: {TOOLS}")
    with sync.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield running
        running.close()


def opened(page: Any, path: Path) -> list[str]:
    """Opens a page; what it asked for beside itself, and what its console says."""
    seen: list[str] = []
    page.on("request", lambda r: seen.append(r.url) if not r.url.startswith(("data:", path.as_uri())) else None)
    page.on("console", lambda m: seen.append(m.text))
    page.on("dialog", lambda d: seen.append(f"dialog {d.message}"))
    page.goto(path.as_uri())
    return seen


@pytest.mark.parametrize(("theme", "widths"), [("light", (320, 800, 1600)), ("dark", (320,))])
def test_r04_r15_pages_ask_for_nothing_and_nothing_sticks_out(
    site: Path, browser: Any, theme: str, widths: tuple[int, ...]
) -> None:
    for width in widths:
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
        for name in (*KINDS, *TWINS):
            assert opened(page, site / name) == [], name
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide == 0, f"{name} sticks out by {wide} at {width}"
        page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_barrier(site: Path, browser: Any, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason=f"needs axe: {TOOLS}").Axe()
    page = browser.new_page(viewport={"width": 800, "height": 800}, color_scheme=theme)
    for name in (*KINDS, *TWINS):
        page.goto((site / name).as_uri())
        found = [(v["id"], v["nodes"][0]["html"][:200]) for v in axe.run(page).response["violations"]]
        assert found == [], name
    page.close()


def test_words_of_a_source_open_and_close_by_keyboard(site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((site / KINDS[2]).as_uri())
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
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.close()


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
