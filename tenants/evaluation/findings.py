"""Strengths, weaknesses and recommendations, and what units do about them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import UNIT_ROLES, Permission, acting, require
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import collect, refuse, text_value
from tenants.cities.dates import future_date
from tenants.cities.models import Unit
from tenants.cities.queries import city_of
from tenants.cities.units import refuse_ended
from tenants.cities.working_days import day_off_fault
from tenants.evaluation.instruments import Instrument
from tenants.evaluation.models import EvaluationState, Finding, FindingKind, FollowUp
from tenants.evaluation.states import instrument_for, taken
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind

WRITABLE = (EvaluationState.ASSESSING, EvaluationState.PROVISIONAL)
"""States in which assessors write findings; afterwards they stand."""
FOLLOWED = (EvaluationState.PRIVATE, EvaluationState.PUBLISHED)


class FindingDimensionForeign(DomainError):
    """The pillar belongs to another edition than the round's."""

    code = "FINDING_DIMENSION_FOREIGN"
    id = "Pilar itu bukan bagian dari panduan evaluasi ini. Pilih salah satu: {choices_id}."
    en = "That pillar is not part of this evaluation's guide. Choose one of: {choices_en}."


class NotARecommendation(DomainError):
    """Only recommendations are followed up."""

    code = "NOT_A_RECOMMENDATION"
    id = "Hanya rekomendasi yang ditindaklanjuti. Pilih sebuah rekomendasi."
    en = "Only recommendations are followed up. Choose a recommendation."


class FollowUpDone(WrongState):
    """The follow-up is finished."""

    code = "FOLLOW_UP_DONE"
    id = "Tindak lanjut ini sudah selesai. Buat yang baru bila masih ada pekerjaan."
    en = "This follow-up is finished. Make a new one if something is left to do."


def write_finding(
    session: Session,
    evaluation_id: UUID,
    *,
    kind: FindingKind,
    text: str,
    dimension_id: UUID | None = None,
    idempotency_key: str | None = None,
) -> Finding:
    """Write a strength, a weakness or a recommendation, by an assessor.

    Raises NotFound, Forbidden, EvaluationWrongState, FindingDimensionForeign, or Invalid.
    """
    require(session, Permission.EVALUATION_ASSESS)
    words = text_value(text, path=("text",), required=True)
    values = {"kind": kind, "text": words, "dimension_id": dimension_id}

    def create() -> UUID:
        evaluation = taken(session, evaluation_id, *WRITABLE)
        _refuse_foreign(instrument_for(session, evaluation), dimension_id)
        row = Finding(
            tenant_id=evaluation.tenant_id,
            id=uuid7(),
            evaluation_id=evaluation.id,
            written_by=acting(session),
            **values,
        )
        session.add(row)
        audit.record(session, "finding.write", "finding", row.id, after=values)
        return row.id

    request = {"do": "finding.write", "of": evaluation_id} | values
    return locked(session, Finding, once(session, idempotency_key, request, create))


def reword_finding(
    session: Session, finding_id: UUID, *, text: str, expected_version: int
) -> Finding:
    """Change the words of a finding until the result is final.

    Raises NotFound, Forbidden, StaleVersion, EvaluationWrongState, or Invalid.
    """
    require(session, Permission.EVALUATION_ASSESS)
    row = locked(session, Finding, finding_id, expected_version=expected_version)
    taken(session, row.evaluation_id, *WRITABLE)
    words = text_value(text, path=("text",), required=True)
    before, row.text = row.text, words
    audit.record(
        session, "finding.reword", "finding", row.id, before={"text": before}, after={"text": words}
    )
    return row


def plan_follow_up(
    session: Session,
    finding_id: UUID,
    *,
    unit_id: UUID,
    action: str,
    due_on: date,
    idempotency_key: str | None = None,
) -> FollowUp:
    """Charge a unit with what is to be done about a recommendation, and tell its people.

    Raises NotFound, Forbidden, NotARecommendation, EvaluationWrongState, UnitEnded, DueOnDayOff
    or Invalid.
    """
    require(session, Permission.EVALUATION_WRITE)
    words = text_value(action, path=("action",), required=True)
    refuse(day_off_fault(due_on, path=("dueOn",)))
    values = {"unit_id": unit_id, "action": words, "due_on": due_on}

    def create() -> UUID:
        finding = locked(session, Finding, finding_id)
        if finding.kind is not FindingKind.RECOMMENDATION:
            raise NotARecommendation(path=("findingId",))
        taken(session, finding.evaluation_id, *FOLLOWED)
        unit = _unit(session, unit_id)
        row = FollowUp(tenant_id=tenant_of(session), id=uuid7(), finding_id=finding.id, **values)
        session.add(row)
        audit.record(session, "follow_up.plan", "follow_up", row.id, after=values)
        _tell(session, row, unit, finding)
        return row.id

    request = {"do": "follow_up.plan", "of": finding_id} | values
    return locked(session, FollowUp, once(session, idempotency_key, request, create))


def finish_follow_up(
    session: Session, follow_up_id: UUID, *, outcome: str, done_on: date, expected_version: int
) -> FollowUp:
    """Note what came of a follow-up and when it was done.

    Raises NotFound, Forbidden, StaleVersion, FollowUpDone, or together DateInFuture and Invalid.
    """
    require(session, Permission.EVALUATION_WRITE)
    row = locked(session, FollowUp, follow_up_id, expected_version=expected_version)
    if row.done_on is not None:
        raise FollowUpDone
    values = collect({"outcome": lambda: text_value(outcome, path=("outcome",), required=True)})
    refuse(future_date(city_of(session), done_on, path=("doneOn",)))
    row.outcome, row.done_on = values["outcome"], done_on
    audit.record(
        session, "follow_up.finish", "follow_up", row.id, after=values | {"done_on": done_on}
    )
    return row


def _refuse_foreign(used: Instrument, dimension_id: UUID | None) -> None:
    pillars = list(used.dimensions.values())
    if dimension_id is None or dimension_id in {pillar.id for pillar in pillars}:
        return
    raise FindingDimensionForeign(
        path=("dimensionId",),
        choices_id=", ".join(pillar.name for pillar in pillars),
        choices_en=", ".join(pillar.name_en for pillar in pillars),
    )


def _unit(session: Session, unit_id: UUID) -> Unit:
    unit = session.get(Unit, (tenant_of(session), unit_id))
    if unit is None:
        raise NotFound(path=("unitId",))
    refuse_ended(unit, path=("unitId",))
    return unit


def _tell(session: Session, row: FollowUp, unit: Unit, finding: Finding) -> None:
    tell(
        session,
        NotificationKind.FOLLOW_UP_PLANNED,
        subject_id=row.id,
        data={
            "name": row.action,
            "unit": unit.name,
            "due_on": row.due_on.isoformat(),
            "text": finding.text,
        },
        people=members_with(session, UNIT_ROLES, unit.id),
        key="",
    )
