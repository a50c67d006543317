"""Answering an operation by its plan: bind, send in one round trip, join."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from graphql import (
    GraphQLBoolean,
    GraphQLError,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_nullable_type,
    type_from_ast,
)
from graphql.execution.values import VariableValues, get_variable_values

from graphql_schema.context import Context
from graphql_schema.preparing import Operation
from graphql_schema.reader.compiled.fields import Results
from graphql_schema.reader.compiled.parts import Call, Part, bound
from graphql_schema.reader.compiled.plan import Plan, planned
from graphql_schema.reader.compiled.slots import BOUND, Form, Shaper, Variables, shaper
from graphql_schema.reader.compiled.text import BROKEN
from graphql_schema.reader.selection import Selection
from graphql_schema.reader.unfit import Unfit
from kotacerdas.errors import DomainError, DomainErrors, TimedOut
from kotacerdas.pipeline.connection import BatchFailed, Step
from kotacerdas.pipeline.statements import Unrepresentable

PLANS = 64
"""Forms of its variables for which one operation keeps plans."""
LOG = structlog.get_logger("reader")
DECLINES = (
    Unfit,
    BatchFailed,
    DomainError,
    DomainErrors,
    GraphQLError,
    Unrepresentable,
)
"""What graphql-core answers instead: it alone tells errors."""
BROKEN_BYTE = BROKEN.encode()


@dataclass(frozen=True)
class Forms:
    """The plans of one operation, by the form of its variables.

    `scalars` read the values of variables that are all plain scalars; None where any is more.
    `given` is the form when all have a value, where the values do not matter.
    """

    shapers: dict[str, Shaper]
    scalars: dict[str, Callable[[Any], Any]] | None
    given: Form | None
    plans: dict[Form, Plan] = field(default_factory=dict)

    @classmethod
    def of(cls, schema: GraphQLSchema, node: OperationDefinitionNode) -> Forms:
        """Read the operation's variables."""
        kinds: dict[str, Any] = {
            each.variable.name.value: type_from_ast(schema, each.type)
            for each in node.variable_definitions or ()
        }
        plain = {name: get_nullable_type(kind) for name, kind in kinds.items()}
        scalars = {
            name: kind.coerce_input_value
            for name, kind in plain.items()
            if isinstance(kind, GraphQLScalarType)
        }
        shapers = {name: shaper(kind) for name, kind in kinds.items()}
        if len(scalars) < len(kinds):
            return cls(shapers, None, None)
        switches = any(kind is GraphQLBoolean for kind in plain.values())
        return cls(shapers, scalars, None if switches else tuple((name, BOUND) for name in kinds))

    def scalar_values(self, given: Variables) -> Variables | None:
        """Return the coerced values, or None where that takes the long way."""
        if self.scalars is None:
            return None
        values = {}
        for name, read in self.scalars.items():
            value = given.get(name)
            if value is None:
                return None
            values[name] = read(value)
        return values

    def form(self, variables: Variables) -> tuple[Form, dict[str, Any]]:
        """Return what of the variables changes the SQL, and slots for all else."""
        forms, slots = [], {}
        for name, value in variables.items():
            form, slots[name] = self.shapers[name](value, (name,))
            forms.append((name, form))
        return tuple(forms), slots


class Reader:
    """Answers query operations over one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema

    async def answer(self, operation: Operation, context: Context) -> bytes | None:
        """Return the data of a query as JSON, or None where graphql-core has to answer.

        Raises TimedOut, or psycopg.OperationalError where PostgreSQL cannot be reached.
        """
        if operation.kind is not OperationType.QUERY:
            return None
        try:
            return await self.attempt(operation, context)
        except TimedOut:
            raise  # it would take as long once more
        except BatchFailed as refusal:
            # Some values are refused by PostgreSQL alone; a statement that it never takes is ours.
            LOG.warning("refused", sqlstate=refusal.sqlstate, document=operation.document.digest)
            return None
        except DECLINES:
            return None

    async def attempt(self, operation: Operation, context: Context) -> bytes:
        """Return the data of a query as JSON; raises one of DECLINES where it cannot."""
        variables, plan = self._plan(operation)
        return await _joined(bound(plan, context, variables), context)

    def _plan(self, operation: Operation) -> tuple[Variables, Plan]:
        """Return the coerced variables, and the plan for their form."""
        document, node = operation.document, operation.node
        name = node.name.value if node.name else None
        forms = document.compiled.get(name)
        if forms is None:
            forms = document.compiled[name] = Forms.of(self._schema, node)
        known = forms.scalar_values(operation.variables)
        if known is not None:
            plan = forms.plans.get(forms.form(known)[0] if forms.given is None else forms.given)
            if plan is not None:
                return known, plan
        values = get_variable_values(
            self._schema, node.variable_definitions or (), dict(operation.variables)
        )
        if isinstance(values, list):
            raise Unfit
        form, slots = forms.form(values.coerced)
        plan = forms.plans.get(form)
        if plan is None:
            shaped = VariableValues(values.sources, slots)
            plan = planned(Selection(self._schema, document.fragments, shaped), node)
            if len(forms.plans) >= PLANS:
                forms.plans.clear()
            forms.plans[form] = plan
        return values.coerced, plan


async def _joined(parts: list[Part], context: Context) -> bytes:
    calls = [call for part in parts if not isinstance(part, bytes) for call in part.calls]
    if len(calls) == 1:  # as nearly always
        results = iter(await _batch(calls, context))
    else:
        results = iter(await _results(calls, context))
    values = [
        part if isinstance(part, bytes) else _whole(part.value([next(results) for _ in part.calls]))
        for part in parts
    ]
    return b"".join(values)


def _whole(value: bytes) -> bytes:
    """Return the value; raises Unfit for one without something that it must have."""
    if BROKEN_BYTE in value:
        raise Unfit
    return value


async def _results(calls: list[Call], context: Context) -> list[Results]:
    """Send what has the same scope as one batch; return the results of each call."""
    batches: dict[Any, list[Call]] = {}
    for call in calls:
        scope = call.request.scope
        batches.setdefault((scope.door, scope.tenant_id, scope.person_id), []).append(call)
    sent = [_batch(batch, context) for batch in batches.values()]
    received = [await sent[0]] if len(sent) == 1 else await asyncio.gather(*sent)
    by_call = {
        id(call): result
        for batch, results in zip(batches.values(), received, strict=True)
        for call, result in zip(batch, results, strict=True)
    }
    return [by_call[id(call)] for call in calls]


async def _batch(calls: list[Call], context: Context) -> list[Results]:
    steps = [
        Step(prepared.statement, prepared.parameters(call.request))
        for call in calls
        for prepared in call.compiled.statements
    ]
    results = iter(await context.database.batch(calls[0].request.scope, steps, fresh=context.fresh))
    return [[next(results) for _ in call.compiled.statements] for call in calls]
