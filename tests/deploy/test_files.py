"""The files of deploy/ fit the product: what they name exists, and nothing has too many rights."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.core import TyperGroup

from kotacerdas.settings import Settings
from tenants.cli.app import app
from tenants.cli.doctor import CHECKS
from tests.deploy.build_lock import BUILD_LOCK, build_lock
from tests.sizes import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PRODUCT = {"api", "worker", "relay", "beat", "migrate", "cli"}
RUNBOOK = (DEPLOY / "runbook.md").read_text()
CODE = re.compile(r"```sh\n(.*?)```|`([^`\n]+)`", re.DOTALL)
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
VARIABLES = {f"KOTACERDAS_{name.upper()}" for name in Settings.model_fields}
OF_COMPOSE = {"KOTACERDAS_IMAGE"}
"""Variables that compose.yaml itself reads, to choose an image."""


def texts() -> dict[str, str]:
    files = [*DEPLOY.rglob("*"), *(ROOT / "platform" / "docs").rglob("*.md"), ROOT / "README.md"]
    return {str(path.relative_to(ROOT)): path.read_text() for path in files if path.is_file()}


def command_of(unit: Path) -> str:
    found = re.search(r"^ExecStart=/opt/kotacerdas/bin/kotacerdas (.+)$", unit.read_text(), re.M)
    assert found is not None
    return found[1]


def commands() -> set[str]:
    """Every command of ours that deploy/ runs or that the runbook tells to run."""
    words = {" ".join(SERVICES[name]["command"]) for name in PRODUCT}
    written = re.findall(
        r"\bkotacerdas ((?:[a-z]+ ?)+)", "\n".join(map("".join, CODE.findall(RUNBOOK)))
    )
    return words | {command_of(unit) for unit in UNITS} | {each.strip() for each in written}


@pytest.mark.parametrize("command", sorted(commands()))
def test_a_command_that_deploy_names_exists(command: str) -> None:
    found: Any = typer.main.get_command(app)
    for word in command.split():
        found = found.get_command(None, word)
        assert found is not None
        if not isinstance(found, TyperGroup):
            return  # what follows are arguments
    pytest.fail("names a group alone")


def test_the_runbook_tells_each_line_of_the_doctor() -> None:
    section = RUNBOOK.split("\n## Doctor, line by line\n")[1].split("\n## ")[0]
    told = set(re.findall(r"`([^`]+)`", "".join(re.findall(r"^\|(.*?)\|", section, re.M))))
    lines = {check.name.removeprefix("login ") for check in CHECKS}
    assert {name.removeprefix("login ") for name in told} == lines


def test_every_variable_that_is_named_is_a_setting() -> None:
    named = {
        (path, variable)
        for path, text in texts().items()
        for variable in re.findall(r"\bKOTACERDAS_[A-Z]+(?:_[A-Z]+)*\b(?!_)", text)
    }
    assert {each for each in named if each[1] not in VARIABLES | OF_COMPOSE} == set()


def test_every_secret_file_is_a_setting() -> None:
    product = {name for name in COMPOSE["secrets"] if name.startswith("kotacerdas_")}
    assert {name.upper() for name in product} <= VARIABLES
    assert set(COMPOSE["secrets"]) - product == {"postgres_password", "backup_url"}


def test_the_environment_example_names_what_an_operator_must_set_with_a_comment() -> None:
    text = (DEPLOY / "kotacerdas.env.example").read_text()
    named = set(re.findall(r"^#?(KOTACERDAS_\w+)=", text, re.MULTILINE))
    servers = {name for name in VARIABLES if name.endswith(("_URL", "_KEY", "_PASSWORD"))}
    assert servers <= named
    assert {"KOTACERDAS_MAIL_FROM", "KOTACERDAS_SMTP_HOST", "KOTACERDAS_PARTITIONS"} <= named
    for block in text.strip().split("\n\n"):
        assert block.startswith("# "), block


def test_the_environment_example_with_its_secrets_is_read_without_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kotacerdas.settings_problems import problems

    subprocess.run(["sh", DEPLOY / "secrets.sh", tmp_path, "db", "valkey"], check=True)
    (tmp_path / "kotacerdas_smtp_password").chmod(0o600)
    (tmp_path / "kotacerdas_smtp_password").write_text("sandi")
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for line in (DEPLOY / "kotacerdas.env.example").read_text().splitlines():
        if line.startswith("KOTACERDAS_"):
            monkeypatch.setenv(*line.split("=", 1))
    monkeypatch.setenv("KOTACERDAS_SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("KOTACERDAS_DATA_DIR", "/var/lib/kotacerdas")
    assert problems(Settings()) == []


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_is_read_only_without_privileges_and_watched(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"]
    assert "privileged" not in service
    if name not in PRODUCT:
        assert service["user"] == "999:999"
    # The API's healthcheck is the image's own.
    assert ("healthcheck" in service) == (name != "api")


def test_a_service_holds_only_the_secrets_of_its_work() -> None:
    roles = {
        name: {
            secret.removeprefix("kotacerdas_").removesuffix("_url")
            for secret in service.get("secrets", [])
            if secret.startswith("kotacerdas_") and secret.endswith("_url")
        }
        - {"broker"}
        for name, service in SERVICES.items()
    }
    assert roles["api"] == {"city", "ministry", "identity"}
    assert roles["worker"] == {"worker", "identity"}
    assert roles["relay"] == {"relay"}
    assert roles["beat"] == set()
    assert roles["migrate"] == {"migrator", "city"}
    assert [name for name in SERVICES if "backup_url" in SERVICES[name].get("secrets", [])] == [
        "postgres"
    ]


@pytest.mark.parametrize("name", sorted(PRODUCT - {"migrate", "cli"}))
def test_a_unit_of_systemd_holds_the_same_secrets_as_the_service(name: str) -> None:
    unit = (DEPLOY / "systemd" / f"kotacerdas-{name}.service").read_text()
    given = re.findall(r"^LoadCredential=(\w+):/etc/kotacerdas/secrets/\1$", unit, re.MULTILINE)
    assert given == SERVICES[name]["secrets"]
    assert command_of(DEPLOY / "systemd" / f"kotacerdas-{name}.service") == name.replace(
        "api", "serve"
    )


def test_a_service_waits_for_what_it_needs() -> None:
    for name in ("api", "worker", "relay"):
        waits = SERVICES[name]["depends_on"]
        assert waits["migrate"] == {"condition": "service_completed_successfully"}
        assert waits["postgres"] == {"condition": "service_healthy"}
    for name in ("worker", "relay", "beat"):
        assert SERVICES[name]["depends_on"]["valkey"] == {"condition": "service_healthy"}


def test_only_the_api_listens_and_only_on_loopback() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"api": ["127.0.0.1:8000:8000"]}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    inside_only = {name for name in SERVICES if SERVICES[name]["networks"] == ["inside"]}
    assert inside_only == {"postgres", "valkey", "migrate", "relay", "beat"}


def test_what_compose_mounts_exists_or_is_made_by_the_secrets_script(tmp_path: Path) -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (DEPLOY / source).exists()
            else:
                assert source in COMPOSE["volumes"]
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    subprocess.run(["sh", DEPLOY / "secrets.sh", tmp_path, "postgres", "valkey"], check=True)
    files = {secret["file"].removeprefix("secrets/") for secret in COMPOSE["secrets"].values()}
    assert {path.name for path in tmp_path.iterdir()} == files


def test_the_containerfile_copies_only_what_exists_and_its_context_holds() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    copies = re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE)
    sources = [source for copy in copies for source in copy.split()[:-1]]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    ignore = (DEPLOY / "Containerfile.dockerignore").read_text().splitlines()
    assert "*" in ignore
    assert {line[1:] for line in ignore if line.startswith("!")} == set(sources)


def test_the_image_is_pinned_locked_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert bases == ["python:3.11-slim@${PYTHON_DIGEST}"] * 2
    assert re.search(r"^ARG PYTHON_DIGEST$", text, re.MULTILINE)
    assert text.count("--require-hashes") == len(re.findall(r"install.* -r ", text)) == 2
    assert "requirements-dev" not in text
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    assert "HEALTHCHECK" in text


def test_the_build_lock_is_part_of_the_locked_tools() -> None:
    assert BUILD_LOCK.read_text() == build_lock(), "run: python -m tests.deploy.build_lock"


@pytest.mark.parametrize("path", sorted(DEPLOY.rglob("*.sh")), ids=lambda path: path.name)
def test_a_script_is_plain_shell_and_stops_at_the_first_error(path: Path) -> None:
    assert path.read_text().startswith("#!/bin/sh\n")
    assert re.search(r"^set -eu$", path.read_text(), re.MULTILINE)
    assert path.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", path], check=True)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_accepts_a_unit(path: Path, tmp_path: Path) -> None:
    # The program is installed elsewhere; everything else is looked at as it is.
    text = path.read_text().replace("/opt/kotacerdas/bin/kotacerdas", "/bin/true")
    (tmp_path / path.name).write_text(text)
    shutil.copy(DEPLOY / "systemd" / "kotacerdas.target", tmp_path)
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / path.name],
        capture_output=True,
        text=True,
    )
    own = [line for line in ran.stderr.splitlines() if "kotacerdas" in line]
    assert own == []


def test_the_target_starts_every_unit() -> None:
    target = (DEPLOY / "systemd" / "kotacerdas.target").read_text()
    wanted = re.search(r"^Wants=(.+)$", target, re.MULTILINE)
    assert wanted is not None
    assert sorted(wanted[1].split()) == [unit.name for unit in UNITS]
