"""A demo city's bodies and their decrees; offices instead of names, numbers are examples."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tenants.cities.queries import is_kota
from tenants.demo.cast import Cast
from tenants.demo.settlement import Settled
from tenants.institutions.bodies import form_institution, standing_bodies
from tenants.institutions.members import add_member
from tenants.institutions.models import (
    Element,
    InstitutionKind,
    MemberPart,
    RegulationKind,
    RegulationSubject,
)
from tenants.institutions.regulations import record_regulation
from tenants.institutions.texts import BODIES

Member = tuple[str, MemberPart, Element]

COUNCIL: tuple[Member, ...] = (
    ("{head}", MemberPart.CHAIR, Element.GOVERNMENT),
    ("Wakil {head}", MemberPart.DEPUTY, Element.GOVERNMENT),
    ("Sekretaris Daerah", MemberPart.SECRETARY, Element.GOVERNMENT),
    ("Rektor perguruan tinggi setempat (contoh)", MemberPart.MEMBER, Element.ACADEMIA),
    ("Ketua Kamar Dagang dan Industri (contoh)", MemberPart.MEMBER, Element.BUSINESS),
    ("Ketua relawan TIK (contoh)", MemberPart.MEMBER, Element.COMMUNITY),
    ("Pemimpin redaksi media setempat (contoh)", MemberPart.MEMBER, Element.MEDIA),
)

TEAM: tuple[Member, ...] = (
    ("Kepala Bappeda", MemberPart.CHAIR, Element.GOVERNMENT),
    ("Kepala Dinas Komunikasi dan Informatika", MemberPart.SECRETARY, Element.GOVERNMENT),
    ("Kepala Bidang Aplikasi Informatika", MemberPart.MEMBER, Element.GOVERNMENT),
)

SEATS = {InstitutionKind.COUNCIL: COUNCIL, InstitutionKind.TEAM: TEAM}


def institute(cast: Cast, city: Settled, decreed_on: date) -> None:
    """Form council and team with their members, each by a decree of that day."""
    with cast.acting(city.content.email("admin"), city.tenant_id) as session:
        known = standing_bodies(session)
        for number, kind in enumerate(SEATS, start=1):
            if kind not in known:
                _form(session, city, kind, number, decreed_on)


def _form(
    session: Session, city: Settled, kind: InstitutionKind, number: int, decreed_on: date
) -> None:
    name = f"{BODIES[kind][0]} {city.content.facts['name']}"
    body = form_institution(session, kind=kind, name=name)
    head = "Wali Kota" if is_kota(session) else "Bupati"
    record_regulation(
        session,
        kind=RegulationKind.DECREE,
        number=f"CONTOH-{number}",
        year=decreed_on.year,
        title=f"Pembentukan {name}",
        signed_on=decreed_on,
        subject=RegulationSubject.INSTITUTION,
        institution_id=body.id,
    )
    for office, part, element in SEATS[kind]:
        title = office.format(head=head)
        add_member(
            session,
            body.id,
            name=title,
            position=title,
            part=part,
            element=element,
            joined_on=decreed_on,
        )
