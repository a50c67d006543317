"""`python -m tests.roles_page`: write platform/docs/roles.md from the table of permissions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graphql import parse

from graphql_schema.enum_values import MEANINGS
from graphql_schema.evolution.applied import applied
from graphql_schema.schema import schema
from kotacerdas.identity.policy import (
    GRANTABLE,
    NATIONAL_ROLES,
    PERMISSIONS,
    UNIT_BOUND,
    UNIT_ROLES,
    Permission,
    Role,
)
from kotacerdas.identity.role_names import ROLE_NAMES

PAGE = Path(__file__).parents[1] / "platform" / "docs" / "roles.md"
HEAD = """\
# Roles and permissions

A person's rights are their roles, each held in one city or in the nation; a national role counts
in every city. What a role may do is one table, `kotacerdas.identity.policy`: every action and the
reader ask it, and nothing else grants a right. A bearer token carries at most the permissions that
it was made with, and never more than its maker holds at that moment. In the schema, `@requires`
says which permission a field or a mutation asks for.

This page is made by `python -m tests.roles_page`; a test holds it equal to the code.
"""


def roles_page() -> str:
    """Return the page: who the roles are, what each may do, and what asks for it."""
    parts = [HEAD, "## Roles\n", _roles(), "## Permissions\n", _permissions()]
    return "\n".join([*parts, "## What asks for them\n", _asking()])


def _roles() -> str:
    rows = [
        (f"`{role.value}`", *ROLE_NAMES[role], MEANINGS[Role][role.name], _held(role), _gives(role))
        for role in Role
    ]
    return _table(("role", "in Indonesian", "in English", "part", "held in", "may give"), rows)


def _held(role: Role) -> str:
    if role in NATIONAL_ROLES:
        return "the nation"
    return "one department of a city" if role in UNIT_ROLES else "a city"


def _gives(role: Role) -> str:
    given = GRANTABLE.get(role, frozenset())
    if given == frozenset(Role):
        return "every role"
    return ", ".join(f"`{each.value}`" for each in Role if each in given) or "none"


def _permissions() -> str:
    rows = [
        (f"`{permission.value}`", MEANINGS[Permission][permission.name], *_marks(permission))
        for permission in Permission
    ]
    note = "\n(u): only for what belongs to the role's own department.\n"
    return _table(("permission", "opens", *(f"`{role.value}`" for role in Role)), rows) + note


def _marks(permission: Permission) -> Iterable[str]:
    for role in Role:
        bound = role in UNIT_ROLES and permission in UNIT_BOUND
        yield ("yes (u)" if bound else "yes") if permission in PERMISSIONS[role] else ""


def _asking() -> str:
    asked = applied(parse(schema.as_str()), "requires")
    rows = []
    for permission in Permission:
        named = sorted(each for each, names in asked.items() if permission.name in names)
        steps = [each for each in named if each.startswith("Mutation.")]
        rows.append((f"`{permission.value}`", _list(set(named) - set(steps)), _list(steps)))
    return _table(("permission", "reading", "mutations"), rows)


def _list(coordinates: Iterable[str]) -> str:
    return ", ".join(f"`{each.removeprefix('Mutation.')}`" for each in sorted(coordinates))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(roles_page(), encoding="utf-8")
