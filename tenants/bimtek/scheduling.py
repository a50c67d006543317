"""Sessions on the calendar: the ministry schedules, moves and cancels; either side holds them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, permitted, require
from kotacerdas.rows import locked, unique
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.values import collect, line_value, refuse, text_value
from tenants.bimtek.attendance import absent_units
from tenants.bimtek.models import Workshop, WorkshopMode, WorkshopOutput, WorkshopState
from tenants.bimtek.moments import moment, span_faults
from tenants.bimtek.telling import tell_absent, tell_city
from tenants.cities.commitments import open_participation
from tenants.cities.editions import edition_of
from tenants.editions.rules import BimtekStage, rules_of
from tenants.notifications.models import NotificationKind


class WorkshopOrdinalUnknown(DomainError):
    """The guide edition tells how many sessions there are."""

    code = "WORKSHOP_ORDINAL_UNKNOWN"
    id = "Panduan angkatan ini tidak mempunyai bimtek ke-{ordinal}. Pilih salah satu: {choices}."
    en = "This cohort's guide has no bimtek {ordinal}. Choose one of: {choices}."


class WorkshopScheduled(DomainError):
    """A session stands once of each ordinal."""

    code = "WORKSHOP_SCHEDULED"
    id = "Bimtek ke-{ordinal} sudah dijadwalkan. Pindahkan atau batalkan jadwal yang ada."
    en = "Bimtek {ordinal} is scheduled already. Move or cancel the session that is there."


class WorkshopWrongState(WrongState):
    """The session has been held or cancelled."""

    code = "WORKSHOP_WRONG_STATE"
    id = "Bimtek ke-{ordinal} sudah {state_id}. Jadwalkan sesi baru bila masih diperlukan."
    en = "Bimtek {ordinal} is {state_en} already. Schedule a new session if one is still needed."


class WorkshopAhead(WrongState):
    """A session cannot have been held before it began."""

    code = "WORKSHOP_AHEAD"
    id = "Bimtek ke-{ordinal} belum dimulai. Catat pelaksanaannya setelah sesi dimulai."
    en = "Bimtek {ordinal} has not begun. Record that it was held once it has."


STATES = {
    WorkshopState.PLANNED: ("dijadwalkan", "planned"),
    WorkshopState.HELD: ("dilaksanakan", "held"),
    WorkshopState.CANCELLED: ("dibatalkan", "cancelled"),
}


def schedule(
    session: Session,
    participation_id: UUID,
    *,
    ordinal: int,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    mode: WorkshopMode,
    opener: str = "",
    idempotency_key: str | None = None,
) -> Workshop:
    """Put a session on the calendar and tell the city's people; its outputs become due.

    Raises NotFound, ParticipationClosed, WorkshopOrdinalUnknown, WorkshopScheduled, or Invalid for
    each field.
    """
    require(session, Permission.WORKSHOP_MANAGE)
    given = {"starts_at": starts_at, "ends_at": ends_at, "place": place, "opener": opener}
    request = {"do": "workshop.schedule", "of": participation_id, "ordinal": ordinal, **given}

    def create() -> UUID:
        participation = open_participation(session, participation_id)
        values = session_values(given) | {"ordinal": ordinal, "mode": mode}
        stage = _stage(session, participation.id, ordinal)
        row = _insert(session, participation.id, values)
        _open_outputs(session, participation.id, stage)
        tell_city(session, NotificationKind.WORKSHOP_SCHEDULED, row)
        return row.id

    return locked(session, Workshop, once(session, idempotency_key, request, create))


def _insert(session: Session, participation_id: UUID, values: dict[str, Any]) -> Workshop:
    facts = {"participation_id": participation_id, "state": WorkshopState.PLANNED, **values}
    row = Workshop(tenant_id=tenant_of(session), id=uuid7(), **facts)
    with unique(session, WorkshopScheduled(path=("ordinal",), ordinal=row.ordinal)):
        session.add(row)
    audit.record(session, "workshop.schedule", "workshop", row.id, after=facts)
    return row


def move(
    session: Session,
    workshop_id: UUID,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    mode: WorkshopMode,
    expected_version: int,
) -> Workshop:
    """Move a planned session to another time or place and tell the city's people.

    Raises NotFound, StaleVersion, WorkshopWrongState, or Invalid for each field.
    """
    require(session, Permission.WORKSHOP_MANAGE)
    row = _planned(session, workshop_id, expected_version)
    values = session_values({"starts_at": starts_at, "ends_at": ends_at, "place": place})
    before = {name: getattr(row, name) for name in (*values, "mode")}
    former = row.starts_at
    for name, value in values.items():
        setattr(row, name, value)
    row.mode = mode
    after = {**values, "mode": mode}
    audit.record(session, "workshop.move", "workshop", row.id, before=before, after=after)
    tell_city(
        session, NotificationKind.WORKSHOP_MOVED, row, former_at=former.astimezone(UTC).isoformat()
    )
    return row


def cancel(session: Session, workshop_id: UUID, *, reason: str, expected_version: int) -> Workshop:
    """Call a planned session off, with a reason that the city's people are told.

    Raises NotFound, StaleVersion, WorkshopWrongState, or Invalid for the reason.
    """
    require(session, Permission.WORKSHOP_MANAGE)
    row = _planned(session, workshop_id, expected_version)
    words = text_value(reason, path=("reason",), required=True)
    row.state, row.reason = WorkshopState.CANCELLED, words
    audit.record(session, "workshop.cancel", "workshop", row.id, after={"reason": words})
    tell_city(session, NotificationKind.WORKSHOP_CANCELLED, row, reason=words)
    return row


def hold(session: Session, workshop_id: UUID, *, expected_version: int) -> Workshop:
    """Note that a session took place; heads of departments without anybody present are told.

    Raises NotFound, StaleVersion, WorkshopWrongState or WorkshopAhead.
    """
    require_either(session)
    row = _planned(session, workshop_id, expected_version)
    if row.starts_at > datetime.now(UTC):
        raise WorkshopAhead(ordinal=row.ordinal)
    row.state = WorkshopState.HELD
    absent = absent_units(session, row.id)
    after = {"state": row.state, "absent": [unit.short_name for unit in absent]}
    audit.record(session, "workshop.hold", "workshop", row.id, after=after)
    for unit in absent:
        tell_absent(session, row, unit.id, unit.name)
    return row


def require_either(session: Session) -> None:
    """The ministry and the city both keep a session's records."""
    if not permitted(scope_of(session), Permission.WORKSHOP_MANAGE):
        require(session, Permission.WORKSHOP_RECORD)


def _planned(session: Session, workshop_id: UUID, expected_version: int) -> Workshop:
    row = locked(session, Workshop, workshop_id, expected_version=expected_version)
    if row.state is not WorkshopState.PLANNED:
        state_id, state_en = STATES[row.state]
        raise WorkshopWrongState(ordinal=row.ordinal, state_id=state_id, state_en=state_en)
    return row


def _stage(session: Session, participation_id: UUID, ordinal: int) -> BimtekStage:
    rules = rules_of(edition_of(session, participation_id))
    stage = rules.stage(ordinal)
    if stage is None:
        choices = ", ".join(str(each.ordinal) for each in rules.bimtek) or "–"
        raise WorkshopOrdinalUnknown(path=("ordinal",), ordinal=ordinal, choices=choices)
    return stage


def _open_outputs(session: Session, participation_id: UUID, stage: BimtekStage) -> None:
    """Enter what the stage must leave, once however often its session is scheduled."""
    known = session.scalars(
        select(WorkshopOutput.code).where(
            WorkshopOutput.tenant_id == tenant_of(session),
            WorkshopOutput.participation_id == participation_id,
            WorkshopOutput.ordinal == stage.ordinal,
        )
    ).all()
    for output in stage.outputs:
        if output.code not in known:
            session.add(
                WorkshopOutput(
                    tenant_id=tenant_of(session),
                    participation_id=participation_id,
                    ordinal=stage.ordinal,
                    code=output.code,
                    name=output.name.id,
                    name_en=output.name.en,
                )
            )


def session_values(given: dict[str, Any]) -> dict[str, Any]:
    """Return a session's times in UTC and its checked texts; all faults are raised together."""
    checks = {
        "starts_at": lambda: moment(given["starts_at"], path=("startsAt",)),
        "ends_at": lambda: moment(given["ends_at"], path=("endsAt",)),
        "place": lambda: line_value(given["place"], path=("place",), required=True),
        "opener": lambda: line_value(given["opener"], path=("opener",)),
    }
    values = collect({name: check for name, check in checks.items() if name in given})
    refuse(span_faults(values["starts_at"], values["ends_at"]))
    return values
