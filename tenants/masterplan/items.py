"""What everybody may find of a published plan: its programmes, and what these came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import Session

from kotacerdas.tenancy import Json
from tenants.cities.editions import pillars_of
from tenants.cities.models import Unit
from tenants.masterplan.models import (
    ItemKind,
    Masterplan,
    MasterplanVersion,
    Programme,
    Publication,
    PublishedItem,
    Replication,
)
from tenants.submissions.models import Innovation, InnovationRevision

SHOWN = (
    "kind",
    "maturity",
    "problem",
    "solution",
    "benefit",
    "uniqueness",
    "partners",
    "replication",
    "sustainability",
)
"""Of an innovation; its risks, resources and budget stay the city's."""
INNOVATION_WORDS = ("problem", "solution", "benefit", "uniqueness", "partners")
PROGRAMME_WORDS = ("description", "activity", "sub_dimension", "indicator", "partners", "place")


@dataclass(frozen=True)
class Source:
    """What a programme of the version is in the working copy, and what it came from."""

    programme_id: UUID
    innovation_id: UUID | None
    unit_name: str
    said: Json | None
    """What the innovation's unit had submitted when the version was frozen."""


def write_items(session: Session, publication: Publication, version: MasterplanVersion) -> None:
    """Copy what the version says of its programmes, and the innovations as they were then."""
    plan = session.get_one(Masterplan, (version.tenant_id, version.masterplan_id))
    pillars = {row.code: row.id for row in pillars_of(session, plan.participation_id).values()}
    sources = _sources(session, version)
    copies = _copies(session, version.tenant_id)
    for pillar in version.content["dimensions"]:
        for content in pillar["programmes"]:
            source = sources.get(content["code"])
            items = [_programme(version, source, content), _innovation(source, content)]
            for item in filter(None, items):
                item.tenant_id, item.publication_id = publication.tenant_id, publication.id
                item.version_number = version.number
                item.dimension_id = pillars[pillar["code"]]
                item.replications = copies.get(item.id, 0)
                session.add(item)
    session.flush()  # the caller reads them


def remove_items(session: Session, tenant_id: int, publication_ids: Sequence[UUID]) -> None:
    """Let nobody find the items of these publications any more."""
    for publication_id in publication_ids:
        theirs = and_(
            PublishedItem.tenant_id == tenant_id, PublishedItem.publication_id == publication_id
        )
        session.execute(delete(PublishedItem).where(theirs))


def _programme(version: MasterplanVersion, source: Source | None, content: Json) -> PublishedItem:
    gone = uuid5(version.masterplan_id, content["code"])
    return PublishedItem(
        id=source.programme_id if source else gone,
        kind=ItemKind.PROGRAMME,
        name=content["name"],
        unit_name=content["lead_unit"],
        body=_joined(content, PROGRAMME_WORDS),
        content=content,
    )


def _innovation(source: Source | None, content: Json) -> PublishedItem | None:
    if source is None or source.said is None or not content["origin"]:
        return None
    return PublishedItem(
        id=source.innovation_id,
        kind=ItemKind.INNOVATION,
        name=source.said["name"],
        unit_name=source.unit_name,
        body=_joined(source.said, INNOVATION_WORDS),
        content={name: source.said[name] for name in SHOWN},
    )


def _joined(content: Json, names: Sequence[str]) -> str:
    return "\n".join(text for name in names if (text := content[name]))


def _copies(session: Session, tenant_id: int) -> dict[UUID, int]:
    """How many drafts of other cities began from each innovation before."""
    innovation_id = Replication.innovation_id
    mine = select(innovation_id, func.count()).where(Replication.tenant_id == tenant_id)
    rows = session.execute(mine.group_by(innovation_id))
    return {row[0]: row[1] for row in rows}


def _sources(session: Session, version: MasterplanVersion) -> dict[str, Source]:
    """Return the plan's programmes by code, but those that were added after the version."""
    of_city, then = version.tenant_id, version.created_at
    said = (
        select(InnovationRevision.content)
        .where(
            InnovationRevision.tenant_id == of_city,
            InnovationRevision.innovation_id == Programme.innovation_id,
            InnovationRevision.created_at <= then,
        )
        .order_by(InnovationRevision.number.desc())
        .limit(1)
    )
    unit_of = and_(Innovation.tenant_id == of_city, Innovation.id == Programme.innovation_id)
    named = and_(Unit.tenant_id == of_city, Unit.id == Innovation.unit_id)
    rows = session.execute(
        select(
            Programme.code,
            Programme.id,
            Programme.innovation_id,
            Unit.name.label("unit_name"),
            said.label("said"),
        )
        .outerjoin(Innovation, unit_of)
        .outerjoin(Unit, named)
        .where(
            Programme.tenant_id == of_city,
            Programme.masterplan_id == version.masterplan_id,
            Programme.created_at <= then,
        )
    )
    return {row.code: Source(row.id, row.innovation_id, row.unit_name, row.said) for row in rows}
