"""Installing a folder's locked npm packages, once for each state of the lock."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.checkout import alone

NPM_CI = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")


class NotInstalled(Exception):
    """The packages could not be installed; the text says why."""


def install(folder: Path, *, seconds: float) -> None:
    """Install the packages unless they are there; raises NotInstalled, also after `seconds`."""
    with alone("npm"):
        if not _current(folder):
            _install(folder, seconds)


def _current(folder: Path) -> bool:
    installed, lock = folder / "node_modules/.package-lock.json", folder / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime


def _install(folder: Path, seconds: float) -> None:
    try:
        done = subprocess.run(NPM_CI, cwd=folder, capture_output=True, text=True, timeout=seconds)
    except (FileNotFoundError, subprocess.TimeoutExpired) as failure:
        raise NotInstalled(f"npm ci: {failure}") from failure
    if done.returncode != 0:
        raise NotInstalled(f"npm ci: {done.stderr.strip()}")
