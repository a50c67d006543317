"""What a kind of workbook has to tell: its sheet, and the rules by which its rows are saved."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Permission
from kotacerdas.tenancy import TenantOwned
from tenants.workbooks.sheet import Origin, Sheet, Standing, Values, WorkbookKind


@dataclass(frozen=True)
class Subject:
    """A kind of workbook.

    `create` and `change` are the rules of the API: they raise DomainErrors whose paths `key_of`
    turns into the key of a column, or None for the row as a whole. `twin` is by what a new row is
    recognised as one that is there already; `unit` is the key of the column of its unit.
    """

    kind: WorkbookKind
    permission: Permission
    prefix: str
    model: type[TenantOwned]
    sheet: Callable[[Session, Origin], Sheet]
    create: Callable[[Session, Origin, Values], UUID]
    change: Callable[[Session, Standing, Values, Collection[str]], UUID]
    key_of: Callable[[tuple[str, ...], Values], str | None]
    twin: tuple[str, ...]
    unit: str
