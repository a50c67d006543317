"""Installing and generating the example clients: locked, once for each state of the lock."""

from __future__ import annotations

import json
import os
import subprocess
import venv
from pathlib import Path
from typing import Any

from tests import npm
from tests.checkout import alone, kept

FOLDER = Path(__file__).parent
TYPESCRIPT = FOLDER / "typescript"
PYTHON = FOLDER / "python"
MANIFEST = TYPESCRIPT / "src/gql/persisted-documents.json"
VENV = kept("examples") / "python"
INTERPRETER = VENV / "bin/python"
INSTALL_SECONDS = 120
SECONDS = 60


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    """Run a command that must succeed; return what it printed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=INSTALL_SECONDS if "install" in command else SECONDS,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    return done.stdout


def build_typescript() -> None:
    """Install the locked packages, generate the typed documents, compile."""
    npm.install(TYPESCRIPT, seconds=INSTALL_SECONDS)
    run("node", "generate.mjs", folder=TYPESCRIPT)
    run("node_modules/.bin/tsc", folder=TYPESCRIPT)


def build_python() -> None:
    """Install ariadne-codegen beside ours, for it needs an older graphql-core; generate."""
    lock, mark = PYTHON / "requirements.lock", VENV / "installed.lock"
    pip = (VENV / "bin/pip", "install", "--quiet", "--require-hashes", "-r", lock)
    with alone("examples"):
        if not mark.exists() or mark.read_text() != lock.read_text():
            venv.create(VENV, with_pip=True, clear=True)
            run(*pip, folder=PYTHON)
            mark.write_text(lock.read_text())
    run(VENV / "bin/ariadne-codegen", "--config", "codegen.toml", "client", folder=PYTHON)


def played(*command: str | Path, folder: Path, **environment: str) -> dict[str, Any]:
    """Run an example and return what it says came of it."""
    told: dict[str, Any] = json.loads(run(*command, folder=folder, **environment).splitlines()[-1])
    return told
