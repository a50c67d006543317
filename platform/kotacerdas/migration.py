"""Alembic operations for tenant tables, and running the migrations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.operations import MigrateOperation, Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import ForeignKeyConstraint, NullPool, create_engine, text
from sqlalchemy.schema import SchemaItem

from kotacerdas.database import driver_url, url_of
from kotacerdas.scope import Door
from kotacerdas.settings import Settings

SCRIPTS = "tenants:migrations"
PARTITION = re.compile(r"\w+_p\d+")
OWN = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::int"
PERSON = "person_id = nullif(current_setting('app.person_id', true), '')::uuid"
EVERY = "true"


@dataclass(frozen=True)
class Access:
    """What each login role may do with a tenant table, as SQL verbs; '' is nothing.

    The city and the worker reach their own tenant's rows; the ministry and the relay read all;
    identity reads by `identity_rows`. `worker` is what the city may unless it is given. Writing is
    always confined to the tenant of the context, but for the relay. `public` is a condition under
    which every city reads a row. Who may update rows of more than one tenant names the columns,
    `UPDATE (read_at)`, and never tenant_id: no row can then be moved to another tenant.
    """

    city: str = "SELECT, INSERT, UPDATE"
    worker: str | None = None
    ministry: str = "SELECT"
    identity: str = ""
    relay: str = ""
    identity_rows: str = EVERY
    public: str = ""

    def verbs(self) -> dict[str, tuple[str, str, str]]:
        """Yield role -> (verbs, rows it reads, rows it writes)."""
        own = f"{OWN} or {self.public}" if self.public else OWN
        own = EVERY if self.public == EVERY else own
        writes = PERSON if self.identity_rows == PERSON else OWN
        return {
            "app_city": (self.city, own, OWN),
            "app_worker": (self.city if self.worker is None else self.worker, own, OWN),
            "app_ministry": (self.ministry, EVERY, OWN),
            "app_identity": (self.identity, self.identity_rows, writes),
            "app_relay": (self.relay, EVERY, EVERY),
        }


@Operations.register_operation("protect_tenant_table")
class ProtectTenantTable(MigrateOperation):
    """Enable and force row-level security on a table and let in the roles of its `Access`."""

    def __init__(self, table: str, access: Access) -> None:
        self.table = table
        self.access = access

    @classmethod
    def protect_tenant_table(cls, operations: Operations, table: str, access: Access) -> Any:  # noqa: ANN401
        """Issue the operation; `op.protect_tenant_table(table, access)` in a migration."""
        return operations.invoke(cls(table, access))


@Operations.implementation_for(ProtectTenantTable)
def _protect(operations: Operations, operation: ProtectTenantTable) -> None:
    table = operation.table
    operations.execute(f"alter table {table} enable row level security")
    operations.execute(f"alter table {table} force row level security")
    for role, (verbs, reads, writes) in operation.access.verbs().items():
        granted = re.findall(r"\b[A-Z]+\b", re.sub(r"\([^)]*\)", "", verbs))
        if granted:
            operations.execute(f"grant {verbs} on {table} to {role}")
        if reads == writes and len(granted) > 1:
            operations.execute(
                f"create policy {role} on {table} to {role} using ({reads}) with check ({writes})"
            )
            continue
        for verb in granted:
            operations.execute(_policy(table, role, verb, reads if verb == "SELECT" else writes))


def _policy(table: str, role: str, verb: str, rows: str) -> str:
    using = "" if verb == "INSERT" else f" using ({rows})"
    check = f" with check ({rows})" if verb in ("INSERT", "UPDATE") else ""
    name = f"{role}_{verb.lower()}"
    return f"create policy {name} on {table} for {verb} to {role}{using}{check}"


def create_tenant_table(op: Any, name: str, *elements: Any, access: Access | None = None) -> None:  # noqa: ANN401
    """Create a protected table of a tenant's rows, in HASH partitions by the migration's parameter.

    With one partition it is a plain table. Partitions get no grants: the parent is the way in.
    """
    modulus: int = op.get_context().opts["partitions"]
    partitioned = {"postgresql_partition_by": "HASH (tenant_id)"} if modulus > 1 else {}
    op.create_table(name, *elements, **partitioned)
    for remainder in range(modulus if modulus > 1 else 0):
        op.execute(
            f"create table {name}_p{remainder} partition of {name}"
            f" for values with (modulus {modulus}, remainder {remainder})"
        )
    op.protect_tenant_table(name, access or Access())


def widen_enum(op: Any, table: str, column: str, *values: str) -> None:  # noqa: ANN401
    """Allow more values in a column that holds an enum as text; those of today stay.

    Reads today's values from the database, so that migrations need not repeat them.
    """
    (found,) = op.get_bind().execute(
        text(
            "select conname, pg_get_constraintdef(oid) as rule from pg_constraint"
            " where conrelid = cast(:table as regclass) and contype = 'c'"
            " and conkey = array[(select attnum from pg_attribute"
            "   where attrelid = conrelid and attname = :column)]"
            " and pg_get_constraintdef(oid) like '% = ANY (%ARRAY[%'"
        ),
        {"table": table, "column": column},
    )
    allowed = dict.fromkeys([*re.findall(r"'([^']*)'::", found.rule), *values])
    op.drop_constraint(op.f(found.conname), table, type_="check")
    listed = ", ".join(f"'{value}'" for value in allowed)
    op.create_check_constraint(op.f(found.conname), table, f"{column} in ({listed})")


def is_modelled(
    item: SchemaItem, name: str | None, kind: str, reflected: bool, compare_to: object
) -> bool:
    """Leave partitions out of Alembic's comparisons: the operation makes them, not the models.

    PostgreSQL lists a foreign key to a partitioned table once more for each partition.
    """
    if isinstance(item, ForeignKeyConstraint) and reflected:
        return not PARTITION.fullmatch(item.elements[0].target_fullname.split(".")[0])
    return not (kind == "table" and reflected and PARTITION.fullmatch(name or ""))


def upgrade(settings: Settings, revision: str = "head") -> None:
    """Bring the database to a revision; runs as `app_migrator` in the owner's role."""
    command.upgrade(_config(settings), revision)


def pending(settings: Settings, door: Door = Door.CITY) -> list[str]:
    """Revisions that the code has and the database lacks, oldest first; asked through `door`.

    A database without any revision is answered with all of them.
    """
    scripts = ScriptDirectory.from_config(_config(settings))
    engine = create_engine(driver_url(url_of(settings, door)), poolclass=NullPool)
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    newer = scripts.iterate_revisions("head", current or "base")
    return [script.revision for script in newer][::-1]


def _config(settings: Settings) -> Config:
    config = Config(attributes={"settings": settings})
    config.set_main_option("script_location", SCRIPTS)
    return config
