"""What must hold before a process serves: asked alike by API, worker and relay."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kotacerdas import isolation, migration
from kotacerdas.database import Database
from kotacerdas.scope import Door
from kotacerdas.settings import Settings, problems

API_DOORS = (Door.CITY, Door.MINISTRY, Door.IDENTITY)
WORKER_DOORS = (Door.WORKER, Door.IDENTITY)
RELAY_DOORS = (Door.RELAY,)


class StartRefused(Exception):
    """The process must not serve; `reasons` say why and what an operator does about each."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("refusing to start:\n" + "\n".join(f"- {reason}" for reason in reasons))


def refuse_unfit(settings: Settings, database: Database, doors: Sequence[Door]) -> None:
    """Raise StartRefused unless settings, migrations and the isolation of tenants are in order.

    `doors` are the login roles that the process holds; others' passwords it need not know.
    """
    reasons = problems(settings)
    lacking = migration.pending(settings, doors[0])
    if lacking:
        names = ", ".join(lacking)
        reasons.append(f"migrations are missing ({names}): run `kotacerdas db migrate`")
    else:
        reasons += [str(finding) for finding in isolation.verify(database, doors)]
    if reasons:
        raise StartRefused(reasons)


def refuse_start(settings: Settings, doors: Sequence[Door]) -> None:
    """Ask the same before a process forks or loops; its reasons go to stderr and it ends with 1."""
    database = Database(settings)
    try:
        refuse_unfit(settings, database, doors)
    except StartRefused as refused:
        sys.exit(str(refused))
    finally:
        database.close()
