"""What holds for every response, and the routes around the API."""

from __future__ import annotations

import asyncio
import io
import re
import sys
from datetime import UTC, datetime, timedelta

import httpx
import orjson
import pytest

from kotacerdas import files
from kotacerdas.database import Database
from kotacerdas.errors import NotFound
from kotacerdas.files import FileStore, StoredFile
from kotacerdas.identity import invitations
from kotacerdas.identity.policy import Role
from kotacerdas.web.app import create_app
from tests.kotacerdas.web.conftest import OURS, StandIn

EVERYWHERE = [
    ("GET", "/"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/graphiql"),
    ("GET", "/auth/sign-in"),
    ("GET", "/static/pages.css"),
    ("GET", "/schema.graphql"),
    ("GET", "/tidak-ada"),
    ("DELETE", "/"),
    ("POST", "/graphql"),
]


@pytest.mark.parametrize(("method", "path"), EVERYWHERE)
def test_every_response_narrows_what_a_browser_may_do(web, method, path):
    headers = web.browser().request(method, path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] in ("no-store", "no-cache")
    assert re.fullmatch(r"[0-9a-f]{32}", headers["x-request-id"])


def test_a_proper_request_id_is_kept_and_any_other_replaced(web):
    client = web.browser()
    kept = client.get("/healthz", headers={"X-Request-Id": "gerbang.2026-08_17"})
    assert kept.headers["x-request-id"] == "gerbang.2026-08_17"
    for given in ("kurang", "x" * 65, "ada spasi di sini", "<script>12345"):
        replaced = client.get("/healthz", headers={"X-Request-Id": given}).headers["x-request-id"]
        assert re.fullmatch(r"[0-9a-f]{32}", replaced)


def test_a_missing_page_or_method_is_told_in_json(web):
    missing = web.browser().get("/tidak-ada", headers={"X-Request-Id": "uji-12345"})
    assert missing.status_code == 404
    assert missing.json() == {
        "errors": [
            {
                "code": "NOT_FOUND",
                "message": NotFound.id,
                "path": [],
                "requestId": "uji-12345",
            }
        ]
    }
    wrong = web.browser().delete("/healthz")
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (405, "METHOD_NOT_ALLOWED")
    assert set(wrong.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_a_defect_is_answered_without_its_text(web):
    response = web.browser().post("/graphql", json={}, headers={"X-Break": "1"})
    assert (response.status_code, response.json()["errors"][0]["code"]) == (500, "INTERNAL")
    assert "rahasia" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "id"),
        ("en", "en"),
        ("en-US,en;q=0.9,id;q=0.8", "en"),
        ("id-ID,id;q=0.9,en;q=0.8", "id"),
        ("en;q=0.2,id;q=0.7", "id"),
        ("fr,en;q=0", "id"),
        ("de-DE,en;q=0.5", "en"),
        ("*;q=x,,;", "id"),
    ],
)
def test_the_language_follows_the_readers_wishes(web, accepted, language):
    page = web.browser().get("/", headers={"Accept-Language": accepted})
    assert page.headers["content-language"] == language
    assert page.headers["vary"] == "Accept-Language"
    assert f'<html lang="{language}">' in page.text


def test_without_a_wish_a_person_reads_their_own_language(web, make_account):
    client = web.sign_in(make_account(language="en").email)
    assert client.post("/graphql", json={}, headers=OURS).json()["language"] == "en"
    assert "You are signed in as <strong>Orang Uji</strong>" in client.get("/").text


@pytest.mark.parametrize("path", ["/", "/auth/sign-in", "/graphiql"])
def test_a_page_loads_only_our_own_files_and_runs_no_inline_script(web, path):
    client = web.browser()
    page = client.get(path)
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert re.findall(r"<script(?![^>]* src=)", page.text) == []
    assert re.findall(r" (?:on[a-z]+|style)=", page.text) == []
    sources = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    assert len(sources) >= 2
    assert [client.get(source).status_code for source in sources] == [200] * len(sources)
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page.text) == []


def test_what_is_the_same_for_all_is_kept_and_asked_for_again(web):
    client = web.browser()
    for path in ("/schema.graphql", "/static/graphiql/graphiql.min.js"):
        first = client.get(path)
        assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.fixture
def document(web) -> str:
    digest = FileStore(web.settings).store(b"%PDF-1.7 buku")
    name = f"7.{digest[:12]}"
    web.documents[name] = StoredFile(digest, 'Buku 2 "Masterplan" Köta\r\n.pdf')
    return name


def test_a_signed_link_sends_the_file_to_who_may_read_it(web, person, document):
    link = files.file_url(web.settings, document).removeprefix(web.url)
    response = web.sign_in(person.email).get(link)
    assert (response.status_code, response.content) == (200, b"%PDF-1.7 buku")
    headers = response.headers
    assert headers["content-type"] == "application/pdf"
    assert headers["content-length"] == "13"
    assert headers["content-disposition"] == (
        'attachment; filename="Buku-2--Masterplan--K-ta--.pdf"; '
        "filename*=UTF-8''Buku%202%20%22Masterplan%22%20K%C3%B6ta%0D%0A.pdf"
    )
    assert "sandbox" in headers["content-security-policy"]
    assert headers["cache-control"] == "private, no-store"
    anonymous = web.browser().get(link)
    assert (anonymous.status_code, anonymous.json()["errors"][0]["code"]) == (404, "NOT_FOUND")


def test_a_file_of_a_folder_is_sent_in_its_own_form(web, person, tmp_path):
    path = tmp_path / "ekspor"
    path.write_text("Kode wilayah,Daerah\r\n")
    digest = FileStore(web.settings).store_file(path, "exports/7.a")
    web.documents["exp.7.a"] = StoredFile(
        digest, "Inovasi.csv", "text/csv; charset=utf-8", "exports/7.a"
    )
    link = files.file_url(web.settings, "exp.7.a").removeprefix(web.url)
    response = web.sign_in(person.email).get(link)
    assert (response.status_code, response.text) == (200, "Kode wilayah,Daerah\r\n")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"


def test_a_forged_link_finds_nothing_and_an_old_one_has_expired(web, person, document):
    client = web.sign_in(person.email)
    link = files.file_url(web.settings, document).removeprefix(web.url)
    past = datetime.now(UTC) - timedelta(seconds=web.settings.link_seconds + 5)
    old = files.file_url(web.settings, document, now=past).removeprefix(web.url)
    cases = [
        (link.replace("7.", "8."), 404, "NOT_FOUND"),
        (link + "0", 404, "NOT_FOUND"),
        (f"/files/{document}", 404, "NOT_FOUND"),
        (old, 410, "LINK_EXPIRED"),
    ]
    for path, status, code in cases:
        response = client.get(path)
        assert (response.status_code, response.json()["errors"][0]["code"]) == (status, code)


def logged(web, monkeypatch: pytest.MonkeyPatch, *requests: httpx.Request) -> list[dict]:
    """Send requests to an application of its own and return its log lines."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)

    async def main() -> None:
        database = Database(web.settings)
        app = create_app(web.settings, database, graphql=StandIn())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            for request in requests:
                await client.send(request)
        await database.aclose()

    asyncio.run(main())
    return [orjson.loads(line) for line in stream.getvalue().splitlines()]


def test_each_request_is_one_line_without_what_people_sent(web, city, person, monkeypatch):
    with web.database.unit_of_work(city.scope()) as session:
        row = invitations.invite(
            session, web.settings, email="a@kota.go.id", name="A", role=Role.COUNCIL
        )
    link = invitations.invitation_link(web.settings, row)
    cookie = f"kotacerdas={web.sign_in(person.email).cookies['kotacerdas']}"
    secret = {"email": "b@kota.go.id", "password": "sangat-rahasia-sekali-9"}
    lines = logged(
        web,
        monkeypatch,
        httpx.Request("GET", link, headers={"X-Request-Id": "uji-undangan"}),
        httpx.Request("POST", f"{web.url}/auth/sign-in?q=rahasia", json=secret, headers=OURS),
        httpx.Request("POST", f"{web.url}/graphql", json={}, headers={**OURS, "Cookie": cookie}),
        httpx.Request("GET", f"{web.url}/tidak/ada/rahasia"),
    )
    shown = [
        (line["method"], line["path"], line["status"], line["tenant"], line["person"])
        for line in lines
    ]
    assert shown == [
        ("GET", "/invitations/{token}", 200, city.id, None),
        ("POST", "/auth/sign-in", 401, None, None),
        ("POST", "/graphql", 200, None, str(person.id)),
        ("GET", "(none)", 404, None, None),
    ]
    assert lines[0]["request_id"] == "uji-undangan"
    assert all(line["event"] == "request" and line["ms"] > 0 for line in lines)
    assert not any(word in str(lines) for word in ("rahasia", "b@kota", link.rpartition(".")[2]))


def test_a_defect_is_logged_with_its_place(web, monkeypatch):
    broken = httpx.Request("POST", f"{web.url}/graphql", json={}, headers={"X-Break": "1"})
    defect, request = logged(web, monkeypatch, broken)
    assert (defect["event"], defect["kind"], defect["text"]) == (
        "defect",
        "RuntimeError",
        "rahasia dalam pesan",
    )
    assert "conftest.py" in defect["stack"]
    assert (request["status"], request["request_id"]) == (500, defect["request_id"])


@pytest.mark.parametrize(
    ("origin", "cookie", "refused"),
    [
        (b"https://jahat.example", True, True),
        (None, True, True),
        (b"http://kota.example", True, False),
        (b"https://jahat.example", False, False),
    ],
)
def test_another_site_opens_no_socket_with_a_persons_cookie(web, origin, cookie, refused):
    sent: list[str] = []

    async def receive() -> dict:
        return {"type": "websocket.connect"}

    async def send(message: dict) -> None:
        sent.append(message["type"])

    class Socket:
        async def __call__(self, scope, receive, send) -> None:
            await send({"type": "websocket.accept"})

    headers = [(b"host", b"kota.example")]
    headers += [(b"origin", origin)] if origin else []
    headers += [(b"cookie", b"kotacerdas=x")] if cookie else []
    scope = {"type": "websocket", "path": "/graphql", "headers": headers, "query_string": b""}
    app = create_app(web.settings, web.database, graphql=Socket())
    asyncio.run(app({**scope, "root_path": "", "subprotocols": []}, receive, send))
    assert sent == ["websocket.close" if refused else "websocket.accept"]
