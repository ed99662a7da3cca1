"""Runs the migration steps on the connection ``app.store.migrate`` hands over."""

from alembic import context

from app.store import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.agencies.AgencyRow.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
