"""What Bukittinggi's masterplan rests on: sources, readiness, gaps, SWOT and strategies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.tenancy import Json
from tenants.cities.editions import pillars_of
from tenants.masterplan import goals, plan
from tenants.masterplan.analysis import gaps, readiness, sources, strategies, swot
from tenants.masterplan.analysis.citations import CitationLine
from tenants.masterplan.analysis.models import SourceDocument, SourceKind, StrategyKind, SwotKind
from tenants.masterplan.models import Goal, Masterplan, Mission


def analyse(session: Session, row: Masterplan, content: Json) -> None:
    """Write the whole analysis, once: a plan whose city has source documents is left alone."""
    mine = select(SourceDocument.id).where(SourceDocument.tenant_id == row.tenant_id)
    if session.scalar(mine.limit(1)) is not None:
        return
    known = _sources(session, content["sources"])
    _cite_statements(session, row, content, known)
    for each in content["readiness"]:
        place = {name: each[name] for name in ("element", "part", "score")}
        words = {name: each[name] for name in ("statement", "evidence")}
        cited = _lines(each["citations"], known)
        readiness.create_readiness(session, row.id, **place, **words, citations=cited)
    pillars = {each.code: key for key, each in pillars_of(session, row.participation_id).items()}
    for each in content["gaps"]:
        words = {name: each[name] for name in ("present", "wanted", "gap", "action")}
        cited = _lines(each["citations"], known)
        of = pillars[each["pillar"]]
        gaps.create_gap(session, row.id, dimension_id=of, **words, citations=cited)
    _swot(session, row, content, known)


def _sources(session: Session, rows: list[Json]) -> dict[str, UUID]:
    found = {}
    for each in rows:
        facts = {name: each[name] for name in ("title", "number", "year")}
        made = sources.create_source(session, kind=SourceKind[each["kind"]], **facts)
        found[each["key"]] = made.id
    return found


def _cite_statements(
    session: Session, row: Masterplan, content: Json, known: dict[str, UUID]
) -> None:
    """Cite vision, missions and goals."""
    cited = _lines(content["vision"], known)
    plan.update(session, row.id, vision_citations=cited, expected_version=row.version)
    own = {"tenant_id": row.tenant_id, "masterplan_id": row.id}
    missions = session.scalars(select(Mission).filter_by(**own).order_by(Mission.ordinal)).all()
    for mission, lines in zip(missions, content["missions"], strict=True):
        cited, seen = _lines(lines, known), mission.version
        goals.update_mission(session, mission.id, expected_version=seen, citations=cited)
    of = [mission.id for mission in missions]
    rows = select(Goal).where(Goal.tenant_id == row.tenant_id, Goal.mission_id.in_(of))
    lines = _lines([content["goals"]], known)
    for goal in session.scalars(rows).all():
        goals.update_goal(session, goal.id, expected_version=goal.version, citations=lines)


def _swot(session: Session, row: Masterplan, content: Json, known: dict[str, UUID]) -> None:
    points = {}
    for kind, rows in content["swot"].items():
        for each in rows:
            measure: dict[str, Any] = {
                "weight": Decimal(each["weight"]),
                "rating": each["rating"],
                "citations": _lines(each["citations"], known),
            }
            made = swot.create_point(
                session, row.id, kind=SwotKind[kind], text=each["text"], **measure
            )
            points[swot.point_code(made)] = made.id
    for each in content["strategies"]:
        of = [points[code] for code in each["points"]]
        kind = StrategyKind[each["kind"]]
        strategies.create_strategy(session, row.id, kind=kind, text=each["text"], point_ids=of)


def _lines(rows: list[Json], known: dict[str, UUID]) -> list[CitationLine]:
    return [
        CitationLine(
            source_document_id=known.get(each.get("source", "")),
            page=each.get("page", ""),
            indicator=each.get("indicator", ""),
            value=each.get("value", ""),
            year=each.get("year"),
        )
        for each in rows
    ]
