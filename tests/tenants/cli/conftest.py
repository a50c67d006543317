"""The command line against the whole product, started once."""

import json
import os

import pytest
from typer.testing import CliRunner

from kotacerdas import settings as reading
from tenants.cli.app import app
from tests.tenants.cli.running import running


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    """`kotacerdas dev`, with its demo."""
    with running(tmp_path_factory.mktemp("dev") / "data") as started:
        yield started


@pytest.fixture
def call(monkeypatch):
    """Return a function that runs a command with just these variables: `call("city", "list")`."""

    def run(*arguments, variables, code=0, **options):
        with monkeypatch.context() as patch:
            for name in reading.Settings.model_fields:
                patch.delenv(f"KOTACERDAS_{name.upper()}", raising=False)
            for name, value in {"LANG": "C.UTF-8", **variables}.items():
                patch.setenv(name, value)
            reading.settings.cache_clear()
            try:
                result = CliRunner().invoke(app, [str(part) for part in arguments], **options)
            finally:
                reading.settings.cache_clear()
        assert result.exit_code == code, (result.output, result.exception)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


@pytest.fixture
def console(call, product):
    """Return the same for the running product, found by its data folder alone."""

    def run(*arguments, **options):
        return call(*arguments, variables={"KOTACERDAS_DATA_DIR": str(product.folder)}, **options)

    return run


@pytest.fixture
def data(console):
    """Return a function that runs a command with --json and returns what it printed."""
    return lambda *arguments, **options: json.loads(console(*arguments, "--json", **options).stdout)


@pytest.fixture
def table(call, database):
    """Return a function that runs a command on the tests' database: its JSON, or its refusal."""

    def run(*arguments, **options):
        given = {name: v for name, v in os.environ.items() if name.startswith("KOTACERDAS_")}
        done = call(*arguments, "--json", variables=given, **options)
        return json.loads(done.stdout) if done.exit_code == 0 else done.stderr

    return run
