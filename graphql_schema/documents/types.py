"""Documents and background jobs."""

from __future__ import annotations

from datetime import datetime

import strawberry

from graphql_schema.cities.types import City
from graphql_schema.identity.types import Person
from graphql_schema.masterplan.types import MasterplanVersion
from graphql_schema.node import Node
from graphql_schema.reader.declaration import column, key, one, reads
from kotacerdas.jobs import models as jobs
from kotacerdas.language import Language
from tenants.documents import models as rows


@reads(jobs.Job, "job", description="A piece of background work.")
class Job(Node):
    """A piece of background work: poll it until its state is final."""

    id: strawberry.ID = key()
    city: City | None = one(
        "City", jobs.Job.tenant_id, "City that it is done for; null for the platform's own."
    )
    kind: str = column(jobs.Job.kind, "Kind, e.g. documents.render.")
    state: jobs.JobState = column(jobs.Job.state, "Where it stands.")
    step: str | None = column(
        jobs.Job.step,
        "Step under way; a book's are data, layout, checks, store-ready, store, in this order, and"
        " an export's rows, store.",
    )
    progress: int | None = column(
        jobs.Job.progress, "Percent of the step that is done; null where nobody can tell."
    )
    attempts: int = column(jobs.Job.attempts, "Attempts so far.")
    cancel_requested: bool = column(jobs.Job.cancel_requested, "Whether it was asked to stop.")
    error: str | None = column(jobs.Job.error, "What went wrong at the last attempt.")
    available_at: datetime = column(jobs.Job.available_at, "Not before this moment.")
    created_at: datetime = column(jobs.Job.created_at, "When it was asked for.")
    finished_at: datetime | None = column(jobs.Job.finished_at, "When it ended.")


@reads(rows.Document, "doc", description="A file made of a frozen masterplan.")
class Document(Node):
    """A file made of a frozen masterplan; a finished one never changes."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Document.tenant_id, "City whose plan it shows.")
    kind: rows.DocumentKind = column(rows.Document.kind, "What it is.")
    books: list[int] = column(rows.Document.books, "Numbers of the books in it, in order.")
    language: Language = column(rows.Document.language, "Language of its headings.")
    state: rows.DocumentState = column(rows.Document.state, "Whether the file is there.")
    hash: str | None = column(rows.Document.hash, "SHA-256 of the file, hex.")
    size_bytes: int | None = column(rows.Document.size_bytes, "Size of the file.")
    pages: int | None = column(rows.Document.pages, "Number of pages.")
    warnings: list[str] = column(rows.Document.warnings, "What could not be printed as written.")
    failure: str | None = column(rows.Document.failure, "Why there is no file.")
    created_at: datetime = column(rows.Document.created_at, "When it was asked for.")
    version: MasterplanVersion = one(
        "MasterplanVersion", rows.Document.masterplan_version_id, "Frozen version it shows."
    )
    job: Job | None = one("Job", rows.Document.job_id, "Work that makes it.")
    requested_by: Person = one("Person", rows.Document.requested_by, "Who asked for it.")
