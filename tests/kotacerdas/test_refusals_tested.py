"""No rule refuses unseen: each refusal is provoked by some test, by its code or its class."""

from __future__ import annotations

import re
from pathlib import Path

from tests.errors_page import every_refusal

TESTS = Path(__file__).parents[1]
WORD = re.compile(r"\b\w+\b")


def test_every_refusal_is_named_by_a_test():
    named = {word for path in TESTS.rglob("*.py") for word in WORD.findall(path.read_text())}
    kinds = {cls for cls in every_refusal() if not cls.__subclasses__()}
    assert {cls.code for cls in kinds if not named & {cls.code, cls.__name__}} == set()
