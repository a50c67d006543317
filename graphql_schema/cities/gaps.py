"""What keeps a participation from a stage, as the API shows it."""

from __future__ import annotations

from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.ids import Key
from graphql_schema.problems import ErrorCode
from kotacerdas.identity.policy import Role
from kotacerdas.scope import scope_of, tenant_of
from tenants.cities.missing import Missing
from tenants.cities.workflow import Stage
from tenants.process.guards import missing_for


@strawberry.type(description="One thing that keeps a participation from a stage.")
class StageGap:
    """One thing that keeps a participation from a stage."""

    code: ErrorCode = strawberry.field(  # type: ignore[valid-type]  # made from data
        description="Stable code: the one with which the step would be refused."
    )
    message: str = strawberry.field(description="What is missing and what to do next.")
    owner: Role = strawberry.field(description="Role of the people whose turn it is.")
    unit_id: strawberry.ID | None = strawberry.field(description="Id of their unit, if one.")


def gaps_of(
    session: Session, participation_id: UUID, *, stage: Stage | None = None
) -> list[StageGap]:
    """Return all that is missing for the stage, in the reader's language."""
    found = missing_for(session, participation_id, stage=stage)
    return [_gap(item, tenant_of(session), scope_of(session).language) for item in found]


def _gap(item: Missing, tenant_id: int, language: str) -> StageGap:
    unit = None if item.unit_id is None else str(Key("unt", tenant_id, item.unit_id))
    return StageGap(
        code=ErrorCode(item.error.code),
        message=item.error.text(language),
        owner=item.owner,
        unit_id=None if unit is None else strawberry.ID(unit),
    )
