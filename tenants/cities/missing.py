"""What a stage still waits for, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Role
from tenants.cities.models import Participation


@dataclass(frozen=True)
class Missing:
    """One thing that keeps a participation from a stage: its text, and who can bring it.

    `unit_id` narrows a role to the people of one department.
    """

    error: DomainError
    owner: Role
    unit_id: UUID | None = None


Guard = Callable[[Session, Participation], list[Missing]]
"""Names everything that one subject finds missing; an empty list lets the participation pass."""
