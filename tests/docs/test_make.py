"""What a newcomer's first command does where something is missing, and what it runs."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.fences import ROOT
from tests.docs.test_examples import AS_RUN

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def machine(folder: Path, programs: dict[str, str]) -> dict[str, str]:
    """Environment of a machine that has these programs, and those that every Debian has."""
    for name in ("sh", "cut", "cat", "dirname"):
        (folder / name).symlink_to(shutil.which(name))
    for name, body in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    return {"PATH": str(folder), "HOME": os.environ.get("HOME", "/")}


def find_python(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ROOT / ".ci/python")],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def python(version: str, venv: bool) -> str:
    """A python3 that answers the two questions that are asked of it."""
    major, minor = version.split(".")
    fit = int(major) == 3 and int(minor) >= 11
    return (
        f'case "$2" in *ensurepip*) exit {0 if fit and venv else 1};; '
        f"*print*) echo {version}; exit 0;; *) exit {0 if fit else 1};; esac"
    )


USER, ROOT_USER = "echo 1000", "echo 0"


@pytest.mark.parametrize(
    ("programs", "package"),
    [
        ({}, "python3 python3-venv"),
        ({"python3": python("3.11", venv=False)}, "python3-venv"),
        ({"python3": python("3.9", venv=True)}, "python3.11 or newer"),
        (
            {"python3": python("3.9", venv=True), "python3.12": python("3.12", venv=False)},
            "python3.12-venv",
        ),
    ],
)
def test_a_user_is_told_which_package_is_missing(tmp_path, programs, package):
    done = find_python(machine(tmp_path, {"id": USER, **programs}))
    assert done.returncode == 2
    assert package in done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_root_installs_what_is_missing(tmp_path):
    asked = tmp_path / "asked"
    install = f'echo "$@" >> {asked}; case "$1" in install) : > {tmp_path}/venv;; esac'
    late = f'case "$2" in *ensurepip*) [ -e {tmp_path}/venv ];; *) exit 0;; esac'
    programs = {"id": ROOT_USER, "apt-get": install, "python3": late}
    done = find_python(machine(tmp_path, programs))
    assert done.returncode == 0
    assert done.stdout == f"{tmp_path}/python3\n"
    assert "python3-venv" in asked.read_text()


def test_root_without_a_package_is_told_too(tmp_path):
    programs = {"id": ROOT_USER, "apt-get": "exit 100", "python3": python("3.11", venv=False)}
    done = find_python(machine(tmp_path, programs))
    assert done.returncode == 2
    assert "python3-venv" in done.stderr


def test_make_without_python_exits_2(tmp_path):
    clone = tmp_path / "clone"
    shutil.copytree(ROOT / ".ci", clone / ".ci")
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, clone)
    (tmp_path / "bin").mkdir()
    environment = machine(tmp_path / "bin", {"id": USER})
    done = subprocess.run(
        [shutil.which("make"), "demo"],
        cwd=clone, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "python3-venv" in done.stderr
    assert not (clone / ".venv").exists()


def test_examples_run_what_make_runs():
    recipe = re.search(r"^demo: install.*\n\t@\$\(BIN\)/(.*)$", MAKEFILE, re.MULTILINE)
    assert recipe
    assert AS_RUN["make demo"] == recipe[1]


def test_every_target_is_in_the_help():
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()
    command = ["make", "--no-print-directory", "help"]  # the tests themselves run below make
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert sorted(line.split()[0] for line in done.stdout.splitlines()) == sorted(phony)
