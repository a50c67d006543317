"""Looking who shows a credential, by one prepared statement and one round trip."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, partial
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import DateTime, LargeBinary, Text, bindparam, cast, func, select

from kotacerdas.database import Database
from kotacerdas.errors import Unauthenticated
from kotacerdas.identity import sessions, tokens
from kotacerdas.identity.authentication import (
    ANONYMOUS,
    Actor,
    Found,
    TwoCredentials,
    authenticate,
    session_actor,
    session_query,
    token_actor,
    token_query,
    unnoted,
)
from kotacerdas.identity.policy import Role
from kotacerdas.pipeline.connection import Statement, Step
from kotacerdas.pipeline.statements import compiled, text_of
from kotacerdas.scope import Door, Scope
from kotacerdas.settings import Settings

HASH = bindparam("token_hash", type_=LargeBinary())
NOW = bindparam("now", type_=DateTime(timezone=True))
IDENTITY = Scope(Door.IDENTITY)


class Look(NamedTuple):
    """Who shows a credential, and whether its use is to be noted by now."""

    actor: Actor
    unnoted: bool


async def look(
    database: Database,
    settings: Settings,
    *,
    cookie: str | None,
    bearer: str | None,
    now: datetime | None = None,
) -> Look:
    """Return who shows a credential, without noting its use; neither is ANONYMOUS.

    Raises as `authenticate` does, and psycopg.OperationalError where PostgreSQL does not answer.
    """
    now = now or datetime.now(UTC)
    if cookie is not None and bearer is not None:
        raise TwoCredentials
    if cookie is not None:
        rows = await _rows(database, b"actor_by_session", sessions.hash_of(cookie), now)
        return Look(session_actor(rows, settings, now), unnoted(rows[0].seen_at, now))
    if bearer is not None:
        token_hash = tokens.hash_of(settings, bearer)
        if token_hash is None:
            raise Unauthenticated
        rows = await _rows(database, b"actor_by_token", token_hash, now)
        return Look(token_actor(rows), unnoted(rows[0].used_at, now))
    return Look(ANONYMOUS, unnoted=False)


async def authenticated(
    database: Database, settings: Settings, *, cookie: str | None, bearer: str | None
) -> Actor:
    """Return who uses a credential; that they do is noted once a minute. Raises as `look` does."""
    seen = await look(database, settings, cookie=cookie, bearer=bearer)
    if not seen.unnoted:
        return seen.actor
    noting = partial(authenticate, settings=settings, cookie=cookie, bearer=bearer)
    return await database.perform(IDENTITY, noting)


async def _rows(database: Database, name: bytes, token_hash: bytes, now: datetime) -> list[Any]:
    statement, places = _statements()[name]
    values = {"token_hash": b"\\x" + token_hash.hex().encode(), "now": text_of(now)}
    step = Step(statement, [values[place] for place in places])
    (result,) = await database.batch(IDENTITY, [step], fresh=True)
    return [_row(each) for each in orjson.loads(result.get_value(0, 0) or b"[]")]


@cache
def _statements() -> dict[bytes, tuple[Statement, list[str]]]:
    queries = {
        b"actor_by_session": session_query(HASH),
        b"actor_by_token": token_query(HASH, NOW),
    }
    return {name: _prepared(name, query) for name, query in queries.items()}


def _prepared(name: bytes, query: Found) -> tuple[Statement, list[str]]:
    """Return a statement whose one value are the query's rows as JSON, and its places' names."""
    rows = query.subquery()
    whole = select(cast(func.json_agg(func.row_to_json(rows.table_valued())), Text))
    text, places = compiled(whole)
    return Statement(name, text.encode()), [place for place, _, _ in places]


def _row(told: dict[str, Any]) -> SimpleNamespace:
    row = SimpleNamespace(**told)
    row.person_id = UUID(row.person_id)
    row.role = None if row.role is None else Role(row.role)
    row.unit_id = None if row.unit_id is None else UUID(row.unit_id)
    for name in told.keys() & {"created_at", "seen_at", "used_at"}:
        setattr(row, name, None if told[name] is None else datetime.fromisoformat(told[name]))
    if "token_id" in told:
        row.token_id = UUID(row.token_id)
    return row
