"""Reading notes of papers: one row a paper, revision, language, text that was read, and editor."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _key(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "notes", _key("work", 2100), sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        _key("language", 10), _key("input_hash", 64), _key("editor", 40),
        sa.Column("made_at", sa.String(27), nullable=False), sa.Column("body", sa.Text, nullable=False),
    )  # fmt: skip
