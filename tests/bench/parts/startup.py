"""`kotacerdas dev`, started a second time: what somebody waits in the morning."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kotacerdas.embedded.servers import EmbeddedServers
from kotacerdas.settings import child_environment
from tests.bench.contenders import DidNotStart
from tests.bench.data.store import ROOT
from tests.bench.goals import Goal
from tests.bench.part import Outcome, Plan, outcome

READY = re.compile(r"is ready")
MOST_SECONDS = 4
TIMES = 3


def second_start(plan: Plan) -> Outcome:
    """Start the product in a new folder, then again; the median of the later starts counts."""
    folder = Path(tempfile.mkdtemp(prefix="kc-"))
    folder.chmod(0o711)  # PostgreSQL runs as another user where we are root
    data = folder / "data"
    try:
        first, *later = [_seconds(data, plan.logs / "dev.log") for _ in range(1 + TIMES)]
    finally:
        if data.exists():
            EmbeddedServers(data, catch_mail=False).remove()
        shutil.rmtree(folder, ignore_errors=True)
    again = sorted(later)[len(later) // 2]
    lines = [f"kotacerdas dev: first start {first:.1f} s, later {again:.1f} s"]
    return outcome([Goal("startup:second", again, MOST_SECONDS, at_most=True)], lines)


def _seconds(data: Path, log: Path) -> float:
    begun = time.monotonic()
    with log.open("w") as file, subprocess.Popen(
        (sys.executable, "-m", "tenants.cli", "dev"),
        cwd=ROOT,
        env=child_environment({"KOTACERDAS_DATA_DIR": str(data)}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as launcher:  # fmt: skip
        assert launcher.stdout is not None
        for line in launcher.stdout:
            file.write(line)
            if READY.search(line):
                waited = time.monotonic() - begun
                launcher.send_signal(signal.SIGINT)
                launcher.stdout.read()
                return waited
    raise DidNotStart(f"kotacerdas dev did not start:\n{log.read_text()[-2000:]}")
