"""The API over HTTP: a GraphQL request in, GraphQL JSON out, whatever happens."""

from __future__ import annotations

import gc
from functools import partial
from typing import Any

from graphql import ExecutionResult, OperationType
from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from graphql_schema.cities.directory import CityDirectory
from graphql_schema.context import Context
from graphql_schema.deadline import Deadline
from graphql_schema.execution import READER, run
from graphql_schema.introspection import introspection
from graphql_schema.limits.allowance import allowance_of
from graphql_schema.limits.refusals import LimitExceeded
from graphql_schema.preparing import NotExecutable, Operation, Preparation
from graphql_schema.ready_queries import offered
from graphql_schema.schema import core, schema
from graphql_schema.subscriptions.event_stream import EventStream, event_stream
from graphql_schema.subscriptions.service import Subscriptions
from graphql_schema.subscriptions.socket import Socket
from graphql_schema.transport import request_form
from graphql_schema.transport.admission import admit, admit_operation
from graphql_schema.transport.refusals import REFUSALS
from graphql_schema.transport.request_form import Asked
from graphql_schema.transport.responses import (
    Answer,
    answered,
    body_of,
    encoded,
    refused,
    told_only,
)
from graphql_schema.transport.telling import told, told_all
from graphql_schema.trusted.admission import Documents
from graphql_schema.trusted.caching import kept
from kotacerdas import logs
from kotacerdas.changes import Feed
from kotacerdas.database import Database
from kotacerdas.file_names import open_file
from kotacerdas.identity.authentication import ANONYMOUS, Actor
from kotacerdas.metrics import METRICS, Way
from kotacerdas.settings import Settings, settings
from kotacerdas.startup import API_DOORS, refuse_start
from kotacerdas.web import app as web
from kotacerdas.web.context import actor_of, language_of, note, request_id_of
from kotacerdas.web.rates import count, count_cost, counted_actor, throttle
from tenants.documents import queries as documents
from tenants.exports import queries as exports

FINDERS = {documents.PREFIX: documents.stored_file, exports.PREFIX: exports.stored_file}
"""Who finds a file, by what its name begins with."""


GARBAGE = 20_000
"""New objects after which the youngest are looked through for rings that nobody holds."""


class Api:
    """The ASGI application behind /graphql."""

    def __init__(self, settings: Settings, database: Database, feed: Feed | None = None) -> None:
        self._settings = settings
        self._database = database
        self._directory = CityDirectory(database)
        self._preparation = Preparation(core)
        self._documents = Documents(settings, database)
        self._reader = READER
        self._subscriptions = Subscriptions(
            settings,
            database,
            feed or Feed(settings),
            self._documents,
            self._preparation,
            self._context,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a refused form of request is answered in JSON too."""
        if scope["type"] == "websocket":
            await Socket(WebSocket(scope, receive, send), self._subscriptions).serve()
            return
        request = Request(scope, receive)
        try:
            actor = await _sender(request)
            asked = await request_form.read(request, allowance_of(actor).body_bytes)
            response = await self._answer(request, asked)
        except REFUSALS as refusal:
            response = refused(request, refusal)
        await response(scope, receive, send)

    async def _answer(self, request: Request, asked: Asked) -> Answer | EventStream:
        context = self._context(request, await actor_of(request))
        asked = await self._documents.resolved(request, asked, context.actor)
        allowance = allowance_of(context.actor, trusted=asked.document_id is not None)
        try:
            operation = self._preparation.operation(asked, allowance)
        except LimitExceeded as refusal:
            return told_only(request, [told(refusal, request)])
        except NotExecutable as reasons:
            return told_only(request, told_all(reasons.errors, request))
        admit_operation(request, operation.kind)
        note(request, operation=operation.kind.value, document=operation.document.digest)
        if operation.kind is not OperationType.QUERY:
            context = self._context(request, await actor_of(request, fresh=True))
        await count_cost(request, operation.cost)
        if operation.kind is OperationType.SUBSCRIPTION:
            return event_stream(self._subscriptions, operation, request, context.actor)
        cost = {"requested": operation.cost, "limit": allowance.cost}
        if request.method == "POST":  # what comes by GET may be kept, and its hash is its ETag
            cost |= throttle(request)
        data, errors = await self._executed(request, operation, context)
        if data is None:
            return told_only(request, errors)
        response = answered(request, body_of(data, {"cost": cost}, errors))
        if asked.document_id is not None and request.method == "GET" and not errors:
            return kept(request, response, anonymous=context.actor.via is None)
        return response

    async def _executed(
        self, request: Request, operation: Operation, context: Context
    ) -> tuple[bytes | None, list[dict[str, Any]]]:
        """Return the data as JSON and the errors: by the compiled reader, else by graphql-core.

        Raises TimedOut; what is under way in the database is cancelled.
        """
        with Deadline(self._settings.deadline_seconds):
            data = await self._reader.answer(operation, context)
            METRICS.operation(operation.kind.value, Way.CORE if data is None else Way.COMPILED)
            if data is not None:
                return data, []
            result = await run(operation, context)
        errors = told_all(result.errors or (), request)
        return (encoded(result.data) if _ran(result) else None), errors

    def _context(self, request: HTTPConnection, actor: Actor) -> Context:
        return Context(
            self._settings,
            self._database,
            self._directory,
            actor,
            request_id_of(request),
            language_of(request),
        )


async def _sender(request: Request) -> Actor:
    """Return who sends an admissible request; counted it is in any case."""
    try:
        admit(request)
    except REFUSALS:
        await count(request, ANONYMOUS)
        raise
    return await counted_actor(request)


def _ran(result: ExecutionResult) -> bool:
    """Whether anything ran: an error of execution has a path, one of a request has none."""
    return result.data is not None or any(error.path for error in result.errors or ())


def create_app() -> Starlette:
    """Compose the API from the environment; `python -m graphql_schema.serving` serves it."""
    given = settings()
    logs.configure(given)
    refuse_start(given, API_DOORS)
    database, feed = Database(given), Feed(given)
    app = web.create_app(
        given,
        database,
        graphql=Api(given, database, feed),
        feed=feed,
        sdl=schema.as_str(),
        introspection=introspection,
        ready_queries=offered,
        open_document=partial(open_file, database, finders=FINDERS),
    )
    # What is loaded by now stays: collecting among it again would stop every request for 100 ms.
    gc.collect()
    gc.freeze()
    # What a request makes is gone with it: looked for less often, a tenth of its time is saved.
    gc.set_threshold(GARBAGE, 20, 50)
    return app
