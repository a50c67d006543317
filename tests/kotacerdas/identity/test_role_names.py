"""The names of the roles."""

from kotacerdas.identity.policy import Role
from kotacerdas.identity.role_names import ROLE_NAMES


def test_every_role_has_a_name_of_its_own_in_both_languages():
    assert set(ROLE_NAMES) == set(Role)
    assert all(len(set(names)) == len(Role) for names in zip(*ROLE_NAMES.values(), strict=True))
    assert all(name.strip() for names in ROLE_NAMES.values() for name in names)
