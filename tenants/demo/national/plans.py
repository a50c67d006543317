"""A masterplan: its vision, missions and goals, and the analysis on which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from random import Random
from uuid import UUID

from tenants.cities.workflow import Stage
from tenants.demo.national import words
from tenants.demo.national.calendar import Way
from tenants.demo.national.nation import Guide, Place
from tenants.demo.national.rows import Rows
from tenants.masterplan.analysis.models import (
    Citation,
    Gap,
    Readiness,
    SourceDocument,
    SourceKind,
    StatementKind,
    Strategy,
    StrategyKind,
    StrategyPoint,
    SwotKind,
    SwotPoint,
)
from tenants.masterplan.models import Goal, Masterplan, Mission

YEARS = 5
MISSIONS = ("Layanan yang cepat", "Ekonomi yang tumbuh", "Lingkungan yang terjaga")
GOALS = ("Waktu layanan berkurang", "Warga yang puas bertambah")
SIDES = {
    StrategyKind.SO: (SwotKind.STRENGTH, SwotKind.OPPORTUNITY),
    StrategyKind.WO: (SwotKind.WEAKNESS, SwotKind.OPPORTUNITY),
    StrategyKind.ST: (SwotKind.STRENGTH, SwotKind.THREAT),
    StrategyKind.WT: (SwotKind.WEAKNESS, SwotKind.THREAT),
}


@dataclass(frozen=True)
class Plan:
    """A masterplan with its period and the ids of its goals."""

    id: UUID
    first: int
    last: int
    goals: tuple[UUID, ...]


@dataclass(frozen=True)
class Citing:
    """Where the statements of one plan are cited from: each names a page of one document."""

    rows: Rows
    plan_id: UUID
    source_id: UUID
    pages: Iterator[int] = field(default_factory=lambda: count(1))

    def cite(self, about: StatementKind, statement_id: UUID) -> None:
        """Let a statement rest on the document's next page."""
        self.rows.new(
            Citation,
            masterplan_id=self.plan_id,
            about=about,
            statement_id=statement_id,
            ordinal=1,
            source_document_id=self.source_id,
            page=str(next(self.pages)),
        )


def plan(rows: Rows, way: Way, participation_id: UUID, guide: Guide, place: Place) -> Plan | None:
    """Add a city's plan once it has been at its first workshop."""
    if not way.reached(Stage.INSTITUTED):
        return None
    first, last = way.year + 1, way.year + YEARS
    title = f"Masterplan Kota Cerdas {place.name} {first}-{last} (contoh)"
    facts = {"title": title, "period_start": first, "period_end": last}
    vision = f"Contoh: {place.name} yang melayani, terbuka dan tangguh."
    plan_id = rows.new(Masterplan, participation_id=participation_id, vision=vision, **facts)
    document = {"title": f"RPJMD {place.name} (contoh)", "number": "CONTOH-1", "year": way.year}
    source_id = rows.new(SourceDocument, kind=SourceKind.RPJMD, **document)
    citing = Citing(rows, plan_id, source_id)
    citing.cite(StatementKind.VISION, plan_id)
    goals = tuple(_goals(citing, first, last))
    random = rows.random(f"analysis {way.year}")
    _readiness(citing, guide, random)
    _gaps(citing, guide, random)
    _swot(citing, random)
    return Plan(plan_id, first, last, goals)


def _goals(citing: Citing, first: int, last: int) -> Iterator[UUID]:
    for ordinal, text in enumerate(MISSIONS, start=1):
        mission = {"masterplan_id": citing.plan_id, "ordinal": ordinal, "text": f"{text} (contoh)"}
        mission_id = citing.rows.new(Mission, **mission)
        citing.cite(StatementKind.MISSION, mission_id)
        for place, goal in enumerate(GOALS, start=1):
            goal_id = citing.rows.new(
                Goal,
                mission_id=mission_id,
                ordinal=place,
                text=f"{goal} (contoh)",
                indicator="Indeks kepuasan masyarakat",
                indicator_unit="indeks",
                baseline=Decimal(70 + ordinal),
                target=Decimal(80 + ordinal),
                target_year=last,
            )
            citing.cite(StatementKind.GOAL, goal_id)
            yield goal_id


def _readiness(citing: Citing, guide: Guide, random: Random) -> None:
    scale = guide.rules.readiness_scale
    for element in guide.rules.readiness:
        for part in element.parts:
            row_id = citing.rows.new(
                Readiness,
                masterplan_id=citing.plan_id,
                element=element.code,
                part=part.code,
                score=random.randint(scale.least, scale.most),
                statement=words.paragraph(random, 1),
                evidence="Contoh: hasil lokakarya.",
            )
            citing.cite(StatementKind.READINESS, row_id)


def _gaps(citing: Citing, guide: Guide, random: Random) -> None:
    for pillar in guide.pillars:
        row_id = citing.rows.new(
            Gap,
            masterplan_id=citing.plan_id,
            dimension_id=pillar.id,
            ordinal=1,
            present=words.paragraph(random, 1),
            wanted=words.paragraph(random, 1),
            gap=f"Contoh: kesenjangan pada {pillar.name}.",
            action=words.paragraph(random, 1),
        )
        citing.cite(StatementKind.GAP, row_id)


def _swot(citing: Citing, random: Random) -> None:
    first: dict[SwotKind, UUID] = {}
    for kind in SwotKind:
        for ordinal in (1, 2):
            row_id = citing.rows.new(
                SwotPoint,
                masterplan_id=citing.plan_id,
                kind=kind,
                ordinal=ordinal,
                text=words.paragraph(random, 1),
                weight=Decimal("0.25"),
                rating=random.randint(1, 4),
            )
            first.setdefault(kind, row_id)
            citing.cite(StatementKind.SWOT, row_id)
    for strategy, sides in SIDES.items():
        facts = {"kind": strategy, "ordinal": 1, "text": words.paragraph(random, 1)}
        strategy_id = citing.rows.new(Strategy, masterplan_id=citing.plan_id, **facts)
        for side in sides:
            citing.rows.new(StrategyPoint, strategy_id=strategy_id, swot_point_id=first[side])
