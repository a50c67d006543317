"""Executing an operation by graphql-core: mutations, and what the compiled reader leaves."""

from __future__ import annotations

from dataclasses import replace

from graphql import DocumentNode, ExecutionResult, OperationType, execute

from graphql_schema.context import Context
from graphql_schema.preparing import Operation
from graphql_schema.reader.compiled.reader import Reader
from graphql_schema.reader.splicing import Pruned, splice
from graphql_schema.schema import core

READER = Reader(core)
"""The compiled reader of this schema."""


async def run(operation: Operation, context: Context) -> ExecutionResult:
    """Execute an operation; what a mutation has changed is read by the compiled reader.

    The data may hold JSON fragments: encode it by `transport.responses.encoded`.
    """
    if operation.kind is OperationType.QUERY:
        return await _executed(operation.document.node, operation, context)
    noting = replace(context, readings=[])
    pruned = Pruned.of(operation.document, core)
    result = await _executed(pruned.document, operation, noting)
    return await splice(result, operation, noting, READER, run)


async def _executed(
    document: DocumentNode, operation: Operation, context: Context
) -> ExecutionResult:
    running = execute(
        core,
        document,
        context_value=context,
        variable_values=dict(operation.variables),
        operation_name=operation.name,
        hide_suggestions=True,
    )
    return running if isinstance(running, ExecutionResult) else await running
