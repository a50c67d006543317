"""Whether a document could run: asked before it is registered, and before a release."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode

from graphql_schema.limits.allowance import TRUSTED
from graphql_schema.limits.parsing import parsed
from graphql_schema.limits.refusals import LimitExceeded
from graphql_schema.preparing import NotExecutable, Preparation
from graphql_schema.schema import core
from graphql_schema.transport.request_form import Asked


@dataclass(frozen=True)
class Finding:
    """The names of a document's operations, and what forbids to run it; nothing if all is well."""

    name: str
    faults: tuple[str, ...] = ()


def check(texts: Iterable[str]) -> list[Finding]:
    """Check each text as a request would be, by the limits of registered documents."""
    preparation = Preparation(core)
    return [_checked(preparation, text) for text in texts]


def _checked(preparation: Preparation, text: str) -> Finding:
    try:
        names = _operations(parsed(text, TRUSTED))
    except LimitExceeded as refusal:
        return Finding("", (refusal.text("en"),))
    except GraphQLError as no_document:
        return Finding("", (_fault(no_document),))
    if not names or None in names:
        return Finding("", ("Give each operation a name: `query Cities { ... }`.",))
    faults = {fault: None for name in names for fault in _faults(preparation, text, name)}
    return Finding(", ".join(map(str, names)), tuple(faults))


def _faults(preparation: Preparation, text: str, name: str | None) -> list[str]:
    try:
        preparation.operation(Asked(text, name), TRUSTED)
    except LimitExceeded as refusal:
        return [refusal.text("en")]
    except NotExecutable as reasons:
        return [_fault(error) for error in reasons.errors]
    return []


def _operations(document: DocumentNode) -> list[str | None]:
    operations = [
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    ]
    return [each.name.value if each.name else None for each in operations]


def _fault(error: GraphQLError) -> str:
    places = [f"{place.line}:{place.column}" for place in error.locations or ()]
    return f"{', '.join(places)} {error.message}".strip()
