"""The atheris harness, for a bounded number of runs a kind."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from stanch.formats.lists.registry import PARSERS

HARNESS = Path(__file__).with_name("fuzz_lists.py")
RUNS = 20_000
SECONDS = 60  # libFuzzer stops after whichever comes first


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not here")
@pytest.mark.parametrize("kind", sorted(PARSERS))
def test_no_bytes_break_a_parser(kind: str, tmp_path: Path):
    command = [sys.executable, str(HARNESS), kind]
    limits = [f"-runs={RUNS}", f"-max_total_time={SECONDS}", "-timeout=10", "-rss_limit_mb=1500"]
    done = subprocess.run(
        [*command, *limits],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS * 4,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    assert "DONE" in done.stderr or "Done" in done.stderr, done.stderr[-3_000:]
    assert not list(tmp_path.glob("crash-*"))
