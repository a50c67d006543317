from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from tests.workers.rendering.sample import sample_book
from workers.rendering.book import render_book
from workers.rendering.errors import (
    RenderCancelled,
    RenderCrashed,
    RenderOutOfMemory,
    RenderOutOfTime,
    RenderTooLarge,
)
from workers.rendering.limits import MEBIBYTE, Limits


def large_book():
    content = sample_book()
    return replace(content, dimensions=content.dimensions * 12)


def children():
    listed = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text()
    return [int(pid) for pid in listed.split()]


def never():
    return False


def ignore(step):
    """Progress that nobody watches."""


@pytest.mark.timed
def test_a_cancelled_book_ends_within_two_seconds_and_leaves_no_process():
    asked = []

    def cancelled():
        asked.append(monotonic())
        return len(asked) == 2

    before = children()
    with pytest.raises(RenderCancelled):
        render_book(large_book(), ignore, cancelled)
    assert monotonic() - asked[-1] < 2
    assert children() == before


@pytest.mark.parametrize("megabytes", [60, 150])
def test_a_book_over_the_memory_limit_is_named_so(megabytes):
    limits = Limits(memory_bytes=megabytes * MEBIBYTE)
    with pytest.raises(RenderOutOfMemory) as refused:
        render_book(sample_book(), ignore, never, limits)
    assert refused.value.code == "RENDER_OUT_OF_MEMORY"
    assert "Ringkas uraian program" in refused.value.text("id")


def test_a_book_over_the_processor_limit_is_named_so():
    with pytest.raises(RenderOutOfTime):
        render_book(large_book(), ignore, never, Limits(cpu_seconds=1))


def test_a_book_over_the_waiting_limit_is_killed():
    before = children()
    with pytest.raises(RenderOutOfTime):
        render_book(large_book(), ignore, never, Limits(wall_seconds=0.4))
    assert children() == before


def test_a_file_over_the_size_limit_is_named_so():
    with pytest.raises(RenderTooLarge):
        render_book(sample_book(), ignore, never, Limits(file_bytes=20_000))


def test_a_killed_child_is_a_crash_that_may_be_tried_again():
    before = children()

    def kill(step):
        if step == "layout":
            [child] = set(children()) - set(before)
            os.kill(child, signal.SIGSEGV)

    with pytest.raises(RenderCrashed) as crashed:
        render_book(sample_book(), kill, never)
    assert crashed.value.detail.startswith("exit -11")


def test_a_failing_progress_note_ends_the_child_and_rises():
    before = children()

    def fenced(step):
        raise LookupError("the lease is gone")

    with pytest.raises(LookupError, match="lease"):
        render_book(large_book(), fenced, never)
    assert children() == before


def test_the_child_sees_none_of_the_workers_secrets(monkeypatch):
    monkeypatch.setenv("KOTACERDAS_SECRET", "rahasia")
    seen, others = [], set(children())

    def look(step):
        [child] = set(children()) - others
        seen.append(Path(f"/proc/{child}/environ").read_bytes())

    render_book(sample_book(), look, never)
    assert len(seen) == 4
    assert not any(b"KOTACERDAS" in environment for environment in seen)
