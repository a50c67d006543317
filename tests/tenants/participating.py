"""A participation of 2022 and the two sides that move it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from kotacerdas.identity.policy import Permission
from kotacerdas.scope import NATION, Door, Scope
from tenants.bimtek.models import Workshop, WorkshopMode, WorkshopOutput
from tenants.bimtek.outputs import deliver
from tenants.bimtek.scheduling import hold, schedule
from tenants.cities.commitments import record_commitment
from tenants.cities.models import (
    Commitment,
    CommitmentKind,
    Participation,
    SignatoryParty,
    SignatureKind,
)
from tenants.cities.participation import invite
from tenants.cities.reference import load_reference
from tenants.cities.signatures import Signatory, sign
from tenants.cities.workflow import STEPS, Stage
from tenants.institutions.bodies import form_institution
from tenants.institutions.members import add_member
from tenants.institutions.models import (
    Element,
    InstitutionKind,
    InstitutionMember,
    MemberPart,
    Regulation,
    RegulationKind,
    RegulationSubject,
)
from tenants.institutions.regulations import record_regulation
from tenants.masterplan import adopting
from tenants.masterplan.models import Adoption, Masterplan, MasterplanVersion
from tenants.process.advancing import advance
from tests.tenants.refusals import run

INVITED_ON = date(2022, 2, 1)


def ensure_reference(database: Any) -> None:
    """Load the shipped regions, editions and cohorts."""
    run(database, Scope(Door.MINISTRY, NATION), load_reference)


@dataclass
class Journey:
    """A city's participation of 2022 and the two sides that move it."""

    database: Any
    tenant_id: int
    city: Scope
    ministry: Scope
    id: UUID
    version: int

    def side(self, to: Stage) -> Scope:
        national = STEPS[to].permission is Permission.COHORT_MANAGE
        return self.ministry if national else self.city

    def step(self, to: Stage, **options: Any):
        """Return the rule that takes a step with fitting papers."""
        given = {
            "occurred_on": date(2022, 4, 21),
            "document_number": "B-1/2022",
            "expected_version": self.version,
            **options,
        }
        return lambda session: advance(session, self.id, to=to, **given)

    def go(self, *stages: Stage, **options: Any) -> Participation:
        """Take the steps, each by the side that may."""
        for to in stages:
            row = run(self.database, self.side(to), self.step(to, **options))
            self.version = row.version
        return row

    def place(self, stage: Stage) -> None:
        """Put the participation where a test begins, past the steps that lead there."""

        def rule(session):
            row = session.get_one(Participation, (self.tenant_id, self.id))
            row.stage = stage
            session.flush()
            return row.version

        self.version = run(self.database, self.city, rule)


def invited(database: Any, city: Any, ministry: Any) -> Journey:
    """Return a city's participation that the ministry has just begun."""
    nation = ministry(city.id)
    row = run(database, nation, lambda s: invite(s, cohort_year=2022, occurred_on=INVITED_ON))
    return Journey(database, city.id, city.scope(), nation, row.id, row.version)


def form_bodies(session: Any) -> None:
    """Form council and team, decreed, led and with all elements of society."""
    for kind in (InstitutionKind.COUNCIL, InstitutionKind.TEAM):
        body = form_institution(session, kind=kind, name=f"{kind.value} Kota Uji")
        record_regulation(
            session,
            kind=RegulationKind.DECREE,
            number=f"188.45-{kind.value}",
            year=2022,
            title="Pembentukan lembaga",
            signed_on=date(2022, 4, 1),
            subject=RegulationSubject.INSTITUTION,
            institution_id=body.id,
        )
        seat(session, body.id, part=MemberPart.CHAIR)
        for element in Element:
            seat(session, body.id, element=element)


def seat(session: Any, institution_id: UUID, **options: Any) -> InstitutionMember:
    """Give somebody a seat."""
    given = {
        "name": "Dr. Uji, M.T.",
        "position": "Kepala Bappeda",
        "part": MemberPart.MEMBER,
        "element": Element.GOVERNMENT,
        **options,
    }
    return add_member(session, institution_id, **given)


def record_sheet(session: Any, journey: Journey) -> Commitment:
    """Record the commitment sheet, which nobody has signed yet."""
    return record_commitment(
        session,
        journey.id,
        kind=CommitmentKind.COMMITMENT_SHEET,
        number="2/BKT",
        signed_on=date(2022, 4, 21),
        parties="Wali Kota; semua kepala perangkat daerah",
        signature=SignatureKind.WET,
    )


def sign_sheet(session: Any, journey: Journey, *units: UUID) -> Commitment:
    """Record the commitment sheet with the head's signature and those of these departments."""
    sheet = record_sheet(session, journey)
    session.flush()  # the sheet's version is needed
    heads = [
        Signatory(SignatoryParty.UNIT_HEAD, "Kepala", "Kepala Dinas", unit_id=unit)
        for unit in units
    ]
    mayor = Signatory(SignatoryParty.REGION_HEAD, "Wali Kota", "Wali Kota")
    return sign(session, sheet.id, signatories=[mayor, *heads], expected_version=sheet.version)


def freeze_plan(session: Any, journey: Journey, number: int = 1) -> MasterplanVersion:
    """Store a frozen version of the participation's plan, which is begun if there is none."""
    mine = {"tenant_id": journey.tenant_id, "participation_id": journey.id}
    plan = session.scalar(select(Masterplan).filter_by(**mine))
    if plan is None:
        years = {"period_start": 2023, "period_end": 2027}
        plan = Masterplan(id=uuid7(), title="Masterplan Kota Uji", **years, **mine)
        session.add(plan)
        session.flush()  # the version refers to it
    version = MasterplanVersion(
        tenant_id=journey.tenant_id,
        id=uuid7(),
        masterplan_id=plan.id,
        number=number,
        content={"title": plan.title},
        content_hash=b"x" * 32,
        frozen_by=journey.city.person_id,
    )
    session.add(version)
    return version


def adopt(session: Any, journey: Journey) -> Adoption:
    """Record the regulation on the participation's masterplan, and that it adopts the last one."""
    plans = select(Masterplan.id).where(
        Masterplan.tenant_id == journey.tenant_id, Masterplan.participation_id == journey.id
    )
    versions = select(MasterplanVersion.id).where(
        MasterplanVersion.tenant_id == journey.tenant_id,
        MasterplanVersion.masterplan_id.in_(plans),
    )
    last = session.scalars(versions.order_by(MasterplanVersion.number.desc())).first()
    return adopting.adopt(session, last, regulation_id=regulate(session, journey).id)


def regulate(session: Any, journey: Journey) -> Regulation:
    """Record the regulation about the participation's masterplan."""
    return record_regulation(
        session,
        kind=RegulationKind.PERWALI,
        number="41",
        year=2022,
        title="Masterplan Smart City",
        signed_on=date(2022, 4, 21),
        subject=RegulationSubject.MASTERPLAN,
        participation_id=journey.id,
    )


BEGAN = datetime(2022, 6, 13, 1, 30, tzinfo=UTC)


def scheduled(database: Any, journey: Journey, ordinal: int = 1, **options: Any) -> Workshop:
    """Let the ministry put a session of a past day on the calendar."""
    given = {
        "ordinal": ordinal,
        "starts_at": BEGAN,
        "ends_at": BEGAN + timedelta(hours=8),
        "place": "Hotel Balcone",
        "mode": WorkshopMode.ONSITE,
        **options,
    }
    return run(database, journey.ministry, lambda s: schedule(s, journey.id, **given))


def mentor(database: Any, journey: Journey) -> None:
    """Hold every session of the guide and deliver all that they must leave."""
    for ordinal in range(1, 5):
        row = scheduled(database, journey, ordinal)
        run(database, journey.city, lambda s: hold(s, row.id, expected_version=row.version))  # noqa: B023  (called at once)

    def rule(session: Any) -> None:
        rows = select(WorkshopOutput).where(WorkshopOutput.tenant_id == journey.tenant_id)
        for each in session.scalars(rows).all():
            deliver(session, each.id, note="Lihat Buku 1", expected_version=each.version)

    run(database, journey.city, rule)
