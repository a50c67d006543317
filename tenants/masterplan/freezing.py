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
from kotacerdas.errors import DomainError
from kotacerdas.identity import policy
from kotacerdas.identity.policy import Permission, Role, acting
from kotacerdas.identity.queries import members_with
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import refuse
from tenants.cities.models import City, Participation
from tenants.masterplan.assembly import book_content
from tenants.masterplan.completeness.rule import missing
from tenants.masterplan.content import BookContent, hash_of, to_json
from tenants.masterplan.models import Masterplan, MasterplanVersion
from tenants.masterplan.plan import require_open
from tenants.masterplan.shelving import with_books
from tenants.masterplan.working_copy import taken
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
    refuse([item.error for item in missing(session, plan.id) if item.blocks])
    content = _content(session, plan, last)
    if last and not last.is_set_aside and _same(content, last):
        raise NothingChanged(number=last.number)
    return _keep(session, plan, content.sealed())


def set_aside(session: Session, plan: Masterplan) -> MasterplanVersion:
    """Keep what stands as a version though it may lack things; the last one if it says the same.

    The plan is locked. Such a version can be read, compared and forked, but neither adopted nor
    published.
    """
    last = _last_version(session, plan)
    content = _content(session, plan, last)
    if last and _same(content, last):
        return last
    return _keep(session, plan, content.sealed(), aside=True)


def _content(session: Session, plan: Masterplan, last: MasterplanVersion | None) -> BookContent:
    """The plan as the version after the last one."""
    number = last.number + 1 if last else 1
    read = book_content(session, plan, version=number, on=_today(session))
    return with_books(session, plan, read)


def _last_version(session: Session, plan: Masterplan) -> MasterplanVersion | None:
    mine = {"tenant_id": plan.tenant_id, "masterplan_id": plan.id}
    versions = select(MasterplanVersion).filter_by(**mine)
    return session.scalar(versions.order_by(MasterplanVersion.number.desc()).limit(1))


def _same(content: BookContent, last: MasterplanVersion) -> bool:
    """Whether the content would have the last version's hash, had it been frozen then."""
    day = date.fromisoformat(last.content["frozen_on"])
    then = replace(content, version=last.number, frozen_on=day)
    return hash_of(then) == last.content_hash.hex()


def _keep(
    session: Session, plan: Masterplan, content: BookContent, *, aside: bool = False
) -> MasterplanVersion:
    person_id = acting(session)
    version = MasterplanVersion(
        tenant_id=plan.tenant_id,
        id=uuid7(),
        masterplan_id=plan.id,
        number=content.version,
        content=orjson.loads(to_json(content)),
        content_hash=bytes.fromhex(content.content_hash),
        frozen_by=person_id,
        is_set_aside=aside,
        working_copy=taken(session, plan),
    )
    session.add(version)
    facts = {"masterplan": plan.id, "number": content.version, "hash": content.content_hash}
    action = "masterplan.set_aside" if aside else "masterplan.freeze"
    audit.record(session, action, "masterplan_version", version.id, after=facts)
    if not aside:
        _tell(session, version, content)
    return version


def _tell(session: Session, version: MasterplanVersion, content: BookContent) -> None:
    told = {"title": content.title, "number": str(content.version)}
    people = members_with(session, [Role.BAPPEDA, Role.CITY_ADMIN, Role.REGION_HEAD])
    others = [each for each in people if each != acting(session)]
    tell(
        session,
        NotificationKind.VERSION_FROZEN,
        subject_id=version.id,
        data=told,
        people=others,
        key="frozen",
    )


def _today(session: Session) -> date:
    """The date in the city's zone."""
    city = session.get_one(City, tenant_of(session))
    return datetime.now(UTC).astimezone(ZoneInfo(city.zone)).date()
