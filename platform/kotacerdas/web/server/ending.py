"""Ways to end a connection, other than at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kotacerdas.web.server.limits import LINGER_SECONDS


def linger(transport: asyncio.Transport) -> None:
    """Send what is left, then close when the client does, at the latest after 2 seconds.

    A socket that is closed with bytes unread resets the connection, and a reset takes from the
    client what it has not yet read. So the rest is read away.
    """
    transport.write_eof()
    transport.resume_reading()
    asyncio.get_running_loop().call_later(LINGER_SECONDS, transport.abort)


class Ending(asyncio.Transport):
    """What a last response is written to; `end` is called when it is written."""

    def __init__(self, transport: asyncio.Transport, end: Callable[[], None]) -> None:
        super().__init__()
        self._transport, self._end = transport, end

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send a part of the response."""
        self._transport.write(data)

    def is_closing(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._transport.is_closing()

    def close(self) -> None:
        """End the connection, once."""
        if not self._transport.is_closing():
            self._end()
