"""The pages and `--help` speak of the same options."""

import re

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from stanch.cli import app
from tests.docs.fences import PAGES, ROOT

COMMAND = get_command(app)
VERBS = {
    "ledger build": COMMAND.commands["ledger"].commands["build"],
    **{name: COMMAND.commands[name] for name in ("trace", "explain", "report", "scenario", "demo")},
}
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
USE = re.compile(r"(?<![\w/])stanch (ledger build|\w+)((?:\\\n|[^`\n])*)")
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def options(verb: str) -> set[str]:
    return {name for each in VERBS[verb].params for name in each.opts if name.startswith("--")}


def test_every_verb_is_known_here():
    groups = {"ledger"}
    assert set(COMMAND.commands) - groups | {"ledger build"} == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_help_names_every_option(verb):
    result = CliRunner().invoke(app, [*verb.split(), "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    shown = set(OPTION.findall(re.sub(r"\x1b\[[\d;]*m", "", result.output)))
    assert options(verb) - {"--help"} <= shown


@pytest.mark.parametrize("verb", VERBS)
def test_options_in_examples_exist(verb):
    for name, rest in USE.findall(DOCS):
        if name == verb:
            assert set(OPTION.findall(rest)) <= options(verb), rest


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_on_some_page(verb):
    assert options(verb) - {"--help"} <= set(OPTION.findall(DOCS))


def test_options_of_the_readme_belong_to_some_verb():
    known = set().union(*(options(verb) for verb in VERBS))
    assert set(OPTION.findall(README)) <= known


def test_the_readme_shows_every_main_verb():
    assert set(VERBS) - {"demo"} <= {name for name, _ in USE.findall(README)}
