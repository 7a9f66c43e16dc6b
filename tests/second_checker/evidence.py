"""What a workspace has stored: items, passages, ratings, lists. Read from the database and the configuration file by
plain queries; the issue's record only names which passages an item was held against."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from tests.second_checker.numerals import alike

from digester.domain.issue import Issue, Pick


@dataclass(frozen=True)
class Passage:
    id: str
    level: str
    text: str


class Evidence:
    """`read` are the passages of an item that hold a source's words; our own fields (level `record`) are not."""

    def __init__(self, database: Path, config: Path, issue: Issue) -> None:
        self._db = database
        self.issue = issue
        self.sources: list[dict[str, Any]] = yaml.safe_load(config.read_text("utf-8"))["sources"]

    @classmethod
    def like(cls, other: Evidence, issue: Issue) -> Evidence:
        """The same store behind another record; what was read of it is read once."""
        made = cls.__new__(cls)
        made.__dict__ = {k: v for k, v in other.__dict__.items() if k not in ("issue", "picks")}
        made.issue = issue
        return made

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(f"file:{self._db}?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def _bodies(self, table: str) -> list[dict[str, Any]]:
        return [json.loads(body) for (body,) in self._rows(f"SELECT body FROM {table}")]

    @cached_property
    def items(self) -> dict[str, dict[str, Any]]:
        return {i["id"]: i for i in self._bodies("items")}

    @cached_property
    def passages(self) -> dict[str, Passage]:
        return {p["id"]: Passage(p["id"], p["level"], alike(p["text"])) for p in self._bodies("passages")}

    @cached_property
    def raw(self) -> dict[str, str]:
        """Passage id -> text as stored, into which supports point."""
        return {p["id"]: p["text"] for p in self._bodies("passages")}

    @cached_property
    def batches(self) -> list[dict[str, Any]]:
        return self._bodies("batches")

    @cached_property
    def ratings(self) -> list[dict[str, Any]]:
        """Oldest first; of one moment, that of an abstract before that of a whole text."""
        return sorted(self._bodies("ratings"), key=lambda r: (str(r["made_at"]), r["level"] != "abstract"))

    @cached_property
    def stories(self) -> list[dict[str, Any]]:
        return self._bodies("stories")

    @cached_property
    def sightings(self) -> list[dict[str, Any]]:
        return self._bodies("sightings")

    def told(self, issue_id: str, pick: Pick) -> bool:
        """An earlier frozen issue of this id printed the work, or an address of the story."""
        mine = {pick.url, pick.work, *(x.url for x in pick.links)}
        for record in self._bodies("issues"):
            if record["id"] == issue_id and record["window"]["end"] < self.issue.window.end.isoformat():
                picks = [p for s in record["sections"] for p in s["picks"]]
                return any(mine & {p["url"], p["work"], *(x["url"] for x in p["links"])} for p in picks)
        return False

    @cached_property
    def full_texts(self) -> dict[str, dict[str, Any]]:
        return {f["work"]: f for f in self._bodies("full_texts")}

    @cached_property
    def failing(self) -> set[str]:
        """Names of sources whose last visit failed."""
        failed = {s["source_id"] for s in self._bodies("fetch_states") if s["last_error"]}
        return {str(s["name"]) for s in self.sources if s["id"] in failed}

    @cached_property
    def by_url(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, item in self.items.items():
            found.setdefault(item["entry"]["url"], []).append(key)
        return found

    @cached_property
    def addresses(self) -> set[str]:
        """Every address of an item, of its links and its enclosures."""
        found: set[str] = set()
        for item in self.items.values():
            found |= self.own_addresses(item)
        return found

    def own_addresses(self, item: dict[str, Any]) -> set[str]:
        entry = item["entry"]
        found = {entry["url"], *(x["url"] for x in entry["links"]), *(x["url"] for x in entry["enclosures"])}
        if item["work"].startswith("arxiv:"):  # the page that the paper's full text is read from
            paper, version = item["work"].removeprefix("arxiv:"), entry["version"] or 1
            site = entry["url"].partition("/abs/")[0]
            found |= {f"{site}/{form}/{paper}v{version}" for form in ("abs", "html")}
        return found

    def read(self, item_id: str) -> list[Passage]:
        named = self.issue.read.get(item_id, ())
        return [p for i in named if (p := self.passages.get(i)) and p.level != "record"]

    def title(self, item_id: str) -> str:
        return alike(self.items[item_id]["entry"]["title"])

    def words(self, item_id: str) -> str:
        """All that is stored of an item: title, authors, source, passages."""
        item = self.items[item_id]
        entry = item["entry"]
        parts = [entry["title"], *entry["authors"], self.source(item), *(p.text for p in self.read(item_id))]
        return alike(" \n ".join(parts))

    def source(self, item: dict[str, Any]) -> str:
        return next((str(s["name"]) for s in self.sources if s["id"] == item["source_id"]), "")

    def person(self, item: dict[str, Any]) -> tuple[str, str]:
        """Name and role of who posts there, as configured; else the author."""
        source = next((s for s in self.sources if s["id"] == item["source_id"]), {})
        author = next(iter(item["entry"]["authors"]), "")
        return str(source.get("person") or author), str(source.get("role", ""))

    @cached_property
    def picks(self) -> tuple[Pick, ...]:
        return self.issue.picks()

    def pick(self, number: int) -> Pick | None:
        return self.picks[number - 1] if 0 < number <= len(self.picks) else None
