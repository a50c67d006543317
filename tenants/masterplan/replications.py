"""What follows from a replication in the city of origin: a record, a public count, a notice."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.identity.policy import Role
from kotacerdas.identity.queries import members_with
from kotacerdas.scope import tenant_of
from tenants.cities.queries import city_of
from tenants.masterplan.models import PublishedItem, Replication
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind
from tenants.submissions.models import InnovationOrigin


@dataclass(frozen=True)
class Copy:
    """A draft and where it came from, as its city tells it to the city of origin."""

    id: UUID
    adopter_id: int
    adopter: str
    origin_id: int
    item_id: UUID
    item_name: str


def copy_of(session: Session, row_id: UUID) -> Copy | None:
    """Return what an origin says, in the adopting city's tenant; None where there is no such."""
    row = session.get(InnovationOrigin, (tenant_of(session), row_id))
    if row is None:
        return None
    adopter = city_of(session)
    return Copy(
        row.innovation_id, adopter.id, adopter.name, row.origin_id, row.item_id, row.item_name
    )


def record(session: Session, copy: Copy) -> bool:
    """Record the replication in the tenant of the city of origin; doing it again does nothing.

    Where the item was withdrawn meanwhile, it is counted when it is published again.
    """
    tenant_id = tenant_of(session)
    # Locked first: each of several at once then counts those before it.
    item = session.get(PublishedItem, (tenant_id, copy.item_id), with_for_update=True)
    facts = {"innovation_id": copy.item_id, "adopter_id": copy.adopter_id, "copy_id": copy.id}
    new = insert(Replication).values(tenant_id=tenant_id, id=uuid7(), **facts)
    if session.scalar(new.on_conflict_do_nothing().returning(Replication.id)) is None:
        return False
    if item is not None:
        mine = (Replication.tenant_id == tenant_id) & (Replication.innovation_id == item.id)
        item.replications = session.scalar(select(func.count()).where(mine)) or 0
    after = {"adopter_id": copy.adopter_id, "adopter": copy.adopter}
    audit.record(session, "innovation.replicated", "innovation", copy.item_id, after=after)
    tell(
        session,
        NotificationKind.INNOVATION_REPLICATED,
        subject_id=copy.item_id,
        data={"name": copy.item_name, "adopter": copy.adopter, "city": city_of(session).name},
        people=members_with(session, [Role.CITY_ADMIN]),
        key=f"{copy.adopter_id}:{copy.id}",
    )
    return True
