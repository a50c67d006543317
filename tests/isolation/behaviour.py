"""What PostgreSQL does: each verb of each role on each tenant table, in each context."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import Table

from tests.isolation.expected import NARROW, RIGHTS, Right, Rows
from tests.isolation.rows import TABLES, Tenant

Connection = psycopg.Connection[Any]
Outcome = int | str
DENIED = "permission denied"
REFUSED = "refused by the policy"
PASSED = "passed"
"""The policy let it through; a key or a reference stopped it afterwards."""


@dataclass(frozen=True)
class Context:
    """What the transaction says of itself: a tenant with its person, nothing, or ''."""

    name: Literal["own", "other", "none", "empty"]
    tenant: Tenant | None

    def enter(self, connection: Connection) -> None:
        """Begin a transaction in this context; `none` leaves the connection as it is."""
        if self.name != "none":
            tenant = self.tenant
            values = (tenant.id, tenant.person_id) if tenant else (None, None)
            connection.execute("select app.set_context(%s, %s)", values)


@dataclass
class Proof:
    """The tenant whose rows are tried (`own`) and another; counts what was tried."""

    own: Tenant
    other: Tenant
    probes: int = 0
    faults: list[str] = field(default_factory=list)

    def contexts(self) -> list[Context]:
        """All contexts as `own` sees them; `none` comes while a fresh connection has no setting."""
        return [
            Context("none", None),
            Context("own", self.own),
            Context("other", self.other),
            Context("empty", None),
        ]

    def run(
        self, connection: Connection, role: str, tables: Iterable[Table] = TABLES, *, how: str
    ) -> None:
        """Try every verb as `role`; each transaction is rolled back.

        On a reused connection the setting is '' where a fresh one has null.
        """
        for context in self.contexts():
            for table in tables:
                context.enter(connection)
                for verb, probe in VERBS.items():
                    found = _outcome(connection, probe, self, table, context)
                    wanted = _wanted(verb, table.name, role, context, self)
                    self.probes += 1
                    if not _agrees(found, wanted):
                        where = f"{table.name}: {role} in context {context.name}, {how}"
                        self.faults.append(f"{where}: {verb} gave {found}, not {wanted}")
                connection.rollback()


Probe = Callable[[Connection, Proof, Table, Context], Outcome]


def _outcome(
    connection: Connection, probe: Probe, proof: Proof, table: Table, context: Context
) -> Outcome:
    connection.execute("savepoint probe")
    try:
        return probe(connection, proof, table, context)
    except psycopg.errors.InsufficientPrivilege as error:
        return DENIED if DENIED in str(error) else REFUSED
    except psycopg.errors.IntegrityError:
        return PASSED
    except psycopg.errors.FeatureNotSupported:
        return REFUSED
    finally:
        connection.execute("rollback to savepoint probe")


def _select(connection: Connection, proof: Proof, table: Table, _context: Context) -> Outcome:
    ids = [proof.own.id, proof.other.id]
    query = f"select distinct tenant_id from {table.name} where tenant_id = any(%s) order by 1"
    return str([ids.index(row[0]) for row in connection.execute(query, [ids])])


def _count(connection: Connection, _proof: Proof, table: Table, _context: Context) -> Outcome:
    return int(connection.execute(f"select count(*) from {table.name}").fetchall()[0][0])


def _copy(connection: Connection, _proof: Proof, table: Table, _context: Context) -> Outcome:
    with connection.cursor() as cursor, cursor.copy(
        f"copy (select * from {table.name}) to stdout"
    ) as copy:  # fmt: skip
        return sum(1 for _ in copy.rows())


def _copy_in(connection: Connection, proof: Proof, table: Table, _context: Context) -> Outcome:
    row = proof.own.row(table)
    names = ", ".join(f'"{name}"' for name in row)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table.name} ({names}) from stdin") as copy,
    ):
        copy.write_row([_adapted(value) for value in row.values()])
    return 1


def _insert(connection: Connection, proof: Proof, table: Table, _context: Context) -> Outcome:
    row = proof.own.row(table)
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join(["%s"] * len(row))
    values = [_adapted(value) for value in row.values()]
    query = f"insert into {table.name} ({names}) values ({places})"
    return connection.execute(query, values).rowcount


def _update(connection: Connection, proof: Proof, table: Table, _context: Context) -> Outcome:
    column = "updated_at" if "updated_at" in table.c else "tenant_id"
    query = f"update {table.name} set {column} = {column} where tenant_id = %s"
    return connection.execute(query, [proof.own.id]).rowcount


def _move(connection: Connection, proof: Proof, table: Table, _context: Context) -> Outcome:
    query = f"update {table.name} set tenant_id = %s where tenant_id = %s"
    return connection.execute(query, [proof.other.id, proof.own.id]).rowcount


def _delete(connection: Connection, proof: Proof, table: Table, _context: Context) -> Outcome:
    query = f"delete from {table.name} where tenant_id = %s"
    return connection.execute(query, [proof.own.id]).rowcount


def _adapted(value: object) -> object:
    return Jsonb(value) if isinstance(value, dict) else value


VERBS: dict[str, Probe] = {
    "select": _select,
    "count": _count,
    "insert": _insert,
    "update": _update,
    "move": _move,
    "delete": _delete,
    "copy": _copy,
    "copy in": _copy_in,
}


def _wanted(verb: str, table: str, role: str, context: Context, proof: Proof) -> Outcome:
    """Return what the rights written by hand lead to."""

    def right(name: str) -> Rows | None:
        return RIGHTS.get(Right(table, role, name))

    def reaches(rows: Rows | None, tenant: Tenant) -> bool:
        return rows in ("every", "open") or context.tenant is tenant

    seen = [t for t in (proof.own, proof.other) if reaches(right("SELECT"), t)]
    mine = proof.own in seen
    match verb:
        case "select" if right("SELECT"):
            return str([(proof.own, proof.other).index(tenant) for tenant in seen])
        case "count" | "copy" if right("SELECT"):
            return len(seen)
        case "insert" if rows := right("INSERT"):
            return 1 if reaches(rows, proof.own) else REFUSED
        case "copy in" if right("INSERT"):
            return REFUSED  # PostgreSQL has no COPY FROM under row-level security
        case "update" if rows := right("UPDATE"):
            return int(mine and reaches(rows, proof.own))
        case "move" if right("UPDATE") == "own" and Right(table, role, "UPDATE") not in NARROW:
            return REFUSED if context.tenant is proof.own else 0
        case "delete" if rows := right("DELETE"):
            return int(mine and reaches(rows, proof.own))
    return DENIED


def _agrees(found: Outcome, wanted: Outcome) -> bool:
    return found == wanted or (wanted == 1 and found == PASSED)
