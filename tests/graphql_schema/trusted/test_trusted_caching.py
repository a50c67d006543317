"""GET of registered documents: what a cache may keep, and for whom."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.models import City


@pytest.fixture
def document_id(register, city) -> str:
    return register(f'query Of {{ city(by: {{slug: "{city.slug}"}}) {{ name }} }}')


def test_an_anonymous_answer_is_anybodys(api, document_id):
    response = api.get(documentId=document_id)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "public, max-age=30"
    assert response.headers["vary"] == "Accept, Accept-Language, Authorization, Cookie"


def test_an_answer_to_somebody_is_theirs(api, document_id, cookie, token):
    for credential in (cookie, token):
        response = api.get(credential, documentId=document_id)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "private, no-cache"
        assert "etag" in response.headers
        assert {"Authorization", "Cookie"} <= {*response.headers["vary"].split(", ")}


@pytest.mark.parametrize("form", ["{}", "W/{}", '"old", {}', "*"])
def test_what_the_client_has_is_not_sent_again(api, document_id, form):
    etag = api.get(documentId=document_id).headers["etag"]
    again = api.get({"If-None-Match": form.format(etag)}, documentId=document_id)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    assert again.headers["cache-control"] == "public, max-age=30"


def test_a_change_is_a_new_version(api, document_id, city, database):
    etag = api.get(documentId=document_id).headers["etag"]
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        session.execute(update(City).where(City.id == city.id).values(name="Kota Baru"))
    again = api.get({"If-None-Match": etag}, documentId=document_id)
    assert (again.status_code, again.json()["data"]["city"]["name"]) == (200, "Kota Baru")
    assert again.headers["etag"] != etag


def test_each_media_type_and_variable_is_asked_for_itself(api, register, city, make_city):
    document_id = register("query Of($slug: Slug!) { city(by: {slug: $slug}) { id } }")
    etags = {
        api.get(documentId=document_id, variables=f'{{"slug": "{each.slug}"}}').headers["etag"]
        for each in (city, make_city())
    }
    assert len(etags) == 2


def test_nothing_else_is_kept(api, document_id, register):
    text = api.get(query="{ __typename }")
    assert (text.headers["cache-control"], "etag" in text.headers) == ("no-store", False)
    posted = api.post(documentId=document_id)
    assert (posted.headers["cache-control"], "etag" in posted.headers) == ("no-store", False)
    failing = register("query Bad { cities(first: 0) { nodes { id } } }")
    failed = api.get(documentId=failing)
    assert failed.json()["errors"]
    assert (failed.headers["cache-control"], "etag" in failed.headers) == ("no-store", False)


def test_a_registered_mutation_does_not_come_by_get(api, register):
    text = 'mutation Read { notificationRead(input: {id: "ntf_x"}) { errors { code } } }'
    response = api.get(documentId=register(text))
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
