"""Which user a server runs as: PostgreSQL refuses root, so root lends it an unprivileged uid."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

FIRST_UID = 65532
NOBODY_UID = 65534


@dataclass(frozen=True)
class Account:
    """A numeric user; `own` is the one this process already has."""

    uid: int
    gid: int

    @property
    def own(self) -> bool:
        """Whether nothing needs to be dropped or handed over."""
        return self.uid == os.geteuid()

    def run(
        self, *command: str | Path, cwd: Path, output: int = subprocess.DEVNULL
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user in a session of its own, where Ctrl-C does not reach it.

        It gets no environment but a path, so that no `PG*` variable of the person's bends it.
        """
        return subprocess.run(  # noqa: S603  (programs and arguments are ours)
            [str(part) for part in command],
            cwd=cwd,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(cwd)},
            user=None if self.own else self.uid,
            group=None if self.own else self.gid,
            extra_groups=None if self.own else [],
            check=False,
        )

    def own_folder(self, folder: Path) -> Path:
        """Make a folder that only this user may enter, and return it."""
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
        self.take(folder)
        return folder

    def take(self, path: Path) -> None:
        """Make this user the owner of one file or folder."""
        if not self.own:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def take_tree(self, folder: Path) -> None:
        """Make this user the owner of a folder and all it holds."""
        if not self.own:
            for path in (folder, *folder.rglob("*")):
                self.take(path)

    def reaches(self, folder: Path) -> bool:
        """Whether this user may enter `folder` through all its parents: the kernel is asked."""
        enter = ("/bin/sh", "-c", 'cd -- "$1"', "sh", folder)
        return self.own or self.run(*enter, cwd=Path("/")).returncode == 0


def server_account(cluster: Path) -> Account:
    """Return the user for a server: its cluster's owner, else our own, else a uid without a name.

    A uid that nobody else uses: `nobody` is shared with other services, which could read the data.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if cluster.exists():
        owner = cluster.stat()
        return Account(owner.st_uid, owner.st_gid)
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    uid = next(uid for uid in range(FIRST_UID, 0, -1) if uid not in taken)
    return Account(uid, uid)


def named_account(account: Account) -> Account:
    """Return a user with a name for `initdb`, which refuses a uid that the system does not know."""
    if account.own:
        return account
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return Account(NOBODY_UID, NOBODY_UID)
    return Account(nobody.pw_uid, nobody.pw_gid)
