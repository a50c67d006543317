"""What is known of editions: their pillars, and how those of two editions correspond."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.editions.models import Dimension, GuideEdition, SubDimension


@dataclass(frozen=True)
class Place:
    """A pillar of an edition, or one of its sub-dimensions."""

    dimension: Dimension
    sub_dimension: SubDimension | None = None

    @property
    def code(self) -> str:
        """The code as aliases write it: `living`, or `living/mobility`."""
        below = self.sub_dimension
        return f"{self.dimension.code}/{below.code}" if below else self.dimension.code

    @property
    def aliases(self) -> list[str]:
        """Its codes in other editions."""
        return (self.sub_dimension or self.dimension).aliases


def dimensions_of(session: Session, edition_id: UUID) -> list[Dimension]:
    """Return an edition's pillars in their order."""
    mine = select(Dimension).where(Dimension.edition_id == edition_id)
    return list(session.scalars(mine.order_by(Dimension.ordinal)))


def sub_dimensions_of(session: Session, edition_id: UUID) -> dict[UUID, SubDimension]:
    """Return all sub-dimensions of an edition by id, pillar by pillar, in their order."""
    mine = (
        select(SubDimension)
        .join(Dimension, Dimension.id == SubDimension.dimension_id)
        .where(Dimension.edition_id == edition_id)
        .order_by(Dimension.ordinal, SubDimension.ordinal)
    )
    return {row.id: row for row in session.scalars(mine)}


def equivalent(session: Session, dimension: Dimension, edition: GuideEdition) -> Place | None:
    """Return what the pillar is called in another edition; None where it has no counterpart.

    An alias counts from either side. A whole pillar is preferred to a part of one.
    """
    if dimension.edition_id == edition.id:
        return Place(dimension)
    wanted = Place(dimension)
    return next((each for each in _places(session, edition.id) if _same(wanted, each)), None)


def _places(session: Session, edition_id: UUID) -> Iterable[Place]:
    pillars = {row.id: row for row in dimensions_of(session, edition_id)}
    parts = sub_dimensions_of(session, edition_id).values()
    return [
        *(Place(pillar) for pillar in pillars.values()),
        *(Place(pillars[part.dimension_id], part) for part in parts),
    ]


def _same(one: Place, other: Place) -> bool:
    return one.code == other.code or one.code in other.aliases or other.code in one.aliases


def known_places(session: Session, *, besides: UUID) -> set[str]:
    """Return the codes that an alias may name: pillars and parts of all other editions."""
    pillars = select(Dimension).where(Dimension.edition_id != besides)
    by_id = {row.id: row for row in session.scalars(pillars)}
    parts = session.scalars(select(SubDimension).where(SubDimension.dimension_id.in_(by_id)))
    below = {Place(by_id[part.dimension_id], part).code for part in parts}
    return {row.code for row in by_id.values()} | below


def document_of(session: Session, edition: GuideEdition) -> dict[str, Any]:
    """Return the whole edition as the document that a file holds."""
    parts = sub_dimensions_of(session, edition.id).values()
    return {
        **edition.rules,
        "code": edition.code,
        "name": {"id": edition.name, "en": edition.name_en or edition.name},
        "dimensions": [
            {
                "code": row.code,
                "ordinal": row.ordinal,
                "name": {"id": row.name, "en": row.name_en},
                "description": {
                    "id": row.description,
                    "en": row.description_en or row.description,
                },
                "aliases": row.aliases,
                "sub_dimensions": [
                    {
                        "code": part.code,
                        "name": {"id": part.name, "en": part.name_en},
                        "aliases": part.aliases,
                    }
                    for part in parts
                    if part.dimension_id == row.id
                ],
            }
            for row in dimensions_of(session, edition.id)
        ],
    }
