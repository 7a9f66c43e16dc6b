"""Numbered migrations (Alembic)."""
