"""Differences of texts as the API shows them."""

from __future__ import annotations

from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.word_diff import DiffPiece
from kotacerdas.errors import NotFound
from tenants.masterplan.books.history import changes_of
from tenants.masterplan.comparing import Part, changes_between
from tenants.masterplan.richtext.comparison import BlockChange, Change


@strawberry.type(description="A block of a section that differs.")
class BlockDiff:
    """A block of a section that differs."""

    block_id: str = strawberry.field(description="Id of the block within its section.")
    block_type: str = strawberry.field(description="Kind of block: paragraph, table, ...")
    change: Change = strawberry.field(description="Added, removed or changed.")
    words: list[DiffPiece] = strawberry.field(description="Its text before and after, in pieces.")

    @classmethod
    def of(cls, change: BlockChange) -> BlockDiff:
        """Show a block's change of the domain's."""
        return cls(
            block_id=change.block_id,
            block_type=change.kind,
            change=change.change,
            words=[DiffPiece.of(piece) for piece in change.words],
        )


@strawberry.type(description="A field of a part of the plan that differs between two versions.")
class VersionDiff:
    """A field of a part of the plan that differs between two versions."""

    part: Part = strawberry.field(description="Statement, section or programme.")
    name: str = strawberry.field(description="What the part is called.")
    field: str = strawberry.field(description="Which of its fields differs.")
    change: Change = strawberry.field(description="Whether the part is new, gone or changed.")
    words: list[DiffPiece] = strawberry.field(description="The field before and after, in pieces.")


def version_changes(
    session: Session, version_id: UUID, *, since: int | None = None
) -> list[VersionDiff] | None:
    """Return what a version changed since another one; None where that one never was."""
    try:
        found = changes_between(session, version_id, since=since)
    except NotFound:
        return None
    return [
        VersionDiff(
            part=each.part,
            name=each.name,
            field=each.field,
            change=each.change,
            words=[DiffPiece.of(piece) for piece in each.words],
        )
        for each in found
    ]


def revision_changes(
    session: Session, revision_id: UUID, *, since: int | None = None
) -> list[BlockDiff]:
    """Return what a revision changed since another one; by default the one before."""
    return [BlockDiff.of(each) for each in changes_of(session, revision_id, since=since)]
