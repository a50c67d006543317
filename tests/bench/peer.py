"""Installing the locked packages of the peer: PostGraphile, and the Node.js that it needs."""

from __future__ import annotations

import platform
import shutil
from pathlib import Path

from tests import npm

FOLDER = Path(__file__).parent / "postgraphile"
INSTALL_SECONDS = 300
MACHINES = {"x86_64": "x64", "aarch64": "arm64"}


def node() -> Path:
    """The locked Node.js; the machine's own may be too old for the peer."""
    return FOLDER / f"node_modules/node-linux-{MACHINES[platform.machine()]}/bin/node"


def install() -> None:
    """Install the locked packages, unless they are there; raises NotInstalled."""
    if shutil.which("npm") is None:
        raise npm.NotInstalled(
            "PostGraphile needs npm: install node and npm, or leave it out:"
            " --contenders ours,raw,strawberry"
        )
    npm.install(FOLDER, seconds=INSTALL_SECONDS)
