"""Log lines of every process: JSON or for a console, never with the values of variables."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from kotacerdas.errors import DomainError
from kotacerdas.settings import Settings


def configure(settings: Settings) -> None:
    """Set up structlog for this process; lines go to standard error."""
    console = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=lambda *_: None)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            describe_error,
            console if settings.log_format == "console" else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )


def describe_error(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace an exception by its kind and the places it passed.

    Messages of the database and of mail servers hold people's data; only our own texts are shown.
    """
    given = line.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        line["error"] = str(error) if isinstance(error, DomainError) else type(error).__name__
        line["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return line
