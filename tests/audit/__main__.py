"""`python -m tests.audit`: audit the application on servers of its own; 1 if a check fails."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stderr

from kotacerdas import migration
from kotacerdas.database import Database
from kotacerdas.settings import Settings
from tests.audit import graphql_http, subject
from tests.npm import NotInstalled
from tests.servers import servers


def main() -> int:
    """Print every check that failed, with the server's log, and the summary."""
    if not graphql_http.has_node():
        print("graphql-http needs Node.js: install node and npm, then repeat.")
        return 1
    try:
        graphql_http.install()
    except NotInstalled as failure:
        print(failure)
        return 1
    log = io.StringIO()
    with redirect_stderr(log), servers() as environment:
        os.environ.update(environment)
        results = _results(Settings())  # type: ignore[call-arg]  # filled from the environment
    failed = [result for result in results if not result.passed]
    if failed:
        print(log.getvalue(), file=sys.stderr)
    for result in failed:
        print(f"{result.status} {result.id} {result.name}: {result.reason}")
    line = graphql_http.summary(results)
    print(line)
    return 0 if line.endswith(" ok") else 1


def _results(settings: Settings) -> list[graphql_http.Result]:
    migration.upgrade(settings)
    database = Database(settings)
    try:
        with subject.application(settings) as url:
            return graphql_http.audit(url, subject.token(settings, database))
    finally:
        database.close()


if __name__ == "__main__":
    sys.exit(main())
