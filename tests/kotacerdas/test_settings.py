"""Settings are documented, read in one place, and refused where they would be unsafe."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from kotacerdas.settings import ROLES, Settings, child_environment, settings_of
from kotacerdas.settings_problems import problems
from tests.settings_page import PAGE, settings_page
from tests.sizes import PRODUCT, ROOT, modules

MAY_READ_THE_ENVIRONMENT = {
    "platform/kotacerdas/settings.py": "hands this process's variables on to a child process",
}

SOUND: dict[str, Any] = {
    "mode": "production",
    "base_url": "https://kotacerdas.bukittinggi.go.id",
    "data_dir": "/var/lib/kotacerdas",
    "secret_key": "k" * 32,
    "broker_url": "redis://:rahasia@valkey:6379/0",
    "mail_from": "Kota Cerdas <noreply@bukittinggi.go.id>",
    "smtp_host": "mail.bukittinggi.go.id",
    "smtp_username": "kotacerdas",
    "smtp_password": "sandi",
    "smtp_starttls": True,
    **{f"{role}_url": f"postgresql://app_{role}:{role}@db/kotacerdas" for role in ROLES},
}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KOTACERDAS_{name.upper()}", raising=False)


def found(**changes: Any) -> list[str]:
    return problems(Settings(**SOUND | changes))


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_means(name: str) -> None:
    description = Settings.model_fields[name].description
    assert description is not None
    assert description.endswith(".")


def test_the_settings_page_equals_the_settings() -> None:
    assert PAGE.read_text() == settings_page(), "run: python -m tests.settings_page"


def test_the_settings_page_names_every_setting_and_no_other() -> None:
    rows = re.findall(r"^\| `KOTACERDAS_(\w+)` \|", PAGE.read_text(), re.MULTILINE)
    assert rows == [name.upper() for name in Settings.model_fields]


def readers_of_the_environment() -> set[str]:
    names = {"environ", "environb", "getenv", "getenvb"}
    product = [path for path in modules() if path.startswith(PRODUCT)]
    return {
        path
        for path in product
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
        if (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.ImportFrom) and names & {alias.name for alias in node.names})
    }


def test_only_the_settings_read_the_environment() -> None:
    assert readers_of_the_environment() == set(MAY_READ_THE_ENVIRONMENT)


def test_a_variable_and_then_a_file_and_then_the_default_gives_a_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kotacerdas_secret_key").write_text("dari berkas\n")
    (tmp_path / "kotacerdas_smtp_host").write_text("mail.berkas\n")
    monkeypatch.setenv("KOTACERDAS_SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("KOTACERDAS_SMTP_HOST", "mail.variabel")
    monkeypatch.setenv("KOTACERDAS_SMTP_USERNAME", "")
    read = Settings()
    assert read.secret_key.get_secret_value() == "dari berkas"
    assert (read.smtp_host, read.smtp_username, read.smtp_port) == ("mail.variabel", None, 25)


def test_a_child_reads_what_its_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOTACERDAS_SMTP_HOST", "mail.induk")
    child = {"KOTACERDAS_PORT": "8123"}
    assert settings_of(child).port == 8123
    assert settings_of(child).smtp_host == "mail.induk"
    assert child_environment(child)["KOTACERDAS_PORT"] == "8123"


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", 70000), ("partitions", 0), ("mode", "test"), ("job_attempts", 0), ("no_such", 1)],
)
def test_a_setting_out_of_range_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValidationError) as refusal:
        Settings(**{name: value})
    assert [error["loc"] for error in refusal.value.errors()] == [(name,)]


def test_a_secret_is_not_shown_when_settings_are_printed() -> None:
    shown = repr(Settings(**SOUND))
    assert "rahasia" not in shown
    assert "k" * 32 not in shown


def test_sound_settings_have_no_problem() -> None:
    assert found() == []


def test_the_embedded_mode_may_use_what_it_generates() -> None:
    assert problems(Settings(mode="embedded")) == []


def test_production_refuses_the_defaults_and_names_each_variable() -> None:
    refused = problems(Settings())
    assert [text.partition(" ")[0] for text in refused] == [
        "KOTACERDAS_SECRET_KEY",
        "KOTACERDAS_MAIL_FROM",
        "KOTACERDAS_DATA_DIR",
    ]


CITY_LOGIN = (
    "KOTACERDAS_CITY_URL must log in as app_city; deploy/postgres/roles.sql makes that role."
)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"secret_key": "k" * 31}, "KOTACERDAS_SECRET_KEY has under 32 bytes"),
        ({"secret_key": "change-me"}, "KOTACERDAS_SECRET_KEY is the default"),
        ({"base_url": "http://kota.go.id"}, "KOTACERDAS_BASE_URL must begin with https://"),
        ({"base_url": "kota.go.id"}, "KOTACERDAS_BASE_URL must be an address"),
        ({"base_url": "https://kota.go.id/"}, "KOTACERDAS_BASE_URL must end with the host"),
        ({"city_url": "postgresql://app_worker:x@db/kotacerdas"}, CITY_LOGIN),
        ({"city_url": "postgresql://postgres@db/kotacerdas"}, CITY_LOGIN),
        ({"relay_url": "sqlite:///kotacerdas"}, "KOTACERDAS_RELAY_URL must begin with"),
        ({"relay_url": "postgresql://app_relay:x@db/lain"}, "The roles' URLs name different"),
        ({"relay_url": "postgresql://app_relay:city@db/kotacerdas"}, "Two login roles share"),
        ({"data_dir": "data"}, "KOTACERDAS_DATA_DIR must be an absolute path"),
        ({"storage_url": "/srv/files"}, "KOTACERDAS_STORAGE_URL must be `file` or s3://"),
        ({"broker_url": "amqp://x:y@mq/"}, "KOTACERDAS_BROKER_URL must begin with redis://"),
        ({"broker_url": "redis://valkey:6379/0"}, "KOTACERDAS_BROKER_URL has no password"),
        ({"smtp_starttls": False}, "The mail password would travel in clear"),
        ({"smtp_password": None}, "Set both KOTACERDAS_SMTP_USERNAME and"),
        ({"mail_from": "Kota Cerdas"}, "KOTACERDAS_MAIL_FROM must hold an address"),
        ({"secrets_dir": "/no/such"}, "KOTACERDAS_SECRETS_DIR names no folder: /no/such"),
        ({"postgres_bin": "/no/such"}, "KOTACERDAS_POSTGRES_BIN names no folder: /no/such"),
        ({"cors_origins": "*"}, "KOTACERDAS_CORS_ORIGINS holds '*'"),
        ({"cors_origins": "https://*.go.id"}, "KOTACERDAS_CORS_ORIGINS holds 'https://*.go.id'"),
        ({"cors_origins": "https://a.id/"}, "KOTACERDAS_CORS_ORIGINS holds 'https://a.id/'"),
        ({"cors_origins": "http://a.go.id"}, "KOTACERDAS_CORS_ORIGINS holds 'http://a.go.id'"),
        ({"cors_origins": "https://A.id"}, "KOTACERDAS_CORS_ORIGINS holds 'https://A.id'"),
        ({"cors_origins": "null"}, "KOTACERDAS_CORS_ORIGINS holds 'null'"),
        ({"job_window": 4}, "KOTACERDAS_JOB_WINDOW_PER_TENANT must not exceed"),
        ({"session_idle_seconds": 90000}, "KOTACERDAS_SESSION_IDLE_SECONDS must not exceed"),
        ({"session_admin_idle_seconds": 30000}, "KOTACERDAS_SESSION_ADMIN_IDLE_SECONDS must"),
    ],
)
def test_an_unsafe_setting_is_one_problem_that_says_what_to_do(
    changes: dict[str, Any], text: str
) -> None:
    refused = found(**changes)
    assert len(refused) == 1
    assert refused[0].startswith(text)


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "http://127.0.0.1:8000"},
        {"cors_origins": "https://data.go.id, https://a.id:8443,http://localhost:3000"},
        {"storage_url": "s3://kota-cerdas/berkas", "data_dir": "data"},
        {"broker_url": "redis://127.0.0.1:6379/0"},
        {"broker_url": "redis+socket:///run/valkey/valkey.sock"},
        {"smtp_host": "127.0.0.1", "smtp_starttls": False},
    ],
)
def test_what_stays_on_this_machine_or_in_a_bucket_is_no_problem(changes: dict[str, Any]) -> None:
    assert found(**changes) == []
