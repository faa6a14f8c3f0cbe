"""The command is there at once: what a verb stands on is loaded when the verb is called."""

import subprocess
import sys

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from stanch import __version__
from stanch.cli import app
from stanch.cli.verbs import VERBS

HEAVY = {"numba", "duckdb", "pyarrow", "numpy", "llvmlite"}
LOADED = """
import sys
sys.argv = ["stanch", *sys.argv[1:]]
from stanch.cli import main
try:
    main()
finally:
    print("loaded:", *sys.modules, file=sys.stderr)
"""


def loaded(*words: str) -> set[str]:
    command = [sys.executable, "-c", LOADED, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stderr.rpartition("loaded:")[2].split())


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_and_version_load_nothing_heavy(word):
    assert loaded(word) & HEAVY == set()


def test_a_verb_loads_what_it_stands_on():
    assert loaded("screen", "--help") >= {"numba", "pyarrow"}


def test_version():
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.output) == (0, f"stanch {__version__}\n")


@pytest.mark.parametrize("verb", VERBS)
def test_help_says_of_each_verb_what_the_verb_says(verb):
    own = get_command(app).commands[verb]
    assert " ".join((own.help or "").split("\n\n")[0].split()) == VERBS[verb]


@pytest.mark.parametrize("verb", ["init", "serve"])
def test_a_library_that_is_missing_is_said_in_a_line(verb):
    code = "import sys; sys.modules['sqlalchemy'] = None; from stanch.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, verb], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "stanch: needs sqlalchemy: pip install 'stanch[desk]'\n"


def test_an_unknown_verb_is_no_verb():
    result = CliRunner().invoke(app, ["trase"])
    assert result.exit_code == 2
    assert "No such command" in result.output
