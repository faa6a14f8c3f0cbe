"""What `make peers` says where a package is missing, and what a benchmark says without it."""

import subprocess
from argparse import Namespace

import pytest

import screening_contestants
import screening_quality
from tests.docs.fences import ROOT
from tests.docs.test_make import ROOT_USER, USER, machine

GOOD = {"g++": "", "pkg-config": "", "python3": ""}  # each answers everything with success


def prepare(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ROOT / ".ci/peers"), "python3"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("programs", "packages"),
    [
        ({}, "g++ pkg-config libicu-dev"),
        ({"g++": ""}, "pkg-config libicu-dev"),
        ({"g++": "", "pkg-config": "exit 1"}, "libicu-dev"),
        ({"g++": "", "pkg-config": "", "python3": "exit 1"}, "python3-dev"),
    ],
)
def test_a_user_is_told_which_packages_are_missing(tmp_path, programs, packages):
    done = prepare(machine(tmp_path, {"id": USER, "python3": "", **programs}))
    assert done.returncode == 2
    assert done.stderr.strip().endswith(f"Debian packages: {packages}")
    assert len(done.stderr.splitlines()) == 1


def test_where_all_is_there_nothing_is_installed(tmp_path):
    install = f": > {tmp_path}/asked"
    done = prepare(machine(tmp_path, {"id": ROOT_USER, "apt-get": install, **GOOD}))
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "asked").exists()


def test_root_installs_what_is_missing(tmp_path):
    asked = tmp_path / "asked"
    install = f'echo "$@" >> {asked}'
    programs = {"id": ROOT_USER, "apt-get": install, **GOOD, "pkg-config": f"[ -e {asked} ]"}
    done = prepare(machine(tmp_path, programs))
    assert done.returncode == 0
    assert "libicu-dev" in asked.read_text()


def test_root_who_cannot_install_is_told_too(tmp_path):
    done = prepare(machine(tmp_path, {"id": ROOT_USER, "apt-get": "exit 100", "python3": ""}))
    assert done.returncode == 2
    assert "libicu-dev" in done.stderr


def test_a_benchmark_says_how_to_get_its_peer(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(screening_contestants, "PEER_PYTHON", tmp_path / "none")
    kinds = screening_quality.contestants(Namespace(peers=True))
    assert "make peers" in capsys.readouterr().out
    assert [kind.name for kind in kinds] == ["stanch", "rapidfuzz scan"]


def test_without_peers_the_output_says_so(capsys):
    assert [kind.name for kind in screening_quality.contestants(Namespace(peers=False))] == [
        "stanch"
    ]
    assert "Without its peers" in capsys.readouterr().out
