"""What follows an edition: cohorts, and rounds of the yearly evaluation."""

from __future__ import annotations

from sqlalchemy import Integer, Text, column, func, select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, WrongState
from tenants.editions.models import EditionState, GuideEdition

KINDS = {"cohort": ("angkatan", "cohort"), "round": ("evaluasi", "evaluation")}
STATES = {
    EditionState.DRAFT: ("masih draf", "a draft"),
    EditionState.ACTIVE: ("aktif", "active"),
    EditionState.RETIRED: ("sudah dihentikan", "retired"),
}


class EditionInUse(WrongState):
    """Cohorts or evaluations follow the edition: what they were given must stay."""

    code = "EDITION_IN_USE"
    id = "Edisi ini dipakai {uses_id} dan tidak berubah lagi. Salin, lalu ubah salinannya."
    en = "This edition is followed by {uses_en}: it cannot change. Copy it and change the copy."


class EditionNotActive(DomainError):
    """Cohorts and evaluations follow an edition that is complete and not retired."""

    code = "EDITION_NOT_ACTIVE"
    id = "Edisi {code} {state_id}. Aktifkan dahulu, atau pilih edisi lain."
    en = "The edition {code} is {state_en}. Activate it first, or choose another one."


def refuse_used(session: Session, row: GuideEdition) -> None:
    """Raise EditionInUse, which names who follows the edition, where anybody does.

    The database asks the same function before it lets a row be changed.
    """
    uses = func.app.edition_uses(row.id).table_valued(
        column("kind", Text), column("year", Integer), name="uses"
    )
    found = session.execute(select(uses.c.kind, uses.c.year)).all()
    if found:
        raise EditionInUse(
            uses_id=", ".join(f"{KINDS[kind][0]} {year}" for kind, year in found),
            uses_en=", ".join(f"{KINDS[kind][1]} {year}" for kind, year in found),
        )


def refuse_inactive(row: GuideEdition, *, path: tuple[str, ...], retired_too: bool = True) -> None:
    """Raise EditionNotActive for a draft, and for a retired edition unless that is let pass."""
    if row.state is EditionState.ACTIVE:
        return
    if row.state is EditionState.RETIRED and not retired_too:
        return
    state_id, state_en = STATES[row.state]
    raise EditionNotActive(path=path, code=row.code, state_id=state_id, state_en=state_en)
