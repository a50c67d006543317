"""Masterplans, programmes, versions, publications."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import FromClause, Select, func
from strawberry.scalars import JSON

from graphql_schema import lists
from graphql_schema.books.comparison import VersionDiff, version_changes
from graphql_schema.cities.participations import Participation
from graphql_schema.cities.types import City
from graphql_schema.cities.units import Unit
from graphql_schema.directives.cost import Cost
from graphql_schema.directives.list_size import ListSize
from graphql_schema.editions.types import Dimension, SubDimension
from graphql_schema.identity.types import Person
from graphql_schema.institutions.types import Regulation
from graphql_schema.masterplan.analysis.types import (
    Citation,
    Gap,
    Readiness,
    ReadinessAxis,
    SwotPoint,
    SwotStrategy,
    citations_about,
    readiness_axes,
)
from graphql_schema.masterplan.completeness import Completeness, completeness_of
from graphql_schema.masterplan.mission_types import Goal, Mission
from graphql_schema.masterplan.programme_parts import (
    Budget,
    YearTarget,
    nomenclature_level,
    supporting_units,
    total_budget,
)
from graphql_schema.masterplan.roadmap_types import PILLARS, RoadmapPillar, roadmap_of
from graphql_schema.masterplan.sdg_types import SdgGoal, goals_of
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
from graphql_schema.reader.grouping import rows_of
from graphql_schema.reader.paging import Connection
from graphql_schema.reader.ruling import ruled
from graphql_schema.reviews.lazy import LazyRemark, LazyRound
from graphql_schema.reviews.lists import REMARKS
from graphql_schema.reviews.subjects import rounds_of
from graphql_schema.scalars import Rupiah
from graphql_schema.submissions.types import Innovation
from tenants.documents.models import Document as DocumentRow
from tenants.masterplan import models as rows
from tenants.masterplan.analysis import models as analysis
from tenants.masterplan.analysis.models import StatementKind
from tenants.masterplan.books.models import Book as BookRow
from tenants.masterplan.permendagri import NomenclatureLevel
from tenants.remarks.models import Remark as RemarkRow

if TYPE_CHECKING:
    from graphql_schema.books.types import Book
    from graphql_schema.documents.types import Document


@reads(rows.Programme, "prg", description="What a unit will do for one pillar.")
class Programme(Node):
    """What a unit will do for one pillar."""

    id: strawberry.ID = key()
    code: str = column(rows.Programme.code, "Code within the plan, e.g. GOV-01.")
    permendagri_code: str | None = column(
        rows.Programme.permendagri_code, "Code by Permendagri 90/2019, e.g. 2.16.03.2.02.0005."
    )
    permendagri_level: NomenclatureLevel | None = computed(
        nomenclature_level, "How deep the code goes: bidang, programme, kegiatan or subkegiatan."
    )
    name: str = column(rows.Programme.name, "What it is called.")
    description: str = column(rows.Programme.description, "What it is about.")
    sub_dimension: str = column(
        rows.Programme.sub_dimension,
        "Part of the pillar: the name of `pillarPart`; the city's own words where there is none.",
    )
    activity: str = column(rows.Programme.activity, "What will be done.")
    partners: str = column(rows.Programme.partners, "Who takes part.")
    place: str = column(rows.Programme.place, "Where.")
    indicator: str = column(rows.Programme.indicator, "What is measured.")
    indicator_unit: str = column(rows.Programme.indicator_unit, "Unit of the indicator.")
    baseline: Decimal | None = column(rows.Programme.baseline, "Value before the programme.")
    horizon: rows.Horizon = column(rows.Programme.horizon, "Short, medium or long.")
    is_new: bool = column(rows.Programme.is_new, "New, or a continued one.")
    is_quick_win: bool = column(rows.Programme.is_quick_win, "Shows results within two years.")
    sdgs: list[int] = column(rows.Programme.sdgs, "Sustainable development goals, 1 to 17.")
    sdg_targets: list[str] = column(
        rows.Programme.sdg_targets, "Targets of these goals, e.g. 11.2, in the order of the list."
    )
    sdg_goals: list[SdgGoal] = listed("SdgGoal", goals_of, "The goals with their names.")
    version: int = column(rows.Programme.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.Programme.created_at, "When it was added.")
    updated_at: datetime = column(rows.Programme.updated_at, "Last change of its own fields.")
    total_budget_rupiah: Rupiah = computed(total_budget, "Sum of its budgets.")
    city: City = one("City", rows.Programme.tenant_id, "City that will carry it out.")
    masterplan: Masterplan = one("Masterplan", rows.Programme.masterplan_id, "The plan.")
    dimension: Dimension = one("Dimension", rows.Programme.dimension_id, "Its pillar.")
    pillar_part: SubDimension | None = one(
        "SubDimension", rows.Programme.sub_dimension_id, "The edition's part of the pillar."
    )
    lead_unit: Unit = one("Unit", rows.Programme.lead_unit_id, "The one unit that leads.")
    supporting_units: list[Unit] = listed("Unit", supporting_units, "Units that help.")
    goal: Goal | None = one("Goal", rows.Programme.goal_id, "Goal that it serves.")
    innovation: Innovation | None = one(
        "Innovation", rows.Programme.innovation_id, "Innovation that it came from."
    )
    targets: list[YearTarget] = listed(
        "YearTarget", rows_of(rows.YearTarget, "programme_id", "year"), "Targets by year."
    )
    budgets: list[Budget] = listed(
        "Budget",
        rows_of(rows.Budget, "programme_id", "year", "source"),
        "Budgets by year and source.",
    )
    remarks: list[LazyRemark] = listed(
        "Remark", rows_of(RemarkRow, "subject_id", "id"), "Experts' remarks on it, oldest first."
    )


@reads(rows.Adoption, "ado", description="A frozen version adopted by a regulation.")
class Adoption(Node):
    """A frozen version adopted by a regulation."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Adoption.tenant_id, "City that adopted it.")
    created_at: datetime = column(rows.Adoption.created_at, "When it was recorded.")
    recorded_by: Person = one("Person", rows.Adoption.recorded_by, "Who recorded it.")
    regulation: Regulation = one("Regulation", rows.Adoption.regulation_id, "What adopts it.")
    version: MasterplanVersion = one(
        "MasterplanVersion", rows.Adoption.masterplan_version_id, "The version that is adopted."
    )


@reads(rows.MasterplanVersion, "ver", description="A frozen masterplan.")
class MasterplanVersion(Node):
    """A frozen masterplan; never changes."""

    id: strawberry.ID = key()
    city: City = one("City", rows.MasterplanVersion.tenant_id, "City whose plan it is.")
    number: int = column(rows.MasterplanVersion.number, "Number, from 1.")
    content: JSON = column(rows.MasterplanVersion.content, "The whole content of the book.")
    content_hash: str = computed(
        lambda row, _asking: func.encode(row.c.content_hash, "hex"), "SHA-256 of the content, hex."
    )
    is_set_aside: bool = column(
        rows.MasterplanVersion.is_set_aside,
        "Kept when the plan went on from another version: it may lack things.",
    )
    created_at: datetime = column(rows.MasterplanVersion.created_at, "When it was frozen.")
    frozen_by: Person = one("Person", rows.MasterplanVersion.frozen_by, "Who froze it.")
    masterplan: Masterplan = one("Masterplan", rows.MasterplanVersion.masterplan_id, "The plan.")
    changes: list[VersionDiff] | None = ruled(
        version_changes,
        "What differs from version `since`, by default the one before; null if that never was.",
        arguments={
            "since": Annotated[
                int | None, strawberry.argument(description="Number of the version to compare.")
            ]
        },
    )
    publication: Publication | None = one(
        "Publication",
        lambda child, parent: (
            (child.c.masterplan_version_id == parent.c.id) & child.c.withdrawn_at.is_(None)
        ),
        "Its publication, while it is published.",
    )
    adoption: Adoption | None = one(
        "Adoption",
        children(rows.Adoption.masterplan_version_id),
        "The regulation that adopted it, if one has.",
    )
    documents: list[Annotated[Document, strawberry.lazy("graphql_schema.documents.types")]] = (
        listed(
            "Document",
            lambda row, asking: _documents(row, asking),
            "Books rendered of this version, oldest first.",
        )
    )


def _documents(version: FromClause, asking: Asking) -> Select[Any]:
    return rows_of(DocumentRow, "masterplan_version_id", "id")(version, asking)


@reads(rows.Masterplan, "mpl", description="A city's smart-city masterplan.")
class Masterplan(Node):
    """A city's smart-city masterplan: the working copy and its frozen versions."""

    id: strawberry.ID = key()
    title: str = column(rows.Masterplan.title, "Title on the book's cover.")
    period_start: int = column(rows.Masterplan.period_start, "First year.")
    period_end: int = column(rows.Masterplan.period_end, "Last year.")
    vision: str = column(rows.Masterplan.vision, "What the city wants to be.")
    version: int = column(rows.Masterplan.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.Masterplan.created_at, "When it was begun.")
    updated_at: datetime = column(rows.Masterplan.updated_at, "Last change of title or vision.")
    city: City = one("City", rows.Masterplan.tenant_id, "City whose plan it is.")
    participation: Participation = one(
        "Participation", rows.Masterplan.participation_id, "Participation it is made for."
    )
    missions: list[Mission] = listed(
        "Mission", rows_of(rows.Mission, "masterplan_id", "ordinal"), "Missions, in order."
    )
    vision_citations: list[Citation] = listed(
        "Citation", citations_about(StatementKind.VISION), "What the vision rests on, in order."
    )
    readiness: list[Readiness] = listed(
        "Readiness", rows_of(analysis.Readiness, "masterplan_id", "element", "part"), "By element."
    )
    readiness_axes: list[ReadinessAxis] = listed(
        "ReadinessAxis", readiness_axes, "How ready the city is in each element: a radar's axes."
    )
    gaps: list[Gap] = listed(
        "Gap", rows_of(analysis.Gap, "masterplan_id", "dimension_id", "ordinal"), "By pillar."
    )
    swot_points: list[SwotPoint] = listed(
        "SwotPoint",
        rows_of(analysis.SwotPoint, "masterplan_id", "kind", "ordinal"),
        "Strengths, weaknesses, opportunities and threats.",
    )
    swot_strategies: list[SwotStrategy] = listed(
        "SwotStrategy",
        rows_of(analysis.Strategy, "masterplan_id", "kind", "ordinal"),
        "Strategies that follow from the SWOT points.",
    )
    programmes: Connection[Programme] = many(
        "Programme",
        lists.PROGRAMMES,
        children(rows.Programme.masterplan_id),
        "What its units will do.",
    )
    books: list[Annotated[Book, strawberry.lazy("graphql_schema.books.types")]] = listed(
        "Book",
        rows_of(BookRow, "masterplan_id", "number"),
        "Its books, by number.",
        directives=[ListSize(assumed_size=3, require_one_slicing_argument=strawberry.UNSET)],
    )
    remarks: Connection[LazyRemark] = many(
        "Remark", REMARKS, children(RemarkRow.masterplan_id), "Experts' remarks on it."
    )
    review_rounds: list[LazyRound] = listed(
        "ReviewRound", rounds_of, "Its presentations and what came of each, oldest first."
    )
    completeness: Completeness | None = ruled(
        completeness_of, "Everything that the plan lacks, and who is to supply it."
    )
    roadmap: list[RoadmapPillar] | None = ruled(
        roadmap_of,
        "By pillar, horizon and year: programmes, their targets, and money summed.",
        directives=[Cost(weight="20"), PILLARS],
    )
    versions: list[MasterplanVersion] = listed(
        "MasterplanVersion",
        rows_of(rows.MasterplanVersion, "masterplan_id", "number"),
        "Frozen versions, oldest first.",
    )


@reads(rows.Publication, "pub", description="A published masterplan.", public=True)
class Publication(Node):
    """A published masterplan: the snapshot of one frozen version that everybody may read."""

    id: strawberry.ID = key()
    title: str = column(rows.Publication.title, "Title on the book's cover.")
    content: JSON = column(rows.Publication.content, "Published content.")
    content_hash: str = computed(
        lambda row, _asking: func.encode(row.c.content_hash, "hex"), "SHA-256 of the content, hex."
    )
    published_at: datetime = column(rows.Publication.published_at, "When it was published.")
    withdrawn_at: datetime | None = column(rows.Publication.withdrawn_at, "When it was withdrawn.")
    city: City = one("City", rows.Publication.tenant_id, "City that published it.")
