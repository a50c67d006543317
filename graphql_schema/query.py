"""Where every read begins."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graphql_schema import lists
from graphql_schema.cities.register import Region
from graphql_schema.cities.types import City
from graphql_schema.context import Context
from graphql_schema.editions.types import Cohort, GuideEdition
from graphql_schema.evaluation.types import EvaluationRound, PublishedResult
from graphql_schema.identity.types import Viewer
from graphql_schema.ids import decode
from graphql_schema.masterplan.sdg_types import SdgGoal, every_goal
from graphql_schema.masterplan.types import Publication
from graphql_schema.national import National
from graphql_schema.node import Node
from graphql_schema.reader.paging import Connection
from graphql_schema.reader.roots import (
    Arguments,
    Found,
    RootGroup,
    RootNodes,
    RootRow,
    RootRows,
    field,
    page,
)
from graphql_schema.reader.seeking import RootFound
from graphql_schema.scalars import RegionCode, Slug
from graphql_schema.search.arguments import SEARCH_ARGUMENTS
from graphql_schema.search.places import places
from graphql_schema.search.types import SearchHit
from kotacerdas.errors import NotFound
from kotacerdas.identity.policy import Permission
from tenants.editions.models import EditionState


@strawberry.input(one_of=True, description="Names one city: by exactly one of these.")
class CityBy:
    """Names one city: by exactly one of these."""

    id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Its opaque id."
    )
    slug: Slug | None = strawberry.field(
        default=strawberry.UNSET, description="Its name in addresses, e.g. kota-bukittinggi."
    )
    region_code: RegionCode | None = strawberry.field(
        default=strawberry.UNSET, description="Code of its region."
    )


def _named(arguments: Arguments) -> str | int:
    """Return the tenant that an id holds, else the slug or the code."""
    by = arguments["by"]
    if by.get("id") is None:
        return str(by.get("slug") or by.get("regionCode"))
    try:
        return decode(by["id"], "cty").tenant_id or 0
    except NotFound:
        return 0


async def _learn(context: Context, arguments: Arguments) -> None:
    name = _named(arguments)
    if isinstance(name, str):
        await context.directory.learn(name)


def _city(context: Context, arguments: Arguments) -> Found | None:
    name = _named(arguments)
    tenant_id = context.directory.known(name) if isinstance(name, str) else name
    return Found(context.scope(tenant_id), tenant_id) if tenant_id else None


def _viewer(context: Context, _arguments: Arguments) -> Found | None:
    person_id = context.actor.person_id
    return None if person_id is None else Found(context.person(), person_id)


@strawberry.type(description="Where every read begins.")
class Query:
    """Where every read begins."""

    cities: Connection[City] = page(
        "City", lists.CITIES, Context.public, "Cities on the platform; their public face."
    )
    regions: Connection[Region] = page(
        "Region", lists.REGIONS, Context.public, "Regencies and cities of the national register."
    )
    sdg_goals: list[SdgGoal] = field(
        RootRows("SdgGoal", Context.public, every_goal, ("number",)),
        "The 17 sustainable development goals (TPB) with the codes of their targets.",
    )
    cohorts: Connection[Cohort] = page(
        "Cohort", lists.COHORTS, Context.public, "Yearly cohorts of the programme."
    )
    guide_editions: Connection[GuideEdition] = page(
        "GuideEdition",
        lists.GUIDE_EDITIONS,
        Context.public,
        "Editions of the programme's guide; drafts are the ministry's.",
        where=lambda row: [row.c.state != EditionState.DRAFT],
    )
    publications: Connection[Publication] = page(
        "Publication",
        lists.PUBLICATIONS,
        Context.public,
        "Published masterplans of all cities, newest first.",
        where=lambda row: [row.c.withdrawn_at.is_(None)],
    )

    evaluation_rounds: Connection[EvaluationRound] = page(
        "EvaluationRound",
        lists.EVALUATION_ROUNDS,
        Context.public,
        "Rounds of the yearly evaluation, newest first.",
    )
    published_results: Connection[PublishedResult] = page(
        "PublishedResult",
        lists.PUBLISHED_RESULTS,
        Context.public,
        "Evaluation results that were published, newest first; never a ranking.",
        where=lambda row: [row.c.withdrawn_at.is_(None)],
    )

    search: Connection[SearchHit] = field(
        RootFound("SearchHit", places),
        "Programmes and innovations with these words, best first: what is published of every city,"
        " and what the caller may read besides.",
        SEARCH_ARGUMENTS,
    )
    viewer: Viewer | None = field(
        RootRow("Viewer", _viewer), "Who is asking; null for an anonymous reader."
    )
    city: City | None = field(
        RootRow("City", _city, _learn),
        "One city; what it owns is null for those who hold no role in it.",
        {"by": Annotated[CityBy, strawberry.argument(description="Which city.")]},
    )
    national: National | None = field(
        RootGroup(lambda context: context.scope(None), Permission.NATIONAL_READ, National),
        "All cities together; null without national:read.",
    )
    node: Node | None = field(
        RootNodes(several=False),
        "The object with this id; null if there is none or it may not be seen.",
        {"id": Annotated[strawberry.ID, strawberry.argument(description="Opaque id.")]},
    )
    nodes: list[Node | None] = field(
        RootNodes(several=True),
        "Objects by id, in this order; null where `node` gives null.",
        {
            "ids": Annotated[
                list[strawberry.ID], strawberry.argument(description="At most 100 opaque ids.")
            ]
        },
    )
