"""Installing the locked packages of the peer: PostGraphile, and the Node.js that it needs."""

from __future__ import annotations

import platform
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent / "postgraphile"
NPM_CI = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
INSTALL_SECONDS = 300
MACHINES = {"x86_64": "x64", "aarch64": "arm64"}


class PeerUnavailable(Exception):
    """The peer cannot be installed here; the text says what to do."""


def node() -> Path:
    """The locked Node.js; the machine's own may be too old for the peer."""
    return FOLDER / f"node_modules/node-linux-{MACHINES[platform.machine()]}/bin/node"


def install() -> None:
    """Install the locked packages, unless they are there; raises PeerUnavailable."""
    if shutil.which("npm") is None:
        raise PeerUnavailable(
            "PostGraphile needs npm: install node and npm, or leave it out:"
            " --contenders ours,raw,strawberry"
        )
    installed, lock = FOLDER / "node_modules/.package-lock.json", FOLDER / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    done = subprocess.run(
        NPM_CI, cwd=FOLDER, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
    )
    if done.returncode != 0:
        raise PeerUnavailable(f"npm ci: {done.stderr.strip()}")
