"""Where a search looks: what is published, and what the caller may read besides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from graphql_schema.context import Context
from graphql_schema.reader.seeking import Place
from kotacerdas.identity.policy import Permission, permitted
from kotacerdas.scope import NATION, Door, Scope
from tenants.search.asking import Asked
from tenants.search.finding import published_page, working_page
from tenants.search.matching import counted, published, working


def places(context: Context, arguments: Mapping[str, Any]) -> list[Place]:
    """Return the scopes to look in, none of which shows what another does.

    All cities' rows for the nation; else the rows of each of the caller's cities, and of the others
    what is published. Raises what `Asked.of` raises.
    """
    asked = Asked.of(
        arguments["text"],
        arguments.get("kinds"),
        arguments.get("dimension"),
        arguments.get("province"),
        arguments.get("region"),
    )
    nation = context.scope(None)
    if permitted(nation, Permission.NATIONAL_READ):
        return [_own(nation.through(Door.MINISTRY), asked)]
    grants = context.actor.grants
    held = {g.tenant_id for g in grants if g.tenant_id != NATION and g.holds(Permission.CITY_READ)}
    cities = sorted(held)
    others = Place(
        context.public(),
        partial(published_page, asked, cities),
        lambda: counted(published(asked, cities)),
        ("published", bool(cities), asked.form),
        asked.values() | {"but": cities},
    )
    return [others, *(_own(context.scope(city), asked) for city in cities)]


def _own(scope: Scope, asked: Asked) -> Place:
    """All rows that the scope reaches: a city's, or the nation's."""
    tenant_id = scope.tenant_id
    return Place(
        scope,
        partial(working_page, asked, tenant_id),
        lambda: counted(working(asked, tenant_id)),
        ("working", asked.form),
        asked.values() | {"tenant": tenant_id},
    )
