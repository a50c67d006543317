"""A demo city's participation: the steps of 2022 with their papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Permission
from kotacerdas.scope import tenant_of
from tenants.cities.commitments import paper_of, record_commitment
from tenants.cities.deadlines import set_deadline
from tenants.cities.models import (
    CommitmentKind,
    Participation,
    ParticipationStep,
    SignatoryParty,
    SignatureKind,
)
from tenants.cities.participation import invite
from tenants.cities.signatures import Signatory, sign, standing
from tenants.cities.workflow import STEPS, Stage
from tenants.demo.cast import MINISTRY_ADMIN, Cast
from tenants.demo.files import events
from tenants.demo.instituting import institute
from tenants.demo.mentoring import mentor
from tenants.demo.settlement import Settled
from tenants.editions.models import Cohort
from tenants.process.advancing import advance

UNDATED = "Tanggal sebenarnya tidak diumumkan; yang pasti tidak sesudah tanggal ini."
SESSIONS = "Hari bimtek kedua dan ketiga serta keluarannya contoh."
EXAMPLE = "Nomor dan tanggal keputusan serta anggotanya contoh."


@dataclass(frozen=True)
class DemoStep:
    """A step on the day of a public event; numbers of letters are examples."""

    to: Stage
    event: str
    number: str | None = None
    note: str | None = None


WAY = (
    DemoStep(Stage.ASSESSED, "assessment", note=UNDATED),
    DemoStep(Stage.SELECTED, "assessment", "CONTOH-1/2022", UNDATED),
    DemoStep(Stage.COMMITTED, "memorandum"),
    DemoStep(Stage.INSTITUTED, "bimtek-1", note=EXAMPLE),
    DemoStep(Stage.MENTORED, "commitment", note=SESSIONS),
)

PARTIES = {
    CommitmentKind.MEMORANDUM: "Kementerian Komunikasi dan Informatika; Pemerintah {city}",
    CommitmentKind.COMMITMENT_SHEET: "Wali Kota; Wakil Wali Kota; Ketua DPRD; semua kepala {label}",
}


def take_part(cast: Cast, city: Settled, *, until: Stage) -> UUID:
    """Invite the city and lead it to a stage; returns the participation's id."""
    year = city.content.facts["cohort_year"]
    with cast.acting(MINISTRY_ADMIN, city.tenant_id, quiet=True) as session:
        row = _known(session, year)
        if row is None:
            row = invite(session, cohort_year=year, occurred_on=_day("assessment"))
    for step in WAY:
        if step.to is Stage.COMMITTED:
            _sign(cast, city, row.id, CommitmentKind.MEMORANDUM, "memorandum")
        if step.to is Stage.INSTITUTED:
            institute(cast, city, _day(step.event))
        if step.to is Stage.MENTORED and not _is_at(cast, city, row.id, Stage.MENTORED):
            mentor(cast, city, row.id)
        _take(cast, city, row.id, step)
        if step.to is until:
            break
    return row.id


def promise(cast: Cast, city: Settled, participation_id: UUID) -> None:
    """Record the commitment sheet and the date by which the masterplan was due."""
    _sign(cast, city, participation_id, CommitmentKind.COMMITMENT_SHEET, "commitment")
    _sign_all(cast, city, participation_id)
    target, zone = events()["target"], ZoneInfo(city.content.facts["zone"])
    with cast.acting(city.content.email("admin"), city.tenant_id) as session:
        set_deadline(
            session,
            participation_id,
            name=target["name"]["id"],
            due_at=datetime.combine(_day("target"), time(23, 59), zone),
            idempotency_key="demo:target",
        )


def _take(cast: Cast, city: Settled, participation_id: UUID, step: DemoStep) -> None:
    national = STEPS[step.to].permission is Permission.COHORT_MANAGE
    who = MINISTRY_ADMIN if national else city.content.email("admin")
    with cast.acting(who, city.tenant_id, quiet=True) as session:
        if _taken(session, participation_id, step.to):
            return
        row = session.get_one(Participation, (city.tenant_id, participation_id))
        advance(
            session,
            participation_id,
            to=step.to,
            occurred_on=_day(step.event),
            expected_version=row.version,
            document_number=step.number,
            note=step.note,
        )


def _sign(
    cast: Cast, city: Settled, participation_id: UUID, kind: CommitmentKind, event: str
) -> None:
    facts = city.content.facts
    with cast.acting(city.content.email("admin"), city.tenant_id) as session:
        if paper_of(session, participation_id, kind) is not None:
            return
        record_commitment(
            session,
            participation_id,
            kind=kind,
            number=f"CONTOH-{kind.value}/2022",
            signed_on=_day(event),
            place=events()[event]["place"],
            parties=PARTIES[kind].format(city=facts["name"], label=facts["unit_label"]),
            signature=SignatureKind.SCANNED,
        )


def _sign_all(cast: Cast, city: Settled, participation_id: UUID) -> None:
    """Let the city's leaders and the heads of all departments sign the commitment sheet."""
    leaders = [
        (SignatoryParty.REGION_HEAD, "Wali Kota"),
        (SignatoryParty.DEPUTY_HEAD, "Wakil Wali Kota"),
        (SignatoryParty.LEGISLATURE, "Ketua DPRD"),
    ]
    lines = [Signatory(party, office, office) for party, office in leaders]
    for unit in city.content.units:
        office, unit_id = f"Kepala {unit['name']}", city.units[unit["short_name"]]
        lines.append(Signatory(SignatoryParty.UNIT_HEAD, office, office, unit_id=unit_id))
    with cast.acting(city.content.email("admin"), city.tenant_id) as session:
        sheet = paper_of(session, participation_id, CommitmentKind.COMMITMENT_SHEET)
        if sheet is not None and not standing(session, sheet.id):
            sign(session, sheet.id, signatories=lines, expected_version=sheet.version)


def _known(session: Session, year: int) -> Participation | None:
    mine = Participation.tenant_id == tenant_of(session)
    cohort = select(Cohort.id).where(Cohort.year == year).scalar_subquery()
    return session.scalar(select(Participation).where(mine, Participation.cohort_id == cohort))


def _is_at(cast: Cast, city: Settled, participation_id: UUID, stage: Stage) -> bool:
    with cast.acting(city.content.email("admin"), city.tenant_id) as session:
        return _taken(session, participation_id, stage)


def _taken(session: Session, participation_id: UUID, stage: Stage) -> bool:
    step = exists().where(
        ParticipationStep.tenant_id == tenant_of(session),
        ParticipationStep.participation_id == participation_id,
        ParticipationStep.stage == stage,
    )
    return bool(session.scalar(select(step)))


def _day(event: str) -> date:
    return date.fromisoformat(events()[event]["date"])
