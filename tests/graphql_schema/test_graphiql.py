"""GraphiQL in a browser: ready queries for whoever looks, from our own files alone."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest
from graphql import build_client_schema, print_schema

from graphql_schema.asgi import Api
from graphql_schema.introspection import introspection
from graphql_schema.ready_queries import offered
from graphql_schema.schema import core
from kotacerdas.database import Database
from kotacerdas.identity import sessions
from kotacerdas.identity.models import Membership
from kotacerdas.identity.people import register
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.web import app as web
from tenants.submissions.workflow import InnovationState
from tests.audit.serving import serving
from tests.graphql_schema import places
from tests.graphql_schema.browser import chromium, page

CHOOSE = """(() => {
  const menu = document.getElementById("ready");
  menu.value = [...menu.options].find((each) => each.textContent === "TITLE").value;
  menu.dispatchEvent(new Event("change"));
})()"""
EDITOR = 'document.querySelector(".graphiql-query-editor .CodeMirror").CodeMirror'
VARIABLES = 'document.querySelector(".graphiql-editor-tool .CodeMirror").CodeMirror.getValue()'
RESULT = 'document.querySelector(".result-window .CodeMirror").CodeMirror.getValue()'


@pytest.fixture
def url(settings):
    """Address of the application with GraphiQL."""
    database = Database(settings)
    app = web.create_app(
        settings,
        database,
        graphql=Api(settings, database),
        introspection=introspection,
        ready_queries=offered,
    )
    with serving(app) as address:
        yield address


@pytest.fixture
def secret(database, city) -> str:
    """A session of somebody in the city's Bappeda."""
    email = f"graphiql-{uuid4().hex}@kota.go.id"
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        person = register(session, email=email, name="Siti & Bappeda")
        session.flush()  # the membership references the person
        session.add(Membership(tenant_id=city.id, person_id=person.id, role=Role.BAPPEDA))
    with database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
        now = datetime.now(UTC)
        opened = sessions.open_session(session, person_id=person.id, previous=None, now=now)
    return opened.secret


def test_the_page_offers_what_the_roles_of_its_reader_are_for(url, secret):
    anonymous = httpx.get(f"{url}/graphiql", params={"language": "en"}).text
    assert "Published masterplans" in anonymous
    assert "Innovations that wait for endorsement" not in anonymous
    cookies = {"kotacerdas": secret}
    mine = httpx.get(f"{url}/graphiql", params={"language": "id"}, cookies=cookies).text
    assert "Inovasi yang menunggu pengesahan" in mine
    assert "Siti &amp; Bappeda" in mine


def test_the_schema_is_read_as_json_without_signing_in(url):
    first = httpx.get(f"{url}/schema.json")
    told = print_schema(build_client_schema(first.json()["data"]))
    assert sorted(told.splitlines()) == sorted(print_schema(core).splitlines())
    again = httpx.get(f"{url}/schema.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.skipif(chromium() is None, reason="Chromium is not installed")
def test_a_ready_query_is_chosen_and_run_in_a_browser(url, secret, database, city, tmp_path):
    places.innovation(database, city, name="Tiket Jam Gadang", state=InnovationState.SUBMITTED)
    with page(tmp_path) as shown:
        shown.call("Network.setCookie", name="kotacerdas", value=secret, url=url)
        shown.call("Page.navigate", url=f"{url}/graphiql?language=id")
        shown.wait('document.querySelector(".graphiql-query-editor .CodeMirror") !== null')
        shown.evaluate(CHOOSE.replace("TITLE", "Inovasi yang menunggu pengesahan"))
        # GraphiQL reads the name of what it runs a moment after the text has changed.
        shown.wait(f'{EDITOR}.operationName === "ToEndorse"')
        shown.wait(f'{VARIABLES}.includes("cty_")')
        shown.evaluate('document.querySelector(".graphiql-execute-button").click()')
        shown.wait(f'{RESULT}.includes("Tiket Jam Gadang")')
        # The welcome is still there, in a tab of its own.
        assert shown.evaluate('document.querySelectorAll(".graphiql-tab").length') == 2
        assert shown.complaints == []
        strange = [each for each in shown.addresses if not each.startswith((url, "data:"))]
        assert strange == []
