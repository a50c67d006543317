"""Inputs of the mutations of innovations and their review."""

from __future__ import annotations

from typing import Any

import strawberry

from graphql_schema.enums import InnovationField
from graphql_schema.ids import decode
from graphql_schema.inputs import given, replaced, uuid_of
from graphql_schema.mutating import Change, Creation
from graphql_schema.scalars import Rupiah
from tenants.submissions.content import TEXTS
from tenants.submissions.models import InnovationKind, Maturity, Verdict

AS_SENT = ("name", "kind", "maturity", *TEXTS)
"""Fields that go to the rule as they were sent."""


def _text(description: str) -> Any:
    return strawberry.field(default="", description=description)


def _maybe(description: str) -> Any:
    return strawberry.field(default=None, description=description)


@strawberry.input(description="An innovation as its unit first writes it down.")
class InnovationDraftInput:
    """An innovation as its unit first writes it down."""

    unit_id: strawberry.ID = strawberry.field(description="Unit that proposes it.")
    dimension_id: strawberry.ID = strawberry.field(description="Pillar of the cohort's edition.")
    name: str = strawberry.field(description="Name, at most 200 characters.")
    kind: InnovationKind = strawberry.field(description="By what means it works.")
    maturity: Maturity = strawberry.field(description="How far it has come.")
    budget_rupiah: Rupiah = strawberry.field(description="Estimated budget.")
    problem: str = _text("Problem that it answers.")
    solution: str = _text("How it answers it.")
    benefit: str = _text("What changes for people.")
    uniqueness: str = _text("What is new about it.")
    partners: str = _text("Who takes part.")
    replication: str = _text("How others could adopt it.")
    sustainability: str = _text("How it lasts.")
    risks: str = _text("What could go wrong.")
    resources: str = _text("People, tools and data that it needs.")

    def values(self) -> dict[str, Any]:
        """The rule's arguments."""
        return {
            "unit_id": uuid_of(self.unit_id, "unt", "unitId"),
            "dimension_id": uuid_of(self.dimension_id, "dim", "dimensionId"),
            "budget_rupiah": str(self.budget_rupiah),
            **{name: getattr(self, name) for name in AS_SENT},
        }


@strawberry.input(description="A new innovation; it begins as a draft.")
class InnovationCreateInput(InnovationDraftInput, Creation):
    """A new innovation; it begins as a draft."""

    participation_id: strawberry.ID = strawberry.field(description="For which participation.")


@strawberry.input(description="A draft that begins from what another city has published.")
class InnovationReplicateInput(Creation):
    """A draft that begins from what another city has published."""

    participation_id: strawberry.ID = strawberry.field(description="For which participation.")
    unit_id: strawberry.ID = strawberry.field(description="Unit that proposes it.")
    item_id: strawberry.ID = strawberry.field(description="The other city's `PublishedItem`.")
    dimension_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Pillar of the cohort's edition; null for the one of the item's code.",
    )

    def values(self) -> dict[str, Any]:
        """The rule's arguments."""
        item, pillar = decode(self.item_id, "pit", "itemId"), self.dimension_id
        return {
            "unit_id": uuid_of(self.unit_id, "unt", "unitId"),
            "origin_id": item.tenant_id,
            "item_id": item.id,
            "dimension_id": pillar and uuid_of(pillar, "dim", "dimensionId"),
        }


@strawberry.input(description="Changes of a draft or a returned innovation; absent fields stay.")
class InnovationUpdateInput(Change):
    """Changes of a draft or a returned innovation; absent fields stay."""

    dimension_id: strawberry.Maybe[strawberry.ID] = _maybe("Pillar of the cohort's edition.")
    name: strawberry.Maybe[str] = _maybe("What it is called, at most 200 characters.")
    kind: strawberry.Maybe[InnovationKind] = _maybe("By what means it works.")
    maturity: strawberry.Maybe[Maturity] = _maybe("How far it has come.")
    budget_rupiah: strawberry.Maybe[Rupiah] = _maybe("Estimated budget.")
    problem: strawberry.Maybe[str] = _maybe("Problem that it answers.")
    solution: strawberry.Maybe[str] = _maybe("How it answers it.")
    benefit: strawberry.Maybe[str] = _maybe("What changes for people.")
    uniqueness: strawberry.Maybe[str] = _maybe("What is new about it.")
    partners: strawberry.Maybe[str] = _maybe("Who takes part.")
    replication: strawberry.Maybe[str] = _maybe("How others could adopt it.")
    sustainability: strawberry.Maybe[str] = _maybe("How it lasts.")
    risks: strawberry.Maybe[str] = _maybe("What could go wrong.")
    resources: strawberry.Maybe[str] = _maybe("People, tools and data that it needs.")

    def changes(self) -> Any:
        """The fields that were sent."""
        fields = given(
            **{name: getattr(self, name) for name in ("dimension_id", "budget_rupiah", *AS_SENT)}
        )
        replaced(fields, "dimension_id", lambda text: uuid_of(text, "dim", "dimensionId"))
        return fields


@strawberry.input(description="A step of an innovation.")
class InnovationStepInput(Change):
    """A step of an innovation."""


@strawberry.input(description="The city hands an innovation back to its unit.")
class InnovationReturnInput(Change):
    """The city hands an innovation back to its unit."""

    reason: str = strawberry.field(description="What to change; the unit is told.")


@strawberry.input(description="An expert's verdict.")
class ReviewDecideInput(Change):
    """An expert's verdict."""

    verdict: Verdict = strawberry.field(description="Accept, return or reject.")
    comment: str = _text("Words to the verdict; needed to reject.")


@strawberry.input(description="A remark on one field.")
class RemarkAddInput(Creation):
    """A remark on one field."""

    review_id: strawberry.ID = strawberry.field(description="The open review.")
    anchor: InnovationField = strawberry.field(description="Field it is about.")
    text: str = strawberry.field(description="What the expert asks for.")
    blocking: bool = strawberry.field(description="Whether acceptance waits for it.")
