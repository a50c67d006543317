"""People, memberships, notifications, and who is asking."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry
from sqlalchemy import ARRAY, ColumnElement, FromClause, Integer, Select, any_, case, select
from strawberry.scalars import JSON

from graphql_schema import ids, lists
from graphql_schema.cities.lazy import LazyCity, LazyUnit
from graphql_schema.experts.inbox import InboxItem, viewer_inbox
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import (
    children,
    column,
    computed,
    key,
    listed,
    many,
    one,
    reads,
)
from graphql_schema.reader.paging import Connection
from graphql_schema.scalars import Slug
from graphql_schema.tasks.types import Task, viewer_tasks
from kotacerdas.identity import models as rows
from kotacerdas.identity.policy import Permission, Role
from kotacerdas.language import Language
from kotacerdas.scope import Scope
from tenants.cities import models as cities
from tenants.experts import models as experts
from tenants.notifications import models as notes


def _memberships(person: FromClause, asking: Asking) -> Select[Any]:
    membership = rows.Membership.__table__.alias()
    running = [membership.c.person_id == person.c.id, membership.c.ended_at.is_(None)]
    reached = asking.value(_reached, ARRAY(Integer()))
    running.append(membership.c.tenant_id == any_(reached))
    return select(membership).where(*running).order_by(membership.c.id)


def _reached(scope: Scope) -> list[int]:
    return sorted({grant.tenant_id for grant in scope.grants})


def _tokens(person: FromClause) -> Select[Any]:
    token = rows.ApiToken.__table__.alias()
    return select(token).where(token.c.person_id == person.c.id).order_by(token.c.id.desc())


def _assignments(person: FromClause) -> Select[Any]:
    mine = experts.Assignment.__table__.alias()
    return select(mine).where(mine.c.person_id == person.c.id).order_by(mine.c.id.desc())


@reads(rows.Person, "per", description="Somebody who uses the platform.")
class Person:
    """Somebody who uses the platform; no node: a name is read only with what the person did."""

    id: strawberry.ID = key()
    name: str = column(rows.Person.name, "Name as it is written.")


@reads(
    rows.Membership,
    "mem",
    description="A person's role in a city or in the nation.",
    requires=Permission.MEMBER_MANAGE,
)
class Membership(Node):
    """A person's role in a city or in the nation."""

    id: strawberry.ID = key()
    role: Role = column(rows.Membership.role, "Part that the person has.")
    person: Person = one("Person", rows.Membership.person_id, "Who holds it.")
    ended_at: datetime | None = column(rows.Membership.ended_at, "When it ended.")
    created_at: datetime = column(rows.Membership.created_at, "Since when.")
    city: LazyCity | None = one(
        "City", rows.Membership.tenant_id, "The city; null for a national role."
    )
    unit: LazyUnit | None = one(
        "Unit", rows.Membership.unit_id, "The department that the role is bound to."
    )


@reads(
    rows.Invitation,
    "inv",
    description="An offer of a role, by mail.",
    requires=Permission.MEMBER_MANAGE,
)
class Invitation(Node):
    """An offer of a role, by mail; the link itself is only in the mail."""

    id: strawberry.ID = key()
    city: LazyCity | None = one(
        "City", rows.Invitation.tenant_id, "City of the role; null for a national one."
    )
    email: str = column(rows.Invitation.email, "Where the mail went.")
    name: str = column(rows.Invitation.name, "Name of the person.")
    role: Role = column(rows.Invitation.role, "Part that is offered.")
    expires_at: datetime = column(rows.Invitation.expires_at, "Until when it can be accepted.")
    accepted_at: datetime | None = column(rows.Invitation.accepted_at, "When it was accepted.")
    created_at: datetime = column(rows.Invitation.created_at, "When it was made.")
    language: Language = column(rows.Invitation.language, "Language of its mail.")
    invited_by: Person | None = one(
        "Person", rows.Invitation.invited_by, "Who made it; null for the operator's console."
    )
    unit: LazyUnit | None = one(
        "Unit", rows.Invitation.unit_id, "The department that the role is bound to."
    )


@reads(cities.City, "cty", description="A city's names.")
class CityName:
    """A city's names; what belongs to it is read under `city(by:)`."""

    id: strawberry.ID = key()
    slug: Slug = column(cities.City.slug, "Name in addresses.")
    name: str = column(cities.City.name, "Name with its kind.")


@reads(cities.Unit, "unt", description="A department's names.", public=True)
class UnitName:
    """A department's names."""

    id: strawberry.ID = key()
    name: str = column(cities.Unit.name, "Full name.")
    short_name: str = column(cities.Unit.short_name, "Short name, unique within the city.")


@reads(rows.Membership, "mem", description="A role of the person who asks.", public=True)
class OwnMembership:
    """A role of the person who asks; what the city owns is read under `city(by:)`."""

    id: strawberry.ID = key()
    role: Role = column(rows.Membership.role, "Part that the person has.")
    city: CityName | None = one(
        "CityName", rows.Membership.tenant_id, "The city; null for a national role."
    )
    unit: UnitName | None = one(
        "UnitName", rows.Membership.unit_id, "The department that the role is bound to."
    )


@reads(experts.Assignment, "asg", description="An assignment of the person who asks.", own=True)
class OwnAssignment:
    """An assignment of the person who asks: it stays theirs to read when their sight has ended."""

    id: strawberry.ID = key()
    part: experts.ExpertPart = column(experts.Assignment.part, "Mentor or assessor.")
    cycle: int = column(experts.Assignment.cycle, "Year of the cohort or of the evaluation.")
    started_at: datetime = column(experts.Assignment.started_at, "Since when.")
    ended_at: datetime | None = column(experts.Assignment.ended_at, "When it ended.")
    handover: str = column(experts.Assignment.handover, "Their notes for a successor.")
    version: int = column(experts.Assignment.version, "Version for `expectedVersion`.")
    city: CityName | None = one("CityName", experts.Assignment.tenant_id, "Where they work.")


K = notes.NotificationKind
PREFIXES = {
    K.INVITED: "par",
    K.BOOK_READY: "doc",
    K.BOOK_FAILED: "doc",
    K.EXPORT_READY: "exp",
    K.EXPORT_FAILED: "exp",
    K.WORKBOOK_SAVED: "wbk",
    K.DEADLINE: "ddl",
    K.EXPERT_ASSIGNED: "asg",
    K.EXPERT_RELEASED: "asg",
}
"""What a kind is about; every other kind is about an innovation."""


def _subject(row: FromClause, _asking: Asking) -> ColumnElement[str]:
    by_kind = {kind.value: ids.sql(PREFIXES.get(kind, "inn"), row, "subject_id") for kind in K}
    return case(by_kind, value=row.c.kind)


@reads(notes.Notification, "ntf", description="One thing told to one person.", own=True)
class Notification(Node):
    """One thing told to one person."""

    id: strawberry.ID = key()
    kind: notes.NotificationKind = column(notes.Notification.kind, "What happened.")
    data: JSON = column(notes.Notification.data, "Facts of the text: names, reason, day.")
    subject_id: strawberry.ID = computed(
        _subject,
        "Id of what it is about: an innovation (the first of many), a participation, a document,"
        " an export, a deadline.",
    )
    created_at: datetime = column(notes.Notification.created_at, "When it happened.")
    read_at: datetime | None = column(notes.Notification.read_at, "When the person read it.")
    city: CityName | None = one("CityName", notes.Notification.tenant_id, "The city it is about.")


@reads(rows.ApiToken, "tok", description="A bearer token of a program.", own=True)
class ApiToken(Node):
    """A bearer token of a program; its secret is told only when it is made."""

    id: strawberry.ID = key()
    name: str = column(rows.ApiToken.name, "What it is for.")
    scopes: list[Permission] = column(rows.ApiToken.scopes, "Permissions that it carries at most.")
    city: CityName | None = one("CityName", rows.ApiToken.city_id, "City that it is confined to.")
    expires_at: datetime = column(rows.ApiToken.expires_at, "Until when it opens anything.")
    revoked_at: datetime | None = column(rows.ApiToken.revoked_at, "When it was revoked.")
    used_at: datetime | None = column(rows.ApiToken.used_at, "Last use, to the minute.")
    created_at: datetime = column(rows.ApiToken.created_at, "When it was made.")


@reads(rows.Person, "per", description="Who is asking.")
class Viewer:
    """Who is asking."""

    id: strawberry.ID = key()
    name: str = column(rows.Person.name, "Name as it is written.")
    memberships: list[OwnMembership] = listed(
        "OwnMembership", _memberships, "Roles that have not ended; a token's, if it is pinned."
    )
    tokens: list[ApiToken] | None = listed(
        "ApiToken",
        lambda row, _asking: _tokens(row),
        "Bearer tokens, newest first; null for a token.",
        own=True,
    )
    review_inbox: list[InboxItem] | None = viewer_inbox()
    tasks: list[Task] | None = viewer_tasks()
    assignments: list[OwnAssignment] | None = listed(
        "OwnAssignment",
        lambda row, _asking: _assignments(row),
        "Assignments as an expert, newest first; null for a token.",
        own=True,
    )
    notifications: Connection[Notification] | None = many(
        "Notification",
        lists.NOTIFICATIONS,
        children(notes.Notification.person_id),
        "What the person was told, newest first; null for a token.",
        own=True,
    )
