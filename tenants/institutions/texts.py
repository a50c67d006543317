"""Names of bodies, elements and legal texts, in Indonesian and English."""

from __future__ import annotations

from tenants.institutions.models import Element, InstitutionKind, RegulationKind

BODIES: dict[InstitutionKind, tuple[str, str]] = {
    InstitutionKind.COUNCIL: ("Dewan Smart City", "smart-city council"),
    InstitutionKind.TEAM: ("Tim Pelaksana", "implementation team"),
    InstitutionKind.FORUM: ("Forum Smart City", "smart-city forum"),
}

ELEMENTS: dict[Element, tuple[str, str]] = {
    Element.GOVERNMENT: ("pemerintah", "government"),
    Element.ACADEMIA: ("akademisi", "academia"),
    Element.BUSINESS: ("dunia usaha", "business"),
    Element.COMMUNITY: ("komunitas", "community"),
    Element.MEDIA: ("media", "media"),
}

REGULATIONS: dict[RegulationKind, tuple[str, str]] = {
    RegulationKind.PERWALI: ("Peraturan Wali Kota", "mayor's regulation"),
    RegulationKind.PERBUP: ("Peraturan Bupati", "regent's regulation"),
    RegulationKind.PERDA: ("Peraturan Daerah", "bylaw"),
    RegulationKind.DECREE: ("Keputusan kepala daerah", "decree of the head of region"),
    RegulationKind.OTHER: ("peraturan lain", "another legal text"),
}
