"""The whole application on a port, and the people and clients of the tests of subscriptions."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

import httpx
import uvicorn
from websockets.sync.client import ClientConnection, connect

from graphql_schema.asgi import Api
from kotacerdas import changes
from kotacerdas.changes import Feed
from kotacerdas.database import Database
from kotacerdas.identity import members, people, sessions, tokens
from kotacerdas.identity.authentication import Actor, identity_scope
from kotacerdas.identity.models import Membership
from kotacerdas.identity.policy import Grant, Permission, Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from kotacerdas.web import app as web
from kotacerdas.web.cookie import SessionCookie
from kotacerdas.web.server.serving import public_server
from tenants.submissions.models import Innovation

SOON = 10.0
PROTOCOL = "graphql-transport-ws"
SAME_SITE = {"X-Kota-Cerdas": "1"}
READ = (Permission.CITY_READ,)


@dataclass(frozen=True)
class Live:
    """The running application; what is changed by its `database` is told."""

    url: str
    settings: Settings
    database: Database
    api: Api
    server: uvicorn.Server
    open: ExitStack

    def token(self, city, role: Role = Role.COUNCIL, scopes=READ) -> tuple[UUID, str]:
        """Make somebody with a role and a token; returns the person and the secret."""
        person = self.person(city, role)
        owner = identity_scope(Actor(person, (Grant(city.id, role),)))
        with self.database.unit_of_work(owner) as session:
            wanted = [each.value for each in scopes]
            made = tokens.create(
                session, self.settings, person_id=person, name="Uji", scopes=wanted,
                city_id=None, days=1,
            )  # fmt: skip
        return person, made[1]

    def person(self, city, role: Role = Role.COUNCIL) -> UUID:
        """Make somebody with an account and a role in a city."""
        with self.database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
            email = f"langganan-{uuid4().hex}@kota.go.id"
            person = people.register(session, email=email, name="Orang Uji", password_hash="x").id
            members.give_role(session, person_id=person, role=role)
        return person

    def cookie(self, person: UUID) -> str:
        """Sign somebody in; returns the Cookie header."""
        with self.database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
            secret = sessions.open_session(
                session, person_id=person, previous=None, now=datetime.now(UTC)
            ).secret
        return f"{SessionCookie(self.settings).name}={secret}"

    def leave(self, city, person: UUID) -> None:
        """End somebody's roles in a city, as an administrator does."""
        with self.database.unit_of_work(Scope(Door.CITY, city.id)) as session:
            mine = session.query(Membership).filter_by(tenant_id=city.id, person_id=person)
            for row in mine:
                row.ended_at = datetime.now(UTC)

    def rename(self, city, row_id: UUID, name: str = "Nama baru") -> None:
        """Change an innovation."""
        with self.database.unit_of_work(Scope(Door.CITY, city.id)) as session:
            session.get_one(Innovation, (city.id, row_id)).name = name

    def announce(self, city, *ids: UUID) -> None:
        """Tell of changes of innovations without making any."""
        with self.database.unit_of_work(Scope(Door.CITY, city.id)) as session:
            for row_id in ids:
                changes.record(session, Innovation, row_id)

    def cut(self) -> None:
        """Cut all connections off, as a broken network or a killed process does."""
        for connection in list(self.server.server_state.connections):
            connection.transport.abort()

    def events(self, document: str, headers: dict[str, str], **variables: Any) -> Events:
        """Ask for a subscription over SSE."""
        client = self.open.enter_context(httpx.Client(timeout=SOON))
        request = client.stream(
            "POST",
            f"{self.url}/graphql",
            headers={"Accept": "text/event-stream", **headers},
            json={"query": document, "variables": variables},
        )
        return Events(self.open.enter_context(request))

    def socket(self, token: str | None = None, headers: dict[str, str] | None = None) -> Socket:
        """Open a WebSocket; with a token it is initiated as well."""
        address = self.url.replace("http", "ws", 1) + "/graphql"
        made = connect(address, subprotocols=[PROTOCOL], additional_headers=headers, proxy=None)
        opened = Socket(self.open.enter_context(made))
        if token is not None:
            payload = {"authorization": f"Bearer {token}"}
            opened.send(type="connection_init", payload=payload)
            assert opened.next() == {"type": "connection_ack"}
        return opened


class Events:
    """A stream of Server-Sent Events."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.iter_lines()

    def raw(self) -> list[str] | None:
        """Return the lines of the next block, a comment too; None at the end of the response."""
        block: list[str] = []
        for line in self._lines:
            if not line:
                return block
            block.append(line)
        return None

    def next(self) -> dict[str, Any] | None:
        """Return the next result; None when the stream is complete."""
        while (block := self.raw()) is not None:
            if block == ["event: complete", "data:"]:
                return None
            if block[0] == "event: next":
                body: dict[str, Any] = json.loads(block[1].removeprefix("data: "))
                return body
            assert block == [":"], block
        raise EOFError

    def field(self) -> dict[str, Any]:
        """Return the root field of the next result, which has no errors."""
        body = self.next()
        assert body is not None
        assert "errors" not in body, body
        (value,) = body["data"].values()
        assert isinstance(value, dict)
        return value

    def close(self) -> None:
        """Leave."""
        self.response.close()


class Socket:
    """A connection by graphql-transport-ws."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    def send(self, **message: Any) -> None:
        """Send a message."""
        self.connection.send(json.dumps(message))

    def next(self, timeout: float = SOON) -> dict[str, Any]:
        """Return the next message."""
        message: dict[str, Any] = json.loads(self.connection.recv(timeout=timeout))
        return message

    def subscribe(self, id_: str, document: str, **variables: Any) -> None:
        """Ask for a subscription."""
        payload = {"query": document, "variables": variables}
        self.send(type="subscribe", id=id_, payload=payload)


def bearer(token: str) -> dict[str, str]:
    """Return the headers of a program."""
    return {"Authorization": f"Bearer {token}"}


def signed_in(cookie: str) -> dict[str, str]:
    """Return the headers of a browser on our own pages."""
    return {"Cookie": cookie, **SAME_SITE}


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for a condition, asserting that it comes true in time."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "not in time"
        sleep(0.02)


@contextmanager
def serving(settings: Settings) -> Iterator[Live]:
    """Serve the application on our server in a thread."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    own = settings.model_copy(update={"base_url": url})
    database, feed = Database(own), Feed(own)
    graphql = Api(own, database, feed)
    app = web.create_app(own, database, graphql=graphql, sdl="", feed=feed)
    server = public_server(app, own)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.02)
    publishing = Database(own)
    try:
        with ExitStack() as opened:
            yield Live(url, own, publishing, graphql, server, opened)
    finally:
        publishing.close()
        server.should_exit = True
        thread.join()
