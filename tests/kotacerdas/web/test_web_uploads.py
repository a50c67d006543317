"""Files that people send: to a signed address, by whom it was given to, once, as announced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import httpx
import pytest

from kotacerdas.files import signed_query
from kotacerdas.identity.models import Membership
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import Door, Scope
from kotacerdas.uploads import actions
from kotacerdas.uploads.models import Upload, UploadState

FILE = b"PK\x03\x04" + b"isi berkas " * 200_000
"""More than any other body may hold: 2.2 MB."""
OURS = {"X-Kota-Cerdas": "1"}


@pytest.fixture
def sender(web, city, make_account, database):
    """Somebody of the city with an account."""
    person = make_account()
    row = Membership(tenant_id=city.id, person_id=person.id, role=Role.BAPPEDA)
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        session.add(row)
    return person


@pytest.fixture
def announce(web, city, sender, database) -> Callable[..., Upload]:
    scope = Scope(Door.CITY, city.id, sender.id, (Grant(city.id, Role.BAPPEDA),))

    def begin(size: int = len(FILE)) -> Upload:
        with database.unit_of_work(scope) as session:
            return actions.begin(session, web.settings, filename="tabel.xlsx", size_bytes=size)

    return begin


def path_of(web, upload: Upload) -> str:
    return actions.address(web.settings, upload).removeprefix(web.url)


def stored(database, upload: Upload) -> Upload:
    with database.unit_of_work(Scope(Door.WORKER, upload.tenant_id)) as session:
        return session.get_one(Upload, (upload.tenant_id, upload.id))


def code(response: httpx.Response) -> str:
    return response.json()["errors"][0]["code"]


def test_a_file_is_taken_once_and_lies_in_quarantine(web, announce, sender, database):
    upload, client = announce(), web.sign_in(sender.email)
    answer = client.put(path_of(web, upload), content=FILE, headers=OURS)
    assert answer.status_code == 201, answer.text
    digest = sha256(FILE).hexdigest()
    assert answer.json() == {"hash": digest, "sizeBytes": len(FILE)}
    kept = stored(database, upload)
    assert (kept.state, kept.hash) == (UploadState.STORED, digest)
    place = web.settings.data_dir / "files" / actions.folder(upload) / digest
    assert place.read_bytes() == FILE
    again = client.put(path_of(web, upload), content=FILE, headers=OURS)
    assert (again.status_code, code(again)) == (409, "UPLOAD_DONE")


def test_nobody_reads_it_back(web, announce, sender):
    upload, client = announce(), web.sign_in(sender.email)
    client.put(path_of(web, upload), content=FILE, headers=OURS)
    assert client.get(path_of(web, upload)).status_code == 405
    opened = path_of(web, upload).replace("/uploads/", "/files/")
    assert client.get(opened).status_code == 404


def test_only_who_announced_it_sends_it(web, announce, make_account, database, city):
    upload, other = announce(), make_account()
    row = Membership(tenant_id=city.id, person_id=other.id, role=Role.CITY_ADMIN)
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        session.add(row)
    for client, status in (
        (web.browser(), 401),
        (web.sign_in(other.email), 404),
        (web.sign_in(make_account().email), 404),
    ):
        answer = client.put(path_of(web, upload), content=FILE, headers=OURS)
        assert answer.status_code == status
    assert stored(database, upload).state is UploadState.WAITING


def test_a_page_of_another_site_cannot_make_a_browser_send_one(web, announce, sender, database):
    upload, client = announce(), web.sign_in(sender.email)
    bare = client.put(path_of(web, upload), content=FILE)
    assert (bare.status_code, code(bare)) == (403, "CROSS_SITE_REFUSED")
    elsewhere = {**OURS, "Origin": "https://jahat.example"}
    assert client.put(path_of(web, upload), content=FILE, headers=elsewhere).status_code == 403
    assert stored(database, upload).state is UploadState.WAITING


@pytest.mark.parametrize(
    ("content", "status", "expected"),
    [
        (FILE + b"x", 413, "BODY_TOO_LARGE"),
        (FILE[:-1], 422, "UPLOAD_CUT"),
        (b"<html>" + FILE, 422, "UPLOAD_UNLIKE"),
        (b"MZ" + FILE[2:], 422, "UPLOAD_UNLIKE"),
        (b"", 422, "UPLOAD_CUT"),
    ],
    ids=["longer", "shorter", "page", "program", "nothing"],
)
def test_what_was_not_announced_is_not_kept(
    web, announce, sender, database, content, status, expected
):
    upload, client = announce(), web.sign_in(sender.email)
    answer = client.put(path_of(web, upload), content=content, headers=OURS)
    assert (answer.status_code, code(answer)) == (status, expected)
    assert stored(database, upload).state is UploadState.WAITING
    assert not (web.settings.data_dir / "files" / actions.folder(upload)).exists()
    assert client.put(path_of(web, upload), content=FILE, headers=OURS).status_code == 201


def test_an_address_is_signed_and_lapses(web, announce, sender):
    upload, client = announce(), web.sign_in(sender.email)
    name = actions.segment(upload)
    past = datetime.now(UTC) - timedelta(hours=1)
    old = signed_query(web.settings, actions.signed(name), now=past)
    of_a_file = signed_query(web.settings, name)
    for query, status in ((old, 410), (of_a_file, 404), ("expires=1&signature=00", 404)):
        answer = client.put(f"/uploads/{name}?{query}", content=FILE, headers=OURS)
        assert answer.status_code == status


def test_no_other_address_takes_so_large_a_body(web, sender):
    client = web.sign_in(sender.email)
    answer = client.put("/files/uploads/x", content=FILE, headers=OURS)
    assert (answer.status_code, code(answer)) == (413, "BODY_TOO_LARGE")
    answer = client.put("/uploads/x", content=bytes(26 * 1024 * 1024), headers=OURS)
    assert (answer.status_code, code(answer)) == (413, "BODY_TOO_LARGE")
