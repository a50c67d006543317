"""What must hold before a process serves: asked alike by API, worker and relay."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError

from kotacerdas import isolation, migration
from kotacerdas.database import Database
from kotacerdas.scope import Door
from kotacerdas.settings import Settings
from kotacerdas.settings_problems import problems

API_DOORS = (Door.CITY, Door.MINISTRY, Door.IDENTITY)
WORKER_DOORS = (Door.WORKER, Door.IDENTITY)
RELAY_DOORS = (Door.RELAY,)


def refuse_start(settings: Settings, doors: Sequence[Door]) -> None:
    """End the process with 1 unless it may serve; stderr tells why and what to do about it.

    `doors` are the login roles that the process holds; others' passwords it need not know.
    """
    reasons = unfit(settings, doors)
    if reasons:
        sys.exit("refusing to start:\n" + "\n".join(f"- {reason}" for reason in reasons))


def unfit(settings: Settings, doors: Sequence[Door]) -> list[str]:
    """Why a process with these doors must not serve: settings, migrations, isolation of tenants."""
    wrong = problems(settings)
    if wrong:
        return wrong
    try:
        lacking = migration.pending(settings, doors[0])
        if lacking:
            names = ", ".join(lacking)
            return [f"migrations are missing ({names}): run `kotacerdas db migrate`"]
        return _unsafe(settings, doors)
    except OperationalError:
        return ["PostgreSQL does not answer: see `kotacerdas doctor` and start the server"]


def _unsafe(settings: Settings, doors: Sequence[Door]) -> list[str]:
    database = Database(settings)
    try:
        return [str(finding) for finding in isolation.verify(database, doors)]
    finally:
        database.close()
