"""`kotacerdas dev` as a process of its own, on a data folder of the tests'."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from kotacerdas.embedded.data_folder import running_environment
from kotacerdas.embedded.postgres import Postgres

READY = ("Kota Cerdas is ready", "worker.ready", "relay.ready")
READY_SECONDS = 90


class Running:
    """The product that runs; `environment` are the variables of its processes."""

    def __init__(self, folder, log):
        self.folder = folder
        self.log = log
        self.environment = running_environment(folder)
        self.base_url = self.environment["KOTACERDAS_BASE_URL"]

    @property
    def output(self):
        return self.log.read_text()


@contextmanager
def running(folder):
    """Start it, wait until it says that it is ready, and end it as Ctrl-C would."""
    log = folder.with_suffix(".log")
    clean = {name: value for name, value in os.environ.items() if "KOTACERDAS_" not in name}
    settings = {"KOTACERDAS_DATA_DIR": str(folder), "KOTACERDAS_PORT": "18500"}
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tenants.cli", "dev"],
            env=clean | settings,
            cwd=Path(__file__).parents[3],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not all(words in log.read_text() for words in READY):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield Running(folder, log)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=40) == 0
    finally:
        process.kill()
        process.wait()
        Postgres(folder).remove()
