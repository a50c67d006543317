"""What the transports of subscriptions share: who follows, on whose seat, until when."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial

from starlette.requests import HTTPConnection

from graphql_schema.context import Context
from graphql_schema.limits.allowance import allowance_of
from graphql_schema.preparing import NotExecutable, Operation, Preparation
from graphql_schema.subscriptions.running import Body, Ended, results
from graphql_schema.subscriptions.seats import Seats
from graphql_schema.subscriptions.stream import Stream
from graphql_schema.transport.request_form import Asked
from graphql_schema.transport.telling import told, told_all
from graphql_schema.trusted.admission import Documents
from kotacerdas.changes import Feed
from kotacerdas.database import Database
from kotacerdas.errors import DomainError, Unauthenticated
from kotacerdas.identity.authentication import Actor
from kotacerdas.identity.looking import authenticated, look
from kotacerdas.settings import Settings
from kotacerdas.web.rates import count, count_cost

MakeContext = Callable[[HTTPConnection, Actor], Context]


@dataclass(frozen=True)
class Credential:
    """What a client has shown: the cookie of a session, or a bearer token."""

    cookie: str | None
    bearer: str | None


class Subscriptions:
    """The subscriptions of one process."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        feed: Feed,
        documents: Documents,
        preparation: Preparation,
        make_context: MakeContext,
    ) -> None:
        self._settings = settings
        self._database = database
        self._feed = feed
        self._documents = documents
        self._preparation = preparation
        self._make_context = make_context
        self._looks: dict[Credential, asyncio.Task[Actor]] = {}
        self.seats = Seats()

    async def actor(self, credential: Credential) -> Actor:
        """Return who uses a credential now; raises Unauthenticated, or TwoCredentials."""
        return await authenticated(
            self._database,
            self._settings,
            cookie=credential.cookie,
            bearer=credential.bearer,
        )

    async def operation(
        self, asked: Asked, actor: Actor, connection: HTTPConnection
    ) -> Operation | Ended:
        """Return the operation that is asked for, counted, or why it cannot run."""
        try:
            await count(connection, actor)
            asked = await self._documents.resolved(connection, asked, actor)
            trusted = asked.document_id is not None
            operation = self._preparation.operation(asked, allowance_of(actor, trusted=trusted))
            await count_cost(connection, operation.cost)
        except DomainError as refusal:
            return Ended([told(refusal, connection)])
        except NotExecutable as reasons:
            return Ended(told_all(reasons.errors, connection))
        return operation

    async def results(
        self, operation: Operation, connection: HTTPConnection, credential: Credential, actor: Actor
    ) -> AsyncGenerator[Body | Ended, None]:
        """Yield the body of each event of a subscription, and Ended where it ends too early."""
        context = replace(self._make_context(connection, actor), fresh=True)
        stream = Stream(self._feed, context, partial(self._look, credential))
        try:
            if actor.person_id is None:
                raise Unauthenticated
            with self.seats.take(actor.person_id):
                async with aclosing(results(operation, stream, connection)) as outcomes:
                    async for outcome in outcomes:
                        yield outcome
        except DomainError as refusal:
            yield Ended([told(refusal, connection)])

    async def _look(self, credential: Credential) -> Actor:
        """Ask who shows a credential now; one question serves all that wait for it to be asked."""
        look = self._looks.get(credential)
        if look is None:
            look = self._looks[credential] = asyncio.create_task(self._looked(credential))
            # Those who wait may all have left before it fails.
            look.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        return await asyncio.shield(look)

    async def _looked(self, credential: Credential) -> Actor:
        await asyncio.sleep(0)  # a person's other streams hear of the same change just now
        del self._looks[credential]  # whoever comes from here on wants a newer answer
        # An open stream is no use: it would keep a session from ending as idle.
        seen = await look(
            self._database,
            self._settings,
            cookie=credential.cookie,
            bearer=credential.bearer,
        )
        return seen.actor


def stopping(connection: HTTPConnection) -> asyncio.Event:
    """Return the event that is set when the process is to end; one of its own where none is."""
    known: asyncio.Event | None = connection.scope.get("state", {}).get("stopping")
    return known or asyncio.Event()
