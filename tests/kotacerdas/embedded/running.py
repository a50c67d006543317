"""The launcher as a process of its own, for tests that read its output and end it."""

import re
import subprocess
import sys
import threading
import time
from pathlib import Path

DEV = Path(__file__).with_name("dev.py")


class Launcher:
    """One run of dev.py; leaving the block kills what the test has not ended."""

    def __init__(self, folder, *options, python=sys.executable, **popen):
        self.began = time.monotonic()
        self._process = subprocess.Popen(
            [python, str(DEV), str(folder), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            **popen,
        )
        self._lines = []
        self._closing = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        if self._process.poll() is None:
            self._process.terminate()
            self.wait()

    def _read(self):
        while not self._closing.is_set() and (line := self._process.stdout.readline()):
            self._lines.append(line[:500])
        self._process.stdout.close()

    def close_output(self):
        """Stop reading after the next line."""
        self._closing.set()

    @property
    def output(self):
        return "".join(self._lines)

    @property
    def pid(self):
        return self._process.pid

    def find(self, pattern, timeout_seconds=15):
        """Wait for the pattern in the output and return its first group."""
        deadline = time.monotonic() + timeout_seconds
        while (match := re.search(pattern, self.output)) is None:
            assert time.monotonic() < deadline, f"no {pattern!r} in:\n{self.output}"
            time.sleep(0.02)
        return match[match.re.groups and 1]

    def ready(self):
        """Wait until the launcher says so and return the seconds that the person waited."""
        self.find(r"Kota Cerdas is ready \(([0-9.]+) s\)")
        return time.monotonic() - self.began

    def send(self, number):
        self._process.send_signal(number)

    def wait(self):
        code = self._process.wait(timeout=30)
        self._reader.join(timeout=5)
        return code
