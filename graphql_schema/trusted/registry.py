"""The registered documents as an API process knows them: all ids, and the texts in use."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.scope import Door, Scope
from kotacerdas.trusted.models import ApiClient, TrustedDocument

FRESH_SECONDS = 30.0
"""What an operator changes holds in every process after this long."""
UNKNOWN_SECONDS = 2.0
"""Ids that nobody registered reload the list at most this often, however many are sent."""
CACHED_BYTES = 4 * 1024 * 1024
"""Texts kept in memory, the last used of them."""


@dataclass(frozen=True)
class Snapshot:
    """Which clients there are, whether they are strict, and which ids each may send."""

    strict: dict[str, bool] = field(default_factory=dict)
    clients: dict[str, frozenset[str]] = field(default_factory=dict)
    """By id, the names of the clients that registered it."""

    @property
    def binds_browsers(self) -> bool:
        """Whether a strict client is registered."""
        return any(self.strict.values())


class Registry:
    """Documents by id, read from the database as rarely as that can be."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._snapshot = Snapshot()
        self._loaded_at = float("-inf")
        self._loading = asyncio.Lock()
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._bytes = 0

    async def snapshot(self, *, younger_than: float = FRESH_SECONDS) -> Snapshot:
        """Return what is registered, as it was at most `younger_than` seconds ago."""
        if monotonic() - self._loaded_at > younger_than:
            async with self._loading:
                if monotonic() - self._loaded_at > younger_than:
                    self._snapshot = await self._database.perform(Scope(Door.CITY), _registered)
                    self._loaded_at = monotonic()
        return self._snapshot

    async def text(self, document_id: str, client: str | None) -> str | None:
        """Return the text of a client's document, of any client's where none is named, or None."""
        if not _known(await self.snapshot(), document_id, client):
            recent = await self.snapshot(younger_than=UNKNOWN_SECONDS)
            if not _known(recent, document_id, client):
                return None
        if document_id in self._texts:
            self._texts.move_to_end(document_id)
            return self._texts[document_id]
        return await self._read(document_id)

    async def _read(self, document_id: str) -> str | None:
        wanted = select(TrustedDocument.text).where(TrustedDocument.id == document_id).limit(1)
        text = await self._database.perform(
            Scope(Door.CITY), lambda session: session.scalar(wanted)
        )
        if text is not None and document_id not in self._texts:
            self._texts[document_id] = text
            self._bytes += len(text)
            while self._bytes > CACHED_BYTES:
                self._bytes -= len(self._texts.popitem(last=False)[1])
        return text


def _registered(session: Session) -> Snapshot:
    clients: dict[str, set[str]] = {}
    in_use = select(TrustedDocument.id, TrustedDocument.client_name)
    for row in session.execute(in_use.where(TrustedDocument.retired_at.is_(None))):
        clients.setdefault(row.id, set()).add(row.client_name)
    modes = session.execute(select(ApiClient.name, ApiClient.strict))
    strict = {row.name: row.strict for row in modes}
    return Snapshot(strict, {key: frozenset(names) for key, names in clients.items()})


def _known(snapshot: Snapshot, document_id: str, client: str | None) -> bool:
    names = snapshot.clients.get(document_id, frozenset())
    return bool(names) if client is None else client in names
