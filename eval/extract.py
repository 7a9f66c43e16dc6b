"""Scores the article extractor on recorded pages with gold texts, beside bare trafilatura on the same bytes.

Token-level F1 by page, averaged by folder and over all pages; tokens are words of alphabetic scripts and
single characters of those that print no spaces. Each folder keeps its gold in a way of its own: a whole text
as JSON, HTML, Markdown or plain text, or segments that must and must not appear, whose tokens count when the
whole segment stands in the text. Exit 1 when ours is below bare trafilatura by more than TOLERANCE in total.

    DIGESTER_TEST_DATA=FOLDER python eval/extract.py [--pages]
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

from digester.domain.errors import ParseError
from digester.domain.sources import Document, Request
from digester.fulltext import EXTRACTORS

TOLERANCE = 0.005
_TOKEN = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f\uac00-\ud7af]|"  # kana, Han, Thai, Hangul
    "[^\\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f\uac00-\ud7af]+"
)


@dataclass(frozen=True)
class Gold:
    """A whole text, or segments: `wanted` must appear, `unwanted` must not."""

    text: str = ""
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Score:
    path: str
    ours: float
    bare: float

    @property
    def folder(self) -> str:
        return self.path.split("/")[1]


# -------------------------------------------------------------------- gold
def _of_json(raw: str) -> Gold:
    found = json.loads(raw)
    if "ground_truth" in found:
        return Gold(found["ground_truth"]["main_content"])
    if "content" in found:
        return Gold(found["content"])
    entry = next(iter(found.values()))
    return Gold(wanted=tuple(entry["with"]), unwanted=tuple(entry["without"]))


def _of_html(raw: str) -> Gold:
    from lxml import html

    return Gold(" ".join(html.fromstring(raw).itertext()))


def _of_markdown(raw: str) -> Gold:
    """Words of a Markdown text: front matter, addresses and tags are none."""
    raw = re.sub(r"\A```json.*?```", "", raw, flags=re.DOTALL)
    raw = re.sub(r"!\[[^\]]*\]\([^)]*\)|<[^<>]{1,300}>|^\[\^?[^\]]+\]:.*$", " ", raw, flags=re.MULTILINE)
    return Gold(re.sub(r"\]\([^)\s]*(?:\s\"[^\"]*\")?\)", "] ", raw))


GOLD: Mapping[str, Callable[[str], Gold]] = {".json": _of_json, ".html": _of_html, ".md": _of_markdown, ".txt": Gold}


# ----------------------------------------------------------------- scoring
def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())


def f1(text: str, gold: Gold) -> float:
    """2tp / (2tp + fp + fn) over tokens; 0 to 1."""
    found = tokens(text)
    if gold.text:
        ours, theirs = Counter(found), Counter(tokens(gold.text))
        return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())
    whole = f" {' '.join(found)} "
    hits = sum(_weight(s) for s in gold.wanted if _stands(s, whole))
    missed = sum(_weight(s) for s in gold.wanted) - hits
    wrong = sum(_weight(s) for s in gold.unwanted if _stands(s, whole))
    return 2 * hits / max(1, 2 * hits + missed + wrong)


def _weight(segment: str) -> int:
    return len(tokens(segment))


def _stands(segment: str, whole: str) -> bool:
    return f" {' '.join(tokens(segment))} " in whole


def ours(row: Mapping[str, Any], body: bytes) -> str:
    url = str(row["source_url"] or "https://recorded.example/")
    document = Document(Request("html", url), url, row["content_type"], body, datetime(2026, 7, 1, tzinfo=UTC))
    try:
        return EXTRACTORS["html"](document).text
    except ParseError:
        return ""


def bare(body: bytes) -> str:
    """What trafilatura makes of the bytes with its own settings, without comments."""
    import trafilatura

    return trafilatura.extract(body, include_comments=False) or ""


# ------------------------------------------------------------------- pages
def rows(web: Path) -> Iterator[dict[str, Any]]:
    """The articles of the manifest that have a gold text."""
    for line in (web / "MANIFEST.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "article" and row.get("gold"):
            yield row


def scored(web: Path, chosen: Iterable[Mapping[str, Any]]) -> Iterator[Score]:
    for row in chosen:
        path = web / (row.get("file") or row["path"])
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        gold_path = web / row["gold"]
        gold = GOLD[gold_path.suffix](gold_path.read_text(encoding="utf-8"))
        yield Score(row["path"], f1(ours(row, body), gold), f1(bare(body), gold))


def table(scores: list[Score]) -> Iterator[str]:
    yield f"{'folder':<14}{'pages':>6}{'ours':>9}{'bare':>9}{'difference':>12}"
    for folder in [*sorted({s.folder for s in scores}), ""]:
        of = [s for s in scores if folder in ("", s.folder)]
        us, them = mean(s.ours for s in of), mean(s.bare for s in of)
        yield f"{folder or 'total':<14}{len(of):>6}{us:>9.4f}{them:>9.4f}{us - them:>+12.4f}"


def below(scores: list[Score]) -> bool:
    return mean(s.ours for s in scores) < mean(s.bare for s in scores) - TOLERANCE


def main(arguments: list[str]) -> int:
    web = Path(os.environ.get("DIGESTER_TEST_DATA", "")) / "web"
    if not (web / "MANIFEST.jsonl").is_file():
        print("eval-extract: skipped; DIGESTER_TEST_DATA names no folder with web/MANIFEST.jsonl")
        return 0
    scores = list(scored(web, rows(web)))
    if "--pages" in arguments:
        for score in sorted(scores, key=lambda s: s.ours - s.bare):
            print(f"{score.ours - score.bare:+.4f} {score.ours:.4f} {score.bare:.4f} {score.path}")
    print("\n".join(table(scores)))
    return int(below(scores))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
