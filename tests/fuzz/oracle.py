"""The two ways of answering one request; here alone is known how the API is entered."""

from __future__ import annotations

from dataclasses import dataclass
from traceback import walk_tb

from graphql import ExecutionResult, GraphQLError
from starlette.requests import HTTPConnection

from graphql_schema.cities.directory import CityDirectory, Unlearned
from graphql_schema.context import Context
from graphql_schema.execution import run
from graphql_schema.limits.allowance import allowance_of
from graphql_schema.limits.refusals import LimitExceeded
from graphql_schema.preparing import NotExecutable, Operation, Preparation
from graphql_schema.reader.compiled.reader import DECLINES, Reader
from graphql_schema.schema import core
from graphql_schema.transport.request_form import Asked
from graphql_schema.transport.responses import body_of, encoded
from graphql_schema.transport.telling import told_all
from kotacerdas.database import Database
from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.identity.authentication import Actor
from kotacerdas.settings import Settings
from tests.fuzz.generator import Request

REQUEST_ID = "fuzz-fuzz"


@dataclass(frozen=True)
class Asking:
    """Somebody who asks in a language."""

    actor: Actor
    language: str


@dataclass(frozen=True)
class Answers:
    """The bodies of both ways; the compiled reader may decline, and says why."""

    fast: bytes | None
    reference: bytes
    declined: str | None = None
    defect: str | None = None
    """What the reference met that is no refusal."""

    @property
    def fault(self) -> str | None:
        """What is wrong: two answers, or a defect of the reference itself."""
        if self.fast not in (None, self.reference):
            return "different"
        return None if self.defect is None else "defect"


class Oracle:
    """Answers requests by the compiled reader and by graphql-core over the same declarations."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._database = Database(settings)
        self._directory = CityDirectory(self._database)
        self._preparation = Preparation(core)
        self._reader = Reader(core)

    async def aclose(self) -> None:
        """Close the database's pools."""
        await self._database.aclose()

    async def ask(self, asking: Asking, made: Request) -> Answers | str:
        """Answer a request both ways, or say why it may not be executed."""
        try:
            operation = self._operation(asking, made)
        except LimitExceeded as refusal:
            return refusal.code
        except NotExecutable as reasons:
            defect = _defect(reasons.errors)
            refused = _body(ExecutionResult(None, reasons.errors), asking)
            return Answers(None, refused, None, defect) if defect else reasons.errors[0].message
        declined, fast = None, None
        try:
            fast = await self._compiled(asking, operation)
        except DECLINES as reason:
            declined = _told(reason)
        except Exception as crash:  # the client would get no answer at all
            return Answers(None, b"{}", None, f"compiled: {type(crash).__name__}: {crash}")
        result = await run(operation, self._context(asking))
        return Answers(fast, _body(result, asking), declined, _defect(result.errors or []))

    async def compiled(self, asking: Asking, made: Request) -> bytes:
        """Answer by the compiled reader alone; raises what it raises."""
        operation = self._operation(asking, made)
        try:
            return await self._compiled(asking, operation)
        except Unlearned:  # the directory of cities has grown old meanwhile: graphql-core loads it
            await run(operation, self._context(asking))
            return await self._compiled(asking, operation)

    async def _compiled(self, asking: Asking, operation: Operation) -> bytes:
        return body_of(await self._reader.attempt(operation, self._context(asking)), None)

    def _operation(self, asking: Asking, made: Request) -> Operation:
        asked = Asked(made.text, made.operation, made.variables)
        return self._preparation.operation(asked, allowance_of(asking.actor))

    def _context(self, asking: Asking) -> Context:
        return Context(
            self._settings, self._database, self._directory, asking.actor, REQUEST_ID,
            asking.language,
        )  # fmt: skip


def _told(reason: Exception) -> str:
    """What kind of reason, and where in the compiler it came up."""
    *_, (frame, _line) = walk_tb(reason.__traceback__)
    return f"{type(reason).__name__} in {frame.f_code.co_name}"


def _body(result: ExecutionResult, asking: Asking) -> bytes:
    errors = told_all(result.errors or (), _connection(asking))
    return body_of(encoded(result.data), None, errors)


def _connection(asking: Asking) -> HTTPConnection:
    headers = [(b"accept-language", asking.language.encode())]
    scope = {"type": "http", "query_string": b"", "headers": headers}
    return HTTPConnection({**scope, "kotacerdas.request_id": REQUEST_ID})


def _defect(errors: list[GraphQLError]) -> str | None:
    for error in errors:
        cause = error.original_error
        if not isinstance(cause, type(None) | GraphQLError | DomainError | DomainErrors):
            return f"{type(cause).__name__}: {cause}"
    return None
