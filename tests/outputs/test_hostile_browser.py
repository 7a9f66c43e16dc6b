"""A browser opens what hostile records became: nothing runs, nothing is asked for, nothing sticks out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.fulltext.drawn import png
from tests.outputs.corpora import corpus
from tests.outputs.everything import everything
from tests.outputs.hostile_samples import HOSTILE
from tests.outputs.inert import pieces
from tests.outputs.issue_samples import DRAWING
from tests.outputs.planting import Say, as_text, in_turn
from tests.outputs.test_hostile_fields import FETCHING, MUTATING
from tests.outputs.test_hostile_sizes import SCRIPTS

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium (Debian's package chromium)"),
]
PERIODS = ("2026-W25", "2026-06-20")  # ours, and never broken
WIDEST = 320  # CSS pixels
HEAD = "<!doctype html><meta charset=utf-8>"  # what a reader of feeds puts an entry into


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (requirements-e2e.lock)")
    with sync.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield running
        running.close()


def written(made: Mapping[str, bytes], root: Path, step: int = 1) -> list[Path]:
    """Pieces of HTML as files: pages, the pages of mails, the entries of feeds as a reader shows them."""
    files = []
    (root / PICTURE).parent.mkdir(exist_ok=True)
    (root / PICTURE).write_bytes(png())
    for number, (path, body) in enumerate(made.items()):
        for place, text in enumerate(pieces(path, body)):
            file = root / f"{number}-{place}.html"
            file.write_text(text if path.endswith((".html", ".eml")) else f"{HEAD}{text}", "utf-8")
            files.append(file)
    return files[::step]


PICTURE = f"pictures/{DRAWING.name}"  # the one file that a page of the samples may ask for
FOUND = """(picture) => [...document.querySelectorAll('*')].flatMap(e => [
    ...(e.localName == 'script' && e.type != 'application/ld+json' ? ['script'] : []),
    ...(['iframe', 'object', 'embed', 'form', 'base', 'video', 'audio'].includes(e.localName)
        || (e.localName == 'img' && (e.getAttribute('src') != picture || e.srcset)) ? [e.localName] : []),
    ...[...e.attributes].filter(a => a.name.startsWith('on') || (a.name == 'href' && /^\\s*(javascript|vbscript|data):/i.test(a.value)
        && !a.value.startsWith('data:image/svg+xml,%3Csvg'))).map(a => e.localName + ' ' + a.name)])"""


def acting(browser: Any, files: Sequence[Path]) -> dict[str, list[str]]:
    """By file: what it asks for beside itself and its picture, says, or holds that could run."""
    page, told = browser.new_page(), {}
    seen: list[str] = []
    page.on("request", lambda r: seen.append(r.url) if not r.url.startswith(("data:image/svg+xml", *here)) else None)
    page.on("console", lambda m: seen.append(m.text))
    page.on("dialog", lambda d: (seen.append(f"dialog {d.message}"), d.dismiss()))
    for file in files:
        here = [file.as_uri(), (file.parent / PICTURE).as_uri()]
        page.goto(here[0])
        if found := [*seen, *page.evaluate(FOUND, PICTURE)]:
            told[file.name] = found
        seen.clear()
    page.close()
    return told


SAYS: Mapping[str, Say] = {
    "same": as_text(HOSTILE[1]), "turn": in_turn(HOSTILE), "fetching": in_turn((*FETCHING, *MUTATING)),
}  # fmt: skip


@pytest.mark.parametrize("name", SAYS)
def test_r01_r04_hostile_files_are_dead_in_the_browser(name: str, tmp_path: Path, browser: Any) -> None:
    files = written(everything(SAYS[name]), tmp_path, 3)
    assert len(files) > 20 and acting(browser, files) == {}


def test_r01_r02_the_corpora_are_dead_in_the_browser(tmp_path: Path, browser: Any) -> None:
    assert acting(browser, written(everything(in_turn(corpus())), tmp_path, 3)) == {}


def test_r01_the_browser_sees_what_acts(tmp_path: Path, browser: Any) -> None:
    """The oracle can fail."""
    file = tmp_path / "x.html"
    file.write_text("<img src=y.png onerror=console.log(1)><a href=javascript:x>y</a><script>console.log(2)</script>")
    assert {"script", "img", "img onerror", "a href", "2", (tmp_path / "y.png").as_uri()} <= set(
        acting(browser, [file])["x.html"]
    )


@pytest.mark.parametrize("script", ["x" * 600, SCRIPTS["ar"] * 8])
def test_r15_t05_nothing_sticks_out_of_a_narrow_screen(script: str, tmp_path: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": WIDEST, "height": 800})
    wanted = (
        "0/html/en.html",
        "0/note/en.html",
        "site/index.html",
        "site/notes/index.html",
        "site/ab/index.html",
        "site/essays.html",
    )
    made = {
        p: b
        for p, b in everything(lambda old: old if old in PERIODS else script).items()
        if p in wanted or p.startswith("site/article/")
    }
    made = {p: b for p, b in made.items() if p.endswith(".html")}
    for path, file in zip(made, written(made, tmp_path), strict=True):
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDEST, path
    page.close()
