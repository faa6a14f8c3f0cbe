"""docs/taxii.md is played at a desk that runs; docs/taxii-conformance.md names tests that are."""

import ast
import os
import re
import subprocess

import pytest

from tests import warm
from tests.docs.fences import ROOT, blocks, steps
from tests.live_desk import live_desk

PAGE, TABLE = ROOT / "docs" / "taxii.md", ROOT / "docs" / "taxii-conformance.md"
_ROW = re.compile(
    r"^\| (?P<section>[\d.]+) \| (?P<level>\w+) \| (?P<rule>.+) \| `(?P<test>.+)` \|$"
)
BEFORE = """
stanch session open --link-file kim.link
stanch member add Upbeat --kind exchange --country KR
"""


def test_the_page_is_as_a_desk_answers(tmp_path):
    found = list(blocks(PAGE))
    for each in found:
        if each.file:
            (tmp_path / each.file).write_text(each.text, encoding="utf-8")
    console = next(each for each in found if each.language == "text" and any(steps(each)))
    first = [each.text for each in found if each.language == "sh" and each.line < console.line]
    last = [each.text for each in found if each.language == "sh" and each.line > console.line]
    with live_desk(tmp_path / "desk") as desk:
        (tmp_path / "kim.link").write_text(desk.link)
        environment = os.environ | {
            "PATH": warm.path(),
            "STANCH_SERVER": desk.url,
            "STANCH_SESSION": str(tmp_path / "session"),
        }

        def play(script: str) -> str:
            done = subprocess.run(
                ["sh", "-eu"], input=script, cwd=tmp_path, env=environment, capture_output=True,
                text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            return done.stdout

        shown = play(BEFORE + "".join(first))
        assert "mem-upbeat" in shown
        for step in steps(console):
            assert play(step.command) == step.output
        assert "indicator--8e2e2d2b" in play("".join(last))


def rows() -> list[re.Match[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| ") and not line.startswith("| section")]
    found = [_ROW.match(line) for line in table]
    assert all(found), [line for line, row in zip(table, found, strict=True) if row is None]
    return [row for row in found if row is not None]


def test_the_table_names_tests_that_there_are():
    wanted = {row["test"] for row in rows()}
    assert len(rows()) > 50
    assert {row["level"] for row in rows()} == {"MUST", "SHOULD"}
    for file in {each.partition("::")[0] for each in wanted}:
        tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
        there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        named = {each.partition("::")[2] for each in wanted if each.startswith(f"{file}::")}
        assert named <= there, f"{file} has no {named - there}"


@pytest.mark.parametrize("spec", ["TAXII 2.1", "STIX 2.1"])
def test_the_table_goes_by_the_sections_of_the_standard(spec: str):
    text = TABLE.read_text(encoding="utf-8").split(f"## {spec}\n", 1)[1].split("\n## ", 1)[0]
    sections = [
        [int(part) for part in row["section"].split(".")]
        for line in text.splitlines()
        if (row := _ROW.match(line))
    ]
    assert sections == sorted(sections)
