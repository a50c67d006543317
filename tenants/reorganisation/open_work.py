"""The open work of units: what moves to the unit that takes over. All else is history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from kotacerdas.identity.models import Invitation, Membership, Person
from kotacerdas.scope import tenant_of
from tenants.cities.models import Participation
from tenants.evaluation.models import FollowUp
from tenants.masterplan.books.models import Book, Chapter, Section
from tenants.masterplan.models import Masterplan, Programme, ProgrammeSupport
from tenants.masterplan.plan import ENDED
from tenants.submissions.models import Innovation
from tenants.submissions.workflow import InnovationState


class WorkKind(StrEnum):
    """What of a unit is open."""

    INNOVATION = "innovation"
    PROGRAMME = "programme"
    SUPPORT = "support"
    CHAPTER = "chapter"
    SECTION = "section"
    FOLLOW_UP = "follow_up"
    MEMBERSHIP = "membership"
    INVITATION = "invitation"


PEOPLE = frozenset({WorkKind.MEMBERSHIP, WorkKind.INVITATION})
"""Kinds that end with a unit; all others need a successor."""

Row = Any
"""A row of one of the tables below."""

What = Any
"""A table, or a column of it."""


@dataclass(frozen=True)
class OpenWork:
    """One thing that is open; `id` is what the API shows: the programme's for a support."""

    kind: WorkKind
    id: UUID
    name: str
    unit_id: UUID


@dataclass(frozen=True)
class Kept:
    """Where a kind is kept: the column of its unit, its name, and which rows are open."""

    owner: InstrumentedAttribute[Any]
    name: Callable[[int], InstrumentedAttribute[str] | ColumnElement[str]]
    open: Callable[[int], ColumnElement[bool]]
    id: str = "id"


def _participations(tenant_id: int) -> Select[UUID]:
    mine = select(Participation.id).where(Participation.tenant_id == tenant_id)
    return mine.where(Participation.stage.not_in(ENDED))


def _plans(tenant_id: int) -> Select[UUID]:
    mine = select(Masterplan.id).where(Masterplan.tenant_id == tenant_id)
    return mine.where(Masterplan.participation_id.in_(_participations(tenant_id)))


def _programmes(tenant_id: int) -> Select[UUID]:
    mine = select(Programme.id).where(Programme.tenant_id == tenant_id)
    return mine.where(Programme.masterplan_id.in_(_plans(tenant_id)))


def _books(tenant_id: int) -> Select[UUID]:
    mine = select(Book.id).where(Book.tenant_id == tenant_id)
    return mine.where(Book.masterplan_id.in_(_plans(tenant_id)))


def _chapters(tenant_id: int) -> Select[UUID]:
    mine = select(Chapter.id).where(Chapter.tenant_id == tenant_id)
    return mine.where(Chapter.book_id.in_(_books(tenant_id)))


def _supported(tenant_id: int) -> ColumnElement[str]:
    mine = (Programme.tenant_id == tenant_id) & (Programme.id == ProgrammeSupport.programme_id)
    return select(Programme.name).where(mine).correlate(ProgrammeSupport).scalar_subquery()


def _member(_tenant_id: int) -> ColumnElement[str]:
    named = select(Person.name).where(Person.id == Membership.person_id)
    return named.correlate(Membership).scalar_subquery()


CLOSED = (InnovationState.PLACED, InnovationState.REJECTED)

KEPT: dict[WorkKind, Kept] = {
    WorkKind.INNOVATION: Kept(
        Innovation.unit_id,
        lambda _: Innovation.name,
        lambda tenant_id: (
            Innovation.state.not_in(CLOSED)
            & Innovation.participation_id.in_(_participations(tenant_id))
        ),
    ),
    WorkKind.PROGRAMME: Kept(
        Programme.lead_unit_id,
        lambda _: Programme.name,
        lambda tenant_id: Programme.masterplan_id.in_(_plans(tenant_id)),
    ),
    WorkKind.SUPPORT: Kept(
        ProgrammeSupport.unit_id,
        _supported,
        lambda tenant_id: ProgrammeSupport.programme_id.in_(_programmes(tenant_id)),
        id="programme_id",
    ),
    WorkKind.CHAPTER: Kept(
        Chapter.owner_unit_id,
        lambda _: Chapter.name,
        lambda tenant_id: Chapter.book_id.in_(_books(tenant_id)),
    ),
    WorkKind.SECTION: Kept(
        Section.owner_unit_id,
        lambda _: Section.title,
        lambda tenant_id: Section.chapter_id.in_(_chapters(tenant_id)),
    ),
    WorkKind.FOLLOW_UP: Kept(
        FollowUp.unit_id, lambda _: FollowUp.action, lambda _: FollowUp.done_on.is_(None)
    ),
    WorkKind.MEMBERSHIP: Kept(Membership.unit_id, _member, lambda _: Membership.ended_at.is_(None)),
    WorkKind.INVITATION: Kept(
        Invitation.unit_id, lambda _: Invitation.name, lambda _: Invitation.accepted_at.is_(None)
    ),
}
"""Leads come before supports: who leads a programme no longer supports it."""


def open_rows(session: Session, unit_ids: Iterable[UUID]) -> Iterator[tuple[OpenWork, Row]]:
    """Yield the open work of units with its rows, locked, kind by kind."""
    tenant_id, units = tenant_of(session), list(unit_ids)
    for kind, kept in KEPT.items():
        model = kept.owner.class_
        rows = session.execute(_asked(kept, tenant_id, units, model).with_for_update(of=model))
        for row, name, unit_id in rows.all():
            yield OpenWork(kind, getattr(row, kept.id), name, unit_id), row


def open_work(session: Session, unit_id: UUID) -> list[OpenWork]:
    """Return what of a unit's work is open, innovations first, each kind in order of its making."""
    tenant_id = tenant_of(session)
    found = []
    for kind, kept in KEPT.items():
        asked = _asked(kept, tenant_id, [unit_id], kept.owner.class_.__table__.c[kept.id])
        found += [OpenWork(kind, *row) for row in session.execute(asked)]
    return found


def _asked(kept: Kept, tenant_id: int, units: list[UUID], what: What) -> Select[*tuple[Any, ...]]:
    model = kept.owner.class_
    return (
        select(what, kept.name(tenant_id).label("name"), kept.owner.label("unit"))
        .where(model.tenant_id == tenant_id, kept.owner.in_(units), kept.open(tenant_id))
        .order_by(model.id)
    )
