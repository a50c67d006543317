"""Uploads."""

from __future__ import annotations

from datetime import datetime

import strawberry

from graphql_schema.cities.types import City
from graphql_schema.identity.types import Person
from graphql_schema.node import Node
from graphql_schema.reader.declaration import column, key, one, reads
from kotacerdas.uploads import models


@reads(models.Upload, "upl", description="A file that somebody sends; it is deleted one day.")
class Upload(Node):
    """A file that somebody sends: announced, sent by PUT, read by a job, never handed out again."""

    id: strawberry.ID = key()
    city: City = one("City", models.Upload.tenant_id, "City that it is for.")
    filename: str = column(models.Upload.filename, "Its name on the sender's machine.")
    size_bytes: int = column(models.Upload.size_bytes, "Its size, as announced.")
    state: models.UploadState = column(models.Upload.state, "Whether the file has come.")
    hash: str | None = column(models.Upload.hash, "SHA-256 of the file, hex, once it has come.")
    expires_at: datetime = column(models.Upload.expires_at, "When the file is deleted.")
    created_at: datetime = column(models.Upload.created_at, "When it was announced.")
    uploaded_by: Person = one("Person", models.Upload.uploaded_by, "Who sends it.")
