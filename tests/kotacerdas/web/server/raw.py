"""A client that sends what it likes, as slowly as it likes."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

HEAD = b"Accept-Language: en\r\nHost: kota.example\r\n"
JSON = HEAD + b"Content-Type: application/json\r\nX-Kota-Cerdas: 1\r\n"


@dataclass(frozen=True)
class Answer:
    """A response, and how long after the client began it came to an end."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def codes(self) -> list[str]:
        """The codes of the refusals that it holds."""
        errors: list[dict[str, Any]] = orjson.loads(self.body)["errors"]
        return [error.get("code") or error["extensions"]["code"] for error in errors]


class Client:
    """One connection."""

    def __init__(self, address: tuple[str, int], *, receive_bytes: int | None = None) -> None:
        self._began = time.monotonic()
        self.socket = socket.socket()
        if receive_bytes is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.socket.connect(address)
        self.socket.settimeout(10)
        self._stream = self.socket.makefile("rb")

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stream.close()
        self.socket.close()

    def send(self, *parts: bytes, pause: float = 0.0) -> None:
        """Send the parts, with a pause before each but the first; stop where nobody listens."""
        for number, part in enumerate(parts):
            time.sleep(pause if number else 0)
            try:
                self.socket.sendall(part)
            except OSError:
                return

    def answer(self) -> Answer:
        """Read one response."""
        status = int(self._stream.readline().split()[1])
        headers = dict(_headers(iter(self._stream.readline, b"\r\n")))
        body = self._stream.read(int(headers["content-length"]))
        return Answer(status, headers, body, time.monotonic() - self._began)

    def closed_after(self) -> float:
        """Read to the end and return when it came."""
        while self._stream.read1():
            pass
        return time.monotonic() - self._began


def _headers(lines: Iterable[bytes]) -> Iterable[tuple[str, str]]:
    for line in lines:
        name, _, value = line.decode().partition(":")
        yield name.lower(), value.strip()
