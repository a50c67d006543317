"""Where a search looks: what is published, and what the caller may read besides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from graphql_schema.context import Context
from graphql_schema.reader.seeking import Place
from kotacerdas.identity.policy import Permission, permitted
from kotacerdas.scope import NATION, Door
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
        rows = partial(working_page, asked, None)
        return [Place(nation.through(Door.MINISTRY), rows, counted(working(asked, None)))]
    grants = context.actor.grants
    held = {g.tenant_id for g in grants if g.tenant_id != NATION and g.holds(Permission.CITY_READ)}
    cities = sorted(held)
    others = partial(published_page, asked, cities)
    return [
        Place(context.public(), others, counted(published(asked, cities))),
        *(
            Place(
                context.scope(city),
                partial(working_page, asked, city),
                counted(working(asked, city)),
            )
            for city in cities
        ),
    ]
