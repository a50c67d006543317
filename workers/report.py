"""What only the workers' side can tell of its health, for `kotacerdas doctor`."""

from __future__ import annotations

from kombu.exceptions import KombuError

from kotacerdas.settings import Settings
from workers.broker import alive
from workers.rendering.fonts import FOLDERS, coverage

ANSWER_SECONDS = 2.0


def report(settings: Settings) -> dict[str, object]:
    """Return the names of the workers that answer, and the faces and characters of the book."""
    try:
        workers = alive(settings, ANSWER_SECONDS)
    except (KombuError, OSError):
        workers = []  # the broker's own check tells that it is down
    faces = [face.name for folder in FOLDERS for face in folder.glob("*.ttf")]
    return {"workers": workers, "faces": len(faces), "characters": len(coverage() if faces else ())}
