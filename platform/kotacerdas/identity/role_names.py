"""What people call the roles, in both languages."""

from __future__ import annotations

from typing import NamedTuple

from kotacerdas.identity.policy import Role


class RoleName(NamedTuple):
    """A role as it stands within a sentence."""

    id: str
    en: str


ROLE_NAMES: dict[Role, RoleName] = {
    Role.OPERATOR: RoleName("operator platform", "platform operator"),
    Role.MINISTRY_ADMIN: RoleName("admin kementerian", "ministry administrator"),
    Role.MINISTRY_READER: RoleName("pembaca kementerian", "ministry reader"),
    Role.EXPERT: RoleName("tenaga ahli", "expert"),
    Role.CITY_ADMIN: RoleName("admin daerah", "city administrator"),
    Role.BAPPEDA: RoleName("Bappeda", "Bappeda (regional planning)"),
    Role.UNIT_OPERATOR: RoleName("operator perangkat daerah", "department operator"),
    Role.UNIT_HEAD: RoleName("kepala perangkat daerah", "head of department"),
    Role.COUNCIL: RoleName("anggota Dewan Smart City", "member of the smart city council"),
    Role.REGION_HEAD: RoleName("kepala daerah", "head of the region"),
}
