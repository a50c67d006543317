"""One WebSocket: uvicorn's protocol, with an end to who does not read."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from kotacerdas.web.server.limits import ConnectionLimits
from kotacerdas.web.server.reader import Reader


class Socket(WebSocketsSansIOProtocol):
    """Reads nothing of who does not read, and cuts them off after a while.

    Answers to pings wait for nobody: without this, who sends them and reads no answer could fill
    our memory.
    """

    limits: ClassVar[ConnectionLimits]
    _reader: Reader

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        super().connection_made(transport)
        self._reader = Reader(self.transport, self.limits)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the reader."""
        self._reader.forget()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for a slow reader, but not for ever, and take nothing more from it."""
        super().pause_writing()
        self.transport.pause_reading()
        self._reader.await_progress()

    def resume_writing(self) -> None:
        """Go on: the reader reads."""
        self._reader.forget()
        if not self.read_paused:
            self.transport.resume_reading()
        super().resume_writing()

    def keepalive_timeout(self) -> None:
        """Close, even if what was sent is never read."""
        super().keepalive_timeout()
        self._reader.await_progress()

    def handle_close(self, event: Frame) -> None:
        """Close when the client does, even if what was sent is never read."""
        super().handle_close(event)
        self._reader.await_progress()


def socket_with(limits: ConnectionLimits) -> type[Socket]:
    """Return the protocol of WebSockets of a port with these limits."""
    return type("Socket", (Socket,), {"limits": limits})
