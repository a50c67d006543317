"""Steps of participations, deadlines and departments."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from graphql_schema.cities.participations import Deadline, Participation
from graphql_schema.cities.units import Unit
from graphql_schema.context import Info
from graphql_schema.inputs import given
from graphql_schema.mutating import Change, Creation, Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.cities import deadlines, participation, units
from tenants.cities.models import ParticipationMode, UnitKind
from tenants.cities.workflow import Stage
from tenants.process.advancing import advance


@strawberry.type
class ParticipationPayload(Payload):
    """A changed participation, or errors."""

    prefix = "par"
    participation: Participation | None = changed()


@strawberry.type
class DeadlinePayload(Payload):
    """A changed deadline, or errors."""

    prefix = "ddl"
    deadline: Deadline | None = changed()


@strawberry.type
class UnitPayload(Payload):
    """A changed department, or errors."""

    prefix = "unt"
    unit: Unit | None = changed()


@strawberry.input(description="An invitation of a city into a cohort.")
class ParticipationInviteInput:
    """An invitation of a city into a cohort; inviting twice is refused."""

    city_id: strawberry.ID = strawberry.field(description="The city.")
    cohort_year: int = strawberry.field(description="Year of the cohort.")
    occurred_on: date = strawberry.field(description="Day of the invitation.")
    mode: ParticipationMode = strawberry.field(
        default=ParticipationMode.INVITATION, description="How it comes to take part."
    )


@strawberry.input(description="A step of a participation.")
class ParticipationAdvanceInput(Change):
    """A step of a participation."""

    to: Stage = strawberry.field(description="Stage to enter.")
    occurred_on: date = strawberry.field(description="Day it happened, in the city's zone.")
    document_number: str | None = strawberry.field(
        default=None, description="Number of the letter or decree, where the stage needs one."
    )
    note: str | None = strawberry.field(default=None, description="What to note about it.")


@strawberry.input(description="A date by which something is due.")
class DeadlineSetInput(Creation):
    """A date by which something is due."""

    participation_id: strawberry.ID = strawberry.field(description="The participation.")
    name: str = strawberry.field(description="What is due.")
    due_at: datetime = strawberry.field(description="When; reminders go out 7 and 1 days before.")


@strawberry.input(description="A new date of a deadline.")
class DeadlineMoveInput(Change):
    """A new date of a deadline."""

    due_at: datetime = strawberry.field(description="New date.")


@strawberry.input(description="A deadline that was met.")
class DeadlineFinishInput(Change):
    """A deadline that was met."""


@strawberry.input(description="A new department.")
class UnitCreateInput(Creation):
    """A new department."""

    city_id: strawberry.ID = strawberry.field(description="The city.")
    name: str = strawberry.field(description="Full name.")
    short_name: str = strawberry.field(description="Short name, unique within the city.")
    kind: UnitKind = strawberry.field(description="Kind by PP 18/2016.")
    valid_from: date | None = strawberry.field(default=None, description="First day, if known.")


@strawberry.input(description="Changes of a department; absent fields stay.")
class UnitUpdateInput(Change):
    """Changes of a department; absent fields stay."""

    name: strawberry.Maybe[str] = strawberry.field(default=None, description="New full name.")
    short_name: strawberry.Maybe[str] = strawberry.field(
        default=None, description="New short name."
    )
    kind: strawberry.Maybe[UnitKind] = strawberry.field(default=None, description="New kind.")


@strawberry.type
class CityMutations:
    """Steps of participations, deadlines and departments."""

    @mutation("Invite a city into a cohort, for the ministry.", requires=Permission.COHORT_MANAGE)
    async def participation_invite(
        self, info: Info, input: ParticipationInviteInput
    ) -> ParticipationPayload:
        """Invite a city."""
        return await perform(
            info,
            ParticipationPayload,
            input.city_id,
            "cty",
            lambda s, _: participation.invite(
                s,
                cohort_year=input.cohort_year,
                occurred_on=input.occurred_on,
                mode=input.mode,
            ),
            named="cityId",
        )

    @mutation(
        "Take a step of a participation; who may take it depends on the stage.",
        requires=(Permission.COHORT_MANAGE, Permission.PARTICIPATION_ADVANCE),
    )
    async def participation_advance(
        self, info: Info, input: ParticipationAdvanceInput
    ) -> ParticipationPayload:
        """Take a step."""
        return await step(
            info,
            ParticipationPayload,
            input,
            advance,
            to=input.to,
            occurred_on=input.occurred_on,
            document_number=input.document_number,
            note=input.note,
        )

    @mutation(
        "Set a deadline; the people concerned are reminded 7 and 1 days before.",
        requires=(Permission.COHORT_MANAGE, Permission.PARTICIPATION_ADVANCE),
    )
    async def deadline_set(self, info: Info, input: DeadlineSetInput) -> DeadlinePayload:
        """Set a deadline."""
        return await perform(
            info,
            DeadlinePayload,
            input.participation_id,
            "par",
            lambda s, key: deadlines.set_deadline(
                s,
                key,
                name=input.name,
                due_at=input.due_at,
                idempotency_key=input.idempotency_key,
            ),
            named="participationId",
        )

    @mutation(
        "Move a deadline; reminders for the old date are not sent.",
        requires=(Permission.COHORT_MANAGE, Permission.PARTICIPATION_ADVANCE),
    )
    async def deadline_move(self, info: Info, input: DeadlineMoveInput) -> DeadlinePayload:
        """Move a deadline."""
        return await step(
            info, DeadlinePayload, input, deadlines.move_deadline, due_at=input.due_at
        )

    @mutation(
        "Note that a deadline was met; no reminder follows.",
        requires=(Permission.COHORT_MANAGE, Permission.PARTICIPATION_ADVANCE),
    )
    async def deadline_finish(self, info: Info, input: DeadlineFinishInput) -> DeadlinePayload:
        """Finish a deadline."""
        return await step(info, DeadlinePayload, input, deadlines.finish_deadline)

    @mutation("Add a department.", requires=Permission.UNIT_MANAGE)
    async def unit_create(self, info: Info, input: UnitCreateInput) -> UnitPayload:
        """Add a department."""
        return await perform(
            info,
            UnitPayload,
            input.city_id,
            "cty",
            lambda s, _: units.create_unit(
                s,
                name=input.name,
                short_name=input.short_name,
                kind=input.kind,
                valid_from=input.valid_from,
                idempotency_key=input.idempotency_key,
            ),
            named="cityId",
        )

    @mutation("Change a department's names or kind.", requires=Permission.UNIT_MANAGE)
    async def unit_update(self, info: Info, input: UnitUpdateInput) -> UnitPayload:
        """Change a department."""
        changes = given(name=input.name, short_name=input.short_name, kind=input.kind)
        return await step(info, UnitPayload, input, units.update_unit, **changes)
