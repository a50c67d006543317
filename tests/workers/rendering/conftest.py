from __future__ import annotations

import pytest

from tests.workers.rendering.sample import sample_book
from workers.rendering.book import Rendered, render_book


def quietly(step):
    """Progress that nobody watches."""


def never():
    return False


@pytest.fixture(scope="session")
def steps() -> list[str]:
    return []


@pytest.fixture(scope="session")
def book(steps) -> Rendered:
    return render_book(sample_book(), steps.append, never)
