"""Guide editions: drafted, copied, changed, activated, retired; immutable once one is used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked_national, unique
from kotacerdas.values import refuse
from tenants.editions.faults import content_faults
from tenants.editions.models import EditionState, GuideEdition
from tenants.editions.queries import document_of, known_places
from tenants.editions.rules import Content, content_of, stored, whole
from tenants.editions.uses import refuse_used
from tenants.editions.writing import write, write_dimensions


class EditionCodeTaken(DomainError):
    """Another edition has that code."""

    code = "EDITION_CODE_TAKEN"
    id = "Kode edisi {given} sudah dipakai. Pilih kode lain."
    en = "The edition's code {given} is taken. Choose another one."


def create(
    session: Session, document: object, *, idempotency_key: str | None = None
) -> GuideEdition:
    """Write a draft from a whole document; a draft need not be complete.

    Raises EditionCodeTaken, or EditionRuleInvalid for each part that has not its form.
    """
    require(session, Permission.COHORT_MANAGE)
    content = content_of(document)
    request = {"do": "edition.create", "document": document}
    made = once(session, idempotency_key, request, lambda: _written(session, content).id)
    return locked_national(session, GuideEdition, made)


def copy(
    session: Session,
    edition_id: UUID,
    *,
    code: str,
    name: str = "",
    name_en: str = "",
    idempotency_key: str | None = None,
) -> GuideEdition:
    """Write a draft with another code and the content of an edition; raises as `create` does."""
    require(session, Permission.COHORT_MANAGE)
    row = session.get(GuideEdition, edition_id)
    if row is None:
        raise NotFound
    document = document_of(session, row) | {"code": code}
    if name or name_en:
        document["name"] = {"id": name or name_en, "en": name_en or name}
    content = content_of(document)
    request = {"do": "edition.copy", "of": edition_id, "code": code, "name": [name, name_en]}
    made = once(session, idempotency_key, request, lambda: _written(session, content).id)
    return locked_national(session, GuideEdition, made)


def update(
    session: Session, edition_id: UUID, *, changes: Mapping[str, Any], expected_version: int
) -> GuideEdition:
    """Replace parts of an edition: whole lists, by the names of a file's document.

    An active one must stay complete. Raises EditionInUse, StaleVersion or EditionRuleInvalid.
    """
    require(session, Permission.COHORT_MANAGE)
    row = locked_national(session, GuideEdition, edition_id, expected_version=expected_version)
    refuse_used(session, row)
    former = document_of(session, row)
    content = content_of(former | _named(former, changes) | {"code": row.code})
    if row.state is EditionState.ACTIVE:
        refuse(content_faults(content, known_places(session, besides=row.id)))
    before, after = whole(content_of(former)), whole(content)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return row
    row.name, row.name_en = content.name.id, content.name.en
    row.rules = stored(content)
    row.updated_at = datetime.now(UTC)  # so that the version rises where only pillars change
    write_dimensions(session, row.id, content.dimensions)
    audit.record(
        session,
        "edition.update",
        "guide_edition",
        row.id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return row


def activate(session: Session, edition_id: UUID, *, expected_version: int) -> GuideEdition:
    """Let cohorts follow an edition; raises EditionRuleInvalid for each thing that is amiss."""
    require(session, Permission.COHORT_MANAGE)
    row = locked_national(session, GuideEdition, edition_id, expected_version=expected_version)
    content = content_of(document_of(session, row))
    refuse(content_faults(content, known_places(session, besides=row.id)))
    return _moved(session, row, EditionState.ACTIVE, "edition.activate")


def retire(session: Session, edition_id: UUID, *, expected_version: int) -> GuideEdition:
    """Let no further cohort follow an edition; those that do go on, and it can be activated again.

    Raises NotFound or StaleVersion.
    """
    require(session, Permission.COHORT_MANAGE)
    row = locked_national(session, GuideEdition, edition_id, expected_version=expected_version)
    return _moved(session, row, EditionState.RETIRED, "edition.retire")


def _named(former: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes; of the name, one language may be given alone."""
    name = changes.get("name")
    if not isinstance(name, Mapping):
        return dict(changes)
    return {**changes, "name": {**former["name"], **name}}


def _moved(session: Session, row: GuideEdition, to: EditionState, action: str) -> GuideEdition:
    if row.state is not to:
        before, row.state = {"state": row.state}, to
        audit.record(session, action, "guide_edition", row.id, before=before, after={"state": to})
    return row


def _written(session: Session, content: Content) -> GuideEdition:
    taken = EditionCodeTaken(path=("code",), given=content.code)
    if session.scalar(select(GuideEdition.id).where(GuideEdition.code == content.code)):
        raise taken
    with unique(session, taken):
        row = write(session, content)
    after = {"code": content.code, "name": content.name.id}
    after["dimensions"] = ", ".join(each.code for each in content.dimensions)
    audit.record(session, "edition.create", "guide_edition", row.id, after=after)
    return row
