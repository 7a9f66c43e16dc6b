"""The first schema. A migration never imports schema.py: it says what was true when it was written."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _str(name: str, length: int, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _key(name: str, length: int = 200) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), primary_key=True)


def _revision() -> sa.Column[int]:
    return sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False)


def upgrade() -> None:
    op.create_table("fetch_states", _key("source_id"), _text("body"))
    op.create_table("validators", _key("source_id"), _key("url", 2000), _text("body"))
    op.create_table(
        "items", _key("id", 40), _str("source_id", 200), _str("kind", 20), _str("work", 2100),
        _str("announced_at", 10, True), _str("moment", 27, True), _str("first_seen_at", 27), _text("body"),
    )  # fmt: skip
    op.create_table("revisions", _key("item_id", 40), _key("content_hash", 64), _str("seen_at", 27), _text("body"))
    op.create_table("sightings", _key("item_id", 40), _key("seen_at", 27), _str("source_id", 200), _text("body"))
    op.create_table("batches", _key("category", 40), _key("day", 10), _key("route", 20), _text("body"))
    op.create_table("full_texts", _key("work", 2100), _text("body"), _str("made_at", 27))
    op.create_table("passages", _key("id", 40), _str("work", 2100), _text("body"), _str("made_at", 27))
    op.create_table("attempts", _key("step", 20), _key("subject", 2100), _text("body"))
    op.create_table(
        "ratings", _key("work", 2100), _key("input_hash", 64), _key("rubric", 40), _key("editor", 40),
        _str("made_at", 27), _text("body"),
    )  # fmt: skip
    op.create_table(
        "readings", _key("work", 2100), _key("input_hash", 64), _key("editor", 40), _key("language", 10),
        _str("made_at", 27), _text("body"),
    )  # fmt: skip
    op.create_table("stories", _key("id", 40), _str("updated_at", 27), _text("body"))
    op.create_table(
        "issues", _key("id", 120), _revision(), _str("kind", 60), _str("state", 20), _str("window_end", 27),
        _str("frozen_at", 27), _text("reason"), _text("body"),
    )  # fmt: skip
    op.create_table("told", _key("issue_id", 120), _key("ref", 2100), _str("kind", 60), _str("window_end", 27))
    op.create_table(
        "artifacts", _key("issue_id", 120), _revision(), _key("output", 40), _key("language", 10),
        _str("media_type", 100), _str("filename", 300), sa.Column("body", sa.LargeBinary, nullable=False),
        _str("checksum", 64), _str("made_with", 300),
    )  # fmt: skip
    op.create_table("runs", _key("id", 40), _str("started_at", 27), _str("outcome", 20), _text("body"))
    op.create_index("items_announced", "items", ["announced_at"])
    op.create_index("items_moment", "items", ["moment"])
    op.create_index("items_first_seen", "items", ["first_seen_at"])
    op.create_index("items_work", "items", ["work"])
    op.create_index("sightings_seen", "sightings", ["seen_at"])
    op.create_index("told_kind", "told", ["kind", "window_end"])
