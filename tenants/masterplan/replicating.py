"""Beginning a draft from what another city has published, by a department."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.jobs import Kind, Queue, enqueue
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from tenants.cities.editions import pillars_of
from tenants.cities.models import Unit
from tenants.editions.models import Dimension
from tenants.masterplan.models import ItemKind, PublishedItem
from tenants.submissions import drafting
from tenants.submissions.content import InnovationTexts
from tenants.submissions.models import Innovation, InnovationKind, InnovationOrigin, Maturity
from tenants.submissions.workflow import InnovationState

REPLICATE = Kind("innovation.replicate", Queue.BULK)
"""The job that tells the city of origin; its subject is the draft's origin."""


class ItemNotPublished(DomainError):
    """Nobody publishes such an item, or nobody does any more."""

    code = "ITEM_NOT_PUBLISHED"
    id = "Inovasi ini tidak atau tidak lagi diterbitkan. Cari inovasi lain yang terbit."
    en = "This innovation is not published, or no longer. Search for another one that is."


class ItemOwn(DomainError):
    """The item is the city's own."""

    code = "ITEM_OWN"
    id = "Inovasi ini milik daerah Anda sendiri. Pilih inovasi yang diterbitkan daerah lain."
    en = "This innovation is your own city's. Choose one that another city has published."


class ItemNotInnovation(DomainError):
    """The item is a programme."""

    code = "ITEM_NOT_INNOVATION"
    id = "Hanya inovasi yang dapat direplikasi. Cari inovasi yang menjadi asal program ini."
    en = "Only innovations can be replicated. Search for the one that this programme came from."


class AlreadyReplicated(WrongState):
    """The unit has begun a draft from the item before."""

    code = "ALREADY_REPLICATED"
    id = "Perangkat daerah ini sudah mereplikasinya sebagai “{name}”. Lanjutkan usulan itu."
    en = "This unit has replicated it as “{name}”. Carry on with that innovation."


def replicate(
    session: Session,
    *,
    participation_id: UUID,
    unit_id: UUID,
    origin_id: int,
    item_id: UUID,
    dimension_id: UUID | None = None,
    idempotency_key: str | None = None,
) -> Innovation:
    """Begin a draft of the unit from an innovation that the city `origin_id` has published.

    The draft is an idea with the published words; partners, sustainability, risks, resources and
    budget are the unit's own to write. Its pillar is the one of the same code unless one is given.

    Raises Forbidden, ItemOwn, ItemNotPublished, ItemNotInnovation, AlreadyReplicated, and what
    `drafting.create` raises.
    """
    require(session, Permission.INNOVATION_WRITE, unit_id=unit_id)
    asked = {
        "do": "innovation.replicate",
        "participation_id": participation_id,
        "unit_id": unit_id,
        "origin_id": origin_id,
        "item_id": item_id,
        "dimension_id": dimension_id,
    }

    def begin() -> UUID:
        item = _item(session, origin_id, item_id)
        _refuse_replicated(session, unit_id, item)
        pillar = dimension_id or _pillar(session, participation_id, item)
        return _begin(session, item, participation_id, unit_id, pillar)

    return locked(session, Innovation, once(session, idempotency_key, asked, begin))


def _item(session: Session, origin_id: int, item_id: UUID) -> PublishedItem:
    if origin_id == tenant_of(session):
        raise ItemOwn(path=("itemId",))
    item = session.get(PublishedItem, (origin_id, item_id))
    if item is None:
        raise ItemNotPublished(path=("itemId",))
    if item.kind is not ItemKind.INNOVATION:
        raise ItemNotInnovation(path=("itemId",))
    return item


def _refuse_replicated(session: Session, unit_id: UUID, item: PublishedItem) -> None:
    """Raise AlreadyReplicated, but where the experts have turned the former draft down."""
    tenant_id = tenant_of(session)
    # Two who race wait here for one another; that there is such a unit is drafting's to say.
    session.get(Unit, (tenant_id, unit_id), with_for_update={"key_share": True})
    former = (
        select(Innovation.name)
        .join(InnovationOrigin, InnovationOrigin.innovation_id == Innovation.id)
        .where(
            Innovation.tenant_id == tenant_id,
            Innovation.unit_id == unit_id,
            Innovation.state != InnovationState.REJECTED,
            InnovationOrigin.tenant_id == tenant_id,
            InnovationOrigin.origin_id == item.tenant_id,
            InnovationOrigin.item_id == item.id,
        )
    )
    name = session.scalar(former.limit(1))
    if name is not None:
        raise AlreadyReplicated(path=("itemId",), name=name)


def _begin(
    session: Session, item: PublishedItem, participation_id: UUID, unit_id: UUID, pillar: UUID
) -> UUID:
    row = drafting.create(
        session,
        participation_id=participation_id,
        unit_id=unit_id,
        dimension_id=pillar,
        name=item.name,
        kind=InnovationKind(item.content["kind"]),
        maturity=Maturity.IDEA,
        **_texts(item),
    )
    _record(session, row, item)
    return row.id


def _texts(item: PublishedItem) -> InnovationTexts:
    said = item.content
    return {
        "problem": said["problem"],
        "solution": said["solution"],
        "benefit": said["benefit"],
        "uniqueness": said["uniqueness"],
        "replication": said["replication"],
    }


def _record(session: Session, row: Innovation, item: PublishedItem) -> None:
    """Keep where the draft came from, and let the city of origin be told."""
    facts: dict[str, Any] = {
        "origin_id": item.tenant_id,
        "item_id": item.id,
        "item_name": item.name,
        "version_number": item.version_number,
    }
    origin = InnovationOrigin(tenant_id=row.tenant_id, id=uuid7(), innovation_id=row.id, **facts)
    session.add(origin)
    enqueue(session, REPLICATE, origin.id)
    audit.record(session, "innovation.replicate", "innovation", row.id, after=facts)


def _pillar(session: Session, participation_id: UUID, item: PublishedItem) -> UUID:
    """The participation's pillar of the item's code; the item's own where there is none."""
    code = session.get_one(Dimension, item.dimension_id).code
    pillars = pillars_of(session, participation_id)
    return next((id_ for id_, each in pillars.items() if each.code == code), item.dimension_id)
