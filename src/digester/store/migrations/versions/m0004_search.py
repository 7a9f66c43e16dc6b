"""What frozen issues printed, to be searched; on SQLite with an index of trigrams that triggers keep."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TRIGRAMS = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(whole, content='search', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER search_added AFTER INSERT ON search BEGIN "
    "INSERT INTO search_fts(rowid, whole) VALUES (new.id, new.whole); END",
    "CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, whole) VALUES ('delete', old.id, old.whole); END",
)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _str(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    op.create_table(
        "search", sa.Column("id", sa.Integer, primary_key=True), _str("issue_id", 120),
        sa.Column("place", sa.Integer, nullable=False), _str("language", 10), _str("kind", 60), _str("window_end", 27),
        _text("headline"), _text("url"), _text("lines"), _text("head"), _text("name"), _text("whole"),
    )  # fmt: skip
    op.create_index("search_issue", "search", ["issue_id"])
    if op.get_bind().dialect.name == "sqlite":
        for statement in _TRIGRAMS:
            op.execute(statement)
