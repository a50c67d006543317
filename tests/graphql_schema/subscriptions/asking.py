"""The subscriptions that the tests ask for, and the ids in them."""

from __future__ import annotations

from graphql_schema.ids import Key
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope

OPERATOR = Scope(Door.MINISTRY, NATION, grants=(Grant(NATION, Role.OPERATOR),))
INNOVATIONS = """
subscription ($city: ID!, $ids: [ID!], $unit: ID) {
  innovationChanged(cityId: $city, ids: $ids, unitId: $unit) {
    cause id innovation { name unit { id } }
  }
}
"""
JOB = "subscription ($id: ID!) { jobChanged(id: $id) { cause job { id state step attempts } } }"
BELL = """
subscription { notificationChanged { cause
  notification { kind readAt }
  viewer { notifications(filter: {readAt: {isNull: true}}) { totalCount } }
} }
"""


def city_id(city) -> str:
    return str(Key("cty", city.id, None))


def id_of(prefix: str, city, row_id) -> str:
    return str(Key(prefix, city.id, row_id))
