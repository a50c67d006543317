"""How departments follow one another, and what of their work is open."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.cities.lazy import LazyUnit
from graphql_schema.ids import Key
from graphql_schema.reader.declaration import column, one, reads
from kotacerdas.scope import tenant_of
from tenants.reorganisation import open_work as work
from tenants.reorganisation.models import ReorganisationKind
from tenants.reorganisation.models import UnitSuccession as SuccessionRow

PREFIXES = {
    work.WorkKind.INNOVATION: "inn",
    work.WorkKind.PROGRAMME: "prg",
    work.WorkKind.SUPPORT: "prg",
    work.WorkKind.CHAPTER: "chp",
    work.WorkKind.SECTION: "sec",
    work.WorkKind.FOLLOW_UP: "fup",
    work.WorkKind.MEMBERSHIP: "mem",
    work.WorkKind.INVITATION: "inv",
}
"""Types of the ids of each kind."""


@reads(SuccessionRow, description="How a department ended, and one that took over.")
class UnitSuccession:
    """How a department ended, and one that took over."""

    kind: ReorganisationKind = column(SuccessionRow.kind, "Rename, merge, split or end.")
    occurred_on: date = column(SuccessionRow.occurred_on, "First day without the former one.")
    basis: str = column(SuccessionRow.basis, "Regulation behind it, as it was entered.")
    unit: LazyUnit = one("Unit", SuccessionRow.unit_id, "The one that ended.")
    successor: LazyUnit | None = one(
        "Unit", SuccessionRow.successor_id, "The one that took over; null where none did."
    )


@strawberry.type(description="Something of a department's work that is open.")
class OpenWork:
    """Something of a department's work that is open."""

    kind: work.WorkKind = strawberry.field(description="What it is.")
    id: strawberry.ID = strawberry.field(description="Its id: a programme's for a support.")
    name: str = strawberry.field(description="What it is called; a role by its holder.")


def open_work_of(session: Session, unit_id: UUID) -> list[OpenWork]:
    """Return the open work of a department."""
    return [
        OpenWork(
            kind=item.kind,
            id=strawberry.ID(str(Key(PREFIXES[item.kind], tenant_of(session), item.id))),
            name=item.name,
        )
        for item in work.open_work(session, unit_id)
    ]
