"""Sign-in over HTTP: the cookie, the guard against other sites, the refusals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from starlette.responses import Response

from kotacerdas.identity import tokens
from kotacerdas.identity.authentication import Actor, identity_scope
from kotacerdas.identity.members import give_role, grants_of
from kotacerdas.identity.models import BrowserSession
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.web.cookie import SessionCookie
from tests.kotacerdas.web.conftest import OURS, PASSWORD

IDENTITY = Scope(Door.IDENTITY, NATION)


def code(response) -> str:
    [error] = response.json()["errors"]
    return error["code"]


def test_signing_in_yields_a_cookie_that_scripts_and_other_sites_cannot_use(web, person):
    response = web.browser().post(
        "/auth/sign-in", json={"email": person.email, "password": PASSWORD}, headers=OURS
    )
    assert response.status_code == 200
    assert response.json() == {"person": {"id": str(person.id), "name": "Orang Uji"}}
    value, *attributes = response.headers["set-cookie"].split("; ")
    assert value.startswith("kotacerdas=")
    assert sorted(attributes) == ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax"]


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        ("https://kotacerdas.example", "__Host-kotacerdas"),
        ("http://kotacerdas.example", "__Host-kotacerdas"),
        ("http://127.0.0.1:8000", "kotacerdas"),
        ("http://localhost:8000", "kotacerdas"),
        ("https://localhost", "__Host-kotacerdas"),
    ],
)
def test_the_cookie_is_secure_everywhere_but_on_loopback_http(settings, base_url, name):
    cookie, response = SessionCookie(settings.model_copy(update={"base_url": base_url})), Response()
    cookie.write(response, "s")
    parts = response.headers["set-cookie"].split("; ")
    assert parts[0] == f"{name}=s"
    assert ("Secure" in parts) == name.startswith("__Host-")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} < set(parts)
    assert not any(part.lower().startswith("domain") for part in parts)


def test_a_signed_in_person_is_known_until_they_sign_out(web, city, person, database):
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        give_role(session, person_id=person.id, role=Role.COUNCIL)
    client = web.sign_in(person.email)
    assert client.get("/auth/session").json() == {
        "person": {"id": str(person.id), "name": "Orang Uji"},
        "language": "id",
        "memberships": [{"tenantId": city.id, "role": "council", "unitId": None}],
        "via": "session",
    }
    asked = client.post("/graphql", json={}, headers=OURS).json()
    assert asked == {"person": str(person.id), "grants": [[city.id, "council"]], "language": "id"}
    held = dict(client.cookies)
    response = client.post("/auth/sign-out", headers=OURS)
    assert response.status_code == 204
    assert 'kotacerdas=""; expires=' in response.headers["set-cookie"]
    assert dict(client.cookies) == {}
    again = web.browser().get(
        "/auth/session", headers={"Cookie": f"kotacerdas={held['kotacerdas']}"}
    )
    assert (again.status_code, code(again)) == (401, "UNAUTHENTICATED")


def test_signing_out_twice_is_no_error(web, person):
    client = web.sign_in(person.email)
    secret = client.cookies["kotacerdas"]
    for _ in range(2):
        headers = {**OURS, "Cookie": f"kotacerdas={secret}"}
        assert web.browser().post("/auth/sign-out", headers=headers).status_code == 204
    assert web.browser().post("/auth/sign-out", headers=OURS).status_code == 204


def test_signing_in_again_ends_the_former_session_of_the_browser(web, person):
    client = web.sign_in(person.email)
    former = client.cookies["kotacerdas"]
    body = {"email": person.email, "password": PASSWORD}
    assert client.post("/auth/sign-in", json=body, headers=OURS).status_code == 200
    assert client.cookies["kotacerdas"] != former
    assert client.get("/auth/session").status_code == 200
    stale = web.browser().get("/auth/session", headers={"Cookie": f"kotacerdas={former}"})
    assert stale.status_code == 401


def test_a_lapsed_session_is_answered_401_and_its_cookie_taken_back(web, database, person):
    client = web.sign_in(person.email)
    with database.unit_of_work(IDENTITY) as session:
        past = datetime.now(UTC) - timedelta(hours=9)
        mine = update(BrowserSession).where(BrowserSession.person_id == person.id)
        session.execute(mine.values(created_at=past, seen_at=past))
    response = client.get("/auth/session")
    assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED")
    assert dict(client.cookies) == {}
    assert client.get("/").status_code == 200


def test_nobody_is_anonymous(web):
    assert web.browser().post("/graphql", json={}).json()["person"] is None
    response = web.browser().get("/auth/session")
    assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED")
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("headers", "status", "refusal"),
    [
        ({"Content-Type": "text/plain"}, 415, "JSON_REQUIRED"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415, "JSON_REQUIRED"),
        ({"Content-Type": "multipart/form-data; boundary=x"}, 415, "JSON_REQUIRED"),
        ({"X-Kota-Cerdas": ""}, 403, "CROSS_SITE_REFUSED"),
        ({"X-Kota-Cerdas": "0"}, 403, "CROSS_SITE_REFUSED"),
        ({"Origin": "https://jahat.example"}, 403, "CROSS_SITE_REFUSED"),
        ({"Origin": "null"}, 403, "CROSS_SITE_REFUSED"),
        ({"Origin": "http://127.0.0.1"}, 403, "CROSS_SITE_REFUSED"),
        ({"Origin": "http://127.0.0.1:1@jahat.example"}, 403, "CROSS_SITE_REFUSED"),
        ({"Origin": ""}, 403, "CROSS_SITE_REFUSED"),
    ],
)
def test_what_another_site_could_send_is_refused(web, person, headers, status, refusal):
    client = web.sign_in(person.email)
    body = f'{{"email": "{person.email}", "password": "{PASSWORD}"}}'
    for path in ("/graphql", "/auth/sign-out", "/auth/sign-in", "/invitations/1.x.y"):
        response = client.post(path, content=body, headers={**OURS, **headers})
        assert (response.status_code, code(response)) == (status, refusal)
    anonymous = web.browser()
    response = anonymous.post("/auth/sign-in", content=body, headers={**OURS, **headers})
    assert (response.status_code, code(response)) == (status, refusal)
    assert dict(anonymous.cookies) == {}
    assert client.get("/auth/session").status_code == 200


@pytest.mark.parametrize("own", ["base", "host", "none"])
def test_our_own_pages_may_send(web, person, own):
    client = web.sign_in(person.email)
    headers = {
        "base": {"Origin": web.url},
        "host": {"Origin": "https://kota.example", "Host": "kota.example"},
        "none": {},
    }[own]
    response = client.post(
        "/graphql",
        json={},
        headers={**OURS, "Content-Type": "application/json; charset=utf-8", **headers},
    )
    assert response.status_code == 200


def _token(web, person) -> str:
    with web.database.unit_of_work(IDENTITY) as session:
        actor = Actor(person.id, grants_of(session, person.id))
    with web.database.unit_of_work(identity_scope(actor)) as session:
        return tokens.create(
            session,
            web.settings,
            person_id=person.id,
            name="Uji",
            scopes=["city:read"],
            city_id=None,
            days=1,
        )[1]


def test_a_program_needs_its_token_alone(web, city, person, database):
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        give_role(session, person_id=person.id, role=Role.COUNCIL)
    secret = _token(web, person)
    response = web.browser().post(
        "/graphql", json={}, headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
    )
    assert response.json() == {
        "person": str(person.id),
        "grants": [[city.id, "council"]],
        "language": "en",
    }
    client = web.sign_in(person.email)
    for method, path in (("POST", "/graphql"), ("GET", "/auth/session"), ("GET", "/")):
        both = client.request(method, path, headers={**OURS, "Authorization": f"Bearer {secret}"})
        assert (both.status_code, code(both)) == (400, "TWO_CREDENTIALS")


def test_a_wrong_token_is_refused(web):
    headers = {"Authorization": "Bearer kc_00000000_x"}
    response = web.browser().post("/graphql", json={}, headers=headers)
    assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED")


def test_a_refused_sign_in_answers_in_the_readers_language(web, person):
    body = {"email": person.email, "password": "salah-salah-salah-9"}
    for language, start in (
        ("en-GB,en;q=0.9", "E-mail and password"),
        ("id", "Surel atau kata sandi"),
    ):
        response = web.browser().post(
            "/auth/sign-in", json=body, headers={**OURS, "Accept-Language": language}
        )
        assert (response.status_code, code(response)) == (401, "SIGN_IN_REFUSED")
        assert response.json()["errors"][0]["message"].startswith(start)
        assert response.headers["content-language"] == language[:2]
        assert "set-cookie" not in response.headers


def test_too_many_attempts_tell_when_to_come_back(web, person):
    client, body = web.browser(), {"email": person.email, "password": "salah-salah-salah-9"}
    statuses = [client.post("/auth/sign-in", json=body, headers=OURS).status_code for _ in range(5)]
    assert statuses == [401] * 5
    response = client.post("/auth/sign-in", json={**body, "password": PASSWORD}, headers=OURS)
    assert (response.status_code, code(response)) == (429, "TOO_MANY_ATTEMPTS")
    assert response.headers["retry-after"] == "1800"


@pytest.mark.parametrize(
    ("content", "status", "codes"),
    [
        (b"", 415, ["JSON_REQUIRED"]),
        (b"{", 415, ["JSON_REQUIRED"]),
        (b"[]", 415, ["JSON_REQUIRED"]),
        (b"{}", 422, ["INVALID", "INVALID"]),
        (b'{"email": 1, "password": "x"}', 422, ["INVALID"]),
        (b'{"email": "' + b"x" * 16384 + b'"}', 413, ["BODY_TOO_LARGE"]),
    ],
)
def test_a_malformed_body_is_refused(web, content, status, codes):
    response = web.browser().post("/auth/sign-in", content=content, headers=OURS)
    assert response.status_code == status
    assert [error["code"] for error in response.json()["errors"]] == codes
