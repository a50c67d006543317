"""What the launcher prints: log lines with their process's name, addresses and logins."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kotacerdas.embedded.errors import AlreadyRunning, EmbeddedError

_COLOURS = ("cyan", "green", "magenta", "yellow", "blue", "bright_cyan", "bright_green")
_WIDTH = 7


@dataclass(frozen=True)
class Login:
    """An account of the demo data."""

    who: str
    email: str
    password: str


class Terminal(Console):
    """A console that ends the launcher in order when whoever reads its output has gone."""

    def __init__(self) -> None:
        super().__init__(highlight=False)

    def on_broken_pipe(self) -> NoReturn:
        """Print to nowhere from now on. Raises EmbeddedError."""
        # What is left in Python's buffer would fail once more at the very end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise EmbeddedError("Whoever read the launcher's output has gone.")


class Lines:
    """Prints log lines prefixed by their process's name, each name in a colour of its own."""

    def __init__(self, out: Console) -> None:
        self._out = out
        self._colours: dict[str, str] = {}

    def show(self, name: str, line: str) -> None:
        """Print one line; its text is never read as markup, its own colours are kept."""
        colour = self._colours.setdefault(name, _COLOURS[len(self._colours) % len(_COLOURS)])
        prefix = Text(f"{name:<{_WIDTH}} | ", style=colour)
        self._out.print(prefix + Text.from_ansi(line), soft_wrap=True)


def show_ready(
    out: Console, urls: Mapping[str, str], logins: Sequence[Login], seconds: float
) -> None:
    """Print the table of addresses and logins."""
    out.print()
    out.print(Text(f"Kota Cerdas is ready ({seconds:.1f} s). Ctrl-C ends it.", style="bold"))
    out.print(_addresses(urls))
    if logins:
        table = Table("Login", "E-mail", "Password", box=None, pad_edge=False)
        for login in logins:
            table.add_row(login.who, login.email, login.password)
        out.print(table)
    out.print()


def show_running(out: Console, error: AlreadyRunning) -> None:
    """Print that another launcher runs, and where."""
    out.print(Text(str(error), style="yellow"), soft_wrap=True)
    out.print(_addresses(error.urls))


def show_problem(out: Console, error: EmbeddedError) -> None:
    """Print why the launcher ends; its text is never read as markup."""
    out.print(Text(str(error), style="red"), soft_wrap=True)


def _addresses(urls: Mapping[str, str]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, url in urls.items():
        table.add_row(name, Text(url, style=f"link {url}"))
    return table
