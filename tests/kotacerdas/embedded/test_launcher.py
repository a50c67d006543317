"""`kotacerdas dev` as whoever runs the tests: starting, ending, and coming back."""

import json
import os
import signal
import socket
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import psycopg
import pytest

from kotacerdas.embedded import ports
from kotacerdas.embedded.postgres import Postgres
from kotacerdas.embedded.processes import by_command, process_of, wait_gone
from kotacerdas.embedded.valkey import Valkey
from tests.kotacerdas.embedded.running import Launcher


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One data folder for all, since only the first start has to make a cluster."""
    folder = tmp_path_factory.mktemp("launcher") / "data"
    yield folder
    Postgres(folder).remove()


def of_folder(folder):
    """Every process of the launchers, servers and children of one data folder."""
    servers = [Postgres(folder).pid, Valkey(folder).pid]
    named = by_command(lambda command: any(str(folder) in part for part in command))
    return [*named, *filter(None, (process_of(pid) for pid in servers if pid))]


def child_of(folder, name):
    return process_of(json.loads((folder / "run.json").read_text())["children"][name][0])


def grandchild_of(launcher):
    return process_of(int(launcher.find(r"grandchild (\d+)")))


def starts_of(launcher):
    return int(launcher.find(r"starts=(\d+)\n"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_everything_ends_with_the_launcher(folder, number):
    with Launcher(folder) as launcher:
        launcher.ready()
        grandchild = grandchild_of(launcher)
        running = of_folder(folder)
        assert len(running) >= 4
        launcher.send(number)
        assert launcher.wait() == 0
    assert not grandchild.alive
    assert wait_gone(running, seconds=0)
    assert of_folder(folder) == []
    assert not (folder / "run.json").exists()


@pytest.mark.timed
def test_a_second_start_finds_its_data_in_under_four_seconds_and_a_fresh_one_none(folder):
    with Launcher(folder) as first:
        before = starts_of(first)
        first.ready()
    with Launcher(folder) as second:
        assert starts_of(second) == before + 1
        assert second.ready() < 4
        second.find(r"Admin Kota +admin@contoh.id +rahasia")
    with Launcher(folder, "--fresh") as third:
        assert starts_of(third) == 1
        third.ready()


def test_a_child_that_waits_starts_after_the_api_is_ready(folder):
    with Launcher(folder, "--late") as launcher:
        launcher.find("late began")
        assert launcher.output.index("is ready") < launcher.output.index("late began")


def test_after_a_kill_the_servers_are_adopted_and_the_children_ended(folder):
    with Launcher(folder) as killed:
        killed.ready()
        grandchild = grandchild_of(killed)
        api = child_of(folder, "api")
        # Stopped, it cannot follow the SIGTERM that the kernel sends when its parent dies.
        os.kill(api.pid, signal.SIGSTOP)
        while ") T " not in Path(f"/proc/{api.pid}/stat").read_text():
            time.sleep(0.01)
        killed.send(signal.SIGKILL)
        killed.wait()
        servers = (Postgres(folder).pid, Valkey(folder).pid)
        assert None not in servers
        assert api.alive
        with Launcher(folder) as again:
            assert starts_of(again) == starts_of(killed) + 1
            again.find("Ended what a killed launcher had left: api")
            assert not api.alive
            assert not grandchild.alive
            again.ready()
            assert (Postgres(folder).pid, Valkey(folder).pid) == servers
    assert of_folder(folder) == []


def test_after_a_kill_of_everything_what_is_left_is_cleaned_up(folder):
    with Launcher(folder) as killed:
        killed.ready()
        grandchild = grandchild_of(killed)
        killed.send(signal.SIGKILL)
        killed.wait()
        for pid in (Postgres(folder).pid, Valkey(folder).pid):
            os.kill(pid, signal.SIGKILL)
        grandchild.send(signal.SIGKILL)
        with Launcher(folder) as again:
            assert starts_of(again) == starts_of(killed) + 1
            again.ready()


def test_a_pid_that_now_belongs_to_somebody_else_is_left_alone(folder):
    with Launcher(folder) as launcher:
        launcher.ready()
    us = process_of(os.getpid())
    state = {"urls": {}, "children": {"api": [us.pid, us.started + 1]}}
    (folder / "run.json").write_text(json.dumps(state))
    pid_file = {"pid": us.pid, "started": us.started + 1, "port": 1}
    (folder / "valkey" / "valkey.pid").write_text(json.dumps(pid_file))
    Postgres(folder).data_folder.joinpath("postmaster.pid").write_text(f"{us.pid}\n")
    with Launcher(folder) as launcher:
        launcher.ready()
        assert "had left" not in launcher.output


def test_dead_servers_come_back_while_the_launcher_runs(folder):
    with Launcher(folder) as launcher:
        launcher.ready()
        os.kill(Postgres(folder).pid, signal.SIGKILL)
        os.kill(Valkey(folder).pid, signal.SIGKILL)
        launcher.find(r"Postgres.* had died: started again")
        launcher.find(r"Valkey had died: started again")
        with psycopg.connect(Postgres(folder).superuser_url) as connection:
            row = connection.execute("select count(*) from public.start").fetchone()
            assert row == (starts_of(launcher),)


def test_a_second_launcher_tells_the_addresses_of_the_first_and_leaves_it_alone(folder):
    with Launcher(folder) as first:
        first.ready()
        page = first.find(r"Mails +(http://\S+)")
        with Launcher(folder) as second:
            assert second.wait() == 1
            assert second.find(r"Mails +(http://\S+)") == page
            assert "already runs on this data folder" in second.output
        with urlopen(page) as answer:
            assert answer.status == 200


def test_a_taken_port_gives_the_next_one_and_is_told(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with Launcher(folder, "--port", str(port)) as launcher:
            launcher.ready()
            other = int(launcher.find(rf"Port {port} is taken: The API uses (\d+)\."))
            launcher.find(rf"GraphiQL +http://127.0.0.1:{other}/graphiql")
    assert other > port
    assert ports.free_port(other, name="The API", say=print) == other


def test_launchers_that_start_at_once_get_ports_of_their_own(tmp_path):
    folders = [tmp_path / str(number) for number in range(3)]
    try:
        with ExitStack() as running:
            launchers = [running.enter_context(Launcher(folder)) for folder in folders]
            for launcher in launchers:
                launcher.ready()
            pages = {launcher.find(r"Mails +(http://\S+)") for launcher in launchers}
            assert len(pages) == 3
            for page in pages:
                with urlopen(page) as answer:
                    assert answer.status == 200
            assert not any("restart" in launcher.output for launcher in launchers)
    finally:
        for folder in folders:
            Postgres(folder).remove()


def test_a_child_that_keeps_falling_is_restarted_three_times_and_then_ends_all(folder):
    with Launcher(folder, "--falling") as launcher:
        assert launcher.wait() == 1
        assert launcher.output.count("beat    | no clock\n") == 4
        assert "beat ended by itself with code 7 after 3 restarts" in launcher.output
    assert of_folder(folder) == []


def test_a_second_ctrl_c_kills_a_child_that_will_not_end(folder):
    with Launcher(folder, "--deaf") as launcher:
        launcher.find(r"worker +\| deaf")
        worker = child_of(folder, "worker")
        launcher.send(signal.SIGINT)
        assert not wait_gone([worker], seconds=0.5)
        launcher.send(signal.SIGINT)
        assert launcher.wait() == 0
    assert not worker.alive


def test_nothing_is_left_when_whoever_reads_the_output_has_gone(folder):
    with Launcher(folder) as launcher:
        launcher.ready()
        grandchild = grandchild_of(launcher)
        launcher.close_output()
        # Its fall makes lines: the first is still read, the next finds the pipe broken.
        os.kill(child_of(folder, "api").pid, signal.SIGKILL)
        assert launcher.wait() == 1
    assert of_folder(folder) == []
    assert not grandchild.alive
