"""Alembic's entry: one connection as `app_migrator`, working in the owner's role."""

from alembic import context

from kotacerdas.database import migration_engine
from kotacerdas.settings import Settings, settings
from tenants.models import metadata


def include_object(
    item: object, name: str | None, kind: str, reflected: bool, compare_to: object
) -> bool:
    """Leave partitions out of comparisons: they are made by the operation, not by the models."""
    return not (kind == "table" and reflected and compare_to is None and "_p" in (name or ""))


given: Settings = context.config.attributes.get("settings") or settings()
with migration_engine(given).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=include_object,
        partitions=given.partitions,
    )
    with context.begin_transaction():
        context.run_migrations()
