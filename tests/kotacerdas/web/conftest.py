"""The application on a real port, with a stand-in for GraphQL and a reader of documents."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import count
from threading import Thread
from uuid import UUID, uuid4

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kotacerdas.database import Database
from kotacerdas.errors import NotFound
from kotacerdas.files import StoredFile
from kotacerdas.identity import passwords
from kotacerdas.identity.authentication import Actor
from kotacerdas.identity.people import register
from kotacerdas.scope import NATION, Door
from kotacerdas.scope import Scope as ActorScope
from kotacerdas.settings import Settings
from kotacerdas.web.app import create_app
from kotacerdas.web.context import actor_of, language_of
from kotacerdas.web.server.serving import public_server

PASSWORD = "gonjong-rumah-gadang-7"
HASH = passwords.hashed(PASSWORD)
OURS = {"Content-Type": "application/json", "X-Kota-Cerdas": "1"}
ADDRESSES = count(uuid4().int % 2**20)


class StandIn:
    """Answers POST /graphql with who asks, or breaks when told to."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if "x-break" in request.headers:
            raise RuntimeError("rahasia dalam pesan")
        actor = await actor_of(request)
        grants = [[grant.tenant_id, grant.role] for grant in actor.grants]
        person = str(actor.person_id) if actor.person_id else None
        body = {"person": person, "grants": grants, "language": language_of(request)}
        await JSONResponse(body)(scope, receive, send)


@dataclass
class Web:
    """The running application; `documents` are those that signed-in people may read."""

    settings: Settings
    database: Database
    url: str
    documents: dict[str, StoredFile]
    clients: ExitStack

    def browser(self) -> httpx.Client:
        """Return a client with a cookie jar and a network address of its own."""
        number = next(ADDRESSES)
        address = f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"
        client = httpx.Client(base_url=self.url, headers={"X-Forwarded-For": address}, timeout=20)
        return self.clients.enter_context(client)

    def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Client:
        """Return a client that is signed in."""
        client = self.browser()
        body = {"email": email, "password": password}
        assert client.post("/auth/sign-in", json=body, headers=OURS).status_code == 200
        return client


@pytest.fixture
def web(served: Web) -> Iterator[Web]:
    """The running application, whose clients are closed after the test."""
    with ExitStack() as clients:
        yield replace(served, clients=clients)


@pytest.fixture(scope="session")
def served(settings: Settings, database: Database, tmp_path_factory) -> Iterator[Web]:
    """The application on our server, in a thread."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    own = settings.model_copy(
        update={"base_url": url, "data_dir": tmp_path_factory.mktemp("web"), "log_format": "json"}
    )
    documents: dict[str, StoredFile] = {}

    async def open_document(actor: Actor, document: str) -> StoredFile:
        if actor.person_id is None or document not in documents:
            raise NotFound
        return documents[document]

    app = create_app(
        own, Database(own), graphql=StandIn(), sdl="type Query", open_document=open_document
    )
    with _served(app, own, listener):
        yield Web(own, database, url, documents, ExitStack())


class _served:  # noqa: N801  (used as a statement)
    def __init__(self, app: ASGIApp, settings: Settings, listener: socket.socket) -> None:
        self._server, self._listener = public_server(app, settings), listener

    def __enter__(self) -> None:
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [self._listener]})
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.02)

    def __exit__(self, *_error: object) -> None:
        self._server.should_exit = True
        self._thread.join()


@dataclass(frozen=True)
class Person:
    id: UUID
    email: str


@pytest.fixture
def make_account(database: Database) -> Callable[..., Person]:
    """Return a function that makes a person with an account and PASSWORD."""

    def make(name: str = "Orang Uji", language: str = "id") -> Person:
        email = f"web-{uuid4().hex}@kota.go.id"
        with database.unit_of_work(ActorScope(Door.IDENTITY, NATION)) as session:
            person = register(
                session, email=email, name=name, language=language, password_hash=HASH
            )
        return Person(person.id, email)

    return make


@pytest.fixture
def person(make_account) -> Person:
    """Somebody with an account and PASSWORD."""
    return make_account()
