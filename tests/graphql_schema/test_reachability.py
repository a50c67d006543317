"""What a city owns is reached by permitted paths alone; a schema with another path is caught."""

from __future__ import annotations

import pytest
import strawberry
from sqlalchemy import select
from strawberry.schema.config import StrawberryConfig

from graphql_schema import lists
from graphql_schema.context import Context
from graphql_schema.identity.types import Notification, OwnMembership
from graphql_schema.masterplan.types import Publication
from graphql_schema.problems import ERRORS
from graphql_schema.reader.declaration import children, column, key, listed, many, one, reads
from graphql_schema.reader.paging import Connection
from graphql_schema.reader.roots import RootGroup, RootOnly, RootRow, RootRows, field, page
from graphql_schema.reader.wiring import wire
from graphql_schema.scalars import SCALARS
from graphql_schema.schema import core
from graphql_schema.submissions.types import Innovation
from kotacerdas.identity.models import Person as PersonRow
from kotacerdas.identity.policy import Permission, Role
from tenants.cities.models import City as CityRow
from tenants.masterplan.models import Goal as GoalRow
from tenants.notifications.models import Notification as NotificationRow
from tenants.submissions.models import Innovation as InnovationRow
from tests.graphql_schema.reachability import findings, owned
from tests.graphql_schema.world import World


def test_what_a_city_owns_is_reached_by_permitted_paths_alone():
    assert findings(core) == []


def test_every_type_that_a_city_owns_is_looked_at():
    assert len([kind for kind in core.type_map.values() if owned(kind)]) > 25


def planted(**fields: object) -> list[str]:
    """Return the findings in a schema whose query has these fields: a type and a declaration."""
    namespace = {name: made for name, (_, made) in fields.items()}
    namespace["__annotations__"] = {name: kind for name, (kind, _) in fields.items()}
    query = strawberry.type(type("Query", (), namespace))
    config = StrawberryConfig(scalar_map=SCALARS)
    return findings(wire(strawberry.Schema(query, types=ERRORS, config=config)))


def nation(context: Context):
    return context.scope(None)


def everything(_asking):
    return select(InnovationRow.__table__)


@reads(GoalRow, "gol", description="A goal that hides its city.")
class Hidden:
    id: strawberry.ID = key()
    text: str = column(GoalRow.text, "Words.")


@reads(PersonRow, "per", description="Who asks, and more than is theirs.")
class Viewer:
    id: strawberry.ID = key()
    innovations: list[Innovation] = listed(
        "Innovation", lambda _row, asking: everything(asking), "Too much."
    )


@reads(CityRow, "cty", description="A city that shows what is personal.")
class Town:
    id: strawberry.ID = key()
    notifications: Connection[Notification] | None = many(
        "Notification",
        lists.NOTIFICATIONS,
        children(NotificationRow.tenant_id),
        "Not the city's.",
        own=True,
    )
    roles: OwnMembership | None = one(
        "OwnMembership", lambda child, parent: child.c.tenant_id == parent.c.id, "Not for all."
    )


@strawberry.type(description="All cities.")
class National:
    hidden: list[Hidden] = field(RootRows("Hidden", nation, everything, ("id",)), "Goals.")


FAULTS = {
    "a list of all cities' rows for everybody": (
        {"a": (Connection[Innovation], page("Innovation", lists.INNOVATIONS, Context.public, "d"))},
        "Query.a reaches Innovation under a root that everybody may read",
    ),
    "a list in a scope of one's own making": (
        {"a": (Connection[Innovation], page("Innovation", lists.INNOVATIONS, nation, "d"))},
        "Query.a is no permitted beginning of a read",
    ),
    "one row by another way than its id": (
        {"a": (Innovation | None, field(RootRow("Innovation", lambda *_: None), "d"))},
        "Query.a is no permitted beginning of a read",
    ),
    "the one row of a statement": (
        {"a": (Innovation | None, field(RootOnly("Innovation", nation, everything), "d"))},
        "Query.a is no permitted beginning of a read",
    ),
    "a resolver that answers rows itself": (
        {"a": (Innovation | None, strawberry.field(resolver=lambda: None, description="d"))},
        "Query.a is no permitted beginning of a read",
    ),
    "a room of the nation for everybody": (
        {"a": (National | None, field(RootGroup(nation, Permission.CITY_READ, National), "d"))},
        "Query.a is no permitted beginning of a read",
    ),
    "national rows that hide their city": (
        {"a": (National | None, field(RootGroup(nation, Permission.NATIONAL_READ, National), "d"))},
        "Query.a.hidden: rows of all cities without their city",
    ),
    "a city's rows under viewer": (
        {"viewer": (Viewer | None, field(RootRow("Viewer", lambda *_: None), "d"))},
        "Query.viewer.innovations reaches Innovation under viewer",
    ),
    "what is a person's own in a list of cities": (
        {"a": (list[Town], field(RootRows("Town", Context.public, everything, ("id",)), "d"))},
        "Query.a.notifications reads what is a person's own outside viewer",
    ),
    "other people's roles in a list of cities": (
        {"a": (list[Town], field(RootRows("Town", Context.public, everything, ("id",)), "d"))},
        "Query.a.roles reaches OwnMembership under a root that everybody may read",
    ),
    "a city chosen by an argument": (
        {"a": (Town, field(RootRow("Town", lambda *_: None), "d", {"city_id": strawberry.ID}))},
        "Query.a(cityId:) chooses a city",
    ),
}


@pytest.mark.parametrize(("fields", "finding"), FAULTS.values(), ids=FAULTS)
def test_another_path_is_found(fields, finding):
    assert finding in planted(**fields)


def test_a_filter_by_city_is_found_outside_national():
    by_city = lists.Listing("Test", {"cityId": InnovationRow.unit_id}, {"NAME": InnovationRow.name})
    found = planted(a=(Connection[Publication], page("Publication", by_city, Context.public, "d")))
    assert found == ["Query.a(filter: {cityId}) chooses cities outside national"]


def test_the_permitted_paths_are_not_found():
    public = page("Publication", lists.PUBLICATIONS, Context.public, "d")
    assert planted(publications=(Connection[Publication], public)) == []


def test_every_row_of_a_city_names_it(data, database, city):
    world = World(database, city)
    rows = [kind for kind in core.type_map.values() if owned(kind) and kind.interfaces]
    for kind in rows:
        document = f"""query($id: ID!) {{ node(id: $id) {{ ... on {kind.name} {{
          city {{ slug }} }} }} }}"""
        asked = data(
            document, city.scope(Role.OPERATOR), id=world.key(kind.extensions["reads"].prefix)
        )
        own = kind.extensions["reads"].own  # told to somebody else
        assert asked["node"] == (None if own else {"city": {"slug": city.slug}}), kind.name
