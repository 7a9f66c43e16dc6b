"""What is sent to whom, and the people who get mail."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _str(name: str, length: int, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), primary_key=key, nullable=False)


def upgrade() -> None:
    op.create_table(
        "deliveries", _str("issue_id", 120, key=True), _str("language", 10, key=True), _str("channel", 60, key=True),
        _str("recipient", 400, key=True), _str("state", 20), _str("changed_at", 27),
        sa.Column("body", sa.Text, nullable=False),
    )  # fmt: skip
    op.create_index("deliveries_state", "deliveries", ["state"])
    op.create_table(
        "subscribers", _str("key", 400, key=True), _str("id", 40), sa.Column("body", sa.Text, nullable=False)
    )
    op.create_index("subscribers_id", "subscribers", ["id"])
