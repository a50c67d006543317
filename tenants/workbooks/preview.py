"""What a workbook would change: row by row, cell by cell, with what is wrong where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

import orjson

from kotacerdas.errors import DomainError
from tenants.workbooks.cells import Place


class RowAction(StrEnum):
    """What becomes of a row: REFUSED has faults, CONFLICT a cell that others changed as well."""

    CREATE = "create"
    CHANGE = "change"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class CellChange:
    """A cell that differs: `before` stands in the database, `after` in the workbook."""

    cell: str
    key: str
    before: str
    after: str
    conflict: bool = False


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a cell or with a row, in both languages."""

    cell: str
    key: str
    code: str
    id: str
    en: str

    @classmethod
    def of(cls, place: Place, key: str, error: DomainError) -> CellFault:
        """Tell a refusal at its cell."""
        return cls(str(place), key, error.code, error.text("id"), error.text("en"))


@dataclass
class RowPreview:
    """One row of a workbook; `number` is Excel's, `row_id` that of the stored row, if one.
    `unit_id` is whose row it is."""

    number: int
    action: RowAction
    name: str
    row_id: UUID | None = None
    unit_id: UUID | None = None
    changes: list[CellChange] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """What becomes of all rows."""

    rows: Sequence[RowPreview]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each action."""
        found = Counter(row.action for row in self.rows)
        return {action.value: found[action] for action in RowAction}

    @property
    def applicable(self) -> bool:
        """Whether nothing stands in the way."""
        return not any(row.action in (RowAction.REFUSED, RowAction.CONFLICT) for row in self.rows)

    @property
    def hash(self) -> str:
        """SHA-256 of all that it tells: who agrees to it agrees to exactly this."""
        return sha256(orjson.dumps(list(self.rows), option=orjson.OPT_SORT_KEYS)).hexdigest()
