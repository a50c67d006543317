"""The README, CONTRIBUTING and the decisions say what is true."""

from __future__ import annotations

import re

import pytest
from graphql import parse, validate

from graphql_schema.schema import schema
from tests.sizes import ROOT

README = (ROOT / "README.md").read_text()
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "platform" / "docs").rglob("*.md"),
        *(ROOT / "deploy").rglob("*.md"),
    ]
)
MADE_BY_THE_OPERATOR = {"deploy/kotacerdas.env", "deploy/secrets"}


def examples() -> list[str]:
    return re.findall(r"```graphql\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_example_of_the_readme_fits_the_schema(number: int) -> None:
    assert validate(schema._schema, parse(examples()[number])) == []


def test_the_readme_is_short_and_has_its_parts() -> None:
    assert len(README.splitlines()) < 200
    for part in ("Two commands", "The flow", "Asking the API", "Where things live", "Glossary"):
        assert f"\n## {part}\n" in README
    assert len(examples()) == 3


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_page_links_to_exists(path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", path.read_text())
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_that_a_page_names_exists(path) -> None:
    place = r"`((?:platform|tenants|graphql_schema|workers|deploy|tests)/[\w./-]+)`"
    named = re.findall(place, path.read_text())
    roots = (
        ROOT,
        ROOT / "tests",
    )  # the page of the programme names tests as pytest does from there
    missing = {name for name in named if not any((root / name).exists() for root in roots)}
    assert missing - MADE_BY_THE_OPERATOR == set()


@pytest.mark.parametrize(
    "term",
    ["bimtek", "walidata", "SKPD", "OPD", "angkatan", "keikutsertaan", "perangkat daerah", "TTE",
     "Perwali", "Bappeda", "Diskominfo", "RPJMD", "ekspose", "APBD", "KPBU", "Permendagri 90"],
)  # fmt: skip
def test_the_glossary_explains_a_term_of_the_programme(term: str) -> None:
    glossary = README.split("\n## Glossary\n")[1]
    rows = [line.split("|")[1] for line in glossary.splitlines() if line.startswith("|")]
    assert any(term in row for row in rows)


def test_a_decision_is_one_page_and_says_what_it_costs() -> None:
    decisions = sorted((ROOT / "platform" / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [
        f"{n:04}" for n in range(1, len(decisions) + 1)
    ]
    for path in decisions:
        text = path.read_text()
        assert len(text.splitlines()) <= 60, path.name
        for part in ("## Context", "## Decision", "## Consequences"):
            assert part in text, path.name
