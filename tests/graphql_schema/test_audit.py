"""The audit of GraphQL over HTTP passes, and would tell if it did not."""

from __future__ import annotations

import pytest
from starlette.responses import HTMLResponse

from tests.audit import graphql_http, subject
from tests.audit.serving import serving

pytestmark = pytest.mark.skipif(not graphql_http.has_node(), reason="Node.js is not installed")


@pytest.fixture(scope="module", autouse=True)
def packages() -> None:
    graphql_http.install()


def test_all_61_checks_of_graphql_http_pass(settings, database):
    with subject.application(settings) as url:
        results = graphql_http.audit(url, subject.token(settings, database))
    assert [result for result in results if not result.passed] == []
    assert graphql_http.summary(results) == "graphql-http 61/61 61 ok"


def test_a_server_that_answers_html_fails_the_audit():
    with serving(HTMLResponse("<p>selamat datang</p>")) as url:
        results = graphql_http.audit(url)
    failed = {result.id for result in results if not result.passed}
    # The statuses of refusals, the media types, and each body that must be JSON.
    assert {"4655", "9C48", "BCF8", "13EE", "D586"} <= failed
    assert graphql_http.summary(results).endswith("/61 61 short")
