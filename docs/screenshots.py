"""The pictures of README and docs, of the demo's invented world: `make screenshots` writes docs/images/*.png again.

The demo and its site are built into a temporary folder, then Chromium looks at six places. Names and sizes are fixed;
letters are those of the fonts that are installed (Debian's fonts-liberation, fonts-noto-cjk, fonts-noto-color-emoji).
"""

from __future__ import annotations

import email
import email.policy
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
IMAGES = Path(__file__).parent / "images"
LARGEST = 300_000  # bytes of a picture
# name, page below the demo's folder, width and height in CSS px, colour scheme, what to scroll to
PICTURES = (
    ("home", "site/index.html", 1200, 820, "light", ""),
    ("weekly", "site/article/rec-weekly-en-2026-W25.html", 1200, 900, "light", ""),
    ("figure", "site/article/rec-weekly-en-2026-W25.html", 1200, 820, "light", "section:has(> figure.picture)"),
    ("ledger", "site/ab/index.html", 1200, 820, "light", ""),
    ("chinese-dark", "site/zh/article/daily-report-2026-06-18.html", 1200, 900, "dark", "main .digest"),
    ("mail", "mail.html", 700, 820, "light", ""),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder) / "demo"
        command = (sys.executable, "-m", "digester", "demo", "--out", str(world))
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        (world / "mail.html").write_text(mail(world / "rec-weekly/2026-W25.en.eml"), "utf-8")
        IMAGES.mkdir(exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for name, path, width, height, scheme, place in PICTURES:
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                page.goto((world / path).resolve().as_uri())
                shown(page, IMAGES / f"{name}.png", place)
                page.close()
            browser.close()


def mail(path: Path) -> str:
    """The HTML part of a message."""
    part = email.message_from_bytes(path.read_bytes(), policy=email.policy.default).get_body(("html",))
    if part is None:
        raise SystemExit(f"{path} has no HTML part")
    return str(part.get_content())


def shown(page: Any, file: Path, place: str) -> None:
    if place:
        page.locator(place).first.evaluate("element => element.scrollIntoView()")
    page.screenshot(path=str(file))
    size = file.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{file} has {size} bytes, more than {LARGEST}: make its window smaller")
    sys.stdout.write(f"{file.name}: {size} bytes\n")


if __name__ == "__main__":
    main()
