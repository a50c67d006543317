"""Exports."""

from __future__ import annotations

from datetime import datetime

import strawberry

from graphql_schema.cities.types import City
from graphql_schema.documents.types import Job
from graphql_schema.identity.types import Person
from graphql_schema.node import Node
from graphql_schema.reader.declaration import column, key, one, reads
from kotacerdas.language import Language
from tenants.exports import models


@reads(models.Export, "exp", description="A file of more rows than a page, made by a job.")
class Export(Node):
    """A file of more rows than a page; a finished one never changes, and is deleted one day."""

    id: strawberry.ID = key()
    city: City | None = one(
        "City", models.Export.tenant_id, "City of the rows; null for all cities."
    )
    kind: models.ExportKind = column(models.Export.kind, "Which rows it holds.")
    format: models.ExportFormat = column(models.Export.format, "How it is written.")
    language: Language = column(models.Export.language, "Language of headings and of words.")
    state: models.ExportState = column(models.Export.state, "Whether the file is there.")
    rows: int | None = column(models.Export.rows, "How many rows it has, once it is ready.")
    size_bytes: int | None = column(models.Export.size_bytes, "Size of the file.")
    hash: str | None = column(models.Export.hash, "SHA-256 of the file, hex.")
    failure: str | None = column(
        models.Export.failure, "Why there is no file and what to do, in the export's language."
    )
    expires_at: datetime = column(models.Export.expires_at, "When the file is deleted.")
    created_at: datetime = column(models.Export.created_at, "When it was asked for.")
    job: Job | None = one("Job", models.Export.job_id, "Work that makes it: progress, and cancel.")
    requested_by: Person = one("Person", models.Export.requested_by, "Who asked for it.")
