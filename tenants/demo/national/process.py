"""A participation with its steps, papers, bodies, regulations and deadlines."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kotacerdas.identity.policy import Role
from tenants.cities.models import (
    Commitment,
    CommitmentKind,
    CommitmentSignature,
    Deadline,
    Participation,
    ParticipationMode,
    ParticipationStep,
    SignatoryParty,
    SignatureKind,
)
from tenants.cities.workflow import CLOSED, STEPS, Stage
from tenants.demo.national.calendar import Way
from tenants.demo.national.drawing import Seat
from tenants.demo.national.nation import Place, Year
from tenants.demo.national.people import Staff, give_role
from tenants.demo.national.rows import Rows, moment
from tenants.experts.models import Assignment, ExpertPart
from tenants.institutions.models import Regulation, RegulationKind, RegulationSubject

DRAWN = "Contoh: daerah ini diundi untuk demo; daftar peserta angkatan tidak diumumkan lengkap."
NAMED = "Contoh: keikutsertaan diumumkan, tetapi tanggal dan isinya dibuat untuk demo."
DUE = (date(2026, 10, 30), date(2026, 12, 18))
"""Of the open participations: the first is overdue when this demo was written."""


def participate(rows: Rows, seat: Seat, year: Year, way: Way) -> UUID:
    """Add the participation and its steps."""
    facts = {"mode": ParticipationMode.INVITATION, "created_at": moment(way.day(Stage.INVITED))}
    participation_id = rows.new(Participation, cohort_id=year.id, stage=seat.stage, **facts)
    for stage, day in way.steps:
        number = f"CONTOH-{seat.region_code}/{seat.year}" if STEPS[stage].document else None
        rows.new(
            ParticipationStep,
            participation_id=participation_id,
            stage=stage,
            occurred_on=day,
            document_number=number,
            note=DRAWN if seat.drawn else NAMED,
            person_id=None,
        )
    return participation_id


def commit(rows: Rows, way: Way, participation_id: UUID, place: Place, staff: Staff) -> None:
    """Add the memorandum, and the commitment sheet that all heads have signed."""
    ministry, city = "Kementerian Komunikasi dan Informatika", f"Pemerintah {place.name}"
    heads = f"{place.head}; semua kepala perangkat daerah"
    if way.reached(Stage.COMMITTED):
        memorandum, day = CommitmentKind.MEMORANDUM, way.day(Stage.COMMITTED)
        paper = _paper(rows, participation_id, memorandum, day, f"{ministry}; {city}")
        _sign(rows, paper, SignatoryParty.MINISTRY, "Direktur Jenderal Aptika", day)
        _sign(rows, paper, SignatoryParty.REGION_HEAD, place.head, day)
    if way.reached(Stage.PRESENTED):
        sheet, day = CommitmentKind.COMMITMENT_SHEET, way.sessions[-1]
        paper = _paper(rows, participation_id, sheet, day, heads)
        _sign(rows, paper, SignatoryParty.REGION_HEAD, place.head, day)
        for office in staff.offices:
            head = f"Kepala {office.name}"
            _sign(rows, paper, SignatoryParty.UNIT_HEAD, head, day, office.id)


def regulate(rows: Rows, way: Way, participation_id: UUID, place: Place) -> UUID | None:
    """Add the regulation that adopts the masterplan, once it was adopted."""
    if not way.reached(Stage.ADOPTED):
        return None
    kota = place.kind.startswith("KOTA")
    return rows.new(
        Regulation,
        kind=RegulationKind.PERWALI if kota else RegulationKind.PERBUP,
        number=f"CONTOH-{way.year}",
        year=way.year,
        title=f"Masterplan Kota Cerdas {place.name} (contoh)",
        signed_on=way.day(Stage.ADOPTED),
        subject=RegulationSubject.MASTERPLAN,
        institution_id=None,
        participation_id=participation_id,
    )


def guide(rows: Rows, seat: Seat, way: Way, participation_id: UUID, expert: UUID) -> None:
    """Assign the mentor, for good while the participation is open, and set what is due."""
    is_open = seat.stage not in CLOSED
    if way.reached(Stage.SELECTED):
        rows.new(
            Assignment,
            person_id=expert,
            part=ExpertPart.MENTOR,
            cycle=seat.year,
            started_at=moment(way.day(Stage.SELECTED)),
            ended_at=None if is_open else moment(way.steps[-1][1], hour=9),
            handover="",
        )
    if is_open:
        if way.reached(Stage.SELECTED):
            give_role(rows, expert, Role.EXPERT)
        rows.new(
            Deadline,
            participation_id=participation_id,
            name="Penyelesaian tahap berikut (contoh)",
            due_at=moment(rows.random("due").choice(DUE), hour=9),
            set_by_nation=True,
        )


def _paper(
    rows: Rows, participation_id: UUID, kind: CommitmentKind, day: date, parties: str
) -> UUID:
    return rows.new(
        Commitment,
        participation_id=participation_id,
        kind=kind,
        number=f"CONTOH-{kind.value}/{day.year}",
        signed_on=day,
        place="Tempat contoh",
        parties=parties,
        signature=SignatureKind.SCANNED,
    )


def _sign(
    rows: Rows,
    paper: UUID,
    party: SignatoryParty,
    office: str,
    day: date,
    unit_id: UUID | None = None,
) -> None:
    rows.new(
        CommitmentSignature,
        commitment_id=paper,
        party=party,
        unit_id=unit_id,
        name=office,
        position=office,
        signature=SignatureKind.SCANNED,
        signed_on=day,
    )
