"""A masterplan's working copy read whole, as the content of its book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import Session, aliased

from kotacerdas.searching import VECTOR
from kotacerdas.values import plain_decimal
from tenants.cities.models import City, Participation, Region, Unit
from tenants.editions.models import Cohort, Dimension, GuideEdition
from tenants.masterplan.analysis.reading import analysis_content
from tenants.masterplan.content import (
    FORMAT,
    BookContent,
    BudgetContent,
    CityFacts,
    DimensionContent,
    MissionContent,
    ProgrammeContent,
    TargetContent,
)
from tenants.masterplan.models import (
    Budget,
    Goal,
    Masterplan,
    Mission,
    Programme,
    ProgrammeSupport,
    YearTarget,
)
from tenants.submissions.models import Innovation

HEAD_TITLES = {"KOTA": "Wali Kota", "KABUPATEN": "Bupati"}
"""By the first word of a region's kind; Jakarta's administrative units have these heads too."""

LANGUAGE = "id"
"""A version is frozen in the language in which the city wrote it."""

Value = TypeVar("Value")


def book_content(session: Session, plan: Masterplan, *, version: int, on: date) -> BookContent:
    """Read the plan as the unsealed content of version `version`, frozen on `on`.

    The statements do not grow with the plan, which must be locked, so that they agree.
    """
    facts = session.execute(_facts(plan)).one()
    return BookContent(
        language=LANGUAGE,
        title=plan.title,
        city=CityFacts(
            name=facts.city_name,
            kind=facts.kind,
            province=facts.province,
            region_code=facts.region_code,
            head_title=HEAD_TITLES[facts.kind.partition("_")[0]],
            unit_label=facts.unit_label,
        ),
        edition_name=facts.edition_name,
        cohort_year=facts.cohort_year,
        period_start=plan.period_start,
        period_end=plan.period_end,
        version=version,
        frozen_on=on,
        vision=plan.vision,
        missions=_missions(session, plan),
        dimensions=_dimensions(session, plan, facts.edition_id),
        analysis=analysis_content(session, plan),
        format=FORMAT,
    )


def _facts(plan: Masterplan) -> Select[*tuple[Any, ...]]:
    return (
        select(
            City.name.label("city_name"),
            City.unit_label,
            Region.kind,
            Region.province,
            Region.code.label("region_code"),
            GuideEdition.id.label("edition_id"),
            GuideEdition.name.label("edition_name"),
            Cohort.year.label("cohort_year"),
        )
        .select_from(Participation)
        .join(Cohort, Cohort.id == Participation.cohort_id)
        .join(GuideEdition, GuideEdition.id == Cohort.edition_id)
        .join(City, City.id == Participation.tenant_id)
        .join(Region, Region.code == City.region_code)
        .where(Participation.tenant_id == plan.tenant_id)
        .where(Participation.id == plan.participation_id)
    )


def _missions(session: Session, plan: Masterplan) -> tuple[MissionContent, ...]:
    goal_of = and_(
        Goal.tenant_id == plan.tenant_id,
        Goal.mission_id == Mission.id,
    )
    rows = session.execute(
        select(Mission.ordinal, Mission.text, Goal.text)
        .outerjoin(Goal, goal_of)
        .where(Mission.tenant_id == plan.tenant_id, Mission.masterplan_id == plan.id)
        .order_by(Mission.ordinal, Goal.ordinal)
    )
    goals: dict[tuple[int, str], list[str]] = {}
    for ordinal, text, goal in rows:
        goals.setdefault((ordinal, text), []).extend([goal] if goal is not None else [])
    return tuple(MissionContent(*mission, tuple(texts)) for mission, texts in goals.items())


def _dimensions(
    session: Session, plan: Masterplan, edition_id: UUID
) -> tuple[DimensionContent, ...]:
    programmes = _programmes(session, plan)
    pillars = session.execute(
        select(Dimension.id, Dimension.code, Dimension.name, Dimension.description)
        .where(Dimension.edition_id == edition_id)
        .order_by(Dimension.ordinal)
    )
    return tuple(
        DimensionContent(pillar.code, pillar.name, pillar.description, tuple(programmes[pillar.id]))
        for pillar in pillars
    )


def _programmes(session: Session, plan: Masterplan) -> dict[UUID, list[ProgrammeContent]]:
    supports = _grouped((row.programme_id, row.name) for row in session.execute(_supports(plan)))
    targets = _grouped(
        (row.programme_id, TargetContent(row.year, Decimal(format(row.value.normalize(), "f"))))
        for row in session.execute(_lines(plan, YearTarget).order_by(YearTarget.year))
    )
    budgets = _grouped(
        (row.programme_id, BudgetContent(row.year, row.source.value, row.amount_rupiah))
        for row in session.execute(_lines(plan, Budget).order_by(Budget.year, Budget.source))
    )
    found: dict[UUID, list[ProgrammeContent]] = defaultdict(list)
    for row in session.execute(_programme_rows(plan)):
        content = _programme(row, supports[row.id], targets[row.id], budgets[row.id])
        found[row.dimension_id].append(content)
    return found


def _programme(
    row: Row[*tuple[Any, ...]],
    supports: list[str],
    targets: list[TargetContent],
    budgets: list[BudgetContent],
) -> ProgrammeContent:
    return ProgrammeContent(
        code=row.code,
        permendagri_code=row.permendagri_code or "",
        name=row.name,
        description=row.description,
        goal=row.goal or "",
        sub_dimension=row.sub_dimension,
        activity=row.activity,
        lead_unit=row.lead_unit,
        supporting_units=tuple(supports),
        partners=row.partners,
        indicator=row.indicator,
        indicator_unit=row.indicator_unit,
        baseline=plain_decimal(row.baseline),
        targets=tuple(targets),
        place=row.place,
        budgets=tuple(budgets),
        horizon=row.horizon.value,
        is_new=row.is_new,
        is_quick_win=row.is_quick_win,
        sdgs=tuple(row.sdgs),
        origin=row.origin or "",
    )


def _programme_rows(plan: Masterplan) -> Select[*tuple[Any, ...]]:
    lead = aliased(Unit, name="lead")
    of_city = plan.tenant_id
    return (
        select(
            *(column for column in Programme.__table__.c if column.name != VECTOR),
            lead.name.label("lead_unit"),
            Goal.text.label("goal"),
            Innovation.name.label("origin"),
        )
        .join(lead, and_(lead.tenant_id == of_city, lead.id == Programme.lead_unit_id))
        .outerjoin(Goal, and_(Goal.tenant_id == of_city, Goal.id == Programme.goal_id))
        .outerjoin(
            Innovation,
            and_(Innovation.tenant_id == of_city, Innovation.id == Programme.innovation_id),
        )
        .where(Programme.tenant_id == of_city, Programme.masterplan_id == plan.id)
        .order_by(Programme.code, Programme.id)
    )


def _supports(plan: Masterplan) -> Select[UUID, str]:
    of_city = plan.tenant_id
    support, unit = ProgrammeSupport, Unit
    return (
        select(support.programme_id, unit.name)
        .join(unit, and_(unit.tenant_id == of_city, unit.id == support.unit_id))
        .join(Programme, and_(Programme.tenant_id == of_city, Programme.id == support.programme_id))
        .where(support.tenant_id == of_city, Programme.masterplan_id == plan.id)
        .order_by(unit.name, unit.id)
    )


def _lines(plan: Masterplan, part: type[YearTarget | Budget]) -> Select[*tuple[Any, ...]]:
    of_city = plan.tenant_id
    return (
        select(*part.__table__.c)
        .join(Programme, and_(Programme.tenant_id == of_city, Programme.id == part.programme_id))
        .where(part.tenant_id == of_city, Programme.masterplan_id == plan.id)
    )


def _grouped(pairs: Iterable[tuple[UUID, Value]]) -> dict[UUID, list[Value]]:
    groups: dict[UUID, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
