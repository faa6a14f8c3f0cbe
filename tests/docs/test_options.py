"""The pages and `--help` speak of the same options."""

import re

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from stanch.cli import app
from tests.docs.fences import PAGES, ROOT

COMMAND = get_command(app)
GROUPS = {name: each for name, each in COMMAND.commands.items() if hasattr(each, "commands")}
VERBS = {
    **{name: each for name, each in COMMAND.commands.items() if name not in GROUPS},
    **{
        f"{name} {verb}": each
        for name, group in GROUPS.items()
        for verb, each in group.commands.items()
    },
}
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
USE = re.compile(rf"(?<![\w/])stanch ((?:(?:{'|'.join(GROUPS)}) )?\w+)((?:\\\n|[^`\n])*)")
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def options(verb: str) -> set[str]:
    return {name for each in VERBS[verb].params for name in each.opts if name.startswith("--")}


def test_the_command_has_verbs_and_groups_of_verbs():
    assert {"ledger", "lists", "screen", "review"} <= set(GROUPS)
    assert {"trace", "explain", "report", "scenario", "demo"} <= set(VERBS)


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


def test_the_readme_shows_every_main_verb_and_group():
    shown = {name for name, _ in USE.findall(README)}
    assert set(COMMAND.commands) - set(GROUPS) - {"demo"} <= shown
    assert set(GROUPS) <= {name.partition(" ")[0] for name in shown}
