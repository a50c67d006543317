"""What the values of the process's enums mean: papers, bodies, workshops."""

from __future__ import annotations

from enum import Enum

from tenants.bimtek.models import OutputState, Presence, WorkshopMode, WorkshopState
from tenants.cities.models import SignatoryParty
from tenants.institutions.models import (
    Element,
    InstitutionKind,
    MemberPart,
    RegulationKind,
    RegulationSubject,
)

MEANINGS: dict[type[Enum], dict[str, str]] = {
    SignatoryParty: {
        "REGION_HEAD": "The mayor or the regent.",
        "DEPUTY_HEAD": "The deputy mayor or deputy regent.",
        "LEGISLATURE": "The chair of the regional legislature (DPRD).",
        "MINISTRY": "The ministry that runs the programme.",
        "UNIT_HEAD": "The head of a department.",
        "OTHER": "Somebody else.",
    },
    WorkshopState: {
        "PLANNED": "It lies ahead, or nobody has noted yet that it was held.",
        "HELD": "It took place.",
        "CANCELLED": "It was called off.",
    },
    WorkshopMode: {
        "ONSITE": "People meet in one place.",
        "ONLINE": "People meet in a call.",
        "HYBRID": "Both at once.",
    },
    Presence: {
        "PRESENT": "The person came.",
        "EXCUSED": "The person was excused.",
        "ABSENT": "The person stayed away.",
    },
    OutputState: {
        "OPEN": "Not delivered yet, or returned.",
        "DELIVERED": "Handed in; waits to be accepted.",
        "ACCEPTED": "Done.",
    },
    InstitutionKind: {
        "COUNCIL": "The council that steers (Dewan Smart City).",
        "TEAM": "The team that carries out (Tim Pelaksana).",
        "FORUM": "The forum that advises.",
    },
    MemberPart: {
        "PATRON": "Patron (pembina).",
        "DIRECTOR": "Director (pengarah).",
        "CHAIR": "Chair (ketua); one at a time.",
        "DEPUTY": "Deputy chair (wakil ketua).",
        "SECRETARY": "Secretary (sekretaris).",
        "COORDINATOR": "Coordinator of a field (koordinator).",
        "MEMBER": "Member (anggota).",
    },
    Element: {
        "GOVERNMENT": "City, province or state.",
        "ACADEMIA": "Universities and schools.",
        "BUSINESS": "Businesses.",
        "COMMUNITY": "Communities and associations.",
        "MEDIA": "Press and broadcasters.",
    },
    RegulationKind: {
        "PERWALI": "Regulation of a mayor (Peraturan Wali Kota).",
        "PERBUP": "Regulation of a regent (Peraturan Bupati).",
        "PERDA": "Bylaw (Peraturan Daerah).",
        "DECREE": "Decree of the head of region (SK).",
        "OTHER": "Another legal text.",
    },
    RegulationSubject: {
        "MASTERPLAN": "It adopts the masterplan of a participation.",
        "INSTITUTION": "It forms or revises a body.",
        "OTHER": "It bears on either.",
    },
}
