"""The audit of npm's graphql-http: 61 checks of a server against GraphQL over HTTP."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests import npm

FOLDER = Path(__file__).parent
CHECKS = 61
INSTALL_SECONDS = 15
AUDIT_SECONDS = 60


@dataclass(frozen=True)
class Result:
    """What one check found; `reason` is None for a check that passed."""

    id: str
    name: str
    status: str
    reason: str | None = None

    @property
    def passed(self) -> bool:
        """Whether the server does what the check asks, be it a MUST, SHOULD or MAY."""
        return self.status == "ok"


def has_node() -> bool:
    """Whether this machine can run the audit at all."""
    return shutil.which("node") is not None


def install(folder: Path = FOLDER) -> None:
    """Install a folder's locked packages, unless they are there; raises NotInstalled."""
    npm.install(folder, seconds=INSTALL_SECONDS)


def audit(url: str, token: str | None = None) -> list[Result]:
    """Run every check against the GraphQL server at an address, as the token's owner if given."""
    done = subprocess.run(
        ("node", "audit.mjs", url),
        cwd=FOLDER,
        env={**os.environ, "AUDIT_TOKEN": token or ""},
        capture_output=True,
        check=True,
        timeout=AUDIT_SECONDS,
    )
    return [Result(**each) for each in json.loads(done.stdout)]


def summary(results: list[Result]) -> str:
    """Return the line for people: what passed, the goal, and whether it is reached."""
    passed = sum(result.passed for result in results)
    reached = passed == len(results) == CHECKS
    return f"graphql-http {passed}/{len(results)} {CHECKS} {'ok' if reached else 'short'}"
