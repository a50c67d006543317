"""A statement's scopes: which sources each query has and how conditions tie their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlglot import exp

KEY = "tenant_id"
QUERIES = (exp.Select, exp.SetOperation, exp.Update, exp.Delete, exp.Insert)


@dataclass(eq=False)
class Scope:
    """One SELECT, UPDATE or DELETE: real tables and derived sources (subqueries, CTEs) by alias."""

    node: exp.Expression
    parent: Scope | None
    tables: dict[str, str] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    @property
    def target(self) -> str | None:
        """The alias that is written to."""
        if isinstance(self.node, exp.Update | exp.Delete):
            return str(self.node.this.alias_or_name)
        return None

    @property
    def locks(self) -> bool:
        """Whether rows are locked (FOR UPDATE and its kin)."""
        return bool(self.node.args.get("locks"))

    @property
    def cuts(self) -> bool:
        """Whether an outer condition means something else than the same condition inside."""
        arguments = self.node.args
        limited = any(arguments.get(name) for name in ("limit", "offset", "distinct"))
        return limited or any(own(self.node, exp.Window))

    def column(self, node: exp.Expression | None) -> Column | None:
        """Resolve a column here or in an enclosing scope; None for what carries no tenant."""
        if not isinstance(node, exp.Column):
            return None
        scope: Scope | None = self
        while scope is not None:
            sources = [*scope.tables, *scope.derived]
            alias = node.table or (sources[0] if len(sources) == 1 else "")
            if alias in scope.derived or (alias in scope.tables and node.name == KEY):
                return Column(scope, alias, node.name)
            scope = None if alias in scope.tables else scope.parent
        return None

    def output(self, name: str) -> Column | None:
        """The source column that the query yields under a name."""
        returning = self.node.args.get("returning")
        yields = returning.expressions if returning else self.node.args.get("expressions", [])
        for item in yields:
            if isinstance(item, exp.Star) and name == KEY:
                return self.column(exp.column(KEY))
            if item.alias_or_name == name:
                return self.column(item.unalias())
        return None


@dataclass(frozen=True)
class Derived:
    """A source that is a query; of a CTE the outer condition never reaches the inside."""

    branches: list[Scope]
    is_cte: bool


class Column(NamedTuple):
    """A column of a source that may carry the tenant."""

    scope: Scope
    alias: str
    name: str


class Edge(NamedTuple):
    """`to` has the tenant if `start` has it; a start of None is a bound parameter."""

    start: Column | None
    to: Column


def scopes(tree: exp.Expression) -> list[Scope]:
    """Return all scopes of a statement."""
    found: list[Scope] = []
    _query(tree, None, {}, found)
    return found


def own(node: exp.Expression, *kinds: type[exp.Expression]) -> Iterator[exp.Expression]:
    """Yield the nodes of some kinds in a query, without those inside its subqueries."""
    inner = lambda item: item is not node and isinstance(item, QUERIES)  # noqa: E731
    for item in node.walk(prune=inner):
        if item is not node and isinstance(item, kinds):
            yield item


def _query(
    node: exp.Expression, parent: Scope | None, ctes: dict[str, list[Scope]], found: list[Scope]
) -> list[Scope]:
    with_ = node.args.get("with_")
    for cte in with_.expressions if with_ else ():
        ctes = {**ctes, cte.alias: _query(cte.this, parent, ctes, found)}
    match node:
        case exp.SetOperation():
            sides = (node.left, node.right)
            return [scope for side in sides for scope in _query(side, parent, ctes, found)]
        case exp.Subquery() | exp.Paren() | exp.Insert():
            inner = node.expression if isinstance(node, exp.Insert) else node.this
            return _query(inner, parent, ctes, found) if inner is not None else []
        case exp.Select() | exp.Update() | exp.Delete():
            return [_scope(node, parent, ctes, found)]
        case _:
            return []


def _scope(
    node: exp.Expression, parent: Scope | None, ctes: dict[str, list[Scope]], found: list[Scope]
) -> Scope:
    scope = Scope(node, parent)
    found.append(scope)
    taken = {id(cte.this) for cte in own(node, exp.CTE)}
    for source in _sources(node):
        _add_source(scope, source, ctes, found, taken)
    for inner in own(node, *QUERIES):
        if id(inner) not in taken:
            _query(inner, scope, ctes, found)
    where = node.args.get("where")
    scope.edges.extend(_edges(scope, where and where.this, into=None))
    for join in own(node, exp.Join):
        if join.side in ("", "LEFT"):
            into = {item.alias_or_name for item in _sources_of(join.this)} if join.side else None
            scope.edges.extend(_edges(scope, join.args.get("on"), into=into))
    return scope


def _sources(node: exp.Expression) -> Iterator[exp.Expression]:
    if isinstance(node, exp.Update | exp.Delete):
        yield node.this
    from_ = node.args.get("from_")
    for item in [from_.this] if from_ else []:
        yield from _sources_of(item)
    for item in node.args.get("using") or []:
        yield from _sources_of(item)
    for join in node.args.get("joins") or []:
        yield from _sources_of(join.this)


def _sources_of(item: exp.Expression) -> Iterator[exp.Expression]:
    """Yield a FROM item, or the items of a join in parentheses or behind a table."""
    if isinstance(item, exp.Subquery) and isinstance(item.this, exp.Table):
        yield from _sources_of(item.this)
    else:
        yield item
    for join in item.args.get("joins") or []:
        yield from _sources_of(join.this)


def _add_source(
    scope: Scope,
    source: exp.Expression,
    ctes: dict[str, list[Scope]],
    found: list[Scope],
    taken: set[int],
) -> None:
    alias = source.alias_or_name
    if isinstance(source, exp.Table) and source.name in ctes:
        scope.derived[alias] = Derived(ctes[source.name], is_cte=True)
    elif isinstance(source, exp.Table):
        scope.tables[alias] = source.name
    elif isinstance(source, exp.Subquery | exp.Lateral):
        inner = source.this.this if isinstance(source.this, exp.Subquery) else source.this
        taken.add(id(inner))
        scope.derived[alias] = Derived(_query(inner, scope, ctes, found), is_cte=False)


def _edges(
    scope: Scope, condition: exp.Expression | None, *, into: Iterable[str] | None
) -> Iterator[Edge]:
    """Yield what an AND of equations ties; `into` are the only aliases that it restricts.

    An inner condition restricts the inner scope alone: the enclosing one has the row all the same.
    """
    for left, right in _equations(condition):
        for start, to in ((left, right), (right, left)):
            column = scope.column(to)
            fits = column is not None and column.scope is scope
            if column is None or not fits or (into is not None and column.alias not in into):
                continue
            if isinstance(start, exp.Placeholder):
                yield Edge(None, column)
            elif (other := scope.column(start)) is not None:
                yield Edge(other, column)


def _equations(
    condition: exp.Expression | None,
) -> Iterator[tuple[exp.Expression, exp.Expression]]:
    match condition:
        case exp.And():
            yield from _equations(condition.left)
            yield from _equations(condition.right)
        case exp.Paren():
            yield from _equations(condition.this)
        case exp.EQ():
            left, right = _bare(condition.left), _bare(condition.right)
            if isinstance(left, exp.Tuple) and isinstance(right, exp.Tuple):
                yield from zip(
                    map(_bare, left.expressions), map(_bare, right.expressions), strict=True
                )
            else:
                yield left, right


def _bare(node: exp.Expression) -> exp.Expression:
    while isinstance(node, exp.Cast | exp.Paren):
        node = node.this
    return node
