"""The gold set of AI news holds no text and finds all its items in the recorded web."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from eval.gold import agree, collect

FOLDER = Path(collect.__file__).parent


def test_every_labelled_item_is_recorded_with_the_labelled_text(web: Any) -> None:
    rows = collect.load(FOLDER, web.folder.parent)
    assert len(rows) == len(collect.table())
    assert {r.language for r in rows} == {"en", "zh"}


def test_the_tables_hold_ids_hashes_and_numbers_only(web: Any) -> None:
    for row in collect.table():
        assert re.fullmatch(r"[0-9a-f]{20} [0-9a-f]{16} \d+ \d*", " ".join(row.values())), row
    for name in ("pass1.tsv", "pass2.tsv"):
        for row in collect.table(FOLDER / name):
            assert re.fullmatch(r"[0-9a-f]{20} \w+ [\w,]*", " ".join(row.values())), row


def test_followups_name_stories_of_the_table() -> None:
    stories = {row["story"] for row in collect.table()}
    assert {row["followup_of"] for row in collect.table()} - {""} <= stories


def test_the_passes_label_the_items_of_the_table() -> None:
    ids = {row["id"] for row in collect.table()}
    assert all(set(agree.read(FOLDER / name).story) == ids for name in ("pass1.tsv", "pass2.tsv"))
