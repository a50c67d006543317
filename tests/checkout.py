"""The checkout's data folder, where tests keep what they make beside `make dev`."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kotacerdas.embedded.data_folder import MARK

ROOT = Path(__file__).parents[1]


def kept(name: str) -> Path:
    """Return a folder of that name in our data, marked so that the launcher takes it for ours."""
    data = ROOT / ".kotacerdas"
    data.mkdir(mode=0o711, exist_ok=True)
    (data / MARK).touch()
    return data / name


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Hold a lock of that name: processes that test side by side wait for one another."""
    with kept(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
