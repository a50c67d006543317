"""Fields that a rule of the domain answers in Python, in one city or in each of the viewer's."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from graphql_schema.directives.cost import Cost
from graphql_schema.reader.declaration import Gathered, Ruled, declared, unread, with_parameters
from kotacerdas.identity.policy import Permission


def ruled(
    rule: Callable[..., Any],
    description: str,
    *,
    arguments: Mapping[str, Any] | None = None,
    requires: Permission | None = None,
    **options: Any,
) -> Any:
    """What `rule(session, row_id, **arguments)` answers, in the scope of the row's tenant.

    For what SQL cannot say: the compiled reader leaves such an operation to graphql-core, and the
    rule runs once for each row. `arguments` are annotated types by Python name, all optional.
    """
    return _answered(Ruled(rule, requires), description, "20", arguments, options)


def gathered(
    rule: Callable[..., Any],
    description: str,
    *,
    together: Callable[[list[Any]], Any],
    where: Permission,
    arguments: Mapping[str, Any] | None = None,
    **options: Any,
) -> Any:
    """What `rule(session, id, **arguments)` answers in each city of whoever asks, put together.

    A field of the viewer: the rule runs once in every city where they hold the permission `where`
    by a role there, in the scope of that city, with an id that means nothing.
    """
    return _answered(Gathered(rule, together, where), description, "60", arguments, options)


def _answered(
    read: Ruled | Gathered,
    description: str,
    weight: str,
    arguments: Mapping[str, Any] | None,
    options: dict[str, Any],
) -> Any:
    options.setdefault("directives", [Cost(weight=weight)])
    parameters = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=None)
        for name, kind in (arguments or {}).items()
    ]
    resolver = with_parameters(unread, parameters)
    return declared(read, description, resolver=resolver, **options)
