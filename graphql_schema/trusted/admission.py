"""Which text a request runs: a registered one by its id, or its own where that is allowed."""

from __future__ import annotations

import re
from dataclasses import replace

from starlette.requests import HTTPConnection

from graphql_schema.transport.refusals import BadRequest
from graphql_schema.transport.request_form import Asked
from graphql_schema.trusted.refusals import (
    BrowserText,
    DocumentRequired,
    DocumentUnknown,
    TextByAddress,
)
from graphql_schema.trusted.registry import Registry
from kotacerdas.database import Database
from kotacerdas.identity.authentication import Actor, Via
from kotacerdas.settings import Settings
from kotacerdas.web.context import manner_of, note

ID = re.compile(r"sha256:[0-9a-f]{64}")


class Documents:
    """Decides about the document of each request; the credential counts, not what is claimed.

    The X-Client header only narrows: whoever leaves it out is judged by their cookie or token.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self._registry = Registry(database)
        self._embedded = settings.embedded

    async def resolved(self, connection: HTTPConnection, asked: Asked, actor: Actor) -> Asked:
        """Return the request with its document's text.

        Raises DocumentUnknown, DocumentRequired, TextByAddress, or BadRequest for a malformed id.
        """
        client = manner_of(connection).client
        if asked.document_id is None:
            await self._admit_text(connection, client, actor)
            return asked
        if not ID.fullmatch(asked.document_id):
            raise BadRequest(
                "documentId: tulis sha256: dan 64 angka heksadesimal kecil.",
                "documentId: write sha256: and 64 lower-case hexadecimal digits.",
                path=("documentId",),
            )
        registered = client if client in (await self._registry.snapshot()).strict else None
        note(connection, document=asked.document_id, client=registered)
        text = await self._registry.text(asked.document_id, registered)
        if text is None:
            raise DocumentUnknown(path=("documentId",), document=asked.document_id)
        return replace(asked, query=text)

    async def _admit_text(
        self, connection: HTTPConnection, client: str | None, actor: Actor
    ) -> None:
        by_browser = actor.via is Via.SESSION
        if by_browser and connection.scope.get("method") == "GET":
            raise TextByAddress(path=("query",))
        bound = by_browser and not self._embedded
        if client is None and not bound:
            return
        snapshot = await self._registry.snapshot()
        if client is not None and snapshot.strict.get(client, False):
            raise DocumentRequired(path=("query",), client=client)
        if bound and snapshot.binds_browsers:
            raise BrowserText(path=("query",))
