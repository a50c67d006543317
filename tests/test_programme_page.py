"""The page on the programme names only what exists: fields, mutations, commands and tests."""

from __future__ import annotations

import re

import pytest
import typer
from graphql import GraphQLObjectType
from typer.main import get_command

from graphql_schema.schema import core
from tenants.cli.app import app
from tests.sizes import ROOT

PAGE = (ROOT / "platform" / "docs" / "programme.md").read_text()
TABLES = [line.split("|")[1:-1] for line in PAGE.splitlines() if line.startswith("| ")]
ROWS = [row for row in TABLES if row[1].strip() != "API"]
IDS = [row[0].strip() for row in ROWS]


def names(cell: str) -> list[str]:
    """The names between backticks."""
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_fields_and_mutations_of_the_page_are_in_the_schema(row: list[str]) -> None:
    assert core.mutation_type is not None
    for name in names(row[1]):
        kind, _, field = name.rpartition(".")
        owner = core.type_map[kind] if kind else core.mutation_type
        assert isinstance(owner, GraphQLObjectType), name
        assert field in owner.fields, name


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_commands_of_the_page_can_be_called(row: list[str]) -> None:
    for name in names(row[2]):
        command = get_command(app)
        for word in name.removeprefix("kotacerdas ").split():
            found = command.get_command(typer.Context(command), word)  # type: ignore[attr-defined]
            assert found is not None, name
            command = found


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_tests_of_the_page_are_there(row: list[str]) -> None:
    assert names(row[3]), "no test is named"
    for name in names(row[3]):
        path, _, test = name.partition("::")
        assert f"def {test or 'test_'}" in (ROOT / "tests" / path).read_text(), name


def test_every_entity_and_stage_of_the_domain_has_its_row() -> None:
    told = " ".join(IDS)
    stages = "assessment commitment institutions bimtek ekspose adoption evaluation withdrawn"
    entities = (
        "Region GuideEdition Dimension SubDimension BookTemplate Cohort Participation Assignment"
        " Assessment Answer Commitment Institution Member Regulation Unit Workshop Agenda"
        " Attendance Output Readiness Swot Vision Mission Goal Innovation InnovationRevision Review"
        " Remark Programme YearTarget Budget Masterplan Book Chapter Section EvaluationRound"
        " SelfScore AssessorScore Objection Result FollowUp Document Notification Delivery"
        " AuditEntry"
    )
    for name in f"{stages} {entities}".split():
        assert name in told, name
