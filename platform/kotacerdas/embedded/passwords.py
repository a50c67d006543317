"""Random passwords, made once and kept beside the embedded data."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path


class Passwords:
    """Passwords by name in one JSON file that only its owner may read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, name: str) -> str:
        """Return the password of `name`, made at the first call: 43 URL-safe characters."""
        known = self._known()
        if name not in known:
            known[name] = secrets.token_urlsafe(32)
            write_private(self._path, json.dumps(known, indent=1))
        return known[name]

    def _known(self) -> dict[str, str]:
        if not self._path.exists():
            return {}
        known: dict[str, str] = json.loads(self._path.read_text())
        return known


def write_private(path: Path, text: str) -> None:
    """Write a file in one step, readable by its owner alone."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
