"""Start-up's proof that PostgreSQL keeps the tenants apart, for each login role in use."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from kotacerdas.database import Database
from kotacerdas.scope import Door
from kotacerdas.tenancy import tenant_tables

ROLES_SQL = "run deploy/postgres/roles.sql as superuser"
MIGRATE = "run: kotacerdas db migrate"

PUBLISHED = frozenset({"publication", "published_item", "published_result"})
READ_BY_ALL: dict[Door, frozenset[str]] = {
    Door.CITY: PUBLISHED,
    Door.WORKER: PUBLISHED,
    Door.IDENTITY: frozenset({"invitation", "membership", "unit"}),
    Door.RELAY: frozenset({"job"}),
}
"""Tables whose rows a role reads without a context, by design; the ministry reads every table."""


@dataclass(frozen=True)
class Finding:
    """One thing that lets a role past row-level security; `remedy` is what an operator does."""

    subject: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.subject} {self.problem}; {self.remedy}"


def verify(database: Database, doors: Collection[Door] = tuple(Door)) -> list[Finding]:
    """Look through each door's own login and return what is unsafe, each finding once."""
    found: dict[Finding, None] = {}
    for door in doors:
        with database.engine(door).connect() as connection:
            found.update(dict.fromkeys(examine(connection, door)))
    return list(found)


def examine(connection: Connection, door: Door) -> list[Finding]:
    """Return what is unsafe about one login; `connection` is fresh and in no transaction.

    Asks the catalogue first, then each tenant table without a context: a query proves what no
    reading of the catalogue foresees. Ends with a rollback.
    """
    try:
        tables = _tables(connection)
        return [
            *_role(connection, door),
            *_memberships(connection, door),
            *_protection(tables),
            *_partitions(connection, door),
            *_visible(connection, door, tables),
        ]
    finally:
        connection.rollback()


HELD = "select nullif(current_setting('app.tenant_id', true), '')"
ROLE = """
select current_user::text as name, rolsuper, rolbypassrls,
       nullif(current_setting('app.tenant_id', true), '') as tenant,
       (select string_agg(c.relname, ', ' order by c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relowner = r.oid and c.relkind in ('r', 'p')
          and n.nspname !~ '^pg_') as owned
from pg_roles r where rolname = current_user
"""


def _role(connection: Connection, door: Door) -> Iterator[Finding]:
    row = connection.execute(text(ROLE)).one()
    subject = f"login role {row.name}"
    if row.name != door.value:
        setting = f"KOTACERDAS_{door.name}_URL"
        yield Finding(subject, f"is not {door.value}", f"log in as {door.value} in {setting}")
    if row.rolsuper:
        yield Finding(subject, "is a superuser", f"run: alter role {row.name} nosuperuser")
    if row.rolbypassrls:
        remedy = f"run: alter role {row.name} nobypassrls"
        yield Finding(subject, "bypasses row-level security", remedy)
    if row.owned:
        remedy = f"run: reassign owned by {row.name} to app_owner"
        yield Finding(subject, f"owns {row.owned}", remedy)
    if row.tenant:
        remedy = f"run: alter role {row.name} reset app.tenant_id (or alter database)"
        yield Finding(subject, f"starts every session as tenant {row.tenant}", remedy)


# Policies apply by membership, and SET ROLE needs only one injected statement. A superuser is a
# member of every role, which `_role` has told.
MEMBERSHIPS = """
select other.rolname as name, pg_has_role(me.oid, other.oid, 'usage') as inherits,
       exists (select from pg_class c where c.relowner = other.oid) as owner
from pg_roles me, pg_roles other
where me.rolname = current_user and other.oid <> me.oid and not me.rolsuper
  and pg_has_role(me.oid, other.oid, 'member')
order by other.rolname
"""


def _memberships(connection: Connection, door: Door) -> Iterator[Finding]:
    for row in connection.execute(text(MEMBERSHIPS)):
        how = "inherits the rights" if row.inherits else "may take the role"
        whom = f"{row.name}, which owns tables" if row.owner else row.name
        remedy = f"run: revoke {row.name} from {door.value}"
        yield Finding(f"login role {door.value}", f"{how} of {whom}", remedy)


TABLES = """
select relname::text as name, relrowsecurity as enabled, relforcerowsecurity as forced,
       has_table_privilege(oid, 'select') as readable
from pg_class c
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
  and (relname = any(:names) or exists (
        select from pg_attribute a
        where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped))
"""


@dataclass(frozen=True)
class _Table:
    name: str
    present: bool
    enabled: bool = False
    forced: bool = False
    readable: bool = False


def _tables(connection: Connection) -> list[_Table]:
    # Models that nobody has imported are unknown here, but their tables have the column.
    rows = connection.execute(text(TABLES), {"names": list(tenant_tables())})
    found = {row.name: _Table(present=True, **row._mapping) for row in rows}
    names = sorted(tenant_tables() | found.keys())
    return [found.get(name, _Table(name, present=False)) for name in names]


def _protection(tables: list[_Table]) -> Iterator[Finding]:
    for table in tables:
        subject, alter = f"table {table.name}", f"run as app_owner: alter table {table.name}"
        if not table.present:
            yield Finding(subject, "is missing", MIGRATE)
            continue
        if not table.enabled:
            remedy = f"{alter} enable row level security"
            yield Finding(subject, "has row-level security off", remedy)
        if not table.forced:
            remedy = f"{alter} force row level security"
            yield Finding(subject, "does not force row-level security", remedy)


# Row-level security of the parent does not guard a partition that is named directly.
PARTITIONS = """
select c.oid::regclass::text as name
from pg_class parent join pg_inherits on inhparent = parent.oid join pg_class c on c.oid = inhrelid
where parent.relnamespace = 'public'::regnamespace and parent.relkind = 'p'
  and not (select rolsuper from pg_roles where rolname = current_user)
  and has_table_privilege(c.oid, 'select, insert, update, delete, truncate')
order by 1
"""


def _partitions(connection: Connection, door: Door) -> Iterator[Finding]:
    for row in connection.execute(text(PARTITIONS)):
        remedy = f"run as app_owner: revoke all on {row.name} from public, {door.value}"
        yield Finding(f"partition {row.name}", f"is open to {door.value}", remedy)


def _visible(connection: Connection, door: Door, tables: list[_Table]) -> Iterator[Finding]:
    if door is Door.MINISTRY:
        return
    open_tables = READ_BY_ALL[door]
    names = [table.name for table in tables if table.readable and table.name not in open_tables]
    # A login that starts with a context is told by `_role`; its rows prove nothing here.
    if not names or connection.scalar(text(HELD)):
        return
    leaks = set(_with_rows(connection, names))
    # A connection that has served somebody holds '' where a fresh one holds null.
    connection.execute(text("select app.set_context(null, null)"))
    leaks.update(_with_rows(connection, names))
    for name in sorted(leaks):
        remedy = f"compare its policies with the migrations, or {ROLES_SQL}"
        yield Finding(f"table {name}", f"shows rows to {door.value} without a context", remedy)


def _with_rows(connection: Connection, names: list[str]) -> list[str]:
    parts = (f"select '{name}' where exists (select from {name})" for name in names)  # noqa: S608
    query = text(" union all ".join(parts)).execution_options(without_context=True)
    return list(connection.scalars(query))
