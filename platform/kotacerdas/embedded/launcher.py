"""`kotacerdas dev`: the whole product on embedded servers, until Ctrl-C."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rich.console import Console

from kotacerdas.embedded import ports, processes, summary
from kotacerdas.embedded.errors import AlreadyRunning, EmbeddedError
from kotacerdas.embedded.servers import EmbeddedServers, answers
from kotacerdas.embedded.signals import ignore_ending, interrupt_on_ending
from kotacerdas.embedded.summary import Login, Terminal
from kotacerdas.embedded.supervisor import Child, Supervisor
from kotacerdas.settings import Settings, child_environment, settings_of

READY_SECONDS = 60
WATCH_SECONDS = 1.0


def no_logins(_settings: Settings) -> Sequence[Login]:
    """Return no accounts."""
    return ()


@dataclass(frozen=True)
class Product:
    """What to run, handed in: the foundation does not know the product built on it.

    `prepare` are called in turn with the settings of the running servers, such as migrate and seed,
    then `logins` for the accounts to show. In a child's command `{socket}` becomes the number of
    the socket that listens at the API's address, which that child inherits.
    """

    prepare: Sequence[Callable[[Settings], object]]
    children: Sequence[Child]
    logins: Callable[[Settings], Sequence[Login]] = no_logins


def run_dev(
    product: Product,
    base: Settings,
    *,
    fresh: bool = False,
    on_ready: Callable[[Settings], None] | None = None,
    console: Console | None = None,
) -> int:
    """Run the product on the data folder and port of `base`; return the exit code.

    Ends by Ctrl-C, SIGTERM, a closed terminal, or a child that keeps falling (code 1).
    """
    interrupt_on_ending()
    out = console or Terminal()
    try:
        return _Launch(product, base, on_ready, out).run(fresh=fresh)
    except AlreadyRunning as error:
        summary.show_running(out, error)
    except EmbeddedError as error:
        summary.show_problem(out, error)
    except KeyboardInterrupt:
        return 0
    return 1


class _Launch:
    """One run of the launcher."""

    def __init__(
        self,
        product: Product,
        base: Settings,
        on_ready: Callable[[Settings], None] | None,
        out: Console,
    ) -> None:
        self._product = product
        self._base = base
        self._on_ready = on_ready
        self._out = out
        self._lines = summary.Lines(out)
        self._began = time.monotonic()

    def run(self, *, fresh: bool) -> int:
        """Start the servers, prepare the database, run the children, and stop everything."""
        servers = EmbeddedServers(
            self._base.data_dir,
            fresh=fresh,
            catch_mail=False,
            postgres_bin=self._base.postgres_bin,
            say=self._say,
        )
        processes.keep_orphans()
        try:
            with servers, self._take_port() as api:
                self._serve(servers, api)
        finally:
            # The servers have stopped: what is left are children whose own parent fell.
            processes.end_descendants(grace_seconds=2)
        return 0

    def _take_port(self) -> socket.socket:
        return ports.take_port(self._base.port, name="The API", say=self._say)

    def _serve(self, servers: EmbeddedServers, api: socket.socket) -> None:
        try:
            settings = self._settings(servers, ports.port_of(api))
            for step in self._product.prepare:
                step(settings)
            asyncio.run(self._supervise(servers, settings, api))
            servers.folder.forget()
        finally:
            ignore_ending()
            self._say("Stopping ...")

    def _settings(self, servers: EmbeddedServers, port: int) -> Settings:
        self._environment = servers.environment() | {
            "KOTACERDAS_HOST": ports.HOST,
            "KOTACERDAS_PORT": str(port),
            "KOTACERDAS_METRICS_HOST": ports.HOST,
            "KOTACERDAS_METRICS_PORT": str(self._metrics_port()),
            "KOTACERDAS_BASE_URL": f"http://{ports.HOST}:{port}",
            "KOTACERDAS_LOG_FORMAT": "console",
        }
        return settings_of(self._environment)

    def _metrics_port(self) -> int:
        return ports.free_port(self._base.metrics_port, name="Metrics", say=self._say)

    async def _supervise(
        self, servers: EmbeddedServers, settings: Settings, api: socket.socket
    ) -> None:
        urls = _urls(servers, settings)
        supervisor = Supervisor(
            child_environment(self._environment | {"PYTHONUNBUFFERED": "1"}),
            show=self._lines.show,
            changed=lambda children: servers.folder.note(urls, children, self._environment),
        )
        sockets = tuple(each.fileno() for each in servers.mail_sockets)
        children = [_given(child, api.fileno()) for child in self._product.children]
        await supervisor.run(
            [Child("mail", servers.mail_command, files=sockets), *children],
            self._announce(settings, urls, supervisor.release),
            self._watch(servers),
        )

    async def _announce(
        self, settings: Settings, urls: dict[str, str], release: Callable[[], None]
    ) -> None:
        """Wait until the API is ready, then start what waits and show where everything is."""
        deadline = time.monotonic() + READY_SECONDS
        while not await asyncio.to_thread(answers, f"{settings.base_url}/readyz"):
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"The API was not ready after {READY_SECONDS} seconds; the lines above say why."
                )
            await asyncio.sleep(0.05)
        release()
        seconds = time.monotonic() - self._began
        summary.show_ready(self._out, urls, self._product.logins(settings), seconds)
        if self._on_ready is not None:
            self._on_ready(settings)

    async def _watch(self, servers: EmbeddedServers) -> None:
        """Bring PostgreSQL and Valkey back should they die, at most as often as any child."""
        for _ in range(4):
            while not (dead := await asyncio.to_thread(servers.revive)):
                await asyncio.sleep(WATCH_SECONDS)
            self._say(f"{' and '.join(dead)} had died: started again.")
        raise EmbeddedError(
            "PostgreSQL or Valkey keeps dying; its log in the data folder says why."
        )

    def _say(self, text: str) -> None:
        self._lines.show("dev", text)


def _given(child: Child, api: int) -> Child:
    if "{socket}" not in child.command:
        return child
    command = tuple(str(api) if part == "{socket}" else part for part in child.command)
    return replace(child, command=command, files=(api,))


def _urls(servers: EmbeddedServers, settings: Settings) -> dict[str, str]:
    return {
        "API": f"{settings.base_url}/graphql",
        "GraphiQL": f"{settings.base_url}/graphiql",
        "Metrics": f"http://{ports.HOST}:{settings.metrics_port}/metrics",
        "Mails": servers.mail_url,
    }
