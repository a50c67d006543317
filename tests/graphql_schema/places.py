"""Rows that the API's tests stand on, written past the rules."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from kotacerdas.database import Database
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.assessment.instruments import content_of, parameters_of, write
from tenants.assessment.models import Decision, Instrument
from tenants.cities.models import Participation
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort, Dimension, GuideEdition
from tenants.evaluation.models import EvaluationRound
from tenants.submissions.models import Innovation, InnovationKind, Maturity
from tenants.submissions.workflow import InnovationState

YEAR = 2031
"""A cohort of the tests' own; real ones are counted elsewhere."""


def cohort(database: Database) -> tuple[UUID, UUID]:
    """The tests' cohort and one of its pillars, made at the first call."""
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        known = session.scalar(select(Cohort).where(Cohort.year == YEAR))
        if known is None:
            edition = GuideEdition(id=uuid7(), code=f"uji-{YEAR}", name="Edisi Uji", rules={})
            pillar = Dimension(
                id=uuid7(), edition_id=edition.id, code="economy", ordinal=1,
                name="Smart Economy", name_en="Smart Economy", description="Ekonomi",
            )  # fmt: skip
            known = Cohort(
                id=uuid7(), year=YEAR, quota=50, target_date=date(YEAR, 10, 31),
                edition_id=edition.id, source="tests",
            )  # fmt: skip
            session.add(edition)
            session.flush()  # pillar and cohort reference it
            session.add(pillar)
            session.flush()  # a cohort closes the edition
            session.add(known)
        pillars = select(Dimension.id).where(Dimension.edition_id == known.edition_id)
        return known.id, session.scalars(pillars).one()


def evaluation_round(database: Database) -> UUID:
    """The tests' round of evaluation, made at the first call."""
    cohort_id, _ = cohort(database)
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        known = session.scalar(select(EvaluationRound.id).where(EvaluationRound.year == YEAR))
        if known is None:
            edition_id = session.get_one(Cohort, cohort_id).edition_id
            row = EvaluationRound(
                id=uuid7(), year=YEAR, edition_id=edition_id, scale_maximum=Decimal(5),
                self_score_due_at=datetime(YEAR, 8, 29, tzinfo=UTC), objection_days=7,
            )  # fmt: skip
            session.add(row)
            known = row.id
        return known


def instrument(database: Database) -> tuple[UUID, UUID]:
    """The tests' instrument, which no cohort uses, and its parameter, made at the first call."""
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        mine = select(Instrument.id).where(Instrument.code == f"uji-{YEAR}")
        names = {"id": "Uji", "en": "Test"}
        parameter = {"code": "policy", "name": names, "weight": 100}
        document = {"code": f"uji-{YEAR}", "name": names, "parameters": [parameter]}
        known = session.scalar(mine) or write(session, content_of(document)).id
        return known, parameters_of(session, known)[0].id


def letter(database: Database) -> UUID:
    """A letter of selection on nobody, which has been applied, made at the first call."""
    cohort_id, _ = cohort(database)
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        known = session.scalar(select(Decision.id).where(Decision.cohort_id == cohort_id))
        if known is None:
            row = Decision(
                id=uuid7(), cohort_id=cohort_id, letter_number="S-1", publish_scores=False,
                letter_date=date(2022, 4, 1), verdicts=[], applied_at=datetime.now(UTC),
            )  # fmt: skip
            session.add(row)
            known = row.id
        return known


def participation(database: Database, city, stage: Stage = Stage.MENTORED) -> UUID:
    """The city's participation in the tests' cohort, made at the first call."""
    cohort_id, _ = cohort(database)
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        mine = select(Participation.id).where(Participation.tenant_id == city.id)
        known = session.scalar(mine)
        if known is None:
            row = Participation(tenant_id=city.id, id=uuid7(), cohort_id=cohort_id, stage=stage)
            session.add(row)
            known = row.id
        return known


def innovation(
    database: Database,
    city,
    *,
    name: str = "Inovasi",
    state: InnovationState = InnovationState.DRAFT,
    unit_id: UUID | None = None,
    budget_rupiah: str = "1000000",
) -> UUID:
    """An innovation of a unit of its own, unless one is given."""
    _, pillar = cohort(database)
    values = {
        "tenant_id": city.id,
        "id": uuid7(),
        "participation_id": participation(database, city),
        "unit_id": unit_id or city.unit(),
        "dimension_id": pillar,
        "state": state,
        "name": name,
        "kind": InnovationKind.DIGITAL,
        "maturity": Maturity.IDEA,
        "budget_rupiah": Decimal(budget_rupiah),
        "created_by": city.person(Role.UNIT_OPERATOR),
    }
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        session.add(Innovation(**values))
    return values["id"]
