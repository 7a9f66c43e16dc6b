"""Alembic's entry: runs on the connection that the store hands over. An upgrade is one transaction: between two of them
another program could read where the database stands, and then do again what the first one did."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
