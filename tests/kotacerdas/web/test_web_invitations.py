"""An invitation's page and its acceptance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kotacerdas.identity import invitations
from kotacerdas.identity.policy import Role
from tests.kotacerdas.web.conftest import OURS, PASSWORD


@pytest.fixture
def invite(web, city):
    """Invite somebody and return the path of the link."""

    def call(email: str, name: str = "Siti Aminah", **options) -> str:
        with web.database.unit_of_work(city.scope()) as session:
            row = invitations.invite(
                session, web.settings, email=email, name=name, role=Role.BAPPEDA, **options
            )
        return invitations.invitation_link(web.settings, row).removeprefix(web.url)

    return call


def test_an_invitation_is_read_in_both_languages_and_accepted(web, city, invite, request):
    email = f"baru-{city.id}@kota.go.id"
    path, client = invite(email), web.browser()
    page = client.get(path)
    assert (page.status_code, page.headers["content-language"]) == (200, "id")
    assert 'lang="id"' in page.text
    assert "Undangan untuk Siti Aminah" in page.text
    assert f'value="{email}"' in page.text
    assert "Invitation for Siti Aminah" in client.get(path + "?language=en").text
    accepted = client.post(path, json={"name": "Siti", "password": PASSWORD}, headers=OURS)
    assert accepted.status_code == 201
    assert accepted.json() == {"email": email, "role": "bappeda"}
    signed_in = web.sign_in(email).get("/auth/session").json()
    assert signed_in["person"]["name"] == "Siti"
    assert signed_in["memberships"] == [{"tenantId": city.id, "role": "bappeda", "unitId": None}]
    used = client.get(path)
    assert used.status_code == 410
    assert "Undangan ini sudah diterima" in used.text
    again = client.post(path, json={"name": "Siti", "password": PASSWORD}, headers=OURS)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (410, "INVITATION_USED")


def test_an_existing_account_is_asked_for_its_password(web, city, invite, person):
    path, client = invite(person.email), web.browser()
    assert "Surel ini sudah memiliki akun" in client.get(path).text
    wrong = client.post(path, json={"name": "x", "password": "salah-salah-salah-9"}, headers=OURS)
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (401, "SIGN_IN_REFUSED")
    assert (
        client.post(path, json={"name": "x", "password": PASSWORD}, headers=OURS).status_code == 201
    )


def test_an_expired_or_unknown_link_says_what_to_do(web, invite):
    late = invite("telat@kota.go.id", now=datetime.now(UTC) - timedelta(days=8))
    for path, status, text in (
        (late, 410, "Minta admin mengirim undangan baru"),
        (late[:-1] + ("A" if late[-1] != "A" else "B"), 404, "Data tidak ditemukan"),
        ("/invitations/abc", 404, "Data tidak ditemukan"),
    ):
        page = web.browser().get(path)
        assert (page.status_code, text in page.text) == (status, True)
        body = {"name": "x", "password": PASSWORD}
        assert web.browser().post(path, json=body, headers=OURS).status_code == status


def test_a_hostile_name_stays_text(web, invite):
    page = web.browser().get(invite("jahat@kota.go.id", name="<script>alert(1)</script>\"' x"))
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39; x" in page.text
