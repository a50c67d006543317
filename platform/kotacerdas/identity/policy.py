"""Roles and permissions: one table, asked by every action and by the reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import Forbidden, ForbiddenUnit, Unauthenticated
from kotacerdas.scope import NATION, Scope, scope_of


class Permission(StrEnum):
    """What an action asks for; also the scopes of API tokens."""

    CITY_READ = "city:read"
    NATIONAL_READ = "national:read"
    COHORT_MANAGE = "cohort:manage"
    PARTICIPATION_ADVANCE = "participation:advance"
    INSTITUTION_MANAGE = "institution:manage"
    WORKSHOP_MANAGE = "workshop:manage"
    WORKSHOP_RECORD = "workshop:record"
    OUTPUT_ACCEPT = "output:accept"
    UNIT_MANAGE = "unit:manage"
    MEMBER_MANAGE = "member:manage"
    INNOVATION_WRITE = "innovation:write"
    INNOVATION_SUBMIT = "innovation:submit"
    INNOVATION_ENDORSE = "innovation:endorse"
    INNOVATION_REVIEW = "innovation:review"
    MASTERPLAN_WRITE = "masterplan:write"
    SECTION_WRITE = "section:write"
    MASTERPLAN_FREEZE = "masterplan:freeze"
    MASTERPLAN_PUBLISH = "masterplan:publish"
    MASTERPLAN_REVIEW = "masterplan:review"
    ASSESSMENT_READ = "assessment:read"
    ASSESSMENT_SCORE = "assessment:score"
    EVALUATION_WRITE = "evaluation:write"
    EVALUATION_ASSESS = "evaluation:assess"
    DOCUMENT_REQUEST = "document:request"
    AUDIT_READ = "audit:read"
    JOB_MANAGE = "job:manage"
    CLIENT_MANAGE = "client:manage"


class Role(StrEnum):
    """A person's part in one city, or in the nation."""

    OPERATOR = "operator"
    MINISTRY_ADMIN = "ministry_admin"
    MINISTRY_READER = "ministry_reader"
    EXPERT = "expert"
    CITY_ADMIN = "city_admin"
    BAPPEDA = "bappeda"
    UNIT_OPERATOR = "unit_operator"
    UNIT_HEAD = "unit_head"
    COUNCIL = "council"
    REGION_HEAD = "region_head"


P = Permission
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OPERATOR: frozenset(P),
    Role.MINISTRY_ADMIN: frozenset(
        {
            P.CITY_READ,
            P.NATIONAL_READ,
            P.COHORT_MANAGE,
            P.WORKSHOP_MANAGE,
            P.OUTPUT_ACCEPT,
            P.MEMBER_MANAGE,
            P.MASTERPLAN_REVIEW,
            P.AUDIT_READ,
            P.ASSESSMENT_READ,
        }
    ),
    Role.MINISTRY_READER: frozenset({P.CITY_READ, P.NATIONAL_READ, P.ASSESSMENT_READ}),
    Role.EXPERT: frozenset(
        {
            P.CITY_READ,
            P.ASSESSMENT_READ,
            P.ASSESSMENT_SCORE,
            P.INNOVATION_REVIEW,
            P.MASTERPLAN_REVIEW,
            P.EVALUATION_ASSESS,
            P.OUTPUT_ACCEPT,
        }
    ),
    Role.CITY_ADMIN: frozenset(
        {
            P.CITY_READ,
            P.PARTICIPATION_ADVANCE,
            P.INSTITUTION_MANAGE,
            P.WORKSHOP_RECORD,
            P.UNIT_MANAGE,
            P.MEMBER_MANAGE,
            P.INNOVATION_WRITE,
            P.INNOVATION_ENDORSE,
            P.MASTERPLAN_WRITE,
            P.SECTION_WRITE,
            P.MASTERPLAN_FREEZE,
            P.MASTERPLAN_PUBLISH,
            P.EVALUATION_WRITE,
            P.DOCUMENT_REQUEST,
            P.AUDIT_READ,
        }
    ),
    Role.BAPPEDA: frozenset(
        {
            P.CITY_READ,
            P.WORKSHOP_RECORD,
            P.INNOVATION_ENDORSE,
            P.MASTERPLAN_WRITE,
            P.SECTION_WRITE,
            P.EVALUATION_WRITE,
            P.DOCUMENT_REQUEST,
        }
    ),
    Role.UNIT_OPERATOR: frozenset({P.CITY_READ, P.INNOVATION_WRITE, P.SECTION_WRITE}),
    Role.UNIT_HEAD: frozenset(
        {P.CITY_READ, P.INNOVATION_WRITE, P.INNOVATION_SUBMIT, P.SECTION_WRITE}
    ),
    Role.COUNCIL: frozenset({P.CITY_READ}),
    Role.REGION_HEAD: frozenset({P.CITY_READ, P.MASTERPLAN_PUBLISH}),
}

NATIONAL_ROLES = frozenset({Role.OPERATOR, Role.MINISTRY_ADMIN, Role.MINISTRY_READER})
"""Held in tenant 0; what they permit holds in every city."""

UNIT_ROLES = frozenset({Role.UNIT_OPERATOR, Role.UNIT_HEAD})
"""Bound to one perangkat daerah: they write only what belongs to it."""

UNIT_BOUND = frozenset({P.INNOVATION_WRITE, P.INNOVATION_SUBMIT, P.SECTION_WRITE})
"""Permissions that a role bound to a unit holds for that unit alone."""

ADMIN_ROLES = frozenset({Role.OPERATOR, Role.MINISTRY_ADMIN, Role.CITY_ADMIN})
"""Their sessions end sooner when idle."""

GRANTABLE: dict[Role, frozenset[Role]] = {
    Role.OPERATOR: frozenset(Role),
    Role.MINISTRY_ADMIN: frozenset(Role) - {Role.OPERATOR},
    Role.CITY_ADMIN: frozenset(Role) - NATIONAL_ROLES - {Role.EXPERT},
}
"""Which roles the holder of a role may give to others."""


@dataclass(frozen=True)
class Grant:
    """One membership of the actor; `allowed` narrows it to a token's scopes."""

    tenant_id: int
    role: Role
    unit_id: UUID | None = None
    allowed: frozenset[Permission] = frozenset(Permission)

    def holds(self, permission: Permission) -> bool:
        """Whether the role has the permission and the token, if any, carries it."""
        return permission in PERMISSIONS[self.role] and permission in self.allowed

    def reaches(self, tenant_id: int | None) -> bool:
        """Whether the membership counts in that tenant."""
        national = self.tenant_id == NATION and self.role in NATIONAL_ROLES
        return national or self.tenant_id == tenant_id


def permitted(scope: Scope, permission: Permission, *, unit_id: UUID | None = None) -> bool:
    """Whether the actor holds `permission` in the scope's tenant.

    With `unit_id`, a role bound to a unit counts only for that unit; without, writing roles bound
    to a unit count as well, so that a menu can be shown before a unit is chosen.
    """
    return any(
        grant.holds(permission)
        and (unit_id is None or not _bound(grant, permission) or grant.unit_id == unit_id)
        for grant in scope.grants
        if grant.reaches(scope.tenant_id)
    )


def held(scope: Scope) -> frozenset[Permission]:
    """Every permission for which `permitted(scope, permission)` holds."""
    # By identity: hashing the grants would cost more than all else of a known answer.
    key = (id(scope.grants), scope.tenant_id)
    known = _HELD.get(key)
    if known is None:
        if len(_HELD) >= MOST_HELD:
            _HELD.clear()
        known = _HELD[key] = (_held(scope.grants, scope.tenant_id), scope.grants)
    return known[0]


def _held(grants: tuple[Grant, ...], tenant_id: int | None) -> frozenset[Permission]:
    reaching = [grant for grant in grants if grant.reaches(tenant_id)]
    return frozenset(p for p in Permission if any(grant.holds(p) for grant in reaching))


MOST_HELD = 4096
_HELD: dict[tuple[int, int | None], tuple[frozenset[Permission], tuple[Grant, ...]]] = {}
"""What is held, and the grants themselves: while they are kept, no others have their identity."""


def _bound(grant: Grant, permission: Permission) -> bool:
    return grant.role in UNIT_ROLES and permission in UNIT_BOUND


def require(session: Session, permission: Permission, *, unit_id: UUID | None = None) -> None:
    """Refuse with Unauthenticated or Forbidden unless the session's actor holds `permission`.

    ForbiddenUnit tells who holds it for another unit than `unit_id`.
    """
    scope = scope_of(session)
    if not scope.grants and scope.person_id is None:
        raise Unauthenticated
    if not permitted(scope, permission, unit_id=unit_id):
        if permitted(scope, permission):
            raise ForbiddenUnit
        raise Forbidden(permission=permission.value)


def acting(session: Session) -> UUID:
    """Return the person who acts; raises Unauthenticated for nobody."""
    person_id = scope_of(session).person_id
    if person_id is None:
        raise Unauthenticated
    return person_id


def grantable(scope: Scope) -> frozenset[Role]:
    """Roles that the actor may give in the scope's tenant."""
    roles = [
        GRANTABLE.get(grant.role, frozenset())
        for grant in scope.grants
        if grant.reaches(scope.tenant_id) and grant.holds(Permission.MEMBER_MANAGE)
    ]
    return frozenset[Role]().union(*roles)
