"""Publishing a frozen version for everybody, and taking it back."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.identity import policy
from kotacerdas.identity.policy import Permission
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from tenants.cities.models import Participation
from tenants.cities.texts import STAGES, what_follows
from tenants.cities.workflow import Stage
from tenants.masterplan.adopting import is_adopted
from tenants.masterplan.finality import final_version
from tenants.masterplan.items import remove_items, write_items
from tenants.masterplan.models import Adoption, Masterplan, MasterplanVersion, Publication

PUBLISHABLE = frozenset({Stage.PRESENTED, Stage.ACCEPTED, Stage.ADOPTED, Stage.IMPLEMENTING})
"""From the presentation (ekspose) on, but not while it is being revised."""


class PublicationTooEarly(WrongState):
    """The participation has not come to the presentation, or is under revision."""

    code = "PUBLICATION_TOO_EARLY"
    id = (
        "Masterplan dapat dipublikasikan setelah ekspose; keikutsertaan ini pada tahap"
        " {state_id}. {next_id}"
    )
    en = (
        "A masterplan can be published once it has been presented; this participation is in stage"
        " {state_en}. {next_en}"
    )


class AlreadyPublished(DomainError):
    """The version is what everybody reads now."""

    code = "ALREADY_PUBLISHED"
    id = "Versi {number} sudah dipublikasikan. Bekukan versi baru bila isinya berubah."
    en = "Version {number} is published already. Freeze a new version if the plan has changed."


class AdoptedStays(WrongState):
    """What a regulation has adopted stays public until an adopted version follows it."""

    code = "ADOPTED_STAYS_PUBLISHED"
    id = (
        "Versi yang dipublikasikan sudah ditetapkan dengan peraturan dan tidak dapat ditarik."
        " Tetapkan versi perubahannya, lalu publikasikan versi itu."
    )
    en = (
        "The published version has been adopted by a regulation and cannot be taken back."
        " Have its amended version adopted, then publish that one."
    )


class AlreadyWithdrawn(DomainError):
    """The publication was taken back before."""

    code = "ALREADY_WITHDRAWN"
    id = "Publikasi ini sudah ditarik. Publikasikan lagi versinya bila perlu."
    en = "This publication has been withdrawn already. Publish its version again if needed."


def publish(session: Session, version_id: UUID) -> Publication:
    """Let everybody read a frozen version; the plan's former publication is withdrawn.

    The publication is a copy: what a book shows, without the city's working papers. Its programmes
    and the innovations that they came from can be found by everybody. Raises VersionSetAside,
    PublicationTooEarly or AlreadyPublished.
    """
    policy.require(session, Permission.MASTERPLAN_PUBLISH)
    tenant_id = tenant_of(session)
    version = final_version(session, version_id)
    plan = locked(session, Masterplan, version.masterplan_id)
    _require_presented(session, plan)
    own = {"tenant_id": tenant_id, "masterplan_version_id": version.id}
    publication = session.scalar(select(Publication).filter_by(**own))
    if publication is None:
        publication = _copy(version)
    elif publication.withdrawn_at is None:
        raise AlreadyPublished(number=version.number)
    if not is_adopted(session, version.id):
        _refuse_adopted(session, plan)
    _withdraw_others(session, plan, version)
    publication.published_at, publication.withdrawn_at = datetime.now(UTC), None
    session.add(publication)
    session.flush()  # its items name it
    write_items(session, publication, version)
    facts = {"version": version.number, "hash": version.content_hash.hex()}
    audit.record(session, "masterplan.publish", "publication", publication.id, after=facts)
    return publication


def withdraw(session: Session, publication_id: UUID) -> Publication:
    """Take a publication back; its version can be published again."""
    policy.require(session, Permission.MASTERPLAN_PUBLISH)
    publication = locked(session, Publication, publication_id)
    if publication.withdrawn_at is not None:
        raise AlreadyWithdrawn
    if is_adopted(session, publication.masterplan_version_id):
        raise AdoptedStays
    publication.withdrawn_at = datetime.now(UTC)
    remove_items(session, publication.tenant_id, [publication.id])
    after = {"withdrawn_at": publication.withdrawn_at}
    audit.record(session, "masterplan.withdraw", "publication", publication.id, after=after)
    session.flush()  # the caller reads the row
    return publication


def _copy(version: MasterplanVersion) -> Publication:
    return Publication(
        tenant_id=version.tenant_id,
        id=uuid7(),
        masterplan_version_id=version.id,
        title=version.content["title"],
        content=version.content,
        content_hash=version.content_hash,
    )


def _require_presented(session: Session, plan: Masterplan) -> None:
    participation = session.get_one(Participation, (plan.tenant_id, plan.participation_id))
    if participation.stage not in PUBLISHABLE:
        (state_id, state_en), (next_id, next_en) = (
            STAGES[participation.stage],
            what_follows(participation.stage),
        )
        raise PublicationTooEarly(
            state_id=state_id, state_en=state_en, next_id=next_id, next_en=next_en
        )


def _refuse_adopted(session: Session, plan: Masterplan) -> None:
    """Refuse where what is published of the plan has been adopted."""
    published = (
        select(Publication.masterplan_version_id)
        .join(MasterplanVersion, MasterplanVersion.id == Publication.masterplan_version_id)
        .join(Adoption, Adoption.masterplan_version_id == MasterplanVersion.id)
        .where(
            Publication.tenant_id == plan.tenant_id,
            MasterplanVersion.tenant_id == plan.tenant_id,
            Adoption.tenant_id == plan.tenant_id,
            MasterplanVersion.masterplan_id == plan.id,
            Publication.withdrawn_at.is_(None),
        )
        .limit(1)
    )
    if session.scalar(published) is not None:
        raise AdoptedStays


def _withdraw_others(session: Session, plan: Masterplan, version: MasterplanVersion) -> None:
    others = select(MasterplanVersion.id).where(
        MasterplanVersion.tenant_id == plan.tenant_id,
        MasterplanVersion.masterplan_id == plan.id,
        MasterplanVersion.id != version.id,
    )
    former = update(Publication).where(
        Publication.tenant_id == plan.tenant_id,
        Publication.masterplan_version_id.in_(others),
        Publication.withdrawn_at.is_(None),
    )
    taken_back = session.scalars(
        former.values(withdrawn_at=datetime.now(UTC)).returning(Publication.id)
    ).all()
    remove_items(session, plan.tenant_id, taken_back)
    for publication_id in taken_back:
        audit.record(session, "masterplan.withdraw", "publication", publication_id)
