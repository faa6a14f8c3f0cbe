"""Pages, README and `--help` speak of verbs and options that there are, and of all of them."""

import re

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from stanch.cli import app
from tests.docs.fences import PAGES, ROOT
from tests.docs.uses import Use, calls, uses, verb_of, wrong

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
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEXTS = {str(page.relative_to(ROOT)): page.read_text(encoding="utf-8") for page in PAGES}
USES = [use for place, text in TEXTS.items() for use in uses(text, place)]
DOCS = "\n".join(TEXTS.values())
NAMED = set(OPTION.findall(DOCS))
SHOWN = {verb_of(use, COMMAND) for use in USES}
SPANS = {" ".join(span.split()[:3]) for span in re.findall(r"`([^`\n]+)", DOCS)}


def options(verb: str) -> set[str]:
    return {name for each in VERBS[verb].params for name in each.opts if name.startswith("--")}


def helps() -> list[Use]:
    """What help texts tell people to type."""
    found = []
    for name, verb in {**GROUPS, **VERBS}.items():
        text = verb.help or ""
        example = " ".join(text.partition("Example: ")[2].split())
        found += [*calls(example, f"help of {name}"), *uses(text, f"help of {name}")]
        for each in verb.params:
            found += uses(getattr(each, "help", None) or "", f"help of {name}, {each.name}")
    return found


def test_the_command_has_verbs_and_groups_of_verbs():
    assert {"ledger", "lists", "screen", "review"} <= set(GROUPS)
    assert {"trace", "explain", "report", "scenario", "demo"} <= set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_help_names_every_option(verb):
    result = CliRunner().invoke(app, [*verb.split(), "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    shown = set(OPTION.findall(re.sub(r"\x1b\[[\d;]*m", "", result.output)))
    assert options(verb) - {"--help"} <= shown


def test_every_command_on_the_pages_is_one():
    assert len(USES) > 300
    assert [fault for use in USES if (fault := wrong(use, COMMAND))] == []


def test_every_command_in_a_help_text_is_one():
    found = helps()
    assert len(found) > 60
    assert [fault for use in found if (fault := wrong(use, COMMAND))] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("`stanch case clsoe CASE`", "there is no 'clsoe'"),
        ("```sh\nCASE=$(stanch case open x \\\n  --relaese mem-japan)\n```\n", "has no --relaese"),
        ("```text\nstanch demo && stanch stroy   # both\n```\n", "there is no 'stroy'"),
        ("`stanch trase`", "there is no 'trase'"),
        (
            "`stanch case close CASE --reason x`, `stanch order`, `stanch ...`, `stanch --version`",
            "",
        ),
        ("```sh\nstanch feed --cursor s >> --file\nstanch case list | grep --count x\n```\n", ""),
    ],
)
def test_a_wrong_name_is_found(text, fault):
    found = [each for use in uses(text, "page") if (each := wrong(use, COMMAND))]
    assert [each.partition(": ")[2].partition(": ")[2] for each in found] == (
        [fault] if fault else []
    )


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_on_some_page(verb):
    assert options(verb) - {"--help"} <= NAMED


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_on_some_page(verb):
    group, _, name = verb.partition(" ")
    told = re.compile(rf"(?:stanch {group} )?{name}\b")
    assert verb in SHOWN or (name and any(told.match(span) for span in SPANS)), verb


def test_options_of_the_readme_belong_to_some_verb():
    known = set().union(*(options(verb) for verb in VERBS))
    assert set(OPTION.findall(README)) <= known | {"--help"}


def test_the_readme_shows_every_main_verb_and_group():
    shown = {use.words[0] for use in uses(README, "README.md") if use.words}
    assert set(COMMAND.commands) - {"demo"} <= shown
