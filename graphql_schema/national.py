"""What the ministry sees of all cities at once: the only place where cities are read together."""

from __future__ import annotations

import strawberry

from graphql_schema import lists
from graphql_schema.cities.types import City, Participation
from graphql_schema.context import Context, Info
from graphql_schema.masterplan.types import Programme
from graphql_schema.mutating import answer
from graphql_schema.reader.paging import Connection
from graphql_schema.reader.roots import page
from graphql_schema.submissions.types import Innovation
from kotacerdas.scope import Door, Scope
from tenants.cities import queries


def national_scope(context: Context) -> Scope:
    """The ministry's scope over every city; its door refuses whoever holds no national role."""
    return context.scope(None).through(Door.MINISTRY)


@strawberry.type(description="Participations counted honestly, and why two numbers differ.")
class ParticipationCounts:
    """Participations counted honestly, and why two numbers differ."""

    participations: int = strawberry.field(description="Participations of all counted cohorts.")
    regions: int = strawberry.field(description="Distinct regencies and cities among them.")
    repeats: int = strawberry.field(description="Participations by regions that came again.")
    why: str = strawberry.field(description="Why the numbers differ, in the reader's language.")


@strawberry.type(description="All cities together; null without the permission national:read.")
class National:
    """All cities together."""

    cities: Connection[City] = page("City", lists.CITIES, national_scope, "Every city.")
    participations: Connection[Participation] = page(
        "Participation", lists.PARTICIPATIONS, national_scope, "Participations of every city."
    )
    innovations: Connection[Innovation] = page(
        "Innovation", lists.INNOVATIONS, national_scope, "Innovations of every city."
    )
    programmes: Connection[Programme] = page(
        "Programme", lists.PROGRAMMES, national_scope, "Programmes of every city."
    )

    @answer("Participations and distinct regions over the cohorts.")
    async def participation_counts(self, info: Info) -> ParticipationCounts:
        """Count participations and distinct regions."""
        counts = await info.context.perform(
            national_scope(info.context), queries.participation_counts
        )
        why = counts.why_en if info.context.language == "en" else counts.why_id
        return ParticipationCounts(
            participations=counts.participations,
            regions=counts.regions,
            repeats=counts.repeats,
            why=why,
        )
