"""What is asked of experts: who is one, who holds which part, and how much each carries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from kotacerdas.identity.models import Membership, Person
from kotacerdas.identity.policy import Role
from kotacerdas.scope import tenant_of
from tenants.experts.models import Assignment, ExpertPart
from tenants.submissions.models import Review


def is_expert(session: Session, person_id: UUID) -> bool:
    """Whether somebody is, or once was, an expert of any city. For the ministry's door."""
    held = exists().where(Membership.person_id == person_id, Membership.role == Role.EXPERT)
    return bool(session.scalar(select(held)))


def parts_of(session: Session, person_id: UUID) -> frozenset[ExpertPart]:
    """Return the parts that somebody has in the session's city now."""
    mine = select(Assignment.part).where(
        Assignment.tenant_id == tenant_of(session),
        Assignment.person_id == person_id,
        Assignment.ended_at.is_(None),
    )
    return frozenset(session.scalars(mine))


def loads() -> Select[*tuple[Any, ...]]:
    """Return the query of every expert's load over all cities. For the ministry's door.

    Columns: id, person_id, name, cities, mentoring, assessing, open_reviews, oldest_open_at (of the
    reviews that they have begun and not decided).
    """
    experts = select(Membership.person_id).where(Membership.role == Role.EXPERT).distinct()
    now = (
        select(
            Assignment.person_id,
            func.count(Assignment.tenant_id.distinct()).label("cities"),
            func.count().filter(Assignment.part == ExpertPart.MENTOR).label("mentoring"),
            func.count().filter(Assignment.part == ExpertPart.ASSESSOR).label("assessing"),
        )
        .where(Assignment.ended_at.is_(None))
        .group_by(Assignment.person_id)
        .subquery()
    )
    begun = _open_reviews().subquery()
    return (
        select(
            Person.id,
            Person.id.label("person_id"),
            Person.name,
            func.coalesce(now.c.cities, 0).label("cities"),
            func.coalesce(now.c.mentoring, 0).label("mentoring"),
            func.coalesce(now.c.assessing, 0).label("assessing"),
            func.coalesce(begun.c.open_reviews, 0).label("open_reviews"),
            begun.c.oldest_open_at,
        )
        .where(Person.id.in_(experts))
        .outerjoin(now, now.c.person_id == Person.id)
        .outerjoin(begun, begun.c.reviewer_id == Person.id)
    )


def _open_reviews() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Review.reviewer_id,
            func.count().label("open_reviews"),
            func.min(Review.created_at).label("oldest_open_at"),
        )
        .where(Review.closed_at.is_(None))
        .group_by(Review.reviewer_id)
    )
