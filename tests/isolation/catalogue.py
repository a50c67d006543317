"""What PostgreSQL's catalogue must say; each function returns one text for each fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

from tests.isolation.expected import (
    COLUMN_RIGHTS,
    CONDITIONS,
    GUARDS,
    KEYS,
    LOGINS,
    NAMES,
    NARROW,
    NATIONAL_NAMES,
    NATIONAL_RIGHTS,
    RIGHTS,
    TRIGGERS,
    ColumnRight,
    Right,
)

Connection = psycopg.Connection[Any]


def faults(connection: Connection, *, partitions: int) -> list[str]:
    """Return everything that the catalogue says against isolation."""
    checks: list[Callable[[Connection], Iterator[str]]] = [
        relations, protection, keys, references, machinery, policies, grants, closed_doors,
        roles, memberships, functions,
    ]  # fmt: skip
    found = [fault for check in checks for fault in check(connection)]
    return [*found, *partitioning(connection, partitions)]


def relations(connection: Connection) -> Iterator[str]:
    """Nothing but the expected tables; a view would read with its owner's rights."""
    query = """select relname, relkind from pg_class c join pg_namespace n on n.oid = relnamespace
               where nspname !~ '^pg_' and nspname <> 'information_schema'
                 and relkind not in ('i', 'I') and not relispartition"""
    rows = dict(connection.execute(query))
    for name in sorted(rows.keys() ^ (NAMES | NATIONAL_NAMES)):
        yield f"relation {name} ({rows.get(name, 'missing')}) is not as expected"
    for name in sorted(rows):
        if rows[name] not in ("r", "p"):
            yield f"relation {name} is of kind {rows[name]}"


def protection(connection: Connection) -> Iterator[str]:
    """Row-level security is on and forced, and app_owner owns the table."""
    query = """select relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text
               from pg_class where relnamespace = 'public'::regnamespace and relname = any(%s)"""
    for name, enabled, forced, owner in connection.execute(query, [list(NAMES)]):
        if not enabled:
            yield f"{name}: row-level security is not enabled"
        if not forced:
            yield f"{name}: row-level security is not forced"
        if owner != "app_owner":
            yield f"{name}: owned by {owner}"


def partitioning(connection: Connection, modulus: int) -> Iterator[str]:
    """HASH (tenant_id) with the right number of partitions; plain tables for one."""
    query = """select relname, coalesce(pg_get_partkeydef(c.oid), ''),
                      (select count(*) from pg_inherits where inhparent = c.oid)
               from pg_class c where relnamespace = 'public'::regnamespace and relname = any(%s)"""
    wanted = ("HASH (tenant_id)", modulus) if modulus > 1 else ("", 0)
    for name, key, count in connection.execute(query, [list(NAMES)]):
        if (key, count) != wanted:
            yield f"{name}: partitioned by {key or 'nothing'} into {count}"


INDEXES = """
select c.relname, i.indexrelid::regclass::text, indisprimary,
       array(select a.attname::text from unnest(i.indkey::int2[]) with ordinality k(attnum, place)
             join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum order by place)
from pg_index i join pg_class c on c.oid = indrelid
where indisunique and relnamespace = 'public'::regnamespace
  and (c.relname = any(%s) or c.relispartition and not exists (
       select from pg_inherits where inhrelid = i.indexrelid))
"""


def keys(connection: Connection) -> Iterator[str]:
    """The primary key is (tenant_id, id); every unique index begins with tenant_id."""
    primary: Counter[str] = Counter()
    for table, index, is_primary, columns in connection.execute(INDEXES, [list(NAMES)]):
        primary[table] += is_primary
        if is_primary and columns != KEYS.get(table, ["tenant_id", "id"]):
            yield f"{table}: primary key is {columns}"
        if columns[:1] != ["tenant_id"]:
            yield f"{table}: unique {index} begins without tenant_id: {columns}"
    yield from (f"{table}: has no primary key" for table in sorted(NAMES) if not primary[table])


FOREIGN_KEYS = """
select k.conname, f.relname, t.relname, confdeltype, confupdtype,
       array(select attname::text from unnest(conkey) with ordinality u(n, o)
             join pg_attribute on attrelid = conrelid and attnum = n order by o),
       array(select attname::text from unnest(confkey) with ordinality u(n, o)
             join pg_attribute on attrelid = confrelid and attnum = n order by o)
from pg_constraint k join pg_class f on f.oid = conrelid join pg_class t on t.oid = confrelid
where contype = 'f' and not f.relispartition and not t.relispartition and conparentid = 0
"""


def references(connection: Connection) -> Iterator[str]:
    """A tenant table references its own tenant's rows, or national ones; no action is SET NULL."""
    anchored = set()
    for name, table, target, on_delete, on_update, here, there in connection.execute(FOREIGN_KEYS):
        if target in NAMES and table not in NAMES:
            yield f"{name}: national {table} references tenant table {target}"
        if target in NAMES and (here[:1], there[:1]) != (["tenant_id"], ["tenant_id"]):
            yield f"{name}: {table}{here} references {target}{there} without tenant_id"
        if table in NAMES and (on_delete, on_update) != ("a", "a"):
            yield f"{name}: acts on delete ({on_delete}) or update ({on_update})"
        if (target, here) == ("tenant", ["tenant_id"]):
            anchored.add(table)
    yield from (f"{table}: tenant_id references no tenant" for table in sorted(NAMES - anchored))


def machinery(connection: Connection) -> Iterator[str]:
    """No triggers, rules, exclusion constraints, identity or generated columns, inheritance.

    Vectors of words alone are generated: from their own row, so that they move with it.

    Triggers that guard the nation's tables are written by hand.
    """
    query = """
    select tgrelid::regclass::text || ': trigger ' || tgname from pg_trigger where not tgisinternal
    union all select ev_class::regclass::text || ': rule ' || rulename from pg_rewrite
      where ev_class in (select oid from pg_class where relnamespace = 'public'::regnamespace)
    union all select conrelid::regclass::text || ': exclusion ' || conname from pg_constraint
      where contype = 'x'
    union all select attrelid::regclass::text || ': identity or generated column ' || attname
      from pg_attribute join pg_class c on c.oid = attrelid
      where relnamespace = 'public'::regnamespace and attnum > 0
        and (attidentity <> '' or attgenerated <> '')
        and not (attname = 'search' and atttypid = 'tsvector'::regtype)
    union all select evtname || ': event trigger' from pg_event_trigger
    union all select pubname || ': replicates tables' from pg_publication
    """
    yield from (row[0] for row in connection.execute(query) if row[0] not in TRIGGERS)


POLICIES = """
select tablename, policyname, permissive, roles::text[], cmd, qual, with_check from pg_policies
order by tablename, policyname
"""


def policies(connection: Connection) -> Iterator[str]:
    """Each right has exactly one policy with the expected condition; there are no others."""
    covered: Counter[Right] = Counter()
    for table, name, permissive, members, command, using, check in connection.execute(POLICIES):
        if permissive != "PERMISSIVE" or len(members) != 1:
            yield f"{table}: policy {name} is {permissive} for {members}"
        verbs = ["SELECT", "INSERT", "UPDATE", "DELETE"] if command == "ALL" else [command]
        mine = [right for verb in verbs if (right := Right(table, members[0], verb)) in RIGHTS]
        if not mine:
            yield f"{table}: policy {name} serves no right"
        for right in mine:
            covered[right] += 1
            wanted = CONDITIONS[RIGHTS[right]]
            applied = {"INSERT": [check], "UPDATE": [using, check]}.get(right.verb, [using])
            if applied != [wanted] * len(applied):
                yield f"{table}: policy {name} lets {right.verb} reach {applied}"
    for right in RIGHTS:
        if covered[right] != 1:
            yield f"{right.table}: {covered[right]} policies for {right.verb} of {right.role}"


GRANTS = """
select relname, case grantee when 0 then 'public' else pg_get_userbyid(grantee) end, privilege_type
from pg_class c cross join lateral aclexplode(relacl)
where relnamespace = 'public'::regnamespace and not relispartition and grantee <> relowner
"""


COLUMN_GRANTS = """
select relname, pg_get_userbyid(grantee), privilege_type, attname
from pg_attribute join pg_class c on c.oid = attrelid cross join lateral aclexplode(attacl)
where relnamespace = 'public'::regnamespace
"""


def grants(connection: Connection) -> Iterator[str]:
    """The tables' rights are those written by hand, no more and no fewer."""
    found = {Right(*row) for row in connection.execute(GRANTS)}
    wanted = (RIGHTS.keys() | NATIONAL_RIGHTS.keys()) - NARROW
    yield from (f"{r.table}: {r.role} may {r.verb}" for r in sorted(found - wanted))
    yield from (f"{r.table}: {r.role} may not {r.verb}" for r in sorted(wanted - found))
    columns = {ColumnRight(Right(*row), name) for *row, name in connection.execute(COLUMN_GRANTS)}
    for right, name in sorted(columns ^ COLUMN_RIGHTS):
        yield f"{right.table}.{name}: {right.verb} of {right.role} is not as expected"


def closed_doors(connection: Connection) -> Iterator[str]:
    """Partitions carry no grants, nobody creates objects, default privileges give none."""
    query = """
    select oid::regclass::text || ': grant on a partition' from pg_class c
      where relispartition and relkind in ('r', 'p')
        and exists (select from aclexplode(relacl) where grantee <> relowner)
    union all select nspname || ': ' || pg_get_userbyid(grantee) || ' may create'
      from pg_namespace cross join lateral aclexplode(nspacl)
      where nspname in ('public', 'app') and privilege_type = 'CREATE' and grantee <> nspowner
    union all select 'database: ' || case grantee when 0 then 'public' else
        pg_get_userbyid(grantee) end || ' may ' || privilege_type
      from pg_database cross join lateral aclexplode(datacl)
      where datname = current_database() and privilege_type <> 'CONNECT' and grantee <> datdba
    union all select 'default privileges of ' || pg_get_userbyid(defaclrole) from pg_default_acl
    """
    yield from (row[0] for row in connection.execute(query))


def roles(connection: Connection) -> Iterator[str]:
    """Only `backup` bypasses row-level security, only the cluster's own user is a superuser."""
    query = """select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb,
                      rolreplication, oid = 10 from pg_roles where rolname !~ '^pg_'"""
    for name, superuser, bypasses, login, makes_roles, makes_databases, copies, first in list(
        connection.execute(query)
    ):
        if first:
            continue
        if superuser or makes_roles or makes_databases or copies:
            yield f"role {name}: superuser, createrole, createdb or replication"
        if bypasses and name != "backup":
            yield f"role {name}: bypasses row-level security"
        if name == "app_owner" and login:
            yield "role app_owner: may log in"
    settings = "select setconfig::text from pg_db_role_setting where setconfig::text ~ 'app[.]'"
    for (setting,) in connection.execute(settings):
        yield f"a role or database starts with a context: {setting}"


def memberships(connection: Connection) -> Iterator[str]:
    """The migrator may become the owner without inheriting; backup reads; there are no others."""
    query = """select member::regrole::text, roleid::regrole::text, inherit_option, admin_option
               from pg_auth_members
               where member::regrole::text !~ '^pg_' or roleid::regrole::text = any(%s)"""
    wanted = {
        ("app_migrator", "app_owner", False, False),
        ("backup", "pg_read_all_data", True, False),
    }
    found = set(connection.execute(query, [[*LOGINS, "app_owner"]]))
    for member, role, inherits, administers in sorted(found ^ wanted):
        yield f"membership of {member} in {role}: inherit {inherits}, admin {administers}"


def functions(connection: Connection) -> Iterator[str]:
    """`app.set_context` runs with the caller's rights, and sets locally; guards are known."""
    query = """select oid::regprocedure::text, prosecdef, prosrc from pg_proc
               where pronamespace in ('public'::regnamespace, 'app'::regnamespace)"""
    for name, definer, body in connection.execute(query):
        if name in GUARDS and not definer:
            continue
        if name != "app.set_context(integer,uuid)" or definer:
            yield f"function {name}: not expected, or runs with its owner's rights"
        elif "set_config" in body or body.count("set local app.") != 2:
            yield f"function {name}: sets more than the transaction's context"
