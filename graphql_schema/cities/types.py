"""Regions, cities, cohorts, participations, units."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import ColumnElement, FromClause, case, literal
from sqlalchemy.dialects.postgresql import JSONB

from graphql_schema import lists
from graphql_schema.bimtek.candidates import CertificateCandidate, candidates_of
from graphql_schema.cities.commitments import Commitment
from graphql_schema.cities.counts import InnovationDimensionCount, InnovationStateCount
from graphql_schema.cities.gaps import StageGap, gaps_of
from graphql_schema.cities.register import Region
from graphql_schema.editions.types import Cohort
from graphql_schema.experts.inbox import InboxItem, city_inbox
from graphql_schema.experts.lazy import LazyAssignment
from graphql_schema.identity.types import Person
from graphql_schema.masterplan.analysis.lazy import LazySource
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import (
    children,
    column,
    computed,
    key,
    listed,
    many,
    one,
    reads,
)
from graphql_schema.reader.grouping import CountsBy, all_of, rows_of
from graphql_schema.reader.paging import Connection
from graphql_schema.reader.ruling import ruled
from graphql_schema.scalars import Slug
from graphql_schema.tasks.types import Task, TaskCount, counts_of, tasks_of
from kotacerdas.identity.policy import Permission, permitted
from tenants.bimtek import models as bimtek
from tenants.cities import models as rows
from tenants.cities.workflow import Stage, next_stages
from tenants.institutions.models import Institution as InstitutionRow
from tenants.submissions.models import Innovation as InnovationRow

if TYPE_CHECKING:
    from graphql_schema.bimtek.types import Workshop, WorkshopCertificate, WorkshopOutput
    from graphql_schema.documents.types import Document, Job
    from graphql_schema.evaluation.types import Evaluation, PublishedResult
    from graphql_schema.exports.types import Export
    from graphql_schema.identity.types import Invitation, Membership
    from graphql_schema.institutions.types import Institution, Regulation
    from graphql_schema.masterplan.types import Masterplan, Publication
    from graphql_schema.submissions.types import Innovation


def of_tenant(child: FromClause, parent: FromClause) -> ColumnElement[bool]:
    """The child belongs to the city that the parent is."""
    return child.c.tenant_id == parent.c.id


def _permissions(_row: FromClause, asking: Asking) -> ColumnElement[Any]:
    return asking.value(
        lambda scope: [each.value for each in Permission if permitted(scope, each)], JSONB()
    )


@reads(rows.ParticipationStep, "stp", description="One step of a participation.")
class ParticipationStep(Node):
    """One step of a participation: when it happened and by which letter."""

    id: strawberry.ID = key()
    city: City = one("City", rows.ParticipationStep.tenant_id, "City that took it.")
    stage: Stage = column(rows.ParticipationStep.stage, "Stage that was entered.")
    occurred_on: date = column(rows.ParticipationStep.occurred_on, "Day it happened.")
    document_number: str | None = column(
        rows.ParticipationStep.document_number, "Number of the letter or decree."
    )
    note: str | None = column(rows.ParticipationStep.note, "What was noted about it.")
    taken_by: Person | None = one(
        "Person", rows.ParticipationStep.person_id, "Who took it; null for the platform itself."
    )


@reads(rows.Deadline, "ddl", description="A date by which something is due.")
class Deadline(Node):
    """A date by which something is due, in the city's zone."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Deadline.tenant_id, "City that it binds.")
    name: str = column(rows.Deadline.name, "What is due.")
    due_at: datetime = column(rows.Deadline.due_at, "When it is due.")
    done_at: datetime | None = column(rows.Deadline.done_at, "When it was done.")
    set_by_nation: bool = column(
        rows.Deadline.set_by_nation, "Whether the ministry set it; then it alone may move it."
    )
    version: int = column(rows.Deadline.version, "Version for `expectedVersion`.")
    participation: Participation = one(
        "Participation", rows.Deadline.participation_id, "Participation that it belongs to."
    )


@reads(rows.Participation, "par", description="A city's way through one cohort (keikutsertaan).")
class Participation(Node):
    """A city's way through one cohort (keikutsertaan)."""

    id: strawberry.ID = key()
    stage: Stage = column(rows.Participation.stage, "Where it stands.")
    mode: rows.ParticipationMode = column(rows.Participation.mode, "How it came to take part.")
    version: int = column(rows.Participation.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.Participation.created_at, "When it was begun here.")
    city: City = one("City", rows.Participation.tenant_id, "City that takes part.")
    cohort: Cohort = one("Cohort", rows.Participation.cohort_id, "Cohort that it is part of.")
    steps: list[ParticipationStep] = listed(
        "ParticipationStep",
        rows_of(rows.ParticipationStep, "participation_id", "id"),
        "Steps taken, oldest first.",
    )
    commitments: list[Commitment] = listed(
        "Commitment",
        rows_of(rows.Commitment, "participation_id", "signed_on", "id"),
        "Signed papers, oldest first.",
    )
    deadlines: list[Deadline] = listed(
        "Deadline",
        rows_of(rows.Deadline, "participation_id", "due_at", "id"),
        "Deadlines, nearest first.",
    )
    workshops: list[Annotated[Workshop, strawberry.lazy("graphql_schema.bimtek.types")]] = listed(
        "Workshop",
        rows_of(bimtek.Workshop, "participation_id", "ordinal", "id"),
        "Sessions of the workshops, in order; cancelled ones stay as history.",
    )
    outputs: list[Annotated[WorkshopOutput, strawberry.lazy("graphql_schema.bimtek.types")]] = (
        listed(
            "WorkshopOutput",
            rows_of(bimtek.WorkshopOutput, "participation_id", "ordinal", "code"),
            "What the scheduled sessions must leave.",
        )
    )
    certificates: list[
        Annotated[WorkshopCertificate, strawberry.lazy("graphql_schema.bimtek.types")]
    ] = listed(
        "WorkshopCertificate",
        rows_of(bimtek.Certificate, "participation_id", "number"),
        "Certificates of attendance, by number.",
    )
    certificate_candidates: list[CertificateCandidate] | None = ruled(
        candidates_of, "Who was present at the held sessions, and who has earned a certificate."
    )
    missing: list[StageGap] | None = ruled(
        gaps_of,
        "What keeps it from a stage, all at once; empty: nothing does.",
        arguments={
            "stage": Annotated[
                Stage | None,
                strawberry.argument(description="Stage to enter; by default the next one."),
            ]
        },
    )
    next_stages: list[Stage] = computed(
        lambda row, _asking: _next_stages(row), "Stages that may follow, side exits last."
    )
    masterplan: Annotated[Masterplan, strawberry.lazy("graphql_schema.masterplan.types")] | None = (
        one(
            "Masterplan",
            lambda child, parent: child.c.participation_id == parent.c.id,
            "The masterplan, once begun.",
        )
    )


def _next_stages(row: FromClause) -> ColumnElement[Any]:
    rule = {
        stage.value: literal([following.value for following in next_stages(stage)], JSONB)
        for stage in Stage
    }
    return case(rule, value=row.c.stage)


@reads(rows.Unit, "unt", description="A department of the city (perangkat daerah).")
class Unit(Node):
    """A department of the city (perangkat daerah)."""

    id: strawberry.ID = key()
    name: str = column(rows.Unit.name, "Full name.")
    short_name: str = column(rows.Unit.short_name, "Short name, unique within the city.")
    kind: rows.UnitKind = column(rows.Unit.kind, "Kind by PP 18/2016.")
    valid_from: date | None = column(rows.Unit.valid_from, "First day, if known.")
    valid_to: date | None = column(rows.Unit.valid_to, "Day it ended.")
    version: int = column(rows.Unit.version, "Version for `expectedVersion`.")
    city: City = one("City", rows.Unit.tenant_id, "City that it belongs to.")
    replaced_by: Unit | None = one("Unit", rows.Unit.replaced_by, "Unit that took over.")
    innovations: Connection[
        Annotated[Innovation, strawberry.lazy("graphql_schema.submissions.types")]
    ] = many(
        "Innovation", lists.INNOVATIONS, children(InnovationRow.unit_id), "Innovations it proposed."
    )


@reads(rows.City, "cty", description="A city or regency that uses the platform.")
class City(Node):
    """A city or regency; what belongs to it is null for those who may not read it."""

    id: strawberry.ID = key()
    slug: Slug = column(rows.City.slug, "Name in addresses, e.g. kota-bukittinggi.")
    name: str = column(rows.City.name, "Name with its kind.")
    zone: str = column(rows.City.zone, "IANA time zone of its deadlines.")
    unit_label: str = column(
        rows.City.unit_label, "What it calls its departments: SKPD, OPD or PD."
    )
    is_demo: bool = column(rows.City.is_demo, "Whether its data are made up for demonstration.")
    region: Region = one(
        "Region", rows.City.region_code, "The regency or city of the register that it is."
    )
    viewer_permissions: list[Permission] = computed(_permissions, "What the caller may do here.")
    tasks: list[Task] | None = ruled(
        tasks_of,
        "What its people have to do: overdue and nearest first.",
        arguments={
            "mine": Annotated[
                bool | None,
                strawberry.argument(description="Only what the caller's own roles are to do."),
            ]
        },
        requires=Permission.CITY_READ,
    )
    task_counts: list[TaskCount] | None = ruled(
        counts_of, "Its open tasks by who owns them.", requires=Permission.CITY_READ
    )
    participations: Connection[Participation] | None = many(
        "Participation", lists.PARTICIPATIONS, of_tenant, "Its ways through the cohorts."
    )
    units: Connection[Unit] | None = many("Unit", lists.UNITS, of_tenant, "Its departments.")
    innovations: (
        Connection[Annotated[Innovation, strawberry.lazy("graphql_schema.submissions.types")]]
        | None
    ) = many("Innovation", lists.INNOVATIONS, of_tenant, "Innovations of all departments.")
    institutions: (
        list[Annotated[Institution, strawberry.lazy("graphql_schema.institutions.types")]] | None
    ) = listed(
        "Institution",
        all_of(InstitutionRow, "kind", "id"),
        "Bodies that stand or stood, by kind.",
    )
    regulations: (
        Connection[Annotated[Regulation, strawberry.lazy("graphql_schema.institutions.types")]]
        | None
    ) = many("Regulation", lists.REGULATIONS, of_tenant, "Its legal texts, newest first.")
    innovation_states: list[InnovationStateCount] | None = listed(
        "InnovationStateCount", CountsBy(InnovationRow.state), "Innovations counted by state."
    )
    innovation_dimensions: list[InnovationDimensionCount] | None = listed(
        "InnovationDimensionCount",
        CountsBy(InnovationRow.dimension_id),
        "Innovations counted by pillar.",
    )
    documents: (
        Connection[Annotated[Document, strawberry.lazy("graphql_schema.documents.types")]] | None
    ) = many("Document", lists.DOCUMENTS, of_tenant, "Books that were rendered.")
    evaluations: (
        Connection[Annotated[Evaluation, strawberry.lazy("graphql_schema.evaluation.types")]] | None
    ) = many("Evaluation", lists.EVALUATIONS, of_tenant, "Its yearly evaluations.")
    published_results: Connection[
        Annotated[PublishedResult, strawberry.lazy("graphql_schema.evaluation.types")]
    ] = many(
        "PublishedResult",
        lists.PUBLISHED_RESULTS,
        lambda child, parent: of_tenant(child, parent) & child.c.withdrawn_at.is_(None),
        "Published results of its evaluations: everybody may read them.",
    )
    review_inbox: list[InboxItem] | None = city_inbox()
    assignments: Connection[LazyAssignment] | None = many(
        "Assignment", lists.ASSIGNMENTS, of_tenant, "Its experts, past and present."
    )
    exports: (
        Connection[Annotated[Export, strawberry.lazy("graphql_schema.exports.types")]] | None
    ) = many("Export", lists.EXPORTS, of_tenant, "Files of its rows that were asked for.")
    jobs: Connection[Annotated[Job, strawberry.lazy("graphql_schema.documents.types")]] | None = (
        many("Job", lists.JOBS, of_tenant, "Background work.")
    )
    members: (
        Connection[Annotated[Membership, strawberry.lazy("graphql_schema.identity.types")]] | None
    ) = many("Membership", lists.MEMBERSHIPS, of_tenant, "People and their roles.")
    invitations: (
        Connection[Annotated[Invitation, strawberry.lazy("graphql_schema.identity.types")]] | None
    ) = many("Invitation", lists.INVITATIONS, of_tenant, "Offers of roles, newest first.")
    source_documents: Connection[LazySource] | None = many(
        "SourceDocument", lists.SOURCE_DOCUMENTS, of_tenant, "Documents that it plans from."
    )
    publications: Connection[
        Annotated[Publication, strawberry.lazy("graphql_schema.masterplan.types")]
    ] = many(
        "Publication",
        lists.PUBLICATIONS,
        lambda child, parent: of_tenant(child, parent) & child.c.withdrawn_at.is_(None),
        "Published masterplans: everybody may read them.",
    )
