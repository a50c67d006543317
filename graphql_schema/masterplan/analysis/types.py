"""Source documents, citations, readiness, gaps, SWOT points and strategies."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from sqlalchemy import ColumnElement, FromClause, Integer, Numeric, Select, Text, cast, func, select

from graphql_schema.cities.types import City
from graphql_schema.editions.types import Dimension
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import (
    Rows,
    column,
    computed,
    key,
    listed,
    one,
    reads,
)
from tenants.masterplan.analysis import models as rows

if TYPE_CHECKING:
    from graphql_schema.masterplan.types import Masterplan

LazyPlan = Annotated["Masterplan", strawberry.lazy("graphql_schema.masterplan.types")]


def citations_about(kind: rows.StatementKind) -> Rows:
    """Source of a list: the citations of the parent row, a statement of that kind."""

    def source(statement: FromClause, asking: Asking) -> Select[Any]:
        row = rows.Citation.__table__.alias()
        tenant = asking.tenant(statement.c.tenant_id)
        mine = [row.c.tenant_id == tenant, row.c.about == kind]
        return (
            select(row).where(*mine, row.c.statement_id == statement.c.id).order_by(row.c.ordinal)
        )

    return source


@reads(rows.SourceDocument, "src", description="A document that statements cite.")
class SourceDocument(Node):
    """A document that statements cite."""

    id: strawberry.ID = key()
    city: City = one("City", rows.SourceDocument.tenant_id, "City that plans from it.")
    kind: rows.SourceKind = column(rows.SourceDocument.kind, "Kind of document.")
    title: str = column(rows.SourceDocument.title, "Title on its cover.")
    number: str = column(rows.SourceDocument.number, "Number that it bears.")
    year: int | None = column(rows.SourceDocument.year, "Year that it bears.")
    link: str | None = column(rows.SourceDocument.link, "Where it can be read.")
    version: int = column(rows.SourceDocument.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.SourceDocument.created_at, "When it was entered.")
    updated_at: datetime = column(rows.SourceDocument.updated_at, "Last change.")


@reads(rows.Citation, description="A page of a document, or an indicator's value in a year.")
class Citation:
    """What a statement rests on: a page of a document, or else an indicator's value in a year."""

    source_document: SourceDocument | None = one(
        "SourceDocument", rows.Citation.source_document_id, "Document; null for an indicator."
    )
    page: str = column(rows.Citation.page, "Page or chapter of the document.")
    indicator: str = column(rows.Citation.indicator, "Name of the indicator; empty for a document.")
    value: str = column(rows.Citation.value, "The indicator's value, as it is written.")
    year: int | None = column(rows.Citation.year, "Year of the value.")


@reads(rows.Readiness, "rdy", description="How ready the city is in one part of readiness.")
class Readiness(Node):
    """How ready the city is in one part of an element of readiness."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Readiness.tenant_id, "City that assessed itself.")
    masterplan: LazyPlan = one("Masterplan", rows.Readiness.masterplan_id, "The plan.")
    element: str = column(rows.Readiness.element, "Code of the edition's element.")
    part: str = column(rows.Readiness.part, "Code of the part within it.")
    score: int | None = column(rows.Readiness.score, "Score on the edition's scale, 1 to 5.")
    statement: str = column(rows.Readiness.statement, "What the state is.")
    evidence: str = column(rows.Readiness.evidence, "What shows it.")
    citations: list[Citation] = listed(
        "Citation", citations_about(rows.StatementKind.READINESS), "What it rests on, in order."
    )
    version: int = column(rows.Readiness.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.Readiness.created_at, "When it was begun.")
    updated_at: datetime = column(rows.Readiness.updated_at, "Last change.")


@reads(rows.Readiness, description="How ready the city is in one element: an axis of the radar.")
class ReadinessAxis:
    """How ready the city is in one element of readiness: an axis of the radar."""

    element: str = column("element", "Code of the edition's element.")
    mean: Decimal | None = column("mean", "Mean of the scores given; null if there are none.")
    scored: int = column("scored", "How many parts have a score.")
    parts: int = column("parts", "How many parts were assessed.")


def readiness_axes(plan: FromClause, asking: Asking) -> Select[Any]:
    """The mean score of each element of a plan."""
    row = rows.Readiness.__table__.alias()
    mine = [row.c.tenant_id == asking.tenant(plan.c.tenant_id), row.c.masterplan_id == plan.c.id]
    mean = cast(func.round(func.avg(row.c.score), 2), Numeric)
    columns: list[ColumnElement[Any]] = [
        row.c.element.label("element"),
        mean.label("mean"),
        cast(func.count(row.c.score), Integer).label("scored"),
        cast(func.count(), Integer).label("parts"),
    ]
    axes: Select[Any] = select(*columns)
    return axes.where(*mine).group_by(row.c.element).order_by(row.c.element)


@reads(rows.Gap, "gap", description="What lies between the present and the wanted state.")
class Gap(Node):
    """What lies between the present and the wanted state of a pillar, and what closes it."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Gap.tenant_id, "City that wrote it.")
    masterplan: LazyPlan = one("Masterplan", rows.Gap.masterplan_id, "The plan.")
    dimension: Dimension = one("Dimension", rows.Gap.dimension_id, "Its pillar.")
    ordinal: int = column(rows.Gap.ordinal, "Place within the pillar, from 1.")
    present: str = column(rows.Gap.present, "The present state.")
    wanted: str = column(rows.Gap.wanted, "The wanted state.")
    gap: str = column(rows.Gap.gap, "What lies between them.")
    action: str = column(rows.Gap.action, "What closes it.")
    citations: list[Citation] = listed(
        "Citation", citations_about(rows.StatementKind.GAP), "What it rests on, in order."
    )
    version: int = column(rows.Gap.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.Gap.created_at, "When it was begun.")
    updated_at: datetime = column(rows.Gap.updated_at, "Last change.")


def _point_code(row: FromClause, _asking: Asking) -> ColumnElement[Any]:
    return func.concat(func.upper(func.left(cast(row.c.kind, Text), 1)), row.c.ordinal)


def _strategy_code(row: FromClause, _asking: Asking) -> ColumnElement[Any]:
    return func.concat(func.upper(cast(row.c.kind, Text)), "-", row.c.ordinal)


@reads(rows.SwotPoint, "swp", description="A strength, weakness, opportunity or threat.")
class SwotPoint(Node):
    """A strength, weakness, opportunity or threat."""

    id: strawberry.ID = key()
    city: City = one("City", rows.SwotPoint.tenant_id, "City that wrote it.")
    masterplan: LazyPlan = one("Masterplan", rows.SwotPoint.masterplan_id, "The plan.")
    code: str = computed(_point_code, "S1, W2, O3 or T4.")
    kind: rows.SwotKind = column(rows.SwotPoint.kind, "Which side it is on.")
    ordinal: int = column(rows.SwotPoint.ordinal, "Place within its kind, from 1.")
    text: str = column(rows.SwotPoint.text, "Its words.")
    weight: Decimal | None = column(rows.SwotPoint.weight, "Weight, 0 to 1.")
    rating: int | None = column(rows.SwotPoint.rating, "Rating, 1 (weak) to 4 (strong).")
    citations: list[Citation] = listed(
        "Citation", citations_about(rows.StatementKind.SWOT), "What it rests on, in order."
    )
    version: int = column(rows.SwotPoint.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.SwotPoint.created_at, "When it was begun.")
    updated_at: datetime = column(rows.SwotPoint.updated_at, "Last change.")


def _points(strategy: FromClause, asking: Asking) -> Select[Any]:
    point, link = rows.SwotPoint.__table__.alias(), rows.StrategyPoint.__table__.alias()
    tenant = asking.tenant(strategy.c.tenant_id)
    of = (link.c.tenant_id == point.c.tenant_id) & (link.c.swot_point_id == point.c.id)
    mine = [point.c.tenant_id == tenant, link.c.tenant_id == tenant]
    return (
        select(point)
        .join(link, of)
        .where(*mine, link.c.strategy_id == strategy.c.id)
        .order_by(point.c.kind, point.c.ordinal)
    )


@reads(rows.Strategy, "sst", description="A strategy that follows from SWOT points of two sides.")
class SwotStrategy(Node):
    """A strategy that follows from SWOT points of two sides."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Strategy.tenant_id, "City that wrote it.")
    masterplan: LazyPlan = one("Masterplan", rows.Strategy.masterplan_id, "The plan.")
    code: str = computed(_strategy_code, "SO-1, WO-2, ST-3 or WT-4.")
    kind: rows.StrategyKind = column(rows.Strategy.kind, "Which two sides it joins.")
    ordinal: int = column(rows.Strategy.ordinal, "Place within its kind, from 1.")
    text: str = column(rows.Strategy.text, "Its words.")
    points: list[SwotPoint] = listed("SwotPoint", _points, "Points that it comes from.")
    version: int = column(rows.Strategy.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.Strategy.created_at, "When it was begun.")
    updated_at: datetime = column(rows.Strategy.updated_at, "Last change.")
