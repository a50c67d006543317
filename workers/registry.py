"""Every kind of job that a worker runs."""

from __future__ import annotations

from workers import housekeeping
from workers.runner import Handlers

HANDLERS: Handlers = {handler.kind.name: handler for handler in [housekeeping.HANDLER]}
