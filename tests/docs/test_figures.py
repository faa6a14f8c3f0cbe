"""The README's error figures are those that bench/accuracy.py measures."""

import re
import subprocess
import sys

import pytest

from tests.docs.fences import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
METRICS = ("FC", "UP", "F1", "TC", "AP", "AR")
SCRIPT = re.compile(r"python (bench/\w+\.py)")


def printed() -> dict[str, dict[str, str]]:
    """Figures by row of the table of methods."""
    table = README.split("\n## Methods\n")[1].strip().split("\n\n")[0]
    head, _, *rows = ([cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines())
    return {
        row[0].strip("`"): {key: row[head.index(key)] for key in METRICS} for row in rows if row[0]
    }


def test_the_table_has_every_method():
    assert list(printed()) == [
        "poison@1", "haircut@1", "fifo@1", "lifo@1", "affinity@1", "with inferred",
    ]  # fmt: skip


@pytest.mark.parametrize("script", sorted(set(SCRIPT.findall(README))))
def test_benchmarks_named_are_there(script):
    assert (ROOT / script).exists()


@pytest.mark.slow
def test_figures(data_dir):
    done = subprocess.run(
        [sys.executable, "bench/accuracy.py", str(data_dir)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    case = done.stdout.split("\natomic, with labels\n")[1].split("\n\n")[0]
    measured = {}
    for line in case.splitlines():
        name, figures = line[:16].strip(), line[16:].split()
        measured[name] = dict(zip(figures[::2], figures[1::2], strict=True))
    assert measured == printed()
