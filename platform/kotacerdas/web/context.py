"""What belongs to one request: the services it uses, who sent it, its id and its language."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, NamedTuple

from jinja2 import Environment
from starlette.requests import HTTPConnection
from starlette.types import Scope as Connection
from uuid_utils import uuid7

from kotacerdas.database import Database
from kotacerdas.files import FileStore, StoredFile
from kotacerdas.identity.authentication import ANONYMOUS, Actor
from kotacerdas.rates.policy import Rates
from kotacerdas.settings import Settings
from kotacerdas.web.actors import Actors, Found
from kotacerdas.web.cookie import SessionCookie
from kotacerdas.web.manner import LANGUAGES, Manner, manner

OpenDocument = Callable[[Actor, str], Awaitable[StoredFile]]
"""Checks the actor's right to a document of `/files/{document}`; raises NotFound."""

REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")


@dataclass(frozen=True)
class Services:
    """What the routes work with; one for the whole application."""

    settings: Settings
    database: Database
    files: FileStore
    cookie: SessionCookie
    pages: Environment
    open_document: OpenDocument | None
    rates: Rates
    actors: Actors


def begin(scope: Connection, services: Services) -> str:
    """Prepare a connection's scope and return its request id: the caller's, if it has the form."""
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), None)
    known = given is not None and REQUEST_ID.fullmatch(given)
    request_id = known[0].decode() if known else uuid7().hex
    scope["kotacerdas.services"] = services
    scope["kotacerdas.request_id"] = request_id
    scope["kotacerdas.notes"] = {}
    return request_id


def manner_of(connection: HTTPConnection) -> Manner:
    """Return how the request is asked."""
    known: Manner | None = connection.scope.get("kotacerdas.manner")
    if known is None:
        known = connection.scope["kotacerdas.manner"] = manner(connection.scope["headers"])
    return known


def services_of(connection: HTTPConnection) -> Services:
    """Return the application's services."""
    services: Services = connection.scope["kotacerdas.services"]
    return services


def request_id_of(connection: HTTPConnection) -> str:
    """Return the id under which the request is logged and audited."""
    request_id: str = connection.scope["kotacerdas.request_id"]
    return request_id


def note(connection: HTTPConnection, **facts: object) -> None:
    """Add facts to the request's log line: names and ids, never what a person wrote."""
    connection.scope["kotacerdas.notes"].update(facts)


def notes_of(scope: Connection) -> dict[str, Any]:
    """Return what was noted of a request."""
    notes: dict[str, Any] = scope["kotacerdas.notes"]
    return notes


async def actor_of(connection: HTTPConnection, *, fresh: bool = False) -> Actor:
    """Return who sends the request, found out once per request; nobody is ANONYMOUS.

    What was known a moment ago may stand for an answer of the database, unless it has to be
    `fresh`: before anything is changed. Raises Unauthenticated for a session or token that has
    ended, and TwoCredentials.
    """
    known: Found | None = connection.scope.get("kotacerdas.actor")
    if known is not None and (known.asked or not fresh):
        return known.actor
    cookie, bearer = credentials_of(connection)
    found = await services_of(connection).actors.of(cookie, bearer, fresh=fresh)
    if found.actor.person is not None:
        note(connection, person=found.actor.person)
    connection.scope["kotacerdas.actor"] = found
    return found.actor


class Credentials(NamedTuple):
    """What a request shows: a session's cookie, a bearer token, or both, which is refused."""

    cookie: str | None
    bearer: str | None


def credentials_of(connection: HTTPConnection) -> Credentials:
    """Return the credentials that the request carries."""
    known: Credentials | None = connection.scope.get("kotacerdas.credentials")
    if known is None:
        cookies, authorization = [], None
        for name, value in connection.scope["headers"]:
            if name == b"cookie":
                cookies.append(value.decode("latin-1"))
            elif name == b"authorization" and authorization is None:
                authorization = value.decode("latin-1")
        cookie = services_of(connection).cookie.value(";".join(cookies)) if cookies else None
        known = Credentials(cookie, _bearer(authorization) if authorization else None)
        connection.scope["kotacerdas.credentials"] = known
    return known


def _bearer(authorization: str) -> str | None:
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def language_of(connection: HTTPConnection) -> str:
    """Return `id` or `en`: by `?language=`, Accept-Language, the signed-in person, else `id`."""
    if b"language=" in connection.scope["query_string"]:
        chosen = connection.query_params.get("language")
        if chosen in LANGUAGES:
            return chosen
    accepted = manner_of(connection).language
    if accepted is not None:
        return accepted
    found: Found | None = connection.scope.get("kotacerdas.actor")
    return (found.actor if found else ANONYMOUS).language


def address_of(connection: HTTPConnection) -> str:
    """Return the network by which somebody unknown is counted: an IPv4 address, or an IPv6 /64."""
    client = connection.scope.get("client")
    return _network(client[0]) if client else "local"


@lru_cache(10_000)
def _network(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return host
