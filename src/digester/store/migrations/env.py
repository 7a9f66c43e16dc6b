"""Alembic's entry: runs on the connection that the store hands over, one transaction a migration."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True, render_as_batch=True, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
