"""Everybody who may ask: each kind of role, several at once, and tokens that narrow them."""

from __future__ import annotations

from uuid import UUID

from kotacerdas.identity.authentication import Actor, Via
from kotacerdas.identity.policy import Grant, Permission, Role
from kotacerdas.identity.tokens import narrowed
from kotacerdas.scope import NATION
from tests.fuzz.planting import Planting

Grants = tuple[Grant, ...]


def principals(planting: Planting) -> dict[str, Actor]:
    """Return actors by name; each is one of the planted people."""
    people = [row["id"] for row in planting.rows["person"]]
    one, two, three = sorted({row["id"] for row in planting.rows["city"]})
    units = {tenant: _units(planting, tenant) for tenant in (one, two, three)}
    head = (
        Grant(one, Role.UNIT_HEAD, units[one][0]),
        Grant(one, Role.UNIT_HEAD, units[one][1]),
        Grant(one, Role.UNIT_OPERATOR, units[one][2]),
    )
    several = (Grant(one, Role.CITY_ADMIN), Grant(two, Role.EXPERT), Grant(two, Role.COUNCIL))
    grants: dict[str, Grants] = {
        "city admin": (Grant(one, Role.CITY_ADMIN),),
        "admin of a large number": (Grant(three, Role.CITY_ADMIN),),
        "unit operator": (Grant(two, Role.UNIT_OPERATOR, units[two][0]),),
        "head of two units": head,
        "expert": (Grant(two, Role.EXPERT),),
        "of two cities": several,
        "council": (Grant(one, Role.COUNCIL),),
        "bappeda": (Grant(three, Role.BAPPEDA),),
        "region head": (Grant(two, Role.REGION_HEAD),),
        "ministry admin": (Grant(NATION, Role.MINISTRY_ADMIN), Grant(one, Role.EXPERT)),
        "ministry reader": (Grant(NATION, Role.MINISTRY_READER),),
        "operator": (Grant(NATION, Role.OPERATOR),),
        "without a role": (),
    }
    found = {
        name: Actor(people[place % len(people)], given, via=Via.SESSION)
        for place, (name, given) in enumerate(grants.items())
    }
    return {**found, **_tokens(people, several, head, two), "anonymous": Actor()}


def _tokens(people: list[UUID], several: Grants, head: Grants, city: int) -> dict[str, Actor]:
    """Tokens, which leave of their owner's grants what their scopes and their city allow."""
    few = [Permission.CITY_READ.value, Permission.MEMBER_MANAGE.value]
    every = [each.value for each in Permission]
    national = (Grant(NATION, Role.OPERATOR),)
    return {
        "token of few scopes": _token(people[0], several, few, None),
        "token of no reading": _token(people[1], head, [Permission.INNOVATION_WRITE.value], None),
        "token pinned to a city": _token(people[2], national, every, city),
        "token of the nation": _token(people[3], national, few, None),
    }


def _token(person: UUID, grants: Grants, scopes: list[str], city: int | None) -> Actor:
    kept = narrowed(grants, scopes=scopes, city_id=city)
    return Actor(person, kept, via=Via.TOKEN)


def _units(planting: Planting, tenant: int) -> list[UUID]:
    return [row["id"] for row in planting.rows["unit"] if row["tenant_id"] == tenant]
