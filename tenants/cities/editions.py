"""The guide edition that a participation follows, and its pillars."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, NotFound
from kotacerdas.scope import tenant_of
from tenants.cities.models import Participation
from tenants.editions.models import Cohort, Dimension, GuideEdition


class DimensionForeign(DomainError):
    """The pillar belongs to another guide edition than the participation's cohort."""

    code = "DIMENSION_NOT_IN_EDITION"
    id = "Pilar itu bukan bagian dari panduan angkatan ini. Pilih salah satu: {choices_id}."
    en = "That pillar is not part of this cohort's guide. Choose one of: {choices_en}."


def edition_of(session: Session, participation_id: UUID) -> GuideEdition:
    """Return the edition of a participation's cohort; raises NotFound for none of this city's."""
    mine = (
        select(GuideEdition)
        .join(Cohort, Cohort.edition_id == GuideEdition.id)
        .join(Participation, Participation.cohort_id == Cohort.id)
        .where(Participation.tenant_id == tenant_of(session))
        .where(Participation.id == participation_id)
    )
    edition = session.scalar(mine)
    if edition is None:
        raise NotFound
    return edition


def pillars_of(session: Session, participation_id: UUID) -> dict[UUID, Dimension]:
    """Return the pillars of a participation's guide edition by their id, in their order."""
    mine = (
        select(Dimension)
        .join(Cohort, Cohort.edition_id == Dimension.edition_id)
        .join(Participation, Participation.cohort_id == Cohort.id)
        .where(Participation.tenant_id == tenant_of(session))
        .where(Participation.id == participation_id)
        .order_by(Dimension.ordinal)
    )
    return {pillar.id: pillar for pillar in session.scalars(mine)}


def refuse_foreign(dimension_id: UUID, pillars: Mapping[UUID, Dimension]) -> None:
    """Raise DimensionForeign, which names the fitting ones, unless the pillar is among these."""
    if dimension_id in pillars:
        return
    raise DimensionForeign(
        path=("dimensionId",),
        choices_id=", ".join(pillar.name for pillar in pillars.values()),
        choices_en=", ".join(pillar.name_en for pillar in pillars.values()),
    )
