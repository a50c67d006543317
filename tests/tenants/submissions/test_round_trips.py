"""How often a rule waits for PostgreSQL: it costs about as much as the rule does."""

from __future__ import annotations

import asyncio

import pytest

from kotacerdas.pipeline.connection import Connection
from tenants.submissions import drafting, submitting
from tests.tenants.submissions.conftest import TEXTS


@pytest.fixture
def trips(monkeypatch):
    """The first words of the statements of each round trip."""
    sent, submit = [], Connection.submit

    def note(self, steps, future):
        sent.append([step.statement.sql.split()[0].decode().lower() for step in steps])
        submit(self, steps, future)

    monkeypatch.setattr(Connection, "submit", note)
    return sent


def performed(desk, trips, who, rule):
    """Run a rule as the API does, on a connection that has been used."""

    async def job():
        try:
            await desk.database.perform(desk.scopes[who], lambda session: None)
            trips.clear()
            return await desk.database.perform(desk.scopes[who], rule)
        finally:
            await desk.database.leave_loop()

    return asyncio.run(job())


def test_a_submission_takes_three_round_trips(desk, trips):
    row = desk.run("operator", desk.draft(**TEXTS))
    performed(desk, trips, "head", lambda s: submitting.submit(s, row.id, expected_version=1))
    assert trips == [
        ["begin", "select", "select"],  # the scope, and the row that is locked
        ["select"],  # all that the rule asks for, as it stands now
        ["update", "insert", "with", "notify", "with", "commit"],
    ]
    assert desk.run("head", lambda s: s.get(type(row), (row.tenant_id, row.id))).revision == 1
    assert sorted(desk.told("submitted")) == ["admin", "bappeda"]


def test_changing_a_draft_takes_three_round_trips(desk, trips):
    row = desk.run("operator", desk.draft(**TEXTS))
    performed(
        desk, trips, "operator",
        lambda s: drafting.update(s, row.id, expected_version=1, changes={"name": "Antrean Baru"}),
    )  # fmt: skip
    assert [len(trip) for trip in trips] == [3, 1, 3]
