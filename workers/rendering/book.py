"""Rendering of one book: a fresh, limited child process that can be cancelled at any moment."""

from __future__ import annotations

import hashlib
import signal
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenants.masterplan.content import BookContent, to_json
from workers.rendering.errors import (
    FAILURES,
    RenderCancelled,
    RenderCrashed,
    RenderFailed,
    RenderOutOfMemory,
    RenderOutOfTime,
)
from workers.rendering.limits import Limits
from workers.rendering.process import Ended, run
from workers.rendering.shelf import MASTERPLAN

Progress = Callable[[str], None]
Cancelled = Callable[[], bool]

OUT_OF_MEMORY = (
    "memory allocation of",
    "MemoryError",
    "Cannot allocate memory",
    "failed to map segment",
)


@dataclass(frozen=True)
class Rendered:
    """A finished file; `warnings` are sentences in the book's language for whoever asked for it."""

    pdf: bytes
    pages: int
    sha256: str
    warnings: tuple[str, ...]


def render_book(
    content: BookContent,
    progress: Progress,
    cancelled: Cancelled,
    limits: Limits | None = None,
    *,
    numbers: Sequence[int] = (MASTERPLAN,),
) -> Rendered:
    """Make one PDF of a frozen masterplan's books; the same content always gives the same bytes.

    `progress` hears the steps data, layout, checks and store-ready; `cancelled` is asked twice a
    second. Raises RenderCancelled within two seconds of a cancel, or a RenderFailed.
    """
    bounds = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="book-") as folder:
        source, target = Path(folder, "content.json"), Path(folder, "book.pdf")
        source.write_bytes(to_json(content))
        ended = run(source, target, numbers, bounds, progress, cancelled)
        if ended.was_cancelled:
            raise RenderCancelled
        result = ended.result
        if result is None or "failed" in result:
            raise _failure(ended)
        return _rendered(result, target.read_bytes())


def _rendered(result: dict[str, Any], pdf: bytes) -> Rendered:
    if hashlib.sha256(pdf).hexdigest() != result["sha256"]:
        raise RenderCrashed("the file differs from what the child wrote")
    return Rendered(pdf, result["pages"], result["sha256"], tuple(result["warnings"]))


def _failure(ended: Ended) -> RenderFailed:
    """Name the reason: told by the child, else by its signal or its last words."""
    if ended.was_too_slow:
        return RenderOutOfTime("wall clock")
    if ended.result is not None:
        failure = FAILURES.get(ended.result["failed"], RenderFailed)
        return failure(ended.result["detail"])
    if any(words in ended.last_words for words in OUT_OF_MEMORY):
        return RenderOutOfMemory(ended.last_words)
    if ended.returncode == -signal.SIGXCPU:
        return RenderOutOfTime("processor time")
    return RenderCrashed(f"exit {ended.returncode}: {ended.last_words}")
