"""Rows of an edition, written from its content."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from tenants.editions.models import Dimension, EditionState, GuideEdition, SubDimension
from tenants.editions.rules import Content, DimensionContent, stored


def write(
    session: Session, content: Content, *, state: EditionState = EditionState.DRAFT
) -> GuideEdition:
    """Add an edition with its pillars and their parts."""
    row = GuideEdition(
        id=uuid7(),
        code=content.code,
        name=content.name.id,
        name_en=content.name.en,
        state=state,
        rules=stored(content),
    )
    session.add(row)
    session.flush()  # the pillars reference it
    write_dimensions(session, row.id, content.dimensions)
    return row


def write_dimensions(
    session: Session, edition_id: UUID, contents: Iterable[DimensionContent]
) -> None:
    """Replace an edition's pillars; those whose code stays keep their id."""
    mine = select(Dimension).where(Dimension.edition_id == edition_id)
    known = {row.code: row for row in session.scalars(mine)}
    wanted = list(contents)
    for code in known.keys() - {content.code for content in wanted}:
        session.execute(delete(SubDimension).where(SubDimension.dimension_id == known[code].id))
        session.delete(known[code])
    for ordinal, content in enumerate(wanted, start=1):
        row = known.get(content.code) or Dimension(
            id=uuid7(), edition_id=edition_id, code=content.code
        )
        row.ordinal = ordinal
        row.name, row.name_en = content.name.id, content.name.en
        row.description, row.description_en = content.description.id, content.description.en
        row.aliases = list(content.aliases)
        session.add(row)
        session.flush()  # its parts reference it
        _write_parts(session, row.id, content)


def _write_parts(session: Session, dimension_id: UUID, content: DimensionContent) -> None:
    mine = SubDimension.dimension_id == dimension_id
    session.execute(delete(SubDimension).where(mine))
    session.add_all(
        SubDimension(
            dimension_id=dimension_id,
            code=part.code,
            ordinal=ordinal,
            name=part.name.id,
            name_en=part.name.en,
            aliases=list(part.aliases),
        )
        for ordinal, part in enumerate(content.sub_dimensions, start=1)
    )
