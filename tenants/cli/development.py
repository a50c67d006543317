"""`kotacerdas dev`: the whole product on embedded servers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from kotacerdas import migration
from kotacerdas.embedded.launcher import Product, run_dev
from kotacerdas.embedded.summary import Login
from kotacerdas.embedded.supervisor import Child
from kotacerdas.settings import Settings, settings_of
from tenants.cli.databases import load_demo
from tenants.cli.processes import API, BEAT, RELAY, WORKER, command
from tenants.demo.loading import logins, password_of

CHILDREN = (
    Child("api", command(*API, "--fd", "{socket}")),
    # Jobs can wait; who starts the product, for two processors' sake, shall not.
    Child("worker", command(*WORKER), waits=True),
    Child("relay", command(*RELAY), waits=True),
    Child("beat", command(*BEAT), waits=True),
)


def dev(
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Delete the data folder's content first.")
    ] = False,
) -> None:
    """Run everything here, with demo data, until Ctrl-C."""
    product = Product(prepare=(migration.upgrade, load_demo), children=CHILDREN, logins=demo_logins)
    raise typer.Exit(run_dev(product, settings_of({}), fresh=fresh))


def demo_logins(chosen: Settings) -> Sequence[Login]:
    """Return the accounts that the launcher shows."""
    return [Login(**vars(login)) for login in logins(password_of(chosen))]
