"""Workbooks that are brought in, and what they would change."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry
from sqlalchemy import Boolean, Text

from graphql_schema.cities.lazy import LazyCity, LazyParticipation
from graphql_schema.documents.types import Job
from graphql_schema.identity.types import Person
from graphql_schema.lists import WORKBOOK_ROWS
from graphql_schema.node import Node
from graphql_schema.reader.declaration import children, column, key, listed, many, one, reads
from graphql_schema.reader.documents import entries
from graphql_schema.reader.paging import Connection
from graphql_schema.uploads.types import Upload
from kotacerdas.language import Language
from tenants.workbooks import models
from tenants.workbooks.preview import RowAction
from tenants.workbooks.sheet import WorkbookKind

LazyWorkbook = Annotated["WorkbookImport", strawberry.lazy("graphql_schema.workbooks.types")]
CELL = {"cell": (("cell",), Text()), "key": (("key",), Text())}
CHANGES = entries(
    "told",
    ("changes",),
    **CELL,
    before=(("before",), Text()),
    after=(("after",), Text()),
    conflict=(("conflict",), Boolean()),
)
FAULTS = entries(
    "told",
    ("faults",),
    **CELL,
    code=(("code",), Text()),
    message=(("id",), Text()),
    message_en=(("en",), Text()),
)


@reads(models.WorkbookRow, description="A cell of a workbook that differs from what is stored.")
class WorkbookChange:
    """A cell of a workbook that differs from what is stored."""

    cell: str = column("cell", "Where: `Program!F12`.")
    key: str = column("key", "Key of its column, such as `budget:2024:apbd`.")
    before: str = column("before", "What is stored, in the workbook's words; empty for nothing.")
    after: str = column("after", "What the workbook says.")
    conflict: bool = column(
        "conflict", "Whether somebody else has changed it too since the download."
    )


@reads(models.WorkbookRow, description="What is wrong with a cell of a workbook.")
class WorkbookFault:
    """What is wrong with a cell of a workbook."""

    cell: str = column("cell", "Where: `Program!F12`.")
    key: str = column("key", "Key of its column; `id` for the row as a whole.")
    code: str = column("code", "Stable code, one of ErrorCode.")
    message: str = column("message", "What is wrong and what to do next, in Indonesian.")
    message_en: str = column("message_en", "The same in English.")


@reads(models.WorkbookRow, "wbr", description="What becomes of a row of a workbook.")
class WorkbookRow(Node):
    """What becomes of a row of a workbook."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", models.WorkbookRow.tenant_id, "City that it is of.")
    workbook: LazyWorkbook = one(
        "WorkbookImport", models.WorkbookRow.import_id, "Workbook that it is a row of."
    )
    number: int = column(models.WorkbookRow.number, "Number of the row in the workbook, from 1.")
    action: RowAction = column(models.WorkbookRow.action, "What becomes of it.")
    name: str = column(models.WorkbookRow.name, "Name of its programme or innovation.")
    stored_id: strawberry.ID | None = column(
        models.WorkbookRow.row_id, "Id of the programme or innovation, if it is stored."
    )
    changes: list[WorkbookChange] = listed("WorkbookChange", CHANGES, "Cells that differ.")
    faults: list[WorkbookFault] = listed("WorkbookFault", FAULTS, "All that is wrong with it.")


@reads(models.WorkbookImport, "wbk", description="A workbook that somebody brings in.")
class WorkbookImport(Node):
    """A workbook that somebody brings in: read, previewed, agreed to, saved as a whole."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", models.WorkbookImport.tenant_id, "City that it is of.")
    upload: Upload = one("Upload", models.WorkbookImport.upload_id, "Its file.")
    state: models.ImportState = column(models.WorkbookImport.state, "Where it stands.")
    kind: WorkbookKind | None = column(
        models.WorkbookImport.kind, "What its rows are, once it is read."
    )
    participation: LazyParticipation | None = one(
        "Participation", models.WorkbookImport.participation_id, "Whose rows, once it is read."
    )
    preview_hash: str | None = column(
        models.WorkbookImport.preview_hash, "Names the preview; `workbookApply` agrees to it."
    )
    creates: int = column(models.WorkbookImport.creates, "Rows that are new.")
    changes: int = column(models.WorkbookImport.changes, "Rows that change.")
    unchanged: int = column(models.WorkbookImport.unchanged, "Rows that stay as they are.")
    conflicts: int = column(
        models.WorkbookImport.conflicts, "Rows with a cell that others changed too."
    )
    refused: int = column(models.WorkbookImport.refused, "Rows with faults.")
    failure_code: str | None = column(
        models.WorkbookImport.failure_code, "Why it was not read or not saved; one of ErrorCode."
    )
    failure: str | None = column(
        models.WorkbookImport.failure, "The same in words, with what to do next."
    )
    language: Language = column(models.WorkbookImport.language, "Language of `failure`.")
    saved_at: datetime | None = column(models.WorkbookImport.saved_at, "When it was saved.")
    created_at: datetime = column(models.WorkbookImport.created_at, "When it was brought in.")
    job: Job | None = one("Job", models.WorkbookImport.job_id, "Work on it: reading, then saving.")
    requested_by: Person = one("Person", models.WorkbookImport.requested_by, "Who brings it in.")
    rows: Connection[WorkbookRow] = many(
        "WorkbookRow",
        WORKBOOK_ROWS,
        children(models.WorkbookRow.import_id),
        "Its filled rows, in the workbook's order.",
    )
