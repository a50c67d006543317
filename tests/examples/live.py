"""A live API for the examples: a city's department, five innovations, and a program's token."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from graphql_schema.ids import Key
from kotacerdas.database import Database
from kotacerdas.identity import tokens
from kotacerdas.identity.authentication import Actor, identity_scope
from kotacerdas.identity.models import Membership
from kotacerdas.identity.people import register
from kotacerdas.identity.policy import Grant, Permission, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from tests.graphql_schema import places
from tests.graphql_schema.subscriptions.live import serving

NAMES = ("Angkot Terjadwal", "Bank Sampah", "Cagar Budaya", "Dasbor Pangan", "E-Retribusi")


@dataclass(frozen=True)
class Live:
    """Where the API is, who may ask it, and what there is to ask for."""

    url: str
    token: str
    city: str
    city_id: str
    innovation: str

    def environment(self, client: str) -> dict[str, str]:
        """Return the variables that the examples read."""
        return {
            "KOTACERDAS_URL": self.url,
            "API_TOKEN": self.token,
            "KOTACERDAS_CITY": self.city,
            "KOTACERDAS_CLIENT": client,
            "CITY_ID": self.city_id,
            "INNOVATION": self.innovation,
        }


@contextmanager
def live(settings: Settings, database: Database, city: Any) -> Iterator[Live]:
    """Serve the API for a department of the city."""
    unit = city.unit()
    made = [places.innovation(database, city, name=name, unit_id=unit) for name in NAMES]
    token = _token(settings, database, Grant(city.id, Role.UNIT_OPERATOR, unit))
    with serving(settings) as served:
        innovation = str(Key("inn", city.id, made[0]))
        yield Live(
            f"{served.url}/graphql", token, city.slug, str(Key("cty", city.id, None)), innovation
        )


def _token(settings: Settings, database: Database, grant: Grant) -> str:
    """Return the secret of a new person's token that carries all that their role permits."""
    with database.unit_of_work(Scope(Door.IDENTITY, grant.tenant_id)) as session:
        person = register(session, email=f"contoh-{uuid4().hex}@kota.go.id", name="Operator Uji")
        session.flush()  # the membership references the person
        session.add(
            Membership(
                tenant_id=grant.tenant_id,
                person_id=person.id,
                role=grant.role,
                unit_id=grant.unit_id,
            )
        )
    scopes = [Permission.CITY_READ, Permission.INNOVATION_WRITE]
    with database.unit_of_work(identity_scope(Actor(person.id, (grant,)))) as session:
        _, secret = tokens.create(
            session,
            settings,
            person_id=person.id,
            name="Contoh",
            scopes=scopes,
            city_id=None if grant.tenant_id == NATION else grant.tenant_id,
            days=1,
        )
    return secret
