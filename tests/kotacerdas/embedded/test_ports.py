"""A chosen port stays ours until its server is up, whoever else looks for one meanwhile."""

from contextlib import ExitStack

import pytest

from kotacerdas.embedded.ports import free_port, port_of, take_port


def test_a_port_that_was_taken_for_a_server_is_given_to_nobody_else():
    told = []
    with ExitStack() as held:
        took = [
            port_of(held.enter_context(take_port(19025, name=f"Server {number}", say=told.append)))
            for number in range(3)
        ]
        assert took == sorted(set(took))
        assert free_port(took[0], name="Another", say=told.append) > took[-1]
    assert f"Port {took[0]} is taken: Another uses" in told[-1]
    assert free_port(took[0], name="Another", say=told.append) == took[0]


def test_a_number_above_every_port_is_refused():
    with pytest.raises(OSError, match="no free port for SMTP from 65536 on"):
        take_port(65536, name="SMTP", say=print)
