"""What the stage of mentoring finds missing among sessions and their outputs."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Role
from tenants.bimtek.models import OutputState, Workshop, WorkshopOutput, WorkshopState
from tenants.cities.editions import edition_of
from tenants.cities.missing import Missing
from tenants.cities.models import Participation
from tenants.editions.rules import rules_of


class WorkshopNotHeld(DomainError):
    """Mentoring is over when every session of the guide has been held."""

    code = "WORKSHOP_NOT_HELD"
    id = "Bimtek ke-{ordinal} belum dilaksanakan. {next_id}"
    en = "Bimtek {ordinal} has not been held. {next_en}"


class OutputNotDelivered(DomainError):
    """Mentoring is over when every required output has been delivered."""

    code = "OUTPUT_NOT_DELIVERED"
    id = "Keluaran bimtek ke-{ordinal} belum diserahkan: {name_id}. Serahkan keluaran itu."
    en = "The output of bimtek {ordinal} is not delivered: {name_en}. Deliver it."


SCHEDULE = ("Kementerian perlu menjadwalkannya.", "The ministry has to schedule it.")
HOLD = ("Catat pelaksanaannya setelah sesi selesai.", "Record that it was held once it is over.")


def missing_workshops(session: Session, row: Participation) -> list[Missing]:
    """Name every session of the guide that was not held, and every output that is still open."""
    stages = rules_of(edition_of(session, row.id)).bimtek
    states = _states(session, row)
    missing = [
        _not_held(stage.ordinal, states.get(stage.ordinal))
        for stage in stages
        if states.get(stage.ordinal) is not WorkshopState.HELD
    ]
    return missing + [
        Missing(
            OutputNotDelivered(
                path=("to",), ordinal=each.ordinal, name_id=each.name, name_en=each.name_en
            ),
            Role.CITY_ADMIN,
        )
        for each in _open_outputs(session, row)
    ]


def _not_held(ordinal: int, state: WorkshopState | None) -> Missing:
    (next_id, next_en), owner = (
        (SCHEDULE, Role.MINISTRY_ADMIN) if state is None else (HOLD, Role.CITY_ADMIN)
    )
    error = WorkshopNotHeld(path=("to",), ordinal=ordinal, next_id=next_id, next_en=next_en)
    return Missing(error, owner)


def _states(session: Session, row: Participation) -> dict[int, WorkshopState]:
    rows = select(Workshop.ordinal, Workshop.state).where(
        Workshop.tenant_id == row.tenant_id,
        Workshop.participation_id == row.id,
        Workshop.state != WorkshopState.CANCELLED,
    )
    return dict(session.execute(rows).all())


def _open_outputs(session: Session, row: Participation) -> list[WorkshopOutput]:
    rows = select(WorkshopOutput).where(
        WorkshopOutput.tenant_id == row.tenant_id,
        WorkshopOutput.participation_id == row.id,
        WorkshopOutput.state == OutputState.OPEN,
    )
    return list(session.scalars(rows.order_by(WorkshopOutput.ordinal, WorkshopOutput.code)))
