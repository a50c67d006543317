"""The client as the reader of what we send."""

from __future__ import annotations

import asyncio
import fcntl
import struct
import termios
from asyncio import TimerHandle

from kotacerdas.metrics import METRICS
from kotacerdas.web.server.limits import ConnectionLimits

UNREAD = "RESPONSE_UNREAD"


class Reader:
    """Cuts a client off that takes nearly nothing of what waits for it."""

    def __init__(self, transport: asyncio.Transport, limits: ConnectionLimits) -> None:
        self._transport, self._limits = transport, limits
        self._timer: TimerHandle | None = None
        self._unread_bytes = 0

    def await_progress(self) -> None:
        """Look from now on whether something is read, as long as something waits."""
        if self._timer is None and self._transport.get_write_buffer_size():
            self._look_later()

    def forget(self) -> None:
        """Stop looking."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look_later(self) -> None:
        self._unread_bytes = self._unread()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._limits.unread_seconds, self._look)

    def _look(self) -> None:
        self._timer = None
        if not self._transport.get_write_buffer_size():
            return
        read = self._unread_bytes - self._unread()
        if read >= self._limits.unread_seconds * self._limits.bytes_per_second:
            self._look_later()
        else:
            METRICS.refuse(UNREAD)
            self._transport.abort()

    def _unread(self) -> int:
        """Bytes that wait here and in the kernel, whose buffer tells us of its progress late."""
        queued = bytearray(struct.calcsize("i"))
        fcntl.ioctl(self._transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, queued)
        return self._transport.get_write_buffer_size() + int(struct.unpack("i", queued)[0])
