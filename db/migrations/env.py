"""Run the revisions over the connection that ``db.migrate`` passes in."""

from alembic import context
from alembic.operations import Operations

from db.migrations.rls import protect_version_table
from db.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
    with Operations.context(context.get_context()):
        protect_version_table()  # a table of the library, which no revision creates
