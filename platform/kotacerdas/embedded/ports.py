"""Loopback ports: the preferred one, or the next that is free."""

from __future__ import annotations

import socket
from collections.abc import Callable

HOST = "127.0.0.1"
TRIES = 200
BACKLOG = 128


def free_port(preferred: int, *, name: str, say: Callable[[str], None]) -> int:
    """Return the preferred port or the next free one, and say so if it is another.

    Somebody may take it before its server does: only for servers that must listen by themselves.
    Raises OSError where none of 200 is free.
    """
    with take_port(preferred, name=name, say=say) as listening:
        return port_of(listening)


def take_port(preferred: int, *, name: str, say: Callable[[str], None]) -> socket.socket:
    """Listen on the preferred port or the next free one, and say so if it is another.

    Nobody else can take it from now on: hand the socket to the server that shall answer. Raises
    OSError where none of 200 is free.
    """
    for port in range(preferred, min(preferred + TRIES, 65536)):
        listening = _listening(port)
        if listening is not None:
            if port != preferred:
                say(f"Port {preferred} is taken: {name} uses {port}.")
            return listening
    raise OSError(f"no free port for {name} from {preferred} on")


def inherited(descriptor: int) -> socket.socket:
    """Return the listening socket that the process which started this one handed over."""
    return socket.socket(fileno=descriptor)


def port_of(listening: socket.socket) -> int:
    """Return the port that a socket listens on."""
    port: int = listening.getsockname()[1]
    return port


def _listening(port: int) -> socket.socket | None:
    listening = socket.socket()
    # As servers do: a port whose last connections linger in TIME_WAIT is free.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(BACKLOG)
    except OSError:
        listening.close()
        return None
    return listening
