"""Innovations, revisions, reviews."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry
from sqlalchemy import ColumnElement, FromClause, Text, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from strawberry.scalars import JSON

from graphql_schema.cities.participations import Participation
from graphql_schema.cities.types import City
from graphql_schema.cities.units import Unit
from graphql_schema.editions.types import Dimension
from graphql_schema.identity.types import CityName, Person
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import children, column, computed, key, listed, one, reads
from graphql_schema.reader.grouping import rows_of
from graphql_schema.reader.ruling import ruled
from graphql_schema.reviews.lazy import LazyRemark
from graphql_schema.scalars import Rupiah
from graphql_schema.submissions.comparison import FieldDiff, revision_changes
from kotacerdas.identity.policy import UNIT_ROLES, Permission, permitted
from kotacerdas.scope import Scope
from tenants.remarks.models import Remark as RemarkRow
from tenants.remarks.models import RemarkState
from tenants.submissions import models as rows
from tenants.submissions.workflow import InnovationState

if TYPE_CHECKING:
    from graphql_schema.masterplan.types import Programme


def _permissions(row: FromClause, asking: Asking) -> ColumnElement[Any]:
    """Rights on this innovation: roles bound to a unit count for that unit's rows alone."""
    by_unit = asking.value(_held_by_unit, JSONB())
    there = by_unit.op("->", return_type=JSONB())(cast(row.c.unit_id, Text))
    return func.coalesce(there, asking.value(_held_elsewhere, JSONB()), type_=JSONB())


def _held_by_unit(scope: Scope) -> dict[str, list[str]]:
    units = {grant.unit_id for grant in scope.grants if grant.role in UNIT_ROLES and grant.unit_id}
    return {str(unit): _held(scope, unit) for unit in units}


def _held_elsewhere(scope: Scope) -> list[str]:
    return _held(scope, UUID(int=0))


def _held(scope: Scope, unit_id: UUID) -> list[str]:
    return [p.value for p in Permission if permitted(scope, p, unit_id=unit_id)]


def _open_remarks(row: FromClause, asking: Asking) -> ColumnElement[Any]:
    remark = RemarkRow.__table__.alias()
    tenant = asking.tenant(row.c.tenant_id)
    mine = [remark.c.tenant_id == tenant, remark.c.innovation_id == row.c.id]
    count = select(func.count()).where(*mine, remark.c.state == RemarkState.OPEN)
    return count.correlate(row).scalar_subquery()


@reads(rows.Review, "rev", description="One expert's look at one revision.")
class Review(Node):
    """One expert's look at one revision."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Review.tenant_id, "City whose innovation is reviewed.")
    revision: int = column(rows.Review.revision, "Number of the revision looked at.")
    verdict: rows.Verdict | None = column(rows.Review.verdict, "How it ended; null while open.")
    comment: str = column(rows.Review.comment, "The expert's words to the verdict.")
    created_at: datetime = column(rows.Review.created_at, "When it began.")
    closed_at: datetime | None = column(rows.Review.closed_at, "When the verdict was given.")
    version: int = column(rows.Review.version, "Version for `expectedVersion`.")
    reviewer: Person = one("Person", rows.Review.reviewer_id, "The expert.")
    innovation: Innovation = one("Innovation", rows.Review.innovation_id, "What is reviewed.")
    remarks: list[LazyRemark] = listed(
        "Remark", rows_of(RemarkRow, "review_id", "id"), "Remarks, oldest first."
    )


@reads(rows.InnovationRevision, "ivr", description="An innovation as it was submitted.")
class InnovationRevision(Node):
    """An innovation as it was submitted, word for word."""

    id: strawberry.ID = key()
    city: City = one("City", rows.InnovationRevision.tenant_id, "City whose unit submitted it.")
    number: int = column(rows.InnovationRevision.number, "Number, from 1.")
    content: JSON = column(rows.InnovationRevision.content, "All fields at that moment.")
    created_at: datetime = column(rows.InnovationRevision.created_at, "When it was submitted.")
    submitted_by: Person = one("Person", rows.InnovationRevision.submitted_by, "Who submitted it.")
    changes: list[FieldDiff] | None = ruled(
        revision_changes,
        "Fields in which it differs from revision `since`; by default from the one before.",
        arguments={
            "since": Annotated[
                int | None,
                strawberry.argument(description="Number of the revision to compare with."),
            ]
        },
    )


@reads(rows.InnovationOrigin, description="What another city had published.")
class InnovationOrigin:
    """The published innovation of another city that a draft began from."""

    city: CityName = one("CityName", rows.InnovationOrigin.origin_id, "City that published it.")
    item_name: str = column(rows.InnovationOrigin.item_name, "What it was called there.")
    version_number: int = column(
        rows.InnovationOrigin.version_number, "Version of that city's masterplan."
    )


@reads(rows.Innovation, "inn", description="A department's innovation.")
class Innovation(Node):
    """A department's innovation."""

    id: strawberry.ID = key()
    name: str = column(rows.Innovation.name, "What it is called.")
    state: InnovationState = column(rows.Innovation.state, "Where it stands.")
    revision: int = column(
        rows.Innovation.revision, "Number of the last submitted revision; 0: none."
    )
    kind: rows.InnovationKind = column(rows.Innovation.kind, "By what means it works.")
    maturity: rows.Maturity = column(rows.Innovation.maturity, "How far it has come.")
    problem: str = column(rows.Innovation.problem, "Problem that it answers.")
    solution: str = column(rows.Innovation.solution, "How it answers it.")
    benefit: str = column(rows.Innovation.benefit, "What changes for people.")
    uniqueness: str = column(rows.Innovation.uniqueness, "What is new about it.")
    partners: str = column(rows.Innovation.partners, "Who takes part.")
    replication: str = column(rows.Innovation.replication, "How others could adopt it.")
    sustainability: str = column(rows.Innovation.sustainability, "How it lasts.")
    risks: str = column(rows.Innovation.risks, "What could go wrong.")
    resources: str = column(rows.Innovation.resources, "People, tools and data that it needs.")
    budget_rupiah: Rupiah = column(rows.Innovation.budget_rupiah, "Estimated budget.")
    version: int = column(rows.Innovation.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.Innovation.created_at, "When it was begun.")
    updated_at: datetime = column(rows.Innovation.updated_at, "Last change.")
    city: City = one("City", rows.Innovation.tenant_id, "City whose unit proposes it.")
    unit: Unit = one("Unit", rows.Innovation.unit_id, "Unit that proposes it.")
    dimension: Dimension = one("Dimension", rows.Innovation.dimension_id, "Its pillar.")
    participation: Participation = one(
        "Participation", rows.Innovation.participation_id, "Participation it is handed in for."
    )
    created_by: Person = one("Person", rows.Innovation.created_by, "Who began it.")
    reviews: list[Review] = listed(
        "Review", rows_of(rows.Review, "innovation_id", "id"), "Reviews, oldest first."
    )
    latest_review: Review | None = one(
        "Review", children(rows.Review.innovation_id), "The last review.", latest=True
    )
    revisions: list[InnovationRevision] = listed(
        "InnovationRevision",
        rows_of(rows.InnovationRevision, "innovation_id", "number"),
        "Submitted revisions, oldest first.",
    )
    programme: Annotated[Programme, strawberry.lazy("graphql_schema.masterplan.types")] | None = (
        one(
            "Programme",
            lambda child, parent: child.c.innovation_id == parent.c.id,
            "Programme that it became, once placed.",
        )
    )
    origin: InnovationOrigin | None = one(
        "InnovationOrigin",
        children(rows.InnovationOrigin.innovation_id),
        "What it replicates; null where the unit began it by itself.",
    )
    open_remark_count: int = computed(_open_remarks, "Remarks that its unit has yet to answer.")
    viewer_permissions: list[Permission] = computed(_permissions, "What the caller may do with it.")
