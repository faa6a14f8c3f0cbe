"""What the pages tell people to type does what the pages say.

In a ```console block, lines behind `$ ` are run in a folder that holds the files which the page
shows (blocks with a file name), and print what stands below them. `...` stands for anything.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.fences import PAGES, ROOT, blocks, steps

BIN = Path(sys.executable).parent
# The target installs before it runs this; tests/docs/test_make.py reads the Makefile for it.
AS_RUN = {"make demo": "stanch demo --out demo-out"}
RUNNABLE = [page for page in PAGES if any(b.language == "console" for b in blocks(page))]


def run(command: str, folder: Path) -> str:
    environment = os.environ | {
        "PATH": f"{BIN}:{os.environ['PATH']}", "COLUMNS": "80", "TERM": "dumb", "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    done = subprocess.run(
        ["sh", "-c", AS_RUN.get(command, command)],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def pattern(output: str) -> re.Pattern[str]:
    """The output with `...` for anything, blanks at line ends left out of account."""
    lines = "\n".join(line.rstrip() for line in output.strip().splitlines())
    return re.compile(r".*?".join(map(re.escape, lines.split("..."))), re.DOTALL)


@pytest.mark.parametrize("page", RUNNABLE, ids=lambda page: str(page.relative_to(ROOT)))
def test_console_blocks(page, tmp_path):
    for block in blocks(page):
        if block.file:
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        for step in steps(block) if block.language == "console" else ():
            printed = run(step.command, tmp_path)
            got = "\n".join(line.rstrip() for line in printed.strip().splitlines())
            if step.output.strip():
                place = f"{page.name}, line {step.line}: {step.command}\nprinted\n{printed}"
                assert pattern(step.output).fullmatch(got), place


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_python_blocks(page):
    for block in blocks(page):
        if block.language == "python" and not block.file:  # a file is run by what the page types
            exec(compile(block.text, f"{page}:{block.line}", "exec"), {})


def test_the_readme_has_examples():
    assert ROOT / "README.md" in RUNNABLE
