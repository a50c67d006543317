"""`python -m workers.report`: what only the workers' side can tell, for `kotacerdas doctor`."""

from __future__ import annotations

import orjson
from kombu.exceptions import KombuError

from kotacerdas.settings import Settings, settings
from workers.broker import alive
from workers.rendering.fonts import FOLDERS


def report(settings: Settings) -> dict[str, object]:
    """Return the names of the workers that answer, and how many faces there are for books."""
    try:
        workers = alive(settings)
    except (KombuError, OSError):
        workers = []  # the broker's own check tells that it is down
    return {"workers": workers, "faces": sum(len(list(each.glob("*.ttf"))) for each in FOLDERS)}


if __name__ == "__main__":
    print(orjson.dumps(report(settings())).decode())
