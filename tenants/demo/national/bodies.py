"""A city's council and team with their decrees: once, however often the city takes part."""

from __future__ import annotations

from datetime import date

from tenants.demo.instituting import SEATS
from tenants.demo.national.nation import Place
from tenants.demo.national.rows import Rows
from tenants.institutions.models import (
    Institution,
    InstitutionMember,
    Regulation,
    RegulationKind,
    RegulationSubject,
)
from tenants.institutions.texts import BODIES


def form(rows: Rows, place: Place, decreed_on: date) -> None:
    """Add both bodies, their members and the decrees on which they stand."""
    for number, (kind, seats) in enumerate(SEATS.items(), start=1):
        name = f"{BODIES[kind][0]} {place.name} (demo)"
        body_id = rows.new(Institution, kind=kind, name=name, valid_from=decreed_on)
        rows.new(
            Regulation,
            kind=RegulationKind.DECREE,
            number=f"CONTOH-{number}",
            year=decreed_on.year,
            title=f"Pembentukan {name}",
            signed_on=decreed_on,
            subject=RegulationSubject.INSTITUTION,
            institution_id=body_id,
            participation_id=None,
        )
        for office, part, element in seats:
            title = office.format(head=place.head)
            rows.new(
                InstitutionMember,
                institution_id=body_id,
                name=title,
                position=title,
                part=part,
                element=element,
                joined_on=decreed_on,
            )
