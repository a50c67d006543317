"""Announcing a file: the answer tells where to send it."""

from __future__ import annotations

from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.context import Info
from graphql_schema.ids import CITY
from graphql_schema.mutating import Creation, Payload, changed, mutation, perform
from graphql_schema.uploads.types import Upload
from kotacerdas.uploads import actions


@strawberry.type
class UploadPayload(Payload):
    """An announced upload and where its file goes, or errors."""

    prefix = "upl"
    upload: Upload | None = changed()
    url: str | None = strawberry.field(
        default=None,
        description="Send the file here by PUT within some minutes, with the same credential; a"
        " browser adds the header X-Kota-Cerdas: 1.",
    )


@strawberry.input(description="A file that is about to be sent.")
class UploadCreateInput(Creation):
    """A file that is about to be sent."""

    city_id: strawberry.ID = strawberry.field(description="City that it is for.")
    filename: str = strawberry.field(description="Its name, ending in .xlsx.")
    size_bytes: int = strawberry.field(description="Its size; no more bytes are taken.")


@strawberry.type
class UploadMutations:
    """Announcing files."""

    @mutation(
        "Announce a file; the answer tells where to send it.",
        requires=actions.WRITERS,
    )
    async def upload_create(self, info: Info, input: UploadCreateInput) -> UploadPayload:
        """Announce an upload."""
        addresses: list[str] = []
        settings = info.context.settings

        def begin(session: Session, _key: UUID) -> UUID:
            upload = actions.begin(
                session,
                settings,
                filename=input.filename,
                size_bytes=input.size_bytes,
                idempotency_key=input.idempotency_key,
            )
            addresses.append(actions.address(settings, upload))
            return upload.id

        payload = await perform(info, UploadPayload, input.city_id, CITY, begin, named="cityId")
        payload.url = next(iter(addresses), None)
        return payload
