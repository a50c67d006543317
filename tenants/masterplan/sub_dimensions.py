"""Which part of its pillar a programme belongs to, where the edition divides the pillar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from tenants.editions.models import SubDimension
from tenants.masterplan.draft import ProgrammeDraft


class SubDimensionForeign(DomainError):
    """The part belongs to no or to another pillar than the programme's."""

    code = "SUB_DIMENSION_NOT_IN_PILLAR"
    id = "Subdimensi itu bukan bagian dari pilar program ini. Pilih salah satu: {choices_id}."
    en = "That sub-dimension is not part of the programme's pillar. Choose one of: {choices_en}."


class PillarUndivided(DomainError):
    """A part is named of a pillar that the edition does not divide."""

    code = "PILLAR_UNDIVIDED"
    id = "Panduan angkatan ini tidak membagi pilar tersebut. Kosongkan subdimensi."
    en = "This cohort's guide does not divide that pillar. Leave the sub-dimension out."


def placed(
    session: Session, dimension_id: UUID, draft: ProgrammeDraft, errors: list[DomainError]
) -> ProgrammeDraft:
    """Return the draft with the id and the name of its part agreeing; refusals go to `errors`.

    The id decides where it is given; else the text is the part's name, in either language, or its
    code. Where the edition has no parts the text stays as the city wrote it.
    """
    if draft.sub_dimension_id is None and not draft.sub_dimension:
        return draft
    parts = _parts(session, dimension_id)
    if draft.sub_dimension_id is not None:
        part = next((each for each in parts if each.id == draft.sub_dimension_id), None)
        path = ("subDimensionId",)
    elif parts:
        part = next((each for each in parts if _named(each, draft.sub_dimension)), None)
        path = ("subDimension",)
    else:
        return draft
    if part is None:
        errors.append(_refusal(parts, path))
        return draft
    return replace(draft, sub_dimension_id=part.id, sub_dimension=part.name)


def _parts(session: Session, dimension_id: UUID) -> Sequence[SubDimension]:
    mine = select(SubDimension).where(SubDimension.dimension_id == dimension_id)
    return session.scalars(mine.order_by(SubDimension.ordinal)).all()


def _named(part: SubDimension, text: str) -> bool:
    return text.casefold() in {each.casefold() for each in (part.code, part.name, part.name_en)}


def _refusal(parts: Sequence[SubDimension], path: tuple[str, ...]) -> DomainError:
    if not parts:
        return PillarUndivided(path=path)
    return SubDimensionForeign(
        path=path,
        choices_id=", ".join(part.name for part in parts),
        choices_en=", ".join(part.name_en for part in parts),
    )
