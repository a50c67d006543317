"""Adopting a frozen version by the city's regulation: recorded once, and never taken back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound, WrongState
from kotacerdas.identity.policy import Permission, Role, acting, require
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import locked, unique
from kotacerdas.scope import tenant_of
from tenants.cities.models import Participation
from tenants.cities.texts import STAGES
from tenants.cities.workflow import Stage
from tenants.institutions.models import Regulation, RegulationSubject
from tenants.institutions.texts import REGULATIONS
from tenants.masterplan.finality import final_version
from tenants.masterplan.models import Adoption, Masterplan, MasterplanVersion
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind

ADOPTABLE = frozenset({Stage.ACCEPTED, Stage.ADOPTED, Stage.IMPLEMENTING})
"""From the ministry's acceptance on; a later version amends what was adopted."""


class AdoptionTooEarly(WrongState):
    """The ministry has not accepted the masterplan yet."""

    code = "ADOPTION_TOO_EARLY"
    id = (
        "Masterplan ditetapkan setelah diterima kementerian; keikutsertaan ini pada tahap"
        " {state_id}. Selesaikan ekspose dan perbaikannya dahulu."
    )
    en = (
        "A masterplan is adopted after the ministry has accepted it; this participation is in"
        " stage {state_en}. Finish the presentation and its revision first."
    )


class AlreadyAdopted(DomainError):
    """The version has been adopted, or the regulation has adopted another one."""

    code = "ALREADY_ADOPTED"
    id = "Versi atau peraturan ini sudah dipakai pada penetapan. Bekukan versi perubahan dahulu."
    en = "This version or regulation is part of an adoption already. Freeze an amended version."


class RegulationUnfit(DomainError):
    """The regulation is about something else than this plan."""

    code = "REGULATION_UNFIT"
    id = "Peraturan ini bukan tentang masterplan keikutsertaan ini. Catat peraturan yang sesuai."
    en = "This regulation is not about this participation's masterplan. Record the fitting one."


def adopt(session: Session, version_id: UUID, *, regulation_id: UUID) -> Adoption:
    """Record that a regulation adopts a frozen version, and tell those who carry it out.

    Raises Forbidden, NotFound, VersionSetAside, AdoptionTooEarly, RegulationUnfit or
    AlreadyAdopted.
    """
    require(session, Permission.MASTERPLAN_FREEZE)
    tenant_id = tenant_of(session)
    version = final_version(session, version_id)
    plan = locked(session, Masterplan, version.masterplan_id)
    _require_accepted(session, plan)
    regulation = _regulation(session, plan, regulation_id)
    adoption = Adoption(
        tenant_id=tenant_id,
        id=uuid7(),
        masterplan_version_id=version.id,
        regulation_id=regulation.id,
        recorded_by=acting(session),
    )
    with unique(session, AlreadyAdopted()):
        session.add(adoption)
    after = {"version": version.number, "regulation": regulation.id}
    audit.record(session, "masterplan.adopt", "adoption", adoption.id, after=after)
    _tell(session, version, regulation)
    return adoption


def is_adopted(session: Session, version_id: UUID) -> bool:
    """Whether a regulation has adopted the version."""
    mine = (Adoption.tenant_id == tenant_of(session)) & (
        Adoption.masterplan_version_id == version_id
    )
    return session.scalar(select(Adoption.id).where(mine)) is not None


def _require_accepted(session: Session, plan: Masterplan) -> None:
    stage = session.get_one(Participation, (plan.tenant_id, plan.participation_id)).stage
    if stage not in ADOPTABLE:
        state_id, state_en = STAGES[stage]
        raise AdoptionTooEarly(state_id=state_id, state_en=state_en)


def _regulation(session: Session, plan: Masterplan, regulation_id: UUID) -> Regulation:
    regulation = session.get(Regulation, (plan.tenant_id, regulation_id))
    if regulation is None:
        raise NotFound(path=("regulationId",))
    about = regulation.subject is RegulationSubject.MASTERPLAN
    if not about or regulation.participation_id not in (None, plan.participation_id):
        raise RegulationUnfit(path=("regulationId",))
    return regulation


def _tell(session: Session, version: MasterplanVersion, regulation: Regulation) -> None:
    name, _ = REGULATIONS[regulation.kind]
    data = {
        "title": version.content["title"],
        "number": str(version.number),
        "regulation": f"{name} {regulation.number}/{regulation.year}",
        "signed_on": regulation.signed_on.isoformat(),
    }
    roles = [Role.BAPPEDA, Role.CITY_ADMIN, Role.REGION_HEAD, Role.COUNCIL, Role.UNIT_HEAD]
    people = [each for each in members_with(session, roles) if each != acting(session)]
    kind = NotificationKind.PLAN_ADOPTED
    tell(session, kind, subject_id=version.id, data=data, people=people, key="adopted")
