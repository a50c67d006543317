"""HTTP requests of an operation, as each contender wants them asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from graphql_schema.ids import Key
from kotacerdas.settings import Settings
from kotacerdas.web.cookie import SessionCookie
from tests.bench.data.city_rows import HEAD, READER, secret_of
from tests.bench.data.loading import MINISTRY
from tests.bench.documents import WRITE, documents
from tests.bench.targets import Target

Asked = tuple[str, str]
"""A whole HTTP request, and what its answer must hold."""

DOCUMENTS = {"ours": documents("ours.graphql"), "peer": documents("peer.graphql")}


def requests_of(
    contender: str, operation: str, targets: Iterable[Target], settings: Settings
) -> list[Asked]:
    """Return the requests of an operation for its targets."""
    make = MAKERS[contender]
    return [make(operation, target, settings) for target in targets]


def _ours(operation: str, target: Target, settings: Settings) -> Asked:
    """Asked by a person who has signed in: the ministry's, a city's planner, or a unit's head."""
    role = MINISTRY if operation == "national" else HEAD if operation == WRITE else READER
    headers = signed_in(settings, target.tenant_id, role)
    return _graphql("ours", operation, _variables(operation, target), headers), _told(target)


def signed_in(settings: Settings, tenant_id: int, role: str) -> dict[str, str]:
    """Headers of a browser in which somebody of that role has signed in."""
    cookie = f"{SessionCookie(settings).name}={secret_of(tenant_id, role)}"
    return {"Cookie": cookie, "X-Kota-Cerdas": "1"}


def _naive(operation: str, target: Target, _settings: Settings) -> Asked:
    headers = {"X-Tenant": "" if operation == "national" else str(target.tenant_id)}
    return _graphql("ours", operation, _variables(operation, target), headers), _told(target)


def _peer(operation: str, target: Target, _settings: Settings) -> Asked:
    national = operation == "national"
    headers = {"X-Role": "app_ministry" if national else "app_city"}
    headers |= {} if national else {"X-Tenant": str(target.tenant_id)}
    told = str(target.id) if operation == WRITE else target.told or str(target.id)
    return _graphql("peer", operation, _peer_variables(operation, target), headers), told


def _raw(operation: str, target: Target, _settings: Settings) -> Asked:
    tenant = None if operation == "national" else target.tenant_id
    given = {"national": [], "one": [str(target.id)]}.get(operation, [target.slug])
    body = {"operation": operation, "tenant": tenant, "given": given}
    return _http(body, {}), _told(target)


MAKERS: dict[str, Callable[[str, Target, Settings], Asked]] = {
    "ours": _ours,
    "raw": _raw,
    "postgraphile": _peer,
    "strawberry": _naive,
}


def _told(target: Target) -> str:
    return target.told or opaque("inn", target.tenant_id, target.id)


def opaque(prefix: str, tenant_id: int, row_id: UUID | None) -> str:
    """The API's id of a row."""
    return str(Key(prefix, tenant_id, row_id))


def _variables(operation: str, target: Target) -> dict[str, Any]:
    match operation:
        case "national":
            return {}
        case "one":
            return {"id": opaque("inn", target.tenant_id, target.id)}
        case "write":
            innovation_id = opaque("inn", target.tenant_id, target.id)
            return {"input": {"id": innovation_id, "expectedVersion": 1}}
        case _:
            return {"slug": target.slug}


def _peer_variables(operation: str, target: Target) -> dict[str, Any]:
    if operation == WRITE:
        return {"input": {"innovation": target.row}}
    if operation == "one":
        return {"tenant": target.tenant_id, "id": str(target.id)}
    return _variables(operation, target)


def changed(asked: Asked, before: str, after: str) -> Asked:
    """The same request with the first of a text in its document replaced."""
    head, _, body = asked[0].partition("\r\n\r\n")
    longer = body.replace(before, after, 1)
    assert longer != body
    length = f"Content-Length: {len(body)}"
    return f"{head.replace(length, f'Content-Length: {len(longer)}')}\r\n\r\n{longer}", asked[1]


def _graphql(
    schema: str, operation: str, variables: dict[str, Any], headers: dict[str, str]
) -> str:
    document = DOCUMENTS[schema][operation]
    body = {"query": document, "operationName": operation, "variables": variables}
    return _http(body, headers)


def _http(body: dict[str, Any], headers: dict[str, str]) -> str:
    text = json.dumps(body)
    lines = {
        "Host": "127.0.0.1",
        "Content-Type": "application/json",
        "Accept": "application/graphql-response+json, application/json",
        **headers,
        "Content-Length": str(len(text)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST /graphql HTTP/1.1\r\n{head}\r\n{text}"
