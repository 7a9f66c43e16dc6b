"""Figures of papers under an open licence: one row a file, by the hash of its bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "pictures", sa.Column("name", sa.String(80), primary_key=True), sa.Column("work", sa.String(2100), primary_key=True),
        sa.Column("made_at", sa.String(27), nullable=False), sa.Column("body", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )  # fmt: skip
    op.create_index("pictures_work", "pictures", ["work"])
