"""Asking the API as somebody, without HTTP."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from graphql import ExecutionResult, OperationType, parse, validate

from graphql_schema.cities.directory import CityDirectory
from graphql_schema.context import Context
from graphql_schema.execution import run
from graphql_schema.preparing import Document, Operation
from graphql_schema.reader.compiled.reader import Reader
from graphql_schema.reader.declaration import READ, Gathered, Ruled
from graphql_schema.reader.roots import ROOT
from graphql_schema.reader.seeking import RootFound
from graphql_schema.schema import core
from graphql_schema.transport.responses import encoded
from kotacerdas.database import Database
from kotacerdas.identity.authentication import Actor, Via
from kotacerdas.scope import Scope

READER = Reader(core)
RULED = {
    name
    for kind in core.type_map.values()
    if "reads" in kind.extensions
    for name, field in kind.fields.items()
    if isinstance(field.extensions[READ], Ruled | Gathered)
}
FOUND = {
    name
    for name, field in core.query_type.fields.items()
    if isinstance(field.extensions.get(ROOT), RootFound)
}
Ask = Callable[..., Any]


@pytest.fixture
def ask(database: Database, settings) -> Ask:
    """Return a function: `ask(document, scope or None, **variables)` gives the result."""

    def run(
        document: str,
        by: Scope | None = None,
        language: str = "id",
        via: Via = Via.SESSION,
        **variables: Any,
    ) -> Any:
        actor = Actor() if by is None else Actor(by.person_id, by.grants, via=via)
        return asyncio.run(
            _execute(Database(settings), settings, actor, language, document, variables)
        )

    return run


async def _execute(database, settings, actor, language, document, variables):
    context = Context(settings, database, CityDirectory(database), actor, "test-request", language)
    try:
        operation = _unlimited(document, variables)
        errors = validate(core, operation.document.node)
        if errors:
            return ExecutionResult(errors=errors)
        result = await run(operation, context)
        if operation.kind is OperationType.QUERY:
            fast = await READER.answer(operation, context)
            left = result.errors or asks_rules(document)
            same = left if fast is None else fast == encoded(result.data)
            assert same, f"compiled: {fast!r}\nreference: {result}"
        return ExecutionResult(orjson.loads(encoded(result.data)), result.errors)
    finally:
        await database.aclose()


@pytest.fixture
def data(ask: Ask) -> Ask:
    """The same, expecting no errors: gives the data."""

    def run(document: str, by: Scope | None = None, **options: Any) -> Any:
        result = ask(document, by, **options)
        assert result.errors is None, result.errors
        return result.data

    return run


def asks_rules(document: str) -> bool:
    """Whether a document names a field that Python answers: the compiled reader leaves it."""
    return bool((RULED | FOUND) & set(re.findall(r"\w+", document)))


def _unlimited(text: str, variables: dict[str, Any]) -> Operation:
    document = Document.of(text, parse(text))
    (node,) = document.operations.values()
    return Operation(document, node, None, variables, cost=0)
