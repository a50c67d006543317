"""A statement that changes announced rows past the session says so, or why nobody need know."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import tenants.models  # noqa: F401  (every table of the product)
from kotacerdas.tenancy import Model
from tests.sizes import PRODUCT, ROOT, modules

TABLES = [mapper.class_ for mapper in Model.registry.mappers]
ANNOUNCED = {table.__name__ for table in TABLES if hasattr(table, "__announces__")}
TABLE_NAMES = {name.upper() for name in ANNOUNCED}
"""How statements that are compiled once call the tables of these models."""
UNTOLD = {
    "leases._change": "a part of a statement: `_put_down` and the pulse tell of it",
    "announcing._update": "a part of a statement: `free_abandoned` tells of it",
    "announcing.withdraw": "an announcement is between relay and workers; no API shows it",
    "actions._insertion": "nobody can follow a job that is not there yet",
    "inserts._queued": "nobody can follow a job that is not there yet",
    "inserts._told": "a part of a statement: `tell` tells of it",
    "authentication._by_session": "the time of the last use changes no right",
    "authentication._by_token": "the time of the last use changes no right",
    "people.register": "nobody has shown a credential of a new account yet",
    "people.set_password": "the account's own row, written through the session, tells of it",
    "housekeeping.purge_sessions": "sessions that have ended open nothing already",
}
"""Functions by module and name, and why they tell nobody."""


def changing() -> Iterator[tuple[str, bool]]:
    """Yield each function with such a statement, and whether it records a change."""
    for path in modules():
        if not path.startswith(PRODUCT):
            continue
        module = path.rpartition("/")[2].removesuffix(".py")
        for node in ast.walk(ast.parse((ROOT / path).read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                called = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
                if any(map(_changes_rows, called)):
                    yield f"{module}.{node.name}", any(map(_tells, called))


def _changes_rows(call: ast.Call) -> bool:
    named = isinstance(call.func, ast.Name) and call.func.id in ("update", "insert", "delete")
    first = call.args[0] if call.args else None
    return named and isinstance(first, ast.Name) and first.id in ANNOUNCED | TABLE_NAMES


def _tells(call: ast.Call) -> bool:
    return ast.unparse(call.func) in ("changes.record", "_announced")


def test_the_announced_tables_are_these():
    assert {
        "Job", "Notification", "Innovation", "Review", "Remark",
        "Account", "ApiToken", "BrowserSession", "Membership",
    } == ANNOUNCED  # fmt: skip


def test_every_statement_on_announced_rows_tells_of_it_or_is_listed_with_a_reason():
    found = dict(changing())
    silent = {name for name, tells in found.items() if not tells}
    assert silent == set(UNTOLD), "call changes.record, or say here why nobody need know"
    assert {name for name, tells in found.items() if tells} >= {
        "leases._take", "sessions._end", "members.give_role", "actions.mark_read",
    }  # fmt: skip
