"""A city or regency and all that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import ColumnElement, FromClause
from sqlalchemy.dialects.postgresql import JSONB

from graphql_schema import lists
from graphql_schema.cities.counts import InnovationDimensionCount, InnovationStateCount
from graphql_schema.cities.participations import Participation
from graphql_schema.cities.register import Region
from graphql_schema.cities.units import Unit
from graphql_schema.experts.inbox import InboxItem, city_inbox
from graphql_schema.experts.lazy import LazyAssignment
from graphql_schema.masterplan.analysis.lazy import LazySource
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import (
    column,
    computed,
    key,
    listed,
    many,
    one,
    reads,
)
from graphql_schema.reader.grouping import CountsBy, all_of
from graphql_schema.reader.paging import Connection
from graphql_schema.reader.ruling import ruled
from graphql_schema.scalars import Slug
from graphql_schema.tasks.types import Task, TaskCount, counts_of, tasks_of
from kotacerdas.identity.policy import Permission, permitted
from tenants.cities import models as rows
from tenants.institutions.models import Institution as InstitutionRow
from tenants.submissions.models import Innovation as InnovationRow

if TYPE_CHECKING:
    from graphql_schema.documents.types import Document, Job
    from graphql_schema.evaluation.types import Evaluation, PublishedResult
    from graphql_schema.exports.types import Export
    from graphql_schema.identity.types import Invitation, Membership
    from graphql_schema.institutions.types import Institution, Regulation
    from graphql_schema.masterplan.replications import Replication
    from graphql_schema.masterplan.types import Publication
    from graphql_schema.submissions.types import Innovation
    from graphql_schema.workbooks.types import WorkbookImport


def of_tenant(child: FromClause, parent: FromClause) -> ColumnElement[bool]:
    """The child belongs to the city that the parent is."""
    return child.c.tenant_id == parent.c.id


def _permissions(_row: FromClause, asking: Asking) -> ColumnElement[Any]:
    return asking.value(
        lambda scope: [each.value for each in Permission if permitted(scope, each)], JSONB()
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
    replications: (
        Connection[
            Annotated[Replication, strawberry.lazy("graphql_schema.masterplan.replications")]
        ]
        | None
    ) = many(
        "Replication", lists.REPLICATIONS, of_tenant, "Other cities' drafts from its innovations."
    )
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
    workbook_imports: (
        Connection[Annotated[WorkbookImport, strawberry.lazy("graphql_schema.workbooks.types")]]
        | None
    ) = many("WorkbookImport", lists.WORKBOOK_IMPORTS, of_tenant, "Workbooks that were brought in.")
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
