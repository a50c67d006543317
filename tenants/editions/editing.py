"""Guide editions: drafted, copied, changed, activated; immutable once a cohort uses one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound, WrongState
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked_national, unique
from kotacerdas.values import refuse
from tenants.editions.faults import content_faults
from tenants.editions.models import Cohort, EditionState, GuideEdition
from tenants.editions.queries import document_of, known_places
from tenants.editions.rules import Content, content_of, stored
from tenants.editions.writing import write, write_dimensions


class EditionCodeTaken(DomainError):
    """Another edition has that code."""

    code = "EDITION_CODE_TAKEN"
    id = "Kode edisi {given} sudah dipakai. Pilih kode lain."
    en = "The edition's code {given} is taken. Choose another one."


class EditionInUse(WrongState):
    """Cohorts follow the edition: what they were given must stay."""

    code = "EDITION_IN_USE"
    id = "Edisi ini dipakai angkatan {years} dan tidak berubah lagi. Salin, lalu ubah salinannya."
    en = "The cohorts {years} follow this edition: it cannot change. Copy it and change the copy."


def create(session: Session, document: object) -> GuideEdition:
    """Write a draft from a whole document; a draft need not be complete.

    Raises EditionCodeTaken, or EditionRuleInvalid for each part that has not its form.
    """
    require(session, Permission.COHORT_MANAGE)
    content = content_of(document)
    taken = EditionCodeTaken(path=("code",), given=content.code)
    if session.scalar(select(GuideEdition.id).where(GuideEdition.code == content.code)):
        raise taken
    with unique(session, taken):
        row = write(session, content)
    audit.record(session, "edition.create", "guide_edition", row.id, after=_facts(content))
    return row


def copy(session: Session, edition_id: UUID, *, code: str, name: str = "") -> GuideEdition:
    """Write a draft with another code and the content of an edition."""
    require(session, Permission.COHORT_MANAGE)
    row = session.get(GuideEdition, edition_id)
    if row is None:
        raise NotFound
    document = document_of(session, row) | {"code": code}
    if name:
        document["name"] = {"id": name, "en": name}
    return create(session, document)


def update(
    session: Session, edition_id: UUID, changes: dict[str, Any], *, expected_version: int
) -> GuideEdition:
    """Replace parts of an edition: whole lists, by the names of a file's document.

    An active one must stay complete. Raises EditionInUse, StaleVersion or EditionRuleInvalid.
    """
    require(session, Permission.COHORT_MANAGE)
    row = locked_national(session, GuideEdition, edition_id, expected_version=expected_version)
    _refuse_used(session, row)
    content = content_of(document_of(session, row) | changes | {"code": row.code})
    if row.state is EditionState.ACTIVE:
        refuse(content_faults(content, known_places(session, besides=row.id)))
    row.name, row.name_en = content.name.id, content.name.en
    row.rules = stored(content)
    write_dimensions(session, row.id, content.dimensions)
    audit.record(session, "edition.update", "guide_edition", row.id, after=_facts(content))
    return row


def activate(session: Session, edition_id: UUID, *, expected_version: int) -> GuideEdition:
    """Let cohorts follow a draft; raises EditionRuleInvalid for each thing that is amiss."""
    require(session, Permission.COHORT_MANAGE)
    row = locked_national(session, GuideEdition, edition_id, expected_version=expected_version)
    content = content_of(document_of(session, row))
    refuse(content_faults(content, known_places(session, besides=row.id)))
    if row.state is EditionState.DRAFT:
        row.state = EditionState.ACTIVE
        audit.record(session, "edition.activate", "guide_edition", row.id, after=_facts(content))
    return row


def _refuse_used(session: Session, row: GuideEdition) -> None:
    uses = select(Cohort.year).where(Cohort.edition_id == row.id).order_by(Cohort.year)
    years = [str(year) for year in session.scalars(uses)]
    if years:
        raise EditionInUse(years=", ".join(years))


def _facts(content: Content) -> dict[str, Any]:
    return {
        "code": content.code,
        "name": content.name.id,
        "dimensions": [each.code for each in content.dimensions],
    }
