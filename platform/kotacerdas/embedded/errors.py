"""What can go wrong with the embedded servers, told to the person at the terminal."""

from __future__ import annotations


class EmbeddedError(Exception):
    """The embedded servers cannot run here; the text says what to do."""


class AlreadyRunning(EmbeddedError):
    """Another launcher owns the data folder; `urls` are its addresses by name."""

    def __init__(self, urls: dict[str, str]) -> None:
        self.urls = urls
        super().__init__(
            "Kota Cerdas already runs on this data folder. Use it, or end it with Ctrl-C first."
        )
