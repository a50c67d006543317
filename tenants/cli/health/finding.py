"""One check and what it found."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kotacerdas.database import Database
from kotacerdas.settings import Settings, child_environment

REPORT_SECONDS = 30


class Ill(Exception):
    """Something is not as it should be; `remedy` says what to do where the check's own does not."""

    def __init__(self, detail: str, remedy: str | None = None) -> None:
        self.detail = detail
        self.remedy = remedy
        super().__init__(detail)


@dataclass(frozen=True)
class Patient:
    """What is examined; `environment` are the variables with which its processes run."""

    settings: Settings
    database: Database
    environment: dict[str, str]

    @cached_property
    def report(self) -> dict[str, Any]:
        """What the workers' own module tells: this package knows neither Celery nor the renderer.

        Raises Ill where it does not run.
        """
        done = subprocess.run(
            [sys.executable, "-m", "workers.report"],
            env=child_environment(self.environment),
            capture_output=True,
            text=True,
            timeout=REPORT_SECONDS,
            check=False,
        )
        if done.returncode:
            raise Ill((done.stderr.strip().splitlines() or ["no answer"])[-1])
        report: dict[str, Any] = json.loads(done.stdout)
        return report


@dataclass(frozen=True)
class Check:
    """A look at one thing: `look` returns what it saw, or raises; `remedy` is for what it raises.

    One that `needs` another is not tried where that one failed.
    """

    name: str
    look: Callable[[Patient], str]
    remedy: str
    needs: str | None = None


@dataclass(frozen=True)
class Finding:
    """A line of the doctor's report; `todo` is empty where all is well."""

    name: str
    ok: bool
    detail: str
    todo: str = ""


def examine(check: Check, patient: Patient, failed: set[str]) -> Finding:
    """Look once; whatever is raised becomes a failing line."""
    if check.needs in failed:
        return Finding(check.name, False, "not tried", f"First put right: {check.needs}.")
    try:
        return Finding(check.name, True, check.look(patient))
    except Ill as ill:
        return Finding(check.name, False, ill.detail, ill.remedy or check.remedy)
    except Exception as error:
        # A doctor reports whatever it is.
        first = str(error).strip().partition("\n")[0]
        return Finding(check.name, False, f"{type(error).__name__}: {first}", check.remedy)
