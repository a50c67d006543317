"""Freezing, adopting and publishing plans, with the content that the rules themselves assemble."""

from __future__ import annotations

from datetime import UTC, datetime, time
from hashlib import sha256

import orjson
from sqlalchemy.orm import Session

from kotacerdas.scope import tenant_of
from tenants.demo.national.city import Frozen
from tenants.masterplan.assembly import book_content
from tenants.masterplan.content import to_json
from tenants.masterplan.models import Adoption, Masterplan, MasterplanVersion, Publication
from tenants.masterplan.shelving import with_books


def freeze(session: Session, plan: Frozen) -> None:
    """Write a plan's first version and, as far as it has come, its adoption and publication."""
    key = (tenant_of(session), plan.version_id)
    if session.get(MasterplanVersion, key) is not None:
        return
    row = session.get_one(Masterplan, (tenant_of(session), plan.plan_id))
    read = book_content(session, row, version=1, on=plan.on)
    unsealed = to_json(with_books(session, row, read))
    digest = sha256(unsealed)
    content = orjson.loads(unsealed) | {"content_hash": digest.hexdigest()}
    version = MasterplanVersion(
        tenant_id=row.tenant_id,
        id=plan.version_id,
        masterplan_id=row.id,
        number=1,
        content=content,
        content_hash=digest.digest(),
        frozen_by=plan.by,
    )
    session.add(version)
    session.flush()  # what follows references the version
    if plan.regulation_id is not None:
        session.add(
            Adoption(
                tenant_id=row.tenant_id,
                masterplan_version_id=version.id,
                regulation_id=plan.regulation_id,
                recorded_by=plan.by,
            )
        )
    if plan.published:
        session.add(_publication(version, plan))


def _publication(version: MasterplanVersion, plan: Frozen) -> Publication:
    return Publication(
        tenant_id=version.tenant_id,
        masterplan_version_id=version.id,
        title=version.content["title"],
        content=version.content,
        content_hash=version.content_hash,
        published_at=datetime.combine(plan.on, time(9), UTC),
    )
