"""The names of the roles."""

from kotacerdas.identity.policy import Role
from kotacerdas.identity.role_names import ROLE_NAMES
from tests.roles_page import PAGE, roles_page


def test_every_role_has_a_name_of_its_own_in_both_languages():
    assert set(ROLE_NAMES) == set(Role)
    assert all(len(set(names)) == len(Role) for names in zip(*ROLE_NAMES.values(), strict=True))
    assert all(name.strip() for names in ROLE_NAMES.values() for name in names)


def test_the_page_of_roles_is_the_table_of_permissions():
    written = PAGE.read_text(encoding="utf-8")
    assert written == roles_page(), "run `python -m tests.roles_page`, read the difference"
