"""The schema of the last release, and the commands that keep and compare it."""

from __future__ import annotations

import json
import re

import pytest

from graphql_schema import __main__ as command
from graphql_schema.evolution import released
from graphql_schema.evolution.labels import CHANGELOG, last_release

UNRELEASED = "## [0.2.0] - Unreleased\n"
SINCE = " directive @since(version: String!) on FIELD_DEFINITION"
NEXT = 'type Query { b: Int @since(version: "0.2.0") }' + SINCE
DATED = "## [0.1.0] - 2026-12-01\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A CHANGELOG and a released schema of the test's own."""
    monkeypatch.setattr(command, "CHANGELOG", tmp_path / "CHANGELOG.md")
    monkeypatch.setattr(released, "RELEASED", tmp_path / "released.graphql")
    monkeypatch.setattr(command, "present", lambda: "type Query {\n  a: Int\n}\n")
    (tmp_path / "CHANGELOG.md").write_text(UNRELEASED)
    return tmp_path


def test_the_released_schema_is_that_of_the_newest_version_with_a_day():
    release = last_release(CHANGELOG.read_text(encoding="utf-8"))
    kept = released.released_sdl()
    if release is None:
        assert kept is None, "released.graphql stands before the CHANGELOG has a released version"
    else:
        first = (kept or "").partition("\n")[0]
        assert re.match(rf"# Schema of {re.escape(release[0])}, released {release[1]};", first), (
            "run `kotacerdas schema release`"
        )


def test_before_the_first_release_nothing_can_break(place, capsys):
    assert command.main(["diff"]) == 0
    assert capsys.readouterr().out.startswith("Nothing has been released yet")
    assert command.main(["release"]) == 1
    assert "names no released version" in capsys.readouterr().err
    assert not (place / "released.graphql").exists()


def test_a_release_keeps_the_schema_and_later_a_breaking_change_needs_its_label(
    place, monkeypatch, capsys
):
    (place / "CHANGELOG.md").write_text(UNRELEASED + DATED)
    assert command.main(["release"]) == 0
    kept = (place / "released.graphql").read_text()
    assert kept.startswith("# Schema of 0.1.0, released 2026-12-01;")
    assert command.main(["diff"]) == 0
    monkeypatch.setattr(
        command, "present", lambda: 'type Query { b: Int @since(version: "0.2.0") }' + SINCE
    )
    capsys.readouterr()
    assert command.main(["diff"]) == 1
    assert "- [breaking] Query.a: why, and what to use" in capsys.readouterr().out
    (place / "CHANGELOG.md").write_text(UNRELEASED + "- [breaking] Query.a: use b.\n" + DATED)
    assert command.main(["diff", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(each["coordinate"], each["labelled"]) for each in told] == [
        ("Query.a", True),
        ("@since", False),
        ("Query.b", False),
    ]


def test_a_field_that_came_after_the_release_says_since_when(place, monkeypatch, capsys):
    (place / "CHANGELOG.md").write_text(UNRELEASED + DATED)
    command.main(["release"])
    new = "type Query {{ a: Int b: T {} }} type T {{ c: Int }}" + SINCE
    monkeypatch.setattr(command, "present", lambda: new.format(""))
    assert command.main(["diff"]) == 1
    assert capsys.readouterr().err == "Query.b is new and does not say so: add @since.\n"
    monkeypatch.setattr(command, "present", lambda: new.format('@since(version: "0.2.0")'))
    assert command.main(["diff"]) == 0


def test_files_and_revisions_are_compared_in_the_order_in_which_they_are_named(
    place, monkeypatch, capsys
):
    old, new = place / "old.graphql", place / "new.graphql"
    old.write_text("type Query { a: Int }")
    new.write_text("type Query { a: Int b: Int }")
    assert command.main(["diff", str(old), str(new)]) == 0
    assert capsys.readouterr().out == "Safe (1)\n  Field Query.b was added.\n\n"
    assert command.main(["diff", str(new), str(old)]) == 1
    for unknown in ("nowhere", "--output=x"):
        with pytest.raises(released.NoSchema, match=r"Name a file|neither a file nor a revision"):
            released.sdl_of(unknown)
