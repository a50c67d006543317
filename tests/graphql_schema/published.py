"""What a city published, written past the rules."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from kotacerdas.database import Database
from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door, Scope
from tenants.masterplan.models import (
    ItemKind,
    Masterplan,
    MasterplanVersion,
    Publication,
    PublishedItem,
)
from tests.graphql_schema.places import cohort, participation

CONTENT = {
    "kind": "digital",
    "maturity": "applied",
    "problem": "Antrean.",
    "solution": "Karcis daring.",
    "benefit": "Cepat.",
    "uniqueness": "Pertama.",
    "partners": "Bank",
    "replication": "Mudah.",
    "sustainability": "APBD.",
}


def publication(database: Database, city) -> UUID:
    """A publication of the city's plan."""
    own = {"tenant_id": city.id}
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        plan = Masterplan(
            **own, id=uuid7(), participation_id=participation(database, city),
            title="Rencana", period_start=2023, period_end=2027,
        )  # fmt: skip
        session.add(plan)
        session.flush()  # the version references it
        version = MasterplanVersion(
            **own, id=uuid7(), masterplan_id=plan.id, number=1, content={},
            content_hash=b"x" * 32, frozen_by=city.person(Role.CITY_ADMIN),
        )  # fmt: skip
        session.add(version)
        session.flush()  # the publication references it
        row = Publication(
            **own, id=uuid7(), masterplan_version_id=version.id, title="Rencana", content={},
            content_hash=b"x" * 32, published_at=datetime.now(UTC),
        )  # fmt: skip
        session.add(row)
        return row.id


def item(
    database: Database,
    city,
    name: str,
    *,
    kind: ItemKind = ItemKind.INNOVATION,
    body: str = "Uraian.",
    row_id: UUID | None = None,
) -> UUID:
    """A published item of a publication of its own, or of the city's only one."""
    _, pillar = cohort(database)
    publication_id = publication(database, city)
    row = PublishedItem(
        tenant_id=city.id, id=row_id or uuid7(), publication_id=publication_id, version_number=1,
        kind=kind, dimension_id=pillar, name=name, unit_name="Dinas Perhubungan", body=body,
        content=CONTENT,
    )  # fmt: skip
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        session.add(row)
    return row.id
