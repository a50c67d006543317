"""A client with documents of its own, and the application that it asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import event, update

from graphql_schema import asgi
from kotacerdas.database import Database
from kotacerdas.identity import sessions, tokens
from kotacerdas.identity.authentication import Actor, identity_scope
from kotacerdas.identity.models import Membership
from kotacerdas.identity.people import register as register_person
from kotacerdas.identity.policy import Grant, Permission, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from kotacerdas.trusted import actions
from kotacerdas.trusted.actions import Document, id_of
from kotacerdas.trusted.models import ApiClient
from kotacerdas.web import app as web

OPERATOR = Scope(Door.MINISTRY, NATION, grants=(Grant(NATION, Role.OPERATOR),))


class Application:
    """The whole application in this process; it counts what it asks PostgreSQL as a city."""

    def __init__(self, settings: Settings) -> None:
        self._loop = asyncio.new_event_loop()
        self._database = Database(settings)
        graphql = asgi.Api(settings, self._database)
        app = web.create_app(settings, self._database, graphql=graphql, sdl="type Query")
        transport = httpx.ASGITransport(app)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
        self.statements: list[str] = []
        engine = self._database._transactions(Door.CITY).engine
        event.listen(engine, "before_cursor_execute", self._count)

    def _count(self, _connection: Any, _cursor: Any, statement: str, *_given: Any) -> None:
        if "set_context" not in statement:
            self.statements.append(statement)

    def post(self, headers: dict[str, str] | None = None, **body: Any) -> httpx.Response:
        """Send a POST request, as our own pages do."""
        return self._ask("POST", {"X-Kota-Cerdas": "1", **(headers or {})}, json=body)

    def get(self, headers: dict[str, str] | None = None, **params: Any) -> httpx.Response:
        """Send a GET request, as our own pages do."""
        return self._ask("GET", {"X-Kota-Cerdas": "1", **(headers or {})}, params=params)

    def _ask(self, method: str, headers: dict[str, str], **options: Any) -> httpx.Response:
        asking = self._client.request(method, "/graphql", headers=headers, **options)
        return self._loop.run_until_complete(asking)

    def close(self) -> None:
        """Close its connections."""
        self._loop.run_until_complete(self._client.aclose())
        self._loop.run_until_complete(self._database.aclose())
        self._loop.close()


@pytest.fixture
def serve(settings: Settings) -> Iterator[Callable[..., Application]]:
    """Return a function that makes an application: `serve(mode="production")`."""
    made: list[Application] = []

    def make(**changes: Any) -> Application:
        made.append(Application(settings.model_copy(update=changes)))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def api(serve) -> Application:
    """One application in the embedded mode."""
    return serve(mode="embedded")


@pytest.fixture
def client() -> str:
    """Name of a client that nobody has registered yet."""
    return f"uji-{uuid4().hex[:12]}"


@pytest.fixture
def register(database: Database, client: str) -> Iterator[Callable[..., str]]:
    """Return a function that registers a document of the client and gives its id."""

    strict_clients: set[str] = set()

    def run(text: str, *, strict: bool | None = None, name: str = client) -> str:
        with database.unit_of_work(OPERATOR) as session:
            actions.register(session, [Document("Uji", text)], client=name, strict=strict)
        if strict:
            strict_clients.add(name)
        return id_of(text)

    yield run
    # Strictness binds the browsers of every city.
    with database.unit_of_work(OPERATOR) as session:
        for name in strict_clients:
            actions.set_strict(session, name, strict=False)


@pytest.fixture
def no_client_is_strict(database: Database) -> None:
    """Let browsers go that another test's client binds: it binds those of every test."""
    with database.unit_of_work(OPERATOR) as session:
        session.execute(update(ApiClient).values(strict=False))


@pytest.fixture
def cookie(database: Database) -> dict[str, str]:
    """Header of a signed-in browser."""
    email = f"browser-{uuid4().hex}@kota.go.id"
    with database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
        person = register_person(session, email=email, name="Orang Uji")
        session.flush()  # the session's row references the account
        now = datetime.now(UTC)
        opened = sessions.open_session(session, person_id=person.id, previous=None, now=now)
    return {"Cookie": f"kotacerdas={opened.secret}"}


@pytest.fixture
def token(database: Database, settings: Settings) -> dict[str, str]:
    """Header of a program of the ministry."""
    email = f"program-{uuid4().hex}@kementerian.go.id"
    with database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
        person = register_person(session, email=email, name="Program Uji")
        session.flush()  # the membership references the person
        role = Role.MINISTRY_READER
        session.add(Membership(tenant_id=NATION, person_id=person.id, role=role))
    actor = Actor(person.id, (Grant(NATION, role),))
    scopes = [Permission.CITY_READ, Permission.NATIONAL_READ]
    with database.unit_of_work(identity_scope(actor)) as session:
        _, secret = tokens.create(
            session, settings, person_id=person.id, name="Uji", scopes=scopes, city_id=None, days=1
        )
    return {"Authorization": f"Bearer {secret}"}
