"""Where a server's files may lie: reachable by its user, short enough for a socket's address."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from kotacerdas.embedded.accounts import Account
from kotacerdas.embedded.errors import EmbeddedError

SOCKET_FOLDER_BYTES = 90
"""A socket's whole path must fit in 107 bytes, of which PostgreSQL's own name takes 16."""
_PLAIN = re.compile(r"[A-Za-z0-9/._-]+")


class Place:
    """A folder inside the data folder, or a recorded one elsewhere where inside will not do."""

    def __init__(self, inside: Path, fits: Callable[[Path], bool], bases: tuple[Path, ...]) -> None:
        self._inside = inside
        self._record = inside.with_name(f"{inside.name}.place")
        self._fits = fits
        self._bases = bases

    def folder(self) -> Path:
        """Return the folder, the same at each start, and make it if need be.

        Raises EmbeddedError where neither inside nor elsewhere will do.
        """
        if self._recorded is not None:
            return self._recorded
        if self._fits(self._inside):
            self._inside.mkdir(exist_ok=True)
            return self._inside
        elsewhere = self._elsewhere()
        self._record.write_text(str(elsewhere))
        return elsewhere

    def remove(self) -> None:
        """Delete the folder and what it holds, wherever it is."""
        if self._recorded is not None:
            shutil.rmtree(self._recorded)
        self._record.unlink(missing_ok=True)
        if self._inside.exists():
            shutil.rmtree(self._inside)

    @property
    def _recorded(self) -> Path | None:
        if not self._record.exists():
            return None
        recorded = Path(self._record.read_text())
        return recorded if recorded.is_dir() else None

    def _elsewhere(self) -> Path:
        for base in self._bases:
            try:
                made = Path(tempfile.mkdtemp(prefix="kotacerdas-", dir=base))
            except OSError:
                continue
            if self._fits(made):
                return made
            made.rmdir()
        tried = ", ".join(str(base) for base in self._bases)
        raise EmbeddedError(
            f"No folder for {self._inside.name}: neither {self._inside.parent} nor {tried} will do."
            " Choose another data folder with KOTACERDAS_DATA_DIR."
        )


def server_place(inside: Path, account: Account) -> Place:
    """Return the place of a server's files: its user must get there without changing any parent.

    /var/lib comes before /var/tmp, where systems delete files after a month.
    """
    bases = (Path("/var/lib"), Path("/var/tmp"), Path(tempfile.gettempdir()))  # noqa: S108
    return Place(inside, lambda folder: account.reaches(folder.parent), bases)


def socket_place(inside: Path, account: Account) -> Place:
    """Return the place of a server's sockets: the path must also be short and plain."""

    def fits(folder: Path) -> bool:
        plain = _PLAIN.fullmatch(str(folder)) is not None
        return plain and len(str(folder)) <= SOCKET_FOLDER_BYTES and account.reaches(folder.parent)

    bases = (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"))  # noqa: S108
    return Place(inside, fits, bases)
