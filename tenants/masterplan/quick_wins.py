"""How many quick wins a plan has, by the rule of its edition: in all, or in each pillar."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from tenants.cities.editions import pillars_of
from tenants.editions.rules import QuickWinRule
from tenants.masterplan.models import Masterplan, Programme

WHOLE = ("masterplan", "the masterplan")


class QuickWinsTooMany(DomainError):
    """More quick wins than the edition allows."""

    code = "QUICK_WINS_TOO_MANY"
    id = (
        "Quick win di {scope_id} menjadi {count}; paling banyak {maximum} menurut panduan."
        " Hapus tanda quick win pada program lain dahulu."
    )
    en = (
        "That makes {count} quick wins in {scope_en}; the guide allows {maximum} at most."
        " Unmark another one first."
    )


class QuickWinsTooFew(DomainError):
    """Fewer quick wins than the edition asks for."""

    code = "QUICK_WINS_TOO_FEW"
    id = (
        "Baru ada {count} quick win di {scope_id}; paling sedikit {minimum} menurut panduan."
        " Pilih program yang selesai dalam {first_years} tahun pertama, lalu tandai."
    )
    en = (
        "There are only {count} quick wins in {scope_en}; the guide asks for {minimum} at least."
        " Choose programmes that end within the first {first_years} years and mark them."
    )


def refuse_one_more(
    session: Session,
    plan: Masterplan,
    rule: QuickWinRule,
    dimension_id: UUID,
) -> None:
    """Raise QuickWinsTooMany unless one more quick win fits; the plan must be locked."""
    if rule.maximum is None:
        return
    counts = _counts(session, plan)
    count = counts.get(dimension_id, 0) if rule.per_dimension else sum(counts.values())
    if count >= rule.maximum:
        pillar = pillars_of(session, plan.participation_id)[dimension_id]
        names = (pillar.name, pillar.name_en) if rule.per_dimension else WHOLE
        raise _too_many(rule, names, count + 1, ("isQuickWin",))


def faults(session: Session, plan: Masterplan, rule: QuickWinRule) -> Iterator[DomainError]:
    """Yield where the plan has too few or too many."""
    if rule.minimum is None and rule.maximum is None:
        return
    counts = _counts(session, plan)
    if not rule.per_dimension:
        yield from _bounds(rule, WHOLE, sum(counts.values()), ("quickWins",))
        return
    for pillar in pillars_of(session, plan.participation_id).values():
        path = ("dimensions", pillar.code, "quickWins")
        names = (pillar.name, pillar.name_en)
        yield from _bounds(rule, names, counts.get(pillar.id, 0), path)


def _bounds(
    rule: QuickWinRule, names: tuple[str, str], count: int, path: tuple[str, ...]
) -> Iterator[DomainError]:
    if rule.minimum is not None and count < rule.minimum:
        yield QuickWinsTooFew(
            path=path,
            scope_id=names[0],
            scope_en=names[1],
            count=count,
            minimum=rule.minimum,
            first_years=rule.first_years,
        )
    if rule.maximum is not None and count > rule.maximum:
        yield _too_many(rule, names, count, path)


def _too_many(
    rule: QuickWinRule, names: tuple[str, str], count: int, path: tuple[str, ...]
) -> QuickWinsTooMany:
    return QuickWinsTooMany(
        path=path, scope_id=names[0], scope_en=names[1], count=count, maximum=rule.maximum
    )


def _counts(session: Session, plan: Masterplan) -> dict[UUID, int]:
    wins = (
        select(Programme.dimension_id, func.count())
        .where(Programme.tenant_id == plan.tenant_id, Programme.masterplan_id == plan.id)
        .where(Programme.is_quick_win)
        .group_by(Programme.dimension_id)
    )
    return dict(session.execute(wins).all())
