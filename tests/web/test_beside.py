"""`stanch serve` alone: time passes and webhooks go; its worker comes back, and ends with it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stanch.model.desk.orders import Addressees, OrderKind, Said, Target
from stanch.web.beside import working
from stanch.web.config import Config
from tests.desk.faults.served import Served, served
from tests.desk_world import ACCOUNT, KR, NORTH, OTHER
from tests.live_desk import COMMAND
from tests.workers.test_desk import receiving, settle

HERE = ("--reach", "127.0.0.0/8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    with served(tmp_path_factory.mktemp("beside")) as made:
        yield made


@pytest.fixture
def desk(folder):
    yield folder
    folder.kill()


def children(parent: int) -> list[int]:
    """Processes that a process has started and that have not ended."""
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, above = each.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(above) == parent and state != "Z":
            found.append(int(each.parent.name))
    return found


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Look again and again, within bounds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def worker(desk: Served) -> int:
    """The server's only child."""
    assert desk.process is not None
    pid = desk.process.pid
    until(lambda: len(children(pid)) == 1)
    return children(pid)[0]


def emergency(desk: Served, account: str) -> None:
    to, targets = Addressees((NORTH,)), (Target(account),)
    id = desk.world.draft(OrderKind.EMERGENCY, to=to, targets=targets)
    desk.world.say(id, Said.PROPOSE, KR)


def test_an_emergency_goes_out_and_another_worker_comes_for_one_that_was_killed(desk):
    with receiving(desk.key) as there:
        settle(desk.world, there.url)
        desk.start(*HERE)
        first = worker(desk)
        emergency(desk, ACCOUNT)
        until(lambda: sum(there.ids.values()) == 1)
        os.kill(first, signal.SIGKILL)
        until(lambda: not alive(first))
        emergency(desk, OTHER)
        until(lambda: sum(there.ids.values()) == 2)
        assert worker(desk) != first
    assert set(there.ids.values()) == {1}
    assert '"worker": "ended", "code": -9' in (desk.folder.parent / "serve.log").read_text()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_worker_ends_with_its_server(desk, how):
    desk.start(*HERE)
    mine, server = worker(desk), desk.process
    assert server is not None
    os.kill(server.pid, how)
    code = server.wait(20)
    until(lambda: not alive(mine), 10 if how is signal.SIGKILL else 0.1)
    assert code == {signal.SIGTERM: 0, signal.SIGKILL: -9}.get(how, code)
    desk.process = None


@pytest.mark.parametrize("after", [0.2, 0.8])
def test_a_worker_that_is_still_loading_ends_with_its_server(desk, after):
    command = [*COMMAND, "serve", *desk.words, "--port", str(desk.port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    until(lambda: bool(children(server.pid)))
    (mine,) = children(server.pid)
    time.sleep(after)
    server.kill()
    server.wait()
    until(lambda: not alive(mine), 15)


def test_without_a_worker(desk):
    desk.start("--no-worker")
    assert desk.process is not None
    time.sleep(1)
    assert children(desk.process.pid) == []


def test_one_that_cannot_start_is_tried_again_later_and_later(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr("stanch.web.beside.WAITS", (0.01, 0.02))
    monkeypatch.setattr("stanch.web.beside._COMMAND", ("/bin/sh", "-c", "exit 3"))
    with working(tmp_path, None, Config()):
        time.sleep(1.5)
    lines = [json.loads(each) for each in capfd.readouterr().err.splitlines()]
    assert [each["code"] for each in lines[:3]] == [3] * 3
    assert [each["again_in"] for each in lines[:3]] == [0.01, 0.02, 0.02]


def test_the_databases_address_is_in_no_list_of_processes(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "stanch.web.beside._COMMAND",
        ("/bin/sh", "-c", f'echo "$STANCH_DATABASE" "$@" > {tmp_path}/said; sleep 60', "sh"),
    )
    with working(tmp_path, "postgresql://who:secret@db/desk", Config(reach=("10.0.0.0/8",))):
        until(lambda: (tmp_path / "said").exists() and bool((tmp_path / "said").read_text()))
    assert (tmp_path / "said").read_text() == (
        f"postgresql://who:secret@db/desk --desk {tmp_path} --allow 10.0.0.0/8\n"
    )


def test_one_that_does_not_end_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("stanch.web.beside._END", 0.3)
    stubborn = ("/bin/sh", "-c", f"trap '' TERM; touch {tmp_path}/up; while :; do sleep 0.1; done")
    monkeypatch.setattr("stanch.web.beside._COMMAND", stubborn)
    with working(tmp_path, None, Config()):
        until((tmp_path / "up").exists)
        began = time.monotonic()
    assert time.monotonic() - began < 5


def test_a_worker_whose_server_is_gone_before_it_began_ends(desk):
    command = [sys.executable, "-m", "stanch.workers", "--with-parent", *desk.words]
    env = {**os.environ, "STANCH_PARENT": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, "the server that started this worker is gone\n")


def test_a_worker_whose_server_ended_while_it_loaded_ends(desk):
    """After its own first look at the parent, and before it began to work."""
    code = "import typer; from stanch.workers.work import work; typer.run(work)"
    command = [sys.executable, "-c", code, "--with-parent", *desk.words]
    env = {**os.environ, "STANCH_PARENT": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
