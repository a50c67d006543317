"""`doctor` and `check`: green on a running product, and saying what to do where something fails."""

import json
import re

import pytest

from tenants.cli.doctor import CHECKS

NAMES = [
    "settings",
    "login app_city",
    "login app_ministry",
    "login app_identity",
    "login app_worker",
    "login app_relay",
    "login app_migrator",
    "migrations",
    "isolation",
    "clock",
    "relay",
    "jobs",
    "broker",
    "workers",
    "fonts",
    "storage",
    "mail",
    "disk",
]
CLOSED = "127.0.0.1:9"
PRODUCTION = {"KOTACERDAS_MODE": "production"}


def test_the_doctor_finds_a_running_product_well(data):
    found = data("doctor")
    assert [line["name"] for line in found] == NAMES == [check.name for check in CHECKS]
    assert [line for line in found if not line["ok"]] == []


def test_every_failing_line_says_what_to_do(call, product):
    broken = {
        "KOTACERDAS_BROKER_URL": f"redis://{CLOSED}/0",
        "KOTACERDAS_SMTP_PORT": "9",
        "KOTACERDAS_IDENTITY_URL": f"postgresql://app_identity@{CLOSED}/kotacerdas",
        "KOTACERDAS_STORAGE_URL": "nowhere://",
    }
    lines = call("doctor", variables=product.environment | broken, code=1).stdout
    found = re.findall(r"^fail +(.+?)  +.*\n +-> (.*)", lines, re.MULTILINE)
    assert {name for name, _ in found} == {
        "login app_identity",
        "isolation",
        "broker",
        "workers",
        "storage",
        "mail",
    }
    assert dict(found)["workers"].strip() == "First put right: broker."
    assert all(len(todo.strip()) > 15 for _, todo in found)
    assert len(re.findall(r"^ok ", lines, re.MULTILINE)) == len(NAMES) - len(found)


def test_unsafe_settings_are_told_and_nothing_secret_is(call):
    secret = {"KOTACERDAS_SECRET_KEY": "kurang-panjang"}
    told = call("check", variables=PRODUCTION | secret, code=1)
    assert "KOTACERDAS_SECRET_KEY has under" in told.stdout
    assert "kurang-panjang" not in told.output
    problems = json.loads(call("check", "--json", variables=PRODUCTION, code=1).stdout)
    assert any("KOTACERDAS_SECRET_KEY is the default" in one["problem"] for one in problems)


def test_a_malformed_setting_is_named_without_its_value(call):
    told = call("check", variables=PRODUCTION | {"KOTACERDAS_PORT": "rahasia"}, code=1)
    assert told.stderr.startswith("KOTACERDAS_PORT: ")
    assert "rahasia" not in told.output


@pytest.mark.parametrize(
    ("language", "words"),
    [("id_ID.UTF-8", "PostgreSQL tidak menjawab."), ("en_GB.UTF-8", "PostgreSQL does not answer.")],
)
def test_a_silent_database_is_told_in_the_terminals_language(call, language, words):
    url = f"postgresql://app_ministry@{CLOSED}/kotacerdas"
    silent = PRODUCTION | {"KOTACERDAS_MINISTRY_URL": url, "LANG": language}
    assert call("city", "list", variables=silent, code=1).stderr.startswith(words)


def test_an_empty_database_asks_for_its_migrations(call, product):
    url = product.environment["KOTACERDAS_MINISTRY_URL"].replace("/kotacerdas?", "/postgres?")
    empty = product.environment | {"KOTACERDAS_MINISTRY_URL": url}
    told = call("city", "list", variables=empty, code=1).stderr
    assert told == "Basis data belum siap. Jalankan `kotacerdas db migrate`.\n"
