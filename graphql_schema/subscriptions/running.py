"""Running a subscription: from its operation to results, each executed in a context of its own."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable
from dataclasses import dataclass
from typing import Any

import psycopg
from graphql import (
    ExecutionResult,
    Executor,
    GraphQLError,
    create_source_event_stream,
    execute,
)
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import HTTPConnection

from graphql_schema.context import Context
from graphql_schema.preparing import Operation
from graphql_schema.reader.compiled.reader import Reader
from graphql_schema.schema import core
from graphql_schema.subscriptions.events import ChangeEvent
from graphql_schema.subscriptions.reading import EventQuery, event_query
from graphql_schema.subscriptions.stream import Stream
from graphql_schema.transport.telling import told_all
from kotacerdas.errors import Unauthenticated
from kotacerdas.web.problems import Unavailable

Body = dict[str, Any]
READER = Reader(core)
AWAY = (psycopg.OperationalError, OperationalError, InterfaceError, PoolTimeout)
"""What is raised where PostgreSQL does not answer."""


@dataclass(frozen=True)
class Ended:
    """Why a subscription has no further events: GraphQL errors as they are sent."""

    errors: list[Body]

    @property
    def code(self) -> str:
        """Code of the first error."""
        return str(self.errors[0]["extensions"]["code"])


async def results(
    operation: Operation, stream: Stream, connection: HTTPConnection
) -> AsyncGenerator[Body | Ended, None]:
    """Yield the body of each event, and Ended if the stream ends otherwise than by itself."""
    try:
        source = await _source(operation, stream)
        query = event_query(operation)
        try:
            async for event in source:
                result = await _read(operation, query, event, stream.context)
                yield _body(result, connection)
        finally:
            await source.aclose()
    except Refused as refusal:
        yield Ended(told_all(refusal.errors, connection))
    except AWAY:
        yield Ended(_retryable(_told(Unavailable(), connection)))
    except Exception as reason:  # a refusal is told, a defect masked and logged
        yield Ended(_told(reason, connection))


class Refused(Exception):
    """A subscription that did not begin."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = errors


async def _source(operation: Operation, stream: Stream) -> AsyncGenerator[Any, None]:
    """Return what the subscription's field yields; raises Refused or Unauthenticated."""
    if stream.context.actor.person_id is None:
        raise Unauthenticated
    executor = Executor.build(
        core,
        operation.document.node,
        None,
        stream,
        dict(operation.variables),
        operation.name,
        hide_suggestions=True,
    )
    if isinstance(executor, list):
        raise Refused(executor)
    source = create_source_event_stream(executor)
    if not isinstance(source, ExecutionResult | AsyncIterable):
        source = await source
    if isinstance(source, ExecutionResult):
        raise Refused(source.errors or [])
    return source  # type: ignore[return-value]  # our fields return generators


async def _read(
    operation: Operation, query: EventQuery | None, event: ChangeEvent, context: Context
) -> ExecutionResult:
    """Read what the client selects of an event; the one place where events meet the reader."""
    data = None if query is None else await query.read(event, context, READER)
    if data is not None:
        return ExecutionResult(data)
    running = execute(
        core,
        operation.document.node,
        event,
        context,
        dict(operation.variables),
        operation.name,
        hide_suggestions=True,
    )
    return running if isinstance(running, ExecutionResult) else await running


def _body(result: ExecutionResult, connection: HTTPConnection) -> Body:
    body: Body = {"data": result.data}
    if result.errors:
        body["errors"] = told_all(result.errors, connection)
    return body


def _told(reason: Exception, connection: HTTPConnection) -> list[Body]:
    return told_all([GraphQLError("the stream has ended", original_error=reason)], connection)


def _retryable(errors: list[Body]) -> list[Body]:
    return [{**each, "extensions": {**each["extensions"], "retryable": True}} for each in errors]
