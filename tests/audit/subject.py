"""What is audited: the real application on a migrated database, asked by a program's token."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from graphql_schema.asgi import Api
from graphql_schema.schema import schema
from kotacerdas.database import Database
from kotacerdas.identity import passwords, tokens
from kotacerdas.identity.authentication import Actor, identity_scope
from kotacerdas.identity.models import Membership
from kotacerdas.identity.people import register
from kotacerdas.identity.policy import Grant, Permission, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from kotacerdas.web import app as web
from tests.audit.serving import serving


@contextmanager
def application(settings: Settings) -> Iterator[str]:
    """Serve the application; yields the address of its GraphQL endpoint."""
    database = Database(settings)
    app = web.create_app(settings, database, graphql=Api(settings, database), sdl=schema.as_str())
    with serving(app) as url:
        yield f"{url}/graphql"


def token(settings: Settings, database: Database) -> str:
    """Return the secret of a token of a new reader in the ministry."""
    person_id, role = _person(database), Role.MINISTRY_READER
    with database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
        session.add(Membership(tenant_id=NATION, person_id=person_id, role=role))
    reader = Actor(person_id, (Grant(NATION, role),))
    with database.unit_of_work(identity_scope(reader)) as session:
        return tokens.create(
            session,
            settings,
            person_id=person_id,
            name="Audit",
            scopes=[Permission.CITY_READ.value],
            city_id=None,
            days=1,
        )[1]


def _person(database: Database) -> UUID:
    secret = uuid4().hex
    with database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
        return register(
            session,
            email=f"audit-{secret}@kota.go.id",
            name="Penguji Protokol",
            language="id",
            password_hash=passwords.hashed(secret),
        ).id
