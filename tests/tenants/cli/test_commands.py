"""What needs no server: version, help, the schema's text."""

import json
import subprocess
import sys
from importlib.metadata import version

from tenants.cli.commands import PLACES


def kotacerdas(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "tenants.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_version_is_the_packages(call):
    assert call("--version", variables={}).stdout == f"kotacerdas {version('kotacerdas')}\n"


def test_help_names_every_command_in_a_line(call):
    text = call("--help", variables={}).stdout
    assert all(f"│ {name} " in text for name in PLACES)
    assert "completion" in text


def test_an_unknown_command_is_refused(call):
    assert "No such command 'dve'" in call("dve", variables={}, code=2).stderr


def test_the_committed_schema_is_checked_in_a_process_of_its_own():
    done = kotacerdas("schema", "check")
    assert (done.returncode, done.stdout) == (0, "The committed schema is the API's.\n")


def test_schemas_are_compared_in_a_process_of_its_own(tmp_path):
    old, new = tmp_path / "old.graphql", tmp_path / "new.graphql"
    old.write_text("type Query { a: Int b: Int }")
    new.write_text("type Query { a: Int }")
    assert kotacerdas("schema", "diff", str(new), str(old)).returncode == 0
    done = kotacerdas("schema", "diff", "--json", str(old), str(new))
    assert (done.returncode, json.loads(done.stdout)[0]["coordinate"]) == (1, "Query.b")


def test_a_process_that_cannot_read_its_settings_says_so_in_one_line(monkeypatch):
    monkeypatch.setenv("KOTACERDAS_PORT", "x")
    done = kotacerdas("serve")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("KOTACERDAS_PORT: ")
