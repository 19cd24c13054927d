"""Alembic's way in: it works on the connection, and in the transaction, that warehouse/journal.py hands over."""

from alembic import context

from warehouse.journal import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata())
context.run_migrations()
