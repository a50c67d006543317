"""The behaviour half of the proof: every table x role x context x verb, fresh and reused."""

from __future__ import annotations

import pytest

from tests.isolation.behaviour import VERBS
from tests.isolation.expected import LOGINS, NAMES


@pytest.mark.parametrize("role", LOGINS)
def test_a_fresh_connection_reaches_what_is_written_by_hand(scratch, proof, role):
    before = proof.probes
    with scratch.login(role) as connection:
        proof.run(connection, role, how="fresh")
    assert proof.faults == []
    assert proof.probes - before == len(NAMES) * 4 * len(VERBS)


@pytest.mark.parametrize("role", LOGINS)
def test_a_reused_connection_reaches_no_more(scratch, proof, role):
    with scratch.login(role) as connection:
        proof.own.serve(connection)
        held = connection.execute("select current_setting('app.tenant_id', true)").fetchone()
        assert held == ("",)  # and not null, as on a fresh one: a hole hid there once
        connection.rollback()
        proof.run(connection, role, how="reused")
    assert proof.faults == []
