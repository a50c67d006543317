"""Many rows by one call: each by the rule of a single row, all together or each for itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.idempotency import check_key
from kotacerdas.pending import provisional

Item = TypeVar("Item")
MOST = 100
"""Rows of one call; what is more goes by several calls, or by a job."""


class OnError(StrEnum):
    """What a refused row means for the others."""

    REJECT_ALL = "reject_all"
    SKIP_INVALID = "skip_invalid"


class BulkEmpty(DomainError):
    """A call for many rows that names none."""

    code = "BULK_EMPTY"
    id = "Tidak ada baris yang dikirim. Kirim 1 sampai {most} baris."
    en = "No rows were sent. Send 1 to {most} rows."


class BulkTooLarge(DomainError):
    """More rows than one call takes."""

    code = "BULK_TOO_LARGE"
    id = "{count} baris dikirim; paling banyak {most} sekaligus. Bagi menjadi beberapa kiriman."
    en = "{count} rows were sent; at most {most} at once. Send them in several calls."


class BulkRejected(DomainError):
    """A row was refused and so none was changed; `outcomes` tell which and why."""

    code = "BULK_REJECTED"
    id = (
        "{refused} dari {count} baris ditolak, dan tidak ada yang disimpan. Perbaiki baris itu"
        " lalu kirim lagi semuanya, atau lewati yang ditolak (SKIP_INVALID)."
    )
    en = (
        "{refused} of {count} rows were refused, and nothing was saved. Correct these rows and"
        " send all again, or skip what is refused (SKIP_INVALID)."
    )

    def __init__(self, outcomes: list[Outcome]) -> None:
        self.outcomes = outcomes
        refused = sum(bool(outcome.errors) for outcome in outcomes)
        super().__init__(path=("items",), refused=refused, count=len(outcomes))


@dataclass(frozen=True)
class Outcome:
    """What came of one row: the id of what is stored, or the errors for which nothing was."""

    row_id: UUID | None
    errors: list[DomainError]


def each(
    session: Session,
    items: Sequence[Item],
    rule: Callable[[Session, Item], UUID],
    *,
    on_error: OnError,
    most: int = MOST,
) -> list[Outcome]:
    """Run `rule`, which returns the id of its row, on every item; outcomes in the items' order.

    A refused item leaves no trace. Raises BulkRejected where one is refused and `on_error` is
    REJECT_ALL, after all were tried: people see every fault at once. Raises BulkEmpty or
    BulkTooLarge before any is tried.
    """
    refuse_count(items, most=most)
    outcomes = [_attempt(session, item, rule) for item in items]
    if on_error is OnError.REJECT_ALL and any(outcome.errors for outcome in outcomes):
        raise BulkRejected(outcomes)
    return outcomes


def refuse_count(
    items: Sequence[object], *, most: int = MOST, path: tuple[str, ...] = ("items",)
) -> None:
    """Raise BulkEmpty for no rows, and BulkTooLarge for too many of them."""
    if not items:
        raise BulkEmpty(path=path, most=most)
    if len(items) > most:
        raise BulkTooLarge(path=path, count=len(items), most=most)


def key_of_row(key: str, index: int) -> str:
    """Return the idempotency key of one row of a call with `key`, so that each has one effect.

    Raises Invalid for a key without the form of one.
    """
    check_key(key)
    return f"{sha256(key.encode()).hexdigest()}.{index}"


def _attempt(session: Session, item: Item, rule: Callable[[Session, Item], UUID]) -> Outcome:
    try:
        with provisional(session):
            return Outcome(rule(session, item), [])
    except DomainErrors as several:
        return Outcome(None, several.errors)
    except DomainError as refusal:
        return Outcome(None, [refusal])
