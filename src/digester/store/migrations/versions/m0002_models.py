"""Replies of models, what they cost, and small values that the workspace keeps (its key, what a server can do)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _str(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def upgrade() -> None:
    op.create_table("model_calls", sa.Column("id", sa.String(64), primary_key=True), _str("made_at", 27), _text("body"))
    op.create_table(
        "spends", sa.Column("id", sa.String(64), primary_key=True), _str("at", 27), _str("run_id", 40), _text("body")
    )
    op.create_table("kept", sa.Column("name", sa.String(200), primary_key=True), _text("body"))
    op.create_index("spends_at", "spends", ["at"])
