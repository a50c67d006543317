"""A process that must not serve ends at once and says what to do."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from kotacerdas import isolation, migration
from kotacerdas.isolation import Finding
from kotacerdas.startup import API_DOORS, RELAY_DOORS, WORKER_DOORS, refuse_start, unfit


@pytest.mark.parametrize("doors", [API_DOORS, WORKER_DOORS, RELAY_DOORS])
def test_a_sound_database_is_served(settings, database, doors):
    assert unfit(settings, doors) == []


def test_missing_migrations_are_named_with_the_command_that_brings_them(settings, monkeypatch):
    monkeypatch.setattr(migration, "pending", lambda *_: ["0009", "0010"])
    with pytest.raises(SystemExit, match=r"missing \(0009, 0010\): run `kotacerdas db migrate`"):
        refuse_start(settings, API_DOORS)


def test_a_database_that_shows_rows_to_others_is_not_served(settings, database, monkeypatch):
    hole = Finding("table unit", "lacks FORCE", "run: kotacerdas db migrate")
    monkeypatch.setattr(isolation, "verify", lambda *_: [hole])
    with pytest.raises(SystemExit, match="table unit lacks FORCE; run: kotacerdas db migrate"):
        refuse_start(settings, WORKER_DOORS)


def test_wrong_settings_end_it_before_any_server_is_asked(settings):
    wrong = settings.model_copy(update={"mode": "production", "secret_key": SecretStr("change-me")})
    with pytest.raises(SystemExit, match="KOTACERDAS_SECRET_KEY is the default"):
        refuse_start(wrong, API_DOORS)


def test_a_database_that_does_not_answer_is_said_in_one_line(settings):
    nowhere = SecretStr("postgresql://app_city@127.0.0.1:1/kotacerdas")
    lost = settings.model_copy(update={"city_url": nowhere})
    (reason,) = unfit(lost, API_DOORS)
    assert reason.startswith(("PostgreSQL does not answer", "The roles' URLs"))
