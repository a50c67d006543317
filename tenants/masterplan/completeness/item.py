"""One missing thing: what, where, whose, and whether the plan can be frozen without it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Role


@dataclass(frozen=True)
class Owner:
    """Who is to supply it: a unit, or else everybody with a role."""

    role: Role
    unit_id: UUID | None = None
    unit: str | None = None


PLANNERS = Owner(Role.BAPPEDA)
"""Whoever writes the plan as a whole."""


@dataclass(frozen=True)
class Place:
    """Where it belongs in the plan; what does not apply is None."""

    book: int | None = None
    chapter: str | None = None
    section_id: UUID | None = None
    programme_id: UUID | None = None


@dataclass(frozen=True)
class Missing:
    """`error` says in both languages what is missing and what to do; its path names the field.

    Without what `blocks` the plan cannot be frozen; all else is advice.
    """

    error: DomainError
    owner: Owner = PLANNERS
    place: Place = Place()
    blocks: bool = True
