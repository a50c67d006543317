"""A headless Chromium, driven by its DevTools protocol."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome")
START_SECONDS = 30
WAIT_SECONDS = 15


def chromium() -> str | None:
    """Return the browser's path, if this machine has one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Page:
    """One page; `complaints` are what its console and its policy said against it."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = count(1)
        self.complaints: list[str] = []
        self.addresses: list[str] = []
        for domain in ("Page", "Log", "Runtime", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": given}))
        while True:
            message = json.loads(self._connection.recv(timeout=START_SECONDS))
            if message.get("id") == number:
                return message["result"]
            self._note(message)

    def evaluate(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        told = self.call("Runtime.evaluate", expression=script, awaitPromise=True)
        return told["result"].get("value")

    def text(self) -> str:
        """Return what a reader sees."""
        return str(self.evaluate("document.body.innerText"))

    def wait(self, script: str) -> Any:
        """Return the value of an expression as soon as it is true."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not (value := self.evaluate(script)):
            assert time.monotonic() < deadline, f"{script}: {self.complaints} {self.text()}"
            time.sleep(0.1)
        return value

    def _note(self, message: dict[str, Any]) -> None:
        match message:
            case {"method": "Log.entryAdded", "params": {"entry": entry}}:
                self.complaints.append(f"{entry['text']} {entry.get('url', '')}")
            case {"method": "Runtime.exceptionThrown", "params": {"exceptionDetails": details}}:
                self.complaints.append(str(details))
            case {"method": "Network.requestWillBeSent", "params": {"request": request}}:
                self.addresses.append(request["url"])


@contextmanager
def page(profile: Path) -> Iterator[Page]:
    """Start a browser on a profile of its own and yield its page."""
    command = [
        str(chromium()),
        *("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"),
        *(f"--user-data-dir={profile}", "--window-size=1400,900", "about:blank"),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port, path = _door(profile / "DevToolsActivePort")
        with connect(f"ws://127.0.0.1:{port}{path}", max_size=None) as browser:
            browser.send(json.dumps({"id": 1, "method": "Target.getTargets"}))
            targets = json.loads(browser.recv(timeout=START_SECONDS))["result"]["targetInfos"]
        target = next(each["targetId"] for each in targets if each["type"] == "page")
        address = f"ws://127.0.0.1:{port}/devtools/page/{target}"
        with connect(address, max_size=None) as connection:
            yield Page(connection)
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def _door(file: Path) -> tuple[str, str]:
    deadline = time.monotonic() + START_SECONDS
    while not (file.exists() and len(lines := file.read_text().splitlines()) == 2):
        assert time.monotonic() < deadline, "the browser does not start"
        time.sleep(0.1)
    return lines[0], lines[1]
