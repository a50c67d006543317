"""Alembic's entry: one connection as `app_migrator`, working in the owner's role."""

from alembic import context

from kotacerdas.database import migration_engine
from kotacerdas.migration import is_modelled
from kotacerdas.settings import Settings, settings
from tenants.models import metadata

given: Settings = context.config.attributes.get("settings") or settings()
with migration_engine(given).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=is_modelled,
        partitions=given.partitions,
    )
    with context.begin_transaction():
        context.run_migrations()
