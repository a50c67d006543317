"""Freezing a complete masterplan to a version that never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Unauthenticated
from kotacerdas.identity import policy
from kotacerdas.identity.policy import Permission, Role
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import locked
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.values import refuse
from tenants.cities.models import City, Participation
from tenants.masterplan.assembly import book_content
from tenants.masterplan.completeness.rule import missing
from tenants.masterplan.content import BookContent, hash_of, to_json
from tenants.masterplan.models import Masterplan, MasterplanVersion
from tenants.masterplan.plan import require_open
from tenants.masterplan.shelving import with_books
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind


class NothingChanged(DomainError):
    """The last version has the same content."""

    code = "NOTHING_CHANGED"
    id = "Isi masterplan sama dengan versi {number}. Pakai versi itu, atau ubah isinya dahulu."
    en = "The plan says the same as version {number}. Use that one, or change the plan first."


def freeze(session: Session, masterplan_id: UUID, *, expected_version: int) -> MasterplanVersion:
    """Seal the plan's whole content as its next version.

    Raises every missing thing at once, or NothingChanged. The plan's later changes leave the
    version untouched: the next freeze makes another one.
    """
    policy.require(session, Permission.MASTERPLAN_FREEZE)
    plan = locked(session, Masterplan, masterplan_id, expected_version=expected_version)
    key = (plan.tenant_id, plan.participation_id)
    require_open(session.get_one(Participation, key))
    last = _last_version(session, plan)
    number = last.number + 1 if last else 1
    refuse([item.error for item in missing(session, plan.id) if item.blocks])
    read = book_content(session, plan, version=number, on=_today(session))
    content = with_books(session, plan, read)
    if last and _same(content, last):
        raise NothingChanged(number=last.number)
    return _keep(session, plan, content.sealed())


def _last_version(session: Session, plan: Masterplan) -> MasterplanVersion | None:
    mine = {"tenant_id": plan.tenant_id, "masterplan_id": plan.id}
    versions = select(MasterplanVersion).filter_by(**mine)
    return session.scalar(versions.order_by(MasterplanVersion.number.desc()).limit(1))


def _same(content: BookContent, last: MasterplanVersion) -> bool:
    """Whether the content would have the last version's hash, had it been frozen then."""
    day = date.fromisoformat(last.content["frozen_on"])
    then = replace(content, version=last.number, frozen_on=day)
    return hash_of(then) == last.content_hash.hex()


def _keep(session: Session, plan: Masterplan, content: BookContent) -> MasterplanVersion:
    person_id = scope_of(session).person_id
    if person_id is None:
        raise Unauthenticated
    version = MasterplanVersion(
        tenant_id=plan.tenant_id,
        id=uuid7(),
        masterplan_id=plan.id,
        number=content.version,
        content=orjson.loads(to_json(content)),
        content_hash=bytes.fromhex(content.content_hash),
        frozen_by=person_id,
    )
    session.add(version)
    facts = {"masterplan": plan.id, "number": content.version, "hash": content.content_hash}
    audit.record(session, "masterplan.freeze", "masterplan_version", version.id, after=facts)
    told = {"title": content.title, "number": str(content.version)}
    people = members_with(session, [Role.BAPPEDA, Role.CITY_ADMIN, Role.REGION_HEAD])
    others = [each for each in people if each != person_id]
    tell(
        session,
        NotificationKind.VERSION_FROZEN,
        subject_id=version.id,
        data=told,
        people=others,
        key="frozen",
    )
    return version


def _today(session: Session) -> date:
    """The date in the city's zone."""
    city = session.get_one(City, tenant_of(session))
    return datetime.now(UTC).astimezone(ZoneInfo(city.zone)).date()
