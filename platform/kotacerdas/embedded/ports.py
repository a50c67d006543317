"""Loopback ports: the preferred one, or the next that is free."""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection

HOST = "127.0.0.1"
TRIES = 200


def free_port(
    preferred: int, *, name: str, say: Callable[[str], None], but: Collection[int] = ()
) -> int:
    """Return the preferred port or the next free one, and say so if it is another.

    `but` are ports already promised to somebody else. Raises OSError where none of 200 is free.
    """
    for port in range(preferred, min(preferred + TRIES, 65536)):
        if port not in but and is_free(port):
            if port != preferred:
                say(f"Port {preferred} is taken: {name} uses {port}.")
            return port
    raise OSError(f"no free port for {name} from {preferred} on")


def is_free(port: int) -> bool:
    """Whether a server may listen on this loopback port now."""
    with socket.socket() as probe:
        # As servers do: a port whose last connections linger in TIME_WAIT is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
