"""How the subjects of remarks are named in opaque ids, and the rounds of a plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, case, select

from graphql_schema.ids import decode, sql
from graphql_schema.reader.asking import Asking
from kotacerdas.errors import NotFound
from tenants.remarks.models import RemarkAbout
from tenants.reviews.models import ReviewRound

PREFIXES: dict[RemarkAbout, str] = {
    RemarkAbout.INNOVATION: "inn",
    RemarkAbout.SECTION: "sec",
    RemarkAbout.PROGRAMME: "prg",
    RemarkAbout.VISION: "mpl",
    RemarkAbout.MISSION: "mis",
    RemarkAbout.GOAL: "gol",
    RemarkAbout.READINESS: "rdy",
    RemarkAbout.GAP: "gap",
    RemarkAbout.SWOT: "swp",
    RemarkAbout.STRATEGY: "sst",
}
_ABOUT = {prefix: about for about, prefix in PREFIXES.items()}


def subject_id(row: FromClause, _asking: Asking) -> ColumnElement[Any]:
    """The opaque id of a remark's subject, whether it is still there or not."""
    named = [
        (row.c.about == about, sql(name, row, "subject_id")) for about, name in PREFIXES.items()
    ]
    return case(*named)


def rounds_of(plan: FromClause, asking: Asking) -> Select[Any]:
    """Source of a list: the rounds of a plan's participation, oldest first."""
    row = ReviewRound.__table__.alias()
    mine = row.c.participation_id == plan.c.participation_id
    found = select(row).where(row.c.tenant_id == asking.tenant(plan.c.tenant_id), mine)
    return found.order_by(row.c.number)


def subject_of(text: str) -> tuple[RemarkAbout, UUID]:
    """Return what kind of part an id names, and its UUID; raises NotFound at `subjectId`."""
    key = decode(text, field="subjectId")
    about = _ABOUT.get(key.prefix)
    if about is None or key.id is None:
        raise NotFound(path=("subjectId",))
    return about, key.id
