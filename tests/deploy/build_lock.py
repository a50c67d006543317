"""`python -m tests.deploy.build_lock`: write deploy/build.lock, the locked tools of the build."""

from __future__ import annotations

import re
from importlib.metadata import requires

from packaging.requirements import Requirement

from tests.sizes import ROOT

BUILD_LOCK = ROOT / "deploy" / "build.lock"


def build_lock() -> str:
    """Return the entries of requirements-dev.lock that hatchling and what it needs have there."""
    text = (ROOT / "requirements-dev.lock").read_text()
    entries = {
        name(entry): entry for entry in re.findall(r"^\S(?:.*\\\n)*.*\n", text, re.MULTILINE)
    }
    return "".join(entries[wanted] for wanted in sorted(needed("hatchling")))


def needed(package: str) -> set[str]:
    """Return the package and everything that it requires here, by normalised names."""
    wanted = [Requirement(text) for text in requires(package) or ()]
    here = [each for each in wanted if each.marker is None or each.marker.evaluate({"extra": ""})]
    return {package}.union(*(needed(name(each.name)) for each in here))


def name(entry: str) -> str:
    """Return the normalised name that a requirement begins with."""
    return re.split(r"[^A-Za-z0-9._-]", entry)[0].lower().replace("_", "-")


if __name__ == "__main__":
    BUILD_LOCK.write_text(build_lock())
