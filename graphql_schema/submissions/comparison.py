"""Differences of an innovation's revisions as the API shows them."""

from __future__ import annotations

from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.enums import InnovationField
from graphql_schema.word_diff import DiffPiece
from tenants.submissions.history import changes_of


@strawberry.type(description="A field of an innovation that differs.")
class FieldDiff:
    """A field of an innovation that differs."""

    field: InnovationField = strawberry.field(description="Which field.")
    words: list[DiffPiece] = strawberry.field(description="Its text before and after, in pieces.")


def revision_changes(
    session: Session, revision_id: UUID, *, since: int | None = None
) -> list[FieldDiff]:
    """Return what a revision changed since another one; by default the one before."""
    return [
        FieldDiff(
            field=InnovationField(each.field), words=[DiffPiece.of(piece) for piece in each.words]
        )
        for each in changes_of(session, revision_id, since=since)
    ]
