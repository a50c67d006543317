"""Running rules, and holding that a refused one left no trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.scope import Door, Scope

TABLES = (
    "participation",
    "participation_step",
    "commitment",
    "commitment_signature",
    "institution",
    "institution_member",
    "regulation",
    "workshop",
    "workshop_agenda_item",
    "workshop_speaker",
    "workshop_attendance",
    "workshop_output",
    "workshop_certificate",
    "unit",
    "deadline",
    "innovation",
    "innovation_origin",
    "innovation_revision",
    "replication",
    "review",
    "assignment",
    "remark",
    "review_round",
    "round_verdict",
    "idempotency_key",
    "audit_entry",
    "notification",
    "delivery",
    "job",
)


def run(database: Database, scope: Scope, rule: Callable[[Session], Any]) -> Any:
    """Run a rule in a unit of work of its own and return what it returns."""
    with database.unit_of_work(scope) as session:
        return rule(session)


def refused(
    database: Database, scope: Scope, rule: Callable[[Session], Any], *codes: str
) -> list[DomainError]:
    """Run a rule that must refuse with these codes, in both languages and without a trace."""
    tenant_id = scope.tenant_id or 0
    before = picture(database, tenant_id)
    with pytest.raises((DomainError, DomainErrors)) as caught:
        run(database, scope, rule)
    value = caught.value
    errors = value.errors if isinstance(value, DomainErrors) else [value]
    assert [error.code for error in errors] == list(codes)
    for error in errors:
        texts = {error.text("id"), error.text("en")}
        assert len(texts) == 2
        assert not any("{" in each or len(each) < 20 for each in texts)
    assert picture(database, tenant_id) == before
    return errors


def picture(database: Database, tenant_id: int) -> dict[str, Any]:
    """Return a digest of all that a city has, its jobs, notices and audit entries included."""
    parts = " union all ".join(
        f"select '{table}', md5(coalesce(string_agg(t::text, '|' order by t::text), ''))"
        f" from {table} t where tenant_id = :tenant"
        for table in TABLES
    )
    with database.unit_of_work(Scope(Door.CITY, tenant_id)) as session:
        rows = session.execute(text(parts), {"tenant": tenant_id})
        return dict(rows.all())
