"""A sheet as data: its columns, the rows that stand, and what it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from typing import Any
from uuid import UUID

from tenants.workbooks.kinds import Kind

FORMAT = 1
"""Rises when an older workbook can no longer be read."""
ROWS_MOST = 2_000
"""Rows of one workbook: all of them are one transaction."""
FINGERPRINT_BYTES = 6
Values = dict[str, Any]
"""A row's values by the keys of its columns."""


class WorkbookKind(StrEnum):
    """What the rows of a workbook are."""

    PROGRAMMES = "programmes"
    INNOVATIONS = "innovations"


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    `heading`, `hint` and `group` are in Indonesian and English. What is `fixed` cannot be changed
    by a workbook; what is `given` is not read from new rows either. `width` is in characters.
    """

    key: str
    heading: tuple[str, str]
    kind: Kind
    hint: tuple[str, str] = ("", "")
    group: tuple[str, str] = ("", "")
    width: int = 16
    fixed: bool = False
    given: bool = False


@dataclass(frozen=True)
class Standing:
    """A row that is stored: its values, and whether its state lets a workbook change it."""

    id: UUID
    version: int
    values: Values
    open: bool = True


@dataclass(frozen=True)
class Origin:
    """What a workbook belongs to: rows of one participation, and of one unit if it names one."""

    kind: WorkbookKind
    tenant_id: int
    participation_id: UUID
    unit_id: UUID | None = None


@dataclass(frozen=True)
class Sheet:
    """Everything that a workbook shows; `title` is in Indonesian and English."""

    origin: Origin
    title: tuple[str, str]
    name: tuple[str, str]
    columns: tuple[Column, ...]
    rows: tuple[Standing, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """The columns by their keys."""
        return {column.key: column for column in self.columns}

    @cached_property
    def by_id(self) -> Mapping[UUID, Standing]:
        """The rows that stand by their ids."""
        return {row.id: row for row in self.rows}


def fingerprint(column: Column, values: Values) -> str:
    """Return by what a value is recognised as the one that was downloaded."""
    text = column.kind.text(values[column.key])
    return blake2b(text.encode(), digest_size=FINGERPRINT_BYTES).hexdigest()
