"""Units that are renamed, merged, split or ended, and the work that moves with them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import strawberry

from graphql_schema.cities.mutations import UnitPayload
from graphql_schema.context import Info
from graphql_schema.ids import decode
from graphql_schema.inputs import uuid_of, within
from graphql_schema.mutating import Change, Creation, mutation, perform
from kotacerdas.identity.policy import Permission
from tenants.cities.models import UnitKind
from tenants.reorganisation.asking import Choice, Ending, Reorganisation, Successor
from tenants.reorganisation.models import ReorganisationKind
from tenants.reorganisation.reorganising import reorganise

NO_ROW = UUID(int=0)
"""Where an opaque id holds no UUID, as a city's: no work has it."""


@strawberry.input(description="A department that ends.")
class UnitEndingInput(Change):
    """A department that ends."""


@strawberry.input(description="A department that takes over: one that is there, or a new one.")
class UnitSuccessorInput:
    """A department that takes over: by its id, or by the names of a new one."""

    id: strawberry.ID | None = strawberry.field(
        default=None, description="One that is there; its names stay."
    )
    name: str = strawberry.field(default="", description="Full name of a new one.")
    short_name: str = strawberry.field(
        default="", description="Its short name; that of one that ends is free."
    )
    kind: UnitKind | None = strawberry.field(
        default=None, description="Its kind; by default that of the first that ends."
    )

    def read(self) -> Successor:
        """The rule's form; raises NotFound."""
        unit_id = None if self.id is None else uuid_of(self.id, "unt", "id")
        return Successor(unit_id, self.name, self.short_name, self.kind)


@strawberry.input(description="Which successor takes over something of the open work.")
class UnitChoiceInput:
    """Which successor takes over something of the open work."""

    id: strawberry.ID = strawberry.field(description="What: an id of `openWork`.")
    successor: int = strawberry.field(description="Place of the successor in the list, from 0.")


@strawberry.input(description="Departments end on a day, and others take over their open work.")
class UnitsReorganiseInput(Creation):
    """Departments end on a day, and others take over their open work."""

    city_id: strawberry.ID = strawberry.field(description="The city.")
    kind: ReorganisationKind = strawberry.field(description="Rename, merge, split or end.")
    units: list[UnitEndingInput] = strawberry.field(description="Those that end.")
    on: date = strawberry.field(description="First day without them; not ahead of today.")
    successors: list[UnitSuccessorInput] = strawberry.field(
        default_factory=list,
        description="Those that take over; the first takes what no choice names.",
    )
    basis: str = strawberry.field(
        default="", description="Regulation behind it, e.g. Perda 5 Tahun 2026."
    )
    choices: list[UnitChoiceInput] = strawberry.field(
        default_factory=list, description="What another successor than the first takes over."
    )

    def read(self) -> Reorganisation:
        """The rule's form; raises NotFound at the id at fault."""
        units, successors, choices = [], [], []
        for place, ending in enumerate(self.units):
            with within("units", str(place)):
                units.append(Ending(uuid_of(ending.id, "unt", "id"), ending.expected_version))
        for place, successor in enumerate(self.successors):
            with within("successors", str(place)):
                successors.append(successor.read())
        for place, choice in enumerate(self.choices):
            with within("choices", str(place)):
                row_id = decode(choice.id).id
                choices.append(Choice(row_id or NO_ROW, choice.successor))
        return Reorganisation(
            self.kind, tuple(units), self.on, tuple(successors), self.basis, tuple(choices)
        )


@strawberry.input(description="A department ends and another takes over.")
class UnitReplaceInput(Change):
    """A department ends and another takes over."""

    by: strawberry.ID = strawberry.field(description="Department that takes over.")
    on: date = strawberry.field(description="Day of the change; not ahead of today.")


@strawberry.type
class ReorganisationMutations:
    """Steps of reorganisations."""

    @mutation(
        "Rename, merge, split or end departments: open work moves on, history stays.",
        requires=Permission.UNIT_MANAGE,
    )
    async def units_reorganise(self, info: Info, input: UnitsReorganiseInput) -> UnitPayload:
        """Reorganise departments; answers the first that ended."""
        return await perform(
            info,
            UnitPayload,
            input.city_id,
            "cty",
            lambda s, _: reorganise(s, input.read(), idempotency_key=input.idempotency_key),
            named="cityId",
        )

    @mutation(
        "Let another department take over with all open work; history stays.",
        requires=Permission.UNIT_MANAGE,
    )
    async def unit_replace(self, info: Info, input: UnitReplaceInput) -> UnitPayload:
        """Replace a department: the shortest reorganisation."""
        return await perform(
            info,
            UnitPayload,
            input.id,
            "unt",
            lambda s, key: reorganise(
                s,
                Reorganisation(
                    ReorganisationKind.MERGE,
                    (Ending(key, input.expected_version),),
                    input.on,
                    (Successor(uuid_of(input.by, "unt", "by")),),
                ),
            ),
        )
