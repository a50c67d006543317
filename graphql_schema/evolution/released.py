"""The schema of the last release, by which clients wrote their documents."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from graphql_schema.evolution.labels import last_release

FOLDER = Path(__file__).parents[1]
RELEASED = FOLDER / "released.graphql"
WITHIN = "graphql_schema/schema.graphql"
"""Where a revision of the repository keeps its schema."""


class NoSchema(Exception):
    """What was named holds no schema; the text says what to name instead."""


def sdl_of(name: str) -> str:
    """Return the schema that a file holds, or a revision of the repository, such as a tag."""
    if Path(name).is_file():
        return Path(name).read_text(encoding="utf-8")
    git = shutil.which("git")
    if git is None or name.startswith("-"):
        raise NoSchema(f"There is no file {name}. Name a file of SDL.")
    shown = subprocess.run(  # noqa: S603  (git itself, and a name that is no option)
        [git, "show", f"{name}:{WITHIN}"], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    if shown.returncode:
        raise NoSchema(f"{name} is neither a file nor a revision that holds {WITHIN}.")
    return shown.stdout


def released_sdl() -> str | None:
    """Return the last release's schema, or None before the first release."""
    return RELEASED.read_text(encoding="utf-8") if RELEASED.exists() else None


def header(changelog: str) -> str:
    """Return the first line of a released schema; raises NoSchema before the first release."""
    release = last_release(changelog)
    if release is None:
        raise NoSchema(
            "CHANGELOG.md names no released version. Give its newest one a day, as in"
            " `## [0.1.0] - 2026-12-01`, then run this again."
        )
    version, day = release
    return f"# Schema of {version}, released {day}; `kotacerdas schema release` writes it.\n"
