"""Run by Alembic: the connection comes from store.migrations, which holds the transaction."""

from alembic import context

from stanch.store.desk.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
