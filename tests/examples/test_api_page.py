"""The page for frontend teams shows nothing but what the tests run."""

from __future__ import annotations

import re

import pytest

from tests.sizes import ROOT

PAGE = (ROOT / "platform/docs/api.md").read_text()
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = BLOCK.findall(PAGE)


def test_the_page_has_a_part_for_each_subject():
    parts = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert parts[:4] == ["Who asks", "Tenancy", "Paging", "Errors"]
    assert len(BLOCKS) >= len(parts) - 1


@pytest.mark.parametrize(("language", "path", "text"), BLOCKS, ids=lambda part: part[:40])
def test_a_block_of_the_page_is_part_of_a_file_that_tests_run(language, path, text):
    assert path.startswith("tests/examples/"), f"a {language} block names no file"
    assert text in (ROOT / path).read_text()
