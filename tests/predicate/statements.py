"""Which tenant tables a statement touches without a bound tenant, told from its SQL text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import sqlglot
from sqlglot import exp

import tenants.models  # noqa: F401  (so that every table is known)
from kotacerdas.tenancy import tenant_tables
from tests.predicate.scopes import KEY, Column, Derived, Scope, own, scopes

PLACEHOLDER = re.compile(r"%\((\w+)\)s|\$(?=\d)")
"""A parameter as psycopg writes it, or the sign before a numbered one."""
OPEN_TO_READERS = frozenset({"publication", "published_item", "published_result"})
VOLATILE = frozenset(
    {
        "clock_timestamp",
        "timeofday",
        "nextval",
        "rand",
        "random",
        "uuid",
        "gen_random_uuid",
        "uuidv7",
    }
)
"""Names in PostgreSQL, and those that sqlglot gives them."""


def faults(statement: str, *, writes_only: bool = False) -> list[str]:
    """Return one text for each broken rule; `writes_only` lets reads without locks pass."""
    if not _names().search(statement):
        return []
    tree = sqlglot.parse_one(PLACEHOLDER.sub(r":p\1", statement), dialect="postgres")
    found = scopes(tree)
    return [*_unbound(found, writes_only), *_untransferable(tree, found)]


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(sorted(tenant_tables()))})\b")


def _unbound(found: list[Scope], writes_only: bool) -> Iterator[str]:
    bound = _bound(found)
    for scope in found:
        for alias, table in scope.tables.items():
            writes = alias == scope.target or scope.locks
            exempt = not writes and (writes_only or table in OPEN_TO_READERS)
            known = Column(scope, alias, KEY) in bound
            if table in tenant_tables() and not exempt and not known:
                yield f"{alias}.tenant_id of table {table} is not bound to a parameter"


def _bound(found: list[Scope]) -> set[Column]:
    """Return every column that a parameter reaches, growing the set until it stays."""
    bound: set[Column] = set()
    while True:
        new = {
            edge.to
            for scope in found
            for edge in scope.edges
            if edge.start is None or edge.start in bound
        }
        for scope in found:
            for alias, derived in scope.derived.items():
                new |= set(_through(scope, alias, derived, bound | new))
        if new <= bound:
            return bound
        bound |= new


def _through(scope: Scope, alias: str, derived: Derived, bound: set[Column]) -> Iterator[Column]:
    """Pass the tenant out of a subquery, and into it where a condition may move inside."""
    for name in _yielded(derived):
        outside = Column(scope, alias, name)
        inside = [branch.output(name) for branch in derived.branches]
        if inside and all(column in bound for column in inside):
            yield outside
        if outside in bound and not derived.is_cte:
            yield from (
                column
                for branch, column in zip(derived.branches, inside, strict=True)
                if column is not None and column.scope is branch and not branch.cuts
            )


def _yielded(derived: Derived) -> set[str]:
    items = (
        item
        for branch in derived.branches
        for item in (branch.node.args.get("returning") or branch.node).expressions
    )
    return {KEY if isinstance(item, exp.Star) else item.alias_or_name for item in items}


def _untransferable(tree: exp.Expression, found: list[Scope]) -> Iterator[str]:
    if any(with_.recursive for with_ in tree.find_all(exp.With)):
        yield "a recursive query on tenant tables does not run on several nodes"
    if next(tree.find_all(exp.GroupingSets, exp.Cube, exp.Rollup), None) is not None:
        yield "GROUPING SETS, CUBE and ROLLUP on tenant tables do not run on several nodes"
    for scope in found:
        if isinstance(scope.node, exp.Update):
            called = {call.sql_name().lower() for call in own(scope.node, exp.Func)}
            called |= {call.name.lower() for call in own(scope.node, exp.Anonymous)}
            for name in sorted(called & VOLATILE):
                yield f"UPDATE calls the volatile {name}(): pass the value, or use now()"
