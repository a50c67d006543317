"""Inputs of the masterplan's mutations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import strawberry

from graphql_schema.inputs import given, money, replaced, uuid_of, within
from graphql_schema.masterplan.analysis.inputs import CitationInput
from graphql_schema.mutating import Change, Creation
from graphql_schema.scalars import Rupiah
from tenants.masterplan.draft import BudgetLine, TargetLine
from tenants.masterplan.models import BudgetSource, Horizon


def _maybe(description: str) -> Any:
    return strawberry.field(default=None, description=description)


@strawberry.input(description="A new masterplan of a participation.")
class MasterplanCreateInput(Creation):
    """A new masterplan of a participation; each has one."""

    participation_id: strawberry.ID = strawberry.field(description="The participation.")
    title: str = strawberry.field(description="Title on the book's cover.")
    period_start: int = strawberry.field(description="First year.")
    period_end: int = strawberry.field(description="Last year.")


@strawberry.input(description="Changes of a masterplan; absent fields stay.")
class MasterplanUpdateInput(Change):
    """Changes of a masterplan; absent fields stay."""

    title: strawberry.Maybe[str] = _maybe("Title on the book's cover.")
    vision: strawberry.Maybe[str] = _maybe("What the city wants to be.")
    vision_citations: strawberry.Maybe[list[CitationInput]] = _maybe(
        "What the vision rests on; all of them."
    )


@strawberry.input(description="A mission and its goals.")
class MissionInput:
    """A mission and its goals."""

    text: str = strawberry.field(description="Its words.")
    goals: list[str] = strawberry.field(description="Words of its goals, in order.")


@strawberry.input(description="All missions of the plan, in order; they replace the former ones.")
class MissionsWriteInput(Change):
    """All missions of the plan, in order; they replace the former ones."""

    missions: list[MissionInput] = strawberry.field(
        description="All of them; what is left out ends."
    )


@strawberry.input(description="The indicator's value to be reached in a year.")
class YearTargetInput:
    """The indicator's value to be reached in a year."""

    year: int = strawberry.field(description="Year of the period.")
    value: Decimal = strawberry.field(description="What the indicator shall show.")


@strawberry.input(description="Money of one source in one year.")
class BudgetInput:
    """Money of one source in one year."""

    year: int = strawberry.field(description="Year of the period.")
    source: BudgetSource = strawberry.field(description="Where it comes from.")
    amount_rupiah: Rupiah = strawberry.field(description="How much.")


@strawberry.input(description="Fields of a programme; absent ones stay or take their default.")
class ProgrammeFieldsInput:
    """Fields of a programme; absent ones stay or take their default."""

    name: strawberry.Maybe[str] = _maybe("What it is called, at most 200 characters.")
    lead_unit_id: strawberry.Maybe[strawberry.ID] = _maybe("The one unit that leads.")
    goal_id: strawberry.Maybe[strawberry.ID | None] = _maybe("Goal that it serves; null for none.")
    permendagri_code: strawberry.Maybe[str | None] = _maybe(
        "Code by Permendagri 90/2019, bidang to subkegiatan: 2.16.03.2.02.0005, or X.XX.01."
    )
    description: strawberry.Maybe[str] = _maybe("What it is about.")
    sub_dimension: strawberry.Maybe[str] = _maybe(
        "Part of the pillar: the name or code of one, where the edition has any."
    )
    sub_dimension_id: strawberry.Maybe[strawberry.ID | None] = _maybe(
        "The same by its id, which decides; null for none."
    )
    activity: strawberry.Maybe[str] = _maybe("What will be done.")
    partners: strawberry.Maybe[str] = _maybe("Who takes part.")
    place: strawberry.Maybe[str] = _maybe("Where.")
    indicator: strawberry.Maybe[str] = _maybe("What is measured.")
    indicator_unit: strawberry.Maybe[str] = _maybe("Unit of the indicator.")
    baseline: strawberry.Maybe[Decimal | None] = _maybe("Value before; null if unknown.")
    horizon: strawberry.Maybe[Horizon] = _maybe("Short, medium or long.")
    is_new: strawberry.Maybe[bool] = _maybe("New, or a continued one.")
    is_quick_win: strawberry.Maybe[bool] = _maybe("Shows results within two years.")
    sdgs: strawberry.Maybe[list[int]] = _maybe("Sustainable development goals, 1 to 17.")
    sdg_targets: strawberry.Maybe[list[str]] = _maybe(
        "Their targets, such as 11.2 or 11.a; the goal of each is added to `sdgs`."
    )
    supporting_unit_ids: strawberry.Maybe[list[strawberry.ID]] = _maybe("Units that help; all.")
    targets: strawberry.Maybe[list[YearTargetInput]] = _maybe("Targets by year; all of them.")
    budgets: strawberry.Maybe[list[BudgetInput]] = _maybe("Budgets by year and source; all.")

    def values(self) -> Any:
        """The fields that were sent, in the rule's form."""
        fields = given(**{name: getattr(self, name) for name in _FIELDS})
        replaced(fields, "lead_unit_id", lambda text: uuid_of(text, "unt", "leadUnitId"))
        replaced(fields, "goal_id", lambda text: uuid_of(text, "gol", "goalId"))
        replaced(fields, "sub_dimension_id", lambda text: uuid_of(text, "sub", "subDimensionId"))
        replaced(
            fields,
            "supporting_unit_ids",
            lambda ids: [uuid_of(text, "unt", "supportingUnitIds") for text in ids],
        )
        replaced(fields, "targets", lambda lines: [TargetLine(t.year, t.value) for t in lines])
        replaced(fields, "budgets", _budgets)
        return fields


_FIELDS = tuple(ProgrammeFieldsInput.__annotations__)


def _budgets(lines: list[BudgetInput]) -> list[BudgetLine]:
    read = []
    for place, line in enumerate(lines):
        with within("budgets", str(place)):
            amount = money(line.amount_rupiah, "amountRupiah")
        read.append(BudgetLine(line.year, line.source, amount))
    return read


@strawberry.input(description="What an innovation becomes; its own words stand where none are.")
class PlacementInput(ProgrammeFieldsInput):
    """What an innovation becomes; its own words stand where none are."""

    innovation_id: strawberry.ID = strawberry.field(description="The accepted innovation.")


@strawberry.input(description="An accepted innovation becomes a programme.")
class InnovationPlaceInput(PlacementInput, Creation):
    """An accepted innovation becomes a programme of its pillar."""


@strawberry.input(description="A programme's fields and its pillar.")
class ProgrammeDraftInput(ProgrammeFieldsInput):
    """A programme's fields and its pillar."""

    dimension_id: strawberry.ID = strawberry.field(description="Pillar of the cohort's edition.")


@strawberry.input(description="A programme that comes from no innovation.")
class ProgrammeCreateInput(ProgrammeDraftInput, Creation):
    """A programme that comes from no innovation."""

    masterplan_id: strawberry.ID = strawberry.field(description="The plan.")


@strawberry.input(description="Changes of a programme; absent fields stay.")
class ProgrammeUpdateInput(ProgrammeFieldsInput, Change):
    """Changes of a programme; absent fields stay."""


@strawberry.input(description="The plan as it stands becomes a version that never changes.")
class MasterplanFreezeInput(Change):
    """The plan as it stands becomes a version that never changes."""


@strawberry.input(description="A frozen version is shown to everybody.")
class MasterplanPublishInput:
    """A frozen version is shown to everybody."""

    version_id: strawberry.ID = strawberry.field(description="The frozen version.")


@strawberry.input(description="The working copy goes on from a frozen version.")
class MasterplanForkInput:
    """The working copy goes on from a frozen version; what stands is kept as a version first."""

    version_id: strawberry.ID = strawberry.field(description="The frozen version.")
    expected_version: int = strawberry.field(
        description="The plan's version as it was read; what was changed since is not replaced."
    )


@strawberry.input(description="A regulation adopts a frozen version.")
class MasterplanAdoptInput:
    """A regulation adopts a frozen version; recorded once."""

    version_id: strawberry.ID = strawberry.field(description="The frozen version.")
    regulation_id: strawberry.ID = strawberry.field(
        description="The recorded regulation; its subject is the masterplan."
    )


@strawberry.input(description="A publication is taken back.")
class PublicationWithdrawInput:
    """A publication is taken back."""

    id: strawberry.ID = strawberry.field(description="The publication.")
