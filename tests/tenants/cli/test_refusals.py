"""What the settings and a silent database are refused with; no server runs."""

import json

import pytest

CLOSED = "127.0.0.1:9"
PRODUCTION = {"KOTACERDAS_MODE": "production"}


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
