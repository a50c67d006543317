"""The roadmap of a masterplan, as the API shows it."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.directives.list_size import ListSize
from graphql_schema.ids import Key
from graphql_schema.scalars import Rupiah
from kotacerdas.scope import tenant_of
from tenants.masterplan import roadmap as rule
from tenants.masterplan.models import Horizon


def _usually(size: int) -> ListSize:
    """How long a list is in the plan of a city, for the estimate of a document's cost."""
    return ListSize(assumed_size=size, require_one_slicing_argument=strawberry.UNSET)


PILLARS = _usually(6)


@strawberry.type(description="A programme on the roadmap.")
class RoadmapProgramme:
    """A programme on the roadmap."""

    id: strawberry.ID = strawberry.field(description="Id of the `Programme`.")
    code: str = strawberry.field(description="Code within the plan, e.g. GOV-01.")
    name: str = strawberry.field(description="What it is called.")
    lead_unit: str = strawberry.field(description="Name of the unit that leads.")
    indicator: str = strawberry.field(description="What is measured.")
    indicator_unit: str = strawberry.field(description="Unit of the indicator.")
    is_quick_win: bool = strawberry.field(description="Shows results within the first years.")


@strawberry.type(description="A programme in one year.")
class RoadmapLine:
    """A programme in one year."""

    programme: RoadmapProgramme = strawberry.field(description="Which one.")
    target: Decimal | None = strawberry.field(description="What its indicator shall show, if any.")
    budget_rupiah: Rupiah = strawberry.field(description="Money of all sources.")


@strawberry.type(description="A year with the programmes that have a target or money in it.")
class RoadmapYear:
    """A year with the programmes that have a target or money in it."""

    year: int = strawberry.field(description="Year of the period.")
    budget_rupiah: Rupiah = strawberry.field(description="Money of all its programmes.")
    lines: list[RoadmapLine] = strawberry.field(
        description="Its programmes, by code.", directives=[_usually(4)]
    )


@strawberry.type(description="A pillar's programmes of one horizon.")
class RoadmapHorizon:
    """A pillar's programmes of one horizon."""

    horizon: Horizon = strawberry.field(description="Short, medium or long.")
    length: int = strawberry.field(description="How many first years it means: 1, 5, 10 usually.")
    budget_rupiah: Rupiah = strawberry.field(description="Money of all its years.")
    programmes: list[RoadmapProgramme] = strawberry.field(
        description="Its programmes, by code.", directives=[_usually(4)]
    )
    years: list[RoadmapYear] = strawberry.field(
        description="Its years in which anything is due.", directives=[_usually(5)]
    )


@strawberry.type(description="A pillar's roadmap.")
class RoadmapPillar:
    """A pillar's roadmap: its short, medium and long horizon, the empty ones too."""

    code: str = strawberry.field(description="Stable code of the pillar.")
    name: str = strawberry.field(description="Its name in Indonesian use.")
    name_en: str = strawberry.field(description="Its name in English.")
    budget_rupiah: Rupiah = strawberry.field(description="Money of all its horizons.")
    horizons: list[RoadmapHorizon] = strawberry.field(
        description="Short, medium, long.", directives=[_usually(len(Horizon))]
    )


def roadmap_of(session: Session, masterplan_id: UUID) -> list[RoadmapPillar]:
    """Return the plan's roadmap, pillar by pillar."""
    tenant_id = tenant_of(session)
    return [
        RoadmapPillar(
            code=pillar.code,
            name=pillar.name,
            name_en=pillar.name_en,
            budget_rupiah=Rupiah(pillar.budget_rupiah),
            horizons=[_horizon(each, tenant_id) for each in pillar.stretches],
        )
        for pillar in rule.roadmap(session, masterplan_id)
    ]


def _horizon(stretch: rule.Stretch, tenant_id: int) -> RoadmapHorizon:
    made = {each.id: _programme(each, tenant_id) for each in stretch.programmes}
    return RoadmapHorizon(
        horizon=stretch.horizon,
        length=stretch.length,
        budget_rupiah=Rupiah(stretch.budget_rupiah),
        programmes=list(made.values()),
        years=[
            RoadmapYear(
                year=year.year,
                budget_rupiah=Rupiah(year.budget_rupiah),
                lines=[
                    RoadmapLine(
                        programme=made[line.programme.id],
                        target=line.target,
                        budget_rupiah=Rupiah(line.budget_rupiah),
                    )
                    for line in year.lines
                ],
            )
            for year in stretch.years
        ],
    )


def _programme(planned: rule.Planned, tenant_id: int) -> RoadmapProgramme:
    return RoadmapProgramme(
        id=strawberry.ID(str(Key("prg", tenant_id, planned.id))),
        code=planned.code,
        name=planned.name,
        lead_unit=planned.lead_unit,
        indicator=planned.indicator,
        indicator_unit=planned.indicator_unit,
        is_quick_win=planned.is_quick_win,
    )
