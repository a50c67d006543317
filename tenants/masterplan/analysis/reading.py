"""Reading a plan's analysis as frozen content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kotacerdas.values import plain_decimal
from tenants.cities.editions import edition_of
from tenants.editions.models import Dimension
from tenants.editions.rules import Rules, rules_of
from tenants.masterplan.analysis.models import (
    Citation,
    Gap,
    Readiness,
    SourceDocument,
    StatementKind,
    Strategy,
    StrategyPoint,
    SwotKind,
    SwotPoint,
)
from tenants.masterplan.analysis.readiness import parts_of
from tenants.masterplan.analysis.swot import point_code, strategy_code
from tenants.masterplan.analysis_content import (
    AnalysisContent,
    CitationContent,
    Citations,
    GapContent,
    GoalContent,
    ReadinessContent,
    SourceContent,
    StrategyContent,
    SwotContent,
)
from tenants.masterplan.models import Goal, Masterplan, Mission

Statement = tuple[StatementKind, UUID]
SIDES = list(SwotKind)


class _Cited:
    """The citations of a plan, read at once; sources are numbered in the order of their use."""

    def __init__(self, session: Session, plan: Masterplan) -> None:
        self.sources: list[SourceContent] = []
        self._numbers: dict[UUID, int] = {}
        self._found: dict[tuple[StatementKind, UUID], list[tuple[Citation, Any]]] = defaultdict(
            list
        )
        source = SourceDocument.tenant_id == plan.tenant_id
        rows = session.execute(
            select(Citation, SourceDocument)
            .outerjoin(SourceDocument, source & (SourceDocument.id == Citation.source_document_id))
            .where(Citation.tenant_id == plan.tenant_id, Citation.masterplan_id == plan.id)
            .order_by(Citation.ordinal)
        )
        for citation, document in rows:
            self._found[citation.about, citation.statement_id].append((citation, document))

    def of(self, about: StatementKind, statement_id: UUID) -> Citations:
        """Return what one statement cites, in order."""
        return tuple(
            CitationContent(self._number(document), row.page, row.indicator, row.value, row.year)
            for row, document in self._found[about, statement_id]
        )

    def _number(self, document: SourceDocument | None) -> int | None:
        if document is None:
            return None
        if document.id not in self._numbers:
            title, link = document.title, document.link or ""
            content = SourceContent(document.kind, title, document.number, document.year, link)
            self.sources.append(content)
            self._numbers[document.id] = len(self.sources)
        return self._numbers[document.id]


def analysis_content(session: Session, plan: Masterplan) -> AnalysisContent:
    """Read what the plan rests on; the statements do not grow with it, and it is locked."""
    cited = _Cited(session, plan)
    rules = rules_of(edition_of(session, plan.participation_id))
    scale = rules.readiness_scale
    vision = cited.of(StatementKind.VISION, plan.id)
    missions = session.scalars(_of_plan(Mission, plan).order_by(Mission.ordinal))
    return AnalysisContent(
        vision=vision,
        missions=tuple(cited.of(StatementKind.MISSION, each.id) for each in missions),
        goals=tuple(_goals(session, plan, cited)),
        readiness_scale=(scale.least, scale.most),
        readiness=tuple(_readiness(session, plan, rules, cited)),
        gaps=tuple(_gaps(session, plan, cited)),
        swot=tuple(_swot(session, plan, cited)),
        strategies=tuple(_strategies(session, plan)),
        sources=tuple(cited.sources),  # last: by now all of them have their numbers
    )


def _goals(session: Session, plan: Masterplan, cited: _Cited) -> Iterator[GoalContent]:
    rows = session.execute(
        select(Mission.ordinal, Goal)
        .join(Goal, (Goal.tenant_id == Mission.tenant_id) & (Goal.mission_id == Mission.id))
        .where(Mission.tenant_id == plan.tenant_id, Mission.masterplan_id == plan.id)
        .where(Goal.tenant_id == plan.tenant_id)
        .order_by(Mission.ordinal, Goal.ordinal)
    )
    for mission, goal in rows:
        yield GoalContent(
            place=f"{mission}.{goal.ordinal}",
            text=goal.text,
            indicator=goal.indicator,
            indicator_unit=goal.indicator_unit,
            baseline=plain_decimal(goal.baseline),
            target=plain_decimal(goal.target),
            target_year=goal.target_year,
            citations=cited.of(StatementKind.GOAL, goal.id),
        )


def _readiness(
    session: Session, plan: Masterplan, rules: Rules, cited: _Cited
) -> Iterator[ReadinessContent]:
    """Yield what was assessed in the edition's order."""
    found = {(row.element, row.part): row for row in session.scalars(_of_plan(Readiness, plan))}
    for element, part in parts_of(rules):
        row = found.get((element.code, part.code))
        if row is not None:
            yield ReadinessContent(
                element=element.code,
                element_name=element.name.id,
                part=part.code,
                part_name=part.name.id,
                score=row.score,
                statement=row.statement,
                evidence=row.evidence,
                citations=cited.of(StatementKind.READINESS, row.id),
            )


def _gaps(session: Session, plan: Masterplan, cited: _Cited) -> Iterator[GapContent]:
    rows = session.execute(
        select(Dimension.name, Gap)
        .join(Dimension, Dimension.id == Gap.dimension_id)
        .where(Gap.tenant_id == plan.tenant_id, Gap.masterplan_id == plan.id)
        .order_by(Dimension.ordinal, Gap.ordinal)
    )
    for pillar, row in rows:
        words = {name: getattr(row, name) for name in ("present", "wanted", "gap", "action")}
        citations = cited.of(StatementKind.GAP, row.id)
        yield GapContent(pillar=pillar, ordinal=row.ordinal, **words, citations=citations)


def _swot(session: Session, plan: Masterplan, cited: _Cited) -> Iterator[SwotContent]:
    points = session.scalars(_of_plan(SwotPoint, plan))
    for row in sorted(points, key=lambda each: (SIDES.index(each.kind), each.ordinal)):
        weight = plain_decimal(row.weight)
        citations = cited.of(StatementKind.SWOT, row.id)
        yield SwotContent(point_code(row), row.kind, row.text, weight, row.rating, citations)


def _strategies(session: Session, plan: Masterplan) -> Iterator[StrategyContent]:
    rows = session.execute(
        select(StrategyPoint.strategy_id, SwotPoint)
        .join(SwotPoint, SwotPoint.id == StrategyPoint.swot_point_id)
        .where(SwotPoint.tenant_id == plan.tenant_id, StrategyPoint.tenant_id == plan.tenant_id)
        .where(SwotPoint.masterplan_id == plan.id)
        .order_by(SwotPoint.kind, SwotPoint.ordinal)
    )
    points: dict[UUID, list[str]] = defaultdict(list)
    for strategy_id, point in rows:
        points[strategy_id].append(point_code(point))
    for row in session.scalars(_of_plan(Strategy, plan).order_by(Strategy.kind, Strategy.ordinal)):
        yield StrategyContent(strategy_code(row), row.kind, row.text, tuple(points[row.id]))


def _of_plan(model: Any, plan: Masterplan) -> Select[Any]:  # noqa: ANN401  (a table of the plan)
    mine = (model.tenant_id == plan.tenant_id) & (model.masterplan_id == plan.id)
    return select(model).where(mine)
