"""The whole product on fresh embedded servers, for as long as a story is told."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
from rich.console import Console

from kotacerdas import migration
from kotacerdas.embedded.launcher import Product, run_dev
from kotacerdas.embedded.servers import EmbeddedServers
from kotacerdas.settings import Settings, settings_of
from tenants.cli.development import CHILDREN
from tests.journeys.console import prepare
from tests.servers import UNHURRIED

LOG_LINES = 40


@dataclass(frozen=True)
class Running:
    """Where the running product answers."""

    settings: Settings
    mails: str


Story = Callable[[Running], None]


def run(story: Story) -> bool:
    """Start the product, tell the story, end everything; return whether all went well.

    The launcher needs the main thread for its signals, so the story has a thread of its own, whose
    end ends the launcher as Ctrl-C would. Whatever happens, the servers' files are deleted.
    """
    folder = Path(tempfile.mkdtemp(prefix="kc-"))
    folder.chmod(0o711)  # PostgreSQL runs as another user where we are root
    data, log = folder / "data", folder / "product.log"
    telling = _Telling(story, data)
    try:
        with log.open("w") as file:
            console = Console(file=file, width=200, highlight=False)
            product = Product(prepare=(migration.upgrade, prepare), children=CHILDREN)
            # A year is asked for within a minute; the processes have this one's environment.
            os.environ.update(UNHURRIED)
            base = settings_of({"KOTACERDAS_MODE": "embedded", "KOTACERDAS_DATA_DIR": str(data)})
            code = run_dev(product, base, fresh=True, on_ready=telling.begin, console=console)
        well = code == 0 and telling.ended_well
        if not well:
            sys.stderr.write("The product's last words:\n" + _tail(log))
        return well
    finally:
        if data.exists():
            EmbeddedServers(data, catch_mail=False).remove()
        shutil.rmtree(folder, ignore_errors=True)


class _Telling:
    """One story in a thread."""

    def __init__(self, story: Story, data: Path) -> None:
        self._story = story
        self._data = data
        self.ended_well = False

    def begin(self, settings: Settings) -> None:
        """Tell the story beside the launcher."""
        threading.Thread(target=partial(self._tell, settings), daemon=True).start()

    def _tell(self, settings: Settings) -> None:
        try:
            self._story(Running(settings, self._mails()))
            self.ended_well = True
        except Exception as error:
            _explain(error)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    def _mails(self) -> str:
        """Address of the mail catcher, as the launcher noted it."""
        urls: dict[str, str] = json.loads((self._data / "run.json").read_text())["urls"]
        return urls["Mails"]


def _explain(error: Exception) -> None:
    """Say what failed and where; only what is no check's failure has a whole traceback."""
    if isinstance(error, AssertionError | httpx.HTTPError):
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        sys.stderr.write(f"journey failed: {str(error) or place.line} ({where})\n")
    else:
        sys.excepthook(type(error), error, error.__traceback__)


def _tail(log: Path) -> str:
    """The end of the product's log without the lines of ordinary requests."""
    with log.open(errors="replace") as lines:
        telling = (line for line in lines if "[info" not in line)
        return "".join(deque(telling, maxlen=LOG_LINES))
