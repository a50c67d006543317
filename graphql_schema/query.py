"""Where every read begins."""

from __future__ import annotations

from typing import Annotated, cast

import strawberry

from graphql_schema import lists
from graphql_schema.cities.types import City, Cohort, Region
from graphql_schema.context import Context, Info
from graphql_schema.identity.types import Viewer
from graphql_schema.ids import Key, decode
from graphql_schema.masterplan.types import Publication
from graphql_schema.mutating import answer
from graphql_schema.national import National
from graphql_schema.node import Node
from graphql_schema.reader.paging import Connection
from graphql_schema.reader.reading import read_keys, read_one
from graphql_schema.reader.roots import page
from graphql_schema.scalars import RegionCode, Slug
from kotacerdas.errors import Invalid, NotFound
from kotacerdas.identity.policy import Permission, permitted

MOST_NODES = 100


@strawberry.input(one_of=True, description="Names one city: by exactly one of these.")
class CityBy:
    """Names one city: by exactly one of these."""

    id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Its opaque id."
    )
    slug: Slug | None = strawberry.field(default=strawberry.UNSET, description="Its slug.")
    region_code: RegionCode | None = strawberry.field(
        default=strawberry.UNSET, description="Code of its region."
    )


async def _tenant(context: Context, by: CityBy) -> int | None:
    if by.id:
        try:
            return decode(by.id, "cty").tenant_id
        except NotFound:
            return None
    return await context.directory.tenant_id(by.slug or by.region_code or "")


@strawberry.type(description="Where every read begins.")
class Query:
    """Where every read begins."""

    cities: Connection[City] = page(
        "City", lists.CITIES, Context.public, "Cities on the platform; their public face."
    )
    regions: Connection[Region] = page(
        "Region", lists.REGIONS, Context.public, "Regencies and cities of the national register."
    )
    cohorts: Connection[Cohort] = page(
        "Cohort", lists.COHORTS, Context.public, "Yearly cohorts of the programme."
    )
    publications: Connection[Publication] = page(
        "Publication",
        lists.PUBLICATIONS,
        Context.public,
        "Published masterplans of all cities, newest first.",
        where=lambda row: [row.c.withdrawn_at.is_(None)],
    )

    @answer("Who is asking; null for an anonymous reader.")
    async def viewer(self, info: Info) -> Viewer | None:
        """Return who is asking."""
        person_id = info.context.actor.person_id
        if person_id is None:
            return None
        return await read_one(  # type: ignore[return-value]  # rows answer declared types
            info._raw_info, info.context.person(), lambda row: [row.c.id == person_id]
        )

    @answer("One city; what it owns is null for those who hold no role in it.")
    async def city(
        self, info: Info, by: Annotated[CityBy, strawberry.argument(description="Which city.")]
    ) -> City | None:
        """Return one city."""
        tenant_id = await _tenant(info.context, by)
        if tenant_id is None:
            return None
        scope = info.context.scope(tenant_id)
        return await read_one(  # type: ignore[return-value]  # rows answer declared types
            info._raw_info, scope, lambda row: [row.c.id == tenant_id]
        )

    @answer("All cities together; null without national:read.")
    async def national(self, info: Info) -> National | None:
        """Return the national view."""
        scope = info.context.scope(None)
        return National() if permitted(scope, Permission.NATIONAL_READ) else None

    @answer("The object with this id; null if there is none or it may not be seen.")
    async def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Opaque id.")],
    ) -> Node | None:
        """Return the object with this id."""
        return (await _nodes(info, [id]))[0]

    @answer("Objects by id, in this order; null where `node` gives null.")
    async def nodes(
        self,
        info: Info,
        ids: Annotated[
            list[strawberry.ID], strawberry.argument(description="At most 100 opaque ids.")
        ],
    ) -> list[Node | None]:
        """Return objects by id."""
        if len(ids) > MOST_NODES:
            raise Invalid("ids", "paling banyak 100 id sekaligus.", "at most 100 ids at once.")
        return await _nodes(info, ids)


async def _nodes(info: Info, texts: list[strawberry.ID]) -> list[Node | None]:
    keys = {text: key for text in texts if (key := _decoded(text)) is not None}
    rows = dict(zip(keys, await read_keys(info._raw_info, list(keys.values())), strict=True))
    return [cast(Node | None, rows.get(text)) for text in texts]  # a row tells its type


def _decoded(text: str) -> Key | None:
    try:
        return decode(text)
    except NotFound:
        return None
