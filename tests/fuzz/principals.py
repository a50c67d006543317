"""Everybody who may ask: each kind of role, several at once, and tokens that narrow them."""

from __future__ import annotations

from uuid import UUID

from kotacerdas.identity.authentication import Actor, Via
from kotacerdas.identity.policy import Grant, Permission, Role
from kotacerdas.identity.tokens import narrowed
from kotacerdas.scope import NATION
from tests.fuzz.planting import Planting


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
    grants: dict[str, tuple[Grant, ...]] = {
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
    few = [Permission.CITY_READ.value, Permission.MEMBER_MANAGE.value]
    found["token of few scopes"] = _token(people[0], several, few, None)
    found["token of no reading"] = _token(
        people[1], head, [Permission.INNOVATION_WRITE.value], None
    )
    national = (Grant(NATION, Role.OPERATOR),)
    found["token pinned to a city"] = _token(
        people[2], national, [each.value for each in Permission], two
    )
    found["token of the nation"] = _token(people[3], national, few, None)
    found["anonymous"] = Actor()
    return found


def _token(person: UUID, grants: tuple[Grant, ...], scopes: list[str], city: int | None) -> Actor:
    kept = narrowed(grants, scopes=scopes, city_id=city)
    return Actor(person, kept, via=Via.TOKEN)


def _units(planting: Planting, tenant: int) -> list[UUID]:
    return [row["id"] for row in planting.rows["unit"] if row["tenant_id"] == tenant]
