"""What the stages find missing in the masterplan: its frozen version, and its adoption."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Role
from tenants.cities.missing import Missing
from tenants.cities.models import Participation, ParticipationStep
from tenants.cities.workflow import Stage
from tenants.institutions.guards import missing_regulation
from tenants.masterplan.completeness import rule
from tenants.masterplan.models import Adoption, Masterplan, MasterplanVersion


class MasterplanNotBegun(DomainError):
    """There is no masterplan to present."""

    code = "MASTERPLAN_NOT_BEGUN"
    id = "Masterplan belum dibuat. Buat masterplannya, lengkapi, lalu bekukan."
    en = "There is no masterplan yet. Begin it, complete it, then freeze it."


class MasterplanNotFrozen(DomainError):
    """The plan lacks nothing, but there is no version of it that stays as it is."""

    code = "MASTERPLAN_NOT_FROZEN"
    id = "Masterplan sudah lengkap, tetapi belum dibekukan. Bekukan menjadi versi."
    en = "The masterplan is complete, but not frozen. Freeze it to a version."


class RevisionNotFrozen(DomainError):
    """The city was asked to revise, and has frozen nothing since."""

    code = "REVISION_NOT_FROZEN"
    id = (
        "Perbaikan sesudah ekspose belum dibekukan; versi terakhir adalah versi {number} dari"
        " sebelum perbaikan. Perbaiki masterplan, lalu bekukan versi baru."
    )
    en = (
        "The revision after the presentation is not frozen; the last version, {number}, is from"
        " before it. Revise the masterplan, then freeze a new version."
    )


class AdoptionMissing(DomainError):
    """The regulation is recorded, but not which version it adopts."""

    code = "ADOPTION_MISSING"
    id = "Versi masterplan yang ditetapkan peraturannya belum dicatat. Tetapkan versi itu."
    en = "The version that the regulation adopts is not recorded. Choose and adopt that version."


def missing_version(session: Session, row: Participation) -> list[Missing]:
    """Name all that keeps the plan from being frozen, each with its owner, unless it is frozen."""
    plan = session.scalar(_plan_of(row))
    if plan is None:
        return [Missing(MasterplanNotBegun(path=("to",)), Role.BAPPEDA)]
    return [] if _last_complete(session, plan) else _unfrozen(session, plan)


def missing_revision(session: Session, row: Participation) -> list[Missing]:
    """Name what keeps the revised plan from being frozen, once the ministry asked for a revision.

    Without a revision the version that was presented is the one that is accepted.
    """
    plan = session.scalar(_plan_of(row))
    last = None if plan is None else _last_complete(session, plan)
    if plan is None or last is None:
        return missing_version(session, row)
    asked = _revision_asked_at(session, row)
    if asked is None or last.created_at >= asked:
        return []
    unfinished = _blocking(session, plan)
    return unfinished or [
        Missing(RevisionNotFrozen(path=("to",), number=last.number), Role.CITY_ADMIN)
    ]


def missing_adoption(session: Session, row: Participation) -> list[Missing]:
    """Name the regulation, or else that no version is adopted by it."""
    adopted = exists().where(
        Adoption.tenant_id == row.tenant_id,
        MasterplanVersion.tenant_id == row.tenant_id,
        Masterplan.tenant_id == row.tenant_id,
        MasterplanVersion.id == Adoption.masterplan_version_id,
        Masterplan.id == MasterplanVersion.masterplan_id,
        Masterplan.participation_id == row.id,
    )
    if session.scalar(select(adopted)):
        return []
    return missing_regulation(session, row) or [
        Missing(AdoptionMissing(path=("to",)), Role.CITY_ADMIN)
    ]


def _plan_of(row: Participation) -> Select[Masterplan]:
    return select(Masterplan).where(
        Masterplan.tenant_id == row.tenant_id, Masterplan.participation_id == row.id
    )


def _last_complete(session: Session, plan: Masterplan) -> MasterplanVersion | None:
    complete = select(MasterplanVersion).where(
        MasterplanVersion.tenant_id == plan.tenant_id,
        MasterplanVersion.masterplan_id == plan.id,
        MasterplanVersion.is_set_aside.is_(False),
    )
    return session.scalar(complete.order_by(MasterplanVersion.number.desc()).limit(1))


def _revision_asked_at(session: Session, row: Participation) -> datetime | None:
    asked = select(func.max(ParticipationStep.created_at)).where(
        ParticipationStep.tenant_id == row.tenant_id,
        ParticipationStep.participation_id == row.id,
        ParticipationStep.stage == Stage.REVISION,
    )
    return session.scalar(asked)


def _unfrozen(session: Session, plan: Masterplan) -> list[Missing]:
    return _blocking(session, plan) or [Missing(MasterplanNotFrozen(path=("to",)), Role.CITY_ADMIN)]


def _blocking(session: Session, plan: Masterplan) -> list[Missing]:
    return [
        Missing(item.error, item.owner.role, item.owner.unit_id)
        for item in rule.missing(session, plan.id)
        if item.blocks
    ]
